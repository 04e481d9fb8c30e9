//! Every way that a page shows leads somewhere: all links of all pages are followed as an owner, as a colleague who is none and
//! as an operator; afterwards every form is sent, and none is refused for who sends it.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use diesel::prelude::*;
use kularing::db::schema::person;
use kularing::kernel::actor::PersonRole;
use serde_json::json;

use crate::on_both_databases;
use crate::support::TestApp;
use crate::support::accounts::{TestPerson, colleague_of, signed_in};
use crate::support::circles::networking;
use crate::support::referrals::{accepted, content, drafted, introduced, passed, won};
use crate::trust::scene::Scene;

/// More pages than anybody of the scene can see.
const PAGES_MAX: usize = 400;
/// What would end the walk itself.
const ENDS: &[&str] = &["/sign-out", "/settings/sessions", "/settings/data/erase"];

/// The value of an attribute of a tag's text.
fn attribute(tag: &str, name: &str) -> Option<String> {
    let start = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    let value = tag[start..].split('"').next().unwrap_or("");
    Some(value.replace("&amp;", "&").replace("&quot;", "\"").replace("&lt;", "<"))
}

/// The text of every tag with this name.
fn tags<'p>(page: &'p str, name: &str) -> impl Iterator<Item = &'p str> {
    let start = format!("<{name} ");
    page.split(&start).skip(1).map(|rest| rest.split('>').next().unwrap_or("")).map(str::trim_end).collect::<Vec<_>>().into_iter()
}

/// Where the links and the searches of a page lead, inside the house.
fn links(page: &str) -> BTreeSet<String> {
    let links = tags(page, "a").filter_map(|tag| attribute(&format!(" {tag}"), "href"));
    let searches = tags(page, "form").map(|tag| format!(" {tag}")).filter(|tag| attribute(tag, "method").as_deref() == Some("get"));
    let all = links.chain(searches.filter_map(|tag| attribute(&tag, "action")));
    let inside = all.filter(|address| address.starts_with('/') && !address.starts_with("//") && !address.starts_with("/static/"));
    inside.map(|address| address.split('#').next().unwrap_or("").to_owned()).collect()
}

/// The forms of a page that change something: the address of each, and what it would send untouched.
fn forms(page: &str) -> BTreeMap<String, Vec<(String, String)>> {
    let mut found = BTreeMap::new();
    for form in page.split("<form ").skip(1) {
        let (tag, rest) = form.split_once('>').unwrap_or((form, ""));
        let tag = format!(" {tag}");
        if attribute(&tag, "method").as_deref() != Some("post") {
            continue;
        }
        let inner = rest.split("</form>").next().unwrap_or("");
        let fields = tags(inner, "input").chain(tags(inner, "button")).map(|tag| format!(" {tag}"));
        let fields = fields.filter_map(|tag| Some((attribute(&tag, "name")?, attribute(&tag, "value").unwrap_or_default())));
        found.insert(attribute(&tag, "action").unwrap_or_default(), fields.collect());
    }
    found
}

/// What somebody found.
struct Walk {
    /// The pages, by address.
    pages: BTreeMap<String, String>,
    forms: BTreeMap<String, Vec<(String, String)>>,
}

impl Walk {
    /// Follows every link from the first page and from these; each must lead somewhere.
    async fn of(app: &TestApp, who: &TestPerson, from: &[String]) -> Self {
        let mut walk = Self { pages: BTreeMap::new(), forms: BTreeMap::new() };
        let mut open: VecDeque<(String, String)> = from.iter().chain(&["/".to_owned(), "/settings".to_owned()]).map(|to| (String::new(), to.clone())).collect();
        let mut wrong = Vec::new();
        while let Some((on, address)) = open.pop_front() {
            if walk.pages.contains_key(&address) {
                continue;
            }
            assert!(walk.pages.len() < PAGES_MAX, "the walk has no end: {:?}", walk.pages.keys());
            let reply = app.page(&who.cookie, &address).await;
            if reply.status.as_u16() >= 400 {
                wrong.push(format!("{}: {} answers {}", if on.is_empty() { "the beginning" } else { &on }, address, reply.status));
            }
            let is_page = reply.header("content-type").is_some_and(|kind| kind.starts_with("text/html"));
            let body = if is_page { reply.body } else { String::new() };
            open.extend(links(&body).into_iter().map(|to| (address.clone(), to)));
            walk.forms.extend(forms(&body));
            walk.pages.insert(address, body);
        }
        assert!(wrong.is_empty(), "{} is led to refusals:\n{}", who.name, wrong.join("\n"));
        walk
    }

    /// Sends every form; what is typed may be wrong and the state of things another by then, but he may send it.
    async fn send_all(&self, app: &TestApp, who: &TestPerson) {
        let mut refused = Vec::new();
        for (address, fields) in self.forms.iter().filter(|(address, _)| !ENDS.iter().any(|end| address.starts_with(end))) {
            let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            let reply = app.submit(&who.cookie, address, &fields).await;
            if matches!(reply.status.as_u16(), 401 | 403) || reply.status.is_server_error() {
                refused.push(format!("{address} answers {}", reply.status));
            }
        }
        assert!(refused.is_empty(), "{} sees forms that he may not send:\n{}", who.name, refused.join("\n"));
    }

    fn has(&self, address: &str) -> bool {
        self.pages.contains_key(address)
    }
}

/// A circle with a case, an application, an invitation and a meeting, and referrals in many states.
async fn town(app: &TestApp) -> Scene {
    let scene = Scene::of(app).await;
    let (circle, olga, [anna, erik, _]) = (scene.circle, &scene.olga, &scene.ring);
    scene.lively(app).await;
    scene.ring_of(app, &scene.ring.iter().collect::<Vec<_>>()).await;
    scene.look(app).await;
    for (giver, receiver) in [(anna, erik), (erik, olga), (olga, anna)] {
        won(app, giver, receiver, circle, 100_000).await;
        introduced(app, giver, receiver, circle).await;
        accepted(app, giver, receiver, circle).await;
        passed(app, giver, receiver, circle).await;
    }
    drafted(app, olga, content(circle, erik)).await;
    let stella = signed_in(app, "Stella Stranger", "photographer").await;
    app.post(&stella.token, &format!("/circles/{circle}/applications"), json!({ "trade": "photographer" })).await.ok();
    networking(app, &stella, &[(anna, "architect")]).await;
    app.post(&olga.token, &format!("/circles/{circle}/invitations"), json!({ "kind": "mail", "email": "new@invited.example" })).await.ok();
    let meeting = json!({ "starts_at": "2026-04-12T18:00:00Z", "place": "Town hall" });
    app.post(&olga.token, &format!("/circles/{circle}/meetings"), meeting).await.ok();
    scene
}

on_both_databases! {
    async fn owners_and_their_colleagues_are_led_to_no_refusal(app) {
        let scene = town(&app).await;
        let stan = colleague_of(&app, &scene.olga, "Stan Staff", PersonRole::Staff).await;
        let sonja = colleague_of(&app, &scene.ring[0], "Sonja Staff", PersonRole::Staff).await;
        let circle = format!("/circles/{}", scene.circle);
        let of_staff = Walk::of(&app, &stan, &[]).await;
        let of_member = Walk::of(&app, &sonja, &[]).await;
        let of_owner = Walk::of(&app, &scene.olga, &[]).await;
        let for_owners = ["/settings/business".to_owned(), "/circles/new".to_owned()];
        let for_organisers = ["edit", "invitations"].map(|room| format!("{circle}/{room}"));
        for address in for_owners.iter().chain(&for_organisers) {
            assert!(of_owner.has(address), "an owner finds no way to {address}");
            assert!(!of_staff.has(address) && !of_member.has(address), "{address}");
        }
        // What needs no owner is there for everybody: he passes and answers, and sees the figures of the circle.
        for address in ["/referrals/new", "/standing", "/settings/people", &format!("{circle}/figures"), &format!("{circle}/trust")] {
            assert!(of_staff.has(address), "staff finds no way to {address}");
        }
        assert!(of_staff.pages[&circle].contains("Only an owner of your business"), "{}", of_staff.pages[&circle]);
        assert!(!of_owner.pages[&circle].contains("Only an owner of your business"));
        of_staff.send_all(&app, &stan).await;
        of_member.send_all(&app, &sonja).await;
        of_owner.send_all(&app, &scene.olga).await;
    }

    async fn an_operator_without_a_business_is_led_to_no_refusal(app) {
        let scene = town(&app).await;
        let operator = signed_in(&app, "Operator", "hosting-provider").await;
        let id = operator.person;
        let leave = diesel::update(person::table.find(id)).set(person::business_id.eq(None::<kularing::kernel::id::BusinessId>));
        app.state.db.write(move |tx| { leave.execute(&mut **tx)?; Ok(()) }).await.unwrap();
        let walk = Walk::of(&app, &operator, &[format!("/circles/{}", scene.circle), format!("/circles/{}/trust", scene.circle)]).await;
        assert!(walk.has("/circles") && walk.has("/partners") && walk.has("/settings/data"), "{:?}", walk.pages.keys());
        for address in ["/referrals", "/referrals/new", "/standing", "/settings/business", "/settings/business/public", "/settings/people", "/circles/new"] {
            assert!(!walk.has(address), "{address}");
        }
        assert!(walk.pages["/"].contains("You belong to no business here"), "{}", walk.pages["/"]);
        walk.send_all(&app, &operator).await;
    }

    async fn a_refusal_leads_back_to_where_one_came_from(app) {
        let anna = signed_in(&app, "Anna Arch", "architect").await;
        let stan = colleague_of(&app, &anna, "Stan Staff", PersonRole::Staff).await;
        let asked = |path: &str, referrer: &str| {
            let request = actix_web::test::TestRequest::get().uri(path).insert_header(("accept", "text/html")).insert_header(("accept-language", "en"));
            request.insert_header(("host", "localhost")).insert_header(("referer", referrer.to_owned())).insert_header(("cookie", format!("kularing_session={}", stan.cookie)))
        };
        let refused = app.send(asked("/settings/business", "http://localhost/partners?words=roof")).await;
        assert_eq!(refused.status, 403);
        assert!(refused.body.contains("href=\"/partners?words=roof\"") && refused.body.contains("Only an owner of the business may do this"), "{}", refused.body);
        for elsewhere in ["http://elsewhere.example/partners", "http://localhost/settings/business", "http://localhost/"] {
            let refused = app.send(asked("/settings/business", elsewhere)).await;
            assert!(refused.status == 403 && !refused.body.contains("Back to where you were"), "{elsewhere}: {}", refused.body);
        }
    }

    async fn a_wrong_field_is_named_as_people_know_it(app) {
        let anna = signed_in(&app, "Anna Arch", "architect").await;
        let stan = colleague_of(&app, &anna, "Stan Staff", PersonRole::Staff).await;
        let wrong = app.submit(&anna.cookie, &format!("/settings/people/{}/role", stan.person), &[("csrf", &anna.csrf), ("role", "boss")]).await;
        assert!(wrong.status == 422 && wrong.body.contains("<b>Role</b>") && !wrong.body.contains("<b>role</b>"), "{}", wrong.body);
    }

    async fn an_invitation_that_is_refused_keeps_what_was_typed(app) {
        let anna = signed_in(&app, "Anna Arch", "architect").await;
        let stan = colleague_of(&app, &anna, "Stan Staff", PersonRole::Staff).await;
        let again = app.submit(&anna.cookie, "/settings/people/invitations", &[("csrf", &anna.csrf), ("email", &stan.email), ("role", "owner")]).await;
        assert!(again.body.contains(&format!("value=\"{}\"", stan.email)) && again.body.contains("<option value=\"owner\" selected>"), "{}", again.body);
        assert!(again.status.is_client_error() && again.body.contains("role=\"alert\""), "{} {}", again.status, again.body);
    }
}

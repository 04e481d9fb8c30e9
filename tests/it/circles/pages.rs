//! The pages, as a browser without scripts uses them.

use kularing::circles::views;

use super::member;
use crate::on_both_databases;
use crate::support::TestApp;
use crate::support::accounts::{TestPerson, signed_in};
use crate::support::app::Reply;
use crate::support::circles::{networking, value_chain};

async fn send(app: &TestApp, person: &TestPerson, path: &str, fields: &[(&str, &str)]) -> Reply {
    let mut all = vec![("csrf", person.csrf.as_str())];
    all.extend_from_slice(fields);
    app.submit(&person.cookie, path, &all).await
}

const RULES: [(&str, &str); 21] = [
    ("answer_reminder_hours", "24"),
    ("first_contact_hours", "48"),
    ("nudge_days", "14"),
    ("close_days", "180"),
    ("claim_window_days", "180"),
    ("recycled_days", "90"),
    ("pair_per_month", "12"),
    ("introduced", "10"),
    ("won", "20"),
    ("won_per_thousand", "10"),
    ("won_value_cap", "200"),
    ("third_win", "5"),
    ("ring_length", "4"),
    ("fit", "1"),
    ("conversion", "1"),
    ("response", "1"),
    ("load", "1"),
    ("ring", "2"),
    ("evenness", "1"),
    ("turn", "1"),
    ("consent_path", "share"),
];

on_both_databases! {
    async fn a_circle_is_founded_on_a_page(app) {
        let anna = signed_in(&app, "Anna Arch", "architect").await;
        assert!(app.page(&anna.cookie, "/circles").await.body.contains("in no circle yet"));
        assert!(app.page(&anna.cookie, "/circles/new").await.body.contains("Architectural practice"));
        let fields = |name: &'static str, links: &'static str| [
            ("kind", "value_chain"), ("name", name), ("description", "Houses"), ("language", "en"), ("time_zone", "Europe/Berlin"),
            ("trade", "architect"), ("links", links), ("open_to_applications", "yes"),
        ];
        let wrong = send(&app, &anna, "/circles", &fields("<b>", "wizard")).await;
        assert_eq!(wrong.status, 422);
        assert!(wrong.body.contains("&lt;b&gt;") && wrong.body.contains("choose a trade from the list"), "{}", wrong.body);
        let made = send(&app, &anna, "/circles", &fields("Bauen", "Architectural practice\r\nElectrical installation")).await;
        assert_eq!(made.status, 303, "{}", made.body);
        let path = made.header("location").unwrap().split('?').next().unwrap().to_owned();
        let page = app.page(&anna.cookie, &path).await;
        assert!(page.body.contains("Bauen") && page.body.contains("Electrical installation") && page.body.contains("Pass a referral"), "{}", page.body);
        assert!(app.page(&anna.cookie, "/circles").await.body.contains("Bauen"));
        assert_eq!(app.page("", "/circles").await.status, 303);
    }

    async fn somebody_applies_and_is_admitted_on_pages(app) {
        let (anna, eva) = (signed_in(&app, "Anna Arch", "architect").await, signed_in(&app, "Eva Elek", "electrician").await);
        let circle = networking(&app, &anna, &[]).await;
        let path = format!("/circles/{circle}");
        let page = app.page(&eva.cookie, &path).await;
        assert!(page.body.contains("A few words to the organisers") && !page.body.contains("Anna Arch"), "{}", page.body);
        assert_eq!(send(&app, &eva, &format!("{path}/apply"), &[("trade", "wizard"), ("words", "")]).await.status, 422);
        assert_eq!(send(&app, &eva, &format!("{path}/apply"), &[("trade", "electrician"), ("words", "Hello!")]).await.status, 303);
        assert!(app.page(&eva.cookie, &path).await.body.contains("You have applied"));
        let members = app.page(&anna.cookie, &format!("{path}/members")).await;
        assert!(members.body.contains("Eva Elek Ltd") && members.body.contains("Hello!"), "{}", members.body);
        assert_eq!(app.page(&eva.cookie, &format!("{path}/members")).await.status, 404);
        let row = member(&app, circle, eva.business).await;
        assert_eq!(send(&app, &anna, &format!("{path}/members/{row}/admit"), &[]).await.status, 303);
        assert!(app.page(&eva.cookie, &path).await.body.contains("Seats"));
        let business = eva.business.to_string();
        assert_eq!(send(&app, &anna, &format!("{path}/hand-over"), &[("business", &business), ("remain", "yes")]).await.status, 303);
        assert_eq!(send(&app, &anna, &format!("{path}/leave"), &[]).await.status, 303);
        let refused = send(&app, &eva, &format!("{path}/leave"), &[]).await;
        assert!(refused.status == 409 && refused.body.contains("You are the last organiser"), "{}", refused.body);
        assert_eq!(app.submit(&eva.cookie, &format!("{path}/leave"), &[]).await.status, 403);
    }

    async fn applicants_are_refused_and_members_removed_on_pages(app) {
        let (anna, eva) = (signed_in(&app, "Anna Arch", "architect").await, signed_in(&app, "Eva Elek", "electrician").await);
        let paul = signed_in(&app, "Paul Paint", "painter").await;
        let circle = value_chain(&app, &anna, &[(&eva, "electrician")]).await;
        let path = format!("/circles/{circle}");
        send(&app, &paul, &format!("{path}/apply"), &[("trade", "painter"), ("words", "")]).await;
        let row = member(&app, circle, paul.business).await;
        // What cannot be taken back is asked first.
        let page = app.page(&anna.cookie, &format!("{path}/members")).await.body;
        for question in ["Refuse Paul Paint Ltd?", "Make Eva Elek Ltd an organiser?", "Remove Eva Elek Ltd?"] {
            assert!(page.contains(question), "{question}: {page}");
        }
        assert_eq!(send(&app, &anna, &format!("{path}/members/{row}/refuse"), &[]).await.status, 303);
        // Whoever may not apply yet keeps what he typed.
        let early = send(&app, &paul, &format!("{path}/apply"), &[("trade", "painter"), ("words", "We paint well.")]).await;
        assert!(early.status == 409 && early.body.contains("We paint well.") && early.body.contains("role=\"alert\""), "{}", early.body);
        let row = member(&app, circle, eva.business).await;
        // A removal that is refused comes back on its page of the list, with its words.
        let long = "Too many words. ".repeat(200);
        let refused = send(&app, &anna, &format!("{path}/members/{row}/remove"), &[("words", &long), ("cursor", "mem_7zzzzzzzzzzzz")]).await;
        assert!(refused.status == 422 && refused.body.contains(&long) && refused.body.contains("value=\"mem_7zzzzzzzzzzzz\""), "{}", refused.body);
        assert_eq!(send(&app, &anna, &format!("{path}/members/{row}/remove"), &[("words", "Moved away")]).await.status, 303);
        assert_eq!(app.state.db.read(move |conn| views::active_members(conn, circle)).await.unwrap().len(), 1);
    }

    async fn organisers_change_rules_links_and_the_circle_on_pages(app) {
        let (anna, eva) = (signed_in(&app, "Anna Arch", "architect").await, signed_in(&app, "Eva Elek", "electrician").await);
        let circle = value_chain(&app, &anna, &[(&eva, "electrician")]).await;
        let path = format!("/circles/{circle}");
        let policy = |hours: &'static str| { let mut fields = vec![("version", "1"), ("answer_hours", hours)]; fields.extend(RULES); fields };
        let wrong = send(&app, &anna, &format!("{path}/policy"), &policy("soon")).await;
        assert!(wrong.status == 422 && wrong.body.contains("value=\"soon\""), "{}", wrong.body);
        assert_eq!(send(&app, &anna, &format!("{path}/policy"), &policy("72")).await.status, 303);
        let late = send(&app, &anna, &format!("{path}/policy"), &policy("60")).await;
        assert!(late.status == 422 && late.body.contains("value=\"60\""), "{}", late.body);
        // Also the last version of a page tells what it changed.
        let last = app.page(&eva.cookie, &format!("{path}/policy?limit=1")).await.body;
        assert!(last.contains("48 → <b>72</b>") && last.contains("cursor=2"), "{last}");
        let seen = app.page(&eva.cookie, &format!("{path}/policy")).await;
        assert!(seen.body.contains("Version 2") && !seen.body.contains("Put in force"), "{}", seen.body);
        assert_eq!(send(&app, &eva, &format!("{path}/policy"), &policy("72")).await.status, 403);
        let with_ceilings = |trade: &'static str, credits: &'static str| {
            let mut fields = policy("72");
            fields[0] = ("version", "2");
            fields.extend([("ceiling_trade", trade), ("ceiling_credits", credits), ("ceiling_trade", ""), ("ceiling_credits", "")]);
            fields
        };
        let wrong = send(&app, &anna, &format!("{path}/policy"), &with_ceilings("Wizard", "60")).await;
        assert!(wrong.status == 422 && wrong.body.contains("value=\"Wizard\"") && wrong.body.contains("ceilings-error"), "{}", wrong.body);
        assert_eq!(send(&app, &anna, &format!("{path}/policy"), &with_ceilings("electrician", "60")).await.status, 303);
        let seen = app.page(&eva.cookie, &format!("{path}/policy")).await.body;
        assert!(seen.contains("Version 3") && seen.contains("Ceiling for Electrical installation"), "{seen}");
        assert!(app.page(&anna.cookie, &format!("{path}/policy")).await.body.contains("value=\"Electrical installation\""));
        let edit = |name: &'static str| [("version", "1"), ("name", name), ("description", ""), ("language", "de"), ("time_zone", "Europe/Berlin")];
        assert!(app.page(&anna.cookie, &format!("{path}/edit")).await.body.contains("Test Circle"));
        assert_eq!(app.page(&eva.cookie, &format!("{path}/edit")).await.status, 403);
        assert_eq!(send(&app, &anna, &format!("{path}/edit"), &edit("")).await.status, 422);
        assert_eq!(send(&app, &anna, &format!("{path}/edit"), &edit("Haus")).await.status, 303);
        let links = |text: &'static str| [("version", "2"), ("links", text)];
        assert_eq!(send(&app, &anna, &format!("{path}/links"), &links("wizard")).await.status, 422);
        assert_eq!(send(&app, &anna, &format!("{path}/links"), &links("Electrical installation, architect")).await.status, 303);
        let page = app.page(&eva.cookie, &path).await.body;
        assert!(page.contains("Haus") && page.find("Electrical installation").unwrap() < page.find("Architectural practice").unwrap(), "{page}");
    }

    async fn invitations_are_made_and_taken_back_on_pages(app) {
        let (anna, eva) = (signed_in(&app, "Anna Arch", "architect").await, signed_in(&app, "Eva Elek", "electrician").await);
        let circle = value_chain(&app, &anna, &[(&eva, "electrician")]).await;
        let path = format!("/circles/{circle}/invitations");
        assert!(app.page(&anna.cookie, &path).await.body.contains("There is none at the moment"));
        assert_eq!(app.page(&eva.cookie, &path).await.status, 403);
        assert_eq!(send(&app, &anna, &path, &[("kind", "mail"), ("email", "nobody"), ("words", "")]).await.status, 422);
        assert_eq!(send(&app, &anna, &path, &[("kind", "mail"), ("email", "new@kularing.example"), ("words", "")]).await.status, 303);
        assert_eq!(send(&app, &anna, &path, &[("kind", "link"), ("uses", "many"), ("days", "7")]).await.status, 422);
        assert_eq!(send(&app, &anna, &path, &[("kind", "link"), ("uses", "3"), ("days", "7")]).await.status, 303);
        let page = app.page(&anna.cookie, &path).await.body;
        assert!(page.contains("new@kularing.example") && page.contains("/invitation/") && page.contains("3 more times"), "{page}");
        let shown = app.get(&anna.token, &path).await.ok();
        let link = shown["items"][0]["id"].as_str().unwrap();
        assert_eq!(send(&app, &anna, &format!("{path}/{link}/revoke"), &[]).await.status, 303);
        assert!(!app.page(&anna.cookie, &path).await.body.contains("3 more times"));
    }
}

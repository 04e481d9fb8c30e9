//! No typing is lost, and nothing is done twice: sessions that end while somebody types, two tabs, buttons pressed twice.

use actix_web::test::TestRequest;
use diesel::prelude::*;
use kularing::db::schema::circle;
use kularing::kernel::clock::{days, hours};
use kularing::outbox::MailKind;

use super::browser::{cookie, leads_to, registration};
use crate::on_both_databases;
use crate::support::TestApp;
use crate::support::accounts::{PASSWORD, signed_in};
use crate::support::app::Reply;
use crate::support::circles::value_chain;

/// The hidden fields of the form that leads to `action`, as a browser would send them.
fn hidden(page: &str, action: &str) -> Vec<(String, String)> {
    let form = page.split_once(&format!("action=\"{action}\"")).unwrap_or_else(|| panic!("no form {action}: {page}")).1;
    let form = form.split_once("</form>").unwrap().0;
    let inputs = form.split("<input ").skip(1).filter(|input| input.starts_with("type=\"hidden\""));
    let attribute = |input: &str, name: &str| {
        let value = input.split_once(&format!("{name}=\"")).unwrap().1.split_once('"').unwrap().0;
        value.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    };
    inputs.map(|input| (attribute(input, "name"), attribute(input, "value"))).collect()
}

fn borrowed(fields: &[(String, String)]) -> Vec<(&str, &str)> {
    fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

async fn send(app: &TestApp, cookie: &str, path: &str, fields: &[(&str, &str)], headers: &[(&str, &str)]) -> Reply {
    let mut request = TestRequest::post().uri(path).insert_header(("accept", "text/html")).insert_header(("accept-language", "en"));
    if !cookie.is_empty() {
        request = request.insert_header(("cookie", format!("kularing_session={cookie}")));
    }
    for header in headers {
        request = request.insert_header(*header);
    }
    app.send(request.set_form(fields)).await
}

const OWN: (&str, &str) = ("sec-fetch-site", "same-origin");

async fn circles_count(app: &TestApp) -> i64 {
    app.state.db.read(|connection| Ok(circle::table.count().get_result(connection)?)).await.unwrap()
}

fn circle_form(csrf: &str) -> Vec<(&str, &str)> {
    vec![
        ("csrf", csrf),
        ("kind", "networking"),
        ("name", "Roof & Wall"),
        ("description", "say \"two\"\r\n<lines>"),
        ("trade", "architect"),
        ("language", "en"),
        ("time_zone", "UTC"),
    ]
}

on_both_databases! {
    async fn what_was_typed_survives_the_end_of_the_session(app) {
        let anna = signed_in(&app, "Anna Arch", "architect").await;
        let page = app.page(&anna.cookie, "/circles/new").await.body;
        app.clock.advance(days(31));
        let key = hidden(&page, "/circles").into_iter().find(|(name, _)| name == "form_key").unwrap().1;
        let mut typed = circle_form(&anna.csrf);
        typed.push(("form_key", &key));
        let asked = send(&app, &anna.cookie, "/circles", &typed, &[OWN, ("host", "localhost"), ("referer", "http://localhost/circles/new")]).await;
        assert_eq!(asked.status, 401, "{}", asked.body);
        assert!(asked.body.contains("What you typed is kept"), "{}", asked.body);
        let mut carried = hidden(&asked.body, "/sign-in");
        assert_eq!(carried.iter().find(|(name, _)| name == "next").unwrap().1, "/circles/new");
        assert!(!asked.body.contains(&anna.csrf), "the old token is not kept");

        // A wrong password keeps it too.
        carried.extend([("email".to_owned(), anna.email.clone()), ("password".to_owned(), "wrong password".to_owned())]);
        let again = app.submit("", "/sign-in", &borrowed(&carried)).await;
        assert_eq!(again.status, 401);
        let mut carried = hidden(&again.body, "/sign-in");
        carried.extend([("email".to_owned(), anna.email.clone()), ("password".to_owned(), PASSWORD.to_owned())]);
        let resumed = app.submit("", "/sign-in", &borrowed(&carried)).await;
        assert_eq!(resumed.status, 200, "{}", resumed.body);
        assert!(resumed.body.contains("Send what you typed?") && resumed.body.contains("Anna Arch"), "{}", resumed.body);
        assert!(resumed.body.contains("Roof &amp; Wall"), "{}", resumed.body);
        assert!(resumed.body.contains("&lt;lines&gt;"), "{}", resumed.body);
        assert!(resumed.body.contains("href=\"/circles/new\""), "the way on without sending");
        assert!(!resumed.body.contains(PASSWORD));
        let (session, _) = cookie(&resumed);

        // Nothing was done yet; one press does it, and a second press does no more.
        assert!(!app.page(&session, "/circles").await.body.contains("Roof"));
        let fields = hidden(&resumed.body, "/circles");
        let sent = app.submit(&session, "/circles", &borrowed(&fields)).await;
        assert_eq!(sent.status, 303, "{}", sent.body);
        let twice = app.submit(&session, "/circles", &borrowed(&fields)).await;
        assert_eq!(twice.header("location"), sent.header("location"));
        let circle = app.page(&session, sent.header("location").unwrap()).await;
        assert!(circle.body.contains("Roof &amp; Wall"), "{}", circle.body);
    }

    async fn nothing_is_kept_of_another_sites_form_nor_of_a_password(app) {
        let anna = signed_in(&app, "Anna Arch", "architect").await;
        app.clock.advance(days(31));
        let typed = circle_form(&anna.csrf);
        let foreign: [&[(&str, &str)]; 5] = [
            &[("sec-fetch-site", "cross-site")],
            &[("sec-fetch-site", "same-site")],
            &[("sec-fetch-site", "none")],
            &[("origin", "https://evil.example"), ("host", "localhost")],
            &[],
        ];
        for headers in foreign {
            let refused = send(&app, &anna.cookie, "/circles", &typed, headers).await;
            assert!(refused.status == 303 || refused.status == 403, "{headers:?}: {}", refused.status);
            assert!(!refused.body.contains("Roof"), "{headers:?}");
        }
        let kept = send(&app, "", "/circles", &typed, &[("origin", "http://localhost"), ("host", "localhost")]).await;
        assert_eq!(kept.status, 401, "a browser without Sec-Fetch-Site says it by Origin");
        let password = [("csrf", ""), ("current_password", PASSWORD), ("password", "a quite new password")];
        leads_to(&send(&app, "", "/settings/password", &password, &[OWN]).await, "/sign-in?next=%2F");
        // A button alone is pressed again on its page.
        leads_to(&send(&app, "", &format!("/settings/people/{}/remove", anna.person), &[("csrf", "x")], &[OWN]).await, "/sign-in?next=%2F");
        let long = "x".repeat(66_000);
        leads_to(&send(&app, "", "/circles", &[("name", &long)], &[OWN]).await, "/sign-in?next=%2F");
    }

    async fn nobody_slips_a_form_of_his_own_under_a_sign_in(app) {
        let anna = signed_in(&app, "Anna Arch", "architect").await;
        let asked = send(&app, "", "/circles", &circle_form(""), &[OWN]).await;
        let kept = hidden(&asked.body, "/sign-in").into_iter().find(|(name, _)| name == "kept").unwrap().1;
        for forged in [kept.replace("Roof", "Door"), kept.replace("%2Fcircles", "%2Fsettings"), "x!1!%2F!a=b".to_owned(), kept[1..].to_owned()] {
            let fields = [("email", &*anna.email), ("password", PASSWORD), ("next", "/standing"), ("kept", &forged)];
            leads_to(&app.submit("", "/sign-in", &fields).await, "/standing");
        }
        app.clock.advance(hours(25));
        let late = [("email", &*anna.email), ("password", PASSWORD), ("next", ""), ("kept", &kept)];
        leads_to(&app.submit("", "/sign-in", &late).await, "/");
    }

    async fn two_tabs_do_not_lose_what_was_typed_in_one_of_them(app) {
        let anna = signed_in(&app, "Anna Arch", "architect").await;
        let typed = circle_form("the token of the session before");
        let stale = app.submit(&anna.cookie, "/circles", &typed).await;
        assert_eq!(stale.status, 403);
        assert!(stale.body.contains("Send what you typed?"), "{}", stale.body);
        let fields = hidden(&stale.body, "/circles");
        assert_eq!(app.submit(&anna.cookie, "/circles", &borrowed(&fields)).await.status, 303);
        // Signed in in one tab, the sign-in page of the other leads on.
        let fields = [("csrf", ""), ("email", &*anna.email), ("password", PASSWORD), ("next", "/standing")];
        leads_to(&app.submit(&anna.cookie, "/sign-in", &fields).await, "/standing");
        assert_eq!(send(&app, &anna.cookie, "/sign-in", &fields, &[("sec-fetch-site", "cross-site")]).await.status, 403);
    }

    async fn a_form_pressed_twice_is_taken_once(app) {
        let anna = signed_in(&app, "Anna Arch", "architect").await;
        let page = app.page(&anna.cookie, "/circles/new").await.body;
        let key = hidden(&page, "/circles").into_iter().find(|(name, _)| name == "form_key").unwrap().1;
        let mut typed = circle_form(&anna.csrf);
        typed.push(("form_key", &key));
        let (first, second) = tokio::join!(app.submit(&anna.cookie, "/circles", &typed), app.submit(&anna.cookie, "/circles", &typed));
        assert_eq!(first.status, 303, "{}", first.body);
        assert_eq!((second.status, second.header("location")), (first.status, first.header("location")));
        assert_eq!(circles_count(&app).await, 1);
        // What is wrong is told each time, and what was changed is another form.
        typed[2] = ("name", "");
        assert_eq!(app.submit(&anna.cookie, "/circles", &typed).await.status, 422);
        assert_eq!(app.submit(&anna.cookie, "/circles", &typed).await.status, 422);
        typed[2] = ("name", "Another one");
        assert_ne!(app.submit(&anna.cookie, "/circles", &typed).await.header("location"), first.header("location"));
        assert_eq!(circles_count(&app).await, 2);
        // Another page has another key, and another person his own.
        let other = app.page(&anna.cookie, "/circles/new").await.body;
        assert_ne!(hidden(&other, "/circles").into_iter().find(|(name, _)| name == "form_key").unwrap().1, key);
    }

    async fn registering_twice_with_one_page_sends_one_mail(app) {
        let page = app.page("", "/register").await.body;
        let key = hidden(&page, "/register").into_iter().find(|(name, _)| name == "form_key").unwrap().1;
        let mut typed = registration("anna@arch.example", PASSWORD);
        typed.push(("form_key", &key));
        for _ in 0..2 {
            leads_to(&app.submit("", "/register", &typed).await, "/sign-in?done=accounts-mail-sent");
        }
        app.run_due().await;
        app.mail_of("anna@arch.example", MailKind::ConfirmAddress).await;
        assert_eq!(app.mails_to("anna@arch.example").await.len(), 1);
    }

    async fn a_move_is_known_as_pressed_twice_only_for_a_moment(app) {
        let anna = signed_in(&app, "Anna Arch", "architect").await;
        let ben = signed_in(&app, "Ben Brick", "bricklayer").await;
        let circle = value_chain(&app, &anna, &[(&ben, "bricklayer")]).await;
        let carla = signed_in(&app, "Carla Clay", "plumber").await;
        let page = app.page(&carla.cookie, &format!("/circles/{circle}")).await.body;
        let (apply, leave) = (format!("/circles/{circle}/apply"), format!("/circles/{circle}/leave"));
        let mut fields = hidden(&page, &apply);
        fields.push(("trade".to_owned(), "plumber".to_owned()));
        let first = app.submit(&carla.cookie, &apply, &borrowed(&fields)).await;
        assert_eq!(first.status, 303, "{}", first.body);
        assert_eq!(app.submit(&carla.cookie, &apply, &borrowed(&fields)).await.header("location"), first.header("location"));
        assert_eq!(app.submit(&carla.cookie, &leave, &[("csrf", &carla.csrf)]).await.status, 303);
        app.clock.advance(hours(1));
        assert_eq!(app.submit(&carla.cookie, &apply, &borrowed(&fields)).await.status, 303, "the page of an hour ago applies again");
        assert!(app.page(&carla.cookie, &format!("/circles/{circle}")).await.body.contains("/leave"));
    }

    async fn whoever_came_for_something_gets_there_after_registering(app) {
        let page = app.page("", "/register?next=%2Finvitation%2Fabc%3Fx%3D1").await.body;
        assert!(page.contains("name=\"next\" value=\"/invitation/abc?x=1\""), "{page}");
        let mut typed = registration("anna@arch.example", PASSWORD);
        typed.push(("next", "/invitation/abc?x=1"));
        let sent = app.submit("", "/register", &typed).await;
        leads_to(&sent, "/sign-in?next=%2Finvitation%2Fabc%3Fx%3D1&done=accounts-mail-sent");
        let set = sent.header("set-cookie").unwrap();
        assert!(set.starts_with("kularing_next=%2Finvitation%2Fabc%3Fx%3D1; HttpOnly; SameSite=Lax; Path=/sign-in"), "{set}");
        app.run_due().await;
        let link = app.mail_of("anna@arch.example", MailKind::ConfirmAddress).await.link("/confirm/");
        leads_to(&app.submit("", &link, &[]).await, "/sign-in?done=accounts-confirmed");
        let fields = [("email", "anna@arch.example"), ("password", PASSWORD), ("next", "")];
        let headers = [OWN, ("cookie", "kularing_next=%2Finvitation%2Fabc%3Fx%3D1")];
        leads_to(&send(&app, "", "/sign-in", &fields, &headers).await, "/invitation/abc?x=1");
        let foreign = [OWN, ("cookie", "kularing_next=%2F%2Fevil.example")];
        leads_to(&send(&app, "", "/sign-in", &fields, &foreign).await, "/");
        typed.pop();
        typed.push(("next", "//evil.example"));
        leads_to(&app.submit("", "/register", &typed).await, "/sign-in?done=accounts-mail-sent");
    }

    async fn the_way_to_a_page_keeps_its_question(app) {
        leads_to(&app.page("", "/referrals?state=won&x=1").await, "/sign-in?next=%2Freferrals%3Fstate%3Dwon%26x%3D1");
    }
}

//! The pages, as a browser sees them.

use actix_web::test::TestRequest;
use kularing::kernel::actor::PersonRole;
use kularing::kernel::clock::days;
use kularing::outbox::MailKind;

use crate::on_both_databases;
use crate::support::accounts::{PASSWORD, TestPerson, colleague_of, registered, signed_in};
use crate::support::app::Reply;
use crate::support::{Backend, TestApp};

const ANNA: &str = "anna@arch.example";

pub fn registration<'f>(email: &'f str, password: &'f str) -> Vec<(&'f str, &'f str)> {
    vec![
        ("business_name", "Arch & Co"),
        ("country", "DE"),
        ("postal_code", "10115"),
        ("city", "Berlin"),
        ("trade", "Roofing"),
        ("trade", ""),
        ("name", "Anna Arch"),
        ("email", email),
        ("password", password),
        ("language", "en"),
        ("time_zone", "Europe/Berlin"),
    ]
}

#[track_caller]
pub fn leads_to(reply: &Reply, path: &str) {
    assert_eq!(reply.status, 303, "{}", reply.body);
    assert_eq!(reply.header("location"), Some(path));
}

/// The value of the session's cookie that a response sets, and its attributes.
pub fn cookie(reply: &Reply) -> (String, String) {
    let header = reply.header("set-cookie").unwrap_or_else(|| panic!("no cookie: {} {}", reply.status, reply.body));
    let (pair, attributes) = header.split_once("; ").unwrap();
    (pair.strip_prefix("kularing_session=").unwrap().to_owned(), attributes.to_owned())
}

async fn sign_in(app: &TestApp, email: &str, password: &str, next: &str) -> Reply {
    app.submit("", "/sign-in", &[("email", email), ("password", password), ("next", next)]).await
}

/// Where the last form of the page with this ending leads.
fn last_action<'p>(page: &'p str, ending: &str) -> &'p str {
    let actions = page.split("action=\"").filter_map(|rest| rest.split('"').next());
    actions.filter(|path| path.ends_with(ending)).last().unwrap_or_else(|| panic!("no form {ending}: {page}"))
}

async fn press(app: &TestApp, who: &TestPerson, path: &str, fields: &[(&str, &str)]) -> Reply {
    let fields: Vec<_> = std::iter::once(("csrf", &*who.csrf)).chain(fields.iter().copied()).collect();
    app.submit(&who.cookie, path, &fields).await
}

on_both_databases! {
    async fn from_the_first_visit_to_signing_out(app) {
        let welcome = app.page("", "/").await;
        assert!(welcome.body.contains("What you give comes back") && welcome.body.contains("/register"), "{}", welcome.body);
        leads_to(&app.submit("", "/register", &registration(ANNA, PASSWORD)).await, "/sign-in?done=accounts-mail-sent");
        assert!(app.page("", "/sign-in?done=accounts-mail-sent").await.body.contains("We have sent a mail"));
        let said = sign_in(&app, ANNA, PASSWORD, "").await;
        assert_eq!(said.status, 403);
        assert!(said.body.contains("confirm your address first"), "{}", said.body);
        app.run_due().await;
        let link = app.mail_of(ANNA, MailKind::ConfirmAddress).await.link("/confirm/");
        let shown = app.page("", &link).await;
        assert!(shown.body.contains("Arch &amp; Co") && shown.body.contains(ANNA), "{}", shown.body);
        assert_eq!(sign_in(&app, ANNA, PASSWORD, "").await.status, 403, "opening the link confirms nothing");
        leads_to(&app.submit("", &link, &[]).await, "/sign-in?done=accounts-confirmed");
        assert!(app.page("", &link).await.body.contains("This address is confirmed"));
        let signed_in = sign_in(&app, ANNA, PASSWORD, "/settings/people").await;
        leads_to(&signed_in, "/settings/people");
        let (value, attributes) = cookie(&signed_in);
        for attribute in ["HttpOnly", "SameSite=Lax", "Path=/"] {
            assert!(attributes.contains(attribute), "{attributes}");
        }
        assert!(!attributes.contains("Secure"), "plain http: {attributes}");
        let home = app.page(&value, "/").await;
        assert!(home.body.contains("Nothing waits for you") && home.body.contains("Anna Arch"), "{}", home.body);
        assert_eq!(app.submit(&value, "/sign-out", &[]).await.status, 403, "without the form's token");
        let csrf = home.body.split_once("name=\"csrf\" value=\"").unwrap().1.split_once('"').unwrap().0.to_owned();
        let out = app.submit(&value, "/sign-out", &[("csrf", &csrf)]).await;
        leads_to(&out, "/?done=accounts-signed-out");
        assert_eq!(cookie(&out).0, "");
        leads_to(&app.page(&value, "/settings").await, "/sign-in?next=%2Fsettings");
    }

    async fn a_failing_form_is_shown_again_with_what_was_typed(app) {
        let again = app.submit("", "/register", &registration("anna", "password123")).await;
        assert_eq!(again.status, 422);
        for shown in ["value=\"Arch &amp; Co\"", "value=\"anna\"", "value=\"Roofing\"", "This is not an e-mail address.", "one of the most used passwords"] {
            assert!(again.body.contains(shown), "{shown}: {}", again.body);
        }
        assert!(!again.body.contains("password123"), "a password is never shown");
        let wrong = sign_in(&app, ANNA, "another password", "/settings").await;
        assert_eq!(wrong.status, 401);
        for shown in ["The address or the password is not right", "value=\"anna@arch.example\"", "name=\"next\" value=\"/settings\""] {
            assert!(wrong.body.contains(shown), "{shown}: {}", wrong.body);
        }
        assert!(wrong.header("set-cookie").is_none());
    }

    async fn nobody_is_led_away_and_no_other_site_signs_anybody_in(app) {
        signed_in(&app, "Anna Arch", "architect").await;
        for next in ["//evil.example", "https://evil.example", "/\\evil.example"] {
            leads_to(&sign_in(&app, "anna.arch@kularing.example", PASSWORD, next).await, "/");
        }
        let foreign = TestRequest::post()
            .uri("/sign-in")
            .insert_header(("accept", "text/html"))
            .insert_header(("sec-fetch-site", "cross-site"))
            .set_form([("email", "anna.arch@kularing.example"), ("password", PASSWORD)]);
        let foreign = app.send(foreign).await;
        assert_eq!(foreign.status, 403);
        assert!(foreign.header("set-cookie").is_none());
    }

    async fn a_form_needs_the_token_of_its_own_session(app) {
        let anna = signed_in(&app, "Anna Arch", "architect").await;
        let ben = signed_in(&app, "Ben Brick", "bricklayer").await;
        let fields = [("name", "Mallory"), ("language", "en"), ("time_zone", "UTC")];
        for csrf in ["", "x", &ben.csrf] {
            let sent: Vec<_> = std::iter::once(("csrf", csrf)).chain(fields).collect();
            assert_eq!(app.submit(&anna.cookie, "/settings", &sent).await.status, 403);
        }
        leads_to(&press(&app, &anna, "/settings", &fields).await, "/settings?done=accounts-saved");
        assert!(app.page(&anna.cookie, "/settings").await.body.contains("value=\"Mallory\""));
    }

    async fn the_api_takes_a_cookie_only_with_the_token_of_its_forms(app) {
        let anna = signed_in(&app, "Anna Arch", "architect").await;
        let listed = app.get(&anna.token, "/sessions").await.ok();
        let path = format!("/api/v1/sessions/{}", listed["items"][1]["id"].as_str().unwrap());
        let end = |csrf: &str| {
            let request = TestRequest::delete().uri(&path).insert_header(("cookie", format!("kularing_session={}", anna.cookie)));
            app.send(request.insert_header(("x-csrf-token", csrf.to_owned())))
        };
        end("").await.fails(403, "csrf");
        end("x").await.fails(403, "csrf");
        app.get(&anna.token, "/me").await.ok();
        assert_eq!(end(&anna.csrf).await.status, 204);
        app.get(&anna.token, "/me").await.fails(401, "session_ended");
    }

    async fn a_browser_stays_signed_in_while_it_is_used(app) {
        let anna = signed_in(&app, "Anna Arch", "architect").await;
        for _ in 0..5 {
            app.clock.advance(days(29));
            assert_eq!(app.page(&anna.cookie, "/settings").await.status, 200);
        }
        app.clock.advance(days(30));
        assert_eq!(app.page(&anna.cookie, "/settings").await.status, 303);
    }

    async fn a_forgotten_password_is_set_anew(app) {
        let anna = signed_in(&app, "Anna Arch", "architect").await;
        leads_to(&app.submit("", "/password", &[("email", &anna.email)]).await, "/sign-in?done=accounts-mail-sent");
        app.run_due().await;
        let link = app.mail_of(&anna.email, MailKind::ResetPassword).await.link("/password/");
        assert_eq!(app.page("", &link).await.status, 200);
        let weak = app.submit("", &link, &[("password", "short")]).await;
        assert_eq!(weak.status, 422);
        assert!(weak.body.contains("at least ten characters"), "{}", weak.body);
        leads_to(&app.submit("", &link, &[("password", "a quite new password")]).await, "/sign-in?done=accounts-password-set");
        let used = app.page("", &link).await;
        assert_eq!(used.status, 404);
        assert!(used.body.contains("You can ask for a new one here"), "{}", used.body);
        leads_to(&sign_in(&app, &anna.email, "a quite new password", "").await, "/");
    }

    async fn a_colleague_is_invited_joins_rises_and_goes(app) {
        let anna = signed_in(&app, "Anna Arch", "architect").await;
        leads_to(&press(&app, &anna, "/settings/people/invitations", &[("email", "carla@kularing.example"), ("role", "staff")]).await, "/settings/people?done=accounts-invited");
        assert!(app.page(&anna.cookie, "/settings/people").await.body.contains("carla@kularing.example"));
        app.run_due().await;
        let link = app.mail_of("carla@kularing.example", MailKind::ColleagueInvitation).await.link("/join/");
        let shown = app.page("", &link).await;
        assert!(shown.body.contains("Anna Arch") && shown.body.contains("Anna Arch Ltd"), "{}", shown.body);
        let fields = [("name", "Carla Clay"), ("password", PASSWORD), ("language", "de"), ("time_zone", "UTC")];
        let joined = app.submit("", &link, &fields).await;
        leads_to(&joined, "/?done=accounts-joined");
        let (carla, _) = cookie(&joined);
        let people = app.page(&carla, "/settings/people").await.body;
        assert!(people.contains("Carla Clay") && !people.contains("/remove"), "staff see people and no buttons: {people}");
        assert_eq!(app.page("", &link).await.status, 409);
        let people = app.page(&anna.cookie, "/settings/people").await.body;
        let path = last_action(&people, "/remove");
        leads_to(&press(&app, &anna, &path.replace("/remove", "/role"), &[("role", "owner")]).await, "/settings/people?done=accounts-saved");
        leads_to(&press(&app, &anna, path, &[]).await, "/settings/people?done=accounts-removed");
        assert_eq!(app.page(&carla, "/settings/people").await.status, 303);
    }

    async fn the_last_owner_reads_why_it_is_refused(app) {
        let anna = signed_in(&app, "Anna Arch", "architect").await;
        colleague_of(&app, &anna, "Ben Brick", PersonRole::Staff).await;
        let refused = press(&app, &anna, &format!("/settings/people/{}/remove", anna.person), &[]).await;
        assert_eq!(refused.status, 409);
        assert!(refused.body.contains("A business always has an owner"), "{}", refused.body);
    }

    async fn a_session_is_ended_from_the_list(app) {
        let anna = signed_in(&app, "Anna Arch", "architect").await;
        let listed = app.page(&anna.cookie, "/settings/sessions").await.body;
        assert!(listed.contains("Program (API)") && listed.contains("this one"), "{listed}");
        let api_session = last_action(&listed, "/end");
        leads_to(&press(&app, &anna, api_session, &[]).await, "/settings/sessions?done=accounts-session-ended");
        app.get(&anna.token, "/me").await.fails(401, "session_ended");
        assert_eq!(app.page(&anna.cookie, "/settings/sessions").await.status, 200);
    }

    async fn every_page_speaks_every_language(app) {
        let anna = signed_in(&app, "Anna Arch", "architect").await;
        registered(&app, "Ben Brick", "bricklayer").await;
        let (principal, email) = (anna.principal(), kularing::kernel::EmailAddress::parse("carla@kularing.example").unwrap());
        app.state.db.write(move |tx| kularing::accounts::commands::colleagues::invite(tx, &principal, &email, PersonRole::Staff)).await.unwrap();
        app.run_due().await;
        let confirm = app.mail_of("ben.brick@kularing.example", MailKind::ConfirmAddress).await.link("/confirm/");
        let join = app.mail_of("carla@kularing.example", MailKind::ColleagueInvitation).await.link("/join/");
        let open = ["/", "/register", "/sign-in", "/confirm", "/password", &confirm, &join];
        let own = ["/", "/settings", "/settings/people", "/settings/sessions"];
        for language in ["en", "de", "ru"] {
            let body = serde_json::json!({ "language": language });
            app.api(&anna.token, actix_web::http::Method::PATCH, "/me", body).await.ok();
            for (cookie, path) in open.iter().map(|path| ("", *path)).chain(own.iter().map(|path| (&*anna.cookie, *path))) {
                let request = TestRequest::get().uri(path).insert_header(("accept", "text/html")).insert_header(("accept-language", language));
                let request = if cookie.is_empty() { request } else { request.insert_header(("cookie", format!("kularing_session={cookie}"))) };
                let reply = app.send(request).await;
                assert_eq!(reply.status, 200, "{path}: {}", reply.body);
                assert!(reply.body.contains(&format!("<html lang=\"{language}\"")), "{path}");
                assert!(![">accounts-", ">home-", "<script>"].iter().any(|left| reply.body.contains(left)), "{path}: {}", reply.body);
            }
        }
    }
}

#[actix_web::test]
async fn over_tls_the_cookie_is_never_sent_in_the_clear() {
    let app = TestApp::start_with(Backend::Sqlite, |config| "https://kularing.example".clone_into(&mut config.server.base_url));
    let anna = signed_in(&app, "Anna Arch", "architect").await;
    let (_, attributes) = cookie(&sign_in(&app, &anna.email, PASSWORD, "").await);
    assert!(attributes.contains("Secure"), "{attributes}");
}

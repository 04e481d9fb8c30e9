//! Which mails one wants.

use actix_web::http::Method;
use kularing::kernel::actor::PersonRole;
use kularing::kernel::clock::hours;
use kularing::outbox::MailKind;
use serde_json::json;

use crate::on_both_databases;
use crate::support::TestApp;
use crate::support::accounts::{TestPerson, colleague_of, signed_in};
use crate::support::circles::value_chain;
use crate::support::referrals::passed;

async fn set(app: &TestApp, who: &TestPerson, unwanted: &[&str]) -> crate::support::app::Reply {
    let mut body = json!({ "offers": true, "news": true, "reminders": true, "circles": true, "settlements": true });
    for topic in unwanted {
        body[*topic] = json!(false);
    }
    app.api(&who.token, Method::PUT, "/me/notifications", body).await
}

async fn kinds(app: &TestApp, address: &str) -> Vec<MailKind> {
    app.run_due().await;
    app.mails_to(address).await.into_iter().map(|mail| mail.kind).collect()
}

on_both_databases! {
    async fn what_is_switched_off_is_not_sent(app) {
        let anna = signed_in(&app, "Anna Arch", "architect").await;
        let emil = signed_in(&app, "Emil Engel", "electrician").await;
        let circle = value_chain(&app, &anna, &[(&emil, "electrician")]).await;
        set(&app, &anna, &["news", "circles"]).await.ok();
        let id = passed(&app, &anna, &emil, circle).await;
        app.run_due().await;
        app.post(&emil.token, &format!("/referrals/{id}/accept"), json!({})).await.ok();
        app.post(&emil.token, &format!("/circles/{circle}/leave"), json!({})).await.ok();
        let annas = kinds(&app, &anna.email).await;
        assert!(!annas.contains(&MailKind::GiverNews) && !annas.contains(&MailKind::MemberLeft), "{annas:?}");
        assert!(kinds(&app, &emil.email).await.contains(&MailKind::Offer));
        let shown = app.get(&anna.token, "/me/notifications").await.ok();
        assert_eq!(shown, json!({ "offers": true, "news": false, "reminders": true, "circles": false, "settlements": true }));
        app.api(&anna.token, Method::PUT, "/me/notifications", json!({ "offers": true })).await.fails(422, "invalid_fields");
    }

    async fn one_owner_always_reads_the_offers(app) {
        let anna = signed_in(&app, "Anna Arch", "architect").await;
        let emil = signed_in(&app, "Emil Engel", "electrician").await;
        let eva = colleague_of(&app, &emil, "Eva Engel", PersonRole::Owner).await;
        let circle = value_chain(&app, &anna, &[(&emil, "electrician")]).await;
        set(&app, &emil, &["offers"]).await.ok();
        set(&app, &eva, &["offers"]).await.fails(422, "invalid_fields");
        passed(&app, &anna, &emil, circle).await;
        assert!(!kinds(&app, &emil.email).await.contains(&MailKind::Offer));
        assert!(kinds(&app, &eva.email).await.contains(&MailKind::Offer), "the other owner reads them");
        // Alone again he reads them after all, whatever he wished for.
        app.api(&emil.token, Method::DELETE, &format!("/colleagues/{}", eva.person), serde_json::Value::Null).await;
        passed(&app, &anna, &emil, circle).await;
        assert!(kinds(&app, &emil.email).await.contains(&MailKind::Offer));
    }

    async fn the_page_sets_what_it_offers(app) {
        let anna = signed_in(&app, "Anna Arch", "architect").await;
        let ben = colleague_of(&app, &anna, "Ben Brick", PersonRole::Staff).await;
        let page = app.page(&anna.cookie, "/settings/notifications").await.body;
        assert_eq!(page.matches("type=\"checkbox\"").count(), 5, "{page}");
        let saved = app.submit(&anna.cookie, "/settings/notifications", &[("csrf", &anna.csrf), ("offers", "yes"), ("circles", "yes")]).await;
        assert_eq!(saved.header("location"), Some("/settings/notifications?done=accounts-saved"), "{}", saved.body);
        let shown = app.get(&anna.token, "/me/notifications").await.ok();
        assert_eq!(shown, json!({ "offers": true, "news": false, "reminders": false, "circles": true, "settlements": false }));
        let refused = app.submit(&anna.cookie, "/settings/notifications", &[("csrf", &anna.csrf), ("circles", "yes")]).await;
        assert!(refused.status == 422 && refused.body.contains("Another owner must switch them on first"), "{}", refused.body);
        let page = app.page(&ben.cookie, "/settings/notifications").await.body;
        assert!(page.matches("type=\"checkbox\"").count() == 1 && page.contains("go to the owners"), "{page}");
        app.submit(&ben.cookie, "/settings/notifications", &[("csrf", &ben.csrf)]).await;
        let shown = app.get(&ben.token, "/me/notifications").await.ok();
        assert_eq!((&shown["news"], &shown["offers"]), (&json!(false), &json!(true)));
    }

    async fn stopped_reminders_are_seen_in_the_settings_and_welcome_again_from_everywhere(app) {
        let anna = signed_in(&app, "Anna Arch", "architect").await;
        let emil = signed_in(&app, "Emil Engel", "electrician").await;
        let circle = value_chain(&app, &anna, &[(&emil, "electrician")]).await;
        passed(&app, &anna, &emil, circle).await;
        app.pass_time(hours(25)).await;
        let mail = app.mail_of(&emil.email, MailKind::OfferReminder).await;
        let link = mail.links.into_iter().find(|link| link.starts_with("/reminders/")).unwrap();
        let wanted = async || app.get(&emil.token, "/me/notifications").await.ok()["reminders"].clone();
        let ticked = "id=\"reminders\" name=\"reminders\" type=\"checkbox\" value=\"yes\" checked";

        // By the page of the link.
        assert!(app.page("", &link).await.body.contains("No more reminders"));
        assert!(app.submit("", &link, &[]).await.body.contains("Send me reminders again"));
        assert!(app.page("", &link).await.body.contains("Send me reminders again"), "looked at again it says how things stand");
        let page = app.page(&emil.cookie, "/settings/notifications").await.body;
        assert!(!page.contains(ticked) && page.contains("Reminders to your address are stopped"), "{page}");
        assert_eq!(wanted().await, json!(false));
        assert!(app.submit("", &format!("{link}/undo"), &[]).await.body.contains("sent to this address again"));
        assert!(app.page(&emil.cookie, "/settings/notifications").await.body.contains(ticked));
        assert_eq!(app.page("", &format!("{link}/undo")).await.status.as_u16() / 100, 4, "looking changes nothing");

        // By the box of the settings, and by the API.
        app.submit("", &link, &[]).await;
        let boxes = [("csrf", emil.csrf.as_str()), ("offers", "yes"), ("news", "yes"), ("reminders", "yes"), ("circles", "yes"), ("settlements", "yes")];
        assert_eq!(app.submit(&emil.cookie, "/settings/notifications", &boxes).await.status, 303);
        assert_eq!(wanted().await, json!(true));
        app.submit("", &link, &[]).await;
        set(&app, &emil, &[]).await.ok();
        assert_eq!(wanted().await, json!(true));

        // Saving the other boxes meanwhile is no wish to be spared reminders for good.
        app.submit("", &link, &[]).await;
        app.submit(&emil.cookie, "/settings/notifications", &[("csrf", &emil.csrf), ("offers", "yes")]).await;
        app.submit("", &format!("{link}/undo"), &[]).await;
        assert_eq!(wanted().await, json!(true));

        // By the list of what is stopped; what somebody else put there stays.
        app.submit("", &link, &[]).await;
        let page = app.page(&emil.cookie, "/settings/data").await.body;
        let action = page.split("action=\"").find_map(|rest| rest.split('"').next().filter(|action| action.ends_with("/lift"))).unwrap_or_else(|| panic!("{page}"));
        assert_eq!(app.submit(&anna.cookie, action, &[("csrf", &anna.csrf)]).await.status, 404);
        assert_eq!(app.submit(&emil.cookie, action, &[("csrf", &emil.csrf)]).await.status, 303);
        assert_eq!(wanted().await, json!(true));
        let operator = signed_in(&app, "Operator", "hosting-provider").await;
        app.post(&operator.token, "/suppressions", json!({ "email": emil.email, "scope": "reminders" })).await.ok();
        let page = app.page(&emil.cookie, "/settings/data").await.body;
        assert!(page.contains("Only an operator can lift this") && !page.contains("/lift\""), "{page}");
        assert!(app.submit("", &format!("{link}/undo"), &[]).await.body.contains("Send me reminders again"), "not his to lift");
        assert_eq!(wanted().await, json!(false));
    }

    async fn a_visitor_chooses_a_language_at_the_foot(app) {
        let page = app.page("", "/sign-in?next=%2Fstanding").await.body;
        assert!(page.contains("action=\"/language\"") && page.contains("Deutsch") && page.contains("Русский") && !page.contains(">English<"), "{page}");
        let post = |site: &str, language: &str| {
            actix_web::test::TestRequest::post().uri("/language").insert_header(("accept", "text/html")).insert_header(("sec-fetch-site", site.to_owned()))
                .insert_header(("host", "localhost")).insert_header(("referer", "http://localhost/sign-in?next=%2Fstanding")).set_form([("language", language.to_owned())])
        };
        let chosen = app.send(post("same-origin", "de")).await;
        assert_eq!((chosen.status.as_u16(), chosen.header("location")), (303, Some("/sign-in?next=%2Fstanding")));
        let cookie = chosen.header("set-cookie").unwrap();
        assert!(cookie.starts_with("kularing_language=de; HttpOnly; SameSite=Lax; Path=/; Max-Age="), "{cookie}");
        let with = |cookie: &'static str| {
            actix_web::test::TestRequest::get().uri("/register").insert_header(("accept", "text/html")).insert_header(("accept-language", "en")).insert_header(("cookie", cookie))
        };
        assert!(app.send(with("kularing_language=de")).await.body.contains("<html lang=\"de\""));
        assert!(app.send(with("kularing_language=xx")).await.body.contains("<html lang=\"en\""), "what is no language is no choice");
        assert_eq!(app.send(post("cross-site", "de")).await.status, 403);
        assert_eq!(app.send(post("same-origin", "xx")).await.status, 422);
        let anna = signed_in(&app, "Anna Arch", "architect").await;
        assert!(!app.page(&anna.cookie, "/settings").await.body.contains("action=\"/language\""), "people have it in their settings");
    }
}

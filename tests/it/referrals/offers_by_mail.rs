//! An offer answered from the mail, without a login.

use kularing::kernel::clock::{days, hours};
use kularing::outbox::MailKind;
use serde_json::json;

use super::{Cast, cast};
use crate::on_both_databases;
use crate::support::TestApp;
use crate::support::referrals::{make, passed, state_of};

async fn link(app: &TestApp, cast: &Cast) -> String {
    app.run_due().await;
    let mail = app.mail_of(&cast.erik.email, MailKind::Offer).await;
    mail.links.into_iter().find(|link| link.starts_with("/o/")).unwrap()
}

on_both_databases! {
    async fn looking_changes_nothing_and_a_choice_decides(app) {
        let cast = cast(&app).await;
        let id = passed(&app, &cast.anna, &cast.erik, cast.circle).await;
        let link = link(&app, &cast).await;
        for _ in 0..2 {
            let page = app.page("", &link).await;
            assert_eq!(page.status, 200, "{}", page.body);
            assert!(page.body.contains("New wiring") && !page.body.contains("checked"), "{}", page.body);
            assert!(!page.body.contains("Paula"), "{}", page.body);
            assert_eq!(page.header("cache-control"), Some("no-store"));
        }
        assert_eq!(state_of(&app, id).await.as_str(), "offered");
        // Sending without a choice is an error, and declining needs a reason.
        assert_eq!(app.submit("", &link, &[]).await.status, 422);
        assert_eq!(app.submit("", &link, &[("answer", "decline")]).await.status, 422);
        assert_eq!(state_of(&app, id).await.as_str(), "offered");
        assert_eq!(app.submit("", &link, &[("answer", "accept"), ("note", "Gladly")]).await.status, 303);
        assert_eq!(state_of(&app, id).await.as_str(), "accepted");
        let timeline = app.get(&cast.anna.token, &format!("/referrals/{id}/timeline")).await.ok();
        let entry = timeline.as_array().unwrap().iter().find(|entry| entry["kind"] == "referral.accepted").cloned().unwrap();
        assert_eq!((entry["actor"].as_str(), entry["by_business"]["name"].as_str(), entry["note"].as_str()), (Some("business"), Some("Erik Electric Ltd"), Some("Gladly")));
    }

    async fn the_page_is_the_same_for_everybody_and_in_three_languages(app) {
        let cast = cast(&app).await;
        let id = passed(&app, &cast.anna, &cast.erik, cast.circle).await;
        let link = link(&app, &cast).await;
        for (cookie, language) in [("", "en"), (cast.erik.cookie.as_str(), "de"), (cast.anna.cookie.as_str(), "ru")] {
            let page = app.page(cookie, &format!("{link}?language={language}")).await;
            assert!(page.body.contains(&format!("<html lang=\"{language}\">")) && !page.body.contains("referrals-"), "{}", page.body);
            assert!(!page.body.contains("/sign-out"), "{}", page.body);
            app.assert_small_and_forgetful(&page).await;
        }
        // Somebody else's session stands in nobody's way: the token decides, and for the offer's receiver.
        let sent = app.submit(&cast.anna.cookie, &link, &[("answer", "accept"), ("language", "ru")]).await;
        assert_eq!(sent.header("location"), Some(format!("{link}?language=ru").as_str()), "{}", sent.body);
        app.assert_small_and_forgetful(&app.page("", &link).await).await;
        assert_eq!(state_of(&app, id).await.as_str(), "accepted");
    }

    async fn a_link_used_again_shows_how_it_ended(app) {
        let cast = cast(&app).await;
        let id = passed(&app, &cast.anna, &cast.erik, cast.circle).await;
        let link = link(&app, &cast).await;
        assert_eq!(app.submit("", &link, &[("answer", "decline"), ("reason", "not_my_region")]).await.status, 303);
        let again = app.page("", &link).await;
        assert!(again.status == 200 && again.body.contains("declined") && !again.body.contains("New wiring"), "{}", again.body);
        let changed_mind = app.submit("", &link, &[("answer", "accept")]).await;
        assert!(changed_mind.status == 200 && changed_mind.body.contains("declined"), "{}", changed_mind.body);
        assert_eq!(state_of(&app, id).await.as_str(), "declined");
    }

    async fn a_link_dies_with_its_offer_and_in_the_end_altogether(app) {
        let cast = cast(&app).await;
        let id = passed(&app, &cast.anna, &cast.erik, cast.circle).await;
        let link = link(&app, &cast).await;
        make(&app, &cast.anna, id, "withdraw", json!({})).await;
        let late = app.submit("", &link, &[("answer", "accept")]).await;
        assert!(late.status == 200 && !late.body.contains("New wiring"), "{}", late.body);
        assert_eq!(state_of(&app, id).await.as_str(), "withdrawn");
        app.clock.advance(days(15));
        assert_eq!(app.page("", &link).await.status, 404);
        assert_eq!(app.page("", "/o/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA").await.status, 404);
    }

    async fn the_reminder_carries_a_link_that_works_too(app) {
        let cast = cast(&app).await;
        let id = passed(&app, &cast.anna, &cast.erik, cast.circle).await;
        app.pass_time(hours(25)).await;
        let mail = app.mail_of(&cast.erik.email, MailKind::OfferReminder).await;
        let link = mail.links.into_iter().find(|link| link.starts_with("/o/")).unwrap();
        assert_eq!(app.submit("", &link, &[("answer", "accept")]).await.status, 303);
        assert_eq!(state_of(&app, id).await.as_str(), "accepted");
    }

    async fn a_browser_that_hides_where_its_form_comes_from_decides_too(app) {
        let cast = cast(&app).await;
        let id = passed(&app, &cast.anna, &cast.erik, cast.circle).await;
        let link = link(&app, &cast).await;
        let page = app.page("", &link).await;
        assert_eq!(page.header("referrer-policy"), Some("no-referrer"));
        let hidden = |uri: &str| {
            let request = actix_web::test::TestRequest::post().uri(uri).insert_header(("host", "localhost")).insert_header(("origin", "null"));
            request.insert_header(("accept", "text/html")).set_form([("answer", "accept")])
        };
        // Whoever does not know the token decides nothing, wherever he sends it from.
        assert_eq!(app.send(hidden("/o/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")).await.status, 404);
        assert_eq!(state_of(&app, id).await.as_str(), "offered");
        assert_eq!(app.send(hidden(&link)).await.status, 303);
        assert_eq!(state_of(&app, id).await.as_str(), "accepted");
    }
}

//! Whoever was removed from a business cannot sign in, and can still see what is kept about him and have it deleted.

use actix_web::test::TestRequest;
use kularing::kernel::actor::PersonRole;
use kularing::kernel::clock::days;
use kularing::outbox::MailKind;
use serde_json::json;

use super::erasing::found;
use crate::on_both_databases;
use crate::support::TestApp;
use crate::support::accounts::{PASSWORD, TestPerson, colleague_of, signed_in};
use crate::support::app::Reply;
use crate::support::circles::value_chain;
use crate::support::referrals::passed;

/// Benedikt, who gave a referral and was removed; Anna removed him.
async fn removed(app: &TestApp) -> (TestPerson, TestPerson) {
    let anna = signed_in(app, "Anna Arch", "architect").await;
    let ben = colleague_of(app, &anna, "Benedikt Brickmann", PersonRole::Staff).await;
    let emil = signed_in(app, "Emil Engel", "electrician").await;
    let circle = value_chain(app, &anna, &[(&emil, "electrician")]).await;
    let referral = passed(app, &ben, &emil, circle).await;
    let note = json!({ "note": "Sorry for that, Benedikt" });
    app.post(&ben.token, &format!("/referrals/{referral}/withdraw"), note).await.ok();
    app.api(&anna.token, actix_web::http::Method::DELETE, &format!("/colleagues/{}", ben.person), json!({})).await;
    app.get(&ben.token, "/me").await.fails(401, "session_ended");
    (anna, ben)
}

async fn forgotten_password(app: &TestApp, address: &str) {
    assert_eq!(app.submit("", "/password", &[("email", address)]).await.status, 303);
    app.run_due().await;
}

async fn press(app: &TestApp, path: &str) -> Reply {
    app.send(TestRequest::post().uri(path).set_form([("language", "en")])).await
}

on_both_databases! {
    async fn a_link_to_his_address_shows_what_is_kept_and_deletes_it(app) {
        let (anna, ben) = removed(&app).await;
        // Written as he likes to write it.
        forgotten_password(&app, &ben.email.to_uppercase()).await;
        let mail = app.mail_of(&ben.email, MailKind::FormerAccount).await;
        assert!(mail.text.contains("Anna Arch Ltd") && mail.links.iter().all(|link| !link.starts_with("/password/")), "{}", mail.text);
        let here = mail.link("/my-data/");
        let page = app.page("", &here).await;
        for shown in ["Benedikt Brickmann", &ben.email, "Anna Arch Ltd", "What stays, and why"] {
            assert!(page.status == 200 && page.body.contains(shown), "{shown}: {}", page.body);
        }
        for language in ["en", "de", "ru"] {
            app.assert_small_and_forgetful(&app.page("", &format!("{here}?language={language}")).await).await;
        }
        assert_eq!(press(&app, &format!("{here}/erase")).await.header("location"), Some(format!("{here}?language=en").as_str()));
        assert_eq!(press(&app, &format!("{here}/erase")).await.status, 303, "pressed twice is asked once");
        app.run_due().await;
        let told = app.mail_of(&ben.email, MailKind::ErasureAsked).await;
        let back = told.link("/my-data/");
        app.pass_time(days(6)).await;
        assert!(app.page("", &back).await.body.contains("One day is left"), "{}", app.page("", &back).await.body);
        assert_eq!(press(&app, &format!("{back}/keep")).await.status, 303);
        app.pass_time(days(2)).await;
        assert!(!found(&app, &["brickmann"]).await.is_empty(), "he took it back");

        forgotten_password(&app, &ben.email).await;
        let here = app.mail_of(&ben.email, MailKind::FormerAccount).await.link("/my-data/");
        press(&app, &format!("{here}/erase")).await;
        app.pass_time(days(8)).await;
        app.pass_time(days(1)).await;
        assert_eq!(found(&app, &["benedikt", "brickmann"]).await, Vec::<String>::new());
        assert_eq!(app.page("", &here).await.status, 404);
        assert_eq!(app.get(&anna.token, "/me").await.ok()["name"], "Anna Arch", "the business goes on");
        // Nothing is sent to somebody who is forgotten, and it looks like any other address.
        let before = app.mail_states().await.len();
        forgotten_password(&app, &ben.email).await;
        assert_eq!(app.mail_states().await.len(), before);
    }

    async fn another_account_with_the_same_address_is_left_alone(app) {
        let (_, ben) = removed(&app).await;
        let again = signed_in(&app, "Benedikt Brickmann", "roofer").await;
        assert_eq!(again.email, ben.email);
        forgotten_password(&app, &ben.email).await;
        let link = app.mail_of(&ben.email, MailKind::FormerAccount).await.link("/my-data/");
        assert!(!app.mail_of(&ben.email, MailKind::ResetPassword).await.links.is_empty(), "the other account is told of too");
        press(&app, &format!("{link}/erase")).await;
        app.pass_time(days(8)).await;
        let me = app.submit("", "/sign-in", &[("email", &again.email), ("password", PASSWORD)]).await;
        assert_eq!(me.status, 303, "{}", me.body);
        let people: Vec<String> = app.dump().await["person"].iter().filter(|row| row.contains(&ben.email)).cloned().collect();
        assert_eq!(people.len(), 1, "{people:?}");
    }

    async fn a_link_that_leads_nowhere_says_so(app) {
        for (method, path) in [("GET", "/my-data/nothing"), ("POST", "/my-data/nothing/erase"), ("POST", "/my-data/nothing/keep")] {
            let reply = if method == "GET" { app.page("", path).await } else { press(&app, path).await };
            assert_eq!(reply.status, 404, "{method} {path}");
        }
        // A link of another purpose is none of this.
        let anna = signed_in(&app, "Anna Arch", "architect").await;
        forgotten_password(&app, &anna.email).await;
        let token = app.mail_of(&anna.email, MailKind::ResetPassword).await.token("/password/");
        assert_eq!(app.page("", &format!("/my-data/{token}")).await.status, 404);
    }
}

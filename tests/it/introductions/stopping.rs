//! Those who want no mail: the stop page, the mail program's own button, and the operator's list.

use actix_web::http::Method;
use actix_web::test::TestRequest;
use kularing::introductions::model::IntroductionState as S;
use kularing::introductions::record::SuppressionScope;
use kularing::introductions::views;
use kularing::kernel::id::{CircleId, ReferralId};
use kularing::outbox::MailKind;
use serde_json::{Value, json};

use crate::on_both_databases;
use crate::support::TestApp;
use crate::support::accounts::signed_in;
use crate::support::introductions::{PROSPECT, Pair, pair};

async fn mailed(app: &TestApp, pair: &Pair) -> (ReferralId, String) {
    let referral = pair.pass(app, "attested").await;
    app.run_due().await;
    (referral, app.mail_of(PROSPECT, MailKind::IntroductionAttested).await.link("/stop/"))
}

async fn suppressed(app: &TestApp, circle: Option<CircleId>) -> bool {
    let key = app.state.secret().keyed_hash("address", PROSPECT);
    app.state.db.read(move |connection| views::suppressed(connection, &key, SuppressionScope::Circle, circle)).await.unwrap()
}

on_both_databases! {
    async fn the_mail_programs_button_stops_at_once(app) {
        let pair = pair(&app).await;
        let (referral, link) = mailed(&app, &pair).await;
        // As RFC 8058 says: another site's program, no cookie, no token, and a plain 200.
        let request = TestRequest::post()
            .uri(&link)
            .insert_header(("origin", "https://mail.example"))
            .insert_header(("sec-fetch-site", "cross-site"))
            .insert_header(("content-type", "application/x-www-form-urlencoded"))
            .set_payload("List-Unsubscribe=One-Click");
        let reply = app.send(request).await;
        assert_eq!(reply.status, 200, "{}", reply.body);
        assert!(reply.header("set-cookie").is_none());
        assert!(suppressed(&app, None).await);
        assert_eq!(app.introduction_state(referral).await, S::Stopped);
        app.let_undo_time_pass().await;
        let record = app.get(&pair.giver.token, &format!("/referrals/{referral}/consent")).await.ok();
        assert_eq!(record["items"][1]["channel"], "one_click");
    }

    async fn a_multipart_button_stops_too_and_may_be_pressed_twice(app) {
        let pair = pair(&app).await;
        let (_, link) = mailed(&app, &pair).await;
        for _ in 0..2 {
            let request = TestRequest::post()
                .uri(&link)
                .insert_header(("content-type", "multipart/form-data; boundary=x"))
                .set_payload("--x\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--x--\r\n");
            assert_eq!(app.send(request).await.status, 200);
        }
        assert!(suppressed(&app, None).await);
    }

    async fn a_stop_is_taken_back(app) {
        let pair = pair(&app).await;
        let (referral, link) = mailed(&app, &pair).await;
        app.submit("", &link, &[("scope", "everything")]).await;
        assert!(suppressed(&app, None).await);
        let reply = app.submit("", &format!("{link}/undo"), &[("language", "en")]).await;
        assert_eq!(reply.status, 200);
        assert!(!suppressed(&app, None).await);
        assert_eq!(app.introduction_state(referral).await, S::Awaiting, "in time, the answer is open again");
        app.submit("", &link, &[("scope", "everything")]).await;
        app.let_undo_time_pass().await;
        app.submit("", &format!("{link}/undo"), &[("language", "en")]).await;
        assert!(!suppressed(&app, None).await, "mails can be allowed again at any time");
        assert_eq!(app.introduction_state(referral).await, S::Stopped, "the answer stays");
    }

    async fn who_stops_after_a_yes_gets_no_mail_after_all(app) {
        let pair = pair(&app).await;
        let (referral, stop) = mailed(&app, &pair).await;
        let link = app.mail_of(PROSPECT, MailKind::IntroductionAttested).await.link("/i/");
        app.clock.advance(std::time::Duration::from_secs(30));
        app.prospect_says(&link, "yes").await;
        app.let_undo_time_pass().await;
        app.submit("", &stop, &[("scope", "everything")]).await;
        let introduction = app.introduction(referral).await;
        assert_eq!(introduction.state, S::Closed);
        assert!(introduction.withdrawn_at.is_some());
        app.let_undo_time_pass().await;
        assert!(app.mails_to(PROSPECT).await.iter().all(|mail| mail.kind != MailKind::ThreeWay));
    }

    async fn one_circle_can_be_stopped(app) {
        let pair = pair(&app).await;
        let (referral, link) = mailed(&app, &pair).await;
        app.submit("", &link, &[("scope", "circle")]).await;
        assert!(suppressed(&app, Some(pair.circle)).await);
        assert!(!suppressed(&app, None).await);
        assert_eq!(app.introduction_state(referral).await, S::Refused);
    }

    async fn a_stop_link_never_ends(app) {
        let pair = pair(&app).await;
        let (_, link) = mailed(&app, &pair).await;
        app.clock.advance(kularing::kernel::clock::days(400));
        app.run_due().await;
        assert_eq!(app.page("", &link).await.status, 200);
        assert_eq!(app.submit("", &link, &[]).await.status, 200);
        assert!(suppressed(&app, None).await);
        assert_eq!(app.page("", &format!("/stop/{}", "x".repeat(43))).await.status, 404);
    }

    async fn operators_keep_the_list(app) {
        let operator = signed_in(&app, "Operator", "architect").await;
        let stranger = signed_in(&app, "Stefan Stranger", "plumber").await;
        app.get(&stranger.token, "/suppressions").await.fails(403, "operator_only");
        app.post(&stranger.token, "/suppressions", json!({ "email": PROSPECT, "scope": "everything" })).await.fails(403, "operator_only");
        assert_eq!(app.post(&operator.token, "/suppressions", json!({ "email": PROSPECT, "scope": "everything" })).await.status, 204);
        app.post(&operator.token, "/suppressions", json!({ "email": PROSPECT, "scope": "circle" })).await.fails(422, "invalid_fields");
        let found = app.get(&operator.token, &format!("/suppressions?email={PROSPECT}")).await.ok();
        assert_eq!(found["items"][0]["reason"], "operator");
        assert!(!found.to_string().contains(PROSPECT));
        assert_eq!(app.get(&operator.token, "/suppressions?email=else@example.org").await.ok()["items"], json!([]));
        let id = found["items"][0]["id"].as_str().unwrap();
        assert_eq!(app.api(&operator.token, Method::DELETE, &format!("/suppressions/{id}"), Value::Null).await.status, 204);
        assert!(!suppressed(&app, None).await);
    }
}

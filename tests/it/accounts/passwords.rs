//! Forgotten and changed passwords.

use std::time::Duration;

use actix_web::http::Method;
use kularing::kernel::EventKind;
use kularing::kernel::actor::PersonRole;
use kularing::outbox::MailKind;
use serde_json::{Value, json};

use super::{events_count, pair_of, sign_in};
use crate::on_both_databases;
use crate::support::TestApp;
use crate::support::accounts::{PASSWORD, colleague_of, registered, signed_in};
use crate::support::app::Reply;

const NEXT: &str = "a quite new password";

async fn forgotten(app: &TestApp, email: &str) {
    let answer = app.post("", "/password/forgotten", json!({ "email": email })).await;
    assert_eq!((answer.status.as_u16(), answer.json()), (202, json!({ "next": "mail_sent" })));
    app.run_due().await;
}

async fn reset_token(app: &TestApp, email: &str) -> String {
    forgotten(app, email).await;
    app.mail_of(email, MailKind::ResetPassword).await.token("/password/")
}

async fn reset(app: &TestApp, token: &str, password: &str) -> Reply {
    app.post("", "/password/reset", json!({ "token": token, "password": password })).await
}

on_both_databases! {
    async fn a_forgotten_password_is_replaced_and_ends_every_session(app) {
        let anna = signed_in(&app, "Anna Arch", "architect").await;
        let ben = signed_in(&app, "Ben Brick", "bricklayer").await;
        let token = reset_token(&app, &anna.email).await;
        reset(&app, &token, "short").await.fails(422, "invalid_fields");
        reset(&app, &token, &anna.email).await.fails(422, "invalid_fields");
        app.get(&anna.token, "/me").await.ok();
        assert_eq!(reset(&app, &token, NEXT).await.status, 204);
        app.get(&anna.token, "/me").await.fails(401, "session_ended");
        assert_eq!(app.page(&anna.cookie, "/settings").await.status, 303);
        app.get(&ben.token, "/me").await.ok();
        sign_in(&app, &anna.email, PASSWORD).await.fails(401, "wrong_credentials");
        assert_eq!(sign_in(&app, &anna.email, NEXT).await.status, 201);
        reset(&app, &token, "yet another password").await.fails(404, "not_found");
        app.run_due().await;
        app.mail_of(&anna.email, MailKind::PasswordChanged).await;
    }

    async fn of_two_who_use_the_link_at_once_one_is_first(app) {
        let anna = signed_in(&app, "Anna Arch", "architect").await;
        let token = reset_token(&app, &anna.email).await;
        let (one, other) = tokio::join!(reset(&app, &token, NEXT), reset(&app, &token, "yet another password"));
        let statuses = [one.status.as_u16(), other.status.as_u16()];
        assert_eq!(statuses.iter().filter(|status| **status == 204).count(), 1, "{statuses:?}");
        assert_eq!(events_count(&app, EventKind::PasswordChanged).await, 1);
    }

    async fn a_link_for_a_new_password_runs_out_and_is_replaced(app) {
        let anna = signed_in(&app, "Anna Arch", "architect").await;
        let first = reset_token(&app, &anna.email).await;
        let second = reset_token(&app, &anna.email).await;
        reset(&app, &first, NEXT).await.fails(404, "not_found");
        app.post("", "/registrations/confirm", json!({ "token": second })).await.fails(404, "not_found");
        app.clock.advance(Duration::from_secs(30 * 60));
        reset(&app, &second, NEXT).await.fails(404, "not_found");
        assert_eq!(sign_in(&app, &anna.email, PASSWORD).await.status, 201);
    }

    async fn an_unknown_address_gets_the_same_answer_and_no_mail(app) {
        signed_in(&app, "Anna Arch", "architect").await;
        app.run_due().await;
        let before = app.mail_states().await.len();
        forgotten(&app, "nobody@kularing.example").await;
        assert_eq!(app.mail_states().await.len(), before);
        app.post("", "/password/forgotten", json!({ "email": "nobody" })).await.fails(422, "invalid_fields");
    }

    async fn whoever_reads_the_mail_has_confirmed_the_address(app) {
        registered(&app, "Anna Arch", "architect").await;
        let token = reset_token(&app, "anna.arch@kularing.example").await;
        assert_eq!(reset(&app, &token, NEXT).await.status, 204);
        assert_eq!(sign_in(&app, "anna.arch@kularing.example", NEXT).await.status, 201);
    }

    async fn a_changed_password_ends_every_other_session(app) {
        let anna = signed_in(&app, "Anna Arch", "architect").await;
        let mine = pair_of(&app, &anna.email).await;
        let mine = mine["access_token"].as_str().unwrap();
        let on_its_way = reset_token(&app, &anna.email).await;
        let change = |current: &str, next: &str| app.post(mine, "/password/change", json!({ "current_password": current, "password": next }));
        let problem = change("another password", NEXT).await.fails(422, "invalid_fields");
        assert_eq!(problem["errors"][0]["code"], "wrong_password");
        change(PASSWORD, "Anna Arch").await.fails(422, "invalid_fields");
        app.get(&anna.token, "/me").await.ok();
        assert_eq!(change(PASSWORD, NEXT).await.status, 204);
        app.get(mine, "/me").await.ok();
        app.get(&anna.token, "/me").await.fails(401, "session_ended");
        assert_eq!(app.page(&anna.cookie, "/settings").await.status, 303);
        reset(&app, &on_its_way, "yet another password").await.fails(404, "not_found");
        app.run_due().await;
        app.mail_of(&anna.email, MailKind::PasswordChanged).await;
        app.post("", "/password/change", json!({ "current_password": NEXT, "password": PASSWORD })).await.fails(401, "sign_in_required");
    }

    async fn a_removed_colleague_cannot_come_back_by_a_link(app) {
        let anna = signed_in(&app, "Anna Arch", "architect").await;
        let ben = colleague_of(&app, &anna, "Ben Brick", PersonRole::Staff).await;
        let token = reset_token(&app, &ben.email).await;
        assert_eq!(app.api(&anna.token, Method::DELETE, &format!("/colleagues/{}", ben.person), Value::Null).await.status, 204);
        reset(&app, &token, NEXT).await.fails(404, "not_found");
        sign_in(&app, &ben.email, PASSWORD).await.fails(401, "wrong_credentials");
    }
}

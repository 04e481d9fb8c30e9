//! Registering and confirming.

use std::time::{Duration, Instant};

use actix_web::http::Method;
use kularing::accounts::password::{Password, PasswordHash};
use kularing::kernel::random::SeededRandom;
use kularing::outbox::MailKind;
use serde_json::{Value, json};

use super::{pair_of, people_count, sign_in};
use crate::on_both_databases;
use crate::support::TestApp;
use crate::support::accounts::{PASSWORD, registered, signed_in};

const ANNA: &str = "anna@arch.example";

fn registration(email: &str) -> Value {
    json!({
        "business_name": "Arch & Co", "country": "de", "postal_code": "10115", "city": "Berlin", "trades": ["roofer"],
        "name": "Anna Arch", "email": email, "password": PASSWORD, "language": "de", "time_zone": "Europe/Vienna",
    })
}

async fn register(app: &TestApp, email: &str) {
    let answer = app.post("", "/registrations", registration(email)).await;
    assert_eq!(answer.status, 202, "{}", answer.body);
    assert_eq!(answer.json(), json!({ "next": "mail_sent" }));
}

async fn confirmation_token(app: &TestApp, email: &str) -> String {
    app.run_due().await;
    app.mail_of(email, MailKind::ConfirmAddress).await.token("/confirm/")
}

async fn confirm(app: &TestApp, token: &str) -> crate::support::app::Reply {
    app.post("", "/registrations/confirm", json!({ "token": token })).await
}

on_both_databases! {
    async fn from_the_form_to_the_own_account(app) {
        register(&app, ANNA).await;
        sign_in(&app, ANNA, PASSWORD).await.fails(403, "address_not_confirmed");
        sign_in(&app, ANNA, "another password").await.fails(401, "wrong_credentials");
        let token = confirmation_token(&app, ANNA).await;
        assert_eq!(confirm(&app, &token).await.status, 204);
        assert_eq!(confirm(&app, &token).await.status, 204, "using the link again shows the same state");
        let pair = pair_of(&app, "Anna@ARCH.example").await;
        let me = app.get(pair["access_token"].as_str().unwrap(), "/me").await.ok();
        assert_eq!((&me["name"], &me["email"], &me["role"]), (&json!("Anna Arch"), &json!(ANNA), &json!("owner")));
        assert_eq!((&me["language"], &me["time_zone"], &me["is_operator"]), (&json!("de"), &json!("Europe/Vienna"), &json!(false)));
        let business = app.get(pair["access_token"].as_str().unwrap(), &format!("/businesses/{}", me["business"].as_str().unwrap())).await.ok();
        assert_eq!(business["regions"], json!([{ "country": "DE", "postal_code": "10" }]));
    }

    async fn a_known_address_is_answered_the_same_and_told_by_mail(app) {
        register(&app, ANNA).await;
        let token = confirmation_token(&app, ANNA).await;
        confirm(&app, &token).await;
        register(&app, "ANNA@arch.example").await;
        app.run_due().await;
        let mail = app.mail_of(ANNA, MailKind::AlreadyRegistered).await;
        assert_eq!(mail.link("/sign-in"), "/sign-in");
        assert_eq!(people_count(&app).await, 1);
        let reset = json!({ "token": mail.token("/password/"), "password": "another password" });
        assert_eq!(app.post("", "/password/reset", reset).await.status, 204);
        assert!(sign_in(&app, ANNA, "another password").await.status.is_success());
    }

    async fn registering_twice_at_once_makes_one_account(app) {
        let (one, other) = tokio::join!(app.post("", "/registrations", registration(ANNA)), app.post("", "/registrations", registration(ANNA)));
        assert_eq!((one.status.as_u16(), other.status.as_u16()), (202, 202), "{} {}", one.body, other.body);
        assert_eq!(people_count(&app).await, 1);
    }

    async fn a_link_confirms_within_half_an_hour_only(app) {
        register(&app, ANNA).await;
        let token = confirmation_token(&app, ANNA).await;
        confirm(&app, &"x".repeat(43)).await.fails(404, "not_found");
        confirm(&app, "").await.fails(404, "not_found");
        app.post("", "/password/reset", json!({ "token": token, "password": "another password" })).await.fails(404, "not_found");
        app.clock.advance(Duration::from_secs(30 * 60));
        confirm(&app, &token).await.fails(404, "not_found");
        sign_in(&app, ANNA, PASSWORD).await.fails(403, "address_not_confirmed");
    }

    async fn a_link_sent_again_replaces_the_first(app) {
        register(&app, ANNA).await;
        let first = confirmation_token(&app, ANNA).await;
        assert_eq!(app.post("", "/registrations/resend", json!({ "email": ANNA })).await.status, 202);
        let second = confirmation_token(&app, ANNA).await;
        assert_ne!(first, second);
        confirm(&app, &first).await.fails(404, "not_found");
        assert_eq!(confirm(&app, &second).await.status, 204);
        for email in [ANNA, "nobody@arch.example"] {
            let answer = app.post("", "/registrations/resend", json!({ "email": email })).await;
            assert_eq!((answer.status.as_u16(), answer.json()), (202, json!({ "next": "mail_sent" })));
        }
        app.run_due().await;
        assert_eq!(app.mail_states().await.len(), 2, "neither the confirmed nor the unknown got a mail");
    }

    async fn every_unusable_field_is_named(app) {
        let mut wrong = registration("anna");
        wrong["trades"] = json!(["building"]);
        wrong["password"] = json!("password123");
        wrong["time_zone"] = json!("Berlin");
        let problem = app.post("", "/registrations", wrong).await.fails(422, "invalid_fields");
        let codes: Vec<_> = problem["errors"].as_array().unwrap().iter().map(|error| error["code"].as_str().unwrap()).collect();
        assert_eq!(codes, ["a_group_of_trades", "not_an_email_address", "password_too_common", "not_a_time_zone"]);
        for (field, value) in [("password", "anna@arch.example"), ("password", "Anna Arch"), ("password", "arch & co"), ("password", "123456789")] {
            let mut wrong = registration(ANNA);
            wrong[field] = json!(value);
            app.post("", "/registrations", wrong).await.fails(422, "invalid_fields");
        }
        let mut unknown = registration(ANNA);
        unknown["is_operator"] = json!(true);
        app.post("", "/registrations", unknown).await.fails(422, "invalid_fields");
        assert_eq!(people_count(&app).await, 0);
    }

    async fn nobody_is_flooded_whether_known_or_not(app) {
        registered(&app, "Ben Brick", "bricklayer").await;
        for email in ["ben.brick@kularing.example", "nobody@kularing.example"] {
            for _ in 0..5 {
                assert_eq!(app.post("", "/registrations/resend", json!({ "email": email })).await.status, 202);
            }
            let refused = app.post("", "/registrations/resend", json!({ "email": email })).await;
            refused.fails(429, "too_many_mails");
            assert!(refused.header("retry-after").unwrap().parse::<u32>().unwrap() > 0);
        }
        app.clock.advance(Duration::from_secs(601));
        assert_eq!(app.post("", "/registrations/resend", json!({ "email": "nobody@kularing.example" })).await.status, 202);
    }

    async fn the_answer_takes_the_same_time_for_everybody(app) {
        registered(&app, "Ben Brick", "bricklayer").await;
        for email in ["ben.brick@kularing.example", "nobody@kularing.example"] {
            for path in ["/registrations/resend", "/password/forgotten"] {
                let started = Instant::now();
                app.post("", path, json!({ "email": email })).await.ok();
                assert!(started.elapsed() >= Duration::from_millis(150), "{path} {email}");
            }
        }
        // Whatever else the machine does, an unknown address costs at least a hash.
        let (mut hash, mut unknown) = (Duration::MAX, Duration::MAX);
        for seed in 0..5 {
            let started = Instant::now();
            PasswordHash::of(&Password::shown(PASSWORD), &SeededRandom::new(seed)).unwrap();
            hash = hash.min(started.elapsed());
            let started = Instant::now();
            sign_in(&app, "nobody@kularing.example", PASSWORD).await.fails(401, "wrong_credentials");
            unknown = unknown.min(started.elapsed());
        }
        assert!(unknown * 2 > hash, "a hash takes {hash:?}, an unknown address {unknown:?}");
    }

    async fn operators_are_those_whom_the_settings_name(app) {
        let operator = signed_in(&app, "Operator", "roofer").await;
        let anna = signed_in(&app, "Anna Arch", "architect").await;
        assert_eq!(app.get(&operator.token, "/me").await.ok()["is_operator"], true);
        assert_eq!(app.get(&anna.token, "/me").await.ok()["is_operator"], false);
    }

    async fn the_own_settings_are_changed_by_the_version_one_saw(app) {
        let anna = signed_in(&app, "Anna Arch", "architect").await;
        let seen = app.get(&anna.token, "/me").await;
        let tag = seen.header("etag").unwrap().to_owned();
        let edit = |tag: String, body: Value| {
            let request = actix_web::test::TestRequest::patch().uri("/api/v1/me").insert_header(("if-match", tag));
            app.send(request.insert_header(("authorization", format!("Bearer {}", anna.token))).set_json(body))
        };
        let changed = edit(tag.clone(), json!({ "name": "Anna Arch-Brick", "language": "ru" })).await;
        let me = changed.ok();
        assert_eq!((&me["name"], &me["language"], &me["time_zone"]), (&json!("Anna Arch-Brick"), &json!("ru"), &json!("Europe/Berlin")));
        assert_ne!(changed.header("etag").unwrap(), tag);
        edit(tag, json!({ "name": "Anna" })).await.fails(412, "changed_meanwhile");
        app.api(&anna.token, Method::PATCH, "/me", json!({ "time_zone": "Mars/Olympus" })).await.fails(422, "invalid_fields");
        app.api("", Method::PATCH, "/me", json!({ "name": "Anna" })).await.fails(401, "sign_in_required");
    }
}

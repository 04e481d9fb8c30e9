//! Signing in, refresh tokens, ended sessions.

use std::time::Duration;

use actix_web::http::Method;
use kularing::accounts::model::SessionKind;
use kularing::kernel::EventKind;
use kularing::kernel::clock::days;
use serde_json::{Value, json};

use super::{events_count, pair_of, refresh, sign_in};
use crate::on_both_databases;
use crate::support::TestApp;
use crate::support::accounts::{PASSWORD, open_session, signed_in};

fn text<'v>(pair: &'v Value, field: &str) -> &'v str {
    pair[field].as_str().unwrap()
}

async fn session_is_dead(app: &TestApp, pair: &Value) {
    app.get(text(pair, "access_token"), "/me").await.fails(401, "session_ended");
    refresh(app, &pair["refresh_token"]).await.fails(401, "bad_refresh_token");
}

on_both_databases! {
    async fn wrong_and_unknown_look_alike(app) {
        let anna = signed_in(&app, "Anna Arch", "architect").await;
        let without_number = |reply: &crate::support::app::Reply| {
            let mut problem = reply.fails(401, "wrong_credentials");
            problem["request_id"] = Value::Null;
            problem
        };
        let wrong = without_number(&sign_in(&app, &anna.email, "another password").await);
        for (email, password) in [("nobody@kularing.example", PASSWORD), ("no address", PASSWORD), ("", ""), (&*anna.email, "")] {
            assert_eq!(without_number(&sign_in(&app, email, password).await), wrong, "{email}");
        }
    }

    async fn guessing_is_slowed_down(app) {
        let anna = signed_in(&app, "Anna Arch", "architect").await;
        for _ in 0..20 {
            sign_in(&app, &anna.email, "another password").await.fails(401, "wrong_credentials");
        }
        let refused = sign_in(&app, &anna.email, PASSWORD).await;
        refused.fails(429, "too_many_sign_ins");
        let seconds: u64 = refused.header("retry-after").unwrap().parse().unwrap();
        app.clock.advance(Duration::from_secs(seconds));
        assert_eq!(sign_in(&app, &anna.email, PASSWORD).await.status, 201);
    }

    async fn a_refresh_token_is_exchanged_for_the_next(app) {
        let anna = signed_in(&app, "Anna Arch", "architect").await;
        let first = pair_of(&app, &anna.email).await;
        app.clock.advance(Duration::from_secs(15 * 60));
        app.get(text(&first, "access_token"), "/me").await.fails(401, "token_expired");
        let second = refresh(&app, &first["refresh_token"]).await;
        assert_eq!(second.header("cache-control"), Some("no-store"));
        let second = second.ok();
        assert_eq!(second["session"], first["session"]);
        assert_ne!(second["refresh_token"], first["refresh_token"]);
        app.get(text(&second, "access_token"), "/me").await.ok();
    }

    async fn a_replayed_refresh_token_ends_its_session_and_no_other(app) {
        let anna = signed_in(&app, "Anna Arch", "architect").await;
        let stolen = pair_of(&app, &anna.email).await;
        let second = refresh(&app, &stolen["refresh_token"]).await.ok();
        let third = refresh(&app, &second["refresh_token"]).await.ok();
        refresh(&app, &stolen["refresh_token"]).await.fails(401, "refresh_token_reused");
        session_is_dead(&app, &third).await;
        app.get(text(&stolen, "access_token"), "/me").await.fails(401, "session_ended");
        refresh(&app, &second["refresh_token"]).await.fails(401, "refresh_token_reused");
        assert_eq!(events_count(&app, EventKind::TokenReused).await, 1);
        app.get(&anna.token, "/me").await.ok();
    }

    async fn of_two_refreshes_at_once_one_wins_and_the_session_ends(app) {
        let anna = signed_in(&app, "Anna Arch", "architect").await;
        let pair = pair_of(&app, &anna.email).await;
        let (one, other) = tokio::join!(refresh(&app, &pair["refresh_token"]), refresh(&app, &pair["refresh_token"]));
        let (winner, loser) = if one.status == 200 { (one, other) } else { (other, one) };
        loser.fails(401, "refresh_token_reused");
        session_is_dead(&app, &winner.ok()).await;
        assert_eq!(events_count(&app, EventKind::TokenReused).await, 1);
    }

    async fn a_refresh_token_lives_thirty_days(app) {
        let anna = signed_in(&app, "Anna Arch", "architect").await;
        let mut pair = pair_of(&app, &anna.email).await;
        for _ in 0..4 {
            app.clock.advance(days(29));
            pair = refresh(&app, &pair["refresh_token"]).await.ok();
        }
        app.clock.advance(days(30));
        refresh(&app, &pair["refresh_token"]).await.fails(401, "bad_refresh_token");
        refresh(&app, &json!("nonsense")).await.fails(401, "bad_refresh_token");
    }

    async fn an_ended_session_is_refused_at_once(app) {
        let anna = signed_in(&app, "Anna Arch", "architect").await;
        let ben = signed_in(&app, "Ben Brick", "bricklayer").await;
        let pair = pair_of(&app, &anna.email).await;
        app.get(text(&pair, "access_token"), "/me").await.ok();
        let path = format!("/sessions/{}", text(&pair, "session"));
        app.api(&ben.token, Method::DELETE, &path, Value::Null).await.fails(404, "not_found");
        app.get(text(&pair, "access_token"), "/me").await.ok();
        assert_eq!(app.api(&anna.token, Method::DELETE, &path, Value::Null).await.status, 204);
        session_is_dead(&app, &pair).await;
        app.api(&anna.token, Method::DELETE, &path, Value::Null).await.fails(404, "not_found");
    }

    async fn the_own_sessions_are_listed(app) {
        let anna = signed_in(&app, "Anna Arch", "architect").await;
        signed_in(&app, "Ben Brick", "bricklayer").await;
        let listed = app.get(&anna.token, "/sessions").await.ok();
        let items = listed["items"].as_array().unwrap();
        let shown: Vec<_> = items.iter().map(|item| (text(item, "kind"), item["is_current"].as_bool().unwrap(), text(item, "user_agent"))).collect();
        assert_eq!(shown, [("browser", false, "test"), ("api", true, "test")]);
        assert!(items.iter().all(|item| item.get("token_hash").is_none()));
        app.get("", "/sessions").await.fails(401, "sign_in_required");
    }

    async fn the_oldest_of_too_many_sessions_makes_room(app) {
        let anna = signed_in(&app, "Anna Arch", "architect").await;
        for _ in 0..49 {
            open_session(&app, anna.person, SessionKind::Api).await;
        }
        app.get(&anna.token, "/me").await.fails(401, "session_ended");
        let pair = pair_of(&app, &anna.email).await;
        let listed = app.get(text(&pair, "access_token"), "/sessions").await.ok();
        assert_eq!(listed["items"].as_array().unwrap().len(), 50);
    }
}

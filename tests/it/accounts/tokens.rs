//! Access tokens and the keys that sign them.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use diesel::prelude::*;
use kularing::accounts::acts::sign_in;
use kularing::accounts::commands::sessions::OpenedSession;
use kularing::accounts::model::SessionKind;
use kularing::accounts::{SessionAuthenticator, tokens, views};
use kularing::app::{self, Parts};
use kularing::db::schema::signing_key;
use kularing::http::{Authenticator, State};
use kularing::kernel::Secret;
use kularing::kernel::clock::{Clock, days, hours};
use kularing::kernel::id::PersonId;
use kularing::kernel::random::SystemRandom;
use serde_json::{Value, json};

use super::{pair_of, refresh};
use crate::on_both_databases;
use crate::support::accounts::{open_session, signed_in};
use crate::support::{Backend, TestApp};

fn part(token: &str, number: usize) -> Value {
    let part = token.split('.').nth(number).unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
}

fn kid(token: &str) -> String {
    part(token, 0)["kid"].as_str().unwrap().to_owned()
}

async fn published(app: &TestApp) -> BTreeSet<String> {
    app.state.db.read(views::published_keys).await.unwrap().into_iter().map(|(kid, _)| kid).collect()
}

async fn issue(state: &State, program: &OpenedSession) -> String {
    sign_in::access_token(state, program, tokens::LIFETIME).await.unwrap()
}

/// Whom a token proves, without the way through HTTP: this is asked often.
async fn who_shows(app: &TestApp, token: &str) -> PersonId {
    SessionAuthenticator::new(app.state.clone()).by_access_token(token.to_owned()).await.unwrap().unwrap().principal.person
}

/// Another process on the same PostgreSQL database.
fn second_node(app: &TestApp) -> State {
    let mut config = (*app.state.config).clone();
    config.server.node = 2;
    let parts = Parts { clock: Arc::clone(&app.clock) as Arc<dyn Clock>, random: Arc::new(SystemRandom::default()), secret: Secret::new(&[42; 32]).unwrap() };
    app::build(config, parts).unwrap()
}

on_both_databases! {
    async fn a_token_says_who_and_for_whom(app) {
        let anna = signed_in(&app, "Anna Arch", "architect").await;
        let pair = pair_of(&app, &anna.email).await;
        let token = pair["access_token"].as_str().unwrap();
        let base_url = &app.state.config.server.base_url;
        let now = app.state.now().as_seconds();
        assert_eq!(part(token, 0)["alg"], "EdDSA");
        assert_eq!(
            part(token, 1),
            json!({ "sub": anna.person, "sid": pair["session"], "iat": now, "exp": now + 900, "iss": base_url, "aud": format!("{base_url}/api") })
        );
        assert_eq!(pair["expires_in_seconds"], 900);
        let shown = app.page("", "/.well-known/jwks.json").await.ok();
        assert_eq!(shown["keys"].as_array().unwrap().len(), 1);
        let key = &shown["keys"][0];
        assert_eq!((&key["kty"], &key["crv"], &key["alg"], &key["kid"]), (&json!("OKP"), &json!("Ed25519"), &json!("EdDSA"), &json!(kid(token))));
        assert_eq!(URL_SAFE_NO_PAD.decode(key["x"].as_str().unwrap()).unwrap().len(), 32);
        assert!(key.get("d").is_none(), "the private half is nobody's business");
    }

    async fn forged_tokens_are_refused(app) {
        let anna = signed_in(&app, "Anna Arch", "architect").await;
        let pair = pair_of(&app, &anna.email).await;
        let token = pair["access_token"].as_str().unwrap().to_owned();
        let pieces: Vec<&str> = token.split('.').collect();
        let encode = |value: Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let mut claims = part(&token, 1);
        claims["exp"] = json!(app.state.now().as_seconds() + 1_000_000);
        let mut other_header = part(&token, 0);
        other_header["alg"] = json!("HS256");
        let mut unknown_key = part(&token, 0);
        unknown_key["kid"] = json!("unknown");
        let forged = [
            format!("{}.{}.{}", pieces[0], encode(claims), pieces[2]),
            format!("{}.{}.", encode(json!({ "alg": "none", "typ": "JWT", "kid": kid(&token) })), pieces[1]),
            format!("{}.{}.{}", encode(other_header), pieces[1], pieces[2]),
            format!("{}.{}.{}", encode(unknown_key), pieces[1], pieces[2]),
            format!("{}.{}", pieces[0], pieces[1]),
            "x".repeat(5_000),
            "..".to_owned(),
        ];
        for token in &forged {
            app.get(token, "/me").await.fails(401, "bad_token");
        }
        app.get(&token, "/me").await.ok();
        app.get(&anna.cookie, "/me").await.fails(401, "bad_token");
        assert_eq!(app.page(&token, "/settings").await.status, 303, "a token is no cookie");
    }

    async fn a_token_of_another_installation_is_refused(app) {
        let anna = signed_in(&app, "Anna Arch", "architect").await;
        let other = TestApp::start(Backend::Sqlite);
        signed_in(&other, "Anna Arch", "architect").await;
        other.get(&anna.token, "/me").await.fails(401, "bad_token");
    }

    async fn keys_change_over_weeks_and_nobody_notices(app) {
        let anna = signed_in(&app, "Anna Arch", "architect").await;
        let program = open_session(&app, anna.person, SessionKind::Api).await;
        let mut known_yesterday = published(&app).await;
        let (mut signed, mut changes_seen) = (BTreeSet::new(), 0);
        for _ in 0..100 {
            // What was issued just before a change of keys works until it dies by itself.
            app.clock.advance(days(1).checked_sub(Duration::from_secs(600)).unwrap());
            let old = issue(&app.state, &program).await;
            app.clock.advance(Duration::from_secs(600));
            let new = issue(&app.state, &program).await;
            for token in [&old, &new] {
                assert_eq!(who_shows(&app, token).await, anna.person);
            }
            changes_seen += usize::from(kid(&old) != kid(&new));
            assert!(known_yesterday.contains(&kid(&new)), "a key signs that was not published a day before");
            let known = published(&app).await;
            assert!(known.contains(&kid(&old)) && known.contains(&kid(&new)) && known.len() <= 3);
            signed.insert(kid(&new));
            known_yesterday = known;
        }
        assert_eq!(signed.len(), 4, "thirty days each");
        assert!(changes_seen >= 1, "the test never met a change between two tokens");
        let (retired, sealed): (i64, i64) = app.state.db.read(|connection| {
            let retired = signing_key::table.filter(signing_key::retired_at.is_not_null().and(signing_key::private_key_sealed.eq("")));
            let sealed = signing_key::table.filter(signing_key::retired_at.is_null().and(signing_key::private_key_sealed.ne("")));
            Ok((retired.count().get_result(connection)?, sealed.count().get_result(connection)?))
        }).await.unwrap();
        assert_eq!((retired, sealed), (3, 1), "of what no longer signs the private half is gone");
    }

    async fn a_long_silence_is_no_gap(app) {
        let anna = signed_in(&app, "Anna Arch", "architect").await;
        let known = published(&app).await;
        app.clock.advance(days(200));
        let pair = pair_of(&app, &anna.email).await;
        assert!(known.contains(&kid(pair["access_token"].as_str().unwrap())), "a key that nobody knows yet must not sign");
        app.clock.advance(hours(25));
        let next = refresh(&app, &pair["refresh_token"]).await.ok();
        assert!(!known.contains(&kid(next["access_token"].as_str().unwrap())));
        app.get(next["access_token"].as_str().unwrap(), "/me").await.ok();
    }

    /// The moment is read before the key is made: on a clock that runs, the first key is always a little ahead of it.
    async fn the_first_key_signs_for_a_moment_before_it_was_made(app) {
        let anna = signed_in(&app, "Anna Arch", "architect").await;
        app.clock.set(app.state.now().before(Duration::from_millis(5)));
        let program = open_session(&app, anna.person, SessionKind::Api).await;
        assert_eq!(who_shows(&app, &issue(&app.state, &program).await).await, anna.person);
    }

    async fn every_node_knows_the_keys_of_the_others(app) {
        if app.backend == Backend::Sqlite {
            return;
        }
        let (one, two) = tokio::join!(signed_in(&app, "Anna Arch", "architect"), signed_in(&app, "Ben Brick", "bricklayer"));
        let node = second_node(&app);
        let asks = |state: State, token: String| async move {
            let service = actix_web::test::init_service(app::application(&state)).await;
            let request = actix_web::test::TestRequest::get().uri("/api/v1/me").insert_header(("authorization", format!("Bearer {token}"))).to_request();
            actix_web::test::call_service(&service, request).await.status().as_u16()
        };
        assert_eq!(asks(node.clone(), one.token.clone()).await, 200);
        app.clock.advance(days(31));
        let program = open_session(&app, two.person, SessionKind::Api).await;
        let (here, there) = tokio::join!(issue(&app.state, &program), issue(&node, &program));
        assert_eq!(kid(&here), kid(&there));
        assert_eq!(published(&app).await.len(), 2, "two nodes that rotate at once make one key");
        app.clock.advance(days(2));
        let (here, there) = tokio::join!(issue(&app.state, &program), issue(&node, &program));
        assert_eq!(kid(&here), kid(&there));
        assert_eq!((asks(node.clone(), here).await, asks(app.state.clone(), there).await), (200, 200));
    }
}

//! Bad input and bad days: a clear answer with the field named, nothing half-written, nothing lost.

use actix_web::http::Method;
use actix_web::test::TestRequest;
use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection, SqliteConnection};
use kularing::db::Location;
use kularing::kernel::clock::{Timestamp, hours};
use kularing::outbox::MailKind;
use serde_json::{Value, json};

use crate::on_both_databases;
use crate::referrals::cast;
use crate::support::accounts::PASSWORD;
use crate::support::app::Reply;
use crate::support::referrals::{introduced, make, passed, state_of};
use crate::support::{Backend, TestApp};

fn registration(changes: &[(&str, &str)]) -> Value {
    let mut whole = json!({
        "business_name": "Arch & Co", "country": "DE", "postal_code": "10115", "city": "Berlin", "trades": ["roofer"],
        "name": "Anna Arch", "email": "anna@arch.example", "password": PASSWORD, "language": "en", "time_zone": "Europe/Berlin",
    });
    for (field, value) in changes {
        whole[field] = json!(value);
    }
    whole
}

fn raw(path: &str, token: &str, content_type: &str, body: impl Into<actix_web::web::Bytes>) -> TestRequest {
    let request = TestRequest::post().uri(&format!("/api/v1{path}")).insert_header(("content-type", content_type)).set_payload(body);
    if token.is_empty() { request } else { request.insert_header(("authorization", format!("Bearer {token}"))) }
}

fn at(text: &str) -> Timestamp {
    Timestamp::from_micros(text.parse::<jiff::Timestamp>().unwrap().as_microsecond())
}

/// The database's server refuses everybody, or does so no more.
fn shut(app: &TestApp, is_shut: bool) -> Option<SqliteConnection> {
    match &app.database.location {
        Location::Sqlite(path) => is_shut.then(|| {
            let mut other = SqliteConnection::establish(path.to_str().unwrap()).unwrap();
            other.batch_execute("PRAGMA busy_timeout = 5000; BEGIN IMMEDIATE").unwrap();
            other
        }),
        Location::Postgres(address) => {
            let (server, name) = address.rsplit_once('/').unwrap();
            let mut admin = PgConnection::establish(&format!("{server}/postgres")).unwrap();
            let ended = format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'");
            admin.batch_execute(&format!("ALTER DATABASE {name} ALLOW_CONNECTIONS {}; {}", !is_shut, if is_shut { &ended } else { "SELECT 1" })).unwrap();
            None
        }
    }
}

#[track_caller]
fn is_busy(reply: &Reply) {
    assert_eq!(reply.status, 503, "{}", reply.body);
    assert!(reply.header("retry-after").is_some_and(|seconds| seconds.parse::<u32>().is_ok()), "{:?}", reply.headers);
}

on_both_databases! {
    async fn a_body_that_cannot_be_used_is_refused_and_writes_nothing(app) {
        let cast = cast(&app).await;
        let before = app.dump().await;
        let huge = format!("{{\"name\":\"{}\"}}", "x".repeat(10 * 1024 * 1024));
        for path in ["/registrations", "/sessions", "/referrals", "/circles", &format!("/circles/{}/invitations", cast.circle)] {
            for (body, status, code) in [
                ("", 400, "malformed_request"),
                ("{", 400, "malformed_request"),
                ("{\"na\u{0}me\":1}", 400, "malformed_request"),
                ("nonsense", 400, "malformed_request"),
                ("[1,2]", 422, "invalid_fields"),
                ("\"text\"", 422, "invalid_fields"),
                ("{\"no_such_field\":1}", 422, "invalid_fields"),
                (huge.as_str(), 413, "body_too_large"),
            ] {
                let reply = app.send(raw(path, &cast.anna.token, "application/json", body.to_owned())).await;
                let problem = reply.fails(status, code);
                assert_eq!(reply.header("content-type"), Some("application/problem+json"), "{path}");
                if status == 422 {
                    assert!(problem["errors"][0]["code"].is_string(), "{path} {problem}");
                }
            }
            app.send(raw(path, &cast.anna.token, "text/plain", "{}")).await.fails(400, "malformed_request");
            // Deep nesting ends at the first level that does not fit, or at the parser's limit.
            let deep = app.send(raw(path, &cast.anna.token, "application/json", "[".repeat(100_000))).await;
            assert!([400, 422].contains(&deep.status.as_u16()), "{path} {}", deep.body);
            app.send(raw(path, &cast.anna.token, "application/json", vec![0xff, 0xfe, 0x22])).await.fails(400, "malformed_request");
        }
        assert_eq!(app.dump().await, before);
    }

    async fn names_cannot_carry_headers_or_pretend_to_be_others(app) {
        for (field, value, code) in [
            ("name", "Anna\r\nBcc: eve@evil.example", "control_characters"),
            ("name", "Anna\u{0}", "control_characters"),
            ("name", "Anna \u{202e}hcrA", "control_characters"),
            ("name", "Аnna Arch", "mixed_scripts"),
            ("business_name", "Arch\nBcc: eve@evil.example", "control_characters"),
            ("email", "anna@arch.example\r\nBcc: eve@evil.example", "not_an_email_address"),
            ("email", "anna@arch.example,eve@evil.example", "not_an_email_address"),
        ] {
            let problem = app.post("", "/registrations", registration(&[(field, value)])).await.fails(422, "invalid_fields");
            assert_eq!((problem["errors"][0]["field"].as_str(), problem["errors"][0]["code"].as_str()), (Some(field), Some(code)), "{problem}");
        }
        app.run_due().await;
        assert!(app.mail_states().await.is_empty());
    }

    async fn names_and_addresses_of_all_the_world_arrive(app) {
        let anna = registration(&[("name", "Änne 🌸 Größe"), ("business_name", "Größe & Söhne 🏠"), ("email", "änne@bücher.example")]);
        let reply = app.post("", "/registrations", anna).await;
        if reply.status == 422 {
            // A local part outside ASCII needs a relay that speaks SMTPUTF8: it is refused with its field named, the domain is not.
            assert_eq!(reply.json()["errors"][0]["field"], "email");
            let again = registration(&[("name", "Änne 🌸 Größe"), ("business_name", "Größe & Söhne 🏠"), ("email", "aenne@bücher.example")]);
            assert_eq!(app.post("", "/registrations", again).await.status, 202);
        }
        app.run_due().await;
        let mails = app.mails_to("aenne@xn--bcher-kva.example").await;
        assert_eq!(mails.len(), 1, "an address beyond ASCII goes out with its domain as A-labels");
        assert!(mails[0].raw.is_ascii() && mails[0].text.contains("Änne 🌸 Größe"), "{}", mails[0].raw);
    }

    async fn ids_that_are_wrong_or_somebody_elses_do_not_exist(app) {
        let cast = cast(&app).await;
        let id = passed(&app, &cast.anna, &cast.erik, cast.circle).await.to_string();
        let before = app.dump().await;
        let foreign = id.replace("ref_", "cir_");
        let long = format!("{id}0");
        for wrong in [foreign.as_str(), long.as_str(), "ref_", "1", "ref_zzzzzzzzzzzzz", "%00", "..%2f..%2fetc%2fpasswd", "ref_%C3%9F%C3%9F"] {
            app.get(&cast.anna.token, &format!("/referrals/{wrong}")).await.fails(404, "not_found");
            app.post(&cast.anna.token, &format!("/referrals/{wrong}/withdraw"), json!({})).await.fails(404, "not_found");
            assert_eq!(app.page(&cast.anna.cookie, &format!("/referrals/{wrong}")).await.status, 404, "{wrong}");
        }
        for who in [&cast.stranger, &cast.rita] {
            app.get(&who.token, &format!("/referrals/{id}")).await.fails(404, "not_found");
            app.post(&who.token, &format!("/referrals/{id}/accept"), json!({})).await.fails(404, "not_found");
            assert_eq!(app.page(&who.cookie, &format!("/referrals/{id}")).await.status, 404);
        }
        assert_eq!(app.dump().await, before);
    }

    async fn an_organiser_who_is_none_any_more_decides_nothing_and_leaves_nothing_undone(app) {
        let cast = cast(&app).await;
        let circle = cast.circle;
        let id = introduced(&app, &cast.anna, &cast.erik, circle).await;
        make(&app, &cast.erik, id, "dispute", json!({ "reason": "not_agreed", "words": "Nobody asked" })).await;
        let link = app.post(&cast.otto.token, &format!("/circles/{circle}/invitations"), json!({ "kind": "link" })).await.ok();
        let token = link["link"].as_str().unwrap().rsplit('/').next().unwrap().to_owned();
        let form = app.page(&cast.otto.cookie, &format!("/circles/{circle}/members")).await;
        assert!(form.body.contains("/hand-over"), "{}", form.body);
        app.post(&cast.otto.token, &format!("/circles/{circle}/hand-over"), json!({ "business": cast.rita.business })).await.ok();

        let verdict = json!({ "verdict": "uphold", "words": "I say so" });
        let late = app.post(&cast.otto.token, &format!("/referrals/{id}/decide-dispute"), verdict.clone()).await;
        assert!([403, 404].contains(&late.status.as_u16()), "{} {}", late.status, late.body);
        app.post(&cast.otto.token, &format!("/circles/{circle}/invitations"), json!({ "kind": "link" })).await.fails(403, "organiser_only");
        let old_form = [("csrf", cast.otto.csrf.as_str()), ("business", &cast.otto.business.to_string()), ("remain", "no")].map(|(name, value)| (name, value.to_owned()));
        let old_form: Vec<(&str, &str)> = old_form.iter().map(|(name, value)| (*name, value.as_str())).collect();
        assert_eq!(app.submit(&cast.otto.cookie, &format!("/circles/{circle}/hand-over"), &old_form).await.status, 403);

        let joined = app.post(&cast.stranger.token, "/invitations/accept", json!({ "token": token })).await.ok();
        assert_eq!(joined["state"], "active", "an invitation is the circle's, not the organiser's");
        make(&app, &cast.rita, id, "decide-dispute", verdict).await;
        assert_eq!(state_of(&app, id).await.as_str(), "invalid");
    }

    async fn clocks_count_hours_through_summer_time_and_month_ends(app) {
        let cast = cast(&app).await;
        // The clocks of Berlin jump on 29 March and 25 October 2026; 2028 is a leap year. 48 hours are 48 hours, and are written as
        // the reader's wall clock shows them.
        for (offered, due) in [
            ("2026-03-28T20:00:00Z", "30 Mar 2026, 22:00"),
            ("2026-10-24T20:00:00Z", "26 Oct 2026, 21:00"),
            ("2026-12-30T10:00:00Z", "1 Jan 2027, 11:00"),
            ("2028-02-27T10:00:00Z", "29 Feb 2028, 11:00"),
        ] {
            app.clock.set(at(offered));
            let id = passed(&app, &cast.anna, &cast.erik, cast.circle).await;
            app.run_due().await;
            let page = app.page(&cast.erik.cookie, &format!("/referrals/{id}")).await;
            let mails = app.mails_to(&cast.erik.email).await;
            let mail = mails.iter().rev().find(|mail| mail.kind == MailKind::Offer && mail.text.contains(due));
            assert!(mail.is_some(), "{due}: {:?} {}", mails.iter().map(|mail| &mail.text).collect::<Vec<_>>(), page.body);
            app.pass_time(hours(48) - std::time::Duration::from_secs(1)).await;
            assert_eq!(state_of(&app, id).await.as_str(), "offered", "{offered}");
            app.pass_time(std::time::Duration::from_secs(1)).await;
            assert_eq!(state_of(&app, id).await.as_str(), "expired", "{offered}");
        }
    }

    async fn while_the_database_is_away_nothing_is_lost_and_everybody_is_told(app) {
        let cast = cast(&app).await;
        let id = passed(&app, &cast.anna, &cast.erik, cast.circle).await;
        let lock = shut(&app, true);
        is_busy(&app.post(&cast.erik.token, &format!("/referrals/{id}/accept"), json!({})).await);
        if app.backend == Backend::Postgres {
            is_busy(&app.page(&cast.anna.cookie, "/referrals").await);
            assert_eq!(app.send(TestRequest::get().uri("/readyz")).await.status, 503);
        } else {
            assert_eq!(app.page(&cast.anna.cookie, "/referrals").await.status, 200, "a writer does not keep readers out");
        }
        drop(lock);
        shut(&app, false);
        let mut reply = app.get(&cast.erik.token, &format!("/referrals/{id}")).await;
        for _ in 0..20 {
            if reply.status == 200 {
                break;
            }
            // The pool finds out about each of its broken connections by using it.
            reply = app.api(&cast.erik.token, Method::GET, &format!("/referrals/{id}"), Value::Null).await;
        }
        assert_eq!(reply.ok()["state"], "offered", "what was refused did not happen");
        for _ in 0..20 {
            if app.state.db.write(|_| Ok(())).await.is_ok() {
                break;
            }
        }
        app.run_due().await;
        assert_eq!(app.mails_to(&cast.erik.email).await.iter().filter(|mail| mail.kind == MailKind::Offer).count(), 1, "the mail waited");
        make(&app, &cast.erik, id, "accept", json!({})).await;
        assert_eq!(state_of(&app, id).await.as_str(), "accepted");
    }
}

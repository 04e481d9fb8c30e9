//! The edge: headers, numbers of requests, methods, limits, writes that are done once.

use std::net::SocketAddr;
use std::time::Duration;

use actix_web::http::{Method, StatusCode};
use actix_web::middleware::from_fn;
use actix_web::{App, HttpResponse, test, web};
use diesel::prelude::*;
use kularing::db::once::{self, Claim};
use kularing::http::{Json, State, idempotency, pages, trace};
use kularing::kernel::id::RequestId;
use kularing::kernel::{Answer, Failure};
use kularing::timers::{self, TimerKind};
use serde_json::{Value, json};

use crate::on_both_databases;
use crate::support::app::Reply;
use crate::support::{Backend, TestApp};

/// Writes a timer for `subject` and answers 201; `fail` says how to go wrong instead, before or after the write.
async fn make_thing(state: web::Data<State>, body: Json<Value>) -> Answer<HttpResponse> {
    let Json(body) = body;
    if body["fail"] == "conflict" {
        return Err(Failure::conflict("on_purpose", "before anything was written"));
    }
    if body["fail"] == "before" {
        return Err(Failure::internal("before anything was written"));
    }
    let subject = state.db.write(|tx| {
        let id: RequestId = tx.new_id();
        timers::schedule(tx, TimerKind::OfferExpiry, kularing::kernel::id::Identifier::raw(id), tx.now())?;
        Ok(id.to_string())
    });
    let subject = subject.await?;
    if body["fail"] == "after" {
        return Err(Failure::internal("after the write was committed"));
    }
    Ok(HttpResponse::Created().insert_header(("location", format!("/api/v1/things/{subject}"))).json(json!({ "id": subject })))
}

async fn make(app: &TestApp, path: &str, key: &str, body: Value) -> Reply {
    let service = App::new()
        .app_data(web::Data::new(app.state.clone()))
        .route("/api/v1/things", web::post().to(make_thing))
        .route("/api/v1/sessions", web::post().to(make_thing))
        .wrap(from_fn(pages::present_failures))
        .wrap(from_fn(idempotency::idempotency))
        .wrap(from_fn(trace::trace));
    let service = test::init_service(service).await;
    let mut request = test::TestRequest::post().uri(path).set_json(body);
    if !key.is_empty() {
        request = request.insert_header(("idempotency-key", key));
    }
    let response = test::call_service(&service, request.to_request()).await;
    let (status, headers) = (response.status(), response.headers().clone());
    Reply { status, headers, body: String::from_utf8_lossy(&test::read_body(response).await).into_owned() }
}

async fn count(app: &TestApp) -> i64 {
    app.state.db.read(|connection| Ok(kularing::db::schema::timer::table.count().get_result(connection)?)).await.unwrap()
}

async fn claim(app: &TestApp, key: &'static str, hash: &'static str) -> (RequestId, Claim) {
    let id: RequestId = app.state.db.environment().ids.next(app.state.now());
    (id, app.state.db.write(move |tx| once::claim(tx, id, "somebody", key, hash)).await.unwrap())
}

async fn write_under(app: &TestApp, claim: RequestId) -> Answer<()> {
    once::under(claim, async { app.state.db.write(|tx| timers::schedule(tx, TimerKind::OfferExpiry, 1, tx.now())).await }).await
}

on_both_databases! {
    async fn a_repeated_write_is_done_once_and_answered_again(app) {
        let first = make(&app, "/api/v1/things", "k1", json!({ "a": 1 })).await;
        assert_eq!(first.status, StatusCode::CREATED);
        assert_eq!(first.header("idempotency-replayed"), None);
        let again = make(&app, "/api/v1/things", "k1", json!({ "a": 1 })).await;
        assert_eq!((again.status, &again.body), (first.status, &first.body));
        assert_eq!(again.header("location"), first.header("location"));
        assert_eq!(again.header("content-type"), first.header("content-type"));
        assert_eq!(again.header("idempotency-replayed"), Some("true"));
        assert_eq!(count(&app).await, 1);
        make(&app, "/api/v1/things", "k1", json!({ "a": 2 })).await.fails(409, "idempotency_key_reused");
        make(&app, "/api/v1/things", "k2", json!({ "a": 2 })).await.ok();
        make(&app, "/api/v1/things", "", json!({ "a": 2 })).await.ok();
        make(&app, "/api/v1/things", "", json!({ "a": 2 })).await.ok();
        assert_eq!(count(&app).await, 4);
    }

    async fn a_refusal_is_an_answer_and_a_fault_of_ours_is_not(app) {
        make(&app, "/api/v1/things", "refused", json!({ "fail": "conflict" })).await.fails(409, "on_purpose");
        let again = make(&app, "/api/v1/things", "refused", json!({ "fail": "conflict" })).await;
        again.fails(409, "on_purpose");
        assert_eq!(again.header("idempotency-replayed"), Some("true"));
        make(&app, "/api/v1/things", "broken", json!({ "fail": "before" })).await.fails(500, "internal");
        let again = make(&app, "/api/v1/things", "broken", json!({ "fail": "before" })).await;
        again.fails(500, "internal");
        assert_eq!(again.header("idempotency-replayed"), None);
    }

    async fn a_write_whose_answer_was_lost_is_not_repeated(app) {
        make(&app, "/api/v1/things", "lost", json!({ "fail": "after" })).await.fails(500, "internal");
        assert_eq!(count(&app).await, 1);
        make(&app, "/api/v1/things", "lost", json!({ "fail": "after" })).await.fails(409, "in_progress");
        app.clock.advance(Duration::from_secs(61));
        make(&app, "/api/v1/things", "lost", json!({ "fail": "after" })).await.fails(409, "answer_lost");
        assert_eq!(count(&app).await, 1);
    }

    async fn a_key_is_free_again_after_a_day(app) {
        make(&app, "/api/v1/things", "k", json!({ "a": 1 })).await.ok();
        app.clock.advance(Duration::from_secs(24 * 3_600 + 1));
        let later = make(&app, "/api/v1/things", "k", json!({ "a": 2 })).await;
        later.ok();
        assert_eq!(later.header("idempotency-replayed"), None);
        let kept: i64 = app.state.db.read(|connection| Ok(kularing::db::schema::idempotent_answer::table.count().get_result(connection)?)).await.unwrap();
        assert_eq!(kept, 1);
    }

    async fn keys_are_checked_and_answers_with_secrets_are_never_kept(app) {
        for key in ["x".repeat(101), "ключ".to_owned(), "a\tb".to_owned()] {
            make(&app, "/api/v1/things", &key, json!({})).await.fails(400, "malformed_request");
        }
        make(&app, "/api/v1/sessions", "k", json!({})).await.ok();
        make(&app, "/api/v1/sessions", "k", json!({})).await.ok();
        assert_eq!(count(&app).await, 2);
    }

    async fn a_dead_request_is_taken_over_and_cannot_write_any_more(app) {
        let (dead, first) = claim(&app, "k", "h").await;
        assert_eq!(first, Claim::New);
        assert_eq!(claim(&app, "k", "h").await.1, Claim::Running);
        app.clock.advance(Duration::from_secs(61));
        assert_eq!(claim(&app, "k", "other").await.1, Claim::OtherRequest);
        let (heir, second) = claim(&app, "k", "h").await;
        assert_eq!(second, Claim::New);
        assert_eq!(write_under(&app, dead).await.unwrap_err().code(), "in_progress");
        assert_eq!(count(&app).await, 0);
        write_under(&app, heir).await.unwrap();
        assert_eq!(count(&app).await, 1);
    }

    async fn readiness_names_what_is_missing(app) {
        let ready = app.send(test::TestRequest::get().uri("/readyz")).await;
        assert_eq!(ready.ok(), json!({ "status": "ready", "database": "ok", "migrations": "ok", "worker": "starting" }));
        app.state.worker_pulse.beat(app.state.now());
        app.clock.advance(Duration::from_secs(600));
        let silent = app.send(test::TestRequest::get().uri("/readyz")).await;
        assert_eq!((silent.status.as_u16(), silent.json()["worker"].clone()), (503, json!("silent")));
        app.state.db.write(|tx| {
            diesel::sql_query("DELETE FROM __diesel_schema_migrations WHERE version = '0001'").execute(&mut **tx)?;
            Ok(())
        }).await.unwrap();
        let missing = app.send(test::TestRequest::get().uri("/readyz")).await;
        assert_eq!((missing.status.as_u16(), missing.json()["migrations"].clone()), (503, json!("missing")));
        assert_eq!(app.send(test::TestRequest::get().uri("/healthz")).await.ok(), json!({ "status": "ok" }));
    }
}

fn app() -> TestApp {
    TestApp::start(Backend::Sqlite)
}

#[actix_web::test]
async fn every_answer_is_protected() {
    let app = app();
    for (path, status) in [("/nothing", 404), ("/healthz", 200), ("/static/kularing.css", 200), ("/api/v1/openapi.json", 200), ("/api/v1/nothing", 404)] {
        let reply = app.page("", path).await;
        assert_eq!(reply.status, status, "{path}");
        let policy = reply.header("content-security-policy").unwrap_or("");
        assert!(policy.starts_with("default-src 'none';") && policy.contains("frame-ancestors 'none'") && !policy.contains("unsafe"), "{path}: {policy}");
        assert_eq!(reply.header("x-content-type-options"), Some("nosniff"), "{path}");
        let is_page = reply.header("content-type").unwrap().starts_with("text/html");
        assert_eq!(reply.header("referrer-policy"), Some(if is_page { "same-origin" } else { "no-referrer" }), "{path}");
        let cached = if path.starts_with("/static/") { "public, no-cache" } else { "no-store" };
        assert_eq!(reply.header("cache-control"), Some(cached), "{path}");
        assert_eq!(reply.header("strict-transport-security"), None, "{path}");
        assert!(reply.header("x-request-id").unwrap().starts_with("req_"), "{path}");
    }
    let secure = TestApp::start_with(Backend::Sqlite, |config| config.server.base_url = "https://kularing.example".to_owned());
    assert_eq!(secure.page("", "/healthz").await.header("strict-transport-security"), Some("max-age=31536000"));
}

#[actix_web::test]
async fn the_number_of_a_request_is_ours_and_stands_in_its_problem() {
    let app = app();
    let request = test::TestRequest::get().uri("/api/v1/nothing").insert_header(("x-request-id", "mine"));
    let reply = app.send(request).await;
    let problem = reply.fails(404, "not_found");
    assert_eq!(problem["request_id"].as_str(), reply.header("x-request-id"));
    assert_ne!(reply.header("x-request-id"), Some("mine"));
    let page = app.page("", "/nothing").await;
    assert!(page.body.contains(page.header("x-request-id").unwrap()), "{}", page.body);
}

#[actix_web::test]
async fn methods_are_understood_everywhere() {
    let app = app();
    let ask = |method: Method, path: &str| app.send(test::TestRequest::default().method(method).uri(path));
    assert_eq!(ask(Method::HEAD, "/healthz").await.status, 200);
    let wrong = ask(Method::POST, "/healthz").await;
    wrong.fails(405, "method_not_allowed");
    assert_eq!(wrong.header("allow"), Some("GET, HEAD, OPTIONS"));
    let options = ask(Method::OPTIONS, "/healthz").await;
    assert_eq!((options.status.as_u16(), options.body.as_str()), (204, ""));
    assert_eq!(options.header("allow"), Some("GET, HEAD, POST, OPTIONS"));
    ask(Method::OPTIONS, "/nothing").await.fails(404, "not_found");
    ask(Method::GET, &format!("/{}", "a".repeat(5_000))).await.fails(414, "address_too_long");
    let request = test::TestRequest::get().uri("/healthz").insert_header(("x-large", "a".repeat(40_000)));
    app.send(request).await.fails(431, "headers_too_large");
}

#[actix_web::test]
async fn a_large_body_is_refused_whether_or_not_it_says_so() {
    let app = app();
    let large = format!("{{\"a\":\"{}\"}}", "a".repeat(300_000));
    make(&app, "/api/v1/things", "", json!({ "a": large })).await.fails(413, "body_too_large");
    make(&app, "/api/v1/things", "with a key", json!({ "a": large })).await.fails(413, "body_too_large");
    let service = App::new().app_data(web::Data::new(app.state.clone())).route("/api/v1/things", web::post().to(make_thing));
    let service = test::init_service(service.wrap(from_fn(pages::present_failures))).await;
    let mut request = test::TestRequest::post().uri("/api/v1/things").insert_header(("content-type", "application/json")).set_payload(large).to_request();
    request.headers_mut().remove("content-length");
    assert_eq!(test::call_service(&service, request).await.status(), StatusCode::PAYLOAD_TOO_LARGE);
}

#[actix_web::test]
async fn writes_are_limited_by_household() {
    let app = TestApp::start_with(Backend::Sqlite, |config| config.limits.writes_per_minute_by_address = 3);
    let write = |address: &str| app.send(test::TestRequest::post().uri("/api/v1/nothing").peer_addr(address.parse::<SocketAddr>().unwrap()));
    for _ in 0..3 {
        write("[2001:db8::1]:1").await.fails(404, "not_found");
    }
    let refused = write("[2001:db8::2]:1").await;
    refused.fails(429, "too_many_writes");
    let wait: u64 = refused.header("retry-after").unwrap().parse().unwrap();
    assert!((1..=21).contains(&wait), "{wait}");
    write("[2001:db8:0:1::1]:1").await.fails(404, "not_found");
    let forged = test::TestRequest::post().uri("/api/v1/nothing").peer_addr("[2001:db8::1]:1".parse().unwrap()).insert_header(("x-forwarded-for", "192.0.2.1"));
    app.send(forged).await.fails(429, "too_many_writes");
    app.clock.advance(Duration::from_secs(wait));
    write("[2001:db8::2]:1").await.fails(404, "not_found");
}

#[actix_web::test]
async fn behind_a_proxy_the_last_address_counts() {
    let app = TestApp::start_with(Backend::Sqlite, |config| {
        config.limits.writes_per_minute_by_address = 1;
        config.server.behind_proxy = true;
    });
    let write = |forwarded: &str| {
        let request = test::TestRequest::post().uri("/api/v1/nothing").peer_addr("127.0.0.1:1".parse().unwrap());
        app.send(request.insert_header(("x-forwarded-for", forwarded.to_owned())))
    };
    write("192.0.2.1").await.fails(404, "not_found");
    write("198.51.100.9, 192.0.2.1").await.fails(429, "too_many_writes");
    write("192.0.2.1, 192.0.2.2").await.fails(404, "not_found");
}

#[actix_web::test]
async fn answers_are_compressed_for_those_who_can_read_it() {
    let app = app();
    let reply = app.send(test::TestRequest::get().uri("/static/kularing.css").insert_header(("accept-encoding", "gzip"))).await;
    assert_eq!(reply.header("content-encoding"), Some("gzip"));
    assert_eq!(app.send(test::TestRequest::get().uri("/static/kularing.css")).await.header("content-encoding"), None);
}

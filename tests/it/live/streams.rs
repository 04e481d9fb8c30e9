//! Streams as connections: their headers, their limits, their ends.

use std::time::Duration;

use actix_web::http::Method;
use actix_web::test::TestRequest;
use kularing::accounts::commands::sessions;
use kularing::kernel::event::NewEvent;
use kularing::kernel::id::BusinessId;
use kularing::kernel::{Actor, EventKind};
use kularing::live::Pace;

use crate::on_both_databases;
use crate::support::accounts::signed_in;
use crate::support::ears::{Ears, quick, watched};
use crate::support::{Backend, TestApp};

async fn happen(app: &TestApp, business: BusinessId) {
    let write =
        app.state.db.write(move |tx| kularing::events::record(tx, NewEvent::new(EventKind::ProfileChanged, Actor::System).business(business)).map(drop));
    write.await.unwrap();
}

on_both_databases! {
    async fn a_stream_is_neither_compressed_nor_kept_and_has_signs_of_life(app) {
        let mut app = app;
        let _watch = watched(&mut app, Pace { keep_alive: Duration::from_millis(30), ..quick() });
        let who = signed_in(&app, "Anna Arch", "architect").await;
        let mut ears = Ears::of_page(&app.state, &who, 0).await.begun().await;
        let header = |name: &str| ears.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or("").to_owned();
        assert_eq!(header("content-type"), "text/event-stream");
        assert_eq!(header("content-encoding"), "identity");
        assert_eq!(header("cache-control"), "no-store, no-transform");
        assert_eq!(header("x-accel-buffering"), "no");
        // The place to go on from rises with the signs of life, though nothing was told.
        let first = ears.last_id.clone();
        app.clock.advance(Duration::from_secs(90));
        for _ in 0..200 {
            if ears.last_id != first { break; }
            let _ = tokio::time::timeout(Duration::from_millis(20), ears.next()).await;
        }
        assert_ne!(ears.last_id, first);
    }

    async fn only_the_head_of_a_stream_ends(app) {
        let mut app = app;
        let _watch = watched(&mut app, quick());
        let who = signed_in(&app, "Anna Arch", "architect").await;
        let request = TestRequest::default().method(Method::HEAD).uri("/events").insert_header(("cookie", format!("kularing_session={}", who.cookie)));
        let mut ears = Ears::open(&app.state, request).await;
        assert_eq!(ears.status, 200);
        assert_eq!(ears.ends().await, []);
        assert_eq!(app.state.live.listeners_count(), 0);
        assert_eq!(Ears::open(&app.state, TestRequest::get().uri("/events")).await.status, 401);
    }

    async fn streams_are_limited_by_person_and_by_process(app) {
        let mut app = app;
        let mut config = (*app.state.config).clone();
        (config.limits.streams_per_person, config.limits.streams) = (2, 3);
        app.state.config = std::sync::Arc::new(config);
        let _watch = watched(&mut app, quick());
        let anna = signed_in(&app, "Anna Arch", "architect").await;
        let emil = signed_in(&app, "Emil Engel", "electrician").await;
        let first = Ears::of(&app.state, &anna, "").await.begun().await;
        let second = Ears::of(&app.state, &anna, "").await.begun().await;
        let refused = Ears::of(&app.state, &anna, "").await;
        assert_eq!(refused.status, 429);
        assert!(refused.headers.contains_key("retry-after"));
        let third = Ears::of(&app.state, &emil, "").await.begun().await;
        assert_eq!(Ears::of(&app.state, &emil, "").await.status, 503);
        drop(first);
        // The place is given back as soon as the stream notices.
        let again = async {
            while Ears::of(&app.state, &anna, "").await.status != 200 { tokio::time::sleep(Duration::from_millis(5)).await; }
        };
        tokio::time::timeout(Duration::from_secs(5), again).await.unwrap();
        drop((second, third));
    }

    async fn a_stream_ends_with_its_session(app) {
        let mut app = app;
        let _watch = watched(&mut app, quick());
        let anna = signed_in(&app, "Anna Arch", "architect").await;
        let emil = signed_in(&app, "Emil Engel", "electrician").await;
        let mut of_browser = Ears::of_page(&app.state, &anna, 0).await.begun().await;
        let mut of_program = Ears::of(&app.state, &anna, "").await.begun().await;
        let mut of_other = Ears::of(&app.state, &emil, "").await.begun().await;
        let (principal, now) = (anna.principal(), app.state.now());
        let own = app.state.db.read(move |connection| kularing::accounts::views::own_sessions(connection, &principal, kularing::kernel::id::Identifier::from_raw(0), now)).await.unwrap();
        for session in own {
            app.state.db.write(move |tx| sessions::end(tx, &principal, session.id)).await.unwrap();
        }
        assert_eq!(of_browser.ends().await, []);
        assert_eq!(of_program.ends().await, []);
        happen(&app, emil.business).await;
        assert_eq!(of_other.next().await.kind, "business");
    }

    async fn every_stream_ends_when_the_server_stops(app) {
        let mut app = app;
        let watch = watched(&mut app, quick());
        let who = signed_in(&app, "Anna Arch", "architect").await;
        let mut ears = Ears::of(&app.state, &who, "").await.begun().await;
        let started = std::time::Instant::now();
        watch.stop().await;
        ears.ends().await;
        assert!(started.elapsed() < Duration::from_secs(2), "{:?}", started.elapsed());
        assert_eq!(Ears::of(&app.state, &who, "").await.status, 503);
        tokio::time::timeout(Duration::from_secs(5), async { while app.state.live.listeners_count() > 0 { tokio::time::sleep(Duration::from_millis(5)).await; } }).await.unwrap();
    }

    async fn who_comes_back_after_nobody_listened_misses_nothing(app) {
        let mut app = app;
        let _watch = watched(&mut app, quick());
        let who = signed_in(&app, "Anna Arch", "architect").await;
        app.clock.advance(Duration::from_secs(1));
        let mut last = Ears::of(&app.state, &who, "").await.begun().await.last_id;
        for _ in 0..20 {
            happen(&app, who.business).await;
            app.clock.advance(Duration::from_millis(700));
            let mut ears = Ears::of(&app.state, &who, &last).await.begun().await;
            happen(&app, who.business).await;
            assert_eq!(ears.events(2).await, ["business.profile_changed", "business.profile_changed"]);
            last = ears.last_id.clone();
        }
        Ears::of(&app.state, &who, &last).await.begun().await.hears_nothing().await;
    }
}

#[actix_web::test]
async fn a_reader_who_is_too_slow_is_told_to_read_anew() {
    let mut app = TestApp::start(Backend::Sqlite);
    let _watch = watched(&mut app, quick());
    let who = signed_in(&app, "Anna Arch", "architect").await;
    app.clock.advance(Duration::from_secs(1));
    let mut slow = Ears::of(&app.state, &who, "").await.begun().await;
    let mut quick = Ears::of(&app.state, &who, "").await.begun().await;
    for _ in 0..150 {
        happen(&app, who.business).await;
        assert_eq!(quick.next().await.kind, "business");
    }
    let mut kinds = Vec::new();
    while kinds.last().is_none_or(|kind| kind != "reset") {
        kinds.push(slow.next().await.kind);
    }
    happen(&app, who.business).await;
    assert_eq!(quick.next().await.kind, "business");
    assert!(kinds.len() < 150, "{}", kinds.len());
    loop {
        let heard = slow.next().await;
        assert_eq!(heard.kind, "business");
        if heard.data["id"] == quick_last(&quick) {
            break;
        }
    }
}

/// The newest event that a place names.
fn quick_last(ears: &Ears) -> String {
    ears.last_id.split('.').max().unwrap_or("").to_owned()
}

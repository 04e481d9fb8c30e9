//! Several processes on one PostgreSQL database, and transactions that overtake each other there.

use std::sync::Arc;
use std::sync::mpsc::channel;
use std::time::Duration;

use kularing::app::{self, Parts};
use kularing::http::State;
use kularing::kernel::clock::Clock;
use kularing::kernel::event::NewEvent;
use kularing::kernel::random::SystemRandom;
use kularing::kernel::{Actor, EventKind, Secret};
use serde_json::json;

use crate::support::accounts::{TestPerson, signed_in};
use crate::support::circles::value_chain;
use crate::support::database::postgres_is_asked_for;
use crate::support::ears::{Ears, quick, watched, watched_state};
use crate::support::referrals::{make, passed};
use crate::support::{Backend, TestApp};

/// Another process on the same database.
fn second_node(app: &TestApp) -> State {
    let mut config = (*app.state.config).clone();
    config.server.node = 1;
    let parts = Parts { clock: Arc::clone(&app.clock) as Arc<dyn Clock>, random: Arc::new(SystemRandom::default()), secret: Secret::new(&[42; 32]).unwrap() };
    app::build(config, parts).unwrap()
}

#[actix_web::test]
async fn what_one_node_does_is_heard_at_the_other() {
    if !postgres_is_asked_for() {
        return;
    }
    let mut app = TestApp::start(Backend::Postgres);
    let mut other = second_node(&app);
    let _watches = (watched(&mut app, quick()), watched_state(&mut other, quick()));
    let giver = signed_in(&app, "Anna Arch", "architect").await;
    let receiver = signed_in(&app, "Emil Engel", "electrician").await;
    let circle = value_chain(&app, &giver, &[(&receiver, "electrician")]).await;
    app.clock.advance(Duration::from_secs(1));
    let mut here = Ears::of(&app.state, &receiver, "").await.begun().await;
    let mut there = Ears::of(&other, &receiver, "").await.begun().await;
    let referral = passed(&app, &giver, &receiver, circle).await;
    assert_eq!(here.events(2).await, ["referral.offered", "introduction.asked"]);
    assert_eq!(there.events(2).await, ["referral.offered", "introduction.asked"]);
    // The connection to one node breaks, and the browser goes on at the other one.
    let last = there.last_id.clone();
    drop(there);
    make(&app, &receiver, referral, "accept", json!({})).await;
    assert_eq!(here.next().await.event(), "referral.accepted");
    let mut again = Ears::of(&app.state, &receiver, &last).await.begun().await;
    assert_eq!(again.next().await.event(), "referral.accepted");
    again.hears_nothing().await;
    let mut up_to_date = Ears::of(&other, &receiver, &here.last_id).await.begun().await;
    up_to_date.hears_nothing().await;
}

/// Records an event in a transaction that stays open until it is told to commit.
fn slow_event(state: &State, who: &TestPerson) -> (std::sync::mpsc::Sender<()>, tokio::task::JoinHandle<()>, tokio::sync::oneshot::Receiver<()>) {
    let (commit, wait) = channel::<()>();
    let (begun, has_begun) = tokio::sync::oneshot::channel();
    let business = who.business;
    let write = state.db.write(move |tx| {
        kularing::events::record(tx, NewEvent::new(EventKind::ProfileChanged, Actor::System).business(business))?;
        let _ = begun.send(());
        let _ = wait.recv();
        Ok(())
    });
    (commit, tokio::spawn(async move { write.await.unwrap() }), has_begun)
}

#[actix_web::test]
async fn a_transaction_that_is_overtaken_is_still_heard_once() {
    if !postgres_is_asked_for() {
        return;
    }
    let mut app = TestApp::start(Backend::Postgres);
    let _watch = watched(&mut app, quick());
    let who = signed_in(&app, "Anna Arch", "architect").await;
    app.clock.advance(Duration::from_secs(1));
    let mut ears = Ears::of(&app.state, &who, "").await.begun().await;
    let (commit_first, first, begun) = slow_event(&app.state, &who);
    begun.await.unwrap();
    app.clock.advance(Duration::from_secs(8));
    let (commit_second, second, begun) = slow_event(&app.state, &who);
    begun.await.unwrap();
    commit_second.send(()).unwrap();
    second.await.unwrap();
    let second = ears.next().await;
    ears.hears_nothing().await;
    commit_first.send(()).unwrap();
    first.await.unwrap();
    let first = ears.next().await;
    assert!(first.data["id"].as_str() < second.data["id"].as_str(), "{first:?} {second:?}");
    ears.hears_nothing().await;
    // Who was away while the late one was committed is told of it, and of nothing that he knows.
    let mut away = Ears::of(&app.state, &who, &second.id).await.begun().await;
    assert_eq!(away.next().await.data["id"], first.data["id"]);
    away.hears_nothing().await;
}

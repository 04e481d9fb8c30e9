//! The ground everything stands on: both databases, their migrations, transactions, the edge.

use diesel::prelude::*;
use kularing::capabilities::{self, Purpose};
use kularing::db::{Location, migrations};
use kularing::events;
use kularing::kernel::event::NewEvent;
use kularing::kernel::{Actor, EventKind, Failure};
use kularing::timers::{self, TimerKind};

use crate::on_both_databases;
use crate::support::Backend;
use crate::support::database::{TestDatabase, postgres_is_asked_for};

#[test]
fn both_folders_hold_the_same_migrations() {
    let (sqlite, postgres) = migrations::versions().unwrap();
    assert!(!sqlite.is_empty());
    assert_eq!(sqlite, postgres);
}

fn up_down_up(location: &Location) {
    assert!(migrations::pending(location).unwrap().is_empty());
    let reverted = migrations::revert_all(location).unwrap();
    assert_eq!(migrations::pending(location).unwrap().len(), reverted.len());
    assert_eq!(migrations::run(location).unwrap().len(), reverted.len());
    assert!(migrations::pending(location).unwrap().is_empty());
}

#[test]
fn migrations_go_up_down_and_up_again() {
    up_down_up(&TestDatabase::new(Backend::Sqlite).location);
    if postgres_is_asked_for() {
        up_down_up(&TestDatabase::new(Backend::Postgres).location);
    }
}

on_both_databases! {
    async fn a_failed_command_leaves_nothing_behind(app) {
        let outcome = app.state.db.write(|tx| {
            timers::schedule(tx, TimerKind::OfferExpiry, 7, tx.now())?;
            Err::<(), _>(Failure::conflict("on_purpose", "fails after it wrote"))
        }).await;
        assert_eq!(outcome.unwrap_err().code(), "on_purpose");
        let now = app.state.now();
        assert!(app.state.db.read(move |connection| timers::due(connection, now, 10)).await.unwrap().is_empty());
    }

    async fn a_panicking_command_harms_no_other(app) {
        let outcome = app.state.db.write(|tx| {
            timers::schedule(tx, TimerKind::OfferExpiry, 7, tx.now())?;
            if tx.now().as_micros() > 0 { panic!("on purpose") }
            Ok(())
        }).await;
        assert_eq!(outcome.unwrap_err().code(), "internal");
        app.state.db.write(|tx| timers::schedule(tx, TimerKind::OfferExpiry, 8, tx.now())).await.unwrap();
        let now = app.state.now();
        let due = app.state.db.read(move |connection| timers::due(connection, now, 10)).await.unwrap();
        assert_eq!(due.iter().map(|timer| timer.subject_id).collect::<Vec<_>>(), [8]);
    }

    async fn a_view_cannot_write(app) {
        let outcome = app.state.db.read(|connection| {
            diesel::sql_query("DELETE FROM timer").execute(connection)?;
            Ok(())
        }).await;
        assert!(outcome.is_err());
    }

    async fn events_are_append_only(app) {
        let event = app.state.db.write(|tx| events::record(tx, NewEvent::new(EventKind::CircleCreated, Actor::System))).await.unwrap();
        for statement in ["UPDATE event SET note = 'x'", "DELETE FROM event"] {
            let outcome = app.state.db.write(move |tx| {
                diesel::sql_query(statement).execute(&mut **tx)?;
                Ok(())
            }).await;
            assert!(outcome.unwrap_err().to_string().contains("append-only"), "{}", event.id);
        }
    }

    async fn a_timer_is_moved_not_doubled(app) {
        let now = app.state.now();
        app.state.db.write(move |tx| {
            timers::schedule(tx, TimerKind::ReferralNudge, 5, now)?;
            timers::schedule(tx, TimerKind::ReferralNudge, 5, now.after(std::time::Duration::from_secs(60)))
        }).await.unwrap();
        assert!(app.state.db.read(move |connection| timers::due(connection, now, 10)).await.unwrap().is_empty());
        let later = now.after(std::time::Duration::from_secs(60));
        assert_eq!(app.state.db.read(move |connection| timers::due(connection, later, 10)).await.unwrap().len(), 1);
    }

    async fn a_capability_works_once_and_only_for_its_purpose(app) {
        let now = app.state.now();
        let secret = app.state.secret().clone();
        let link = app.state.db.write(move |tx| capabilities::issue(tx, Purpose::AnswerOffer, 9, Some(now.after(std::time::Duration::from_secs(10))))).await.unwrap();
        let token = link.token(&secret);
        let find = |purpose: Purpose, token: String, at| app.state.db.read(move |connection| capabilities::find(connection, purpose, &token, at));
        assert_eq!(find(Purpose::AnswerOffer, token.clone(), now).await.unwrap().subject_id, 9);
        assert_eq!(find(Purpose::AnswerIntroduction, token.clone(), now).await.unwrap_err().code(), "not_found");
        assert_eq!(find(Purpose::AnswerOffer, token, now.after(std::time::Duration::from_secs(10))).await.unwrap_err().code(), "not_found");
        let again = link.clone();
        app.state.db.write(move |tx| capabilities::spend(tx, &link)).await.unwrap();
        assert_eq!(app.state.db.write(move |tx| capabilities::spend(tx, &again)).await.unwrap_err().code(), "link_used");
    }

    async fn what_leads_nowhere_is_a_problem_or_a_page(app) {
        app.get("", "/nothing").await.fails(404, "not_found");
        let page = app.page("", "/nothing").await;
        assert_eq!(page.status, 404);
        assert!(page.body.contains("There is nothing here"), "{}", page.body);
    }
}

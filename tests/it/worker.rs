//! What the worker does beside timers and mails.

use std::time::Duration;

use diesel::prelude::*;
use kularing::capabilities::{self, Purpose};
use kularing::db::schema::{capability, idempotent_answer, session, spent_refresh_token};
use kularing::kernel::clock::{Timestamp, days, hours};
use kularing::worker;

use crate::on_both_databases;
use crate::support::TestApp;
use crate::support::accounts::signed_in;

async fn insert_answer(app: &TestApp, id: i64, created_at: Timestamp) {
    app.state
        .db
        .write(move |tx| {
            diesel::insert_into(idempotent_answer::table)
                .values((
                    idempotent_answer::id.eq(id),
                    idempotent_answer::caller.eq("somebody"),
                    idempotent_answer::idempotency_key.eq(id.to_string()),
                    idempotent_answer::request_hash.eq(""),
                    idempotent_answer::created_at.eq(created_at),
                ))
                .execute(&mut **tx)?;
            Ok(())
        })
        .await
        .unwrap();
}

on_both_databases! {
    async fn answers_to_repeated_writes_go_after_a_day(app) {
        let now = app.state.now();
        insert_answer(&app, 1, now.before(hours(24)).before(Duration::from_micros(1))).await;
        insert_answer(&app, 2, now.before(hours(24))).await;
        assert_eq!(worker::clean_up(&app.state.db).await.unwrap(), 1);
        let left: Vec<i64> = app.state.db.read(|connection| Ok(idempotent_answer::table.select(idempotent_answer::id).load(connection)?)).await.unwrap();
        assert_eq!(left, [2]);
    }

    async fn a_backlog_goes_in_batches(app) {
        let old = app.state.now().before(days(2));
        app.state.db.write(move |tx| {
            for id in 0..1_200_i64 {
                diesel::insert_into(idempotent_answer::table)
                    .values((
                        idempotent_answer::id.eq(id),
                        idempotent_answer::caller.eq("somebody"),
                        idempotent_answer::idempotency_key.eq(id.to_string()),
                        idempotent_answer::request_hash.eq(""),
                        idempotent_answer::created_at.eq(old),
                    ))
                    .execute(&mut **tx)?;
            }
            Ok(())
        }).await.unwrap();
        assert_eq!(worker::clean_up(&app.state.db).await.unwrap(), 1_200);
    }

    async fn ended_sessions_go_after_a_month_with_their_spent_tokens(app) {
        let person = signed_in(&app, "Anna Arch", "architect").await;
        let now = app.state.now();
        let ended = app.state.db.write(move |tx| {
            let id = session::table.order(session::id.asc()).select(session::id).first::<i64>(&mut **tx)?;
            diesel::update(session::table.find(id)).set(session::ended_at.eq(now)).execute(&mut **tx)?;
            let row = (spent_refresh_token::token_hash.eq("spent"), spent_refresh_token::session_id.eq(id), spent_refresh_token::spent_at.eq(now));
            diesel::insert_into(spent_refresh_token::table).values(row).execute(&mut **tx)?;
            Ok(id)
        }).await.unwrap();
        let alive = || app.state.db.read(|connection| Ok(session::table.select(session::id).load::<i64>(connection)?));
        worker::clean_up(&app.state.db).await.unwrap();
        assert!(alive().await.unwrap().contains(&ended), "it is shown for a while");
        let before = alive().await.unwrap().len();
        let later = now.after(days(31));
        app.state.db.write(move |tx| {
            diesel::update(session::table).set(session::expires_at.eq(later.after(days(1)))).execute(&mut **tx)?;
            Ok(())
        }).await.unwrap();
        app.clock.set(later);
        worker::clean_up(&app.state.db).await.unwrap();
        assert!(!alive().await.unwrap().contains(&ended));
        assert_eq!(alive().await.unwrap().len(), before - 1, "{} stays signed in", person.name);
    }

    async fn links_of_introductions_stay_and_short_lived_ones_go(app) {
        let end = app.state.now().after(days(1));
        app.state.db.write(move |tx| {
            for purpose in [Purpose::ConfirmAddress, Purpose::AnswerIntroduction, Purpose::AnswerOffer] {
                capabilities::issue(tx, purpose, 1, Some(end))?;
            }
            capabilities::issue(tx, Purpose::ConfirmAddress, 2, None).map(drop)
        }).await.unwrap();
        app.clock.advance(days(40));
        assert_eq!(worker::clean_up(&app.state.db).await.unwrap(), 2);
        let left: Vec<Purpose> = app.state.db.read(|connection| Ok(capability::table.order(capability::id.asc()).select(capability::purpose).load(connection)?)).await.unwrap();
        assert_eq!(left, [Purpose::AnswerIntroduction, Purpose::ConfirmAddress]);
    }
}

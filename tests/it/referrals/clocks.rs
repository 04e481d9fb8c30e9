//! Clocks over months: reminders, expiries, nudges, ends and wiping.

use kularing::kernel::clock::{days, hours};
use kularing::outbox::MailKind;
use kularing::referrals::views;
use serde_json::json;

use super::cast;
use crate::on_both_databases;
use crate::support::TestApp;
use crate::support::accounts::TestPerson;
use crate::support::referrals::{contacted, drafted, introduced, make, passed, state_of};

async fn count(app: &TestApp, who: &TestPerson, kind: MailKind) -> usize {
    app.mails_to(&who.email).await.iter().filter(|mail| mail.kind == kind).count()
}

on_both_databases! {
    async fn an_offer_is_reminded_of_once_and_expires(app) {
        let cast = cast(&app).await;
        let id = passed(&app, &cast.anna, &cast.erik, cast.circle).await;
        app.pass_time(hours(23)).await;
        assert_eq!(count(&app, &cast.erik, MailKind::OfferReminder).await, 0);
        app.pass_time(hours(2)).await;
        assert_eq!(count(&app, &cast.erik, MailKind::OfferReminder).await, 1);
        app.pass_time(hours(22)).await;
        assert_eq!(state_of(&app, id).await.as_str(), "offered");
        app.pass_time(hours(2)).await;
        assert_eq!(state_of(&app, id).await.as_str(), "expired");
        app.post(&cast.erik.token, &format!("/referrals/{id}/accept"), json!({})).await.fails(404, "not_found");
        let received = app.get(&cast.erik.token, "/referrals?side=received").await.ok();
        assert_eq!((received["items"][0]["offer"].as_str(), received["items"][0]["need"].as_str()), (Some("expired"), None));
        make(&app, &cast.anna, id, "pass-on", json!({ "receiver": cast.rita.business })).await;
        assert_eq!(state_of(&app, id).await.as_str(), "offered");
    }

    async fn an_answered_offer_is_not_reminded_of(app) {
        let cast = cast(&app).await;
        let id = passed(&app, &cast.anna, &cast.erik, cast.circle).await;
        make(&app, &cast.erik, id, "accept", json!({})).await;
        app.pass_time(hours(60)).await;
        assert_eq!(count(&app, &cast.erik, MailKind::OfferReminder).await, 0);
        assert_eq!(state_of(&app, id).await.as_str(), "accepted");
    }

    async fn a_silent_receiver_is_reminded_nudged_and_the_referral_ends(app) {
        let cast = cast(&app).await;
        let id = introduced(&app, &cast.anna, &cast.erik, cast.circle).await;
        app.pass_time(hours(49)).await;
        assert_eq!(count(&app, &cast.erik, MailKind::ContactReminder).await, 1);
        let reminder = app.mail_of(&cast.erik.email, MailKind::ContactReminder).await;
        assert!(reminder.text.contains("Paula Prospect"), "{}", reminder.text);
        app.pass_time(days(13)).await;
        assert_eq!(count(&app, &cast.erik, MailKind::Nudge).await, 1);
        app.pass_time(days(28)).await;
        assert_eq!(count(&app, &cast.erik, MailKind::Nudge).await, 3);
        app.clock.advance(days(140));
        app.run_due().await;
        assert_eq!(state_of(&app, id).await.as_str(), "lost");
        let view = app.get(&cast.anna.token, &format!("/referrals/{id}")).await.ok();
        assert_eq!(view["reason"], "no_contact");
    }

    async fn whoever_tells_is_nudged_later_and_not_reminded_of_the_contact(app) {
        let cast = cast(&app).await;
        let id = contacted(&app, &cast.anna, &cast.erik, cast.circle).await;
        app.pass_time(days(10)).await;
        make(&app, &cast.erik, id, "quote", json!({})).await;
        app.pass_time(days(10)).await;
        assert_eq!(count(&app, &cast.erik, MailKind::ContactReminder).await, 0);
        assert_eq!(count(&app, &cast.erik, MailKind::Nudge).await, 0);
        app.pass_time(days(5)).await;
        assert_eq!(count(&app, &cast.erik, MailKind::Nudge).await, 1);
        make(&app, &cast.erik, id, "win", json!({})).await;
        app.pass_time(days(20)).await;
        assert_eq!(count(&app, &cast.erik, MailKind::Nudge).await, 1);
    }

    async fn the_prospect_is_forgotten_and_the_figures_stay(app) {
        let cast = cast(&app).await;
        let id = contacted(&app, &cast.anna, &cast.erik, cast.circle).await;
        make(&app, &cast.erik, id, "win", json!({ "value": { "amount_minor": 5_000, "currency": "EUR" } })).await;
        app.clock.advance(days(179));
        app.run_due().await;
        assert!(app.state.db.read(move |connection| views::prospect(connection, id)).await.unwrap().is_some());
        app.clock.advance(days(2));
        app.run_due().await;
        assert!(app.state.db.read(move |connection| views::prospect(connection, id)).await.unwrap().is_none());
        assert!(app.state.db.read(move |connection| views::prospect_keys(connection, id)).await.unwrap().is_empty());
        let facts = app.state.db.read(move |connection| views::facts(connection, id)).await.unwrap();
        assert_eq!((facts.state.as_str(), facts.won_value_minor, facts.wiped), ("won", Some(5_000), true));
        for who in [&cast.anna, &cast.erik] {
            let view = app.get(&who.token, &format!("/referrals/{id}")).await.ok();
            assert_eq!((view["prospect"].is_null(), view["wiped"].as_bool()), (true, Some(true)));
        }
        // Wiping again does nothing.
        app.state.db.write(move |tx| kularing::referrals::commands::wipe_prospect(tx, id)).await.unwrap();
    }

    async fn a_declined_referral_that_lies_is_wiped_and_cannot_be_passed_on(app) {
        let cast = cast(&app).await;
        let id = passed(&app, &cast.anna, &cast.erik, cast.circle).await;
        make(&app, &cast.erik, id, "decline", json!({ "reason": "other" })).await;
        app.clock.advance(days(31));
        app.run_due().await;
        app.post(&cast.anna.token, &format!("/referrals/{id}/pass-on"), json!({ "receiver": cast.rita.business })).await.fails(409, "prospect_wiped");
        app.clock.advance(days(150));
        app.run_due().await;
        assert_eq!(state_of(&app, id).await.as_str(), "closed");
    }

    async fn a_forgotten_draft_forgets_the_prospect(app) {
        let cast = cast(&app).await;
        let id = drafted(&app, &cast.anna, crate::support::referrals::content(cast.circle, &cast.erik)).await;
        app.clock.advance(days(31));
        app.run_due().await;
        let view = app.get(&cast.anna.token, &format!("/referrals/{id}")).await.ok();
        assert_eq!((view["prospect"].is_null(), view["need"].as_str(), view["state"].as_str()), (true, Some(""), Some("draft")));
    }
}

//! What hinders passing, and what only warns.

use kularing::kernel::clock::days;
use serde_json::{Value, json};

use super::{Cast, cast};
use crate::on_both_databases;
use crate::support::TestApp;
use crate::support::accounts::TestPerson;
use crate::support::referrals::{accepted, content, drafted, introduced, make, passed, won};

async fn passing(app: &TestApp, giver: &TestPerson, words: Value) -> crate::support::app::Reply {
    let id = drafted(app, giver, words).await;
    app.post(&giver.token, &format!("/referrals/{id}/pass"), json!({})).await
}

async fn refused(app: &TestApp, cast: &Cast, words: Value, field: &str, code: &str) {
    let problem = passing(app, &cast.anna, words).await.fails(422, "invalid_fields");
    assert_eq!((problem["errors"][0]["field"].as_str(), problem["errors"][0]["code"].as_str()), (Some(field), Some(code)), "{problem}");
}

on_both_databases! {
    async fn receivers_who_cannot_be_asked_are_refused(app) {
        let cast = cast(&app).await;
        refused(&app, &cast, content(cast.circle, &cast.anna), "receiver", "same_business").await;
        refused(&app, &cast, content(cast.circle, &cast.stranger), "receiver", "not_a_member").await;
        app.post(&cast.erik.token, &format!("/businesses/{}/pause", cast.erik.business), json!({})).await.ok();
        refused(&app, &cast, content(cast.circle, &cast.erik), "receiver", "paused").await;
        app.post(&cast.erik.token, &format!("/businesses/{}/resume", cast.erik.business), json!({})).await.ok();
        passing(&app, &cast.anna, content(cast.circle, &cast.erik)).await.ok();
    }

    async fn a_receiver_takes_as_many_as_he_can(app) {
        let cast = cast(&app).await;
        let business = cast.erik.business;
        let most = app.state.db.read(move |connection| kularing::businesses::views::card(connection, business)).await.unwrap().open_referrals_max;
        for _ in 0..most {
            let giver = if most > 19 { &cast.rita } else { &cast.anna };
            passed(&app, giver, &cast.erik, cast.circle).await;
            app.clock.advance(days(1) / 10);
        }
        let problem = passing(&app, &cast.otto, content(cast.circle, &cast.erik)).await.fails(422, "invalid_fields");
        assert_eq!(problem["errors"][0]["code"], "at_capacity", "{problem}");
    }

    async fn excluded_businesses_exchange_nothing(app) {
        let cast = cast(&app).await;
        let (anna, erik) = (cast.anna.business, cast.erik.business);
        let principal = cast.erik.principal();
        app.state.db.write(move |tx| kularing::businesses::commands::exclude(tx, &principal, kularing::businesses::model::Direction::NotFrom, anna, true)).await.unwrap();
        refused(&app, &cast, content(cast.circle, &cast.erik), "receiver", "excluded").await;
        assert_ne!(anna, erik);
    }

    async fn nobody_refers_a_party_to_itself(app) {
        let cast = cast(&app).await;
        for party in [&cast.anna, &cast.erik] {
            let mut words = content(cast.circle, &cast.erik);
            words["prospect"]["email"] = json!(party.email.to_uppercase());
            refused(&app, &cast, words, "prospect.email", "is_party").await;
        }
        // Inside means that the giver's own business buys.
        let mut words = content(cast.circle, &cast.erik);
        words["inside"] = json!(true);
        words["prospect"]["email"] = json!(cast.anna.email);
        passing(&app, &cast.anna, words).await.ok();
    }

    async fn need_and_notes_do_not_name_the_prospect(app) {
        let cast = cast(&app).await;
        let mut words = content(cast.circle, &cast.erik);
        words["need"] = json!("Ask Paula Prospect about the wiring");
        refused(&app, &cast, words, "need", "reveals_prospect").await;
        let id = introduced(&app, &cast.anna, &cast.erik, cast.circle).await;
        let note = app.post(&cast.erik.token, &format!("/referrals/{id}/contact"), json!({ "note": "paula prospect was kind" })).await.fails(422, "invalid_fields");
        assert_eq!(note["errors"][0]["code"], "reveals_prospect");
    }

    async fn a_strange_trade_or_region_only_warns(app) {
        let cast = cast(&app).await;
        let mut words = content(cast.circle, &cast.erik);
        words["trade"] = json!("plumber");
        assert_eq!(passing(&app, &cast.anna, words).await.ok()["warnings"], json!(["trade_not_served"]));
        let mut words = content(cast.circle, &cast.erik);
        words["region"] = json!({ "country": "AT", "postal_code": "1010" });
        assert_eq!(passing(&app, &cast.anna, words).await.ok()["warnings"], json!(["region_not_served"]));
        assert_eq!(passing(&app, &cast.anna, content(cast.circle, &cast.erik)).await.ok()["warnings"], json!([]));
    }

    async fn the_consent_path_is_one_that_the_circle_allows(app) {
        let cast = cast(&app).await;
        let mut words = content(cast.circle, &cast.erik);
        words["consent_path"] = json!("ask");
        refused(&app, &cast, words, "consent_path", "not_allowed").await;
        let mut words = content(cast.circle, &cast.erik);
        words["consent_path"] = json!("attested");
        let id = drafted(&app, &cast.anna, words).await;
        let path = format!("/referrals/{id}/pass");
        assert_eq!(app.post(&cast.anna.token, &path, json!({})).await.fails(422, "invalid_fields")["errors"][0]["field"], "attestation");
        let told = json!({ "attestation": { "how": "phone", "when": "2026-03-01T10:00:00Z", "words": "Yes, they may call me" } });
        assert_eq!(app.post(&cast.anna.token, &path, told).await.ok()["referral"]["state"], "offered");
    }

    async fn a_person_is_referred_once_in_a_circle_within_the_claim_window(app) {
        let cast = cast(&app).await;
        let words = content(cast.circle, &cast.erik);
        let email = words["prospect"]["email"].as_str().unwrap().to_uppercase();
        passing(&app, &cast.anna, words).await.ok();
        let question = json!({ "circle": cast.circle, "receiver": cast.rita.business, "email": email });
        assert_eq!(app.post(&cast.otto.token, "/referrals/duplicate-check", question.clone()).await.ok(), json!({ "duplicate": true }));
        app.post(&cast.stranger.token, "/referrals/duplicate-check", question).await.fails(404, "not_found");
        let mut again = content(cast.circle, &cast.rita);
        again["prospect"]["email"] = json!(email);
        passing(&app, &cast.otto, again).await.fails(409, "duplicate_prospect");
        let free = json!({ "circle": cast.circle, "receiver": cast.rita.business, "email": "nobody@prospect.example" });
        assert_eq!(app.post(&cast.otto.token, "/referrals/duplicate-check", free).await.ok(), json!({ "duplicate": false }));
    }

    async fn a_phone_number_is_compared_too(app) {
        let cast = cast(&app).await;
        let mut words = content(cast.circle, &cast.erik);
        words["prospect"]["phone"] = json!("030 1234567");
        passing(&app, &cast.anna, words).await.ok();
        let question = json!({ "circle": cast.circle, "receiver": cast.rita.business, "phone": "+49 (30) 123-4567" });
        assert_eq!(app.post(&cast.otto.token, "/referrals/duplicate-check", question).await.ok(), json!({ "duplicate": true }));
    }

    async fn who_was_won_is_a_customer_from_then_on(app) {
        let cast = cast(&app).await;
        let id = won(&app, &cast.anna, &cast.erik, cast.circle, 100).await;
        let email = app.get(&cast.anna.token, &format!("/referrals/{id}")).await.ok()["prospect"]["email"].clone();
        // Long after the claim window he still is the receiver's customer.
        app.clock.advance(days(400));
        let question = |receiver: &TestPerson| json!({ "circle": cast.circle, "receiver": receiver.business, "email": email });
        assert_eq!(app.post(&cast.rita.token, "/referrals/duplicate-check", question(&cast.erik)).await.ok()["duplicate"], true);
        assert_eq!(app.post(&cast.rita.token, "/referrals/duplicate-check", question(&cast.otto)).await.ok()["duplicate"], false);
    }

    async fn what_ended_without_introduction_frees_the_person(app) {
        let cast = cast(&app).await;
        let id = accepted(&app, &cast.anna, &cast.erik, cast.circle).await;
        let email = app.get(&cast.anna.token, &format!("/referrals/{id}")).await.ok()["prospect"]["email"].clone();
        let question = json!({ "circle": cast.circle, "receiver": cast.rita.business, "email": email });
        assert_eq!(app.post(&cast.otto.token, "/referrals/duplicate-check", question.clone()).await.ok()["duplicate"], true);
        make(&app, &cast.anna, id, "withdraw", json!({})).await;
        assert_eq!(app.post(&cast.otto.token, "/referrals/duplicate-check", question).await.ok()["duplicate"], false);
    }

    async fn twenty_passes_a_day_are_enough(app) {
        let cast = cast(&app).await;
        let business = [cast.erik.business, cast.rita.business];
        app.state.db.write(move |tx| {
            use diesel::prelude::*;
            use kularing::db::schema::business as table;
            diesel::update(table::table.filter(table::id.eq_any(business.to_vec()))).set(table::open_referrals_max.eq(100)).execute(&mut **tx)?;
            Ok(())
        }).await.unwrap();
        for number in 0..20 {
            passed(&app, &cast.anna, if number % 2 == 0 { &cast.erik } else { &cast.rita }, cast.circle).await;
            app.clock.advance(std::time::Duration::from_secs(60));
        }
        let one_more = passing(&app, &cast.anna, content(cast.circle, &cast.erik)).await;
        one_more.fails(429, "passes_per_day");
        let wait: u64 = one_more.header("retry-after").unwrap().parse().unwrap();
        assert!((84_000..=86_400).contains(&wait), "{wait}");
        app.clock.advance(std::time::Duration::from_secs(wait));
        passing(&app, &cast.anna, content(cast.circle, &cast.erik)).await.ok();
    }
}

//! The record of consent, its readers, and its withdrawal.

use diesel::prelude::*;
use kularing::introductions::model::IntroductionState as S;
use kularing::outbox::MailKind;
use kularing::referrals;
use serde_json::{Value, json};

use crate::on_both_databases;
use crate::support::TestApp;
use crate::support::accounts::signed_in;
use crate::support::introductions::{PROSPECT, pair};

fn kinds(record: &Value) -> Vec<&str> {
    record["items"].as_array().unwrap().iter().map(|line| line["kind"].as_str().unwrap()).collect()
}

async fn prospect_is_known(app: &TestApp, referral: kularing::kernel::id::ReferralId) -> bool {
    app.state.db.read(move |connection| referrals::views::prospect(connection, referral)).await.unwrap().is_some()
}

on_both_databases! {
    async fn every_step_is_a_line_in_the_words_that_were_read(app) {
        let pair = pair(&app).await;
        let referral = pair.pass(&app, "share").await;
        let path = format!("/referrals/{referral}/consent");
        let link = app.shared_link(referral).await;
        app.submit("", &link, &[("answer", "no"), ("language", "de")]).await;
        app.submit("", &format!("{link}/undo"), &[("language", "en")]).await;
        app.prospect_says(&link, "yes").await;
        let record = app.get(&pair.giver.token, &path).await.ok();
        assert_eq!(kinds(&record), ["asked", "refused", "taken_back", "given"]);
        let lines = record["items"].as_array().unwrap();
        assert_eq!(lines[1]["language"], "de");
        assert!(lines[1]["wording"].as_str().unwrap().starts_with("Nein"), "{}", lines[1]);
        let given = &lines[3];
        assert_eq!(given["receiver_name"], "Rolf Receiver Ltd");
        let shown = app.page(&pair.giver.cookie, &path).await;
        assert_eq!(shown.status, 200);
        for line in lines {
            assert!(!line["wording"].as_str().unwrap().is_empty() && !line["wording_version"].as_str().unwrap().is_empty());
            assert!(!line.to_string().contains(PROSPECT), "a fingerprint, not the address: {line}");
        }
        assert!(given["wording"].as_str().unwrap().contains("name and e-mail address"), "{given}");
        for statement in ["UPDATE consent SET wording = 'x'", "DELETE FROM consent"] {
            let outcome = app.state.db.write(move |tx| {
                diesel::sql_query(statement).execute(&mut **tx)?;
                Ok(())
            }).await;
            assert!(outcome.unwrap_err().to_string().contains("append-only"));
        }
    }

    async fn an_attested_consent_is_confirmed(app) {
        let pair = pair(&app).await;
        let referral = pair.pass(&app, "attested").await;
        app.run_due().await;
        let link = app.mail_of(PROSPECT, MailKind::IntroductionAttested).await.link("/i/");
        let page = app.page("", &link).await.body;
        assert!(page.contains("Yes, please have him call me.") && page.contains("by phone"), "{page}");
        app.clock.advance(std::time::Duration::from_secs(30));
        app.prospect_says(&link, "yes").await;
        let record = app.get(&pair.giver.token, &format!("/referrals/{referral}/consent")).await.ok();
        assert_eq!(kinds(&record), ["attested", "confirmed"]);
        let attested = &record["items"][0];
        assert_eq!((&attested["channel"], &attested["witness"]), (&json!("phone"), &json!("Gina Giver")));
        assert_eq!(attested["wording"], "Yes, please have him call me.");
        assert_eq!(attested["given_at"], "2026-03-01T08:00:00Z");
    }

    async fn the_record_has_few_readers(app) {
        let pair = pair(&app).await;
        let stranger = signed_in(&app, "Stefan Stranger", "plumber").await;
        let referral = pair.pass(&app, "share").await;
        let path = format!("/referrals/{referral}/consent");
        app.get("", &path).await.fails(401, "sign_in_required");
        app.get(&stranger.token, &path).await.fails(404, "not_found");
        app.get(&pair.receiver.token, &path).await.fails(404, "not_found");
        let link = app.shared_link(referral).await;
        app.prospect_says(&link, "yes").await;
        pair.accept(&app, referral).await;
        app.get(&pair.receiver.token, &path).await.fails(404, "not_found");
        app.let_undo_time_pass().await;
        assert_eq!(kinds(&app.get(&pair.receiver.token, &path).await.ok()), ["asked", "given"]);
        app.get(&stranger.token, &path).await.fails(404, "not_found");
    }

    async fn an_organiser_reads_it_when_there_is_a_dispute(app) {
        let organiser = signed_in(&app, "Olga Organiser", "interior-architect").await;
        let giver = signed_in(&app, "Gina Giver", "architect").await;
        let receiver = signed_in(&app, "Rolf Receiver", "electrician").await;
        let circle = crate::support::circles::value_chain(&app, &organiser, &[(&giver, "architect"), (&receiver, "electrician")]).await;
        let pair = crate::support::introductions::Pair { giver, receiver, circle };
        let referral = pair.pass(&app, "share").await;
        let path = format!("/referrals/{referral}/consent");
        let link = app.shared_link(referral).await;
        pair.accept(&app, referral).await;
        app.prospect_says(&link, "yes").await;
        app.let_undo_time_pass().await;
        app.get(&organiser.token, &path).await.fails(404, "not_found");
        let principal = pair.receiver.principal();
        app.state.db.write(move |tx| {
            referrals::commands::dispute(tx, &principal, referral, referrals::model::DisputeReason::NotAgreed, "She says she never agreed.")
        }).await.unwrap();
        assert_eq!(kinds(&app.get(&organiser.token, &path).await.ok()), ["asked", "given"]);
    }

    async fn consent_is_withdrawn_before_the_introduction(app) {
        let pair = pair(&app).await;
        let referral = pair.pass(&app, "share").await;
        let link = app.shared_link(referral).await;
        app.prospect_says(&link, "yes").await;
        app.let_undo_time_pass().await;
        let reply = app.submit("", &format!("{link}/withdraw"), &[("language", "en")]).await;
        assert_eq!(reply.status, 303, "{}", reply.body);
        assert_eq!(app.introduction_state(referral).await, S::Closed);
        assert!(!prospect_is_known(&app, referral).await);
        let facts = app.state.db.read(move |connection| referrals::views::facts(connection, referral)).await.unwrap();
        assert_eq!(facts.state, referrals::model::ReferralState::Closed);
        assert!(app.page("", &link).await.body.contains("You withdrew your consent on"));
        let record = app.get(&pair.giver.token, &format!("/referrals/{referral}/consent")).await.ok();
        assert_eq!(kinds(&record), ["asked", "given", "withdrawn"]);
        assert_eq!(app.submit("", &format!("{link}/withdraw"), &[("language", "en")]).await.status, 409);
    }

    async fn consent_is_withdrawn_after_the_introduction(app) {
        let pair = pair(&app).await;
        let referral = pair.pass(&app, "share").await;
        let link = app.shared_link(referral).await;
        pair.accept(&app, referral).await;
        app.prospect_says(&link, "yes").await;
        app.let_undo_time_pass().await;
        app.clock.advance(kularing::kernel::clock::days(40));
        app.run_due().await;
        assert_eq!(app.page("", &link).await.status, 200, "as easy later as it was to give");
        let id = app.introduction(referral).await.id;
        let told = app.post(&pair.receiver.token, &format!("/introductions/{id}/withdraw-consent"), json!({ "channel": "phone" })).await.ok();
        assert_eq!(told["state"], "made", "what was made stays made");
        assert!(!prospect_is_known(&app, referral).await);
        let record = app.get(&pair.receiver.token, &format!("/referrals/{referral}/consent")).await.ok();
        assert_eq!(record["items"][2]["witness"], "Rolf Receiver");
        let events = app.state.db.read(move |connection| kularing::events::of_referral(connection, referral, 100)).await.unwrap();
        assert!(events.iter().any(|event| event.kind == kularing::kernel::EventKind::ConsentWithdrawn));
    }

    async fn nobody_else_withdraws_it(app) {
        let pair = pair(&app).await;
        let stranger = signed_in(&app, "Stefan Stranger", "plumber").await;
        let referral = pair.pass(&app, "share").await;
        let link = app.shared_link(referral).await;
        app.prospect_says(&link, "yes").await;
        let path = format!("/introductions/{}/withdraw-consent", app.introduction(referral).await.id);
        let body = json!({ "channel": "phone" });
        app.post(&stranger.token, &path, body.clone()).await.fails(404, "not_found");
        app.post(&pair.receiver.token, &path, body.clone()).await.fails(404, "not_found");
        app.post(&pair.giver.token, &path, json!({ "channel": "page" })).await.fails(422, "invalid_fields");
        app.post(&pair.giver.token, &path, body).await.ok();
    }
}

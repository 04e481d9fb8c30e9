//! Objections and who decides them.

use kularing::kernel::clock::days;
use kularing::outbox::MailKind;
use serde_json::json;

use super::cast;
use crate::on_both_databases;
use crate::support::accounts::signed_in;
use crate::support::referrals::{contacted, introduced, make, state_of};

on_both_databases! {
    async fn while_a_dispute_is_open_nothing_else_moves(app) {
        let cast = cast(&app).await;
        let id = contacted(&app, &cast.anna, &cast.erik, cast.circle).await;
        make(&app, &cast.erik, id, "dispute", json!({ "reason": "wrong_contact", "words": "The number does not exist" })).await;
        for made in ["quote", "win", "undo"] {
            app.post(&cast.erik.token, &format!("/referrals/{id}/{made}"), json!({})).await.fails(409, "disputed");
        }
        app.post(&cast.erik.token, &format!("/referrals/{id}/dispute"), json!({ "reason": "other", "words": "again" })).await.fails(409, "disputed");
        // The clock waits for the verdict too.
        app.clock.advance(days(200));
        app.run_due().await;
        assert_eq!(state_of(&app, id).await.as_str(), "contacted");
        make(&app, &cast.otto, id, "decide-dispute", json!({ "verdict": "reject", "words": "It works for me" })).await;
        make(&app, &cast.erik, id, "quote", json!({})).await;
        assert_eq!(state_of(&app, id).await.as_str(), "quoted");
    }

    async fn an_upheld_dispute_makes_it_invalid_and_everybody_is_told(app) {
        let cast = cast(&app).await;
        let id = introduced(&app, &cast.anna, &cast.erik, cast.circle).await;
        make(&app, &cast.erik, id, "dispute", json!({ "reason": "not_agreed", "words": "Nobody asked the person" })).await;
        app.run_due().await;
        for who in [&cast.anna, &cast.otto] {
            let mail = app.mail_of(&who.email, MailKind::Dispute).await;
            assert!(mail.text.contains("Nobody asked the person"), "{}", mail.text);
        }
        let listed = app.get(&cast.otto.token, &format!("/circles/{}/disputes?state=open", cast.circle)).await.ok();
        assert_eq!((listed["items"][0]["referral"].clone(), listed["items"][0]["words"].as_str()), (json!(id), Some("Nobody asked the person")));
        app.get(&cast.rita.token, &format!("/circles/{}/disputes", cast.circle)).await.fails(403, "organiser_only");
        app.get(&cast.stranger.token, &format!("/circles/{}/disputes", cast.circle)).await.fails(404, "not_found");
        make(&app, &cast.otto, id, "decide-dispute", json!({ "verdict": "uphold", "words": "That is so" })).await;
        let view = app.get(&cast.anna.token, &format!("/referrals/{id}")).await.ok();
        assert_eq!((view["state"].as_str(), view["reason"].as_str()), (Some("invalid"), Some("not_agreed")));
    }

    async fn parties_do_not_decide_their_own_dispute(app) {
        let cast = cast(&app).await;
        let id = introduced(&app, &cast.anna, &cast.erik, cast.circle).await;
        make(&app, &cast.erik, id, "dispute", json!({ "reason": "other", "words": "No" })).await;
        let verdict = json!({ "verdict": "uphold", "words": "Yes" });
        for party in [&cast.anna, &cast.erik] {
            app.post(&party.token, &format!("/referrals/{id}/decide-dispute"), verdict.clone()).await.fails(409, "disputed");
        }
        app.post(&cast.rita.token, &format!("/referrals/{id}/decide-dispute"), verdict).await.fails(404, "not_found");
    }

    async fn an_operator_decides_when_the_only_organiser_is_a_party(app) {
        let cast = cast(&app).await;
        let operator = signed_in(&app, "Operator", "bookkeeper").await;
        let id = introduced(&app, &cast.otto, &cast.erik, cast.circle).await;
        app.get(&operator.token, &format!("/referrals/{id}")).await.fails(404, "not_found");
        make(&app, &cast.erik, id, "dispute", json!({ "reason": "other", "words": "No" })).await;
        let verdict = json!({ "verdict": "uphold", "words": "Yes" });
        app.post(&cast.otto.token, &format!("/referrals/{id}/decide-dispute"), verdict.clone()).await.fails(409, "disputed");
        let shown = app.get(&operator.token, &format!("/referrals/{id}")).await.ok();
        assert_eq!((shown["need"].is_null(), shown["prospect"].is_null()), (true, true));
        make(&app, &operator, id, "decide-dispute", verdict).await;
        assert_eq!(state_of(&app, id).await.as_str(), "invalid");
        // Where another organiser could decide, the operator does not.
        let other = introduced(&app, &cast.anna, &cast.erik, cast.circle).await;
        make(&app, &cast.erik, other, "dispute", json!({ "reason": "other", "words": "No" })).await;
        app.post(&operator.token, &format!("/referrals/{other}/decide-dispute"), json!({ "verdict": "uphold", "words": "Yes" })).await.fails(404, "not_found");
    }
}

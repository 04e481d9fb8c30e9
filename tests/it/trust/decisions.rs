//! Who decides, and what follows from it.

use diesel::prelude::*;
use kularing::db::schema::transfer;
use kularing::kernel::id::PersonId;
use kularing::reciprocity::model::TransferKind;
use serde_json::json;

use super::scene::Scene;
use crate::on_both_databases;
use crate::support::TestApp;
use crate::support::accounts::{TestPerson, signed_in};
use crate::support::ledger::verified;
use crate::support::referrals::{content, drafted, passed};

async fn reversals(app: &TestApp) -> i64 {
    app.state.db.read(|connection| Ok(transfer::table.filter(transfer::kind.eq(TransferKind::Reversal)).count().get_result(connection)?)).await.unwrap()
}

async fn try_pass(app: &TestApp, scene: &Scene, giver: &TestPerson, receiver: &TestPerson) -> crate::support::app::Reply {
    let id = drafted(app, giver, content(scene.circle, receiver)).await;
    app.post(&giver.token, &format!("/referrals/{id}/pass"), json!({})).await
}

on_both_databases! {
    async fn an_organiser_in_the_case_sees_nothing_and_an_operator_takes_the_credits_back(app) {
        let scene = Scene::of(&app).await;
        let operator = signed_in(&app, "Operator", "hosting-provider").await;
        scene.lively(&app).await;
        let [anna, erik, _] = &scene.ring;
        scene.ring_of(&app, &[&scene.olga, anna, erik]).await;
        scene.look(&app).await;
        let case = scene.only_case(&app, &operator).await;
        assert!(scene.listed(&app, &scene.olga).await.is_empty(), "the only organiser is named in it");
        app.get(&scene.olga.token, &case).await.fails(404, "not_found");
        let decision = json!({ "outcome": "reversed", "note": "Nobody has ever heard of these people." });
        app.post(&scene.olga.token, &format!("{case}/decide"), decision.clone()).await.fails(404, "not_found");
        assert_eq!(reversals(&app).await, 0, "nothing happens by itself");

        app.post(&operator.token, &format!("{case}/decide"), decision.clone()).await.ok();
        assert_eq!(reversals(&app).await, 18);
        app.post(&operator.token, &format!("{case}/decide"), decision).await.fails(409, "case_decided");
        assert_eq!(reversals(&app).await, 18, "each is taken back once");
        let (circle, ring) = (scene.circle, [scene.olga.business, anna.business, erik.business]);
        for member in ring {
            let balance = app.state.db.read(move |connection| kularing::reciprocity::views::balance(connection, circle, member)).await.unwrap();
            assert_eq!((balance.balance, balance.given), (0, 120), "sixty given and sixty taken back on either side");
        }
        let report = verified(&app);
        assert!(report.violations.iter().all(|violation| violation.rule.code() != "I1" && violation.rule.code() != "I6"), "{report}");
        assert!(report.is_clean(), "{report}");
    }

    async fn many_credits_are_taken_back_part_by_part(app) {
        let scene = Scene::of(&app).await;
        scene.lively(&app).await;
        let [anna, erik, rita] = &scene.ring;
        scene.strong_ring_of(&app, &[anna, erik, rita], 90).await;
        scene.look(&app).await;
        let case = scene.only_case(&app, &scene.olga).await;
        app.post(&scene.olga.token, &format!("{case}/decide"), json!({ "outcome": "reversed", "note": "All of it is made up." })).await.ok();
        assert_eq!(reversals(&app).await, 250, "no transaction takes more");
        assert!(verified(&app).is_clean(), "{}", verified(&app));
        while kularing::worker::run_due_timers(&app.state.db).await.unwrap() > 0 {}
        assert_eq!(reversals(&app).await, 270);
        let (circle, ring, olga) = (scene.circle, [anna.business, erik.business, rita.business], scene.olga.person);
        for member in ring {
            let balance = app.state.db.read(move |connection| kularing::reciprocity::views::balance(connection, circle, member)).await.unwrap();
            assert_eq!((balance.balance, balance.given), (0, 1_800));
        }
        let actors = app.state.db.read(move |connection| {
            let all = transfer::table.filter(transfer::kind.eq(TransferKind::Reversal));
            Ok(all.select(transfer::actor_person_id).load::<Option<PersonId>>(connection)?)
        });
        assert!(actors.await.unwrap().iter().all(|actor| *actor == Some(olga)), "all of it is the deed of whoever decided");
        assert!(verified(&app).is_clean(), "{}", verified(&app));
    }

    async fn another_organiser_decides_about_the_first(app) {
        let scene = Scene::of(&app).await;
        let operator = signed_in(&app, "Operator", "hosting-provider").await;
        let principal = scene.olga.principal();
        let (circle, nora) = (scene.circle, scene.nora.business);
        app.state.db.write(move |tx| kularing::circles::commands::hand_over(tx, &principal, circle, nora, true)).await.unwrap();
        scene.lively(&app).await;
        scene.ring_of(&app, &[&scene.olga, &scene.ring[0], &scene.ring[1]]).await;
        scene.look(&app).await;
        assert!(scene.listed(&app, &scene.olga).await.is_empty());
        assert!(scene.listed(&app, &operator).await.is_empty(), "there is an organiser who can decide");
        let case = scene.only_case(&app, &scene.nora).await;
        let decided = app.post(&scene.nora.token, &format!("{case}/decide"), json!({ "outcome": "dismissed", "note": "I know them." })).await.ok();
        assert_eq!(decided["outcome"], "dismissed");
        assert_eq!(reversals(&app).await, 0);
    }

    async fn a_suspended_member_neither_passes_nor_receives_until_it_is_reinstated(app) {
        let scene = Scene::of(&app).await;
        scene.lively(&app).await;
        let [anna, erik, rita] = &scene.ring;
        let waiting = passed(&app, &scene.nora, erik, scene.circle).await;
        scene.ring_of(&app, &[anna, erik, rita]).await;
        scene.look(&app).await;
        let case = scene.only_case(&app, &scene.olga).await;
        let suspend = |members: serde_json::Value| json!({ "outcome": "suspended", "note": "Made-up leads.", "members": members });
        app.post(&scene.olga.token, &format!("{case}/decide"), suspend(json!([scene.nora.business]))).await.fails(422, "invalid_fields");
        app.post(&scene.olga.token, &format!("{case}/decide"), suspend(json!([erik.business]))).await.ok();

        try_pass(&app, &scene, erik, &scene.nora).await.fails(409, "suspended");
        let refused = try_pass(&app, &scene, &scene.nora, erik).await.fails(422, "invalid_fields");
        assert_eq!(refused["errors"][0]["code"], "paused", "others are not told why");
        app.post(&erik.token, &format!("/referrals/{waiting}/accept"), json!({})).await.fails(409, "suspended");
        try_pass(&app, &scene, anna, &scene.nora).await.ok();

        let members = app.get(&scene.olga.token, &format!("/circles/{}/members", scene.circle)).await.ok();
        let row = members["items"].as_array().unwrap().iter().find(|row| row["business"] == json!(erik.business)).unwrap().clone();
        assert!(row["suspended_at"].is_string(), "{row}");
        let seen = app.get(&scene.nora.token, &format!("/circles/{}/members", scene.circle)).await.ok();
        assert!(seen["items"].as_array().unwrap().iter().all(|row| row["suspended_at"].is_null()), "only organisers see it");
        let reinstate = format!("/circles/{}/members/{}/reinstate", scene.circle, row["id"].as_str().unwrap());
        app.post(&erik.token, &reinstate, json!({})).await.fails(403, "organiser_only");
        app.post(&scene.olga.token, &reinstate, json!({})).await.ok();
        app.post(&scene.olga.token, &reinstate, json!({})).await.fails(409, "not_suspended");
        app.post(&erik.token, &format!("/referrals/{waiting}/accept"), json!({})).await.ok();
        try_pass(&app, &scene, erik, &scene.nora).await.ok();
    }

    async fn the_page_takes_a_decision(app) {
        let scene = Scene::of(&app).await;
        scene.lively(&app).await;
        let [anna, erik, rita] = &scene.ring;
        scene.ring_of(&app, &[anna, erik, rita]).await;
        scene.look(&app).await;
        let case = scene.only_case(&app, &scene.olga).await.replace("/cases/", "/");
        let form = format!("{case}/decide");
        let lacking = app.submit(&scene.olga.cookie, &form, &[("csrf", &scene.olga.csrf), ("outcome", ""), ("note", "x")]).await;
        assert_eq!(lacking.status.as_u16(), 422, "{}", lacking.body);
        let member = erik.business.to_string();
        let fields = [("csrf", scene.olga.csrf.as_str()), ("outcome", "suspended"), ("note", "Made up."), ("member", member.as_str())];
        assert_eq!(app.submit(&scene.olga.cookie, &form, &fields).await.status.as_u16(), 303);
        let shown = app.page(&scene.olga.cookie, &case).await;
        assert!(shown.body.contains("Made up.") && shown.body.contains("Suspended"), "{}", shown.body);
        let members = app.page(&scene.olga.cookie, &format!("/circles/{}/members", scene.circle)).await;
        assert_eq!(members.body.matches(">suspended<").count(), 1, "{}", members.body);
    }

    async fn what_was_taken_back_brings_no_credits_when_it_is_won_afterwards(app) {
        let scene = Scene::of(&app).await;
        scene.lively(&app).await;
        let [anna, erik, rita] = &scene.ring;
        scene.ring_of(&app, &[anna, erik, rita]).await;
        scene.look(&app).await;
        let case = scene.only_case(&app, &scene.olga).await;
        let inside: Vec<String> = serde_json::from_value(app.get(&scene.olga.token, &case).await.ok()["referrals"].clone()).unwrap();
        let (before, after) = (&inside[0], &inside[3]);
        let receiver = |view: &serde_json::Value| [anna, erik, rita].into_iter().find(|person| view["receiver"]["id"] == json!(person.business)).unwrap();
        let win = async |id: &str| {
            let view = app.get(&scene.olga.token, &format!("/referrals/{id}")).await.ok();
            let token = &receiver(&view).token;
            app.post(token, &format!("/referrals/{id}/contact"), json!({})).await.ok();
            app.post(token, &format!("/referrals/{id}/win"), json!({})).await.ok();
        };
        let posted = || async {
            let all = transfer::table.filter(transfer::kind.eq(TransferKind::Post)).count();
            app.state.db.read(move |connection| Ok(all.get_result::<i64>(connection)?)).await.unwrap()
        };
        win(before).await;
        assert_eq!(app.get(&scene.olga.token, &case).await.ok()["state"], "open");
        app.post(&scene.olga.token, &format!("{case}/decide"), json!({ "outcome": "reversed", "note": "Made up." })).await.ok();
        assert_eq!(reversals(&app).await, 19, "what was won before is taken back too");
        let standing = posted().await;
        win(after).await;
        assert_eq!(app.get(&scene.olga.token, &format!("/referrals/{after}")).await.ok()["state"], "won", "what happened is told");
        assert_eq!((posted().await, reversals(&app).await), (standing, 19), "and brings nothing");
        let report = verified(&app);
        assert!(report.is_clean(), "{report}");
    }
}

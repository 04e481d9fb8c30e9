//! Home: what happened lately to one's own referrals, and what waits for organisers.

use kularing::kernel::actor::PersonRole;
use serde_json::json;

use super::cast;
use crate::on_both_databases;
use crate::support::TestApp;
use crate::support::accounts::{TestPerson, colleague_of, signed_in};
use crate::support::referrals::{introduced, make, passed};
use crate::trust::scene::Scene;

/// The part of home that tells what happened; empty when there is none.
async fn lately(app: &TestApp, who: &TestPerson) -> String {
    let page = app.page(&who.cookie, "/").await.body;
    page.split("What happened lately").nth(1).map(|rest| rest.split("<h2>").next().unwrap_or("").to_owned()).unwrap_or_default()
}

on_both_databases! {
    async fn both_sides_hear_what_the_other_did(app) {
        let cast = cast(&app).await;
        assert_eq!(lately(&app, &cast.anna).await, "");
        let id = introduced(&app, &cast.anna, &cast.erik, cast.circle).await;
        make(&app, &cast.erik, id, "contact", json!({})).await;
        make(&app, &cast.erik, id, "win", json!({ "value": { "amount_minor": 100_000, "currency": "EUR" } })).await;
        let giver = lately(&app, &cast.anna).await;
        let order = ["Business closed", "First contact made", "Introduced to each other", "Accepted by Erik Electric Ltd"].map(|step| giver.find(step));
        assert!(order.iter().all(Option::is_some) && order.is_sorted(), "newest first: {giver}");
        assert!(giver.contains(&format!("href=\"/referrals/{id}\"")) && !giver.contains("1,000"), "{giver}");
        // Who did it knows it: the receiver hears of the introduction alone.
        let receiver = lately(&app, &cast.erik).await;
        assert!(receiver.contains("Introduced to each other") && !receiver.contains("Business closed"), "{receiver}");
        for other in [&cast.rita, &cast.otto, &cast.stranger] {
            assert_eq!(lately(&app, other).await, "", "{}", other.name);
        }
    }

    async fn who_declined_hears_nothing_of_what_came_after(app) {
        let cast = cast(&app).await;
        let id = passed(&app, &cast.anna, &cast.erik, cast.circle).await;
        make(&app, &cast.erik, id, "decline", json!({ "reason": "no_capacity" })).await;
        assert!(lately(&app, &cast.anna).await.contains("Declined by Erik Electric Ltd"));
        make(&app, &cast.anna, id, "pass-on", json!({ "receiver": cast.rita.business })).await;
        make(&app, &cast.rita, id, "accept", json!({})).await;
        assert!(lately(&app, &cast.anna).await.contains("Accepted by Rita Roof Ltd"));
        assert_eq!(lately(&app, &cast.erik).await, "");
    }

    async fn organisers_find_applications_and_cases_among_what_waits(app) {
        let scene = Scene::of(&app).await;
        let (circle, olga) = (scene.circle, &scene.olga);
        let stella = signed_in(&app, "Stella Stranger", "photographer").await;
        app.post(&stella.token, &format!("/circles/{circle}/applications"), json!({ "trade": "photographer" })).await.ok();
        scene.lively(&app).await;
        scene.ring_of(&app, &scene.ring.iter().collect::<Vec<_>>()).await;
        scene.look(&app).await;
        let stan = colleague_of(&app, olga, "Stan Staff", PersonRole::Staff).await;
        let home = app.page(&olga.cookie, "/").await.body;
        assert!(home.contains("One application to decide") && home.contains(&format!("href=\"/circles/{circle}/members\"")), "{home}");
        assert!(home.contains("One group of members to look at") && home.contains(&format!("href=\"/circles/{circle}/trust\"")), "{home}");
        // Nobody else decides, and whom a case names must not hear of it, not even as an organiser.
        let named = &scene.ring[0];
        let hand_over = json!({ "business": named.business, "remain_organiser": true });
        app.post(&olga.token, &format!("/circles/{circle}/hand-over"), hand_over).await.ok();
        let home = app.page(&named.cookie, "/").await.body;
        assert!(home.contains("One application to decide") && !home.contains("to look at"), "{home}");
        for other in [&stan, &scene.nora, &stella] {
            let home = app.page(&other.cookie, "/").await.body;
            assert!(!home.contains("to decide") && !home.contains("to look at"), "{}: {home}", other.name);
        }
    }
}

//! What is refused at the door: oneself as a prospect, a lead of somebody else, too much from one to another.

use kularing::circles::policy::{Limits, Policy};
use kularing::kernel::clock::days;
use serde_json::{Value, json};

use super::scene::Scene;
use crate::on_both_databases;
use crate::support::TestApp;
use crate::support::accounts::{TestPerson, signed_in};
use crate::support::app::Reply;
use crate::support::referrals::{content, drafted, introduced};

async fn pass(app: &TestApp, giver: &TestPerson, words: Value) -> Reply {
    let id = drafted(app, giver, words).await;
    app.post(&giver.token, &format!("/referrals/{id}/pass"), json!({})).await
}

/// A referral to a receiver with this in the prospect's field.
fn naming(scene: &Scene, receiver: &TestPerson, field: &str, value: &str) -> Value {
    let mut words = content(scene.circle, receiver);
    words["prospect"][field] = json!(value);
    words
}

async fn refused(app: &TestApp, giver: &TestPerson, words: Value, field: &str, code: &str) {
    let problem = pass(app, giver, words).await.fails(422, "invalid_fields");
    assert_eq!((problem["errors"][0]["field"].as_str(), problem["errors"][0]["code"].as_str()), (Some(field), Some(code)), "{problem}");
    assert!(!problem.to_string().contains('@'), "the answer shows data: {problem}");
}

async fn set(app: &TestApp, person: &TestPerson, profile: Value) -> Value {
    let path = format!("/businesses/{}", person.business);
    app.api(&person.token, actix_web::http::Method::PATCH, &path, profile).await.ok()
}

async fn set_phone(app: &TestApp, person: &TestPerson, phone: &str) {
    set(app, person, json!({ "phone": phone })).await;
}

async fn set_policy(app: &TestApp, scene: &Scene, policy: Policy) {
    let (principal, circle) = (scene.olga.principal(), scene.circle);
    app.state.db.write(move |tx| kularing::circles::commands::set_policy(tx, &principal, circle, |_| Ok(()), policy, false)).await.unwrap();
}

on_both_databases! {
    async fn nobody_refers_himself_nor_who_is_linked_to_him(app) {
        let scene = Scene::of(&app).await;
        let [anna, erik, rita] = &scene.ring;
        let cousin = signed_in(&app, "Carla Cousin", "photographer").await;
        // The number of the receiver's business.
        set_phone(&app, erik, "030 1234567").await;
        refused(&app, anna, naming(&scene, erik, "phone", "+49 (30) 123-4567"), "prospect.phone", "is_party").await;
        // Somebody whom the giver has invited as a colleague.
        app.post(&anna.token, "/colleague-invitations", json!({ "email": "cleo@colleague.example", "role": "staff" })).await.ok();
        refused(&app, anna, naming(&scene, erik, "email", "Cleo@Colleague.example"), "prospect.email", "is_party").await;
        // A business that shares the receiver's number.
        pass(&app, anna, naming(&scene, rita, "email", &cousin.email)).await.ok();
        set_phone(&app, &cousin, "030 1234567").await;
        let words = naming(&scene, erik, "email", &format!("{} ", cousin.email));
        refused(&app, anna, words, "prospect.email", "is_party").await;
        // Another member of the circle.
        refused(&app, anna, naming(&scene, erik, "email", &rita.email.to_uppercase()), "prospect.email", "is_member").await;
    }

    async fn tax_numbers_are_compared_and_neither_kept_nor_shown(app) {
        let scene = Scene::of(&app).await;
        let [anna, erik, rita] = &scene.ring;
        let cousin = signed_in(&app, "Carla Cousin", "photographer").await;
        let own = set(&app, erik, json!({ "tax_number": "DE 123 456 789" })).await;
        set(&app, rita, json!({ "tax_number": "ATU12345678" })).await;
        let wrong = format!("/businesses/{}", anna.business);
        let wrong = app.api(&anna.token, actix_web::http::Method::PATCH, &wrong, json!({ "tax_number": "none" })).await.fails(422, "invalid_fields");
        assert_eq!((&wrong["errors"][0]["field"], &wrong["errors"][0]["code"]), (&json!("tax_number"), &json!("not_a_tax_number")));
        // The receiver's own; the place says the country.
        refused(&app, anna, naming(&scene, erik, "tax_number", "123.456.789"), "prospect.tax_number", "is_party").await;
        refused(&app, anna, naming(&scene, erik, "tax_number", "atu 1234 5678"), "prospect.tax_number", "is_member").await;
        // A business with the receiver's number is the receiver, by whatever it is named.
        set(&app, &cousin, json!({ "tax_number": "de-123456789" })).await;
        refused(&app, anna, naming(&scene, erik, "email", &cousin.email), "prospect.email", "is_party").await;
        // In a suggestion too, from the row of the draft.
        let draft = drafted(&app, anna, naming(&scene, &scene.nora, "tax_number", "DE123456789")).await;
        let suggested = app.get(&anna.token, &format!("/referrals/{draft}/suggestions")).await.ok();
        let reasons = suggested["left_out"].as_array().unwrap().iter().find(|one| one["business"]["id"] == json!(erik.business)).unwrap();
        assert!(reasons["reasons"].as_array().unwrap().contains(&json!("is_party")), "{suggested}");
        // Another change leaves it, an empty text takes it away.
        let edit = format!("/referrals/{draft}");
        app.api(&anna.token, actix_web::http::Method::PATCH, &edit, json!({ "prospect": { "company": "Bakery" } })).await.ok();
        app.post(&anna.token, &format!("{edit}/pass"), json!({})).await.fails(422, "invalid_fields");
        app.api(&anna.token, actix_web::http::Method::PATCH, &edit, json!({ "prospect": { "tax_number": "" } })).await.ok();
        let passed = app.post(&anna.token, &format!("{edit}/pass"), json!({})).await.ok();
        // Nobody reads it, the owner neither.
        for told in [own, app.get(&anna.token, &format!("/businesses/{}", erik.business)).await.ok(), suggested, passed] {
            assert!(!told.to_string().contains("tax") && !told.to_string().contains("123456789"), "{told}");
        }
        for (table, rows) in app.dump().await {
            let kept = rows.iter().find(|row| ["123456789", "123 456 789", "123.456.789", "u12345678"].iter().any(|number| row.to_lowercase().contains(number)));
            assert_eq!(kept, None, "{table} keeps the number");
        }
        set(&app, rita, json!({ "tax_number": "" })).await;
        pass(&app, anna, naming(&scene, erik, "tax_number", "ATU12345678")).await.ok();
    }

    async fn a_lead_is_known_by_its_tax_number(app) {
        let scene = Scene::of(&app).await;
        let [anna, erik, rita] = &scene.ring;
        let origin = drafted(&app, anna, naming(&scene, erik, "tax_number", "DE987654321")).await;
        app.post(&anna.token, &format!("/referrals/{origin}/pass"), json!({})).await.ok();
        let check = json!({ "circle": scene.circle, "receiver": rita.business, "tax_number": "DE 987.654.321" });
        let duplicate = app.post(&scene.nora.token, "/referrals/duplicate-check", check.clone()).await.ok();
        assert_eq!(duplicate, json!({ "duplicate": true }));
        let mut other = check.clone();
        other["tax_number"] = json!("DE987654322");
        assert_eq!(app.post(&scene.nora.token, "/referrals/duplicate-check", other).await.ok(), json!({ "duplicate": false }));
        let mut homeless = check;
        homeless["tax_number"] = json!("987654321");
        app.post(&scene.nora.token, "/referrals/duplicate-check", homeless).await.fails(422, "invalid_fields");
        pass(&app, &scene.nora, naming(&scene, rita, "tax_number", "987654321")).await.fails(409, "duplicate_prospect");
        // Introduced, and past the claim: it is no new lead, whatever the address.
        app.post(&erik.token, &format!("/referrals/{origin}/accept"), json!({})).await.ok();
        app.clock.advance(std::time::Duration::from_secs(60));
        let link = app.shared_link(origin).await;
        app.prospect_says(&link, "yes").await;
        app.let_undo_time_pass().await;
        set_policy(&app, &scene, Policy { claim_window_days: 0, ..Policy::default() }).await;
        pass(&app, &scene.nora, naming(&scene, rita, "tax_number", "987654321")).await.fails(409, "recycled_lead");
        pass(&app, &scene.nora, content(scene.circle, rita)).await.ok();
    }

    async fn a_lead_is_not_passed_as_new_by_somebody_else(app) {
        let scene = Scene::of(&app).await;
        let [anna, erik, rita] = &scene.ring;
        // A circle that frees people at once still has no use for leads that were introduced already.
        set_policy(&app, &scene, Policy { claim_window_days: 0, ..Policy::default() }).await;
        let origin = introduced(&app, anna, erik, scene.circle).await;
        let email = app.get(&anna.token, &format!("/referrals/{origin}")).await.ok()["prospect"]["email"].as_str().unwrap().to_owned();
        pass(&app, &scene.nora, naming(&scene, rita, "email", &email)).await.fails(409, "recycled_lead");
        pass(&app, erik, naming(&scene, rita, "email", &email)).await.fails(409, "recycled_lead");
        // What came out of it is passed as such.
        let mut words = naming(&scene, rita, "email", &email);
        words["trade"] = json!("roofer");
        let spin_off = app.post(&erik.token, &format!("/referrals/{origin}/spin-off"), words).await;
        assert_eq!(spin_off.status.as_u16(), 201, "{}", spin_off.body);
        let spin_off = spin_off.json()["id"].as_str().unwrap().to_owned();
        app.post(&erik.token, &format!("/referrals/{spin_off}/pass"), json!({})).await.ok();
        app.post(&erik.token, &format!("/referrals/{spin_off}/withdraw"), json!({})).await.ok();
        // After half a year it is new.
        app.clock.advance(days(181));
        app.run_due().await;
        pass(&app, &scene.nora, naming(&scene, rita, "email", &email)).await.ok();
    }

    async fn a_lead_from_another_circle_is_no_new_one_either(app) {
        let scene = Scene::of(&app).await;
        let [anna, erik, rita] = &scene.ring;
        let origin = introduced(&app, anna, erik, scene.circle).await;
        let email = app.get(&anna.token, &format!("/referrals/{origin}")).await.ok()["prospect"]["email"].as_str().unwrap().to_owned();
        let elsewhere = crate::support::circles::value_chain(&app, rita, &[(erik, "electrician"), (&scene.nora, "painter")]).await;
        let words = |receiver: &TestPerson| {
            let mut words = content(elsewhere, receiver);
            words["prospect"]["email"] = json!(email);
            words
        };
        pass(&app, erik, words(rita)).await.fails(409, "recycled_lead");
        // Somebody who knows nothing of it may know the person as well.
        pass(&app, &scene.nora, words(rita)).await.ok();
    }

    async fn what_is_counted_over_all_circles_holds_for_two_at_once(app) {
        let scene = Scene::of(&app).await;
        let [anna, erik, rita] = &scene.ring;
        let elsewhere = crate::support::circles::value_chain(&app, rita, &[(erik, "electrician"), (anna, "architect"), (&scene.nora, "painter")]).await;
        let policy = || Policy { limits: Limits { pair_per_month: 1, ..Limits::default() }, ..Policy::default() };
        set_policy(&app, &scene, policy()).await;
        let (principal, nora) = (rita.principal(), &scene.nora);
        app.state.db.write(move |tx| kularing::circles::commands::set_policy(tx, &principal, elsewhere, |_| Ok(()), policy(), false)).await.unwrap();
        for receiver in [erik, rita, nora] {
            let here = drafted(&app, anna, content(scene.circle, receiver)).await;
            let there = drafted(&app, anna, content(elsewhere, receiver)).await;
            let send = async |id| app.post(&anna.token, &format!("/referrals/{id}/pass"), json!({})).await;
            let (one, other) = tokio::join!(send(here), send(there));
            let mut answers = [one.status.as_u16(), other.status.as_u16()];
            answers.sort_unstable();
            assert_eq!(answers, [200, 429], "{} {}", one.body, other.body);
        }
    }

    async fn a_pair_passes_as_much_in_a_month_as_the_circle_allows(app) {
        let scene = Scene::of(&app).await;
        let [anna, erik, rita] = &scene.ring;
        set_policy(&app, &scene, Policy { limits: Limits { pair_per_month: 2, ..Limits::default() }, ..Policy::default() }).await;
        for _ in 0..2 {
            pass(&app, anna, content(scene.circle, erik)).await.ok();
            app.clock.advance(days(1));
        }
        let refused = pass(&app, anna, content(scene.circle, erik)).await;
        refused.fails(429, "passes_per_pair");
        let wait: u64 = refused.header("retry-after").unwrap().parse().unwrap();
        assert!((28 * 86_400..=28 * 86_400 + 5).contains(&wait), "{wait}");
        // Who can be passed no more this month is not suggested either.
        let suggested = app.get(&anna.token, &format!("/circles/{}/suggestions?trade=electrician&country=DE&postal_code=10115", scene.circle)).await.ok();
        let reasons = suggested["left_out"].as_array().unwrap().iter().find(|one| one["business"]["id"] == serde_json::json!(erik.business));
        assert!(reasons.is_some_and(|one| one["reasons"].as_array().unwrap().contains(&serde_json::json!("pair_full"))), "{suggested}");
        pass(&app, anna, content(scene.circle, rita)).await.ok();
        app.clock.advance(std::time::Duration::from_secs(wait));
        pass(&app, anna, content(scene.circle, erik)).await.ok();
    }
}

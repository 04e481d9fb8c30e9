//! Cases are opened by the clock, refreshed, decided once, and seen by nobody whom they name.

use std::time::Duration;

use kularing::introductions::views::heard_from_prospect;
use kularing::kernel::clock::days;
use kularing::outbox::MailKind;
use serde_json::json;

use super::scene::Scene;
use crate::on_both_databases;
use crate::support::accounts::signed_in;
use crate::support::introductions::{PROSPECT, pair};
use crate::support::referrals::introduced;

on_both_databases! {
    async fn a_ring_is_found_by_the_clock_and_a_decided_case_stays_decided(app) {
        let scene = Scene::of(&app).await;
        let [anna, erik, rita] = &scene.ring;
        scene.lively(&app).await;
        for _ in 0..6 {
            for (giver, receiver) in [(anna, erik), (erik, rita), (rita, anna)] {
                introduced(&app, giver, receiver, scene.circle).await;
            }
        }
        assert_eq!(scene.listed(&app, &scene.olga).await, Vec::<serde_json::Value>::new(), "looked at within a day, not at once");
        app.clock.advance(days(1));
        app.run_due().await;

        let case = scene.only_case(&app, &scene.olga).await;
        let whole = app.get(&scene.olga.token, &case).await.ok();
        let names: Vec<&str> = whole["members"].as_array().unwrap().iter().map(|member| member["name"].as_str().unwrap()).collect();
        assert_eq!(names, ["Anna Arch Ltd", "Erik Electric Ltd", "Rita Roof Ltd"]);
        let facts = &whole["facts"];
        for (fact, expected) in [
            ("referrals_inside", 18), ("referrals_of_members", 18), ("confirmed_inside", 0), ("referrals_in_circle", 74), ("confirmed_in_circle", 38),
            ("credits_inside", 180), ("credits_of_members", 180), ("equal_edges", 3), ("answers", 18), ("quick_answers", 18),
        ] {
            assert_eq!(facts[fact], expected, "{fact}: {facts}");
        }
        assert_eq!(facts["new_members"].as_array().unwrap().len(), 3, "they registered today");
        assert!(facts["return_after_seconds"].as_i64().unwrap() > 0, "{facts}");
        assert_eq!(whole["referrals"].as_array().unwrap().len(), 18);

        // More of it refreshes the case instead of opening another.
        introduced(&app, anna, erik, scene.circle).await;
        app.clock.advance(days(1));
        app.run_due().await;
        assert_eq!(scene.only_case(&app, &scene.olga).await, case);
        let again = app.get(&scene.olga.token, &case).await.ok();
        assert_eq!((&again["facts"]["referrals_inside"], &again["since"]["referrals"], &again["since"]["confirmed"]), (&json!(19), &json!(1), &json!(0)));
        assert_eq!(again["since"]["at"], again["opened_at"]);
        let list = app.page(&scene.olga.cookie, &format!("/circles/{}/trust", scene.circle)).await.body;
        assert!(list.contains("1 new referral between them since"), "{list}");

        let decide = format!("{case}/decide");
        app.post(&scene.olga.token, &decide, json!({ "outcome": "talked", "note": " " })).await.fails(422, "invalid_fields");
        let decided = app.post(&scene.olga.token, &decide, json!({ "outcome": "talked", "note": "They know each other from school." })).await.ok();
        assert_eq!((decided["state"].as_str(), decided["outcome"].as_str()), (Some("decided"), Some("talked")));
        assert_eq!(decided["note"], "They know each other from school.");
        assert_eq!((&decided["since"]["at"], &decided["since"]["referrals"]), (&decided["decided_at"], &json!(0)), "the count begins anew");
        app.post(&scene.olga.token, &decide, json!({ "outcome": "dismissed", "note": "No." })).await.fails(409, "case_decided");

        // The same facts, and a little more, are not enough; as much again is.
        introduced(&app, erik, rita, scene.circle).await;
        app.clock.advance(days(1));
        app.run_due().await;
        assert_eq!(scene.only_case(&app, &scene.olga).await, case);
        scene.ring_of(&app, &[anna, erik, rita]).await;
        scene.look(&app).await;
        let listed = scene.listed(&app, &scene.olga).await;
        assert_eq!(listed.iter().map(|one| one["state"].as_str().unwrap()).collect::<Vec<_>>(), ["open", "decided"]);
        assert_eq!(listed[0]["facts"]["referrals_inside"], 19, "what was decided is not counted again");
        let open = app.get(&scene.olga.token, &format!("{}?state=open&limit=1", scene.cases())).await.ok();
        assert_eq!((open["items"].as_array().unwrap().len(), open["next_cursor"].is_null()), (1, true));
    }

    async fn organisers_are_told_once_with_figures_and_without_names(app) {
        let scene = Scene::of(&app).await;
        scene.lively(&app).await;
        let [anna, erik, rita] = &scene.ring;
        let (circle, nora, principal) = (scene.circle, scene.nora.business, scene.olga.principal());
        // Nora organises too and wants no such mails; Anna organises too and is named in the case.
        for other in [nora, anna.business] {
            app.state.db.write(move |tx| kularing::circles::commands::hand_over(tx, &principal, circle, other, true)).await.unwrap();
        }
        let wanted = json!({ "offers": true, "news": true, "reminders": true, "circles": false, "settlements": true });
        app.api(&scene.nora.token, actix_web::http::Method::PUT, "/me/notifications", wanted).await.ok();
        scene.ring_of(&app, &[anna, erik, rita]).await;
        scene.look(&app).await;
        app.run_due().await;
        let told = async |email: &str| app.mails_to(email).await.into_iter().filter(|mail| mail.kind == MailKind::TrustCase).count();
        for nobody in [anna, erik, rita, &scene.nora] {
            assert_eq!(told(&nobody.email).await, 0, "{}", nobody.email);
        }
        let mail = app.mail_of(&scene.olga.email, MailKind::TrustCase).await;
        let case = scene.only_case(&app, &scene.olga).await.replace("/cases/", "/");
        assert!(mail.links.contains(&case) && mail.text.contains("18"), "{} {:?}", mail.text, mail.links);
        for name in ["Erik", "Rita", "Anna"] {
            assert!(!mail.raw.contains(name), "{name}: {}", mail.text);
        }
        // More of it refreshes the case, and nobody is told again.
        scene.ring_of(&app, &[anna, erik]).await;
        app.clock.advance(days(1));
        scene.look(&app).await;
        app.run_due().await;
        assert_eq!(told(&scene.olga.email).await, 1);
    }

    async fn without_concentration_there_is_no_case(app) {
        let scene = Scene::of(&app).await;
        scene.lively(&app).await;
        scene.look(&app).await;
        assert!(scene.listed(&app, &scene.olga).await.is_empty());
    }

    async fn whoever_is_named_and_every_member_sees_nothing(app) {
        let scene = Scene::of(&app).await;
        scene.lively(&app).await;
        let [anna, erik, rita] = &scene.ring;
        scene.ring_of(&app, &[anna, erik, rita]).await;
        scene.look(&app).await;
        let case = scene.only_case(&app, &scene.olga).await;
        let page = format!("/circles/{}/trust", scene.circle);
        let shown = app.page(&scene.olga.cookie, &page).await;
        assert!(shown.body.contains("Erik Electric Ltd") && shown.body.contains("18 of the 18 referrals"), "{}", shown.body);
        let (path, id) = case.split_once("/cases/").unwrap();
        let shown = app.page(&scene.olga.cookie, &format!("{path}/{id}")).await;
        assert!(shown.status.is_success() && shown.body.contains("Prospects heard themselves, inside"), "{}", shown.body);

        let stranger = signed_in(&app, "Stella Stranger", "photographer").await;
        let operator = signed_in(&app, "Operator", "hosting-provider").await;
        for member in [anna, &scene.nora] {
            app.get(&member.token, &scene.cases()).await.fails(403, "organiser_only");
            app.get(&member.token, &case).await.fails(403, "organiser_only");
            app.post(&member.token, &format!("{case}/decide"), json!({ "outcome": "dismissed", "note": "No." })).await.fails(403, "organiser_only");
            assert_eq!(app.page(&member.cookie, &page).await.status.as_u16(), 403);
        }
        app.get(&stranger.token, &scene.cases()).await.fails(404, "not_found");
        assert!(scene.listed(&app, &operator).await.is_empty(), "organisers decide here");
        app.get(&operator.token, &case).await.fails(404, "not_found");
        app.post(&operator.token, &format!("{case}/decide"), json!({ "outcome": "dismissed", "note": "No." })).await.fails(404, "not_found");
    }

    async fn only_an_answer_to_a_mail_of_ours_is_a_sign_from_outside(app) {
        let pair = pair(&app).await;
        let mailed = pair.pass(&app, "attested").await;
        pair.accept(&app, mailed).await;
        app.run_due().await;
        let token = app.mail_of(PROSPECT, MailKind::IntroductionAttested).await.token("/i/");
        app.clock.advance(Duration::from_secs(60));
        let said = app.prospect_says(&format!("/i/{token}"), "yes").await;
        assert!(said.status.is_success() || said.status.is_redirection(), "{}", said.body);
        app.let_undo_time_pass().await;
        let shared = introduced(&app, &pair.giver, &pair.receiver, pair.circle).await;
        let heard = app.state.db.read(move |connection| heard_from_prospect(connection, &[mailed, shared])).await.unwrap();
        assert_eq!(heard, [mailed]);
    }
}

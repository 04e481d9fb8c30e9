//! The whole life, and who is told what.

use kularing::outbox::MailKind;
use serde_json::json;

use super::cast;
use crate::on_both_databases;
use crate::support::accounts::signed_in;
use crate::support::circles::value_chain;
use crate::support::referrals::{accepted, contacted, content, drafted, introduced, make, passed, state_of, won};

/// The kinds of a timeline, in their order.
fn kinds(timeline: &serde_json::Value) -> Vec<String> {
    timeline.as_array().unwrap().iter().map(|entry| entry["kind"].as_str().unwrap().to_owned()).filter(|kind| kind.starts_with("referral.")).collect()
}

on_both_databases! {
    async fn from_the_draft_to_closed_business(app) {
        let cast = cast(&app).await;
        let id = contacted(&app, &cast.anna, &cast.erik, cast.circle).await;
        make(&app, &cast.erik, id, "quote", json!({ "note": "Two visits" })).await;
        let won = make(&app, &cast.erik, id, "win", json!({ "value": { "amount_minor": 1_250_000, "currency": "EUR" } })).await;
        assert_eq!(won["state"], "won");
        assert_eq!(won["won_value"]["amount_minor"], 1_250_000);
        let timeline = app.get(&cast.anna.token, &format!("/referrals/{id}/timeline")).await.ok();
        let expected = ["drafted", "offered", "accepted", "introduced", "contacted", "quoted", "won"].map(|kind| format!("referral.{kind}"));
        assert_eq!(kinds(&timeline), expected);
        let quoted = timeline.as_array().unwrap().iter().find(|entry| entry["kind"] == "referral.quoted").unwrap();
        assert_eq!((quoted["note"].as_str(), quoted["by"].as_str()), (Some("Two visits"), Some("Erik Electric")));
    }

    /// An electrician is needed: the ceiling of the group holds until the trade has one of its own; what was passed keeps its rules.
    async fn a_ceiling_caps_what_closed_business_brings(app) {
        let otto = signed_in(&app, "Otto Organiser", "builder").await;
        let erik = signed_in(&app, "Erik Electric", "electrician").await;
        let circle = value_chain(&app, &otto, &[(&erik, "electrician")]).await;
        let path = format!("/circles/{circle}/policy");
        let put = async |ceilings: serde_json::Value| {
            let mut policy = app.get(&otto.token, &path).await.ok()["policy"].clone();
            policy["ceilings"] = ceilings;
            let request = actix_web::test::TestRequest::put().uri(&format!("/api/v1{path}"))
                .insert_header(("authorization", format!("Bearer {}", otto.token))).insert_header(("if-match", "*")).set_json(policy);
            app.send(request).await.ok();
        };
        let credits = async |id| {
            let posted = app.state.db.read(move |connection| kularing::reciprocity::views::transfers_of_referral(connection, id)).await.unwrap();
            posted.iter().map(|entry| entry.amount.credits()).collect::<Vec<_>>()
        };
        let group = kularing::businesses::trade::TradeCode::parse("electrician").unwrap().parent().unwrap();
        let before = contacted(&app, &otto, &erik, circle).await;
        put(json!([{ "trade": group, "credits": 50 }])).await;
        let worth = json!({ "value": { "amount_minor": 1_250_000, "currency": "EUR" } });
        assert_eq!(credits(won(&app, &otto, &erik, circle, 1_250_000).await).await, [10, 50]);
        assert_eq!(credits(won(&app, &otto, &erik, circle, 100_000).await).await, [10, 30], "what lies below is not touched");
        put(json!([{ "trade": group, "credits": 50 }, { "trade": "electrician", "credits": 90 }])).await;
        assert_eq!(credits(won(&app, &otto, &erik, circle, 1_250_000).await).await, [10, 90]);
        put(json!([{ "trade": "electrician", "credits": 0 }])).await;
        assert_eq!(credits(won(&app, &otto, &erik, circle, 1_250_000).await).await, [10]);
        make(&app, &erik, before, "win", worth).await;
        assert_eq!(credits(before).await, [10, 140], "the rules of the day on which it was passed");
        let report = crate::support::ledger::verified(&app);
        assert!(report.is_clean(), "{report}");
    }

    async fn the_giver_hears_every_step_and_no_amount(app) {
        let cast = cast(&app).await;
        let id = contacted(&app, &cast.anna, &cast.erik, cast.circle).await;
        make(&app, &cast.erik, id, "win", json!({ "value": { "amount_minor": 7_654_321, "currency": "EUR" } })).await;
        app.pass_time(std::time::Duration::from_secs(600)).await;
        let news: Vec<_> = app.mails_to(&cast.anna.email).await.into_iter().filter(|mail| mail.kind == MailKind::GiverNews).collect();
        assert_eq!(news.len(), 4, "accepted, introduced, contacted, won: {news:?}");
        let page = app.page(&cast.anna.cookie, &format!("/referrals/{id}")).await;
        let view = app.get(&cast.anna.token, &format!("/referrals/{id}")).await;
        let timeline = app.get(&cast.anna.token, &format!("/referrals/{id}/timeline")).await;
        for text in news.iter().map(|mail| &mail.raw).chain([&page.body, &view.body, &timeline.body]) {
            assert!(!text.contains("7654321") && !text.contains("76,543"), "{text}");
        }
        assert!(view.json()["won_value"].is_null());
    }

    async fn the_receiver_gets_the_offer_by_mail_without_the_prospect(app) {
        let cast = cast(&app).await;
        let id = passed(&app, &cast.anna, &cast.erik, cast.circle).await;
        app.run_due().await;
        let mail = app.mail_of(&cast.erik.email, MailKind::Offer).await;
        for words in ["New wiring", "Anna Giver", "€5,000 – €9,000", "4 of 5", "Please call in the evening"] {
            assert!(mail.text.contains(words), "{words}: {}", mail.text);
        }
        for secret in ["Paula", "prospect.example", "Bakery"] {
            assert!(!mail.raw.contains(secret), "{secret}: {}", mail.raw);
        }
        assert!(mail.links.iter().any(|link| link.starts_with("/o/")), "{:?}", mail.links);
        assert!(mail.links.iter().any(|link| *link == format!("/referrals/{id}")), "{:?}", mail.links);
    }

    async fn who_declines_is_not_asked_again(app) {
        let cast = cast(&app).await;
        let id = passed(&app, &cast.anna, &cast.erik, cast.circle).await;
        let declined = make(&app, &cast.erik, id, "decline", json!({ "reason": "no_capacity", "note": "Full until May" })).await;
        assert_eq!(declined["offer"], "declined");
        let view = app.get(&cast.anna.token, &format!("/referrals/{id}")).await.ok();
        assert_eq!((view["state"].as_str(), view["offers"][0]["reason"].as_str()), (Some("declined"), Some("no_capacity")));
        let again = app.post(&cast.anna.token, &format!("/referrals/{id}/pass-on"), json!({ "receiver": cast.erik.business })).await;
        assert_eq!(again.fails(422, "invalid_fields")["errors"][0]["code"], "asked_already");
        let on = make(&app, &cast.anna, id, "pass-on", json!({ "receiver": cast.rita.business })).await;
        assert_eq!(on["referral"]["state"], "offered");
        make(&app, &cast.rita, id, "accept", json!({})).await;
        assert_eq!(app.get(&cast.rita.token, &format!("/referrals/{id}")).await.ok()["state"], "accepted");
        // Who was asked before is none of the next receiver's business.
        let timeline = app.get(&cast.rita.token, &format!("/referrals/{id}/timeline")).await;
        assert!(!timeline.body.contains("Erik") && !timeline.body.contains("Full until May"), "{}", timeline.body);
        app.get(&cast.erik.token, &format!("/referrals/{id}")).await.fails(404, "not_found");
    }

    async fn the_giver_withdraws_before_the_introduction_and_not_after(app) {
        let cast = cast(&app).await;
        let early = accepted(&app, &cast.anna, &cast.erik, cast.circle).await;
        make(&app, &cast.anna, early, "withdraw", json!({ "note": "They moved away" })).await;
        app.run_due().await;
        let mail = app.mail_of(&cast.erik.email, MailKind::ReceiverNews).await;
        assert!(mail.text.contains("They moved away"), "{}", mail.text);
        let late = introduced(&app, &cast.anna, &cast.erik, cast.circle).await;
        app.post(&cast.anna.token, &format!("/referrals/{late}/withdraw"), json!({})).await.fails(409, "move_not_possible");
    }

    async fn two_answers_at_once_have_one_winner(app) {
        let cast = cast(&app).await;
        for _ in 0..5 {
            let id = passed(&app, &cast.anna, &cast.erik, cast.circle).await;
            let (yes, no) = (format!("/referrals/{id}/accept"), format!("/referrals/{id}/decline"));
            let accept = app.post(&cast.erik.token, &yes, json!({}));
            let decline = app.post(&cast.erik.token, &no, json!({ "reason": "other" }));
            let (one, other) = futures_join(accept, decline).await;
            let winners = [&one, &other].iter().filter(|reply| reply.status.is_success()).count();
            assert_eq!(winners, 1, "{} {}", one.body, other.body);
            // The loser is told what is possible, or, having declined, that there is nothing left to see.
            let loser = if one.status.is_success() { &other } else { &one };
            assert!([404, 409].contains(&loser.status.as_u16()), "{}", loser.body);
            let _ = state_of(&app, id).await;
        }
    }

    async fn accepting_and_withdrawing_at_once_have_one_winner(app) {
        let cast = cast(&app).await;
        for _ in 0..5 {
            let id = passed(&app, &cast.anna, &cast.erik, cast.circle).await;
            let (yes, back) = (format!("/referrals/{id}/accept"), format!("/referrals/{id}/withdraw"));
            let accept = app.post(&cast.erik.token, &yes, json!({}));
            let withdraw = app.post(&cast.anna.token, &back, json!({}));
            let (accepted, withdrawn) = futures_join(accept, withdraw).await;
            assert!(withdrawn.status.is_success(), "a giver may withdraw before and after the acceptance: {}", withdrawn.body);
            assert!(accepted.status.is_success() || [404, 409].contains(&accepted.status.as_u16()), "{}", accepted.body);
            assert_eq!(state_of(&app, id).await.as_str(), "withdrawn");
        }
    }

    async fn the_last_step_is_undone_within_two_minutes(app) {
        let cast = cast(&app).await;
        let id = contacted(&app, &cast.anna, &cast.erik, cast.circle).await;
        app.clock.advance(std::time::Duration::from_secs(30));
        make(&app, &cast.erik, id, "lose", json!({ "reason": "price" })).await;
        let view = make(&app, &cast.erik, id, "undo", json!({})).await;
        assert_eq!((view["state"].as_str(), view["reason"].as_str()), (Some("contacted"), None));
        // What was taken back is not taken back further: the step before is an older one.
        app.post(&cast.erik.token, &format!("/referrals/{id}/undo"), json!({})).await.fails(409, "move_not_possible");
        app.pass_time(std::time::Duration::from_secs(300)).await;
        let news = app.mails_to(&cast.anna.email).await.into_iter().filter(|mail| mail.kind == MailKind::GiverNews).count();
        assert_eq!(news, 3, "accepted, introduced, contacted, and not a word of what was taken back");
        make(&app, &cast.erik, id, "quote", json!({})).await;
        app.pass_time(std::time::Duration::from_secs(120)).await;
        app.post(&cast.erik.token, &format!("/referrals/{id}/undo"), json!({})).await.fails(409, "move_not_possible");
    }

    async fn a_spin_off_names_its_origin_in_both_timelines(app) {
        let cast = cast(&app).await;
        let origin = introduced(&app, &cast.anna, &cast.erik, cast.circle).await;
        let mut words = content(cast.circle, &cast.rita);
        words["trade"] = json!("roofer");
        let made = app.post(&cast.erik.token, &format!("/referrals/{origin}/spin-off"), words.clone()).await;
        assert_eq!(made.status.as_u16(), 201, "{}", made.body);
        let spin_off = made.json()["id"].as_str().unwrap().to_owned();
        let before = app.get(&cast.anna.token, &format!("/referrals/{origin}")).await.ok();
        assert_eq!(before["spin_offs"], json!([]), "a draft is nobody's business");
        app.post(&cast.erik.token, &format!("/referrals/{spin_off}/pass"), json!({})).await.ok();
        for who in [&cast.anna, &cast.erik] {
            let timeline = app.get(&who.token, &format!("/referrals/{origin}/timeline")).await.ok();
            let entry = timeline.as_array().unwrap().iter().find(|entry| entry["kind"] == "referral.spin_off_passed").cloned().unwrap();
            assert_eq!(entry["other"], spin_off.as_str());
        }
        let own = app.get(&cast.erik.token, &format!("/referrals/{spin_off}/timeline")).await.ok();
        assert_eq!(own[0]["other"], json!(origin));
        // Only a receiver after the introduction passes on what came out of it.
        app.post(&cast.anna.token, &format!("/referrals/{origin}/spin-off"), words.clone()).await.fails(409, "move_not_possible");
        app.post(&cast.stranger.token, &format!("/referrals/{origin}/spin-off"), words).await.fails(404, "not_found");
    }

    async fn a_draft_is_withdrawn_without_a_word_to_anybody(app) {
        let cast = cast(&app).await;
        let id = drafted(&app, &cast.anna, content(cast.circle, &cast.erik)).await;
        make(&app, &cast.anna, id, "withdraw", json!({})).await;
        app.run_due().await;
        assert!(app.mails_to(&cast.erik.email).await.iter().all(|mail| mail.kind != MailKind::Offer));
    }
}

/// Waits for both; they run at the same time.
async fn futures_join<A: Future, B: Future>(one: A, other: B) -> (A::Output, B::Output) {
    let (mut one, mut other) = (Box::pin(one), Box::pin(other));
    let (mut first, mut second) = (None, None);
    std::future::poll_fn(move |context| {
        if first.is_none()
            && let std::task::Poll::Ready(output) = one.as_mut().poll(context)
        {
            first = Some(output);
        }
        if second.is_none()
            && let std::task::Poll::Ready(output) = other.as_mut().poll(context)
        {
            second = Some(output);
        }
        if first.is_some() && second.is_some() { std::task::Poll::Ready((first.take().unwrap(), second.take().unwrap())) } else { std::task::Poll::Pending }
    })
    .await
}

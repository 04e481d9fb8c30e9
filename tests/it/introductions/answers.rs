//! Both agree, or one does not; answers are taken back in time or too late; time runs out.

use std::time::Duration;

use kularing::introductions::model::{ANSWERS_MAX, IntroductionState as S, ProspectAnswer};
use kularing::kernel::clock::days;
use kularing::outbox::MailKind;
use kularing::referrals;
use kularing::referrals::model::ReferralState as R;

use crate::on_both_databases;
use crate::support::introductions::{PROSPECT, pair};

async fn referral_state(app: &crate::support::TestApp, id: kularing::kernel::id::ReferralId) -> R {
    app.state.db.read(move |connection| referrals::views::facts(connection, id)).await.unwrap().state
}

async fn three_way_count(app: &crate::support::TestApp, address: &str) -> usize {
    app.mails_to(address).await.iter().filter(|mail| mail.kind == MailKind::ThreeWay).count()
}

on_both_databases! {
    async fn the_prospect_agrees_first(app) {
        let pair = pair(&app).await;
        let referral = pair.pass(&app, "share").await;
        let link = app.shared_link(referral).await;
        let reply = app.prospect_says(&link, "yes").await;
        assert_eq!(reply.status, 303, "{}", reply.body);
        assert_eq!(app.introduction_state(referral).await, S::Awaiting);
        let told = app.page("", &link).await.body;
        assert!(told.contains("Rolf Receiver Ltd has not agreed yet"), "{told}");
        app.let_undo_time_pass().await;
        assert_eq!(app.introduction_state(referral).await, S::Awaiting, "one side alone introduces nobody");

        pair.accept(&app, referral).await;
        assert_eq!(app.introduction_state(referral).await, S::Agreed);
        app.run_due().await;
        assert_eq!(three_way_count(&app, PROSPECT).await, 0, "the time for undoing runs");
        app.let_undo_time_pass().await;
        assert_eq!(app.introduction_state(referral).await, S::Made);
        assert_eq!(referral_state(&app, referral).await, R::Introduced);
        assert_eq!(three_way_count(&app, PROSPECT).await, 1);
        assert_eq!(three_way_count(&app, &pair.receiver.email).await, 1);
        let mail = app.mail_of(PROSPECT, MailKind::ThreeWay).await;
        assert!(mail.text.contains(&pair.receiver.email) && mail.text.contains(PROSPECT), "{}", mail.text);
        assert!(mail.links.iter().all(|link| !link.starts_with("/i/") && !link.starts_with("/stop/")), "two people see this mail: {:?}", mail.links);
        app.let_undo_time_pass().await;
        assert_eq!(three_way_count(&app, PROSPECT).await, 1, "once is enough");
    }

    async fn the_receiver_agrees_first(app) {
        let pair = pair(&app).await;
        let referral = pair.pass(&app, "share").await;
        let link = app.shared_link(referral).await;
        pair.accept(&app, referral).await;
        app.let_undo_time_pass().await;
        assert_eq!(app.introduction_state(referral).await, S::Awaiting);
        app.prospect_says(&link, "yes").await;
        assert_eq!(app.introduction_state(referral).await, S::Agreed);
        app.clock.advance(Duration::from_secs(119));
        app.run_due().await;
        assert_eq!(app.introduction_state(referral).await, S::Agreed);
        app.clock.advance(Duration::from_secs(1));
        app.run_due().await;
        assert_eq!(app.introduction_state(referral).await, S::Made);
        assert_eq!(referral_state(&app, referral).await, R::Introduced);
        assert!(app.page("", &link).await.body.contains("you were introduced to Rolf Receiver Ltd"));
    }

    async fn every_refusal_ends_the_referral_once_it_can_no_longer_be_taken_back(app) {
        let pair = pair(&app).await;
        for (answer, state) in [("no", S::Refused), ("not_now", S::NotNow), ("never_again", S::Stopped)] {
            let referral = pair.try_pass(&app, pair.input("share", &format!("{answer}@example.org"))).await.unwrap();
            pair.accept(&app, referral).await;
            let link = app.shared_link(referral).await;
            assert_eq!(app.prospect_says(&link, answer).await.status, 303);
            assert_eq!(app.introduction_state(referral).await, state);
            assert_eq!(referral_state(&app, referral).await, R::Accepted, "nobody is told yet");
            let seen = app.get(&pair.giver.token, &format!("/introductions/{}", app.introduction(referral).await.id)).await.ok();
            assert_eq!((&seen["state"], &seen["prospect_answer"]), (&"awaiting".into(), &serde_json::Value::Null));
            app.let_undo_time_pass().await;
            assert_eq!(referral_state(&app, referral).await, R::Closed, "{answer}");
            assert_eq!(three_way_count(&app, &format!("{answer}@example.org")).await, 0);
        }
    }

    async fn an_answer_is_taken_back_in_time(app) {
        let pair = pair(&app).await;
        let referral = pair.pass(&app, "share").await;
        pair.accept(&app, referral).await;
        let link = app.shared_link(referral).await;
        for answer in ["yes", "no", "not_now", "never_again"] {
            app.prospect_says(&link, answer).await;
            assert!(app.page("", &link).await.body.contains("Take my answer back"), "{answer}");
            let undone = app.submit("", &format!("{link}/undo"), &[("language", "en")]).await;
            assert_eq!(undone.status, 303, "{}", undone.body);
            let introduction = app.introduction(referral).await;
            assert_eq!((introduction.state, introduction.prospect_answer, introduction.undo_until), (S::Awaiting, None, None), "{answer}");
            app.let_undo_time_pass().await;
            assert_eq!(referral_state(&app, referral).await, R::Accepted, "{answer} was taken back");
        }
        app.prospect_says(&link, "yes").await;
        app.let_undo_time_pass().await;
        assert_eq!(app.introduction_state(referral).await, S::Made, "the same link answers again");
    }

    async fn whoever_plays_with_the_buttons_comes_to_an_end(app) {
        let pair = pair(&app).await;
        let referral = pair.pass(&app, "share").await;
        let link = app.shared_link(referral).await;
        for number in 0..ANSWERS_MAX {
            assert_eq!(app.introduction(referral).await.answers_count, number);
            app.prospect_says(&link, if number % 2 == 0 { "no" } else { "not_now" }).await;
        }
        app.prospect_says(&link, "no").await;
        assert_eq!(app.introduction(referral).await.answers_count, ANSWERS_MAX);
        assert_eq!(app.submit("", &format!("{link}/undo"), &[("language", "en")]).await.status, 409);
    }

    async fn an_answer_is_taken_back_too_late(app) {
        let pair = pair(&app).await;
        let referral = pair.pass(&app, "share").await;
        pair.accept(&app, referral).await;
        let link = app.shared_link(referral).await;
        app.prospect_says(&link, "no").await;
        app.clock.advance(Duration::from_secs(120));
        let undone = app.submit("", &format!("{link}/undo"), &[("language", "en")]).await;
        assert_eq!(undone.status, 409, "{}", undone.body);
        assert_eq!(app.introduction_state(referral).await, S::Refused);
        assert_eq!(app.prospect_says(&link, "yes").await.status, 303, "it shows the state");
        assert_eq!(app.introduction(referral).await.prospect_answer, Some(ProspectAnswer::No));
    }

    async fn answering_again_shows_the_state_and_changes_nothing(app) {
        let pair = pair(&app).await;
        let referral = pair.pass(&app, "share").await;
        let link = app.shared_link(referral).await;
        app.prospect_says(&link, "yes").await;
        let before = app.introduction(referral).await;
        app.clock.advance(Duration::from_secs(5));
        assert_eq!(app.prospect_says(&link, "yes").await.status, 303);
        assert_eq!(app.introduction(referral).await, before);
        assert!(app.page("", &link).await.body.contains("You said yes on"));
    }

    async fn nobody_answers(app) {
        let pair = pair(&app).await;
        let referral = pair.pass(&app, "share").await;
        pair.accept(&app, referral).await;
        let link = app.shared_link(referral).await;
        app.pass_time(days(14)).await;
        assert_eq!(app.introduction_state(referral).await, S::Expired);
        assert_eq!(referral_state(&app, referral).await, R::Closed);
        let expired = app.page("", &link).await;
        let unknown = app.page("", &format!("/i/{}", "x".repeat(43))).await;
        assert_eq!((expired.status, &expired.body), (unknown.status, &unknown.body), "unknown and expired look alike");
        assert_eq!(expired.status, 404);
        assert_eq!(app.prospect_says(&link, "yes").await.status, 404);
        assert_eq!(app.introduction_state(referral).await, S::Expired);
    }

    async fn a_declined_offer_closes_the_introduction(app) {
        let pair = pair(&app).await;
        let referral = pair.pass(&app, "attested").await;
        app.run_due().await;
        let link = app.mail_of(PROSPECT, MailKind::IntroductionAttested).await.link("/i/");
        let principal = pair.receiver.principal();
        app.state.db.write(move |tx| referrals::commands::decline(tx, &principal, referral, referrals::model::DeclineReason::NoCapacity, None)).await.unwrap();
        assert_eq!(app.introduction_state(referral).await, S::Closed);
        let page = app.page("", &link).await.body;
        assert!(page.contains("does not go ahead") && !page.contains("<form"), "{page}");
        app.prospect_says(&link, "yes").await;
        assert_eq!(app.introduction(referral).await.prospect_answer, None);
    }
}

//! Mail gateways open links and press buttons: looking changes nothing, and no machine agrees for a person.

use std::time::Duration;

use actix_web::http::Method;
use actix_web::test::TestRequest;
use kularing::introductions::model::{CODE_FAILURES_MAX, IntroductionState as S, ProspectAnswer};
use kularing::outbox::MailKind;

use crate::on_both_databases;
use crate::support::TestApp;
use crate::support::introductions::{PROSPECT, Pair, pair};

/// A referral on the path "attested", whose mail has arrived just now; with the prospect's link.
async fn mailed(app: &TestApp, pair: &Pair) -> (kularing::kernel::id::ReferralId, String) {
    let referral = pair.pass(app, "attested").await;
    app.run_due().await;
    let link = app.mail_of(PROSPECT, MailKind::IntroductionAttested).await.link("/i/");
    assert!(app.introduction(referral).await.delivered_at.is_some(), "the outbox tells that the mail was taken");
    (referral, link)
}

on_both_databases! {
    async fn looking_changes_nothing(app) {
        let pair = pair(&app).await;
        let (_, link) = mailed(&app, &pair).await;
        let stop = app.mail_of(PROSPECT, MailKind::IntroductionAttested).await.link("/stop/");
        let before = app.dump().await;
        for path in [link.clone(), format!("{link}?a=yes"), format!("{link}?a=never_again&utm_source=x"), format!("{link}?answer=yes&language=de"), stop] {
            for method in [Method::GET, Method::HEAD] {
                let reply = app.send(TestRequest::default().method(method).uri(&path)).await;
                assert_eq!(reply.status, 200, "{path}");
            }
        }
        for path in [format!("{link}/undo"), format!("{link}/withdraw")] {
            assert!(app.page("", &path).await.status.is_client_error(), "only a POST does something");
        }
        assert_eq!(before, app.dump().await);
        app.prospect_says(&link, "no").await;
        let after = app.dump().await;
        for table in ["introduction", "consent", "timer"] {
            assert_ne!(before[table], after[table], "an answer does change {table}");
        }
    }

    async fn an_answer_sooner_than_a_person_reads_needs_the_code(app) {
        let pair = pair(&app).await;
        let (referral, link) = mailed(&app, &pair).await;
        app.clock.advance(Duration::from_secs(9));
        let reply = app.prospect_says(&link, "yes").await;
        assert_eq!(reply.status, 422);
        assert!(reply.body.contains("four-digit code"), "{}", reply.body);
        let introduction = app.introduction(referral).await;
        assert!(introduction.scanner_suspected);
        assert_eq!(introduction.prospect_answer, None);

        app.clock.advance(Duration::from_secs(3_600));
        assert_eq!(app.prospect_says(&link, "yes").await.status, 422, "the suspicion stays");
        let mail = app.mail_of(PROSPECT, MailKind::IntroductionAttested).await;
        assert!(mail.text.contains(&introduction.code), "the code is printed in the mail: {}", mail.text);
        let reply = app.submit("", &link, &[("answer", "yes"), ("code", &introduction.code)]).await;
        assert_eq!(reply.status, 303, "{}", reply.body);
        assert_eq!(app.introduction(referral).await.prospect_answer, Some(ProspectAnswer::Yes));
    }

    async fn a_person_who_takes_his_time_needs_no_code(app) {
        let pair = pair(&app).await;
        let (referral, link) = mailed(&app, &pair).await;
        app.clock.advance(Duration::from_secs(10));
        assert_eq!(app.prospect_says(&link, "yes").await.status, 303);
        assert!(!app.introduction(referral).await.scanner_suspected);
    }

    async fn two_answers_that_contradict_each_other_need_the_code(app) {
        let pair = pair(&app).await;
        let referral = pair.pass(&app, "share").await;
        pair.accept(&app, referral).await;
        let link = app.shared_link(referral).await;
        app.prospect_says(&link, "no").await;
        app.clock.advance(Duration::from_secs(59));
        assert_eq!(app.prospect_says(&link, "yes").await.status, 422);
        assert_eq!(app.introduction_state(referral).await, S::Refused, "the refusal stands");
        let code = app.introduction(referral).await.code;
        assert_eq!(app.submit("", &link, &[("answer", "yes"), ("code", &code)]).await.status, 303);
        assert_eq!(app.introduction_state(referral).await, S::Agreed);
    }

    async fn refusing_always_works(app) {
        let pair = pair(&app).await;
        let (referral, link) = mailed(&app, &pair).await;
        app.prospect_says(&link, "yes").await;
        let reply = app.submit("", &link, &[("answer", "never_again"), ("website", "http://spam.example")]).await;
        assert_eq!(reply.status, 303, "{}", reply.body);
        assert_eq!(app.introduction_state(referral).await, S::Stopped);
    }

    async fn whoever_presses_what_nobody_sees_is_a_machine(app) {
        let pair = pair(&app).await;
        for (number, trap) in [("website", "x"), ("press", "everything")].into_iter().enumerate() {
            let referral = pair.try_pass(&app, pair.input("share", &format!("trap{number}@example.org"))).await.unwrap();
            let link = app.shared_link(referral).await;
            assert_eq!(app.submit("", &link, &[trap]).await.status, 422);
            assert!(app.introduction(referral).await.scanner_suspected);
            assert_eq!(app.prospect_says(&link, "yes").await.status, 422, "the code is needed from now on");
            assert_eq!(app.introduction(referral).await.prospect_answer, None);
        }
        let referral = pair.try_pass(&app, pair.input("share", "both@example.org")).await.unwrap();
        let link = app.shared_link(referral).await;
        assert_eq!(app.submit("", &link, &[("answer", "yes"), ("website", "x")]).await.status, 422);
        assert_eq!(app.introduction(referral).await.prospect_answer, None);
    }

    async fn the_code_cannot_be_guessed(app) {
        let pair = pair(&app).await;
        let referral = pair.pass(&app, "share").await;
        let link = app.shared_link(referral).await;
        app.submit("", &link, &[("press", "everything")]).await;
        let code = app.introduction(referral).await.code;
        let wrong = if code == "0000" { "0001" } else { "0000" };
        for _ in 0..CODE_FAILURES_MAX {
            assert_eq!(app.submit("", &link, &[("answer", "yes"), ("code", wrong)]).await.status, 422);
        }
        let locked = app.submit("", &link, &[("answer", "yes"), ("code", &code)]).await;
        assert_eq!(locked.status, 422);
        assert!(locked.body.contains("mistyped too often"), "{}", locked.body);
        assert_eq!(app.introduction(referral).await.prospect_answer, None);
        assert_eq!(app.prospect_says(&link, "no").await.status, 303);
        assert_eq!(app.introduction_state(referral).await, S::Refused);
    }

    async fn sending_without_a_choice_is_an_error(app) {
        let pair = pair(&app).await;
        let referral = pair.pass(&app, "share").await;
        let link = app.shared_link(referral).await;
        let before = app.dump().await;
        for fields in [vec![("language", "en")], vec![("answer", "")], vec![("answer", "perhaps")]] {
            let reply = app.submit("", &link, &fields).await;
            assert_eq!(reply.status, 422);
            assert!(reply.body.contains("Please choose one of the answers"), "{}", reply.body);
        }
        assert_eq!(before, app.dump().await);
    }
}

//! Who may be asked, and how often.

use std::time::Duration;

use kularing::circles::policy::ConsentPath;
use kularing::introductions::model::{IntroductionState as S, PER_ADDRESS_AND_YEAR};
use kularing::introductions::record::{SuppressionReason, SuppressionScope};
use kularing::introductions::{commands, views};
use kularing::kernel::clock::days;
use kularing::kernel::id::ReferralId;
use kularing::kernel::{EmailAddress, Failure};
use kularing::referrals;

use crate::on_both_databases;
use crate::support::TestApp;
use crate::support::introductions::{PROSPECT, Pair, pair};

/// Withdraws a referral, so that its prospect is free for another.
async fn withdraw(app: &TestApp, pair: &Pair, referral: ReferralId) {
    let principal = pair.giver.principal();
    app.state.db.write(move |tx| referrals::commands::withdraw(tx, &principal, referral, None)).await.unwrap();
}

#[track_caller]
fn not_available(outcome: Result<ReferralId, Failure>) {
    assert_eq!(outcome.unwrap_err().code(), "prospect_not_available");
}

async fn the_server_asks(backend: crate::support::Backend) {
    let app = TestApp::start_with(backend, |config| config.introductions.ask_allowed = true);
    let pair = pair(&app).await;
    let referral = pair.pass(&app, "ask").await;
    app.run_due().await;
    let mail = app.mail_of(PROSPECT, kularing::outbox::MailKind::Introduction).await;
    for header in ["List-Unsubscribe:", "List-Unsubscribe-Post: List-Unsubscribe=One-Click", &pair.giver.email] {
        assert!(mail.raw.contains(header), "{header}: {}", mail.raw);
    }
    app.clock.advance(Duration::from_secs(30));
    pair.accept(&app, referral).await;
    app.prospect_says(&mail.link("/i/"), "yes").await;
    app.let_undo_time_pass().await;
    assert_eq!(app.introduction_state(referral).await, S::Made);
}

#[actix_web::test]
async fn the_server_asks_where_it_is_allowed_on_sqlite() {
    the_server_asks(crate::support::Backend::Sqlite).await;
}

#[actix_web::test]
async fn the_server_asks_where_it_is_allowed_on_postgres() {
    if crate::support::database::postgres_is_asked_for() {
        the_server_asks(crate::support::Backend::Postgres).await;
    }
}

on_both_databases! {
    async fn one_open_introduction_per_address(app) {
        let pair = pair(&app).await;
        let other = crate::support::circles::value_chain(&app, &pair.giver, &[(&pair.receiver, "electrician")]).await;
        let first = pair.pass(&app, "share").await;
        let elsewhere = Pair { giver: pair.giver.clone(), receiver: pair.receiver.clone(), circle: other };
        not_available(elsewhere.try_pass(&app, pair.input("share", "Paula.Prospect@EXAMPLE.org")).await);
        withdraw(&app, &pair, first).await;
        assert_eq!(app.introduction_state(first).await, S::Closed);
        elsewhere.try_pass(&app, pair.input("share", PROSPECT)).await.unwrap();
    }

    async fn a_few_introductions_per_address_and_year(app) {
        let pair = pair(&app).await;
        for _ in 0..PER_ADDRESS_AND_YEAR {
            let referral = pair.pass(&app, "share").await;
            withdraw(&app, &pair, referral).await;
            app.clock.advance(days(2));
        }
        not_available(pair.try_pass(&app, pair.input("share", PROSPECT)).await);
        app.clock.advance(days(365));
        pair.pass(&app, "share").await;
    }

    async fn a_suppressed_address_looks_like_a_busy_one(app) {
        let pair = pair(&app).await;
        let circle = pair.circle;
        for (number, scope) in [SuppressionScope::Everything, SuppressionScope::Circle].into_iter().enumerate() {
            let address = format!("quiet{number}@example.org");
            let key = app.state.secret().keyed_hash("address", EmailAddress::parse(&address).unwrap().normalised());
            let circle = (scope == SuppressionScope::Circle).then_some(circle);
            app.state.db.write(move |tx| commands::suppress(tx, &key, scope, circle, SuppressionReason::Operator)).await.unwrap();
            not_available(pair.try_pass(&app, pair.input("share", &address)).await);
        }
        let reminders = app.state.secret().keyed_hash("address", PROSPECT);
        app.state.db.write(move |tx| commands::suppress(tx, &reminders, SuppressionScope::Reminders, None, SuppressionReason::StopLink)).await.unwrap();
        pair.pass(&app, "share").await;
    }

    async fn never_again_means_never_again(app) {
        let pair = pair(&app).await;
        let mut input = pair.input("share", PROSPECT);
        input["prospect"]["phone"] = "+49 30 1234567".into();
        let referral = pair.try_pass(&app, input).await.unwrap();
        let link = app.shared_link(referral).await;
        app.prospect_says(&link, "never_again").await;
        app.let_undo_time_pass().await;
        not_available(pair.try_pass(&app, pair.input("share", PROSPECT)).await);
        let mut by_phone = pair.input("share", "");
        by_phone["prospect"]["phone"] = "030 1234567".into();
        not_available(pair.try_pass(&app, by_phone).await);
        let key = app.state.secret().keyed_hash("address", PROSPECT);
        assert!(app.state.db.read(move |connection| views::suppressed(connection, &key, SuppressionScope::Digests, None)).await.unwrap());
    }

    async fn without_an_address_only_sharing_is_possible(app) {
        let pair = pair(&app).await;
        let mut input = pair.input("attested", "");
        input["prospect"]["phone"] = "+49 30 1234567".into();
        let Failure::Invalid(errors) = pair.try_pass(&app, input.clone()).await.unwrap_err() else { panic!("a field is wrong") };
        assert!(errors.iter().any(|error| error.field == "prospect.email"), "{errors:?}");
        input["consent_path"] = "share".into();
        let referral = pair.try_pass(&app, input).await.unwrap();
        let link = app.shared_link(referral).await;
        pair.accept(&app, referral).await;
        app.prospect_says(&link, "yes").await;
        app.let_undo_time_pass().await;
        assert_eq!(app.introduction_state(referral).await, S::Made);
        let mail = app.mail_of(&pair.receiver.email, kularing::outbox::MailKind::ThreeWay).await;
        assert!(mail.text.contains("+49301234567"), "{}", mail.text);
    }

    async fn the_server_asks_nobody_unless_it_is_switched_on(app) {
        let pair = pair(&app).await;
        let Failure::Invalid(errors) = pair.try_pass(&app, pair.input("ask", PROSPECT)).await.unwrap_err() else { panic!("a field is wrong") };
        assert_eq!(errors[0].field, "consent_path");
        assert!(!app.state.config.introductions.ask_allowed);
        assert!(!kularing::circles::policy::Policy::default().consent_paths.contains(&ConsentPath::Ask));
    }

    async fn undecided_data_is_wiped_after_thirty_days(app) {
        let pair = pair(&app).await;
        let referral = pair.pass(&app, "share").await;
        let link = app.shared_link(referral).await;
        app.prospect_says(&link, "no").await;
        app.let_undo_time_pass().await;
        let prospect = |app: &TestApp| app.state.db.read(move |connection| referrals::views::prospect(connection, referral));
        app.pass_time(days(29)).await;
        assert!(prospect(&app).await.unwrap().is_some());
        app.pass_time(days(1)).await;
        assert!(prospect(&app).await.unwrap().is_none());
        let introduction = app.introduction(referral).await;
        assert!(introduction.wiped_at.is_some());
        assert!(introduction.address_key.is_some(), "the limits still know the address");
        assert_eq!(app.page("", &link).await.status, 404);
    }

    async fn a_yes_without_a_receiver_is_wiped_too(app) {
        let pair = pair(&app).await;
        let referral = pair.pass(&app, "share").await;
        let link = app.shared_link(referral).await;
        app.prospect_says(&link, "yes").await;
        app.pass_time(days(30) + Duration::from_secs(3_600)).await;
        let introduction = app.introduction(referral).await;
        assert_eq!(introduction.state, S::Closed, "the offer ran out");
        assert!(introduction.wiped_at.is_some());
        assert!(app.state.db.read(move |connection| referrals::views::prospect(connection, referral)).await.unwrap().is_none());
    }
}

//! The ledger: what is posted, held, reversed and refused.

use diesel::prelude::*;
use kularing::kernel::id::Identifier;
use kularing::kernel::{Actor, Failure};
use kularing::reciprocity::model::{AMOUNT_MAX, COUNTER_MAX, Reason};
use kularing::reciprocity::views::Balance;
use kularing::reciprocity::{commands, views};

use kularing::referrals::model::ReferralState;

use crate::on_both_databases;
use crate::support::TestApp;
use crate::support::ledger::{Ring, insert_business, verified};

async fn balance(app: &TestApp, ring: &Ring, member: usize) -> Balance {
    let (circle, business) = (ring.circle, ring.members[member]);
    app.state.db.read(move |connection| views::balance(connection, circle, business)).await.unwrap()
}

fn standing(given: i64, received: i64, pending_given: i64, pending_received: i64) -> Balance {
    Balance { given, received, balance: given - received, pending_given, pending_received }
}

on_both_databases! {
    async fn the_receiver_owes_what_the_giver_gave(app) {
        let ring = Ring::of(&app.state.db, 2).await;
        let posting = ring.posting(0, 1, 10, "first");
        let posted = app.state.db.write(move |tx| commands::post(tx, posting)).await.unwrap();
        assert!(posted.is_some());
        assert_eq!(balance(&app, &ring, 0).await, standing(10, 0, 0, 0));
        assert_eq!(balance(&app, &ring, 1).await, standing(0, 10, 0, 0));
    }

    async fn a_key_posts_once(app) {
        let ring = Ring::of(&app.state.db, 3).await;
        let post = |posting| app.state.db.write(move |tx| commands::post(tx, posting));
        let first = post(ring.posting(0, 1, 10, "same")).await.unwrap();
        assert_eq!(post(ring.posting(0, 1, 10, "same")).await.unwrap(), first);
        for other in [ring.posting(0, 1, 11, "same"), ring.posting(1, 0, 10, "same"), ring.posting(0, 2, 10, "same")] {
            assert_eq!(post(other).await.unwrap_err().code(), "idem_conflict");
        }
        let elsewhere = Ring::of(&app.state.db, 2).await;
        assert_eq!(post(elsewhere.posting(0, 1, 10, "same")).await.unwrap_err().code(), "idem_conflict");
        assert_eq!(balance(&app, &ring, 0).await, standing(10, 0, 0, 0));
    }

    async fn a_reversal_swaps_the_sides_and_nets_to_zero(app) {
        let ring = Ring::of(&app.state.db, 2).await;
        let posting = ring.posting(0, 1, 7, "wrong");
        let posted = app.state.db.write(move |tx| commands::post(tx, posting)).await.unwrap().unwrap();
        let reversal = app.state.db.write(move |tx| commands::reverse(tx, posted, Actor::System)).await.unwrap();
        assert_eq!(balance(&app, &ring, 0).await, standing(7, 7, 0, 0));
        let again = app.state.db.write(move |tx| commands::reverse(tx, posted, Actor::System)).await.unwrap();
        assert_eq!(again, reversal);
        let refused = app.state.db.write(move |tx| commands::reverse(tx, reversal, Actor::System)).await.unwrap_err();
        assert_eq!(refused.code(), "is_reversal");
        assert_eq!(balance(&app, &ring, 1).await, standing(7, 7, 0, 0));
    }

    async fn a_hold_is_posted_once_at_the_introduction(app) {
        let ring = Ring::of(&app.state.db, 2).await;
        let seed = ring.clone();
        let referral = app.state.db.write(move |tx| {
            let referral = seed.insert_referral(tx, 0, 1, ReferralState::Accepted)?;
            let placed = commands::place_hold(tx, &seed.hold(referral, 0, 1, 10))?;
            assert_eq!(commands::place_hold(tx, &seed.hold(referral, 0, 1, 10))?, placed);
            assert_eq!(commands::place_hold(tx, &seed.hold(referral, 0, 1, 11)).unwrap_err().code(), "hold_open");
            Ok(referral)
        }).await.unwrap();
        assert_eq!(balance(&app, &ring, 0).await, standing(0, 0, 10, 0));
        assert_eq!(balance(&app, &ring, 1).await, standing(0, 0, 0, 10));
        let post = || app.state.db.write(move |tx| commands::post_hold(tx, referral, Actor::Clock));
        let posted = post().await.unwrap();
        assert!(posted.is_some());
        assert_eq!(post().await.unwrap(), posted);
        app.state.db.write(move |tx| commands::void_hold(tx, referral)).await.unwrap();
        assert_eq!(balance(&app, &ring, 0).await, standing(10, 0, 0, 0));
        let transfers = app.state.db.read(move |connection| views::transfers_of_referral(connection, referral)).await.unwrap();
        assert_eq!(transfers.iter().map(|entry| (entry.seq, entry.reason)).collect::<Vec<_>>(), [(1, Reason::Introduced)]);
    }

    async fn a_void_hold_posts_nothing_and_a_new_one_may_follow(app) {
        let ring = Ring::of(&app.state.db, 2).await;
        let seed = ring.clone();
        app.state.db.write(move |tx| {
            let referral = seed.insert_referral(tx, 0, 1, ReferralState::Accepted)?;
            commands::place_hold(tx, &seed.hold(referral, 0, 1, 10))?;
            commands::expire_hold(tx, referral)?;
            assert_eq!(commands::post_hold(tx, referral, Actor::Clock)?, None);
            commands::place_hold(tx, &seed.hold(referral, 0, 1, 12))?;
            assert!(commands::post_hold(tx, referral, Actor::Clock)?.is_some());
            Ok(())
        }).await.unwrap();
        assert_eq!(balance(&app, &ring, 0).await, standing(12, 0, 0, 0));
    }

    async fn what_was_posted_for_an_invalid_referral_is_taken_back(app) {
        let ring = Ring::of(&app.state.db, 2).await;
        let seed = ring.clone();
        app.state.db.write(move |tx| {
            let referral = seed.insert_referral(tx, 0, 1, ReferralState::Accepted)?;
            commands::place_hold(tx, &seed.hold(referral, 0, 1, 10))?;
            commands::post_hold(tx, referral, Actor::Clock)?;
            commands::post(tx, seed.won(referral, 0, 1))?;
            assert_eq!(commands::reverse_referral(tx, referral, Actor::System)?.len(), 2);
            assert_eq!(commands::reverse_referral(tx, referral, Actor::System)?.len(), 2);
            Ok(())
        }).await.unwrap();
        assert_eq!(balance(&app, &ring, 0).await, standing(30, 30, 0, 0));
        assert_eq!(balance(&app, &ring, 1).await, standing(30, 30, 0, 0));
    }

    async fn nothing_is_posted_where_a_trade_is_regulated_or_the_amount_is_zero(app) {
        let mut ring = Ring::of(&app.state.db, 1).await;
        ring.members.push(app.state.db.write(|tx| insert_business(tx, true)).await.unwrap());
        let seed = ring.clone();
        app.state.db.write(move |tx| {
            assert_eq!(commands::post(tx, seed.posting(0, 1, 10, "to"))?, None);
            assert_eq!(commands::post(tx, seed.posting(1, 0, 10, "from"))?, None);
            let referral = seed.insert_referral(tx, 0, 1, ReferralState::Accepted)?;
            assert_eq!(commands::place_hold(tx, &seed.hold(referral, 0, 1, 10))?, None);
            assert_eq!(commands::post_hold(tx, referral, Actor::Clock)?, None);
            Ok(())
        }).await.unwrap();
        assert_eq!(balance(&app, &ring, 0).await, standing(0, 0, 0, 0));
        let ring = Ring::of(&app.state.db, 2).await;
        let nothing = ring.posting(0, 1, 0, "zero");
        assert_eq!(app.state.db.write(move |tx| commands::post(tx, nothing)).await.unwrap(), None);
    }

    async fn limits_are_refused_with_their_reason(app) {
        let ring = Ring::of(&app.state.db, 2).await;
        let post = |posting| app.state.db.write(move |tx| commands::post(tx, posting));
        for posting in [ring.posting(0, 1, -1, "a"), ring.posting(0, 1, AMOUNT_MAX + 1, "b"), ring.posting(0, 1, i64::MIN, "c"), ring.posting(0, 0, 5, "d")] {
            assert!(matches!(post(posting).await, Err(Failure::Invalid(_))));
        }
        let seed = ring.clone();
        app.state.db.write(move |tx| {
            for number in 0..COUNTER_MAX / AMOUNT_MAX {
                commands::post(tx, seed.posting(0, 1, AMOUNT_MAX, &number.to_string()))?;
            }
            Ok(())
        }).await.unwrap();
        assert_eq!(post(ring.posting(0, 1, 1, "one too many")).await.unwrap_err().code(), "ledger_limit");
        assert_eq!(balance(&app, &ring, 0).await, standing(COUNTER_MAX, 0, 0, 0));
    }

    async fn transfers_never_change(app) {
        let ring = Ring::of(&app.state.db, 2).await;
        let posting = ring.posting(0, 1, 10, "first");
        let posted = app.state.db.write(move |tx| commands::post(tx, posting)).await.unwrap().unwrap();
        for statement in [format!("UPDATE transfer SET amount = 1 WHERE id = {}", posted.raw()), "DELETE FROM transfer".to_owned()] {
            let outcome = app.state.db.write(move |tx| { diesel::sql_query(statement).execute(&mut **tx)?; Ok(()) }).await;
            assert!(outcome.unwrap_err().to_string().contains("append-only"));
        }
    }

    async fn many_at_once_leave_one_chain(app) {
        let ring = Ring::of(&app.state.db, 4).await;
        let posts: Vec<_> = (0..60).map(|number| {
            let posting = ring.posting(number % 4, (number + 1 + number / 4 % 3) % 4, 1 + number as i64, &number.to_string());
            tokio::spawn(app.state.db.write(move |tx| commands::post(tx, posting)))
        }).collect();
        let mut seen = 0;
        for post in posts {
            seen += usize::from(post.await.unwrap().unwrap().is_some());
        }
        assert_eq!(seen, 60);
        let mut sums = (0, 0);
        for member in 0..4 {
            let balance = balance(&app, &ring, member).await;
            sums = (sums.0 + balance.given, sums.1 + balance.received);
        }
        assert_eq!(sums, (1830, 1830));
        let report = verified(&app);
        assert!(report.is_clean(), "{report}");
        assert_eq!(report.checked.transfers, 60);
    }
}

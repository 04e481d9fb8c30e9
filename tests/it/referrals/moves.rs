//! Every move by everybody in every state, against the table.

use kularing::kernel::id::ReferralId;
use kularing::referrals::commands;
use kularing::referrals::model::{CloseReason, Move, ReferralState, Relation, Situation, possible};
use serde_json::{Value, json};

use super::{Cast, cast};
use crate::on_both_databases;
use crate::support::TestApp;
use crate::support::accounts::TestPerson;
use crate::support::referrals::{accepted, contacted, content, drafted, introduced, make, passed, state_of, won};

/// The moves that people make, with a body that fits.
fn bodies(cast: &Cast) -> Vec<(Move, Value)> {
    vec![
        (Move::Pass, json!({})),
        (Move::PassOn, json!({ "receiver": cast.rita.business })),
        (Move::Accept, json!({})),
        (Move::Decline, json!({ "reason": "other" })),
        (Move::Withdraw, json!({})),
        (Move::Contact, json!({})),
        (Move::Quote, json!({})),
        (Move::Win, json!({})),
        (Move::Lose, json!({ "reason": "other" })),
        (Move::Undo, json!({})),
        (Move::Dispute, json!({ "reason": "other", "words": "It was never so" })),
    ]
}

async fn referral_in(app: &TestApp, cast: &Cast, state: ReferralState) -> ReferralId {
    let (anna, erik, circle) = (&cast.anna, &cast.erik, cast.circle);
    match state {
        ReferralState::Draft => drafted(app, anna, content(circle, erik)).await,
        ReferralState::Offered => passed(app, anna, erik, circle).await,
        ReferralState::Accepted => accepted(app, anna, erik, circle).await,
        ReferralState::Introduced => introduced(app, anna, erik, circle).await,
        ReferralState::Contacted => contacted(app, anna, erik, circle).await,
        ReferralState::Won => won(app, anna, erik, circle, 100).await,
        ReferralState::Quoted => {
            let id = contacted(app, anna, erik, circle).await;
            make(app, erik, id, "quote", json!({})).await;
            id
        }
        ReferralState::Lost => {
            let id = contacted(app, anna, erik, circle).await;
            make(app, erik, id, "lose", json!({ "reason": "other" })).await;
            id
        }
        ReferralState::Declined => {
            let id = passed(app, anna, erik, circle).await;
            make(app, erik, id, "decline", json!({ "reason": "other" })).await;
            id
        }
        ReferralState::Expired => {
            let id = passed(app, anna, erik, circle).await;
            app.pass_time(kularing::kernel::clock::hours(49)).await;
            id
        }
        ReferralState::Closed => {
            let id = accepted(app, anna, erik, circle).await;
            app.state.db.write(move |tx| commands::close_without_introduction(tx, id, CloseReason::Refused)).await.unwrap();
            id
        }
        ReferralState::Withdrawn => {
            let id = accepted(app, anna, erik, circle).await;
            make(app, anna, id, "withdraw", json!({})).await;
            id
        }
        ReferralState::Invalid => {
            let id = introduced(app, anna, erik, circle).await;
            make(app, erik, id, "dispute", json!({ "reason": "no_need", "words": "No need" })).await;
            make(app, &cast.otto, id, "decide-dispute", json!({ "verdict": "uphold", "words": "Agreed" })).await;
            id
        }
    }
}

/// What somebody is to Anna's referral to Erik in this state.
fn relations(cast: &Cast, who: &TestPerson, state: ReferralState) -> Vec<Relation> {
    if who.business == cast.anna.business {
        return vec![Relation::Giver];
    }
    if state == ReferralState::Draft {
        return Vec::new();
    }
    if who.business == cast.erik.business {
        return if matches!(state, ReferralState::Declined | ReferralState::Expired) { Vec::new() } else { vec![Relation::Receiver] };
    }
    if who.business == cast.otto.business { vec![Relation::Organiser] } else { Vec::new() }
}

async fn try_every_illegal_move(app: &TestApp, cast: &Cast, state: ReferralState) {
    let id = referral_in(app, cast, state).await;
    if state != ReferralState::Draft {
        assert_eq!(state_of(app, id).await, state);
    }
    // Old enough that nothing can be taken back.
    app.clock.advance(std::time::Duration::from_secs(180));
    for who in [&cast.anna, &cast.erik, &cast.otto, &cast.rita, &cast.stranger] {
        let relations = relations(cast, who, state);
        let allowed = possible(&Situation::of(state), &relations);
        for (made, body) in bodies(cast) {
            // Who knows nothing of it is told so whatever he tries: two moves show it.
            if allowed.contains(&made) || (relations.is_empty() && !matches!(made, Move::Accept | Move::Withdraw)) {
                continue;
            }
            let reply = app.post(&who.token, &format!("/referrals/{id}/{made}"), body).await;
            if relations.is_empty() {
                reply.fails(404, "not_found");
                continue;
            }
            let problem = reply.fails(409, "move_not_possible");
            let named: Vec<&str> = problem["possible"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
            let expected: Vec<&str> = allowed.iter().map(|made| made.as_str()).collect();
            assert_eq!(named, expected, "{} as {relations:?} in {state}", who.name);
        }
        if !relations.is_empty() {
            let view = app.get(&who.token, &format!("/referrals/{id}")).await.ok();
            let shown: Vec<&str> = view["possible"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
            assert_eq!(shown, allowed.iter().map(|made| made.as_str()).collect::<Vec<_>>(), "{} in {state}", who.name);
        }
    }
    if state != ReferralState::Draft {
        assert_eq!(state_of(app, id).await, state, "a refused move changed something");
    }
}

on_both_databases! {
    async fn what_the_table_does_not_allow_before_the_introduction_is_refused(app) {
        let cast = cast(&app).await;
        for state in [ReferralState::Draft, ReferralState::Offered, ReferralState::Accepted, ReferralState::Declined, ReferralState::Expired] {
            try_every_illegal_move(&app, &cast, state).await;
        }
    }

    async fn what_the_table_does_not_allow_after_the_introduction_is_refused(app) {
        let cast = cast(&app).await;
        for state in [ReferralState::Introduced, ReferralState::Contacted, ReferralState::Quoted, ReferralState::Won, ReferralState::Lost] {
            try_every_illegal_move(&app, &cast, state).await;
        }
    }

    async fn what_is_over_does_not_move(app) {
        let cast = cast(&app).await;
        for state in [ReferralState::Closed, ReferralState::Withdrawn, ReferralState::Invalid] {
            try_every_illegal_move(&app, &cast, state).await;
        }
    }

    async fn clocks_and_introductions_that_come_too_late_do_nothing(app) {
        let cast = cast(&app).await;
        for state in [ReferralState::Withdrawn, ReferralState::Won, ReferralState::Invalid] {
            let id = referral_in(&app, &cast, state).await;
            app.state.db.write(move |tx| {
                commands::mark_introduced(tx, id)?;
                commands::close_without_introduction(tx, id, CloseReason::Refused)?;
                commands::remind_contact(tx, id)?;
                commands::nudge(tx, id)?;
                commands::end_silent(tx, id)
            }).await.unwrap();
            assert_eq!(state_of(&app, id).await, state);
        }
    }
}

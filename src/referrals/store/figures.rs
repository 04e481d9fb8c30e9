//! What became of a circle's offers and referrals, as numbers.

use diesel::dsl::count_star;
use diesel::prelude::*;

use crate::db::AnyConn;
use crate::db::schema::{offer, referral};
use crate::kernel::Answer;
use crate::kernel::clock::Timestamp;
use crate::kernel::id::CircleId;
use crate::referrals::model::{OfferState, ReferralState};

/// The newest offers of a circle since a moment that were answered or ran out: outcome, when offered, when answered.
pub fn answers_since(connection: &mut AnyConn, circle: CircleId, since: Timestamp, limit: i64) -> Answer<Vec<(OfferState, Timestamp, Option<Timestamp>)>> {
    Ok(referral::table
        .inner_join(offer::table.on(offer::referral_id.eq(referral::id)))
        .filter(referral::circle_id.eq(circle).and(offer::offered_at.ge(since)))
        .filter(offer::state.eq_any([OfferState::Accepted, OfferState::Declined, OfferState::Expired]))
        .order((referral::id.desc(), offer::id.desc()))
        .limit(limit)
        .select((offer::state, offer::offered_at, offer::answered_at))
        .load(connection)?)
}

/// How many referrals of a circle that were introduced since a moment stand in each state.
pub fn outcomes_since(connection: &mut AnyConn, circle: CircleId, since: Timestamp) -> Answer<Vec<(ReferralState, i64)>> {
    Ok(referral::table
        .filter(referral::circle_id.eq(circle).and(referral::introduced_at.ge(since)))
        .group_by(referral::state)
        .order(referral::state)
        .select((referral::state, count_star()))
        .load(connection)?)
}

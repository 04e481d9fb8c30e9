//! What became of a circle's offers and referrals, for its figures: numbers only, no names. Whoever shows them asks first who may.

use crate::db::AnyConn;
use crate::kernel::Answer;
use crate::kernel::clock::Timestamp;
use crate::kernel::id::CircleId;
use crate::referrals::model::{OfferState, ReferralState};
use crate::referrals::store;

/// An offer that was answered or ran out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OfferAnswer {
    /// Accepted, declined or expired.
    pub outcome: OfferState,
    /// When it was put to the receiver.
    pub offered_at: Timestamp,
    /// When it was answered or ran out.
    pub answered_at: Option<Timestamp>,
}

/// The offers of a circle since a moment that were accepted, declined or ran out, newest first, at most `limit`. One query.
pub fn answers_since(connection: &mut AnyConn, circle: CircleId, since: Timestamp, limit: usize) -> Answer<Vec<OfferAnswer>> {
    let rows = store::answers_since(connection, circle, since, i64::try_from(limit).unwrap_or(i64::MAX))?;
    Ok(rows.into_iter().map(|(outcome, offered_at, answered_at)| OfferAnswer { outcome, offered_at, answered_at }).collect())
}

/// How many of a circle's referrals that were introduced since a moment stand in each state. One query.
pub fn outcomes_since(connection: &mut AnyConn, circle: CircleId, since: Timestamp) -> Answer<Vec<(ReferralState, i64)>> {
    store::outcomes_since(connection, circle, since)
}

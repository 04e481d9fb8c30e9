//! What was introduced in a circle, with the times of the offers: for counting, without prospects and words.

use crate::db::AnyConn;
use crate::kernel::id::{BusinessId, CircleId, ReferralId};
use crate::kernel::{Answer, Timestamp};
use crate::referrals::store;

/// A referral that came to an introduction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Introduced {
    /// Which.
    pub referral: ReferralId,
    /// Who passed it.
    pub giver: BusinessId,
    /// Who received it.
    pub receiver: BusinessId,
    /// When it was put to the receiver.
    pub offered_at: Timestamp,
    /// When the receiver agreed.
    pub answered_at: Option<Timestamp>,
}

/// What was introduced in a circle since a moment, the newest first. What an organiser found invalid is left out.
pub fn introduced_since(connection: &mut AnyConn, circle: CircleId, since: Timestamp, limit: i64) -> Answer<Vec<Introduced>> {
    let rows = store::introduced_since(connection, circle, since, limit)?;
    let introduced = |(referral, giver, receiver, offered_at, answered_at)| Introduced { referral, giver, receiver, offered_at, answered_at };
    Ok(rows.into_iter().map(introduced).collect())
}

/// A referral that came to an introduction among some businesses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IntroducedAmong {
    /// Which.
    pub referral: ReferralId,
    /// Who passed it.
    pub giver: BusinessId,
    /// Who received it.
    pub receiver: BusinessId,
    /// When both were introduced.
    pub at: Timestamp,
}

/// What passed among these businesses in a circle and was introduced since a moment, the newest first. What an organiser found
/// invalid is left out.
pub fn introduced_among(connection: &mut AnyConn, circle: CircleId, members: &[BusinessId], since: Timestamp, limit: i64) -> Answer<Vec<IntroducedAmong>> {
    let rows = store::introduced_among(connection, circle, members, since, limit)?;
    let whole = |(referral, giver, receiver, at): (_, _, Option<BusinessId>, Option<Timestamp>)| {
        Some(IntroducedAmong { referral, giver, receiver: receiver?, at: at? })
    };
    Ok(rows.into_iter().filter_map(whole).collect())
}

//! What follows from the introduction: both know each other, or it ends without one.

use serde_json::json;

use super::Matter;
use crate::db::Tx;
use crate::kernel::id::ReferralId;
use crate::kernel::{Actor, Answer, EventKind};
use crate::referrals::model::{CloseReason, Move, OfferState, Relation};

/// Both agreed and the mail that connects them is on its way.
pub fn mark_introduced(tx: &mut Tx<'_>, id: ReferralId) -> Answer<()> {
    let mut matter = Matter::locked(tx, id)?;
    let Some(next) = matter.allows(Move::Introduce, Relation::Prospect) else { return Ok(()) };
    matter.row.introduced_at = Some(tx.now());
    matter.enter(tx, next, EventKind::ReferralIntroduced, Actor::Prospect, None, json!({}))?;
    Ok(())
}

/// The prospect refused, or nobody answered.
pub fn close_without_introduction(tx: &mut Tx<'_>, id: ReferralId, reason: CloseReason) -> Answer<()> {
    let mut matter = Matter::locked(tx, id)?;
    let Some(next) = matter.allows(Move::Close, Relation::Prospect) else { return Ok(()) };
    let actor = if reason == CloseReason::NoAnswer { Actor::Clock } else { Actor::Prospect };
    matter.end_offer(tx, OfferState::Withdrawn, actor)?;
    matter.row.reason = Some(reason.code());
    matter.enter(tx, next, EventKind::ReferralClosed, actor, None, json!({ "reason": reason }))?;
    Ok(())
}

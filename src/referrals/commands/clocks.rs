//! What clocks do. Each asks whether its matter still stands and otherwise does nothing.

use serde_json::json;

use super::Matter;
use crate::db::Tx;
use crate::kernel::clock::days;
use crate::kernel::id::{Identifier, OfferId, ReferralId};
use crate::kernel::{Actor, Answer, EventKind};
use crate::referrals::model::{CloseReason, LoseReason, Move, OfferState, ReferralState, Relation};
use crate::referrals::store;
use crate::timers::{self, TimerKind};

/// Reminds the receiver of an offer that waits.
pub fn remind_offer(tx: &mut Tx<'_>, id: OfferId) -> Answer<()> {
    if let Some(matter) = open_offer(tx, id)? {
        matter.record(tx, EventKind::OfferReminded, Actor::Clock, None, json!({ "offer": id }))?;
    }
    Ok(())
}

/// Ends an offer that nobody answered; the giver may pass it on.
pub fn expire_offer(tx: &mut Tx<'_>, id: OfferId) -> Answer<()> {
    let Some(mut matter) = open_offer(tx, id)? else { return Ok(()) };
    if let Some(next) = matter.allows(Move::Expire, Relation::Clock) {
        matter.end_offer(tx, OfferState::Expired, Actor::Clock)?;
        matter.enter(tx, next, EventKind::OfferExpired, Actor::Clock, None, json!({ "offer": id }))?;
    }
    Ok(())
}

fn open_offer(tx: &mut Tx<'_>, id: OfferId) -> Answer<Option<Matter>> {
    let referral = store::offer(tx, id)?.referral_id;
    let matter = Matter::locked(tx, referral)?;
    let is_open = matter.offer.as_ref().is_some_and(|offer| offer.id == id && offer.state == OfferState::Open);
    Ok(is_open.then_some(matter))
}

/// Reminds the receiver of the first contact that was agreed.
pub fn remind_contact(tx: &mut Tx<'_>, id: ReferralId) -> Answer<()> {
    let matter = Matter::locked(tx, id)?;
    if matter.row.state == ReferralState::Introduced && matter.dispute.is_none() {
        matter.record(tx, EventKind::ContactReminded, Actor::Clock, None, json!({}))?;
    }
    Ok(())
}

/// Asks the receiver what became of a silent referral, and will ask again.
pub fn nudge(tx: &mut Tx<'_>, id: ReferralId) -> Answer<()> {
    let matter = Matter::locked(tx, id)?;
    if !matter.row.state.is_under_way() {
        return Ok(());
    }
    let again = tx.now().after(days(matter.policy(tx)?.clocks.nudge_days));
    timers::schedule(tx, TimerKind::ReferralNudge, id.raw(), again)?;
    if matter.dispute.is_none() {
        let silent = tx.now().since(matter.row.state_since).as_secs() / 86_400;
        matter.record(tx, EventKind::ReferralNudged, Actor::Clock, None, json!({ "days": silent }))?;
    }
    Ok(())
}

/// Ends a referral that nobody finished: lost when they were introduced, closed when not. One that is disputed waits for the
/// verdict.
pub fn end_silent(tx: &mut Tx<'_>, id: ReferralId) -> Answer<()> {
    let mut matter = Matter::locked(tx, id)?;
    if matter.dispute.is_some() {
        let again = tx.now().after(days(matter.policy(tx)?.clocks.nudge_days));
        return timers::schedule(tx, TimerKind::ReferralEnd, id.raw(), again);
    }
    if let Some(next) = matter.allows(Move::Lose, Relation::Clock) {
        let reason = if matter.row.contacted_at.is_none() { LoseReason::NoContact } else { LoseReason::Other };
        matter.row.reason = Some(reason.code());
        matter.enter(tx, next, EventKind::ReferralLost, Actor::Clock, None, json!({ "reason": reason }))?;
    } else if let Some(next) = matter.allows(Move::Close, Relation::Clock) {
        let reason = CloseReason::NoAnswer;
        matter.row.reason = Some(reason.code());
        matter.enter(tx, next, EventKind::ReferralClosed, Actor::Clock, None, json!({ "reason": reason }))?;
    }
    Ok(())
}

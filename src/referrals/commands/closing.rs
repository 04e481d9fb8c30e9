//! A business goes for good: whatever it began and nobody was introduced by is taken back, what was offered to it is declined,
//! and what it received ends. Each by the moves that people make.

use serde_json::json;

use super::answering::{Reply, answer};
use super::{Matter, end_silent, wipe_prospect};
use crate::db::Tx;
use crate::kernel::clock::days;
use crate::kernel::id::{BusinessId, Identifier, ReferralId};
use crate::kernel::{Actor, Answer, EventKind};
use crate::referrals::model::{DeclineReason, Move, OfferState, ReferralState, Relation};
use crate::referrals::store;
use crate::timers::{self, TimerKind};

/// Read and ended at once.
const BATCH: i64 = 200;
/// Whatever the giver can take back.
const BEGUN: &[ReferralState] = &[ReferralState::Draft, ReferralState::Offered, ReferralState::Declined, ReferralState::Expired, ReferralState::Accepted];
/// What a receiver has on his hands.
const AT_HAND: &[ReferralState] =
    &[ReferralState::Offered, ReferralState::Accepted, ReferralState::Introduced, ReferralState::Contacted, ReferralState::Quoted];

/// Ends everything that needs the business. What it gave and both sides were introduced for goes on with its receiver; a
/// referral that is disputed waits for the verdict.
pub fn end_all_of(tx: &mut Tx<'_>, business: BusinessId) -> Answer<()> {
    in_batches(tx, |tx| ids(store::waiting_of_giver(tx, business, BEGUN, BATCH)?), take_back)?;
    in_batches(tx, |tx| ids(store::waiting_of_receiver(tx, business, AT_HAND, BATCH)?), |tx, id| give_back(tx, business, id))
}

fn ids(rows: Vec<store::ReferralRow>) -> Answer<Vec<ReferralId>> {
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// Until a batch holds nothing new: what could not be ended stays in its state.
fn in_batches(tx: &mut Tx<'_>, batch: impl Fn(&mut Tx<'_>) -> Answer<Vec<ReferralId>>, each: impl Fn(&mut Tx<'_>, ReferralId) -> Answer<()>) -> Answer<()> {
    let mut seen = std::collections::HashSet::new();
    loop {
        let fresh: Vec<ReferralId> = batch(tx)?.into_iter().filter(|id| seen.insert(*id)).collect();
        if fresh.is_empty() {
            return Ok(());
        }
        fresh.into_iter().try_for_each(|id| each(tx, id))?;
    }
}

/// The giver's referral is withdrawn. The prospect of a draft is forgotten at once, of another a day later: whoever had accepted
/// still reads what it was that was taken back.
fn take_back(tx: &mut Tx<'_>, id: ReferralId) -> Answer<()> {
    let is_draft = store::referral(tx, id)?.state == ReferralState::Draft;
    if is_draft {
        // What a draft says goes too, as long as it is one.
        wipe_prospect(tx, id)?;
    }
    let mut matter = Matter::locked(tx, id)?;
    if matter.allows(Move::Withdraw, Relation::Giver).is_some() {
        matter.end_offer(tx, OfferState::Withdrawn, Actor::Clock)?;
        matter.enter(tx, ReferralState::Withdrawn, EventKind::ReferralWithdrawn, Actor::Clock, None, json!({}))?;
    }
    let a_day_later = tx.now().after(days(1));
    timers::schedule(tx, TimerKind::ProspectWipe, id.raw(), a_day_later)
}

fn give_back(tx: &mut Tx<'_>, business: BusinessId, id: ReferralId) -> Answer<()> {
    let matter = Matter::locked(tx, id)?;
    if matter.allows(Move::Decline, Relation::Receiver).is_some() {
        return answer(tx, matter, Actor::Business(business), Reply::Decline { reason: DeclineReason::NoCapacity, note: None });
    }
    end_silent(tx, id)
}

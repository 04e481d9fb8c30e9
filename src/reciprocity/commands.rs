//! What changes the ledger. Each runs inside the transaction of what caused it.
//!
//! The circle's head is locked first; then everything is read, computed by the model and written. Repeating a command changes
//! nothing: a posting is known by its key, a hold by its referral, a reversal by what it reverses. Nothing is posted when a
//! side's trade is regulated or the amount is 0.

use serde_json::json;

use super::exemption::is_exempt;
use super::hash::Link;
use super::model::{Amount, Head, Hold, HoldFacts, HoldState, Idem, PairKey, Posting, Reason, Side, Transfer, TransferKind, check_sides};
use super::store;
use crate::db::Tx;
use crate::events;
use crate::kernel::event::NewEvent;
use crate::kernel::id::{HoldId, Identifier, ReferralId, TransferId};
use crate::kernel::{Actor, Answer, EventKind, Failure};

/// Posts credits. The same key with the same content answers the first posting, also when that was taken back since; with another
/// content it is a conflict. Answers nothing when nothing was posted, because a side is exempt or the amount is 0.
pub fn post(tx: &mut Tx<'_>, posting: Posting) -> Answer<Option<TransferId>> {
    check_sides(posting.giver, posting.receiver)?;
    if posting.reason == Reason::Settlement {
        return Err(Failure::internal("rings are settled as a whole, not posted one by one"));
    }
    if posting.amount == 0 {
        return Ok(None);
    }
    let amount = Amount::parse(posting.amount).map_err(|problem| problem.of("amount"))?;
    let head = store::lock_head(tx, posting.circle)?;
    if let Some(first) = store::transfer_by_idem(tx, posting.idem.as_str())? {
        return if first.says(&posting) { Ok(Some(first.id)) } else { Err(store::idem_conflict()) };
    }
    if is_exempt(tx, posting.giver, posting.receiver)? {
        record_exemption(tx, &posting, amount)?;
        return Ok(None);
    }
    store::counters(tx, posting.circle, posting.giver)?.check_room(Side::Giver, amount)?;
    store::counters(tx, posting.circle, posting.receiver)?.check_room(Side::Receiver, amount)?;
    append(tx, head, posting, amount, TransferKind::Post, None).map(|entry| Some(entry.id))
}

/// Takes a posting back: the same amount with the sides swapped. Answers the reversal, also when it was made before.
pub fn reverse(tx: &mut Tx<'_>, transfer: TransferId, actor: Actor) -> Answer<TransferId> {
    let circle = store::transfer(tx, transfer)?.circle_id;
    let head = store::lock_head(tx, circle)?;
    let original = store::transfer(tx, transfer)?;
    match original.kind {
        TransferKind::Post => {}
        TransferKind::Reversal => return Err(Failure::conflict("is_reversal", "a reversal is not reversed: post again")),
        TransferKind::Clear => return Err(Failure::conflict("part_of_settlement", "a settlement is taken back only as a whole")),
    }
    if let Some(done) = store::reversal_of(tx, transfer)? {
        return Ok(done.id);
    }
    append_reversal(tx, head, &original, actor).map(|entry| entry.id)
}

/// Takes one transfer of a settlement back; the caller holds the head and takes all of them.
pub(super) fn reverse_clear(tx: &mut Tx<'_>, head: Head, original: &Transfer, actor: Actor) -> Answer<Transfer> {
    if original.kind != TransferKind::Clear || store::reversal_of(tx, original.id)?.is_some() {
        return Err(Failure::internal(format!("{} stands in a settlement and cannot be taken back with it", original.id)));
    }
    append_reversal(tx, head, original, actor)
}

fn append_reversal(tx: &mut Tx<'_>, head: Head, original: &Transfer, actor: Actor) -> Answer<Transfer> {
    let swapped = Posting {
        circle: original.circle_id,
        giver: original.receiver_business_id,
        receiver: original.giver_business_id,
        amount: original.amount.credits(),
        reason: original.reason,
        referral: original.referral_id,
        actor,
        idem: Idem::of_reversal(original.id),
    };
    append(tx, head, swapped, original.amount, TransferKind::Reversal, Some(original.id))
}

/// Takes back everything that was posted for a referral and ends its hold. Answers the reversals.
pub fn reverse_referral(tx: &mut Tx<'_>, referral: ReferralId, actor: Actor) -> Answer<Vec<TransferId>> {
    void_hold(tx, referral)?;
    let posted = store::transfers_of_referral(tx, referral)?;
    posted.into_iter().filter(|entry| entry.kind != TransferKind::Reversal).map(|entry| reverse(tx, entry.id, actor)).collect()
}

/// Places the hold of a referral whose offer was accepted. Answers nothing when a side is exempt or the amount is 0.
pub fn place_hold(tx: &mut Tx<'_>, facts: &HoldFacts) -> Answer<Option<HoldId>> {
    check_sides(facts.giver, facts.receiver)?;
    if facts.amount == 0 {
        return Ok(None);
    }
    let amount = Amount::parse(facts.amount).map_err(|problem| problem.of("amount"))?;
    store::lock_head(tx, facts.circle)?;
    match store::latest_hold(tx, facts.referral)? {
        Some(open) if open.state == HoldState::Open => {
            return if open.says(facts) { Ok(Some(open.id)) } else { Err(Failure::conflict("hold_open", "this referral has another open hold")) };
        }
        // A second hold would be a second posting.
        Some(posted) if posted.state == HoldState::Posted => return Err(Failure::conflict("hold_posted", "this referral's hold was posted before")),
        _ => {}
    }
    let mut hold = Hold::placed(tx.new_id(), facts, amount, tx.now());
    if is_exempt(tx, facts.giver, facts.receiver)? {
        hold.state = HoldState::Exempt;
        hold.resolved_at = Some(tx.now());
        store::insert_hold(tx, &hold)?;
        return Ok(None);
    }
    for (side, business) in hold.sides() {
        let counters = store::counters(tx, facts.circle, business)?;
        counters.check_room(side, amount)?;
        store::save_counters(tx, facts.circle, business, counters.held(side, amount)?)?;
    }
    store::insert_hold(tx, &hold)?;
    Ok(Some(hold.id))
}

/// Posts what was held, because the introduction happened. Answers nothing when the referral has no hold.
pub fn post_hold(tx: &mut Tx<'_>, referral: ReferralId, actor: Actor) -> Answer<Option<TransferId>> {
    let Some((head, hold)) = locked_hold(tx, referral)? else { return Ok(None) };
    match hold.state {
        HoldState::Open => {}
        HoldState::Posted => return Ok(store::transfer_by_idem(tx, Idem::of_hold(hold.id).as_str())?.map(|entry| entry.id)),
        HoldState::Void | HoldState::Expired | HoldState::Exempt => {
            tracing::error!(%referral, hold = %hold.id, "an introduction happened although its hold had ended: nothing was posted");
            return Ok(None);
        }
    }
    // A side may have taken up a regulated trade since the hold was placed.
    let exempt = is_exempt(tx, hold.giver_business_id, hold.receiver_business_id)?;
    resolve(tx, &hold, if exempt { HoldState::Exempt } else { HoldState::Posted })?;
    if exempt {
        return Ok(None);
    }
    let posting = Posting {
        circle: hold.circle_id,
        giver: hold.giver_business_id,
        receiver: hold.receiver_business_id,
        amount: hold.amount.credits(),
        reason: Reason::Introduced,
        referral: Some(referral),
        actor,
        idem: Idem::of_hold(hold.id),
    };
    // The hold reserved the room for this.
    append(tx, head, posting, hold.amount, TransferKind::Post, None).map(|entry| Some(entry.id))
}

/// Ends the open hold of a referral that came to no introduction. Does nothing when there is none.
pub fn void_hold(tx: &mut Tx<'_>, referral: ReferralId) -> Answer<()> {
    end_hold(tx, referral, HoldState::Void)
}

/// Ends the open hold of a referral whose introduction nobody answered in time. Does nothing when there is none.
pub fn expire_hold(tx: &mut Tx<'_>, referral: ReferralId) -> Answer<()> {
    end_hold(tx, referral, HoldState::Expired)
}

fn end_hold(tx: &mut Tx<'_>, referral: ReferralId, state: HoldState) -> Answer<()> {
    match locked_hold(tx, referral)? {
        Some((_, hold)) if hold.state == HoldState::Open => resolve(tx, &hold, state),
        _ => Ok(()),
    }
}

/// The newest hold of a referral with its ledger locked.
fn locked_hold(tx: &mut Tx<'_>, referral: ReferralId) -> Answer<Option<(Head, Hold)>> {
    let Some(seen) = store::latest_hold(tx, referral)? else { return Ok(None) };
    let head = store::lock_head(tx, seen.circle_id)?;
    // It may have been resolved while the lock was waited for.
    Ok(store::latest_hold(tx, referral)?.map(|hold| (head, hold)))
}

fn resolve(tx: &mut Tx<'_>, hold: &Hold, state: HoldState) -> Answer<()> {
    for (side, business) in hold.sides() {
        let counters = store::counters(tx, hold.circle_id, business)?;
        store::save_counters(tx, hold.circle_id, business, counters.released(side, hold.amount)?)?;
    }
    let now = tx.now();
    store::resolve_hold(tx, hold.id, state, now)
}

/// Keeps a mark that a referral's credits were not posted because a side is exempt, so that the verifier knows why.
fn record_exemption(tx: &mut Tx<'_>, posting: &Posting, amount: Amount) -> Answer<()> {
    let Some(referral) = posting.referral else { return Ok(()) };
    let facts = HoldFacts { circle: posting.circle, referral, giver: posting.giver, receiver: posting.receiver, amount: posting.amount };
    let mark = Hold { state: HoldState::Exempt, resolved_at: Some(tx.now()), ..Hold::placed(tx.new_id(), &facts, amount, tx.now()) };
    store::insert_hold(tx, &mark)
}

/// Appends an entry to the chain and moves the counters. The head is locked and the entry is allowed.
pub(super) fn append(tx: &mut Tx<'_>, head: Head, posting: Posting, amount: Amount, kind: TransferKind, reverses: Option<TransferId>) -> Answer<Transfer> {
    let (circle, giver, receiver) = (posting.circle, posting.giver, posting.receiver);
    let (seq, at, idem) = (head.seq + 1, tx.now(), posting.idem.into_string());
    let link = Link {
        prev: head.hash,
        circle: circle.raw(),
        seq,
        giver: giver.raw(),
        receiver: receiver.raw(),
        amount: amount.credits(),
        at: at.as_micros(),
        kind: kind.code(),
        reverses: reverses.map(Identifier::raw),
        idem: &idem,
    };
    let hash = link.hash();
    let entry = Transfer {
        id: tx.new_id(),
        circle_id: circle,
        seq,
        idem,
        giver_business_id: giver,
        receiver_business_id: receiver,
        amount,
        kind,
        reason: posting.reason,
        reverses,
        referral_id: posting.referral,
        actor_person_id: posting.actor.person(),
        at,
        prev_hash: head.hash,
        hash,
    };
    store::insert_transfer(tx, &entry)?;
    for (side, business) in [(Side::Giver, giver), (Side::Receiver, receiver)] {
        let counters = store::counters(tx, circle, business)?;
        store::save_counters(tx, circle, business, counters.moved(side, amount)?)?;
    }
    let key = PairKey::of(giver, receiver);
    let sums = store::pair(tx, circle, key)?.moved(key, giver, amount)?;
    store::save_pair(tx, circle, key, sums)?;
    store::save_head(tx, circle, Head { seq, hash })?;
    record(tx, &entry, posting.actor)?;
    Ok(entry)
}

fn record(tx: &mut Tx<'_>, entry: &Transfer, actor: Actor) -> Answer<()> {
    let data = json!({
        "transfer": entry.id, "kind": entry.kind, "reason": entry.reason,
        "giver": entry.giver_business_id, "receiver": entry.receiver_business_id,
    });
    let mut event = NewEvent::new(EventKind::TransferPosted, actor).circle(entry.circle_id).business(entry.giver_business_id).data(data);
    if let Some(referral) = entry.referral_id {
        event = event.referral(referral);
    }
    events::record(tx, event).map(drop)
}

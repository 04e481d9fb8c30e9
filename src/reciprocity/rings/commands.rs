//! Settling a circle's rings, and taking a settlement back. Both lock the circle, so that organisers are decided one by one, and
//! then its ledger.

use serde_json::json;

use super::SETTLEMENT_TRANSFERS_MAX;
use super::model::CircleRings;
use super::store::{self, SettlementRow};
use crate::circles::views as circles;
use crate::db::Tx;
use crate::events;
use crate::kernel::event::NewEvent;
use crate::kernel::id::{CircleId, SettlementId};
use crate::kernel::{Answer, EventKind, Failure, Principal};
use crate::reciprocity::commands::{append, reverse_clear};
use crate::reciprocity::hash::LedgerHash;
use crate::reciprocity::model::{Amount, Head, Idem, Posting, Reason, Side, TransferKind};
use crate::reciprocity::store as ledger;

/// What the organiser saw when he decided: the settlement posts that and nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    /// The ledger's head.
    pub head: LedgerHash,
    /// The ring length in force.
    pub ring_length: u8,
}

/// Posts what the circle's clearing closes, for an owner of an organising business: all of it, or the first rings of it when it takes more
/// than [`SETTLEMENT_TRANSFERS_MAX`] transfers; then the rest is settled next. It asks nobody's exemption: a settlement gives nobody anything.
///
/// Conflicts: `already_settled` and `ledger_moved` when the head is another now, `ring_length_changed`, `nothing_to_settle`,
/// `settlement_too_large` and `ledger_limit`.
pub fn settle(tx: &mut Tx<'_>, principal: &Principal, circle: CircleId, seen: Seen) -> Answer<SettlementId> {
    let head = locked(tx, principal, circle)?;
    if head.hash != seen.head {
        let settled = store::was_settled(tx, circle, seen.head)?;
        return Err(if settled {
            Failure::conflict("already_settled", "the rings of this head were settled before")
        } else {
            Failure::conflict("ledger_moved", "something was posted since this head: look again at what would be settled")
        });
    }
    let ring_length = circles::policy(tx, circle, None)?.1.ring_length();
    if ring_length.get() != seen.ring_length {
        return Err(Failure::conflict("ring_length_changed", "the circle's ring length was changed: look again at what would be settled"));
    }
    let directions = store::directions(tx, circle, head.seq)?;
    let rings = CircleRings::solve(head, ring_length, &directions)?;
    if rings.clearing.rings.is_empty() {
        return Err(Failure::conflict("nothing_to_settle", "nothing closes in a ring"));
    }
    let batch = rings.batch(SETTLEMENT_TRANSFERS_MAX)?;
    if batch.postings.is_empty() {
        let detail = format!("the first ring alone takes more than the {SETTLEMENT_TRANSFERS_MAX} transfers of a settlement");
        return Err(Failure::conflict("settlement_too_large", detail));
    }
    let row = SettlementRow {
        id: tx.new_id(),
        circle_id: circle,
        before_hash: head.hash,
        first_seq: head.seq + 1,
        last_seq: head.seq + batch.postings.len() as i64,
        ring_length: i16::from(ring_length.get()),
        cleared: batch.cleared,
        rings: i32::try_from(batch.rings_count).unwrap_or(i32::MAX),
        actor_person_id: principal.actor().person(),
        at: tx.now(),
        undone_by_person_id: None,
        undone_at: None,
    };
    store::insert(tx, row.clone())?;
    let mut head = head;
    for (number, (debtor, creditor, amount)) in batch.postings.into_iter().enumerate() {
        let posting = Posting {
            circle,
            giver: debtor,
            receiver: creditor,
            amount: amount.credits(),
            reason: Reason::Settlement,
            referral: None,
            actor: principal.actor(),
            idem: Idem::of_settlement(row.id, number + 1),
        };
        head = post_clear(tx, head, posting, amount)?;
    }
    tell(tx, principal, EventKind::RingsSettled, &row)?;
    Ok(row.id)
}

/// Takes a settlement back as a whole: each of its transfers is reversed. Conflict `already_undone` when it was before.
pub fn undo(tx: &mut Tx<'_>, principal: &Principal, circle: CircleId, settlement: SettlementId) -> Answer<()> {
    let mut head = locked(tx, principal, circle)?;
    let row = store::settlement(tx, circle, settlement)?.ok_or(Failure::NotFound("settlement"))?;
    if row.undone_at.is_some() {
        return Err(Failure::conflict("already_undone", "this settlement was taken back before"));
    }
    for entry in store::batch(tx, &row)? {
        let reversal = reverse_clear(tx, head, &entry, principal.actor())?;
        head = Head { seq: reversal.seq, hash: reversal.hash };
    }
    store::mark_undone(tx, row.id, principal.person)?;
    tell(tx, principal, EventKind::SettlementUndone, &row)
}

/// Locks the circle and its ledger for an owner of an organising business.
fn locked(tx: &mut Tx<'_>, principal: &Principal, circle: CircleId) -> Answer<Head> {
    circles::require_organiser(tx, circle, principal.business)?;
    principal.owned_business()?;
    tx.lock(circle)?;
    // Somebody may have been removed while the lock was waited for.
    circles::require_organiser(tx, circle, principal.business)?;
    ledger::lock_head(tx, circle)
}

fn post_clear(tx: &mut Tx<'_>, head: Head, posting: Posting, amount: Amount) -> Answer<Head> {
    ledger::counters(tx, posting.circle, posting.giver)?.check_room(Side::Giver, amount)?;
    ledger::counters(tx, posting.circle, posting.receiver)?.check_room(Side::Receiver, amount)?;
    let entry = append(tx, head, posting, amount, TransferKind::Clear, None)?;
    Ok(Head { seq: entry.seq, hash: entry.hash })
}

fn tell(tx: &mut Tx<'_>, principal: &Principal, kind: EventKind, row: &SettlementRow) -> Answer<()> {
    let data = json!({ "settlement": row.id, "cleared": row.cleared, "rings": row.rings, "transfers": row.last_seq - row.first_seq + 1 });
    events::record(tx, NewEvent::new(kind, principal.actor()).circle(row.circle_id).data(data)).map(drop)
}

//! What became of it: the receiver tells, the giver hears, and the giver may withdraw before the introduction.

use serde_json::json;

use super::Matter;
use crate::db::Tx;
use crate::kernel::id::{Identifier, ReferralId};
use crate::kernel::money::Money;
use crate::kernel::{Actor, Answer, EventKind, Failure, Principal};
use crate::outbox::{self, MailKind};
use crate::referrals::model::{LoseReason, Move, OfferState, ReferralState};
use crate::referrals::store;

/// First contact was made.
pub fn contact(tx: &mut Tx<'_>, principal: &Principal, id: ReferralId, note: Option<&str>) -> Answer<()> {
    let mut matter = Matter::locked(tx, id)?;
    matter.require(tx, principal, Move::Contact)?;
    matter.row.contacted_at = Some(tx.now());
    tell(tx, &mut matter, principal, ReferralState::Contacted, EventKind::ReferralContacted, note)
}

/// A quote was made.
pub fn quote(tx: &mut Tx<'_>, principal: &Principal, id: ReferralId, note: Option<&str>) -> Answer<()> {
    let mut matter = Matter::locked(tx, id)?;
    matter.require(tx, principal, Move::Quote)?;
    tell(tx, &mut matter, principal, ReferralState::Quoted, EventKind::ReferralQuoted, note)
}

/// Business was closed. The amount is kept with the referral for the credits and the receiver's own figures; the event, which
/// the giver reads, does not hold it.
pub fn win(tx: &mut Tx<'_>, principal: &Principal, id: ReferralId, value: Option<&Money>, note: Option<&str>) -> Answer<()> {
    let mut matter = Matter::locked(tx, id)?;
    matter.require(tx, principal, Move::Win)?;
    if let Some(value) = value {
        value.check().map_err(|problem| problem.of("value"))?;
        // The worth was given in the referral's currency: one referral has one.
        if matter.row.worth_min_minor.is_some() && value.currency != matter.row.currency()? {
            return Err(Failure::field("value", "other_currency", format!("this referral's currency is {}", matter.row.currency)));
        }
        matter.row.won_value_minor = Some(value.amount_minor);
        matter.row.currency = value.currency.to_string();
    }
    tell(tx, &mut matter, principal, ReferralState::Won, EventKind::ReferralWon, note)
}

/// No business came of it.
pub fn lose(tx: &mut Tx<'_>, principal: &Principal, id: ReferralId, reason: LoseReason, note: Option<&str>) -> Answer<()> {
    let mut matter = Matter::locked(tx, id)?;
    matter.require(tx, principal, Move::Lose)?;
    let note = matter.note(tx, note)?;
    matter.row.reason = Some(reason.code());
    matter.enter(tx, ReferralState::Lost, EventKind::ReferralLost, principal.actor(), note, json!({ "reason": reason }))?;
    Ok(())
}

/// The receiver takes back what was just told. The giver's mail about it, which waits as long as this is possible, is not sent.
pub fn undo(tx: &mut Tx<'_>, principal: &Principal, id: ReferralId) -> Answer<()> {
    let mut matter = Matter::locked(tx, id)?;
    matter.require(tx, principal, Move::Undo)?;
    let (back, undone) = matter.way_back.ok_or_else(|| Failure::internal("an undoable move has a way back"))?;
    match matter.row.state {
        ReferralState::Contacted => matter.row.contacted_at = None,
        ReferralState::Lost => matter.row.reason = None,
        _ => {}
    }
    outbox::cancel(tx, undone.raw(), &[MailKind::GiverNews])?;
    matter.enter(tx, back, EventKind::MoveUndone, principal.actor(), None, json!({ "undone": undone }))?;
    Ok(())
}

/// The giver takes the referral back; possible until the introduction. A draft is put away.
pub fn withdraw(tx: &mut Tx<'_>, principal: &Principal, id: ReferralId, note: Option<&str>) -> Answer<()> {
    let mut matter = Matter::locked(tx, id)?;
    matter.require(tx, principal, Move::Withdraw)?;
    let note = matter.note(tx, note)?;
    matter.end_offer(tx, OfferState::Withdrawn, principal.actor())?;
    matter.enter(tx, ReferralState::Withdrawn, EventKind::ReferralWithdrawn, principal.actor(), note, json!({}))?;
    Ok(())
}

fn tell(tx: &mut Tx<'_>, matter: &mut Matter, principal: &Principal, next: ReferralState, kind: EventKind, note: Option<&str>) -> Answer<()> {
    let note = matter.note(tx, note)?;
    matter.enter(tx, next, kind, principal.actor(), note, json!({}))?;
    Ok(())
}

/// Names in the origin's timeline what came out of it; once, however often that is passed on.
pub fn note_spin_off(tx: &mut Tx<'_>, origin: ReferralId, spin_off: ReferralId) -> Answer<()> {
    if store::offers_of(tx, spin_off)?.len() == 1 {
        let row = store::referral(tx, spin_off)?;
        let origin = Matter::load(tx, origin, row.created_at)?;
        let actor = Actor::Person { person: row.giver_person_id, business: Some(row.giver_business_id) };
        origin.record(tx, EventKind::SpinOffPassed, actor, None, json!({ "spin_off": spin_off }))?;
    }
    Ok(())
}

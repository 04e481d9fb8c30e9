//! The receiver answers: on the page, or from the mail without a login.

use serde_json::json;

use super::Matter;
use crate::capabilities::{self, Purpose};
use crate::db::Tx;
use crate::kernel::id::{Identifier, OfferId, ReferralId};
use crate::kernel::{Actor, Answer, EventKind, Principal};
use crate::referrals::model::{DeclineReason, Move, OfferState, ReferralState, Relation};
use crate::referrals::{honesty, store};

/// What a receiver says to an offer.
#[derive(Debug, Clone)]
pub enum Reply {
    /// Takes it.
    Accept {
        /// A note for the giver.
        note: Option<String>,
    },
    /// Says no.
    Decline {
        /// Why.
        reason: DeclineReason,
        /// A note for the giver.
        note: Option<String>,
    },
}

impl Reply {
    const fn made(&self) -> Move {
        match self {
            Self::Accept { .. } => Move::Accept,
            Self::Decline { .. } => Move::Decline,
        }
    }
}

/// The receiver takes the referral.
pub fn accept(tx: &mut Tx<'_>, principal: &Principal, id: ReferralId, note: Option<&str>) -> Answer<()> {
    let matter = Matter::locked(tx, id)?;
    matter.require(tx, principal, Move::Accept)?;
    answer(tx, matter, principal.actor(), Reply::Accept { note: note.map(str::to_owned) })
}

/// The receiver says no; the giver may pass it on.
pub fn decline(tx: &mut Tx<'_>, principal: &Principal, id: ReferralId, reason: DeclineReason, note: Option<&str>) -> Answer<()> {
    let matter = Matter::locked(tx, id)?;
    matter.require(tx, principal, Move::Decline)?;
    answer(tx, matter, principal.actor(), Reply::Decline { reason, note: note.map(str::to_owned) })
}

/// The holder of the link in the offer's mail answers for the receiver; the first answer uses the link up.
pub fn answer_by_link(tx: &mut Tx<'_>, token: &str, reply: Reply) -> Answer<()> {
    let now = tx.now();
    let link = capabilities::find(tx, Purpose::AnswerOffer, token, now)?;
    let offer = store::offer(tx, OfferId::from_raw(link.subject_id))?;
    let matter = Matter::locked(tx, offer.referral_id)?;
    // The lock was taken after the offer was read: ask again whether it is this offer that is open.
    let still_open = matter.offer.as_ref().is_some_and(|present| present.id == offer.id && present.state == OfferState::Open);
    let relations: &[Relation] = if still_open { &[Relation::Receiver] } else { &[] };
    matter.situation().require(reply.made(), relations)?;
    capabilities::spend(tx, &link)?;
    answer(tx, matter, Actor::Business(offer.receiver_business_id), reply)
}

pub(super) fn answer(tx: &mut Tx<'_>, mut matter: Matter, actor: Actor, reply: Reply) -> Answer<()> {
    let offer = matter.offer.as_ref().map(|offer| offer.id);
    match reply {
        Reply::Accept { note } => {
            if let Some(receiver) = matter.receiver() {
                honesty::not_suspended(tx, matter.row.circle_id, receiver)?;
            }
            let note = matter.note(tx, note.as_deref())?;
            matter.end_offer(tx, OfferState::Accepted, actor)?;
            matter.enter(tx, ReferralState::Accepted, EventKind::OfferAccepted, actor, note, json!({ "offer": offer }))?;
        }
        Reply::Decline { reason, note } => {
            let note = matter.note(tx, note.as_deref())?;
            if let Some(offer) = matter.offer.as_mut() {
                offer.reason = Some(reason);
            }
            matter.end_offer(tx, OfferState::Declined, actor)?;
            matter.enter(tx, ReferralState::Declined, EventKind::OfferDeclined, actor, note, json!({ "offer": offer, "reason": reason }))?;
        }
    }
    Ok(())
}

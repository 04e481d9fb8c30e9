//! An offer as the holder of the link in its mail sees it.

use super::facts::{ReferralFacts, facts_of};
use super::whole::business_names;
use crate::accounts::views as accounts;
use crate::capabilities::{self, Purpose};
use crate::circles::views as circles;
use crate::db::AnyConn;
use crate::kernel::clock::Timestamp;
use crate::kernel::id::{Identifier, OfferId};
use crate::kernel::{Answer, Language};
use crate::referrals::model::OfferState;
use crate::referrals::store;

/// What the link shows: the whole offer while it is open, afterwards only what became of it.
#[derive(Debug, Clone)]
pub struct OfferLook {
    /// Where the offer stands.
    pub state: OfferState,
    /// The referral.
    pub referral: crate::kernel::id::ReferralId,
    /// Who offers.
    pub giver: String,
    /// Which of the giver's people; empty when the offer is over.
    pub giver_person: String,
    /// To whom.
    pub receiver: String,
    /// In which circle.
    pub circle: String,
    /// Until when an answer is awaited.
    pub answer_due_at: Timestamp,
    /// When it was answered or ended.
    pub answered_at: Option<Timestamp>,
    /// The language of the person to whom the mail went.
    pub language: Language,
    /// The time zone of that person.
    pub time_zone: String,
    /// What is offered; none when the offer is over.
    pub facts: Option<ReferralFacts>,
}

/// The offer that a link leads to. Unknown and expired links look alike.
pub fn offer_by_link(connection: &mut AnyConn, token: &str, now: Timestamp) -> Answer<OfferLook> {
    let link = capabilities::find(connection, Purpose::AnswerOffer, token, now)?;
    let offer = store::offer(connection, OfferId::from_raw(link.subject_id))?;
    let row = store::referral(connection, offer.referral_id)?;
    let names = business_names(connection, vec![offer.giver_business_id, offer.receiver_business_id])?;
    let name = |id| names.get(&id).cloned().unwrap_or_default();
    let reader = accounts::responsible(connection, offer.receiver_business_id)?;
    let is_open = offer.state == OfferState::Open;
    Ok(OfferLook {
        state: offer.state,
        referral: row.id,
        giver: name(offer.giver_business_id),
        giver_person: if is_open { accounts::person(connection, row.giver_person_id)?.name } else { String::new() },
        receiver: name(offer.receiver_business_id),
        circle: circles::circle(connection, row.circle_id)?.name,
        answer_due_at: offer.answer_due_at,
        answered_at: offer.answered_at,
        language: reader.language,
        time_zone: reader.time_zone,
        facts: if is_open { Some(facts_of(&row)?) } else { None },
    })
}

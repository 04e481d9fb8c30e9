//! A referral as one of its parties sees it.
//!
//! What is left out here is left out everywhere: the API and the page both show this one value.

use std::collections::HashMap;

use serde::Serialize;

use super::facts::Worth;
use crate::accounts::views as accounts;
use crate::businesses::trade::TradeCode;
use crate::businesses::views as businesses;
use crate::circles::policy::ConsentPath;
use crate::circles::views as circles;
use crate::db::AnyConn;
use crate::introductions::views::{self as introductions, IntroductionStatus};
use crate::kernel::clock::Timestamp;
use crate::kernel::id::{BusinessId, CircleId, DisputeId, OfferId, ReferralId};
use crate::kernel::money::{Currency, Money};
use crate::kernel::region::Region;
use crate::kernel::{Answer, Failure, Language, Principal};
use crate::referrals::commands::{Matter, relations};
use crate::referrals::model::{
    CloseReason, ContactBy, DeclineReason, DisputeReason, DisputeState, LoseReason, Move, OfferState, ReferralState, Relation, possible,
};
use crate::referrals::store::{self, DisputeRow, OfferRow, ProspectRow, ReferralRow};

/// How many spin-offs a page names.
const SPIN_OFFS_SHOWN: i64 = 50;

/// A business by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct BusinessRef {
    /// Its id.
    pub id: BusinessId,
    /// Its name.
    pub name: String,
}

/// A range of money in the currency's smallest unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct WorthView {
    /// At least.
    pub min_minor: i64,
    /// At most.
    pub max_minor: i64,
    /// ISO 4217.
    #[schema(value_type = String, example = "EUR")]
    pub currency: Currency,
}

/// The third person, for those who may know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct ProspectView {
    /// The name.
    pub name: String,
    /// The e-mail address.
    pub email: Option<String>,
    /// The phone number.
    pub phone: Option<String>,
    /// The business of the prospect.
    pub company: Option<String>,
    /// The language to write in.
    pub language: Language,
    /// The giver's words to the prospect; only the giver sees them here.
    pub words: Option<String>,
}

/// An offer and what became of it.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct OfferView {
    /// Its id.
    pub id: OfferId,
    /// To whom.
    pub receiver: BusinessRef,
    /// Where it stands.
    pub state: OfferState,
    /// Why it was declined.
    pub reason: Option<DeclineReason>,
    /// When it was made.
    pub offered_at: Timestamp,
    /// Until when an answer is awaited.
    pub answer_due_at: Timestamp,
    /// When it was answered or ended.
    pub answered_at: Option<Timestamp>,
}

/// A receiver's objection.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct DisputeView {
    /// Its id.
    pub id: DisputeId,
    /// Of which referral.
    pub referral: ReferralId,
    /// Where it stands.
    pub state: DisputeState,
    /// Why.
    pub reason: DisputeReason,
    /// The receiver's words.
    pub words: String,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// When it was decided.
    pub decided_at: Option<Timestamp>,
    /// The organiser's words.
    pub decision_words: Option<String>,
}

impl From<DisputeRow> for DisputeView {
    fn from(row: DisputeRow) -> Self {
        Self {
            id: row.id,
            referral: row.referral_id,
            state: row.state,
            reason: row.reason,
            words: row.words,
            opened_at: row.opened_at,
            decided_at: row.decided_at,
            decision_words: row.decision_words,
        }
    }
}

/// Another referral that came out of this one.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct SpinOffView {
    /// Its id; only its own parties can open it.
    pub id: ReferralId,
    /// The trade that was needed.
    #[schema(value_type = Option<String>)]
    pub trade: Option<TradeCode>,
    /// When it was begun.
    pub created_at: Timestamp,
}

/// A referral as its reader may see it.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct ReferralView {
    /// Its id.
    pub id: ReferralId,
    /// Where it was passed.
    pub circle: CircleId,
    /// The circle's name.
    pub circle_name: String,
    /// What the reader is to it.
    pub role: Relation,
    /// Where it stands.
    pub state: ReferralState,
    /// Since when.
    pub state_since: Timestamp,
    /// The moves that the reader can make now.
    pub possible: Vec<Move>,
    /// Who passed it.
    pub giver: BusinessRef,
    /// Which of the giver's people.
    pub giver_person: String,
    /// The present receiver, or the last one asked.
    pub receiver: Option<BusinessRef>,
    /// The trade that is needed; a draft may lack it.
    #[schema(value_type = Option<String>)]
    pub trade: Option<TradeCode>,
    /// What is needed; not for organisers.
    pub need: Option<String>,
    /// What the giver expects of the receiver; not for organisers.
    pub expectation: Option<String>,
    /// Where.
    pub region: Region,
    /// What it might be worth.
    pub worth: Option<WorthView>,
    /// What the giver did for it, 1 to 5.
    pub effort: i16,
    /// Who makes the first contact.
    pub contact_by: ContactBy,
    /// Within how many hours after the introduction.
    pub contact_within_hours: u32,
    /// How the prospect is asked.
    pub consent_path: ConsentPath,
    /// Whether the giver's own business buys.
    pub inside: bool,
    /// The third person: for the giver, and from the introduction on for the receiver.
    pub prospect: Option<ProspectView>,
    /// Whether the prospect's data was wiped.
    pub wiped: bool,
    /// Why it was lost, closed or found invalid.
    pub reason: Option<&'static str>,
    /// What was won; for the receiver only.
    pub won_value: Option<Money>,
    /// The offers; a receiver sees his own only.
    pub offers: Vec<OfferView>,
    /// The consent of both sides, for giver and receiver.
    pub introduction: Option<IntroductionStatus>,
    /// The objection that waits for the organiser.
    pub dispute: Option<DisputeView>,
    /// The referral it came out of.
    pub origin: Option<ReferralId>,
    /// What came out of it.
    pub spin_offs: Vec<SpinOffView>,
    /// When it was begun.
    pub created_at: Timestamp,
    /// When both sides were introduced.
    pub introduced_at: Option<Timestamp>,
    /// When it ended.
    pub closed_at: Option<Timestamp>,
    /// Rises with every change; `ETag` carries it.
    pub version: i32,
}

/// A referral as this person may see it; who may not know of it is told that there is none.
pub fn whole(connection: &mut AnyConn, principal: &Principal, id: ReferralId, now: Timestamp) -> Answer<ReferralView> {
    let matter = Matter::load(connection, id, now)?;
    let relations = relations(connection, &matter, principal)?;
    let role = relations.first().copied().ok_or(Failure::NotFound("referral"))?;
    let row = &matter.row;
    let offers = store::offers_of(connection, id)?;
    let names = names(connection, row, &offers)?;
    let reads_words = role != Relation::Organiser;
    Ok(ReferralView {
        id,
        circle: row.circle_id,
        circle_name: circles::circle(connection, row.circle_id)?.name,
        role,
        state: row.state,
        state_since: row.state_since,
        possible: possible(&matter.situation(), &relations),
        giver: named(&names, row.giver_business_id),
        giver_person: accounts::person(connection, row.giver_person_id)?.name,
        receiver: row.receiver_business_id.map(|receiver| named(&names, receiver)),
        trade: row.trade(),
        need: Some(row.need.clone()).filter(|_| reads_words),
        expectation: row.expectation.clone().filter(|_| reads_words),
        region: row.region(),
        worth: worth(row)?,
        effort: row.effort,
        contact_by: row.contact_by,
        contact_within_hours: row.contact_within_hours(),
        consent_path: row.consent_path,
        inside: row.inside,
        prospect: prospect_for(connection, row, role)?,
        wiped: row.wiped_at.is_some(),
        reason: reason_name(row),
        won_value: won_value(row, role)?,
        offers: offers
            .into_iter()
            .filter(|offer| role != Relation::Receiver || matter.receiver() == Some(offer.receiver_business_id))
            .map(|offer| offer_view(offer, &names))
            .collect(),
        introduction: if reads_words { introductions::of_referral(connection, id)? } else { None },
        dispute: matter.dispute.clone().map(DisputeView::from),
        origin: row.origin_referral_id,
        spin_offs: store::spin_offs_of(connection, id, SPIN_OFFS_SHOWN)?.into_iter().map(spin_off_view).collect(),
        created_at: row.created_at,
        introduced_at: row.introduced_at,
        closed_at: row.closed_at,
        version: row.version,
    })
}

/// The third person as this party may know him.
fn prospect_for(connection: &mut AnyConn, row: &ReferralRow, role: Relation) -> Answer<Option<ProspectView>> {
    if !knows_prospect(row, role) {
        return Ok(None);
    }
    Ok(store::prospect(connection, row.id)?.map(|prospect| prospect_view(prospect, role)))
}

/// Whether this party may know who the third person is.
pub(super) fn knows_prospect(row: &ReferralRow, role: Relation) -> bool {
    match role {
        Relation::Giver => true,
        Relation::Receiver => row.state.was_introduced(),
        Relation::Organiser | Relation::Prospect | Relation::Clock => false,
    }
}

/// The third person for somebody who may know him; the giver's words are the giver's.
pub(super) fn prospect_view(prospect: ProspectRow, role: Relation) -> ProspectView {
    ProspectView {
        name: prospect.name,
        email: prospect.email,
        phone: prospect.phone,
        company: prospect.company,
        language: prospect.language,
        words: prospect.words.filter(|_| role == Relation::Giver),
    }
}

pub(super) fn won_value(row: &ReferralRow, role: Relation) -> Answer<Option<Money>> {
    match row.won_value_minor {
        Some(amount_minor) if role == Relation::Receiver => Ok(Some(Money { amount_minor, currency: row.currency()? })),
        _ => Ok(None),
    }
}

pub(super) fn worth(row: &ReferralRow) -> Answer<Option<WorthView>> {
    let worth = row.worth_min_minor.zip(row.worth_max_minor).map(|(min_minor, max_minor)| Worth { min_minor, max_minor });
    worth.map(|Worth { min_minor, max_minor }| Ok(WorthView { min_minor, max_minor, currency: row.currency()? })).transpose()
}

/// The stable name of the reason that belongs to the state.
pub(super) fn reason_name(row: &ReferralRow) -> Option<&'static str> {
    let code = row.reason?;
    match row.state {
        ReferralState::Lost => LoseReason::ALL.iter().find(|reason| reason.code() == code).map(|reason| reason.as_str()),
        ReferralState::Closed => CloseReason::ALL.iter().find(|reason| reason.code() == code).map(|reason| reason.as_str()),
        ReferralState::Invalid => DisputeReason::ALL.iter().find(|reason| reason.code() == code).map(|reason| reason.as_str()),
        _ => None,
    }
}

fn offer_view(row: OfferRow, names: &HashMap<BusinessId, String>) -> OfferView {
    OfferView {
        id: row.id,
        receiver: named(names, row.receiver_business_id),
        state: row.state,
        reason: row.reason,
        offered_at: row.offered_at,
        answer_due_at: row.answer_due_at,
        answered_at: row.answered_at,
    }
}

fn spin_off_view(row: ReferralRow) -> SpinOffView {
    SpinOffView { id: row.id, trade: row.trade(), created_at: row.created_at }
}

fn names(connection: &mut AnyConn, row: &ReferralRow, offers: &[OfferRow]) -> Answer<HashMap<BusinessId, String>> {
    let mut ids: Vec<BusinessId> = offers.iter().map(|offer| offer.receiver_business_id).collect();
    ids.extend([Some(row.giver_business_id), row.receiver_business_id].into_iter().flatten());
    business_names(connection, ids)
}

/// The names of businesses in one look.
pub(super) fn business_names(connection: &mut AnyConn, mut ids: Vec<BusinessId>) -> Answer<HashMap<BusinessId, String>> {
    ids.sort_unstable();
    ids.dedup();
    Ok(businesses::cards(connection, &ids)?.into_iter().map(|(id, card)| (id, card.name)).collect())
}

/// A business with its name.
pub(super) fn named(names: &HashMap<BusinessId, String>, id: BusinessId) -> BusinessRef {
    BusinessRef { id, name: names.get(&id).cloned().unwrap_or_else(|| id.to_string()) }
}

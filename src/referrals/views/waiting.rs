//! What waits for a business: the first thing it sees.

use serde::Serialize;

use super::whole::business_names;
use crate::businesses::trade::TradeCode;
use crate::circles::views as circles;
use crate::db::AnyConn;
use crate::kernel::Answer;
use crate::kernel::clock::{Timestamp, hours};
use crate::kernel::id::{BusinessId, CircleId, ReferralId};
use crate::referrals::model::ReferralState;
use crate::referrals::store::{self, ReferralRow};

/// How many things of one kind are named.
const OF_EACH_KIND: i64 = 20;

crate::coded_enum! {
    /// What somebody waits for.
    pub enum WaitingFor {
        /// Accept or decline an offer.
        AnswerOffer = 1 "answer_offer",
        /// Make the first contact.
        MakeContact = 2 "make_contact",
        /// Tell what became of it.
        TellOutcome = 3 "tell_outcome",
        /// Pass it on to somebody else.
        PassOn = 4 "pass_on",
        /// Decide a dispute.
        DecideDispute = 5 "decide_dispute",
        /// Finish a draft.
        FinishDraft = 6 "finish_draft",
        /// Ask the prospect, who has not answered though the receiver agreed.
        ProspectSilent = 7 "prospect_silent",
    }
}

/// One thing that waits.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct Waiting {
    /// What is to be done.
    pub kind: WaitingFor,
    /// With which referral.
    pub referral: ReferralId,
    /// The trade that is needed.
    #[schema(value_type = Option<String>)]
    pub trade: Option<TradeCode>,
    /// The name of the other business.
    pub partner: Option<String>,
    /// Since when it waits.
    pub since: Timestamp,
    /// Until when it should be done.
    pub due_at: Option<Timestamp>,
}

/// What waits for a business, the most urgent kinds first.
pub fn waiting_for(connection: &mut AnyConn, business: BusinessId) -> Answer<Vec<Waiting>> {
    let mut found: Vec<(WaitingFor, ReferralRow, Option<BusinessId>, Option<Timestamp>)> = Vec::new();
    for (offer, row) in store::waiting_offers(connection, business, OF_EACH_KIND)? {
        let giver = row.giver_business_id;
        found.push((WaitingFor::AnswerOffer, row, Some(giver), Some(offer.answer_due_at)));
    }
    for row in store::waiting_of_receiver(connection, business, &[ReferralState::Introduced], OF_EACH_KIND)? {
        let (giver, due) = (row.giver_business_id, row.introduced_at.map(|at| at.after(hours(row.contact_within_hours()))));
        found.push((WaitingFor::MakeContact, row, Some(giver), due));
    }
    for row in store::waiting_of_giver(connection, business, &[ReferralState::Declined, ReferralState::Expired], OF_EACH_KIND)? {
        let receiver = row.receiver_business_id;
        found.push((WaitingFor::PassOn, row, receiver, None));
    }
    for row in disputes(connection, business)? {
        let giver = row.giver_business_id;
        found.push((WaitingFor::DecideDispute, row, Some(giver), None));
    }
    for row in store::waiting_of_receiver(connection, business, &[ReferralState::Contacted, ReferralState::Quoted], OF_EACH_KIND)? {
        let giver = row.giver_business_id;
        found.push((WaitingFor::TellOutcome, row, Some(giver), None));
    }
    for row in store::waiting_of_giver(connection, business, &[ReferralState::Accepted], OF_EACH_KIND)? {
        let receiver = row.receiver_business_id;
        found.push((WaitingFor::ProspectSilent, row, receiver, None));
    }
    for row in store::waiting_of_giver(connection, business, &[ReferralState::Draft], OF_EACH_KIND)? {
        let receiver = row.receiver_business_id;
        found.push((WaitingFor::FinishDraft, row, receiver, None));
    }
    let names = business_names(connection, found.iter().filter_map(|(_, _, partner, _)| *partner).collect())?;
    let shown = |(kind, row, partner, due_at): (WaitingFor, ReferralRow, Option<BusinessId>, Option<Timestamp>)| Waiting {
        kind,
        referral: row.id,
        trade: row.trade(),
        partner: partner.and_then(|partner| names.get(&partner).cloned()),
        since: row.state_since,
        due_at,
    };
    Ok(found.into_iter().map(shown).collect())
}

/// The referrals whose dispute this business decides: it organises the circle and is no party.
fn disputes(connection: &mut AnyConn, business: BusinessId) -> Answer<Vec<ReferralRow>> {
    let organised: Vec<CircleId> = circles::organised_by(connection, business)?.into_iter().map(|circle| circle.id).collect();
    let open = store::open_disputes_in(connection, &organised, OF_EACH_KIND)?;
    let is_party = |row: &ReferralRow| row.giver_business_id == business || row.receiver_business_id == Some(business);
    Ok(store::referrals(connection, &open)?.into_iter().filter(|row| !is_party(row)).collect())
}

//! Lists of referrals: given, received, of a circle, and the disputes of a circle.

use std::collections::HashMap;

use serde::Serialize;

use super::filter::ListFilter;
use super::whole::{BusinessRef, DisputeView, business_names, named};
use crate::businesses::trade::TradeCode;
use crate::circles::model::MemberState;
use crate::circles::views as circles;
use crate::db::AnyConn;
use crate::kernel::clock::Timestamp;
use crate::kernel::id::{BusinessId, CircleId, OfferId, ReferralId};
use crate::kernel::{Answer, Failure, Page, PageQuery, Principal};
use crate::referrals::model::{DisputeState, OfferState, ReferralState, Relation};
use crate::referrals::store::{self, OfferRow, ReferralRow};

/// A referral in a list.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct ListEntry {
    /// Its id.
    pub id: ReferralId,
    /// What the reader is to it.
    pub role: Relation,
    /// Where it was passed.
    pub circle: CircleId,
    /// The other business: who receives what was given, who gave what was received.
    pub partner: Option<BusinessRef>,
    /// The trade that is needed.
    #[schema(value_type = Option<String>)]
    pub trade: Option<TradeCode>,
    /// What is needed; not for organisers and not for those who declined.
    pub need: Option<String>,
    /// Where it stands; not for those who declined.
    pub state: Option<ReferralState>,
    /// What became of the offer to the reader.
    pub offer: Option<OfferState>,
    /// Until when the reader's answer is awaited.
    pub answer_due_at: Option<Timestamp>,
    /// The prospect's name, for those who may know it.
    pub prospect_name: Option<String>,
    /// When it reached its state, or the offer its outcome.
    pub since: Timestamp,
}

/// What the person's business gave, newest first; the cursor is a referral.
pub fn given(connection: &mut AnyConn, principal: &Principal, sought: &ListFilter, query: &PageQuery) -> Answer<Page<ListEntry>> {
    let giver = principal.business()?;
    sought.page(connection, query, |connection, below, limit| {
        let rows = store::given(connection, giver, &sought.states, sought.circle, below, bounded(limit))?;
        let prospects = store::prospect_names(connection, &rows.iter().map(|row| row.id).collect::<Vec<_>>())?;
        let names = business_names(connection, rows.iter().filter_map(|row| row.receiver_business_id).collect())?;
        let whole = |row: ReferralRow| ListEntry {
            partner: row.receiver_business_id.map(|receiver| named(&names, receiver)),
            prospect_name: prospects.get(&row.id).cloned(),
            ..entry(&row, Relation::Giver)
        };
        Ok(rows.into_iter().map(|row| (row.id, whole(row))).collect())
    })
}

/// What was offered to the person's business, newest first; the cursor is an offer. Who declined sees only that.
pub fn received(connection: &mut AnyConn, principal: &Principal, sought: &ListFilter, query: &PageQuery) -> Answer<Page<ListEntry>> {
    let receiver = principal.business()?;
    sought.page(connection, query, |connection, below: OfferId, limit| {
        let rows = store::received(connection, receiver, &sought.states, sought.circle, below, bounded(limit))?;
        let known = |(offer, row): &&(OfferRow, ReferralRow)| offer.state.shows_referral() && row.state.was_introduced();
        let prospects = store::prospect_names(connection, &rows.iter().filter(known).map(|(_, row)| row.id).collect::<Vec<_>>())?;
        let names = business_names(connection, rows.iter().map(|(offer, _)| offer.giver_business_id).collect())?;
        Ok(rows.into_iter().map(|(offer, row)| (offer.id, received_entry(&offer, &row, &names, prospects.get(&row.id).cloned()))).collect())
    })
}

fn received_entry(offer: &OfferRow, row: &ReferralRow, names: &HashMap<BusinessId, String>, prospect_name: Option<String>) -> ListEntry {
    let shown = offer.state.shows_referral();
    let whole = entry(row, Relation::Receiver);
    ListEntry {
        partner: Some(named(names, offer.giver_business_id)),
        need: whole.need.filter(|_| shown),
        state: whole.state.filter(|_| shown),
        offer: Some(offer.state),
        answer_due_at: Some(offer.answer_due_at).filter(|_| offer.state == OfferState::Open),
        prospect_name,
        since: if shown { whole.since } else { offer.answered_at.unwrap_or(offer.offered_at) },
        ..whole
    }
}

fn bounded(limit: usize) -> i64 {
    i64::try_from(limit).unwrap_or(i64::MAX)
}

/// What was passed in a circle, newest first; for its organisers.
pub fn of_circle(connection: &mut AnyConn, principal: &Principal, circle: CircleId, query: &PageQuery) -> Answer<Page<ListEntry>> {
    require_organiser(connection, principal, circle)?;
    let rows = store::in_circle(connection, circle, query.below(), limit_of(query))?;
    let page = Page::of(rows, query.limit(), |row| row.id);
    let names = business_names(connection, page.items.iter().filter_map(|row| row.receiver_business_id).collect())?;
    Ok(page.map(|row| ListEntry { partner: row.receiver_business_id.map(|receiver| named(&names, receiver)), need: None, ..entry(&row, Relation::Organiser) }))
}

/// The disputes of a circle, newest first; for its organisers and for operators, who stand in when every organiser is a party.
pub fn disputes(
    connection: &mut AnyConn,
    principal: &Principal,
    circle: CircleId,
    state: Option<DisputeState>,
    query: &PageQuery,
) -> Answer<Page<DisputeView>> {
    if !principal.is_operator {
        require_organiser(connection, principal, circle)?;
    }
    let rows = store::disputes_in(connection, circle, state, query.below(), limit_of(query))?;
    Ok(Page::of(rows, query.limit(), |row| row.id).map(DisputeView::from))
}

fn require_organiser(connection: &mut AnyConn, principal: &Principal, circle: CircleId) -> Answer<()> {
    let membership = circles::membership(connection, circle, principal.business()?)?.filter(|membership| membership.state == MemberState::Active);
    match membership {
        Some(membership) if membership.is_organiser => Ok(()),
        Some(_) => Err(Failure::forbidden("organiser_only", "only organisers of the circle may see this")),
        None => Err(Failure::NotFound("circle")),
    }
}

fn entry(row: &ReferralRow, role: Relation) -> ListEntry {
    ListEntry {
        id: row.id,
        role,
        circle: row.circle_id,
        partner: None,
        trade: row.trade(),
        need: Some(row.need.clone()),
        state: Some(row.state),
        offer: None,
        answer_due_at: None,
        prospect_name: None,
        since: row.state_since,
    }
}

fn limit_of(query: &PageQuery) -> i64 {
    query.limit() as i64 + 1
}

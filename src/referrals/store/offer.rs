//! The rows of offers.

use diesel::dsl::count_star;
use diesel::prelude::*;

use crate::db::AnyConn;
use crate::db::schema::{offer, referral};
use crate::kernel::clock::Timestamp;
use crate::kernel::id::{BusinessId, CircleId, OfferId, PersonId, ReferralId};
use crate::kernel::{Answer, Failure};
use crate::referrals::model::{DeclineReason, OfferState, ReferralState};

use super::ReferralRow;

/// How many answers of a circle are looked at, the newest first.
const ANSWERS_MAX: i64 = 5_000;

/// An offer as it is stored.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = offer, treat_none_as_null = true)]
pub struct OfferRow {
    pub id: OfferId,
    pub referral_id: ReferralId,
    pub giver_business_id: BusinessId,
    pub receiver_business_id: BusinessId,
    pub state: OfferState,
    pub offered_at: Timestamp,
    pub answer_due_at: Timestamp,
    pub answered_at: Option<Timestamp>,
    pub answered_by: Option<PersonId>,
    pub reason: Option<DeclineReason>,
}

pub fn insert_offer(connection: &mut AnyConn, row: &OfferRow) -> Answer<()> {
    diesel::insert_into(offer::table).values(row).execute(connection)?;
    Ok(())
}

pub fn save_offer(connection: &mut AnyConn, row: &OfferRow) -> Answer<()> {
    let changed = diesel::update(offer::table.find(row.id)).set(row).execute(connection)?;
    if changed == 1 { Ok(()) } else { Err(Failure::internal(format!("{} vanished", row.id))) }
}

pub fn offer(connection: &mut AnyConn, id: OfferId) -> Answer<OfferRow> {
    let found = offer::table.find(id).select(OfferRow::as_select()).first(connection).optional()?;
    found.ok_or(Failure::NotFound("offer"))
}

/// The offer of a referral to one receiver.
pub fn offer_to(connection: &mut AnyConn, referral: ReferralId, receiver: BusinessId) -> Answer<Option<OfferRow>> {
    let one = offer::table.filter(offer::referral_id.eq(referral).and(offer::receiver_business_id.eq(receiver)));
    Ok(one.select(OfferRow::as_select()).first(connection).optional()?)
}

/// All offers of a referral, the oldest first.
pub fn offers_of(connection: &mut AnyConn, referral: ReferralId) -> Answer<Vec<OfferRow>> {
    Ok(offer::table.filter(offer::referral_id.eq(referral)).order(offer::id.asc()).select(OfferRow::as_select()).load(connection)?)
}

/// A referral's giver, with one of its offers: receiver, state, when it was put and when it was answered or ended.
pub type PartiesRow = (ReferralId, BusinessId, ReferralState, Option<(BusinessId, OfferState, Timestamp, Option<Timestamp>)>);

/// The giver and every receiver of these referrals, a row for each offer, in one query.
pub fn parties(connection: &mut AnyConn, ids: &[ReferralId]) -> Answer<Vec<PartiesRow>> {
    Ok(referral::table
        .left_join(offer::table.on(offer::referral_id.eq(referral::id)))
        .filter(referral::id.eq_any(ids.to_vec()))
        .select((
            referral::id,
            referral::giver_business_id,
            referral::state,
            (offer::receiver_business_id, offer::state, offer::offered_at, offer::answered_at).nullable(),
        ))
        .load(connection)?)
}

/// When the giver passed something since a moment, newest first.
pub fn passed_since(connection: &mut AnyConn, giver: BusinessId, since: Timestamp, limit: i64) -> Answer<Vec<Timestamp>> {
    Ok(offer::table
        .filter(offer::giver_business_id.eq(giver).and(offer::offered_at.gt(since)))
        .order(offer::offered_at.desc())
        .limit(limit)
        .select(offer::offered_at)
        .load(connection)?)
}

/// How many offers a giver made to each receiver since a moment, those for one referral left out.
pub fn passed_to_each_since(connection: &mut AnyConn, giver: BusinessId, since: Timestamp, but: ReferralId) -> Answer<Vec<(BusinessId, i64)>> {
    Ok(offer::table
        .filter(offer::giver_business_id.eq(giver).and(offer::offered_at.gt(since)).and(offer::referral_id.ne(but)))
        .group_by(offer::receiver_business_id)
        .select((offer::receiver_business_id, count_star()))
        .load(connection)?)
}

/// What was offered to a business, newest first, with its referral in these states (all when empty), in one circle or in all.
pub fn received(
    connection: &mut AnyConn,
    receiver: BusinessId,
    states: &[ReferralState],
    circle: Option<CircleId>,
    below: OfferId,
    limit: i64,
) -> Answer<Vec<(OfferRow, ReferralRow)>> {
    let mine = offer::table
        .inner_join(referral::table.on(referral::id.eq(offer::referral_id)))
        .filter(offer::receiver_business_id.eq(receiver).and(offer::id.lt(below)));
    let mut rows = mine.order(offer::id.desc()).limit(limit).select((OfferRow::as_select(), ReferralRow::as_select())).into_boxed();
    if !states.is_empty() {
        // Only a receiver who did not decline sees where a referral stands; others find theirs by the offer's outcome.
        let shown = vec![OfferState::Open, OfferState::Accepted];
        rows = rows.filter(referral::state.eq_any(states.to_vec()).and(offer::state.eq_any(shown)));
    }
    if let Some(circle) = circle {
        rows = rows.filter(referral::circle_id.eq(circle));
    }
    Ok(rows.load(connection)?)
}

/// When offers made in a circle since a moment were put and answered (or ran out), by receiver, newest first.
pub fn answers_in(connection: &mut AnyConn, circle: CircleId, since: Timestamp) -> Answer<Vec<(BusinessId, Timestamp, Timestamp)>> {
    let answered = vec![OfferState::Accepted, OfferState::Declined, OfferState::Expired];
    let rows: Vec<(BusinessId, Timestamp, Option<Timestamp>)> = offer::table
        .inner_join(referral::table.on(referral::id.eq(offer::referral_id)))
        .filter(referral::circle_id.eq(circle).and(referral::created_at.ge(since)).and(offer::state.eq_any(answered)))
        .order(offer::id.desc())
        .limit(ANSWERS_MAX)
        .select((offer::receiver_business_id, offer::offered_at, offer::answered_at))
        .load(connection)?;
    Ok(rows.into_iter().filter_map(|(receiver, offered_at, answered_at)| Some((receiver, offered_at, answered_at?))).collect())
}

/// How a business answered what was offered to it since a moment, newest first: the outcome, and when it was offered and answered
/// (or ran out).
pub fn answers_of(connection: &mut AnyConn, receiver: BusinessId, since: Timestamp) -> Answer<Vec<(OfferState, Timestamp, Timestamp)>> {
    let answered = vec![OfferState::Accepted, OfferState::Declined, OfferState::Expired];
    let rows: Vec<(OfferState, Timestamp, Option<Timestamp>)> = offer::table
        .filter(offer::receiver_business_id.eq(receiver).and(offer::offered_at.ge(since)).and(offer::state.eq_any(answered)))
        .order(offer::id.desc())
        .limit(ANSWERS_MAX)
        .select((offer::state, offer::offered_at, offer::answered_at))
        .load(connection)?;
    Ok(rows.into_iter().filter_map(|(state, offered_at, answered_at)| Some((state, offered_at, answered_at?))).collect())
}

/// The offers that wait for a business, the most urgent first.
pub fn waiting_offers(connection: &mut AnyConn, receiver: BusinessId, limit: i64) -> Answer<Vec<(OfferRow, ReferralRow)>> {
    Ok(offer::table
        .inner_join(referral::table.on(referral::id.eq(offer::referral_id)))
        .filter(offer::receiver_business_id.eq(receiver).and(offer::state.eq(OfferState::Open)))
        .order(offer::id.asc())
        .limit(limit)
        .select((OfferRow::as_select(), ReferralRow::as_select()))
        .load(connection)?)
}

/// A referral with its giver, the receiver who agreed, and when it was offered and answered.
pub type IntroducedRow = (ReferralId, BusinessId, BusinessId, Timestamp, Option<Timestamp>);

/// The referrals of a circle that were introduced since a moment, the newest first; those found invalid are left out.
pub fn introduced_since(connection: &mut AnyConn, circle: CircleId, since: Timestamp, limit: i64) -> Answer<Vec<IntroducedRow>> {
    Ok(referral::table
        .inner_join(offer::table.on(offer::referral_id.eq(referral::id)))
        .filter(referral::circle_id.eq(circle).and(referral::introduced_at.ge(since)).and(referral::state.ne(ReferralState::Invalid)))
        .filter(offer::state.eq(OfferState::Accepted))
        .order((referral::introduced_at.desc(), referral::id.desc()))
        .limit(limit)
        .select((referral::id, offer::giver_business_id, offer::receiver_business_id, offer::offered_at, offer::answered_at))
        .load(connection)?)
}

/// The referrals of a circle that passed among these businesses and were introduced since a moment, with that moment; those found
/// invalid are left out.
pub fn introduced_among(connection: &mut AnyConn, circle: CircleId, members: &[BusinessId], since: Timestamp, limit: i64) -> Answer<Vec<Turn>> {
    Ok(referral::table
        .filter(referral::circle_id.eq(circle).and(referral::introduced_at.ge(since)).and(referral::state.ne(ReferralState::Invalid)))
        .filter(referral::giver_business_id.eq_any(members.to_vec()).and(referral::receiver_business_id.eq_any(members.to_vec())))
        .order((referral::introduced_at.desc(), referral::id.desc()))
        .limit(limit)
        .select((referral::id, referral::giver_business_id, referral::receiver_business_id, referral::introduced_at))
        .load(connection)?)
}

/// When the giver passed something to one receiver since a moment, newest first.
pub fn passed_to_since(connection: &mut AnyConn, giver: BusinessId, receiver: BusinessId, since: Timestamp, limit: i64) -> Answer<Vec<Timestamp>> {
    Ok(offer::table
        .filter(offer::giver_business_id.eq(giver).and(offer::offered_at.gt(since)).and(offer::receiver_business_id.eq(receiver)))
        .order(offer::offered_at.desc())
        .limit(limit)
        .select(offer::offered_at)
        .load(connection)?)
}

/// A referral, its giver, who received it, and when.
pub type Turn = (ReferralId, BusinessId, Option<BusinessId>, Option<Timestamp>);

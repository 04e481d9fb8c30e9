//! The rows of referrals.

use std::collections::HashMap;

use diesel::dsl::count_star;
use diesel::prelude::*;

use crate::businesses::trade::TradeCode;
use crate::circles::policy::ConsentPath;
use crate::db::AnyConn;
use crate::db::schema::referral;
use crate::kernel::clock::Timestamp;
use crate::kernel::id::{BusinessId, CircleId, Identifier, PersonId, ReferralId};
use crate::kernel::money::Currency;
use crate::kernel::region::Region;
use crate::kernel::{Answer, Failure};
use crate::referrals::model::{ContactBy, ReferralState};

/// A referral as it is stored. A draft may lack its receiver, trade and need.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = referral, treat_none_as_null = true)]
pub struct ReferralRow {
    pub id: ReferralId,
    pub circle_id: CircleId,
    pub giver_business_id: BusinessId,
    pub giver_person_id: PersonId,
    pub receiver_business_id: Option<BusinessId>,
    pub state: ReferralState,
    pub policy_version: i32,
    pub trade: String,
    pub need: String,
    pub expectation: Option<String>,
    pub country: String,
    pub postal_code: String,
    pub worth_min_minor: Option<i64>,
    pub worth_max_minor: Option<i64>,
    pub currency: String,
    pub effort: i16,
    pub contact_by: ContactBy,
    pub contact_within_hours: i32,
    pub consent_path: ConsentPath,
    pub inside: bool,
    pub origin_referral_id: Option<ReferralId>,
    pub case_id: Option<i64>,
    pub won_value_minor: Option<i64>,
    pub reason: Option<i16>,
    pub created_at: Timestamp,
    pub state_since: Timestamp,
    pub introduced_at: Option<Timestamp>,
    pub contacted_at: Option<Timestamp>,
    pub closed_at: Option<Timestamp>,
    pub wiped_at: Option<Timestamp>,
    pub version: i32,
}

impl ReferralRow {
    /// The trade; none while a draft lacks it.
    pub fn trade(&self) -> Option<TradeCode> {
        TradeCode::parse(&self.trade)
    }

    /// Where the need is.
    pub fn region(&self) -> Region {
        Region { country: self.country.clone(), postal_code: self.postal_code.clone() }
    }

    /// The currency of its amounts.
    pub fn currency(&self) -> Answer<Currency> {
        Currency::parse(&self.currency).map_err(|_| Failure::internal(format!("{} has the currency {}", self.id, self.currency)))
    }

    /// The hours within which the first contact was agreed.
    pub fn contact_within_hours(&self) -> u32 {
        u32::try_from(self.contact_within_hours).unwrap_or_default()
    }

    /// Enters a state at a moment.
    pub fn enter(&mut self, state: ReferralState, now: Timestamp) {
        self.state = state;
        self.state_since = now;
        self.closed_at = state.is_over().then_some(now);
    }
}

pub fn insert_referral(connection: &mut AnyConn, row: &ReferralRow) -> Answer<()> {
    diesel::insert_into(referral::table).values(row).execute(connection)?;
    Ok(())
}

/// Writes a referral that was loaded under its lock, as its next version.
pub fn save_referral(connection: &mut AnyConn, row: &mut ReferralRow) -> Answer<()> {
    row.version += 1;
    let changed = diesel::update(referral::table.find(row.id)).set(&*row).execute(connection)?;
    if changed == 1 { Ok(()) } else { Err(Failure::internal(format!("{} vanished", row.id))) }
}

pub fn referral(connection: &mut AnyConn, id: ReferralId) -> Answer<ReferralRow> {
    let found = referral::table.find(id).select(ReferralRow::as_select()).first(connection).optional()?;
    found.ok_or(Failure::NotFound("referral"))
}

pub fn referrals(connection: &mut AnyConn, ids: &[ReferralId]) -> Answer<Vec<ReferralRow>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    Ok(referral::table.filter(referral::id.eq_any(ids.to_vec())).select(ReferralRow::as_select()).load(connection)?)
}

/// The codes of the trades that these referrals need.
pub fn trades(connection: &mut AnyConn, ids: &[ReferralId]) -> Answer<Vec<(ReferralId, String)>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    Ok(referral::table.filter(referral::id.eq_any(ids.to_vec())).select((referral::id, referral::trade)).load(connection)?)
}

/// What these referrals need and when they were begun.
pub fn labels(connection: &mut AnyConn, ids: &[ReferralId]) -> Answer<Vec<(ReferralId, String, Timestamp)>> {
    Ok(referral::table.filter(referral::id.eq_any(ids.to_vec())).select((referral::id, referral::trade, referral::created_at)).load(connection)?)
}

/// What a business gave, newest first, in these states (all when empty) and in one circle or in all.
pub fn given(
    connection: &mut AnyConn,
    giver: BusinessId,
    states: &[ReferralState],
    circle: Option<CircleId>,
    below: ReferralId,
    limit: i64,
) -> Answer<Vec<ReferralRow>> {
    let mine = referral::table.filter(referral::giver_business_id.eq(giver).and(referral::id.lt(below)));
    let mut rows = mine.order(referral::id.desc()).limit(limit).select(ReferralRow::as_select()).into_boxed();
    if !states.is_empty() {
        rows = rows.filter(referral::state.eq_any(states.to_vec()));
    }
    if let Some(circle) = circle {
        rows = rows.filter(referral::circle_id.eq(circle));
    }
    Ok(rows.load(connection)?)
}

/// Of what a business gave and of what it received those that reached their state last, so many of each. One query each, so
/// that each goes by its own index.
pub fn moved_lately(connection: &mut AnyConn, business: BusinessId, limit: i64) -> Answer<Vec<ReferralRow>> {
    let page = || referral::table.filter(referral::state.ne(ReferralState::Draft)).order(referral::state_since.desc()).limit(limit);
    let mut rows: Vec<ReferralRow> = page().filter(referral::giver_business_id.eq(business)).select(ReferralRow::as_select()).load(connection)?;
    rows.extend(page().filter(referral::receiver_business_id.eq(business)).select(ReferralRow::as_select()).load::<ReferralRow>(connection)?);
    Ok(rows)
}

/// What was passed in a circle, newest first; drafts are nobody's business.
pub fn in_circle(connection: &mut AnyConn, circle: CircleId, below: ReferralId, limit: i64) -> Answer<Vec<ReferralRow>> {
    Ok(referral::table
        .filter(referral::circle_id.eq(circle).and(referral::id.lt(below)).and(referral::state.ne(ReferralState::Draft)))
        .order(referral::id.desc())
        .limit(limit)
        .select(ReferralRow::as_select())
        .load(connection)?)
}

/// The giver's referrals in these states, by state and age: the order of the index, which no long history slows down.
pub fn waiting_of_giver(connection: &mut AnyConn, giver: BusinessId, states: &[ReferralState], limit: i64) -> Answer<Vec<ReferralRow>> {
    Ok(referral::table
        .filter(referral::giver_business_id.eq(giver).and(referral::state.eq_any(states.to_vec())))
        .order((referral::state.asc(), referral::id.asc()))
        .limit(limit)
        .select(ReferralRow::as_select())
        .load(connection)?)
}

/// The receiver's referrals in these states, by state and age.
pub fn waiting_of_receiver(connection: &mut AnyConn, receiver: BusinessId, states: &[ReferralState], limit: i64) -> Answer<Vec<ReferralRow>> {
    Ok(referral::table
        .filter(referral::receiver_business_id.eq(receiver).and(referral::state.eq_any(states.to_vec())))
        .order((referral::state.asc(), referral::id.asc()))
        .limit(limit)
        .select(ReferralRow::as_select())
        .load(connection)?)
}

/// How many places of each of these receivers are taken, by others than this referral.
pub fn places_filled(connection: &mut AnyConn, receivers: &[BusinessId], except: Option<ReferralId>) -> Answer<HashMap<BusinessId, u32>> {
    if receivers.is_empty() {
        return Ok(HashMap::new());
    }
    let states = ReferralState::all_that(ReferralState::fills_a_place);
    let filling = referral::table
        .filter(referral::receiver_business_id.eq_any(receivers.to_vec()).and(referral::state.eq_any(states)))
        .filter(referral::id.ne(except.unwrap_or(ReferralId::from_raw(0))));
    let rows: Vec<(Option<BusinessId>, i64)> =
        filling.group_by(referral::receiver_business_id).select((referral::receiver_business_id, count_star())).load(connection)?;
    Ok(rows.into_iter().filter_map(|(receiver, count)| Some((receiver?, u32::try_from(count).unwrap_or(u32::MAX)))).collect())
}

/// How many referrals ended in a circle since a moment with business or without, by receiver.
pub fn ended_in(connection: &mut AnyConn, circle: CircleId, since: Timestamp) -> Answer<Vec<(BusinessId, ReferralState, i64)>> {
    let ended = vec![ReferralState::Won, ReferralState::Lost];
    let rows: Vec<(Option<BusinessId>, ReferralState, i64)> = referral::table
        .filter(referral::circle_id.eq(circle).and(referral::state.eq_any(ended)).and(referral::closed_at.ge(since)))
        .group_by((referral::receiver_business_id, referral::state))
        .select((referral::receiver_business_id, referral::state, count_star()))
        .load(connection)?;
    Ok(rows.into_iter().filter_map(|(receiver, state, count)| Some((receiver?, state, count))).collect())
}

/// The referrals that came out of this one, the oldest first; drafts are nobody's business.
pub fn spin_offs_of(connection: &mut AnyConn, origin: ReferralId, limit: i64) -> Answer<Vec<ReferralRow>> {
    Ok(referral::table
        .filter(referral::origin_referral_id.eq(origin).and(referral::state.ne(ReferralState::Draft)))
        .order(referral::id.asc())
        .limit(limit)
        .select(ReferralRow::as_select())
        .load(connection)?)
}

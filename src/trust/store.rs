//! The SQL of cases.

use std::collections::BTreeSet;

use diesel::prelude::*;

use super::model::{CASES_MAX, CaseState, Outcome};
use crate::db::schema::{trust_case, trust_case_member, trust_case_referral};
use crate::db::{AnyConn, Tx};
use crate::kernel::id::{BusinessId, CircleId, PersonId, ReferralId, TrustCaseId};
use crate::kernel::{Answer, Failure, Timestamp};
use crate::on_each;

/// Rows of one insert.
const BATCH: usize = 500;

/// A case as it is stored.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = trust_case, treat_none_as_null = true)]
pub(super) struct CaseRow {
    pub id: TrustCaseId,
    pub circle_id: CircleId,
    pub state: CaseState,
    pub facts: String,
    pub opened_at: Timestamp,
    pub refreshed_at: Timestamp,
    pub outcome: Option<Outcome>,
    pub note: Option<String>,
    pub decided_by: Option<PersonId>,
    pub decided_at: Option<Timestamp>,
    pub version: i32,
}

pub(super) fn insert(tx: &mut Tx<'_>, row: &CaseRow) -> Answer<()> {
    diesel::insert_into(trust_case::table).values(row).execute(&mut **tx)?;
    Ok(())
}

/// Writes a case that was read under its circle's lock.
pub(super) fn save(tx: &mut Tx<'_>, row: &mut CaseRow) -> Answer<()> {
    row.version += 1;
    let changed = diesel::update(trust_case::table.find(row.id)).set(&*row).execute(&mut **tx)?;
    if changed == 1 { Ok(()) } else { Err(Failure::internal(format!("{} vanished", row.id))) }
}

/// Writes who a case names and which referrals it rests on, instead of what was there.
pub(super) fn set_parts(tx: &mut Tx<'_>, case: TrustCaseId, members: &[BusinessId], referrals: &[ReferralId]) -> Answer<()> {
    diesel::delete(trust_case_member::table.filter(trust_case_member::case_id.eq(case))).execute(&mut **tx)?;
    diesel::delete(trust_case_referral::table.filter(trust_case_referral::case_id.eq(case))).execute(&mut **tx)?;
    for part in members.chunks(BATCH) {
        let rows: Vec<_> = part.iter().map(|id| (trust_case_member::case_id.eq(case), trust_case_member::business_id.eq(*id))).collect();
        on_each!(&mut **tx, inner => diesel::insert_into(trust_case_member::table).values(rows).execute(inner))?;
    }
    for part in referrals.chunks(BATCH) {
        let rows: Vec<_> = part.iter().map(|id| (trust_case_referral::case_id.eq(case), trust_case_referral::referral_id.eq(*id))).collect();
        on_each!(&mut **tx, inner => diesel::insert_into(trust_case_referral::table).values(rows).execute(inner))?;
    }
    Ok(())
}

pub(super) fn case(connection: &mut AnyConn, circle: CircleId, id: TrustCaseId) -> Answer<CaseRow> {
    let found = trust_case::table.find(id).filter(trust_case::circle_id.eq(circle)).select(CaseRow::as_select()).first(connection).optional()?;
    found.ok_or(Failure::NotFound("case"))
}

/// Cases of a circle in these states below an id, newest first: without the hidden ones, or only the shown ones.
pub(super) fn cases(connection: &mut AnyConn, circle: CircleId, states: &[CaseState], which: &Which, below: TrustCaseId, limit: usize) -> Answer<Vec<CaseRow>> {
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let here = trust_case::table
        .filter(trust_case::circle_id.eq(circle).and(trust_case::id.lt(below)).and(trust_case::state.eq_any(states.to_vec())))
        .order(trust_case::id.desc())
        .limit(limit)
        .select(CaseRow::as_select());
    Ok(match which {
        Which::But(hidden) if hidden.is_empty() => here.load(connection)?,
        Which::But(hidden) => here.filter(trust_case::id.ne_all(hidden.clone())).load(connection)?,
        Which::Only(shown) => here.filter(trust_case::id.eq_any(shown.clone())).load(connection)?,
    })
}

/// Which cases somebody sees.
#[derive(Debug, Clone)]
pub(super) enum Which {
    /// All but these.
    But(Vec<TrustCaseId>),
    /// These.
    Only(Vec<TrustCaseId>),
}

/// The members of several cases.
pub(super) fn members(connection: &mut AnyConn, cases: &[TrustCaseId]) -> Answer<Vec<(TrustCaseId, BusinessId)>> {
    if cases.is_empty() {
        return Ok(Vec::new());
    }
    Ok(trust_case_member::table
        .filter(trust_case_member::case_id.eq_any(cases.to_vec()))
        .order((trust_case_member::case_id, trust_case_member::business_id))
        .select((trust_case_member::case_id, trust_case_member::business_id))
        .load(connection)?)
}

/// The members of one case.
pub(super) fn members_of(connection: &mut AnyConn, case: TrustCaseId) -> Answer<BTreeSet<BusinessId>> {
    Ok(members(connection, &[case])?.into_iter().map(|(_, member)| member).collect())
}

/// The referrals that a case rests on, by id.
pub(super) fn referrals_of(connection: &mut AnyConn, case: TrustCaseId) -> Answer<Vec<ReferralId>> {
    Ok(trust_case_referral::table
        .filter(trust_case_referral::case_id.eq(case))
        .order(trust_case_referral::referral_id)
        .select(trust_case_referral::referral_id)
        .load(connection)?)
}

/// The cases of a circle that name these businesses, newest first: one row for each case and business.
pub(super) fn naming(connection: &mut AnyConn, circle: CircleId, businesses: &[BusinessId]) -> Answer<Vec<(TrustCaseId, BusinessId)>> {
    if businesses.is_empty() {
        return Ok(Vec::new());
    }
    Ok(trust_case_member::table
        .inner_join(trust_case::table.on(trust_case::id.eq(trust_case_member::case_id)))
        .filter(trust_case::circle_id.eq(circle).and(trust_case_member::business_id.eq_any(businesses.to_vec())))
        .order((trust_case::id.desc(), trust_case_member::business_id))
        .limit(CASES_MAX)
        .select((trust_case_member::case_id, trust_case_member::business_id))
        .load(connection)?)
}

/// The referrals of a circle's cases that were decided since a moment.
pub(super) fn decided_referrals(connection: &mut AnyConn, circle: CircleId, since: Timestamp) -> Answer<BTreeSet<ReferralId>> {
    let rows: Vec<ReferralId> = trust_case_referral::table
        .inner_join(trust_case::table.on(trust_case::id.eq(trust_case_referral::case_id)))
        .filter(trust_case::circle_id.eq(circle).and(trust_case::state.eq(CaseState::Decided)).and(trust_case::decided_at.ge(since)))
        .select(trust_case_referral::referral_id)
        .load(connection)?;
    Ok(rows.into_iter().collect())
}

/// Whether an organiser decided that the credits of this referral are taken back.
pub(super) fn was_taken_back(connection: &mut AnyConn, referral: ReferralId) -> Answer<bool> {
    let decided = trust_case_referral::table
        .inner_join(trust_case::table.on(trust_case::id.eq(trust_case_referral::case_id)))
        .filter(trust_case_referral::referral_id.eq(referral).and(trust_case::outcome.eq(Outcome::Reversed)));
    Ok(diesel::select(diesel::dsl::exists(decided)).get_result(connection)?)
}

/// Who decided that the credits of this case are taken back; nothing where that was not decided.
pub(super) fn taken_back_by(connection: &mut AnyConn, case: TrustCaseId) -> Answer<Option<Option<PersonId>>> {
    let decided = trust_case::table.find(case).filter(trust_case::outcome.eq(Outcome::Reversed));
    Ok(decided.select(trust_case::decided_by).first(connection).optional()?)
}

/// The circle of each open case in these circles that does not name the business.
pub(super) fn open_without(connection: &mut AnyConn, business: BusinessId, circles: &[CircleId]) -> Answer<Vec<CircleId>> {
    let naming = trust_case_member::table.filter(trust_case_member::business_id.eq(business)).select(trust_case_member::case_id);
    Ok(trust_case::table
        .filter(trust_case::circle_id.eq_any(circles.to_vec()).and(trust_case::state.eq(CaseState::Open)))
        .filter(trust_case::id.ne_all(naming))
        .limit(CASES_MAX)
        .select(trust_case::circle_id)
        .load(connection)?)
}

/// The open cases of a circle, the oldest first.
pub(super) fn open_cases(connection: &mut AnyConn, circle: CircleId) -> Answer<Vec<CaseRow>> {
    Ok(trust_case::table
        .filter(trust_case::circle_id.eq(circle).and(trust_case::state.eq(CaseState::Open)))
        .order(trust_case::id)
        .limit(CASES_MAX)
        .select(CaseRow::as_select())
        .load(connection)?)
}

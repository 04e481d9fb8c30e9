//! The rows of disputes.

use diesel::prelude::*;

use crate::db::AnyConn;
use crate::db::schema::dispute;
use crate::kernel::clock::Timestamp;
use crate::kernel::id::{CircleId, DisputeId, PersonId, ReferralId};
use crate::kernel::{Answer, Failure};
use crate::referrals::model::{DisputeReason, DisputeState};

/// A dispute as it is stored.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = dispute, treat_none_as_null = true)]
pub struct DisputeRow {
    pub id: DisputeId,
    pub referral_id: ReferralId,
    pub circle_id: CircleId,
    pub state: DisputeState,
    pub reason: DisputeReason,
    pub words: String,
    pub opened_by: PersonId,
    pub opened_at: Timestamp,
    pub decided_by: Option<PersonId>,
    pub decided_at: Option<Timestamp>,
    pub decision_words: Option<String>,
}

pub fn insert_dispute(connection: &mut AnyConn, row: &DisputeRow) -> Answer<()> {
    diesel::insert_into(dispute::table).values(row).execute(connection)?;
    Ok(())
}

pub fn save_dispute(connection: &mut AnyConn, row: &DisputeRow) -> Answer<()> {
    let changed = diesel::update(dispute::table.find(row.id)).set(row).execute(connection)?;
    if changed == 1 { Ok(()) } else { Err(Failure::internal(format!("{} vanished", row.id))) }
}

/// The dispute of a referral that waits for the organiser.
pub fn open_dispute(connection: &mut AnyConn, of: ReferralId) -> Answer<Option<DisputeRow>> {
    let open = dispute::table.filter(dispute::referral_id.eq(of).and(dispute::state.eq(DisputeState::Open)));
    Ok(open.select(DisputeRow::as_select()).first(connection).optional()?)
}

/// The disputes of a circle, newest first, in this state or in all.
pub fn disputes_in(connection: &mut AnyConn, circle: CircleId, state: Option<DisputeState>, below: DisputeId, limit: i64) -> Answer<Vec<DisputeRow>> {
    let here = dispute::table.filter(dispute::circle_id.eq(circle).and(dispute::id.lt(below)));
    let rows = here.order(dispute::id.desc()).limit(limit).select(DisputeRow::as_select());
    Ok(match state {
        Some(state) => rows.filter(dispute::state.eq(state)).load(connection)?,
        None => rows.load(connection)?,
    })
}

/// The referrals whose dispute is open in these circles.
pub fn open_disputes_in(connection: &mut AnyConn, circles: &[CircleId], limit: i64) -> Answer<Vec<ReferralId>> {
    if circles.is_empty() {
        return Ok(Vec::new());
    }
    Ok(dispute::table
        .filter(dispute::circle_id.eq_any(circles.to_vec()).and(dispute::state.eq(DisputeState::Open)))
        .order(dispute::id.asc())
        .limit(limit)
        .select(dispute::referral_id)
        .load(connection)?)
}

//! The SQL of meetings.

use diesel::prelude::*;

use super::model::{MeetingState, MeetingValues, PAST_SHOWN, TO_COME_MAX};
use crate::db::schema::meeting;
use crate::db::{AnyConn, Tx};
use crate::kernel::id::{CircleId, MeetingId, PersonId};
use crate::kernel::{Answer, Failure, Timestamp};

/// A meeting as it is stored.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = meeting, treat_none_as_null = true)]
pub(super) struct MeetingRow {
    pub id: MeetingId,
    pub circle_id: CircleId,
    pub starts_at: Timestamp,
    pub place: String,
    pub words: Option<String>,
    pub called_off_at: Option<Timestamp>,
    pub version: i32,
    pub created_by: PersonId,
    pub created_at: Timestamp,
}

impl MeetingRow {
    pub fn state(&self) -> MeetingState {
        if self.called_off_at.is_some() { MeetingState::CalledOff } else { MeetingState::Planned }
    }

    pub fn values(&self) -> MeetingValues {
        MeetingValues { starts_at: self.starts_at, place: self.place.clone(), words: self.words.clone() }
    }
}

pub(super) fn insert(tx: &mut Tx<'_>, row: &MeetingRow) -> Answer<()> {
    diesel::insert_into(meeting::table).values(row).execute(&mut **tx)?;
    Ok(())
}

/// Writes a meeting that was read under its circle's lock.
pub(super) fn save(tx: &mut Tx<'_>, row: &mut MeetingRow) -> Answer<()> {
    row.version += 1;
    let changed = diesel::update(meeting::table.find(row.id)).set(&*row).execute(&mut **tx)?;
    if changed == 1 { Ok(()) } else { Err(Failure::internal(format!("{} vanished", row.id))) }
}

pub(super) fn meeting(connection: &mut AnyConn, id: MeetingId) -> Answer<MeetingRow> {
    meeting::table.find(id).select(MeetingRow::as_select()).first(connection).optional()?.ok_or(Failure::NotFound("meeting"))
}

pub(super) fn count_to_come(connection: &mut AnyConn, circle: CircleId, now: Timestamp) -> Answer<i64> {
    Ok(meeting::table.filter(meeting::circle_id.eq(circle).and(meeting::starts_at.gt(now))).count().get_result(connection)?)
}

/// The meetings that have not begun, the next first.
pub(super) fn to_come(connection: &mut AnyConn, circle: CircleId, now: Timestamp) -> Answer<Vec<MeetingRow>> {
    Ok(meeting::table
        .filter(meeting::circle_id.eq(circle).and(meeting::starts_at.gt(now)))
        .order((meeting::starts_at.asc(), meeting::id.asc()))
        .limit(TO_COME_MAX)
        .select(MeetingRow::as_select())
        .load(connection)?)
}

/// The meetings that have begun, the last first.
pub(super) fn past(connection: &mut AnyConn, circle: CircleId, now: Timestamp) -> Answer<Vec<MeetingRow>> {
    Ok(meeting::table
        .filter(meeting::circle_id.eq(circle).and(meeting::starts_at.le(now)))
        .order((meeting::starts_at.desc(), meeting::id.desc()))
        .limit(PAST_SHOWN)
        .select(MeetingRow::as_select())
        .load(connection)?)
}

/// The next meetings of several circles that take place, the first one first.
pub(super) fn next(connection: &mut AnyConn, circles: &[CircleId], now: Timestamp, limit: i64) -> Answer<Vec<MeetingRow>> {
    if circles.is_empty() {
        return Ok(Vec::new());
    }
    Ok(meeting::table
        .filter(meeting::circle_id.eq_any(circles.to_vec()).and(meeting::starts_at.gt(now)).and(meeting::called_off_at.is_null()))
        .order((meeting::starts_at.asc(), meeting::id.asc()))
        .limit(limit)
        .select(MeetingRow::as_select())
        .load(connection)?)
}

/// What a person planned below an id, newest first, one more than `limit`.
pub(super) fn planned_by(connection: &mut AnyConn, person: PersonId, below: MeetingId, limit: usize) -> Answer<Vec<MeetingRow>> {
    Ok(meeting::table
        .filter(meeting::created_by.eq(person).and(meeting::id.lt(below)))
        .order(meeting::id.desc())
        .limit(limit as i64 + 1)
        .select(MeetingRow::as_select())
        .load(connection)?)
}

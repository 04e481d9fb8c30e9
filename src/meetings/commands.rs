//! What owners of an organising business do with meetings. Each command locks the circle, so that organisers are decided one by
//! one.

use serde_json::json;

use super::model::{MeetingInput, MeetingMove, MeetingValues, TO_COME_MAX};
use super::store::{self, MeetingRow};
use super::views::as_of_meeting;
use crate::circles::views as circles;
use crate::db::Tx;
use crate::events;
use crate::kernel::event::NewEvent;
use crate::kernel::id::{CircleId, MeetingId};
use crate::kernel::{Answer, EventKind, Failure, Principal};

/// Plans a meeting. Conflict `too_many_meetings` when as many are to come as a circle may have.
pub fn plan(tx: &mut Tx<'_>, principal: &Principal, circle: CircleId, input: &MeetingInput) -> Answer<MeetingId> {
    locked(tx, principal, circle)?;
    let now = tx.now();
    let zone = circles::circle(tx, circle)?.time_zone;
    let MeetingValues { starts_at, place, words } = input.against(None, &zone, now)?;
    if store::count_to_come(tx, circle, now)? >= TO_COME_MAX {
        return Err(Failure::conflict("too_many_meetings", format!("a circle has at most {TO_COME_MAX} meetings to come")));
    }
    let row = MeetingRow {
        id: tx.new_id(),
        circle_id: circle,
        starts_at,
        place,
        words,
        called_off_at: None,
        version: 1,
        created_by: principal.person,
        created_at: now,
    };
    store::insert(tx, &row)?;
    record(tx, principal, EventKind::MeetingPlanned, &row)?;
    Ok(row.id)
}

/// Gives a meeting another time, place or words. `fits` judges its present version; the same again changes nothing.
pub fn change(tx: &mut Tx<'_>, principal: &Principal, id: MeetingId, fits: impl FnOnce(i32) -> Answer<()>, input: &MeetingInput) -> Answer<()> {
    let mut row = moved(tx, principal, id, MeetingMove::Change)?;
    fits(row.version)?;
    let (zone, present) = (circles::circle(tx, row.circle_id)?.time_zone, row.values());
    let values = input.against(Some(&present), &zone, tx.now())?;
    if values == present {
        return Ok(());
    }
    MeetingValues { starts_at: row.starts_at, place: row.place, words: row.words } = values;
    store::save(tx, &mut row)?;
    record(tx, principal, EventKind::MeetingChanged, &row)
}

/// Calls a meeting off; it stays in sight as called off. Answers its circle.
pub fn call_off(tx: &mut Tx<'_>, principal: &Principal, id: MeetingId) -> Answer<CircleId> {
    let mut row = moved(tx, principal, id, MeetingMove::CallOff)?;
    row.called_off_at = Some(tx.now());
    store::save(tx, &mut row)?;
    record(tx, principal, EventKind::MeetingCalledOff, &row)?;
    Ok(row.circle_id)
}

/// Lets a meeting that was called off take place all the same. Answers its circle.
pub fn put_back(tx: &mut Tx<'_>, principal: &Principal, id: MeetingId) -> Answer<CircleId> {
    let mut row = moved(tx, principal, id, MeetingMove::PutBack)?;
    row.called_off_at = None;
    store::save(tx, &mut row)?;
    record(tx, principal, EventKind::MeetingPutBack, &row)?;
    Ok(row.circle_id)
}

/// Locks a circle for an owner of an organising business.
fn locked(tx: &mut Tx<'_>, principal: &Principal, circle: CircleId) -> Answer<()> {
    circles::require_organiser(tx, circle, principal.business)?;
    principal.owned_business()?;
    tx.lock(circle)?;
    // Somebody may have been removed while the lock was waited for.
    circles::require_organiser(tx, circle, principal.business).map(drop)
}

/// A meeting with which this may be done now, its circle locked.
fn moved(tx: &mut Tx<'_>, principal: &Principal, id: MeetingId, wanted: MeetingMove) -> Answer<MeetingRow> {
    let circle = store::meeting(tx, id)?.circle_id;
    locked(tx, principal, circle).map_err(as_of_meeting)?;
    let row = store::meeting(tx, id)?;
    row.state().check(wanted, row.starts_at <= tx.now())?;
    Ok(row)
}

fn record(tx: &mut Tx<'_>, principal: &Principal, kind: EventKind, row: &MeetingRow) -> Answer<()> {
    let data = json!({ "meeting": row.id, "starts_at": row.starts_at });
    events::record(tx, NewEvent::new(kind, principal.actor()).circle(row.circle_id).data(data)).map(drop)
}

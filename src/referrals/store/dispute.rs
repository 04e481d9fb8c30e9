//! The rows of disputes.

use diesel::prelude::*;

use crate::db::AnyConn;
use crate::db::schema::dispute;
use crate::kernel::clock::Timestamp;
use crate::kernel::id::{CircleId, DisputeId, Identifier, PersonId, ReferralId};
use crate::kernel::text::holds_any;
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

/// Takes out the words that a person wrote into disputes, as the one who opened or decided them, where they hold one of these.
/// The reason and the decision stay.
pub fn take_out_words(connection: &mut AnyConn, person: PersonId, words: &[String]) -> Answer<()> {
    const BATCH: i64 = 200;
    let mut above = DisputeId::from_raw(0);
    loop {
        let own = dispute::table.filter(dispute::opened_by.eq(person).or(dispute::decided_by.eq(person))).filter(dispute::id.gt(above));
        let rows: Vec<DisputeRow> = own.order(dispute::id.asc()).limit(BATCH).select(DisputeRow::as_select()).load(connection)?;
        let Some(last) = rows.last() else { return Ok(()) };
        above = last.id;
        for mut row in rows {
            let opened = row.opened_by == person && holds_any(&row.words, words);
            let decided = row.decided_by == Some(person) && row.decision_words.as_ref().is_some_and(|said| holds_any(said, words));
            if opened {
                row.words.clear();
            }
            if decided {
                row.decision_words = None;
            }
            if opened || decided {
                save_dispute(connection, &row)?;
            }
        }
    }
}

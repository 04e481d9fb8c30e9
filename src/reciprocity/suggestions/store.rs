//! The SQL of suggestions: whose turn it is, and what was suggested.

use std::collections::HashMap;
use std::fmt::Write as _;

use diesel::prelude::*;

use super::model::KeptCandidate;
use super::turns::Turn;
use crate::db::schema::{suggestion, turn};
use crate::db::{AnyConn, Tx};
use crate::kernel::clock::Timestamp;
use crate::kernel::id::{BusinessId, CircleId, Identifier, OfferId, ReferralId};
use crate::kernel::{Answer, Failure};
use crate::on_each;

/// A suggestion as it is stored.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = suggestion)]
pub(super) struct SuggestionRow {
    pub offer_id: OfferId,
    pub referral_id: ReferralId,
    pub circle_id: CircleId,
    pub policy_version: i32,
    pub receiver_business_id: BusinessId,
    pub receiver_rank: Option<i32>,
    pub candidates: String,
    pub turn_returned: bool,
    pub created_at: Timestamp,
}

/// Where the members of a circle stand in the order of turns; who never was a candidate has no row.
pub(super) fn turns_in(connection: &mut AnyConn, circle: CircleId) -> Answer<HashMap<BusinessId, Turn>> {
    let rows: Vec<(BusinessId, i64, Option<Timestamp>)> =
        turn::table.filter(turn::circle_id.eq(circle)).select((turn::business_id, turn::deficit, turn::received_at)).load(connection)?;
    Ok(rows.into_iter().map(|(business, deficit, received_at)| (business, Turn { deficit, received_at })).collect())
}

/// Adds to the counters of a circle, in one statement. The caller holds the circle's lock.
pub(super) fn add_turns(tx: &mut Tx<'_>, circle: CircleId, changes: &[(BusinessId, i64)]) -> Answer<()> {
    if changes.is_empty() {
        return Ok(());
    }
    // Nothing but whole numbers is written into the statement.
    let mut statement = "INSERT INTO turn (circle_id, business_id, deficit) VALUES ".to_owned();
    for (position, (business, change)) in changes.iter().enumerate() {
        let comma = if position == 0 { "" } else { ", " };
        let _ = write!(statement, "{comma}({}, {}, {change})", circle.raw(), business.raw());
    }
    statement.push_str(" ON CONFLICT (circle_id, business_id) DO UPDATE SET deficit = turn.deficit + excluded.deficit");
    diesel::sql_query(statement).execute(&mut **tx)?;
    Ok(())
}

/// Notes that a lead was put to a member. Whoever was the only candidate owes nobody a share and may have no counter yet.
pub(super) fn note_received(tx: &mut Tx<'_>, circle: CircleId, business: BusinessId) -> Answer<()> {
    let now = tx.now();
    on_each!(&mut **tx, inner => diesel::insert_into(turn::table)
        .values((turn::circle_id.eq(circle), turn::business_id.eq(business), turn::deficit.eq(0_i64), turn::received_at.eq(now)))
        .on_conflict((turn::circle_id, turn::business_id))
        .do_update()
        .set(turn::received_at.eq(now))
        .execute(inner))?;
    Ok(())
}

/// Keeps a suggestion.
pub(super) fn insert(tx: &mut Tx<'_>, row: &SuggestionRow) -> Answer<()> {
    diesel::insert_into(suggestion::table).values(row).execute(&mut **tx)?;
    Ok(())
}

/// What was suggested when a referral was last put to somebody.
pub(super) fn latest(connection: &mut AnyConn, referral: ReferralId) -> Answer<Option<SuggestionRow>> {
    Ok(suggestion::table
        .filter(suggestion::referral_id.eq(referral))
        .order(suggestion::offer_id.desc())
        .select(SuggestionRow::as_select())
        .first(connection)
        .optional()?)
}

/// Notes that the turn of a suggestion was given back.
pub(super) fn mark_returned(tx: &mut Tx<'_>, offer: OfferId) -> Answer<()> {
    diesel::update(suggestion::table.find(offer)).set(suggestion::turn_returned.eq(true)).execute(&mut **tx)?;
    Ok(())
}

impl SuggestionRow {
    /// The candidates, the best first.
    pub fn candidates(&self) -> Answer<Vec<KeptCandidate>> {
        serde_json::from_str(&self.candidates).map_err(|error| Failure::internal(format!("suggestion of {}: {error}", self.offer_id)))
    }
}

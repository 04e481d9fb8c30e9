//! The SQL of what was posted, one by one: for figures and exports.

use diesel::prelude::*;
use diesel::sql_types::BigInt;

use super::STANDS;
use crate::db::AnyConn;
use crate::db::schema::transfer;
use crate::kernel::id::{BusinessId, CircleId, Identifier};
use crate::kernel::{Answer, Timestamp};
use crate::reciprocity::model::Transfer;

/// Credits that were given and never taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, QueryableByName)]
pub struct Posted {
    /// Who gave.
    #[diesel(sql_type = BigInt)]
    pub giver: BusinessId,
    /// Who received.
    #[diesel(sql_type = BigInt)]
    pub receiver: BusinessId,
    /// How many.
    #[diesel(sql_type = BigInt)]
    pub credits: i64,
    /// When.
    #[diesel(sql_type = BigInt)]
    pub at: Timestamp,
}

/// The newest postings of a circle since a moment; reversals, what they reverse and settlements are left out. By the index of
/// the circle's numbers.
pub(in crate::reciprocity) fn postings_since(connection: &mut AnyConn, circle: CircleId, since: Timestamp, limit: i64) -> Answer<Vec<Posted>> {
    let statement = format!(
        "SELECT t.giver_business_id AS giver, t.receiver_business_id AS receiver, t.amount AS credits, t.at AS at FROM transfer t \
         WHERE t.circle_id = $1 AND t.at >= $2 AND {STANDS} ORDER BY t.seq DESC LIMIT $3"
    );
    Ok(diesel::sql_query(statement).bind::<BigInt, _>(circle.raw()).bind::<BigInt, _>(since.as_micros()).bind::<BigInt, _>(limit).load(connection)?)
}

/// A circle's entries of every kind behind a number up to another, in their order.
pub(in crate::reciprocity) fn transfers_between(connection: &mut AnyConn, circle: CircleId, behind: i64, up_to: i64, limit: i64) -> Answer<Vec<Transfer>> {
    Ok(transfer::table
        .filter(transfer::circle_id.eq(circle).and(transfer::seq.gt(behind)).and(transfer::seq.le(up_to)))
        .order(transfer::seq.asc())
        .limit(limit)
        .select(Transfer::as_select())
        .load(connection)?)
}

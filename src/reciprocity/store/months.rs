//! The SQL of what a business gave and received month by month.

use diesel::prelude::*;
use diesel::sql_types::BigInt;

use super::STANDS;
use crate::db::AnyConn;
use crate::kernel::id::{BusinessId, CircleId, Identifier};
use crate::kernel::{Answer, Timestamp};

/// What was given or received in a circle in one month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, QueryableByName)]
pub(in crate::reciprocity) struct MonthSum {
    #[diesel(sql_type = BigInt)]
    pub circle: CircleId,
    /// Which of the months asked for, from 0.
    #[diesel(sql_type = BigInt)]
    pub month: i64,
    /// 1 when the business gave, 0 when it received.
    #[diesel(sql_type = BigInt)]
    pub gave: i64,
    #[diesel(sql_type = BigInt)]
    pub credits: i64,
}

/// The sums of the months that begin at these moments, the last being the present one. What was taken back and what settled rings is
/// left out. Two index ranges in one statement; the beginnings are numbers of our own, so they stand in it as they are.
pub(in crate::reciprocity) fn month_sums(connection: &mut AnyConn, business: BusinessId, begins: &[Timestamp]) -> Answer<Vec<MonthSum>> {
    let Some(first) = begins.first() else { return Ok(Vec::new()) };
    let cases: Vec<String> = begins.iter().enumerate().rev().map(|(month, begin)| format!("WHEN t.at >= {} THEN {month}", begin.as_micros())).collect();
    let month = format!("CAST(CASE {} ELSE 0 END AS BIGINT)", cases.join(" "));
    let side = |column: &str, gave: i32| {
        format!(
            "SELECT t.circle_id AS circle, {month} AS month, CAST({gave} AS BIGINT) AS gave, t.amount AS credits FROM transfer t \
             WHERE t.{column} = $1 AND t.at >= $2 AND {STANDS}"
        )
    };
    let statement = format!(
        "SELECT circle, month, gave, CAST(SUM(credits) AS BIGINT) AS credits FROM ({} UNION ALL {}) sums GROUP BY circle, month, gave ORDER BY 1, 2, 3",
        side("giver_business_id", 1),
        side("receiver_business_id", 0)
    );
    Ok(diesel::sql_query(statement).bind::<BigInt, _>(business.raw()).bind::<BigInt, _>(first.as_micros()).load(connection)?)
}

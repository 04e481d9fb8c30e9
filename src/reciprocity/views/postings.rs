//! A circle's postings one by one, for other rooms to make figures and exports of. Whoever shows them asks first who may see them.

use super::{Answer, AnyConn, CircleId, Timestamp, TransferCard, cards_of};
use crate::reciprocity::store;

pub use crate::reciprocity::store::Posted;

/// What was given in a circle since a moment, the newest first, at most `limit`; whatever was taken back and what settled rings is
/// left out. One query.
pub fn postings_since(connection: &mut AnyConn, circle: CircleId, since: Timestamp, limit: usize) -> Answer<Vec<Posted>> {
    store::postings_since(connection, circle, since, i64::try_from(limit).unwrap_or(i64::MAX))
}

/// The entries of a circle's ledger with numbers above `behind` up to `up_to`, of every kind, oldest first, at most `limit`. Three
/// queries.
pub fn circle_transfers(connection: &mut AnyConn, circle: CircleId, behind: i64, up_to: i64, limit: usize) -> Answer<Vec<TransferCard>> {
    let rows = store::transfers_between(connection, circle, behind, up_to, i64::try_from(limit).unwrap_or(i64::MAX))?;
    cards_of(connection, rows)
}

/// The number of a circle's last entry; 0 for an empty ledger.
pub fn last_number(connection: &mut AnyConn, circle: CircleId) -> Answer<i64> {
    Ok(store::head(connection, circle)?.seq)
}

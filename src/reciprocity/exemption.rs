//! Who stands outside the ledger: businesses whose trade is regulated may give and take no advantage for a referral.

use crate::businesses;
use crate::db::AnyConn;
use crate::kernel::id::BusinessId;
use crate::kernel::{Answer, Failure};

/// Whether nothing may be posted between these two.
pub(super) fn is_exempt(connection: &mut AnyConn, giver: BusinessId, receiver: BusinessId) -> Answer<bool> {
    let cards = businesses::views::cards(connection, &[giver, receiver])?;
    match (cards.get(&giver), cards.get(&receiver)) {
        (Some(giver), Some(receiver)) => Ok(giver.is_regulated || receiver.is_regulated),
        _ => Err(Failure::NotFound("business")),
    }
}

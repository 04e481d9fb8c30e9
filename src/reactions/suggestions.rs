//! What was suggested is kept with an offer, and whose turn it was is counted.

use super::referrals::offer_of;
use crate::db::Tx;
use crate::kernel::{Answer, Event, EventKind};
use crate::reciprocity::suggestions::commands;
use crate::referrals::model::ReferralState;

/// Lets follow what follows from an event.
pub fn react(tx: &mut Tx<'_>, event: &Event) -> Answer<()> {
    let Some(referral) = event.referral else { return Ok(()) };
    match event.kind {
        EventKind::ReferralOffered => offer_of(event).map_or(Ok(()), |offer| commands::keep(tx, referral, offer)),
        // Who declined, or let the time run out, had his turn; whoever was still asked or had accepted gets it back.
        EventKind::ReferralWithdrawn | EventKind::ReferralClosed | EventKind::ReferralInvalid => {
            let from = event.data.get("from").and_then(serde_json::Value::as_str).and_then(ReferralState::parse);
            let was_refused = matches!(from, Some(ReferralState::Declined | ReferralState::Expired));
            if was_refused { Ok(()) } else { commands::return_turn(tx, referral) }
        }
        _ => Ok(()),
    }
}

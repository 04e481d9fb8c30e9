//! Forgetting the prospect: the person's data goes, the figures stay.

use serde_json::json;

use super::Matter;
use crate::db::Tx;
use crate::kernel::id::{Identifier, ReferralId};
use crate::kernel::{Actor, Answer, EventKind};
use crate::referrals::model::ReferralState;
use crate::referrals::store;
use crate::timers::{self, TimerKind};

/// Wipes the prospect's data, the keyed hashes included. Wiping again does nothing.
pub fn wipe_prospect(tx: &mut Tx<'_>, id: ReferralId) -> Answer<()> {
    let mut matter = Matter::locked(tx, id)?;
    if matter.row.wiped_at.is_some() {
        return Ok(());
    }
    store::wipe(tx, id)?;
    matter.row.wiped_at = Some(tx.now());
    if matter.row.state == ReferralState::Draft {
        // What a forgotten draft says may name the person: nobody checked its words yet.
        matter.row.need.clear();
        matter.row.expectation = None;
    }
    store::save_referral(tx, &mut matter.row)?;
    timers::cancel(tx, &[TimerKind::ProspectWipe], id.raw())?;
    matter.record(tx, EventKind::ProspectWiped, Actor::Clock, None, json!({}))?;
    Ok(())
}

//! What the detection of made-up leads begins with, and what an organiser's decision causes in other rooms.

use crate::circles::commands as circles;
use crate::db::Tx;
use crate::kernel::{Answer, Event, EventKind};
use crate::reciprocity::commands as reciprocity;
use crate::trust::commands;
use crate::trust::model::Outcome;
use crate::trust::views;

/// Lets follow what follows from an event.
pub fn react(tx: &mut Tx<'_>, event: &Event) -> Answer<()> {
    match event.kind {
        EventKind::ReferralIntroduced => event.circle.map_or(Ok(()), |circle| commands::wind(tx, circle)),
        EventKind::TrustCaseDecided => decided(tx, event),
        _ => Ok(()),
    }
}

fn decided(tx: &mut Tx<'_>, event: &Event) -> Answer<()> {
    let decided = views::decided(tx, event)?;
    match decided.outcome {
        Outcome::Dismissed | Outcome::Talked => Ok(()),
        Outcome::Suspended => decided.members.into_iter().try_for_each(|member| circles::suspend(tx, decided.circle, member, event.actor)),
        // Whatever was taken back before stays as it is: a transfer is reversed once.
        Outcome::Reversed => decided.referrals.into_iter().try_for_each(|referral| reciprocity::reverse_referral(tx, referral, event.actor).map(drop)),
    }
}

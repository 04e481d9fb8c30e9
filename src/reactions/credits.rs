//! Holds, postings and reversals that follow from a referral's moves.
//!
//! The policy in force when the referral was passed decides how much, whatever the circle decided since. Each kind of credit is posted
//! once for a referral, and what was taken back does not come again.

use crate::circles;
use crate::db::Tx;
use crate::kernel::id::{BusinessId, ReferralId};
use crate::kernel::{Answer, Event, EventKind, Failure};
use crate::reciprocity::commands;
use crate::reciprocity::model::{HoldFacts, Idem, Posting, Reason};
use crate::referrals::views::{ReferralFacts, facts};
use crate::trust::views as trust;

/// Lets follow what follows from an event. A ledger is locked below its circle, as a settlement does it: what else follows from the
/// event may count turns, under the circle's lock.
pub fn react(tx: &mut Tx<'_>, event: &Event) -> Answer<()> {
    let Some(referral) = event.referral else { return Ok(()) };
    let follow: fn(&mut Tx<'_>, ReferralId, &Event) -> Answer<()> = match event.kind {
        EventKind::OfferAccepted => |tx, referral, _| place_hold(tx, referral),
        EventKind::ReferralIntroduced => |tx, referral, event| commands::post_hold(tx, referral, event.actor).map(drop),
        EventKind::ReferralWon => post_won,
        EventKind::ReferralInvalid => |tx, referral, event| commands::reverse_referral(tx, referral, event.actor).map(drop),
        EventKind::IntroductionExpired => |tx, referral, _| commands::expire_hold(tx, referral),
        EventKind::OfferDeclined
        | EventKind::OfferExpired
        | EventKind::ReferralWithdrawn
        | EventKind::ReferralClosed
        | EventKind::ProspectRefused
        | EventKind::ProspectNotNow
        | EventKind::ProspectStopped => |tx, referral, _| commands::void_hold(tx, referral),
        _ => return Ok(()),
    };
    if let Some(circle) = event.circle {
        tx.lock(circle)?;
    }
    follow(tx, referral, event)
}

fn place_hold(tx: &mut Tx<'_>, referral: ReferralId) -> Answer<()> {
    let facts = facts(tx, referral)?;
    let (_, policy) = circles::views::policy(tx, facts.circle, Some(facts.policy_version))?;
    let receiver = receiver_of(&facts)?;
    let hold = HoldFacts { circle: facts.circle, referral, giver: facts.giver, receiver, amount: policy.credits.introduced };
    commands::place_hold(tx, &hold).map(drop)
}

fn post_won(tx: &mut Tx<'_>, referral: ReferralId, event: &Event) -> Answer<()> {
    let facts = facts(tx, referral)?;
    // Cases are decided under the circle's lock: what is taken back while business is closed does not slip through.
    if trust::was_taken_back(tx, referral)? {
        return Ok(());
    }
    let (_, policy) = circles::views::policy(tx, facts.circle, Some(facts.policy_version))?;
    let receiver = receiver_of(&facts)?;
    let posting = Posting {
        circle: facts.circle,
        giver: facts.giver,
        receiver,
        amount: policy.credits_for_won(Some(facts.trade), facts.won_value_minor, facts.currency.decimals()),
        reason: Reason::Won,
        referral: Some(referral),
        actor: event.actor,
        idem: Idem::of_referral(Reason::Won, referral),
    };
    commands::post(tx, posting).map(drop)
}

fn receiver_of(facts: &ReferralFacts) -> Answer<BusinessId> {
    facts.receiver.ok_or_else(|| Failure::internal(format!("{} was accepted by nobody", facts.id)))
}

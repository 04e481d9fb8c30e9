//! What the receiver, the clock and the mail do with an introduction.

use crate::db::Tx;
use crate::introductions::model::{Introduction, IntroductionState, Step, UNDO_TIME};
use crate::introductions::store;
use crate::kernel::clock::Timestamp;
use crate::kernel::event::EventKind;
use crate::kernel::id::{Identifier, IntroductionId, ReferralId};
use crate::kernel::{Actor, Answer};
use crate::timers::{self, TimerKind};

/// Notes that the receiver accepted the offer. When the prospect agreed before, the introduction is made after the time for
/// undoing.
pub fn receiver_agreed(tx: &mut Tx<'_>, referral: ReferralId, actor: Actor) -> Answer<()> {
    tx.lock(referral)?;
    let now = tx.now();
    let newest = store::of_referral(tx, referral)?.into_iter().next();
    let Some(mut introduction) = newest.filter(|newest| newest.wiped_at.is_none()) else { return Ok(()) };
    if !introduction.step(Step::ReceiverAgrees, now) {
        return Ok(());
    }
    super::save(tx, &mut introduction)?;
    if introduction.state == IntroductionState::Agreed { schedule_introduction(tx, &mut introduction, actor) } else { Ok(()) }
}

/// Both agreed: starts the time after which the introduction is made.
pub(super) fn schedule_introduction(tx: &mut Tx<'_>, introduction: &mut Introduction, actor: Actor) -> Answer<()> {
    let due = tx.now().after(UNDO_TIME);
    introduction.undo_until = Some(due);
    super::save(tx, introduction)?;
    timers::schedule(tx, TimerKind::IntroductionDue, introduction.id.raw(), due)?;
    super::record(tx, EventKind::IntroductionScheduled, actor, introduction)?;
    Ok(())
}

/// The time for undoing is over: an agreement becomes the introduction, a refusal takes effect.
pub fn introduce_due(tx: &mut Tx<'_>, id: IntroductionId) -> Answer<()> {
    let now = tx.now();
    let mut introduction = super::locked(tx, id)?;
    if introduction.undo_until.is_none_or(|end| now < end) || !introduction.step(Step::UndoTimeEnds, now) {
        return Ok(());
    }
    introduction.undo_until = None;
    super::save(tx, &mut introduction)?;
    let (kind, actor) = match introduction.state {
        IntroductionState::Refused => (EventKind::ProspectRefused, Actor::Prospect),
        IntroductionState::NotNow => (EventKind::ProspectNotNow, Actor::Prospect),
        IntroductionState::Stopped => (EventKind::ProspectStopped, Actor::Prospect),
        _ => (EventKind::IntroductionMade, Actor::Clock),
    };
    super::record(tx, kind, actor, &introduction)?;
    Ok(())
}

/// The prospect did not answer in time.
pub fn expire(tx: &mut Tx<'_>, id: IntroductionId) -> Answer<()> {
    let now = tx.now();
    let mut introduction = super::locked(tx, id)?;
    if now < introduction.expires_at || !introduction.step(Step::AnswerTimeEnds, now) {
        return Ok(());
    }
    super::save(tx, &mut introduction)?;
    super::record(tx, EventKind::IntroductionExpired, Actor::Clock, &introduction)?;
    Ok(())
}

/// The referral goes another way: ends its introductions that are not made yet, and answers which.
pub fn close(tx: &mut Tx<'_>, referral: ReferralId) -> Answer<Vec<IntroductionId>> {
    tx.lock(referral)?;
    let now = tx.now();
    let mut closed = Vec::new();
    for mut introduction in store::of_referral(tx, referral)? {
        let was_over = introduction.undo_until.is_none() && introduction.state != IntroductionState::Awaiting;
        if was_over || !introduction.step(Step::Close, now) {
            continue;
        }
        introduction.undo_until = None;
        super::save(tx, &mut introduction)?;
        timers::cancel(tx, &[TimerKind::IntroductionDue, TimerKind::IntroductionExpiry], introduction.id.raw())?;
        closed.push(introduction.id);
    }
    Ok(closed)
}

/// Wipes what is known of the prospect when it was kept long enough and nobody was introduced. An introduction that still
/// waited ends with it.
pub fn wipe(tx: &mut Tx<'_>, id: IntroductionId) -> Answer<()> {
    let now = tx.now();
    let mut introduction = super::locked(tx, id)?;
    let kept_for_a_reason = introduction.state == IntroductionState::Made && introduction.withdrawn_at.is_none();
    if introduction.wiped_at.is_some() || kept_for_a_reason {
        return Ok(());
    }
    let waited = matches!(introduction.state, IntroductionState::Awaiting | IntroductionState::Agreed) && introduction.step(Step::Close, now);
    introduction.undo_until = None;
    introduction.attested_words = None;
    introduction.wiped_at = Some(now);
    super::save(tx, &mut introduction)?;
    timers::cancel(tx, &[TimerKind::IntroductionDue, TimerKind::IntroductionExpiry], id.raw())?;
    if waited {
        super::record(tx, EventKind::IntroductionExpired, Actor::Clock, &introduction)?;
    }
    // Passed on meanwhile: the younger introduction still needs the data and wipes it in its turn.
    let needed = |other: &Introduction| other.id != id && other.wiped_at.is_none() && (other.state == IntroductionState::Made || other.id > id);
    if !store::of_referral(tx, introduction.referral_id)?.iter().any(needed) {
        super::record(tx, EventKind::IntroductionWiped, Actor::Clock, &introduction)?;
    }
    Ok(())
}

/// The prospect's mail server took our mail.
pub fn delivered(tx: &mut Tx<'_>, id: IntroductionId, at: Timestamp) -> Answer<()> {
    let mut introduction = super::locked(tx, id)?;
    if introduction.delivered_at.is_some() {
        return Ok(());
    }
    introduction.delivered_at = Some(at);
    super::save(tx, &mut introduction)
}

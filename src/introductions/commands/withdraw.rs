//! A consent is withdrawn: as easily as it was given, and at any time.

use crate::db::Tx;
use crate::introductions::model::{Introduction, IntroductionState, Step};
use crate::introductions::record::{Channel, ConsentKind};
use crate::introductions::wording;
use crate::kernel::event::EventKind;
use crate::kernel::id::{Identifier, IntroductionId, PersonId};
use crate::kernel::{Actor, Answer, Failure, Language, Principal};
use crate::timers::{self, TimerKind};

/// The prospect withdraws the consent himself: on his page, or by stopping mails.
pub fn withdraw(tx: &mut Tx<'_>, id: IntroductionId, channel: Channel, language: Language) -> Answer<()> {
    let mut introduction = super::locked(tx, id)?;
    carry_out(tx, &mut introduction, Actor::Prospect, channel, language, None)
}

/// The prospect told the giver or the receiver so, who records it for him.
pub fn withdraw_for_prospect(tx: &mut Tx<'_>, principal: &Principal, id: IntroductionId, channel: Channel) -> Answer<()> {
    let business = principal.business()?;
    let mut introduction = super::locked(tx, id)?;
    let is_receiver = introduction.receiver_business_id == business && introduction.state == IntroductionState::Made;
    if introduction.giver_business_id != business && !is_receiver {
        return Err(Failure::NotFound("introduction"));
    }
    if !channel.is_personal() {
        return Err(Failure::field("channel", "not_a_personal_way", "in_person, phone, writing, email or message"));
    }
    let language = introduction.language;
    carry_out(tx, &mut introduction, principal.actor(), channel, language, Some(principal.person))
}

fn carry_out(tx: &mut Tx<'_>, introduction: &mut Introduction, actor: Actor, channel: Channel, language: Language, witness: Option<PersonId>) -> Answer<()> {
    let now = tx.now();
    if !introduction.can_withdraw() || !introduction.step(Step::Withdraw, now) {
        return Err(Failure::conflict("no_consent", "there is no consent that could be withdrawn"));
    }
    introduction.withdrawn_at = Some(now);
    introduction.wiped_at = Some(now);
    introduction.undo_until = None;
    introduction.attested_words = None;
    super::save(tx, introduction)?;
    let clocks = [TimerKind::IntroductionDue, TimerKind::IntroductionExpiry, TimerKind::IntroductionWipe];
    timers::cancel(tx, &clocks, introduction.id.raw())?;
    super::add_line(tx, introduction, ConsentKind::Withdrawn, channel, &wording::withdrawn(language), witness)?;
    super::record(tx, EventKind::ConsentWithdrawn, actor, introduction)?;
    Ok(())
}

//! The prospect answers, and takes an answer back.
//!
//! Not the link is used up but the introduction moves on: an answer that was taken back can be given again by the same link.
//! The lock on the referral makes two answers at once follow each other.

use crate::circles::policy::ConsentPath;
use crate::db::Tx;
use crate::introductions::model::{CODE_FAILURES_MAX, Introduction, IntroductionState, ProspectAnswer, Step, UNDO_TIME};
use crate::introductions::record::{Channel, ConsentKind, SuppressionReason, SuppressionScope};
use crate::introductions::wording::{self, Statement};
use crate::kernel::event::EventKind;
use crate::kernel::id::{Identifier, IntroductionId};
use crate::kernel::{Actor, Answer, Failure, Language};
use crate::timers::{self, TimerKind};

/// What came with a prospect's answer.
#[derive(Debug, Clone)]
pub struct Given {
    /// The answer.
    pub answer: ProspectAnswer,
    /// The code from the mail, when it was asked for.
    pub code: Option<String>,
    /// Whether something was filled in or pressed that no person sees.
    pub trapped: bool,
    /// The words that stood beside the answer.
    pub statement: Statement,
    /// By which way.
    pub channel: Channel,
}

/// What became of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It counts.
    Taken,
    /// It was answered before, or the matter is over: look at the state.
    TooLate,
    /// It looks like a machine's: agreeing needs the code.
    CodeNeeded,
    /// That is not the code.
    CodeWrong,
    /// The code was mistyped too often: only refusing is possible.
    CodeLocked,
}

/// Takes a prospect's answer. A refusal always counts; agreeing needs the code once a machine is suspected. Within the time
/// for undoing another answer replaces the last one.
pub fn answer(tx: &mut Tx<'_>, id: IntroductionId, given: &Given) -> Answer<Outcome> {
    let now = tx.now();
    let mut introduction = super::locked(tx, id)?;
    if introduction.prospect_answer == Some(given.answer) || !(introduction.can_answer(now) || introduction.can_undo(now)) {
        return Ok(Outcome::TooLate);
    }
    if given.trapped || introduction.looks_mechanical(given.answer, now) {
        suspect(tx, &mut introduction)?;
    }
    if given.answer == ProspectAnswer::Yes && introduction.scanner_suspected {
        let outcome = check_code(tx, &mut introduction, given.code.as_deref())?;
        if outcome != Outcome::Taken {
            return Ok(outcome);
        }
    }
    if introduction.prospect_answer.is_some() {
        take_back(tx, &mut introduction, given.statement.language)?;
    }
    take(tx, &mut introduction, given)?;
    Ok(Outcome::Taken)
}

/// Notes that something was pressed that no person sees; nothing is answered by it.
pub fn spring_trap(tx: &mut Tx<'_>, id: IntroductionId) -> Answer<()> {
    let mut introduction = super::locked(tx, id)?;
    suspect(tx, &mut introduction)
}

/// Takes the last answer back, within the time for it.
pub fn undo(tx: &mut Tx<'_>, id: IntroductionId, language: Language) -> Answer<()> {
    let mut introduction = super::locked(tx, id)?;
    if !introduction.can_undo(tx.now()) {
        return Err(Failure::conflict("undo_too_late", "the answer took effect already"));
    }
    take_back(tx, &mut introduction, language)
}

fn suspect(tx: &mut Tx<'_>, introduction: &mut Introduction) -> Answer<()> {
    if introduction.scanner_suspected {
        return Ok(());
    }
    introduction.scanner_suspected = true;
    super::save(tx, introduction)?;
    super::record(tx, EventKind::ScannerSuspected, Actor::System, introduction)?;
    Ok(())
}

fn check_code(tx: &mut Tx<'_>, introduction: &mut Introduction, typed: Option<&str>) -> Answer<Outcome> {
    if introduction.code_failures >= CODE_FAILURES_MAX {
        return Ok(Outcome::CodeLocked);
    }
    let Some(typed) = typed.filter(|typed| !typed.trim().is_empty()) else { return Ok(Outcome::CodeNeeded) };
    if introduction.accepts_code(typed) {
        return Ok(Outcome::Taken);
    }
    introduction.code_failures += 1;
    super::save(tx, introduction)?;
    Ok(if introduction.code_failures >= CODE_FAILURES_MAX { Outcome::CodeLocked } else { Outcome::CodeWrong })
}

fn take(tx: &mut Tx<'_>, introduction: &mut Introduction, given: &Given) -> Answer<()> {
    let now = tx.now();
    if !introduction.step(Step::Answer(given.answer), now) {
        return Err(Failure::internal(format!("introduction {} takes no answer in the state {}", introduction.id, introduction.state)));
    }
    introduction.answers_count += 1;
    introduction.undo_until = Some(now.after(UNDO_TIME));
    super::save(tx, introduction)?;
    let kind = consent_kind(introduction.consent_path, given.answer);
    super::add_line(tx, introduction, kind, given.channel, &given.statement, None)?;
    if given.answer == ProspectAnswer::NeverAgain {
        super::suppress::suppress_keys(tx, introduction, SuppressionScope::Everything, SuppressionReason::NeverAgain)?;
    }
    if given.answer != ProspectAnswer::Yes {
        // What a refusal causes waits until it can no longer be taken back.
        return timers::schedule(tx, TimerKind::IntroductionDue, introduction.id.raw(), now.after(UNDO_TIME));
    }
    super::record(tx, EventKind::ProspectAgreed, Actor::Prospect, introduction)?;
    if introduction.state == IntroductionState::Agreed { super::settle::schedule_introduction(tx, introduction, Actor::Prospect) } else { Ok(()) }
}

fn take_back(tx: &mut Tx<'_>, introduction: &mut Introduction, language: Language) -> Answer<()> {
    let Some(taken) = introduction.prospect_answer else { return Ok(()) };
    if !introduction.step(Step::TakeBack, tx.now()) {
        return Err(Failure::conflict("undo_too_late", "the answer took effect already"));
    }
    introduction.undo_until = None;
    super::save(tx, introduction)?;
    timers::cancel(tx, &[TimerKind::IntroductionDue], introduction.id.raw())?;
    if taken == ProspectAnswer::NeverAgain {
        super::suppress::unsuppress_keys(tx, introduction)?;
    }
    super::add_line(tx, introduction, ConsentKind::TakenBack, Channel::Page, &wording::taken_back(language), None)?;
    // A refusal told nobody anything yet, so that taking it back has nothing to tell either.
    if taken == ProspectAnswer::Yes {
        super::record(tx, EventKind::AnswerUndone, Actor::Prospect, introduction)?;
    }
    Ok(())
}

const fn consent_kind(path: ConsentPath, answer: ProspectAnswer) -> ConsentKind {
    match (answer, path) {
        (ProspectAnswer::Yes, ConsentPath::Attested) => ConsentKind::Confirmed,
        (ProspectAnswer::Yes, _) => ConsentKind::Given,
        (ProspectAnswer::NotNow, _) => ConsentKind::NotNow,
        (ProspectAnswer::No | ProspectAnswer::NeverAgain, _) => ConsentKind::Refused,
    }
}

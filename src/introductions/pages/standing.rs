//! What a prospect sees once he answered, or once the matter went another way.

use maud::{Markup, html};

use crate::introductions::model::{Introduction, IntroductionState, ProspectAnswer};
use crate::introductions::sources::Sources;
use crate::kernel::Timestamp;
use crate::web::{PageContext, bare};

/// The state in words, and what can still be done: take the answer back, or withdraw the consent.
pub(super) fn markup(context: &PageContext, introduction: &Introduction, sources: &Sources, action: &str, now: Timestamp) -> Markup {
    html! {
        p class="card" role="status" { (words(context, introduction, sources)) }
        @if let Some(end) = introduction.undo_until.filter(|_| introduction.can_undo(now)) {
            p { (context.t_with("introductions-undo-until", &[("time", context.date_time(end).into())])) }
            (form(context, &format!("{action}/undo"), "introductions-undo", "quiet"))
        }
        @if introduction.can_withdraw() {
            section {
                h2 { (context.t("introductions-withdraw-title")) }
                p { (context.t("introductions-withdraw-words")) }
                (form(context, &format!("{action}/withdraw"), "introductions-withdraw", "danger"))
            }
        }
    }
}

fn form(context: &PageContext, action: &str, label: &str, class: &str) -> Markup {
    html! {
        form method="post" action=(action) {
            (bare::language_field(context))
            button class=(class) { (context.t(label)) }
        }
    }
}

fn words(context: &PageContext, introduction: &Introduction, sources: &Sources) -> String {
    let said = introduction.withdrawn_at.or(introduction.prospect_answered_at).map(|at| context.date(at)).unwrap_or_default();
    let due = introduction.undo_until.map(|at| context.date_time(at)).unwrap_or_default();
    let arguments = [("date", said.into()), ("time", due.into()), ("receiver", sources.names.receiver_business.clone().into())];
    context.t_with(key(introduction), &arguments)
}

fn key(introduction: &Introduction) -> &'static str {
    let made = introduction.state == IntroductionState::Made;
    match (introduction.withdrawn_at, introduction.state, introduction.prospect_answer) {
        (Some(_), ..) if made => "introductions-state-withdrawn-made",
        (Some(_), ..) => "introductions-state-withdrawn",
        (None, IntroductionState::Made, _) => "introductions-state-made",
        (None, IntroductionState::Agreed, _) => "introductions-state-agreed",
        (None, IntroductionState::Refused, _) => "introductions-state-no",
        (None, IntroductionState::NotNow, _) => "introductions-state-not-now",
        (None, IntroductionState::Stopped, _) => "introductions-state-never-again",
        (None, IntroductionState::Awaiting, Some(ProspectAnswer::Yes)) => "introductions-state-waiting",
        (None, IntroductionState::Awaiting | IntroductionState::Expired | IntroductionState::Closed, _) => "introductions-state-closed",
    }
}

//! What a prospect sees once he answered, or once the matter went another way.

use maud::{Markup, html};

use super::frame::Reader;
use crate::introductions::model::{Introduction, IntroductionState, ProspectAnswer};
use crate::introductions::sources::Sources;
use crate::kernel::Timestamp;

/// The state in words, and what can still be done: take the answer back, or withdraw the consent.
pub(super) fn markup(reader: &Reader, introduction: &Introduction, sources: &Sources, action: &str, now: Timestamp) -> Markup {
    html! {
        p role="status" { (words(reader, introduction, sources)) }
        @if let Some(end) = introduction.undo_until.filter(|_| introduction.can_undo(now)) {
            p { (reader.t_with("introductions-undo-until", &[("time", reader.date_time(end).into())])) }
            (form(reader, &format!("{action}/undo"), "introductions-undo", "quiet"))
        }
        @if introduction.can_withdraw() {
            section {
                h2 { (reader.t("introductions-withdraw-title")) }
                p { (reader.t("introductions-withdraw-words")) }
                (form(reader, &format!("{action}/withdraw"), "introductions-withdraw", "danger"))
            }
        }
    }
}

fn form(reader: &Reader, action: &str, label: &str, class: &str) -> Markup {
    html! {
        form method="post" action=(action) {
            input type="hidden" name="language" value=(reader.language.as_str());
            button class=(class) { (reader.t(label)) }
        }
    }
}

fn words(reader: &Reader, introduction: &Introduction, sources: &Sources) -> String {
    let said = introduction.withdrawn_at.or(introduction.prospect_answered_at).map(|at| reader.date(at)).unwrap_or_default();
    let due = introduction.undo_until.map(|at| reader.date_time(at)).unwrap_or_default();
    let arguments = [("date", said.into()), ("time", due.into()), ("receiver", sources.names.receiver_business.clone().into())];
    reader.t_with(key(introduction), &arguments)
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

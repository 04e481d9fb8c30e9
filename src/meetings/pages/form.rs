//! The fields by which a meeting is planned or changed.

use maud::{Markup, html};
use serde::Deserialize;

use crate::kernel::Answer;
use crate::meetings::model::{MeetingInput, PLACE_MAX, WORDS_MAX};
use crate::meetings::views::MeetingView;
use crate::meetings::when::{When, as_typed};
use crate::web::PageContext;
use crate::web::forms::{self, Errors, Input};

/// What was typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct MeetingForm {
    pub version: i32,
    date: String,
    time: String,
    place: String,
    words: String,
}

impl MeetingForm {
    /// What stands in the form before anything is typed.
    pub fn of(meeting: &MeetingView, zone: &str) -> Answer<Self> {
        let (date, time) = as_typed(meeting.starts_at, zone)?;
        Ok(Self { version: meeting.version, date, time, place: meeting.place.clone(), words: meeting.words.clone().unwrap_or_default() })
    }

    /// As the commands take it.
    pub fn input(&self) -> MeetingInput {
        let when = When::OnTheClock { date: self.date.clone(), time: self.time.clone() };
        MeetingInput { when: Some(when), place: Some(self.place.clone()), words: Some(self.words.clone()) }
    }
}

/// The fields; the zone is named where it is not the reader's.
pub(super) fn fields(context: &PageContext, typed: &MeetingForm, zone: &str, errors: Errors<'_>) -> Markup {
    html! {
        div class="pair" {
            (forms::input(context, errors, "date", "date", "meetings-date", &typed.date, true))
            (forms::input(context, errors, "time", "time", "meetings-time", &typed.time, true))
        }
        @if zone != context.time_zone() { p class="hint" { (context.t_with("meetings-zone", &[("zone", zone.to_owned().into())])) } }
        (Input::new("place", "meetings-place", &typed.place).hint("meetings-place-hint").max(PLACE_MAX).required(true).show(context, errors))
        (forms::area_with_hint(context, errors, ("words", "meetings-words", Some("meetings-words-hint")), &typed.words, WORDS_MAX, false))
    }
}

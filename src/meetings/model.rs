//! A meeting: what is said of it, and what may still be done with it. Pure.

use super::when::When;
use crate::kernel::text::{Line, Prose};
use crate::kernel::{Answer, Failure, Fields, Timestamp};

/// The longest place in characters.
pub const PLACE_MAX: usize = 200;
/// The longest words in characters.
pub const WORDS_MAX: usize = 1_000;
/// How far ahead a meeting is planned, in days: two years, a leap day among them.
pub const AHEAD_MAX_DAYS: u32 = 731;
/// The most meetings of a circle that are to come, those that were called off among them.
pub const TO_COME_MAX: i64 = 60;
/// How many of a circle's past meetings are shown, the last first.
pub const PAST_SHOWN: i64 = 10;
/// How many of a business's next meetings are shown, over all its circles.
pub const NEXT_SHOWN: i64 = 3;

crate::coded_enum! {
    /// Whether a meeting takes place.
    pub enum MeetingState {
        /// It takes place, or did.
        Planned = 1 "planned",
        /// It does not.
        CalledOff = 2 "called_off",
    }
}

/// What an organiser does with a meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MeetingMove {
    /// Gives it another time, place or words.
    Change,
    /// Lets it not take place.
    CallOff,
    /// Lets it take place all the same.
    PutBack,
}

/// Every move and the state in which it is possible, as long as the meeting has not begun.
const MOVES: [(MeetingMove, &str, MeetingState); 3] = [
    (MeetingMove::Change, "change", MeetingState::Planned),
    (MeetingMove::CallOff, "call_off", MeetingState::Planned),
    (MeetingMove::PutBack, "put_back", MeetingState::CalledOff),
];

impl MeetingState {
    /// Refuses a move that is not possible: `meeting_begun`, or `wrong_meeting_state` with the moves that are.
    pub fn check(self, wanted: MeetingMove, has_begun: bool) -> Answer<()> {
        if has_begun {
            return Err(Failure::conflict("meeting_begun", "the meeting has begun: it stays as it is"));
        }
        if MOVES.iter().any(|(found, _, state)| *found == wanted && *state == self) {
            return Ok(());
        }
        let possible = MOVES.iter().filter(|(.., state)| *state == self).map(|(_, name, _)| *name).collect();
        Err(Failure::Conflict { code: "wrong_meeting_state", detail: format!("not possible while the meeting is \"{self}\""), possible })
    }
}

/// What is said of a meeting; what is left out stays as it is.
#[derive(Debug, Clone, Default)]
pub struct MeetingInput {
    /// When it begins.
    pub when: Option<When>,
    /// Where it is: an address, a room, a link.
    pub place: Option<String>,
    /// What else members should know; empty for nothing.
    pub words: Option<String>,
}

/// What a meeting is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeetingValues {
    /// When it begins.
    pub starts_at: Timestamp,
    /// Where it is.
    pub place: String,
    /// What else members should know.
    pub words: Option<String>,
}

impl MeetingInput {
    /// What the meeting becomes in a circle of this time zone; all errors at once.
    pub fn against(&self, present: Option<&MeetingValues>, zone: &str, now: Timestamp) -> Answer<MeetingValues> {
        let mut fields = Fields::new();
        let known = present.map(|present| present.starts_at);
        let starts_at = match (&self.when, known) {
            (Some(when), known) => when.moment(&mut fields, zone, known, now)?,
            (None, Some(known)) => Some(known),
            (None, None) => {
                fields.add("starts_at", "required", "say when the meeting begins");
                None
            }
        };
        let place = self.place.as_deref().or(present.map(|present| present.place.as_str())).unwrap_or_default();
        let place = fields.take("place", Line::<PLACE_MAX>::parse(place));
        let words = self.words.as_deref().or(present.and_then(|present| present.words.as_deref()));
        let words = fields.take("words", Prose::<WORDS_MAX>::optional(words));
        let values = || Some(MeetingValues { starts_at: starts_at?, place: place?.into_string(), words: words?.map(Prose::into_string) });
        fields.into_result(values())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_micros(1_772_438_400_000_000);

    fn later(hours: u32) -> Timestamp {
        NOW.after(crate::kernel::clock::hours(hours))
    }

    #[test]
    fn nothing_is_done_with_a_meeting_that_has_begun_and_nothing_twice() {
        use MeetingMove::{CallOff, Change, PutBack};
        for (state, wanted, possible) in [
            (MeetingState::Planned, Change, true),
            (MeetingState::Planned, CallOff, true),
            (MeetingState::Planned, PutBack, false),
            (MeetingState::CalledOff, Change, false),
            (MeetingState::CalledOff, CallOff, false),
            (MeetingState::CalledOff, PutBack, true),
        ] {
            assert_eq!(state.check(wanted, false).is_ok(), possible, "{state} {wanted:?}");
            assert_eq!(state.check(wanted, true).unwrap_err().code(), "meeting_begun", "{state} {wanted:?}");
        }
        let Err(Failure::Conflict { possible, .. }) = MeetingState::CalledOff.check(CallOff, false) else { panic!("must be refused") };
        assert_eq!(possible, ["put_back"]);
    }

    #[test]
    fn what_is_left_out_stays() {
        let input = MeetingInput { when: Some(When::Moment(later(5))), place: Some(" Town hall ".to_owned()), words: Some("Bring cake.".to_owned()) };
        let values = input.against(None, "UTC", NOW).unwrap();
        assert_eq!(values, MeetingValues { starts_at: later(5), place: "Town hall".to_owned(), words: Some("Bring cake.".to_owned()) });
        assert_eq!(MeetingInput::default().against(Some(&values), "UTC", NOW).unwrap(), values);
        let emptied = MeetingInput { words: Some(" ".to_owned()), ..MeetingInput::default() };
        assert_eq!(emptied.against(Some(&values), "UTC", NOW).unwrap(), MeetingValues { words: None, ..values });
    }

    #[test]
    fn every_error_is_told_at_once() {
        let input = MeetingInput { when: Some(When::Moment(NOW)), place: Some("a\nb".to_owned()), words: Some("x".repeat(WORDS_MAX + 1)) };
        let Err(Failure::Invalid(errors)) = input.against(None, "UTC", NOW) else { panic!("must be refused") };
        let told: Vec<_> = errors.iter().map(|error| (error.field.as_str(), error.code)).collect();
        assert_eq!(told, [("starts_at", "in_the_past"), ("place", "control_characters"), ("words", "too_long")]);
        let Err(Failure::Invalid(errors)) = MeetingInput::default().against(None, "UTC", NOW) else { panic!("must be refused") };
        assert_eq!(errors.iter().map(|error| error.field.as_str()).collect::<Vec<_>>(), ["starts_at", "place"]);
    }
}

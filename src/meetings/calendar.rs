//! A meeting as a file for calendars (RFC 5545): escaped, folded, in UTC, so that no calendar has to know the circle's zone.

use super::model::MeetingState;
use super::views::MeetingInCircle;
use crate::kernel::Timestamp;
use crate::kernel::content_line::{escaped, lines, uri};

/// The file. `address` is where the circle's meetings are, `domain` makes the id unique in the world, `now` is when it was asked for.
/// The same meeting has the same id ever after and a higher sequence after each change, so that a calendar puts the new in place
/// of the old.
pub fn calendar(shown: &MeetingInCircle, address: &str, domain: &str, now: Timestamp) -> String {
    let meeting = &shown.meeting;
    let status = match meeting.state {
        MeetingState::Planned => "CONFIRMED",
        MeetingState::CalledOff => "CANCELLED",
    };
    let words = meeting.words.iter().map(|words| ("DESCRIPTION", escaped(words)));
    let begin = [
        ("BEGIN", "VCALENDAR".to_owned()),
        ("VERSION", "2.0".to_owned()),
        ("PRODID", "-//Kularing//Meetings//EN".to_owned()),
        ("BEGIN", "VEVENT".to_owned()),
        ("UID", escaped(&format!("{}@{domain}", meeting.id))),
        ("DTSTAMP", utc(now)),
        ("SEQUENCE", (meeting.version - 1).max(0).to_string()),
        ("DTSTART", utc(meeting.starts_at)),
        ("SUMMARY", escaped(&shown.circle_name)),
        ("LOCATION", escaped(&meeting.place)),
    ];
    let end = [("URL", uri(address)), ("STATUS", status.to_owned()), ("END", "VEVENT".to_owned()), ("END", "VCALENDAR".to_owned())];
    lines(begin.into_iter().chain(words).chain(end))
}

/// `20260312T180000Z`
fn utc(moment: Timestamp) -> String {
    moment.to_jiff().strftime("%Y%m%dT%H%M%SZ").to_string()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::kernel::content_line::{LINE_OCTETS_MAX, understood, unfolded};
    use crate::kernel::id::{CircleId, Identifier, MeetingId};
    use crate::meetings::views::MeetingView;

    /// 2026-03-02T08:00:00Z.
    const NOW: Timestamp = Timestamp::from_micros(1_772_438_400_000_000);

    fn shown(circle_name: &str, place: &str, words: Option<&str>, state: MeetingState) -> MeetingInCircle {
        let called_off_at = (state == MeetingState::CalledOff).then_some(NOW);
        let (id, circle, starts_at) = (MeetingId::from_raw(7), CircleId::from_raw(8), NOW.after(crate::kernel::clock::days(10)));
        let meeting =
            MeetingView { id, circle, starts_at, place: place.to_owned(), words: words.map(str::to_owned), state, called_off_at, created_at: NOW, version: 3 };
        MeetingInCircle { meeting, circle_name: circle_name.to_owned(), time_zone: "Europe/Berlin".to_owned() }
    }

    #[test]
    fn a_file_says_when_where_and_what() {
        let file = calendar(&shown("Häuser, Höfe; Co", "Markt 3", Some("Bring:\n1\\2 cake"), MeetingState::Planned), "https://k.example/m", "k.example", NOW);
        let expected = [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:-//Kularing//Meetings//EN",
            "BEGIN:VEVENT",
            "UID:mee_0000000000007@k.example",
            "DTSTAMP:20260302T080000Z",
            "SEQUENCE:2",
            "DTSTART:20260312T080000Z",
            "SUMMARY:Häuser\\, Höfe\\; Co",
            "LOCATION:Markt 3",
            "DESCRIPTION:Bring:\\n1\\\\2 cake",
            "URL:https://k.example/m",
            "STATUS:CONFIRMED",
            "END:VEVENT",
            "END:VCALENDAR",
        ];
        assert_eq!(unfolded(&file), expected);
        assert!(file.ends_with("END:VCALENDAR\r\n"));
    }

    #[test]
    fn a_meeting_that_was_called_off_is_cancelled() {
        let lines = unfolded(&calendar(&shown("C", "P", None, MeetingState::CalledOff), "https://k.example/m", "k.example", NOW));
        assert!(lines.iter().any(|line| line == "STATUS:CANCELLED") && !lines.iter().any(|line| line.starts_with("DESCRIPTION")), "{lines:?}");
    }

    proptest! {
        #[test]
        fn whatever_is_said_of_a_meeting_the_file_can_be_read(name in any::<String>(), place in any::<String>(), words in any::<String>()) {
            let file = calendar(&shown(&name, &place, Some(&words), MeetingState::Planned), "https://k.example/m", "k.example", NOW);
            for line in file.split_terminator("\r\n") {
                prop_assert!(line.len() <= LINE_OCTETS_MAX && !line.contains(['\r', '\n']));
            }
            let lines = unfolded(&file);
            prop_assert_eq!(lines.len(), 15);
            let plain = |text: &str| text.chars().filter(|letter| matches!(letter, '\n' | '\t') || !letter.is_control()).collect::<String>();
            for (said, begins) in [(&name, "SUMMARY:"), (&place, "LOCATION:"), (&words, "DESCRIPTION:")] {
                prop_assert_eq!(lines.iter().find_map(|line| line.strip_prefix(begins)).and_then(understood), Some(plain(said)));
            }
        }
    }
}

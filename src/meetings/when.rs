//! When a meeting begins, as somebody says it: a moment, or what a clock on the circle's wall shows. Pure.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{AmbiguousOffset, TimeZone};

use super::model::AHEAD_MAX_DAYS;
use crate::kernel::clock::{Timestamp, days};
use crate::kernel::{Answer, Failure, Fields};

/// A minute in microseconds.
const MINUTE_US: i64 = 60_000_000;

/// When, as it was said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum When {
    /// A moment, by programs. Seconds are dropped.
    Moment(Timestamp),
    /// What the clock shows where the circle is, by people.
    OnTheClock {
        /// `2026-03-12`
        date: String,
        /// `19:00`
        time: String,
    },
}

impl When {
    /// The moment that is meant, if there is exactly one and it may be planned; otherwise the error is noted. A time of night that
    /// comes twice is taken only where it is that of `present` already: then nobody wanted to change it.
    pub fn moment(&self, fields: &mut Fields, zone: &str, present: Option<Timestamp>, now: Timestamp) -> Answer<Option<Timestamp>> {
        let (field, moment) = match self {
            Self::Moment(moment) => ("starts_at", Some(Timestamp::from_micros(moment.as_micros().div_euclid(MINUTE_US) * MINUTE_US))),
            Self::OnTheClock { date, time } => ("date", on_the_clock(fields, date, time, &zone_of(zone)?, present)),
        };
        let Some(moment) = moment else { return Ok(None) };
        if moment <= now {
            fields.add(field, "in_the_past", "a meeting begins later than now");
        }
        if moment > now.after(days(AHEAD_MAX_DAYS)) {
            fields.add(field, "too_far_ahead", format!("at most {AHEAD_MAX_DAYS} days ahead"));
        }
        Ok(Some(moment))
    }
}

fn zone_of(name: &str) -> Answer<TimeZone> {
    TimeZone::get(name).map_err(|error| Failure::internal(format!("time zone {name}: {error}")))
}

fn on_the_clock(fields: &mut Fields, date: &str, time: &str, zone: &TimeZone, present: Option<Timestamp>) -> Option<Timestamp> {
    let read =
        (typed(fields, "date", date, Date::strptime("%Y-%m-%d", date.trim()).ok()), typed(fields, "time", time, Time::strptime("%H:%M", time.trim()).ok()));
    let (Some(date), Some(time)) = read else { return None };
    let shown = date.to_datetime(time);
    if let Some(present) = present.filter(|present| clock(*present, zone) == shown) {
        return Some(present);
    }
    let found = zone.to_ambiguous_timestamp(shown);
    match found.offset() {
        AmbiguousOffset::Gap { .. } => fields.add("time", "missing_time", "the clocks are put forward that night: this time does not come"),
        AmbiguousOffset::Fold { .. } => fields.add("time", "ambiguous_time", "the clocks are put back that night: this time comes twice"),
        AmbiguousOffset::Unambiguous { .. } => match found.unambiguous() {
            Ok(moment) => return Some(Timestamp::from_micros(moment.as_microsecond())),
            Err(error) => fields.add("date", "not_a_date", error.to_string()),
        },
    }
    None
}

/// Notes that nothing, or nothing of this kind, was typed.
fn typed<T>(fields: &mut Fields, field: &str, text: &str, read: Option<T>) -> Option<T> {
    match (text.trim().is_empty(), field) {
        _ if read.is_some() => {}
        (true, _) => fields.add(field, "required", "must not be empty"),
        (false, "date") => fields.add(field, "not_a_date", "write a date such as 2026-03-12"),
        (false, _) => fields.add(field, "not_a_time", "write a time such as 19:00"),
    }
    read
}

fn clock(moment: Timestamp, zone: &TimeZone) -> DateTime {
    zone.to_datetime(moment.to_jiff())
}

/// What the fields of a form show for a moment: date and time where the circle is.
pub fn as_typed(moment: Timestamp, zone: &str) -> Answer<(String, String)> {
    let shown = clock(moment, &zone_of(zone)?);
    Ok((shown.date().to_string(), shown.strftime("%H:%M").to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2026-03-02T08:00:00Z.
    const NOW: Timestamp = Timestamp::from_micros(1_772_438_400_000_000);
    const BERLIN: &str = "Europe/Berlin";

    fn read(date: &str, time: &str, zone: &str, present: Option<Timestamp>) -> Result<String, Vec<(String, &'static str)>> {
        let mut fields = Fields::new();
        let when = When::OnTheClock { date: date.to_owned(), time: time.to_owned() };
        let moment = when.moment(&mut fields, zone, present, NOW).unwrap();
        match fields.finish() {
            Ok(()) => Ok(moment.unwrap().to_string()),
            Err(Failure::Invalid(errors)) => Err(errors.into_iter().map(|error| (error.field, error.code)).collect()),
            Err(other) => panic!("{other}"),
        }
    }

    #[test]
    fn the_clock_on_the_wall_is_that_of_the_zone_and_the_season() {
        for (date, time, zone, moment) in [
            ("2026-03-12", "19:00", BERLIN, "2026-03-12T18:00:00Z"),
            ("2026-04-09", "19:00", BERLIN, "2026-04-09T17:00:00Z"),
            (" 2026-04-09 ", "07:05", "America/New_York", "2026-04-09T11:05:00Z"),
            ("2026-04-09", "19:00", "Asia/Kolkata", "2026-04-09T13:30:00Z"),
            ("2028-02-29", "00:00", "UTC", "2028-02-29T00:00:00Z"),
        ] {
            assert_eq!(read(date, time, zone, None).as_deref(), Ok(moment), "{date} {time} {zone}");
        }
    }

    #[test]
    fn a_time_that_does_not_come_or_comes_twice_is_refused() {
        assert_eq!(read("2026-03-29", "02:30", BERLIN, None), Err(vec![("time".to_owned(), "missing_time")]));
        assert_eq!(read("2026-10-25", "02:30", BERLIN, None), Err(vec![("time".to_owned(), "ambiguous_time")]));
        for present in ["2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z"] {
            let known: jiff::Timestamp = present.parse().unwrap();
            let known = Timestamp::from_micros(known.as_microsecond());
            assert_eq!(read("2026-10-25", "02:30", BERLIN, Some(known)).as_deref(), Ok(present), "what stands there stays");
            assert!(read("2026-10-25", "02:31", BERLIN, Some(known)).is_err());
        }
    }

    #[test]
    fn what_is_no_date_or_lies_outside_the_bounds_is_named() {
        let date = |code| Err(vec![("date".to_owned(), code)]);
        assert_eq!(read("", " ", BERLIN, None), Err(vec![("date".to_owned(), "required"), ("time".to_owned(), "required")]));
        assert_eq!(read("12.03.2026", "7pm", BERLIN, None), Err(vec![("date".to_owned(), "not_a_date"), ("time".to_owned(), "not_a_time")]));
        assert_eq!(read("2026-02-30", "19:00", BERLIN, None), date("not_a_date"));
        assert_eq!(read("2026-03-02", "09:00", BERLIN, None), date("in_the_past"));
        assert!(read("2026-03-02", "09:01", BERLIN, None).is_ok());
        assert!(read("2028-03-02", "08:59", BERLIN, None).is_ok());
        assert_eq!(read("2028-03-03", "10:00", BERLIN, None), date("too_far_ahead"));
        assert_eq!(read("9999-12-30", "12:00", BERLIN, None), date("too_far_ahead"));
    }

    #[test]
    fn a_form_shows_what_was_typed() {
        let moment = NOW.after(days(30));
        let (date, time) = as_typed(moment, BERLIN).unwrap();
        assert_eq!((date.as_str(), time.as_str()), ("2026-04-01", "10:00"));
        assert_eq!(read(&date, &time, BERLIN, None), Ok(moment.to_string()));
    }

    #[test]
    fn programs_say_a_moment_and_its_seconds_are_dropped() {
        let mut fields = Fields::new();
        let said = When::Moment(NOW.after(std::time::Duration::from_secs(119)));
        assert_eq!(said.moment(&mut fields, BERLIN, None, NOW).unwrap(), Some(NOW.after(std::time::Duration::from_secs(60))));
        assert!(fields.finish().is_ok());
    }
}

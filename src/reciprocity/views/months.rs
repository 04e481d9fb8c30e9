//! What a business gave and received month by month, as its own people read it.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::tz::TimeZone;

use super::{Answer, AnyConn, BusinessId, CircleId, Timestamp};
use crate::kernel::Failure;
use crate::reciprocity::store;

/// How many months are told, the present one among them.
pub const MONTHS: usize = 12;

/// One month of one circle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MonthCredits {
    /// Its year.
    pub year: i16,
    /// 1 to 12.
    pub month: i8,
    /// What was given.
    pub given: i64,
    /// What was received.
    pub received: i64,
}

/// The last [`MONTHS`] months by circle, oldest first, as the calendar of a time zone has them. One query.
pub fn months_of(connection: &mut AnyConn, business: BusinessId, now: Timestamp, zone: &str) -> Answer<BTreeMap<CircleId, Vec<MonthCredits>>> {
    let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
    let begins = beginnings(now, &zone)?;
    let moments: Vec<Timestamp> = begins.iter().map(|(moment, _)| *moment).collect();
    let empty: Vec<MonthCredits> = begins.iter().map(|(_, date)| MonthCredits { year: date.year(), month: date.month(), given: 0, received: 0 }).collect();
    let mut circles: BTreeMap<CircleId, Vec<MonthCredits>> = BTreeMap::new();
    for sum in store::month_sums(connection, business, &moments)? {
        let months = circles.entry(sum.circle).or_insert_with(|| empty.clone());
        if let Some(month) = usize::try_from(sum.month).ok().and_then(|month| months.get_mut(month)) {
            *(if sum.gave == 1 { &mut month.given } else { &mut month.received }) += sum.credits;
        }
    }
    Ok(circles)
}

/// When each month began, oldest first.
fn beginnings(now: Timestamp, zone: &TimeZone) -> Answer<Vec<(Timestamp, jiff::civil::Date)>> {
    let wrong = |error: jiff::Error| Failure::internal(format!("months before {now}: {error}"));
    let present = now.to_jiff().to_zoned(zone.clone()).date().first_of_month();
    let back = i32::try_from(MONTHS).unwrap_or(12) - 1;
    let months = (0..=back).rev().map(|ago| {
        let date = present.checked_sub(ago.months()).map_err(wrong)?;
        let begin = date.to_zoned(zone.clone()).map_err(wrong)?.timestamp();
        Ok((Timestamp::from_micros(begin.as_microsecond()), date))
    });
    months.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_begin_where_the_reader_lives() {
        // 1 July 2026, 14:00 in Berlin.
        let now = Timestamp::from_micros(1_782_907_200_000_000);
        let begins = beginnings(now, &TimeZone::get("Europe/Berlin").unwrap()).unwrap();
        assert_eq!((begins.len(), begins[0].1.to_string(), begins[MONTHS - 1].1.to_string()), (MONTHS, "2025-08-01".to_owned(), "2026-07-01".to_owned()));
        assert_eq!(begins[MONTHS - 1].0.to_jiff().to_string(), "2026-06-30T22:00:00Z");
        assert!(begins.windows(2).all(|pair| pair[0].0 < pair[1].0));
    }
}

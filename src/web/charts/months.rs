//! Two sums a month: one stands above the line, the other hangs below it.

use maud::{Markup, html};

use super::n;

/// Width and height of the picture, in its own units.
const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 264.0;
/// The room for the numbers of the scale, and for the months' names.
const LEFT: f64 = 54.0;
const BELOW: f64 = 34.0;
const TOP: f64 = 12.0;
/// How much of a month's place its bar takes.
const BAR_SHARE: f64 = 0.56;

/// A month with what stands above the line and what hangs below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Month {
    /// Its name under the picture, as short as the language allows.
    pub name: String,
    /// Never below zero.
    pub above: i64,
    /// Never below zero.
    pub below: i64,
}

/// The months from left to right. `number` writes a number of the scale; `told` says in words what is seen.
pub fn months(months: &[Month], number: impl Fn(i64) -> String, told: &str) -> Markup {
    let above = scale(months.iter().map(|month| month.above).max().unwrap_or(0));
    let below = scale(months.iter().map(|month| month.below).max().unwrap_or(0));
    // Both sides share one measure, so that the same height means the same number.
    let whole = (above as f64 + below as f64).max(1.0);
    let unit = (HEIGHT - TOP - BELOW) / whole;
    let zero = TOP + above as f64 * unit;
    let place = (WIDTH - LEFT) / months.len().max(1) as f64;
    let lines = [(above, zero - above as f64 * unit), (0, zero), (below, zero + below as f64 * unit)];
    html! {
        svg class="chart" viewBox=(format!("0 0 {WIDTH:.0} {HEIGHT:.0}")) role="img" aria-label=(told) {
            @for (value, y) in lines.iter().filter(|(value, y)| *value > 0 || (*y - zero).abs() < 0.1).take(3) {
                line class=(if *value == 0 { "zero" } else { "grid-line" }) x1=(n(LEFT)) x2=(n(WIDTH)) y1=(n(*y)) y2=(n(*y)) {}
                text class="axis" x=(n(LEFT - 8.0)) y=(n(y + 5.0)) text-anchor="end" { (number(*value)) }
            }
            @for (index, month) in months.iter().enumerate() {
                @let x = LEFT + place * (index as f64 + (1.0 - BAR_SHARE) / 2.0);
                @let (up, down) = (month.above as f64 * unit, month.below as f64 * unit);
                @if month.above > 0 { rect class="given" x=(n(x)) y=(n(zero - up)) width=(n(place * BAR_SHARE)) height=(n(up)) rx="2" {} }
                @if month.below > 0 { rect class="received" x=(n(x)) y=(n(zero)) width=(n(place * BAR_SHARE)) height=(n(down)) rx="2" {} }
                text class="axis" x=(n(x + place * BAR_SHARE / 2.0)) y=(n(HEIGHT - 8.0)) text-anchor="middle" { (month.name) }
            }
        }
    }
}

/// What the two sides mean, each with its sample.
pub fn legend(above: &str, below: &str) -> Markup {
    let sample = |class: &str| html! { svg class="chart sample" viewBox="0 0 18 14" aria-hidden="true" focusable="false" { rect class=(class) x="1" y="1" width="16" height="12" rx="2" {} } };
    html! { ul class="legend" { li { (sample("given")) (above) } li { (sample("received")) (below) } } }
}

/// The end of a scale that holds the number: one, two or five with zeros; nothing for nothing.
fn scale(most: i64) -> i64 {
    if most <= 0 {
        return 0;
    }
    let mut ten = 1_i64;
    loop {
        for step in [1, 2, 3, 4, 5, 6, 8] {
            let end = ten.saturating_mul(step);
            if end >= most {
                return end;
            }
        }
        ten = ten.saturating_mul(10);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn month(above: i64, below: i64) -> Month {
        Month { name: "Jan".to_owned(), above, below }
    }

    #[test]
    fn a_scale_ends_at_a_round_number_above() {
        for (most, end) in [(-3, 0), (0, 0), (1, 1), (7, 8), (9, 10), (30, 30), (31, 40), (230, 300), (601, 800), (1_001, 2_000)] {
            assert_eq!(scale(most), end, "{most}");
        }
        assert_eq!(scale(i64::MAX), i64::MAX);
    }

    #[test]
    fn every_month_has_its_place_and_what_it_gave_and_received() {
        let drawn = months(&[month(30, 0), month(0, 10), month(0, 0)], |value| value.to_string(), "told <so>").into_string();
        assert_eq!((drawn.matches("class=\"given\"").count(), drawn.matches("class=\"received\"").count()), (1, 1));
        assert_eq!(drawn.matches(">Jan<").count(), 3);
        assert!(drawn.contains("aria-label=\"told &lt;so&gt;\"") && drawn.contains(">30<") && drawn.contains(">10<") && drawn.contains(">0<"), "{drawn}");
    }

    #[test]
    fn nothing_and_far_too_much_can_be_drawn() {
        for drawn in [
            months(&[], |value| value.to_string(), ""),
            months(&[month(0, 0); 1], |value| value.to_string(), ""),
            months(&[month(i64::MAX / 2, i64::MAX / 2)], |value| value.to_string(), ""),
        ] {
            let drawn = drawn.into_string();
            assert!(!drawn.contains("NaN") && !drawn.contains("inf") && !drawn.contains("height=\"-"), "{drawn}");
        }
    }
}

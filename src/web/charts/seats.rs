//! The seats of a circle round its table: who sits there, and the gaps.

use std::f64::consts::{FRAC_PI_2, TAU};

use maud::{Markup, html};

use super::n;

/// Width and height of the picture, in its own units.
const SIZE: f64 = 320.0;
/// The radius on which the seats stand.
const AROUND: f64 = 132.0;
/// Seats are no larger than this, however few there are.
const RADIUS_MAX: f64 = 24.0;
/// More seats are told by the list alone.
pub const SEATS_DRAWN_MAX: usize = 48;

/// A seat at the table: its number in the list beside the picture, and whether somebody holds it.
pub fn seats(held: &[bool], told: &str) -> Markup {
    let share = 1.0 / held.len().max(1) as f64;
    let radius = (share * TAU * AROUND * 0.4).min(RADIUS_MAX);
    let sign = (radius * 0.9).min(15.0);
    html! {
        svg class="seats" viewBox=(format!("0 0 {SIZE:.0} {SIZE:.0}")) role="img" aria-label=(told) {
            circle class="table" cx=(n(SIZE / 2.0)) cy=(n(SIZE / 2.0)) r=(n(AROUND - RADIUS_MAX - 14.0)) {}
            @for (number, is_held) in held.iter().enumerate() {
                @let angle = number as f64 * share * TAU - FRAC_PI_2;
                @let (x, y) = (SIZE / 2.0 + AROUND * angle.cos(), SIZE / 2.0 + AROUND * angle.sin());
                circle class=(if *is_held { "full" } else { "open" }) cx=(n(x)) cy=(n(y)) r=(n(radius)) {}
                text x=(n(x)) y=(n(y + sign * 0.36)) font-size=(n(sign)) text-anchor="middle" { (number + 1) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_seat_is_drawn_held_or_open_and_none_covers_another() {
        for count in [1, 2, 7, SEATS_DRAWN_MAX] {
            let held: Vec<bool> = (0..count).map(|number| number % 2 == 0).collect();
            let drawn = seats(&held, "told").into_string();
            assert_eq!((drawn.matches("class=\"full\"").count(), drawn.matches("class=\"open\"").count()), (count.div_ceil(2), count / 2));
            assert!(drawn.contains(&format!(">{count}</text>")) && drawn.contains("aria-label=\"told\""), "{drawn}");
            let radius = (TAU * AROUND * 0.4 / count as f64).min(RADIUS_MAX);
            let apart = 2.0 * AROUND * (TAU / count as f64 / 2.0).sin();
            assert!(count < 2 || apart > 2.0 * radius, "{count} seats");
        }
    }
}

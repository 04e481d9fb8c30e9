//! A ring: businesses that give to each other, round and round.

use std::f64::consts::{FRAC_PI_2, TAU};

use maud::{Markup, html};

use super::n;

/// Width and height of a ring's picture, in its own units.
const WIDTH: f64 = 480.0;
const HEIGHT: f64 = 250.0;
/// The radius on which the businesses sit: with their names outside, and without.
const RADIUS_NAMED: f64 = 80.0;
const RADIUS_NUMBERED: f64 = 110.0;
/// The signs in the discs, in the picture's units.
const SIGN_MAX: f64 = 15.0;
/// A ring of more members is told in words only.
pub const MEMBERS_DRAWN_MAX: usize = 24;
/// Up to so many members their names stand in the picture.
const MEMBERS_NAMED_MAX: usize = 8;
/// Longer names are cut in the picture; the list beside it has them whole.
const NAME_LENGTH_MAX: usize = 17;

/// A point of the picture.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Point {
    x: f64,
    y: f64,
}

impl Point {
    /// On the circle of this radius, `turn` of the way round from the top, clockwise.
    fn at(turn: f64, radius: f64) -> Self {
        let angle = turn * TAU - FRAC_PI_2;
        Self { x: WIDTH / 2.0 + radius * angle.cos(), y: HEIGHT / 2.0 + radius * angle.sin() }
    }
}

/// A ring of at most [`MEMBERS_DRAWN_MAX`] names, each giving to the next, clockwise; `own` is the reader's place in it.
pub fn ring(names: &[&str], amount: &str, own: Option<usize>, told: &str) -> Markup {
    let count = names.len();
    let share = 1.0 / count.max(1) as f64;
    let is_named = count <= MEMBERS_NAMED_MAX;
    let around = if is_named { RADIUS_NAMED } else { RADIUS_NUMBERED };
    let radius = (share * TAU * around * 0.34).min(20.0);
    // So much of the way round a business takes, with some air.
    let gap = (radius + if is_named { 6.0 } else { 1.5 }) / (TAU * around);
    html! {
        svg class="ring" viewBox=(format!("0 0 {WIDTH:.0} {HEIGHT:.0}")) role="img" aria-label=(told) {
            @for number in 0..count { (arrow(around, number as f64 * share + gap, (number + 1) as f64 * share - gap)) }
            @for (number, name) in names.iter().enumerate() {
                @let centre = Point::at(number as f64 * share, around);
                @let size = (radius * 1.15).min(SIGN_MAX);
                circle class=(if own == Some(number) { "own" } else { "one" }) cx=(n(centre.x)) cy=(n(centre.y)) r=(n(radius)) {}
                text class="sign" x=(n(centre.x)) y=(n(centre.y + size * 0.34)) font-size=(n(size)) text-anchor="middle" { (sign(name, number, count)) }
                @if is_named { (label(name, number as f64 * share, radius)) }
            }
            text class="amount" x=(n(WIDTH / 2.0)) y=(n(HEIGHT / 2.0 + 6.0)) text-anchor="middle" { (amount) }
        }
    }
}

/// The first letter of a name that stands beside it, or the number under which the list has it.
fn sign(name: &str, number: usize, count: usize) -> String {
    if count <= MEMBERS_NAMED_MAX {
        name.chars().find(|c| c.is_alphanumeric()).map_or_else(|| "·".to_owned(), |c| c.to_uppercase().collect())
    } else {
        (number + 1).to_string()
    }
}

/// An arc of the ring with a head at its end.
fn arrow(around: f64, from: f64, to: f64) -> Markup {
    let (start, end) = (Point::at(from, around), Point::at(to, around));
    // Where there is little room, a head is as long as the way.
    let long = (9.0 / (TAU * around)).min(to - from);
    let wide = 5.0_f64.min(long * TAU * around * 0.6);
    let (inner, outer) = (Point::at(to - long, around - wide), Point::at(to - long, around + wide));
    let large = u8::from(to - from > 0.5);
    html! {
        path class="arc" d=(format!("M{} {}A{around} {around} 0 {large} 1 {} {}", n(start.x), n(start.y), n(end.x), n(end.y))) {}
        path class="head" d=(format!("M{} {}L{} {}L{} {}Z", n(end.x), n(end.y), n(inner.x), n(inner.y), n(outer.x), n(outer.y))) {}
    }
}

fn label(name: &str, turn: f64, radius: f64) -> Markup {
    let place = Point::at(turn, RADIUS_NAMED + radius + 8.0);
    let offset = place.x - WIDTH / 2.0;
    let anchor = if offset.abs() < 12.0 {
        "middle"
    } else if offset > 0.0 {
        "start"
    } else {
        "end"
    };
    let middle = HEIGHT / 2.0;
    let y = if anchor != "middle" {
        place.y + 5.0
    } else if place.y < middle {
        place.y - 1.0
    } else {
        place.y + 12.0
    };
    html! { text x=(n(place.x)) y=(n(y)) text-anchor=(anchor) { (short(name)) } }
}

fn short(name: &str) -> String {
    if name.chars().count() <= NAME_LENGTH_MAX {
        return name.to_owned();
    }
    let cut: String = name.chars().take(NAME_LENGTH_MAX - 1).collect();
    format!("{}…", cut.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ring_names_everybody_and_points_round_once() {
        let drawn = ring(&["Arndt", "Müller & Söhne <GmbH> mit sehr langem Namen", "Clara"], "20", Some(1), "told").into_string();
        assert_eq!(drawn.matches("class=\"arc\"").count(), 3);
        assert!(drawn.contains("Müller &amp; Söhne") && drawn.contains('…') && drawn.contains(">20<") && drawn.contains("aria-label=\"told\""));
        assert_eq!((drawn.matches("class=\"own\"").count(), drawn.matches("class=\"one\"").count()), (1, 2));
        let names = vec!["Anybody"; MEMBERS_DRAWN_MAX];
        let large = ring(&names, "1", None, "told").into_string();
        assert!(!large.contains("Anybody") && large.contains(">24<") && !large.contains("NaN"), "{large}");
    }
}

//! Shares of a whole: one bar for one share, and one that is split among several.

use maud::{Markup, html};

use super::n;

/// A bar as long as the share, in thousandths. The number stands beside it, so it says nothing to those who cannot see it.
pub fn share(thousandths: i64) -> Markup {
    html! {
        svg class="bar" viewBox="0 0 1000 60" preserveAspectRatio="none" aria-hidden="true" focusable="false" {
            rect class="whole" width="1000" height="60" {}
            rect class="part" width=(thousandths.clamp(0, 1_000)) height="60" {}
        }
    }
}

/// Parts of a whole as one bar: each part has its pattern, which its line in the table repeats.
pub fn split(parts: [i64; 4], told: &str) -> Markup {
    let total = parts.iter().map(|part| i128::from(*part)).sum::<i128>().max(1);
    let mut before = 0_i128;
    let mut rectangles = Vec::new();
    for (number, part) in parts.into_iter().enumerate() {
        let place = |sum: i128| sum as f64 / total as f64 * 600.0;
        rectangles.push((number, place(before), place(before + i128::from(part)) - place(before)));
        before += i128::from(part);
    }
    html! {
        svg class="bar" viewBox="0 0 600 36" role="img" aria-label=(told) {
            @for (name, _) in PARTS.iter().zip(parts).filter(|((_, is_patterned), part)| *is_patterned && *part > 0).map(|(named, _)| named) { (pattern(&format!("bar-{name}"), name)) }
            @for (number, x, width) in rectangles { @if width > 0.0 {
                rect class=(PARTS[number].0) x=(n(x)) y="1" width=(n(width)) height="34" fill=[PARTS[number].1.then(|| format!("url(#bar-{})", PARTS[number].0))] {}
            } }
        }
    }
}

/// The sample of a part's pattern beside its line in the table.
pub fn key(number: usize) -> Markup {
    let (name, is_patterned) = PARTS[number.min(3)];
    let id = format!("key-{name}");
    html! {
        svg class="bar key" viewBox="0 0 24 16" aria-hidden="true" {
            @if is_patterned { (pattern(&id, name)) }
            rect class=(name) x="1" y="1" width="22" height="14" fill=[is_patterned.then(|| format!("url(#{id})"))] {}
        }
    }
}

/// The parts of the bar in their order, and whether they are hatched: full, hatched, dotted, empty.
const PARTS: [(&str, bool); 4] = [("pairs", false), ("threes", true), ("longer", true), ("open", false)];

fn pattern(id: &str, name: &str) -> Markup {
    html! {
        defs { pattern id=(id) width="8" height="8" patternUnits="userSpaceOnUse" {
            @if name == "threes" { path class="hatch" d="M-2 2L2 -2M0 8L8 0M6 10L10 6" {} } @else { circle class="dot" cx="4" cy="4" r="1.8" {} }
        } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_split_bar_is_as_long_as_its_whole() {
        let drawn = split([1, 1, 0, 2], "told").into_string();
        assert_eq!(drawn.matches("<rect").count(), 3);
        assert!(drawn.contains("width=\"150.0\"") && drawn.contains("x=\"300.0\" y=\"1\" width=\"300.0\""), "{drawn}");
        assert!(!split([i64::MAX / 4; 4], "told").into_string().contains("NaN"));
        assert!(!split([0; 4], "told").into_string().contains("<rect"));
    }

    #[test]
    fn a_share_stays_inside_its_whole() {
        for (thousandths, width) in [(-5, "0"), (250, "250"), (4_000, "1000")] {
            assert!(share(thousandths).into_string().contains(&format!("class=\"part\" width=\"{width}\"")));
        }
    }
}

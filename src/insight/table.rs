//! The measures of a circle one below the other, for a file.

use super::figures::{Acceptance, Outcomes, Participation};
use super::measures::Ratio;
use super::views::CircleFigures;

/// One measure: a share, a count, or both. Both are missing where there is nothing yet to measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Row {
    pub measure: &'static str,
    pub share: Option<Ratio>,
    pub count: Option<i64>,
}

fn share(measure: &'static str, share: Option<Ratio>) -> Row {
    Row { measure, share, count: None }
}

fn count(measure: &'static str, count: i64) -> Row {
    Row { measure, share: None, count: Some(count) }
}

fn part(measure: &'static str, part: u32, whole: u32) -> Row {
    Row { measure, share: Ratio::of(part.into(), whole.into()), count: Some(part.into()) }
}

/// Everything that the page of the figures shows, besides its members.
pub(super) fn rows(figures: &CircleFigures) -> Vec<Row> {
    let (evenness, reciprocity) = (figures.evenness, figures.reciprocity);
    let mut rows = vec![
        share("gini_given", evenness.given),
        share("gini_received", evenness.received),
        count("credits", reciprocity.credits),
        share("pair_reciprocity", reciprocity.pairs),
        share("ring_reciprocity", reciprocity.rings),
        share("maximum_reciprocity", reciprocity.most),
    ];
    rows.extend(participation(figures.participation));
    rows.extend(offers(figures.offers));
    rows.extend(referrals(figures.referrals));
    let triads = figures.triads.iter().map(|triad| count(triad.class.as_str(), i64::try_from(triad.count).unwrap_or(i64::MAX)));
    rows.extend(triads);
    rows
}

fn participation(found: Participation) -> [Row; 5] {
    let of = |measure, number| part(measure, number, found.members);
    [
        count("members", found.members.into()),
        of("members_gave", found.gave),
        of("members_received", found.received),
        of("members_both", found.both),
        count("members_outside", found.outside.into()),
    ]
}

fn offers(found: Acceptance) -> [Row; 4] {
    let all = found.accepted + found.declined + found.expired;
    [
        part("offers_accepted", found.accepted, all),
        part("offers_declined", found.declined, all),
        part("offers_expired", found.expired, all),
        Row { measure: "median_response_seconds", share: None, count: found.median_response_seconds },
    ]
}

fn referrals(found: Outcomes) -> [Row; 6] {
    [
        count("introduced", found.introduced.into()),
        part("won", found.won, found.introduced),
        part("lost", found.lost, found.introduced),
        part("under_way", found.under_way, found.introduced),
        share("conversion", found.conversion),
        Row { measure: "invalid_share", share: found.invalid_share, count: Some(found.invalid.into()) },
    ]
}

//! Who passes what to whom, and what becomes of it: a pure list, made from a seed.
//!
//! In the chain most referrals run from a link to the next ones, so that balances grow apart; the kitchen fitter's customers
//! come back to the architect and close a ring. In the networking circle threes pass to each other in turn, others to anybody,
//! and some only receive.

use std::time::Duration;

use super::cast::{CHAIN, LINKS, Member, NETWORK};
use crate::kernel::chance::Chance;

/// In which of the two circles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scene {
    /// The value chain.
    Chain,
    /// The networking circle.
    Network,
}

impl Scene {
    /// Its members in the order of the cast.
    pub fn cast(self) -> &'static [Member] {
        match self {
            Self::Chain => &CHAIN,
            Self::Network => &NETWORK,
        }
    }

    /// The organiser's number in the cast.
    pub fn organiser(self) -> usize {
        match self {
            Self::Chain => 1,
            Self::Network => 0,
        }
    }
}

/// What becomes of a referral.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// Business is closed.
    Won,
    /// Business is closed, and another need shows.
    WonWithSpinOff,
    /// A quote is made and nothing more is heard.
    Quoted,
    /// First contact, nothing more.
    Contacted,
    /// No business.
    Lost,
    /// Introduced, and the receiver says nothing.
    Silent,
    /// The receiver declines; the giver passes it on, and it is won.
    DeclinedThenWon,
    /// The receiver declines.
    Declined,
    /// The receiver does not answer.
    Expired,
    /// The prospect says no.
    Refused,
    /// The prospect says not now.
    NotNow,
    /// The prospect does not answer.
    Unanswered,
    /// The giver withdraws.
    Withdrawn,
    /// The receiver disputes, rightly.
    Invalid,
    /// The receiver disputes, wrongly; it is won afterwards.
    DisputedThenWon,
    /// There is no need at all, but everything goes well at once.
    MadeUp,
}

#[cfg(test)]
impl Fate {
    /// Whether it comes to an introduction that stands.
    pub(super) fn is_introduced(self) -> bool {
        !matches!(self, Self::Declined | Self::Expired | Self::Refused | Self::NotNow | Self::Unanswered | Self::Withdrawn | Self::Invalid)
    }
}

/// Fates with their shares of a hundred.
const FATES: [(Fate, usize); 15] = [
    (Fate::Won, 38),
    (Fate::WonWithSpinOff, 7),
    (Fate::Quoted, 4),
    (Fate::Contacted, 4),
    (Fate::Lost, 11),
    (Fate::Silent, 4),
    (Fate::DeclinedThenWon, 6),
    (Fate::Declined, 4),
    (Fate::Expired, 4),
    (Fate::Refused, 4),
    (Fate::NotNow, 3),
    (Fate::Unanswered, 3),
    (Fate::Withdrawn, 3),
    (Fate::Invalid, 3),
    (Fate::DisputedThenWon, 2),
];

/// A referral that will be passed.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Where.
    pub scene: Scene,
    /// The giver's number in the scene's cast.
    pub giver: usize,
    /// The receiver's number in the scene's cast.
    pub receiver: usize,
    /// How long after the beginning of the history.
    pub after: Duration,
    /// What becomes of it.
    pub fate: Fate,
    /// The prospect's number; names and addresses follow from it.
    pub prospect: usize,
    /// The effort, 1 to 5.
    pub effort: i64,
    /// What is won if it is won, in cents.
    pub value_minor: i64,
    /// Whether the prospect is reached by a link that the giver sends himself.
    pub shared: bool,
}

/// Referrals a week.
const WEEKLY: usize = 6;

/// The plans of so many weeks, in the order of time.
pub fn plans(weeks: u32, seed: u64) -> Vec<Plan> {
    let mut chance = Chance::new(seed);
    let mut plans = Vec::new();
    for week in 0..weeks {
        for _ in 0..WEEKLY {
            let scene = if chance.percent(45) { Scene::Chain } else { Scene::Network };
            let (giver, receiver) = pair(scene, &mut chance);
            // Within the first five days of the week, at working hours.
            let minutes = chance.below(5) * 1_440 + 8 * 60 + chance.below(9 * 60);
            plans.push(Plan {
                scene,
                giver,
                receiver,
                after: Duration::from_secs(u64::from(week) * 7 * 86_400 + minutes as u64 * 60),
                fate: fate(&mut chance, [giver, receiver].contains(&scene.organiser())),
                prospect: plans.len(),
                effort: 1 + chance.below(5) as i64,
                value_minor: (500 + chance.below(24_000) as i64) * 100,
                shared: chance.percent(30),
            });
        }
    }
    plans.sort_by_key(|plan| plan.after);
    plans
}

/// Nobody decides a dispute of his own: an organiser's referrals are not disputed here.
fn fate(chance: &mut Chance, organiser_is_party: bool) -> Fate {
    match draw(chance) {
        Fate::Invalid | Fate::DisputedThenWon if organiser_is_party => Fate::Won,
        fate => fate,
    }
}

fn draw(chance: &mut Chance) -> Fate {
    let mut rest = chance.below(FATES.iter().map(|(_, share)| share).sum());
    for (fate, share) in FATES {
        if rest < share {
            return fate;
        }
        rest -= share;
    }
    Fate::Won
}

fn pair(scene: Scene, chance: &mut Chance) -> (usize, usize) {
    let count = scene.cast().len();
    match scene {
        Scene::Chain => {
            let giver = chance.below(count);
            (giver, along_the_chain(giver, chance))
        }
        // Threes of neighbours pass in turn: 0 → 1 → 2 → 0, 3 → 4 → 5 → 3 …
        Scene::Network if chance.percent(55) => {
            let giver = chance.below(count);
            (giver, giver / 3 * 3 + (giver + 1) % 3)
        }
        // The last six only receive.
        Scene::Network => {
            let giver = chance.below(count - 6);
            (giver, other_than(giver, count, chance))
        }
    }
}

/// Somebody whose link follows, now and then anybody.
fn along_the_chain(giver: usize, chance: &mut Chance) -> usize {
    let link_of = |member: &Member| LINKS.iter().position(|link| *link == member.trade);
    let own = CHAIN.get(giver).and_then(link_of);
    let wanted = own.map(|own| (own + 1 + chance.below(3)) % LINKS.len()).filter(|_| chance.percent(80));
    let followers: Vec<usize> = CHAIN
        .iter()
        .enumerate()
        .filter(|(number, member)| *number != giver && wanted.is_some() && link_of(member) == wanted)
        .map(|(number, _)| number)
        .collect();
    chance.pick(&followers).copied().unwrap_or_else(|| other_than(giver, CHAIN.len(), chance))
}

fn other_than(giver: usize, count: usize, chance: &mut Chance) -> usize {
    (giver + 1 + chance.below(count - 1)) % count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_story_is_the_same_each_time_and_knows_every_fate() {
        let (first, second) = (plans(34, 7), plans(34, 7));
        assert_eq!(format!("{first:?}"), format!("{second:?}"));
        for (fate, _) in FATES {
            assert!(first.iter().any(|plan| plan.fate == fate), "{fate:?}");
        }
        assert!(first.iter().all(|plan| plan.giver != plan.receiver && plan.receiver < plan.scene.cast().len()));
    }

    #[test]
    fn the_cast_is_forty_with_twenty_four_different_seats() {
        assert_eq!(CHAIN.len() + NETWORK.len(), 40);
        let seats: std::collections::BTreeSet<&str> = NETWORK.iter().map(|member| member.trade).collect();
        assert_eq!(seats.len(), 24);
        let addresses: std::collections::BTreeSet<String> = CHAIN.iter().chain(&NETWORK).map(Member::email).collect();
        assert_eq!(addresses.len(), 40);
    }
}

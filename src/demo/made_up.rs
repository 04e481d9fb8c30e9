//! Leads that three members of the value chain make up for each other: the case that the organiser finds.
//!
//! They pass round, each to the next, always by a link of their own, are quick to say yes, and every lead wins the same small sum.
//! Nobody marks them: the worker's daily look finds them like anybody else.

use std::time::Duration;

use super::plan::{Fate, Plan, Scene};
use crate::kernel::clock::{days, hours};

/// Who passes to whom in turn, by numbers in the cast: the window fitter, the plasterer, the landscaper.
const RING: [usize; 3] = [13, 14, 15];
/// So many leads along each edge.
const ROUNDS: u32 = 10;
/// The ring begins so long after the history.
const BEGINS: Duration = days(160);
/// So many days later comes the next round.
const ROUND_DAYS: u32 = 7;
/// What each lead wins, in cents.
const VALUE_MINOR: i64 = 90_000;

/// The plans of the ring; their prospects are numbered from `first_prospect`.
pub fn plans(first_prospect: usize) -> Vec<Plan> {
    let lead = |(number, (round, at)): (usize, (u32, usize))| Plan {
        scene: Scene::Chain,
        giver: RING[at],
        receiver: RING[(at + 1) % RING.len()],
        after: BEGINS + days(round * ROUND_DAYS) + days(2) * at as u32 + hours(10) + Duration::from_secs(number as u64 * 60),
        fate: Fate::MadeUp,
        prospect: first_prospect + number,
        effort: 1,
        value_minor: VALUE_MINOR,
        shared: true,
    };
    (0..ROUNDS).flat_map(|round| (0..RING.len()).map(move |at| (round, at))).enumerate().map(lead).collect()
}

#[cfg(test)]
mod tests {
    use super::super::plan;
    use super::*;
    use crate::kernel::id::{BusinessId, Identifier, ReferralId};
    use crate::trust::detection::{Passed, WINDOW_DAYS, detect};

    /// What of these plans the daily look counts, at the end of the history: those that come to an introduction, in the scene.
    fn passed(plans: &[Plan], scene: Scene) -> Vec<Passed> {
        let window = super::super::HISTORY.saturating_sub(days(WINDOW_DAYS))..super::super::HISTORY;
        let introduced = plans.iter().filter(|plan| plan.scene == scene && window.contains(&plan.after) && plan.fate.is_introduced());
        let id = |number: usize| BusinessId::from_raw(i64::try_from(number).unwrap());
        let one = |plan: &Plan| Passed {
            referral: ReferralId::from_raw(i64::try_from(plan.prospect).unwrap()),
            giver: id(plan.giver),
            receiver: id(plan.receiver),
            confirmed: !plan.shared,
        };
        introduced.map(one).collect()
    }

    #[test]
    fn the_daily_look_finds_the_ring_and_nobody_else() {
        let mut all = plan::plans(35, super::super::story::SEED);
        assert!(detect(&passed(&all, Scene::Chain)).is_empty() && detect(&passed(&all, Scene::Network)).is_empty(), "everybody else is honest");
        all.extend(plans(all.len()));
        let groups = detect(&passed(&all, Scene::Chain));
        let members: Vec<Vec<i64>> = groups.iter().map(|group| group.members.iter().map(|member| member.raw()).collect()).collect();
        assert_eq!(members, [[13, 14, 15]], "{groups:?}");
        assert!(plans(0).iter().all(|plan| plan.after < super::super::HISTORY - days(3)), "the last ones are won before the demo begins");
    }
}

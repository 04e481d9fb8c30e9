//! What an organiser reads about a group: counted, never judged. Pure, in integers.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::detection::{EDGE_LEAST, Group, WINDOW_DAYS};
use crate::kernel::Timestamp;
use crate::kernel::id::{BusinessId, ReferralId};

/// An answer that comes sooner was hardly read.
pub const QUICK_ANSWER_SECONDS: u64 = 60;
/// A business that registered less than so many days before its first referral inside the group is new.
pub const NEW_DAYS: u64 = 30;

/// A referral of the window with its times.
#[derive(Debug, Clone, Copy)]
pub struct Seen {
    /// Which.
    pub referral: ReferralId,
    /// Who passed it.
    pub giver: BusinessId,
    /// Who received it.
    pub receiver: BusinessId,
    /// When it was put to the receiver.
    pub offered_at: Timestamp,
    /// When the receiver answered.
    pub answered_at: Option<Timestamp>,
}

/// Credits that were posted and not taken back.
#[derive(Debug, Clone, Copy)]
pub struct Credited {
    /// Who gave.
    pub giver: BusinessId,
    /// Who received.
    pub receiver: BusinessId,
    /// How many.
    pub amount: i64,
}

/// What runs from one member of the group to another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct EdgeFacts {
    /// Who passes.
    pub giver: BusinessId,
    /// Who receives.
    pub receiver: BusinessId,
    /// How many referrals.
    pub referrals: u32,
    /// How many of their prospects were heard themselves.
    pub confirmed: u32,
    /// How many referrals chance would bring about, in hundredths.
    pub expected_hundredths: i64,
    /// Credits for them.
    pub credits: i64,
}

/// The facts about a group, of the last 180 days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Facts {
    /// How many days they cover.
    pub window_days: u32,
    /// Referrals between members of the group.
    pub referrals_inside: u32,
    /// Referrals that members of the group gave or received, inside and outside.
    pub referrals_of_members: u32,
    /// Referrals inside whose prospect was heard himself.
    pub confirmed_inside: u32,
    /// Referrals of the whole circle.
    pub referrals_in_circle: u32,
    /// Those of the circle whose prospect was heard himself.
    pub confirmed_in_circle: u32,
    /// Credits posted inside.
    pub credits_inside: i64,
    /// Credits that members of the group gave or received, inside and outside.
    pub credits_of_members: i64,
    /// The connections that carry more than chance explains.
    pub edges: Vec<EdgeFacts>,
    /// How many of these connections carry exactly as many credits as another one.
    pub equal_edges: u32,
    /// How long it takes, in the middle, until whoever received inside the group passes something on inside it, in seconds.
    pub return_after_seconds: Option<i64>,
    /// Offers inside that were answered.
    pub answers: u32,
    /// Those answered within a minute.
    pub quick_answers: u32,
    /// Members that registered less than 30 days before their first referral inside.
    pub new_members: Vec<BusinessId>,
}

/// Counts the facts of a group. O(n log n) for n referrals of the window.
pub fn facts(group: &Group, seen: &[Seen], credited: &[Credited], registered: &BTreeMap<BusinessId, Timestamp>) -> Facts {
    let members: BTreeSet<BusinessId> = group.members.iter().copied().collect();
    let referrals: BTreeSet<ReferralId> = group.referrals.iter().copied().collect();
    let mut inside: Vec<Seen> = seen.iter().filter(|one| referrals.contains(&one.referral)).copied().collect();
    inside.sort_unstable_by_key(|one| (one.offered_at, one.referral));
    let touches = |giver: &BusinessId, receiver: &BusinessId| members.contains(giver) || members.contains(receiver);
    let lies_in = |giver: &BusinessId, receiver: &BusinessId| members.contains(giver) && members.contains(receiver);
    let mut sums: BTreeMap<(BusinessId, BusinessId), i64> = BTreeMap::new();
    for one in credited.iter().filter(|one| lies_in(&one.giver, &one.receiver)) {
        let sum = sums.entry((one.giver, one.receiver)).or_default();
        *sum = sum.saturating_add(one.amount);
    }
    let edges = edges(group, &sums);
    let answered: Vec<u64> = inside.iter().filter_map(|one| one.answered_at.map(|at| at.since(one.offered_at).as_secs())).collect();
    Facts {
        window_days: WINDOW_DAYS,
        referrals_inside: group.inside.referrals,
        referrals_of_members: count(seen.iter().filter(|one| touches(&one.giver, &one.receiver)).count()),
        confirmed_inside: group.inside.confirmed,
        referrals_in_circle: group.circle.referrals,
        confirmed_in_circle: group.circle.confirmed,
        credits_inside: sums.values().fold(0, |sum, credits| credits.saturating_add(sum)),
        credits_of_members: credited.iter().filter(|one| touches(&one.giver, &one.receiver)).fold(0, |sum, one| one.amount.saturating_add(sum)),
        equal_edges: equal(&edges),
        edges,
        return_after_seconds: median(returns(&inside)),
        answers: count(answered.len()),
        quick_answers: count(answered.iter().filter(|seconds| **seconds < QUICK_ANSWER_SECONDS).count()),
        new_members: group.members.iter().filter(|member| is_new(**member, &inside, registered)).copied().collect(),
    }
}

fn edges(group: &Group, sums: &BTreeMap<(BusinessId, BusinessId), i64>) -> Vec<EdgeFacts> {
    let facts = |edge: &super::detection::Edge| EdgeFacts {
        giver: edge.giver,
        receiver: edge.receiver,
        referrals: edge.count.referrals,
        confirmed: edge.count.confirmed,
        // An expectation lies between 0 and the number of all referrals.
        expected_hundredths: (edge.expected * 100.0).round() as i64,
        credits: sums.get(&(edge.giver, edge.receiver)).copied().unwrap_or(0),
    };
    group.edges.iter().map(facts).collect()
}

/// How many connections carry as many credits as another.
fn equal(edges: &[EdgeFacts]) -> u32 {
    let strong = || edges.iter().filter(|edge| edge.referrals >= EDGE_LEAST && edge.credits > 0);
    let has_twin = |edge: &&EdgeFacts| strong().filter(|other| other.credits == edge.credits).count() > 1;
    count(strong().filter(has_twin).count())
}

/// For each referral inside: how long until its receiver passes one inside. In seconds, unsorted.
fn returns(inside: &[Seen]) -> Vec<i64> {
    let mut next: BTreeMap<BusinessId, Timestamp> = BTreeMap::new();
    let mut found = Vec::new();
    // Backwards, so that the next one of each giver is known.
    for one in inside.iter().rev() {
        if let Some(at) = next.get(&one.receiver) {
            found.push(i64::try_from(at.since(one.offered_at).as_secs()).unwrap_or(i64::MAX));
        }
        next.insert(one.giver, one.offered_at);
    }
    found
}

/// The middle one; the lower of two.
fn median(mut values: Vec<i64>) -> Option<i64> {
    values.sort_unstable();
    values.get(values.len().saturating_sub(1) / 2).copied()
}

fn is_new(member: BusinessId, inside: &[Seen], registered: &BTreeMap<BusinessId, Timestamp>) -> bool {
    let first = inside.iter().find(|one| one.giver == member || one.receiver == member).map(|one| one.offered_at);
    let since = registered.get(&member).zip(first).map(|(registered, first)| first.since(*registered).as_secs());
    since.is_some_and(|seconds| seconds < NEW_DAYS * 86_400)
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::kernel::clock::days;
    use crate::kernel::id::Identifier;
    use crate::trust::detection::{Count, Edge};

    fn business(number: i64) -> BusinessId {
        BusinessId::from_raw(number)
    }

    fn seen(number: i64, giver: i64, receiver: i64, day: u32, answered_after: Option<u64>) -> Seen {
        let offered_at = Timestamp::from_micros(0).after(days(day));
        let answered_at = answered_after.map(|seconds| offered_at.after(Duration::from_secs(seconds)));
        Seen { referral: ReferralId::from_raw(number), giver: business(giver), receiver: business(receiver), offered_at, answered_at }
    }

    #[test]
    fn the_facts_of_a_ring_are_counted() {
        let edge =
            |giver, receiver| Edge { giver: business(giver), receiver: business(receiver), count: Count { referrals: 3, confirmed: 0 }, expected: 0.256 };
        let group = Group {
            members: vec![business(1), business(2), business(3)],
            edges: vec![edge(1, 2), edge(2, 3), edge(3, 1)],
            referrals: (1..=3).map(ReferralId::from_raw).collect(),
            inside: Count { referrals: 3, confirmed: 0 },
            circle: Count { referrals: 5, confirmed: 2 },
        };
        let all =
            [seen(1, 1, 2, 100, Some(59)), seen(2, 2, 3, 102, Some(60)), seen(3, 3, 1, 103, None), seen(4, 1, 9, 104, Some(5)), seen(5, 8, 9, 104, Some(5))];
        let credited = |giver, receiver, amount| Credited { giver: business(giver), receiver: business(receiver), amount };
        let credits = [credited(1, 2, 20), credited(1, 2, 10), credited(2, 3, 30), credited(3, 1, 10), credited(1, 9, 7), credited(8, 9, 70)];
        let registered = BTreeMap::from([(business(1), Timestamp::from_micros(0)), (business(3), Timestamp::from_micros(0).after(days(73)))]);
        let facts = facts(&group, &all, &credits, &registered);
        assert_eq!((facts.referrals_inside, facts.referrals_of_members), (3, 4));
        assert_eq!((facts.credits_inside, facts.credits_of_members), (70, 77));
        assert_eq!((facts.equal_edges, facts.edges[0].expected_hundredths, facts.edges[0].credits), (2, 26, 30));
        assert_eq!(facts.return_after_seconds, Some(86_400), "two days and one day");
        assert_eq!((facts.answers, facts.quick_answers), (2, 1));
        assert_eq!(facts.new_members, [business(3)]);
    }

    #[test]
    fn the_middle_of_nothing_is_nothing() {
        assert_eq!(median(Vec::new()), None);
        assert_eq!(median(vec![5]), Some(5));
        assert_eq!(median(vec![9, 1, 5]), Some(5));
        assert_eq!(median(vec![9, 1]), Some(1));
    }
}

//! Which groups pass to each other far more than chance explains, while hardly anybody outside confirmed it.
//!
//! Rings are what this product is for, so a ring alone is no sign of anything. Two things together are: an edge giver →
//! receiver that carries far more referrals than what both pass anyway would bring about, and prospects who were not heard
//! themselves. Friends who pass each other a lot are no group as long as their prospects are heard as often as anybody's.
//!
//! Everything is counted in integers; only the tail probabilities are `f64`. The same referrals give the same groups in
//! whatever order they come, and whatever ids their members have.

use std::collections::{BTreeMap, BTreeSet};

use super::tail::{binomial_at_most, poisson_at_least, share_at_least};
use crate::kernel::id::{BusinessId, ReferralId};

/// How far back is looked, in days.
pub const WINDOW_DAYS: u32 = 180;
/// Fewer referrals between two are never too many.
pub const EDGE_LEAST: u32 = 3;
/// An edge is strong when chance brings as many referrals less often than this.
pub const EDGE_CHANCE: f64 = 1e-4;
/// A strong edge ties a group together only if so few of its own referrals are confirmed less often than this: it sorts out
/// honest friends, who would otherwise join one group with everybody they pass to.
pub const EDGE_QUIET: f64 = 0.1;
/// Nobody stays in a group if so few confirmed ones among his own referrals inside it are not rarer than this.
pub const MEMBER_QUIET: f64 = 0.03;
/// A group is shown when so few confirmed referrals inside it are rarer than this. It is the chance for all groups of one look
/// together (Bonferroni): each is held against its part of it.
pub const GROUP_QUIET: f64 = 0.01;

/// A referral that came to an introduction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Passed {
    /// Which.
    pub referral: ReferralId,
    /// Who passed it.
    pub giver: BusinessId,
    /// Who received it.
    pub receiver: BusinessId,
    /// Whether somebody outside the two was heard: the prospect, reached without the giver's help.
    pub confirmed: bool,
}

/// Referrals, and how many of them were confirmed from outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Count {
    /// How many.
    pub referrals: u32,
    /// How many of them were confirmed.
    pub confirmed: u32,
}

impl Count {
    fn add(&mut self, one: &Passed) {
        self.referrals += 1;
        self.confirmed += u32::from(one.confirmed);
    }

    fn of<'p>(passed: impl IntoIterator<Item = &'p Passed>) -> Self {
        passed.into_iter().fold(Self::default(), |mut count, one| {
            count.add(one);
            count
        })
    }

    /// How often so few are confirmed at this rate.
    fn chance_at(self, rate: f64) -> f64 {
        binomial_at_most(self.confirmed, self.referrals, rate)
    }
}

/// One who passes to another more than chance explains.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Edge {
    /// Who passes.
    pub giver: BusinessId,
    /// Who receives.
    pub receiver: BusinessId,
    /// How much.
    pub count: Count,
    /// How many referrals were to be expected from what the giver gives and the receiver receives: out · in / all.
    pub expected: f64,
}

/// A group that is worth a look.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// Its members, by id.
    pub members: Vec<BusinessId>,
    /// The edges that tie it together, by giver and receiver.
    pub edges: Vec<Edge>,
    /// The referrals between its members, by id.
    pub referrals: Vec<ReferralId>,
    /// How many these are, and how many were confirmed.
    pub inside: Count,
    /// The same of the whole circle.
    pub circle: Count,
}

/// The groups worth a look among the referrals of one circle and window, by their first member. O(n log n) for n referrals, and
/// O(m · k) besides for a group of m members with k referrals.
pub fn detect(passed: &[Passed]) -> Vec<Group> {
    let circle = Count::of(passed);
    let rate = share_at_least(circle.confirmed, circle.referrals);
    let mut edges = strong_edges(passed);
    edges.retain(|edge| edge.count.chance_at(rate) < EDGE_QUIET);
    let components = components(&edges);
    let level = GROUP_QUIET / components.len().max(1) as f64;
    let tight = components.into_iter().flat_map(|members| tightened(passed, &edges, rate, members));
    let mut groups: Vec<Group> = tight.map(|members| group(passed, &edges, circle, members)).collect();
    groups.retain(|group| group.inside.chance_at(rate) < level);
    groups.sort_unstable_by(|one, other| one.members.cmp(&other.members));
    groups
}

/// Edges with so many referrals that chance explains them less often than [`EDGE_CHANCE`].
fn strong_edges(passed: &[Passed]) -> Vec<Edge> {
    let (mut given, mut received) = (BTreeMap::<BusinessId, u32>::new(), BTreeMap::<BusinessId, u32>::new());
    let mut counts = BTreeMap::<(BusinessId, BusinessId), Count>::new();
    for one in passed.iter().filter(|one| one.giver != one.receiver) {
        *given.entry(one.giver).or_default() += 1;
        *received.entry(one.receiver).or_default() += 1;
        counts.entry((one.giver, one.receiver)).or_default().add(one);
    }
    let all = passed.len() as f64;
    let edge = |((giver, receiver), count): ((BusinessId, BusinessId), Count)| {
        let expected = f64::from(given[&giver]) * f64::from(received[&receiver]) / all;
        Edge { giver, receiver, count, expected }
    };
    let is_strong = |edge: &Edge| edge.count.referrals >= EDGE_LEAST && poisson_at_least(edge.count.referrals, edge.expected) < EDGE_CHANCE;
    counts.into_iter().map(edge).filter(is_strong).collect()
}

/// Members that are connected by edges, whichever way these point.
fn components<'e>(edges: impl IntoIterator<Item = &'e Edge>) -> Vec<BTreeSet<BusinessId>> {
    let mut neighbours: BTreeMap<BusinessId, Vec<BusinessId>> = BTreeMap::new();
    for edge in edges {
        neighbours.entry(edge.giver).or_default().push(edge.receiver);
        neighbours.entry(edge.receiver).or_default().push(edge.giver);
    }
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for start in neighbours.keys() {
        let mut component = BTreeSet::new();
        let mut open = vec![*start];
        while let Some(member) = open.pop() {
            if seen.insert(member) {
                component.insert(member);
                open.extend(neighbours.get(&member).into_iter().flatten());
            }
        }
        if !component.is_empty() {
            found.push(component);
        }
    }
    found
}

/// Leaves out those whose own referrals inside are confirmed often enough, the most often confirmed first; what falls apart by
/// that is several groups.
fn tightened(passed: &[Passed], edges: &[Edge], rate: f64, mut members: BTreeSet<BusinessId>) -> Vec<BTreeSet<BusinessId>> {
    let before = members.len();
    loop {
        let mut own: BTreeMap<BusinessId, Count> = BTreeMap::new();
        for one in inside(passed, &members) {
            own.entry(one.giver).or_default().add(one);
            own.entry(one.receiver).or_default().add(one);
        }
        let chances: Vec<(BusinessId, f64)> = own.into_iter().map(|(member, count)| (member, count.chance_at(rate))).collect();
        let loudest = chances.iter().fold(0.0_f64, |most, (_, chance)| most.max(*chance));
        if loudest < MEMBER_QUIET {
            break;
        }
        // All that are equal go together, so that no id decides.
        members.retain(|member| chances.iter().any(|(other, chance)| other == member && *chance < loudest));
    }
    let parts = components(edges.iter().filter(|edge| members.contains(&edge.giver) && members.contains(&edge.receiver)));
    if parts.len() == 1 && parts[0].len() == before {
        return parts;
    }
    parts.into_iter().flat_map(|part| tightened(passed, edges, rate, part)).collect()
}

fn inside<'p>(passed: &'p [Passed], members: &BTreeSet<BusinessId>) -> impl Iterator<Item = &'p Passed> {
    passed.iter().filter(|one| members.contains(&one.giver) && members.contains(&one.receiver))
}

fn group(passed: &[Passed], edges: &[Edge], circle: Count, members: BTreeSet<BusinessId>) -> Group {
    let mut referrals: Vec<ReferralId> = inside(passed, &members).map(|one| one.referral).collect();
    referrals.sort_unstable();
    let edges = edges.iter().filter(|edge| members.contains(&edge.giver) && members.contains(&edge.receiver)).copied().collect();
    let inside = Count::of(inside(passed, &members));
    Group { members: members.into_iter().collect(), edges, referrals, inside, circle }
}

#[cfg(test)]
mod tests;

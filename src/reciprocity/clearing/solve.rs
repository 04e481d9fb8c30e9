//! The maximum clearing: how much of all obligations can be cancelled in rings without changing anybody's net position.

use super::components::{Components, components};
use super::graph::Obligations;
use super::network::Network;
use super::route::Routing;

/// A clearing that no other exceeds, with its proof.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Maximum {
    /// C, the sum of everything cleared.
    pub cleared: i64,
    /// How much of each obligation is cleared, by its number.
    pub cleared_per_obligation: Vec<i64>,
    /// One integer per member; with the cleared amounts they prove the maximum, see [`super::verify`].
    pub potentials: Vec<i64>,
}

/// Finds the maximum clearing.
///
/// What stays is a flow of least cost from those who owe more than they are owed to the others, each unit costing 1 per
/// obligation it stays in. It is found by the primal-dual method of Ford and Fulkerson (1962): Dial's buckets (1969) for the potentials,
/// and for the flow between them Dinic's blocking flows (1970) and push and relabel (Goldberg and Tarjan, 1988). O(rounds · (members +
/// obligations)) plus the blocking flows; rounds grow with the longest way something must be routed, and are few in practice
/// (figures: docs/CLEARING.md).
pub fn maximum(obligations: &Obligations) -> Maximum {
    Solved::new(obligations).maximum()
}

/// A solution, which can be asked again with smaller amounts.
pub(super) struct Solved<'a> {
    obligations: &'a Obligations,
    components: Components,
    /// By node of the network: the member.
    members: Vec<u32>,
    /// By edge of the network: the obligation.
    numbers: Vec<u32>,
    routing: Routing,
    /// By edge of the network: its outward arc.
    outward: Vec<u32>,
}

impl<'a> Solved<'a> {
    /// Solves.
    pub fn new(obligations: &'a Obligations) -> Self {
        let components = components(obligations);
        let inner = Inner::new(obligations, &components);
        let excess = inner.excess();
        let Inner { members, numbers, first, heads, capacity } = inner;
        // One obligation away from a sink lies whatever owes it: the first search would say so, and sort nearly all arcs for it.
        let potentials: Vec<i32> = excess.iter().map(|excess| i32::from(*excess < 0)).collect();
        let network = Network::new(first, heads, &capacity, &potentials);
        let mut routing = Routing::new(network, excess, potentials);
        routing.run();
        let outward = routing.network.outward_arcs();
        Self { obligations, components, members, numbers, routing, outward }
    }

    /// The clearing and its proof, of the amounts that were asked for last.
    pub fn maximum(&self) -> Maximum {
        let cleared_per_obligation = self.cleared();
        let mut potentials = vec![0; self.obligations.members()];
        for (member, potential) in self.members.iter().zip(self.routing.potentials()) {
            potentials[*member as usize] = -i64::from(*potential);
        }
        separate(self.obligations, &self.components, &mut potentials);
        Maximum { cleared: cleared_per_obligation.iter().sum(), cleared_per_obligation, potentials }
    }

    /// What a maximum clearing takes off each obligation when these are the amounts, each between 0 and what it was when last asked for.
    ///
    /// Starts from the last solution: what stays of an obligation, cut to what there is now, fits the potentials, so only what was cut
    /// has to be routed.
    pub fn again(&mut self, amounts: &[i64]) -> Vec<i64> {
        let Routing { network, excess, .. } = &mut self.routing;
        for (arc, number) in self.outward.iter().zip(&self.numbers) {
            let (arc, amount) = (*arc as usize, amounts[*number as usize]);
            let stays = network.stays(arc).min(amount);
            network.set(arc, amount, stays);
            excess[network.start(arc) as usize] += amount - stays;
            excess[network.end(arc) as usize] -= amount - stays;
        }
        self.routing.run();
        self.outward = self.routing.network.outward_arcs();
        self.cleared()
    }

    fn cleared(&self) -> Vec<i64> {
        let mut cleared = vec![0; self.obligations.count()];
        for (arc, number) in self.outward.iter().zip(&self.numbers) {
            cleared[*number as usize] = self.routing.network.room(*arc as usize);
        }
        cleared
    }
}

/// The obligations inside components, members renumbered so that neighbours lie close together in memory.
struct Inner {
    members: Vec<u32>,
    first: Vec<u32>,
    heads: Vec<u32>,
    capacity: Vec<i64>,
    numbers: Vec<u32>,
}

const NOT_SEEN: u32 = u32::MAX;

impl Inner {
    fn new(obligations: &Obligations, components: &Components) -> Self {
        let members = breadth_first(obligations, components);
        let mut renamed = vec![NOT_SEEN; obligations.members()];
        for (new, member) in members.iter().enumerate() {
            renamed[*member as usize] = new as u32;
        }
        let mut inner = Self { first: Vec::with_capacity(members.len() + 1), heads: Vec::new(), capacity: Vec::new(), numbers: Vec::new(), members };
        for member in &inner.members {
            inner.first.push(inner.heads.len() as u32);
            for number in obligations.of(*member as usize) {
                let creditor = obligations.creditors()[number] as usize;
                if components.of[creditor] == components.of[*member as usize] {
                    inner.heads.push(renamed[creditor]);
                    inner.capacity.push(obligations.amounts()[number]);
                    inner.numbers.push(number as u32);
                }
            }
        }
        inner.first.push(inner.heads.len() as u32);
        inner
    }

    /// What each owes less what he is owed, inside his component.
    fn excess(&self) -> Vec<i64> {
        let mut excess = vec![0; self.members.len()];
        for tail in 0..self.members.len() {
            for edge in self.first[tail] as usize..self.first[tail + 1] as usize {
                excess[tail] += self.capacity[edge];
                excess[self.heads[edge] as usize] -= self.capacity[edge];
            }
        }
        excess
    }
}

/// The members of all components of two or more, in breadth-first order inside each.
fn breadth_first(obligations: &Obligations, components: &Components) -> Vec<u32> {
    let mut order: Vec<u32> = Vec::with_capacity(obligations.members());
    let mut seen = vec![false; obligations.members()];
    for root in 0..obligations.members() {
        if seen[root] || components.sizes[components.of[root] as usize] < 2 {
            continue;
        }
        seen[root] = true;
        let mut at = order.len();
        order.push(root as u32);
        while let Some(&member) = order.get(at) {
            at += 1;
            for number in obligations.of(member as usize) {
                let creditor = obligations.creditors()[number];
                if !seen[creditor as usize] && components.of[creditor as usize] == components.of[root] {
                    seen[creditor as usize] = true;
                    order.push(creditor);
                }
            }
        }
    }
    order
}

/// Shifts the potentials of whole components until every obligation between two of them runs downhill by at least 1.
fn separate(obligations: &Obligations, components: &Components, potentials: &mut [i64]) {
    let count = components.sizes.len();
    let mut first = vec![0_u32; count + 1];
    for component in &components.of {
        first[*component as usize + 1] += 1;
    }
    for component in 0..count {
        first[component + 1] += first[component];
    }
    let mut members = vec![0_u32; components.of.len()];
    let mut next = first.clone();
    for (member, component) in components.of.iter().enumerate() {
        members[next[*component as usize] as usize] = member as u32;
        next[*component as usize] += 1;
    }
    // Obligations lead to smaller numbers, so those components have their final potentials already.
    for component in 0..count {
        let members = &members[first[component] as usize..first[component + 1] as usize];
        let lowest = members.iter().map(|member| potentials[*member as usize]).min().unwrap_or(0);
        let mut shift = -lowest;
        for member in members {
            for number in obligations.of(*member as usize) {
                let creditor = obligations.creditors()[number] as usize;
                if components.of[creditor] as usize != component {
                    shift = shift.max(potentials[creditor] + 1 - potentials[*member as usize]);
                }
            }
        }
        for member in members {
            potentials[*member as usize] += shift;
        }
    }
}

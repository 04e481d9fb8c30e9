//! Routes net positions through the residual network at the least cost: flows where it costs nothing more, and potentials that say where
//! that is.

use super::distances::Distances;
use super::flow::{Flow, TOUCHED_AHEAD};
use super::meeting::Meeting;
use super::network::Network;

/// Relabelling may read so many tenths of all arcs in each round; labelling anew reads four, and finds them in better order.
const RELABELLING_TENTHS: usize = 7;
/// Searching from both ends may read so many tenths of all arcs in each round, and more where that finds much.
const MEETING_TENTHS: usize = 1;
/// It is tried when at most one node in so many is a sink.
const MEETING_NODES_PER_SINK: usize = 1_000;

/// The state of a routing: a network, the excess that is still to be routed, and potentials that prove what has been done.
///
/// Throughout, an open arc from u to v at cost k has `k + potential[u] − potential[v] ≥ 0`; this is its reduced cost.
pub(super) struct Routing {
    pub network: Network,
    /// By node: positive where something starts, negative where it must end.
    pub excess: Vec<i64>,
    potentials: Vec<i32>,
    flow: Flow,
    distances: Distances,
    meeting: Meeting,
}

impl Routing {
    /// The network must have been made with these potentials.
    pub fn new(network: Network, excess: Vec<i64>, potentials: Vec<i32>) -> Self {
        Self { network, excess, potentials, flow: Flow::default(), distances: Distances::default(), meeting: Meeting::default() }
    }

    /// By node.
    pub fn potentials(&self) -> &[i32] {
        &self.potentials
    }

    /// Puts others in their place; they must prove what has been routed.
    pub fn set_potentials(&mut self, potentials: &[i32]) {
        let changed: Vec<u32> = (0..potentials.len() as u32).filter(|node| potentials[*node as usize] != self.potentials[*node as usize]).collect();
        self.potentials.copy_from_slice(potentials);
        for node in changed {
            self.network.sort(node, &self.potentials);
        }
    }

    /// Routes everything. The total excess of every component must be 0.
    ///
    /// Each round makes sure that every source has a way without reduced cost, and sends what the ways of the fewest arcs hold. Then it
    /// pushes and relabels, which finds longer ways without labelling everything again, until that has cost as much as the next
    /// round; or, when few sinks are left, it looks for ways from both ends.
    pub fn run(&mut self) {
        loop {
            let sources = self.excess.iter().filter(|excess| **excess > 0).count();
            if sources == 0 || !self.open(sources) {
                return;
            }
            self.flow.block(&mut self.network, &mut self.excess);
            let sinks = self.excess.iter().filter(|excess| **excess < 0).count();
            let tenth = self.network.arc_count() / 10;
            let is_tail = sinks * MEETING_NODES_PER_SINK < self.excess.len();
            if !is_tail || !self.meeting.run(&mut self.network, &mut self.excess, tenth * MEETING_TENTHS) {
                self.flow.relabel(&mut self.network, &mut self.excess, tenth * RELABELLING_TENTHS);
            }
        }
    }

    /// One search and what it makes possible, for a single source and a single sink. Answers how much moved, and the cost of
    /// a unit; `None` when no way is open, or none at a cost of at most `cost_max`.
    pub fn advance(&mut self, source: u32, sink: u32, cost_max: i32) -> Option<(i64, i32)> {
        let before = self.excess[source as usize];
        if before <= 0 || !self.open(1) {
            return None;
        }
        let cost = self.potentials[sink as usize] - self.potentials[source as usize];
        if cost > cost_max {
            return None;
        }
        self.flow.block(&mut self.network, &mut self.excess);
        Some((before - self.excess[source as usize], cost))
    }

    /// Labels, and where that does not reach every source changes the potentials until it does. Answers whether any source was reached.
    fn open(&mut self, sources: usize) -> bool {
        let reached = self.flow.label(&self.network, &self.excess);
        let is_reached = reached < sources && self.distances.search(&self.network, &self.excess, &self.potentials, &mut self.flow, sources - reached);
        let moved = self.distances.lift(&mut self.potentials, &mut self.flow.labels, is_reached);
        for at in 0..moved.len() {
            self.network.touch(moved[(at + TOUCHED_AHEAD).min(moved.len() - 1)]);
            self.network.sort(moved[at], &self.potentials);
        }
        reached > 0 || is_reached
    }
}

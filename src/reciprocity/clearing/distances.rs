//! Distances by reduced cost, for the nodes that no tight way leads from.

use super::flow::{Flow, STUCK, put};
use super::network::Network;

/// Dial's bucket search (1969), back from what is reached already. Keeps its memory between searches.
#[derive(Default)]
pub(super) struct Distances {
    /// By node: the reduced cost of the cheapest way to a sink, 0 where it is tight.
    distances: Vec<u32>,
    /// The distance of the source that was settled last.
    last: u32,
    is_mostly_unreached: bool,
    /// Nodes by distance.
    buckets: Vec<Vec<u32>>,
    /// Nodes of one distance by label.
    levels: Vec<Vec<u32>>,
    /// How many nodes wait in `levels`.
    waiting: usize,
    changed: Vec<u32>,
}

impl Distances {
    /// Goes on from where labelling ended, by distance and among the same distance by arcs, until all `sources` that were not reached are
    /// settled or nothing more is found. Gives labels to what it settles. Answers whether any source was found.
    ///
    /// Arcs that are not tight are read from the side that has fewer nodes: back from what is reached, or ahead from what is not.
    pub fn search(&mut self, network: &Network, excess: &[i64], potentials: &[i32], flow: &mut Flow, sources: usize) -> bool {
        self.buckets.iter_mut().for_each(Vec::clear);
        self.distances.clear();
        self.distances.extend(flow.labels.iter().map(|label| if *label == STUCK { u32::MAX } else { 0 }));
        self.last = 0;
        self.is_mostly_unreached = flow.reached.len() * 2 < excess.len();
        if self.is_mostly_unreached {
            for at in 0..flow.reached.len() {
                self.relax_loose(network, potentials, &mut flow.labels, flow.reached[at]);
            }
        } else {
            self.look_ahead(network, potentials, &mut flow.labels);
        }
        let (mut left, mut distance) = (sources, 1);
        while distance < self.buckets.len() {
            let begin = flow.reached.len();
            self.settle(network, distance as u32, flow);
            let found = flow.reached[begin..].iter().filter(|node| excess[**node as usize] > 0).count();
            if found > 0 {
                self.last = distance as u32;
                left -= found;
                if left == 0 {
                    break;
                }
            }
            for at in begin..flow.reached.len() {
                self.relax_loose(network, potentials, &mut flow.labels, flow.reached[at]);
            }
            distance += 1;
        }
        self.last > 0
    }

    /// Adds the distances to the potentials, which makes the cheapest ways tight. What lies further than the last source moves as far as it
    /// does. Only differences matter, so either what is near moves up or what is far moves down, whichever is less. Answers who moved.
    pub fn lift(&mut self, potentials: &mut [i32], labels: &mut [u32], is_found: bool) -> &[u32] {
        self.changed.clear();
        if is_found {
            for (node, distance) in self.distances.iter().enumerate() {
                let down = self.last.min(*distance);
                let change = if self.is_mostly_unreached { (self.last - down) as i32 } else { -(down as i32) };
                if change != 0 {
                    potentials[node] += change;
                    self.changed.push(node as u32);
                }
                if *distance > self.last {
                    labels[node] = STUCK;
                }
            }
        }
        &self.changed
    }

    /// For each node that is not reached: its cheapest arc to one that is.
    fn look_ahead(&mut self, network: &Network, potentials: &[i32], labels: &mut [u32]) {
        for node in 0..potentials.len() {
            if self.distances[node] == 0 {
                continue;
            }
            let mut best = (u32::MAX, STUCK);
            for word in network.words(network.loose(node as u32)) {
                let end = word.end() as usize;
                if word.is_open() && self.distances[end] == 0 {
                    best = best.min(((word.cost() + potentials[node] - potentials[end]) as u32, labels[end] + 1));
                }
            }
            if best.1 != STUCK {
                (self.distances[node], labels[node]) = best;
                put(&mut self.buckets, best.0 as usize, node as u32);
            }
        }
    }

    /// Settles the nodes of one distance, by label, along tight arcs.
    fn settle(&mut self, network: &Network, distance: u32, flow: &mut Flow) {
        let mut level = self.spread(distance, &flow.labels);
        while self.waiting > 0 {
            let mut nodes = std::mem::take(&mut self.levels[level]);
            self.waiting -= nodes.len();
            for node in nodes.drain(..) {
                // Elsewhere it was found to be nearer.
                if self.distances[node as usize] != distance || flow.labels[node as usize] as usize != level {
                    continue;
                }
                flow.reached.push(node);
                for word in network.words(network.tight(node)).filter(|word| word.is_twin_open()) {
                    let end = word.end() as usize;
                    if (distance, level as u32 + 1) < (self.distances[end], flow.labels[end]) {
                        self.distances[end] = distance;
                        flow.labels[end] = level as u32 + 1;
                        put(&mut self.levels, level + 1, word.end());
                        self.waiting += 1;
                    }
                }
            }
            self.levels[level] = nodes;
            level += 1;
        }
    }

    /// Sorts the nodes of a distance by label; answers the smallest.
    fn spread(&mut self, distance: u32, labels: &[u32]) -> usize {
        let mut smallest = usize::MAX;
        for node in &self.buckets[distance as usize] {
            if self.distances[*node as usize] == distance {
                let label = labels[*node as usize] as usize;
                put(&mut self.levels, label, *node);
                self.waiting += 1;
                smallest = smallest.min(label);
            }
        }
        smallest
    }

    /// Looks back from a settled node along arcs that are not tight.
    fn relax_loose(&mut self, network: &Network, potentials: &[i32], labels: &mut [u32], node: u32) {
        let base = self.distances[node as usize] as i32 - potentials[node as usize];
        let label = labels[node as usize] + 1;
        for word in network.words(network.loose(node)).filter(|word| word.is_twin_open()) {
            let end = word.end() as usize;
            let candidate = (base - word.cost() + potentials[end]) as u32;
            if (candidate, label) < (self.distances[end], labels[end]) {
                if candidate < self.distances[end] {
                    put(&mut self.buckets, candidate as usize, word.end());
                }
                self.distances[end] = candidate;
                labels[end] = label;
            }
        }
    }
}

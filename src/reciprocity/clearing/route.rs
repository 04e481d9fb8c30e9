//! Routes net positions through the residual network at the least cost: shortest ways, blocking flows, push and relabel.

use super::network::{Network, Step};

/// The label of a node that reaches no sink at the present potentials.
const STUCK: u32 = u32::MAX;
/// A search is worth about so many readings of all edges by `relabel`.
const WORK_PER_EDGE: usize = 2;
/// What relabelling a node costs beside reading its edges.
const WORK_PER_NODE: usize = 12;

/// The state of a routing: a network, the excess that is still to be routed, and potentials that prove what has been done.
///
/// Throughout, an open step from u to v at cost k has `k + potential[u] − potential[v] ≥ 0`; this is its reduced cost.
pub(super) struct Routing {
    pub network: Network,
    /// By node: positive where something starts, negative where it must end.
    pub excess: Vec<i64>,
    nodes: Vec<Node>,
    /// By node: its steps before this one lead nowhere.
    pointer: Vec<u32>,
    settled: Vec<u32>,
    /// Nodes by distance.
    buckets: Vec<Vec<u32>>,
    /// Nodes of one distance by label.
    levels: Vec<Vec<u32>>,
    /// How many nodes wait in `levels`.
    waiting: usize,
    /// How many nodes have each label.
    counts: Vec<u32>,
    /// Nodes that have something to pass on, by label.
    active: Vec<Vec<u32>>,
    frames: Vec<Frame>,
}

/// What a search asks of the other end of every edge, side by side in memory.
#[derive(Clone, Copy)]
struct Node {
    /// The reduced cost of the cheapest way to a sink, and in the lower half the label: at least so many steps without reduced cost lead to
    /// one. A single word, because it is compared and written as one.
    rank: u64,
    potential: i32,
    is_settled: bool,
}

impl Node {
    #[inline]
    fn distance(self) -> u32 {
        (self.rank >> 32) as u32
    }

    #[inline]
    fn label(self) -> u32 {
        self.rank as u32
    }

    #[inline]
    fn set_label(&mut self, label: u32) {
        self.rank = rank(self.distance(), label);
    }
}

#[inline]
fn rank(distance: u32, label: u32) -> u64 {
    u64::from(distance) << 32 | u64::from(label)
}

struct Frame {
    node: u32,
    step: Option<Step>,
    given: i64,
    used: i64,
}

impl Routing {
    pub fn new(network: Network, excess: Vec<i64>, potential: Vec<i32>) -> Self {
        let nodes: Vec<Node> = potential.into_iter().map(|potential| Node { rank: u64::MAX, potential, is_settled: false }).collect();
        Self {
            network,
            excess,
            pointer: vec![0; nodes.len()],
            nodes,
            settled: Vec::new(),
            buckets: Vec::new(),
            levels: Vec::new(),
            waiting: 0,
            counts: Vec::new(),
            active: Vec::new(),
            frames: Vec::new(),
        }
    }

    /// By node.
    pub fn potentials(&self) -> impl Iterator<Item = i32> + '_ {
        self.nodes.iter().map(|node| node.potential)
    }

    /// Puts others in their place; they must prove what has been routed.
    pub fn set_potentials(&mut self, potentials: &[i32]) {
        for (node, potential) in self.nodes.iter_mut().zip(potentials) {
            node.potential = *potential;
        }
    }

    /// Routes everything. The total excess of every component must be 0.
    ///
    /// Each round searches from all sinks, in full, so that every source gets a shortest way at once; sends what the ways of the fewest
    /// steps hold; then pushes and relabels, which finds the longer ways without searching all nodes again, until that has
    /// cost as much as the next search.
    pub fn run(&mut self) {
        loop {
            let sinks: Vec<u32> = (0..self.excess.len() as u32).filter(|node| self.excess[*node as usize] < 0).collect();
            let sources = self.excess.iter().filter(|excess| **excess > 0).count();
            if sources == 0 || !self.search(&sinks, sources) {
                return;
            }
            self.block();
            self.relabel();
        }
    }

    /// One search and what it makes possible, for a single source and a single sink. Answers how much moved, and the cost of
    /// a unit; `None` when no way is open, or none at a cost of at most `cost_max`.
    pub fn advance(&mut self, source: u32, sink: u32, cost_max: i32) -> Option<(i64, i32)> {
        let before = self.excess[source as usize];
        if before <= 0 || !self.search(&[sink], 1) {
            return None;
        }
        let cost = self.nodes[sink as usize].potential - self.nodes[source as usize].potential;
        if cost > cost_max {
            return None;
        }
        self.block();
        Some((before - self.excess[source as usize], cost))
    }

    /// Dial's bucket search backward from the sinks over the reduced costs, and among ways of the same cost by steps, until all `sources`
    /// are settled or nothing more is reached. Lifts the potentials by the distances and sets the labels to the steps. Answers whether any
    /// source was reached.
    fn search(&mut self, sinks: &[u32], sources: usize) -> bool {
        self.clear();
        for sink in sinks {
            self.nodes[*sink as usize].rank = 0;
            self.buckets[0].push(*sink);
        }
        let (mut left, mut last) = (sources, None);
        let mut distance = 0;
        while distance < self.buckets.len() && left > 0 {
            let mut level = self.spread(distance);
            while self.waiting > 0 {
                let mut nodes = std::mem::take(&mut self.levels[level]);
                self.waiting -= nodes.len();
                for node in nodes.drain(..) {
                    let index = node as usize;
                    if self.nodes[index].is_settled || self.nodes[index].rank != rank(distance as u32, level as u32) {
                        continue;
                    }
                    self.settle(node, level);
                    if self.excess[index] > 0 {
                        last = Some(distance as i32);
                        left -= 1;
                    }
                    self.relax(node, distance as u32, level as u32);
                }
                self.levels[level] = nodes;
                level += 1;
            }
            distance += 1;
        }
        let Some(last) = last else { return false };
        // What lies further than the last source moves with it: everything else is moved the other way instead, which is less work.
        for node in &mut self.nodes {
            if node.is_settled {
                node.potential += (last - node.distance() as i32).max(0);
            } else {
                node.set_label(STUCK);
            }
        }
        true
    }

    fn clear(&mut self) {
        for node in &mut self.nodes {
            *node = Node { rank: u64::MAX, potential: node.potential, is_settled: false };
        }
        self.settled.clear();
        self.counts.clear();
        self.buckets.iter_mut().for_each(Vec::clear);
        if self.buckets.is_empty() {
            self.buckets.push(Vec::new());
        }
    }

    /// Sorts the nodes of a distance by label; answers the smallest.
    fn spread(&mut self, distance: usize) -> usize {
        let mut smallest = usize::MAX;
        for node in &self.buckets[distance] {
            let there = self.nodes[*node as usize];
            if there.distance() == distance as u32 {
                let label = there.label() as usize;
                put(&mut self.levels, label, *node);
                self.waiting += 1;
                smallest = smallest.min(label);
            }
        }
        smallest
    }

    fn settle(&mut self, node: u32, level: usize) {
        self.settled.push(node);
        self.nodes[node as usize].is_settled = true;
        self.pointer[node as usize] = 0;
        if level >= self.counts.len() {
            self.counts.resize(level + 1, 0);
        }
        self.counts[level] += 1;
    }

    /// Without branches but one that is seldom taken: processors guess it well.
    #[inline]
    fn relax(&mut self, node: u32, distance: u32, level: u32) {
        let base = distance as i32 - self.nodes[node as usize].potential;
        let (dear, cheap) = self.network.ends::<true>(node);
        let (nodes, buckets, levels, waiting) = (&mut self.nodes, &mut self.buckets, &mut self.levels, &mut self.waiting);
        let mut reach = |end: u32, is_open: bool, cost: i32| {
            let there = &mut nodes[end as usize];
            let candidate = (base + cost + there.potential) as u32;
            let closed = u64::from(is_open).wrapping_sub(1);
            let found = rank(candidate, level + 1) | closed;
            if found < there.rank {
                let is_nearer = candidate < there.distance();
                there.rank = found;
                if candidate == distance {
                    put(levels, level as usize + 1, end);
                    *waiting += 1;
                } else if is_nearer {
                    put(buckets, candidate as usize, end);
                }
            }
        };
        dear.for_each(|(end, is_open)| reach(end, is_open, 1));
        cheap.for_each(|(end, is_open)| reach(end, is_open, -1));
    }

    /// Dinic: sends from each source what fits through steps without reduced cost to the next smaller label.
    fn block(&mut self) {
        for at in 0..self.settled.len() {
            let source = self.settled[at];
            let given = self.excess[source as usize];
            if given > 0 {
                let used = self.walk(source, given);
                self.excess[source as usize] -= used;
            }
        }
    }

    /// Depth first, no step twice. Answers how much of `given` arrived at sinks.
    fn walk(&mut self, source: u32, given: i64) -> i64 {
        self.frames.push(Frame { node: source, step: None, given, used: 0 });
        loop {
            let Some(frame) = self.frames.last() else { return 0 };
            if frame.used < frame.given {
                let (node, left) = (frame.node, frame.given - frame.used);
                if let Some(step) = self.next_step(node) {
                    let given = left.min(self.network.room(step));
                    let there = &mut self.excess[step.end as usize];
                    let used = given.min((-*there).max(0));
                    *there += used;
                    self.frames.push(Frame { node: step.end, step: Some(step), given, used });
                    continue;
                }
            }
            let Some(done) = self.frames.pop() else { return 0 };
            let (Some(step), Some(before)) = (done.step, self.frames.last_mut()) else { return done.used };
            if done.used > 0 {
                self.network.push(step, done.used);
                before.used += done.used;
            }
            if done.used < done.given {
                self.pointer[before.node as usize] += 1;
            }
        }
    }

    #[inline]
    fn next_step(&mut self, node: u32) -> Option<Step> {
        let (own, label) = (self.nodes[node as usize].potential, self.nodes[node as usize].label());
        let nodes = &self.nodes;
        let wanted = |end: u32, cost: i32| {
            let there = nodes[end as usize];
            (there.label().wrapping_add(1) == label) & (cost + own == there.potential)
        };
        self.network.next_step(node, &mut self.pointer[node as usize], wanted)
    }

    /// Goldberg and Tarjan's push and relabel over steps without reduced cost, the highest label first. Excess may come to rest
    /// anywhere; a gap in the labels shows that everything above it is stuck.
    fn relabel(&mut self) {
        self.active.iter_mut().for_each(Vec::clear);
        let mut highest = 0;
        for node in &self.settled {
            self.pointer[*node as usize] = 0;
            if self.excess[*node as usize] > 0 {
                let label = self.nodes[*node as usize].label() as usize;
                put(&mut self.active, label, *node);
                highest = highest.max(label);
            }
        }
        let mut ceiling = self.nodes.len();
        let mut work_left = self.network.stays().len() * WORK_PER_EDGE;
        while highest > 0 && work_left > 0 {
            let Some(node) = self.active[highest].pop() else {
                highest -= 1;
                continue;
            };
            if self.excess[node as usize] <= 0 || self.nodes[node as usize].label() as usize != highest {
                continue;
            }
            self.discharge(node, highest);
            if self.excess[node as usize] > 0 {
                let label = self.raised(node, &mut work_left);
                self.counts[highest] -= 1;
                if self.counts[highest] == 0 {
                    ceiling = ceiling.min(highest);
                }
                self.pointer[node as usize] = 0;
                if label > ceiling {
                    self.nodes[node as usize].set_label(STUCK);
                    continue;
                }
                self.nodes[node as usize].set_label(label as u32);
                if label >= self.counts.len() {
                    self.counts.resize(label + 1, 0);
                }
                self.counts[label] += 1;
                put(&mut self.active, label, node);
                highest = label;
            }
        }
    }

    /// Pushes what a node has to nodes of the next smaller label, as far as they can be reached.
    fn discharge(&mut self, node: u32, label: usize) {
        while self.excess[node as usize] > 0
            && let Some(step) = self.next_step(node)
        {
            let amount = self.network.room(step).min(self.excess[node as usize]);
            self.network.push(step, amount);
            self.excess[node as usize] -= amount;
            let there = &mut self.excess[step.end as usize];
            let was_quiet = *there <= 0;
            *there += amount;
            if was_quiet && *there > 0 {
                put(&mut self.active, label - 1, step.end);
            }
        }
    }

    /// The label that makes a step possible again.
    fn raised(&self, node: u32, work_left: &mut usize) -> usize {
        let own = self.nodes[node as usize].potential;
        let mut lowest = STUCK - 1;
        let mut look = |end: u32, is_open: bool, cost: i32| {
            let there = self.nodes[end as usize];
            let leads = is_open & (own + cost == there.potential);
            lowest = lowest.min(if leads { there.label() } else { STUCK - 1 });
        };
        let (dear, cheap) = self.network.ends::<false>(node);
        let read = WORK_PER_NODE + dear.len() + cheap.len();
        dear.for_each(|(end, is_open)| look(end, is_open, 1));
        cheap.for_each(|(end, is_open)| look(end, is_open, -1));
        *work_left = work_left.saturating_sub(read);
        lowest as usize + 1
    }
}

fn put(lists: &mut Vec<Vec<u32>>, at: usize, node: u32) {
    if at >= lists.len() {
        lists.resize_with(at + 1, Vec::new);
    }
    lists[at].push(node);
}

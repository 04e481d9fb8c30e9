//! Routes net positions through the residual network at the least cost: shortest distances, then blocking flows.

use super::network::{Network, Step};

const FAR: i32 = i32::MAX;
const UNRANKED: u32 = u32::MAX;

/// The state of a routing: a network, the excess that is still to be routed, and potentials that prove what has been done.
///
/// Throughout, an open step from u to v at cost k has `k + potential[u] − potential[v] ≥ 0`.
pub(super) struct Routing {
    pub network: Network,
    /// By node: positive where something starts, negative where it must end.
    pub excess: Vec<i64>,
    /// By node.
    pub potential: Vec<i32>,
    distance: Vec<i32>,
    /// The order in which a search settled the nodes: steps from later to earlier ones cannot go round in a circle.
    rank: Vec<u32>,
    pointer: Vec<u32>,
    buckets: Vec<Vec<u32>>,
    settled: Vec<u32>,
    frames: Vec<Frame>,
}

struct Frame {
    node: u32,
    step: Option<Step>,
    given: i64,
    used: i64,
}

impl Routing {
    pub fn new(network: Network, excess: Vec<i64>, potential: Vec<i32>) -> Self {
        let nodes = network.nodes();
        Self {
            network,
            excess,
            potential,
            distance: vec![FAR; nodes],
            rank: vec![UNRANKED; nodes],
            pointer: vec![0; nodes],
            buckets: Vec::new(),
            settled: Vec::new(),
            frames: Vec::new(),
        }
    }

    /// Routes everything. The total excess of every component must be 0.
    ///
    /// Each round searches from the side with fewer ends, in full, so that many of the other side's ends get a shortest way at once;
    /// then fills these ways until no way in the order of the search is open.
    pub fn run(&mut self) {
        let mut sources: Vec<u32> = (0..self.excess.len() as u32).filter(|node| self.excess[*node as usize] > 0).collect();
        let mut sinks: Vec<u32> = (0..self.excess.len() as u32).filter(|node| self.excess[*node as usize] < 0).collect();
        let mut reached = true;
        while reached && !sources.is_empty() {
            if sources.len() <= sinks.len() {
                reached = self.round::<false>(&sources, sinks.len());
            } else {
                reached = self.round::<true>(&sinks, sources.len());
            }
            sources.retain(|node| self.excess[*node as usize] > 0);
            sinks.retain(|node| self.excess[*node as usize] < 0);
        }
    }

    fn round<const BACKWARD: bool>(&mut self, starts: &[u32], goals: usize) -> bool {
        let found = self.search::<BACKWARD>(starts, goals);
        if found {
            self.fill::<BACKWARD>();
        }
        found
    }

    /// One search and all it makes possible, for a single source and a single sink. Answers how much moved, and the cost of
    /// a unit; `None` when no way is open, or none at a cost of at most `cost_max`.
    pub fn advance(&mut self, source: u32, sink: u32, cost_max: i32) -> Option<(i64, i32)> {
        let before = self.excess[source as usize];
        if before <= 0 || !self.search::<false>(&[source], 1) {
            return None;
        }
        let cost = self.potential[sink as usize] - self.potential[source as usize];
        if cost > cost_max {
            return None;
        }
        self.fill::<false>();
        Some((before - self.excess[source as usize], cost))
    }

    /// Dial's bucket search from `starts` over the reduced costs, until all `goals` of the other side are settled or nothing more can be
    /// reached; lifts the potentials by the distances. Answers whether any goal was reached.
    fn search<const BACKWARD: bool>(&mut self, starts: &[u32], goals: usize) -> bool {
        self.distance.fill(FAR);
        self.rank.fill(UNRANKED);
        self.settled.clear();
        self.buckets.iter_mut().for_each(Vec::clear);
        if self.buckets.is_empty() {
            self.buckets.push(Vec::new());
        }
        for start in starts {
            self.distance[*start as usize] = 0;
            self.buckets[0].push(*start);
        }
        let (mut left, mut last) = (goals, None);
        let mut distance = 0;
        while distance < self.buckets.len() && left > 0 {
            let mut at = 0;
            while let Some(&node) = self.buckets[distance].get(at) {
                at += 1;
                let index = node as usize;
                if self.rank[index] != UNRANKED || self.distance[index] != distance as i32 {
                    continue;
                }
                self.rank[index] = self.settled.len() as u32;
                self.pointer[index] = 0;
                self.settled.push(node);
                if (if BACKWARD { self.excess[index] } else { -self.excess[index] }) > 0 {
                    last = Some(distance as i32);
                    left -= 1;
                    if left == 0 {
                        break;
                    }
                }
                self.relax::<BACKWARD>(node, distance as i32);
            }
            distance += 1;
        }
        let Some(last) = last else { return false };
        // What lies further than the last goal moves with it: everything else is lowered instead, which is less work.
        for node in &self.settled {
            let lag = (self.distance[*node as usize] - last).min(0);
            self.potential[*node as usize] += if BACKWARD { -lag } else { lag };
        }
        true
    }

    #[inline]
    fn relax<const BACKWARD: bool>(&mut self, node: u32, distance: i32) {
        let sign = if BACKWARD { -1 } else { 1 };
        let base = distance + sign * self.potential[node as usize];
        let (dear, cheap) = self.network.open::<BACKWARD>(node);
        let (potential, known, buckets) = (&self.potential, &mut self.distance, &mut self.buckets);
        let mut reach = |end: u32, cost: i32| {
            let candidate = base + cost - sign * potential[end as usize];
            if candidate < known[end as usize] {
                known[end as usize] = candidate;
                let bucket = candidate as usize;
                if bucket >= buckets.len() {
                    buckets.resize_with(bucket + 1, Vec::new);
                }
                buckets[bucket].push(end);
            }
        };
        dear.for_each(|end| reach(end, 1));
        cheap.for_each(|end| reach(end, -1));
    }

    /// Fills the ways that the search found, walking from the goals back to the starts.
    fn fill<const BACKWARD: bool>(&mut self) {
        for at in (0..self.settled.len()).rev() {
            let goal = self.settled[at];
            let excess = self.excess[goal as usize];
            let wanted = if BACKWARD { excess } else { -excess };
            if wanted > 0 {
                let used = if BACKWARD { self.walk::<false>(goal, wanted) } else { self.walk::<true>(goal, wanted) };
                self.excess[goal as usize] += if BACKWARD { -used } else { used };
            }
        }
    }

    /// Sends up to `given` from a goal towards the starts, over steps without reduced cost from later to earlier nodes. Depth first,
    /// no step twice. Answers how much arrived.
    fn walk<const BACKWARD: bool>(&mut self, goal: u32, given: i64) -> i64 {
        let sign = if BACKWARD { -1 } else { 1 };
        self.frames.push(Frame { node: goal, step: None, given, used: 0 });
        loop {
            let Some(frame) = self.frames.last_mut() else { return 0 };
            let node = frame.node as usize;
            if frame.used < frame.given {
                let (rank, own) = (self.rank[node], sign * self.potential[node]);
                let (ranks, potential) = (&self.rank, &self.potential);
                let wanted = |end: u32, cost: i32| cost + own == sign * potential[end as usize] && ranks[end as usize] < rank;
                if let Some(step) = self.network.next_step::<BACKWARD>(frame.node, &mut self.pointer[node], wanted) {
                    let given = (frame.given - frame.used).min(self.network.room(step));
                    let mut next = Frame { node: step.end, step: Some(step), given, used: 0 };
                    let open = &mut self.excess[step.end as usize];
                    let room = if BACKWARD { *open } else { -*open };
                    if room > 0 {
                        next.used = room.min(given);
                        *open += if BACKWARD { -next.used } else { next.used };
                    }
                    self.frames.push(next);
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
}

//! The last few sinks: ways without cost, found from both ends at once.

use super::network::Network;

const NOBODY: usize = usize::MAX;

/// How a node was met: in which search, from which side, over which arc.
#[derive(Clone, Copy)]
struct Met {
    search: u32,
    is_ahead: bool,
    by: usize,
}

const NEVER: Met = Met { search: 0, is_ahead: false, by: NOBODY };

/// Breadth-first search along tight arcs, ahead from all sources and back from one sink, until the two meet. Mostly both sides stay
/// small, where labelling reads everything. Keeps its memory between searches.
#[derive(Default)]
pub(super) struct Meeting {
    met: Vec<Met>,
    search: u32,
    sources: Vec<u32>,
    ahead: Vec<u32>,
    behind: Vec<u32>,
    next: Vec<u32>,
    path: Vec<usize>,
}

impl Meeting {
    /// Sends to each sink, smallest number first, what reaches it without cost, as long as no more than `work_left` arcs are read. Answers
    /// whether all is done that can be done without cost.
    pub fn run(&mut self, network: &mut Network, excess: &mut [i64], mut work_left: usize) -> bool {
        self.met.resize(excess.len(), NEVER);
        self.sources.clear();
        self.sources.extend((0..excess.len() as u32).filter(|node| excess[*node as usize] > 0));
        for sink in 0..excess.len() as u32 {
            while excess[sink as usize] < 0 && work_left > 0 {
                let Some(arc) = self.meet(network, excess, sink, &mut work_left) else { break };
                self.send(network, excess, arc);
            }
        }
        work_left > 0
    }

    /// Answers the arc over which the two sides meet. Always grows the side that has fewer nodes at its edge.
    fn meet(&mut self, network: &Network, excess: &[i64], sink: u32, work_left: &mut usize) -> Option<usize> {
        self.search = self.search.wrapping_add(1);
        if self.search == 0 {
            self.met.fill(NEVER);
            self.search = 1;
        }
        self.sources.retain(|node| excess[*node as usize] > 0);
        self.ahead.clone_from(&self.sources);
        for source in &self.sources {
            self.met[*source as usize] = Met { search: self.search, is_ahead: true, by: NOBODY };
        }
        *work_left = work_left.saturating_sub(self.sources.len());
        self.behind.clear();
        self.behind.push(sink);
        self.met[sink as usize] = Met { search: self.search, is_ahead: false, by: NOBODY };
        while !self.ahead.is_empty() && !self.behind.is_empty() {
            let found = if self.ahead.len() <= self.behind.len() { self.grow::<true>(network, work_left) } else { self.grow::<false>(network, work_left) };
            if found.is_some() {
                return found;
            }
        }
        None
    }

    /// One step more ahead, or behind.
    fn grow<const AHEAD: bool>(&mut self, network: &Network, work_left: &mut usize) -> Option<usize> {
        self.next.clear();
        for node in if AHEAD { &self.ahead } else { &self.behind } {
            let arcs = network.tight(*node);
            *work_left = work_left.saturating_sub(arcs.len());
            for (arc, word) in arcs.clone().zip(network.words(arcs)) {
                if !(if AHEAD { word.is_open() } else { word.is_twin_open() }) {
                    continue;
                }
                let met = &mut self.met[word.end() as usize];
                if met.search != self.search {
                    *met = Met { search: self.search, is_ahead: AHEAD, by: arc };
                    self.next.push(word.end());
                } else if met.is_ahead != AHEAD {
                    return Some(if AHEAD { arc } else { network.twin(arc) });
                }
            }
        }
        std::mem::swap(if AHEAD { &mut self.ahead } else { &mut self.behind }, &mut self.next);
        None
    }

    /// Follows both sides from where they met to the source and to the sink, and sends what fits.
    fn send(&mut self, network: &mut Network, excess: &mut [i64], meeting: usize) {
        self.path.clear();
        self.path.push(meeting);
        let (mut source, mut sink) = (network.start(meeting) as usize, network.end(meeting) as usize);
        while self.met[source].by != NOBODY {
            self.path.push(self.met[source].by);
            source = network.start(self.met[source].by) as usize;
        }
        while self.met[sink].by != NOBODY {
            self.path.push(network.twin(self.met[sink].by));
            sink = network.start(self.met[sink].by) as usize;
        }
        let narrowest = self.path.iter().map(|arc| network.room(*arc)).min().unwrap_or(0);
        let amount = narrowest.min(excess[source]).min(-excess[sink]);
        for arc in &self.path {
            network.push(*arc, amount);
        }
        excess[source] -= amount;
        excess[sink] += amount;
    }
}

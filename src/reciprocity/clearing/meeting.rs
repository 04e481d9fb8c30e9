//! The last few sinks: ways without cost, found from both ends at once.

use super::network::Network;

const NOBODY: usize = usize::MAX;
/// One arc in so many may be read more for each way that was found: where ways are short, all of them are worth finding.
const ARCS_PER_EARNED_READ: usize = 400;

/// How a node was met: in which search, from which side, over which arc.
#[derive(Clone, Copy)]
struct Met {
    search: u32,
    is_ahead: bool,
    by: usize,
}

/// The number of no search: no way leads from any source to such a node, nor will while potentials stay.
const DEAD: u32 = u32::MAX;
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
    /// Everything that the search found behind the sink.
    met_behind: Vec<u32>,
    path: Vec<usize>,
}

impl Meeting {
    /// Sends to each sink, smallest number first, what reaches it without cost, until `reads` arcs have been read and those that the ways
    /// found have earned. Answers whether all is done that can be done without cost.
    pub fn run(&mut self, network: &mut Network, excess: &mut [i64], reads: usize) -> bool {
        self.met.clear();
        self.met.resize(excess.len(), NEVER);
        self.search = 0;
        self.sources.clear();
        self.sources.extend((0..excess.len() as u32).filter(|node| excess[*node as usize] > 0));
        let earned = (network.arc_count() / ARCS_PER_EARNED_READ) as i64;
        let mut reads_left = reads as i64;
        for sink in 0..excess.len() as u32 {
            while excess[sink as usize] < 0 && reads_left > 0 {
                let Some(arc) = self.meet(network, excess, sink, &mut reads_left) else { break };
                self.send(network, excess, arc);
                reads_left += earned;
            }
        }
        reads_left > 0
    }

    /// Answers the arc over which the two sides meet. Always grows the side that has fewer nodes at its edge. A sink that nothing reaches
    /// leaves everything behind it dead: no later way passes there, since it would have begun at a source.
    fn meet(&mut self, network: &Network, excess: &[i64], sink: u32, reads_left: &mut i64) -> Option<usize> {
        if self.met[sink as usize].search == DEAD {
            return None;
        }
        self.search += 1;
        self.sources.retain(|node| excess[*node as usize] > 0);
        self.ahead.clone_from(&self.sources);
        for source in &self.sources {
            self.met[*source as usize] = Met { search: self.search, is_ahead: true, by: NOBODY };
        }
        *reads_left -= self.sources.len() as i64;
        self.met[sink as usize] = Met { search: self.search, is_ahead: false, by: NOBODY };
        for list in [&mut self.behind, &mut self.met_behind] {
            list.clear();
            list.push(sink);
        }
        while !self.ahead.is_empty() && !self.behind.is_empty() {
            let found = if self.ahead.len() <= self.behind.len() { self.grow::<true>(network, reads_left) } else { self.grow::<false>(network, reads_left) };
            if found.is_some() {
                return found;
            }
        }
        if self.behind.is_empty() {
            for node in &self.met_behind {
                self.met[*node as usize].search = DEAD;
            }
        }
        None
    }

    /// One step more ahead, or behind.
    fn grow<const AHEAD: bool>(&mut self, network: &Network, reads_left: &mut i64) -> Option<usize> {
        self.next.clear();
        for node in if AHEAD { &self.ahead } else { &self.behind } {
            let arcs = network.tight(*node);
            *reads_left -= arcs.len() as i64;
            for (arc, word) in arcs.clone().zip(network.words(arcs)) {
                if !(if AHEAD { word.is_open() } else { word.is_twin_open() }) {
                    continue;
                }
                let met = &mut self.met[word.end() as usize];
                if met.search == self.search && met.is_ahead != AHEAD {
                    return Some(if AHEAD { arc } else { network.twin(arc) });
                }
                if met.search != self.search && met.search != DEAD {
                    *met = Met { search: self.search, is_ahead: AHEAD, by: arc };
                    self.next.push(word.end());
                }
            }
        }
        if AHEAD {
            std::mem::swap(&mut self.ahead, &mut self.next);
        } else {
            self.met_behind.extend_from_slice(&self.next);
            std::mem::swap(&mut self.behind, &mut self.next);
        }
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

//! Flows along tight arcs, which cost nothing more: labels, blocking flows, push and relabel.

use super::network::Network;

/// The label of a node that no way leads from.
pub(super) const STUCK: u32 = u32::MAX;
/// A node's arcs are brought near when it is so many nodes before its turn.
pub(super) const TOUCHED_AHEAD: usize = 8;
/// What relabelling a node costs beside reading its arcs.
const WORK_PER_NODE: usize = 12;

/// Labels and what is needed to use them. A label is at least so many tight arcs away from a sink.
#[derive(Default)]
pub(super) struct Flow {
    /// By node.
    pub labels: Vec<u32>,
    /// The nodes whose label is not [`STUCK`], in the order in which they were found.
    pub reached: Vec<u32>,
    /// By node: so many of its tight arcs lead nowhere.
    pointers: Vec<u32>,
    /// How many nodes have each label.
    counts: Vec<u32>,
    /// Nodes that have something to pass on, by label.
    active: Vec<Vec<u32>>,
    path: Vec<usize>,
}

impl Flow {
    /// Sets the labels: breadth first, back from all sinks. Answers how many sources were reached.
    pub fn label(&mut self, network: &Network, excess: &[i64]) -> usize {
        self.labels.clear();
        self.labels.resize(excess.len(), STUCK);
        self.reached.clear();
        self.reached.extend((0..excess.len() as u32).filter(|node| excess[*node as usize] < 0));
        let mut end = self.reached.len();
        for sink in &self.reached {
            self.labels[*sink as usize] = 0;
        }
        // Every end is written down and kept only if it is new: processors guess wrong which ones are.
        self.reached.resize(excess.len() + 1, 0);
        let (mut at, mut sources) = (0, 0);
        while at < end {
            let node = self.reached[at];
            at += 1;
            sources += usize::from(excess[node as usize] > 0);
            let next = self.labels[node as usize] + 1;
            network.touch(self.reached[(at + TOUCHED_AHEAD).min(end - 1)]);
            for word in network.words(network.tight(node)) {
                let there = &mut self.labels[word.end() as usize];
                let found = if word.is_twin_open() { next } else { STUCK };
                self.reached[end] = word.end();
                end += usize::from(found < *there);
                *there = (*there).min(found);
            }
        }
        self.reached.truncate(end);
        sources
    }

    /// Dinic: sends from each source, the nearest first, what fits along arcs to the next smaller label.
    pub fn block(&mut self, network: &mut Network, excess: &mut [i64]) {
        self.pointers.clear();
        self.pointers.resize(excess.len(), 0);
        for at in 0..self.reached.len() {
            let source = self.reached[at];
            while excess[source as usize] > 0 && self.walk(network, source, excess) {}
        }
    }

    /// Follows arcs from a source to a sink and sends what fits. Answers whether a sink was reached.
    fn walk(&mut self, network: &mut Network, source: u32, excess: &mut [i64]) -> bool {
        self.path.clear();
        let mut node = source;
        while excess[node as usize] >= 0 {
            if let Some(arc) = self.next_arc(network, node) {
                self.path.push(arc);
                node = network.end(arc);
            } else {
                let Some(arc) = self.path.pop() else { return false };
                node = network.start(arc);
                self.pointers[node as usize] += 1;
            }
        }
        let narrowest = self.path.iter().map(|arc| network.room(*arc)).min().unwrap_or(0);
        let amount = narrowest.min(excess[source as usize]).min(-excess[node as usize]);
        for arc in &self.path {
            network.push(*arc, amount);
        }
        excess[source as usize] -= amount;
        excess[node as usize] += amount;
        true
    }

    /// The first open tight arc of a node, at or after its pointer, to the next smaller label; moves the pointer to it.
    #[inline]
    fn next_arc(&mut self, network: &Network, node: u32) -> Option<usize> {
        let wanted = self.labels[node as usize].wrapping_sub(1);
        let tight = network.tight(node);
        let begin = tight.start + self.pointers[node as usize] as usize;
        for (arc, word) in (begin..).zip(network.words(begin..tight.end)) {
            if word.is_open() & (self.labels[word.end() as usize] == wanted) {
                self.pointers[node as usize] = (arc - tight.start) as u32;
                return Some(arc);
            }
        }
        self.pointers[node as usize] = tight.len() as u32;
        None
    }

    /// Goldberg and Tarjan's push and relabel, the highest label first, until `work_left` arcs have been read. Excess may come to rest
    /// anywhere; a gap in the labels shows that everything above it is stuck.
    pub fn relabel(&mut self, network: &mut Network, excess: &mut [i64], mut work_left: usize) {
        let mut highest = self.prepare(excess);
        let mut ceiling = excess.len();
        while highest > 0 && work_left > 0 {
            let Some(node) = self.active[highest].pop() else {
                highest -= 1;
                continue;
            };
            if let [.., next, _] = self.active[highest][..] {
                network.touch(next);
            }
            let index = node as usize;
            if excess[index] <= 0 || self.labels[index] as usize != highest {
                continue;
            }
            self.discharge(network, node, excess);
            if excess[index] <= 0 {
                continue;
            }
            let label = self.raised(network, node, &mut work_left);
            self.counts[highest] -= 1;
            if self.counts[highest] == 0 {
                ceiling = ceiling.min(highest);
            }
            if label > ceiling {
                self.labels[index] = STUCK;
            } else {
                self.labels[index] = label as u32;
                self.pointers[index] = 0;
                self.count(label);
                put(&mut self.active, label, node);
                highest = label;
            }
        }
    }

    /// Sorts sources by label and counts labels; answers the largest label of a source.
    fn prepare(&mut self, excess: &[i64]) -> usize {
        self.pointers.clear();
        self.pointers.resize(excess.len(), 0);
        self.active.iter_mut().for_each(Vec::clear);
        self.counts.clear();
        let mut highest = 0;
        for at in 0..self.reached.len() {
            let node = self.reached[at];
            let label = self.labels[node as usize] as usize;
            self.count(label);
            if excess[node as usize] > 0 {
                put(&mut self.active, label, node);
                highest = highest.max(label);
            }
        }
        highest
    }

    fn count(&mut self, label: usize) {
        if label >= self.counts.len() {
            self.counts.resize(label + 1, 0);
        }
        self.counts[label] += 1;
    }

    /// Pushes what a node has to nodes of the next smaller label, as far as they can be reached.
    fn discharge(&mut self, network: &mut Network, node: u32, excess: &mut [i64]) {
        while excess[node as usize] > 0
            && let Some(arc) = self.next_arc(network, node)
        {
            let amount = network.room(arc).min(excess[node as usize]);
            network.push(arc, amount);
            excess[node as usize] -= amount;
            let end = network.end(arc);
            let there = &mut excess[end as usize];
            let was_quiet = *there <= 0;
            *there += amount;
            if was_quiet && *there > 0 {
                put(&mut self.active, self.labels[end as usize] as usize, end);
            }
        }
    }

    /// The label that makes an arc usable again.
    fn raised(&self, network: &Network, node: u32, work_left: &mut usize) -> usize {
        let arcs = network.tight(node);
        *work_left = work_left.saturating_sub(WORK_PER_NODE + arcs.len());
        let label = |word: super::network::Word| if word.is_open() { self.labels[word.end() as usize] } else { STUCK };
        network.words(arcs).map(label).min().unwrap_or(STUCK).min(STUCK - 1) as usize + 1
    }
}

/// Puts a node in a list that may not exist yet.
pub(super) fn put(lists: &mut Vec<Vec<u32>>, at: usize, node: u32) {
    if at >= lists.len() {
        lists.resize_with(at + 1, Vec::new);
    }
    lists[at].push(node);
}

//! The residual network: what of each obligation stays, and in which direction it can still be changed.

/// More of the obligation can stay: the way from debtor to creditor is open, at a cost of +1.
const CAN_GROW: u32 = 1;
/// Less of it can stay: the way from creditor to debtor is open, at a cost of −1.
const CAN_SHRINK: u32 = 2;
const MARKS: u32 = 2;

/// A directed network whose edges carry a capacity and the amount that stays.
///
/// Each edge stands in two lists, its tail's and its head's. An entry is one word, the other end and the two marks: a search reads
/// little memory, and looks at amounts only where something moves.
pub(super) struct Network {
    out_first: Vec<u32>,
    out_ends: Vec<u32>,
    in_first: Vec<u32>,
    in_ends: Vec<u32>,
    /// The edge of each entry of `in_ends`; in `out_ends` the place is the edge's number.
    in_edges: Vec<u32>,
    in_places: Vec<u32>,
    capacity: Vec<i64>,
    stays: Vec<i64>,
}

/// A step from a node along the residual network.
#[derive(Clone, Copy)]
pub(super) struct Step {
    pub end: u32,
    pub edge: u32,
    /// Whether taking the step lets more of the edge stay.
    pub grows: bool,
}

impl Network {
    /// `first[u]..first[u + 1]` are the edges of tail u; at the start nothing stays.
    pub fn new(first: Vec<u32>, heads: &[u32], capacity: Vec<i64>) -> Self {
        let nodes = first.len() - 1;
        let mut in_first = vec![0_u32; nodes + 1];
        for head in heads {
            in_first[*head as usize + 1] += 1;
        }
        for node in 0..nodes {
            in_first[node + 1] += in_first[node];
        }
        let mut next = in_first.clone();
        let (mut in_ends, mut in_edges, mut in_places) = (vec![0; heads.len()], vec![0; heads.len()], vec![0; heads.len()]);
        for tail in 0..nodes {
            for edge in first[tail] as usize..first[tail + 1] as usize {
                let place = next[heads[edge] as usize];
                next[heads[edge] as usize] += 1;
                in_ends[place as usize] = (tail as u32) << MARKS | CAN_GROW;
                in_edges[place as usize] = edge as u32;
                in_places[edge] = place;
            }
        }
        let out_ends = heads.iter().map(|head| head << MARKS | CAN_GROW).collect();
        let stays = vec![0; heads.len()];
        Self { out_first: first, out_ends, in_first, in_ends, in_edges, in_places, capacity, stays }
    }

    pub fn nodes(&self) -> usize {
        self.out_first.len() - 1
    }

    pub fn stays(&self) -> &[i64] {
        &self.stays
    }

    /// Where one can go from a node (or, backward, come from): those open at +1, then those open at −1.
    #[inline]
    pub fn open<const BACKWARD: bool>(&self, node: u32) -> (impl Iterator<Item = u32> + '_, impl Iterator<Item = u32> + '_) {
        let node = node as usize;
        let outward = &self.out_ends[self.out_first[node] as usize..self.out_first[node + 1] as usize];
        let inward = &self.in_ends[self.in_first[node] as usize..self.in_first[node + 1] as usize];
        let (dear, cheap) = if BACKWARD { (inward, outward) } else { (outward, inward) };
        (dear.iter().filter(|end| **end & CAN_GROW != 0).map(|end| end >> MARKS), cheap.iter().filter(|end| **end & CAN_SHRINK != 0).map(|end| end >> MARKS))
    }

    /// The first open step from a node, at or after `pointer`, that `wanted(end, cost)` accepts; moves `pointer` to it.
    #[inline]
    pub fn next_step<const BACKWARD: bool>(&self, node: u32, pointer: &mut u32, wanted: impl Fn(u32, i32) -> bool) -> Option<Step> {
        let node = node as usize;
        let outward = self.out_first[node]..self.out_first[node + 1];
        let inward = self.in_first[node]..self.in_first[node + 1];
        let count = outward.len() as u32;
        while *pointer < count {
            let edge = outward.start + *pointer;
            let (end, marks) = (self.out_ends[edge as usize] >> MARKS, self.out_ends[edge as usize]);
            let open = if BACKWARD { marks & CAN_SHRINK } else { marks & CAN_GROW };
            if open != 0 && wanted(end, if BACKWARD { -1 } else { 1 }) {
                return Some(Step { end, edge, grows: !BACKWARD });
            }
            *pointer += 1;
        }
        while *pointer < count + inward.len() as u32 {
            let place = (inward.start + *pointer - count) as usize;
            let (end, marks) = (self.in_ends[place] >> MARKS, self.in_ends[place]);
            let open = if BACKWARD { marks & CAN_GROW } else { marks & CAN_SHRINK };
            if open != 0 && wanted(end, if BACKWARD { 1 } else { -1 }) {
                return Some(Step { end, edge: self.in_edges[place], grows: BACKWARD });
            }
            *pointer += 1;
        }
        None
    }

    /// How much can still go along a step.
    pub fn room(&self, step: Step) -> i64 {
        let edge = step.edge as usize;
        if step.grows { self.capacity[edge] - self.stays[edge] } else { self.stays[edge] }
    }

    /// Moves an amount, which is at most `room`, along a step.
    pub fn push(&mut self, step: Step, amount: i64) {
        let edge = step.edge as usize;
        self.set(edge, if step.grows { self.stays[edge] + amount } else { self.stays[edge] - amount });
    }

    /// Says how much of an edge stays.
    pub fn set(&mut self, edge: usize, stays: i64) {
        self.stays[edge] = stays;
        let marks = if stays < self.capacity[edge] { CAN_GROW } else { 0 } | if stays > 0 { CAN_SHRINK } else { 0 };
        let place = self.in_places[edge] as usize;
        self.out_ends[edge] = self.out_ends[edge] >> MARKS << MARKS | marks;
        self.in_ends[place] = self.in_ends[place] >> MARKS << MARKS | marks;
    }
}

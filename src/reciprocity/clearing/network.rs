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

    pub fn stays(&self) -> &[i64] {
        &self.stays
    }

    /// The neighbours one can go to (or, backward, come from), and whether the way is open: first at +1, then at −1.
    #[inline]
    pub fn ends<const BACKWARD: bool>(&self, node: u32) -> (impl ExactSizeIterator<Item = (u32, bool)> + '_, impl ExactSizeIterator<Item = (u32, bool)> + '_) {
        let node = node as usize;
        let outward = &self.out_ends[self.out_first[node] as usize..self.out_first[node + 1] as usize];
        let inward = &self.in_ends[self.in_first[node] as usize..self.in_first[node + 1] as usize];
        let (dear, cheap) = if BACKWARD { (inward, outward) } else { (outward, inward) };
        (dear.iter().map(|end| (end >> MARKS, end & CAN_GROW != 0)), cheap.iter().map(|end| (end >> MARKS, end & CAN_SHRINK != 0)))
    }

    /// The first open step from a node, at or after `pointer`, that `wanted(end, cost)` accepts; moves `pointer` to it.
    #[inline]
    pub fn next_step(&self, node: u32, pointer: &mut u32, wanted: impl Fn(u32, i32) -> bool) -> Option<Step> {
        let node = node as usize;
        let (begin, end) = (self.out_first[node] as usize, self.out_first[node + 1] as usize);
        let count = (end - begin) as u32;
        if *pointer < count {
            for (place, word) in (begin + *pointer as usize..).zip(&self.out_ends[begin + *pointer as usize..end]) {
                if (word & CAN_GROW != 0) & wanted(word >> MARKS, 1) {
                    *pointer = (place - begin) as u32;
                    return Some(Step { end: word >> MARKS, edge: place as u32, grows: true });
                }
            }
            *pointer = count;
        }
        let (begin, end) = (self.in_first[node] as usize, self.in_first[node + 1] as usize);
        let from = begin + (*pointer - count) as usize;
        for (place, word) in (from..).zip(&self.in_ends[from..end]) {
            if (word & CAN_SHRINK != 0) & wanted(word >> MARKS, -1) {
                *pointer = count + (place - begin) as u32;
                return Some(Step { end: word >> MARKS, edge: self.in_edges[place], grows: false });
            }
        }
        *pointer = count + (end - begin) as u32;
        None
    }

    /// The edges of a tail.
    pub fn edges(&self, tail: usize) -> std::ops::Range<usize> {
        self.out_first[tail] as usize..self.out_first[tail + 1] as usize
    }

    /// How much more of an edge can stay.
    pub fn room_to_grow(&self, edge: usize) -> i64 {
        self.capacity[edge] - self.stays[edge]
    }

    /// Says how much there is of an edge, and how much of that stays.
    pub fn set_capacity(&mut self, edge: usize, capacity: i64, stays: i64) {
        self.capacity[edge] = capacity;
        self.set(edge, stays);
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

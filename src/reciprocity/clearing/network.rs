//! The residual network: what of each obligation stays, and in which direction it can still be changed.

use std::hint::black_box;
use std::ops::Range;

/// Something can go along the arc.
const OPEN: u32 = 1;
/// Something can go along its twin, back.
const TWIN_OPEN: u32 = 2;
/// The arc leads from debtor to creditor.
const OUTWARD: u32 = 4;
const MARKS: u32 = 3;

/// A directed network whose edges carry a capacity and the amount that stays.
///
/// Each edge is two arcs, one in the list of each end. Along the outward arc, from tail to head, more of the edge can stay, at a cost of +1
/// a unit; along its twin less can stay, at −1. An arc is **tight** when its cost is the potential of its end less that of its start. Flows
/// go along tight arcs only, and two arcs in three are loose: so the tight ones stand first in each list, and little else is read. What a
/// search asks of an arc is one word, the other end and three marks; the words lie close together, and twins and amounts are looked at
/// only where something moves.
pub(super) struct Network {
    spans: Vec<Span>,
    /// By arc.
    words: Vec<u32>,
    /// By arc.
    rooms: Vec<Room>,
    /// By arc: the upper half of its room; empty when all amounts fit in the lower.
    upper_rooms: Vec<u32>,
    /// The first edge of each tail.
    edges_first: Vec<u32>,
    /// By edge.
    heads: Vec<u32>,
}

/// Where a node's arcs begin, and where the tight ones among them end; the arcs of the next node follow.
#[derive(Clone, Copy)]
struct Span {
    first: u32,
    tight_end: u32,
}

/// What is asked of an arc where something moves.
#[derive(Clone, Copy)]
struct Room {
    twin: u32,
    /// How much can still go along the arc, the lower half.
    lower: u32,
}

/// What a search asks of an arc.
#[derive(Clone, Copy)]
pub(super) struct Word(u32);

impl Word {
    /// The node that the arc leads to.
    #[inline]
    pub fn end(self) -> u32 {
        self.0 >> MARKS
    }

    #[inline]
    pub fn is_open(self) -> bool {
        self.0 & OPEN != 0
    }

    #[inline]
    pub fn is_twin_open(self) -> bool {
        self.0 & TWIN_OPEN != 0
    }

    /// Of a unit along the arc.
    #[inline]
    pub fn cost(self) -> i32 {
        if self.0 & OUTWARD != 0 { 1 } else { -1 }
    }
}

impl Network {
    /// `edges_first[u]..edges_first[u + 1]` are the edges of tail u. At the start nothing stays, so along no edge may the potential rise by
    /// more than 1.
    pub fn new(edges_first: Vec<u32>, heads: Vec<u32>, capacity: &[i64], potentials: &[i32]) -> Self {
        let nodes = potentials.len();
        let mut spans = vec![Span { first: 0, tight_end: 0 }; nodes + 1];
        for tail in 0..nodes {
            spans[tail + 1].first += edges_first[tail + 1] - edges_first[tail];
        }
        for head in &heads {
            spans[*head as usize + 1].first += 1;
        }
        for node in 0..nodes {
            spans[node + 1].first += spans[node].first;
            spans[node].tight_end = spans[node].first;
        }
        let arc_count = heads.len() * 2;
        let is_large = capacity.iter().any(|capacity| u32::try_from(*capacity).is_err());
        let upper_rooms = vec![0; if is_large { arc_count } else { 0 }];
        let words = vec![0; arc_count];
        let rooms = vec![Room { twin: 0, lower: 0 }; arc_count];
        // Tight arcs are put in from the beginning of a node's list, the others from its end.
        let mut loose_begins: Vec<u32> = spans[1..].iter().map(|span| span.first).collect();
        let mut network = Self { spans, words, rooms, upper_rooms, edges_first, heads };
        for tail in 0..nodes {
            for edge in network.edges_first[tail]..network.edges_first[tail + 1] {
                let head = network.heads[edge as usize];
                let is_tight = potentials[tail] + 1 == potentials[head as usize];
                let [there, back] = [tail, head as usize].map(|node| network.place(node, is_tight, &mut loose_begins));
                (network.words[there], network.words[back]) = (head << MARKS | OUTWARD, (tail as u32) << MARKS);
                (network.rooms[there].twin, network.rooms[back].twin) = (back as u32, there as u32);
                network.set(there, capacity[edge as usize], 0);
            }
        }
        network
    }

    /// The next free place in a node's list.
    fn place(&mut self, node: usize, is_tight: bool, loose_begins: &mut [u32]) -> usize {
        if is_tight {
            self.spans[node].tight_end += 1;
            self.spans[node].tight_end as usize - 1
        } else {
            loose_begins[node] -= 1;
            loose_begins[node] as usize
        }
    }

    /// Brings a node's arcs near before they are asked for: the processor waits for memory more than for anything else.
    #[inline]
    pub fn touch(&self, node: u32) {
        black_box(self.words.get(self.spans[node as usize].first as usize).copied());
    }

    pub fn arc_count(&self) -> usize {
        self.words.len()
    }

    /// The arcs of a node that are tight.
    #[inline]
    pub fn tight(&self, node: u32) -> Range<usize> {
        let span = self.spans[node as usize];
        span.first as usize..span.tight_end as usize
    }

    /// The arcs of a node that are not.
    #[inline]
    pub fn loose(&self, node: u32) -> Range<usize> {
        self.spans[node as usize].tight_end as usize..self.spans[node as usize + 1].first as usize
    }

    #[inline]
    pub fn words(&self, arcs: Range<usize>) -> impl Iterator<Item = Word> + '_ {
        self.words[arcs].iter().map(|word| Word(*word))
    }

    /// By edge: its outward arc, until arcs are sorted again. No two edges have the same tail and the same head.
    pub fn outward_arcs(&self) -> Vec<u32> {
        let mut found = vec![0; self.heads.len()];
        let mut edge_to = vec![0; self.spans.len()];
        for tail in 0..self.edges_first.len() - 1 {
            for edge in self.edges_first[tail]..self.edges_first[tail + 1] {
                edge_to[self.heads[edge as usize] as usize] = edge;
            }
            for arc in self.spans[tail].first..self.spans[tail + 1].first {
                let word = self.words[arc as usize];
                if word & OUTWARD != 0 {
                    found[edge_to[(word >> MARKS) as usize] as usize] = arc;
                }
            }
        }
        found
    }

    /// The node that the arc leads to.
    #[inline]
    pub fn end(&self, arc: usize) -> u32 {
        self.words[arc] >> MARKS
    }

    /// The node in whose list the arc stands.
    #[inline]
    pub fn start(&self, arc: usize) -> u32 {
        self.end(self.twin(arc))
    }

    #[inline]
    pub fn twin(&self, arc: usize) -> usize {
        self.rooms[arc].twin as usize
    }

    /// How much can still go along an arc.
    #[inline]
    pub fn room(&self, arc: usize) -> i64 {
        let upper = self.upper_rooms.get(arc).map_or(0, |upper| i64::from(*upper));
        upper << 32 | i64::from(self.rooms[arc].lower)
    }

    /// Moves an amount, which is at most `room`, along an arc.
    #[inline]
    pub fn push(&mut self, arc: usize, amount: i64) {
        let twin = self.twin(arc);
        self.set_rooms(arc, twin, self.room(arc) - amount, self.room(twin) + amount);
    }

    /// Says how much there is of an outward arc's edge, at most what there was at first, and how much of that stays.
    pub fn set(&mut self, arc: usize, capacity: i64, stays: i64) {
        self.set_rooms(arc, self.twin(arc), capacity - stays, stays);
    }

    /// How much of an outward arc's edge stays.
    pub fn stays(&self, arc: usize) -> i64 {
        self.room(self.twin(arc))
    }

    #[inline]
    fn set_rooms(&mut self, arc: usize, twin: usize, room: i64, twin_room: i64) {
        for (arc, room) in [(arc, room), (twin, twin_room)] {
            self.rooms[arc].lower = room as u32;
            if let Some(upper) = self.upper_rooms.get_mut(arc) {
                *upper = (room >> 32) as u32;
            }
        }
        let open = if room > 0 { OPEN } else { 0 };
        let twin_open = if twin_room > 0 { TWIN_OPEN } else { 0 };
        self.words[arc] = self.words[arc] & !(OPEN | TWIN_OPEN) | open | twin_open;
        // Seen from the twin the two marks change places.
        self.words[twin] = self.words[twin] & !(OPEN | TWIN_OPEN) | open << 1 | twin_open >> 1;
    }

    /// Puts the arcs of a node, and their twins, where they belong after its potential has changed.
    pub fn sort(&mut self, node: u32, potentials: &[i32]) {
        let own = potentials[node as usize];
        let is_tight = |word: Word| own + word.cost() == potentials[word.end() as usize];
        // Whatever takes an arc's place was looked at before it: from the end in the one loop, from the beginning in the other.
        for arc in self.tight(node).rev() {
            if !is_tight(Word(self.words[arc])) {
                let (end, twin) = (self.end(arc), self.twin(arc));
                self.loosen(node, arc);
                self.loosen(end, twin);
            }
        }
        for arc in self.loose(node) {
            if is_tight(Word(self.words[arc])) {
                let (end, twin) = (self.end(arc), self.twin(arc));
                self.tighten(node, arc);
                self.tighten(end, twin);
            }
        }
    }

    fn loosen(&mut self, node: u32, arc: usize) {
        self.spans[node as usize].tight_end -= 1;
        self.swap(arc, self.spans[node as usize].tight_end as usize);
    }

    fn tighten(&mut self, node: u32, arc: usize) {
        self.swap(arc, self.spans[node as usize].tight_end as usize);
        self.spans[node as usize].tight_end += 1;
    }

    /// Swaps two arcs of one node.
    fn swap(&mut self, one: usize, other: usize) {
        self.words.swap(one, other);
        self.rooms.swap(one, other);
        if !self.upper_rooms.is_empty() {
            self.upper_rooms.swap(one, other);
        }
        for arc in [one, other] {
            let twin = self.twin(arc);
            self.rooms[twin].twin = arc as u32;
        }
    }
}

//! Rings: a clearing is read as closed chains of members who owe each other.

use super::graph::Obligations;
use super::ring_bits::{self, MEMBERS_FEW};
use super::ring_search::{Live, Ways};

/// A closed chain: each member owes the next at least the amount, and the last owes the first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ring {
    /// In the order debtor → creditor; two or more, all different.
    pub members: Vec<u32>,
    /// What is cleared of each obligation in the ring; the ring clears `amount · members.len()` altogether.
    pub amount: i64,
}

impl Ring {
    /// The (debtor, creditor) pairs round the ring.
    pub fn steps(&self) -> impl Iterator<Item = (u32, u32)> + '_ {
        let next = self.members.iter().skip(1).chain(self.members.first());
        self.members.iter().copied().zip(next.copied())
    }

    /// What the ring clears altogether.
    pub fn cleared(&self) -> i64 {
        self.amount * self.members.len() as i64
    }
}

/// Up to which length rings are looked for in order; longer ones are taken as they come.
pub const LENGTH_MAX: u8 = 8;

/// A circle's choice: 0 clears the maximum, 2 to 8 closes rings up to this length first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct RingLength(u8);

impl RingLength {
    /// No rings first: clear the maximum.
    pub const MAXIMUM: Self = Self(0);

    /// `None` for 1 and for more than [`LENGTH_MAX`].
    pub fn new(length: u8) -> Option<Self> {
        (length != 1 && length <= LENGTH_MAX).then_some(Self(length))
    }

    /// 0, or 2 to 8.
    pub fn get(self) -> u8 {
        self.0
    }
}

/// Reading this many entries of neighbour lists may be spent on each obligation, and this many altogether, before rings are no longer
/// looked for by length. Counted, not timed: the same input gives the same rings.
const READS_PER_OBLIGATION: u64 = 250;
const READS_ALWAYS: u64 = 1 << 20;

/// Peels rings of 2, 3, … up to `length` members off `amounts`, which is lowered by what the rings take.
///
/// For each length, every obligation that is left, largest first, then by number: while a ring of this length goes through it, the
/// ring is taken at its smallest amount. A greedy reading, not a maximum: the best set of rings of length ≤ 3 is NP-hard.
pub(super) fn peel(obligations: &Obligations, amounts: &mut [i64], lengths: std::ops::RangeInclusive<u8>, rings: &mut Vec<Ring>) {
    if obligations.members() <= MEMBERS_FEW {
        return ring_bits::peel(obligations, amounts, lengths, rings);
    }
    let mut reads_left = READS_ALWAYS + READS_PER_OBLIGATION * obligations.count() as u64;
    for length in lengths {
        let mut live = Live::new(obligations, amounts);
        if live.is_empty() {
            return;
        }
        if length == 2 {
            peel_pairs(&mut live, rings);
        } else {
            let mut ways = Ways::new(obligations.members());
            for edge in live.largest_first() {
                while live.amount(edge) > 0 && reads_left > 0 {
                    let Some(steps) = ways.shortest(&live, edge, length, &mut reads_left) else { break };
                    rings.push(live.take(steps));
                }
            }
        }
        live.write_back(amounts);
    }
}

fn peel_pairs(live: &mut Live, rings: &mut Vec<Ring>) {
    for edge in live.largest_first() {
        if let Some(back) = live.find(live.creditor(edge), live.debtor(edge)).filter(|back| live.amount(*back) > 0 && live.amount(edge) > 0) {
            rings.push(live.take(&[edge, back]));
        }
    }
}

/// Splits what `peel` left of a circulation into rings of any length: walk on from creditor to creditor, and take a ring
/// whenever the walk meets itself. Every ring uses up an obligation, so there are at most as many rings as obligations; the work is
/// linear in these and in the lengths of the rings. `amounts` must be conserved at every member, and is 0 afterwards.
pub(super) fn split(obligations: &Obligations, amounts: &mut [i64], rings: &mut Vec<Ring>) {
    let mut live = Live::new(obligations, amounts);
    let mut on_walk = vec![usize::MAX; obligations.members()];
    let mut walk: Vec<u32> = Vec::new();
    for start in 0..obligations.members() as u32 {
        let mut member = start;
        while let Some(edge) = live.any_from(member) {
            on_walk[member as usize] = walk.len();
            walk.push(edge);
            member = live.creditor(edge);
            let begin = on_walk[member as usize];
            if begin < walk.len() {
                for edge in &walk[begin..] {
                    on_walk[live.debtor(*edge) as usize] = usize::MAX;
                }
                let ring = live.take(&walk[begin..]);
                rings.push(ring);
                walk.truncate(begin);
            }
        }
        for edge in walk.drain(..) {
            on_walk[live.debtor(edge) as usize] = usize::MAX;
        }
    }
    live.write_back(amounts);
}

//! Rings: a clearing is read as closed chains of members who owe each other.

use super::graph::Obligations;
use super::measures::pairs_of;
use super::ring_bits::{self, MEMBERS_FEW};
use super::ring_search::{Live, Ways};
use super::ring_walk;

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

/// Up to so many members a clearing is searched for rings by length; a larger one is walked at once, but for its pairs.
const MEMBERS_SEARCHED: usize = 4_096;
/// So many entries of neighbour lists may be read in search of rings of four and more: always, and besides for each obligation when rings
/// come first. Counted, not timed: the same input gives the same rings.
const READS_ALWAYS: u64 = 1 << 19;
const READS_PER_OBLIGATION: u64 = 250;

/// Peels rings of 2, 3, … up to `length_max` members off `amounts`, which is lowered by what the rings take.
///
/// For each length, every obligation that is left, largest first, then by number: while a ring of this length goes through it, the
/// ring is taken at its smallest amount. A greedy reading, not a maximum: the best set of rings of length ≤ 3 is NP-hard.
pub(super) fn first(obligations: &Obligations, amounts: &mut [i64], length_max: u8, rings: &mut Vec<Ring>) {
    if obligations.members() <= MEMBERS_FEW {
        return ring_bits::peel(obligations, amounts, 2..=length_max, rings);
    }
    peel(obligations, amounts, 2..=length_max, READS_ALWAYS + READS_PER_OBLIGATION * obligations.count() as u64, rings);
}

/// Splits a circulation that has no rings of fewer than `shortest` members, short rings first as far as that is quick. `amounts` is 0
/// afterwards.
pub(super) fn split(obligations: &Obligations, amounts: &mut [i64], shortest: u8, rings: &mut Vec<Ring>) {
    match obligations.members() {
        0..=MEMBERS_FEW => ring_bits::peel(obligations, amounts, shortest..=LENGTH_MAX, rings),
        count if count <= MEMBERS_SEARCHED => peel(obligations, amounts, shortest..=LENGTH_MAX, READS_ALWAYS, rings),
        _ => take_pairs(obligations, amounts, rings),
    }
    ring_walk::split(obligations, amounts, rings);
}

fn peel(obligations: &Obligations, amounts: &mut [i64], lengths: std::ops::RangeInclusive<u8>, mut reads_left: u64, rings: &mut Vec<Ring>) {
    for length in lengths {
        let mut live = Live::new(obligations, amounts);
        if live.is_empty() || reads_left == 0 {
            return;
        }
        match length {
            2 => peel_pairs(&mut live, rings),
            3 => peel_threes(&mut live, rings),
            _ => peel_length(&mut live, length, &mut reads_left, rings),
        }
        live.write_back(amounts);
    }
}

fn peel_length(live: &mut Live, length: u8, reads_left: &mut u64, rings: &mut Vec<Ring>) {
    let mut ways = Ways::new(live.members());
    for edge in live.largest_first() {
        while live.amount(edge) > 0 && *reads_left > 0 {
            let Some(steps) = ways.shortest(live, edge, length, reads_left) else { break };
            rings.push(live.take(steps));
        }
    }
}

/// All pairs, in the order of their members. No pair shares an obligation with another.
fn take_pairs(obligations: &Obligations, amounts: &mut [i64], rings: &mut Vec<Ring>) {
    let pairs = pairs_of(obligations, amounts);
    for (number, obligation) in obligations.iter().enumerate().filter(|(number, _)| pairs[*number] > 0) {
        amounts[number] -= pairs[number];
        if obligation.debtor < obligation.creditor {
            rings.push(Ring { members: vec![obligation.debtor, obligation.creditor], amount: pairs[number] });
        }
    }
}

fn peel_pairs(live: &mut Live, rings: &mut Vec<Ring>) {
    for edge in live.largest_first() {
        if let Some(back) = live.find(live.creditor(edge), live.debtor(edge)).filter(|back| live.amount(*back) > 0 && live.amount(edge) > 0) {
            rings.push(live.take(&[edge, back]));
        }
    }
}

/// For each obligation, whom its creditor owes is compared in order with who is owed by its debtor.
fn peel_threes(live: &mut Live, rings: &mut Vec<Ring>) {
    for edge in live.largest_first() {
        let mut from = 0;
        while live.amount(edge) > 0
            && let Some((steps, next)) = live.third(edge, from)
        {
            rings.push(live.take(&steps));
            from = next;
        }
    }
}

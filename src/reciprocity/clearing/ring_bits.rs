//! Rings among few members: sets of members are bits in a few words, so that a step of a search is a handful of instructions.

use super::graph::Obligations;
use super::rings::Ring;

/// So many members and fewer.
pub(super) const MEMBERS_FEW: usize = 256;
/// The most steps on one side of a search: half of the longest ring, rounded up.
const STEPS_MAX: usize = 5;

/// As `rings::peel`, for up to [`MEMBERS_FEW`] members. There must be no rings shorter than the first of the lengths. A search is
/// bounded by the members, so the work needs no other bound.
pub(super) fn peel(obligations: &Obligations, amounts: &mut [i64], lengths: std::ops::RangeInclusive<u8>, rings: &mut Vec<Ring>) {
    match obligations.members() {
        0..=64 => Few::<1>::new(obligations, amounts).peel(lengths, rings),
        65..=128 => Few::<2>::new(obligations, amounts).peel(lengths, rings),
        _ => Few::<4>::new(obligations, amounts).peel(lengths, rings),
    }
}

/// A set of up to 64 · W members.
type Set<const W: usize> = [u64; W];

fn both<const W: usize>(one: &Set<W>, other: &Set<W>) -> Set<W> {
    std::array::from_fn(|word| one[word] & other[word])
}

/// The member with the smallest number who is in both.
#[inline]
fn common<const W: usize>(one: &Set<W>, other: &Set<W>) -> Option<usize> {
    let both = both(one, other);
    both.iter().position(|word| *word != 0).map(|word| word * 64 + both[word].trailing_zeros() as usize)
}

/// Whoever is one step from somebody in `from`.
#[inline]
fn step<const W: usize>(steps: &[Set<W>], from: &Set<W>) -> Set<W> {
    let mut reached = [0; W];
    for (word, bits) in from.iter().enumerate() {
        let mut bits = *bits;
        while bits != 0 {
            let there = &steps[word * 64 + bits.trailing_zeros() as usize];
            for word in 0..W {
                reached[word] |= there[word];
            }
            bits &= bits - 1;
        }
    }
    reached
}

/// By member: whoever is at most so many steps away; at least 1.
fn within<const W: usize>(steps: &[Set<W>], count: usize) -> Vec<Set<W>> {
    let mut near = steps.to_vec();
    for _ in 1..count {
        near = (0..steps.len())
            .map(|member| step(&near, &steps[member]))
            .zip(&near)
            .map(|(far, near)| std::array::from_fn(|word| far[word] | near[word]))
            .collect();
    }
    near
}

fn contains<const W: usize>(set: &Set<W>, member: usize) -> bool {
    set[member / 64] >> (member % 64) & 1 != 0
}

fn only<const W: usize>(member: usize) -> Set<W> {
    let mut set = [0; W];
    set[member / 64] = 1 << (member % 64);
    set
}

/// The obligations that still have an amount.
struct Few<'a, const W: usize> {
    amounts: &'a mut [i64],
    /// By debtor.
    creditors: Vec<Set<W>>,
    /// By creditor.
    debtors: Vec<Set<W>>,
    /// The obligation's number, by debtor · members + creditor; read only where there is one.
    numbers: Vec<u32>,
    /// Debtor, creditor, number; the largest amount first, then by number.
    order: Vec<(u32, u32, u32)>,
    /// The members of the ring that was found last.
    found: Vec<u32>,
}

impl<'a, const W: usize> Few<'a, W> {
    fn new(obligations: &Obligations, amounts: &'a mut [i64]) -> Self {
        let count = obligations.members();
        let (mut creditors, mut debtors) = (vec![[0; W]; count], vec![[0; W]; count]);
        let mut numbers = vec![0; count * count];
        let mut order = Vec::with_capacity(amounts.len());
        for debtor in 0..count {
            for number in obligations.of(debtor).filter(|number| amounts[*number] > 0) {
                let creditor = obligations.creditors()[number] as usize;
                creditors[debtor][creditor / 64] |= 1 << (creditor % 64);
                debtors[creditor][debtor / 64] |= 1 << (debtor % 64);
                numbers[debtor * count + creditor] = number as u32;
                order.push((debtor as u32, creditor as u32, number as u32));
            }
        }
        order.sort_unstable_by_key(|(_, _, number)| (std::cmp::Reverse(amounts[*number as usize]), *number));
        Self { amounts, creditors, debtors, numbers, order, found: Vec::new() }
    }

    fn peel(mut self, lengths: std::ops::RangeInclusive<u8>, rings: &mut Vec<Ring>) {
        for length in lengths.map(usize::from) {
            let mut order = std::mem::take(&mut self.order);
            order.retain(|(_, _, number)| self.amounts[*number as usize] > 0);
            // Steps from the creditor and back from the debtor that make a ring of this length; once a member is too far away, it stays so.
            let (on, back) = (length / 2, (length - 1) / 2);
            let ahead = within(&self.creditors, on);
            let behind = within(&self.debtors, back.max(1));
            for (debtor, creditor, number) in &order {
                let (from, to) = (*creditor as usize, *debtor as usize);
                let is_near = if back == 0 { contains(&ahead[from], to) } else { common(&ahead[from], &behind[to]).is_some() || contains(&ahead[from], to) };
                while is_near && self.amounts[*number as usize] > 0 && self.search(to, from, length) {
                    rings.push(self.take());
                }
            }
            self.order = order;
        }
    }

    fn number(&self, debtor: u32, creditor: u32) -> usize {
        self.numbers[debtor as usize * self.creditors.len() + creditor as usize] as usize
    }

    fn take(&mut self) -> Ring {
        let ring = Ring { members: self.found.clone(), amount: 0 };
        let amount = ring.steps().map(|(debtor, creditor)| self.amounts[self.number(debtor, creditor)]).min().unwrap_or(0);
        for (debtor, creditor) in ring.steps() {
            let number = self.number(debtor, creditor);
            self.amounts[number] -= amount;
            if self.amounts[number] == 0 {
                self.creditors[debtor as usize][creditor as usize / 64] &= !(1 << (creditor % 64));
                self.debtors[creditor as usize][debtor as usize / 64] &= !(1 << (debtor % 64));
            }
        }
        Ring { amount, ..ring }
    }

    /// Looks for a ring of `length` members through an obligation that has no shorter one: by steps from its creditor and back from its
    /// debtor, half of them each. Answers whether `found` is one.
    fn search(&mut self, debtor: usize, creditor: usize, length: usize) -> bool {
        let (on, back) = (length / 2, (length - 1) / 2);
        let (mut ahead, mut behind) = ([[0; W]; STEPS_MAX], [[0; W]; STEPS_MAX]);
        (ahead[0], ahead[1]) = (only(creditor), self.creditors[creditor]);
        (behind[0], behind[1]) = (only(debtor), self.debtors[debtor]);
        for steps in 1..on {
            ahead[steps + 1] = step(&self.creditors, &ahead[steps]);
        }
        for steps in 1..back {
            behind[steps + 1] = step(&self.debtors, &behind[steps]);
        }
        let meeting = common(&ahead[on], &behind[back]);
        if let Some(meeting) = meeting {
            self.join(&ahead[..on], &behind[..back], meeting);
        }
        meeting.is_some()
    }

    /// From the member where the two sides meet back to the creditor, and on to the debtor.
    fn join(&mut self, ahead: &[Set<W>], behind: &[Set<W>], meeting: usize) {
        self.found.clear();
        let mut member = meeting;
        for set in ahead.iter().rev() {
            self.found.push(member as u32);
            member = common(&self.debtors[member], set).unwrap_or(member);
        }
        self.found.push(member as u32);
        let mut last = meeting;
        self.found.reverse();
        for set in behind.iter().rev() {
            last = common(&self.creditors[last], set).unwrap_or(last);
            self.found.push(last as u32);
        }
        // The debtor stands at the end; a ring begins with it.
        self.found.rotate_right(1);
    }
}

//! What a lead would close: the gain of the circle's clearing if the candidate owed the giver the credits of the lead, and a ring
//! that it would complete. Pure.

use std::collections::{BTreeSet, HashMap, VecDeque};

use crate::kernel::id::BusinessId;
use crate::kernel::{Answer, Failure};
use crate::reciprocity::clearing::{Maximum, Obligation, ObligationError, Obligations, WhatIf, maximum};

/// What one member owes another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Owed {
    /// Who owes.
    pub debtor: BusinessId,
    /// To whom.
    pub creditor: BusinessId,
    /// How much; more than 0.
    pub credits: i64,
}

/// What a lead to one candidate would close.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RingGain {
    /// By how much the maximum clearing would rise, the lead's own credits included.
    pub credits: i64,
    /// A ring that closes: each owes the next, the candidate first, then the giver, and the last owes the candidate. Empty when
    /// nothing is gained, or when it is gained only because other rings open and close anew.
    pub ring: Vec<BusinessId>,
}

/// The gain of each candidate, each by itself, in their order. Exact; one solution of the clearing, then a few searches a candidate.
pub fn ring_gains(owed: &[Owed], giver: BusinessId, candidates: &[BusinessId], credits: i64) -> Answer<Vec<RingGain>> {
    if credits <= 0 || candidates.is_empty() {
        return Ok(vec![RingGain::default(); candidates.len()]);
    }
    let board = Board::of(owed, giver, candidates)?;
    let maximum = maximum(&board.obligations);
    let mut what_if = WhatIf::with(&board.obligations, &maximum);
    let open = Open::of(&board, &maximum, giver);
    let gain = |candidate: &BusinessId| {
        let (Some(debtor), Some(creditor)) = (board.number(*candidate), board.number(giver)) else { return Ok(RingGain::default()) };
        if debtor == creditor {
            return Ok(RingGain::default());
        }
        let credits = what_if.gain(Obligation { debtor, creditor, amount: credits }).map_err(refused)?;
        let ring =
            if credits > 0 { open.way_to(debtor).into_iter().filter_map(|number| board.members.get(number as usize).copied()).collect() } else { Vec::new() };
        Ok(RingGain { credits, ring: ring_from(*candidate, ring) })
    };
    candidates.iter().map(gain).collect()
}

/// The candidate, then the way from the giver back to it without its end.
fn ring_from(candidate: BusinessId, mut way: Vec<BusinessId>) -> Vec<BusinessId> {
    if way.pop().is_none() {
        return Vec::new();
    }
    std::iter::once(candidate).chain(way).collect()
}

fn refused(error: ObligationError) -> Failure {
    Failure::internal(format!("the ledger's obligations: {error}"))
}

/// The obligations with members numbered by id.
struct Board {
    members: Vec<BusinessId>,
    numbers: HashMap<BusinessId, u32>,
    obligations: Obligations,
}

impl Board {
    fn of(owed: &[Owed], giver: BusinessId, candidates: &[BusinessId]) -> Answer<Self> {
        let sides = owed.iter().flat_map(|owed| [owed.debtor, owed.creditor]);
        let members: Vec<BusinessId> = sides.chain(candidates.iter().copied()).chain([giver]).collect::<BTreeSet<_>>().into_iter().collect();
        let numbers: HashMap<BusinessId, u32> = (0..).zip(&members).map(|(number, id)| (*id, number)).collect();
        let entry = |owed: &Owed| Some((*numbers.get(&owed.debtor)?, *numbers.get(&owed.creditor)?, owed.credits));
        let obligations = Obligations::build(members.len(), owed.iter().filter_map(entry)).map_err(refused)?;
        Ok(Self { members, numbers, obligations })
    }

    fn number(&self, business: BusinessId) -> Option<u32> {
        self.numbers.get(&business).copied()
    }
}

/// The shortest ways from the giver over what the maximum clearing leaves open.
struct Open {
    /// Who comes before each member on the way from the giver; the giver before itself.
    before: HashMap<u32, u32>,
    giver: Option<u32>,
}

impl Open {
    fn of(board: &Board, maximum: &Maximum, giver: BusinessId) -> Self {
        let mut creditors: HashMap<u32, Vec<u32>> = HashMap::new();
        for (obligation, cleared) in board.obligations.iter().zip(&maximum.cleared_per_obligation) {
            if obligation.amount > *cleared {
                creditors.entry(obligation.debtor).or_default().push(obligation.creditor);
            }
        }
        let giver = board.number(giver);
        let mut before: HashMap<u32, u32> = giver.iter().map(|giver| (*giver, *giver)).collect();
        let mut reached: VecDeque<u32> = giver.into_iter().collect();
        while let Some(member) = reached.pop_front() {
            for creditor in creditors.get(&member).map_or(&[][..], Vec::as_slice) {
                if !before.contains_key(creditor) {
                    before.insert(*creditor, member);
                    reached.push_back(*creditor);
                }
            }
        }
        Self { before, giver }
    }

    /// From the giver to a member, both ends included; empty when there is none.
    fn way_to(&self, member: u32) -> Vec<u32> {
        let mut way = vec![member];
        while let Some(last) = way.last().copied().filter(|last| Some(*last) != self.giver) {
            match self.before.get(&last) {
                Some(before) => way.push(*before),
                None => return Vec::new(),
            }
        }
        way.reverse();
        way
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::id::Identifier;

    fn id(number: i64) -> BusinessId {
        BusinessId::from_raw(number)
    }

    fn owed(debtor: i64, creditor: i64, credits: i64) -> Owed {
        Owed { debtor: id(debtor), creditor: id(creditor), credits }
    }

    const A: i64 = 1;
    const B: i64 = 2;
    const C: i64 = 3;

    #[test]
    fn a_ring_of_three_gains_more_than_a_pair() {
        let debts = [owed(B, A, 10), owed(C, B, 10)];
        let gains = ring_gains(&debts, id(C), &[id(A), id(B)], 10).unwrap();
        assert_eq!(gains[0], RingGain { credits: 30, ring: vec![id(A), id(C), id(B)] });
        assert_eq!(gains[1], RingGain { credits: 20, ring: vec![id(B), id(C)] });
    }

    #[test]
    fn where_nothing_closes_nothing_is_gained() {
        assert_eq!(ring_gains(&[], id(C), &[id(A)], 10).unwrap(), [RingGain::default()]);
        assert_eq!(ring_gains(&[owed(A, C, 10)], id(C), &[id(A), id(B)], 10).unwrap(), [RingGain::default(), RingGain::default()]);
        assert_eq!(ring_gains(&[owed(C, A, 10)], id(C), &[id(A)], 0).unwrap(), [RingGain::default()]);
    }

    #[test]
    fn only_what_is_open_closes_a_ring() {
        // C owes A 10, but all of it is cleared already between the two: a lead to A closes nothing more.
        let debts = [owed(C, A, 10), owed(A, C, 10)];
        assert_eq!(ring_gains(&debts, id(C), &[id(A)], 10).unwrap(), [RingGain::default()]);
    }

    #[test]
    fn a_gain_is_the_difference_of_two_clearings() {
        let debts = [owed(1, 2, 7), owed(2, 3, 5), owed(3, 4, 9), owed(4, 1, 4), owed(3, 1, 2), owed(2, 4, 6), owed(4, 5, 3), owed(5, 2, 8)];
        let most = |owed: &[Owed]| {
            let entries = owed.iter().map(|owed| (owed.debtor.raw() as u32, owed.creditor.raw() as u32, owed.credits));
            maximum(&Obligations::build(6, entries).unwrap()).cleared
        };
        for giver in 1..=5 {
            let candidates: Vec<BusinessId> = (1..=5).filter(|candidate| *candidate != giver).map(id).collect();
            let gains = ring_gains(&debts, id(giver), &candidates, 6).unwrap();
            for (candidate, gain) in candidates.iter().zip(gains) {
                let with: Vec<Owed> = debts.iter().copied().chain([Owed { debtor: *candidate, creditor: id(giver), credits: 6 }]).collect();
                assert_eq!(gain.credits, most(&with) - most(&debts), "{candidate} owes {giver}");
            }
        }
    }
}

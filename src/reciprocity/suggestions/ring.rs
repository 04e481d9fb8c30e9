//! What a lead would close: the gain of the circle's clearing if the candidate owed the giver the credits of the lead, and a ring
//! that it would complete. Pure.

use std::collections::{HashMap, VecDeque};

use crate::kernel::id::BusinessId;
use crate::kernel::{Answer, Failure};
use crate::reciprocity::clearing::{Obligation, ObligationError, WhatIf};
use crate::reciprocity::rings::CircleRings;

/// What a lead to one candidate would close.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RingGain {
    /// By how much the maximum clearing would rise, the lead's own credits included.
    pub credits: i64,
    /// A ring that closes: each owes the next, the candidate first, then the giver, and the last owes the candidate. Empty when
    /// nothing is gained, or when it is gained only because other rings open and close anew.
    pub ring: Vec<BusinessId>,
}

/// The gain of each candidate, each by itself, in their order. Exact; nothing is solved again, a few searches a candidate.
///
/// Who owes nothing and is owed nothing lies on no ring, with the lead neither.
pub fn ring_gains(rings: &CircleRings, giver: BusinessId, candidates: &[BusinessId], credits: i64) -> Answer<Vec<RingGain>> {
    let known = rings.number_of(giver).filter(|_| credits > 0);
    let Some(creditor) = known else { return Ok(vec![RingGain::default(); candidates.len()]) };
    let mut what_if = WhatIf::of(&rings.obligations, &rings.clearing);
    let open = Open::of(rings, creditor);
    let gain = |candidate: &BusinessId| {
        let known = rings.number_of(*candidate).filter(|debtor| *debtor != creditor);
        let Some(debtor) = known else { return Ok(RingGain::default()) };
        let credits = what_if.gain(Obligation { debtor, creditor, amount: credits }).map_err(refused)?;
        let way = if credits > 0 { open.way_to(debtor) } else { Vec::new() };
        let way = way.into_iter().filter_map(|number| rings.businesses.get(number as usize).copied()).collect();
        Ok(RingGain { credits, ring: ring_from(*candidate, way) })
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

/// The shortest ways from the giver over what the maximum clearing leaves open.
struct Open {
    /// Who comes before each member on the way from the giver; the giver before itself.
    before: HashMap<u32, u32>,
    giver: u32,
}

impl Open {
    fn of(rings: &CircleRings, giver: u32) -> Self {
        let mut creditors: HashMap<u32, Vec<u32>> = HashMap::new();
        for (obligation, cleared) in rings.obligations.iter().zip(&rings.clearing.most_per_obligation) {
            if obligation.amount > *cleared {
                creditors.entry(obligation.debtor).or_default().push(obligation.creditor);
            }
        }
        let mut before = HashMap::from([(giver, giver)]);
        let mut reached = VecDeque::from([giver]);
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
        while let Some(last) = way.last().copied().filter(|last| *last != self.giver) {
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
    use crate::reciprocity::clearing::{Obligations, RingLength, maximum};
    use crate::reciprocity::model::Head;
    use crate::reciprocity::rings::store::Direction;

    fn id(number: i64) -> BusinessId {
        BusinessId::from_raw(number)
    }

    /// Rings of what members owe: debtor, creditor, credits.
    fn rings(owed: &[(i64, i64, i64)]) -> CircleRings {
        let gave = |(debtor, creditor, credits): &(i64, i64, i64)| Direction { giver: id(*creditor), receiver: id(*debtor), raised: *credits, lowered: 0 };
        CircleRings::solve(Head::EMPTY, RingLength::new(3).unwrap(), &owed.iter().map(gave).collect::<Vec<_>>()).unwrap()
    }

    const A: i64 = 1;
    const B: i64 = 2;
    const C: i64 = 3;

    #[test]
    fn a_ring_of_three_gains_more_than_a_pair() {
        let debts = rings(&[(B, A, 10), (C, B, 10)]);
        let gains = ring_gains(&debts, id(C), &[id(A), id(B)], 10).unwrap();
        assert_eq!(gains[0], RingGain { credits: 30, ring: vec![id(A), id(C), id(B)] });
        assert_eq!(gains[1], RingGain { credits: 20, ring: vec![id(B), id(C)] });
    }

    #[test]
    fn where_nothing_closes_nothing_is_gained() {
        assert_eq!(ring_gains(&rings(&[]), id(C), &[id(A)], 10).unwrap(), [RingGain::default()]);
        assert_eq!(ring_gains(&rings(&[(A, C, 10)]), id(C), &[id(A), id(B)], 10).unwrap(), [RingGain::default(), RingGain::default()]);
        assert_eq!(ring_gains(&rings(&[(C, A, 10)]), id(C), &[id(A)], 0).unwrap(), [RingGain::default()]);
    }

    #[test]
    fn only_what_is_open_closes_a_ring() {
        // C owes A 10, but all of it is cleared already between the two: a lead to A closes nothing more.
        let debts = rings(&[(C, A, 10), (A, C, 10)]);
        assert_eq!(ring_gains(&debts, id(C), &[id(A)], 10).unwrap(), [RingGain::default()]);
    }

    #[test]
    fn a_gain_is_the_difference_of_two_clearings() {
        let debts = [(1, 2, 7), (2, 3, 5), (3, 4, 9), (4, 1, 4), (3, 1, 2), (2, 4, 6), (4, 5, 3), (5, 2, 8)];
        let most = |owed: &[(i64, i64, i64)]| {
            let entries = owed.iter().map(|(debtor, creditor, credits)| (*debtor as u32, *creditor as u32, *credits));
            maximum(&Obligations::build(6, entries).unwrap()).cleared
        };
        for giver in 1..=5 {
            let candidates: Vec<BusinessId> = (1..=5).filter(|candidate| *candidate != giver).map(id).collect();
            let gains = ring_gains(&rings(&debts), id(giver), &candidates, 6).unwrap();
            for (candidate, gain) in candidates.iter().zip(gains) {
                let with: Vec<(i64, i64, i64)> = debts.iter().copied().chain([(candidate.raw(), giver, 6)]).collect();
                assert_eq!(gain.credits, most(&with) - most(&debts), "{candidate} owes {giver}");
            }
        }
    }
}

//! Where a member stands once rings are counted: what comes back in pairs, what through others, and what is left.

use std::collections::BTreeMap;

use serde::Serialize;

use super::model::CircleRings;
use crate::kernel::id::BusinessId;

/// A member's obligations and what closes of them, in credits. The balance is `owed − owes` before and after: rings change nobody's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, utoipa::ToSchema)]
pub struct RingStanding {
    /// What others owe the member.
    pub owed: i64,
    /// What the member owes others.
    pub owes: i64,
    /// What pairs close of each of the two.
    pub closed_in_pairs: i64,
    /// What rings of three and more close of each of the two.
    pub closed_in_rings: i64,
    /// What others still owe the member when all that is closed.
    pub still_owed: i64,
    /// What the member still owes others when all that is closed.
    pub still_owes: i64,
}

/// How a member stands with one partner.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PartnerSums {
    /// What the partner owes.
    pub owed: i64,
    /// What is owed to the partner.
    pub owes: i64,
    /// What closes of either between the two alone.
    pub in_pair: i64,
    /// What rings over others close of what the partner owes.
    pub owed_in_rings: i64,
    /// What rings over others close of what is owed to the partner.
    pub owes_in_rings: i64,
    /// The rings over others, by their number, in which the partner owes.
    pub rings_owed: Vec<usize>,
    /// The rings over others, by their number, in which it owes the partner.
    pub rings_owes: Vec<usize>,
}

impl CircleRings {
    /// Where everybody stands who owes or is owed: one pass over the obligations and one over the rings.
    pub fn standings(&self) -> BTreeMap<BusinessId, RingStanding> {
        let mut standings = vec![RingStanding::default(); self.businesses.len()];
        for obligation in self.obligations.iter() {
            standings[obligation.creditor as usize].owed += obligation.amount;
            standings[obligation.debtor as usize].owes += obligation.amount;
        }
        for ring in &self.clearing.rings {
            for member in &ring.members {
                let standing = &mut standings[*member as usize];
                *(if ring.members.len() == 2 { &mut standing.closed_in_pairs } else { &mut standing.closed_in_rings }) += ring.amount;
            }
        }
        for standing in &mut standings {
            let closed = standing.closed_in_pairs + standing.closed_in_rings;
            (standing.still_owed, standing.still_owes) = (standing.owed - closed, standing.owes - closed);
        }
        self.businesses.iter().copied().zip(standings).collect()
    }

    /// Where a business stands; zeros when nothing is owed by or to it.
    pub fn standing(&self, business: BusinessId) -> RingStanding {
        let Some(number) = self.number_of(business) else { return RingStanding::default() };
        let mut standing = RingStanding::default();
        for obligation in self.obligations.iter() {
            if obligation.creditor == number {
                standing.owed += obligation.amount;
            }
            if obligation.debtor == number {
                standing.owes += obligation.amount;
            }
        }
        for ring in self.clearing.rings.iter().filter(|ring| ring.members.contains(&number)) {
            *(if ring.members.len() == 2 { &mut standing.closed_in_pairs } else { &mut standing.closed_in_rings }) += ring.amount;
        }
        let closed = standing.closed_in_pairs + standing.closed_in_rings;
        (standing.still_owed, standing.still_owes) = (standing.owed - closed, standing.owes - closed);
        standing
    }

    /// How a business stands with each partner, by the partner's id.
    pub fn partners(&self, business: BusinessId) -> BTreeMap<BusinessId, PartnerSums> {
        let Some(number) = self.number_of(business) else { return BTreeMap::new() };
        let mut partners: BTreeMap<u32, PartnerSums> = BTreeMap::new();
        for obligation in self.obligations.iter() {
            if obligation.creditor == number {
                partners.entry(obligation.debtor).or_default().owed += obligation.amount;
            } else if obligation.debtor == number {
                partners.entry(obligation.creditor).or_default().owes += obligation.amount;
            }
        }
        for (at, ring) in self.clearing.rings.iter().enumerate() {
            for (debtor, creditor) in ring.steps() {
                let (partner, is_owed) = match (debtor == number, creditor == number) {
                    (true, _) => (creditor, false),
                    (_, true) => (debtor, true),
                    _ => continue,
                };
                let sums = partners.entry(partner).or_default();
                match (ring.members.len(), is_owed) {
                    // A pair takes the same off both directions: it is counted once.
                    (2, true) => sums.in_pair += ring.amount,
                    (2, false) => {}
                    (_, true) => {
                        sums.owed_in_rings += ring.amount;
                        sums.rings_owed.push(at);
                    }
                    (_, false) => {
                        sums.owes_in_rings += ring.amount;
                        sums.rings_owes.push(at);
                    }
                }
            }
        }
        partners.into_iter().filter_map(|(partner, sums)| self.businesses.get(partner as usize).map(|business| (*business, sums))).collect()
    }
}

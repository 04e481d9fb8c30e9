//! A circle's obligations and what closes in rings, pure.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::store::Direction;
use crate::kernel::id::BusinessId;
use crate::kernel::{Answer, Failure};
use crate::reciprocity::clearing::{self, Clearing, Obligation, Obligations, Ring, RingLength};
use crate::reciprocity::model::{AMOUNT_MAX, Amount, Head};

/// The most transfers of one settlement: its circle's ledger, and with SQLite every writer, waits for all of them (figures: docs/CLEARING.md).
/// What takes more is settled in several.
pub const SETTLEMENT_TRANSFERS_MAX: usize = 1_000;

/// A circle's obligations at one head of its ledger, cleared. Businesses are numbered in the order of their ids.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CircleRings {
    /// The last transfer that is counted.
    pub head: Head,
    /// Up to how many members the rings had that were closed first.
    pub ring_length: RingLength,
    /// Everybody who ever gave or received, by number.
    pub businesses: Vec<BusinessId>,
    /// Who owes whom how much.
    pub obligations: Obligations,
    /// What closes.
    pub clearing: Clearing,
}

/// What one settlement posts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Batch {
    /// Debtor, creditor and amount.
    pub postings: Vec<(BusinessId, BusinessId, Amount)>,
    /// How many rings, pairs included, it closes; those that are left come with the next settlement.
    pub rings_count: usize,
    /// The credits it closes.
    pub cleared: i64,
}

/// How many transfers move so much.
fn transfers_for(credits: i64) -> usize {
    usize::try_from(credits / AMOUNT_MAX + i64::from(credits % AMOUNT_MAX > 0)).unwrap_or(usize::MAX)
}

/// What closes, by the length of the rings, in credits. `in_pairs + in_threes + in_longer + still_open = total`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, utoipa::ToSchema)]
pub struct RingSums {
    /// Everything that is owed.
    pub total: i64,
    /// What two members owe each other.
    pub in_pairs: i64,
    /// What closes in rings of three.
    pub in_threes: i64,
    /// What closes in rings of four and more.
    pub in_longer: i64,
    /// What stays open.
    pub still_open: i64,
    /// The most that could close, whatever the rings.
    pub most: i64,
    /// How many pairs.
    pub pairs_count: u32,
    /// How many rings of three.
    pub threes_count: u32,
    /// How many rings of four and more.
    pub longer_count: u32,
}

/// What each owes each, summed from both directions of every pair. A posting raises what its receiver owes; taking it back, or
/// settling it, lowers it. Where more was lowered than raised (something settled was taken back later) the debt turns round.
pub fn owed(directions: &[Direction]) -> BTreeMap<(BusinessId, BusinessId), i64> {
    let mut debts: BTreeMap<(BusinessId, BusinessId), i64> = BTreeMap::new();
    for direction in directions {
        *debts.entry((direction.receiver, direction.giver)).or_default() += direction.raised;
        *debts.entry((direction.giver, direction.receiver)).or_default() -= direction.lowered;
    }
    let turned: Vec<((BusinessId, BusinessId), i64)> = debts.iter().filter(|(_, amount)| **amount < 0).map(|(pair, amount)| (*pair, *amount)).collect();
    for ((debtor, creditor), amount) in turned {
        *debts.entry((creditor, debtor)).or_default() -= amount;
    }
    debts.retain(|_, amount| *amount > 0);
    debts
}

impl CircleRings {
    /// Clears what the sums of the transfers up to `head` leave owed. Less than a millisecond for 200 members.
    pub fn solve(head: Head, ring_length: RingLength, directions: &[Direction]) -> Answer<Self> {
        let debts = owed(directions);
        let businesses: Vec<BusinessId> = debts.keys().flat_map(|(debtor, creditor)| [*debtor, *creditor]).collect::<BTreeSet<_>>().into_iter().collect();
        let number = |business: &BusinessId| businesses.binary_search(business).map_or(u32::MAX, |found| found as u32);
        let list = debts.iter().map(|((debtor, creditor), amount)| (number(debtor), number(creditor), *amount));
        let obligations = Obligations::build(businesses.len(), list).map_err(|error| Failure::internal(format!("obligations of a circle: {error}")))?;
        let clearing = clearing::clear(&obligations, ring_length);
        Ok(Self { head, ring_length, businesses, obligations, clearing })
    }

    /// The number of a business that takes part.
    pub fn number_of(&self, business: BusinessId) -> Option<u32> {
        self.businesses.binary_search(&business).ok().map(|found| found as u32)
    }

    /// The businesses of a ring, each owing the next.
    pub fn businesses_of<'a>(&'a self, ring: &'a Ring) -> impl Iterator<Item = BusinessId> + 'a {
        ring.members.iter().filter_map(|number| self.businesses.get(*number as usize).copied())
    }

    /// The obligations with what is cleared of each.
    pub fn cleared(&self) -> impl Iterator<Item = (Obligation, i64)> + '_ {
        self.obligations.iter().zip(self.clearing.cleared_per_obligation.iter().copied())
    }

    /// What one settlement posts: everything that is cleared, or as many rings, in their order, as fit into so many transfers. What one
    /// transfer cannot move takes several.
    pub fn batch(&self, transfers_max: usize) -> Answer<Batch> {
        let mut amounts: BTreeMap<(u32, u32), i64> = BTreeMap::new();
        let (mut transfers, mut batch) = (0, Batch::default());
        for ring in &self.clearing.rings {
            let before = |step: &(u32, u32)| amounts.get(step).copied().unwrap_or(0);
            let more: usize = ring.steps().map(|step| transfers_for(before(&step) + ring.amount) - transfers_for(before(&step))).sum();
            if transfers + more > transfers_max {
                break;
            }
            transfers += more;
            batch.rings_count += 1;
            batch.cleared += ring.cleared();
            for step in ring.steps() {
                *amounts.entry(step).or_default() += ring.amount;
            }
        }
        for ((debtor, creditor), mut left) in amounts {
            let sides = self.businesses.get(debtor as usize).zip(self.businesses.get(creditor as usize));
            let (debtor, creditor) = sides.ok_or_else(|| Failure::internal("an obligation of nobody"))?;
            while left > 0 {
                let amount = Amount::parse(left.min(AMOUNT_MAX)).map_err(|problem| problem.of("amount"))?;
                batch.postings.push((*debtor, *creditor, amount));
                left -= amount.credits();
            }
        }
        Ok(batch)
    }

    /// The sums.
    pub fn sums(&self) -> RingSums {
        let mut sums = RingSums { total: self.clearing.total, still_open: self.clearing.residual_total, most: self.clearing.most, ..RingSums::default() };
        for ring in &self.clearing.rings {
            let (sum, count) = match ring.members.len() {
                2 => (&mut sums.in_pairs, &mut sums.pairs_count),
                3 => (&mut sums.in_threes, &mut sums.threes_count),
                _ => (&mut sums.in_longer, &mut sums.longer_count),
            };
            *sum += ring.cleared();
            *count += 1;
        }
        sums
    }
}

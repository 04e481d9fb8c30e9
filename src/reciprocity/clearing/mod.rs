//! Clearing: how much of what members owe each other closes in rings.
//!
//! An obligation is (debtor, creditor, amount): the debtor owes the creditor. A **clearing** takes an amount between 0 and the whole off
//! each obligation so that nobody's net position changes; it is a sum of rings. T is the sum of all amounts, NID what
//! net creditors are owed, C the most that any clearing takes off, R1 what pairs cancel by themselves, R2 what can be
//! cleared once they have, chain slack `T − C − NID`: what stays beyond the nets because it lies in chains, not rings. Always
//! `R1 + R2 ≤ C ≤ T − NID`.
//!
//! Pure, exact (`i64`, sums are checked when obligations are built), deterministic, without dependencies. Method, complexity and
//! figures: docs/CLEARING.md.

mod certificate;
mod components;
mod distances;
mod flow;
pub mod generate;
mod graph;
mod measures;
mod meeting;
mod network;
mod ring_bits;
mod ring_search;
mod ring_walk;
mod rings;
mod route;
mod solve;
#[cfg(test)]
mod tests;
mod what_if;

pub use certificate::{Flaw, bound, verify, verify_clearing, verify_rings};
pub use graph::{MEMBERS_MAX, OBLIGATIONS_MAX, Obligation, ObligationError, Obligations};
pub use measures::{net_internal_debt, pairs};
pub use rings::{LENGTH_MAX, Ring, RingLength};
use solve::Solved;
pub use solve::{Maximum, maximum};
pub use what_if::{WhatIf, gain};

/// A clearing with its rings, and beside it the most that could be cleared.
///
/// With [`RingLength::MAXIMUM`] the clearing is the maximum, and [`verify`] proves it from `cleared_per_obligation` and
/// `potentials`. With a ring length N rings of up to N members are closed first and the rest is cleared as far as it goes, which
/// may be less: [`verify_clearing`] and [`verify_rings`] prove that it keeps all nets, and [`bound`] proves from `potentials`
/// that no clearing whatever exceeds `most`. In both cases `bound(potentials) == most`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clearing {
    /// T, the sum of all obligations.
    pub total: i64,
    /// What this clearing takes off: the sum of `cleared_per_obligation`, and of `amount · members` over the rings.
    pub cleared: i64,
    /// C, the most that any clearing takes off; equals `cleared` when no ring length is asked for.
    pub most: i64,
    /// T − cleared.
    pub residual_total: i64,
    /// NID, the sum of all positive nets.
    pub nid: i64,
    /// R1: what pairs of members cancel between themselves.
    pub pairs: i64,
    /// R2: the most that can be cleared after the pairs have cancelled.
    pub rings_extra: i64,
    /// T − C − NID: what must stay beyond the nets, because it lies in chains.
    pub chain_slack: i64,
    /// By member: what he is owed less what he owes. No clearing changes it.
    pub nets: Vec<i64>,
    /// By member: the certificate of `most`.
    pub potentials: Vec<i64>,
    /// By obligation.
    pub cleared_per_obligation: Vec<i64>,
    /// By obligation: what a clearing of `most` takes off. With `potentials` it is what [`verify`] proves and [`WhatIf`] begins with.
    pub most_per_obligation: Vec<i64>,
    /// In the order in which they were found: short ones first.
    pub rings: Vec<Ring>,
}

/// Clears, splits the clearing into rings and measures.
///
/// One solution of the flow problem; R2, and with a ring length what is left after the rings, start from it. The search for rings is
/// bounded by a fixed multiple of the obligations.
pub fn clear(obligations: &Obligations, ring_length: RingLength) -> Clearing {
    let mut solved = Solved::new(obligations);
    let Maximum { cleared: most, cleared_per_obligation: most_per_obligation, potentials } = solved.maximum();
    let pairs = pairs(obligations);
    let sum_of_pairs: i64 = pairs.iter().sum();
    let rings_extra = if sum_of_pairs == 0 { most } else { rings_extra_of(&mut solved, obligations, &pairs) };
    let (rings, cleared_per_obligation) = match ring_length {
        RingLength::MAXIMUM => (split(obligations, most_per_obligation.clone(), 2), most_per_obligation.clone()),
        _ => rings_first(obligations, &mut solved, ring_length),
    };
    let nets = obligations.nets();
    let (total, nid) = (obligations.total(), net_internal_debt(&nets));
    let cleared = cleared_per_obligation.iter().sum();
    Clearing {
        total,
        cleared,
        most,
        residual_total: total - cleared,
        nid,
        pairs: sum_of_pairs,
        rings_extra,
        chain_slack: total - most - nid,
        nets,
        potentials,
        cleared_per_obligation,
        most_per_obligation,
        rings,
    }
}

/// R2, the most that can be cleared after pairs have cancelled as [`pairs`] says.
pub fn rings_extra(obligations: &Obligations, pairs: &[i64]) -> i64 {
    rings_extra_of(&mut Solved::new(obligations), obligations, pairs)
}

fn rings_extra_of(solved: &mut Solved<'_>, obligations: &Obligations, pairs: &[i64]) -> i64 {
    let netted: Vec<i64> = obligations.amounts().iter().zip(pairs).map(|(amount, pair)| amount - pair).collect();
    solved.again(&netted).iter().sum()
}

/// Splits a clearing into rings; refuses what does not keep every net position.
pub fn rings_of(obligations: &Obligations, cleared_per_obligation: &[i64]) -> Result<Vec<Ring>, Flaw> {
    verify_clearing(obligations, cleared_per_obligation)?;
    Ok(split(obligations, cleared_per_obligation.to_vec(), 2))
}

fn split(obligations: &Obligations, mut left: Vec<i64>, shortest: u8) -> Vec<Ring> {
    let mut rings = Vec::new();
    rings::split(obligations, &mut left, shortest, &mut rings);
    rings
}

/// Rings up to the length first, pairs among them, then the maximum of what is left. Answers the rings and what they clear of each
/// obligation.
fn rings_first(obligations: &Obligations, solved: &mut Solved<'_>, ring_length: RingLength) -> (Vec<Ring>, Vec<i64>) {
    let mut left = obligations.amounts().to_vec();
    let mut rings = Vec::new();
    rings::first(obligations, &mut left, ring_length.get(), &mut rings);
    let rest = solved.again(&left);
    let cleared = obligations.amounts().iter().zip(&left).zip(&rest).map(|((amount, left), rest)| amount - left + rest).collect();
    rings.extend(split(obligations, rest, ring_length.get() + 1));
    (rings, cleared)
}

//! The certificate of a clearing, checked by anybody in one pass. Nothing here is shared with the solver.
//!
//! Let `c` be the obligations, `f` what is cleared of each, `p` one integer per member. If `f` is conserved at every member
//! then Σ f·(p_debtor − p_creditor) = 0, so `Σ f = Σ f·(1 − p_debtor + p_creditor) ≤ Σ c·max(0, 1 − p_debtor + p_creditor)`: any
//! potentials bound any clearing. Where `f < c ⇒ p_debtor − p_creditor ≥ 1` and `f > 0 ⇒ p_debtor − p_creditor ≤ 1` the two sides
//! are equal, so nothing clears more. (Linear programming duality; complementary slackness.)

use std::fmt;

use super::graph::Obligations;
use super::rings::Ring;

/// Why a clearing or its certificate is refused. Obligations and members are named by their numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flaw {
    /// There must be one cleared amount per obligation and one potential per member.
    Length,
    /// Less than 0 or more than the obligation is said to be cleared.
    OutOfBounds {
        /// Which obligation.
        obligation: usize,
    },
    /// The clearing would change this member's net position.
    NetChanges {
        /// Which member.
        member: usize,
    },
    /// More could be cleared here: something stays although the potentials do not fall by at least 1.
    StaysUphill {
        /// Which obligation.
        obligation: usize,
    },
    /// Something is cleared although the potentials fall by more than 1.
    ClearedTooSteep {
        /// Which obligation.
        obligation: usize,
    },
    /// A ring is not a closed chain of two or more different members who owe each other, or its amount is not positive.
    NoRing {
        /// Which ring.
        ring: usize,
    },
    /// The rings do not add up to what is cleared of this obligation.
    RingsDiffer {
        /// Which obligation.
        obligation: usize,
    },
}

impl fmt::Display for Flaw {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Length => write!(formatter, "there must be one cleared amount per obligation and one potential per member"),
            Self::OutOfBounds { obligation } => write!(formatter, "obligation {obligation}: cleared is below 0 or above the amount"),
            Self::NetChanges { member } => write!(formatter, "member {member}: the net position would change"),
            Self::StaysUphill { obligation } => write!(formatter, "obligation {obligation}: not shown to be maximal, the potentials fall by less than 1"),
            Self::ClearedTooSteep { obligation } => write!(formatter, "obligation {obligation}: not shown to be maximal, the potentials fall by more than 1"),
            Self::NoRing { ring } => write!(formatter, "ring {ring}: not a closed chain of members who owe each other"),
            Self::RingsDiffer { obligation } => write!(formatter, "obligation {obligation}: the rings do not add up to what is cleared"),
        }
    }
}

impl std::error::Error for Flaw {}

/// Checks that a clearing keeps every net position and is the maximum. Linear, one pass.
pub fn verify(obligations: &Obligations, cleared_per_obligation: &[i64], potentials: &[i64]) -> Result<(), Flaw> {
    verify_clearing(obligations, cleared_per_obligation)?;
    if potentials.len() != obligations.members() {
        return Err(Flaw::Length);
    }
    for (number, (obligation, cleared)) in obligations.iter().zip(cleared_per_obligation).enumerate() {
        let fall = fall(potentials, obligation.debtor, obligation.creditor);
        if *cleared < obligation.amount && fall < 1 {
            return Err(Flaw::StaysUphill { obligation: number });
        }
        if *cleared > 0 && fall > 1 {
            return Err(Flaw::ClearedTooSteep { obligation: number });
        }
    }
    Ok(())
}

/// Checks that a clearing takes from each obligation at most what it is and keeps every net position; not that it is the
/// maximum. Answers what is cleared. Linear, one pass.
pub fn verify_clearing(obligations: &Obligations, cleared_per_obligation: &[i64]) -> Result<i64, Flaw> {
    if cleared_per_obligation.len() != obligations.count() {
        return Err(Flaw::Length);
    }
    let mut change = vec![0_i64; obligations.members()];
    let mut sum = 0;
    for (number, (obligation, cleared)) in obligations.iter().zip(cleared_per_obligation).enumerate() {
        if *cleared < 0 || *cleared > obligation.amount {
            return Err(Flaw::OutOfBounds { obligation: number });
        }
        change[obligation.debtor as usize] += cleared;
        change[obligation.creditor as usize] -= cleared;
        sum += cleared;
    }
    match change.iter().position(|change| *change != 0) {
        Some(member) => Err(Flaw::NetChanges { member }),
        None => Ok(sum),
    }
}

/// The most that these potentials leave possible: no clearing of these obligations, whatever its rings, exceeds it. One pass.
/// Bad potentials give a useless bound (at worst more than all obligations together), never a wrong one.
pub fn bound(obligations: &Obligations, potentials: &[i64]) -> Result<i128, Flaw> {
    if potentials.len() != obligations.members() {
        return Err(Flaw::Length);
    }
    let over = |debtor, creditor, amount| i128::from(amount).saturating_mul((1 - fall(potentials, debtor, creditor)).max(0));
    Ok(obligations.iter().fold(0_i128, |sum, obligation| sum.saturating_add(over(obligation.debtor, obligation.creditor, obligation.amount))))
}

fn fall(potentials: &[i64], debtor: u32, creditor: u32) -> i128 {
    i128::from(potentials[debtor as usize]) - i128::from(potentials[creditor as usize])
}

/// Checks that rings are rings of these obligations and add up to what is cleared of each. Linear in the rings' lengths, times
/// the logarithm of what a member owes.
pub fn verify_rings(obligations: &Obligations, cleared_per_obligation: &[i64], rings: &[Ring]) -> Result<(), Flaw> {
    if cleared_per_obligation.len() != obligations.count() {
        return Err(Flaw::Length);
    }
    let mut left = cleared_per_obligation.to_vec();
    let mut last_ring = vec![usize::MAX; obligations.members()];
    for (at, ring) in rings.iter().enumerate() {
        if ring.members.len() < 2 || ring.amount <= 0 {
            return Err(Flaw::NoRing { ring: at });
        }
        for (debtor, creditor) in ring.steps() {
            let obligation = obligations.find(debtor, creditor).ok_or(Flaw::NoRing { ring: at })?;
            if last_ring[debtor as usize] == at {
                return Err(Flaw::NoRing { ring: at });
            }
            last_ring[debtor as usize] = at;
            left[obligation] = left[obligation].checked_sub(ring.amount).filter(|left| *left >= 0).ok_or(Flaw::RingsDiffer { obligation })?;
        }
    }
    match left.iter().position(|left| *left != 0) {
        Some(obligation) => Err(Flaw::RingsDiffer { obligation }),
        None => Ok(()),
    }
}

//! How much of what is given comes back: in pairs, in rings, at the most.

use crate::reciprocity::clearing::{ObligationError, Obligations, maximum, pairs, rings_extra};

use super::Ratio;

/// What comes back of the credits that were given, in credits: `pairs + rings ≤ most ≤ total`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Returning {
    /// T: everything that was given.
    pub total: i64,
    /// R1: what comes back from the one it was given to, counted on both sides.
    pub pairs: i64,
    /// R2: the most that comes back in rings once pairs are even.
    pub rings: i64,
    /// C: the most that comes back in pairs and rings of any kind.
    pub most: i64,
}

impl Returning {
    /// Pair reciprocity, R1/T.
    pub fn pair_share(self) -> Option<Ratio> {
        Ratio::of(self.pairs.into(), self.total.into())
    }

    /// Ring reciprocity, (R1 + R2)/T.
    pub fn ring_share(self) -> Option<Ratio> {
        Ratio::of(i128::from(self.pairs) + i128::from(self.rings), self.total.into())
    }

    /// Maximum reciprocity, C/T.
    pub fn most_share(self) -> Option<Ratio> {
        Ratio::of(self.most.into(), self.total.into())
    }
}

/// Measures what was given: (giver, receiver, credits), members by number below `members`. A receiver owes the giver, so each is
/// an obligation of the receiver. Two solutions of the clearing kernel.
pub fn returning(members: usize, given: impl Iterator<Item = (u32, u32, i64)>) -> Result<Returning, ObligationError> {
    let obligations = Obligations::build(members, given.map(|(giver, receiver, credits)| (receiver, giver, credits)))?;
    let by_pairs = pairs(&obligations);
    Ok(Returning { total: obligations.total(), pairs: by_pairs.iter().sum(), rings: rings_extra(&obligations, &by_pairs), most: maximum(&obligations).cleared })
}

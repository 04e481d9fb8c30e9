//! The proof of a circle's clearing as a document that anybody can check without solving anything.
//!
//! Its keys are those of `kularing clear --json`; members go by their ids. `cleared` of each obligation is what the circle's rings close,
//! `cleared_at_most` what a clearing of the maximum closes. Check: both keep every member's net and the bounds; the rings add up to
//! the first; and the second is the maximum, because for each obligation `f < c ⇒ p_debtor − p_creditor ≥ 1` and
//! `f > 0 ⇒ p_debtor − p_creditor ≤ 1`. The page checks it with `static/js/check-clearing.js`.

use std::collections::HashMap;

use serde::Serialize;

use super::model::CircleRings;
use crate::kernel::id::{BusinessId, CircleId};
use crate::reciprocity::hash::LedgerHash;

/// What everybody owes, what closes, and the proof.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Certificate {
    /// The circle.
    pub circle: CircleId,
    /// The number of the last transfer that is counted.
    pub seq: i64,
    /// The ledger's head.
    pub head: LedgerHash,
    /// Up to how many members the rings had that were closed first.
    pub ring_length: u8,
    /// T, everything that is owed, in credits.
    pub total: i64,
    /// What the circle's rings close.
    pub cleared: i64,
    /// C, the most that can close.
    pub most: i64,
    /// T − cleared.
    pub residual_total: i64,
    /// What net creditors are owed.
    pub nid: i64,
    /// What pairs cancel by themselves.
    pub pairs: i64,
    /// The most that can close after that.
    pub rings_extra: i64,
    /// What must stay beyond the nets, because it lies in chains.
    pub chain_slack: i64,
    /// Everybody who owes or is owed.
    pub members: Vec<CertificateMember>,
    /// Who owes whom.
    pub obligations: Vec<CertificateObligation>,
    /// The rings.
    pub rings: Vec<CertificateRing>,
}

/// A member with its net and its potential.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct CertificateMember {
    /// The business, by its id.
    pub name: BusinessId,
    /// What it is called.
    pub label: String,
    /// What it is owed less what it owes.
    pub net: i64,
    /// p.
    pub potential: i64,
}

/// An obligation with what closes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct CertificateObligation {
    /// Who owes.
    pub debtor: BusinessId,
    /// Who is owed.
    pub creditor: BusinessId,
    /// How many credits.
    pub amount: i64,
    /// What the circle's rings close of it.
    pub cleared: i64,
    /// What a clearing of the maximum closes of it.
    pub cleared_at_most: i64,
}

/// A ring, each member owing the next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct CertificateRing {
    /// The businesses.
    pub members: Vec<BusinessId>,
    /// What closes of each obligation.
    pub amount: i64,
}

impl Certificate {
    /// Writes it down.
    pub fn of(circle: CircleId, rings: &CircleRings, names: &HashMap<BusinessId, String>) -> Self {
        let clearing = &rings.clearing;
        let members = rings.businesses.iter().zip(clearing.nets.iter().zip(&clearing.potentials)).map(|(business, (net, potential))| CertificateMember {
            name: *business,
            label: names.get(business).cloned().unwrap_or_default(),
            net: *net,
            potential: *potential,
        });
        let business = |number: u32| rings.businesses.get(number as usize).copied();
        let obligations = rings.cleared().zip(&clearing.most_per_obligation).filter_map(|((obligation, cleared), cleared_at_most)| {
            let (debtor, creditor) = (business(obligation.debtor)?, business(obligation.creditor)?);
            Some(CertificateObligation { debtor, creditor, amount: obligation.amount, cleared, cleared_at_most: *cleared_at_most })
        });
        let ring = |ring| CertificateRing { members: rings.businesses_of(ring).collect(), amount: ring.amount };
        Self {
            circle,
            seq: rings.head.seq,
            head: rings.head.hash,
            ring_length: rings.ring_length.get(),
            total: clearing.total,
            cleared: clearing.cleared,
            most: clearing.most,
            residual_total: clearing.residual_total,
            nid: clearing.nid,
            pairs: clearing.pairs,
            rings_extra: clearing.rings_extra,
            chain_slack: clearing.chain_slack,
            members: members.collect(),
            obligations: obligations.collect(),
            rings: clearing.rings.iter().map(ring).collect(),
        }
    }
}

//! What the detection is fed with: the referrals of a circle's last half year, from the rooms that keep them.

use std::collections::{BTreeMap, BTreeSet};

use super::detection::{Group, Passed};
use super::facts::{Credited, Facts, Seen, facts};
use super::model::PASSED_MAX;
use crate::businesses::views as businesses;
use crate::db::AnyConn;
use crate::introductions::views as introductions;
use crate::kernel::id::{CircleId, ReferralId};
use crate::kernel::{Answer, Timestamp};
use crate::reciprocity::views as reciprocity;
use crate::referrals::views as referrals;

/// The referrals of one circle and window.
pub(super) struct Evidence {
    seen: Vec<Seen>,
    confirmed: BTreeSet<ReferralId>,
    circle: CircleId,
    since: Timestamp,
}

impl Evidence {
    /// Gathers what was introduced in a circle since a moment. Referrals that an organiser found invalid are left out: they are
    /// settled.
    pub(super) fn gather(connection: &mut AnyConn, circle: CircleId, since: Timestamp) -> Answer<Self> {
        let introduced = referrals::introduced_since(connection, circle, since, PASSED_MAX)?;
        let seen: Vec<Seen> = introduced
            .into_iter()
            .map(|one| Seen { referral: one.referral, giver: one.giver, receiver: one.receiver, offered_at: one.offered_at, answered_at: one.answered_at })
            .collect();
        let ids: Vec<ReferralId> = seen.iter().map(|one| one.referral).collect();
        let confirmed = introductions::heard_from_prospect(connection, &ids)?.into_iter().collect();
        Ok(Self { seen, confirmed, circle, since })
    }

    /// What the detection counts: everything but what was decided before.
    pub(super) fn passed(&self, decided: &BTreeSet<ReferralId>) -> Vec<Passed> {
        let open = self.seen.iter().filter(|one| !decided.contains(&one.referral));
        let passed =
            |one: &Seen| Passed { referral: one.referral, giver: one.giver, receiver: one.receiver, confirmed: self.confirmed.contains(&one.referral) };
        open.map(passed).collect()
    }

    /// The facts of a group.
    pub(super) fn facts(&self, connection: &mut AnyConn, group: &Group) -> Answer<Facts> {
        let posted = reciprocity::posted_since(connection, self.circle, self.since)?;
        let credited: Vec<Credited> = posted.into_iter().map(|one| Credited { giver: one.giver, receiver: one.receiver, amount: one.credits }).collect();
        let registered: BTreeMap<_, _> = businesses::registered_at(connection, &group.members)?.into_iter().collect();
        Ok(facts(group, &self.seen, &credited, &registered))
    }
}

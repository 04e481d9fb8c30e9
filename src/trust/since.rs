//! What happened since a case was opened, or since it was decided: for whoever wants to know whether it went on.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::model::PASSED_MAX;
use super::store::CaseRow;
use crate::db::AnyConn;
use crate::introductions::views as introductions;
use crate::kernel::id::{BusinessId, ReferralId, TrustCaseId};
use crate::kernel::{Answer, Timestamp};
use crate::referrals::views::{self as referrals, IntroducedAmong};

/// What passed among the members of a case since a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Since {
    /// Since when: the decision, or the opening of a case that is open.
    pub at: Timestamp,
    /// Referrals among its members that were introduced since.
    pub referrals: u32,
    /// Of these, whose prospect was heard himself.
    pub confirmed: u32,
}

/// What happened since, for several cases of one circle, in two queries.
pub(super) fn since(connection: &mut AnyConn, rows: &[CaseRow], members: &BTreeMap<TrustCaseId, BTreeSet<BusinessId>>) -> Answer<BTreeMap<TrustCaseId, Since>> {
    let moment = |row: &CaseRow| row.decided_at.unwrap_or(row.opened_at);
    let Some((circle, earliest)) = rows.iter().map(|row| (row.circle_id, moment(row))).min_by_key(|(_, at)| *at) else { return Ok(BTreeMap::new()) };
    let all: BTreeSet<BusinessId> = members.values().flatten().copied().collect();
    let passed = referrals::introduced_among(connection, circle, &all.into_iter().collect::<Vec<_>>(), earliest, PASSED_MAX)?;
    let ids: Vec<ReferralId> = passed.iter().map(|one| one.referral).collect();
    let heard: BTreeSet<ReferralId> = introductions::heard_from_prospect(connection, &ids)?.into_iter().collect();
    let of = |row: &CaseRow| {
        let (at, own) = (moment(row), members.get(&row.id));
        // What was introduced at that very moment was counted by the look that opened the case.
        let is_inside = |one: &&IntroducedAmong| one.at > at && own.is_some_and(|own| own.contains(&one.giver) && own.contains(&one.receiver));
        let inside: Vec<&IntroducedAmong> = passed.iter().filter(is_inside).collect();
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let confirmed = inside.iter().filter(|one| heard.contains(&one.referral)).count();
        (row.id, Since { at, referrals: count(inside.len()), confirmed: count(confirmed) })
    };
    Ok(rows.iter().map(of).collect())
}

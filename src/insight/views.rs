//! The figures of a circle, read in a fixed number of queries: six rooms' views are asked once each, none for a single member.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::Serialize;

use super::figures::{self, Faded, Gifts};
use super::measures::{Range, quartiles};
use super::period::Period;
use crate::businesses::views::{self as businesses, BusinessCard};
use crate::circles::views as circles;
use crate::db::AnyConn;
use crate::kernel::id::{BusinessId, CircleId};
use crate::kernel::{Answer, Timestamp};
use crate::reciprocity::views::{self as ledger, Named, Posted, TransferCard};
use crate::referrals::views as referrals;

pub use super::figures::{Acceptance, Evenness, MemberFigures, Outcomes, Participation, Reciprocity, TriadCount};

/// At most so many postings, and as many answers, are looked at; the newest ones.
pub const ROWS_MAX: usize = 200_000;
/// Ranges are shown where at least so many members took part.
pub const RANGE_MEMBERS_MIN: usize = 8;
/// Ranges are widened to multiples of this many credits.
const RANGE_STEP: u64 = 10;

/// The figures of a circle for a period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct CircleFigures {
    /// The circle.
    pub circle: CircleId,
    /// The period that was asked for.
    pub period: Period,
    /// Its beginning; null for everything.
    pub since: Option<Timestamp>,
    /// Its end: now.
    pub until: Timestamp,
    /// Whether everything in the period was looked at. False where there is more than can be: the newest 200,000 entries count.
    pub is_complete: bool,
    /// How many members took part.
    pub participation: Participation,
    /// How evenly it is spread.
    pub evenness: Evenness,
    /// How much comes back.
    pub reciprocity: Reciprocity,
    /// The patterns of threes, all sixteen, from the emptiest to the fullest.
    pub triads: Vec<TriadCount>,
    /// What became of offers.
    pub offers: Acceptance,
    /// What became of referrals.
    pub referrals: Outcomes,
    /// Every member, by name.
    pub members: Vec<MemberFigures>,
}

/// With how many members one business exchanges referrals.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct MemberBreadth {
    /// The member.
    pub business: Named,
    /// To how many members it gave.
    pub partners_given_to: u32,
    /// From how many members it received.
    pub partners_received_from: u32,
}

/// What every member may see of all others: breadth and ranges over the last 365 days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct CircleBreadth {
    /// The circle.
    pub circle: CircleId,
    /// The beginning of the period.
    pub since: Option<Timestamp>,
    /// Its end: now.
    pub until: Timestamp,
    /// The present members, by name; those whose trade is regulated are left out.
    pub members: Vec<MemberBreadth>,
    /// Between how many credits the middle half of the members gave, in steps of 10; null where too few took part.
    pub given_range: Option<Range>,
    /// Between how many credits the middle half of the members received, in steps of 10; null where too few took part.
    pub received_range: Option<Range>,
}

/// Who is counted, and what passed among them.
struct Looked {
    /// Present members, and former ones who gave or received, by name.
    people: Vec<(Named, bool)>,
    outside: usize,
    gifts: Gifts,
}

/// The figures of a circle, for its organisers. Nine queries.
pub fn figures(connection: &mut AnyConn, circle: CircleId, reader: Option<BusinessId>, period: Period, now: Timestamp) -> Answer<CircleFigures> {
    circles::require_organiser(connection, circle, reader)?;
    let since = period.since(now);
    let (mut postings, all_were_read) = postings(connection, circle, None)?;
    // Balances fade over everything, so that they do not depend on the period.
    let faded = Faded::of(&postings, now);
    let is_complete = all_were_read || postings.last().is_some_and(|oldest| oldest.at < beginning(since));
    postings.retain(|row| row.at >= beginning(since));
    let Looked { people, outside, gifts } = look(connection, circle, &postings)?;
    let answers = referrals::answers_since(connection, circle, beginning(since), ROWS_MAX + 1)?;
    let outcomes = referrals::outcomes_since(connection, circle, beginning(since))?;
    Ok(CircleFigures {
        circle,
        period,
        since,
        until: now,
        is_complete: is_complete && answers.len() <= ROWS_MAX,
        participation: gifts.participation(outside),
        evenness: gifts.evenness(),
        reciprocity: gifts.reciprocity()?,
        triads: gifts.triads(),
        offers: figures::acceptance(&answers[..answers.len().min(ROWS_MAX)]),
        referrals: figures::outcomes(&outcomes),
        members: people.into_iter().enumerate().map(|(number, (business, is_active))| gifts.member(number, business, is_active, &faded)).collect(),
    })
}

/// Breadth and ranges, for every member of the circle. Seven queries.
pub fn breadth(connection: &mut AnyConn, circle: CircleId, reader: Option<BusinessId>, now: Timestamp) -> Answer<CircleBreadth> {
    circles::require_member(connection, circle, reader)?;
    let since = Period::Days365.since(now);
    let (postings, _) = postings(connection, circle, since)?;
    let Looked { people, gifts, .. } = look(connection, circle, &postings)?;
    let (given, received) = gifts.given_and_received();
    let members = people.into_iter().enumerate().map(|(number, (business, is_active))| gifts.member(number, business, is_active, &Faded::default()));
    let members = members.filter(|member| member.is_active).map(|member| MemberBreadth {
        business: member.business,
        partners_given_to: member.partners_given_to,
        partners_received_from: member.partners_received_from,
    });
    Ok(CircleBreadth { circle, since, until: now, members: members.collect(), given_range: range(given), received_range: range(received) })
}

/// A part of the circle's ledger, oldest first, for its organisers: entries behind a number up to another. Four queries.
pub fn transfers(connection: &mut AnyConn, circle: CircleId, reader: Option<BusinessId>, behind: i64, up_to: i64, limit: usize) -> Answer<Vec<TransferCard>> {
    circles::require_organiser(connection, circle, reader)?;
    ledger::circle_transfers(connection, circle, behind, up_to, limit)
}

/// The number of the circle's last entry, for its organisers.
pub fn last_number(connection: &mut AnyConn, circle: CircleId, reader: Option<BusinessId>) -> Answer<i64> {
    circles::require_organiser(connection, circle, reader)?;
    ledger::last_number(connection, circle)
}

/// Between which sums the middle half of those who took part lies, in steps; nothing where too few did.
fn range(mut credits: Vec<u64>) -> Option<Range> {
    credits.retain(|credits| *credits > 0);
    if credits.len() < RANGE_MEMBERS_MIN {
        return None;
    }
    let found = quartiles(&credits)?;
    Some(Range { from: found.from / RANGE_STEP * RANGE_STEP, to: found.to.div_ceil(RANGE_STEP).saturating_mul(RANGE_STEP) })
}

fn beginning(since: Option<Timestamp>) -> Timestamp {
    since.unwrap_or(Timestamp::from_micros(0))
}

/// The postings since a moment, the newest first, and whether that is all of them.
fn postings(connection: &mut AnyConn, circle: CircleId, since: Option<Timestamp>) -> Answer<(Vec<Posted>, bool)> {
    let mut postings = ledger::postings_since(connection, circle, beginning(since), ROWS_MAX + 1)?;
    let is_all = postings.len() <= ROWS_MAX;
    postings.truncate(ROWS_MAX);
    Ok((postings, is_all))
}

fn look(connection: &mut AnyConn, circle: CircleId, postings: &[Posted]) -> Answer<Looked> {
    let active: BTreeSet<BusinessId> = circles::active_members(connection, circle)?.into_iter().map(|member| member.business).collect();
    let took_part: BTreeSet<BusinessId> = postings.iter().flat_map(|row: &Posted| [row.giver, row.receiver]).collect();
    let all: Vec<BusinessId> = active.union(&took_part).copied().collect();
    let cards: HashMap<BusinessId, BusinessCard> = if all.is_empty() { HashMap::new() } else { businesses::cards(connection, &all)? };
    // Whose trade has become regulated since keeps what was posted before.
    let is_outside = |id: &BusinessId| !took_part.contains(id) && cards.get(id).is_some_and(|card| card.is_regulated);
    let outside = all.iter().filter(|id| is_outside(id)).count();
    let by_name: BTreeMap<(String, BusinessId), bool> = all
        .iter()
        .filter(|id| !is_outside(id))
        .map(|id| ((cards.get(id).map(|card| card.name.clone()).unwrap_or_default(), *id), active.contains(id)))
        .collect();
    let ids: Vec<BusinessId> = by_name.keys().map(|(_, id)| *id).collect();
    let gifts = Gifts::of(&ids, postings)?;
    let people = by_name.into_iter().map(|((name, id), is_active)| (Named { id, name }, is_active)).collect();
    Ok(Looked { people, outside, gifts })
}

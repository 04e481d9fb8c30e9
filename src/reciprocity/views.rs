//! What members and organisers read of the ledger.
//!
//! Where a member stands is the member's own affair: another member of the circle sees sums and how many took part, never
//! somebody's ratio. An organiser sees every balance. Whoever is no member learns not even that there is a ledger.

mod months;
mod postings;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::Serialize;

use super::hash::LedgerHash;
use super::model::{Counters, Reason, Transfer, TransferKind};
use super::rings::{self, Clearings, RingStanding};
use super::store::{self, Flow};
use crate::businesses;
use crate::circles::model::MemberState;
use crate::circles::views::{self as circles, Membership};
use crate::db::AnyConn;
use crate::kernel::id::{BusinessId, CircleId, Identifier, ReferralId, TransferId};
use crate::kernel::{Answer, Failure, Page, PageQuery, Timestamp};

pub use months::{MONTHS, MonthCredits, months_of};
pub use postings::{Posted, circle_transfers, last_number, postings_since};

/// Where a member stands in one circle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, utoipa::ToSchema)]
pub struct Balance {
    /// The ledger's counter of this side, as `kularing verify` replays it. It never falls: credits for what was given, and what was
    /// received and taken back, or given back in a settlement of rings. Not a measure of giving.
    pub given: i64,
    /// The ledger's counter of the other side. It never falls: credits for what was received, and what was given and taken back, or came
    /// back in a settlement of rings.
    pub received: i64,
    /// `given − received`; below zero when the member owes.
    pub balance: i64,
    /// What accepted referrals will add to what was given once the introduction happens.
    pub pending_given: i64,
    /// What accepted referrals will add to what was received once the introduction happens.
    pub pending_received: i64,
}

impl From<Counters> for Balance {
    fn from(counters: Counters) -> Self {
        Self {
            given: counters.given,
            received: counters.received,
            balance: counters.balance(),
            pending_given: counters.pending_given,
            pending_received: counters.pending_received,
        }
    }
}

/// Where a business stands in one of its circles.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct CircleBalance {
    /// The circle.
    pub circle: CircleId,
    /// Its name.
    pub circle_name: String,
    /// Whether the business is a member now.
    pub is_member: bool,
    /// Where the business stands in it.
    #[serde(flatten)]
    pub balance: Balance,
}

/// Where a business stands in one of its circles, with what closes in rings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct CircleBalanceWithRings {
    /// The circle and the balance.
    #[serde(flatten)]
    pub standing: CircleBalance,
    /// What comes back in pairs and in rings, and what is left; rings change no balance.
    pub rings: RingStanding,
}

/// A business by its id and name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Named {
    /// Its id.
    pub id: BusinessId,
    /// Its name.
    pub name: String,
}

/// An entry of the ledger as its two sides read it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct TransferCard {
    /// Its id.
    pub id: TransferId,
    /// The circle.
    pub circle: CircleId,
    /// Its number in the circle.
    pub seq: i64,
    /// Who gave.
    pub giver: Named,
    /// Who received.
    pub receiver: Named,
    /// How many credits.
    pub amount: i64,
    /// What kind of entry.
    pub kind: TransferKind,
    /// For what.
    pub reason: Reason,
    /// Which transfer it takes back.
    pub reverses: Option<TransferId>,
    /// For which referral.
    pub referral: Option<ReferralId>,
    /// When.
    pub at: Timestamp,
    /// Its hash.
    pub hash: LedgerHash,
}

/// What a circle's ledger adds up to. What was taken back is left out of everything but `transfers`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Totals {
    /// How many entries the ledger has.
    pub transfers: i64,
    /// Credits that were given, which are as many as were received.
    pub credits: i64,
    /// Credits that accepted referrals will add.
    pub pending: i64,
    /// How many members gave.
    pub givers: u32,
    /// How many members received.
    pub receivers: u32,
    /// How many members gave and received.
    pub both: u32,
}

/// Where one member stands, for organisers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct MemberBalance {
    /// The member.
    pub business: Named,
    /// Whether it is a member now.
    pub is_active: bool,
    /// Where it stands.
    #[serde(flatten)]
    pub balance: Balance,
    /// What it gave and was not taken back; settlements of rings give nobody anything and are left out.
    pub standing_given: i64,
    /// What it received and was not taken back, without settlements. `standing_given − standing_received` is the balance.
    pub standing_received: i64,
    /// What of its obligations comes back in pairs and in rings, and what is left: read from the certificate, which organisers see.
    pub rings: RingStanding,
    /// To how many members it gave.
    pub partners_given_to: u32,
    /// From how many members it received.
    pub partners_received_from: u32,
}

/// A circle's ledger as the caller may see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct CircleStanding {
    /// The sums.
    pub totals: Totals,
    /// Where the caller's business stands.
    pub own: Balance,
    /// What of that comes back in pairs and in rings, and what is left; rings change no balance.
    pub rings: RingStanding,
    /// Where everybody stands, for organisers only.
    pub members: Option<Vec<MemberBalance>>,
}

/// The last entry of a circle's ledger: who keeps it can prove later that nothing before it was changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct LedgerHead {
    /// The circle.
    pub circle: CircleId,
    /// The number of the last entry; 0 for an empty ledger.
    pub seq: i64,
    /// The hash of the last entry; zeros for an empty ledger.
    pub hash: LedgerHash,
}

/// What passed between a business and one partner in one circle, without what was taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartnerSums {
    /// The circle.
    pub circle: CircleId,
    /// The partner.
    pub partner: Named,
    /// What the business gave the partner.
    pub given: i64,
    /// What the business received from the partner.
    pub received: i64,
}

/// The most circles one business's balances are listed for.
const CIRCLES_MAX: i64 = 1_000;

/// Where a business stands in a circle.
pub fn balance(connection: &mut AnyConn, circle: CircleId, business: BusinessId) -> Answer<Balance> {
    store::counters(connection, circle, business).map(Balance::from)
}

/// Where a business stands, by circle, newest circle first.
pub fn balances_of(connection: &mut AnyConn, business: BusinessId) -> Answer<Vec<(CircleId, Balance)>> {
    let rows = store::balances_of(connection, business, CIRCLES_MAX)?;
    Ok(rows.into_iter().map(|(circle, counters)| (circle, counters.into())).collect())
}

/// Where a business stands in all its circles, also those it left, with their names; newest circle first.
pub fn circle_balances_of(connection: &mut AnyConn, business: BusinessId) -> Answer<Vec<CircleBalance>> {
    let mut balances: BTreeMap<CircleId, Balance> = balances_of(connection, business)?.into_iter().collect();
    let mut names = HashMap::new();
    for card in circles::circles_of(connection, business)? {
        balances.entry(card.id).or_default();
        names.insert(card.id, card.name);
    }
    let left: Vec<CircleId> = balances.keys().filter(|circle| !names.contains_key(circle)).copied().collect();
    let left: HashMap<CircleId, String> = circles::names(connection, &left)?.into_iter().collect();
    let row = |(circle, balance): (CircleId, Balance)| {
        let (is_member, name) = (names.contains_key(&circle), names.get(&circle).or_else(|| left.get(&circle)));
        let name = name.ok_or_else(|| Failure::internal(format!("{circle} has a ledger and no name")))?;
        Ok(CircleBalance { circle, circle_name: name.clone(), is_member, balance })
    };
    balances.into_iter().rev().map(row).collect()
}

/// A page of [`circle_balances_of`] with the rings: all circles are looked up at once, and what closes is kept in memory by ledger head.
pub fn balances_page(connection: &mut AnyConn, kept: &Clearings, business: BusinessId, query: &PageQuery) -> Answer<Page<CircleBalanceWithRings>> {
    let below: CircleId = query.below();
    let rows = circle_balances_of(connection, business)?.into_iter().filter(|row| row.circle < below).take(query.limit() + 1).collect();
    let page = Page::of(rows, query.limit(), |row: &CircleBalance| row.circle);
    let ids: Vec<CircleId> = page.items.iter().map(|row| row.circle).collect();
    let standings = rings::views::standings(connection, kept, &ids, business)?;
    Ok(page.map(|standing| CircleBalanceWithRings { rings: standings.get(&standing.circle).copied().unwrap_or_default(), standing }))
}

/// What was posted for a referral, oldest first.
pub fn transfers_of_referral(connection: &mut AnyConn, referral: ReferralId) -> Answer<Vec<Transfer>> {
    store::transfers_of_referral(connection, referral)
}

/// Those of these referrals for which something stands that was posted, in their order.
pub fn standing(connection: &mut AnyConn, referrals: &[ReferralId]) -> Answer<Vec<ReferralId>> {
    let standing = store::standing(connection, referrals)?;
    Ok(referrals.iter().copied().filter(|referral| standing.contains(referral)).collect())
}

/// What a business gave and received, newest first; in every circle, or in one.
pub fn transfers_page(connection: &mut AnyConn, business: BusinessId, circle: Option<CircleId>, query: &PageQuery) -> Answer<Page<TransferCard>> {
    let rows = store::transfers_of_business(connection, business, circle, query.below(), query.limit() + 1)?;
    let page = Page::of(rows, query.limit(), |row| row.id);
    Ok(Page { items: cards_of(connection, page.items)?, next_cursor: page.next_cursor })
}

/// Entries with the names of their sides, in two queries for the names.
fn cards_of(connection: &mut AnyConn, rows: Vec<Transfer>) -> Answer<Vec<TransferCard>> {
    let names = names(connection, rows.iter().flat_map(|row| [row.giver_business_id, row.receiver_business_id]))?;
    let card = |row: Transfer| TransferCard {
        id: row.id,
        circle: row.circle_id,
        seq: row.seq,
        giver: named(&names, row.giver_business_id),
        receiver: named(&names, row.receiver_business_id),
        amount: row.amount.credits(),
        kind: row.kind,
        reason: row.reason,
        reverses: row.reverses,
        referral: row.referral_id,
        at: row.at,
        hash: row.hash,
    };
    Ok(rows.into_iter().map(card).collect())
}

/// What passed between a business and each of its partners, by circle and the most first.
pub fn partners_of(connection: &mut AnyConn, business: BusinessId) -> Answer<Vec<PartnerSums>> {
    let flows = store::flows_of(connection, business)?;
    let mut sums: BTreeMap<(CircleId, BusinessId), (i64, i64)> = BTreeMap::new();
    for flow in flows {
        let (partner, gave) = if flow.giver == business { (flow.receiver, true) } else { (flow.giver, false) };
        let entry = sums.entry((flow.circle, partner)).or_default();
        *(if gave { &mut entry.0 } else { &mut entry.1 }) += flow.credits;
    }
    let names = names(connection, sums.keys().map(|(_, partner)| *partner))?;
    let mut list: Vec<PartnerSums> =
        sums.into_iter().map(|((circle, partner), (given, received))| PartnerSums { circle, partner: named(&names, partner), given, received }).collect();
    list.sort_by_key(|row| (std::cmp::Reverse(row.circle), std::cmp::Reverse(row.given + row.received)));
    Ok(list)
}

/// What one member gave another, without what was taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GivenCredits {
    /// Who gave.
    pub giver: BusinessId,
    /// Who received.
    pub receiver: BusinessId,
    /// How many credits.
    pub credits: i64,
}

/// What passed between the members of a circle since a moment, by giver and receiver.
pub fn posted_since(connection: &mut AnyConn, circle: CircleId, since: Timestamp) -> Answer<Vec<GivenCredits>> {
    let flows = store::flows_since(connection, circle, since)?;
    Ok(flows.into_iter().map(|flow| GivenCredits { giver: flow.giver, receiver: flow.receiver, credits: flow.credits }).collect())
}

/// A circle's ledger as this business may see it: an organiser everything, a member its own balance and the sums.
pub fn circle_standing(connection: &mut AnyConn, kept: &Clearings, circle: CircleId, reader: BusinessId) -> Answer<CircleStanding> {
    let membership = active_membership(connection, circle, reader)?;
    let balances = store::balances_in(connection, circle)?;
    let flows = store::flows_in(connection, circle)?;
    let totals = totals(store::head(connection, circle)?.seq, &balances, &flows);
    let own = balance(connection, circle, reader)?;
    let rings = rings::views::rings_of(connection, kept, circle)?;
    let members = if membership.is_organiser { Some(member_balances(connection, circle, &balances, &flows, &rings.standings())?) } else { None };
    Ok(CircleStanding { totals, own, rings: rings.standing(reader), members })
}

/// The last entry of a circle's ledger, for its members.
pub fn ledger_head(connection: &mut AnyConn, circle: CircleId, reader: BusinessId) -> Answer<LedgerHead> {
    active_membership(connection, circle, reader)?;
    let head = store::head(connection, circle)?;
    Ok(LedgerHead { circle, seq: head.seq, hash: head.hash })
}

fn active_membership(connection: &mut AnyConn, circle: CircleId, business: BusinessId) -> Answer<Membership> {
    let found = circles::membership(connection, circle, business)?;
    found.filter(|membership| membership.state == MemberState::Active).ok_or(Failure::NotFound("circle"))
}

fn totals(transfers: i64, balances: &[(BusinessId, Counters)], flows: &[Flow]) -> Totals {
    let givers: BTreeSet<BusinessId> = flows.iter().map(|flow| flow.giver).collect();
    let receivers: BTreeSet<BusinessId> = flows.iter().map(|flow| flow.receiver).collect();
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    Totals {
        transfers,
        credits: flows.iter().fold(0, |sum, flow| sum.saturating_add(flow.credits)),
        pending: balances.iter().fold(0, |sum, (_, counters)| sum.saturating_add(counters.pending_given)),
        givers: count(givers.len()),
        receivers: count(receivers.len()),
        both: count(givers.intersection(&receivers).count()),
    }
}

/// Every member with a balance or a membership, by name.
fn member_balances(
    connection: &mut AnyConn,
    circle: CircleId,
    balances: &[(BusinessId, Counters)],
    flows: &[Flow],
    rings: &BTreeMap<BusinessId, RingStanding>,
) -> Answer<Vec<MemberBalance>> {
    let active: BTreeSet<BusinessId> = circles::active_members(connection, circle)?.into_iter().map(|member| member.business).collect();
    let mut rows: BTreeMap<BusinessId, Counters> = active.iter().map(|business| (*business, Counters::default())).collect();
    rows.extend(balances.iter().copied());
    // By business: partners and credits.
    let (mut given, mut received) = (HashMap::<BusinessId, (u32, i64)>::new(), HashMap::<BusinessId, (u32, i64)>::new());
    for flow in flows {
        for (sums, business) in [(&mut given, flow.giver), (&mut received, flow.receiver)] {
            let (partners, credits) = sums.entry(business).or_default();
            (*partners, *credits) = (*partners + 1, credits.saturating_add(flow.credits));
        }
    }
    let of = |sums: &HashMap<BusinessId, (u32, i64)>, business: BusinessId| sums.get(&business).copied().unwrap_or_default();
    let names = names(connection, rows.keys().copied())?;
    let mut list: Vec<MemberBalance> = rows
        .into_iter()
        .map(|(business, counters)| {
            let ((partners_given_to, standing_given), (partners_received_from, standing_received)) = (of(&given, business), of(&received, business));
            MemberBalance {
                business: named(&names, business),
                is_active: active.contains(&business),
                balance: counters.into(),
                standing_given,
                standing_received,
                rings: rings.get(&business).copied().unwrap_or_default(),
                partners_given_to,
                partners_received_from,
            }
        })
        .collect();
    list.sort_by(|one, other| one.business.name.cmp(&other.business.name).then(one.business.id.cmp(&other.business.id)));
    Ok(list)
}

pub(super) fn names(connection: &mut AnyConn, ids: impl Iterator<Item = BusinessId>) -> Answer<HashMap<BusinessId, String>> {
    let ids: Vec<BusinessId> = ids.collect::<BTreeSet<_>>().into_iter().collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    Ok(businesses::views::cards(connection, &ids)?.into_iter().map(|(id, card)| (id, card.name)).collect())
}

pub(super) fn named(names: &HashMap<BusinessId, String>, id: BusinessId) -> Named {
    Named { id, name: names.get(&id).cloned().unwrap_or_else(|| format!("{:x}", id.raw())) }
}

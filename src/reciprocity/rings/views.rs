//! What members and organisers read of a circle's rings.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use serde::Serialize;

use super::cache::Clearings;
use super::certificate::Certificate;
use super::model::{Batch, CircleRings, RingSums, SETTLEMENT_TRANSFERS_MAX};
use super::standing::{PartnerSums, RingStanding};
use super::store::{self, Behind, SettlementRow};
use crate::businesses::trade::TradeCode;
use crate::circles::policy::Policy;
use crate::circles::views::{self as circles, Membership};
use crate::db::AnyConn;
use crate::kernel::id::{BusinessId, CircleId, ReferralId, SettlementId};
use crate::kernel::{Answer, Failure, Page, PageQuery, Timestamp};
use crate::reciprocity::clearing::{Ring, RingLength};
use crate::reciprocity::hash::LedgerHash;
use crate::reciprocity::model::Head;
use crate::reciprocity::store as ledger;
use crate::reciprocity::views::{Named, named, names};
use crate::referrals;

/// Rings that are shown; all of them are counted, and the certificate has them all.
const RINGS_SHOWN_MAX: usize = 60;
/// Referrals that are named behind one obligation of a ring.
const REFERRALS_SHOWN_MAX: usize = 3;
/// Postings that are looked through for them, the newest first.
const POSTINGS_SEEN_MAX: i64 = 5_000;

/// A referral behind a ring.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct RingReferral {
    /// Its id.
    pub id: ReferralId,
    /// The trade that was needed.
    #[schema(value_type = Option<String>)]
    pub trade: Option<TradeCode>,
    /// What was posted for it and stands.
    pub credits: i64,
    /// When the last of that was posted.
    pub at: Timestamp,
}

/// One obligation of a ring: the creditor gave, the debtor received.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct RingStep {
    /// Who received, and owes.
    pub debtor: BusinessId,
    /// Who gave, and is owed.
    pub creditor: BusinessId,
    /// The newest referrals behind it, as far as the reader may know them.
    pub referrals: Vec<RingReferral>,
}

/// A closed chain of members, each owing the next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct RingView {
    /// Each owes the next, and the last owes the first.
    pub members: Vec<Named>,
    /// The credits that close of each obligation.
    pub amount: i64,
    /// Its obligations, beginning with what the first member owes the second.
    pub steps: Vec<RingStep>,
}

/// How the reader's business stands with one partner when rings are counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct PartnerRings {
    /// The partner.
    pub partner: Named,
    /// What the partner owes, in credits.
    pub owed: i64,
    /// What is owed to the partner.
    pub owes: i64,
    /// `owed − owes`: below zero one looks behind with this partner.
    pub looks: i64,
    /// How much of that rings over others cover; never more than it is.
    pub covered: i64,
    /// How many rings those are.
    pub rings_count: u32,
    /// The others in those rings.
    pub over: Vec<Named>,
}

/// The rings of a circle as the reader may see them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct ClearingView {
    /// The circle.
    pub circle: CircleId,
    /// The number of the last transfer that is counted.
    pub seq: i64,
    /// The ledger's head. A settlement names it.
    pub head: LedgerHash,
    /// Up to how many members the rings had that were closed first; 0 when the most was closed.
    pub ring_length: u8,
    /// What closes and what stays.
    pub sums: RingSums,
    /// Where the reader's business stands.
    pub own: RingStanding,
    /// How it stands with each partner, by the partner's name.
    pub partners: Vec<PartnerRings>,
    /// How many rings the reader may see.
    pub rings_count: u32,
    /// The rings, short ones first, at most 60: for organisers all, for members those of their business.
    pub rings: Vec<RingView>,
    /// Whether the reader may settle.
    pub is_organiser: bool,
}

/// A settlement of a circle's rings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct SettlementView {
    /// Its id.
    pub id: SettlementId,
    /// The number of its first transfer.
    pub first_seq: i64,
    /// The number of its last transfer.
    pub last_seq: i64,
    /// The ring length it was made with.
    pub ring_length: i16,
    /// The credits that were closed.
    pub cleared: i64,
    /// How many rings, pairs included.
    pub rings: i32,
    /// When it was made.
    pub at: Timestamp,
    /// When it was taken back.
    pub undone_at: Option<Timestamp>,
}

impl From<SettlementRow> for SettlementView {
    fn from(row: SettlementRow) -> Self {
        let SettlementRow { id, first_seq, last_seq, ring_length, cleared, rings, at, undone_at, .. } = row;
        Self { id, first_seq, last_seq, ring_length, cleared, rings, at, undone_at }
    }
}

/// What a settlement would post: each debtor gives back to each creditor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// What the rings close.
    pub rings: Arc<CircleRings>,
    /// Debtor, creditor and amount, by the debtor's name.
    pub lines: Vec<(Named, Named, i64)>,
    /// How many of the rings, pairs included, it would close.
    pub rings_count: usize,
    /// The credits it would close.
    pub cleared: i64,
}

/// A circle's rings at its present head: kept in memory, or computed now.
pub fn rings_of(connection: &mut AnyConn, kept: &Clearings, circle: CircleId) -> Answer<Arc<CircleRings>> {
    let ring_length = circles::policy(connection, circle, None)?.1.ring_length();
    let head = ledger::head(connection, circle)?;
    rings_at(connection, kept, circle, head, ring_length)
}

/// Where a business stands in each of these circles when rings are counted: two queries, and one more for each circle whose clearing is
/// not kept.
pub fn standings(connection: &mut AnyConn, kept: &Clearings, ids: &[CircleId], business: BusinessId) -> Answer<HashMap<CircleId, RingStanding>> {
    let policies = circles::policies_in_force(connection, ids)?;
    let heads = ledger::heads(connection, ids)?;
    let standing = |(circle, policy): (CircleId, Policy)| {
        // Without an entry nobody owes anything.
        let Some(head) = heads.get(&circle) else { return Ok((circle, RingStanding::default())) };
        Ok((circle, rings_at(connection, kept, circle, *head, policy.ring_length())?.standing(business)))
    };
    policies.into_iter().map(standing).collect()
}

fn rings_at(connection: &mut AnyConn, kept: &Clearings, circle: CircleId, head: Head, ring_length: RingLength) -> Answer<Arc<CircleRings>> {
    if let Some(found) = kept.get(circle, head, ring_length) {
        return Ok(found);
    }
    let directions = store::directions(connection, circle, head.seq)?;
    let rings = Arc::new(CircleRings::solve(head, ring_length, &directions)?);
    kept.put(circle, &rings);
    Ok(rings)
}

/// The rings of a circle as a member's business may see them.
pub fn clearing(connection: &mut AnyConn, kept: &Clearings, circle: CircleId, reader: Option<BusinessId>) -> Answer<ClearingView> {
    let membership = circles::require_member(connection, circle, reader)?;
    let rings = rings_of(connection, kept, circle)?;
    let business = reader.filter(|business| rings.number_of(*business).is_some());
    let seen = visible(&rings, &membership, business);
    let partners = business.map(|business| rings.partners(business)).unwrap_or_default();
    let names = names(connection, shown_businesses(&rings, &seen, &partners).into_iter())?;
    let behind = match business.filter(|_| !membership.is_organiser) {
        _ if seen.is_empty() => Referrals::default(),
        party => Referrals::behind(connection, circle, party, &gifts(&rings, &seen))?,
    };
    let shown = seen.iter().take(RINGS_SHOWN_MAX).map(|ring| ring_view(&rings, ring, &names, &behind)).collect();
    let mut partners: Vec<PartnerRings> = partners.into_iter().map(|(partner, sums)| partner_view(&rings, business, partner, &sums, &names)).collect();
    partners.sort_by(|one, other| one.partner.name.cmp(&other.partner.name).then(one.partner.id.cmp(&other.partner.id)));
    Ok(ClearingView {
        circle,
        seq: rings.head.seq,
        head: rings.head.hash,
        ring_length: rings.ring_length.get(),
        sums: rings.sums(),
        own: business.map(|business| rings.standing(business)).unwrap_or_default(),
        partners,
        rings_count: u32::try_from(seen.len()).unwrap_or(u32::MAX),
        rings: shown,
        is_organiser: membership.is_organiser,
    })
}

/// Where a business stands in a circle when rings are counted.
pub fn standing(connection: &mut AnyConn, kept: &Clearings, circle: CircleId, business: BusinessId) -> Answer<RingStanding> {
    Ok(rings_of(connection, kept, circle)?.standing(business))
}

/// Where a business stands, with those of its partners with whom rings over others cover something, by name.
pub fn covered(connection: &mut AnyConn, kept: &Clearings, circle: CircleId, business: BusinessId) -> Answer<(RingStanding, Vec<PartnerRings>)> {
    let rings = rings_of(connection, kept, circle)?;
    let sums = rings.partners(business);
    let names = names(connection, shown_businesses(&rings, &[], &sums).into_iter())?;
    let partners = sums.into_iter().map(|(partner, sums)| partner_view(&rings, Some(business), partner, &sums, &names));
    let mut covered: Vec<PartnerRings> = partners.filter(|partner| partner.covered > 0).collect();
    covered.sort_by(|one, other| one.partner.name.cmp(&other.partner.name).then(one.partner.id.cmp(&other.partner.id)));
    Ok((rings.standing(business), covered))
}

/// What everybody owes everybody with the proof of what can close, for organisers.
pub fn certificate(connection: &mut AnyConn, kept: &Clearings, circle: CircleId, reader: Option<BusinessId>) -> Answer<Certificate> {
    circles::require_organiser(connection, circle, reader)?;
    let rings = rings_of(connection, kept, circle)?;
    let names = names(connection, rings.businesses.iter().copied())?;
    Ok(Certificate::of(circle, &rings, &names))
}

/// What a settlement would post now, for organisers.
pub fn proposal(connection: &mut AnyConn, kept: &Clearings, circle: CircleId, reader: Option<BusinessId>) -> Answer<Proposal> {
    circles::require_organiser(connection, circle, reader)?;
    let rings = rings_of(connection, kept, circle)?;
    let Batch { postings, rings_count, cleared } = rings.batch(SETTLEMENT_TRANSFERS_MAX)?;
    let names = names(connection, postings.iter().flat_map(|(debtor, creditor, _)| [*debtor, *creditor]))?;
    let mut lines: Vec<(Named, Named, i64)> =
        postings.into_iter().map(|(debtor, creditor, amount)| (named(&names, debtor), named(&names, creditor), amount.credits())).collect();
    lines.sort_by(|one, other| (&one.0.name, &one.1.name).cmp(&(&other.0.name, &other.1.name)));
    Ok(Proposal { rings, lines, rings_count, cleared })
}

/// The settlements of a circle, newest first, for its members.
pub fn settlements(connection: &mut AnyConn, circle: CircleId, reader: Option<BusinessId>, query: &PageQuery) -> Answer<Page<SettlementView>> {
    circles::require_member(connection, circle, reader)?;
    let rows = store::settlements(connection, circle, query.below(), query.limit() + 1)?;
    Ok(Page::of(rows, query.limit(), |row| row.id).map(SettlementView::from))
}

/// One settlement of a circle, for its members.
pub fn settlement(connection: &mut AnyConn, circle: CircleId, reader: Option<BusinessId>, id: SettlementId) -> Answer<SettlementView> {
    circles::require_member(connection, circle, reader)?;
    store::settlement(connection, circle, id)?.map(SettlementView::from).ok_or(Failure::NotFound("settlement"))
}

/// What a settlement closed for each member: the credits taken off what it owed, which are as many as were taken off what it was owed.
pub fn closed_by(connection: &mut AnyConn, circle: CircleId, id: SettlementId) -> Answer<Vec<(BusinessId, i64)>> {
    let row = store::settlement(connection, circle, id)?.ok_or(Failure::NotFound("settlement"))?;
    let mut closed = BTreeMap::<BusinessId, i64>::new();
    for entry in store::batch(connection, &row)? {
        *closed.entry(entry.giver_business_id).or_default() += entry.amount.credits();
    }
    Ok(closed.into_iter().collect())
}

/// The rings that a member sees.
fn visible<'r>(rings: &'r CircleRings, membership: &Membership, business: Option<BusinessId>) -> Vec<&'r Ring> {
    let own = business.and_then(|business| rings.number_of(business));
    let is_seen = |ring: &&Ring| membership.is_organiser || own.is_some_and(|own| ring.members.contains(&own));
    rings.clearing.rings.iter().filter(is_seen).collect()
}

fn shown_businesses(rings: &CircleRings, seen: &[&Ring], partners: &BTreeMap<BusinessId, PartnerSums>) -> BTreeSet<BusinessId> {
    let mut businesses: BTreeSet<BusinessId> = partners.keys().copied().collect();
    businesses.extend(seen.iter().take(RINGS_SHOWN_MAX).flat_map(|ring| rings.businesses_of(ring)));
    for at in partners.values().flat_map(|sums| sums.rings_owed.iter().chain(&sums.rings_owes)) {
        businesses.extend(rings.clearing.rings.get(*at).into_iter().flat_map(|ring| rings.businesses_of(ring)));
    }
    businesses
}

/// Who gave to whom in the rings that are shown.
fn gifts(rings: &CircleRings, seen: &[&Ring]) -> BTreeSet<(BusinessId, BusinessId)> {
    let business = |number: u32| rings.businesses.get(number as usize).copied();
    let steps = seen.iter().take(RINGS_SHOWN_MAX).flat_map(|ring| ring.steps());
    steps.filter_map(|(debtor, creditor)| Some((business(creditor)?, business(debtor)?))).collect()
}

fn ring_view(rings: &CircleRings, ring: &Ring, names: &HashMap<BusinessId, String>, behind: &Referrals) -> RingView {
    let businesses: Vec<BusinessId> = rings.businesses_of(ring).collect();
    let next = businesses.iter().skip(1).chain(businesses.first());
    let steps = businesses.iter().zip(next).map(|(debtor, creditor)| RingStep {
        debtor: *debtor,
        creditor: *creditor,
        referrals: behind.0.get(&(*creditor, *debtor)).cloned().unwrap_or_default(),
    });
    RingView { members: businesses.iter().map(|business| named(names, *business)).collect(), amount: ring.amount, steps: steps.collect() }
}

fn partner_view(
    rings: &CircleRings,
    business: Option<BusinessId>,
    partner: BusinessId,
    sums: &PartnerSums,
    names: &HashMap<BusinessId, String>,
) -> PartnerRings {
    let looks = sums.owed - sums.owes;
    let (in_rings, through) = if looks < 0 { (sums.owes_in_rings, &sums.rings_owes) } else { (sums.owed_in_rings, &sums.rings_owed) };
    let covered = in_rings.min(looks.abs());
    let others = through.iter().filter_map(|at| rings.clearing.rings.get(*at)).flat_map(|ring| rings.businesses_of(ring));
    let over: BTreeSet<BusinessId> = others.filter(|other| *other != partner && Some(*other) != business).collect();
    let over = if covered > 0 { over.into_iter().map(|other| named(names, other)).collect() } else { Vec::new() };
    let rings_count = if covered > 0 { u32::try_from(through.len()).unwrap_or(u32::MAX) } else { 0 };
    PartnerRings { partner: named(names, partner), owed: sums.owed, owes: sums.owes, looks, covered, rings_count, over }
}

/// The newest referrals by giver and receiver.
#[derive(Default)]
struct Referrals(HashMap<(BusinessId, BusinessId), Vec<RingReferral>>);

impl Referrals {
    /// Those of the circle, or of one business in it.
    fn behind(connection: &mut AnyConn, circle: CircleId, party: Option<BusinessId>, wanted: &BTreeSet<(BusinessId, BusinessId)>) -> Answer<Self> {
        let rows = store::behind(connection, circle, party, POSTINGS_SEEN_MAX)?;
        let mut found: HashMap<(BusinessId, BusinessId), Vec<RingReferral>> = HashMap::new();
        for Behind { giver, receiver, referral, credits, at } in rows {
            let Some(id) = referral.filter(|_| wanted.contains(&(giver, receiver))) else { continue };
            let list = found.entry((giver, receiver)).or_default();
            match list.iter().position(|known| known.id == id) {
                Some(known) => list[known].credits += credits,
                None if list.len() < REFERRALS_SHOWN_MAX => list.push(RingReferral { id, trade: None, credits, at }),
                None => {}
            }
        }
        let ids: Vec<ReferralId> = found.values().flatten().map(|referral| referral.id).collect();
        let trades = referrals::views::trades(connection, &ids)?;
        for referral in found.values_mut().flatten() {
            referral.trade = trades.get(&referral.id).copied();
        }
        Ok(Self(found))
    }
}

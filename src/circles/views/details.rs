//! One circle in detail: as a stranger, a member or an organiser sees it.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{CircleCard, Membership, invitations_of, membership, read_policy};
use crate::businesses;
use crate::businesses::trade::TradeCode;
use crate::circles::model::{CircleKind, MEMBERS_MAX, MemberState};
use crate::circles::policy::Policy;
use crate::circles::store::{self, MemberRow};
use crate::db::AnyConn;
use crate::kernel::id::{BusinessId, CircleId, MemberId, PersonId};
use crate::kernel::{Answer, Failure, Language, Page, PageQuery, Timestamp};

/// A circle as the caller may see it.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct CircleDetail {
    /// Its id.
    pub id: CircleId,
    /// Value chain or networking.
    pub kind: CircleKind,
    /// Its name.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// Whether strangers may apply.
    pub open_to_applications: bool,
    /// Where the caller's business stands in it.
    pub membership: Option<Membership>,
    /// What only members see.
    pub inside: Option<CircleInside>,
}

/// What only the members of a circle see of it.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct CircleInside {
    /// The language of its mails to those whose language is not known.
    pub language: Language,
    /// Its time zone (IANA name).
    pub time_zone: String,
    /// The version of its policy that is in force.
    pub policy_version: i32,
    /// How many active members it has.
    pub members_count: i64,
    /// When it was founded.
    pub created_at: Timestamp,
    /// Rises with every edit of the circle or its links; send it as If-Match.
    pub version: i32,
}

/// A circle for one who may know of it; for all others it does not exist.
pub fn detail(conn: &mut AnyConn, id: CircleId, business: Option<BusinessId>, now: Timestamp) -> Answer<CircleDetail> {
    let row = store::circle(conn, id)?.ok_or(Failure::NotFound("circle"))?;
    let own = business.map_or(Ok(None), |business| membership(conn, id, business))?;
    let own = own.filter(|own| !own.state.is_over());
    let invited = match business {
        Some(business) if own.is_none() && !row.open_to_applications => invitations_of(conn, business, now)?.iter().any(|card| card.id == id),
        _ => false,
    };
    if own.is_none() && !row.open_to_applications && !invited {
        return Err(Failure::NotFound("circle"));
    }
    let inside = if own.is_some_and(|own| own.state == MemberState::Active) {
        Some(CircleInside {
            language: row.language,
            time_zone: row.time_zone,
            policy_version: row.policy_version,
            members_count: store::count_members(conn, id, &[MemberState::Active])?,
            created_at: row.created_at,
            version: row.version,
        })
    } else {
        None
    };
    Ok(CircleDetail {
        id,
        kind: row.kind,
        name: row.name,
        description: row.description,
        open_to_applications: row.open_to_applications,
        membership: own,
        inside,
    })
}

/// The caller's active membership; for all others the circle does not exist.
pub fn require_member(conn: &mut AnyConn, id: CircleId, business: Option<BusinessId>) -> Answer<Membership> {
    let own = business.map_or(Ok(None), |business| membership(conn, id, business))?;
    own.filter(|own| own.state == MemberState::Active).ok_or(Failure::NotFound("circle"))
}

/// The same, for what only organisers may see.
pub fn require_organiser(conn: &mut AnyConn, id: CircleId, business: Option<BusinessId>) -> Answer<Membership> {
    let own = require_member(conn, id, business)?;
    if own.is_organiser { Ok(own) } else { Err(Failure::forbidden("organiser_only", "only an organiser of the circle may see this")) }
}

/// A circle as everybody who may know of it sees it in a list.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct CircleSummary {
    /// Its id.
    pub id: CircleId,
    /// Value chain or networking.
    pub kind: CircleKind,
    /// Its name.
    pub name: String,
    /// What it is for.
    pub description: String,
}

impl From<CircleCard> for CircleSummary {
    fn from(card: CircleCard) -> Self {
        Self { id: card.id, kind: card.kind, name: card.name, description: card.description }
    }
}

/// Circles that strangers may apply to, newest first.
pub fn open_circles(conn: &mut AnyConn, query: &PageQuery) -> Answer<Page<CircleSummary>> {
    let rows = store::open_circles(conn, query.below(), query.limit())?;
    Ok(Page::of(rows, query.limit(), |row| row.id).map(|row| CircleCard::from(row).into()))
}

/// A member or applicant.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct MemberView {
    /// The membership's id.
    pub id: MemberId,
    /// The business.
    pub business: BusinessId,
    /// Its name.
    pub name: String,
    /// The trade with which it is (or wants to be) a member.
    pub trade: TradeCode,
    /// Where it stands.
    pub state: MemberState,
    /// Whether it organises the circle.
    pub is_organiser: bool,
    /// The words of its application; for organisers only.
    pub words: Option<String>,
    /// When it applied.
    pub applied_at: Timestamp,
    /// When it became a member.
    pub joined_at: Option<Timestamp>,
    /// Since when it may neither pass nor receive; for organisers only.
    pub suspended_at: Option<Timestamp>,
}

/// A page of the members in one state, newest first. Everything but active members is for organisers.
pub fn members(conn: &mut AnyConn, id: CircleId, reader: &Membership, state: MemberState, query: &PageQuery) -> Answer<Page<MemberView>> {
    if state != MemberState::Active && !reader.is_organiser {
        return Err(Failure::forbidden("organiser_only", "only an organiser sees who applied, waits or left"));
    }
    let rows = store::page_of_members(conn, id, state, query.below(), query.limit())?;
    let page = Page::of(rows, query.limit(), |row| row.id);
    Ok(Page { items: shown(conn, page.items, reader.is_organiser)?, next_cursor: page.next_cursor })
}

fn shown(conn: &mut AnyConn, rows: Vec<MemberRow>, to_organiser: bool) -> Answer<Vec<MemberView>> {
    let ids: Vec<BusinessId> = rows.iter().map(|row| row.business_id).collect();
    let cards = businesses::views::cards(conn, &ids)?;
    let views = rows.into_iter().filter_map(|row| {
        let name = cards.get(&row.business_id)?.name.clone();
        Some(MemberView {
            id: row.id,
            business: row.business_id,
            name,
            trade: row.trade,
            state: row.state,
            is_organiser: row.is_organiser,
            words: row.words.filter(|_| to_organiser),
            applied_at: row.applied_at,
            joined_at: row.joined_at,
            suspended_at: row.suspended_at.filter(|_| to_organiser),
        })
    });
    Ok(views.collect())
}

/// A trade's place in a networking circle.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct Seat {
    /// The trade.
    pub trade: TradeCode,
    /// The business that holds it; null when it is free.
    pub holder: Option<MemberView>,
    /// How many wait for it.
    pub waiting_count: usize,
    /// Who waits, the longest waiting first; for organisers only.
    pub waiting: Vec<MemberView>,
}

/// The seats of a networking circle, by trade: those that its organisers named, and those that are held or waited for.
pub fn seats(conn: &mut AnyConn, id: CircleId, reader: &Membership) -> Answer<Vec<Seat>> {
    if super::circle(conn, id)?.kind != CircleKind::Networking {
        return Err(Failure::conflict("not_a_networking_circle", "only a networking circle has seats"));
    }
    let rows = store::members_in(conn, id, &[MemberState::Active, MemberState::Waiting], MEMBERS_MAX)?;
    let free = |trade| Seat { trade, holder: None, waiting_count: 0, waiting: Vec::new() };
    let mut seats: BTreeMap<TradeCode, Seat> = store::wanted_seats(conn, id)?.into_iter().map(|trade| (trade, free(trade))).collect();
    for member in shown(conn, rows, reader.is_organiser)? {
        let seat = seats.entry(member.trade).or_insert_with(|| free(member.trade));
        if member.state == MemberState::Active {
            seat.holder = Some(member);
        } else {
            seat.waiting_count += 1;
            seat.waiting.push(member);
        }
    }
    let mut seats: Vec<Seat> = seats.into_values().collect();
    for seat in &mut seats {
        seat.waiting.sort_by_key(|member| member.applied_at);
        if !reader.is_organiser {
            seat.waiting.clear();
        }
    }
    Ok(seats)
}

/// The trades that organisers of a networking circle gave a seat, by their codes; none for a value chain.
pub fn wanted_seats(conn: &mut AnyConn, id: CircleId) -> Answer<Vec<TradeCode>> {
    store::wanted_seats(conn, id)
}

/// A version of a circle's policy.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct PolicyVersion {
    /// Its number.
    pub version: i32,
    /// Since when.
    pub created_at: Timestamp,
    /// Who put it in force.
    pub created_by: Option<PersonId>,
    /// The rules.
    pub policy: Policy,
}

/// The versions of a circle's policy, newest first. The cursor is the last version seen.
pub fn policy_versions(conn: &mut AnyConn, id: CircleId, query: &PageQuery) -> Answer<Page<PolicyVersion>> {
    policy_history(conn, id, query).map(|(page, _)| page)
}

/// The same with the rules before the oldest of the page, so that what each version changed can be told.
pub fn policy_history(conn: &mut AnyConn, id: CircleId, query: &PageQuery) -> Answer<(Page<PolicyVersion>, Option<Policy>)> {
    let below = query.cursor.as_deref().and_then(|text| text.parse().ok()).unwrap_or(i32::MAX);
    let mut rows = store::policies(conn, id, below, query.limit() + 1)?;
    let before = rows.split_off(rows.len().min(query.limit()));
    let before = before.first().map(|row| read_policy(id, row)).transpose()?;
    let next_cursor = rows.last().filter(|_| before.is_some()).map(|row| row.version.to_string());
    let version = |row: store::PolicyRow| {
        let policy = read_policy(id, &row)?;
        Ok(PolicyVersion { version: row.version, created_at: row.created_at, created_by: row.created_by, policy })
    };
    Ok((Page { items: rows.into_iter().map(version).collect::<Answer<_>>()?, next_cursor }, before))
}

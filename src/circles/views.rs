//! What others may know of circles.
//!
//! Members see their circle whole. Others see name, kind and description where they may apply, have applied or are invited;
//! otherwise the circle does not exist for them.

mod details;
mod invitations;
mod place;

use std::collections::HashMap;

use serde::Serialize;

use super::model::{CircleKind, Links, MemberState};
use super::policy::Policy;
use super::store::{self, CircleRow};
use crate::businesses;
use crate::businesses::trade::TradeCode;
use crate::db::AnyConn;
use crate::kernel::id::{BusinessId, CircleId, MemberId};
use crate::kernel::{Answer, Failure, Language, Timestamp};

pub use details::{
    CircleDetail, CircleInside, CircleSummary, MemberView, PolicyVersion, Seat, detail, members, open_circles, policy_history, policy_versions, require_member,
    require_organiser, seats, wanted_seats,
};
pub use invitations::{InvitationFacts, InvitationView, Invited, invitation, invitations_of, invited, inviting_circles, link_path, working_invitations};
pub use place::{Place, place};

/// A circle in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct CircleCard {
    /// Its id.
    pub id: CircleId,
    /// Value chain or networking.
    pub kind: CircleKind,
    /// Its name.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// The language of its mails to those whose language is not known.
    pub language: Language,
    /// Its time zone (IANA name).
    pub time_zone: String,
    /// The version of its policy that is in force.
    pub policy_version: i32,
}

impl From<CircleRow> for CircleCard {
    fn from(row: CircleRow) -> Self {
        Self {
            id: row.id,
            kind: row.kind,
            name: row.name,
            description: row.description,
            language: row.language,
            time_zone: row.time_zone,
            policy_version: row.policy_version,
        }
    }
}

/// Where a business stands in a circle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Membership {
    /// The membership's id.
    pub member: MemberId,
    /// Applied, waiting, active or over.
    pub state: MemberState,
    /// Whether the business organises the circle.
    pub is_organiser: bool,
    /// The trade with which it is (or wants to be) a member.
    pub trade: TradeCode,
    /// Whether it may neither pass nor receive at present.
    pub is_suspended: bool,
}

/// An active member in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct MemberCard {
    /// The business.
    pub business: BusinessId,
    /// Its name.
    pub name: String,
    /// The trade with which it is a member.
    pub trade: TradeCode,
    /// Whether it organises the circle.
    pub is_organiser: bool,
    /// Since when.
    pub joined_at: Timestamp,
    /// Whether it may neither pass nor receive at present; not for other members.
    #[serde(skip)]
    pub is_suspended: bool,
}

/// One circle.
pub fn circle(conn: &mut AnyConn, id: CircleId) -> Answer<CircleCard> {
    store::circle(conn, id)?.map(CircleCard::from).ok_or(Failure::NotFound("circle"))
}

/// The names of circles, in one query; none when no id is given.
pub fn names(conn: &mut AnyConn, ids: &[CircleId]) -> Answer<Vec<(CircleId, String)>> {
    if ids.is_empty() { Ok(Vec::new()) } else { store::names(conn, ids) }
}

/// A version of a circle's policy, or the one in force.
pub fn policy(conn: &mut AnyConn, id: CircleId, version: Option<i32>) -> Answer<(i32, Policy)> {
    let version = match version {
        Some(version) => version,
        None => circle(conn, id)?.policy_version,
    };
    let row = store::policy(conn, id, version)?.ok_or(Failure::NotFound("version of the policy"))?;
    Ok((row.version, read_policy(id, &row)?))
}

/// The policies in force of these circles, in one query; none when no id is given.
pub fn policies_in_force(conn: &mut AnyConn, ids: &[CircleId]) -> Answer<HashMap<CircleId, Policy>> {
    let rows = if ids.is_empty() { Vec::new() } else { store::policies_in_force(conn, ids)? };
    rows.into_iter().map(|(id, row)| Ok((id, read_policy(id, &row)?))).collect()
}

pub(super) fn read_policy(id: CircleId, row: &store::PolicyRow) -> Answer<Policy> {
    Policy::stored(&row.body).map_err(|error| Failure::internal(format!("policy {} of {id}: {error}", row.version)))
}

/// Where a business stands in a circle, if it ever had to do with it.
pub fn membership(conn: &mut AnyConn, id: CircleId, business: BusinessId) -> Answer<Option<Membership>> {
    let row = store::membership(conn, id, business)?;
    Ok(row.map(|row| Membership {
        member: row.id,
        state: row.state,
        is_organiser: row.is_organiser,
        trade: row.trade,
        is_suspended: row.suspended_at.is_some(),
    }))
}

/// The businesses that are active members, the oldest member first, in one query.
pub fn active_businesses(conn: &mut AnyConn, id: CircleId) -> Answer<Vec<BusinessId>> {
    Ok(store::members_in(conn, id, &[MemberState::Active], super::model::MEMBERS_MAX)?.into_iter().map(|row| row.business_id).collect())
}

/// Which of these businesses are active members, and whether each is suspended, in one query.
pub fn active_among(conn: &mut AnyConn, id: CircleId, businesses: &[BusinessId]) -> Answer<HashMap<BusinessId, bool>> {
    Ok(store::active_among(conn, id, businesses)?.into_iter().collect())
}

/// Which of these businesses are active members of which of these circles, and whether each organises it, in one query.
pub fn active_in(conn: &mut AnyConn, circles: &[CircleId], businesses: &[BusinessId]) -> Answer<Vec<(CircleId, BusinessId, bool)>> {
    store::active_in(conn, circles, businesses)
}

/// The active members, the oldest first, in three queries. A circle has a bounded number of them.
pub fn active_members(conn: &mut AnyConn, id: CircleId) -> Answer<Vec<MemberCard>> {
    let rows = store::members_in(conn, id, &[MemberState::Active], super::model::MEMBERS_MAX)?;
    let ids: Vec<BusinessId> = rows.iter().map(|row| row.business_id).collect();
    let mut cards = businesses::views::cards(conn, &ids)?;
    let cards = rows.into_iter().filter_map(|row| {
        let name = cards.remove(&row.business_id)?.name;
        let joined_at = row.joined_at.unwrap_or(row.applied_at);
        let is_suspended = row.suspended_at.is_some();
        Some(MemberCard { business: row.business_id, name, trade: row.trade, is_organiser: row.is_organiser, joined_at, is_suspended })
    });
    Ok(cards.collect())
}

/// The businesses that organise a circle.
pub fn organisers(conn: &mut AnyConn, id: CircleId) -> Answer<Vec<BusinessId>> {
    store::organisers(conn, id)
}

/// The circles in which a business is an active member, newest first.
pub fn circles_of(conn: &mut AnyConn, business: BusinessId) -> Answer<Vec<CircleCard>> {
    Ok(store::circles_of(conn, business)?.into_iter().map(CircleCard::from).collect())
}

/// The circles that a business organises, the newest first.
pub fn organised_by(conn: &mut AnyConn, business: BusinessId) -> Answer<Vec<CircleCard>> {
    Ok(store::organised_by(conn, business)?.into_iter().map(CircleCard::from).collect())
}

/// How many applications wait in these circles, in one query; for their organisers.
pub fn applications_in(conn: &mut AnyConn, circles: &[CircleId]) -> Answer<HashMap<CircleId, i64>> {
    if circles.is_empty() { Ok(HashMap::new()) } else { Ok(store::applications_in(conn, circles)?.into_iter().collect()) }
}

/// A membership, for the business whose it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct OwnMembership {
    /// The membership's id.
    pub id: MemberId,
    /// The circle.
    pub circle: CircleId,
    /// Its name.
    pub circle_name: String,
    /// Applied, waiting, active or over.
    pub state: MemberState,
    /// Whether the business organises the circle.
    pub is_organiser: bool,
    /// The trade with which it is (or wants to be) a member.
    pub trade: TradeCode,
    /// The words of its application.
    pub words: Option<String>,
    /// When it applied.
    pub applied_at: Timestamp,
    /// When it became a member.
    pub joined_at: Option<Timestamp>,
    /// When it left, or was refused or removed.
    pub ended_at: Option<Timestamp>,
    /// Since when it may neither pass nor receive.
    pub suspended_at: Option<Timestamp>,
}

/// The circles that would be left without an organiser if a business went while others are members.
pub fn orphaned_by(conn: &mut AnyConn, business: BusinessId) -> Answer<Vec<CircleCard>> {
    let members = store::members_beside(conn, business)?;
    let others = |circle: CircleId| members.iter().filter(move |(id, other, _)| *id == circle && *other != business);
    let mut orphaned: Vec<CircleId> =
        members.iter().map(|(id, ..)| *id).filter(|id| others(*id).count() > 0 && !others(*id).any(|(.., organises)| *organises)).collect();
    orphaned.dedup();
    // A business organises a bounded number of circles, and nearly always one.
    orphaned.into_iter().map(|id| circle(conn, id)).collect()
}

/// Every membership of a business, also those that are over, in one query; for its own people.
pub fn memberships_of(conn: &mut AnyConn, business: BusinessId) -> Answer<Vec<OwnMembership>> {
    let own = |(row, circle_name): (store::MemberRow, String)| OwnMembership {
        id: row.id,
        circle: row.circle_id,
        circle_name,
        state: row.state,
        is_organiser: row.is_organiser,
        trade: row.trade,
        words: row.words,
        applied_at: row.applied_at,
        joined_at: row.joined_at,
        ended_at: row.ended_at,
        suspended_at: row.suspended_at,
    };
    Ok(store::memberships_of(conn, business)?.into_iter().map(own).collect())
}

/// The trades that follow one in a value chain, the next first.
pub fn next_links(conn: &mut AnyConn, id: CircleId, trade: TradeCode) -> Answer<Vec<TradeCode>> {
    Ok(links(conn, id)?.after(trade))
}

/// The links of a value chain in their order; none for a networking circle.
pub fn links(conn: &mut AnyConn, id: CircleId) -> Answer<Links> {
    Links::of(store::links(conn, id)?).map_err(|problem| Failure::internal(format!("links of {id}: {problem}")))
}

/// The trades with which a business is, or wants to be, a member somewhere.
pub fn trades_in_use(conn: &mut AnyConn, business: BusinessId) -> Answer<Vec<TradeCode>> {
    store::trades_in_use(conn, business)
}

//! Invitations: for the mail, for the holder of the link, for organisers.

use serde::Serialize;

use super::{CircleCard, circle};
use crate::capabilities::{self, Purpose};
use crate::circles::model::InvitationKind;
use crate::circles::store::invitations;
use crate::db::AnyConn;
use crate::kernel::id::{BusinessId, CapabilityId, CircleId, Identifier, InvitationId, PersonId};
use crate::kernel::{Answer, EmailAddress, Failure, Page, PageQuery, Secret, Timestamp};
use crate::{accounts, businesses};

/// An invitation, for the mail that carries its link.
#[derive(Debug, Clone)]
pub struct InvitationFacts {
    /// To which circle.
    pub circle: CircleCard,
    /// To whom; none for a link, or once it was used.
    pub email: Option<String>,
    /// What the inviter says.
    pub words: Option<String>,
    /// The link.
    pub capability: CapabilityId,
    /// Who invites.
    pub invited_by: PersonId,
    /// Until when it works.
    pub expires_at: Timestamp,
}

/// The facts of an invitation.
pub fn invitation(conn: &mut AnyConn, id: InvitationId) -> Answer<InvitationFacts> {
    let row = invitations::find(conn, id)?.ok_or(Failure::NotFound("invitation"))?;
    Ok(InvitationFacts {
        circle: circle(conn, row.circle_id)?,
        email: row.email,
        words: row.words,
        capability: row.capability_id,
        invited_by: row.invited_by,
        expires_at: row.expires_at,
    })
}

/// What the holder of an invitation's link sees.
#[derive(Debug, Clone)]
pub struct Invited {
    /// The circle.
    pub circle: CircleCard,
    /// Who invites.
    pub inviter: String,
    /// His business.
    pub inviter_business: Option<String>,
    /// What he says.
    pub words: Option<String>,
    /// Whether the link still lets somebody in.
    pub works: bool,
}

/// The invitation behind a link. A link that was taken back or ran out leads nowhere; one that was used tells so.
pub fn invited(conn: &mut AnyConn, token: &str, now: Timestamp) -> Answer<Invited> {
    let link = capabilities::find(conn, Purpose::JoinCircle, token, now)?;
    let row = invitations::find(conn, InvitationId::from_raw(link.subject_id))?.filter(|row| row.revoked_at.is_none());
    let row = row.ok_or(Failure::NotFound("invitation"))?;
    let inviter = accounts::views::person(conn, row.invited_by)?;
    let business = inviter.business.map(|id| businesses::views::card(conn, id)).transpose()?;
    let works = row.works(now);
    Ok(Invited { circle: circle(conn, row.circle_id)?, inviter: inviter.name, inviter_business: business.map(|card| card.name), words: row.words, works })
}

/// The circles that invite one of these (normalised) addresses by an invitation that still works.
pub fn inviting_circles(conn: &mut AnyConn, addresses: &[String], now: Timestamp) -> Answer<Vec<CircleCard>> {
    Ok(invitations::inviting(conn, addresses, now)?.into_iter().map(CircleCard::from).collect())
}

/// The circles that invite a business's people by mail.
pub fn invitations_of(conn: &mut AnyConn, business: BusinessId, now: Timestamp) -> Answer<Vec<CircleCard>> {
    let people = accounts::views::people_of(conn, business)?;
    let addresses = people.iter().filter_map(|person| EmailAddress::parse(&person.email).ok()).map(|address| address.normalised().to_owned());
    inviting_circles(conn, &addresses.collect::<Vec<_>>(), now)
}

/// An invitation that works, as organisers see it.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct InvitationView {
    /// Its id.
    pub id: InvitationId,
    /// By mail or by link.
    pub kind: InvitationKind,
    /// To whom, when by mail.
    pub email: Option<String>,
    /// What the inviter said.
    pub words: Option<String>,
    /// The path of the link to pass on; null for an invitation by mail, whose link is the recipient's alone.
    pub link_path: Option<String>,
    /// How many may still use it.
    pub uses_left: i32,
    /// When it was made.
    pub created_at: Timestamp,
    /// Until when it works.
    pub expires_at: Timestamp,
}

/// A page of the invitations of a circle that work, newest first. For organisers.
pub fn working_invitations(conn: &mut AnyConn, id: CircleId, now: Timestamp, query: &PageQuery, secret: &Secret) -> Answer<Page<InvitationView>> {
    let rows = invitations::working(conn, id, now, query.below(), query.limit())?;
    let page = Page::of(rows, query.limit(), |row| row.id);
    let mut items = Vec::with_capacity(page.items.len());
    for row in page.items {
        let link_path = path_of(conn, &row, secret)?;
        items.push(InvitationView {
            id: row.id,
            kind: row.kind,
            email: row.email,
            words: row.words,
            link_path,
            uses_left: row.uses_left,
            created_at: row.created_at,
            expires_at: row.expires_at,
        });
    }
    Ok(Page { items, next_cursor: page.next_cursor })
}

/// The path of a link to pass on; none for an invitation by mail. For organisers.
pub fn link_path(conn: &mut AnyConn, id: InvitationId, secret: &Secret) -> Answer<Option<String>> {
    let row = invitations::find(conn, id)?.ok_or(Failure::NotFound("invitation"))?;
    path_of(conn, &row, secret)
}

/// Links are few; most invitations go by mail and need no query here.
fn path_of(conn: &mut AnyConn, row: &invitations::InvitationRow, secret: &Secret) -> Answer<Option<String>> {
    match row.kind {
        InvitationKind::Link => Ok(Some(capabilities::by_id(conn, row.capability_id)?.link_path(secret))),
        InvitationKind::Mail => Ok(None),
    }
}

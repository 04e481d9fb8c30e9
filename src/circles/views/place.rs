//! A circle as the frame of its pages names it.

use super::{Answer, AnyConn, BusinessId, CircleId, MemberState, circle, membership};

/// A circle, and what its reader is in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The circle.
    pub id: CircleId,
    /// Its name.
    pub name: String,
    /// Whether the reader's business is an active member.
    pub is_member: bool,
    /// Whether it organises the circle.
    pub is_organiser: bool,
}

/// The circle for a page whose reader was already found to be allowed to read it. Two queries.
pub fn place(conn: &mut AnyConn, id: CircleId, business: Option<BusinessId>) -> Answer<Place> {
    let name = circle(conn, id)?.name;
    let own = business.map_or(Ok(None), |business| membership(conn, id, business))?;
    let own = own.filter(|own| own.state == MemberState::Active);
    Ok(Place { id, name, is_member: own.is_some(), is_organiser: own.is_some_and(|own| own.is_organiser) })
}

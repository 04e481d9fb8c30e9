//! Invitations of colleagues.

use diesel::prelude::*;

use crate::db::schema::colleague_invitation;
use crate::db::{AnyConn, Tx};
use crate::kernel::actor::PersonRole;
use crate::kernel::clock::Timestamp;
use crate::kernel::id::{BusinessId, InvitationId, PersonId};
use crate::kernel::{Answer, Failure};

/// An invitation as it is stored.
#[derive(Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = colleague_invitation)]
pub(in crate::accounts) struct InvitationRow {
    pub id: InvitationId,
    pub business_id: BusinessId,
    pub email: String,
    pub email_normalised: String,
    pub role: PersonRole,
    pub invited_by: PersonId,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
    pub accepted_at: Option<Timestamp>,
    pub revoked_at: Option<Timestamp>,
}

impl InvitationRow {
    /// Whether it can still be accepted.
    pub fn is_open(&self, now: Timestamp) -> bool {
        self.accepted_at.is_none() && self.revoked_at.is_none() && now < self.expires_at
    }
}

pub(in crate::accounts) fn insert(tx: &mut Tx<'_>, row: InvitationRow) -> Answer<()> {
    diesel::insert_into(colleague_invitation::table).values(row).execute(&mut **tx)?;
    Ok(())
}

pub(in crate::accounts) fn by_id(connection: &mut AnyConn, id: InvitationId) -> Answer<InvitationRow> {
    let found = colleague_invitation::table.find(id).select(InvitationRow::as_select()).first(connection).optional()?;
    found.ok_or(Failure::NotFound("invitation"))
}

/// The open invitations of a business, the newest first.
pub(in crate::accounts) fn open_of(connection: &mut AnyConn, business: BusinessId, now: Timestamp) -> Answer<Vec<InvitationRow>> {
    Ok(colleague_invitation::table
        .filter(colleague_invitation::business_id.eq(business).and(colleague_invitation::expires_at.gt(now)))
        .filter(colleague_invitation::accepted_at.is_null().and(colleague_invitation::revoked_at.is_null()))
        .order(colleague_invitation::id.desc())
        .select(InvitationRow::as_select())
        .load(connection)?)
}

pub(in crate::accounts) fn accept(tx: &mut Tx<'_>, id: InvitationId) -> Answer<()> {
    let now = tx.now();
    diesel::update(colleague_invitation::table.filter(colleague_invitation::id.eq(id))).set(colleague_invitation::accepted_at.eq(now)).execute(&mut **tx)?;
    Ok(())
}

pub(in crate::accounts) fn revoke(tx: &mut Tx<'_>, id: InvitationId) -> Answer<()> {
    let now = tx.now();
    diesel::update(colleague_invitation::table.filter(colleague_invitation::id.eq(id))).set(colleague_invitation::revoked_at.eq(now)).execute(&mut **tx)?;
    Ok(())
}

/// The businesses that invited an address and did not take it back, whether it was accepted or not.
pub(in crate::accounts) fn inviting(connection: &mut AnyConn, email_normalised: &str) -> Answer<Vec<BusinessId>> {
    Ok(colleague_invitation::table
        .filter(colleague_invitation::email_normalised.eq(email_normalised).and(colleague_invitation::revoked_at.is_null()))
        .select(colleague_invitation::business_id)
        .distinct()
        .load(connection)?)
}

/// Forgets whom a business ever invited.
pub(in crate::accounts) fn forget_addresses(tx: &mut Tx<'_>, business: BusinessId) -> Answer<()> {
    diesel::update(colleague_invitation::table.filter(colleague_invitation::business_id.eq(business)))
        .set((colleague_invitation::email.eq(""), colleague_invitation::email_normalised.eq("")))
        .execute(&mut **tx)?;
    Ok(())
}

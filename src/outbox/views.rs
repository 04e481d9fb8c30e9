//! What others may know of mails.

use diesel::prelude::*;

use super::{MailKind, MailStatus};
use crate::db::AnyConn;
use crate::db::schema::mail;
use crate::kernel::clock::Timestamp;
use crate::kernel::id::{Identifier, MailId, ReferralId};
use crate::kernel::{Answer, Failure, KeyedHash, Page, PageQuery};

/// The address whose reminders a stop link ends: the link's subject is the mail that carried it.
pub(super) fn address_of(connection: &mut AnyConn, subject_id: i64) -> Answer<KeyedHash> {
    let found = mail::table.find(MailId::from_raw(subject_id)).select(mail::recipient_key);
    found.first(connection).optional()?.ok_or(Failure::NotFound("link"))
}

/// What became of a mail. Never what it says, nor to whom it went.
#[derive(Debug, Clone, Queryable, Selectable, serde::Serialize, utoipa::ToSchema)]
#[diesel(table_name = mail)]
pub struct MailFate {
    /// Its id.
    pub id: MailId,
    /// What it is.
    pub kind: MailKind,
    /// Where it stands.
    pub status: MailStatus,
    /// How often a worker took it.
    pub attempts: i32,
    /// Whether it was sent a second time because its fate was unknown.
    pub resent: bool,
    /// When it was written.
    pub created_at: Timestamp,
    /// When its fate was settled.
    pub finished_at: Option<Timestamp>,
}

/// The fate of a referral's mails, the newest first.
pub fn of_referral(connection: &mut AnyConn, referral: ReferralId, below: MailId, limit: i64) -> Answer<Vec<MailFate>> {
    let rows = mail::table.filter(mail::referral_id.eq(referral).and(mail::id.lt(below))).order(mail::id.desc());
    Ok(rows.limit(limit).select(MailFate::as_select()).load(connection)?)
}

/// The fate of the mails to an address, the newest first.
pub fn to_address(connection: &mut AnyConn, address: &KeyedHash, query: &PageQuery) -> Answer<Page<MailFate>> {
    let rows = mail::table.filter(mail::recipient_key.eq(address).and(mail::id.lt(query.below::<MailId>()))).order(mail::id.desc());
    let rows = rows.limit(i64::try_from(query.limit() + 1).unwrap_or(i64::MAX)).select(MailFate::as_select()).load(connection)?;
    Ok(Page::of(rows, query.limit(), |row: &MailFate| row.id))
}

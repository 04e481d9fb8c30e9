//! The SQL of the development mailbox.

use diesel::prelude::*;

use crate::db::schema::{mail, mailbox_message};
use crate::db::{AnyConn, Tx};
use crate::kernel::clock::Timestamp;
use crate::kernel::id::MailId;
use crate::kernel::{Answer, EmailAddress, Failure};
use crate::outbox::compose::Composed;
use crate::outbox::{MailKind, MailStatus};

/// A mail as the mailbox lists it.
#[derive(Debug, Clone, Queryable)]
pub struct Kept {
    /// The mail.
    pub id: MailId,
    /// When it came.
    pub received_at: Timestamp,
    /// For whom (normalised).
    pub recipient: String,
    /// What it says first.
    pub subject: String,
    /// Which template.
    pub kind: MailKind,
    /// Its fate.
    pub status: MailStatus,
}

/// Keeps a message.
pub fn keep(tx: &mut Tx<'_>, id: MailId, composed: &Composed) -> Answer<()> {
    let raw = std::str::from_utf8(composed.bytes.as_bytes()).map_err(|error| Failure::internal(format!("mail {id}: {error}")))?;
    let now = tx.now();
    diesel::insert_into(mailbox_message::table)
        .values((
            mailbox_message::mail_id.eq(id),
            mailbox_message::received_at.eq(now),
            mailbox_message::recipient_email.eq(normalised(composed.recipient.as_ref())),
            mailbox_message::subject.eq(&composed.subject),
            mailbox_message::raw.eq(raw),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// What came, newest first; for one recipient, or for everybody.
pub fn list(connection: &mut AnyConn, recipient: Option<&str>, below: MailId, limit: i64) -> Answer<Vec<Kept>> {
    let mut query = mailbox_message::table
        .inner_join(mail::table.on(mail::id.eq(mailbox_message::mail_id)))
        .filter(mailbox_message::mail_id.lt(below))
        .order(mailbox_message::mail_id.desc())
        .limit(limit)
        .select(KEPT)
        .into_boxed();
    if let Some(recipient) = recipient {
        query = query.filter(mailbox_message::recipient_email.eq(normalised(recipient)));
    }
    Ok(query.load(connection)?)
}

/// One message with its bytes.
pub fn find(connection: &mut AnyConn, id: MailId) -> Answer<(Kept, String)> {
    let found = mailbox_message::table
        .inner_join(mail::table.on(mail::id.eq(mailbox_message::mail_id)))
        .filter(mailbox_message::mail_id.eq(id))
        .select((KEPT, mailbox_message::raw));
    found.first(connection).optional()?.ok_or(Failure::NotFound("mail"))
}

const KEPT: (mailbox_message::mail_id, mailbox_message::received_at, mailbox_message::recipient_email, mailbox_message::subject, mail::kind, mail::status) =
    (mailbox_message::mail_id, mailbox_message::received_at, mailbox_message::recipient_email, mailbox_message::subject, mail::kind, mail::status);

fn normalised(address: &str) -> String {
    EmailAddress::parse(address).map_or_else(|_| address.to_lowercase(), |address| address.normalised().to_owned())
}

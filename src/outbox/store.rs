//! The SQL of putting mails into the queue and taking them out unsent.

use diesel::prelude::*;

use super::model::{Headers, MailKind, NewMail};
use super::moves::{MailMove, MailStatus};
use crate::db::Tx;
use crate::db::schema::{mail, mailbox_message};
use crate::kernel::id::{Identifier, MailId, ReferralId};
use crate::kernel::{Answer, EmailAddress, Failure};

/// What a wiped column holds.
pub(super) const WIPED_JSON: &str = "{}";

pub(super) fn insert(tx: &mut Tx<'_>, id: MailId, new: &NewMail) -> Answer<()> {
    let address = EmailAddress::parse(&new.recipient.email).map_err(|problem| problem.of("recipient"))?;
    let key = tx.secret().keyed_hash("address", address.normalised());
    let json = |value: Result<String, serde_json::Error>| value.map_err(|error| Failure::internal(format!("mail {id}: {error}")));
    let headers = json(serde_json::to_string(&Headers::of(new)))?;
    let facts = json(serde_json::to_string(&new.facts))?;
    let message_id = format!("{id}@{}", tx.mail_domain());
    let now = tx.now();
    diesel::insert_into(mail::table)
        .values((
            (
                mail::id.eq(id),
                mail::kind.eq(new.kind),
                mail::status.eq(MailStatus::Queued),
                mail::phase.eq(0_i16),
                mail::attempts.eq(0),
                mail::not_before.eq(new.not_before),
                mail::expires_at.eq(new.expires_at),
                mail::language.eq(new.language),
                mail::recipient_name.eq(&new.recipient.name),
                mail::recipient_email.eq(&new.recipient.email),
                mail::recipient_key.eq(key),
                mail::recipient_domain.eq(address.domain()),
            ),
            (
                mail::headers.eq(headers),
                mail::facts.eq(facts),
                mail::message_id.eq(message_id),
                mail::thread_id.eq(new.referral.map(Identifier::raw)),
                mail::subject_id.eq(new.subject_id),
                mail::circle_id.eq(new.circle),
                mail::referral_id.eq(new.referral),
                mail::resent.eq(false),
                mail::created_at.eq(now),
            ),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

pub(super) fn cancel(tx: &mut Tx<'_>, subject_id: i64, kinds: &[MailKind]) -> Answer<usize> {
    let now = tx.now();
    let about = || mail::table.filter(mail::subject_id.eq(subject_id).and(mail::kind.eq_any(kinds.to_vec())));
    // An unknown mail stays unknown; it only loses what a second sending would need.
    diesel::update(about().filter(mail::status.eq(MailStatus::Unknown))).set((mail::expires_at.eq(now), Wiped::new())).execute(&mut **tx)?;
    let waiting = about().filter(mail::status.eq_any(MailMove::Cancel.from()));
    Ok(diesel::update(waiting).set((mail::status.eq(MailMove::Cancel.to()), mail::finished_at.eq(now), Wiped::new())).execute(&mut **tx)?)
}

pub(super) fn wipe_referral(tx: &mut Tx<'_>, referral: ReferralId) -> Answer<()> {
    let now = tx.now();
    let waiting = mail::table.filter(mail::referral_id.eq(referral).and(mail::status.eq_any(MailMove::Cancel.from())));
    diesel::update(waiting).set((mail::status.eq(MailMove::Cancel.to()), mail::finished_at.eq(now))).execute(&mut **tx)?;
    let unknown = mail::table.filter(mail::referral_id.eq(referral).and(mail::status.eq(MailStatus::Unknown)));
    diesel::update(unknown).set(mail::expires_at.eq(now)).execute(&mut **tx)?;
    let all = mail::table.filter(mail::referral_id.eq(referral).and(mail::status.ne(MailStatus::Sending)));
    diesel::update(all).set(Wiped::new()).execute(&mut **tx)?;
    let ids = mail::table.filter(mail::referral_id.eq(referral)).select(mail::id);
    diesel::delete(mailbox_message::table.filter(mailbox_message::mail_id.eq_any(ids))).execute(&mut **tx)?;
    Ok(())
}

/// Cancels whatever waits for an address, wipes what is written to it, and deletes the development mailbox's copies.
pub(super) fn forget_address(tx: &mut Tx<'_>, address: &EmailAddress) -> Answer<()> {
    let now = tx.now();
    let key = tx.secret().keyed_hash("address", address.normalised());
    let waiting = mail::table.filter(mail::recipient_key.eq(&key).and(mail::status.eq_any(MailMove::Cancel.from())));
    diesel::update(waiting).set((mail::status.eq(MailMove::Cancel.to()), mail::finished_at.eq(now))).execute(&mut **tx)?;
    let unknown = mail::table.filter(mail::recipient_key.eq(&key).and(mail::status.eq(MailStatus::Unknown)));
    diesel::update(unknown).set(mail::expires_at.eq(now)).execute(&mut **tx)?;
    let all = mail::table.filter(mail::recipient_key.eq(&key).and(mail::status.ne(MailStatus::Sending)));
    diesel::update(all).set((mail::recipient_domain.eq(""), Wiped::new())).execute(&mut **tx)?;
    let ids = mail::table.filter(mail::recipient_key.eq(&key)).select(mail::id);
    diesel::delete(mailbox_message::table.filter(mailbox_message::mail_id.eq_any(ids))).execute(&mut **tx)?;
    Ok(())
}

/// The columns of a mail that hold somebody's data, emptied.
#[derive(AsChangeset)]
#[diesel(table_name = mail)]
pub(super) struct Wiped {
    recipient_name: &'static str,
    recipient_email: &'static str,
    headers: &'static str,
    facts: &'static str,
}

impl Wiped {
    pub(super) const fn new() -> Self {
        Self { recipient_name: "", recipient_email: "", headers: WIPED_JSON, facts: WIPED_JSON }
    }
}

//! Mails: queued in the business transaction, sent once or marked unknown.
//!
//! One row a recipient. A row holds names and facts but no token: the links are derived when the mail is rendered, so a
//! retry carries the same ones. When a mail is finished its names, addresses and facts are wiped; what stays is its fate.
//!
//! `moves` is the life of a row, `claims` the SQL of the worker's side, `compose` makes a message of a row, `smtp` hands it to
//! the relay, `mailbox` keeps it instead where there is no relay. The loops that drive all this are in `worker`.

pub mod api;
pub mod backoff;
mod bounces;
pub mod breaker;
pub mod claims;
pub mod compose;
pub mod envelope;
mod figures;
pub mod mailbox;
pub mod message_bytes;
pub mod mime;
pub mod model;
pub mod moves;
pub mod pace;
mod reminders;
pub mod smtp;
mod store;
mod suppression;
pub mod templates;
pub mod views;

use std::collections::BTreeMap;

use crate::capabilities::{self, Purpose};
use crate::db::Tx;
use crate::kernel::id::{Identifier, MailId, ReferralId};
use crate::kernel::{Answer, EmailAddress};

pub use figures::counts;
pub use model::{LinkTo, MailKind, MailTopic, Mailbox, NewMail};
pub use moves::MailStatus;
pub use suppression::{lift, stops_reminders, welcome_reminders};

/// Queues a mail in the running transaction; nothing when nobody is left to read it. Fails when a fact or a link of its kind is
/// absent, so that no row waits that could not be rendered.
pub fn queue(tx: &mut Tx<'_>, mut mail: NewMail) -> Answer<Option<MailId>> {
    templates::needs::check(mail.kind, &mail.facts, &mail.links)?;
    if mail.recipient.email.is_empty() {
        return Ok(None);
    }
    mail.also_to.retain(|mailbox| !mailbox.email.is_empty());
    mail.reply_to.retain(|mailbox| !mailbox.email.is_empty());
    let id: MailId = tx.new_id();
    if mail.kind.is_reminder() {
        add_stop_link(tx, id, &mut mail.links)?;
    }
    store::insert(tx, id, &mail)?;
    Ok(Some(id))
}

/// A reminder can be stopped from the mail itself; the link's subject is the mail.
fn add_stop_link(tx: &mut Tx<'_>, id: MailId, links: &mut BTreeMap<String, LinkTo>) -> Answer<()> {
    if !links.contains_key("stop") {
        let link = capabilities::issue(tx, Purpose::StopReminders, id.raw(), None)?;
        links.insert("stop".to_owned(), LinkTo::Capability(link.id));
    }
    Ok(())
}

/// Cancels what still waits of these kinds about a subject; what is being sent already is not touched. A mail whose fate is
/// unknown is not sent again. Answers how many were cancelled.
pub fn cancel(tx: &mut Tx<'_>, subject_id: i64, kinds: &[MailKind]) -> Answer<usize> {
    store::cancel(tx, subject_id, kinds)
}

/// Cancels whatever waits about a referral and wipes every name, address and fact of its mails, the development mailbox's
/// copies included.
pub fn wipe_referral(tx: &mut Tx<'_>, referral: ReferralId) -> Answer<()> {
    store::wipe_referral(tx, referral)
}

/// Forgets an address: cancels what waits for it and wipes what was written to it.
pub fn forget_address(tx: &mut Tx<'_>, address: &EmailAddress) -> Answer<()> {
    store::forget_address(tx, address)
}

/// The routes under `/api/v1`.
pub fn api_routes(config: &mut utoipa_actix_web::service_config::ServiceConfig<'_>) {
    api::routes(config);
}

/// The pages.
pub fn page_routes(config: &mut actix_web::web::ServiceConfig) {
    config.configure(mailbox::pages::routes).configure(reminders::routes).configure(bounces::routes);
}

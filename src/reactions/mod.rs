//! What follows from each event, all in one place.
//!
//! The only room that knows several features: it posts credits, opens and closes introductions, moves referrals, queues
//! mails. Everything here runs inside the transaction of the event, so that a change and its consequences stand or fall
//! together. Credits come first, mails last.

mod accounts;
mod circles;
mod credits;
mod due;
mod erasure;
mod introductions;
mod referrals;
mod suggestions;
mod trust;

use crate::db::Tx;
use crate::kernel::{Answer, Event};
use crate::outbox::MailKind;

pub use due::due;

/// Lets follow what follows from a mail that the recipient's server took. The outbox calls it in the transaction that marks the
/// mail as sent.
pub fn mail_sent(tx: &mut Tx<'_>, kind: MailKind, subject_id: i64) -> Answer<()> {
    match kind {
        MailKind::Introduction | MailKind::IntroductionAttested => introductions::mail_sent(tx, subject_id),
        _ => Ok(()),
    }
}

/// Lets follow what follows from an event.
pub fn react(tx: &mut Tx<'_>, event: &Event) -> Answer<()> {
    credits::react(tx, event)?;
    suggestions::react(tx, event)?;
    introductions::react(tx, event)?;
    referrals::react(tx, event)?;
    circles::react(tx, event)?;
    trust::react(tx, event)?;
    erasure::react(tx, event)?;
    accounts::react(tx, event)
}

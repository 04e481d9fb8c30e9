//! Which mails an address can do without.
//!
//! What an account holder needs or has asked for is never held back: signing in, offers, news of his referrals, and the mail
//! that connects two sides who have both just agreed. Everything that comes unasked is.

use super::model::MailKind;
use crate::db::{AnyConn, Tx};
use crate::introductions::record::{SuppressionReason, SuppressionScope};
use crate::introductions::{commands, views};
use crate::kernel::id::{CircleId, SuppressionId};
use crate::kernel::{Answer, KeyedHash};

/// Whether this address wants no mail of this kind.
pub(super) fn is_suppressed(connection: &mut AnyConn, kind: MailKind, address: &KeyedHash, circle: Option<CircleId>) -> Answer<bool> {
    match scope(kind) {
        Some(scope) => views::suppressed(connection, address, scope, circle),
        None => Ok(false),
    }
}

/// Whether something holds reminders to this address back.
pub fn stops_reminders(connection: &mut AnyConn, address: &KeyedHash) -> Answer<bool> {
    views::suppressed(connection, address, SuppressionScope::Reminders, None)
}

/// The link of a reminder: no more of them to this address.
pub(super) fn stop_reminders(tx: &mut Tx<'_>, address: &KeyedHash) -> Answer<()> {
    commands::suppress(tx, address, SuppressionScope::Reminders, None, SuppressionReason::StopLink)
}

/// Reminders are welcome again at this address: takes back what the link of one did.
pub fn welcome_reminders(tx: &mut Tx<'_>, address: &KeyedHash) -> Answer<()> {
    commands::welcome(tx, address, SuppressionScope::Reminders)
}

/// Takes a line off the stop-list that the person of this address put there.
pub fn lift(tx: &mut Tx<'_>, address: &KeyedHash, id: SuppressionId) -> Answer<()> {
    commands::lift(tx, address, id)
}

/// What holds a kind of mail back, beside "everything" and "this circle"; none for mails that are always sent.
const fn scope(kind: MailKind) -> Option<SuppressionScope> {
    match kind {
        MailKind::Introduction | MailKind::IntroductionAttested | MailKind::ColleagueInvitation | MailKind::CircleInvitation => {
            Some(SuppressionScope::Everything)
        }
        MailKind::OfferReminder | MailKind::ContactReminder | MailKind::Nudge => Some(SuppressionScope::Reminders),
        MailKind::ConfirmAddress
        | MailKind::AlreadyRegistered
        | MailKind::ResetPassword
        | MailKind::PasswordChanged
        | MailKind::ErasureAsked
        | MailKind::FormerAccount
        | MailKind::MemberApplied
        | MailKind::MemberAdmitted
        | MailKind::MemberRefused
        | MailKind::MemberWaiting
        | MailKind::MemberLeft
        | MailKind::CircleHandedOver
        | MailKind::RingsSettled
        | MailKind::TrustCase
        | MailKind::Offer
        | MailKind::GiverNews
        | MailKind::ReceiverNews
        | MailKind::Dispute
        | MailKind::ThreeWay => None,
    }
}

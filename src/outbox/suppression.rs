//! Which mails an address can do without.
//!
//! What an account holder needs or has asked for is never held back: signing in, offers, news of his referrals, and the mail
//! that connects two sides who have both just agreed. Everything that comes unasked is.

use super::model::MailKind;
use crate::db::AnyConn;
use crate::introductions::record::SuppressionScope;
use crate::introductions::views;
use crate::kernel::id::CircleId;
use crate::kernel::{Answer, KeyedHash};

/// Whether this address wants no mail of this kind.
pub(super) fn is_suppressed(connection: &mut AnyConn, kind: MailKind, address: &KeyedHash, circle: Option<CircleId>) -> Answer<bool> {
    match scope(kind) {
        Some(scope) => views::suppressed(connection, address, scope, circle),
        None => Ok(false),
    }
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

//! What each mail says, in every language.
//!
//! A template is a function that turns facts and links into blocks of plain text; one layout writes the HTML, another the
//! text part. Facts are never trusted: they reach HTML only through maud's escaping and a text part only as text.

mod accounts;
mod circles;
mod content;
mod introductions;
mod layout;
pub mod needs;
mod referrals;
mod samples;
mod text;

use std::collections::BTreeMap;

use content::{Content, Writer};

use super::model::MailKind;
use crate::kernel::{Answer, Language};

pub use samples::{Sample, samples};

/// A mail's subject and its two parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// Cut to 150 characters when the message is built.
    pub subject: String,
    /// The text part.
    pub text: String,
    /// The HTML part.
    pub html: String,
}

/// Fills a template. Beside the facts of the kind, `recipient_name` may be given for the greeting.
pub fn render(kind: MailKind, language: Language, facts: &BTreeMap<String, String>, links: &BTreeMap<String, String>) -> Answer<Rendered> {
    needs::check(kind, facts, links)?;
    let content = content(Writer::new(kind, language, facts, links))?;
    Ok(Rendered { text: text::text(&content), html: layout::html(language, &content), subject: content.subject })
}

fn content(writer: Writer<'_>) -> Answer<Content> {
    match writer.kind() {
        MailKind::ConfirmAddress
        | MailKind::AlreadyRegistered
        | MailKind::ResetPassword
        | MailKind::PasswordChanged
        | MailKind::ErasureAsked
        | MailKind::FormerAccount
        | MailKind::ColleagueInvitation => accounts::content(writer),
        MailKind::CircleInvitation
        | MailKind::MemberApplied
        | MailKind::MemberAdmitted
        | MailKind::MemberRefused
        | MailKind::MemberWaiting
        | MailKind::MemberLeft
        | MailKind::CircleHandedOver
        | MailKind::RingsSettled
        | MailKind::TrustCase => circles::content(writer),
        MailKind::Offer
        | MailKind::OfferReminder
        | MailKind::GiverNews
        | MailKind::ReceiverNews
        | MailKind::ContactReminder
        | MailKind::Nudge
        | MailKind::Dispute => referrals::content(writer),
        MailKind::Introduction | MailKind::IntroductionAttested | MailKind::ThreeWay => introductions::content(writer),
    }
}

#[cfg(test)]
mod tests;

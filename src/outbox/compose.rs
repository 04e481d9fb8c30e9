//! A claimed row becomes a message: facts and links are filled in, headers chosen by kind, bytes built.

use fluent_templates::fluent_bundle::FluentValue;
use lettre::Address;

use super::claims::Claimed;
use super::envelope::envelope_sender;
use super::message_bytes::MessageBytes;
use super::mime::{self, Letter};
use super::model::{MailKind, Mailbox};
use super::templates::{self, Rendered};
use crate::http::State;
use crate::kernel::id::Identifier;
use crate::kernel::{Answer, Failure};
use crate::web::texts;

/// A message ready to go.
#[derive(Debug)]
pub struct Composed {
    /// Its subject, for the mailbox's list.
    pub subject: String,
    /// The whole message.
    pub bytes: MessageBytes,
    /// The envelope's sender: bounces of this very mail go there.
    pub envelope_from: Address,
    /// The envelope's only recipient.
    pub recipient: Address,
}

/// Makes the message. The same row gives the same bytes on every attempt.
pub fn compose(state: &State, mail: &Claimed) -> Answer<Composed> {
    let rendered = rendered(state, mail)?;
    let subject = rendered.subject.clone();
    let refused = |error: mime::LetterError| Failure::internal(format!("mail {}: {error}", mail.id));
    let bytes = mime::build(&letter(state, mail, rendered)).map_err(refused)?;
    let sender = envelope_sender(&state.config.mail.bounce_domain, mail.id.raw(), &state.secret().key("bounce"));
    Ok(Composed {
        subject,
        bytes,
        envelope_from: mime::ascii_address(&sender).map_err(refused)?,
        recipient: mime::ascii_address(&mail.recipient.email).map_err(refused)?,
    })
}

fn rendered(state: &State, mail: &Claimed) -> Answer<Rendered> {
    let paths = mail.links.as_ref().map_err(|reason| Failure::internal(format!("mail {}: {reason}", mail.id)))?;
    let links = paths.iter().map(|(name, path)| (name.clone(), state.url(path))).collect();
    let mut facts = mail.facts.clone();
    facts.insert("recipient_name".to_owned(), mail.recipient.name.clone());
    templates::render(mail.kind, mail.language, &facts, &links)
}

fn letter(state: &State, mail: &Claimed, rendered: Rendered) -> Letter {
    let stop = mail.links.as_ref().ok().and_then(|paths| paths.get("stop")).map(|path| state.url(path));
    let from_name = match &mail.from_name {
        Some(name) => texts::text_with(mail.language, "mail-via", &[("name", FluentValue::from(name.clone()))]),
        None => "Kularing".to_owned(),
    };
    let domain = mail.message_id.split_once('@').map_or("", |(_, domain)| domain);
    Letter {
        message_id: mail.message_id.clone(),
        // Nobody has sent the thread's first message: it only holds the referral's mails together.
        references: mail.referral.map(|referral| format!("{referral}@{domain}")).into_iter().collect(),
        from: mailbox(&Mailbox { name: from_name, email: state.config.mail.from.clone() }),
        to: std::iter::once(&mail.recipient).chain(&mail.also_to).map(mailbox).collect(),
        reply_to: mail.reply_to.iter().map(mailbox).collect(),
        subject: rendered.subject,
        date_unix_seconds: mail.created_at.as_seconds(),
        language: mail.language.as_str().to_owned(),
        auto_generated: mail.kind != MailKind::ThreeWay,
        list_unsubscribe: stop,
        list_id: None,
        text: rendered.text,
        html: rendered.html,
    }
}

fn mailbox(mailbox: &Mailbox) -> mime::Mailbox {
    mime::Mailbox { name: mailbox.name.clone(), email: mailbox.email.clone() }
}

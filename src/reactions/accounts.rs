//! Mails about people and their businesses.

use std::collections::BTreeMap;

use crate::accounts::model::{CONFIRMATION_LIFETIME, OWN_DATA_LIFETIME, RESET_LIFETIME};
use crate::accounts::views::{self, PersonCard};
use crate::capabilities::{self, Purpose};
use crate::db::Tx;
use crate::kernel::clock::{Timestamp, days};
use crate::kernel::id::{Identifier, InvitationId, PersonId};
use crate::kernel::{Answer, Event, EventKind, Failure, Language};
use crate::outbox::{self, LinkTo, MailKind, Mailbox, NewMail};

/// Lets follow what follows from an event.
pub fn react(tx: &mut Tx<'_>, event: &Event) -> Answer<()> {
    match event.kind {
        EventKind::BusinessRegistered | EventKind::ConfirmationAsked => confirm_address(tx, event),
        EventKind::RegisteredAgain => already_registered(tx, event),
        EventKind::PasswordForgotten => reset_password(tx, event),
        EventKind::PasswordChanged => password_changed(tx, event),
        EventKind::ErasureAsked => erasure_asked(tx, event),
        EventKind::FormerAsked => former_account(tx, event),
        EventKind::ColleagueInvited => colleague_invited(tx, event),
        _ => Ok(()),
    }
}

/// A mail from Kularing itself to one person; facts and links are added by the caller.
fn mail(tx: &Tx<'_>, kind: MailKind, to: Mailbox, language: Language, subject_id: i64, expires_at: Timestamp) -> NewMail {
    NewMail {
        kind,
        language,
        recipient: to,
        also_to: Vec::new(),
        from_name: None,
        reply_to: Vec::new(),
        facts: BTreeMap::new(),
        links: BTreeMap::new(),
        subject_id,
        circle: None,
        referral: None,
        not_before: tx.now(),
        expires_at,
    }
}

fn to_person(tx: &Tx<'_>, kind: MailKind, person: &PersonCard, expires_at: Timestamp) -> NewMail {
    let to = Mailbox { name: person.name.clone(), email: person.email.clone() };
    let mut mail = mail(tx, kind, to, person.language, person.id.raw(), expires_at);
    mail.facts.insert("name".to_owned(), person.name.clone());
    mail
}

fn subject(tx: &mut Tx<'_>, event: &Event) -> Answer<PersonCard> {
    let person: PersonId = event.person.ok_or_else(|| Failure::internal(format!("event {} lacks its person", event.id)))?;
    views::person(tx, person)
}

fn link(tx: &mut Tx<'_>, purpose: Purpose, subject_id: i64, expires_at: Timestamp) -> Answer<LinkTo> {
    Ok(LinkTo::Capability(capabilities::issue(tx, purpose, subject_id, Some(expires_at))?.id))
}

fn confirm_address(tx: &mut Tx<'_>, event: &Event) -> Answer<()> {
    let person = subject(tx, event)?;
    let expires_at = tx.now().after(CONFIRMATION_LIFETIME);
    let mut mail = to_person(tx, MailKind::ConfirmAddress, &person, expires_at);
    mail.links.insert("confirm".to_owned(), link(tx, Purpose::ConfirmAddress, person.id.raw(), expires_at)?);
    outbox::queue(tx, mail).map(drop)
}

fn already_registered(tx: &mut Tx<'_>, event: &Event) -> Answer<()> {
    let person = subject(tx, event)?;
    let expires_at = tx.now().after(RESET_LIFETIME);
    let mut mail = to_person(tx, MailKind::AlreadyRegistered, &person, expires_at);
    mail.links.insert("sign_in".to_owned(), LinkTo::Page("/sign-in".to_owned()));
    mail.links.insert("reset".to_owned(), link(tx, Purpose::ResetPassword, person.id.raw(), expires_at)?);
    outbox::queue(tx, mail).map(drop)
}

fn reset_password(tx: &mut Tx<'_>, event: &Event) -> Answer<()> {
    let person = subject(tx, event)?;
    let expires_at = tx.now().after(RESET_LIFETIME);
    let mut mail = to_person(tx, MailKind::ResetPassword, &person, expires_at);
    mail.links.insert("reset".to_owned(), link(tx, Purpose::ResetPassword, person.id.raw(), expires_at)?);
    outbox::queue(tx, mail).map(drop)
}

fn password_changed(tx: &mut Tx<'_>, event: &Event) -> Answer<()> {
    let person = subject(tx, event)?;
    let mut mail = to_person(tx, MailKind::PasswordChanged, &person, tx.now().after(days(3)));
    mail.facts.insert("at".to_owned(), person.language.date_time(event.at, &person.time_zone));
    outbox::queue(tx, mail).map(drop)
}

fn erasure_asked(tx: &mut Tx<'_>, event: &Event) -> Answer<()> {
    let person = subject(tx, event)?;
    let Some(due_at) = views::leaving(tx, person.id)? else { return Ok(()) };
    let mut mail = to_person(tx, MailKind::ErasureAsked, &person, due_at);
    mail.facts.insert("at".to_owned(), person.language.date_time(due_at, &person.time_zone));
    // Who was removed from his business cannot sign in: a link takes it back.
    let keep = match views::is_former(tx, person.id)? {
        true => link(tx, Purpose::OwnData, person.id.raw(), due_at)?,
        false => LinkTo::Page("/settings/data".to_owned()),
    };
    mail.links.insert("keep".to_owned(), keep);
    outbox::queue(tx, mail).map(drop)
}

fn former_account(tx: &mut Tx<'_>, event: &Event) -> Answer<()> {
    let person = subject(tx, event)?;
    let expires_at = tx.now().after(OWN_DATA_LIFETIME);
    let mut mail = to_person(tx, MailKind::FormerAccount, &person, expires_at);
    let business = person.business.map(|business| crate::businesses::views::card(tx, business)).transpose()?;
    mail.facts.insert("business_name".to_owned(), business.map_or_else(String::new, |business| business.name));
    mail.links.insert("data".to_owned(), link(tx, Purpose::OwnData, person.id.raw(), expires_at)?);
    outbox::queue(tx, mail).map(drop)
}

fn colleague_invited(tx: &mut Tx<'_>, event: &Event) -> Answer<()> {
    let lacking = || Failure::internal(format!("event {} lacks its invitation", event.id));
    let id: InvitationId = event.data["invitation"].as_str().and_then(|text| text.parse().ok()).ok_or_else(lacking)?;
    let invitation = views::invitation(tx, id)?;
    let to = Mailbox { name: String::new(), email: invitation.email.clone() };
    let mut mail = mail(tx, MailKind::ColleagueInvitation, to, invitation.inviter.language, id.raw(), invitation.expires_at);
    mail.from_name = Some(invitation.inviter.name.clone());
    mail.facts.insert("inviter_name".to_owned(), invitation.inviter.name.clone());
    mail.facts.insert("business_name".to_owned(), crate::businesses::views::card(tx, invitation.business)?.name);
    mail.links.insert("join".to_owned(), link(tx, Purpose::JoinBusiness, id.raw(), invitation.expires_at)?);
    outbox::queue(tx, mail).map(drop)
}

//! The mails of an introduction: the one that asks, and the one that connects both sides.

use std::collections::BTreeMap;

use super::model::{Introduction, RETENTION_DAYS};
use super::sources::Sources;
use super::wording;
use crate::accounts::views::PersonCard;
use crate::circles::policy::ConsentPath;
use crate::kernel::clock::{Timestamp, days};
use crate::kernel::id::Identifier;
use crate::kernel::{EmailAddress, Language};
use crate::outbox::{LinkTo, MailKind, Mailbox, NewMail};
use crate::referrals::model::ContactBy;
use crate::referrals::views::Prospect;

/// A mail that could not be sent for so many days connects nobody any more.
const THREE_WAY_DAYS: u32 = 3;

/// Named texts of a template.
pub type Facts = BTreeMap<String, String>;

/// The template that asks on this path; none where the giver sends the link himself.
pub fn kind(path: ConsentPath) -> Option<MailKind> {
    match path {
        ConsentPath::Share => None,
        ConsentPath::Attested => Some(MailKind::IntroductionAttested),
        ConsentPath::Ask => Some(MailKind::Introduction),
    }
}

/// The mail that asks the prospect; none on the path "share", or without an address.
pub fn question(introduction: &Introduction, sources: &Sources) -> Option<NewMail> {
    let prospect = sources.prospect.as_ref()?;
    let recipient = mailbox(&prospect.name, prospect.email.as_ref()?);
    let attested = introduction.attested_how.zip(introduction.attested_when).map(|(how, when)| (how.as_str(), when));
    let facts = question_facts(introduction.language, prospect, sources, &introduction.code, attested);
    let links = [("answer", introduction.answer_link_id), ("stop", introduction.stop_link_id)];
    Some(NewMail {
        kind: kind(introduction.consent_path)?,
        language: introduction.language,
        recipient,
        also_to: Vec::new(),
        from_name: Some(sources.giver.name.clone()),
        reply_to: vec![person_mailbox(&sources.giver)],
        facts,
        links: links.into_iter().map(|(name, link)| (name.to_owned(), LinkTo::Capability(link))).collect(),
        subject_id: introduction.id.raw(),
        circle: Some(introduction.circle_id),
        referral: Some(introduction.referral_id),
        not_before: introduction.created_at,
        expires_at: introduction.expires_at,
    })
}

/// What the template that asks is filled with. The preview uses the very same.
pub fn question_facts(language: Language, prospect: &Prospect, sources: &Sources, code: &str, attested: Option<(&str, Timestamp)>) -> Facts {
    let shared = wording::shared(language, sources.shared());
    let retention_days = RETENTION_DAYS.to_string();
    let attested_when = attested.map(|(_, when)| sources.attested_day(language, when)).unwrap_or_default();
    facts(&[
        ("prospect_name", &prospect.name),
        ("giver_name", &sources.names.giver_name),
        ("giver_business", &sources.names.giver_business),
        ("receiver_business", &sources.names.receiver_business),
        ("need", &sources.names.need),
        ("shared", &shared),
        ("words", prospect.words.as_deref().unwrap_or("")),
        ("retention_days", &retention_days),
        ("code", code),
        ("commission", &sources.commission),
        ("attested_how", attested.map_or("", |(how, _)| how)),
        ("attested_when", &attested_when),
    ])
}

/// The mail that connects both, one for each side: both addresses stand in it, and an answer reaches both. A prospect without
/// an address gets none; the receiver has the phone number then.
pub fn three_way(introduction: &Introduction, sources: &Sources, receiver: &PersonCard, contact_by: ContactBy, now: Timestamp) -> Vec<NewMail> {
    let Some(prospect) = sources.prospect.as_ref() else { return Vec::new() };
    let receiver_side = person_mailbox(receiver);
    let prospect_side = prospect.email.as_ref().map(|email| mailbox(&prospect.name, email));
    let both: Vec<Mailbox> = prospect_side.iter().chain([&receiver_side]).cloned().collect();
    let to_receiver = (receiver_side.clone(), receiver.language);
    let recipients = prospect_side.map(|side| (side, introduction.language)).into_iter().chain([to_receiver]);
    recipients
        .map(|(recipient, language)| NewMail {
            kind: MailKind::ThreeWay,
            language,
            also_to: both.iter().filter(|other| **other != recipient).cloned().collect(),
            from_name: Some(sources.giver.name.clone()),
            reply_to: both.clone(),
            facts: three_way_facts(prospect, sources, receiver, contact_by),
            links: BTreeMap::new(),
            subject_id: introduction.id.raw(),
            circle: Some(introduction.circle_id),
            referral: Some(introduction.referral_id),
            not_before: now,
            expires_at: now.after(days(THREE_WAY_DAYS)),
            recipient,
        })
        .collect()
}

fn three_way_facts(prospect: &Prospect, sources: &Sources, receiver: &PersonCard, contact_by: ContactBy) -> Facts {
    facts(&[
        ("prospect_name", &prospect.name),
        ("prospect_email", prospect.email.as_ref().map_or("", EmailAddress::as_str)),
        ("prospect_phone", prospect.phone.as_ref().map_or("", crate::kernel::phone::PhoneNumber::as_str)),
        ("receiver_name", &receiver.name),
        ("receiver_business", &sources.names.receiver_business),
        ("receiver_email", receiver.email.as_str()),
        ("receiver_phone", sources.receiver_phone.as_deref().unwrap_or("")),
        ("giver_name", &sources.names.giver_name),
        ("giver_business", &sources.names.giver_business),
        ("need", &sources.names.need),
        ("contact_by", contact_by.as_str()),
        ("words", prospect.words.as_deref().unwrap_or("")),
        ("commission", &sources.commission),
    ])
}

fn facts(pairs: &[(&str, &str)]) -> Facts {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

fn mailbox(name: &str, email: &EmailAddress) -> Mailbox {
    Mailbox { name: name.to_owned(), email: email.as_str().to_owned() }
}

fn person_mailbox(person: &PersonCard) -> Mailbox {
    Mailbox { name: person.name.clone(), email: person.email.clone() }
}

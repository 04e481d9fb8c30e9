//! The mails about a referral: every text as its recipient writes it, and no amount for the giver.

use std::collections::BTreeMap;
use std::time::Duration;

use super::model::UNDO_SECONDS;
use super::store::OfferRow;
use super::views::{ReferralFacts, facts, prospect};
use crate::accounts::views::{self as accounts, PersonCard};
use crate::businesses::views as businesses;
use crate::circles::views as circles;
use crate::db::{AnyConn, Tx};
use crate::kernel::clock::{Timestamp, days};
use crate::kernel::id::{BusinessId, EventId, Identifier, OfferId, PersonId, ReferralId};
use crate::kernel::money::Money;
use crate::kernel::{Answer, Language};
use crate::outbox::{LinkTo, MailKind, Mailbox, NewMail};
use crate::web::texts;

/// News are worth telling for so long.
const NEWS_KEPT: Duration = days(7);

/// What the giver hears of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct News<'n> {
    /// The name of the news in the template.
    pub name: &'static str,
    /// Which receiver it is about.
    pub receiver: Option<BusinessId>,
    /// What the other side wrote.
    pub note: Option<&'n str>,
    /// The event, by whose id an undone move's mail is cancelled.
    pub event: EventId,
    /// Whether the move can be taken back: then the mail waits as long.
    pub undoable: bool,
}

/// The offer, or the reminder of it, to the receiver.
pub fn offer(tx: &mut Tx<'_>, kind: MailKind, referral: ReferralId, offer: OfferId) -> Answer<NewMail> {
    let facts = facts(tx, referral)?;
    let row = super::store::offer(tx, offer)?;
    let link = super::commands::Matter::answer_link(tx, &row)?;
    let to = accounts::reader(tx, row.receiver_business_id, kind)?;
    let giver = accounts::person(tx, facts.giver_person)?;
    let named = offer_facts(tx, &facts, &row, &giver, &to)?;
    let mut mail = mail_to(tx, kind, &to, &facts, named, row.id.raw());
    mail.links.insert("answer".to_owned(), LinkTo::Capability(link.id));
    mail.reply_to = vec![Mailbox { name: giver.name, email: giver.email }];
    mail.expires_at = row.answer_due_at;
    Ok(mail)
}

fn offer_facts(connection: &mut AnyConn, facts: &ReferralFacts, row: &OfferRow, giver: &PersonCard, to: &PersonCard) -> Answer<Vec<(&'static str, String)>> {
    let language = to.language;
    Ok(vec![
        ("giver_name", giver.name.clone()),
        ("giver_business", business_name(connection, facts.giver)?),
        ("circle_name", circles::circle(connection, facts.circle)?.name),
        ("trade", facts.trade.name(language).to_owned()),
        ("need", facts.need.clone()),
        ("region", facts.region.to_string()),
        ("worth", worth_text(language, facts)),
        ("effort", texts::text(language, &format!("referrals-effort-{}", facts.effort.value()))),
        ("expectation", facts.expectation.clone().unwrap_or_default()),
        ("contact_by", facts.contact_by.as_str().to_owned()),
        ("contact_within_hours", facts.contact_within_hours.to_string()),
        ("answer_by", language.date_time(row.answer_due_at, &to.time_zone)),
    ])
}

/// News of a referral for its giver: for the person who passed it, or for the one who answers for the business now.
pub fn giver_news(tx: &mut Tx<'_>, referral: ReferralId, news: &News<'_>) -> Answer<NewMail> {
    let facts = facts(tx, referral)?;
    let giver = giver_of(tx, &facts)?;
    let to = accounts::as_reader(tx, giver, MailKind::GiverNews)?;
    let receiver = news.receiver.or(facts.receiver).map(|receiver| business_name(tx, receiver)).transpose()?.unwrap_or_default();
    let named =
        vec![("news", news.name.to_owned()), ("receiver_business", receiver), ("need", facts.need.clone()), ("note", news.note.unwrap_or_default().to_owned())];
    let mut mail = mail_to(tx, MailKind::GiverNews, &to, &facts, named, news.event.raw());
    if news.undoable {
        mail.not_before = tx.now().after(Duration::from_secs(UNDO_SECONDS.into()));
    }
    Ok(mail)
}

/// News of a referral for its receiver.
pub fn receiver_news(tx: &mut Tx<'_>, referral: ReferralId, receiver: BusinessId, news: &'static str, note: Option<&str>) -> Answer<NewMail> {
    let facts = facts(tx, referral)?;
    let to = accounts::reader(tx, receiver, MailKind::ReceiverNews)?;
    let named = vec![
        ("news", news.to_owned()),
        ("giver_business", business_name(tx, facts.giver)?),
        ("need", facts.need.clone()),
        ("note", note.unwrap_or_default().to_owned()),
    ];
    Ok(mail_to(tx, MailKind::ReceiverNews, &to, &facts, named, referral.raw()))
}

/// Reminds the receiver of the first contact.
pub fn contact_reminder(tx: &mut Tx<'_>, referral: ReferralId) -> Answer<Option<NewMail>> {
    let facts = facts(tx, referral)?;
    let Some(receiver) = facts.receiver else { return Ok(None) };
    let prospect_name = prospect(tx, referral)?.map(|prospect| prospect.name).unwrap_or_default();
    let to = accounts::reader(tx, receiver, MailKind::ContactReminder)?;
    let named = vec![("giver_business", business_name(tx, facts.giver)?), ("need", facts.need.clone()), ("prospect_name", prospect_name)];
    Ok(Some(mail_to(tx, MailKind::ContactReminder, &to, &facts, named, referral.raw())))
}

/// Asks the receiver what became of it.
pub fn nudge(tx: &mut Tx<'_>, referral: ReferralId, silent_days: u64) -> Answer<Option<NewMail>> {
    let facts = facts(tx, referral)?;
    let Some(receiver) = facts.receiver else { return Ok(None) };
    let to = accounts::reader(tx, receiver, MailKind::Nudge)?;
    let named = vec![("giver_business", business_name(tx, facts.giver)?), ("need", facts.need.clone()), ("days", silent_days.to_string())];
    Ok(Some(mail_to(tx, MailKind::Nudge, &to, &facts, named, referral.raw())))
}

/// Tells the organisers who are no party, the giver and the receiver of a dispute; never the one who acted himself. An
/// organiser reads no needs, so that field is empty for him.
pub fn dispute(tx: &mut Tx<'_>, referral: ReferralId, stage: &'static str, words: &str, actor: Option<PersonId>) -> Answer<Vec<NewMail>> {
    let facts = facts(tx, referral)?;
    let (giver_name, receiver) = (business_name(tx, facts.giver)?, facts.receiver);
    let receiver_name = receiver.map(|receiver| business_name(tx, receiver)).transpose()?.unwrap_or_default();
    let mut people = vec![(giver_of(tx, &facts)?, facts.need.clone())];
    if let Some(receiver) = receiver {
        people.push((accounts::responsible(tx, receiver)?, facts.need.clone()));
    }
    for organiser in circles::organisers(tx, facts.circle)? {
        if organiser != facts.giver && Some(organiser) != receiver {
            people.push((accounts::responsible(tx, organiser)?, String::new()));
        }
    }
    let mut mails = Vec::new();
    for (to, need) in people.into_iter().filter(|(to, _)| Some(to.id) != actor) {
        let named = vec![
            ("stage", stage.to_owned()),
            ("giver_business", giver_name.clone()),
            ("receiver_business", receiver_name.clone()),
            ("need", need),
            ("words", words.to_owned()),
        ];
        mails.push(mail_to(tx, MailKind::Dispute, &to, &facts, named, referral.raw()));
    }
    Ok(mails)
}

fn mail_to(tx: &Tx<'_>, kind: MailKind, to: &PersonCard, facts: &ReferralFacts, named: Vec<(&'static str, String)>, subject_id: i64) -> NewMail {
    let page = LinkTo::Page(format!("/referrals/{}", facts.id));
    NewMail {
        kind,
        language: to.language,
        recipient: Mailbox { name: to.name.clone(), email: to.email.clone() },
        also_to: Vec::new(),
        from_name: None,
        reply_to: Vec::new(),
        facts: named.into_iter().map(|(name, text)| (name.to_owned(), text)).collect(),
        links: BTreeMap::from([("referral".to_owned(), page)]),
        subject_id,
        circle: Some(facts.circle),
        referral: Some(facts.id),
        not_before: tx.now(),
        expires_at: expiry(tx.now()),
    }
}

fn expiry(now: Timestamp) -> Timestamp {
    now.after(NEWS_KEPT)
}

/// The person who passed it, as long as he belongs to the business.
fn giver_of(connection: &mut AnyConn, facts: &ReferralFacts) -> Answer<PersonCard> {
    let people = accounts::people_of(connection, facts.giver)?;
    match people.into_iter().find(|person| person.id == facts.giver_person) {
        Some(person) => Ok(person),
        None => accounts::responsible(connection, facts.giver),
    }
}

fn business_name(connection: &mut AnyConn, id: BusinessId) -> Answer<String> {
    Ok(businesses::card(connection, id)?.name)
}

/// A range such as €1,000 – €5,000; empty when nothing was said.
pub fn worth_text(language: Language, facts: &ReferralFacts) -> String {
    facts.worth.map_or_else(String::new, |worth| {
        let money = |amount_minor| language.money(&Money { amount_minor, currency: facts.currency });
        if worth.min_minor == worth.max_minor { money(worth.min_minor) } else { format!("{} – {}", money(worth.min_minor), money(worth.max_minor)) }
    })
}

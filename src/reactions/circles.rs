//! Mails about circles and their members.

use std::collections::BTreeMap;

use crate::accounts::views::{PersonCard, person, reader, readers};
use crate::businesses::trade::TradeCode;
use crate::businesses::views::card;
use crate::circles::views::{self, CircleCard};
use crate::db::Tx;
use crate::kernel::clock::{Timestamp, days};
use crate::kernel::id::{BusinessId, CircleId, Identifier, InvitationId};
use crate::kernel::{Answer, Event, EventKind, Failure, Language};
use crate::outbox::{self, LinkTo, MailKind, Mailbox, NewMail};
use crate::reciprocity::rings::views as rings;

/// News of a circle is worth sending for so many days.
const NEWS_DAYS: u32 = 3;

/// Lets follow what follows from an event.
pub fn react(tx: &mut Tx<'_>, event: &Event) -> Answer<()> {
    match event.kind {
        EventKind::MemberInvited => invited(tx, event),
        EventKind::InvitationRevoked => revoked(tx, event),
        EventKind::MemberApplied => applied(tx, event),
        EventKind::MemberWaiting => waiting(tx, event),
        EventKind::MemberAdmitted => to_member(tx, event, MailKind::MemberAdmitted),
        EventKind::MemberRefused => to_member(tx, event, MailKind::MemberRefused),
        EventKind::MemberRemoved => to_member(tx, event, MailKind::MemberLeft),
        EventKind::MemberLeft => left(tx, event),
        EventKind::CircleHandedOver => to_member(tx, event, MailKind::CircleHandedOver),
        EventKind::RingsSettled => settled(tx, event, "settled"),
        EventKind::SettlementUndone => settled(tx, event, "undone"),
        _ => Ok(()),
    }
}

fn invited(tx: &mut Tx<'_>, event: &Event) -> Answer<()> {
    let id = invitation_of(event)?;
    let invitation = views::invitation(tx, id)?;
    // A link is passed on by hand.
    let Some(email) = invitation.email.clone() else { return Ok(()) };
    let inviter = person(tx, invitation.invited_by)?;
    let business = inviter.business.ok_or_else(|| lacking(event, "inviter's business"))?;
    let circle = &invitation.circle;
    let recipient = Mailbox { name: String::new(), email };
    let mut mail = mail(tx, MailKind::CircleInvitation, circle, recipient, circle.language, invitation.expires_at);
    mail.from_name = Some(inviter.name.clone());
    mail.subject_id = id.raw();
    let facts = [
        ("inviter_name", inviter.name),
        ("business_name", card(tx, business)?.name),
        ("circle_name", circle.name.clone()),
        ("circle_kind", circle.kind.to_string()),
        ("words", invitation.words.unwrap_or_default()),
    ];
    mail.facts = facts.map(|(name, value)| (name.to_owned(), value)).into();
    mail.links.insert("join".to_owned(), LinkTo::Capability(invitation.capability));
    outbox::queue(tx, mail).map(drop)
}

/// A mail that still waits does not go out any more.
fn revoked(tx: &mut Tx<'_>, event: &Event) -> Answer<()> {
    outbox::cancel(tx, invitation_of(event)?.raw(), &[MailKind::CircleInvitation]).map(drop)
}

fn applied(tx: &mut Tx<'_>, event: &Event) -> Answer<()> {
    let circle = circle_of(tx, event)?;
    for organiser in views::organisers(tx, circle.id)? {
        let to = reader(tx, organiser, MailKind::MemberApplied)?;
        let mut mail = member_mail(tx, event, MailKind::MemberApplied, &circle, &to)?;
        mail.facts.insert("words".to_owned(), event.note.clone().unwrap_or_default());
        mail.links = BTreeMap::from([("review".to_owned(), LinkTo::Page(format!("/circles/{}/members", circle.id)))]);
        outbox::queue(tx, mail)?;
    }
    Ok(())
}

/// The one who waits is told; the organisers too, unless it was they who made him wait.
fn waiting(tx: &mut Tx<'_>, event: &Event) -> Answer<()> {
    if event.data["applied"] == true {
        applied(tx, event)?;
    }
    to_member(tx, event, MailKind::MemberWaiting)
}

/// The organisers learn that a member went (a seat may be free now); an application taken back is no news.
fn left(tx: &mut Tx<'_>, event: &Event) -> Answer<()> {
    if event.data["was"] != "active" {
        return Ok(());
    }
    let circle = circle_of(tx, event)?;
    for organiser in views::organisers(tx, circle.id)? {
        let to = reader(tx, organiser, MailKind::MemberLeft)?;
        let mail = member_mail(tx, event, MailKind::MemberLeft, &circle, &to)?;
        outbox::queue(tx, mail)?;
    }
    Ok(())
}

/// Every member is told what was closed, or opened again: for it, when its credits were in the rings, and in all.
fn settled(tx: &mut Tx<'_>, event: &Event, stage: &'static str) -> Answer<()> {
    let circle = circle_of(tx, event)?;
    let settlement = event.data["settlement"].as_str().and_then(|text| text.parse().ok()).ok_or_else(|| lacking(event, "settlement"))?;
    let sum = |name| event.data[name].as_i64().ok_or_else(|| lacking(event, name));
    let (total, rings_count) = (sum("cleared")?, sum("rings")?);
    let closed: BTreeMap<BusinessId, i64> = rings::closed_by(tx, circle.id, settlement)?.into_iter().collect();
    let expires_at = tx.now().after(days(NEWS_DAYS));
    let members = views::active_members(tx, circle.id)?;
    let businesses: Vec<BusinessId> = members.iter().map(|member| member.business).collect();
    let readers = readers(tx, &businesses, MailKind::RingsSettled)?;
    for member in members {
        let Some(to) = readers.get(&member.business) else { continue };
        let own = closed.get(&member.business).copied().unwrap_or(0);
        let recipient = Mailbox { name: to.name.clone(), email: to.email.clone() };
        let mut mail = mail(tx, MailKind::RingsSettled, &circle, recipient, to.language, expires_at);
        mail.facts = [
            ("stage", stage.to_owned()),
            ("circle_name", circle.name.clone()),
            ("business_name", member.name),
            ("rings", rings_count.to_string()),
            ("total", total.to_string()),
            ("closed", own.to_string()),
        ]
        .map(|(name, value)| (name.to_owned(), value))
        .into();
        mail.links.insert("circle".to_owned(), LinkTo::Page(format!("/circles/{}/rings", circle.id)));
        outbox::queue(tx, mail)?;
    }
    Ok(())
}

fn to_member(tx: &mut Tx<'_>, event: &Event, kind: MailKind) -> Answer<()> {
    let circle = circle_of(tx, event)?;
    let member = member_of(event)?;
    let to = reader(tx, member, kind)?;
    let mail = member_mail(tx, event, kind, &circle, &to)?;
    outbox::queue(tx, mail).map(drop)
}

/// A mail about the member of an event, with the facts and the link that all of them share.
fn member_mail(tx: &mut Tx<'_>, event: &Event, kind: MailKind, circle: &CircleCard, to: &PersonCard) -> Answer<NewMail> {
    let trade = event.data["trade"].as_str().and_then(TradeCode::parse).ok_or_else(|| lacking(event, "trade"))?;
    let business = card(tx, member_of(event)?)?;
    let recipient = Mailbox { name: to.name.clone(), email: to.email.clone() };
    let expires_at = tx.now().after(days(NEWS_DAYS));
    let mut mail = mail(tx, kind, circle, recipient, to.language, expires_at);
    mail.facts = [("circle_name", circle.name.clone()), ("business_name", business.name), ("trade", trade.name(to.language).to_owned())]
        .map(|(name, value)| (name.to_owned(), value))
        .into();
    mail.links.insert("circle".to_owned(), LinkTo::Page(format!("/circles/{}", circle.id)));
    Ok(mail)
}

pub(super) fn mail(tx: &Tx<'_>, kind: MailKind, circle: &CircleCard, recipient: Mailbox, language: Language, expires_at: Timestamp) -> NewMail {
    NewMail {
        kind,
        language,
        recipient,
        also_to: Vec::new(),
        from_name: None,
        reply_to: Vec::new(),
        facts: BTreeMap::new(),
        links: BTreeMap::new(),
        subject_id: circle.id.raw(),
        circle: Some(circle.id),
        referral: None,
        not_before: tx.now(),
        expires_at,
    }
}

fn circle_of(tx: &mut Tx<'_>, event: &Event) -> Answer<CircleCard> {
    let id: CircleId = event.circle.ok_or_else(|| lacking(event, "circle"))?;
    views::circle(tx, id)
}

fn member_of(event: &Event) -> Answer<BusinessId> {
    event.business.ok_or_else(|| lacking(event, "business"))
}

fn invitation_of(event: &Event) -> Answer<InvitationId> {
    event.data["invitation"].as_str().and_then(|text| text.parse().ok()).ok_or_else(|| lacking(event, "invitation"))
}

fn lacking(event: &Event, what: &str) -> Failure {
    Failure::internal(format!("event {} lacks its {what}", event.id))
}

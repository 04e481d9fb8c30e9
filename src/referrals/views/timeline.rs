//! The timeline of a referral: its events, as each party may read them.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use serde::Serialize;

use super::whole::{BusinessRef, business_names, named};
use crate::accounts::views as accounts;
use crate::db::AnyConn;
use crate::events;
use crate::kernel::actor::ActorKind;
use crate::kernel::clock::Timestamp;
use crate::kernel::id::{BusinessId, EventId, PersonId, ReferralId};
use crate::kernel::{Actor, Answer, Event, EventKind, Failure, Principal};
use crate::outbox::MailKind;
use crate::referrals::commands::{EVENTS_MAX, Matter, relations};
use crate::referrals::model::Relation;

/// One step in the life of a referral.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct TimelineEntry {
    /// The event.
    pub id: EventId,
    /// What happened.
    pub kind: EventKind,
    /// When.
    pub at: Timestamp,
    /// What kind of actor.
    pub actor: ActorKind,
    /// Who, by name; the prospect and clocks have none here.
    pub by: Option<String>,
    /// For which business.
    pub by_business: Option<BusinessRef>,
    /// Which receiver it is about.
    pub receiver: Option<BusinessRef>,
    /// The coded reason.
    pub reason: Option<String>,
    /// What the actor wrote.
    pub note: Option<String>,
    /// Which mail it is about.
    pub mail: Option<MailKind>,
    /// The other referral: what it came out of, or what came out of it.
    pub other: Option<ReferralId>,
}

/// The steps of a referral that this person may see, the oldest first.
pub fn timeline(connection: &mut AnyConn, principal: &Principal, id: ReferralId, now: Timestamp) -> Answer<Vec<TimelineEntry>> {
    let matter = Matter::load(connection, id, now)?;
    let role = relations(connection, &matter, principal)?.first().copied().ok_or(Failure::NotFound("referral"))?;
    let events = events::of_referral(connection, id, EVENTS_MAX)?;
    let offered_at = matter.offer.as_ref().map(|offer| offer.offered_at);
    let shown: Vec<Event> = events.into_iter().filter(|event| shows(role, matter.receiver(), offered_at, event)).collect();
    let businesses = shown.iter().flat_map(|event| [event.actor.business(), event.business]).flatten().collect();
    let names = business_names(connection, businesses)?;
    let people = people_names(connection, &shown)?;
    Ok(shown.into_iter().map(|event| entry(event, role, &names, &people)).collect())
}

/// Whether somebody with this role may see this step at all. The receiver is the present one, with the time of his offer.
pub(super) fn shows(role: Relation, receiver: Option<BusinessId>, offered_at: Option<Timestamp>, event: &Event) -> bool {
    match role {
        Relation::Giver => event.kind != EventKind::TransferPosted,
        // The receiver's story begins with his own offer: whom the giver asked before is none of his business.
        Relation::Receiver => {
            let own = event.business.is_none_or(|business| Some(business) == receiver);
            let since = offered_at.is_some_and(|offered_at| event.at >= offered_at);
            own && since && !matches!(event.kind, EventKind::ReferralDrafted | EventKind::TransferPosted) && !is_about_mail(event.kind)
        }
        _ => is_step(event.kind),
    }
}

const fn is_about_mail(kind: EventKind) -> bool {
    matches!(kind, EventKind::MailSent | EventKind::MailFailed | EventKind::MailUnknown | EventKind::MailBounced | EventKind::ScannerSuspected)
}

/// The steps by which an organiser sees how the referral ran.
pub(super) const fn is_step(kind: EventKind) -> bool {
    matches!(
        kind,
        EventKind::ReferralOffered
            | EventKind::OfferAccepted
            | EventKind::OfferDeclined
            | EventKind::OfferExpired
            | EventKind::ReferralIntroduced
            | EventKind::ReferralContacted
            | EventKind::ReferralQuoted
            | EventKind::ReferralWon
            | EventKind::ReferralLost
            | EventKind::ReferralClosed
            | EventKind::ReferralWithdrawn
            | EventKind::ReferralDisputed
            | EventKind::ReferralInvalid
            | EventKind::DisputeRejected
            | EventKind::MoveUndone
            | EventKind::ProspectWiped
    )
}

/// An organiser reads the words of a dispute and no others.
fn may_read_note(role: Relation, kind: EventKind) -> bool {
    role != Relation::Organiser || matches!(kind, EventKind::ReferralDisputed | EventKind::ReferralInvalid | EventKind::DisputeRejected)
}

fn entry(event: Event, role: Relation, names: &HashMap<BusinessId, String>, people: &HashMap<PersonId, String>) -> TimelineEntry {
    let text = |name: &str| event.data.get(name).and_then(serde_json::Value::as_str);
    TimelineEntry {
        id: event.id,
        kind: event.kind,
        at: event.at,
        actor: event.actor.kind(),
        by: event.actor.person().and_then(|person| people.get(&person).cloned()),
        by_business: event.actor.business().map(|business| named(names, business)),
        receiver: event.business.map(|business| named(names, business)),
        reason: text("reason").map(str::to_owned),
        mail: text("kind").filter(|_| is_about_mail(event.kind)).and_then(MailKind::parse),
        other: text("origin").or_else(|| text("spin_off")).and_then(|id| id.parse().ok()),
        note: event.note.filter(|_| may_read_note(role, event.kind)),
    }
}

/// The names of those who acted, by the businesses they belong to: one look a business, and a referral has few.
fn people_names(connection: &mut AnyConn, events: &[Event]) -> Answer<HashMap<PersonId, String>> {
    let mut names = HashMap::new();
    for event in events {
        if let Actor::Person { person, business } = event.actor
            && !names.contains_key(&person)
        {
            for card in business.map_or_else(|| Ok(Vec::new()), |business| accounts::people_of(connection, business))? {
                names.insert(card.id, card.name);
            }
            // Somebody who left, or an operator: asked for once.
            if let Entry::Vacant(unknown) = names.entry(person) {
                unknown.insert(accounts::person(connection, person)?.name);
            }
        }
    }
    Ok(names)
}

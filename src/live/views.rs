//! What happened above an id, and who may hear of it: a few queries for a whole batch, none for a single event.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::model::{self, Scope, Telling};
use crate::circles::views as circles;
use crate::db::AnyConn;
use crate::events;
use crate::kernel::id::{BusinessId, CircleId, EventId, Identifier, ReferralId, TrustCaseId};
use crate::kernel::{Answer, Event};
use crate::referrals::views::{self as referrals, Parties};
use crate::trust::views as trust;

/// Ids that one query reads.
const IDS_AT_ONCE: i64 = 5_000;
/// Events that one query reads.
const EVENTS_AT_ONCE: usize = 500;

/// The ids above one: all, or `None` when there are more than `most`.
pub fn ids_above(connection: &mut AnyConn, above: EventId, most: usize) -> Answer<Option<Vec<EventId>>> {
    let mut found: Vec<EventId> = Vec::new();
    loop {
        let page = events::ids_above(connection, found.last().copied().unwrap_or(above), IDS_AT_ONCE)?;
        let is_last = page.len() < IDS_AT_ONCE as usize;
        found.extend(page);
        if found.len() > most {
            return Ok(None);
        }
        if is_last {
            return Ok(Some(found));
        }
    }
}

/// What is to be told of these events to some of these businesses, the oldest first.
pub fn tellings(connection: &mut AnyConn, ids: &[EventId], listening: &[BusinessId]) -> Answer<Vec<Telling>> {
    let mut told = Vec::new();
    for some in ids.chunks(EVENTS_AT_ONCE) {
        let events = events::among(connection, some)?;
        let room = Room::of(connection, &events, listening)?;
        told.extend(events.iter().map(|event| room.telling(event)).filter(|telling| !telling.is_unheard()));
    }
    Ok(told)
}

/// What has to be known of a batch to say who may hear of it.
struct Room {
    listening: HashSet<BusinessId>,
    parties: HashMap<ReferralId, Parties>,
    /// Who of those that listen is an active member, and whether he organises the circle.
    members: BTreeMap<CircleId, Vec<(BusinessId, bool)>>,
    named: HashSet<(TrustCaseId, BusinessId)>,
}

impl Room {
    fn of(connection: &mut AnyConn, events: &[Event], listening: &[BusinessId]) -> Answer<Self> {
        let referrals = distinct(events.iter().filter_map(|event| event.referral));
        let circles = distinct(events.iter().filter(|event| model::of(event).1 != Scope::Nobody).filter_map(|event| event.circle));
        let cases = distinct(events.iter().filter_map(case));
        let mut members: BTreeMap<CircleId, Vec<(BusinessId, bool)>> = BTreeMap::new();
        for (circle, business, organises) in circles::active_in(connection, &circles, listening)? {
            members.entry(circle).or_default().push((business, organises));
        }
        Ok(Self {
            listening: listening.iter().copied().collect(),
            parties: referrals::parties(connection, &referrals)?,
            members,
            named: trust::named_in(connection, &cases)?.into_iter().collect(),
        })
    }

    fn telling(&self, event: &Event) -> Telling {
        let (kind, scope) = model::of(event);
        let audience: BTreeSet<BusinessId> = self.audience(event, scope).into_iter().filter(|business| self.listening.contains(business)).collect();
        let onlookers = self.onlookers(event, scope).filter(|business| !audience.contains(business)).collect();
        let Event { id, referral, circle, actor, .. } = *event;
        Telling { id, kind, event: event.kind, referral, circle, by: actor.business(), by_person: actor.person(), audience, onlookers }
    }

    fn audience(&self, event: &Event, scope: Scope) -> Vec<BusinessId> {
        let concerned = || event.business.into_iter();
        match scope {
            Scope::Referral => self.of_referral(event),
            Scope::Business => concerned().collect(),
            Scope::Members => self.members(event).map(|(business, _)| business).chain(concerned()).collect(),
            Scope::Organisers => self.organisers(event).chain(concerned()).collect(),
            Scope::Case => case(event).map_or_else(Vec::new, |case| self.organisers(event).filter(|own| !self.named.contains(&(case, *own))).collect()),
            Scope::Sides => [named(event, "giver"), named(event, "receiver")].into_iter().flatten().collect(),
            Scope::Nobody => Vec::new(),
        }
    }

    /// Who sees sums that a transfer between others changes: every active member sees how much of the circle closes.
    fn onlookers(&self, event: &Event, scope: Scope) -> impl Iterator<Item = BusinessId> {
        self.members(event).filter(move |_| scope == Scope::Sides).map(|(business, _)| business)
    }

    fn of_referral(&self, event: &Event) -> Vec<BusinessId> {
        let Some(parties) = event.referral.and_then(|referral| self.parties.get(&referral)) else { return Vec::new() };
        let mut hearing = parties.hearing(event);
        if parties.lets_organisers_hear(event) {
            hearing.extend(self.organisers(event).filter(|organiser| !parties.is_party(*organiser)));
        }
        hearing
    }

    fn members(&self, event: &Event) -> impl Iterator<Item = (BusinessId, bool)> {
        event.circle.and_then(|circle| self.members.get(&circle)).into_iter().flatten().copied()
    }

    fn organisers(&self, event: &Event) -> impl Iterator<Item = BusinessId> {
        self.members(event).filter(|(_, organises)| *organises).map(|(business, _)| business)
    }
}

/// The case that an event is about.
fn case(event: &Event) -> Option<TrustCaseId> {
    named(event, "case")
}

fn named<I: Identifier>(event: &Event, fact: &str) -> Option<I> {
    event.data.get(fact)?.as_str()?.parse().ok()
}

fn distinct<I: Identifier>(ids: impl Iterator<Item = I>) -> Vec<I> {
    ids.collect::<BTreeSet<I>>().into_iter().collect()
}

//! The SQL of the event log.

use diesel::prelude::*;

use crate::db::AnyConn;
use crate::db::schema::event;
use crate::kernel::actor::ActorKind;
use crate::kernel::clock::Timestamp;
use crate::kernel::id::{BusinessId, CircleId, EventId, Identifier, PersonId, ReferralId};
use crate::kernel::text::holds_any;
use crate::kernel::{Actor, Answer, Event, EventKind, Failure};

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = event)]
struct Row {
    id: EventId,
    kind: EventKind,
    at: Timestamp,
    actor_kind: ActorKind,
    actor_person_id: Option<PersonId>,
    actor_business_id: Option<BusinessId>,
    circle_id: Option<CircleId>,
    business_id: Option<BusinessId>,
    person_id: Option<PersonId>,
    referral_id: Option<ReferralId>,
    note: Option<String>,
    data: String,
}

impl Row {
    fn into_event(self) -> Answer<Event> {
        let lacking = || Failure::internal(format!("event {} lacks its actor", self.id));
        let actor = match self.actor_kind {
            ActorKind::Person => Actor::Person { person: self.actor_person_id.ok_or_else(lacking)?, business: self.actor_business_id },
            ActorKind::Business => Actor::Business(self.actor_business_id.ok_or_else(lacking)?),
            ActorKind::Prospect => Actor::Prospect,
            ActorKind::Clock => Actor::Clock,
            ActorKind::System => Actor::System,
        };
        let data = serde_json::from_str(&self.data).map_err(|error| Failure::internal(format!("event {}: {error}", self.id)))?;
        Ok(Event {
            id: self.id,
            kind: self.kind,
            at: self.at,
            actor,
            circle: self.circle_id,
            business: self.business_id,
            person: self.person_id,
            referral: self.referral_id,
            note: self.note,
            data,
            handed: serde_json::Value::Null,
        })
    }
}

pub(super) fn insert(connection: &mut AnyConn, new: &Event) -> Answer<()> {
    let row = Row {
        id: new.id,
        kind: new.kind,
        at: new.at,
        actor_kind: new.actor.kind(),
        actor_person_id: new.actor.person(),
        actor_business_id: new.actor.business(),
        circle_id: new.circle,
        business_id: new.business,
        person_id: new.person,
        referral_id: new.referral,
        note: new.note.clone(),
        data: new.data.to_string(),
    };
    diesel::insert_into(event::table).values(row).execute(connection)?;
    Ok(())
}

/// The ids above one, the lowest first, at most `limit`.
pub fn ids_above(connection: &mut AnyConn, above: EventId, limit: i64) -> Answer<Vec<EventId>> {
    Ok(event::table.filter(event::id.gt(above)).order(event::id.asc()).limit(limit).select(event::id).load(connection)?)
}

/// These events, the oldest first, in one query.
pub fn among(connection: &mut AnyConn, ids: &[EventId]) -> Answer<Vec<Event>> {
    let rows: Vec<Row> = event::table.filter(event::id.eq_any(ids.to_vec())).order(event::id.asc()).select(Row::as_select()).load(connection)?;
    rows.into_iter().map(Row::into_event).collect()
}

/// The timeline of a referral, oldest first, at most `limit`.
pub fn of_referral(connection: &mut AnyConn, referral: ReferralId, limit: i64) -> Answer<Vec<Event>> {
    let rows: Vec<Row> = event::table.filter(event::referral_id.eq(referral)).order(event::id.asc()).limit(limit).select(Row::as_select()).load(connection)?;
    rows.into_iter().map(Row::into_event).collect()
}

/// What happened to these referrals, newest first, at most `limit`.
pub fn of_referrals(connection: &mut AnyConn, referrals: &[ReferralId], limit: i64) -> Answer<Vec<Event>> {
    if referrals.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<Row> =
        event::table.filter(event::referral_id.eq_any(referrals.to_vec())).order(event::id.desc()).limit(limit).select(Row::as_select()).load(connection)?;
    rows.into_iter().map(Row::into_event).collect()
}

/// What happened in a circle below an id, newest first.
pub fn of_circle(connection: &mut AnyConn, circle: CircleId, below: EventId, limit: i64) -> Answer<Vec<Event>> {
    let rows: Vec<Row> = event::table
        .filter(event::circle_id.eq(circle).and(event::id.lt(below)))
        .order(event::id.desc())
        .limit(limit)
        .select(Row::as_select())
        .load(connection)?;
    rows.into_iter().map(Row::into_event).collect()
}

/// What happened to a business below an id, newest first.
pub fn recent_of_business(connection: &mut AnyConn, business: BusinessId, below: EventId, limit: i64) -> Answer<Vec<Event>> {
    let rows: Vec<Row> = event::table
        .filter(event::business_id.eq(business).and(event::id.lt(below)))
        .order(event::id.desc())
        .limit(limit)
        .select(Row::as_select())
        .load(connection)?;
    rows.into_iter().map(Row::into_event).collect()
}

/// What a person did, and what was done with his account, below an id, newest first.
pub fn of_person(connection: &mut AnyConn, person: PersonId, below: EventId, limit: i64) -> Answer<Vec<Event>> {
    let page = || event::table.filter(event::id.lt(below)).order(event::id.desc()).limit(limit).select(Row::as_select());
    // One query each, so that each goes by its own index.
    let mut rows: Vec<Row> = page().filter(event::actor_person_id.eq(person)).load(connection)?;
    rows.extend(page().filter(event::person_id.eq(person)).load::<Row>(connection)?);
    rows.sort_by_key(|row| std::cmp::Reverse(row.id));
    rows.dedup_by_key(|row| row.id);
    rows.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    rows.into_iter().map(Row::into_event).collect()
}

/// Takes out the notes of a person that hold one of these words; answers how many. Looked at in batches.
pub fn take_out_notes(connection: &mut AnyConn, person: PersonId, words: &[String]) -> Answer<usize> {
    const BATCH: i64 = 500;
    let (mut above, mut count) = (EventId::from_raw(0), 0);
    loop {
        let own = event::table.filter(event::actor_person_id.eq(person).and(event::id.gt(above)));
        let rows: Vec<(EventId, Option<String>)> = own.order(event::id.asc()).limit(BATCH).select((event::id, event::note)).load(connection)?;
        let Some((last, _)) = rows.last() else { return Ok(count) };
        above = *last;
        let telling: Vec<EventId> = rows.iter().filter(|(_, note)| note.as_ref().is_some_and(|note| holds_any(note, words))).map(|(id, _)| *id).collect();
        if !telling.is_empty() {
            count += diesel::update(event::table.filter(event::id.eq_any(telling))).set(event::note.eq(None::<String>)).execute(connection)?;
        }
    }
}

//! A referral under its lock, with the marks beside its state, and the steps that every move shares.

use serde_json::{Value, json};

use crate::capabilities::{self, Purpose};
use crate::circles::policy::Policy;
use crate::circles::{model::MemberState, views as circles};
use crate::db::{AnyConn, Tx};
use crate::events;
use crate::kernel::clock::{Timestamp, days, hours};
use crate::kernel::event::NewEvent;
use crate::kernel::id::{BusinessId, EventId, Identifier, ReferralId};
use crate::kernel::text::Prose;
use crate::kernel::{Actor, Answer, Event, EventKind, Failure, Principal};
use crate::outbox::{self, MailKind};
use crate::referrals::model::{Move, NOTE_MAX, Next, OfferState, RETENTION_DAYS, ReferralState, Relation, Situation, UNDO_SECONDS};
use crate::referrals::reveal;
use crate::referrals::store::{self, DisputeRow, OfferRow, ReferralRow};
use crate::timers::{self, TimerKind};

/// How many events of one referral are read at most: nudges every day for three years, and more.
pub const EVENTS_MAX: i64 = 2_000;

/// A referral and what decides its moves.
pub struct Matter {
    /// The referral.
    pub row: ReferralRow,
    /// The offer to the present (or last) receiver.
    pub offer: Option<OfferRow>,
    /// The dispute that waits for the organiser.
    pub dispute: Option<DisputeRow>,
    /// The receiver's last move, if it can still be taken back: where it came from, and its event.
    pub way_back: Option<(ReferralState, EventId)>,
}

impl Matter {
    /// Locks and loads a referral in order to move it.
    pub fn locked(tx: &mut Tx<'_>, id: ReferralId) -> Answer<Self> {
        tx.lock(id)?;
        let now = tx.now();
        Self::load(tx, id, now)
    }

    /// Loads a referral with its marks.
    pub fn load(connection: &mut AnyConn, id: ReferralId, now: Timestamp) -> Answer<Self> {
        let row = store::referral(connection, id)?;
        let offer = match row.receiver_business_id {
            Some(receiver) if row.state != ReferralState::Draft => store::offer_to(connection, id, receiver)?,
            _ => None,
        };
        let dispute = if row.state.was_introduced() { store::open_dispute(connection, id)? } else { None };
        let way_back = way_back(connection, &row, now)?;
        Ok(Self { row, offer, dispute, way_back })
    }

    /// What the table of moves is asked with.
    pub fn situation(&self) -> Situation {
        Situation { state: self.row.state, disputed: self.dispute.is_some(), undoable: self.way_back.is_some() }
    }

    /// The receiver whose offer is open or accepted.
    pub fn receiver(&self) -> Option<BusinessId> {
        self.offer.as_ref().filter(|offer| offer.state.shows_referral()).map(|offer| offer.receiver_business_id)
    }

    /// Where a person's move leads. Who may not know of the referral is told that there is none.
    pub fn require(&self, tx: &mut Tx<'_>, principal: &Principal, wanted: Move) -> Answer<Next> {
        let relations = relations(tx, self, principal)?;
        if relations.is_empty() {
            return Err(Failure::NotFound("referral"));
        }
        self.situation().require(wanted, &relations)
    }

    /// Whether a clock or a prospect can make this move now; where it leads.
    pub fn allows(&self, wanted: Move, relation: Relation) -> Option<ReferralState> {
        match self.situation().next(wanted, &[relation]) {
            Some(Next::To(state)) => Some(state),
            _ => None,
        }
    }

    /// Enters the next state, saves, winds the clocks that belong to it and records the event.
    pub fn enter(&mut self, tx: &mut Tx<'_>, next: ReferralState, kind: EventKind, actor: Actor, note: Option<String>, data: Value) -> Answer<Event> {
        let from = self.row.state;
        self.row.enter(next, tx.now());
        store::save_referral(tx, &mut self.row)?;
        self.wind_clocks(tx)?;
        self.record(tx, kind, actor, note, with(data, "from", json!(from)))
    }

    /// Records an event about this referral.
    pub fn record(&self, tx: &mut Tx<'_>, kind: EventKind, actor: Actor, note: Option<String>, data: Value) -> Answer<Event> {
        let event = NewEvent::new(kind, actor).circle(self.row.circle_id).referral(self.row.id).note(note).data(data);
        let receiver = self.row.receiver_business_id.filter(|_| self.offer.is_some());
        events::record(tx, receiver.map_or_else(|| event.clone(), |receiver| event.clone().business(receiver)))
    }

    /// The policy under which the referral was passed.
    pub fn policy(&self, connection: &mut AnyConn) -> Answer<Policy> {
        Ok(circles::policy(connection, self.row.circle_id, Some(self.row.policy_version))?.1)
    }

    /// Ends the open offer: its clocks stop and its mails that still wait are not sent.
    pub fn end_offer(&mut self, tx: &mut Tx<'_>, state: OfferState, by: Actor) -> Answer<()> {
        let now = tx.now();
        let Some(offer) = self.offer.as_mut().filter(|offer| offer.state == OfferState::Open) else { return Ok(()) };
        offer.state = state;
        offer.answered_at = Some(now);
        offer.answered_by = by.person().filter(|_| matches!(state, OfferState::Accepted | OfferState::Declined));
        store::save_offer(tx, offer)?;
        let subject = offer.id.raw();
        timers::cancel(tx, &[TimerKind::OfferReminder, TimerKind::OfferExpiry], subject)?;
        outbox::cancel(tx, subject, &[MailKind::Offer, MailKind::OfferReminder])?;
        Ok(())
    }

    /// Winds the clocks that belong to the present state and stops the others.
    pub fn wind_clocks(&self, tx: &mut Tx<'_>) -> Answer<()> {
        let (row, now, id) = (&self.row, tx.now(), self.row.id.raw());
        match row.state {
            ReferralState::Draft | ReferralState::Declined | ReferralState::Expired => {
                timers::schedule(tx, TimerKind::ProspectWipe, id, now.after(days(RETENTION_DAYS)))
            }
            ReferralState::Offered => {
                let policy = self.policy(tx)?;
                timers::cancel(tx, &[TimerKind::ProspectWipe], id)?;
                timers::schedule(tx, TimerKind::ReferralEnd, id, now.after(days(policy.clocks.close_days)))
            }
            ReferralState::Accepted => Ok(()),
            ReferralState::Introduced | ReferralState::Contacted | ReferralState::Quoted => self.wind_follow_up(tx),
            ReferralState::Won | ReferralState::Lost | ReferralState::Closed | ReferralState::Withdrawn | ReferralState::Invalid => {
                timers::cancel(tx, &[TimerKind::ContactReminder, TimerKind::ReferralNudge, TimerKind::ReferralEnd], id)?;
                let kept = days(self.retention_days(tx)?);
                timers::schedule(tx, TimerKind::ProspectWipe, id, now.after(kept))
            }
        }
    }

    fn wind_follow_up(&self, tx: &mut Tx<'_>) -> Answer<()> {
        let (row, now, id) = (&self.row, tx.now(), self.row.id.raw());
        let policy = self.policy(tx)?;
        let introduced_at = row.introduced_at.unwrap_or(now);
        let contact_due = introduced_at.after(hours(row.contact_within_hours()));
        timers::cancel(tx, &[TimerKind::ProspectWipe], id)?;
        if row.state == ReferralState::Introduced && contact_due > now {
            timers::schedule(tx, TimerKind::ContactReminder, id, contact_due)?;
        } else {
            timers::cancel(tx, &[TimerKind::ContactReminder], id)?;
        }
        timers::schedule(tx, TimerKind::ReferralNudge, id, now.after(days(policy.clocks.nudge_days)))?;
        timers::schedule(tx, TimerKind::ReferralEnd, id, introduced_at.after(days(policy.clocks.close_days)).max(now))
    }

    /// How long the prospect's data is kept after the end: as long as it claims the prospect, at least a month.
    fn retention_days(&self, connection: &mut AnyConn) -> Answer<u32> {
        Ok(if self.row.state.claims_prospect() { self.policy(connection)?.claim_window_days.max(RETENTION_DAYS) } else { RETENTION_DAYS })
    }

    /// Reads a note to a move. It stays in the log for ever, so it must not name the prospect.
    pub fn note(&self, connection: &mut AnyConn, raw: Option<&str>) -> Answer<Option<String>> {
        let note = Prose::<NOTE_MAX>::optional(raw).map_err(|problem| problem.of("note"))?.map(Prose::into_string);
        if let Some(text) = &note {
            self.forbid_prospect(connection, "note", text)?;
        }
        Ok(note)
    }

    /// Refuses words that name the prospect.
    pub fn forbid_prospect(&self, connection: &mut AnyConn, field: &str, text: &str) -> Answer<()> {
        let prospect = store::prospect(connection, self.row.id)?;
        match prospect.filter(|prospect| reveal::names(prospect, text)) {
            Some(_) => Err(Failure::field(field, "reveals_prospect", "leave out the prospect's name, address and number: they are stored apart")),
            None => Ok(()),
        }
    }

    /// A new link that answers the open offer from a mail.
    pub fn answer_link(tx: &mut Tx<'_>, offer: &OfferRow) -> Answer<capabilities::Capability> {
        let end = tx.now().after(days(crate::referrals::model::ANSWER_LINK_DAYS));
        capabilities::issue(tx, Purpose::AnswerOffer, offer.id.raw(), Some(end))
    }
}

/// What a person is to a referral; nothing when he may not know of it.
pub fn relations(connection: &mut AnyConn, matter: &Matter, principal: &Principal) -> Answer<Vec<Relation>> {
    let row = &matter.row;
    let Some(business) = principal.business else {
        return Ok(if stands_in_for_organisers(connection, matter, principal)? { vec![Relation::Organiser] } else { Vec::new() });
    };
    if row.giver_business_id == business {
        return Ok(vec![Relation::Giver]);
    }
    if row.state == ReferralState::Draft {
        return Ok(Vec::new());
    }
    if matter.receiver() == Some(business) {
        return Ok(vec![Relation::Receiver]);
    }
    let membership = circles::membership(connection, row.circle_id, business)?;
    let organises = membership.is_some_and(|membership| membership.is_organiser && membership.state == MemberState::Active);
    Ok(if organises || stands_in_for_organisers(connection, matter, principal)? { vec![Relation::Organiser] } else { Vec::new() })
}

/// An operator decides a dispute when every organiser of the circle is a party.
fn stands_in_for_organisers(connection: &mut AnyConn, matter: &Matter, principal: &Principal) -> Answer<bool> {
    if !principal.is_operator || matter.dispute.is_none() {
        return Ok(false);
    }
    let parties = [Some(matter.row.giver_business_id), matter.receiver()];
    Ok(circles::organisers(connection, matter.row.circle_id)?.iter().all(|organiser| parties.contains(&Some(*organiser))))
}

/// The receiver's last move, if it is one that can be taken back and young enough.
fn way_back(connection: &mut AnyConn, row: &ReferralRow, now: Timestamp) -> Answer<Option<(ReferralState, EventId)>> {
    let kind = match row.state {
        ReferralState::Contacted => EventKind::ReferralContacted,
        ReferralState::Quoted => EventKind::ReferralQuoted,
        ReferralState::Lost => EventKind::ReferralLost,
        _ => return Ok(None),
    };
    if now.since(row.state_since).as_secs() >= u64::from(UNDO_SECONDS) {
        return Ok(None);
    }
    let events = events::of_referral(connection, row.id, EVENTS_MAX)?;
    let made = events.iter().rev().find(|event| event.kind == kind && event.at == row.state_since && event.actor.business() == row.receiver_business_id);
    Ok(made.and_then(|event| Some((ReferralState::parse(event.data.get("from")?.as_str()?)?, event.id))))
}

/// The same facts with one more.
pub fn with(mut data: Value, name: &str, value: Value) -> Value {
    match data.as_object_mut() {
        Some(object) => {
            object.insert(name.to_owned(), value);
            data
        }
        None => json!({ name: value }),
    }
}

//! The append-only event log.
//!
//! A command writes its change and records one event, in one transaction; what follows from the event follows inside the
//! same transaction. The timeline of a referral, the audit of a circle and later the webhooks all read this one table. An
//! event never holds a prospect's data, so that wiping never has to touch the log.

mod store;

use crate::db::Tx;
use crate::kernel::event::{HANDED, NewEvent};
use crate::kernel::{Answer, Event};

pub use store::{among, ids_above, of_circle, of_person, of_referral, of_referrals, recent_of_business, take_out_notes};

/// Records what happened and lets follow what follows. Call it after the change itself is written.
pub fn record(tx: &mut Tx<'_>, event: NewEvent) -> Answer<Event> {
    let mut data = event.data;
    let handed = data.as_object_mut().and_then(|facts| facts.remove(HANDED)).unwrap_or_default();
    let event = Event {
        id: tx.new_id(),
        kind: event.kind,
        at: tx.now(),
        actor: event.actor,
        circle: event.circle,
        business: event.business,
        person: event.person,
        referral: event.referral,
        note: event.note,
        data,
        handed,
    };
    store::insert(tx, &event)?;
    let reactions = tx.reactions();
    reactions(tx, &event)?;
    Ok(event)
}

//! What can be done with an introduction; every function is one change inside the running transaction.
//!
//! Commands lock the referral first, so that both sides, the clock and a machine that presses two buttons wait for each other.

mod answer;
mod forget;
mod open;
mod settle;
mod suppress;
mod withdraw;

pub use answer::{Given, Outcome, answer, spring_trap, undo};
pub use forget::take_out_name;
pub use open::{NewIntroduction, open};
pub use settle::{close, delivered, expire, introduce_due, receiver_agreed, wipe};
pub use suppress::{lift, stop, suppress, suppress_address, unstop, unsuppress, welcome};
pub use withdraw::{withdraw, withdraw_for_prospect};

use super::model::Introduction;
use super::record::{Channel, Consent, ConsentKind};
use super::store;
use super::wording::Statement;
use crate::db::Tx;
use crate::kernel::Answer;
use crate::kernel::event::{EventKind, NewEvent};
use crate::kernel::id::{IntroductionId, PersonId};
use crate::kernel::{Actor, Event};

/// Locks an introduction's referral and reads it afresh.
fn locked(tx: &mut Tx<'_>, id: IntroductionId) -> Answer<Introduction> {
    let referral = store::by_id(tx, id)?.referral_id;
    tx.lock(referral)?;
    store::by_id(tx, id)
}

/// Writes a change and keeps the version in step, so that the same value can be changed on.
fn save(tx: &mut Tx<'_>, introduction: &mut Introduction) -> Answer<()> {
    store::save(tx, introduction)?;
    introduction.version += 1;
    Ok(())
}

/// Records an event about an introduction.
fn record(tx: &mut Tx<'_>, kind: EventKind, actor: Actor, about: &Introduction) -> Answer<Event> {
    let event = NewEvent::new(kind, actor)
        .circle(about.circle_id)
        .business(about.receiver_business_id)
        .referral(about.referral_id)
        .data(serde_json::json!({ "introduction": about.id, "consent_path": about.consent_path }));
    crate::events::record(tx, event)
}

/// Adds a line to the consent record of an introduction that has one.
fn add_line(tx: &mut Tx<'_>, about: &Introduction, kind: ConsentKind, channel: Channel, statement: &Statement, witness: Option<PersonId>) -> Answer<()> {
    let first = store::first_consent(tx, about.id)?;
    let line = Consent {
        id: tx.new_id(),
        kind,
        wording: statement.wording.clone(),
        wording_version: statement.version.to_owned(),
        language: statement.language,
        channel,
        witness_person_id: witness,
        given_at: None,
        at: tx.now(),
        ..first
    };
    store::add_consent(tx, line)
}

//! Being forgotten: asked for, taken back, done when the time for that is over.

use crate::accounts::erasure::{Behind, GRACE, Step};
use crate::accounts::password::PasswordHash;
use crate::accounts::store::people::{self, PersonRow};
use crate::accounts::store::{erasure, invitations};
use crate::accounts::views;
use crate::businesses;
use crate::capabilities::{self, Purpose};
use crate::db::{Tx, once};
use crate::events;
use crate::kernel::actor::PersonRole;
use crate::kernel::event::NewEvent;
use crate::kernel::id::{Identifier, PersonId};
use crate::kernel::{Actor, Answer, EmailAddress, EventKind, Failure, Principal, Timestamp};
use crate::timers::{self, TimerKind};
use crate::web::texts;

/// The person asks to be forgotten, after the password was shown. Who is the last of a business says so that it is closed;
/// who leaves colleagues without an owner, or members without an organiser, hands over first.
pub fn ask(tx: &mut Tx<'_>, principal: &Principal, shown_for: &PasswordHash, closes_business: bool) -> Answer<Timestamp> {
    tx.lock(principal.person)?;
    let row = people::by_id(tx, principal.person)?;
    if row.removed_at.is_some() || row.password_hash != shown_for.as_str() {
        return Err(Failure::conflict("password_changed_meanwhile", "the password was changed meanwhile"));
    }
    let (stage, _) = erasure::stage(tx, row.id)?;
    stage.step(Step::Ask)?;
    let behind = views::behind(tx, principal)?;
    if behind == Behind::NoOwner {
        return Err(Failure::conflict("last_owner", "make somebody else an owner first"));
    }
    if let (Behind::Nobody, Some(business)) = (behind, row.business_id) {
        if !closes_business {
            return Err(Failure::field("closes_business", "must_agree", "the business is closed with the last of its people"));
        }
        if let Some(circle) = crate::circles::views::orphaned_by(tx, business)?.first() {
            return Err(Failure::conflict("last_organiser", format!("hand {} over first", circle.name)));
        }
    }
    begin(tx, row.id, principal.actor())
}

/// Somebody who was removed from a business asks to be forgotten, by the link that came to his address. He leaves nobody behind.
pub fn ask_by_link(tx: &mut Tx<'_>, token: &str) -> Answer<Timestamp> {
    let row = former(tx, token)?;
    tx.lock(row.id)?;
    let (stage, _) = erasure::stage(tx, row.id)?;
    stage.step(Step::Ask)?;
    begin(tx, row.id, Actor::Person { person: row.id, business: row.business_id })
}

/// Takes it back by the link.
pub fn take_back_by_link(tx: &mut Tx<'_>, token: &str) -> Answer<()> {
    let row = former(tx, token)?;
    end(tx, row.id, Actor::Person { person: row.id, business: row.business_id })
}

/// Whom a link shows what is kept about him.
fn former(tx: &mut Tx<'_>, token: &str) -> Answer<PersonRow> {
    let now = tx.now();
    let link = capabilities::find(tx, Purpose::OwnData, token, now)?;
    people::by_id(tx, PersonId::from_raw(link.subject_id))
}

fn begin(tx: &mut Tx<'_>, id: PersonId, actor: Actor) -> Answer<Timestamp> {
    let due_at = tx.now().after(GRACE);
    erasure::set_due(tx, id, Some(due_at))?;
    timers::schedule(tx, TimerKind::AccountErase, id.raw(), due_at)?;
    events::record(tx, NewEvent::new(EventKind::ErasureAsked, actor).person(id))?;
    Ok(due_at)
}

/// The person takes it back.
pub fn take_back(tx: &mut Tx<'_>, principal: &Principal) -> Answer<()> {
    end(tx, principal.person, principal.actor())
}

fn end(tx: &mut Tx<'_>, id: PersonId, actor: Actor) -> Answer<()> {
    tx.lock(id)?;
    let (stage, _) = erasure::stage(tx, id)?;
    stage.step(Step::TakeBack)?;
    erasure::set_due(tx, id, None)?;
    timers::cancel(tx, &[TimerKind::AccountErase], id.raw())?;
    events::record(tx, NewEvent::new(EventKind::ErasureTakenBack, actor).person(id)).map(drop)
}

/// The time for taking it back is over. The events come before the rows are wiped: whoever keeps a copy of a name in another
/// room must know it once more to take it out.
pub fn erase_due(tx: &mut Tx<'_>, id: PersonId) -> Answer<()> {
    let row = people::by_id(tx, id)?;
    if let Some(business) = row.business_id {
        tx.lock(business)?;
    }
    tx.lock(id)?;
    let (stage, _) = erasure::stage(tx, id)?;
    if stage.step(Step::Elapse).is_err() {
        return Ok(());
    }
    let principal = crate::kernel::Principal { person: id, business: row.business_id, role: row.role, is_operator: false };
    // Who was removed before leaves nothing behind: the business goes on without him, or was closed by others.
    let behind = if row.removed_at.is_some() { Behind::Others } else { views::behind(tx, &principal)? };
    match (behind, row.business_id) {
        (Behind::NoOwner, Some(_)) => promote_successor(tx, &row)?,
        (Behind::Nobody, Some(business)) => {
            let name = texts::text(row.language, "businesses-closed-name");
            withdraw_invitations(tx, &row)?;
            businesses::commands::close(tx, business, &name)?;
        }
        _ => {}
    }
    events::record(tx, NewEvent::new(EventKind::AccountErased, Actor::Clock).person(id))?;
    for purpose in [Purpose::ConfirmAddress, Purpose::ResetPassword, Purpose::OwnData] {
        capabilities::revoke(tx, purpose, id.raw())?;
    }
    once::forget(tx, &id.to_string())?;
    let address = EmailAddress::parse(&row.email).map_err(|problem| problem.of("email"))?;
    let is_anothers = views::is_held_by_another(tx, &address, id)?;
    erasure::wipe(tx, id, (!is_anothers).then(|| address.normalised()), &texts::text(row.language, "accounts-former-colleague"))
}

/// The colleague who is there longest becomes an owner: nobody was made one in time.
fn promote_successor(tx: &mut Tx<'_>, leaving: &PersonRow) -> Answer<()> {
    let Some(business) = leaving.business_id else { return Ok(()) };
    let Some(successor) = people::active_of(tx, business)?.into_iter().find(|person| person.id != leaving.id) else { return Ok(()) };
    people::set_role(tx, successor.id, PersonRole::Owner)?;
    let data = serde_json::json!({ "role": PersonRole::Owner });
    events::record(tx, NewEvent::new(EventKind::ColleagueRoleChanged, Actor::Clock).business(business).person(successor.id).data(data)).map(drop)
}

/// Nobody joins a business that is closed.
fn withdraw_invitations(tx: &mut Tx<'_>, leaving: &PersonRow) -> Answer<()> {
    let Some(business) = leaving.business_id else { return Ok(()) };
    let now = tx.now();
    for invitation in invitations::open_of(tx, business, now)? {
        invitations::revoke(tx, invitation.id)?;
        capabilities::revoke(tx, Purpose::JoinBusiness, invitation.id.raw())?;
    }
    invitations::forget_addresses(tx, business)
}

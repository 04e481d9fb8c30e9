//! Forgotten and changed passwords.

use crate::accounts::password::PasswordHash;
use crate::accounts::store::{people, sessions};
use crate::capabilities::{self, Purpose};
use crate::db::Tx;
use crate::events;
use crate::kernel::event::NewEvent;
use crate::kernel::id::{Identifier, PersonId, SessionId};
use crate::kernel::{Actor, Answer, EmailAddress, EventKind, Failure, Principal};

/// As many former accounts of one address are told of.
const FORMER_MAX: i64 = 5;

/// Sends a link that sets a new password, and to whoever was removed from a business one to what is kept about him; for unknown
/// addresses it does nothing, and answers the same.
pub fn forget(tx: &mut Tx<'_>, email: &EmailAddress) -> Answer<()> {
    for former in people::former_of(tx, &[email.normalised().to_owned(), email.as_str().to_owned()], FORMER_MAX)? {
        events::record(tx, NewEvent::new(EventKind::FormerAsked, Actor::System).person(former.id))?;
    }
    let Some(known) = people::by_address(tx, email.normalised())? else {
        return Ok(());
    };
    capabilities::revoke(tx, Purpose::ResetPassword, known.id.raw())?;
    events::record(tx, NewEvent::new(EventKind::PasswordForgotten, Actor::System).person(known.id)).map(drop)
}

/// Sets a new password by the link in the mail; no other such link works from now on. Ends every session, and confirms the
/// address: the link came by its mail.
pub fn reset(tx: &mut Tx<'_>, token: &str, hash: &PasswordHash) -> Answer<PersonId> {
    let now = tx.now();
    let link = capabilities::find(tx, Purpose::ResetPassword, token, now)?;
    let row = people::by_id(tx, PersonId::from_raw(link.subject_id))?;
    if row.removed_at.is_some() {
        return Err(Failure::NotFound("link"));
    }
    capabilities::revoke(tx, Purpose::ResetPassword, row.id.raw())?;
    capabilities::spend(tx, &link)?;
    people::set_password(tx, row.id, hash.as_str())?;
    sessions::end_all(tx, row.id, None)?;
    super::confirm_address(tx, row.id)?;
    let actor = Actor::Person { person: row.id, business: row.business_id };
    events::record(tx, NewEvent::new(EventKind::PasswordChanged, actor).person(row.id))?;
    Ok(row.id)
}

/// Changes the own password, after the present one was shown (`shown_for`). Ends every session but this one, and what links
/// for a new password are still on their way.
pub fn change(tx: &mut Tx<'_>, principal: &Principal, session: SessionId, shown_for: &PasswordHash, hash: &PasswordHash) -> Answer<()> {
    tx.lock(principal.person)?;
    let row = people::by_id(tx, principal.person)?;
    if row.removed_at.is_some() || row.password_hash != shown_for.as_str() {
        return Err(Failure::conflict("password_changed_meanwhile", "the password was changed meanwhile"));
    }
    people::set_password(tx, row.id, hash.as_str())?;
    sessions::end_all(tx, row.id, Some(session))?;
    capabilities::revoke(tx, Purpose::ResetPassword, row.id.raw())?;
    events::record(tx, NewEvent::new(EventKind::PasswordChanged, principal.actor()).person(row.id)).map(drop)
}

//! Sessions: opened, exchanged, ended.

use crate::accounts::model::{SESSION_LIFETIME, SESSIONS_MAX, SessionKind};
use crate::accounts::password::PasswordHash;
use crate::accounts::store::people;
use crate::accounts::store::sessions::{self, SessionRow};
use crate::db::Tx;
use crate::events;
use crate::kernel::event::NewEvent;
use crate::kernel::id::{PersonId, SessionId};
use crate::kernel::secret::{random_token, token_hash};
use crate::kernel::{Actor, Answer, EventKind, Failure, Principal};

/// A session with the token that its holder keeps: the cookie of a browser, the refresh token of a program.
#[derive(Clone)]
pub struct OpenedSession {
    /// The session.
    pub session: SessionId,
    /// Whose.
    pub person: PersonId,
    /// Shown once; the database has its hash.
    pub token: String,
}

/// Opens a session for somebody whose password was found right. Should it have been changed meanwhile, or the person
/// removed, it is not.
pub fn sign_in(tx: &mut Tx<'_>, person: PersonId, matched: &PasswordHash, kind: SessionKind, user_agent: &str) -> Answer<OpenedSession> {
    let row = people::by_id(tx, person)?;
    if row.password_hash != matched.as_str() || row.removed_at.is_some() {
        return Err(Failure::Unauthenticated { code: "wrong_credentials" });
    }
    open(tx, person, kind, user_agent)
}

/// Opens a session for a person who is known by other proof than the password.
pub fn open(tx: &mut Tx<'_>, person: PersonId, kind: SessionKind, user_agent: &str) -> Answer<OpenedSession> {
    if !people::by_id(tx, person)?.is_active() {
        return Err(Failure::forbidden("address_not_confirmed", "the address is not confirmed yet"));
    }
    make_room(tx, person)?;
    let token = random_token(tx.random())?;
    let now = tx.now();
    let row = SessionRow {
        id: tx.new_id(),
        person_id: person,
        kind,
        token_hash: token_hash(&token),
        user_agent: user_agent.to_owned(),
        created_at: now,
        seen_at: now,
        expires_at: now.after(SESSION_LIFETIME),
        ended_at: None,
    };
    let session = row.id;
    sessions::insert(tx, row)?;
    Ok(OpenedSession { session, person, token })
}

/// Ends the oldest of too many.
fn make_room(tx: &mut Tx<'_>, person: PersonId) -> Answer<()> {
    let now = tx.now();
    let living = sessions::living_of(tx, person, now)?;
    let keep = usize::try_from(SESSIONS_MAX - 1).unwrap_or(usize::MAX);
    for old in living.iter().skip(keep) {
        sessions::end(tx, person, old.id)?;
    }
    Ok(())
}

/// What became of a refresh token that was shown.
pub enum Refreshed {
    /// Exchanged for a new one.
    Fresh(OpenedSession),
    /// It was exchanged before: somebody has a copy. Its session is ended.
    Reused,
    /// Unknown, expired, or its session ended.
    Unknown,
}

/// Exchanges a refresh token. A token that was exchanged before ends its session: between the rightful holder and a thief
/// nobody can tell. That must be committed, so it is an answer and not a failure.
pub fn refresh(tx: &mut Tx<'_>, token: &str) -> Answer<Refreshed> {
    let old_hash = token_hash(token);
    let new_token = random_token(tx.random())?;
    if let Some((session, person)) = sessions::exchange(tx, &old_hash, &token_hash(&new_token))? {
        if people::by_id(tx, person)?.is_active() {
            return Ok(Refreshed::Fresh(OpenedSession { session, person, token: new_token }));
        }
        sessions::end(tx, person, session)?;
        return Ok(Refreshed::Unknown);
    }
    let Some((session, person)) = sessions::spent(tx, &old_hash)? else {
        return Ok(Refreshed::Unknown);
    };
    if sessions::end(tx, person, session)? {
        let data = serde_json::json!({ "session": session });
        events::record(tx, NewEvent::new(EventKind::TokenReused, Actor::System).person(person).data(data))?;
    }
    Ok(Refreshed::Reused)
}

/// Notes that a browser's session was seen.
pub(in crate::accounts) fn keep_alive(tx: &mut Tx<'_>, session: SessionId) -> Answer<()> {
    sessions::keep_alive(tx, session)
}

/// Ends one of the own sessions.
pub fn end(tx: &mut Tx<'_>, principal: &Principal, session: SessionId) -> Answer<()> {
    if sessions::end(tx, principal.person, session)? { Ok(()) } else { Err(Failure::NotFound("session")) }
}

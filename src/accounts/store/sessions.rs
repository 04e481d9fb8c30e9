//! Sessions of browsers and programs.

use diesel::prelude::*;

use crate::accounts::model::{SESSION_LIFETIME, SessionKind};
use crate::db::schema::{person, session, spent_refresh_token};
use crate::db::{AnyConn, Tx};
use crate::kernel::actor::PersonRole;
use crate::kernel::clock::Timestamp;
use crate::kernel::id::{BusinessId, PersonId, SessionId};
use crate::kernel::{Answer, Language};

/// A session as it is stored.
#[derive(Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = session)]
pub(in crate::accounts) struct SessionRow {
    pub id: SessionId,
    pub person_id: PersonId,
    pub kind: SessionKind,
    pub token_hash: String,
    pub user_agent: String,
    pub created_at: Timestamp,
    pub seen_at: Timestamp,
    pub expires_at: Timestamp,
    pub ended_at: Option<Timestamp>,
}

/// A living session and its person: all that a request needs.
#[derive(Queryable)]
pub(in crate::accounts) struct Known {
    pub session: SessionId,
    pub seen_at: Timestamp,
    pub person: PersonId,
    pub business: Option<BusinessId>,
    pub role: PersonRole,
    pub name: String,
    pub email_normalised: String,
    pub language: Language,
    pub time_zone: String,
}

type KnownColumns =
    (session::id, session::seen_at, person::id, person::business_id, person::role, person::name, person::email_normalised, person::language, person::time_zone);

const KNOWN: KnownColumns =
    (session::id, session::seen_at, person::id, person::business_id, person::role, person::name, person::email_normalised, person::language, person::time_zone);

/// The living browser session whose token has this hash.
pub(in crate::accounts) fn browser(connection: &mut AnyConn, token_hash: &str, now: Timestamp) -> Answer<Option<Known>> {
    Ok(session::table
        .inner_join(person::table.on(person::id.eq(session::person_id)))
        .filter(session::token_hash.eq(token_hash).and(session::kind.eq(SessionKind::Browser)))
        .filter(session::ended_at.is_null().and(session::expires_at.gt(now)).and(person::removed_at.is_null()))
        .select(KNOWN)
        .first(connection)
        .optional()?)
}

/// The living API session with this id. Its access tokens end by themselves.
pub(in crate::accounts) fn api(connection: &mut AnyConn, id: SessionId) -> Answer<Option<Known>> {
    Ok(session::table
        .inner_join(person::table.on(person::id.eq(session::person_id)))
        .filter(session::id.eq(id).and(session::kind.eq(SessionKind::Api)))
        .filter(session::ended_at.is_null().and(person::removed_at.is_null()))
        .select(KNOWN)
        .first(connection)
        .optional()?)
}

/// Which of these sessions live, with the person's business, in one query.
pub(in crate::accounts) fn living_among(connection: &mut AnyConn, ids: &[SessionId], now: Timestamp) -> Answer<Vec<(SessionId, Option<BusinessId>)>> {
    Ok(session::table
        .inner_join(person::table.on(person::id.eq(session::person_id)))
        .filter(session::id.eq_any(ids.to_vec()))
        .filter(session::ended_at.is_null().and(session::expires_at.gt(now)).and(person::removed_at.is_null()))
        .select((session::id, person::business_id))
        .load(connection)?)
}

pub(in crate::accounts) fn insert(tx: &mut Tx<'_>, row: SessionRow) -> Answer<()> {
    diesel::insert_into(session::table).values(row).execute(&mut **tx)?;
    Ok(())
}

/// The living sessions of a person, the newest first.
pub(in crate::accounts) fn living_of(connection: &mut AnyConn, person: PersonId, now: Timestamp) -> Answer<Vec<SessionRow>> {
    Ok(session::table
        .filter(session::person_id.eq(person).and(session::ended_at.is_null()).and(session::expires_at.gt(now)))
        .order(session::id.desc())
        .select(SessionRow::as_select())
        .load(connection)?)
}

/// Notes that a session was seen, and lets it live on from now.
pub(in crate::accounts) fn keep_alive(tx: &mut Tx<'_>, id: SessionId) -> Answer<()> {
    let now = tx.now();
    diesel::update(session::table.filter(session::id.eq(id).and(session::ended_at.is_null())))
        .set((session::seen_at.eq(now), session::expires_at.eq(now.after(SESSION_LIFETIME))))
        .execute(&mut **tx)?;
    Ok(())
}

/// Ends one living session of a person; false when there is none.
pub(in crate::accounts) fn end(tx: &mut Tx<'_>, person: PersonId, id: SessionId) -> Answer<bool> {
    let now = tx.now();
    let living = session::table.filter(session::id.eq(id).and(session::person_id.eq(person)).and(session::ended_at.is_null()));
    Ok(diesel::update(living).set(session::ended_at.eq(now)).execute(&mut **tx)? == 1)
}

/// Ends every session of a person but one.
pub(in crate::accounts) fn end_all(tx: &mut Tx<'_>, person: PersonId, but: Option<SessionId>) -> Answer<()> {
    let now = tx.now();
    let but = but.unwrap_or_else(|| crate::kernel::id::Identifier::from_raw(0));
    diesel::update(session::table.filter(session::person_id.eq(person).and(session::ended_at.is_null()).and(session::id.ne(but))))
        .set(session::ended_at.eq(now))
        .execute(&mut **tx)?;
    Ok(())
}

/// Puts a new refresh token in the place of the old one: one query, so that of two at once one wins.
pub(in crate::accounts) fn exchange(tx: &mut Tx<'_>, old_hash: &str, new_hash: &str) -> Answer<Option<(SessionId, PersonId)>> {
    let now = tx.now();
    let exchanged = diesel::update(
        session::table
            .filter(session::token_hash.eq(old_hash).and(session::kind.eq(SessionKind::Api)))
            .filter(session::ended_at.is_null().and(session::expires_at.gt(now))),
    )
    .set((session::token_hash.eq(new_hash), session::seen_at.eq(now), session::expires_at.eq(now.after(SESSION_LIFETIME))))
    .execute(&mut **tx)?;
    if exchanged == 0 {
        return Ok(None);
    }
    let (id, owner): (SessionId, PersonId) =
        session::table.filter(session::token_hash.eq(new_hash)).select((session::id, session::person_id)).first(&mut **tx)?;
    diesel::insert_into(spent_refresh_token::table)
        .values((spent_refresh_token::token_hash.eq(old_hash), spent_refresh_token::session_id.eq(id), spent_refresh_token::spent_at.eq(now)))
        .execute(&mut **tx)?;
    let expired = spent_refresh_token::session_id.eq(id).and(spent_refresh_token::spent_at.lt(now.before(SESSION_LIFETIME)));
    diesel::delete(spent_refresh_token::table.filter(expired)).execute(&mut **tx)?;
    Ok(Some((id, owner)))
}

/// The session and person to whom a spent refresh token belonged.
pub(in crate::accounts) fn spent(connection: &mut AnyConn, token_hash: &str) -> Answer<Option<(SessionId, PersonId)>> {
    Ok(spent_refresh_token::table
        .inner_join(session::table.on(session::id.eq(spent_refresh_token::session_id)))
        .filter(spent_refresh_token::token_hash.eq(token_hash))
        .select((session::id, session::person_id))
        .first(connection)
        .optional()?)
}

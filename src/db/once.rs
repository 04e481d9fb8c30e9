//! A write that is asked for twice is done once.
//!
//! A request with an `Idempotency-Key` first claims the key: a row without a status. Every [`super::Db::write`] under that
//! claim marks the row in its own transaction, so the change and the knowledge of it stand or fall together. Afterwards the
//! answer is kept beside it. A claim that was never marked changed nothing and may be taken over when its request has long
//! gone; the mark of a request that was overtaken finds no row and takes its change back.

use std::future::Future;
use std::time::Duration;

use diesel::prelude::*;

use super::schema::idempotent_answer as answer;
use super::{AnyConn, Tx};
use crate::kernel::clock::{Timestamp, hours};
use crate::kernel::id::RequestId;
use crate::kernel::{Answer, Failure};
use crate::on_each;

/// How long an answer is kept.
const KEPT: Duration = hours(24);
/// After this a request that left its claim unmarked is taken for dead.
const RUNNING_MAX: Duration = Duration::from_secs(60);
/// Old answers that one claim clears away.
const CLEARED_AT_ONCE: i64 = 100;
/// The status of a row whose change is committed and whose answer is not kept (yet).
const CHANGED: i16 = 0;
/// The status of a row that tells where a form led: 303, as the form's own answer.
const WAY: i16 = 303;

tokio::task_local! {
    static CLAIM: RequestId;
}

/// An answer as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptAnswer {
    /// HTTP status.
    pub status: i16,
    /// `Content-Type`.
    pub content_type: Option<String>,
    /// `Location`.
    pub location: Option<String>,
    /// `ETag`.
    pub etag: Option<String>,
    /// The body.
    pub body: String,
}

/// What a key stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Claim {
    /// The first request with this key: do it, under this claim.
    New,
    /// It was answered.
    Answered(KeptAnswer),
    /// The key was used for another request.
    OtherRequest,
    /// The first request is still being worked on.
    Running,
    /// The change was made, and the answer was lost.
    AnswerLost,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = answer)]
struct Row {
    id: RequestId,
    request_hash: String,
    status: Option<i16>,
    content_type: Option<String>,
    location: Option<String>,
    etag: Option<String>,
    body: Option<String>,
    created_at: Timestamp,
}

/// Runs `work` under a claim.
pub fn under<F: Future>(claim: RequestId, work: F) -> impl Future<Output = F::Output> {
    CLAIM.scope(claim, work)
}

/// The claim of the running task.
pub(super) fn current() -> Option<RequestId> {
    CLAIM.try_with(|claim| *claim).ok()
}

/// Claims a key for the request with this id, or says what stands in the way.
pub fn claim(tx: &mut Tx<'_>, id: RequestId, caller: &str, key: &str, request_hash: &str) -> Answer<Claim> {
    let now = tx.now();
    clear_old(tx, now.before(KEPT))?;
    if insert(tx, id, caller, key, request_hash)? {
        return Ok(Claim::New);
    }
    let found: Option<Row> =
        answer::table.filter(answer::caller.eq(caller).and(answer::idempotency_key.eq(key))).select(Row::as_select()).first(&mut **tx).optional()?;
    let Some(row) = found else { return Ok(Claim::Running) };
    let age = now.since(row.created_at);
    let is_dead = row.status.is_none() && age > RUNNING_MAX;
    if age > KEPT || (is_dead && row.request_hash == request_hash) {
        diesel::delete(answer::table.filter(answer::id.eq(row.id))).execute(&mut **tx)?;
        return Ok(if insert(tx, id, caller, key, request_hash)? { Claim::New } else { Claim::Running });
    }
    Ok(match row.status {
        _ if row.request_hash != request_hash => Claim::OtherRequest,
        None => Claim::Running,
        Some(CHANGED) if age <= RUNNING_MAX => Claim::Running,
        Some(CHANGED) => Claim::AnswerLost,
        Some(status) => {
            Claim::Answered(KeptAnswer { status, content_type: row.content_type, location: row.location, etag: row.etag, body: row.body.unwrap_or_default() })
        }
    })
}

/// Notes in the transaction of a change that it was made under this claim.
pub(super) fn mark(tx: &mut Tx<'_>, claim: RequestId) -> Answer<()> {
    let marked = diesel::update(answer::table.filter(answer::id.eq(claim))).set(answer::status.eq(CHANGED)).execute(&mut **tx)?;
    if marked == 1 { Ok(()) } else { Err(Failure::conflict("in_progress", "another request with this Idempotency-Key has taken over")) }
}

/// Keeps the answer of a claim.
pub fn keep(tx: &mut Tx<'_>, claim: RequestId, kept: &KeptAnswer) -> Answer<()> {
    diesel::update(answer::table.filter(answer::id.eq(claim)))
        .set((
            answer::status.eq(kept.status),
            answer::content_type.eq(&kept.content_type),
            answer::location.eq(&kept.location),
            answer::etag.eq(&kept.etag),
            answer::body.eq(&kept.body),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// Lets go of a claim under which nothing was changed, so that the request can be tried again at once.
pub fn release(tx: &mut Tx<'_>, claim: RequestId) -> Answer<()> {
    diesel::delete(answer::table.filter(answer::id.eq(claim).and(answer::status.is_null()))).execute(&mut **tx)?;
    Ok(())
}

/// Notes where a form led, whatever was typed into it.
pub fn note_way(tx: &mut Tx<'_>, caller: &str, form: &str, location: &str) -> Answer<()> {
    let (id, now): (RequestId, _) = (tx.new_id(), tx.now());
    let row = (
        answer::id.eq(id),
        answer::caller.eq(caller),
        answer::idempotency_key.eq(form),
        answer::request_hash.eq(form),
        answer::status.eq(WAY),
        answer::location.eq(location),
        answer::created_at.eq(now),
    );
    on_each!(&mut **tx, inner => diesel::insert_into(answer::table)
        .values(row)
        .on_conflict((answer::caller, answer::idempotency_key))
        .do_update()
        .set((answer::location.eq(location), answer::created_at.eq(now)))
        .execute(inner))?;
    Ok(())
}

/// Where a form led when it was last taken, with other words than under this claim. What was answered to those is forgotten:
/// whoever types them once more means them anew.
pub fn way(tx: &mut Tx<'_>, claim: RequestId, caller: &str, form: &str) -> Answer<Option<String>> {
    let of_form = answer::caller.eq(caller).and(answer::request_hash.eq(form));
    let others = answer::table.filter(of_form.and(answer::id.ne(claim)).and(answer::idempotency_key.ne(form)).and(answer::status.ge(WAY)));
    diesel::delete(others).execute(&mut **tx)?;
    let found = answer::table.filter(answer::caller.eq(caller).and(answer::idempotency_key.eq(form))).select(answer::location).first(&mut **tx);
    Ok(found.optional()?.flatten())
}

/// Forgets every answer that was kept for a caller.
pub fn forget(tx: &mut Tx<'_>, caller: &str) -> Answer<()> {
    diesel::delete(answer::table.filter(answer::caller.eq(caller))).execute(&mut **tx)?;
    Ok(())
}

fn insert(tx: &mut Tx<'_>, id: RequestId, caller: &str, key: &str, request_hash: &str) -> Answer<bool> {
    let row =
        (answer::id.eq(id), answer::caller.eq(caller), answer::idempotency_key.eq(key), answer::request_hash.eq(request_hash), answer::created_at.eq(tx.now()));
    let inserted = on_each!(&mut **tx, inner => diesel::insert_into(answer::table)
        .values(row)
        .on_conflict((answer::caller, answer::idempotency_key))
        .do_nothing()
        .execute(inner))?;
    Ok(inserted == 1)
}

fn clear_old(connection: &mut AnyConn, before: Timestamp) -> Answer<()> {
    let old: Vec<RequestId> =
        answer::table.filter(answer::created_at.lt(before)).order(answer::created_at).limit(CLEARED_AT_ONCE).select(answer::id).load(connection)?;
    if !old.is_empty() {
        diesel::delete(answer::table.filter(answer::id.eq_any(old))).execute(connection)?;
    }
    Ok(())
}

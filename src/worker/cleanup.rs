//! Throws away what nobody needs any more, a bounded batch at a time: answers of repeated writes, sessions that ended, links
//! that stopped working. Only technical rows; personal data has timers of its own.

use std::time::Duration;

use diesel::prelude::*;

use crate::capabilities::Purpose;
use crate::db::schema::{capability, idempotent_answer, session, spent_refresh_token};
use crate::db::{Db, Tx};
use crate::kernel::Answer;
use crate::kernel::clock::{days, hours};
use crate::kernel::id::{CapabilityId, SessionId};

/// An answer to a repeated write is kept so long.
const ANSWERS_KEPT: Duration = hours(24);
/// An ended session is shown in the list for a while.
const SESSIONS_KEPT: Duration = days(30);
/// A link that stopped working tells for a while that it did.
const LINKS_KEPT: Duration = days(30);
const BATCH: i64 = 500;
/// Batches a run, so that a backlog does not keep the database busy.
const BATCHES_MAX: usize = 20;

/// Throws away; answers how many rows went.
pub async fn clean_up(db: &Db) -> Answer<usize> {
    let mut count = 0;
    for step in [answers, sessions, links] {
        for _ in 0..BATCHES_MAX {
            let gone = db.write(step).await?;
            count += gone;
            if gone == 0 {
                break;
            }
        }
    }
    Ok(count)
}

fn answers(tx: &mut Tx<'_>) -> Answer<usize> {
    let old = tx.now().before(ANSWERS_KEPT);
    let ids: Vec<i64> = idempotent_answer::table.filter(idempotent_answer::created_at.lt(old)).limit(BATCH).select(idempotent_answer::id).load(&mut **tx)?;
    Ok(diesel::delete(idempotent_answer::table.filter(idempotent_answer::id.eq_any(ids))).execute(&mut **tx)?)
}

fn sessions(tx: &mut Tx<'_>) -> Answer<usize> {
    let old = tx.now().before(SESSIONS_KEPT);
    let over = session::table.filter(session::ended_at.lt(old).or(session::expires_at.lt(old)));
    let ids: Vec<SessionId> = over.limit(BATCH).select(session::id).load(&mut **tx)?;
    diesel::delete(spent_refresh_token::table.filter(spent_refresh_token::session_id.eq_any(ids.clone()))).execute(&mut **tx)?;
    Ok(diesel::delete(session::table.filter(session::id.eq_any(ids))).execute(&mut **tx)?)
}

/// Links of introductions and invitations stay with their matter.
fn links(tx: &mut Tx<'_>) -> Answer<usize> {
    let old = tx.now().before(LINKS_KEPT);
    let short_lived = vec![Purpose::ConfirmAddress, Purpose::ResetPassword, Purpose::AnswerOffer, Purpose::OwnData];
    let over = capability::table.filter(capability::expires_at.lt(old).and(capability::purpose.eq_any(short_lived)));
    let ids: Vec<CapabilityId> = over.limit(BATCH).select(capability::id).load(&mut **tx)?;
    Ok(diesel::delete(capability::table.filter(capability::id.eq_any(ids))).execute(&mut **tx)?)
}

//! What falls due: reminders, expiries, the end of an undo.
//!
//! A command that starts a clock writes a timer in its own transaction; the worker takes what is due and hands each to
//! `reactions::due` in a transaction of its own, which checks whether the matter still stands. One timer per kind and
//! subject: scheduling again moves it. A timer that fails is tried again later and in the end left lying, loudly.

use std::time::Duration;

use diesel::prelude::*;

use crate::db::schema::timer;
use crate::db::{AnyConn, Tx};
use crate::kernel::Answer;
use crate::kernel::clock::Timestamp;
use crate::kernel::id::TimerId;
use crate::on_each;

crate::coded_enum! {
    /// What a timer does when it is due. The subject is given in brackets.
    pub enum TimerKind {
        /// Reminds the receiver of an offer (offer).
        OfferReminder = 1 "offer_reminder",
        /// Ends an unanswered offer (offer).
        OfferExpiry = 2 "offer_expiry",
        /// Reminds the receiver of the first contact (referral).
        ContactReminder = 3 "contact_reminder",
        /// Asks what became of a silent referral (referral).
        ReferralNudge = 4 "referral_nudge",
        /// Closes a referral nobody finished (referral).
        ReferralEnd = 5 "referral_end",
        /// Makes the introduction when the time for undoing is over (introduction).
        IntroductionDue = 6 "introduction_due",
        /// Ends an introduction the prospect did not answer (introduction).
        IntroductionExpiry = 7 "introduction_expiry",
        /// Wipes the data of an undecided introduction (introduction).
        IntroductionWipe = 8 "introduction_wipe",
        /// Wipes the prospect's data of a closed referral (referral).
        ProspectWipe = 9 "prospect_wipe",
        /// Forgets a person who asked for it (person).
        AccountErase = 10 "account_erase",
        /// Looks for groups that an organiser should see (circle).
        TrustLook = 20 "trust_look",
        /// Goes on taking credits back (trust case).
        TrustTakeBack = 21 "trust_take_back",
    }
}

/// How often a failing timer is tried before it is left lying.
pub const ATTEMPTS_MAX: i32 = 10;

/// A timer that is due or will be.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = timer)]
pub struct Timer {
    /// Its id.
    pub id: TimerId,
    /// What it does.
    pub kind: TimerKind,
    /// The raw id of its subject.
    pub subject_id: i64,
    /// When.
    pub due_at: Timestamp,
    /// How often it failed.
    pub attempts: i32,
}

/// Starts a clock, or moves the one of this kind and subject.
pub fn schedule(tx: &mut Tx<'_>, kind: TimerKind, subject_id: i64, due_at: Timestamp) -> Answer<()> {
    let id: TimerId = tx.new_id();
    let row = (timer::id.eq(id), timer::kind.eq(kind), timer::subject_id.eq(subject_id), timer::due_at.eq(due_at), timer::attempts.eq(0));
    on_each!(&mut **tx, inner => diesel::insert_into(timer::table)
        .values(row)
        .on_conflict((timer::kind, timer::subject_id))
        .do_update()
        .set((timer::due_at.eq(due_at), timer::attempts.eq(0)))
        .execute(inner))?;
    Ok(())
}

/// Starts a clock unless the one of this kind and subject runs already.
pub fn schedule_unless_running(tx: &mut Tx<'_>, kind: TimerKind, subject_id: i64, due_at: Timestamp) -> Answer<()> {
    let id: TimerId = tx.new_id();
    let row = (timer::id.eq(id), timer::kind.eq(kind), timer::subject_id.eq(subject_id), timer::due_at.eq(due_at), timer::attempts.eq(0));
    on_each!(&mut **tx, inner => diesel::insert_into(timer::table).values(row).on_conflict_do_nothing().execute(inner))?;
    Ok(())
}

/// Stops the clocks of these kinds for a subject.
pub fn cancel(tx: &mut Tx<'_>, kinds: &[TimerKind], subject_id: i64) -> Answer<()> {
    diesel::delete(timer::table.filter(timer::subject_id.eq(subject_id).and(timer::kind.eq_any(kinds.to_vec())))).execute(&mut **tx)?;
    Ok(())
}

/// What is due, the earliest first.
pub fn due(connection: &mut AnyConn, now: Timestamp, limit: i64) -> Answer<Vec<Timer>> {
    Ok(timer::table
        .filter(timer::due_at.le(now).and(timer::attempts.lt(ATTEMPTS_MAX)))
        .order((timer::due_at, timer::id))
        .limit(limit)
        .select(Timer::as_select())
        .load(connection)?)
}

/// Takes a due timer out of the list; false when another worker was faster or it was moved. Call it first in the transaction
/// that does what the timer is for.
pub fn take(tx: &mut Tx<'_>, due: &Timer) -> Answer<bool> {
    let same = timer::table.filter(timer::id.eq(due.id).and(timer::due_at.eq(due.due_at)));
    Ok(diesel::delete(same).execute(&mut **tx)? == 1)
}

/// Notes that a timer failed and tries it again later.
pub fn postpone(tx: &mut Tx<'_>, failed: &Timer) -> Answer<()> {
    let wait = Duration::from_secs(30 * 2_u64.pow(failed.attempts.clamp(0, 10).cast_unsigned()));
    let due_at = tx.now().after(wait);
    diesel::update(timer::table.filter(timer::id.eq(failed.id))).set((timer::due_at.eq(due_at), timer::attempts.eq(failed.attempts + 1))).execute(&mut **tx)?;
    Ok(())
}

/// How many timers wait that should not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waiting {
    /// Due and not yet run.
    pub overdue: i64,
    /// Failed too often and left lying.
    pub given_up: i64,
}

/// What waits at this moment.
pub fn waiting(connection: &mut AnyConn, now: Timestamp) -> Answer<Waiting> {
    let due = timer::table.filter(timer::due_at.le(now));
    let overdue = due.filter(timer::attempts.lt(ATTEMPTS_MAX)).count().get_result(connection)?;
    let given_up = due.filter(timer::attempts.ge(ATTEMPTS_MAX)).count().get_result(connection)?;
    Ok(Waiting { overdue, given_up })
}

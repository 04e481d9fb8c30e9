//! The verifier: reads the tables as they lie there and says what cannot be.
//!
//! It believes nothing: rows are read as bare numbers, hashes are computed again, counters are replayed. It looks at other
//! rooms' tables directly, for a view would hide the very rows that are wrong. Everything is read page by page, so that the
//! memory it takes grows with the members of one circle and not with the years. Run it inside one transaction of
//! [`crate::db::open_for_reading`], then a running server does not disturb it.

mod circle;
mod holds;
mod offers;
mod referrals;
mod report;
mod rings;
mod turns;

use diesel::prelude::*;

pub use report::{Checked, Report, Rule, Violation};

use crate::db::AnyConn;
use crate::db::schema::{circle as circle_table, mail, transfer};
use crate::kernel::{Answer, Timestamp};
use crate::outbox::MailStatus;

/// Rows that are held in memory at once.
const PAGE: i64 = 1_000;
/// Violations of one uniqueness that are looked up.
const DUPLICATES_MAX: i64 = 100;

/// Checks everything in one consistent picture.
pub fn verify(connection: &mut AnyConn, now: Timestamp) -> Answer<Report> {
    connection.transaction(|connection| {
        let mut report = Report::default();
        each_circle(connection, &mut report)?;
        check_uniqueness(connection, &mut report)?;
        holds::check(connection, &mut report)?;
        referrals::check(connection, &mut report)?;
        offers::check(connection, &mut report)?;
        note_mails(connection, now, &mut report)?;
        Ok(report)
    })
}

fn each_circle(connection: &mut AnyConn, report: &mut Report) -> Answer<()> {
    let mut last = -1_i64;
    loop {
        let page: Vec<i64> =
            circle_table::table.filter(circle_table::id.gt(last)).order(circle_table::id).limit(PAGE).select(circle_table::id).load(connection)?;
        let Some(newest) = page.last() else { return Ok(()) };
        last = *newest;
        for circle in page {
            report.checked.circles += 1;
            let obligations = circle::check(connection, circle, report)?;
            rings::check(connection, circle, &obligations, report)?;
            turns::check(connection, circle, report)?;
        }
    }
}

/// I5 and I6 across circles: the indexes should make these impossible.
fn check_uniqueness(connection: &mut AnyConn, report: &mut Report) -> Answer<()> {
    let keys: Vec<String> =
        transfer::table.group_by(transfer::idem).having(diesel::dsl::count_star().gt(1)).select(transfer::idem).limit(DUPLICATES_MAX).load(connection)?;
    for key in keys {
        report.add(Rule::KeysPostOnce, "transfer", key, "several transfers have this key");
    }
    let reversed: Vec<Option<i64>> = transfer::table
        .filter(transfer::reverses.is_not_null())
        .group_by(transfer::reverses)
        .having(diesel::dsl::count_star().gt(1))
        .select(transfer::reverses)
        .limit(DUPLICATES_MAX)
        .load(connection)?;
    for id in reversed.into_iter().flatten() {
        report.add(Rule::ReversalsNet, "transfer", shown::transfer(id), "was reversed more than once");
    }
    Ok(())
}

/// A mail whose worker died is taken up again; until then it is only worth a line.
fn note_mails(connection: &mut AnyConn, now: Timestamp, report: &mut Report) -> Answer<()> {
    let stuck: i64 = mail::table.filter(mail::status.eq(MailStatus::Sending).and(mail::lease_until.lt(now))).count().get_result(connection)?;
    if stuck > 0 {
        report.notes.push(format!("{stuck} mails are marked as being sent by a worker that no longer answers; the next worker takes them up"));
    }
    Ok(())
}

/// Bare numbers as people know the things behind them.
mod shown {
    use crate::kernel::id::{BusinessId, CircleId, HoldId, Identifier, OfferId, ReferralId, SettlementId, TransferId};

    pub(super) fn settlement(id: i64) -> SettlementId {
        SettlementId::from_raw(id)
    }

    pub(super) fn circle(id: i64) -> CircleId {
        CircleId::from_raw(id)
    }

    pub(super) fn business(id: i64) -> BusinessId {
        BusinessId::from_raw(id)
    }

    pub(super) fn transfer(id: i64) -> TransferId {
        TransferId::from_raw(id)
    }

    pub(super) fn hold(id: i64) -> HoldId {
        HoldId::from_raw(id)
    }

    pub(super) fn offer(id: i64) -> OfferId {
        OfferId::from_raw(id)
    }

    pub(super) fn referral(id: i64) -> ReferralId {
        ReferralId::from_raw(id)
    }
}

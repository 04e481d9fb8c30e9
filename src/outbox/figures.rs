//! How many mails stand where, for those who watch the installation.

use diesel::dsl::count_star;
use diesel::prelude::*;

use super::MailStatus;
use crate::db::AnyConn;
use crate::db::schema::mail;
use crate::kernel::Answer;

/// The states worth watching: what waits, and what went wrong. What was sent is counted as it happens; counting it here
/// would read the whole table.
const WATCHED: &[MailStatus] =
    &[MailStatus::Queued, MailStatus::Sending, MailStatus::Deferred, MailStatus::Dead, MailStatus::Unknown, MailStatus::Bounced, MailStatus::Suppressed];

/// How many mails are in each watched state.
pub fn counts(connection: &mut AnyConn) -> Answer<Vec<(MailStatus, i64)>> {
    let found: Vec<(MailStatus, i64)> =
        mail::table.filter(mail::status.eq_any(WATCHED.to_vec())).group_by(mail::status).select((mail::status, count_star())).load(connection)?;
    let count_of = |status: MailStatus| found.iter().find(|(with, _)| *with == status).map_or(0, |(_, count)| *count);
    Ok(WATCHED.iter().map(|status| (*status, count_of(*status))).collect())
}

//! The worker's side of the queue: taking mails, marking what is being transmitted, recording what became of them.
//!
//! `attempts` is the fencing token: it rises with each claim, and every later statement names it, so that a worker whose lease
//! ran out changes nothing any more. `phase` is committed before a body is transmitted: a lease that ran out without it is
//! safe to send again, with it the mail's fate is unknown. No transaction is open while a mail travels.

use std::collections::BTreeMap;
use std::time::Duration;

use diesel::prelude::*;

use super::model::{Headers, LinkTo, MailKind, Mailbox};
use super::moves::{MailMove, MailStatus};
use super::store::Wiped;
use crate::capabilities;
use crate::db::schema::mail;
use crate::db::{AnyConn, Tx};
use crate::events;
use crate::kernel::clock::Timestamp;
use crate::kernel::event::NewEvent;
use crate::kernel::id::{CircleId, MailId, ReferralId};
use crate::kernel::{Actor, Answer, EventKind, Failure, KeyedHash, Language};

const PHASE_NONE: i16 = 0;
const PHASE_TRANSMITTING: i16 = 1;
/// After this an unknown mail is sent once more.
pub const RESEND_AFTER: Duration = Duration::from_secs(600);
/// How many rows one settling step changes at the most.
const SETTLE_BATCH: i64 = 200;
const ERROR_MAX_CHARACTERS: usize = 500;

/// A mail that this worker has.
#[derive(Debug, Clone)]
pub struct Claimed {
    /// Its id.
    pub id: MailId,
    /// The fencing token.
    pub attempts: i32,
    /// Which template.
    pub kind: MailKind,
    /// In which language.
    pub language: Language,
    /// To whom.
    pub recipient: Mailbox,
    /// The domain its pace is counted by.
    pub domain: String,
    /// Everybody else in the To header.
    pub also_to: Vec<Mailbox>,
    /// The shown name before "via Kularing".
    pub from_name: Option<String>,
    /// Where answers go.
    pub reply_to: Vec<Mailbox>,
    /// The template's facts.
    pub facts: BTreeMap<String, String>,
    /// The template's links as paths, or why one could not be made.
    pub links: Result<BTreeMap<String, String>, String>,
    /// Fixed when it was queued.
    pub message_id: String,
    /// About what.
    pub subject_id: i64,
    /// About which referral.
    pub referral: Option<ReferralId>,
    /// When it was queued.
    pub created_at: Timestamp,
}

/// What a claim asks for.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// At most so many.
    pub limit: i64,
    /// For so long.
    pub lease: Duration,
    /// None for these recipients' domains: they had enough for the moment.
    pub closed_domains: Vec<String>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = mail)]
struct Row {
    id: MailId,
    attempts: i32,
    kind: MailKind,
    language: Language,
    recipient_name: String,
    recipient_email: String,
    recipient_key: KeyedHash,
    recipient_domain: String,
    headers: String,
    facts: String,
    message_id: String,
    subject_id: i64,
    circle_id: Option<CircleId>,
    referral_id: Option<ReferralId>,
    created_at: Timestamp,
}

/// Whether anything waits for a worker now: a look that takes no lock.
pub fn is_anything_due(connection: &mut AnyConn, now: Timestamp) -> Answer<bool> {
    let waiting = mail::table.filter(mail::status.eq_any(MailMove::Claim.from()).and(mail::not_before.le(now)));
    let stuck = mail::table.filter(mail::status.eq(MailStatus::Sending).and(mail::lease_until.le(now)));
    Ok(diesel::select(diesel::dsl::exists(waiting)).get_result(connection)?
        || diesel::select(diesel::dsl::exists(stuck)).get_result(connection)?
        || !due_for_resending(connection, now)?.is_empty())
}

/// Puts right what time has changed: leases that ran out, mails that expired, unknown ones that are sent once more.
pub fn settle(tx: &mut Tx<'_>) -> Answer<()> {
    settle_leases(tx)?;
    resend(tx)?;
    expire(tx)
}

fn settle_leases(tx: &mut Tx<'_>) -> Answer<()> {
    let now = tx.now();
    let stuck = mail::table.filter(mail::status.eq(MailStatus::Sending).and(mail::lease_until.le(now)));
    let before_body = stuck.filter(mail::phase.eq(PHASE_NONE));
    diesel::update(before_body).set((mail::status.eq(MailMove::Release.to()), mail::lease_until.eq(None::<Timestamp>))).execute(&mut **tx)?;
    let transmitting: Vec<(MailId, i32)> =
        stuck.filter(mail::phase.eq(PHASE_TRANSMITTING)).limit(SETTLE_BATCH).select((mail::id, mail::attempts)).load(&mut **tx)?;
    for (id, attempts) in transmitting {
        finish(tx, Held { id, attempts }, &Fate::Unknown { reason: "the worker ended during the transmission".to_owned() })?;
    }
    Ok(())
}

fn due_for_resending(connection: &mut AnyConn, now: Timestamp) -> Answer<Vec<MailId>> {
    let resent_once: Vec<MailKind> = MailKind::ALL.iter().copied().filter(|kind| kind.is_resent_once()).collect();
    Ok(mail::table
        .filter(mail::status.eq_any(MailMove::Resend.from()).and(mail::resent.eq(false)).and(mail::kind.eq_any(resent_once)))
        .filter(mail::finished_at.le(now.before(RESEND_AFTER)).and(mail::expires_at.gt(now)))
        .order(mail::id)
        .limit(SETTLE_BATCH)
        .select(mail::id)
        .load(connection)?)
}

fn resend(tx: &mut Tx<'_>) -> Answer<()> {
    let now = tx.now();
    let ids = due_for_resending(tx, now)?;
    let still_unknown = mail::table.filter(mail::id.eq_any(ids).and(mail::status.eq_any(MailMove::Resend.from())));
    diesel::update(still_unknown)
        .set((mail::status.eq(MailMove::Resend.to()), mail::resent.eq(true), mail::finished_at.eq(None::<Timestamp>), mail::not_before.eq(now)))
        .execute(&mut **tx)?;
    Ok(())
}

fn expire(tx: &mut Tx<'_>) -> Answer<()> {
    let now = tx.now();
    let overdue = mail::table.filter(mail::status.eq_any(MailMove::Expire.from()).and(mail::not_before.le(now)).and(mail::expires_at.le(now)));
    let ids: Vec<MailId> = overdue.order(mail::id).limit(SETTLE_BATCH).select(mail::id).load(&mut **tx)?;
    for id in ids {
        // Another worker may have been here first: it is told once.
        let still = mail::table.filter(mail::id.eq(id).and(mail::status.eq_any(MailMove::Expire.from())));
        let changed = diesel::update(still)
            .set((mail::status.eq(MailMove::Expire.to()), mail::finished_at.eq(now), mail::last_error.eq("expired"), Wiped::new()))
            .execute(&mut **tx)?;
        if changed == 1 {
            metrics::counter!("kularing_mails_total", "outcome" => "expired").increment(1);
            report(tx, id, EventKind::MailFailed)?;
        }
    }
    Ok(())
}

/// The mails that may be taken now, the one that waits longest first.
macro_rules! waiting {
    ($now:expr, $wanted:expr) => {
        mail::table
            .filter(mail::status.eq_any(MailMove::Claim.from()).and(mail::not_before.le($now)).and(mail::expires_at.gt($now)))
            .filter(mail::recipient_domain.ne_all($wanted.closed_domains.clone()))
            .order((mail::not_before, mail::id))
            .limit($wanted.limit)
            .select(mail::id)
    };
}

/// Takes a batch. On PostgreSQL the rows are locked by the first statement and skipped by other workers until the second has
/// marked them; SQLite has one writer. A mail whose address wants none is finished here.
pub fn claim(tx: &mut Tx<'_>, wanted: &Wanted) -> Answer<Vec<Claimed>> {
    let now = tx.now();
    let ids: Vec<MailId> = match &mut **tx {
        AnyConn::Postgres(inner) => waiting!(now, wanted).for_update().skip_locked().load(inner)?,
        AnyConn::Sqlite(inner) => waiting!(now, wanted).load(inner)?,
    };
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let taken = mail::table.filter(mail::id.eq_any(ids));
    diesel::update(taken.clone())
        .set((
            mail::status.eq(MailMove::Claim.to()),
            mail::phase.eq(PHASE_NONE),
            mail::attempts.eq(mail::attempts + 1),
            mail::lease_until.eq(now.after(wanted.lease)),
        ))
        .execute(&mut **tx)?;
    let rows: Vec<Row> = taken.order((mail::not_before, mail::id)).select(Row::as_select()).load(&mut **tx)?;
    let mut claimed = Vec::with_capacity(rows.len());
    for row in rows {
        if super::suppression::is_suppressed(tx, row.kind, &row.recipient_key, row.circle_id)? {
            finish(tx, Held { id: row.id, attempts: row.attempts }, &Fate::Suppressed)?;
        } else {
            claimed.push(read(tx, row)?);
        }
    }
    Ok(claimed)
}

/// A row that cannot be read harms no other of its batch: it is claimed as a mail that cannot be made.
fn read(tx: &mut Tx<'_>, row: Row) -> Answer<Claimed> {
    let contents = serde_json::from_str::<Headers>(&row.headers).and_then(|headers| Ok((headers, serde_json::from_str(&row.facts)?)));
    let (headers, facts, links) = match contents {
        Ok((headers, facts)) => {
            let links = paths(tx, &headers.links)?;
            (headers, facts, links)
        }
        Err(error) => (Headers::default(), BTreeMap::new(), Err(format!("the row cannot be read: {error}"))),
    };
    Ok(Claimed {
        id: row.id,
        attempts: row.attempts,
        kind: row.kind,
        language: row.language,
        recipient: Mailbox { name: row.recipient_name, email: row.recipient_email },
        domain: row.recipient_domain,
        also_to: headers.also_to,
        from_name: headers.from_name,
        reply_to: headers.reply_to,
        facts,
        links,
        message_id: row.message_id,
        subject_id: row.subject_id,
        referral: row.referral_id,
        created_at: row.created_at,
    })
}

fn paths(tx: &mut Tx<'_>, links: &BTreeMap<String, LinkTo>) -> Answer<Result<BTreeMap<String, String>, String>> {
    let mut paths = BTreeMap::new();
    for (name, link) in links {
        let path = match link {
            LinkTo::Page(path) => path.clone(),
            LinkTo::Capability(id) => match capabilities::by_id(tx, *id) {
                Ok(capability) => capability.link_path(tx.secret()),
                Err(Failure::NotFound(_)) => return Ok(Err(format!("the link {name} is gone"))),
                Err(failure) => return Err(failure),
            },
        };
        paths.insert(name.clone(), path);
    }
    Ok(Ok(paths))
}

/// Which mail a worker has, and by which claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held {
    /// The mail.
    pub id: MailId,
    /// The fencing token.
    pub attempts: i32,
}

impl Claimed {
    /// Which mail, by which claim.
    pub fn held(&self) -> Held {
        Held { id: self.id, attempts: self.attempts }
    }
}

/// What became of a mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// The other server took it.
    Accepted,
    /// Try again after this wait.
    Deferred {
        /// How long.
        wait: Duration,
        /// Why.
        reason: String,
    },
    /// Never for this recipient.
    Refused {
        /// Why.
        reason: String,
    },
    /// Nobody knows.
    Unknown {
        /// Why.
        reason: String,
    },
    /// The address wants no such mail.
    Suppressed,
    /// Given back untouched.
    Released,
}

impl Fate {
    const fn step(&self) -> MailMove {
        match self {
            Self::Accepted => MailMove::Accept,
            Self::Deferred { .. } => MailMove::Defer,
            Self::Refused { .. } => MailMove::Refuse,
            Self::Unknown { .. } => MailMove::Lose,
            Self::Suppressed => MailMove::Suppress,
            Self::Released => MailMove::Release,
        }
    }

    fn reason(&self) -> Option<String> {
        match self {
            Self::Deferred { reason, .. } | Self::Refused { reason } | Self::Unknown { reason } => Some(reason.chars().take(ERROR_MAX_CHARACTERS).collect()),
            _ => None,
        }
    }
}

/// Commits that the body is about to be transmitted, and extends the lease to outlast it. False when the claim is not valid
/// any more: then nothing may be sent.
pub fn begin_transmission(tx: &mut Tx<'_>, held: Held, lease: Duration) -> Answer<bool> {
    let until = tx.now().after(lease);
    let mine = mail::table.filter(mail::id.eq(held.id).and(mail::attempts.eq(held.attempts)).and(mail::status.eq(MailStatus::Sending)));
    let changed =
        diesel::update(mine.filter(mail::phase.eq(PHASE_NONE))).set((mail::phase.eq(PHASE_TRANSMITTING), mail::lease_until.eq(until))).execute(&mut **tx)?;
    Ok(changed == 1)
}

/// Records what became of a mail. False when the claim is not valid any more: somebody else has recorded it.
pub fn finish(tx: &mut Tx<'_>, held: Held, fate: &Fate) -> Answer<bool> {
    let now = tx.now();
    let step = fate.step();
    let mine = mail::table.filter(mail::id.eq(held.id).and(mail::attempts.eq(held.attempts)).and(mail::status.eq_any(step.from())));
    let not_before = if let Fate::Deferred { wait, .. } = fate { Some(now.after(*wait)) } else { None };
    let ended_at = if matches!(step.to(), MailStatus::Queued | MailStatus::Deferred) { None } else { Some(now) };
    let changed = diesel::update(mine)
        .set(Finished { status: step.to(), lease_until: Some(None), not_before, finished_at: Some(ended_at), last_error: fate.reason() })
        .execute(&mut **tx)?;
    if changed == 0 {
        return Ok(false);
    }
    if step.to().is_finished() {
        diesel::update(mail::table.filter(mail::id.eq(held.id))).set(Wiped::new()).execute(&mut **tx)?;
    }
    match step.to() {
        MailStatus::Unknown => settle_unknown(tx, held.id)?,
        MailStatus::Sent => report(tx, held.id, EventKind::MailSent)?,
        MailStatus::Dead => report(tx, held.id, EventKind::MailFailed)?,
        _ => {}
    }
    metrics::counter!("kularing_mails_total", "outcome" => step.to().as_str()).increment(1);
    Ok(true)
}

/// The columns that a fate changes; `None` leaves one as it is.
#[derive(AsChangeset)]
#[diesel(table_name = mail)]
struct Finished {
    status: MailStatus,
    lease_until: Option<Option<Timestamp>>,
    not_before: Option<Timestamp>,
    finished_at: Option<Option<Timestamp>>,
    last_error: Option<String>,
}

/// An unknown mail is told to the giver; what will not be sent again keeps no data.
fn settle_unknown(tx: &mut Tx<'_>, id: MailId) -> Answer<()> {
    let (kind, resent): (MailKind, bool) = mail::table.find(id).select((mail::kind, mail::resent)).first(&mut **tx)?;
    if resent || !kind.is_resent_once() {
        diesel::update(mail::table.filter(mail::id.eq(id))).set(Wiped::new()).execute(&mut **tx)?;
    }
    record(tx, id, EventKind::MailUnknown)
}

/// Records that a mail came back; false when it cannot have.
pub fn bounce(tx: &mut Tx<'_>, id: MailId) -> Answer<bool> {
    let now = tx.now();
    let sent = mail::table.filter(mail::id.eq(id).and(mail::status.eq_any(MailMove::Bounce.from())));
    let changed = diesel::update(sent).set((mail::status.eq(MailMove::Bounce.to()), mail::finished_at.eq(now), Wiped::new())).execute(&mut **tx)?;
    if changed == 1 {
        record(tx, id, EventKind::MailBounced)?;
    }
    Ok(changed == 1)
}

/// Tells the giver of a mail that he waits for.
fn report(tx: &mut Tx<'_>, id: MailId, what: EventKind) -> Answer<()> {
    let kind: MailKind = mail::table.find(id).select(mail::kind).first(&mut **tx)?;
    if kind.is_reported() { record(tx, id, what) } else { Ok(()) }
}

fn record(tx: &mut Tx<'_>, id: MailId, what: EventKind) -> Answer<()> {
    let (kind, circle, referral): (MailKind, Option<CircleId>, Option<ReferralId>) =
        mail::table.find(id).select((mail::kind, mail::circle_id, mail::referral_id)).first(&mut **tx)?;
    let mut event = NewEvent::new(what, Actor::System).data(serde_json::json!({ "mail": id, "kind": kind }));
    if let Some(circle) = circle {
        event = event.circle(circle);
    }
    if let Some(referral) = referral {
        event = event.referral(referral);
    }
    events::record(tx, event).map(drop)
}

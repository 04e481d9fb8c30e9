//! Mails that are due: take, make, hand over, record.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::watch;

use super::lane::Lane;
use crate::config::MailTransport;
use crate::db::Tx;
use crate::http::State;
use crate::kernel::{Answer, Failure};
use crate::outbox::breaker::Breaker;
use crate::outbox::claims::{self, Claimed, Fate, Held, Wanted};
use crate::outbox::compose::{Composed, compose};
use crate::outbox::pace::Pace;
use crate::outbox::smtp::SmtpSettings;
use crate::outbox::{backoff, mailbox};
use crate::reactions;

/// How many mails one claim takes.
pub(super) const BATCH: i64 = 20;
/// How long the mailbox may take for a batch.
const MAILBOX_LEASE: Duration = Duration::from_secs(60);
/// How often a result is recorded again while the database is away, and the first pause between.
const RECORD_TRIES: u32 = 6;
const RECORD_PAUSE: Duration = Duration::from_millis(100);

/// Sends what is due, over connections that it keeps.
pub struct MailWorker {
    shared: Arc<Shared>,
    lanes: Vec<Lane>,
}

/// What the lanes of one worker have in common.
pub(super) struct Shared {
    pub state: State,
    pub settings: SmtpSettings,
    pub stop: watch::Receiver<bool>,
    breaker: Mutex<Breaker>,
    pace: Mutex<Pace>,
}

impl MailWorker {
    /// A worker for the transport of the settings; it begins nothing new when `stop` becomes true.
    pub fn new(state: &State, stop: watch::Receiver<bool>) -> Self {
        let settings = SmtpSettings::of(&state.config.mail, &state.db.environment().mail_domain);
        Self::with_relay(state, settings, stop)
    }

    /// A worker for this relay.
    pub fn with_relay(state: &State, settings: SmtpSettings, stop: watch::Receiver<bool>) -> Self {
        let smtp = &state.config.mail.smtp;
        let shared = Shared { state: state.clone(), settings, stop, breaker: Mutex::default(), pace: Mutex::new(Pace::new(smtp.per_domain_per_second)) };
        Self { shared: Arc::new(shared), lanes: (0..smtp.connections).map(|_| Lane::default()).collect() }
    }

    /// Handles what is due now; answers how many mails were handled.
    pub async fn pass(&mut self) -> Answer<usize> {
        let state = &self.shared.state;
        let now = state.now();
        if !state.db.read(move |connection| claims::is_anything_due(connection, now)).await? {
            return Ok(0);
        }
        state.db.write(claims::settle).await?;
        match state.config.mail.transport {
            MailTransport::Mailbox => deliver_to_mailbox(&self.shared).await,
            MailTransport::Smtp => self.run_lanes().await,
        }
    }

    /// Every lane works until nothing is left for it.
    async fn run_lanes(&mut self) -> Answer<usize> {
        let mut running = tokio::task::JoinSet::new();
        for lane in self.lanes.drain(..) {
            running.spawn(lane.run(Arc::clone(&self.shared)));
        }
        let mut outcome = Ok(0);
        while let Some(ended) = running.join_next().await {
            let (lane, handled) = ended.unwrap_or_else(|error| (Lane::default(), Err(Failure::internal(format!("a mail lane panicked: {error}")))));
            self.lanes.push(lane);
            outcome = match (outcome, handled) {
                (Ok(count), Ok(more)) => Ok(count + more),
                (Err(failure), _) | (_, Err(failure)) => Err(failure),
            };
        }
        outcome
    }

    /// Says goodbye to the relay.
    pub async fn close(self) {
        for lane in self.lanes {
            lane.close().await;
        }
    }
}

impl Shared {
    pub(super) fn is_stopping(&self) -> bool {
        *self.stop.borrow()
    }

    /// Whether the relay may be tried now.
    pub(super) fn is_open(&self) -> bool {
        self.lock(&self.breaker).allows(self.state.now())
    }

    pub(super) fn fault(&self) {
        self.lock(&self.breaker).fault(self.state.now());
    }

    pub(super) fn success(&self) {
        self.lock(&self.breaker).success();
    }

    pub(super) fn count(&self, domain: &str) {
        self.lock(&self.pace).take(domain, self.state.now());
    }

    pub(super) fn closed_domains(&self) -> Vec<String> {
        self.lock(&self.pace).closed(self.state.now())
    }

    /// A panic while counting leaves nothing half-done worth stopping for.
    fn lock<'l, T>(&self, mutex: &'l Mutex<T>) -> std::sync::MutexGuard<'l, T> {
        mutex.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Handles every mail that is due now, with connections of its own; answers how many.
pub async fn send_due_mails(state: &State) -> Answer<usize> {
    let (_running, stop) = watch::channel(false);
    let mut worker = MailWorker::new(state, stop);
    let handled = worker.pass().await;
    worker.close().await;
    handled
}

async fn deliver_to_mailbox(shared: &Shared) -> Answer<usize> {
    let mut count = 0;
    while !shared.is_stopping() {
        let wanted = Wanted { limit: BATCH, lease: MAILBOX_LEASE, closed_domains: Vec::new() };
        let batch = shared.state.db.write(move |tx| claims::claim(tx, &wanted)).await?;
        if batch.is_empty() {
            break;
        }
        for mail in batch {
            count += 1;
            match compose(&shared.state, &mail) {
                Ok(composed) => record_accepted(&shared.state, mail, Some(Arc::new(composed))).await?,
                Err(failure) => put_off(&shared.state, &mail, &failure).await?,
            }
        }
    }
    Ok(count)
}

/// A mail that cannot be made harms no other: it is put off like a refused one, loudly.
pub(super) async fn put_off(state: &State, mail: &Claimed, failure: &Failure) -> Answer<()> {
    tracing::error!(%failure, mail = %mail.id, kind = %mail.kind, "a mail cannot be made and is put off");
    record(state, mail.held(), Fate::Deferred { wait: backoff::wait(mail.attempts, state.random())?, reason: failure.to_string() }).await
}

/// Records what became of a mail, and does not give up at once when the database is away: what is not recorded becomes unknown.
pub(super) async fn record(state: &State, held: Held, fate: Fate) -> Answer<()> {
    patiently(|| {
        let fate = fate.clone();
        state.db.write(move |tx| claims::finish(tx, held, &fate).map(drop))
    })
    .await
}

/// The mail was taken; who waits for that is told in the same transaction. What happened has happened: a reaction that fails
/// does not take it back.
pub(super) async fn record_accepted(state: &State, mail: Claimed, kept: Option<Arc<Composed>>) -> Answer<()> {
    let accept = |tell: bool| {
        let (mail, kept) = (mail.clone(), kept.clone());
        state.db.write(move |tx| accepted(tx, &mail, kept.as_deref(), tell))
    };
    match patiently(|| accept(true)).await {
        Err(failure) if !matches!(failure, Failure::Busy(_)) => {
            tracing::error!(%failure, mail = %mail.id, kind = %mail.kind, "what follows from a sent mail failed");
            patiently(|| accept(false)).await
        }
        other => other,
    }
}

fn accepted(tx: &mut Tx<'_>, mail: &Claimed, kept: Option<&Composed>, tell: bool) -> Answer<()> {
    if !claims::finish(tx, mail.held(), &Fate::Accepted)? {
        return Ok(());
    }
    if let Some(composed) = kept {
        mailbox::store::keep(tx, mail.id, composed)?;
    }
    if tell { reactions::mail_sent(tx, mail.kind, mail.subject_id) } else { Ok(()) }
}

/// Tries again while the database is busy.
async fn patiently<W, F>(mut write: W) -> Answer<()>
where
    W: FnMut() -> F,
    F: Future<Output = Answer<()>>,
{
    let mut pause = RECORD_PAUSE;
    for _ in 1..RECORD_TRIES {
        match write().await {
            Err(Failure::Busy(reason)) => tracing::warn!(reason, "what became of a mail cannot be recorded yet"),
            other => return other,
        }
        tokio::time::sleep(pause).await;
        pause *= 3;
    }
    write().await
}

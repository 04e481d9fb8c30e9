//! One connection to the relay and the mails that go over it, one after the other.
//!
//! A mail is claimed only when the connection stands, so that a relay that is down costs no mail an attempt. When the relay
//! fails in the middle, the mail in hand is put off, the rest of the batch is given back untouched, and the breaker pauses
//! all lanes.

use std::sync::Arc;

use super::mails::{BATCH, Shared, put_off, record, record_accepted};
use crate::kernel::{Answer, Failure};
use crate::outbox::backoff;
use crate::outbox::claims::{self, Claimed, Fate, Wanted};
use crate::outbox::compose::{Composed, compose};
use crate::outbox::smtp::{Outcome, SmtpConnection};

/// A lane; its connection survives from one pass to the next.
#[derive(Default)]
pub(super) struct Lane {
    connection: Option<SmtpConnection>,
}

/// Whether the lane goes on after a mail.
#[derive(Debug, PartialEq, Eq)]
enum Road {
    Clear,
    Blocked,
}

/// Why a body was not transmitted.
enum NotBegun {
    /// The lease ran out and somebody else has the mail.
    Lost,
    /// The database could not be asked.
    Failed(Failure),
}

impl Lane {
    /// Works until nothing is left, the relay fails, or the worker stops.
    pub(super) async fn run(mut self, shared: Arc<Shared>) -> (Self, Answer<usize>) {
        let mut count = 0;
        while !shared.is_stopping() && shared.is_open() && self.connect(&shared).await {
            match self.batch(&shared).await {
                Ok(0) => break,
                Ok(handled) => count += handled,
                Err(failure) => return (self, Err(failure)),
            }
        }
        (self, Ok(count))
    }

    /// Whether there is a connection; a fault pauses all lanes.
    async fn connect(&mut self, shared: &Shared) -> bool {
        if let Some(connection) = &mut self.connection
            && connection.is_ready().await
        {
            return true;
        }
        match SmtpConnection::open(&shared.settings).await {
            Ok(connection) => {
                self.connection = Some(connection);
                true
            }
            Err(fault) => {
                tracing::error!(%fault, "the relay cannot be used; mails wait");
                self.connection = None;
                shared.fault();
                false
            }
        }
    }

    async fn batch(&mut self, shared: &Shared) -> Answer<usize> {
        let wanted = Wanted { limit: BATCH, lease: shared.settings.timeouts.longest_transaction(), closed_domains: shared.closed_domains() };
        let batch = shared.state.db.write(move |tx| claims::claim(tx, &wanted)).await?;
        let count = batch.len();
        let mut road = Road::Clear;
        for mail in batch {
            if road == Road::Clear && !shared.is_stopping() && self.connect(shared).await {
                road = self.send(shared, mail).await?;
            } else {
                road = Road::Blocked;
                record(&shared.state, mail.held(), Fate::Released).await?;
            }
        }
        Ok(count)
    }

    async fn send(&mut self, shared: &Shared, mail: Claimed) -> Answer<Road> {
        let composed = match compose(&shared.state, &mail) {
            Ok(composed) => composed,
            Err(failure) => return put_off(&shared.state, &mail, &failure).await.map(|()| Road::Clear),
        };
        shared.count(&mail.domain);
        match self.transmit(shared, &mail, &composed).await {
            Ok(outcome) => conclude(shared, mail, outcome).await,
            Err(NotBegun::Lost) => Ok(Road::Clear),
            Err(NotBegun::Failed(failure)) => Err(failure),
        }
    }

    async fn transmit(&mut self, shared: &Shared, mail: &Claimed, composed: &Composed) -> Result<Outcome, NotBegun> {
        let Some(connection) = &mut self.connection else { return Err(NotBegun::Failed(Failure::internal("a lane sends without a connection"))) };
        let (db, held) = (&shared.state.db, mail.held());
        let lease = shared.settings.timeouts.longest_transaction();
        let begin = async || match db.write(move |tx| claims::begin_transmission(tx, held, lease)).await {
            Ok(true) => Ok(()),
            Ok(false) => Err(NotBegun::Lost),
            Err(failure) => Err(NotBegun::Failed(failure)),
        };
        connection.send(&composed.envelope_from, &composed.recipient, &composed.bytes, begin).await
    }

    pub(super) async fn close(self) {
        if let Some(connection) = self.connection {
            connection.close().await;
        }
    }
}

/// Records an outcome. After a fault, and after an answer that did not come, the relay gets a rest.
async fn conclude(shared: &Shared, mail: Claimed, outcome: Outcome) -> Answer<Road> {
    let state = &shared.state;
    let deferred = |reason: String| backoff::wait(mail.attempts, state.random()).map(|wait| Fate::Deferred { wait, reason });
    let (fate, road) = match outcome {
        Outcome::Accepted { .. } => {
            shared.success();
            record_accepted(state, mail, None).await?;
            return Ok(Road::Clear);
        }
        Outcome::Deferred(reply) => (deferred(reply.to_string())?, Road::Clear),
        Outcome::RecipientRefused(reply) => (Fate::Refused { reason: reply.to_string() }, Road::Clear),
        Outcome::TransportFault(fault) => {
            tracing::error!(%fault, mail = %mail.id, "the relay failed; mails wait");
            (deferred(fault.to_string())?, Road::Blocked)
        }
        Outcome::Unknown { answer } => {
            tracing::error!(%answer, mail = %mail.id, "nobody knows whether a mail was taken");
            (Fate::Unknown { reason: answer.to_string() }, Road::Blocked)
        }
    };
    match road {
        Road::Clear => shared.success(),
        Road::Blocked => shared.fault(),
    }
    record(state, mail.held(), fate).await?;
    Ok(road)
}

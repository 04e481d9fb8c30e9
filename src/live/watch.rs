//! The one loop of a process that reads the log while anybody listens.
//!
//! Ids rise with the time at which a transaction began, commits do not: a slow transaction, or a node whose clock is behind,
//! makes an event appear below ids that were read before. So each look reads the last half minute again and remembers what it
//! has told. What commits later than that is not told; the next page shows it.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::{Instant, MissedTickBehavior, interval};

use super::hub::{Hub, News};
use super::views;
use crate::accounts::views as accounts;
use crate::http::State;
use crate::kernel::Answer;
use crate::kernel::clock::Timestamp;
use crate::kernel::id::{BusinessId, EventId, first_at};

/// A transaction may begin so long before it is committed: longer than any statement may wait for a lock.
const OVERLAP: Duration = Duration::from_secs(30);
/// Pause before a loop that ended by itself is started again.
const PAUSE: Duration = Duration::from_secs(2);

/// The running loop.
pub struct Watch {
    hub: Arc<Hub>,
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
}

impl Watch {
    /// Ends every stream, then the loop.
    pub async fn stop(self) {
        self.hub.close();
        self.stop.send_replace(true);
        if let Err(error) = self.task.await {
            tracing::error!(%error, "the loop that reads the log ended badly");
        }
    }
}

/// Starts the loop beside whatever else runs.
pub fn spawn(state: &State) -> Watch {
    let (stop, stopped) = watch::channel(false);
    Watch { hub: Arc::clone(&state.live), stop, task: tokio::spawn(kept_alive(state.clone(), stopped)) }
}

async fn kept_alive(state: State, stop: watch::Receiver<bool>) {
    let mut stopped = stop.clone();
    let work = async {
        // A panic must not end all hearing.
        while let Err(error) = tokio::spawn(run(state.clone(), stop.clone())).await {
            tracing::error!(%error, "the loop that reads the log ended and is started again");
            state.live.sleep();
            state.live.tell(News::Missed);
            tokio::time::sleep(PAUSE).await;
        }
    };
    tokio::select! { () = work => {}, _ = stopped.wait_for(|stopped| *stopped) => {} }
}

async fn run(state: State, mut stop: watch::Receiver<bool>) {
    let hub = Arc::clone(&state.live);
    let listen = async {
        loop {
            hub.somebody_listens().await;
            match Log::begin(&state).await {
                Ok(log) => follow(&state, log).await,
                Err(failure) => {
                    tracing::warn!(%failure, "the log cannot be read");
                    tokio::time::sleep(PAUSE).await;
                }
            }
        }
    };
    tokio::select! { () = listen => {}, _ = stop.wait_for(|stopped| *stopped) => {} }
}

/// Reads on until nobody listens.
async fn follow(state: &State, mut log: Log) {
    let hub = &state.live;
    hub.wake();
    let mut look = interval(hub.pace.look);
    look.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut sessions_asked = Instant::now();
    while !hub.sleep_if_empty() {
        look.tick().await;
        let looked = log.look(state).await;
        let asked = if sessions_asked.elapsed() >= hub.pace.sessions {
            sessions_asked = Instant::now();
            end_streams_of_ended_sessions(state).await
        } else {
            Ok(())
        };
        if let Err(failure) = looked.and(asked) {
            tracing::warn!(%failure, "the log cannot be read at present");
        }
    }
}

/// What was read of the log.
struct Log {
    low: EventId,
    /// Everything read above `low`.
    read: BTreeSet<EventId>,
}

impl Log {
    /// Takes everything that is there for told.
    async fn begin(state: &State) -> Answer<Self> {
        let low = low_at(state.now());
        let read = state.db.read(move |connection| views::ids_above(connection, low, usize::MAX)).await?;
        state.live.set_low(low);
        Ok(Self { low, read: read.into_iter().flatten().collect() })
    }

    /// Reads what is new and tells it. After a failure the next look reads all of it.
    async fn look(&mut self, state: &State) -> Answer<()> {
        let started = std::time::Instant::now();
        let (above, now) = (self.low, state.now());
        let found = state.db.read(move |connection| views::ids_above(connection, above, usize::MAX)).await?.unwrap_or_default();
        let new: Vec<EventId> = found.into_iter().filter(|id| !self.read.contains(id)).collect();
        if !new.is_empty() {
            let (ids, listening) = (new.clone(), businesses(&state.live));
            let tellings = state.db.read(move |connection| views::tellings(connection, &ids, &listening)).await?;
            metrics::counter!("kularing_events_told_total").increment(tellings.len() as u64);
            if !tellings.is_empty() {
                state.live.tell(News::Told(tellings));
            }
            self.read.extend(new);
        }
        // The clock may step back.
        self.low = self.low.max(low_at(now));
        self.read = self.read.split_off(&self.low);
        state.live.set_low(self.low);
        metrics::histogram!("kularing_live_look_seconds").record(started.elapsed().as_secs_f64());
        Ok(())
    }
}

fn low_at(now: Timestamp) -> EventId {
    first_at(now.before(OVERLAP))
}

fn businesses(hub: &Hub) -> Vec<BusinessId> {
    let distinct: BTreeSet<_> = hub.listeners().into_iter().filter_map(|(_, listener)| listener.business).collect();
    distinct.into_iter().collect()
}

/// A stream ends with its session, and when its person belongs to another business by now.
async fn end_streams_of_ended_sessions(state: &State) -> Answer<()> {
    let listeners = state.live.listeners();
    let sessions: Vec<_> = listeners.iter().map(|(_, listener)| listener.session).collect::<HashSet<_>>().into_iter().collect();
    let now = state.now();
    let living = state.db.read(move |connection| accounts::living_sessions(connection, &sessions, now)).await?;
    let living: HashMap<_, _> = living.into_iter().collect();
    let over: HashSet<u64> =
        listeners.iter().filter(|(_, listener)| living.get(&listener.session) != Some(&listener.business)).map(|(number, _)| *number).collect();
    if !over.is_empty() {
        state.live.tell(News::Over(over));
    }
    Ok(())
}

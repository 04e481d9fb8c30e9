//! Who listens, and how news reach him: one channel for all, of which everybody takes what is his.

use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{Notify, broadcast, watch};

use super::model::Telling;
use crate::config::Limits;
use crate::http::Caller;
use crate::kernel::id::{BusinessId, EventId, Identifier, PersonId, SessionId};
use crate::kernel::{Answer, Failure};

/// Batches that a slow reader may lag behind before he is told to read everything anew.
const BATCHES_KEPT: usize = 64;
/// How soon somebody who found no place may try again.
const TRY_AGAIN_SECONDS: u32 = 60;

/// How often things are done.
#[derive(Debug, Clone)]
pub struct Pace {
    /// Looking for new events while anybody listens.
    pub look: Duration,
    /// Asking whether the sessions of those who listen still live.
    pub sessions: Duration,
    /// A sign of life on each stream.
    pub keep_alive: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Self { look: Duration::from_millis(700), sessions: Duration::from_secs(45), keep_alive: Duration::from_secs(20) }
    }
}

/// What all that listen are sent.
#[derive(Debug)]
pub enum News {
    /// These things happened, the oldest first.
    Told(Vec<Telling>),
    /// Something was missed: everything is to be read anew.
    Missed,
    /// These streams end: their sessions did.
    Over(HashSet<u64>),
}

/// The listeners of this process.
pub struct Hub {
    /// How often things are done.
    pub pace: Pace,
    per_person: usize,
    most: usize,
    news: broadcast::Sender<Arc<News>>,
    listeners: Mutex<Listeners>,
    /// How many listen.
    count: watch::Sender<usize>,
    /// Whether new events are looked for at present.
    awake: watch::Sender<bool>,
    closed: watch::Sender<bool>,
    /// Nothing at or below this id can come any more.
    low: AtomicI64,
}

#[derive(Default)]
struct Listeners {
    last: u64,
    seats: HashMap<u64, Taken>,
}

/// A place that is taken.
struct Taken {
    listener: Listener,
    /// Asks its stream for a sign of life.
    nudge: Arc<Notify>,
}

/// Somebody who listens.
#[derive(Debug, Clone, Copy)]
pub struct Listener {
    /// Who.
    pub person: PersonId,
    /// For which business; operators may have none and hear nothing.
    pub business: Option<BusinessId>,
    /// Signed in by which session.
    pub session: SessionId,
}

/// A place at which somebody listens; given back when it is dropped.
pub struct Seat {
    /// Who sits there.
    pub listener: Listener,
    /// Its number.
    pub number: u64,
    hub: Arc<Hub>,
    nudge: Arc<Notify>,
    news: broadcast::Receiver<Arc<News>>,
}

impl Hub {
    /// Nobody listens yet.
    pub fn new(limits: &Limits, pace: Pace) -> Self {
        Self {
            pace,
            per_person: limits.streams_per_person,
            most: limits.streams,
            news: broadcast::Sender::new(BATCHES_KEPT),
            listeners: Mutex::default(),
            count: watch::Sender::new(0),
            awake: watch::Sender::new(false),
            closed: watch::Sender::new(false),
            low: AtomicI64::new(0),
        }
    }

    /// A place for this caller, while there are any.
    pub fn listen(self: &Arc<Self>, caller: &Caller) -> Answer<Seat> {
        let listener = Listener { person: caller.principal.person, business: caller.principal.business, session: caller.via.session() };
        let mut listeners = self.lock();
        if *self.closed.borrow() {
            return Err(Failure::Busy("the server is shutting down".to_owned()));
        }
        if listeners.seats.values().filter(|seat| seat.listener.person == listener.person).count() >= self.per_person {
            return Err(Failure::TooMany { code: "too_many_streams", retry_after_seconds: TRY_AGAIN_SECONDS });
        }
        if listeners.seats.len() >= self.most {
            return Err(Failure::Busy("as many listen as this process can serve".to_owned()));
        }
        listeners.last += 1;
        let number = listeners.last;
        let (news, nudge) = (self.news.subscribe(), Arc::new(Notify::new()));
        listeners.seats.insert(number, Taken { listener, nudge: Arc::clone(&nudge) });
        self.changed(&listeners);
        Ok(Seat { listener, number, hub: Arc::clone(self), nudge, news })
    }

    /// Lets every stream of a person send a sign of life: those whose pages are gone find that out and end.
    pub(super) fn nudge(&self, person: PersonId) {
        self.lock().seats.values().filter(|seat| seat.listener.person == person).for_each(|seat| seat.nudge.notify_one());
    }

    /// Ends every stream and takes no new one: the server is told to stop.
    pub fn close(&self) {
        let _listeners = self.lock();
        self.closed.send_replace(true);
    }

    /// Becomes true when the server is told to stop.
    pub fn closing(&self) -> watch::Receiver<bool> {
        self.closed.subscribe()
    }

    /// How many listen.
    pub fn listeners_count(&self) -> usize {
        self.lock().seats.len()
    }

    /// Everybody who listens, by the number of his place.
    pub(super) fn listeners(&self) -> Vec<(u64, Listener)> {
        self.lock().seats.iter().map(|(number, seat)| (*number, seat.listener)).collect()
    }

    /// Returns when somebody listens.
    pub(super) async fn somebody_listens(&self) {
        // The sender lives as long as `self`: waiting cannot fail.
        let _ = self.count.subscribe().wait_for(|count| *count > 0).await;
    }

    /// Notes that new events are looked for from now on.
    pub(super) fn wake(&self) {
        self.awake.send_replace(true);
    }

    /// Notes that they are not, unless somebody listens. Under the lock: whoever comes next finds it noted.
    pub(super) fn sleep_if_empty(&self) -> bool {
        let listeners = self.lock();
        if listeners.seats.is_empty() {
            self.awake.send_replace(false);
        }
        listeners.seats.is_empty()
    }

    /// Notes that they are not, for a loop that ends.
    pub(super) fn sleep(&self) {
        self.awake.send_replace(false);
    }

    /// Sends news to all.
    pub(super) fn tell(&self, news: News) {
        // Nobody may be left to hear it.
        let _ = self.news.send(Arc::new(news));
    }

    /// The id at or below which nothing can come any more.
    pub(super) fn low(&self) -> EventId {
        EventId::from_raw(self.low.load(Ordering::Relaxed))
    }

    pub(super) fn set_low(&self, low: EventId) {
        self.low.store(low.raw(), Ordering::Relaxed);
    }

    fn lock(&self) -> MutexGuard<'_, Listeners> {
        self.listeners.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn changed(&self, listeners: &Listeners) {
        self.count.send_replace(listeners.seats.len());
        metrics::gauge!("kularing_streams").set(listeners.seats.len() as f64);
    }
}

impl Seat {
    /// Returns when new events are looked for: what is committed later will be told.
    pub async fn awake(&self) {
        // The sender lives in the hub, which this place holds.
        let _ = self.hub.awake.subscribe().wait_for(|awake| *awake).await;
    }

    /// The next news; a failure says that some were missed.
    pub async fn next(&mut self) -> Result<Arc<News>, broadcast::error::RecvError> {
        self.news.recv().await
    }

    /// Rings when somebody wants to know whether this stream is still read.
    pub fn nudged(&self) -> Arc<Notify> {
        Arc::clone(&self.nudge)
    }

    /// Becomes true when the server is told to stop.
    pub fn closing(&self) -> watch::Receiver<bool> {
        self.hub.closing()
    }

    /// The id at or below which nothing can come any more.
    pub fn low(&self) -> EventId {
        self.hub.low()
    }

    /// A sign of life is sent so often.
    pub fn keep_alive(&self) -> Duration {
        self.hub.pace.keep_alive
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut listeners = self.hub.lock();
        listeners.seats.remove(&self.number);
        self.hub.changed(&listeners);
    }
}

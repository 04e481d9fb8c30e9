//! The worker: runs what is due.
//!
//! Three loops beside each other: timers, mails, and cleaning up. Each timer runs in a transaction of its own that first
//! takes it out of the list, so that two workers never do the same thing twice. When it is told to stop, it begins nothing
//! new, finishes what it had begun and gives back the rest.

mod cleanup;
mod due;
mod lane;
mod mails;

use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinHandle;

pub use cleanup::clean_up;
pub use due::run_due_timers;
pub use mails::{MailWorker, send_due_mails};

use crate::http::State;
use crate::kernel::Answer;

/// What has begun may take so long after the worker was told to stop.
const PATIENCE: Duration = Duration::from_secs(90);
const CLEANUP_EVERY: Duration = Duration::from_secs(600);
/// Pause after a failure, so that a database that is away is not asked without end.
const PAUSE_AFTER_FAILURE: Duration = Duration::from_secs(2);

/// A running worker.
pub struct WorkerHandle {
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
}

impl WorkerHandle {
    /// Stops: what has begun is finished, for 90 seconds at the most.
    pub async fn stop(mut self) {
        self.stop.send_replace(true);
        if tokio::time::timeout(PATIENCE, &mut self.task).await.is_err() {
            tracing::error!("the worker did not finish in time; leases put right what it left");
            self.task.abort();
        }
    }
}

/// Starts the worker beside whatever else runs.
pub fn spawn(state: State) -> WorkerHandle {
    let (stop, stopped) = watch::channel(false);
    WorkerHandle { stop, task: tokio::spawn(run(state, stopped)) }
}

/// Runs until `stop` becomes true.
pub async fn run(state: State, stop: watch::Receiver<bool>) {
    let timers = kept_alive("timers", &stop, || timer_loop(state.clone(), stop.clone()));
    let mails = kept_alive("mails", &stop, || mail_loop(state.clone(), stop.clone()));
    let cleanup = kept_alive("cleanup", &stop, || cleanup_loop(state.clone(), stop.clone()));
    tokio::join!(timers, mails, cleanup);
}

/// A loop that panics is started again: one poisonous row must not end all work.
async fn kept_alive<L, F>(name: &str, stop: &watch::Receiver<bool>, start: L)
where
    L: Fn() -> F,
    F: Future<Output = ()> + Send + 'static,
{
    while let Err(error) = tokio::spawn(start()).await {
        tracing::error!(%error, name, "a loop of the worker ended and is started again");
        pause(PAUSE_AFTER_FAILURE, stop.clone()).await;
    }
}

async fn timer_loop(state: State, stop: watch::Receiver<bool>) {
    let idle = Duration::from_millis(state.config.worker.idle_poll_ms);
    while !*stop.borrow() {
        state.worker_pulse.beat(state.now());
        let outcome = run_due_timers(&state.db).await;
        rest(outcome, idle, &stop).await;
    }
}

async fn mail_loop(state: State, stop: watch::Receiver<bool>) {
    let idle = Duration::from_millis(state.config.worker.idle_poll_ms);
    let mut worker = MailWorker::new(&state, stop.clone());
    while !*stop.borrow() {
        let outcome = worker.pass().await;
        rest(outcome, idle, &stop).await;
    }
    worker.close().await;
}

async fn cleanup_loop(state: State, stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        let outcome = clean_up(&state.db).await;
        rest(outcome.map(|_| 0), CLEANUP_EVERY, &stop).await;
    }
}

/// Goes on at once while there is work.
async fn rest(outcome: Answer<usize>, idle: Duration, stop: &watch::Receiver<bool>) {
    match outcome {
        Ok(0) => pause(idle, stop.clone()).await,
        Ok(_) => {}
        Err(failure) => {
            tracing::error!(%failure, "the worker met a failure");
            pause(PAUSE_AFTER_FAILURE.max(idle), stop.clone()).await;
        }
    }
}

async fn pause(span: Duration, mut stop: watch::Receiver<bool>) {
    let told_to_stop = async {
        if stop.wait_for(|stopped| *stopped).await.is_err() {
            // Nobody is left who could tell.
            std::future::pending().await
        }
    };
    tokio::select! {
        () = tokio::time::sleep(span) => {}
        () = told_to_stop => {}
    }
}

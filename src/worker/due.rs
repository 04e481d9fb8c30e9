//! Timers: take, act, or put off.

use crate::db::Db;
use crate::kernel::Answer;
use crate::reactions;
use crate::timers::{self, Timer};

/// How many timers one look takes.
const BATCH: i64 = 100;

/// Runs every timer that is due now, the earliest first; answers how many were run. A failing one is put off and harms no other.
pub async fn run_due_timers(db: &Db) -> Answer<usize> {
    let now = db.environment().clock.now();
    let batch: Vec<Timer> = db.read(move |connection| timers::due(connection, now, BATCH)).await?;
    let mut count = 0;
    for timer in batch {
        let failed = timer.clone();
        let outcome = db.write(move |tx| if timers::take(tx, &timer)? { reactions::due(tx, &timer).map(|()| true) } else { Ok(false) }).await;
        match outcome {
            Ok(done) => count += usize::from(done),
            Err(failure) => {
                tracing::error!(%failure, timer = %failed.id, kind = %failed.kind, "a timer failed and is put off");
                db.write(move |tx| timers::postpone(tx, &failed)).await?;
            }
        }
    }
    Ok(count)
}

//! The demo: a circle that builds houses, a circle that meets, and eight months of their history; three who make up leads are in it.
//!
//! Nothing is written past the rooms: everybody registers, applies, passes and answers by the same commands that the server
//! runs, under a clock that is moved by hand. So the demo is also the longest test of them. The same start gives the same
//! story; ids and links differ, because the secret does.

pub mod cast;
mod made_up;
mod meetings;
mod plan;
mod settle;
mod story;

use std::sync::Arc;
use std::time::Duration;

use crate::config::Config;
use crate::http::State;
use crate::kernel::clock::{Clock, ManualClock, Timestamp, days};
use crate::kernel::random::SystemRandom;
use crate::kernel::{Answer, Secret};
use crate::{app, worker};

/// How far back the history reaches.
pub const HISTORY: Duration = days(240);
/// The clock moves in steps of so long; what is due in between runs at the step's end.
const STEP: Duration = Duration::from_secs(4 * 3_600);

/// Fills an empty, migrated database with the demo, up to `now`. `progress` hears which part of a hundred is done.
pub async fn fill(config: Config, secret: Secret, now: Timestamp, progress: &mut dyn FnMut(u32)) -> Answer<()> {
    let clock = Arc::new(ManualClock::new(now.before(HISTORY)));
    let parts = app::Parts { clock: Arc::clone(&clock) as Arc<dyn Clock>, random: Arc::new(SystemRandom::default()), secret };
    let stage = Stage { state: app::build(config, parts)?, clock };
    let people = settle::everybody(&stage).await?;
    let circles = settle::circles(&stage, &people).await?;
    meetings::plan(&stage, &people, &circles, now).await?;
    progress(5);
    story::tell(&stage, &people, &circles, now, progress).await
}

/// Where the story is played: the application, and the clock in our hand.
struct Stage {
    state: State,
    clock: Arc<ManualClock>,
}

impl Stage {
    /// Lets time pass until `moment` and runs what falls due on the way.
    async fn pass_time_until(&self, moment: Timestamp) -> Answer<()> {
        while self.clock.now() < moment {
            let step = STEP.min(moment.since(self.clock.now()));
            self.clock.advance(step);
            self.run_due().await?;
        }
        Ok(())
    }

    /// Runs what is due at this moment, as a worker would within a second.
    async fn run_due(&self) -> Answer<()> {
        while worker::run_due_timers(&self.state.db).await? > 0 {}
        worker::send_due_mails(&self.state).await.map(drop)
    }
}

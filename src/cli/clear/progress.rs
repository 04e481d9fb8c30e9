//! A bar while it takes long, for people at a terminal only.

use std::io::{IsTerminal, Read};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Smaller files are read before anybody would see a bar.
const BYTES_WORTH_A_BAR: u64 = 1_000_000;
const TICK: Duration = Duration::from_millis(120);

/// Shown on standard error; nothing at all when that is no terminal.
pub(super) struct Progress(ProgressBar);

impl Progress {
    /// Reading so many bytes, or nobody knows how many.
    pub(super) fn reading(bytes: Option<u64>) -> Self {
        let bar = match bytes {
            Some(bytes) if bytes < BYTES_WORTH_A_BAR => ProgressBar::hidden(),
            Some(bytes) => {
                let bar = ProgressBar::with_draw_target(Some(bytes), ProgressDrawTarget::stderr());
                ProgressStyle::with_template("Reading {bar:40} {bytes} of {total_bytes}").map(|style| bar.set_style(style)).ok();
                bar
            }
            None => ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr()).with_message("Reading"),
        };
        Self(bar)
    }

    /// Working, nobody knows how long.
    pub(super) fn busy(what: String) -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr()).with_message(what);
        bar.enable_steady_tick(TICK);
        Self(bar)
    }

    /// Writing, nobody knows how long; nothing when the result itself goes to a terminal.
    pub(super) fn writing() -> Self {
        if std::io::stdout().is_terminal() { Self(ProgressBar::hidden()) } else { Self::busy("Writing".to_owned()) }
    }

    /// Moves the bar as the source is read.
    pub(super) fn watch<R: Read>(&self, source: R) -> impl Read + use<R> {
        self.0.wrap_read(source)
    }
}

impl Drop for Progress {
    /// Takes the bar away.
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

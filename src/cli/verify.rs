//! `kularing verify`: whether everything that must hold does hold. It changes nothing and needs no pause of the server.

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use clap::Args;

use crate::config::Config;
use crate::db::{migrations, open_for_reading};
use crate::kernel::clock::{Clock, SystemClock};
use crate::kernel::{Answer, Failure};
use crate::reciprocity::verify::{Report, verify};

/// How the outcome is told.
#[derive(Debug, Args)]
pub struct Options {
    /// Prints the report as JSON.
    #[arg(long)]
    json: bool,
}

/// Something is broken.
const VIOLATED: u8 = 1;
/// It could not be looked at.
const CANNOT_RUN: u8 = 2;

/// Checks the database of the settings: 0 when everything holds, 1 when something is broken, 2 when it cannot be looked at.
pub fn run(config: Option<&Path>, options: &Options) -> ExitCode {
    match look(config).and_then(|report| told(&report, options).map(|text| (report, text))) {
        Ok((report, text)) => {
            // A reader that has seen enough is no failure; the exit code tells the outcome.
            let _ = writeln!(std::io::stdout(), "{text}");
            if report.is_clean() { ExitCode::SUCCESS } else { ExitCode::from(VIOLATED) }
        }
        Err(failure) => {
            eprintln!("kularing verify: {failure}");
            ExitCode::from(CANNOT_RUN)
        }
    }
}

fn look(config: Option<&Path>) -> Answer<Report> {
    let config = Config::load(config).map_err(|error| Failure::internal(error.to_string()))?;
    let location = config.location().map_err(Failure::Internal)?;
    let mut connection = open_for_reading(&location)?;
    let pending = migrations::pending(&location)?;
    if !pending.is_empty() {
        return Err(Failure::Busy(format!("{} has migrations that were not applied: {}", location.shown(), pending.join(", "))));
    }
    verify(&mut connection, SystemClock.now())
}

fn told(report: &Report, options: &Options) -> Answer<String> {
    if options.json {
        return serde_json::to_string_pretty(report).map_err(|error| Failure::internal(format!("the report: {error}")));
    }
    Ok(report.to_string())
}

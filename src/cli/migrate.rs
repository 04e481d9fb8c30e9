//! `kularing migrate`

use clap::Args;

use crate::config::Config;
use crate::db::migrations;

/// What to do with the migrations.
#[derive(Debug, Args)]
pub struct Options {
    /// Only says what would be done.
    #[arg(long)]
    pending: bool,
}

/// Brings the database to the newest version, or says what is pending.
pub fn run(config: &Config, options: &Options) -> Result<(), Box<dyn std::error::Error>> {
    let location = config.location()?;
    let versions = if options.pending { migrations::pending(&location)? } else { migrations::run(&location)? };
    let done = if options.pending { "pending" } else { "applied" };
    println!("{}: {} {done}{}", location.shown(), versions.len(), versions.iter().map(|v| format!("\n  {v}")).collect::<String>());
    Ok(())
}

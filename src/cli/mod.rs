//! The command line.

mod backup;
mod clear;
mod demo;
mod doctor;
mod logging;
mod mail;
mod metrics;
mod migrate;
pub mod secret;
mod serve;
mod trust;
mod verify;
mod worker;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::config::Config;

/// Businesses pass qualified referrals to each other, and see that what they give comes back.
#[derive(Debug, Parser)]
#[command(name = "kularing", version, about)]
struct Arguments {
    /// Settings in TOML; the defaults are documented in the file itself (`kularing config`).
    #[arg(long, global = true, env = "KULARING_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Runs the server.
    Serve,
    /// Shows Kularing with a life of its own: two circles, forty businesses, eight months. Needs nothing set up.
    Demo(demo::Options),
    /// Runs timers and mails without serving.
    Worker,
    /// Looks at mails.
    #[command(subcommand)]
    Mail(mail::Action),
    /// Brings the database to the newest version.
    Migrate(migrate::Options),
    /// Checks that everything that must hold does hold; changes nothing. Exit 0 clean, 1 violations, 2 cannot run.
    Verify(verify::Options),
    /// Copies the embedded database to a file, also while the server runs.
    Backup(backup::Options),
    /// Clears obligations from a CSV file: how much closes in rings, with a certificate; or checks such a result. Needs nothing set up.
    Clear(clear::Options),
    /// Looks at everything an installation needs and says how to mend what is wrong.
    Doctor,
    /// Measures how well made-up leads are found.
    #[command(subcommand)]
    Trust(trust::Action),
    /// Prints the commented default settings.
    Config,
    /// Prints the API's description (OpenAPI 3.1).
    Openapi,
}

/// Runs the program.
pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match run(arguments) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("kularing: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: Arguments) -> Result<ExitCode, Box<dyn std::error::Error>> {
    let file = arguments.config.as_deref();
    match arguments.command {
        Command::Serve => serve::run(settings(file)?).map(done),
        Command::Demo(options) => demo::run(settings(file)?, &options).map(done),
        Command::Worker => worker::run(settings(file)?).map(done),
        Command::Mail(action) => print(&mail::run(&action)?),
        Command::Migrate(options) => migrate::run(&settings(file)?, &options).map(done),
        Command::Verify(options) => Ok(verify::run(file, &options)),
        Command::Backup(options) => backup::run(&settings(file)?, &options).map(done),
        Command::Clear(options) => Ok(clear::run(&options)),
        Command::Doctor => doctor::run(file),
        Command::Trust(action) => print(&trust::run(&action)?),
        Command::Config => print(crate::config::DEFAULTS),
        Command::Openapi => print(&crate::app::api_document().text()),
    }
}

/// Reads the settings and starts to log as they say.
fn settings(file: Option<&Path>) -> Result<Config, Box<dyn std::error::Error>> {
    let config = Config::load(file)?;
    logging::start(&config.log)?;
    Ok(config)
}

fn done((): ()) -> ExitCode {
    ExitCode::SUCCESS
}

/// Writes to standard output; a reader that has seen enough is no failure.
fn print(text: &str) -> Result<ExitCode, Box<dyn std::error::Error>> {
    use std::io::Write;
    match std::io::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(ExitCode::SUCCESS),
    }
}

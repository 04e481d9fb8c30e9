//! `kularing backup FILE`

use std::path::PathBuf;

use clap::Args;

use crate::config::Config;
use crate::db::{Location, backup};

/// Where the copy goes.
#[derive(Debug, Args)]
pub struct Options {
    /// The file to write; it must not exist.
    file: PathBuf,
}

/// Copies the embedded database, also while the server runs.
pub fn run(config: &Config, options: &Options) -> Result<(), Box<dyn std::error::Error>> {
    match config.location()? {
        Location::Sqlite(path) => {
            let bytes = backup::copy(&path, &options.file)?;
            println!(
                "{}: {bytes} bytes, checked. Keep the secret ({}) with it: without it links and keys are lost.",
                options.file.display(),
                config.secret.file.display()
            );
            Ok(())
        }
        location @ Location::Postgres(_) => {
            Err(format!("{}: use PostgreSQL's own tools, e.g. pg_dump --format=custom --file={}", location.shown(), options.file.display()).into())
        }
    }
}

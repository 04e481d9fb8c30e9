//! `kularing demo`

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};

use clap::Args;

use super::{secret, serve};
use crate::config::{Config, MailTransport};
use crate::demo::{self, cast};
use crate::kernel::clock::{Clock, SystemClock};
use crate::kernel::random::SystemRandom;

/// How the demo is started.
#[derive(Debug, Args)]
pub struct Options {
    /// Where the demo's database is kept.
    #[arg(long, default_value = "data/demo", value_name = "FOLDER")]
    folder: PathBuf,
    /// Throws away what was done in the demo and begins anew.
    #[arg(long)]
    fresh: bool,
}

/// Fills the demo's database if it is not there yet, and serves it.
pub fn run(mut config: Config, options: &Options) -> Result<(), Box<dyn std::error::Error>> {
    let folder = &options.folder;
    std::fs::create_dir_all(folder)?;
    let database = folder.join("kularing.db");
    config.database.url = format!("sqlite:{}", database.display()).into();
    config.secret.value = String::new().into();
    config.secret.file = folder.join("secret");
    config.mail.transport = MailTransport::Mailbox;
    config.operators.emails = vec![cast::OPERATOR.to_owned()];
    config.server.base_url = format!("http://{}", config.server.listen);
    // Written last: a history that was interrupted is begun anew.
    let complete = folder.join("complete");
    if options.fresh || !complete.is_file() {
        remove(&complete)?;
        for suffix in ["", "-wal", "-shm"] {
            remove(Path::new(&format!("{}{suffix}", database.display())))?;
        }
        fill(&config)?;
        std::fs::write(&complete, "The demo's history is complete.\n")?;
    }
    println!("{}", greeting(&config.server.base_url));
    serve::run(config)
}

fn remove(path: &Path) -> std::io::Result<()> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

fn fill(config: &Config) -> Result<(), Box<dyn std::error::Error>> {
    serve::prepare(config)?;
    let secret = secret::load(&config.secret, &SystemRandom::default())?;
    let mut last = u32::MAX;
    let mut progress = |percent: u32| {
        if percent != last && (std::io::stderr().is_terminal() || percent.is_multiple_of(25)) {
            last = percent;
            // A lost progress line harms nobody.
            let _ = write!(std::io::stderr(), "\rPlaying eight months of history: {percent} % ");
        }
    };
    actix_web::rt::System::new().block_on(demo::fill(config.clone(), secret, SystemClock.now(), &mut progress))?;
    eprintln!("\rPlaying eight months of history: done.  ");
    Ok(())
}

fn greeting(address: &str) -> String {
    format!(
        "\nKularing's demo runs at {address}\n\n  sign in as   partner    {}\n               organiser  {}\n               operator   {}\n  password     {}\n  the mailbox  {address}/mailbox\n\nEnd it with Ctrl-C. What you do is kept; --fresh begins anew.\n",
        cast::PARTNER,
        cast::ORGANISER,
        cast::OPERATOR,
        cast::PASSWORD
    )
}

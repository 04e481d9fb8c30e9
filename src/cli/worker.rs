//! `kularing worker`

use super::serve;
use crate::config::Config;
use crate::http::State;
use crate::worker;

/// Runs timers and mails without serving, until a signal comes. On SQLite only one process may use the file: let `serve` run the
/// worker there.
pub fn run(config: Config) -> Result<(), Box<dyn std::error::Error>> {
    serve::prepare(&config)?;
    let state = serve::open(config)?;
    actix_web::rt::System::new().block_on(until_told(state))?;
    Ok(())
}

async fn until_told(state: State) -> std::io::Result<()> {
    let worker = worker::spawn(state);
    tracing::info!("the worker runs");
    told_to_stop().await?;
    tracing::info!("the worker finishes what it has begun");
    worker.stop().await;
    Ok(())
}

#[cfg(unix)]
async fn told_to_stop() -> std::io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        interrupted = tokio::signal::ctrl_c() => interrupted,
        _ = terminate.recv() => Ok(()),
    }
}

#[cfg(not(unix))]
async fn told_to_stop() -> std::io::Result<()> {
    tokio::signal::ctrl_c().await
}

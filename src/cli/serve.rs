//! `kularing serve`

use std::sync::Arc;
use std::time::Duration;

use actix_web::HttpServer;
use metrics_exporter_prometheus::PrometheusHandle;

use super::metrics;
use crate::app::{self, Parts};
use crate::config::Config;
use crate::db::{Location, migrations};
use crate::http::State;
use crate::kernel::clock::SystemClock;
use crate::kernel::random::SystemRandom;
use crate::live;
use crate::worker;

/// How long requests that have begun may take to finish when the server is told to stop.
const REQUESTS_PATIENCE_SECONDS: u64 = 30;
/// How long a connection may take to send the head of a request.
const HEAD_PATIENCE: Duration = Duration::from_secs(10);
/// How long an idle connection is kept.
const KEEP_ALIVE: Duration = Duration::from_secs(75);

/// Migrates the database, opens it and serves until a signal comes.
pub fn run(config: Config) -> Result<(), Box<dyn std::error::Error>> {
    prepare(&config)?;
    let figures = if config.server.metrics_listen.is_empty() { None } else { Some(metrics::count()?) };
    let state = open(config)?;
    actix_web::rt::System::new().block_on(serve(state, figures))?;
    Ok(())
}

/// Makes the folder of an embedded database and migrates.
pub fn prepare(config: &Config) -> Result<(), Box<dyn std::error::Error>> {
    let location = config.location()?;
    if let Location::Sqlite(path) = &location
        && let Some(folder) = path.parent()
    {
        std::fs::create_dir_all(folder)?;
    }
    let applied = migrations::run(&location)?;
    if !applied.is_empty() {
        tracing::info!(database = location.shown(), count = applied.len(), "migrations were applied");
    }
    Ok(())
}

/// The application with this machine's clock and randomness.
pub fn open(config: Config) -> Result<State, Box<dyn std::error::Error>> {
    let random = Arc::new(SystemRandom::default());
    let secret = super::secret::load(&config.secret, &*random)?;
    Ok(app::build(config, Parts { clock: Arc::new(SystemClock), random, secret })?)
}

async fn serve(state: State, figures: Option<PrometheusHandle>) -> std::io::Result<()> {
    let config = Arc::clone(&state.config);
    let metrics = figures.map(|handle| metrics::server(&config.server.metrics_listen, handle, state.db.clone())).transpose()?;
    let metrics_handle = metrics.as_ref().map(actix_web::dev::Server::handle);
    if let Some(server) = metrics {
        actix_web::rt::spawn(server);
    }
    let workers = match config.server.workers {
        0 => std::thread::available_parallelism().map_or(2, std::num::NonZeroUsize::get),
        count => count,
    };
    let worker = config.worker.in_server.then(|| worker::spawn(state.clone()));
    let watch = live::spawn(&state);
    let ending = actix_web::rt::spawn(end_streams_at_signal(state.clone()));
    let served = state.clone();
    let server = HttpServer::new(move || app::application(&served))
        .workers(workers)
        .client_request_timeout(HEAD_PATIENCE)
        .keep_alive(KEEP_ALIVE)
        .shutdown_timeout(REQUESTS_PATIENCE_SECONDS)
        .bind(&config.server.listen)?
        .run();
    tracing::info!(listen = config.server.listen, base_url = config.server.base_url, "serving");
    server.await?;
    tracing::info!("no more requests are taken");
    ending.abort();
    watch.stop().await;
    if let Some(worker) = worker {
        worker.stop().await;
    }
    if let Some(handle) = metrics_handle {
        handle.stop(true).await;
    }
    Ok(())
}

/// Streams have no end of their own: they are ended at the signal by which the server begins to wait for what is open.
async fn end_streams_at_signal(state: State) {
    use tokio::signal::unix::{SignalKind, signal};
    let (Ok(mut terminate), Ok(mut interrupt)) = (signal(SignalKind::terminate()), signal(SignalKind::interrupt())) else {
        tracing::warn!("signals cannot be heard: streams end when the server's patience does");
        return;
    };
    tokio::select! { _ = terminate.recv() => {}, _ = interrupt.recv() => {} }
    state.live.close();
}

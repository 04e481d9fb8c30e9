//! `/healthz` says that the process lives, `/readyz` that it can work: its database answers, has every migration, and the
//! worker (when it runs in this process) has given a sign of life.

use std::time::Duration;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use serde::Serialize;

use super::State;
use crate::db::migrations;

/// How long the database may take to answer.
const DATABASE_PATIENCE: Duration = Duration::from_secs(3);
/// After this without a sign of life the worker is taken for dead. One round of mails may take a while.
const WORKER_SILENCE_MAX: Duration = Duration::from_secs(180);

/// The routes of this room.
pub fn routes(config: &mut web::ServiceConfig) {
    config.route("/healthz", web::get().to(alive)).route("/readyz", web::get().to(ready));
}

#[derive(Serialize)]
struct Health {
    status: &'static str,
}

#[derive(Serialize)]
struct Readiness {
    status: &'static str,
    database: &'static str,
    migrations: &'static str,
    worker: &'static str,
}

async fn alive() -> HttpResponse {
    HttpResponse::Ok().json(Health { status: "ok" })
}

async fn ready(state: web::Data<State>) -> HttpResponse {
    let missing = tokio::time::timeout(DATABASE_PATIENCE, state.db.read(migrations::missing)).await;
    let (database, migrations) = match missing {
        Ok(Ok(missing)) if missing.is_empty() => ("ok", "ok"),
        Ok(Ok(missing)) => {
            tracing::warn!(?missing, "not ready: migrations are missing");
            ("ok", "missing")
        }
        Ok(Err(failure)) => {
            tracing::warn!(%failure, "not ready: the database fails");
            ("failing", "unknown")
        }
        Err(_) => {
            tracing::warn!("not ready: the database does not answer");
            ("silent", "unknown")
        }
    };
    let worker = worker_status(&state);
    let is_ready = database == "ok" && migrations == "ok" && worker != "silent";
    let (code, status) = if is_ready { (StatusCode::OK, "ready") } else { (StatusCode::SERVICE_UNAVAILABLE, "not_ready") };
    HttpResponse::build(code).json(Readiness { status, database, migrations, worker })
}

fn worker_status(state: &State) -> &'static str {
    if !state.config.worker.in_server {
        return "elsewhere";
    }
    match state.worker_pulse.age(state.now()) {
        None => "starting",
        Some(age) if age <= WORKER_SILENCE_MAX => "ok",
        Some(_) => "silent",
    }
}

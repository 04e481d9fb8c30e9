//! Figures for Prometheus, on an address of their own.
//!
//! What happens is counted where it happens; what stands (queues) is looked up when somebody asks.

use actix_web::dev::Server;
use actix_web::{App, HttpResponse, HttpServer, web};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};

use crate::db::{AnyConn, Db};
use crate::kernel::clock::Timestamp;
use crate::kernel::{Answer, Failure};
use crate::{outbox, timers};

const DURATIONS_SECONDS: &[f64] = &[0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0];
const GROUP_SIZES: &[f64] = &[1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0, 256.0];

/// Starts to count. Without it every counter in the code does nothing.
pub fn count() -> Answer<PrometheusHandle> {
    let built = PrometheusBuilder::new()
        .set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), DURATIONS_SECONDS)
        .and_then(|builder| builder.set_buckets_for_metric(Matcher::Suffix("_size".to_owned()), GROUP_SIZES))
        .and_then(PrometheusBuilder::install_recorder);
    built.map_err(|error| Failure::internal(format!("metrics: {error}")))
}

/// The server of `/metrics`.
pub fn server(listen: &str, handle: PrometheusHandle, db: Db) -> std::io::Result<Server> {
    let app = move || App::new().app_data(web::Data::new(handle.clone())).app_data(web::Data::new(db.clone())).route("/metrics", web::get().to(figures));
    Ok(HttpServer::new(app).workers(1).disable_signals().shutdown_timeout(1).bind(listen)?.run())
}

async fn figures(handle: web::Data<PrometheusHandle>, db: web::Data<Db>) -> HttpResponse {
    let now = db.environment().clock.now();
    let looked = db.read(move |connection| look(connection, now)).await;
    metrics::gauge!("kularing_database_up").set(if looked.is_ok() { 1.0 } else { 0.0 });
    if let Err(failure) = looked {
        tracing::warn!(%failure, "the queues could not be looked at");
    }
    handle.run_upkeep();
    HttpResponse::Ok().content_type("text/plain; version=0.0.4").body(handle.render())
}

fn look(connection: &mut AnyConn, now: Timestamp) -> Answer<()> {
    for (status, count) in outbox::counts(connection)? {
        metrics::gauge!("kularing_mails", "status" => status.as_str()).set(count as f64);
    }
    let waiting = timers::waiting(connection, now)?;
    metrics::gauge!("kularing_timers_overdue").set(waiting.overdue as f64);
    metrics::gauge!("kularing_timers_given_up").set(waiting.given_up as f64);
    Ok(())
}

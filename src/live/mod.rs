//! Live: what happens appears on screens without asking for it.
//!
//! Whoever listens is told that something happened, and to which referral or circle: never what, to whom or for how much.
//! The screen then asks an ordinary page, which shows what its reader may see. What must hold: nobody hears of what no view
//! of his shows; nothing is lost, also when transactions commit out of the order of their ids or a connection breaks; one
//! loop a process reads the log, however many listen, and none when nobody does.

mod api;
mod hub;
mod model;
mod stream;
mod views;
mod watch;

pub use hub::{Hub, Pace};
pub use model::LiveKind;
pub use stream::{Body, head as event_stream};
pub use watch::{Watch, spawn};

/// The routes under `/api/v1`.
pub fn api_routes(config: &mut utoipa_actix_web::service_config::ServiceConfig<'_>) {
    config.service(api::listen);
}

/// The same stream for browsers.
pub fn page_routes(config: &mut actix_web::web::ServiceConfig) {
    config.route("/events", actix_web::web::get().to(api::listen_in_browser));
}

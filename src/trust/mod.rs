//! Trust: what keeps credits honest.
//!
//! Whoever gains from made-up leads needs others who play along. This room looks for groups that pass each other far more than
//! chance explains and whose prospects are hardly ever heard themselves. It shows an organiser the facts and never punishes by
//! itself. `docs/TRUST.md` says what is computed and how well it works.
//!
//! What must hold: a case is opened by the clock and decided by a person who is not in it; whoever is named in a case sees
//! nothing of it, an organiser neither; what was decided once is not counted again.

mod api;
pub mod commands;
pub mod detection;
mod evidence;
pub mod facts;
pub mod model;
mod pages;
pub mod simulation;
mod since;
mod store;
mod tail;
pub mod views;

/// The routes under `/api/v1`.
pub fn api_routes(config: &mut utoipa_actix_web::service_config::ServiceConfig<'_>) {
    api::routes(config);
}

/// The pages.
pub fn page_routes(config: &mut actix_web::web::ServiceConfig) {
    pages::routes(config);
}

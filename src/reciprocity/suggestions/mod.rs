//! "Who should get this lead?": whom a giver might ask, in an order that everybody can follow.
//!
//! What must hold: whoever cannot be asked is left out by the very questions that passing asks, and the reason is shown; a score is
//! the weighted mean of parts in whole basis points, so that it is the same on every machine; the weights are the policy's, and
//! with every offer the parts and the version of the policy are kept; a circle's turns add up to 0. A giver reads levels,
//! an order and sentences, never another member's balance.

mod api;
pub mod commands;
mod compute;
pub mod model;
mod ring;
mod score;
mod sentence;
mod store;
#[cfg(test)]
mod tests;
pub(super) mod turns;
pub mod views;

/// The routes under `/api/v1`.
pub(super) fn api_routes(config: &mut utoipa_actix_web::service_config::ServiceConfig<'_>) {
    api::routes(config);
}

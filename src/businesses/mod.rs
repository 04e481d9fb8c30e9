//! Businesses: who they are, what they do, where, and how much they can take.
//!
//! A business has one to five trades (the first is the main one) and serves at least one region. Of its own customers only
//! keyed hashes are kept. Whom it excludes is known to nobody but itself.

mod api;
pub mod commands;
mod customers;
pub mod fields;
pub mod model;
mod pages;
pub mod public;
mod store;
pub mod trade;
pub mod views;

/// The routes under `/api/v1`.
pub fn api_routes(config: &mut utoipa_actix_web::service_config::ServiceConfig<'_>) {
    api::routes(config);
}

/// The pages.
pub fn page_routes(config: &mut actix_web::web::ServiceConfig) {
    pages::routes(config);
}

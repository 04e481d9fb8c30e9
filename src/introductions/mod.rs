//! Introductions: the consent of both sides and the mail that connects them.
//!
//! One introduction per referral and receiver. Contact data goes to nobody before the prospect said yes *and* the receiver
//! accepted, and not before the time for undoing is over. Whatever the prospect decides is recorded, append-only, in the words
//! he read. Looking at a page changes nothing; only a POST decides, and a refusal is never made harder than an agreement.

mod api;
pub mod commands;
pub mod mails;
pub mod model;
mod pages;
pub mod preview;
pub mod reading;
pub mod record;
pub mod share;
pub mod sources;
mod store;
pub mod views;
pub mod wording;

/// The routes under `/api/v1`.
pub fn api_routes(config: &mut utoipa_actix_web::service_config::ServiceConfig<'_>) {
    api::routes(config);
}

/// The pages.
pub fn page_routes(config: &mut actix_web::web::ServiceConfig) {
    pages::routes(config);
}

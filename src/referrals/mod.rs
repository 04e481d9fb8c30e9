//! Referrals: a giver passes a prospect's need to a receiver.
//!
//! What must hold: a referral moves only as the table in `model/moves.rs` says; it is under its lock while it moves; every
//! move is one event, so that the page of a referral is its timeline; the receiver sees nothing of the prospect before both
//! agreed; a giver never sees an amount; the prospect's data lives in one row that can be wiped, and the figures stay.

mod api;
pub mod checks;
pub mod commands;
mod honesty;
pub mod input;
pub mod mails;
pub mod model;
pub mod pages;
pub mod preview;
mod reveal;
mod store;
pub mod views;

/// The routes under `/api/v1`.
pub fn api_routes(config: &mut utoipa_actix_web::service_config::ServiceConfig<'_>) {
    api::routes(config);
}

/// The pages.
pub fn page_routes(config: &mut actix_web::web::ServiceConfig) {
    pages::routes(config);
}

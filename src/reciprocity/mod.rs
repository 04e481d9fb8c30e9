//! Reciprocity: the ledger of credits. What a member gives, the receiver owes; what comes back may come through a third.
//!
//! `clearing` is what the ledger is for: which of the debts close in rings.
//!
//! Invariants, named as `kularing verify` names them: I1 in a circle as much is given as received · I2 balances and I3 pairs
//! are the replay of the transfers · I4 a circle's transfers are numbered without a gap and chained by hash up to its head ·
//! I5 a key posts once · I6 a transfer is reversed at most once, and then nets to zero · I7 a hold is resolved once, and what
//! is pending is what open holds add up to · I8 amounts and counters keep within their limits ·
//! I9 what closes in rings is computed from what the transfers say, and its certificate verifies. Transfers never change.

mod api;
pub mod clearing;
pub mod commands;
mod exemption;
pub mod hash;
pub mod model;
mod pages;
pub mod rings;
mod store;
pub mod suggestions;
#[cfg(test)]
mod tests;
pub mod verify;
pub mod views;

pub use pages::balance_sentence;

/// The routes under `/api/v1`.
pub fn api_routes(config: &mut utoipa_actix_web::service_config::ServiceConfig<'_>) {
    api::routes(config);
    rings::api_routes(config);
    suggestions::api_routes(config);
}

/// The pages.
pub fn page_routes(config: &mut actix_web::web::ServiceConfig) {
    pages::routes(config);
    rings::page_routes(config);
}

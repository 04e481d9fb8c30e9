//! How giving comes back: a circle's ledger read as rings, and rings settled.
//!
//! What a member gave, the receiver owes: the obligations of a circle are summed from its transfers, cleared by
//! [`super::clearing`], and read as pairs, threes and longer rings. Reading posts nothing. The result is kept in memory by ledger
//! head ([`Clearings`]); it is never stored, so there is nothing that could grow stale, and `kularing verify` computes it again.
//!
//! A **settlement** is the one act: the organiser lets what a clearing closes be posted as a batch of transfers of kind `clear`,
//! each from debtor to creditor, so that every member's balance stays as it was and what two members owe each other falls. A batch
//! is posted once for each ledger head and is taken back only as a whole.
//!
//! Who sees what: a member sees sums and counts, its own standing with each partner, and the rings it takes part in with all their
//! businesses (that is how it learns that giving comes back through a third), and behind them the referrals it gave or
//! received. An organiser sees every ring. The certificate names what everybody owes everybody, so only organisers get it.

mod api;
mod cache;
mod certificate;
pub mod commands;
mod model;
mod pages;
mod standing;
pub(super) mod store;
#[cfg(test)]
mod tests;
pub mod views;

pub use cache::Clearings;
pub(super) use model::owed;
pub use model::{Batch, CircleRings, RingSums, SETTLEMENT_TRANSFERS_MAX};
pub(super) use pages::looks;
pub use standing::RingStanding;

/// The routes under `/api/v1`.
pub(super) fn api_routes(config: &mut utoipa_actix_web::service_config::ServiceConfig<'_>) {
    api::routes(config);
}

/// The pages.
pub(super) fn page_routes(config: &mut actix_web::web::ServiceConfig) {
    pages::routes(config);
}

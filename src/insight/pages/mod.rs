//! The pages of the figures, and the files that organisers take away.

mod breadth;
mod export;
mod figures;

use actix_web::web;

/// Registers the routes.
pub(super) fn routes(config: &mut web::ServiceConfig) {
    config
        .route("/circles/{id}/figures", web::get().to(figures::show))
        .route("/circles/{id}/figures.csv", web::get().to(export::figures))
        .route("/circles/{id}/measures.csv", web::get().to(export::measures))
        .route("/circles/{id}/transfers.csv", web::get().to(export::transfers))
        .route("/circles/{id}/breadth", web::get().to(breadth::show));
}

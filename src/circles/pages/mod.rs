//! The pages of circles.

mod ceilings;
mod circle;
mod invitations;
mod joining;
mod list;
mod members;
mod policy;
mod settings;

use actix_web::web;

use crate::businesses::trade::TradeCode;
use crate::kernel::{Answer, Failure};
use crate::web::PageContext;

pub(super) fn routes(config: &mut web::ServiceConfig) {
    config
        .route("/circles", web::get().to(list::list))
        .route("/circles", web::post().to(list::create))
        .route("/circles/new", web::get().to(list::new))
        .route("/circles/{id}", web::get().to(circle::show))
        .route("/circles/{id}/apply", web::post().to(circle::apply))
        .route("/circles/{id}/leave", web::post().to(circle::leave))
        .route("/circles/{id}/edit", web::get().to(settings::show))
        .route("/circles/{id}/edit", web::post().to(settings::edit))
        .route("/circles/{id}/links", web::post().to(settings::set_links))
        .route("/circles/{id}/seats", web::post().to(settings::set_seats))
        .route("/circles/{id}/policy", web::get().to(policy::show))
        .route("/circles/{id}/policy", web::post().to(policy::change))
        .route("/circles/{id}/members", web::get().to(members::show))
        .route("/circles/{id}/members/{member}/admit", web::post().to(members::admit))
        .route("/circles/{id}/members/{member}/refuse", web::post().to(members::refuse))
        .route("/circles/{id}/members/{member}/remove", web::post().to(members::remove))
        .route("/circles/{id}/members/{member}/reinstate", web::post().to(members::reinstate))
        .route("/circles/{id}/hand-over", web::post().to(members::hand_over))
        .route("/circles/{id}/invitations", web::get().to(invitations::show))
        .route("/circles/{id}/invitations", web::post().to(invitations::invite))
        .route("/circles/{id}/invitations/{invitation}/revoke", web::post().to(invitations::revoke))
        .route("/invitation/{token}", web::get().to(joining::show))
        .route("/invitation/{token}", web::post().to(joining::join));
}

/// A form without fields of its own.
#[derive(Debug, serde::Deserialize)]
struct Nothing {}

/// Trades as the options of a choice.
fn trade_options(context: &PageContext, trades: &[TradeCode]) -> Vec<(String, String)> {
    trades.iter().map(|code| (code.as_str().to_owned(), code.name(context.language).to_owned())).collect()
}

/// Judges the version a form was made from.
fn same(version: i32) -> impl FnOnce(i32) -> Answer<()> {
    move |present| if present == version { Ok(()) } else { Err(Failure::Stale) }
}

/// The trade with this code, as a choice sends it.
fn chosen_trade(code: &str) -> Answer<TradeCode> {
    TradeCode::parse(code).ok_or_else(|| Failure::field("trade", "not_a_trade", "no trade has this code"))
}

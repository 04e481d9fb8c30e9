//! Home: the first page, made of what the other rooms show of themselves. It keeps nothing and changes nothing.

mod page;
mod welcome;

use actix_web::web::{ServiceConfig, get};

/// The route of the first page.
pub fn page_routes(config: &mut ServiceConfig) {
    config.route("/", get().to(page::show));
}

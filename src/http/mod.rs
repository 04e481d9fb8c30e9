//! The edge: what every request and answer has in common.
//!
//! Failures become problem documents (or pages) in one place, callers are known in one place, and bodies are read with
//! limits in one place. Features add routes; they never touch headers, cookies or status codes of failures.

pub mod assets;
pub mod body;
pub mod caller;
pub mod client;
pub mod csrf;
pub mod docs_page;
pub mod etag;
pub mod form_once;
pub mod headers;
pub mod health;
pub mod idempotency;
pub mod language;
pub mod methods;
pub mod openapi;
pub mod page_form;
pub mod pages;
pub mod problem;
pub mod rate;
pub mod state;
pub mod trace;

pub use body::{Form, Json, PathId};
pub use caller::{Authenticator, Caller, MaybeCaller};
pub use etag::IfMatch;
pub use state::State;

/// The routes of the edge itself.
pub fn routes(config: &mut actix_web::web::ServiceConfig) {
    config.configure(assets::routes).configure(health::routes).configure(openapi::routes).configure(docs_page::routes).configure(language::routes);
}

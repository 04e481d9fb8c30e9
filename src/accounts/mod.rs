//! People: how they register, sign in and work together in a business, and who they are for the API.
//!
//! Invariants: one address, one person; nobody signs in before the address is confirmed; a business always has an owner; a
//! removed person and an ended session are refused at once, whatever token they show. Whether an address has an account is
//! told to nobody but the one who reads its mail: answers and their times are the same for known and unknown addresses.
//! Passwords are kept as argon2id hashes, sessions and refresh tokens as SHA-256, signing keys sealed.

pub mod acts;
mod api;
mod authenticator;
pub mod commands;
pub mod erasure;
mod keys;
mod limits;
pub mod model;
mod pages;
pub mod password;
pub mod registration;
mod store;
pub mod tokens;
pub mod views;
mod visitor;

use std::collections::HashSet;
use std::sync::Arc;

use crate::config::Config;
use crate::kernel::EmailAddress;
use crate::kernel::clock::Clock;

pub use api::api_routes;
pub use authenticator::SessionAuthenticator;
pub use pages::keep_typing;

/// What signing in keeps in memory: turns for hashing, opened keys, limits, and who the operators are.
pub struct Accounts {
    passwords: password::Passwords,
    tokens: tokens::Tokens,
    limits: limits::Limits,
    operators: HashSet<String>,
}

impl Accounts {
    /// Starts with nothing remembered.
    pub fn new(config: &Config, clock: Arc<dyn Clock>) -> Self {
        let operators = config.operators.emails.iter().filter_map(|email| EmailAddress::parse(email).ok()).map(|email| email.normalised().to_owned()).collect();
        Self { passwords: password::Passwords::default(), tokens: tokens::Tokens::new(&config.server.base_url), limits: limits::Limits::new(clock), operators }
    }

    /// Whether the settings name this address among the operators.
    fn is_operator(&self, email_normalised: &str) -> bool {
        self.operators.contains(email_normalised)
    }
}

/// The pages, and the keys by which others verify access tokens.
pub fn page_routes(config: &mut actix_web::web::ServiceConfig) {
    config.route("/.well-known/jwks.json", actix_web::web::get().to(api::jwks)).configure(pages::page_routes);
}

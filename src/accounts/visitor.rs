//! Where a request comes from, before anybody is known.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::{FromRequest, HttpRequest};

use crate::http::client;
use crate::kernel::{Answer, Failure};

/// As much of a user agent as a list of sessions needs.
const USER_AGENT_MAX: usize = 200;

/// Whoever is at the other end.
#[derive(Debug, Clone)]
pub struct Visitor {
    /// The network address of his household.
    pub network: String,
    /// What his browser or program calls itself.
    pub user_agent: String,
}

impl Visitor {
    fn of(request: &HttpRequest) -> Self {
        let agent = request.headers().get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or("");
        let household = client::address(request).map(client::household);
        Self {
            network: household.map_or_else(|| "unknown".to_owned(), |address| address.to_string()),
            user_agent: agent.chars().filter(|c| !c.is_control()).take(USER_AGENT_MAX).collect(),
        }
    }
}

impl FromRequest for Visitor {
    type Error = Failure;
    type Future = Ready<Answer<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Self::of(request)))
    }
}

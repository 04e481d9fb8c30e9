//! Protection of browser sessions against forms of other sites.
//!
//! A write under a session cookie must carry the session's token: in the form field `csrf`, or in the header `x-csrf-token`
//! for scripts. A write without a session (sign-in, registration, a mail's link) must not come from another site's page.
//! Access tokens need neither: a browser does not send them by itself.

use actix_web::HttpRequest;
use actix_web::http::header;

use super::caller::{Caller, Via};
use crate::kernel::{Answer, Failure};

/// Whether a write with this body token may go on.
pub fn check(request: &HttpRequest, caller: Option<&Caller>, sent: Option<&str>) -> Answer<()> {
    match caller.map(|caller| &caller.via) {
        Some(Via::Token { .. }) => Ok(()),
        Some(Via::Browser { csrf, .. }) => {
            let header = request.headers().get("x-csrf-token").and_then(|value| value.to_str().ok());
            let matches = sent.or(header).is_some_and(|token| aws_lc_rs::constant_time::verify_slices_are_equal(token.as_bytes(), csrf.as_bytes()).is_ok());
            if matches { Ok(()) } else { Err(Failure::forbidden("csrf", "the form's token is missing or of another session: reload the page")) }
        }
        None => check_same_site(request),
    }
}

/// Whether the browser itself says that a form came from a page of ours. Silence is no proof, as it is for [`check`].
pub fn is_surely_own(request: &HttpRequest) -> bool {
    let text = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok());
    match (text("sec-fetch-site"), text(header::ORIGIN.as_str()), text(header::HOST.as_str())) {
        (Some(site), ..) => site == "same-origin",
        (None, Some(origin), Some(host)) => origin.split_once("://").is_some_and(|(_, origin_host)| origin_host == host),
        _ => false,
    }
}

fn check_same_site(request: &HttpRequest) -> Answer<()> {
    let foreign = || Err(Failure::forbidden("other_site", "this form was sent from another site"));
    let text = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = text("sec-fetch-site") {
        return if matches!(site, "same-origin" | "none") { Ok(()) } else { foreign() };
    }
    match (text(header::ORIGIN.as_str()), text(header::HOST.as_str())) {
        (Some(origin), Some(host)) if origin.split_once("://").is_none_or(|(_, origin_host)| origin_host != host) => foreign(),
        _ => Ok(()),
    }
}

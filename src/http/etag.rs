//! `ETag` and `If-Match`: nobody overwrites what he has not seen.
//!
//! The tag is the version number of the row. A `GET` answers it, an edit may send it back as `If-Match`; when the row has
//! another version by then the edit is refused with 412 `changed_meanwhile`.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::{FromRequest, HttpRequest};

use crate::kernel::{Answer, Failure};

/// The header of a thing with this version: `.insert_header(etag::of(version))`.
pub fn of(version: impl std::fmt::Display) -> (header::HeaderName, String) {
    (header::ETAG, format!("\"{version}\""))
}

/// The versions that an edit was made from; empty when the header is missing, which any version fits.
#[derive(Debug, Clone, Default)]
pub struct IfMatch(Vec<String>);

impl IfMatch {
    /// Fails unless the present version is one that was named.
    pub fn check(&self, version: impl std::fmt::Display) -> Answer<()> {
        let version = version.to_string();
        if self.0.is_empty() || self.0.iter().any(|tag| *tag == "*" || *tag == version) { Ok(()) } else { Err(Failure::Stale) }
    }

    fn parse(header: &str) -> Self {
        // A proxy that compresses makes a tag weak; it is the same version all the same.
        let tag = |text: &str| text.trim().trim_start_matches("W/").trim_matches('"').to_owned();
        Self(header.split(',').take(20).map(tag).collect())
    }
}

impl FromRequest for IfMatch {
    type Error = Failure;
    type Future = Ready<Answer<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let header = request.headers().get(header::IF_MATCH).map(|value| value.to_str());
        ready(match header {
            None => Ok(Self::default()),
            Some(Ok(text)) => Ok(Self::parse(text)),
            Some(Err(_)) => Err(Failure::Malformed("If-Match is not readable".to_owned())),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edit_of_another_version_is_refused() {
        for (header, fits) in [("\"7\"", true), ("W/\"7\"", true), ("\"6\", \"7\"", true), ("*", true), ("\"6\"", false), ("\"77\"", false), ("", false)] {
            assert_eq!(IfMatch::parse(header).check(7).is_ok(), fits, "{header}");
        }
        assert!(IfMatch::default().check(7).is_ok());
    }
}

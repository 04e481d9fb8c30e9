//! Failures as RFC 9457 problem documents.

use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpResponse, ResponseError};
use serde::Serialize;

use crate::kernel::{Failure, FieldError};

/// `application/problem+json`: what every failing API request answers.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Problem {
    /// Always `about:blank`: the code says what happened.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// The status in words.
    pub title: &'static str,
    /// The HTTP status.
    pub status: u16,
    /// Stable code to program against.
    pub code: &'static str,
    /// English, for developers.
    pub detail: String,
    /// The fields that cannot be used.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldError>,
    /// The moves that are possible now.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub possible: Vec<&'static str>,
    /// Finds the request in the log.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
}

/// Seconds after which a busy server is worth another try.
const RETRY_AFTER_SECONDS: u32 = 2;

impl Failure {
    /// The HTTP status of this failure.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::NotFound(_) => StatusCode::NOT_FOUND,
            Self::Unauthenticated { .. } => StatusCode::UNAUTHORIZED,
            Self::Forbidden { .. } => StatusCode::FORBIDDEN,
            Self::Conflict { .. } => StatusCode::CONFLICT,
            Self::Stale => StatusCode::PRECONDITION_FAILED,
            Self::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Malformed(_) => StatusCode::BAD_REQUEST,
            Self::Busy(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The status of a form that is shown again with what was typed: another typing mends it, also where somebody was faster.
    pub fn form_status(&self) -> StatusCode {
        if matches!(self, Self::Stale) { StatusCode::UNPROCESSABLE_ENTITY } else { self.status() }
    }

    /// The problem document; an internal failure says nothing more than that.
    pub fn problem(&self, request_id: Option<String>) -> Problem {
        let status = self.status();
        let detail = match self {
            Self::Internal(_) => "something went wrong on the server; it has been logged".to_owned(),
            Self::Busy(_) => "the server is busy or its database cannot be reached: try again".to_owned(),
            other => other.to_string(),
        };
        Problem {
            kind: "about:blank",
            title: status.canonical_reason().unwrap_or("Error"),
            status: status.as_u16(),
            code: self.code(),
            detail,
            errors: if let Self::Invalid(errors) = self { errors.clone() } else { Vec::new() },
            possible: if let Self::Conflict { possible, .. } = self { possible.clone() } else { Vec::new() },
            request_id,
        }
    }

    /// When to try again, where that helps.
    pub fn retry_after_seconds(&self) -> Option<u32> {
        match self {
            Self::Busy(_) => Some(RETRY_AFTER_SECONDS),
            Self::TooMany { retry_after_seconds, .. } => Some(*retry_after_seconds),
            _ => None,
        }
    }
}

impl ResponseError for Failure {
    fn status_code(&self) -> StatusCode {
        self.status()
    }

    fn error_response(&self) -> HttpResponse {
        respond(self, None)
    }
}

/// The problem response of a request that only HTTP itself can refuse.
pub fn refuse(status: StatusCode, code: &'static str, detail: &str, request_id: Option<String>) -> HttpResponse {
    let problem = Problem {
        kind: "about:blank",
        title: status.canonical_reason().unwrap_or("Error"),
        status: status.as_u16(),
        code,
        detail: detail.to_owned(),
        errors: Vec::new(),
        possible: Vec::new(),
        request_id,
    };
    document(HttpResponse::build(status), &problem)
}

fn document(mut response: actix_web::HttpResponseBuilder, problem: &Problem) -> HttpResponse {
    let mut response = response.json(problem);
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    response
}

/// The problem response of a failure.
pub fn respond(failure: &Failure, request_id: Option<String>) -> HttpResponse {
    if matches!(failure, Failure::Internal(_) | Failure::Busy(_)) {
        tracing::error!(failure = %failure, "request failed");
    }
    let mut response = HttpResponse::build(failure.status());
    if let Some(seconds) = failure.retry_after_seconds() {
        response.insert_header((header::RETRY_AFTER, seconds.to_string()));
    }
    if matches!(failure, Failure::Unauthenticated { .. }) {
        response.insert_header((header::WWW_AUTHENTICATE, "Bearer"));
    }
    document(response, &failure.problem(request_id))
}

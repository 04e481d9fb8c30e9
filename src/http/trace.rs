//! A number for each request, its line in the log and its place in the figures.
//!
//! The number is ours: one that comes with the request is not believed. The log names the route (`/i/{token}`), never the
//! address, because addresses hold tokens and queries hold what people typed.

use std::time::Instant;

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage, HttpRequest, web};
use tracing::Instrument;

use super::State;
use crate::kernel::id::RequestId;

/// The header that carries the number of the request.
pub const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// The route of a request that no route fits.
const NO_ROUTE: &str = "none";

/// The number of this request.
pub fn request_id(request: &HttpRequest) -> Option<RequestId> {
    request.extensions().get::<RequestId>().copied()
}

/// Middleware, the outermost: numbers the request, and writes one line when it is answered.
pub async fn trace<B: MessageBody>(request: ServiceRequest, next: Next<B>) -> Result<ServiceResponse<B>, Error> {
    let Some(state) = request.app_data::<web::Data<State>>() else { return next.call(request).await };
    let id: RequestId = state.db.environment().ids.next(state.now());
    let method = request.method().clone();
    request.extensions_mut().insert(id);
    let started = Instant::now();
    let span = tracing::info_span!("request", id = %id);
    let mut response = next.call(request).instrument(span.clone()).await?;
    if let Ok(value) = HeaderValue::from_str(&id.to_string()) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    span.in_scope(|| record(&response, &method, started));
    Ok(response)
}

fn record<B>(response: &ServiceResponse<B>, method: &Method, started: Instant) {
    let route = response.request().match_pattern().unwrap_or_else(|| NO_ROUTE.to_owned());
    let status = response.status().as_u16();
    let elapsed = started.elapsed();
    tracing::info!(target: "kularing::access", %method, route, status, duration_ms = elapsed.as_secs_f64() * 1_000.0, "answered");
    let labels = [("method", known(method).to_owned()), ("route", route), ("status", status.to_string())];
    metrics::counter!("kularing_http_requests_total", &labels).increment(1);
    let [method, route, _] = labels;
    metrics::histogram!("kularing_http_request_duration_seconds", &[method, route]).record(elapsed.as_secs_f64());
}

/// A method as a label: a caller must not be able to invent new ones.
fn known(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}

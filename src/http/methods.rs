//! Methods that routes need not know: HEAD is a GET without its body, OPTIONS says what is possible, and a method that a
//! route does not take is a failure like any other.

use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage, HttpRequest, HttpResponse, web};

use super::openapi::ApiDocument;
use super::pages;

/// The longest path and query together, in bytes.
const ADDRESS_MAX_BYTES: usize = 4_096;
/// The most that all headers together may hold, in bytes.
const HEADERS_MAX_BYTES: usize = 32 * 1024;

/// Left on a request that was HEAD.
struct AskedForHead;

/// Whether only the head of the answer is wanted: a route whose answer has no end must know.
pub fn is_head(request: &HttpRequest) -> bool {
    request.extensions().get::<AskedForHead>().is_some()
}

/// Middleware around the routes.
pub async fn methods<B: MessageBody>(mut request: ServiceRequest, next: Next<B>) -> Result<ServiceResponse<EitherBody<B>>, Error> {
    if let Some((status, code, detail)) = oversized(&request) {
        let refused = pages::refused(request.request(), status, code, detail);
        return Ok(request.into_response(refused).map_into_right_body());
    }
    let asked = request.method().clone();
    if asked == Method::HEAD {
        // The codec remembers that it was HEAD and sends no body.
        request.head_mut().method = Method::GET;
        request.extensions_mut().insert(AskedForHead);
    }
    let response = next.call(request).await?;
    if response.status() != StatusCode::METHOD_NOT_ALLOWED {
        return Ok(response.map_into_left_body());
    }
    let allow = allowed(response.request(), &asked);
    let mut answer = if asked == Method::OPTIONS {
        HttpResponse::NoContent().finish()
    } else {
        pages::refused(response.request(), StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", "this address does not take this method")
    };
    if let Ok(value) = HeaderValue::from_str(&allow) {
        answer.headers_mut().insert(header::ALLOW, value);
    }
    Ok(response.into_response(answer).map_into_right_body())
}

fn oversized(request: &ServiceRequest) -> Option<(StatusCode, &'static str, &'static str)> {
    let address = request.uri().path_and_query().map_or(0, |text| text.as_str().len());
    if address > ADDRESS_MAX_BYTES {
        return Some((StatusCode::URI_TOO_LONG, "address_too_long", "path and query together are longer than 4096 bytes"));
    }
    let headers: usize = request.headers().iter().map(|(name, value)| name.as_str().len() + value.len()).sum();
    (headers > HEADERS_MAX_BYTES).then_some((StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE, "headers_too_large", "the headers together are larger than 32 kB"))
}

/// The methods of the `Allow` header: the API's from its document; a page takes GET, a form POST, and one of them was tried.
fn allowed(request: &HttpRequest, asked: &Method) -> String {
    let of_api = request.match_pattern().and_then(|pattern| request.app_data::<web::Data<ApiDocument>>()?.methods(&pattern));
    let mut methods = match (of_api, asked) {
        (Some(methods), _) => methods,
        (None, &Method::GET | &Method::HEAD) => vec!["POST"],
        (None, &Method::POST) => vec!["GET"],
        (None, _) => vec!["GET", "POST"],
    };
    if let Some(at) = methods.iter().position(|method| *method == "GET") {
        methods.insert(at + 1, "HEAD");
    }
    methods.push("OPTIONS");
    methods.join(", ")
}

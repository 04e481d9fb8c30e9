//! Failures as pages, for people; the API keeps its problem documents.

use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::{StatusCode, header};
use actix_web::middleware::Next;
use actix_web::{Error, HttpRequest, HttpResponse};
use maud::{Markup, html};

use super::{problem, trace};
use crate::kernel::{Answer, Failure};
use crate::web::{self, PageContext};

/// Answers what no route takes: the address leads nowhere, or leads somewhere with another method.
pub async fn nothing_here(request: HttpRequest) -> Answer<HttpResponse> {
    match request.match_pattern() {
        Some(_) => Ok(HttpResponse::MethodNotAllowed().finish()),
        None => Err(Failure::NotFound("page")),
    }
}

/// Middleware: shows a failure as a page where a person reads, as a problem document elsewhere. Somebody who must sign in
/// first is led there and back.
pub async fn present_failures<B: MessageBody>(request: ServiceRequest, next: Next<B>) -> Result<ServiceResponse<EitherBody<B>>, Error> {
    let response = next.call(request).await?;
    let failure = response.response().error().map(|error| error.as_error::<Failure>().map_or_else(|| from_actix(error), Clone::clone));
    Ok(match failure {
        Some(failure) => {
            let shown = shown(response.request(), &failure);
            response.into_response(shown).map_into_right_body()
        }
        None => response.map_into_left_body(),
    })
}

/// A failure that the framework found before any handler ran.
fn from_actix(error: &Error) -> Failure {
    let status = error.as_response_error().status_code();
    match status.as_u16() {
        404 => Failure::NotFound("page"),
        413 => Failure::TooLarge,
        400..=499 => Failure::Malformed(error.to_string()),
        _ => Failure::Internal(error.to_string()),
    }
}

/// A failure as its reader can use it.
pub(super) fn shown(request: &HttpRequest, failure: &Failure) -> HttpResponse {
    if !reads_html(request) {
        return problem::respond(failure, id_text(request));
    }
    if matches!(failure, Failure::Unauthenticated { .. }) {
        let next = url::form_urlencoded::byte_serialize(way_back(request).as_bytes()).collect::<String>();
        return web::see_other(&format!("/sign-in?next={next}"), None);
    }
    if matches!(failure, Failure::Internal(_) | Failure::Busy(_)) {
        tracing::error!(%failure, "request failed");
    }
    failure_page(request, failure)
}

/// Where somebody shall be who signs in now: at the page he asked for, or at the page whose form he sent.
pub fn way_back(request: &HttpRequest) -> String {
    if request.method().is_safe() {
        return request.uri().path_and_query().map_or_else(|| "/".to_owned(), |asked| asked.as_str().to_owned());
    }
    came_from(request).unwrap_or_else(|| "/".to_owned())
}

/// The page of ours that led here, as far as the browser tells.
fn came_from(request: &HttpRequest) -> Option<String> {
    let text = |name: header::HeaderName| request.headers().get(name).and_then(|value| value.to_str().ok());
    let referrer = text(header::REFERER).and_then(|address| url::Url::parse(address).ok());
    let own = referrer.filter(|page| text(header::HOST).is_some_and(|host| page.authority() == host));
    own.map(|page| page[url::Position::BeforePath..url::Position::AfterQuery].to_owned())
}

/// A request that is refused before it reaches a route, for a reason that only HTTP knows.
pub(super) fn refused(request: &HttpRequest, status: StatusCode, code: &'static str, detail: &str) -> HttpResponse {
    if !reads_html(request) {
        return problem::refuse(status, code, detail, id_text(request));
    }
    let context = PageContext::of(request);
    web::page(&context, status, &context.t("problem-title"), html! { p { (context.t("problem-invalid")) } (ways_on(&context, request)) })
}

pub(super) fn reads_html(request: &HttpRequest) -> bool {
    let accept = request.headers().get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or("");
    accept.contains("text/html") && !request.path().starts_with("/api/")
}

fn id_text(request: &HttpRequest) -> Option<String> {
    trace::request_id(request).map(|id| id.to_string())
}

/// What a failure says to a person, and the key of its title.
fn words_of(failure: &Failure) -> (&'static str, &'static str) {
    match failure {
        Failure::NotFound(_) => ("problem-not-found-title", "problem-not-found"),
        Failure::Forbidden { .. } | Failure::Unauthenticated { .. } => ("problem-title", "problem-forbidden"),
        Failure::Conflict { .. } | Failure::Stale => ("problem-title", "problem-conflict"),
        Failure::Busy(_) => ("problem-title", "problem-busy"),
        Failure::TooMany { .. } => ("problem-title", "problem-too-many"),
        Failure::Internal(_) => ("problem-title", "problem-internal"),
        Failure::Invalid(_) | Failure::TooLarge | Failure::Malformed(_) => ("problem-title", "problem-invalid"),
    }
}

/// The sentence of a failure in the reader's language: that of its code, otherwise that of its kind.
pub fn problem_text(context: &PageContext, failure: &Failure) -> String {
    let specific = format!("problem-{}", failure.code().replace('_', "-"));
    if web::texts::exists(context.language, &specific) { context.t(&specific) } else { context.t(words_of(failure).1) }
}

/// Back to the page that led here, if it was another one, and home.
fn ways_on(context: &PageContext, request: &HttpRequest) -> Markup {
    let back = came_from(request).filter(|page| page != "/" && (!request.method().is_safe() || *page != way_back(request)));
    html! {
        p class="row" {
            @if let Some(back) = back { a class="button" href=(back) { (context.t("problem-back")) } }
            a class="button quiet" href="/" { (context.t("nav-home")) }
        }
    }
}

/// A field's label where people fill it in; what no form shows has none.
fn label_of(field: &str) -> Option<&'static str> {
    let name = field.rsplit('.').next().unwrap_or(field);
    LABELS.iter().find(|(known, _)| *known == name).map(|(_, label)| *label)
}

/// The fields of the forms that answer with a page of their own when something in them is wrong.
const LABELS: &[(&str, &str)] = &[
    ("email", "accounts-email"),
    ("name", "accounts-name"),
    ("role", "accounts-role"),
    ("language", "accounts-language"),
    ("time_zone", "accounts-time-zone"),
    ("password", "accounts-password"),
    ("current_password", "accounts-current-password"),
    ("trade", "businesses-trade"),
    ("trades", "businesses-trades"),
    ("regions", "businesses-regions"),
    ("circle", "referrals-circle"),
    ("receiver", "referrals-receiver"),
    ("reason", "referrals-reason"),
    ("words", "referrals-words"),
    ("note", "referrals-note"),
    ("amount", "referrals-amount"),
    ("currency", "referrals-currency"),
];

fn failure_page(request: &HttpRequest, failure: &Failure) -> HttpResponse {
    let context = &PageContext::of(request);
    let content = html! {
        p { (problem_text(context, failure)) }
        @if let Failure::Invalid(errors) = failure {
            ul { @for error in errors { li { @if let Some(label) = label_of(&error.field) { b { (context.t(label)) } ": " } (web::forms::error_text(context, error)) } } }
        }
        (ways_on(context, request))
        @if let Some(id) = id_text(request) { p class="soft" { (context.t_with("problem-number", &[("id", id.into())])) } }
    };
    let mut response = web::page(context, failure.status(), &context.t(words_of(failure).0), content);
    if let Some(seconds) = failure.retry_after_seconds() {
        response.headers_mut().insert(header::RETRY_AFTER, header::HeaderValue::from(seconds));
    }
    response
}

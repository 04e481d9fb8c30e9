//! The language of visitors without an account: their browser's, or the one they chose at the foot of a page. It is remembered in
//! a cookie of ours that says nothing else.

use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;

use super::pages::way_back;
use super::{Form, State};
use crate::kernel::{Answer, Failure, Language};
use crate::web::see_other;

/// The name of the cookie.
const LANGUAGE_COOKIE: &str = "kularing_language";
/// Browsers keep no cookie longer.
const COOKIE_DAYS: i64 = 400;

/// `POST /language`.
pub fn routes(config: &mut web::ServiceConfig) {
    config.route("/language", web::post().to(choose));
}

#[derive(Deserialize)]
struct Choice {
    language: String,
}

/// Remembers the choice and goes back to the page.
async fn choose(state: web::Data<State>, request: HttpRequest, form: Form<Choice>) -> Answer<HttpResponse> {
    let language = Language::parse(&form.0.language).ok_or_else(|| Failure::field("language", "wrong_shape", "en, de or ru"))?;
    let mut response = see_other(&way_back(&request), None);
    let cookie = Cookie::build(LANGUAGE_COOKIE, language.as_str())
        .path("/")
        .max_age(Duration::days(COOKIE_DAYS))
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(state.config.is_https());
    response.add_cookie(&cookie.finish()).map_err(|error| Failure::internal(format!("a cookie cannot be set: {error}")))?;
    Ok(response)
}

/// What a visitor chose before.
pub fn chosen(request: &HttpRequest) -> Option<Language> {
    request.cookie(LANGUAGE_COOKIE).and_then(|cookie| Language::parse(cookie.value()))
}

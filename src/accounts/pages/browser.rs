//! The session of a browser: its cookie.

use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};
use actix_web::{HttpRequest, HttpResponse};
use url::form_urlencoded::byte_serialize;

use crate::accounts::commands::sessions::OpenedSession;
use crate::http::State;
use crate::http::caller::SESSION_COOKIE;
use crate::kernel::{Answer, Failure};

/// Browsers keep no cookie longer. When the session ends is decided here, by when it was last seen.
const COOKIE_DAYS: i64 = 400;

fn cookie(state: &State, value: String) -> Cookie<'static> {
    Cookie::build(SESSION_COOKIE, value).path("/").http_only(true).same_site(SameSite::Lax).secure(state.config.is_https()).finish()
}

fn with(mut response: HttpResponse, cookie: &Cookie<'_>) -> Answer<HttpResponse> {
    response.add_cookie(cookie).map_err(|error| Failure::internal(format!("a cookie cannot be set: {error}")))?;
    Ok(response)
}

/// The response with the session's cookie.
pub(super) fn remember(state: &State, response: HttpResponse, opened: OpenedSession) -> Answer<HttpResponse> {
    let mut cookie = cookie(state, opened.token);
    cookie.set_max_age(Duration::days(COOKIE_DAYS));
    with(response, &cookie)
}

/// The response that takes the cookie away.
pub(super) fn forget(state: &State, response: HttpResponse) -> Answer<HttpResponse> {
    let mut cookie = cookie(state, String::new());
    cookie.make_removal();
    with(response, &cookie)
}

/// Where somebody wanted to go before he had an account. His address is confirmed in a mail, often in another tab.
const NEXT_COOKIE: &str = "kularing_next";
/// How long that is remembered, in hours.
const NEXT_HOURS: i64 = 24;

fn next_cookie(state: &State, value: String) -> Cookie<'static> {
    Cookie::build(NEXT_COOKIE, value).path("/sign-in").http_only(true).same_site(SameSite::Lax).secure(state.config.is_https()).finish()
}

/// The response that remembers where to go when the address is confirmed and the first signing in is done.
pub(super) fn remember_next(state: &State, response: HttpResponse, asked: &str) -> Answer<HttpResponse> {
    if next(asked) == "/" {
        return Ok(response);
    }
    let mut cookie = next_cookie(state, byte_serialize(asked.as_bytes()).collect());
    cookie.set_max_age(Duration::hours(NEXT_HOURS));
    with(response, &cookie)
}

/// The response after which nothing is remembered any more.
pub(super) fn forget_next(state: &State, request: &HttpRequest, response: HttpResponse) -> Answer<HttpResponse> {
    if request.cookie(NEXT_COOKIE).is_none() {
        return Ok(response);
    }
    let mut cookie = next_cookie(state, String::new());
    cookie.make_removal();
    with(response, &cookie)
}

/// Where to go after signing in: what the page carried, then what was remembered, then home.
pub(super) fn next_or_remembered(request: &HttpRequest, asked: &str) -> String {
    let remembered = || request.cookie(NEXT_COOKIE).map(|cookie| cookie.value().to_owned());
    let asked = Some(asked.to_owned()).filter(|asked| next(asked) != "/").or_else(remembered).unwrap_or_default();
    next(&asked).to_owned()
}

/// A link to one of the pages before signing in that takes along where to go afterwards.
pub(super) fn with_next(page: &str, asked: &str) -> String {
    if next(asked) == "/" {
        return page.to_owned();
    }
    let next: String = byte_serialize(asked.as_bytes()).collect();
    format!("{page}?next={next}")
}

/// Where to go after signing in: a path of this site that was asked for, or home.
pub(super) fn next(asked: &str) -> &str {
    let is_path = asked.starts_with('/') && !asked.starts_with("//") && asked.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    if is_path { asked } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::next;

    #[test]
    fn nobody_is_led_to_another_site() {
        for asked in ["", "//evil.example", "https://evil.example", "/\\evil.example", "/\r\nset-cookie:x", "javascript:1", "evil"] {
            assert_eq!(next(asked), "/", "{asked:?}");
        }
        assert_eq!(next("/referrals/ref_0?x=1"), "/referrals/ref_0?x=1");
    }
}

//! The session of a browser: its cookie.

use actix_web::HttpResponse;
use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};

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

//! The frame of every page.

use actix_web::HttpResponse;
use actix_web::http::{StatusCode, header};
use maud::{DOCTYPE, Markup, html};

use super::context::PageContext;

/// A whole page inside the frame, as a response.
pub fn page(context: &PageContext, status: StatusCode, title: &str, content: Markup) -> HttpResponse {
    HttpResponse::build(status).content_type("text/html; charset=utf-8").body(frame(context, title, &content).into_string())
}

/// After a form was taken: go there and show the message `done-<done>`.
pub fn see_other(path: &str, done: Option<&str>) -> HttpResponse {
    let target = done.map_or_else(|| path.to_owned(), |done| format!("{path}{}done={done}", if path.contains('?') { '&' } else { '?' }));
    HttpResponse::SeeOther().insert_header((header::LOCATION, target)).finish()
}

fn frame(context: &PageContext, title: &str, content: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(context.language.as_str()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) " · Kularing" }
                link rel="icon" href="/static/icon.svg" type="image/svg+xml";
                link rel="stylesheet" href="/static/kularing.css";
            }
            body {
                a class="skip" href="#content" { (context.t("skip-to-content")) }
                (header(context))
                main id="content" {
                    @if let Some(done) = &context.done { p class="done" role="status" { (context.t(done)) } }
                    h1 { (title) }
                    (content)
                }
                footer { p { (context.t("footer-line")) } }
            }
        }
    }
}

/// Where a signed-in person can go from everywhere.
const ROOMS: &[(&str, &str)] = &[
    ("/", "nav-home"),
    ("/referrals", "nav-referrals"),
    ("/circles", "nav-circles"),
    ("/partners", "nav-partners"),
    ("/standing", "nav-standing"),
    ("/settings", "nav-settings"),
];

/// Whether a page lies in a room: `/referrals/new` lies in `/referrals`, and only `/` in `/`.
fn is_in(page: &str, room: &str) -> bool {
    page == room || (room != "/" && page.strip_prefix(room).is_some_and(|rest| rest.starts_with('/')))
}

fn header(context: &PageContext) -> Markup {
    html! {
        header {
            a class="brand" href="/" { "Kularing" }
            @if let Some(caller) = &context.caller {
                nav aria-label=(context.t("navigation")) {
                    @for (path, label) in ROOMS { a href=(path) aria-current=[is_in(&context.path, path).then_some("page")] { (context.t(label)) } }
                }
                form method="post" action="/sign-out" class="inline" {
                    input type="hidden" name="csrf" value=(context.csrf());
                    span class="person" { (caller.name) }
                    button class="quiet" { (context.t("sign-out")) }
                }
            } @else {
                nav aria-label=(context.t("navigation")) {
                    a href="/sign-in" { (context.t("sign-in")) }
                    a href="/register" { (context.t("register")) }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_lies_in_one_room() {
        let rooms = |page: &str| ROOMS.iter().filter(|(room, _)| is_in(page, room)).count();
        for (page, count) in [("/", 1), ("/referrals", 1), ("/referrals/new", 1), ("/referralsx", 0), ("/docs", 0)] {
            assert_eq!(rooms(page), count, "{page}");
        }
    }
}

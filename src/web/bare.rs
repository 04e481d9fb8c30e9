//! The bare frame, for people who come by a link and have no account here: one column, no navigation, nothing to sign in to,
//! no script, and nothing stored in the browser. Which language was chosen stands in the address.

use actix_web::http::{StatusCode, header};
use actix_web::{HttpResponse, HttpResponseBuilder};
use maud::{DOCTYPE, Markup, html};

use super::context::PageContext;
use super::icon::mark;
use super::language::own_name;
use super::layout::head;
use crate::kernel::Language;

const NOT_FOUND_BY_ENGINES: &str = "noindex, nofollow";

/// A whole page. It is kept by nobody, tells nobody where its reader came from, and is found by no search engine.
pub fn page(context: &PageContext, status: StatusCode, title: &str, content: &Markup) -> HttpResponse {
    let mut response = HttpResponse::build(status);
    protect(&mut response);
    response.content_type("text/html; charset=utf-8").body(whole(context, title, "letter", false, content).into_string())
}

/// The same for what is shown to everybody: it may be kept for its language, and found by search engines when it `is_indexed`.
pub fn open_page(context: &PageContext, title: &str, is_indexed: bool, content: &Markup) -> HttpResponse {
    let mut response = HttpResponse::Ok();
    protect_open(&mut response, is_indexed);
    response.content_type("text/html; charset=utf-8").body(whole(context, title, "letter public", is_indexed, content).into_string())
}

/// What is told to browsers and search engines of such a page and its files.
pub fn protect_open(response: &mut HttpResponseBuilder, is_indexed: bool) {
    response.insert_header((header::REFERRER_POLICY, "no-referrer")).insert_header((header::VARY, "accept-language"));
    if !is_indexed {
        response.insert_header(("x-robots-tag", NOT_FOUND_BY_ENGINES));
    }
}

/// Leads back to a page after a form was taken; the language that was chosen stays.
pub fn back_to(context: &PageContext, path: &str) -> HttpResponse {
    let mut response = HttpResponse::SeeOther();
    protect(&mut response);
    response.insert_header((header::LOCATION, format!("{path}?language={}", context.language))).finish()
}

/// The page of a link that leads nowhere: never made, or run out. `words` is the key of what its holder can do.
pub fn gone(context: &PageContext, words: &str) -> HttpResponse {
    page(context, StatusCode::NOT_FOUND, &context.t("link-gone-title"), &html! { p { (context.t(words)) } })
}

/// What a form of such a page carries, so that its answer is in the same language.
pub fn language_field(context: &PageContext) -> Markup {
    html! { input type="hidden" name="language" value=(context.language.as_str()); }
}

/// A text with its line breaks.
pub fn lines(text: &str) -> Markup {
    html! { @for (number, line) in text.lines().enumerate() { @if number > 0 { br; } (line) } }
}

fn protect(response: &mut HttpResponseBuilder) {
    response
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::REFERRER_POLICY, "no-referrer"))
        .insert_header(("x-robots-tag", NOT_FOUND_BY_ENGINES));
}

fn whole(context: &PageContext, title: &str, class: &str, is_indexed: bool, content: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(context.language.as_str()) {
            head {
                @if !is_indexed { meta name="robots" content=(NOT_FOUND_BY_ENGINES); }
                (head(title, "letter.css"))
            }
            body class=(class) {
                header {
                    span class="brand" { (mark()) "Kularing" }
                    (languages(context))
                }
                main id="content" {
                    h1 { (title) }
                    (content)
                }
            }
        }
    }
}

/// The languages by their own names, for those who do not read the one that is shown.
fn languages(context: &PageContext) -> Markup {
    html! {
        nav aria-label=(context.t("page-languages")) {
            @for language in Language::ALL.iter().filter(|language| **language != context.language) {
                a href=(format!("{}language={language}", context.path)) lang=(language.as_str()) hreflang=(language.as_str()) rel="nofollow" { (own_name(*language)) }
            }
        }
    }
}

//! The bare frame, for people who come by a link and have no account here: one column, no navigation, nothing to sign in to,
//! no script, and nothing stored in the browser. Which language was chosen stands in the address.

use actix_web::http::{StatusCode, header};
use actix_web::{HttpResponse, HttpResponseBuilder};
use maud::{DOCTYPE, Markup, html};

use super::context::PageContext;
use super::icon::mark;
use super::layout::head;
use crate::kernel::Language;

/// The languages by their own names, for those who do not read the one that is shown.
const LANGUAGES: &[(Language, &str)] = &[(Language::En, "English"), (Language::De, "Deutsch"), (Language::Ru, "Русский")];

/// A whole page. It is kept by nobody, tells nobody where its reader came from, and is found by no search engine.
pub fn page(context: &PageContext, status: StatusCode, title: &str, content: &Markup) -> HttpResponse {
    let mut response = HttpResponse::build(status);
    protect(&mut response);
    response.content_type("text/html; charset=utf-8").body(whole(context, title, content).into_string())
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
        .insert_header(("x-robots-tag", "noindex, nofollow"));
}

fn whole(context: &PageContext, title: &str, content: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(context.language.as_str()) {
            head {
                meta name="robots" content="noindex, nofollow";
                (head(title, "letter.css"))
            }
            body class="letter" {
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

fn languages(context: &PageContext) -> Markup {
    html! {
        nav aria-label=(context.t("page-languages")) {
            @for (language, name) in LANGUAGES.iter().filter(|(language, _)| *language != context.language) {
                a href=(format!("{}language={language}", context.path)) lang=(language.as_str()) hreflang=(language.as_str()) rel="nofollow" { (name) }
            }
        }
    }
}

//! The frame of the recipient's pages: one column, no navigation, nothing to sign in to, nothing stored in the browser.

use actix_web::HttpResponse;
use actix_web::http::{StatusCode, header};
use fluent_templates::fluent_bundle::FluentValue;
use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::kernel::{Language, Timestamp};
use crate::web::icon::mark;
use crate::web::layout::head;
use crate::web::texts;

/// Keeps out of sight what only machines press.
const UNSEEN: &str = "unseen";

/// Who reads, and how dates are written for him.
#[derive(Debug, Clone)]
pub(super) struct Reader {
    /// The language of the page.
    pub language: Language,
    /// The circle's time zone; the reader's own is not known.
    pub time_zone: String,
}

impl Reader {
    /// The text with this key.
    pub fn t(&self, key: &str) -> String {
        texts::text(self.language, key)
    }

    /// The text with this key and its arguments.
    pub fn t_with(&self, key: &str, arguments: &[(&'static str, FluentValue<'static>)]) -> String {
        texts::text_with(self.language, key, arguments)
    }

    /// A date.
    pub fn date(&self, moment: Timestamp) -> String {
        self.language.date(moment, &self.time_zone)
    }

    /// A date and time.
    pub fn date_time(&self, moment: Timestamp) -> String {
        self.language.date_time(moment, &self.time_zone)
    }
}

/// A whole page. It is kept by nobody, tells nobody where its reader came from, and is found by no search engine.
pub(super) fn respond(reader: &Reader, status: StatusCode, title: &str, content: &Markup) -> HttpResponse {
    let mut response = HttpResponse::build(status);
    protect(&mut response);
    response.content_type("text/html; charset=utf-8").body(whole(reader, title, content).into_string())
}

/// Leads back to a page after a form was taken.
pub(super) fn back_to(path: &str) -> HttpResponse {
    let mut response = HttpResponse::SeeOther();
    protect(&mut response);
    response.insert_header((header::LOCATION, path)).finish()
}

/// The page of a link that leads nowhere: never made, or run out.
pub(super) fn gone(language: Language) -> HttpResponse {
    let reader = Reader { language, time_zone: "UTC".to_owned() };
    let content = html! { p { (reader.t("introductions-gone")) } };
    respond(&reader, StatusCode::NOT_FOUND, &reader.t("introductions-gone-title"), &content)
}

/// A field and a button that no person sees or reaches with the keyboard: whoever uses them is a machine.
pub(super) fn traps(reader: &Reader) -> Markup {
    html! {
        div class=(UNSEEN) aria-hidden="true" {
            label for="website" { (reader.t("introductions-trap-field")) }
            input id="website" name="website" type="text" tabindex="-1" autocomplete="off";
            button name="press" value="everything" tabindex="-1" { (reader.t("introductions-trap-button")) }
        }
    }
}

fn protect(response: &mut actix_web::HttpResponseBuilder) {
    response
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::REFERRER_POLICY, "no-referrer"))
        .insert_header(("x-robots-tag", "noindex, nofollow"));
}

fn whole(reader: &Reader, title: &str, content: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(reader.language.as_str()) {
            head {
                meta name="robots" content="noindex, nofollow";
                (head(title, "letter.css"))
            }
            body class="letter" {
                header { span class="brand" { (mark()) "Kularing" } }
                main id="content" {
                    h1 { (title) }
                    (content)
                }
            }
        }
    }
}

/// A text with line breaks, escaped.
pub(super) fn lines(text: &str) -> Markup {
    html! { @for (index, line) in text.lines().enumerate() { @if index > 0 { (PreEscaped("<br>")) } (line) } }
}

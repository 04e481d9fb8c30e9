//! `/stop/{token}`: no more mails. Also the target of a mail program's own stop button (RFC 8058).
//!
//! That button sends a POST without a cookie, without a token of ours and with whatever body it likes, and wants a plain 200:
//! so the form's protection against other sites is left out here on purpose. The token in the address is the proof.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use maud::{Markup, html};
use serde::Deserialize;

use super::frame::{self, Reader};
use super::recipient::browser;
use crate::circles;
use crate::http::State;
use crate::introductions::model::Introduction;
use crate::introductions::record::{Channel, SuppressionScope};
use crate::introductions::{commands, views};
use crate::kernel::{Answer, Failure, Language};

/// What the page's form sends; a mail program sends something else.
#[derive(Debug, Default, Deserialize)]
struct Sent {
    scope: Option<String>,
    language: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Asked {
    language: Option<String>,
}

/// A page's data.
struct Page {
    introduction: Introduction,
    circle_name: String,
    reader: Reader,
}

impl Page {
    fn respond(&self, content: &Markup) -> HttpResponse {
        frame::respond(&self.reader, StatusCode::OK, &self.reader.t("introductions-stop-title"), content)
    }
}

/// GET and HEAD: shows what can be stopped.
pub(super) async fn show(state: web::Data<State>, request: HttpRequest, token: web::Path<String>, asked: web::Query<Asked>) -> Answer<HttpResponse> {
    let Some(page) = load(&state, &token, asked.language.as_deref()).await? else { return Ok(frame::gone(browser(&request))) };
    let reader = &page.reader;
    Ok(page.respond(&html! {
        p { (reader.t("introductions-stop-words")) }
        form method="post" action={ "/stop/" (token) } class="row" {
            input type="hidden" name="language" value=(reader.language.as_str());
            button name="scope" value="everything" { (reader.t("introductions-stop-everything")) }
            button name="scope" value="circle" class="quiet" {
                (reader.t_with("introductions-stop-circle", &[("circle", page.circle_name.clone().into())]))
            }
        }
    }))
}

/// POST: stops. Everything, unless the page's form says "this circle".
pub(super) async fn stop(state: web::Data<State>, request: HttpRequest, token: web::Path<String>, body: web::Bytes) -> Answer<HttpResponse> {
    // A multipart body, which mail programs may send, reads as an empty form here and means everything as well.
    let sent: Sent = serde_html_form::from_bytes(&body).unwrap_or_default();
    let Some(page) = load(&state, &token, sent.language.as_deref()).await? else { return Ok(frame::gone(browser(&request))) };
    let scope = if sent.scope.as_deref() == Some("circle") { SuppressionScope::Circle } else { SuppressionScope::Everything };
    let channel = if sent.scope.is_none() { Channel::OneClick } else { Channel::Page };
    let (id, language) = (page.introduction.id, page.reader.language);
    state.db.write(move |tx| commands::stop(tx, id, scope, channel, language)).await?;
    let reader = &page.reader;
    Ok(page.respond(&html! {
        p role="status" { (reader.t("introductions-stopped")) }
        form method="post" action={ "/stop/" (token) "/undo" } {
            input type="hidden" name="language" value=(reader.language.as_str());
            button class="quiet" { (reader.t("introductions-stop-undo")) }
        }
    }))
}

/// POST: lets mails through again.
pub(super) async fn undo(state: web::Data<State>, request: HttpRequest, token: web::Path<String>, body: web::Bytes) -> Answer<HttpResponse> {
    let sent: Sent = serde_html_form::from_bytes(&body).unwrap_or_default();
    let Some(page) = load(&state, &token, sent.language.as_deref()).await? else { return Ok(frame::gone(browser(&request))) };
    let (id, language) = (page.introduction.id, page.reader.language);
    state.db.write(move |tx| commands::unstop(tx, id, language)).await?;
    Ok(page.respond(&html! { p role="status" { (page.reader.t("introductions-stop-undone")) } }))
}

async fn load(state: &State, token: &str, language: Option<&str>) -> Answer<Option<Page>> {
    let (now, wanted) = (state.now(), token.to_owned());
    let chosen = language.and_then(Language::parse);
    let found = state
        .db
        .read(move |connection| {
            let introduction = views::by_stop_link(connection, &wanted, now)?;
            let circle = circles::views::circle(connection, introduction.circle_id)?;
            let reader = Reader { language: chosen.unwrap_or(introduction.language), time_zone: circle.time_zone };
            Ok(Page { introduction, circle_name: circle.name, reader })
        })
        .await;
    match found {
        Ok(page) => Ok(Some(page)),
        Err(Failure::NotFound("link")) => Ok(None),
        Err(failure) => Err(failure),
    }
}

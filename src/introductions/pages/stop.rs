//! `/stop/{token}`: no more mails. Also the target of a mail program's own stop button (RFC 8058).
//!
//! That button sends a POST without a cookie, without a token of ours and with whatever body it likes, and wants a plain 200:
//! so the form's protection against other sites is left out here on purpose. The token in the address is the proof.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use maud::{Markup, html};
use serde::Deserialize;

use super::recipient::gone;
use crate::circles;
use crate::http::State;
use crate::introductions::model::Introduction;
use crate::introductions::record::{Channel, SuppressionScope};
use crate::introductions::{commands, views};
use crate::kernel::{Answer, Failure};
use crate::web::{PageContext, bare};

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
    context: PageContext,
}

impl Page {
    fn respond(&self, content: &Markup) -> HttpResponse {
        bare::page(&self.context, StatusCode::OK, &self.context.t("introductions-stop-title"), content)
    }
}

/// GET and HEAD: shows what can be stopped.
pub(super) async fn show(state: web::Data<State>, request: HttpRequest, token: web::Path<String>, asked: web::Query<Asked>) -> Answer<HttpResponse> {
    let Some(page) = load(&state, &request, &token, asked.language.as_deref()).await? else { return Ok(gone(&request, asked.language.as_deref())) };
    let context = &page.context;
    Ok(page.respond(&html! {
        p { (context.t("introductions-stop-words")) }
        form method="post" action={ "/stop/" (token) } class="choice" {
            (bare::language_field(context))
            button name="scope" value="everything" class="quiet" { (context.t("introductions-stop-everything")) }
            button name="scope" value="circle" class="quiet" {
                (context.t_with("introductions-stop-circle", &[("circle", page.circle_name.clone().into())]))
            }
        }
    }))
}

/// POST: stops. Everything, unless the page's form says "this circle".
pub(super) async fn stop(state: web::Data<State>, request: HttpRequest, token: web::Path<String>, body: web::Bytes) -> Answer<HttpResponse> {
    // A multipart body, which mail programs may send, reads as an empty form here and means everything as well.
    let sent: Sent = serde_html_form::from_bytes(&body).unwrap_or_default();
    let Some(page) = load(&state, &request, &token, sent.language.as_deref()).await? else { return Ok(gone(&request, sent.language.as_deref())) };
    let scope = if sent.scope.as_deref() == Some("circle") { SuppressionScope::Circle } else { SuppressionScope::Everything };
    let channel = if sent.scope.is_none() { Channel::OneClick } else { Channel::Page };
    let (id, language) = (page.introduction.id, page.context.language);
    state.db.write(move |tx| commands::stop(tx, id, scope, channel, language)).await?;
    let context = &page.context;
    Ok(page.respond(&html! {
        p role="status" { (context.t("introductions-stopped")) }
        form method="post" action={ "/stop/" (token) "/undo" } {
            (bare::language_field(context))
            button class="quiet" { (context.t("introductions-stop-undo")) }
        }
    }))
}

/// POST: lets mails through again.
pub(super) async fn undo(state: web::Data<State>, request: HttpRequest, token: web::Path<String>, body: web::Bytes) -> Answer<HttpResponse> {
    let sent: Sent = serde_html_form::from_bytes(&body).unwrap_or_default();
    let Some(page) = load(&state, &request, &token, sent.language.as_deref()).await? else { return Ok(gone(&request, sent.language.as_deref())) };
    let (id, language) = (page.introduction.id, page.context.language);
    state.db.write(move |tx| commands::unstop(tx, id, language)).await?;
    Ok(page.respond(&html! { p role="status" { (page.context.t("introductions-stop-undone")) } }))
}

async fn load(state: &State, request: &HttpRequest, token: &str, chosen: Option<&str>) -> Answer<Option<Page>> {
    let (now, wanted) = (state.now(), token.to_owned());
    let found = state
        .db
        .read(move |connection| {
            let introduction = views::by_stop_link(connection, &wanted, now)?;
            let circle = circles::views::circle(connection, introduction.circle_id)?;
            Ok((introduction, circle))
        })
        .await;
    match found {
        Ok((introduction, circle)) => {
            let own = Some((introduction.language, circle.time_zone));
            let context = PageContext::of_visitor(request, chosen, own, format!("/stop/{token}?"));
            Ok(Some(Page { introduction, circle_name: circle.name, context }))
        }
        Err(Failure::NotFound("link")) => Ok(None),
        Err(failure) => Err(failure),
    }
}

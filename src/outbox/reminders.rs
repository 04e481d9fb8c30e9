//! `/reminders/{token}`: no more reminders to an address. The target of the link in a reminder, and of a mail program's own
//! stop button (RFC 8058): its POST carries neither cookie nor form token, and is answered without a redirect.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use maud::html;
use serde::Deserialize;

use super::{suppression, views};
use crate::capabilities::{self, Purpose};
use crate::db::AnyConn;
use crate::http::State;
use crate::kernel::{Answer, Failure, KeyedHash};
use crate::web::{PageContext, bare};

pub(super) fn routes(config: &mut web::ServiceConfig) {
    config
        .service(web::resource("/reminders/{token}").route(web::get().to(show)).route(web::head().to(show)).route(web::post().to(stop)))
        .route("/reminders/{token}/undo", web::post().to(undo));
}

#[derive(Debug, Default, Deserialize)]
struct Asked {
    language: Option<String>,
}

fn visitor(request: &HttpRequest, asked: &Asked) -> PageContext {
    PageContext::of_visitor(request, asked.language.as_deref(), None, "?".to_owned())
}

/// The address of a link, and whether its reminders are stopped by now.
async fn found(state: &State, token: String) -> Answer<(KeyedHash, bool)> {
    let now = state.now();
    let read = move |connection: &mut AnyConn| {
        let link = capabilities::find(connection, Purpose::StopReminders, &token, now)?;
        let address = views::address_of(connection, link.subject_id)?;
        let is_stopped = suppression::stops_reminders(connection, &address)?;
        Ok((address, is_stopped))
    };
    state.db.read(read).await
}

/// GET and HEAD change nothing: mail gateways open links.
async fn show(state: web::Data<State>, request: HttpRequest, token: web::Path<String>, asked: web::Query<Asked>) -> Answer<HttpResponse> {
    let token = token.into_inner();
    let context = visitor(&request, &asked);
    match found(&state, token.clone()).await {
        Ok((_, true)) => Ok(stopped(&context, &token)),
        Ok((_, false)) => Ok(question(&context, &token, None)),
        Err(Failure::NotFound("link")) => Ok(bare::gone(&context, "mailbox-reminders-gone")),
        Err(other) => Err(other),
    }
}

/// The page that asks, below what was just done.
fn question(context: &PageContext, token: &str, done: Option<&str>) -> HttpResponse {
    let content = html! {
        @if let Some(done) = done { p role="status" { (context.t(done)) } }
        p { (context.t("mailbox-reminders-words")) }
        form method="post" action=(format!("/reminders/{token}")) {
            (bare::language_field(context))
            button { (context.t("mailbox-reminders-button")) }
        }
    };
    bare::page(context, StatusCode::OK, &context.t("mailbox-reminders-title"), &content)
}

/// Says that none are sent, and takes it back.
fn stopped(context: &PageContext, token: &str) -> HttpResponse {
    let content = html! {
        p role="status" { (context.t("mailbox-reminders-stopped")) }
        form method="post" action=(format!("/reminders/{token}/undo")) {
            (bare::language_field(context))
            button class="quiet" { (context.t("mailbox-reminders-undo")) }
        }
    };
    bare::page(context, StatusCode::OK, &context.t("mailbox-reminders-title"), &content)
}

async fn stop(state: web::Data<State>, request: HttpRequest, token: web::Path<String>, body: web::Bytes) -> Answer<HttpResponse> {
    // A mail program sends something else than the page's form, and its language is not known.
    let context = visitor(&request, &serde_html_form::from_bytes(&body).unwrap_or_default());
    let token = token.into_inner();
    let (address, _) = found(&state, token.clone()).await?;
    state.db.write(move |tx| suppression::stop_reminders(tx, &address)).await?;
    Ok(stopped(&context, &token))
}

/// `POST /reminders/{token}/undo`: reminders are sent again, unless somebody else than the person stopped them.
async fn undo(state: web::Data<State>, request: HttpRequest, token: web::Path<String>, body: web::Bytes) -> Answer<HttpResponse> {
    let context = visitor(&request, &serde_html_form::from_bytes(&body).unwrap_or_default());
    let token = token.into_inner();
    let (address, _) = found(&state, token.clone()).await?;
    state.db.write(move |tx| suppression::welcome_reminders(tx, &address)).await?;
    match found(&state, token.clone()).await? {
        (_, true) => Ok(stopped(&context, &token)),
        (_, false) => Ok(question(&context, &token, Some("mailbox-reminders-undone"))),
    }
}

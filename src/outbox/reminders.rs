//! `/reminders/{token}`: no more reminders to an address. The target of the link in a reminder, and of a mail program's own
//! stop button (RFC 8058): its POST carries neither cookie nor form token, and is answered without a redirect.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use maud::html;
use serde::Deserialize;

use super::views;
use crate::capabilities::{self, Purpose};
use crate::http::State;
use crate::introductions::commands::suppress;
use crate::introductions::record::{SuppressionReason, SuppressionScope};
use crate::kernel::{Answer, Failure};
use crate::web::{PageContext, bare};

pub(super) fn routes(config: &mut web::ServiceConfig) {
    config.service(web::resource("/reminders/{token}").route(web::get().to(show)).route(web::head().to(show)).route(web::post().to(stop)));
}

#[derive(Debug, Default, Deserialize)]
struct Asked {
    language: Option<String>,
}

fn visitor(request: &HttpRequest, asked: &Asked) -> PageContext {
    PageContext::of_visitor(request, asked.language.as_deref(), None, "?".to_owned())
}

/// GET and HEAD change nothing: mail gateways open links.
async fn show(state: web::Data<State>, request: HttpRequest, token: web::Path<String>, asked: web::Query<Asked>) -> Answer<HttpResponse> {
    let (wanted, now) = (token.into_inner(), state.now());
    let context = visitor(&request, &asked);
    match state.db.read(move |connection| capabilities::find(connection, Purpose::StopReminders, &wanted, now)).await {
        Ok(_) => {}
        Err(Failure::NotFound("link")) => return Ok(bare::gone(&context, "mailbox-reminders-gone")),
        Err(other) => return Err(other),
    }
    let content = html! {
        p { (context.t("mailbox-reminders-words")) }
        form method="post" action=(request.path()) {
            (bare::language_field(&context))
            button { (context.t("mailbox-reminders-button")) }
        }
    };
    Ok(bare::page(&context, StatusCode::OK, &context.t("mailbox-reminders-title"), &content))
}

async fn stop(state: web::Data<State>, request: HttpRequest, token: web::Path<String>, body: web::Bytes) -> Answer<HttpResponse> {
    // A mail program sends something else than the page's form, and its language is not known.
    let context = visitor(&request, &serde_html_form::from_bytes(&body).unwrap_or_default());
    let wanted = token.into_inner();
    state
        .db
        .write(move |tx| {
            let now = tx.now();
            let link = capabilities::find(tx, Purpose::StopReminders, &wanted, now)?;
            let address = views::address_of(tx, link.subject_id)?;
            suppress(tx, &address, SuppressionScope::Reminders, None, SuppressionReason::StopLink)
        })
        .await?;
    let content = html! { p role="status" { (context.t("mailbox-reminders-stopped")) } };
    Ok(bare::page(&context, StatusCode::OK, &context.t("mailbox-reminders-title"), &content))
}

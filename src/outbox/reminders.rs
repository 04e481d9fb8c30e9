//! `/reminders/{token}`: no more reminders to an address. The target of the link in a reminder, and of a mail program's own
//! stop button (RFC 8058): its POST carries neither cookie nor form token, and is answered without a redirect.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use maud::html;

use super::views;
use crate::capabilities::{self, Purpose};
use crate::http::State;
use crate::introductions::commands::suppress;
use crate::introductions::record::{SuppressionReason, SuppressionScope};
use crate::kernel::Answer;
use crate::web::{self as pages, PageContext};

pub(super) fn routes(config: &mut web::ServiceConfig) {
    config.service(web::resource("/reminders/{token}").route(web::get().to(show)).route(web::head().to(show)).route(web::post().to(stop)));
}

/// GET and HEAD change nothing: mail gateways open links.
async fn show(state: web::Data<State>, token: web::Path<String>, context: PageContext) -> Answer<HttpResponse> {
    let (wanted, now) = (token.into_inner(), state.now());
    let action = format!("/reminders/{wanted}");
    state.db.read(move |connection| capabilities::find(connection, Purpose::StopReminders, &wanted, now)).await?;
    let content = html! {
        p { (context.t("mailbox-reminders-words")) }
        form method="post" action=(action) { button { (context.t("mailbox-reminders-button")) } }
    };
    Ok(pages::page(&context, StatusCode::OK, &context.t("mailbox-reminders-title"), content))
}

async fn stop(state: web::Data<State>, token: web::Path<String>, context: PageContext) -> Answer<HttpResponse> {
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
    Ok(pages::page(&context, StatusCode::OK, &context.t("mailbox-reminders-title"), content))
}

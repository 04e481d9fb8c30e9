//! The pages of the development mailbox. They exist only where no mail is sent, and anybody may read them.

use actix_web::http::{StatusCode, header};
use actix_web::{HttpResponse, web};
use fluent_templates::fluent_bundle::FluentValue;
use maud::{Markup, html};
use serde::Deserialize;

use super::message::{Shown, is_link};
use super::plays::{self, Played};
use super::store::{self, Kept};
use crate::config::MailTransport;
use crate::http::{Form, PathId, State};
use crate::kernel::cursor::Page;
use crate::kernel::id::MailId;
use crate::kernel::{Answer, Failure, PageQuery};
use crate::outbox::claims;
use crate::web::{self as pages, PageContext, forms};

/// The routes.
pub fn routes(config: &mut web::ServiceConfig) {
    config
        .route("/mailbox", web::get().to(list))
        .route("/mailbox/{id}", web::get().to(show))
        .route("/mailbox/{id}/html", web::get().to(show_html))
        .route("/mailbox/{id}/bounce", web::post().to(bounce))
        .route("/mailbox/{id}/scan", web::post().to(scan))
        .route("/mailbox/{id}/stop", web::post().to(stop));
}

/// Inline styles and nothing else: what a careful mail program allows.
const HTML_PART_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox allow-popups allow-popups-to-escape-sandbox";

#[derive(Debug, Deserialize)]
struct ListQuery {
    to: Option<String>,
    cursor: Option<String>,
}

/// A form without fields of its own.
#[derive(Debug, Deserialize)]
struct Press {}

fn only_without_smtp(state: &State) -> Answer<()> {
    if state.config.mail.transport == MailTransport::Mailbox { Ok(()) } else { Err(Failure::NotFound("page")) }
}

async fn list(state: web::Data<State>, query: web::Query<ListQuery>, context: PageContext) -> Answer<HttpResponse> {
    only_without_smtp(&state)?;
    let ListQuery { to, cursor } = query.into_inner();
    let to = to.map(|to| to.trim().to_owned()).filter(|to| !to.is_empty());
    let page = PageQuery { limit: None, cursor };
    let recipient = to.clone();
    let (below, limit) = (page.below(), page.limit());
    let rows = state.db.read(move |connection| store::list(connection, recipient.as_deref(), below, limit as i64 + 1)).await?;
    let page = Page::of(rows, limit, |kept: &Kept| kept.id);
    let content = html! {
        p class="soft" { (context.t("mailbox-words")) }
        form method="get" action="/mailbox" class="row" {
            (forms::input(&context, forms::Errors::default(), "to", "search", "mailbox-to", to.as_deref().unwrap_or(""), false))
            button { (context.t("mailbox-filter")) }
            @if to.is_some() { a href="/mailbox" { (context.t("mailbox-everybody")) } }
        }
        @if page.items.is_empty() {
            p { (context.t(if to.is_some() { "mailbox-empty-filtered" } else { "mailbox-empty" })) }
        } @else {
            (table(&context, &page.items))
        }
        @if let Some(cursor) = &page.next_cursor { p { a href=(older(to.as_deref(), cursor)) { (context.t("mailbox-older")) } } }
    };
    Ok(pages::page(&context, StatusCode::OK, &context.t("mailbox-title"), content))
}

fn older(to: Option<&str>, cursor: &str) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::from("/mailbox?"));
    query.extend_pairs(to.map(|to| ("to", to))).append_pair("cursor", cursor).finish()
}

fn table(context: &PageContext, mails: &[Kept]) -> Markup {
    html! {
        div class="scroll" { table {
            thead { tr {
                @for column in ["mailbox-column-received", "mailbox-column-recipient", "mailbox-column-subject", "mailbox-column-status"] {
                    th scope="col" { (context.t(column)) }
                }
            } }
            tbody { @for mail in mails { tr {
                td { (context.date_time(mail.received_at)) }
                td { (mail.recipient) }
                td { a href={ "/mailbox/" (mail.id) } { (mail.subject) } }
                td { (status(context, mail)) }
            } } }
        } }
    }
}

fn status(context: &PageContext, mail: &Kept) -> String {
    context.t(&format!("mail-status-{}", mail.status))
}

async fn kept(state: &State, id: MailId) -> Answer<(Kept, Shown)> {
    only_without_smtp(state)?;
    let (kept, raw) = state.db.read(move |connection| store::find(connection, id)).await?;
    let shown = Shown::read(&raw)?;
    Ok((kept, shown))
}

async fn show(state: web::Data<State>, id: PathId<MailId>, context: PageContext) -> Answer<HttpResponse> {
    let (mail, shown) = kept(&state, *id).await?;
    let content = html! {
        p class="row" { span class="badge" { (status(&context, &mail)) } code { (mail.kind) } span { (context.date_time(mail.received_at)) } }
        details { summary { (context.t("mailbox-headers")) } pre { @for (name, value) in &shown.headers { (name) ": " (value) "\n" } } }
        h2 { (context.t("mailbox-text")) }
        pre { @for line in shown.text.lines() { @if is_link(line) { a href=(line) { (line) } } @else { (line) } "\n" } }
        p { a href={ "/mailbox/" (mail.id) "/html" } target="_blank" rel="noopener" { (context.t("mailbox-html")) } }
        h2 { (context.t("mailbox-play")) }
        div class="row" {
            (play(&context, mail.id, "bounce", "mailbox-play-bounce"))
            (play(&context, mail.id, "scan", "mailbox-play-scan"))
            @if shown.stop_link().is_some() { (play(&context, mail.id, "stop", "mailbox-play-stop")) }
        }
        p { a href={ "/mailbox?to=" (url::form_urlencoded::byte_serialize(mail.recipient.as_bytes()).collect::<String>()) } { (mail.recipient) } " · " a href="/mailbox" { (context.t("mailbox-title")) } }
    };
    Ok(pages::page(&context, StatusCode::OK, &mail.subject, content))
}

fn play(context: &PageContext, id: MailId, what: &str, label: &str) -> Markup {
    html! { form method="post" action={ "/mailbox/" (id) "/" (what) } { (forms::csrf(context)) button class="quiet" { (context.t(label)) } } }
}

/// The HTML part as a document of its own that may load nothing and run nothing.
async fn show_html(state: web::Data<State>, id: PathId<MailId>) -> Answer<HttpResponse> {
    let (_, shown) = kept(&state, *id).await?;
    Ok(HttpResponse::Ok().content_type("text/html; charset=utf-8").insert_header((header::CONTENT_SECURITY_POLICY, HTML_PART_POLICY)).body(shown.html))
}

async fn bounce(state: web::Data<State>, id: PathId<MailId>, _press: Form<Press>) -> Answer<HttpResponse> {
    only_without_smtp(&state)?;
    let id = *id;
    if !state.db.write(move |tx| claims::bounce(tx, id)).await? {
        return Err(Failure::conflict("mail_not_sent", "only a mail that was sent can come back"));
    }
    Ok(pages::see_other(&format!("/mailbox/{id}"), Some("mail-bounced")))
}

async fn scan(state: web::Data<State>, id: PathId<MailId>, _press: Form<Press>, context: PageContext) -> Answer<HttpResponse> {
    let (mail, shown) = kept(&state, *id).await?;
    let played = plays::scan(&state, &shown).await?;
    let content = html! {
        @if played.is_empty() { p { (context.t("mailbox-scanned-none")) } }
        ul { @for Played { method, path, status } in &played { li { code { (method) " " (path) } " → " (status) } } }
        p { a href={ "/mailbox/" (mail.id) } { (context.t("mailbox-back")) } }
    };
    Ok(pages::page(&context, StatusCode::OK, &context.t("mailbox-scanned-title"), content))
}

async fn stop(state: web::Data<State>, id: PathId<MailId>, _press: Form<Press>, context: PageContext) -> Answer<HttpResponse> {
    let (mail, shown) = kept(&state, *id).await?;
    let played = plays::press_stop(&state, &shown).await?;
    let content = html! {
        p role="status" { (context.t_with("mailbox-stopped", &[("status", FluentValue::from(played.status))])) }
        p { a href={ "/mailbox/" (mail.id) } { (context.t("mailbox-back")) } }
    };
    Ok(pages::page(&context, StatusCode::OK, &context.t("mailbox-play-stop"), content))
}

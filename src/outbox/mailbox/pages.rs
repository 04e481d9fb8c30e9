//! The pages of the development mailbox. They exist only where no mail is sent, and anybody may read them.

use actix_web::http::{StatusCode, header};
use actix_web::{HttpResponse, web};
use fluent_templates::fluent_bundle::FluentValue;
use maud::{Markup, html};
use serde::Deserialize;

use super::message::{Shown, is_link};
use super::plays::{self, Played};
use super::store::{self, Kept};
use super::stream;
use crate::config::MailTransport;
use crate::http::{Form, PathId, State};
use crate::kernel::cursor::Page;
use crate::kernel::id::MailId;
use crate::kernel::{Answer, Failure, PageQuery};
use crate::outbox::claims;
use crate::web::components::{self, Item};
use crate::web::icon::{Icon, icon};
use crate::web::{self as pages, Heading, PageContext, forms, live};

/// The routes.
pub fn routes(config: &mut web::ServiceConfig) {
    config
        .route("/mailbox", web::get().to(list))
        .route("/mailbox/events", web::get().to(stream::listen))
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

pub(super) fn only_without_smtp(state: &State) -> Answer<()> {
    if state.config.mail.transport == MailTransport::Mailbox { Ok(()) } else { Err(Failure::NotFound("page")) }
}

async fn list(state: web::Data<State>, query: web::Query<ListQuery>, context: PageContext) -> Answer<HttpResponse> {
    only_without_smtp(&state)?;
    let ListQuery { to, cursor } = query.into_inner();
    let to = to.map(|to| to.trim().to_owned()).filter(|to| !to.is_empty());
    let page = PageQuery { limit: None, cursor };
    let recipient = to.clone();
    let (below, limit) = (page.below(), page.limit());
    let read = move |connection: &mut crate::db::AnyConn| {
        // What is there is noted first: what comes in between is told.
        Ok((stream::seen(connection)?, store::list(connection, recipient.as_deref(), below, limit as i64 + 1)?))
    };
    let (seen, rows) = state.db.read(read).await?;
    let page = Page::of(rows, limit, |kept: &Kept| kept.id);
    let mails = html! {
        @if page.items.is_empty() {
            (components::empty(&context.t(if to.is_some() { "mailbox-empty-filtered" } else { "mailbox-empty" }), &html! {}))
        } @else {
            (components::items(&page.items.iter().map(|mail| item(&context, mail)).collect::<Vec<_>>()))
        }
        @if let Some(cursor) = &page.next_cursor { p { a class="button quiet" href=(older(to.as_deref(), cursor)) { (context.t("mailbox-older")) } } }
    };
    let events = format!("/mailbox/events?seen={seen}");
    let content = html! {
        (components::note(Icon::Info, &context.t("mailbox-words")))
        form method="get" action="/mailbox" class="searchbar" role="search" {
            (forms::input(&context, forms::Errors::default(), "to", "search", "mailbox-to", to.as_deref().unwrap_or(""), false))
            button class="quiet" { (icon(Icon::Search)) (context.t("mailbox-filter")) }
            @if to.is_some() { a class="button text" href="/mailbox" { (context.t("mailbox-everybody")) } }
        }
        (live::region_of(&context, "mails", "mail", Some(&events), &mails))
    };
    Ok(pages::page(&context, StatusCode::OK, &context.t("mailbox-title"), content))
}

fn older(to: Option<&str>, cursor: &str) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::from("/mailbox?"));
    query.extend_pairs(to.map(|to| ("to", to))).append_pair("cursor", cursor).finish()
}

fn item(context: &PageContext, mail: &Kept) -> Item {
    Item {
        href: Some(format!("/mailbox/{}", mail.id)),
        main: html! { (mail.subject) },
        end: html! { span class="soft small" { (context.date_time(mail.received_at)) } },
        more: vec![mail.recipient.clone(), status(context, mail)],
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
    let to: String = url::form_urlencoded::byte_serialize(mail.recipient.as_bytes()).collect();
    let content = html! {
        p class="row" {
            span class="badge" { (status(&context, &mail)) } code { (mail.kind) }
            a href={ "/mailbox?to=" (to) } { (mail.recipient) }
            span class="soft" { (context.date_time(mail.received_at)) }
        }
        pre class="letter-text" { @for line in shown.text.lines() { @if is_link(line) { a href=(line) { (line) } } @else { (line) } "\n" } }
        p { a href={ "/mailbox/" (mail.id) "/html" } target="_blank" rel="noopener" { (context.t("mailbox-html")) } }
        details { summary { (context.t("mailbox-headers")) } pre { @for (name, value) in &shown.headers { (name) ": " (value) "\n" } } }
        section class="card" {
            h2 { (context.t("mailbox-play")) }
            div class="row" {
                (play(&context, mail.id, "bounce", "mailbox-play-bounce"))
                (play(&context, mail.id, "scan", "mailbox-play-scan"))
                @if shown.stop_link().is_some() { (play(&context, mail.id, "stop", "mailbox-play-stop")) }
            }
        }
    };
    let heading = Heading { title: &mail.subject, trail: Some(("/mailbox".to_owned(), context.t("mailbox-title"))), ..Heading::default() };
    Ok(pages::page_with(&context, StatusCode::OK, &heading, content))
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

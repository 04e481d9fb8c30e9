//! The directory.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use maud::{Markup, html};
use url::form_urlencoded::Serializer;

use crate::businesses::api::DirectoryQuery;
use crate::businesses::fields::{self, trade_input, trade_list, trade_names};
use crate::businesses::views::{self, BusinessCard};
use crate::http::{Caller, State};
use crate::kernel::{Answer, Failure, FieldError, Page};
use crate::web::components::{self, Tone};
use crate::web::forms::{Errors, Input};
use crate::web::icon::{Icon, icon};
use crate::web::{self as site, Heading, PageContext};

/// `GET /partners`.
pub(super) async fn list(state: web::Data<State>, context: PageContext, caller: Caller, query: web::Query<DirectoryQuery>) -> Answer<HttpResponse> {
    let mut typed = query.into_inner();
    let is_blank = |value: &Option<String>| value.as_deref().unwrap_or("").trim().is_empty();
    if let Some(own) = caller.principal.business.filter(|_| is_blank(&typed.country) && !is_blank(&typed.postal_code)) {
        // A postal code alone means one at home.
        typed.country = Some(state.db.read(move |conn| views::card(conn, own)).await?.country);
    }
    let mut asked = typed.clone();
    asked.trade = typed.trade.as_deref().map(|text| fields::typed_code(text, context.language));
    let (page, errors) = match asked.parse() {
        Ok((search, page)) => (state.db.read(move |conn| views::search(conn, &search, &page)).await?, Vec::new()),
        Err(Failure::Invalid(errors)) => (Page { items: Vec::new(), next_cursor: None }, errors),
        Err(other) => return Err(other),
    };
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let actions = caller
        .principal
        .business
        .map_or_else(Markup::default, |own| components::quiet_link(&format!("/partners/{own}"), Icon::Person, &context.t("businesses-own-profile")));
    let heading = Heading { title: &context.t("businesses-partners"), actions, ..Heading::default() };
    Ok(site::page_with(&context, status, &heading, directory(&context, &typed, &page, &errors)))
}

fn directory(context: &PageContext, typed: &DirectoryQuery, page: &Page<BusinessCard>, errors: &[FieldError]) -> Markup {
    let errors = Errors(errors);
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let (words, country, postal_code) = (text(&typed.words), text(&typed.country), text(&typed.postal_code));
    html! {
        form method="get" action="/partners" role="search" class="searchbar" {
            (trade_input(context, errors, "trade", "businesses-trade", &text(&typed.trade), false))
            (Input::new("words", "businesses-words", &words).kind("search").show(context, errors))
            (Input::new("postal_code", "businesses-postal-code", &postal_code).max(10).show(context, errors))
            (Input::new("country", "businesses-country-short", &country).max(2).show(context, errors))
            button { (icon(Icon::Search)) (context.t("businesses-search")) }
        }
        (trade_list(context))
        @if page.items.is_empty() && errors.0.is_empty() {
            (components::empty(&context.t("businesses-nobody-found"), &html! {
                (components::quiet_link("/partners", Icon::Partners, &context.t("businesses-show-all")))
                (components::quiet_link("/circles", Icon::Mail, &context.t("businesses-invite-them")))
            }))
        }
        div class="grid" { @for card in &page.items { (card_of(context, card)) } }
        @if let Some(cursor) = &page.next_cursor { p { a class="button quiet" rel="next" href=(next_page(typed, cursor)) { (context.t("businesses-more")) } } }
    }
}

fn card_of(context: &PageContext, card: &BusinessCard) -> Markup {
    html! {
        a class="card partner" href=(format!("/partners/{}", card.id)) {
            h2 { (card.name) }
            p { (trade_names(context, &card.trades)) }
            p class="soft small" { (icon(Icon::Place)) " " (card.postal_code) " " (card.city) ", " (card.country) }
            (badges(context, card.paused, card.is_regulated))
        }
    }
}

/// What one must know before passing anything.
pub(super) fn badges(context: &PageContext, paused: bool, is_regulated: bool) -> Markup {
    html! {
        @if paused || is_regulated {
            p class="row" {
                @if paused { (components::badge(Tone::Waits, &context.t("businesses-paused"))) }
                @if is_regulated { (components::badge(Tone::Plain, &context.t("businesses-regulated"))) }
            }
        }
    }
}

fn next_page(typed: &DirectoryQuery, cursor: &str) -> String {
    let mut query = Serializer::new(String::new());
    for (name, value) in [("trade", &typed.trade), ("country", &typed.country), ("postal_code", &typed.postal_code), ("words", &typed.words)] {
        if let Some(value) = value {
            query.append_pair(name, value);
        }
    }
    format!("/partners?{}", query.append_pair("cursor", cursor).finish())
}

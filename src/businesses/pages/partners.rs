//! The directory and one partner.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use maud::{Markup, html};
use serde::Deserialize;
use url::form_urlencoded::Serializer;

use crate::businesses::api::DirectoryQuery;
use crate::businesses::fields::{trade_input, trade_list, trade_names};
use crate::businesses::model::{Direction, Profile};
use crate::businesses::views::{self, BusinessCard};
use crate::businesses::{commands, fields};
use crate::http::{Caller, Form, PathId, State};
use crate::kernel::id::BusinessId;
use crate::kernel::{Answer, Failure, FieldError, Page};
use crate::web::forms::{self, Errors};
use crate::web::{self as site, PageContext};

/// `GET /partners`.
pub(super) async fn list(state: web::Data<State>, context: PageContext, _caller: Caller, query: web::Query<DirectoryQuery>) -> Answer<HttpResponse> {
    let typed = query.into_inner();
    let mut asked = typed.clone();
    asked.trade = typed.trade.as_deref().map(|text| fields::typed_code(text, context.language));
    let (page, errors) = match asked.parse() {
        Ok((search, page)) => (state.db.read(move |conn| views::search(conn, &search, &page)).await?, Vec::new()),
        Err(Failure::Invalid(errors)) => (Page { items: Vec::new(), next_cursor: None }, errors),
        Err(other) => return Err(other),
    };
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(site::page(&context, status, &context.t("businesses-partners"), directory(&context, &typed, &page, &errors)))
}

fn directory(context: &PageContext, typed: &DirectoryQuery, page: &Page<BusinessCard>, errors: &[FieldError]) -> Markup {
    let errors = Errors(errors);
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    html! {
        form method="get" action="/partners" role="search" class="card" {
            (trade_input(context, errors, "trade", "businesses-trade", &text(&typed.trade), false))
            (forms::input(context, errors, "country", "text", "businesses-country", &text(&typed.country), false))
            (forms::input(context, errors, "postal_code", "text", "businesses-postal-code", &text(&typed.postal_code), false))
            (forms::input(context, errors, "words", "search", "businesses-words", &text(&typed.words), false))
            button { (context.t("businesses-search")) }
        }
        (trade_list(context))
        @if page.items.is_empty() && errors.0.is_empty() {
            p { (context.t("businesses-nobody-found")) }
            p { a href="/partners" { (context.t("businesses-show-all")) } " · " a href="/circles" { (context.t("businesses-invite-them")) } }
        }
        @for card in &page.items { (card_of(context, card)) }
        @if let Some(cursor) = &page.next_cursor { p { a class="button quiet" href=(next_page(typed, cursor)) { (context.t("businesses-more")) } } }
    }
}

fn card_of(context: &PageContext, card: &BusinessCard) -> Markup {
    html! {
        section class="card" {
            h2 { a href=(format!("/partners/{}", card.id)) { (card.name) } }
            p { (trade_names(context, &card.trades)) }
            p class="soft" { (card.postal_code) " " (card.city) ", " (card.country) }
            (badges(context, card.paused, card.is_regulated))
        }
    }
}

fn badges(context: &PageContext, paused: bool, is_regulated: bool) -> Markup {
    html! {
        @if paused { p { span class="badge" { (context.t("businesses-paused")) } } }
        @if is_regulated { p { span class="badge" { (context.t("businesses-regulated")) } } }
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

/// `GET /partners/{id}`.
pub(super) async fn one(state: web::Data<State>, context: PageContext, caller: Caller, id: PathId<BusinessId>) -> Answer<HttpResponse> {
    let (id, own) = (id.0, caller.principal.business);
    let read = move |conn: &mut crate::db::AnyConn| {
        let profile = views::profile(conn, id)?;
        let excluded = own.map_or_else(|| Ok(Vec::new()), |own| views::exclusions(conn, own))?;
        Ok((profile, excluded.into_iter().filter(|(_, other)| *other == id).map(|(direction, _)| direction).collect::<Vec<_>>()))
    };
    let (profile, excluded) = state.db.read(read).await?;
    Ok(site::page(&context, StatusCode::OK, &profile.name, partner(&context, &profile, own, &excluded)))
}

fn partner(context: &PageContext, profile: &Profile, own: Option<BusinessId>, excluded: &[Direction]) -> Markup {
    html! {
        (badges(context, profile.paused, profile.is_regulated))
        @if profile.is_regulated { p class="soft" { (context.t("businesses-regulated-why")) } }
        dl {
            dt { (context.t("businesses-trades")) } dd { (trade_names(context, &profile.trades)) }
            dt { (context.t("businesses-place")) } dd { (profile.postal_code) " " (profile.city) ", " (profile.country) }
            dt { (context.t("businesses-regions")) } dd { (profile.regions.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")) }
            @if !profile.description.is_empty() { dt { (context.t("businesses-description")) } dd { (lines(&profile.description)) } }
            @if !profile.ideal_referral.is_empty() { dt { (context.t("businesses-ideal-referral")) } dd { (lines(&profile.ideal_referral)) } }
            @if let Some(website) = &profile.website { dt { (context.t("businesses-website")) } dd { a href=(website) rel="noopener noreferrer nofollow" { (website) } } }
            @if let Some(phone) = &profile.phone { dt { (context.t("businesses-phone")) } dd { a href=(format!("tel:{phone}")) { (phone) } } }
        }
        @if own == Some(profile.id) {
            p { a class="button" href="/settings/business" { (context.t("businesses-edit")) } }
        } @else if own.is_some() {
            h2 { (context.t("businesses-exclusions")) }
            p class="soft" { (context.t("businesses-exclusions-why")) }
            @for direction in Direction::ALL { (exclusion(context, profile.id, *direction, excluded.contains(direction))) }
        }
    }
}

fn exclusion(context: &PageContext, other: BusinessId, direction: Direction, excluded: bool) -> Markup {
    let label = match (direction, excluded) {
        (Direction::NotFrom, false) => "businesses-not-from",
        (Direction::NotFrom, true) => "businesses-from-again",
        (Direction::NotTo, false) => "businesses-not-to",
        (Direction::NotTo, true) => "businesses-to-again",
    };
    html! {
        form method="post" action=(format!("/partners/{other}/exclude")) class="inline" {
            (forms::csrf(context))
            input type="hidden" name="direction" value=(direction);
            input type="hidden" name="excluded" value=(if excluded { "no" } else { "yes" });
            button class="quiet" { (context.t(label)) }
        }
    }
}

pub(super) fn lines(text: &str) -> Markup {
    html! { @for (index, line) in text.lines().enumerate() { @if index > 0 { br; } (line) } }
}

#[derive(Debug, Deserialize)]
pub(super) struct ExcludeForm {
    direction: Direction,
    excluded: String,
}

/// `POST /partners/{id}/exclude`.
pub(super) async fn exclude(state: web::Data<State>, caller: Caller, id: PathId<BusinessId>, form: Form<ExcludeForm>) -> Answer<HttpResponse> {
    let (other, form) = (id.0, form.0);
    state.db.write(move |tx| commands::exclude(tx, &caller.principal, form.direction, other, form.excluded == "yes")).await?;
    Ok(site::see_other(&format!("/partners/{other}"), Some("businesses-saved")))
}

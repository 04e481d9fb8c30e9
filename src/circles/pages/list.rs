//! My circles, those that invite me, those that are open; and a new one.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use maud::{Markup, html};
use serde::Deserialize;

use super::{chosen_trade, trade_options};
use crate::businesses;
use crate::businesses::fields::{trade_list, typed_codes};
use crate::businesses::trade::TradeCode;
use crate::circles::model::{CircleKind, CircleValues, DESCRIPTION_MAX, LINKS_MAX, Links, NewCircle};
use crate::circles::policy::Policy;
use crate::circles::views::CircleSummary;
use crate::circles::{commands, views};
use crate::http::{Caller, Form, State};
use crate::kernel::{Answer, FieldError, Fields, Language, Page, PageQuery};
use crate::web::form_key::form_key;
use crate::web::forms::{self, Errors};
use crate::web::icon::Icon;
use crate::web::language::own_names;
use crate::web::rights::{Needs, owners_do_this};
use crate::web::{self as site, Heading, PageContext, components, zones};

/// Room for the longest names of the most links.
const LINKS_TEXT_MAX: usize = LINKS_MAX * 64;

/// What the list shows.
struct Lists {
    mine: Vec<CircleSummary>,
    inviting: Vec<CircleSummary>,
    open: Page<CircleSummary>,
}

/// `GET /circles`.
pub(super) async fn list(state: web::Data<State>, context: PageContext, caller: Caller, query: web::Query<PageQuery>) -> Answer<HttpResponse> {
    let (business, now) = (caller.principal.business, state.now());
    let read = move |conn: &mut crate::db::AnyConn| {
        let (mut mine, mut inviting) = (Vec::new(), Vec::new());
        if let Some(business) = business {
            mine = views::circles_of(conn, business)?.into_iter().map(CircleSummary::from).collect();
            inviting = views::invitations_of(conn, business, now)?.into_iter().map(CircleSummary::from).collect();
        }
        let mut open = views::open_circles(conn, &query)?;
        open.items.retain(|card| !mine.iter().any(|own| own.id == card.id));
        Ok(Lists { mine, inviting, open })
    };
    let lists = state.db.read(read).await?;
    let found = found(&context);
    // Without a circle the way to found one stands where the circles would.
    let actions = if lists.mine.is_empty() { Markup::default() } else { found };
    let heading = Heading { title: &context.t("circles-title"), actions, hears: "circle", ..Heading::default() };
    Ok(site::page_with(&context, StatusCode::OK, &heading, lists_of(&context, &lists)))
}

/// The way to a circle of one's own, for those who can found one.
fn found(context: &PageContext) -> Markup {
    html! { @if context.may(Needs::Owner) { (components::link_button("/circles/new", Icon::Plus, &context.t("circles-found-one"))) } }
}

fn lists_of(context: &PageContext, lists: &Lists) -> Markup {
    html! {
        @if lists.mine.is_empty() {
            (components::empty(&context.t(if context.may(Needs::Owner) { "circles-none-yet" } else { "circles-none" }), &found(context)))
            (owners_do_this(context))
        }
        (cards_of(context, &lists.mine))
        @if !lists.inviting.is_empty() {
            h2 { (context.t("circles-inviting-you")) }
            p class="soft" { (context.t("circles-inviting-how")) }
            (cards_of(context, &lists.inviting))
        }
        @if !lists.open.items.is_empty() || lists.open.next_cursor.is_some() {
            h2 { (context.t("circles-open")) }
            (cards_of(context, &lists.open.items))
            @if let Some(cursor) = &lists.open.next_cursor {
                p { a class="button quiet" href=(format!("/circles?cursor={cursor}")) { (context.t("circles-more")) } }
            }
        }
    }
}

fn cards_of(context: &PageContext, cards: &[CircleSummary]) -> Markup {
    html! {
        div class="grid" {
            @for card in cards {
                a class="card" href=(format!("/circles/{}", card.id)) {
                    h2 { (card.name) }
                    p class="soft small" { (kind_of(context, card.kind)) }
                    @if !card.description.is_empty() { p class="clamp" { (card.description) } }
                }
            }
        }
    }
}

/// A kind of circle in the reader's words.
pub(super) fn kind_of(context: &PageContext, kind: CircleKind) -> String {
    context.t(match kind {
        CircleKind::ValueChain => "circles-kind-value-chain",
        CircleKind::Networking => "circles-kind-networking",
    })
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct NewForm {
    kind: String,
    name: String,
    #[serde(default)]
    description: String,
    language: String,
    time_zone: String,
    trade: String,
    #[serde(default)]
    links: String,
    #[serde(default)]
    open_to_applications: String,
}

impl NewForm {
    fn parse(&self, language: Language) -> Answer<NewCircle> {
        let mut fields = Fields::new();
        let kind = CircleKind::parse(&self.kind);
        if kind.is_none() {
            fields.add("kind", "required", "choose a kind");
        }
        let values = CircleValues::parse(
            &mut fields,
            &self.name,
            &self.description,
            Language::parse(&self.language).unwrap_or(language),
            &self.time_zone,
            self.open_to_applications == "yes",
        );
        // The links of a networking circle are left over from trying the other kind.
        let typed = if kind == Some(CircleKind::ValueChain) { typed_codes(&self.links, language) } else { Vec::new() };
        let links = fields.take("links", Links::parse(&typed));
        let new = |trade| Some(NewCircle { kind: kind?, values: values?, trade, links: links?, policy: Policy::default() });
        match chosen_trade(&self.trade) {
            Ok(trade) => fields.into_result(new(trade)),
            Err(failure) => fields.finish().and(Err(failure)),
        }
    }
}

/// `GET /circles/new`.
pub(super) async fn new(state: web::Data<State>, context: PageContext, caller: Caller) -> Answer<HttpResponse> {
    let blank = NewForm {
        kind: CircleKind::Networking.as_str().to_owned(),
        language: caller.language.as_str().to_owned(),
        time_zone: caller.time_zone.clone(),
        ..NewForm::default()
    };
    form_page(&state, &context, &caller, StatusCode::OK, &blank, &[]).await
}

async fn form_page(state: &State, context: &PageContext, caller: &Caller, status: StatusCode, typed: &NewForm, errors: &[FieldError]) -> Answer<HttpResponse> {
    let business = caller.principal.owned_business()?;
    let own = state.db.read(move |conn| businesses::views::card(conn, business)).await?;
    let heading = Heading { title: &context.t("circles-found-one"), trail: Some(("/circles".to_owned(), context.t("circles-title"))), ..Heading::default() };
    Ok(site::page_with(context, status, &heading, new_form(context, typed, &own.trades, Errors(errors))))
}

fn new_form(context: &PageContext, typed: &NewForm, trades: &[TradeCode], errors: Errors<'_>) -> Markup {
    let kinds: Vec<(String, String)> = CircleKind::ALL.iter().map(|kind| (kind.as_str().to_owned(), kind_of(context, *kind))).collect();
    html! {
        (forms::summary(context, errors))
        form method="post" action="/circles" class="card" {
            (forms::csrf(context)) (form_key(context))
            (forms::select(context, errors, "kind", "circles-kind", &kinds, &typed.kind))
            p class="soft" { (context.t("circles-kind-why")) }
            (forms::input(context, errors, "name", "text", "circles-name", &typed.name, true))
            (forms::area(context, errors, "description", "circles-description", &typed.description, DESCRIPTION_MAX, false))
            (forms::select(context, errors, "trade", "circles-your-trade", &trade_options(context, trades), &typed.trade))
            (forms::area(context, errors, "links", "circles-links-list", &typed.links, LINKS_TEXT_MAX, false))
            p class="soft" { (context.t("circles-links-how")) }
            (forms::select(context, errors, "language", "circles-language", &own_names(), &typed.language))
            (zones::select(context, errors, "circles-time-zone", &typed.time_zone))
            (forms::checkbox(context, "open_to_applications", "circles-open-to-applications", typed.open_to_applications == "yes"))
            button { (context.t("circles-found")) }
        }
        (trade_list(context))
    }
}

/// `POST /circles`.
pub(super) async fn create(state: web::Data<State>, context: PageContext, caller: Caller, form: Form<NewForm>) -> Answer<HttpResponse> {
    let (principal, ask_allowed) = (caller.principal, state.config.introductions.ask_allowed);
    let outcome = match form.0.parse(context.language) {
        Ok(new) => state.db.write(move |tx| commands::create(tx, &principal, new, ask_allowed)).await,
        Err(failure) => Err(failure),
    };
    match outcome {
        Ok(id) => Ok(site::see_other(&format!("/circles/{id}"), Some("circles-founded"))),
        Err(failure) => {
            let (status, errors) = (failure.form_status(), failure.into_form_errors()?);
            form_page(&state, &context, &caller, status, &form.0, &errors).await
        }
    }
}

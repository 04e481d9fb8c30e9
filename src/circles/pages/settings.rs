//! What organisers change of a circle: name and the like, and the links of a value chain.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use maud::{Markup, html};
use serde::Deserialize;

use super::same;
use crate::businesses::fields::{trade_list, typed_codes};
use crate::businesses::trade::TradeCode;
use crate::circles::frame::{self, Above, Room};
use crate::circles::model::{CircleInput, CircleKind, DESCRIPTION_MAX, LINKS_MAX, Links, SEATS_MAX, SeatTrades};
use crate::circles::views::{CircleDetail, CircleInside};
use crate::circles::{commands, views};
use crate::http::{Caller, Form, PathId, State};
use crate::kernel::id::CircleId;
use crate::kernel::{Answer, Failure, FieldError, Language};
use crate::web::forms::{self, Errors};
use crate::web::language::own_names;
use crate::web::{self as site, PageContext, zones};

/// What was typed into the form that failed.
#[derive(Debug, Default)]
struct Typed {
    circle: Option<EditForm>,
    links: Option<String>,
    seats: Option<String>,
}

/// `GET /circles/{id}/edit`.
pub(super) async fn show(state: web::Data<State>, context: PageContext, caller: Caller, id: PathId<CircleId>) -> Answer<HttpResponse> {
    page(&state, &context, &caller, id.0, StatusCode::OK, &Typed::default(), &[]).await
}

async fn page(
    state: &State,
    context: &PageContext,
    caller: &Caller,
    id: CircleId,
    status: StatusCode,
    typed: &Typed,
    errors: &[FieldError],
) -> Answer<HttpResponse> {
    let (business, now) = (caller.principal.business, state.now());
    caller.principal.owned_business()?;
    let read = move |conn: &mut crate::db::AnyConn| {
        views::require_organiser(conn, id, business)?;
        let detail = views::detail(conn, id, business, now)?;
        let trades = match detail.kind {
            CircleKind::ValueChain => views::links(conn, id)?.as_slice().to_vec(),
            CircleKind::Networking => views::wanted_seats(conn, id)?,
        };
        Ok((views::place(conn, id, business)?, detail, trades))
    };
    let (place, detail, trades) = state.db.read(read).await?;
    let inside = detail.inside.clone().ok_or(Failure::NotFound("circle"))?;
    let content = html! {
        (forms::summary(context, Errors(errors)))
        (edit_form(context, &detail, &inside, typed.circle.as_ref(), Errors(errors)))
        @match detail.kind {
            CircleKind::ValueChain => (trades_form(context, id, inside.version, &LINKS, &trades, typed.links.as_deref(), Errors(errors))),
            CircleKind::Networking => (trades_form(context, id, inside.version, &SEATS, &trades, typed.seats.as_deref(), Errors(errors))),
        }
    };
    let below = Some((format!("/circles/{id}"), place.name.clone()));
    Ok(frame::page(context, status, &place, Room::Overview, Above { title: &context.t("circles-edit"), below, ..Above::default() }, &content))
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct EditForm {
    version: i32,
    name: String,
    #[serde(default)]
    description: String,
    language: Language,
    time_zone: String,
    #[serde(default)]
    open_to_applications: String,
}

fn edit_form(context: &PageContext, detail: &CircleDetail, inside: &CircleInside, typed: Option<&EditForm>, errors: Errors<'_>) -> Markup {
    let present = EditForm {
        version: inside.version,
        name: detail.name.clone(),
        description: detail.description.clone(),
        language: inside.language,
        time_zone: inside.time_zone.clone(),
        open_to_applications: if detail.open_to_applications { "yes".to_owned() } else { String::new() },
    };
    let values = typed.unwrap_or(&present);
    html! {
        form method="post" action=(format!("/circles/{}/edit", detail.id)) class="card" {
            (forms::csrf(context))
            input type="hidden" name="version" value=(inside.version);
            (forms::input(context, errors, "name", "text", "circles-name", &values.name, true))
            (forms::area(context, errors, "description", "circles-description", &values.description, DESCRIPTION_MAX, false))
            (forms::select(context, errors, "language", "circles-language", &own_names(), values.language.as_str()))
            (zones::select(context, errors, "circles-time-zone", &values.time_zone))
            (forms::checkbox(context, "open_to_applications", "circles-open-to-applications", values.open_to_applications == "yes"))
            button { (context.t("circles-save")) }
        }
    }
}

/// The form of a list of trades: its field, which is also the end of its address, its title, its hint and its label.
struct TradesForm {
    field: &'static str,
    title: &'static str,
    hint: &'static str,
    label: &'static str,
    max: usize,
}

/// The links of a value chain.
const LINKS: TradesForm = TradesForm { field: "links", title: "circles-chain", hint: "circles-links-how", label: "circles-links-list", max: LINKS_MAX };
/// The seats of a networking circle.
const SEATS: TradesForm = TradesForm { field: "seats", title: "circles-seats", hint: "circles-seats-how", label: "circles-seats-list", max: SEATS_MAX };

fn trades_form(context: &PageContext, id: CircleId, version: i32, form: &TradesForm, present: &[TradeCode], typed: Option<&str>, errors: Errors<'_>) -> Markup {
    let present = present.iter().map(|code| code.name(context.language)).collect::<Vec<_>>().join("\n");
    html! {
        section class="card" {
            h2 { (context.t(form.title)) }
            p class="soft" { (context.t(form.hint)) }
            form method="post" action=(format!("/circles/{id}/{}", form.field)) {
                (forms::csrf(context))
                input type="hidden" name="version" value=(version);
                (forms::area(context, errors, form.field, form.label, typed.unwrap_or(&present), form.max * 64, false))
                button { (context.t("circles-save")) }
            }
            (trade_list(context))
        }
    }
}

/// `POST /circles/{id}/edit`.
pub(super) async fn edit(state: web::Data<State>, context: PageContext, caller: Caller, id: PathId<CircleId>, form: Form<EditForm>) -> Answer<HttpResponse> {
    let (id, principal, form) = (id.0, caller.principal, form.0);
    let typed = form.clone();
    let input = CircleInput {
        name: Some(form.name),
        description: Some(form.description),
        language: Some(form.language),
        time_zone: Some(form.time_zone),
        open_to_applications: Some(form.open_to_applications == "yes"),
    };
    match state.db.write(move |tx| commands::edit(tx, &principal, id, same(form.version), &input)).await {
        Ok(()) => Ok(site::see_other(&format!("/circles/{id}"), Some("circles-saved"))),
        Err(failure) => {
            let (typed, errors) = (Typed { circle: Some(typed), ..Typed::default() }, failure.into_form_errors()?);
            page(&state, &context, &caller, id, StatusCode::UNPROCESSABLE_ENTITY, &typed, &errors).await
        }
    }
}

#[derive(Debug, Deserialize)]
pub(super) struct LinksForm {
    version: i32,
    #[serde(default)]
    links: String,
}

/// `POST /circles/{id}/links`.
pub(super) async fn set_links(
    state: web::Data<State>,
    context: PageContext,
    caller: Caller,
    id: PathId<CircleId>,
    form: Form<LinksForm>,
) -> Answer<HttpResponse> {
    let (id, principal, form) = (id.0, caller.principal, form.0);
    let outcome = match Links::parse(&typed_codes(&form.links, context.language)) {
        Ok(links) => state.db.write(move |tx| commands::set_links(tx, &principal, id, same(form.version), &links)).await,
        Err(problem) => Err(problem.of("links")),
    };
    match outcome {
        Ok(()) => Ok(site::see_other(&format!("/circles/{id}"), Some("circles-saved"))),
        Err(failure) => {
            let (typed, errors) = (Typed { links: Some(form.links), ..Typed::default() }, failure.into_form_errors()?);
            page(&state, &context, &caller, id, StatusCode::UNPROCESSABLE_ENTITY, &typed, &errors).await
        }
    }
}

#[derive(Debug, Deserialize)]
pub(super) struct SeatsForm {
    version: i32,
    #[serde(default)]
    seats: String,
}

/// `POST /circles/{id}/seats`.
pub(super) async fn set_seats(
    state: web::Data<State>,
    context: PageContext,
    caller: Caller,
    id: PathId<CircleId>,
    form: Form<SeatsForm>,
) -> Answer<HttpResponse> {
    let (id, principal, form) = (id.0, caller.principal, form.0);
    let outcome = match SeatTrades::parse(&typed_codes(&form.seats, context.language)) {
        Ok(seats) => state.db.write(move |tx| commands::set_seats(tx, &principal, id, same(form.version), &seats)).await,
        Err(problem) => Err(problem.of("seats")),
    };
    match outcome {
        Ok(()) => Ok(site::see_other(&format!("/circles/{id}"), Some("circles-saved"))),
        Err(failure) => {
            let (typed, errors) = (Typed { seats: Some(form.seats), ..Typed::default() }, failure.into_form_errors()?);
            page(&state, &context, &caller, id, StatusCode::UNPROCESSABLE_ENTITY, &typed, &errors).await
        }
    }
}

//! A circle's meetings: what is to come, what was, and for organisers the form to plan one.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use maud::{Markup, html};
use serde::Deserialize;

use super::form::{self, MeetingForm};
use super::{path_of, when};
use crate::circles::frame::{self, Above, Room};
use crate::circles::views::{self as circles, Place};
use crate::http::{Caller, Form, PathId, State};
use crate::kernel::id::CircleId;
use crate::kernel::{Answer, FieldError};
use crate::meetings::model::MeetingState;
use crate::meetings::views::{CircleMeetings, MeetingView};
use crate::meetings::{commands, views};
use crate::web::components::{self, Item, Tone};
use crate::web::form_key::{form_key, press_key};
use crate::web::forms::{self, Errors};
use crate::web::icon::{Icon, icon};
use crate::web::{self as site, PageContext, live};

/// `?called_off=`: the meeting that was called off a moment ago.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Query {
    called_off: String,
}

/// `GET /circles/{id}/meetings`.
pub(super) async fn show(
    state: web::Data<State>,
    context: PageContext,
    caller: Caller,
    id: PathId<CircleId>,
    query: web::Query<Query>,
) -> Answer<HttpResponse> {
    page(&state, &context, &caller, id.0, &query, None, &[]).await
}

async fn page(
    state: &State,
    context: &PageContext,
    caller: &Caller,
    id: CircleId,
    query: &Query,
    typed: Option<&MeetingForm>,
    errors: &[FieldError],
) -> Answer<HttpResponse> {
    let (business, now) = (caller.principal.business, state.now());
    let read = move |connection: &mut crate::db::AnyConn| {
        let meetings = views::of_circle(connection, id, business, now)?;
        Ok((circles::place(connection, id, business)?, meetings))
    };
    let (place, meetings) = state.db.read(read).await?;
    let content = html! {
        @if context.may_decide(place.is_organiser) { (plan_form(context, &place, &meetings.time_zone, typed, Errors(errors))) }
        (live::region(context, "meetings", &format!("circle:{id}"), &lists(context, &place, &meetings)))
    };
    let called_off = meetings.to_come.iter().find(|meeting| meeting.state == MeetingState::CalledOff && meeting.id.to_string() == query.called_off);
    let undo = called_off.filter(|_| context.may_decide(place.is_organiser)).map_or_else(Markup::default, |meeting| put_back(context, meeting, "undo"));
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(frame::page(context, status, &place, Room::Meetings, Above { title: &context.t("meetings-title"), undo, ..Above::default() }, &content))
}

fn plan_form(context: &PageContext, place: &Place, zone: &str, typed: Option<&MeetingForm>, errors: Errors<'_>) -> Markup {
    let nothing = MeetingForm::default();
    let content = html! {
        h2 { (context.t("meetings-plan")) }
        (forms::summary(context, errors))
        form method="post" action=(path_of(place.id)) {
            (forms::csrf(context)) (form_key(context))
            (form::fields(context, typed.unwrap_or(&nothing), zone, errors))
            button { (context.t("meetings-plan")) }
        }
    };
    components::ask("plan", Tone::Going, &context.t("meetings-plan"), typed.is_some(), &content)
}

fn lists(context: &PageContext, place: &Place, meetings: &CircleMeetings) -> Markup {
    html! {
        @if meetings.to_come.is_empty() { (nothing_planned(context, place)) } @else {
            h2 { (context.t("meetings-to-come")) }
            @for meeting in &meetings.to_come { (to_come(context, place, &meetings.time_zone, meeting)) }
        }
        @if !meetings.past.is_empty() {
            h2 { (context.t("meetings-past")) }
            (components::items(&meetings.past.iter().map(|meeting| past(context, &meetings.time_zone, meeting)).collect::<Vec<_>>()))
        }
    }
}

fn nothing_planned(context: &PageContext, place: &Place) -> Markup {
    if context.may_decide(place.is_organiser) {
        return components::empty(&context.t("meetings-none-organiser"), &Markup::default());
    }
    components::empty(
        &context.t("meetings-none"),
        &components::quiet_link(&format!("/circles/{}/members", place.id), Icon::Partners, &context.t("circles-members")),
    )
}

fn to_come(context: &PageContext, place: &Place, zone: &str, meeting: &MeetingView) -> Markup {
    let when = when(context, meeting.starts_at, zone);
    html! {
        section class="card" {
            h3 { time datetime=(meeting.starts_at) { (when) } @if meeting.state == MeetingState::CalledOff { " " (called_off_badge(context)) } }
            p { (icon(Icon::Place)) " " (meeting.place) }
            @if let Some(words) = &meeting.words { p class="told" { (words) } }
            div class="row" {
                a class="button quiet" href=(format!("/meetings/{}.ics", meeting.id)) download {
                    (icon(Icon::Calendar)) (context.t("meetings-calendar")) span class="unseen" { ": " (when) }
                }
                @if context.may_decide(place.is_organiser) { (moves(context, meeting)) }
            }
        }
    }
}

fn moves(context: &PageContext, meeting: &MeetingView) -> Markup {
    match meeting.state {
        MeetingState::Planned => html! {
            (components::quiet_link(&format!("/meetings/{}/change", meeting.id), Icon::Pencil, &context.t("meetings-change")))
            form method="post" action=(format!("/meetings/{}/call-off", meeting.id)) class="inline" {
                (forms::csrf(context)) (press_key(context))
                button class="danger" { (context.t("meetings-call-off")) }
            }
        },
        MeetingState::CalledOff => put_back(context, meeting, "meetings-put-back"),
    }
}

fn put_back(context: &PageContext, meeting: &MeetingView, label: &str) -> Markup {
    html! {
        form method="post" action=(format!("/meetings/{}/put-back", meeting.id)) class="inline" {
            (forms::csrf(context)) (press_key(context))
            button class="quiet" { (icon(Icon::Undo)) (context.t(label)) }
        }
    }
}

fn past(context: &PageContext, zone: &str, meeting: &MeetingView) -> Item {
    let end = if meeting.state == MeetingState::CalledOff { called_off_badge(context) } else { Markup::default() };
    Item { href: None, main: html! { (when(context, meeting.starts_at, zone)) }, end, more: vec![meeting.place.clone()] }
}

fn called_off_badge(context: &PageContext) -> Markup {
    components::badge(Tone::Bad, &context.t("meetings-called-off"))
}

/// `POST /circles/{id}/meetings`.
pub(super) async fn plan(state: web::Data<State>, context: PageContext, caller: Caller, id: PathId<CircleId>, form: Form<MeetingForm>) -> Answer<HttpResponse> {
    let (id, principal, form) = (id.0, caller.principal, form.0);
    let input = form.input();
    match state.db.write(move |tx| commands::plan(tx, &principal, id, &input)).await {
        Ok(_) => Ok(site::see_other(&path_of(id), Some("meetings-planned"))),
        Err(failure) => {
            let errors = failure.into_form_errors()?;
            page(&state, &context, &caller, id, &Query::default(), Some(&form), &errors).await
        }
    }
}

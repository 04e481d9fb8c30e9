//! A meeting gets another time, place or words.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use maud::html;

use super::form::{self, MeetingForm};
use super::path_of;
use crate::circles::frame::{self, Above, Room};
use crate::circles::views as circles;
use crate::http::{Caller, Form, PathId, State};
use crate::kernel::id::MeetingId;
use crate::kernel::{Answer, Failure, FieldError};
use crate::meetings::model::MeetingMove;
use crate::meetings::{commands, views};
use crate::web::forms::{self, Errors};
use crate::web::{self as site, PageContext};

/// `GET /meetings/{id}/change`.
pub(super) async fn show(state: web::Data<State>, context: PageContext, caller: Caller, id: PathId<MeetingId>) -> Answer<HttpResponse> {
    page(&state, &context, &caller, id.0, StatusCode::OK, None, &[]).await
}

async fn page(
    state: &State,
    context: &PageContext,
    caller: &Caller,
    id: MeetingId,
    status: StatusCode,
    typed: Option<&MeetingForm>,
    errors: &[FieldError],
) -> Answer<HttpResponse> {
    let (business, now, is_new) = (caller.principal.business, state.now(), typed.is_none());
    caller.principal.owned_business()?;
    let read = move |connection: &mut crate::db::AnyConn| {
        let shown = views::meeting(connection, id, business)?;
        circles::require_organiser(connection, shown.meeting.circle, business)?;
        // What was typed is shown again even when it came too late.
        if is_new {
            shown.meeting.state.check(MeetingMove::Change, shown.meeting.starts_at <= now)?;
        }
        Ok((circles::place(connection, shown.meeting.circle, business)?, shown))
    };
    let (place, shown) = state.db.read(read).await?;
    let (meeting, zone, errors) = (&shown.meeting, &shown.time_zone, Errors(errors));
    let present = MeetingForm::of(meeting, zone)?;
    let content = html! {
        (forms::summary(context, errors))
        form method="post" action=(format!("/meetings/{id}/change")) class="card" {
            (forms::csrf(context))
            input type="hidden" name="version" value=(meeting.version);
            (form::fields(context, typed.unwrap_or(&present), zone, errors))
            button { (context.t("meetings-save")) }
        }
    };
    let below = Some((path_of(meeting.circle), context.t("meetings-title")));
    Ok(frame::page(context, status, &place, Room::Meetings, Above { title: &context.t("meetings-change-title"), below, ..Above::default() }, &content))
}

/// `POST /meetings/{id}/change`.
pub(super) async fn change(
    state: web::Data<State>,
    context: PageContext,
    caller: Caller,
    id: PathId<MeetingId>,
    form: Form<MeetingForm>,
) -> Answer<HttpResponse> {
    let (id, principal, form) = (id.0, caller.principal, form.0);
    let (input, version) = (form.input(), form.version);
    let fits = move |present| if present == version { Ok(()) } else { Err(Failure::Stale) };
    let write = move |tx: &mut crate::db::Tx<'_>| {
        commands::change(tx, &principal, id, fits, &input)?;
        views::meeting(tx, id, principal.business)
    };
    match state.db.write(write).await {
        Ok(shown) => Ok(site::see_other(&path_of(shown.meeting.circle), Some("meetings-changed"))),
        Err(failure) => {
            let (status, errors) = (failure.form_status(), failure.into_form_errors()?);
            page(&state, &context, &caller, id, status, Some(&form), &errors).await
        }
    }
}

//! The pages of meetings.

mod change;
mod form;
mod list;

use actix_web::http::header;
use actix_web::{HttpResponse, web};

use super::calendar::calendar;
use super::when::as_typed;
use super::{commands, views};
use crate::http::{Caller, Form, PathId, State};
use crate::kernel::id::{CircleId, MeetingId};
use crate::kernel::{Answer, Timestamp};
use crate::web::{self as site, PageContext};

/// Registers the routes.
pub(super) fn routes(config: &mut web::ServiceConfig) {
    config
        .route("/circles/{id}/meetings", web::get().to(list::show))
        .route("/circles/{id}/meetings", web::post().to(list::plan))
        .route("/meetings/{id}/change", web::get().to(change::show))
        .route("/meetings/{id}/change", web::post().to(change::change))
        .route("/meetings/{id}/call-off", web::post().to(call_off))
        .route("/meetings/{id}/put-back", web::post().to(put_back))
        .route("/meetings/{id}.ics", web::get().to(file));
}

/// Where a circle's meetings are shown.
pub fn path_of(circle: CircleId) -> String {
    format!("/circles/{circle}/meetings")
}

/// When a meeting begins, by the clock where its circle is; the zone is named where the reader's clock shows something else.
pub fn when(context: &PageContext, starts_at: Timestamp, zone: &str) -> String {
    let shown = context.language.date_time(starts_at, zone);
    let named = if shown == context.date_time(starts_at) { String::new() } else { format!(" ({zone})") };
    format!("{}, {shown}{named}", context.language.weekday(starts_at, zone))
}

/// A form without fields of its own.
#[derive(Debug, serde::Deserialize)]
struct Nothing {}

/// `POST /meetings/{id}/call-off`.
async fn call_off(state: web::Data<State>, caller: Caller, id: PathId<MeetingId>, _form: Form<Nothing>) -> Answer<HttpResponse> {
    let id = id.0;
    let circle = state.db.write(move |tx| commands::call_off(tx, &caller.principal, id)).await?;
    Ok(site::see_other(&format!("{}?called_off={id}", path_of(circle)), Some("meetings-called-off")))
}

/// `POST /meetings/{id}/put-back`.
async fn put_back(state: web::Data<State>, caller: Caller, id: PathId<MeetingId>, _form: Form<Nothing>) -> Answer<HttpResponse> {
    let id = id.0;
    let circle = state.db.write(move |tx| commands::put_back(tx, &caller.principal, id)).await?;
    Ok(site::see_other(&path_of(circle), Some("meetings-put-back")))
}

/// `GET /meetings/{id}.ics`: the meeting for the reader's calendar.
async fn file(state: web::Data<State>, caller: Caller, id: PathId<MeetingId>) -> Answer<HttpResponse> {
    let (id, business) = (id.0, caller.principal.business);
    let shown = state.db.read(move |connection| views::meeting(connection, id, business)).await?;
    let address = state.url(&path_of(shown.meeting.circle));
    let text = calendar(&shown, &address, &state.db.environment().mail_domain, state.now());
    let (date, _) = as_typed(shown.meeting.starts_at, &shown.time_zone)?;
    let mut response = HttpResponse::Ok();
    response.insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"meeting-{date}.ics\"")));
    Ok(response.content_type("text/calendar; charset=utf-8").body(text))
}

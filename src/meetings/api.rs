//! Meetings under `/api/v1`.

use actix_web::http::{StatusCode, header};
use actix_web::{HttpResponse, get, patch, post, web};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use super::model::MeetingInput;
use super::views::{CircleMeetings, MeetingView};
use super::when::When;
use super::{commands, views};
use crate::http::etag::{self, IfMatch};
use crate::http::problem::Problem;
use crate::http::{Caller, Json, PathId, State};
use crate::kernel::id::{CircleId, MeetingId};
use crate::kernel::{Answer, Timestamp};

/// Registers the routes.
pub(super) fn routes(config: &mut ServiceConfig<'_>) {
    config.service(list_meetings).service(plan_meeting).service(get_meeting).service(change_meeting).service(call_off_meeting).service(put_meeting_back);
}

#[utoipa::path(tag = "meetings", summary = "When and where one's circle meets, and the last meetings", params(("id" = CircleId, Path)),
    responses((status = 200, body = CircleMeetings), (status = 404, body = Problem)))]
#[get("/circles/{id}/meetings")]
async fn list_meetings(state: web::Data<State>, caller: Caller, id: PathId<CircleId>) -> Answer<web::Json<CircleMeetings>> {
    let (id, business, now) = (id.0, caller.principal.business, state.now());
    state.db.read(move |connection| views::of_circle(connection, id, business, now)).await.map(web::Json)
}

/// A meeting to be planned.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewMeeting {
    /// When it begins, at most two years ahead; seconds are dropped.
    starts_at: Timestamp,
    /// Where it is: one line of at most 200 characters.
    place: String,
    /// What else members should know, at most 1,000 characters.
    words: Option<String>,
}

/// What is to be changed of a meeting; what is left out stays.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
struct MeetingChange {
    /// When it begins, at most two years ahead; seconds are dropped.
    starts_at: Option<Timestamp>,
    /// Where it is: one line of at most 200 characters.
    place: Option<String>,
    /// What else members should know, at most 1,000 characters; empty for nothing.
    words: Option<String>,
}

#[utoipa::path(tag = "meetings", summary = "Plan a meeting (organisers)", params(("id" = CircleId, Path)), request_body = NewMeeting,
    responses((status = 201, body = MeetingView, headers(("Location" = String))), (status = 403, body = Problem), (status = 404, body = Problem),
        (status = 409, body = Problem), (status = 422, body = Problem)))]
#[post("/circles/{id}/meetings")]
async fn plan_meeting(state: web::Data<State>, caller: Caller, id: PathId<CircleId>, input: Json<NewMeeting>) -> Answer<HttpResponse> {
    let (circle, principal, new) = (id.0, caller.principal, input.0);
    let input = MeetingInput { when: Some(When::Moment(new.starts_at)), place: Some(new.place), words: new.words };
    let id = state.db.write(move |tx| commands::plan(tx, &principal, circle, &input)).await?;
    answer(&state, &caller, id, StatusCode::CREATED).await
}

#[utoipa::path(tag = "meetings", summary = "One meeting", params(("id" = MeetingId, Path)),
    responses((status = 200, body = MeetingView), (status = 404, body = Problem)))]
#[get("/meetings/{id}")]
async fn get_meeting(state: web::Data<State>, caller: Caller, id: PathId<MeetingId>) -> Answer<HttpResponse> {
    answer(&state, &caller, id.0, StatusCode::OK).await
}

async fn answer(state: &State, caller: &Caller, id: MeetingId, status: StatusCode) -> Answer<HttpResponse> {
    let business = caller.principal.business;
    let meeting = state.db.read(move |connection| views::meeting(connection, id, business)).await?.meeting;
    let mut response = HttpResponse::build(status);
    if status == StatusCode::CREATED {
        response.insert_header((header::LOCATION, format!("/api/v1/meetings/{id}")));
    }
    Ok(response.insert_header(etag::of(meeting.version)).json(meeting))
}

#[utoipa::path(tag = "meetings", summary = "Change a meeting that has not begun (organisers)", params(("id" = MeetingId, Path)), request_body = MeetingChange,
    responses((status = 200, body = MeetingView), (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem),
        (status = 412, body = Problem), (status = 422, body = Problem)))]
#[patch("/meetings/{id}")]
async fn change_meeting(state: web::Data<State>, caller: Caller, id: PathId<MeetingId>, if_match: IfMatch, input: Json<MeetingChange>) -> Answer<HttpResponse> {
    let (id, principal, change) = (id.0, caller.principal, input.0);
    let input = MeetingInput { when: change.starts_at.map(When::Moment), place: change.place, words: change.words };
    state.db.write(move |tx| commands::change(tx, &principal, id, |version| if_match.check(version), &input)).await?;
    answer(&state, &caller, id, StatusCode::OK).await
}

#[utoipa::path(tag = "meetings", summary = "Call a meeting off; it stays in sight as called off (organisers)", params(("id" = MeetingId, Path)),
    responses((status = 200, body = MeetingView), (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem)))]
#[post("/meetings/{id}/call-off")]
async fn call_off_meeting(state: web::Data<State>, caller: Caller, id: PathId<MeetingId>) -> Answer<HttpResponse> {
    let (id, principal) = (id.0, caller.principal);
    state.db.write(move |tx| commands::call_off(tx, &principal, id)).await?;
    answer(&state, &caller, id, StatusCode::OK).await
}

#[utoipa::path(tag = "meetings", summary = "Let a meeting that was called off take place all the same (organisers)", params(("id" = MeetingId, Path)),
    responses((status = 200, body = MeetingView), (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem)))]
#[post("/meetings/{id}/put-back")]
async fn put_meeting_back(state: web::Data<State>, caller: Caller, id: PathId<MeetingId>) -> Answer<HttpResponse> {
    let (id, principal) = (id.0, caller.principal);
    state.db.write(move |tx| commands::put_back(tx, &principal, id)).await?;
    answer(&state, &caller, id, StatusCode::OK).await
}

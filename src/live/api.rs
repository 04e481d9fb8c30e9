//! `GET /api/v1/events` and `GET /events`: the same stream, for programs and for browsers.

use std::time::Duration;

use actix_web::{HttpRequest, HttpResponse, get, web};
use serde::Deserialize;
use tokio::time::{sleep, timeout};

use super::hub::{Listener, Seat};
use super::model::{Cursor, LiveMessage, Telling};
use super::stream::{self, Beginning};
use super::views;
use crate::http::problem::Problem;
use crate::http::{Caller, State, methods};
use crate::kernel::id::{EventId, first_at};
use crate::kernel::{Answer, Failure, Timestamp};

/// The loop that reads the log answers within a look or two.
const PATIENCE: Duration = Duration::from_secs(10);
/// What was missed is told from so far back at the most; after that everything is to be read anew.
const MISSED_MAX: Duration = Duration::from_secs(3_600);
/// Events that are looked through for what was missed.
const LOOKED_THROUGH_MAX: usize = 5_000;
/// The oldest page that may say how old it is.
const PAGE_AGE_MAX: Duration = Duration::from_secs(600);
/// How often, and with which pauses, it is looked whether a place became free.
const LOOKS_FOR_A_PLACE: u32 = 16;
const PLACE_PAUSE: Duration = Duration::from_millis(50);
/// A transaction may begin so long before the page that does not show it yet.
const PAGE_SLACK: Duration = Duration::from_secs(2);

/// From where a stream begins.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct From {
    /// How many milliseconds ago the reader read what he shows: he is told what happened since. Left out: from now on.
    pub ago: Option<u64>,
}

/// Hear what happens, as server-sent events
///
/// A message says that something happened to a referral or in a circle, never more: read the thing itself to see it. Its kind
/// is `referral`, `circle`, `standing`, `business` or `ledger` (credits moved between others of a circle; whose is not told). Send the last `id` as `Last-Event-ID` to go on without a gap. The kind `reset`
/// means that too much was missed: read everything anew. A comment is sent every 20 seconds.
#[utoipa::path(tag = "events", operation_id = "listen", params(From, ("Last-Event-ID" = Option<String>, Header, description = "The `id` of the last message")),
    responses((status = 200, body = LiveMessage, content_type = "text/event-stream"), (status = 401, body = Problem),
        (status = 429, body = Problem, description = "As many streams of this person are open as may be."), (status = 503, body = Problem)))]
#[get("/events")]
pub async fn listen(state: web::Data<State>, caller: Caller, from: web::Query<From>, request: HttpRequest) -> Answer<HttpResponse> {
    listen_in_browser(state, caller, from, request).await
}

/// The same for browsers.
pub async fn listen_in_browser(state: web::Data<State>, caller: Caller, from: web::Query<From>, request: HttpRequest) -> Answer<HttpResponse> {
    let mut response = stream::head();
    if methods::is_head(&request) {
        return Ok(response.finish());
    }
    // How old a page is counts from here: what is waited for below takes its time.
    let arrived = state.now();
    let seat = seat(&state, &caller).await?;
    // First it is made sure that what commits from now on will be told, then it is read what was committed before.
    timeout(PATIENCE, seat.awake()).await.map_err(|_| Failure::Busy("the log cannot be read at present".to_owned()))?;
    let last = request.headers().get("last-event-id").and_then(|value| value.to_str().ok()).filter(|text| !text.is_empty());
    let beginning = match last {
        Some(text) => resumed(&state, seat.listener, text).await?,
        None => begun(&state, seat.listener, seat.low(), arrived, Duration::from_millis(from.ago.unwrap_or(0))).await?,
    };
    Ok(response.body(stream::open(seat, beginning)))
}

/// A place for this reader. Whoever goes from page to page leaves streams behind that nobody reads: before he is refused, those are
/// asked for a sign of life, by which they end.
async fn seat(state: &State, caller: &Caller) -> Answer<Seat> {
    let taken = state.live.listen(caller);
    if !matches!(taken, Err(Failure::TooMany { .. })) {
        return taken;
    }
    state.live.nudge(caller.principal.person);
    for _ in 0..LOOKS_FOR_A_PLACE {
        sleep(PLACE_PAUSE).await;
        if let Ok(seat) = state.live.listen(caller) {
            return Ok(seat);
        }
    }
    taken
}

/// Goes on where the last stream of this reader ended.
async fn resumed(state: &State, listener: Listener, text: &str) -> Answer<Beginning> {
    let now = state.now();
    let cursor = Cursor::parse(text).filter(|cursor| cursor.floor() >= first_at(now.before(MISSED_MAX)));
    let Some(cursor) = cursor else { return Ok(Beginning::Reset(Cursor::at(first_at(now)))) };
    Ok(match missed(state, listener, &cursor).await? {
        Some(missed) => Beginning::Told(cursor, missed),
        None => Beginning::Reset(Cursor::at(first_at(now))),
    })
}

/// Begins with what happened since a page was read, `ago` before `arrived`; what its reader did himself before, it shows already, and what
/// he did after, in another window, it does not. The place to go on from lies below that, since what has begun by now may be
/// committed after the stream breaks.
async fn begun(state: &State, listener: Listener, low: EventId, arrived: Timestamp, ago: Duration) -> Answer<Beginning> {
    if ago > PAGE_AGE_MAX {
        return Ok(Beginning::Reset(Cursor::at(first_at(arrived))));
    }
    let read = first_at(arrived.before(ago));
    let since = if ago.is_zero() { read } else { first_at(arrived.before(ago + PAGE_SLACK)) };
    let mut cursor = Cursor::at(low.min(since));
    let Some(mut missed) = missed(state, listener, &cursor).await? else { return Ok(Beginning::Reset(Cursor::at(first_at(arrived)))) };
    missed.retain(|telling| {
        let is_shown = ago.is_zero() || telling.id < since || (telling.by_person == Some(listener.person) && telling.id < read);
        // Known already: a stream that resumes does not tell it either.
        !is_shown || !cursor.tell(telling.id)
    });
    Ok(Beginning::Told(cursor, missed))
}

/// What this listener may hear of above a cursor's floor; `None` when that is too much to look through.
async fn missed(state: &State, listener: Listener, cursor: &Cursor) -> Answer<Option<Vec<Telling>>> {
    let (Some(business), floor) = (listener.business, cursor.floor()) else { return Ok(Some(Vec::new())) };
    let read = state.db.read(move |connection| {
        let Some(ids) = views::ids_above(connection, floor, LOOKED_THROUGH_MAX)? else { return Ok(None) };
        views::tellings(connection, &ids, &[business]).map(Some)
    });
    read.await
}

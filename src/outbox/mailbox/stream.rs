//! Tells the page of the development mailbox that something came, or came back. The log of events does not know of every mail,
//! and whoever reads this mailbox need not be signed in: the stream compares what is there with what its reader saw.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;
use tokio::sync::mpsc;
use tokio::time::{Instant, MissedTickBehavior, interval};

use super::store;
use crate::db::AnyConn;
use crate::http::{State, methods};
use crate::kernel::id::{Identifier, MailId};
use crate::kernel::{Answer, Failure};
use crate::live;
use crate::outbox::MailStatus;

/// As many streams are open at a time; this is for people who try things out.
const OPEN_MAX: usize = 50;
/// How often it is looked.
const LOOK: Duration = Duration::from_millis(700);
/// A sign of life.
const ALIVE: Duration = Duration::from_secs(20);
/// The newest mails whose fate is watched.
const WATCHED: i64 = 50;

static OPEN: AtomicUsize = AtomicUsize::new(0);

/// What was seen: the newest mail, and what became of the last ones.
pub(super) fn seen(connection: &mut AnyConn) -> Answer<String> {
    let rows = store::list(connection, None, MailId::from_raw(i64::MAX), WATCHED)?;
    let newest = rows.first().map_or_else(|| "none".to_owned(), |kept| kept.id.to_string());
    Ok(rows.iter().map(|kept| letter(kept.status)).fold(newest + ".", |mut text, letter| {
        text.push(letter);
        text
    }))
}

/// One letter a status.
fn letter(status: MailStatus) -> char {
    u8::try_from(status.code()).ok().and_then(|code| char::from_digit(u32::from(code), 36)).unwrap_or('-')
}

/// `?seen=`
#[derive(Debug, Default, Deserialize)]
pub(super) struct Seen {
    /// What the page shows.
    #[serde(default)]
    seen: String,
}

/// `GET /mailbox/events`. The place to go on from is what was seen last.
pub(super) async fn listen(state: web::Data<State>, query: web::Query<Seen>, request: HttpRequest) -> Answer<HttpResponse> {
    super::pages::only_without_smtp(&state)?;
    let mut response = live::event_stream();
    if methods::is_head(&request) {
        return Ok(response.finish());
    }
    let place = Place::take()?;
    let last = request.headers().get("last-event-id").and_then(|value| value.to_str().ok()).filter(|text| !text.is_empty());
    let seen = last.map_or(query.into_inner().seen, str::to_owned);
    let (sender, receiver) = mpsc::channel(1);
    tokio::spawn(async move {
        let mut closing = state.live.closing();
        let ended = async { closing.wait_for(|closing| *closing).await.is_ok() };
        tokio::select! { () = tell(&state, &sender, seen) => {}, _ = ended => {}, () = sender.closed() => {} }
        drop(place);
    });
    Ok(response.body(live::Body::of(receiver)))
}

/// Until its reader is gone.
async fn tell(state: &State, sender: &mpsc::Sender<Bytes>, mut seen: String) {
    let mut look = interval(LOOK);
    look.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut told = Instant::now();
    loop {
        look.tick().await;
        let now = match state.db.read(self::seen).await {
            Ok(now) => now,
            Err(failure) => {
                tracing::warn!(%failure, "the mailbox cannot be read at present");
                continue;
            }
        };
        let text = match now != seen {
            true => format!("id: {now}\nevent: mail\ndata: {{}}\n\n"),
            false if told.elapsed() >= ALIVE => ":\n\n".to_owned(),
            false => continue,
        };
        if sender.send(Bytes::from(text)).await.is_err() {
            return;
        }
        (seen, told) = (now, Instant::now());
    }
}

/// One of the streams that may be open.
struct Place;

impl Place {
    fn take() -> Answer<Self> {
        let taken = OPEN.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |open| (open < OPEN_MAX).then_some(open + 1));
        taken.map(|_| Self).map_err(|_| Failure::Busy("as many look at the mailbox as may".to_owned()))
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        OPEN.fetch_sub(1, Ordering::Relaxed);
    }
}

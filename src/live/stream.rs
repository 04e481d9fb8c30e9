//! One stream of server-sent events, from its beginning to its end.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use actix_web::body::{BodySize, MessageBody};
use actix_web::http::header;
use actix_web::web::Bytes;
use actix_web::{HttpResponse, HttpResponseBuilder};
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::mpsc;
use tokio::time::{MissedTickBehavior, interval, timeout};

use super::hub::{News, Seat};
use super::model::{Cursor, LiveKind, LiveMessage, Telling};
use crate::kernel::Answer;
use crate::kernel::id::{BusinessId, Identifier};

/// Messages that may wait for the network before the stream itself waits.
const WAITING_MAX: usize = 16;
/// A reader who takes nothing for so long is gone.
const PATIENCE: Duration = Duration::from_secs(60);
/// A browser comes back after so many milliseconds, and up to as many later: not all of them at once.
const COME_BACK_MS: i64 = 2_000;

/// How a stream begins.
pub enum Beginning {
    /// With what was missed.
    Told(Cursor, Vec<Telling>),
    /// Too much was missed, or it is not known what: everything is to be read anew.
    Reset(Cursor),
}

/// The body of the answer; when it is dropped, the stream ends.
pub struct Body(mpsc::Receiver<Bytes>);

impl Body {
    /// The body that these chunks make.
    pub fn of(chunks: mpsc::Receiver<Bytes>) -> Self {
        Self(chunks)
    }
}

impl MessageBody for Body {
    type Error = Infallible;

    fn size(&self) -> BodySize {
        BodySize::Stream
    }

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, Infallible>>> {
        self.0.poll_recv(context).map(|chunk| chunk.map(Ok))
    }
}

/// The head of such an answer.
pub fn head() -> HttpResponseBuilder {
    let mut response = HttpResponse::Ok();
    response
        .content_type("text/event-stream")
        // What is compressed waits for more; a proxy must neither wait nor keep.
        .insert_header((header::CONTENT_ENCODING, "identity"))
        .insert_header((header::CACHE_CONTROL, "no-store, no-transform"))
        .insert_header(("x-accel-buffering", "no"))
        // The connection ends with the stream, so that a server that stops waits for nobody.
        .force_close();
    response
}

/// Starts to tell whoever sits there.
pub fn open(seat: Seat, beginning: Beginning) -> Body {
    let (sender, receiver) = mpsc::channel(WAITING_MAX);
    tokio::spawn(Stream { sender, business: seat.listener.business, cursor: Cursor::at(seat.low()), seat }.run(beginning));
    Body(receiver)
}

struct Stream {
    seat: Seat,
    business: Option<BusinessId>,
    cursor: Cursor,
    sender: mpsc::Sender<Bytes>,
}

/// The stream is over: its reader, his session or the server went.
struct Over;

impl Stream {
    async fn run(mut self, beginning: Beginning) {
        // Whatever ends it, there is nobody to tell.
        let _ = self.tell(beginning).await;
    }

    async fn tell(&mut self, beginning: Beginning) -> Result<(), Over> {
        let retry = COME_BACK_MS + self.seat.listener.session.raw() % COME_BACK_MS;
        match beginning {
            Beginning::Told(cursor, missed) => {
                self.cursor = cursor;
                self.send(format!("retry: {retry}\nid: {}\n\n", self.cursor.text())).await?;
                self.send_all(&missed).await?;
            }
            Beginning::Reset(cursor) => {
                self.cursor = cursor;
                self.send(format!("retry: {retry}\n{}", reset(&self.cursor))).await?;
            }
        }
        let mut alive = interval(self.seat.keep_alive());
        alive.set_missed_tick_behavior(MissedTickBehavior::Delay);
        alive.reset();
        let (reader, mut closing, nudged) = (self.sender.clone(), self.seat.closing(), self.seat.nudged());
        loop {
            let news = tokio::select! {
                news = self.seat.next() => Some(news),
                _ = alive.tick() => None,
                () = nudged.notified() => None,
                _ = closing.wait_for(|closing| *closing) => return Ok(()),
                () = reader.closed() => return Ok(()),
            };
            self.cursor.rise(self.seat.low());
            match news {
                None => self.send(format!(":\nid: {}\n\n", self.cursor.text())).await?,
                Some(Ok(news)) => self.hear(&news).await?,
                Some(Err(RecvError::Lagged(_))) => self.send(reset(&self.cursor)).await?,
                Some(Err(RecvError::Closed)) => return Ok(()),
            }
        }
    }

    async fn hear(&mut self, news: &Arc<News>) -> Result<(), Over> {
        match &**news {
            News::Told(tellings) => self.send_all(tellings).await,
            News::Missed => self.send(reset(&self.cursor)).await,
            News::Over(numbers) if numbers.contains(&self.seat.number) => Err(Over),
            News::Over(_) => Ok(()),
        }
    }

    /// Tells what is his and new to him.
    async fn send_all(&mut self, tellings: &[Telling]) -> Result<(), Over> {
        let Some(business) = self.business else { return Ok(()) };
        let mut text = String::new();
        for (kind, message) in tellings.iter().filter_map(|telling| telling.to(business)) {
            if self.cursor.tell(message.id) {
                text.push_str(&written(kind, &message, &self.cursor).unwrap_or_default());
            }
        }
        if text.is_empty() { Ok(()) } else { self.send(text).await }
    }

    async fn send(&self, text: String) -> Result<(), Over> {
        match timeout(PATIENCE, self.sender.send(Bytes::from(text))).await {
            Ok(Ok(())) => Ok(()),
            _ => Err(Over),
        }
    }
}

fn written(kind: LiveKind, message: &LiveMessage, cursor: &Cursor) -> Answer<String> {
    let data = serde_json::to_string(message).map_err(|error| crate::kernel::Failure::internal(format!("a message: {error}")))?;
    Ok(format!("id: {}\nevent: {kind}\ndata: {data}\n\n", cursor.text()))
}

fn reset(cursor: &Cursor) -> String {
    format!("id: {}\nevent: reset\ndata: {{}}\n\n", cursor.text())
}

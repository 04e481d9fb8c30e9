//! Somebody who listens to the stream of events.

use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::http::StatusCode;
use actix_web::http::header::HeaderMap;
use actix_web::test;
use kularing::app;
use kularing::http::State;
use kularing::live::{Hub, Pace, Watch, spawn};
use serde_json::Value;

use super::TestApp;
use super::accounts::TestPerson;

/// A message must come within this time.
const PATIENCE: Duration = Duration::from_secs(10);
/// When so long nothing came, nothing comes: many looks fit into it.
const SILENCE: Duration = Duration::from_millis(300);

/// A message of the stream.
#[derive(Debug, Clone, PartialEq)]
pub struct Heard {
    pub id: String,
    pub kind: String,
    pub data: Value,
}

impl Heard {
    pub fn event(&self) -> &str {
        self.data["event"].as_str().unwrap_or("")
    }
}

/// An open stream.
pub struct Ears {
    pub status: StatusCode,
    pub headers: HeaderMap,
    /// The last id that came, also without a message: a browser keeps it just so.
    pub last_id: String,
    body: Pin<Box<BoxBody>>,
    text: String,
    heard: VecDeque<Heard>,
    is_over: bool,
}

/// Reads the log quickly: a look each 5 milliseconds.
pub fn quick() -> Pace {
    Pace { look: Duration::from_millis(5), sessions: Duration::from_millis(40), keep_alive: Duration::from_secs(20) }
}

/// Lets an application read its log, as the server does.
pub fn watched(app: &mut TestApp, pace: Pace) -> Watch {
    watched_state(&mut app.state, pace)
}

pub fn watched_state(state: &mut State, pace: Pace) -> Watch {
    state.live = Arc::new(Hub::new(&state.config.limits, pace));
    spawn(state)
}

impl Ears {
    /// Opens a stream as a program does.
    pub async fn of(state: &State, who: &TestPerson, last_id: &str) -> Self {
        let mut request = test::TestRequest::get().uri("/api/v1/events").insert_header(("authorization", format!("Bearer {}", who.token)));
        if !last_id.is_empty() {
            request = request.insert_header(("last-event-id", last_id));
        }
        Self::open(state, request).await
    }

    /// Opens a stream as a page does that was read so many milliseconds ago.
    pub async fn of_page(state: &State, who: &TestPerson, ago: u64) -> Self {
        let request = test::TestRequest::get().uri(&format!("/events?ago={ago}"));
        Self::open(state, request.insert_header(("cookie", format!("kularing_session={}", who.cookie)))).await
    }

    pub async fn open(state: &State, request: test::TestRequest) -> Self {
        let service = test::init_service(app::application(state)).await;
        let response = test::call_service(&service, request.insert_header(("accept-encoding", "gzip, br")).to_request()).await;
        let (status, headers) = (response.status(), response.headers().clone());
        let body = Box::pin(response.into_body().boxed());
        Self { status, headers, last_id: String::new(), body, text: String::new(), heard: VecDeque::new(), is_over: false }
    }

    /// The next message; it must come.
    #[track_caller]
    pub fn next(&mut self) -> impl Future<Output = Heard> {
        let caller = std::panic::Location::caller();
        async move {
            match tokio::time::timeout(PATIENCE, self.read()).await {
                Ok(Some(heard)) => heard,
                Ok(None) => panic!("{caller}: the stream ended"),
                Err(_) => panic!("{caller}: nothing was heard"),
            }
        }
    }

    /// The names of the next events.
    pub async fn events(&mut self, count: usize) -> Vec<String> {
        let mut found = Vec::new();
        for _ in 0..count {
            found.push(self.next().await.event().to_owned());
        }
        found
    }

    /// Asserts that nothing comes.
    pub async fn hears_nothing(&mut self) {
        if let Ok(heard) = tokio::time::timeout(SILENCE, self.read()).await {
            panic!("must hear nothing, heard {heard:?}");
        }
    }

    /// Asserts that the stream ends, and answers what came before.
    pub async fn ends(&mut self) -> Vec<Heard> {
        let mut found = Vec::new();
        let all = async {
            while let Some(heard) = self.read().await {
                found.push(heard);
            }
        };
        tokio::time::timeout(PATIENCE, all).await.expect("the stream ends");
        found
    }

    /// Reads until the stream has begun: its first lines give the place to go on from.
    pub async fn begun(mut self) -> Self {
        assert_eq!(self.status, 200);
        while self.last_id.is_empty() {
            let chunk = tokio::time::timeout(PATIENCE, self.chunk()).await.expect("the first lines come at once");
            assert!(chunk, "the stream ended");
        }
        self
    }

    async fn read(&mut self) -> Option<Heard> {
        loop {
            if let Some(heard) = self.heard.pop_front() {
                return Some(heard);
            }
            if !self.chunk().await {
                return None;
            }
        }
    }

    /// Reads on; false when it is over.
    async fn chunk(&mut self) -> bool {
        if self.is_over {
            return false;
        }
        let Some(chunk) = std::future::poll_fn(|context| self.body.as_mut().poll_next(context)).await else {
            self.is_over = true;
            return false;
        };
        self.text.push_str(std::str::from_utf8(&chunk.unwrap()).expect("is not compressed"));
        while let Some((block, rest)) = self.text.split_once("\n\n") {
            let field = |name: &str| block.lines().find_map(|line| line.strip_prefix(name)).map(|value| value.trim_start().to_owned());
            if let Some(id) = field("id:") {
                self.last_id = id;
            }
            if let Some(data) = field("data:") {
                let kind = field("event:").unwrap_or_default();
                self.heard.push_back(Heard { id: self.last_id.clone(), kind, data: serde_json::from_str(&data).unwrap() });
            }
            self.text = rest.to_owned();
        }
        true
    }
}

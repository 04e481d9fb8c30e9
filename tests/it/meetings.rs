//! Meetings: planned, changed, called off, put back; who sees them, and where.

mod pages;
mod planning;
mod seeing;

use kularing::kernel::id::CircleId;
use serde_json::{Value, json};

use crate::support::TestApp;
use crate::support::accounts::TestPerson;

/// Thursday, the 12th of March 2026 at seven in the evening in Berlin.
const THURSDAY: &str = "2026-03-12T18:00:00Z";

/// Plans a meeting and answers it.
async fn planned(app: &TestApp, organiser: &TestPerson, circle: CircleId, starts_at: &str) -> Value {
    app.post(&organiser.token, &format!("/circles/{circle}/meetings"), json!({ "starts_at": starts_at, "place": "Town hall, room 3" })).await.ok()
}

fn id(meeting: &Value) -> String {
    meeting["id"].as_str().unwrap_or_else(|| panic!("{meeting}")).to_owned()
}

/// What a list of meetings says of the moments at which they begin.
fn moments(list: &Value) -> Vec<&str> {
    list.as_array().unwrap_or_else(|| panic!("{list}")).iter().map(|meeting| meeting["starts_at"].as_str().unwrap()).collect()
}

//! Referrals in every state, made as people make them.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use kularing::kernel::id::{CircleId, ReferralId};
use kularing::referrals::model::ReferralState;
use kularing::referrals::views;
use serde_json::{Value, json};

use super::TestApp;
use super::accounts::TestPerson;

static PROSPECTS: AtomicU32 = AtomicU32::new(1);

/// An address that no other test uses.
pub fn prospect_email() -> String {
    format!("paula.{}@prospect.example", PROSPECTS.fetch_add(1, Ordering::Relaxed))
}

/// What a whole draft says: a prospect of her own for each, by the path "share".
pub fn content(circle: CircleId, receiver: &TestPerson) -> Value {
    json!({
        "circle": circle,
        "receiver": receiver.business,
        "trade": "electrician",
        "need": "New wiring for an old house of 140 square metres",
        "expectation": "Please call in the evening",
        "worth": { "min_minor": 500_000, "max_minor": 900_000, "currency": "EUR" },
        "effort": 4,
        "contact_by": "receiver",
        "contact_within_hours": 48,
        "prospect": {
            "name": "Paula Prospect", "email": prospect_email(), "company": "Prospect Bakery", "language": "en",
            "words": "I know them well and they work carefully.",
        },
    })
}

/// Drafts a referral.
pub async fn drafted(app: &TestApp, giver: &TestPerson, content: Value) -> ReferralId {
    let answer = app.post(&giver.token, "/referrals", content).await;
    assert_eq!(answer.status.as_u16(), 201, "{}", answer.body);
    answer.json()["id"].as_str().unwrap().parse().unwrap()
}

/// Drafts and passes a referral: it is offered.
pub async fn passed(app: &TestApp, giver: &TestPerson, receiver: &TestPerson, circle: CircleId) -> ReferralId {
    let id = drafted(app, giver, content(circle, receiver)).await;
    app.post(&giver.token, &format!("/referrals/{id}/pass"), json!({})).await.ok();
    id
}

/// A referral that the receiver accepted.
pub async fn accepted(app: &TestApp, giver: &TestPerson, receiver: &TestPerson, circle: CircleId) -> ReferralId {
    let id = passed(app, giver, receiver, circle).await;
    make(app, receiver, id, "accept", json!({})).await;
    id
}

/// A referral whose prospect and receiver were introduced to each other.
pub async fn introduced(app: &TestApp, giver: &TestPerson, receiver: &TestPerson, circle: CircleId) -> ReferralId {
    let id = accepted(app, giver, receiver, circle).await;
    app.clock.advance(Duration::from_secs(60));
    let link = app.shared_link(id).await;
    let said = app.prospect_says(&link, "yes").await;
    assert!(said.status.is_success() || said.status.is_redirection(), "{} {}", said.status, said.body);
    app.let_undo_time_pass().await;
    assert_eq!(state_of(app, id).await, ReferralState::Introduced);
    id
}

/// A referral whose receiver made the first contact.
pub async fn contacted(app: &TestApp, giver: &TestPerson, receiver: &TestPerson, circle: CircleId) -> ReferralId {
    let id = introduced(app, giver, receiver, circle).await;
    make(app, receiver, id, "contact", json!({})).await;
    id
}

/// A referral from which business was closed, worth so much.
pub async fn won(app: &TestApp, giver: &TestPerson, receiver: &TestPerson, circle: CircleId, amount_minor: i64) -> ReferralId {
    let id = contacted(app, giver, receiver, circle).await;
    make(app, receiver, id, "win", json!({ "value": { "amount_minor": amount_minor, "currency": "EUR" } })).await;
    id
}

/// Makes a move that must succeed.
pub async fn make(app: &TestApp, who: &TestPerson, id: ReferralId, made: &str, body: Value) -> Value {
    app.post(&who.token, &format!("/referrals/{id}/{made}"), body).await.ok()
}

/// Where a referral stands.
pub async fn state_of(app: &TestApp, id: ReferralId) -> ReferralState {
    app.state.db.read(move |connection| views::facts(connection, id)).await.unwrap().state
}

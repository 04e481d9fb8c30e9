//! Circles: founding, policy, links, members, seats, invitations, pages.

mod founding;
mod invitations;
mod members;
mod pages;
mod seats;

use actix_web::http::Method;
use kularing::circles::views;
use kularing::kernel::id::{BusinessId, CircleId};
use serde_json::{Value, json};

use crate::support::TestApp;
use crate::support::accounts::TestPerson;
use crate::support::app::Reply;

async fn put(app: &TestApp, token: &str, path: &str, version: &str, body: Value) -> Reply {
    let request = actix_web::test::TestRequest::put()
        .uri(&format!("/api/v1{path}"))
        .insert_header(("authorization", format!("Bearer {token}")))
        .insert_header(("if-match", version.to_owned()))
        .set_json(body);
    app.send(request).await
}

/// The id of a business's membership.
async fn member(app: &TestApp, circle: CircleId, business: BusinessId) -> String {
    app.state.db.read(move |conn| views::membership(conn, circle, business)).await.unwrap().expect("had to do with the circle").member.to_string()
}

async fn apply(app: &TestApp, circle: CircleId, person: &TestPerson, trade: &str) -> Reply {
    app.post(&person.token, &format!("/circles/{circle}/applications"), json!({ "trade": trade, "words": "We know each other." })).await
}

async fn decide(app: &TestApp, circle: CircleId, organiser: &TestPerson, person: &TestPerson, step: &str) -> Reply {
    let member = member(app, circle, person.business).await;
    app.post(&organiser.token, &format!("/circles/{circle}/members/{member}/{step}"), json!({})).await
}

/// Closes a circle to strangers.
async fn close(app: &TestApp, circle: CircleId, organiser: &TestPerson) {
    app.api(&organiser.token, Method::PATCH, &format!("/circles/{circle}"), json!({ "open_to_applications": false })).await.ok();
}

/// Runs two things at the same time.
async fn at_once<A: Future, B: Future>(first: A, second: B) -> (A::Output, B::Output) {
    tokio::join!(first, second)
}

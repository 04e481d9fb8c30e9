//! People: registering, signing in, and who may do what.

mod browser;
mod colleagues;
mod passwords;
mod registering;
mod sessions;
mod tokens;
mod typing;

use diesel::prelude::*;
use kularing::db::schema::{event, person};
use kularing::kernel::EventKind;
use serde_json::{Value, json};

use crate::support::TestApp;
use crate::support::accounts::PASSWORD;
use crate::support::app::Reply;

async fn sign_in(app: &TestApp, email: &str, password: &str) -> Reply {
    app.post("", "/sessions", json!({ "email": email, "password": password })).await
}

/// Signs in as everybody signs in, by address and password, and answers the pair of tokens.
async fn pair_of(app: &TestApp, email: &str) -> Value {
    sign_in(app, email, PASSWORD).await.ok()
}

async fn refresh(app: &TestApp, refresh_token: &Value) -> Reply {
    app.post("", "/sessions/refresh", json!({ "refresh_token": refresh_token })).await
}

async fn people_count(app: &TestApp) -> i64 {
    app.state.db.read(|connection| Ok(person::table.count().get_result(connection)?)).await.unwrap()
}

async fn events_count(app: &TestApp, kind: EventKind) -> i64 {
    app.state.db.read(move |connection| Ok(event::table.filter(event::kind.eq(kind)).count().get_result(connection)?)).await.unwrap()
}

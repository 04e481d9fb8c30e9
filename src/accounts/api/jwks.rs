//! The keys by which others verify access tokens.

use actix_web::http::header;
use actix_web::{HttpResponse, web};
use serde_json::json;

use crate::accounts::views;
use crate::http::State;
use crate::kernel::Answer;

/// Far less than the day by which a key is published ahead.
const CACHED_SECONDS: u32 = 300;

/// `/.well-known/jwks.json`
pub async fn jwks(state: web::Data<State>) -> Answer<HttpResponse> {
    let keys = state.db.read(views::published_keys).await?;
    let shown: Vec<_> =
        keys.into_iter().map(|(kid, public)| json!({ "kty": "OKP", "crv": "Ed25519", "use": "sig", "alg": "EdDSA", "kid": kid, "x": public })).collect();
    Ok(HttpResponse::Ok().insert_header((header::CACHE_CONTROL, format!("public, max-age={CACHED_SECONDS}"))).json(json!({ "keys": shown })))
}

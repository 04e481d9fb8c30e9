//! Access tokens: signed claims that live for a quarter of an hour.
//!
//! A token is proof of who signed in and in which session; whether that session still lives and what the person may is
//! asked of the database each time. What was verified once is remembered for as long as it lives.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use jsonwebtoken::{Algorithm, Header, Validation, decode, decode_header, encode};
use serde::{Deserialize, Serialize};

use super::keys::{Key, KeyRing};
use crate::db::Db;
use crate::kernel::clock::Timestamp;
use crate::kernel::id::{PersonId, SessionId};
use crate::kernel::secret::token_hash;
use crate::kernel::{Answer, Failure};

/// How long a token lives.
pub const LIFETIME: Duration = Duration::from_secs(15 * 60);
/// The longest token that is looked at.
const LENGTH_MAX: usize = 2_048;
/// Verified tokens that are remembered.
const REMEMBERED_MAX: usize = 10_000;

/// What a token says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claims {
    /// The person.
    pub sub: PersonId,
    /// The session.
    pub sid: SessionId,
    /// When it was issued, seconds since 1970.
    pub iat: i64,
    /// When it dies, seconds since 1970.
    pub exp: i64,
    /// Who issued it: the public address of this installation.
    pub iss: String,
    /// For whom it is: this installation's API.
    pub aud: String,
}

/// Issues and verifies.
pub(super) struct Tokens {
    issuer: String,
    audience: String,
    validation: Validation,
    pub(super) keys: KeyRing,
    verified: Mutex<HashMap<String, Claims>>,
}

fn bad() -> Failure {
    Failure::Unauthenticated { code: "bad_token" }
}

impl Tokens {
    pub(super) fn new(base_url: &str) -> Self {
        let audience = format!("{base_url}/api");
        let mut validation = Validation::new(Algorithm::EdDSA);
        validation.set_issuer(&[base_url]);
        validation.set_audience(&[&audience]);
        validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
        // The clock is ours: `verify` looks at `exp` itself.
        validation.validate_exp = false;
        Self { issuer: base_url.to_owned(), audience, validation, keys: KeyRing::default(), verified: Mutex::default() }
    }

    /// A token for a session.
    pub(super) async fn issue(&self, db: &Db, now: Timestamp, person: PersonId, session: SessionId, lifetime: Duration) -> Answer<String> {
        let (keys, place) = self.keys.signing(db, now).await?;
        let key: &Key = keys.get(place).ok_or_else(|| Failure::internal("the signing key is gone"))?;
        let mut header = Header::new(Algorithm::EdDSA);
        header.kid = Some(key.dates.kid.clone());
        let claims = Claims {
            sub: person,
            sid: session,
            iat: now.as_seconds(),
            exp: now.after(lifetime).as_seconds(),
            iss: self.issuer.clone(),
            aud: self.audience.clone(),
        };
        encode(&header, &claims, key.signing()).map_err(|error| Failure::internal(format!("signing a token: {error}")))
    }

    /// What a token says, when it is genuine and alive.
    pub(super) async fn verify(&self, db: &Db, now: Timestamp, token: &str) -> Answer<Claims> {
        if token.len() > LENGTH_MAX {
            return Err(bad());
        }
        let hash = token_hash(token);
        let claims = match self.remembered(&hash) {
            Some(claims) => claims,
            None => {
                let claims = self.check(db, token).await?;
                self.remember(hash, claims.clone(), now);
                claims
            }
        };
        if now.as_seconds() < claims.exp { Ok(claims) } else { Err(Failure::Unauthenticated { code: "token_expired" }) }
    }

    async fn check(&self, db: &Db, token: &str) -> Answer<Claims> {
        let header = decode_header(token).map_err(|_| bad())?;
        let kid = header.kid.filter(|_| header.alg == Algorithm::EdDSA).ok_or_else(bad)?;
        let key = self.keys.verifying(db, &kid).await?.ok_or_else(bad)?;
        decode(token, &key, &self.validation).map(|token| token.claims).map_err(|_| bad())
    }

    fn remembered(&self, hash: &str) -> Option<Claims> {
        self.verified.lock().unwrap_or_else(PoisonError::into_inner).get(hash).cloned()
    }

    fn remember(&self, hash: String, claims: Claims, now: Timestamp) {
        let mut verified = self.verified.lock().unwrap_or_else(PoisonError::into_inner);
        if verified.len() >= REMEMBERED_MAX {
            verified.retain(|_, claims| now.as_seconds() < claims.exp);
            if verified.len() >= REMEMBERED_MAX {
                verified.clear();
            }
        }
        verified.insert(hash, claims);
    }
}

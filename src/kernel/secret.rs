//! The installation's secret: keyed hashes, derived tokens, sealed keys.
//!
//! One secret of at least 32 bytes, and a key of its own for each purpose, so that a value made for one use is worthless for
//! another. A token in a link is derived and never stored: the database holds its SHA-256 only.

use std::fmt;

use aws_lc_rs::{aead, digest, hmac};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::failure::Failure;
use super::random::Random;

/// The installation's secret. Never printed.
#[derive(Clone)]
pub struct Secret(hmac::Key);

/// A keyed hash (HMAC-SHA256, base64url) by which values are compared without being kept.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, diesel::expression::AsExpression, diesel::deserialize::FromSqlRow)]
#[diesel(sql_type = diesel::sql_types::Text)]
pub struct KeyedHash(String);

impl KeyedHash {
    /// The text in the database.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Wraps a text that came from the database.
    pub fn from_stored(text: String) -> Self {
        Self(text)
    }
}

impl Secret {
    /// From at least 32 secret bytes.
    pub fn new(bytes: &[u8]) -> Result<Self, Failure> {
        if bytes.len() < 32 {
            return Err(Failure::internal("the installation's secret is shorter than 32 bytes"));
        }
        Ok(Self(hmac::Key::new(hmac::HMAC_SHA256, bytes)))
    }

    /// The key for one purpose, 32 bytes.
    pub fn key(&self, purpose: &str) -> [u8; 32] {
        let mut key = [0; 32];
        key.copy_from_slice(hmac::sign(&self.0, purpose.as_bytes()).as_ref());
        key
    }

    /// The keyed hash of `value` for `purpose`.
    pub fn keyed_hash(&self, purpose: &str, value: &str) -> KeyedHash {
        let key = hmac::Key::new(hmac::HMAC_SHA256, &self.key(purpose));
        KeyedHash(URL_SAFE_NO_PAD.encode(hmac::sign(&key, value.as_bytes())))
    }

    /// A token for a link: HMAC(key of the purpose, id ‖ version), 32 bytes in base64url (43 characters).
    pub fn token(&self, purpose: &str, id: i64, version: i32) -> String {
        let key = hmac::Key::new(hmac::HMAC_SHA256, &self.key(purpose));
        let message = [id.to_be_bytes().as_slice(), version.to_be_bytes().as_slice()].concat();
        URL_SAFE_NO_PAD.encode(hmac::sign(&key, &message))
    }

    /// Encrypts what must not be readable in a backup (AES-256-GCM, nonce in front, base64url).
    pub fn seal(&self, purpose: &str, plain: &[u8], random: &dyn Random) -> Result<String, Failure> {
        let broken = |_| Failure::internal("sealing failed");
        let mut nonce = [0; aead::NONCE_LEN];
        random.fill(&mut nonce)?;
        let key = aead::LessSafeKey::new(aead::UnboundKey::new(&aead::AES_256_GCM, &self.key(purpose)).map_err(broken)?);
        let mut sealed = plain.to_vec();
        key.seal_in_place_append_tag(aead::Nonce::assume_unique_for_key(nonce), aead::Aad::empty(), &mut sealed).map_err(broken)?;
        Ok(URL_SAFE_NO_PAD.encode([nonce.as_slice(), &sealed].concat()))
    }

    /// Decrypts what [`Secret::seal`] made with the same secret and purpose.
    pub fn open(&self, purpose: &str, sealed: &str) -> Result<Vec<u8>, Failure> {
        let refused = || Failure::internal("a sealed value does not open: was the installation's secret changed?");
        let bytes = URL_SAFE_NO_PAD.decode(sealed).map_err(|_| refused())?;
        let (nonce, body) = bytes.split_at_checked(aead::NONCE_LEN).ok_or_else(refused)?;
        let key = aead::UnboundKey::new(&aead::AES_256_GCM, &self.key(purpose)).map_err(|_| refused())?;
        let nonce = aead::Nonce::try_assume_unique_for_key(nonce).map_err(|_| refused())?;
        let mut plain = body.to_vec();
        let length = aead::LessSafeKey::new(key).open_in_place(nonce, aead::Aad::empty(), &mut plain).map_err(|_| refused())?.len();
        plain.truncate(length);
        Ok(plain)
    }
}

impl<DB: diesel::backend::Backend> diesel::serialize::ToSql<diesel::sql_types::Text, DB> for KeyedHash
where
    String: diesel::serialize::ToSql<diesel::sql_types::Text, DB>,
{
    fn to_sql<'b>(&'b self, out: &mut diesel::serialize::Output<'b, '_, DB>) -> diesel::serialize::Result {
        self.0.to_sql(out)
    }
}

impl<DB: diesel::backend::Backend> diesel::deserialize::FromSql<diesel::sql_types::Text, DB> for KeyedHash
where
    String: diesel::deserialize::FromSql<diesel::sql_types::Text, DB>,
{
    fn from_sql(bytes: DB::RawValue<'_>) -> diesel::deserialize::Result<Self> {
        String::from_sql(bytes).map(Self)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// A fresh random token, 32 bytes in base64url: sessions and refresh tokens.
pub fn random_token(random: &dyn Random) -> Result<String, Failure> {
    let mut bytes = [0; 32];
    random.fill(&mut bytes)?;
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}

/// What the database keeps of a token: its SHA-256 in base64url.
pub fn token_hash(token: &str) -> String {
    URL_SAFE_NO_PAD.encode(digest::digest(&digest::SHA256, token.as_bytes()))
}

/// Bytes as lower-case hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing into a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::super::random::SeededRandom;
    use super::*;

    #[test]
    fn what_is_sealed_opens_with_the_same_secret_and_purpose_only() {
        let secret = Secret::new(&[7; 32]).unwrap();
        let sealed = secret.seal("keys", b"private", &SeededRandom::new(1)).unwrap();
        assert_eq!(secret.open("keys", &sealed).unwrap(), b"private");
        assert!(secret.open("others", &sealed).is_err());
        assert!(Secret::new(&[8; 32]).unwrap().open("keys", &sealed).is_err());
    }

    #[test]
    fn tokens_differ_by_purpose_id_and_version() {
        let secret = Secret::new(&[7; 32]).unwrap();
        let token = secret.token("offer", 5, 1);
        assert_eq!(token.len(), 43);
        assert_eq!(token, secret.token("offer", 5, 1));
        assert_ne!(token, secret.token("offer", 5, 2));
        assert_ne!(token, secret.token("offer", 6, 1));
        assert_ne!(token, secret.token("introduction", 5, 1));
    }
}

//! Passwords: which may be chosen, and how they are kept.
//!
//! Argon2id with 19 MiB, two passes and one lane. One hash at a time: each takes the memory and most of a processor, so that
//! two at once would only slow each other and everybody else down. Those who wait are counted, and too many are sent away.

use std::fmt;
use std::sync::Arc;

use argon2::password_hash::phc::PasswordHash as Parsed;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::Semaphore;
use unicode_normalization::UnicodeNormalization;

use crate::kernel::failure::FieldProblem;
use crate::kernel::{Answer, Failure, Random};

/// The shortest password in characters.
pub const LENGTH_MIN: usize = 10;
/// The longest password in characters.
pub const LENGTH_MAX: usize = 200;

const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;
/// Hashes that may wait for their turn.
const QUEUE_MAX: usize = 100;
/// The hash that is compared for unknown addresses, of the same cost as every other. No password has it.
const DECOY: &str = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// Of the most used passwords those that are long enough to be chosen here; compared in lower case.
const COMMON: &[&str] = &[
    "0123456789",
    "0987654321",
    "11111111111",
    "1111111111",
    "1122334455",
    "12345678910",
    "123456789a",
    "1234567890",
    "1234567890q",
    "123123123123",
    "1q2w3e4r5t",
    "1q2w3e4r5t6y",
    "1qaz2wsx3edc",
    "9876543210",
    "abcdefghij",
    "administrator",
    "asdfghjkl1",
    "asdfghjkl;",
    "azertyuiop",
    "baseball123",
    "changeme123",
    "football123",
    "hallo12345",
    "iloveyou12",
    "iloveyou123",
    "kularing123",
    "letmein123",
    "liverpool1",
    "manchester",
    "michael123",
    "password01",
    "password11",
    "password12",
    "password123",
    "password1234",
    "passwort12",
    "passwort123",
    "princess123",
    "q1w2e3r4t5",
    "q1w2e3r4t5y6",
    "qazwsxedcrfv",
    "qwerty1234",
    "qwerty12345",
    "qwerty123456",
    "qwertyuiop",
    "qwertyuiop123",
    "qwertzuiop",
    "sommer2025",
    "sommer2026",
    "welcome123",
    "willkommen",
    "willkommen1",
    "zaq12wsxcde",
    "йцукенгшщз",
    "пароль12345",
];

/// A password as somebody typed it; never printed.
#[derive(Debug, Clone)]
pub struct Password(SecretString);

impl Password {
    /// A password that somebody wants to use from now on. `about` is what everybody knows of him: address and names.
    pub fn choose(raw: &str, about: &[&str]) -> Result<Self, FieldProblem> {
        let text: String = raw.nfc().collect();
        let length = text.chars().count();
        if length < LENGTH_MIN {
            return Err(FieldProblem::new("password_too_short", format!("at least {LENGTH_MIN} characters")));
        }
        if length > LENGTH_MAX {
            return Err(FieldProblem::new("too_long", format!("at most {LENGTH_MAX} characters")));
        }
        let lower = text.to_lowercase();
        let local_part = |known: &str| known.split_once('@').map(|(local, _)| local.to_lowercase());
        if about.iter().any(|known| known.to_lowercase() == lower.trim() || local_part(known).is_some_and(|local| local == lower.trim())) {
            return Err(FieldProblem::new("password_is_name", "the password must not be the address or a name"));
        }
        if COMMON.contains(&lower.as_str()) || is_one_character(&lower) {
            return Err(FieldProblem::new("password_too_common", "this is one of the most used passwords"));
        }
        Ok(Self(text.into()))
    }

    /// A password that somebody shows to sign in.
    pub fn shown(raw: &str) -> Self {
        Self(raw.nfc().collect::<String>().into())
    }
}

fn is_one_character(text: &str) -> bool {
    let mut characters = text.chars();
    characters.next().is_none_or(|first| characters.all(|c| c == first))
}

/// What is kept of a password.
#[derive(Clone, PartialEq, Eq)]
pub struct PasswordHash(String);

impl PasswordHash {
    /// Hashes on this very thread: for the command line and tests. Handlers use [`Passwords`].
    pub fn of(password: &Password, random: &dyn Random) -> Answer<Self> {
        let mut salt = [0; 16];
        random.fill(&mut salt)?;
        let hash = algorithm()?.hash_password_with_salt(password.0.expose_secret().as_bytes(), &salt).map_err(broken)?;
        Ok(Self(hash.to_string()))
    }

    /// Wraps a text that came from the database.
    pub fn from_stored(text: String) -> Self {
        Self(text)
    }

    /// The text in the database.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn matches(&self, password: &Password) -> Answer<bool> {
        let parsed = Parsed::new(&self.0).map_err(broken)?;
        Ok(algorithm()?.verify_password(password.0.expose_secret().as_bytes(), &parsed).is_ok())
    }
}

impl fmt::Debug for PasswordHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PasswordHash(…)")
    }
}

fn algorithm() -> Answer<Argon2<'static>> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).map_err(broken)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn broken(error: impl fmt::Display) -> Failure {
    Failure::internal(format!("password hashing: {error}"))
}

/// Hashes off the reactor, one at a time.
pub(super) struct Passwords {
    turn: Arc<Semaphore>,
    queue: Semaphore,
}

impl Default for Passwords {
    fn default() -> Self {
        Self { turn: Arc::new(Semaphore::new(1)), queue: Semaphore::new(QUEUE_MAX) }
    }
}

impl Passwords {
    /// The hash of a chosen password.
    pub(super) async fn hash(&self, password: Password, random: Arc<dyn Random>) -> Answer<PasswordHash> {
        self.in_turn(move || PasswordHash::of(&password, &*random)).await
    }

    /// Whether the password is the one that was chosen; as slow, and never, when there is no account.
    pub(super) async fn matches(&self, password: Password, hash: Option<PasswordHash>) -> Answer<bool> {
        let hash = hash.unwrap_or_else(|| PasswordHash(DECOY.to_owned()));
        self.in_turn(move || hash.matches(&password)).await
    }

    async fn in_turn<T: Send + 'static>(&self, work: impl FnOnce() -> Answer<T> + Send + 'static) -> Answer<T> {
        let _place = self.queue.try_acquire().map_err(|_| Failure::Busy("too many sign-ins at once".to_owned()))?;
        let turn = Arc::clone(&self.turn).acquire_owned().await.map_err(|_| Failure::internal("the turn for hashing is closed"))?;
        // The turn ends with the work, also when the caller no longer waits.
        let work = move || {
            let _turn = turn;
            work()
        };
        actix_web::web::block(work).await.map_err(|_| Failure::internal("password hashing was cancelled"))?
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::random::SeededRandom;

    #[test]
    fn weak_passwords_are_refused() {
        let about = ["Anna.Architect@example.org", "Anna Architect", "Architects & Sons"];
        for (raw, code) in [
            ("short", "password_too_short"),
            ("ninechars", "password_too_short"),
            ("anna.architect@example.org", "password_is_name"),
            ("anna.architect", "password_is_name"),
            ("ANNA ARCHITECT", "password_is_name"),
            ("architects & sons", "password_is_name"),
            ("Password123", "password_too_common"),
            ("zzzzzzzzzzzz", "password_too_common"),
        ] {
            assert_eq!(Password::choose(raw, &about).unwrap_err().code, code, "{raw}");
        }
        assert_eq!(Password::choose(&"ab".repeat(101), &about).unwrap_err().code, "too_long");
        for good in ["correct horse", "пароль из слов", &"ab".repeat(100), "öäüßöäüßöä"] {
            assert!(Password::choose(good, &about).is_ok(), "{good}");
        }
    }

    #[test]
    fn every_common_password_is_long_enough_to_matter() {
        for common in COMMON {
            assert!(common.chars().count() >= LENGTH_MIN && common.to_lowercase() == **common, "{common}");
        }
    }

    #[test]
    fn a_hash_knows_its_password_in_either_normal_form_and_no_other() {
        let hash = PasswordHash::of(&Password::choose("größer als du", &[]).unwrap(), &SeededRandom::new(1)).unwrap();
        assert!(hash.as_str().starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{}", hash.as_str());
        assert!(hash.matches(&Password::shown("gro\u{308}ßer als du")).unwrap());
        assert!(!hash.matches(&Password::shown("größer als Du")).unwrap());
    }

    #[test]
    fn the_decoy_costs_the_same_and_matches_nothing() {
        let decoy = PasswordHash(DECOY.to_owned());
        assert!(!decoy.matches(&Password::shown("")).unwrap());
        let real = PasswordHash::of(&Password::shown("correct horse"), &SeededRandom::new(1)).unwrap();
        let cost = |hash: &PasswordHash| hash.as_str().rsplitn(3, '$').nth(2).unwrap().to_owned();
        assert_eq!(cost(&decoy), cost(&real));
    }

    #[test]
    fn nothing_prints() {
        let password = Password::shown("hunter2 hunter2");
        let hash = PasswordHash::of(&password, &SeededRandom::new(1)).unwrap();
        let shown = format!("{password:?} {hash:?}");
        assert!(!shown.contains("hunter2") && !shown.contains("argon2"), "{shown}");
    }
}

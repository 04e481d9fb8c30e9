//! The keys that sign access tokens, and their rotation without downtime.
//!
//! A key signs for thirty days. A day before its successor begins to sign, the successor is published, so that whoever keeps
//! a copy of the key set knows it in time. The old key stays published until the last token it signed is dead; then its
//! private half is destroyed. Whoever issues a token looks whether a step is due: nothing has to run in the background.

use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use aws_lc_rs::digest;
use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{DecodingKey, EncodingKey};

use super::store;
use super::tokens;
use crate::db::{Db, Tx};
use crate::kernel::clock::{Timestamp, days, hours};
use crate::kernel::id::{Identifier, SessionId};
use crate::kernel::{Answer, Failure, Secret};

/// How long a key signs.
pub(super) const SIGNS_FOR: Duration = days(30);
/// How long before it signs a key is published.
pub(super) const PUBLISHED_AHEAD: Duration = days(1);
/// How long after its last token's death a key is still published, for clocks that run slow.
const SLACK: Duration = hours(1);
/// What the private halves are sealed for.
const SEALED_FOR: &str = "signing keys";
/// No session has this id: it stands for the set of keys when nodes wait for each other.
const KEY_SET_LOCK: i64 = 1;

/// When a key was made and signs; the rest of its life follows from its successors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct KeyDates {
    pub kid: String,
    pub signs_from: Timestamp,
}

/// A step of the rotation.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// Make a key that signs from this moment on.
    Publish(Timestamp),
    /// Destroy this key.
    Retire(String),
}

/// What is due. `keys` are those that are not retired, in the order in which they sign.
pub(super) fn due(keys: &[KeyDates], now: Timestamp) -> Vec<Step> {
    let mut steps: Vec<Step> = keys
        .windows(2)
        .filter_map(|pair| match pair {
            [old, successor] if successor.signs_from.after(tokens::LIFETIME).after(SLACK) <= now => Some(Step::Retire(old.kid.clone())),
            _ => None,
        })
        .collect();
    match keys.last() {
        None => steps.push(Step::Publish(now)),
        Some(newest) => {
            let successor_signs_from = newest.signs_from.after(SIGNS_FOR);
            if successor_signs_from.before(PUBLISHED_AHEAD) <= now {
                steps.push(Step::Publish(successor_signs_from.max(now.after(PUBLISHED_AHEAD))));
            }
        }
    }
    steps
}

/// A key, opened.
pub(super) struct Key {
    pub dates: KeyDates,
    verifying: DecodingKey,
    signing: EncodingKey,
}

impl Key {
    fn open(row: store::keys::KeyRow, secret: &Secret) -> Answer<Self> {
        let seed = secret.open(SEALED_FOR, &row.private_key_sealed)?;
        let pair = Ed25519KeyPair::from_seed_unchecked(&seed).map_err(|_| broken())?;
        let document = pair.to_pkcs8v1().map_err(|_| broken())?;
        Ok(Self {
            dates: KeyDates { kid: row.kid, signs_from: row.signs_from },
            verifying: DecodingKey::from_ed_components(&row.public_key).map_err(|_| broken())?,
            signing: EncodingKey::from_ed_der(document.as_ref()),
        })
    }

    /// For signing.
    pub(super) fn signing(&self) -> &EncodingKey {
        &self.signing
    }
}

fn broken() -> Failure {
    Failure::internal("a signing key is broken")
}

/// Takes the steps that are due; nodes that try at once wait for each other and the second finds nothing left to do.
pub(super) fn rotate(tx: &mut Tx<'_>) -> Answer<()> {
    tx.lock(SessionId::from_raw(KEY_SET_LOCK))?;
    let dates: Vec<KeyDates> = store::keys::live(tx)?.into_iter().map(|row| KeyDates { kid: row.kid, signs_from: row.signs_from }).collect();
    for step in due(&dates, tx.now()) {
        match step {
            Step::Publish(signs_from) => publish(tx, signs_from)?,
            Step::Retire(kid) => store::keys::retire(tx, &kid)?,
        }
    }
    Ok(())
}

fn publish(tx: &mut Tx<'_>, signs_from: Timestamp) -> Answer<()> {
    let mut seed = [0; 32];
    tx.random().fill(&mut seed)?;
    let pair = Ed25519KeyPair::from_seed_unchecked(&seed).map_err(|_| broken())?;
    let public = pair.public_key().as_ref();
    let kid = URL_SAFE_NO_PAD.encode(&digest::digest(&digest::SHA256, public).as_ref()[..12]);
    let row = store::keys::KeyRow {
        kid,
        private_key_sealed: tx.secret().seal(SEALED_FOR, &seed, tx.random())?,
        public_key: URL_SAFE_NO_PAD.encode(public),
        created_at: tx.now(),
        signs_from,
    };
    store::keys::insert(tx, &row)
}

/// The keys in memory.
#[derive(Default)]
pub(super) struct KeyRing(RwLock<Arc<Vec<Key>>>);

impl KeyRing {
    fn held(&self) -> Arc<Vec<Key>> {
        Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Reads the keys anew, in the order in which they sign.
    pub(super) async fn reload(&self, db: &Db) -> Answer<Arc<Vec<Key>>> {
        let secret = db.environment().secret.clone();
        let keys =
            db.read(move |connection| store::keys::live(connection)?.into_iter().map(|row| Key::open(row, &secret)).collect::<Answer<Vec<Key>>>()).await?;
        let keys = Arc::new(keys);
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Arc::clone(&keys);
        Ok(keys)
    }

    /// The key to verify with; unknown ones are looked up, for another node may have made them.
    pub(super) async fn verifying(&self, db: &Db, kid: &str) -> Answer<Option<DecodingKey>> {
        let find = |keys: &[Key]| keys.iter().find(|key| key.dates.kid == kid).map(|key| key.verifying.clone());
        match find(&self.held()) {
            Some(key) => Ok(Some(key)),
            None => Ok(find(&self.reload(db).await?)),
        }
    }

    /// Every key, and the place of the one that signs now. Rotates first when that is due.
    pub(super) async fn signing(&self, db: &Db, now: Timestamp) -> Answer<(Arc<Vec<Key>>, usize)> {
        let mut keys = self.held();
        if !due(&dates(&keys), now).is_empty() {
            db.write(rotate).await?;
            keys = self.reload(db).await?;
        }
        // The very first key was made a moment after `now` was read, or by a node whose clock is ahead: it signs all the same.
        let first = if keys.is_empty() { None } else { Some(0) };
        let place = keys.iter().rposition(|key| key.dates.signs_from <= now).or(first);
        place.map(|place| (keys, place)).ok_or_else(|| Failure::internal("there is no key to sign with"))
    }
}

fn dates(keys: &[Key]) -> Vec<KeyDates> {
    keys.iter().map(|key| key.dates.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: Timestamp = Timestamp::from_micros(1_772_438_400_000_000);

    fn key(kid: &str, signs_from: Timestamp) -> KeyDates {
        KeyDates { kid: kid.to_owned(), signs_from }
    }

    #[test]
    fn the_first_key_signs_at_once_and_later_ones_are_published_ahead() {
        assert_eq!(due(&[], START), [Step::Publish(START)]);
        let keys = [key("a", START)];
        assert!(due(&keys, START.after(days(28))).is_empty());
        assert_eq!(due(&keys, START.after(days(29))), [Step::Publish(START.after(days(30)))]);
        assert_eq!(due(&keys, START.after(days(90))), [Step::Publish(START.after(days(91)))], "a long silence shortens no warning");
    }

    #[test]
    fn a_key_stays_until_its_tokens_are_dead() {
        let keys = [key("a", START), key("b", START.after(days(30)))];
        assert!(due(&keys, START.after(days(30)).after(tokens::LIFETIME)).is_empty());
        assert_eq!(due(&keys, START.after(days(30)).after(hours(2))), [Step::Retire("a".to_owned())]);
    }

    proptest::proptest! {
        /// However rarely tokens are issued: a key always signs, each was published long enough before (but the first),
        /// and none goes while a token of it lives.
        #[test]
        fn rotation_never_leaves_a_gap(pauses in proptest::collection::vec(1_u32..2_000, 1..60)) {
            let (mut keys, mut now, mut last_signed) = (Vec::<KeyDates>::new(), START, std::collections::HashMap::<String, Timestamp>::new());
            for (number, pause) in pauses.into_iter().enumerate() {
                now = now.after(hours(pause));
                for step in due(&keys, now) {
                    match step {
                        Step::Publish(signs_from) => {
                            proptest::prop_assert!(keys.is_empty() || signs_from >= now.after(PUBLISHED_AHEAD));
                            keys.push(key(&number.to_string(), signs_from));
                        }
                        Step::Retire(kid) => {
                            let dead = last_signed.get(&kid).is_none_or(|signed| signed.after(tokens::LIFETIME) <= now);
                            proptest::prop_assert!(dead, "{} was retired while a token lived", kid);
                            keys.retain(|key| key.kid != kid);
                        }
                    }
                }
                let signing = keys.iter().rfind(|key| key.signs_from <= now);
                proptest::prop_assert!(signing.is_some());
                last_signed.insert(signing.unwrap().kid.clone(), now);
                proptest::prop_assert!(keys.len() <= 3);
            }
        }
    }
}

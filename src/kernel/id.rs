//! Identifiers: 63 bits made by us, strings outside.
//!
//! Layout: milliseconds since 2025-01-01 (43 bits) · node (10 bits) · counter (10 bits). They sort by time, so that a keyset
//! cursor is an id. Outside they are `prefix_` and thirteen Crockford base 32 digits. An id is never a secret.

use std::fmt;
use std::str::FromStr;
use std::sync::atomic::{AtomicI64, Ordering};

use super::clock::Timestamp;

/// 2025-01-01T00:00:00Z in milliseconds since 1970.
const EPOCH_MS: i64 = 1_735_689_600_000;
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
const DIGITS: usize = 13;

/// The text is not an identifier of the expected kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a valid identifier")]
pub struct IdError;

/// An identifier of one kind of thing.
pub trait Identifier: Copy + Eq + Ord + fmt::Display + FromStr<Err = IdError> + Send + 'static {
    /// What stands before the underscore.
    const PREFIX: &'static str;
    /// Wraps a number that came from [`IdMaker`] or the database.
    fn from_raw(raw: i64) -> Self;
    /// The number in the database.
    fn raw(self) -> i64;
}

/// Makes identifiers: unique per node, rising even when the clock stands still or steps back.
#[derive(Debug)]
pub struct IdMaker {
    node: i64,
    /// Milliseconds since the epoch and the counter, packed: `ms << 10 | counter`.
    last: AtomicI64,
}

impl IdMaker {
    /// `node` is 0 to 1023 and differs between processes that write to the same database.
    pub fn new(node: u16) -> Self {
        Self { node: i64::from(node & 0x3ff), last: AtomicI64::new(0) }
    }

    /// The next identifier at `now`. More than 1,024 in a millisecond borrow from the next one.
    pub fn next<I: Identifier>(&self, now: Timestamp) -> I {
        let earliest = (now.as_millis() - EPOCH_MS).max(0) << 10;
        let step = |last: i64| Some((last + 1).max(earliest));
        let packed = match self.last.fetch_update(Ordering::Relaxed, Ordering::Relaxed, step) {
            Ok(last) | Err(last) => (last + 1).max(earliest),
        };
        I::from_raw((packed >> 10 << 20) | (self.node << 10) | (packed & 0x3ff))
    }
}

/// The smallest identifier of a moment: whatever was made before it lies below.
pub fn first_at<I: Identifier>(moment: Timestamp) -> I {
    I::from_raw((moment.as_millis() - EPOCH_MS).max(0) << 20)
}

/// Writes `prefix_` and the digits of `raw`.
pub fn format_id(prefix: &str, raw: i64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut digits = [b'0'; DIGITS];
    let mut rest = raw.cast_unsigned();
    for digit in digits.iter_mut().rev() {
        *digit = ALPHABET[(rest & 31) as usize];
        rest >>= 5;
    }
    write!(f, "{prefix}_{}", std::str::from_utf8(&digits).map_err(|_| fmt::Error)?)
}

/// Reads what [`format_id`] wrote, for this prefix only.
pub fn parse_id(prefix: &str, text: &str) -> Result<i64, IdError> {
    let digits = text.strip_prefix(prefix).and_then(|rest| rest.strip_prefix('_')).ok_or(IdError)?;
    if digits.len() != DIGITS {
        return Err(IdError);
    }
    let mut raw: u64 = 0;
    for byte in digits.bytes() {
        let value = ALPHABET.iter().position(|&c| c == byte).ok_or(IdError)?;
        raw = raw.checked_mul(32).and_then(|r| r.checked_add(value as u64)).ok_or(IdError)?;
    }
    i64::try_from(raw).map_err(|_| IdError)
}

macro_rules! identifiers {
    ($($(#[$meta:meta])* $name:ident = $prefix:literal),+ $(,)?) => { $(
        $(#[$meta])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, diesel::expression::AsExpression, diesel::deserialize::FromSqlRow)]
        #[diesel(sql_type = diesel::sql_types::BigInt)]
        pub struct $name(i64);

        impl Identifier for $name {
            const PREFIX: &'static str = $prefix;
            fn from_raw(raw: i64) -> Self { Self(raw) }
            fn raw(self) -> i64 { self.0 }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { format_id($prefix, self.0, f) }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { fmt::Display::fmt(self, f) }
        }
        impl FromStr for $name {
            type Err = IdError;
            fn from_str(text: &str) -> Result<Self, IdError> { parse_id($prefix, text).map(Self) }
        }
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> { serializer.collect_str(self) }
        }
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str> as serde::Deserialize>::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
        impl<DB: diesel::backend::Backend> diesel::serialize::ToSql<diesel::sql_types::BigInt, DB> for $name
        where i64: diesel::serialize::ToSql<diesel::sql_types::BigInt, DB> {
            fn to_sql<'b>(&'b self, out: &mut diesel::serialize::Output<'b, '_, DB>) -> diesel::serialize::Result { self.0.to_sql(out) }
        }
        impl<DB: diesel::backend::Backend> diesel::deserialize::FromSql<diesel::sql_types::BigInt, DB> for $name
        where i64: diesel::deserialize::FromSql<diesel::sql_types::BigInt, DB> {
            fn from_sql(bytes: DB::RawValue<'_>) -> diesel::deserialize::Result<Self> { i64::from_sql(bytes).map(Self) }
        }
        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
                utoipa::openapi::ObjectBuilder::new()
                    .schema_type(utoipa::openapi::schema::Type::String)
                    .pattern(Some(concat!("^", $prefix, "_[0-9a-hjkmnp-tv-z]{13}$")))
                    .into()
            }
        }
        impl utoipa::ToSchema for $name {
            fn name() -> std::borrow::Cow<'static, str> { std::borrow::Cow::Borrowed(stringify!($name)) }
        }
    )+ };
}

identifiers! {
    /// An HTTP request; its log line and its idempotent answer carry it.
    RequestId = "req",
    /// A human with a login.
    PersonId = "per",
    /// A business.
    BusinessId = "biz",
    /// A circle.
    CircleId = "cir",
    /// A business in a circle.
    MemberId = "mem",
    /// A meeting of a circle.
    MeetingId = "mee",
    /// An invitation into a circle or a business.
    InvitationId = "inv",
    /// A referral.
    ReferralId = "ref",
    /// A referral put to one receiver.
    OfferId = "off",
    /// One customer's project in a value chain.
    CaseId = "cas",
    /// A receiver's objection to a referral.
    DisputeId = "dis",
    /// The consent of both sides and the mail that connects them.
    IntroductionId = "int",
    /// One line of the consent record.
    ConsentId = "con",
    /// An address that wants no mail.
    SuppressionId = "sup",
    /// A group of members that an organiser should look at.
    TrustCaseId = "trc",
    /// An entry of the ledger.
    TransferId = "tra",
    /// A credit that will be posted if the introduction happens.
    HoldId = "hol",
    /// The batch of transfers that closed a circle's rings.
    SettlementId = "set",
    /// One mail to one recipient.
    MailId = "mai",
    /// An event of the log.
    EventId = "eve",
    /// A link in a mail that lets its holder do one thing.
    CapabilityId = "cap",
    /// Something that falls due.
    TimerId = "tim",
    /// A browser's or an integrator's session.
    SessionId = "ses",
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_survives_the_way_out_and_back() {
        for raw in [0, 1, 31, 32, 1 << 40, i64::MAX] {
            let id = ReferralId::from_raw(raw);
            assert_eq!(id.to_string().parse::<ReferralId>(), Ok(id));
        }
    }

    #[test]
    fn another_kind_and_garbage_are_refused() {
        let id = ReferralId::from_raw(77).to_string();
        assert!(id.parse::<BusinessId>().is_err());
        for text in ["", "ref_", "ref_0", "ref_zzzzzzzzzzzzz", "ref_00000000000U0", "ref_000000000000000"] {
            assert!(text.parse::<ReferralId>().is_err(), "{text}");
        }
    }

    #[test]
    fn ids_rise_even_when_the_clock_steps_back() {
        let maker = IdMaker::new(3);
        let later = Timestamp::from_micros(1_800_000_000_000_000);
        let earlier = Timestamp::from_micros(1_700_000_000_000_000);
        let mut last: ReferralId = maker.next(later);
        for _ in 0..5_000 {
            let next = maker.next(earlier);
            assert!(next > last);
            last = next;
        }
    }
}

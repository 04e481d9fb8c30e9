//! The chain that makes a ledger's past unchangeable: each entry's hash covers the one before it.
//!
//! `hash = SHA-256(message)`; the message is laid out byte by byte, integers big-endian and signed, so that anybody can
//! compute it again:
//!
//! | bytes | what |
//! | --- | --- |
//! | 32 | hash of the entry before; zeros for the first |
//! | 8 | circle |
//! | 8 | number of the entry in the circle, from 1 |
//! | 8 | giver |
//! | 8 | receiver |
//! | 8 | amount |
//! | 8 | moment, in microseconds since 1970 UTC |
//! | 2 | kind: 1 post, 2 reversal, 3 clear |
//! | 8 | the reversed transfer; 0 for none |
//! | 4 | length of the idempotency key in bytes |
//! | … | the idempotency key, UTF-8 |
//!
//! Ids are the 63-bit numbers behind their texts. The key begins with the reason and names the referral or the hold, so that
//! these are covered too.

use std::fmt;

use aws_lc_rs::digest::{SHA256, digest};

use crate::kernel::secret::hex;

/// A SHA-256 of the chain, 64 lower-case hexadecimal digits outside.
#[derive(Clone, Copy, PartialEq, Eq, Hash, diesel::deserialize::FromSqlRow)]
pub struct LedgerHash([u8; 32]);

/// What the hash of an entry covers, as raw numbers: the verifier must be able to hash what no typed row would hold.
#[derive(Debug, Clone, Copy)]
pub struct Link<'a> {
    /// The hash of the entry before.
    pub prev: LedgerHash,
    /// The circle.
    pub circle: i64,
    /// The entry's number.
    pub seq: i64,
    /// Who gave.
    pub giver: i64,
    /// Who received.
    pub receiver: i64,
    /// How many credits.
    pub amount: i64,
    /// When, in microseconds.
    pub at: i64,
    /// The kind's number.
    pub kind: i16,
    /// The reversed transfer, if any.
    pub reverses: Option<i64>,
    /// The idempotency key.
    pub idem: &'a str,
}

impl Link<'_> {
    /// The entry's hash.
    pub fn hash(&self) -> LedgerHash {
        let mut message = Vec::with_capacity(94 + self.idem.len());
        message.extend_from_slice(&self.prev.0);
        for number in [self.circle, self.seq, self.giver, self.receiver, self.amount, self.at] {
            message.extend_from_slice(&number.to_be_bytes());
        }
        message.extend_from_slice(&self.kind.to_be_bytes());
        message.extend_from_slice(&self.reverses.unwrap_or(0).to_be_bytes());
        // A key is far shorter than 4 GiB: its length is bounded where it is made.
        message.extend_from_slice(&u32::try_from(self.idem.len()).unwrap_or(u32::MAX).to_be_bytes());
        message.extend_from_slice(self.idem.as_bytes());
        let mut hash = [0; 32];
        hash.copy_from_slice(digest(&SHA256, &message).as_ref());
        LedgerHash(hash)
    }
}

impl LedgerHash {
    /// What stands before the first entry.
    pub const ZERO: Self = Self([0; 32]);

    /// Reads 64 lower-case hexadecimal digits.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.as_bytes();
        if digits.len() != 64 || !digits.iter().all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f')) {
            return None;
        }
        let mut hash = [0; 32];
        for (byte, pair) in hash.iter_mut().zip(digits.chunks_exact(2)) {
            *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
        }
        Some(Self(hash))
    }
}

impl fmt::Display for LedgerHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex(&self.0))
    }
}

impl fmt::Debug for LedgerHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl serde::Serialize for LedgerHash {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl From<LedgerHash> for String {
    fn from(hash: LedgerHash) -> Self {
        hash.to_string()
    }
}

impl<DB: diesel::backend::Backend> diesel::deserialize::FromSql<diesel::sql_types::Text, DB> for LedgerHash
where
    String: diesel::deserialize::FromSql<diesel::sql_types::Text, DB>,
{
    fn from_sql(bytes: DB::RawValue<'_>) -> diesel::deserialize::Result<Self> {
        let text = String::from_sql(bytes)?;
        Ok(Self::parse(&text).ok_or_else(|| format!("{text:?} is no hash of the ledger"))?)
    }
}

impl utoipa::PartialSchema for LedgerHash {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        utoipa::openapi::ObjectBuilder::new().schema_type(utoipa::openapi::schema::Type::String).pattern(Some("^[0-9a-f]{64}$")).into()
    }
}
impl utoipa::ToSchema for LedgerHash {}

#[cfg(test)]
mod tests {
    use super::*;

    /// Both hashes were computed with Python's hashlib and struct from the table above.
    #[test]
    fn the_layout_is_the_documented_one() {
        let first = Link {
            prev: LedgerHash::ZERO,
            circle: 1001,
            seq: 1,
            giver: 2001,
            receiver: 2002,
            amount: 10,
            at: 1_772_438_400_000_000,
            kind: 1,
            reverses: None,
            idem: "introduced:hol_0000000000001",
        };
        assert_eq!(first.hash().to_string(), "fe27104da5579a35f63eeb600895b5a4a1ef1eca681de60ebdaa846f2b560cc4");
        let second = Link {
            prev: first.hash(),
            seq: 2,
            giver: 2002,
            receiver: 2001,
            at: 1_772_438_460_000_000,
            kind: 2,
            reverses: Some(3001),
            idem: "reversal:ünïcode",
            ..first
        };
        assert_eq!(second.hash().to_string(), "83d35a0890a189ba35e930e1e7f109549e518ae28eb65107043a1b104bd9a84c");
    }

    #[test]
    fn every_field_changes_the_hash() {
        let base = Link { prev: LedgerHash::ZERO, circle: 1, seq: 1, giver: 2, receiver: 3, amount: 4, at: 5, kind: 1, reverses: None, idem: "a" };
        let others = [
            Link { prev: base.hash(), ..base },
            Link { circle: 9, ..base },
            Link { seq: 9, ..base },
            Link { giver: 9, ..base },
            Link { receiver: 9, ..base },
            Link { amount: 9, ..base },
            Link { at: 9, ..base },
            Link { kind: 2, ..base },
            Link { reverses: Some(9), ..base },
            Link { idem: "b", ..base },
        ];
        for other in others {
            assert_ne!(other.hash(), base.hash(), "{other:?}");
        }
    }

    #[test]
    fn a_hash_is_read_as_it_is_written() {
        let hash = Link { prev: LedgerHash::ZERO, circle: 1, seq: 1, giver: 2, receiver: 3, amount: 4, at: 5, kind: 1, reverses: None, idem: "a" }.hash();
        assert_eq!(LedgerHash::parse(&hash.to_string()), Some(hash));
        for text in ["", "zz", &hash.to_string().to_uppercase(), &hash.to_string()[1..]] {
            assert_eq!(LedgerHash::parse(text), None, "{text}");
        }
    }
}

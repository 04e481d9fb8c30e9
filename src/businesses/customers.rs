//! A business's own customers, as keyed hashes: what is pasted is hashed at once and never kept or shown.

use serde::Serialize;

use crate::kernel::phone::PhoneNumber;
use crate::kernel::{Answer, EmailAddress, Failure, KeyedHash, Secret};

/// The most entries of one request.
pub const ENTRIES_MAX: usize = 5_000;
/// How many unreadable entries are named.
const UNREADABLE_SHOWN: usize = 20;

/// What became of a pasted list. Entries are named by their place in it, never by what they say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Imported {
    /// Keys that were new.
    pub added: usize,
    /// Entries that were known already, or stood in the list twice.
    pub known: usize,
    /// How many entries are neither an address nor a phone number.
    pub unreadable: usize,
    /// The places of the first of them, counted from one.
    pub unreadable_at: Vec<usize>,
}

/// The keys of a pasted list.
#[derive(Debug)]
pub struct CustomerKeys {
    /// Different keys, sorted.
    pub keys: Vec<KeyedHash>,
    readable: usize,
    unreadable: Vec<usize>,
}

impl CustomerKeys {
    /// Reads addresses and phone numbers, one a line or separated by commas, semicolons or tabs. National numbers are read in
    /// the business's country.
    pub fn read(list: &str, country: &str, secret: &Secret) -> Answer<Self> {
        let entries: Vec<&str> = list.split(['\n', ',', ';', '\t']).map(str::trim).filter(|entry| !entry.is_empty()).take(ENTRIES_MAX + 1).collect();
        if entries.is_empty() {
            return Err(Failure::field("list", "required", "paste addresses or phone numbers"));
        }
        if entries.len() > ENTRIES_MAX {
            return Err(Failure::field("list", "too_many", format!("at most {ENTRIES_MAX} entries at a time")));
        }
        let (mut keys, mut unreadable) = (Vec::with_capacity(entries.len()), Vec::new());
        for (place, entry) in (1..).zip(&entries) {
            match key(entry, country, secret) {
                Some(key) => keys.push(key),
                None => unreadable.push(place),
            }
        }
        let readable = keys.len();
        keys.sort();
        keys.dedup();
        Ok(Self { keys, readable, unreadable })
    }

    /// What is told about the list when `added` of its keys were new.
    pub fn imported(&self, added: usize) -> Imported {
        Imported {
            added,
            known: self.readable.saturating_sub(added),
            unreadable: self.unreadable.len(),
            unreadable_at: self.unreadable.iter().take(UNREADABLE_SHOWN).copied().collect(),
        }
    }
}

fn key(entry: &str, country: &str, secret: &Secret) -> Option<KeyedHash> {
    if entry.contains('@') {
        return EmailAddress::parse(entry).ok().map(|address| secret.keyed_hash("address", address.normalised()));
    }
    PhoneNumber::parse(entry, country).ok().map(|number| secret.keyed_hash("phone", number.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pasted_list_becomes_keys() {
        let secret = Secret::new(&[7; 32]).unwrap();
        let read = CustomerKeys::read("Anna@Example.org\n030 1234567; +49 30 1234567,\nnonsense\n\n", "DE", &secret).unwrap();
        assert_eq!(read.keys.len(), 2);
        assert!(read.keys.contains(&secret.keyed_hash("address", "anna@example.org")));
        assert!(read.keys.contains(&secret.keyed_hash("phone", "+49301234567")));
        assert_eq!(read.imported(1), Imported { added: 1, known: 2, unreadable: 1, unreadable_at: vec![4] });
    }

    #[test]
    fn a_list_is_bounded() {
        let secret = Secret::new(&[7; 32]).unwrap();
        assert!(CustomerKeys::read(" \n ", "DE", &secret).is_err());
        assert!(CustomerKeys::read(&"x\n".repeat(ENTRIES_MAX), "DE", &secret).is_ok());
        assert!(CustomerKeys::read(&"x\n".repeat(ENTRIES_MAX + 1), "DE", &secret).is_err());
    }
}

//! What the fuzz targets call: the CSV reader and the clearing kernel, from the program's own sources.

#![allow(dead_code, reason = "the program uses more of these files than the targets do")]

#[path = "../../src/cli/clear/read.rs"]
mod read;
pub mod reciprocity;

use reciprocity::clearing::{Obligations, bound, maximum, verify};

/// Reads the bytes as CSV: an error must name a line of the file, and the total must be the sum.
pub fn csv_reader(bytes: &[u8]) {
    match read::book(bytes) {
        Ok(book) => {
            let sum: i64 = book.obligations.iter().map(|obligation| obligation.amount).sum();
            assert_eq!((sum, book.names.len()), (book.obligations.total(), book.obligations.members()));
        }
        Err(refused) => {
            let lines = bytes.iter().filter(|byte| **byte == b'\n').count() as u64 + 1;
            assert!((1..=lines).contains(&refused.line), "{refused}");
        }
    }
}

const MEMBERS: u8 = 8;

/// Reads the bytes as obligations with what somebody claims to be a maximum clearing of them, four bytes each after the potentials: whatever the verifier accepts
/// must be a maximum.
pub fn verifier(bytes: &[u8]) {
    let Some((potentials, entries)) = bytes.split_at_checked(usize::from(MEMBERS)) else { return };
    let potentials: Vec<i64> = potentials.iter().map(|byte| i64::from(*byte as i8)).collect();
    let entries: Vec<&[u8]> = entries.chunks_exact(4).collect();
    let list = entries.iter().map(|entry| (u32::from(entry[0] % MEMBERS), u32::from(entry[1] % MEMBERS), i64::from(entry[2])));
    let Ok(obligations) = Obligations::build(usize::from(MEMBERS), list) else { return };
    let claimed: Vec<i64> = entries.iter().take(obligations.count()).map(|entry| i64::from(entry[3] as i8)).collect();
    let found = maximum(&obligations);
    assert_eq!(verify(&obligations, &found.cleared_per_obligation, &found.potentials), Ok(()));
    assert!(bound(&obligations, &potentials).is_ok_and(|bound| bound >= i128::from(found.cleared)));
    for (cleared, potentials) in [(&claimed, &potentials), (&claimed, &found.potentials), (&found.cleared_per_obligation, &potentials)] {
        if verify(&obligations, cleared, potentials).is_ok() {
            assert_eq!(cleared.iter().sum::<i64>(), found.cleared);
        }
    }
}

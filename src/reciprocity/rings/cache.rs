//! Clearings in memory, by ledger head.
//!
//! A ledger only grows and its head's hash covers all of it: the same head is the same ledger, so what was computed for it stays
//! right for ever, in every process. One entry a circle is kept; the least recently used go first.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::model::CircleRings;
use crate::kernel::id::CircleId;
use crate::reciprocity::clearing::RingLength;
use crate::reciprocity::model::Head;

/// Obligations that are kept altogether; one takes about 50 bytes.
const OBLIGATIONS_MAX: usize = 500_000;
/// Circles that are kept.
const CIRCLES_MAX: usize = 1_000;

/// What was cleared lately.
#[derive(Debug, Default)]
pub struct Clearings(Mutex<Kept>);

#[derive(Debug, Default)]
struct Kept {
    circles: HashMap<CircleId, Entry>,
    obligations: usize,
    uses: u64,
}

#[derive(Debug)]
struct Entry {
    rings: Arc<CircleRings>,
    last_use: u64,
}

impl Clearings {
    /// What was kept for this circle, if it is for this head and ring length.
    pub fn get(&self, circle: CircleId, head: Head, ring_length: RingLength) -> Option<Arc<CircleRings>> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.uses += 1;
        let uses = kept.uses;
        let entry = kept.circles.get_mut(&circle).filter(|entry| entry.rings.head == head && entry.rings.ring_length == ring_length)?;
        entry.last_use = uses;
        Some(Arc::clone(&entry.rings))
    }

    /// Keeps a clearing in the place of the circle's older one.
    pub fn put(&self, circle: CircleId, rings: &Arc<CircleRings>) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.uses += 1;
        let entry = Entry { rings: Arc::clone(rings), last_use: kept.uses };
        kept.obligations += rings.obligations.count();
        if let Some(older) = kept.circles.insert(circle, entry) {
            kept.obligations -= older.rings.obligations.count();
        }
        kept.shrink();
    }
}

impl Kept {
    fn shrink(&mut self) {
        while self.circles.len() > CIRCLES_MAX || (self.obligations > OBLIGATIONS_MAX && self.circles.len() > 1) {
            let Some(oldest) = self.circles.iter().min_by_key(|(_, entry)| entry.last_use).map(|(circle, _)| *circle) else { return };
            if let Some(gone) = self.circles.remove(&oldest) {
                self.obligations -= gone.rings.obligations.count();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::id::{BusinessId, Identifier};
    use crate::reciprocity::hash::LedgerHash;
    use crate::reciprocity::rings::store::Direction;

    fn rings(seq: i64, ring_length: RingLength) -> Arc<CircleRings> {
        let direction = Direction { giver: BusinessId::from_raw(1), receiver: BusinessId::from_raw(2), raised: 5, lowered: 0 };
        Arc::new(CircleRings::solve(Head { seq, hash: LedgerHash::ZERO }, ring_length, &[direction]).unwrap())
    }

    #[test]
    fn only_the_same_head_and_ring_length_are_answered() {
        let (kept, circle) = (Clearings::default(), CircleId::from_raw(7));
        let three = RingLength::new(3).unwrap();
        let first = rings(1, three);
        kept.put(circle, &first);
        assert_eq!(kept.get(circle, first.head, three), Some(Arc::clone(&first)));
        assert_eq!(kept.get(circle, first.head, RingLength::MAXIMUM), None);
        assert_eq!(kept.get(circle, Head { seq: 2, ..first.head }, three), None);
        assert_eq!(kept.get(CircleId::from_raw(8), first.head, three), None);
        let second = rings(2, three);
        kept.put(circle, &second);
        assert_eq!(kept.get(circle, first.head, three), None);
        assert_eq!(kept.get(circle, second.head, three), Some(second));
    }

    #[test]
    fn the_least_recently_used_go_first() {
        let (kept, three) = (Clearings::default(), RingLength::new(3).unwrap());
        let one = rings(1, three);
        for circle in 0..1_000 {
            kept.put(CircleId::from_raw(circle), &one);
        }
        assert!(kept.get(CircleId::from_raw(0), one.head, three).is_some());
        kept.put(CircleId::from_raw(1_000), &one);
        assert!(kept.get(CircleId::from_raw(0), one.head, three).is_some());
        assert!(kept.get(CircleId::from_raw(1), one.head, three).is_none());
    }
}

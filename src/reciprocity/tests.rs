//! Random sequences on the pure arithmetic of the ledger: whatever happens, the invariants stand after each step.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::hash::{LedgerHash, Link};
use super::model::{AMOUNT_MAX, Amount, COUNTER_MAX, Counters, Pair, PairKey, Side, TransferKind};
use crate::kernel::id::{BusinessId, Identifier};

/// How many members the ledger has.
const MEMBERS: i64 = 5;

#[derive(Debug, Clone)]
enum Step {
    Post { giver: i64, offset: i64, amount: i64 },
    Hold { giver: i64, offset: i64, amount: i64 },
    PostHold(usize),
    VoidHold(usize),
    Reverse(usize),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Held {
    Open,
    Posted,
    Void,
}

#[derive(Debug, Clone, Copy)]
struct Entry {
    giver: BusinessId,
    receiver: BusinessId,
    amount: Amount,
    reverses: Option<usize>,
    prev: LedgerHash,
    hash: LedgerHash,
}

#[derive(Default)]
struct Book {
    entries: Vec<Entry>,
    holds: Vec<(BusinessId, BusinessId, Amount, Held)>,
    counters: BTreeMap<BusinessId, Counters>,
    pairs: BTreeMap<PairKey, Pair>,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let amount = prop_oneof![1..=100_i64, Just(AMOUNT_MAX), 1..=AMOUNT_MAX];
    let sides = (0..MEMBERS, 1..MEMBERS, amount);
    let step = prop_oneof![
        4 => sides.clone().prop_map(|(giver, offset, amount)| Step::Post { giver, offset, amount }),
        3 => sides.prop_map(|(giver, offset, amount)| Step::Hold { giver, offset, amount }),
        2 => any::<usize>().prop_map(Step::PostHold),
        1 => any::<usize>().prop_map(Step::VoidHold),
        2 => any::<usize>().prop_map(Step::Reverse),
    ];
    prop::collection::vec(step, 1..80)
}

fn business(number: i64) -> BusinessId {
    BusinessId::from_raw(100 + number.rem_euclid(MEMBERS))
}

impl Book {
    fn of(&self, business: BusinessId) -> Counters {
        self.counters.get(&business).copied().unwrap_or_default()
    }

    fn has_room(&self, giver: BusinessId, receiver: BusinessId, amount: Amount) -> bool {
        self.of(giver).check_room(Side::Giver, amount).is_ok() && self.of(receiver).check_room(Side::Receiver, amount).is_ok()
    }

    fn change(&mut self, giver: BusinessId, receiver: BusinessId, change: impl Fn(Counters, Side) -> Counters) {
        for (side, business) in [(Side::Giver, giver), (Side::Receiver, receiver)] {
            let changed = change(self.of(business), side);
            self.counters.insert(business, changed);
        }
    }

    fn append(&mut self, giver: BusinessId, receiver: BusinessId, amount: Amount, reverses: Option<usize>) {
        let prev = self.entries.last().map_or(LedgerHash::ZERO, |entry| entry.hash);
        let mut entry = Entry { giver, receiver, amount, reverses, prev, hash: prev };
        entry.hash = self.hash_of(self.entries.len(), &entry);
        self.entries.push(entry);
        self.change(giver, receiver, |counters, side| counters.moved(side, amount).unwrap());
        let key = PairKey::of(giver, receiver);
        let pair = self.pairs.get(&key).copied().unwrap_or_default();
        self.pairs.insert(key, pair.moved(key, giver, amount).unwrap());
    }

    fn hash_of(&self, index: usize, entry: &Entry) -> LedgerHash {
        let (idem, seq) = (index.to_string(), i64::try_from(index).unwrap() + 1);
        let reverses = entry.reverses.map(|index| i64::try_from(index).unwrap() + 1);
        let (giver, receiver, amount) = (entry.giver.raw(), entry.receiver.raw(), entry.amount.credits());
        Link { prev: entry.prev, circle: 1, seq, giver, receiver, amount, at: seq, kind: 1, reverses, idem: &idem }.hash()
    }

    fn take(&mut self, step: &Step) {
        match *step {
            Step::Post { giver, offset, amount } => {
                let (giver, receiver, amount) = (business(giver), business(giver + offset), Amount::parse(amount).unwrap());
                if self.has_room(giver, receiver, amount) {
                    self.append(giver, receiver, amount, None);
                }
            }
            Step::Hold { giver, offset, amount } => {
                let (giver, receiver, amount) = (business(giver), business(giver + offset), Amount::parse(amount).unwrap());
                if self.has_room(giver, receiver, amount) {
                    self.holds.push((giver, receiver, amount, Held::Open));
                    self.change(giver, receiver, |counters, side| counters.held(side, amount).unwrap());
                }
            }
            Step::PostHold(index) => self.resolve(index, Held::Posted),
            Step::VoidHold(index) => self.resolve(index, Held::Void),
            Step::Reverse(index) => {
                let open: Vec<usize> = (0..self.entries.len())
                    .filter(|at| self.entries[*at].reverses.is_none() && !self.entries.iter().any(|entry| entry.reverses == Some(*at)))
                    .collect();
                if let Some(at) = open.get(index % open.len().max(1)).copied() {
                    self.reverse(at);
                }
            }
        }
    }

    fn reverse(&mut self, at: usize) {
        let Entry { giver, receiver, amount, .. } = self.entries[at];
        self.append(receiver, giver, amount, Some(at));
    }

    fn resolve(&mut self, index: usize, to: Held) {
        let open: Vec<usize> = (0..self.holds.len()).filter(|at| self.holds[*at].3 == Held::Open).collect();
        let Some(at) = open.get(index % open.len().max(1)).copied() else { return };
        let (giver, receiver, amount, _) = self.holds[at];
        self.holds[at].3 = to;
        self.change(giver, receiver, |counters, side| counters.released(side, amount).unwrap());
        if to == Held::Posted {
            self.append(giver, receiver, amount, None);
        }
    }

    fn check(&self) {
        let sum = |of: fn(&Counters) -> i64| self.counters.values().map(|counters| i128::from(of(counters))).sum::<i128>();
        assert_eq!(sum(|counters| counters.given), sum(|counters| counters.received), "I1");
        assert_eq!(sum(|counters| counters.pending_given), sum(|counters| counters.pending_received), "I7");
        for member in (0..MEMBERS).map(business) {
            let counters = self.of(member);
            let total = |mine: fn(&Entry) -> BusinessId| {
                self.entries.iter().filter(|entry| mine(entry) == member).map(|entry| i128::from(entry.amount.credits())).sum::<i128>()
            };
            assert_eq!(i128::from(counters.given), total(|entry| entry.giver), "I2");
            assert_eq!(i128::from(counters.received), total(|entry| entry.receiver), "I2");
            let open = |mine: fn(&(BusinessId, BusinessId, Amount, Held)) -> BusinessId| {
                self.holds.iter().filter(|hold| hold.3 == Held::Open && mine(hold) == member).map(|hold| hold.2.credits()).sum::<i64>()
            };
            assert_eq!((counters.pending_given, counters.pending_received), (open(|hold| hold.0), open(|hold| hold.1)), "I7");
            for counter in [counters.given, counters.received] {
                assert!((0..=2 * COUNTER_MAX).contains(&counter), "I8");
            }
            let in_pairs = self.pairs.iter().fold((0, 0), |(given, received), (key, pair)| match (key.low == member, key.high == member) {
                (true, _) => (given + pair.low_to_high, received + pair.high_to_low),
                (_, true) => (given + pair.high_to_low, received + pair.low_to_high),
                _ => (given, received),
            });
            assert_eq!(in_pairs, (counters.given, counters.received), "I3");
        }
        let mut prev = LedgerHash::ZERO;
        for (index, entry) in self.entries.iter().enumerate() {
            assert_eq!(entry.prev, prev, "I4");
            assert_eq!(entry.hash, self.hash_of(index, entry), "I4");
            prev = entry.hash;
        }
        let reversed: Vec<usize> = self.entries.iter().filter_map(|entry| entry.reverses).collect();
        assert_eq!(reversed.iter().collect::<BTreeSet<_>>().len(), reversed.len(), "I6");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(64) })]

    #[test]
    fn the_invariants_stand_after_every_step(steps in steps()) {
        let mut book = Book::default();
        for step in &steps {
            book.take(step);
            book.check();
        }
    }
}

#[test]
fn a_full_ledger_can_still_be_reversed_and_never_overflows() {
    let mut book = Book::default();
    let posts = usize::try_from(COUNTER_MAX / AMOUNT_MAX).unwrap();
    for _ in 0..posts + 5 {
        book.take(&Step::Post { giver: 0, offset: 1, amount: AMOUNT_MAX });
        book.take(&Step::Post { giver: 1, offset: MEMBERS - 1, amount: AMOUNT_MAX });
    }
    assert_eq!(book.entries.len(), 2 * posts);
    for at in 0..2 * posts {
        book.reverse(at);
    }
    assert_eq!(book.of(business(0)).given, 2 * COUNTER_MAX);
    assert_eq!(book.of(business(0)).balance(), 0);
    assert!(!book.has_room(business(0), business(1), Amount::parse(1).unwrap()));
}

/// The SQL of the store names this kind by its number.
#[test]
fn a_posting_is_of_kind_1() {
    assert_eq!(TransferKind::Post.code(), 1);
}

//! The clearing against what is known: ground truth, brute force, properties, mutations, a million random graphs.

use proptest::prelude::*;

use super::generate::{Kind, Random, generate};
use super::*;

type Entry = (u32, u32, i64);

fn built(members: usize, list: &[Entry]) -> Obligations {
    Obligations::build(members, list.iter().copied()).unwrap()
}

fn length(length: u8) -> RingLength {
    RingLength::new(length).unwrap()
}

/// Everything that must hold of any clearing; answers the clearing of the maximum.
fn checked(obligations: &Obligations) -> Clearing {
    let most = checked_with(obligations, RingLength::MAXIMUM);
    verify(obligations, &most.cleared_per_obligation, &most.potentials).unwrap();
    assert_eq!(most.cleared, most.most);
    for shorter in [2, 3, 4] {
        let clearing = checked_with(obligations, length(shorter));
        let figures = |clearing: &Clearing| (clearing.total, clearing.most, clearing.nid, clearing.pairs, clearing.rings_extra, clearing.chain_slack);
        assert_eq!(figures(&clearing), figures(&most));
        assert!(clearing.pairs <= clearing.cleared && clearing.cleared <= clearing.most, "{clearing:?}");
    }
    most
}

fn checked_with(obligations: &Obligations, ring_length: RingLength) -> Clearing {
    let clearing = clear(obligations, ring_length);
    assert_eq!(verify_clearing(obligations, &clearing.cleared_per_obligation), Ok(clearing.cleared));
    assert_eq!(bound(obligations, &clearing.potentials), Ok(i128::from(clearing.most)));
    verify_rings(obligations, &clearing.cleared_per_obligation, &clearing.rings).unwrap();
    assert_eq!(clearing.rings.iter().map(Ring::cleared).sum::<i64>(), clearing.cleared);
    assert_eq!((clearing.total, clearing.residual_total), (obligations.total(), obligations.total() - clearing.cleared));
    assert!(clearing.pairs + clearing.rings_extra <= clearing.most && clearing.most <= clearing.total - clearing.nid, "{clearing:?}");
    assert!(clearing.chain_slack >= 0);
    let residual: Vec<i64> = obligations.amounts().iter().zip(&clearing.cleared_per_obligation).map(|(amount, cleared)| amount - cleared).collect();
    let (residual, _) = obligations.reduced(&residual);
    assert_eq!(residual.nets(), clearing.nets);
    assert_eq!(maximum(&residual).cleared, 0, "a ring is left");
    assert!(components::components(&residual).sizes.iter().all(|size| *size == 1), "the residual has a ring");
    clearing
}

#[test]
fn the_ground_truth() {
    let (a, b, c, d, e) = (0, 1, 2, 3, 4);
    let truths: &[(usize, &[Entry], i64)] = &[
        (2, &[(a, b, 1)], 0),
        (3, &[(a, b, 1), (b, c, 1), (c, a, 1)], 3),
        (4, &[(a, b, 100), (b, c, 100), (c, a, 200), (d, c, 100)], 300),
        (3, &[(a, b, 500), (b, c, 800), (c, a, 1000)], 1500),
        (4, &[(a, b, 10), (b, a, 10), (a, c, 10), (c, d, 10), (d, b, 10)], 40),
        (4, &[(1, 0, 15), (0, 1, 1), (3, 2, 18), (0, 3, 8), (3, 1, 16)], 26),
        (3, &[(b, a, 10), (a, b, 4), (c, b, 6), (a, c, 6)], 26),
        (5, &[(a, b, 1), (b, c, 1), (c, a, 1), (b, d, 1), (d, e, 1), (e, a, 1)], 4),
        (3, &[(a, b, 5), (b, c, 5)], 0),
        (0, &[], 0),
        (3, &[], 0),
    ];
    for (members, list, cleared) in truths {
        assert_eq!(checked(&built(*members, list)).cleared, *cleared, "{list:?}");
    }
}

#[test]
fn the_ground_truth_in_detail() {
    let third = checked(&built(4, &[(0, 1, 100), (1, 2, 100), (2, 0, 200), (3, 2, 100)]));
    assert_eq!((third.nid, third.residual_total), (100, 200));
    let fourth = checked(&built(3, &[(0, 1, 500), (1, 2, 800), (2, 0, 1000)]));
    assert_eq!((fourth.nid, fourth.residual_total), (500, 800));
    assert_eq!(fourth.nets, [500, -300, -200]);
    let pairs_first = built(4, &[(0, 1, 10), (1, 0, 10), (0, 2, 10), (2, 3, 10), (3, 1, 10)]);
    assert_eq!(clear(&pairs_first, length(2)).cleared, 20);
    // By number: 0→1, 0→3, 1→0, 3→1, 3→2.
    let sixth = checked(&built(4, &[(1, 0, 15), (0, 1, 1), (3, 2, 18), (0, 3, 8), (3, 1, 16)]));
    assert_eq!(sixth.cleared_per_obligation, [1, 8, 9, 8, 0]);
    let seventh = checked(&built(3, &[(1, 0, 10), (0, 1, 4), (2, 1, 6), (0, 2, 6)]));
    assert_eq!((seventh.pairs, seventh.rings_extra, seventh.total), (8, 18, 26));
    assert_eq!(seventh.rings, [Ring { members: vec![1, 0], amount: 4 }, Ring { members: vec![1, 0, 2], amount: 6 }]);
    let triangle = built(5, &[(0, 1, 1), (1, 2, 1), (2, 0, 1), (1, 3, 1), (3, 4, 1), (4, 0, 1)]);
    let threes = clear(&triangle, length(3));
    assert_eq!((threes.cleared, threes.most, threes.rings.len()), (3, 4, 1));
    assert_eq!(checked(&built(3, &[(0, 1, 5), (1, 2, 5)])).chain_slack, 5);
}

#[test]
fn what_is_no_obligation_is_refused() {
    let refused = |members, list: &[Entry]| Obligations::build(members, list.iter().copied()).unwrap_err();
    assert_eq!(refused(2, &[(0, 1, 1), (1, 1, 5)]), ObligationError::SelfDebt { position: 1 });
    assert_eq!(refused(2, &[(0, 1, 0)]), ObligationError::NotPositive { position: 0 });
    assert_eq!(refused(2, &[(0, 1, -3)]), ObligationError::NotPositive { position: 0 });
    assert_eq!(refused(2, &[(0, 2, 1)]), ObligationError::UnknownMember { position: 0 });
    assert_eq!(refused(2, &[(0, 1, i64::MAX), (1, 0, 1)]), ObligationError::TotalOverflow { position: 1 });
    assert_eq!(refused(MEMBERS_MAX + 1, &[]), ObligationError::TooManyMembers);
    assert!(refused(2, &[(1, 1, 5)]).to_string().contains("nobody can owe himself"));
    assert!(RingLength::new(1).is_none() && RingLength::new(9).is_none() && RingLength::new(8).is_some());
}

#[test]
fn the_same_pair_is_added_up_and_found() {
    let obligations = built(3, &[(2, 0, 5), (0, 1, 1), (2, 0, 7), (0, 1, 2)]);
    let list: Vec<Obligation> = obligations.iter().collect();
    assert_eq!(list, [Obligation { debtor: 0, creditor: 1, amount: 3 }, Obligation { debtor: 2, creditor: 0, amount: 12 }]);
    assert_eq!((obligations.find(2, 0), obligations.find(0, 2), obligations.find(7, 0)), (Some(1), None, None));
    assert_eq!((obligations.get(1), obligations.get(2)), (Some(list[1]), None));
    assert_eq!((obligations.members(), obligations.count(), obligations.total()), (3, 2, 15));
}

#[test]
fn the_largest_amounts_are_exact() {
    let third = i64::MAX / 3;
    let clearing = checked(&built(3, &[(0, 1, third), (1, 2, third), (2, 0, third)]));
    assert_eq!(clearing.cleared, third * 3);
}

#[test]
fn long_chains_need_no_recursion() {
    let members = 200_000;
    let mut list: Vec<Entry> = (0..members - 1).map(|debtor| (debtor, debtor + 1, 2)).collect();
    assert_eq!(maximum(&built(members as usize, &list)).cleared, 0);
    list.push((members - 1, 0, 1));
    let obligations = built(members as usize, &list);
    let clearing = clear(&obligations, RingLength::MAXIMUM);
    assert_eq!((clearing.cleared, clearing.rings.len()), (i64::from(members), 1));
    verify(&obligations, &clearing.cleared_per_obligation, &clearing.potentials).unwrap();
}

#[test]
fn what_one_more_obligation_would_close() {
    // B owes A 10, C owes B 10; C has a lead worth 10 for one of them.
    let obligations = built(3, &[(1, 0, 10), (2, 1, 10)]);
    let mut what_if = WhatIf::new(&obligations);
    let lead = |debtor, creditor, amount| Obligation { debtor, creditor, amount };
    assert_eq!(what_if.gain(lead(0, 2, 10)), Ok(30));
    assert_eq!(what_if.gain(lead(1, 2, 10)), Ok(20));
    assert_eq!(what_if.gain(lead(0, 2, 4)), Ok(12));
    assert_eq!(gain(&obligations, lead(0, 2, 50)), Ok(30));
    assert_eq!(what_if.gain(lead(2, 0, 10)), Ok(0));
    assert_eq!(what_if.gain(lead(2, 2, 10)), Err(ObligationError::SelfDebt { position: 0 }));
    assert_eq!(what_if.gain(lead(2, 3, 10)), Err(ObligationError::UnknownMember { position: 0 }));
    assert_eq!(what_if.gain(lead(2, 0, 0)), Err(ObligationError::NotPositive { position: 0 }));
    assert_eq!(what_if.gain(lead(2, 0, i64::MAX)), Err(ObligationError::TotalOverflow { position: 0 }));
}

/// The most that can be cleared, by trying every amount of every obligation.
fn tried(members: usize, list: &[Entry]) -> i64 {
    fn rest(list: &[Entry], change: &mut [i64], cleared: i64, best: &mut i64) {
        let Some(((debtor, creditor, amount), more)) = list.split_first() else {
            if cleared > *best && change.iter().all(|change| *change == 0) {
                *best = cleared;
            }
            return;
        };
        for take in 0..=*amount {
            change[*debtor as usize] += take;
            change[*creditor as usize] -= take;
            rest(more, change, cleared + take, best);
            change[*debtor as usize] -= take;
            change[*creditor as usize] += take;
        }
    }
    let mut best = 0;
    rest(list, &mut vec![0; members], 0, &mut best);
    best
}

/// Every graph of so many members with amounts of 0 to `amount_max` against `tried`; answers how many.
fn every_graph(members: u32, amount_max: u32) -> u32 {
    let places: Vec<(u32, u32)> = (0..members).flat_map(|u| (0..members).filter(move |v| *v != u).map(move |v| (u, v))).collect();
    let count = (amount_max + 1).pow(places.len() as u32);
    for code in 0..count {
        let digit = |place: usize| (code / (amount_max + 1).pow(place as u32) % (amount_max + 1)) as i64;
        let list: Vec<Entry> = places.iter().enumerate().map(|(place, (u, v))| (*u, *v, digit(place))).filter(|entry| entry.2 > 0).collect();
        let obligations = built(members as usize, &list);
        let found = maximum(&obligations);
        assert_eq!(found.cleared, tried(members as usize, &list), "{list:?}");
        verify(&obligations, &found.cleared_per_obligation, &found.potentials).unwrap();
        assert_eq!(found.cleared_per_obligation.iter().sum::<i64>(), found.cleared);
    }
    count
}

#[test]
fn brute_force_agrees_on_every_small_graph() {
    assert_eq!(every_graph(2, 6) + every_graph(3, 2) + every_graph(4, 1), 49 + 729 + 4096);
}

#[test]
#[ignore = "half a million graphs: minutes in a debug build"]
fn brute_force_agrees_on_every_graph_of_four_with_amounts_up_to_two() {
    assert_eq!(every_graph(3, 4), 15_625);
    assert_eq!(every_graph(4, 2), 531_441);
}

/// A random graph of up to `members_max` members; amounts small, mixed or huge.
fn random_list(random: &mut Random, members_max: u64) -> (usize, Vec<Entry>) {
    let members = 2 + random.below(members_max - 1);
    let count = random.below(members * 4 + 1);
    let amount_max = [1, 2, 5, 1_000, i64::MAX as u64 / 200][random.below(5) as usize];
    let draw = |_| {
        let debtor = random.below(members);
        let creditor = (debtor + 1 + random.below(members - 1)) % members;
        (debtor as u32, creditor as u32, 1 + random.below(amount_max) as i64)
    };
    (members as usize, (0..count).map(draw).collect())
}

/// The walk alone splits a clearing, however short its rings are.
fn walked(obligations: &Obligations, cleared: &[i64]) -> Vec<Ring> {
    let (mut left, mut rings) = (cleared.to_vec(), Vec::new());
    ring_walk::split(obligations, &mut left, &mut rings);
    assert!(left.iter().all(|left| *left == 0));
    verify_rings(obligations, cleared, &rings).unwrap();
    rings
}

/// One random case: everything that must hold, what-if against solving anew, and every mutation that is drawn.
fn random_case(seed: u64) {
    let mut random = Random::new(seed);
    let (members, mut list) = random_list(&mut random, 12);
    let obligations = built(members, &list);
    let clearing = checked(&obligations);
    walked(&obligations, &clearing.cleared_per_obligation);
    let debtor = random.below(members as u64) as u32;
    let creditor = ((u64::from(debtor) + 1 + random.below(members as u64 - 1)) % members as u64) as u32;
    let candidate = Obligation { debtor, creditor, amount: 1 + random.below(6) as i64 };
    let gained = gain(&obligations, candidate).unwrap();
    list.push((candidate.debtor, candidate.creditor, candidate.amount));
    assert_eq!(maximum(&built(members, &list)).cleared - clearing.cleared, gained, "seed {seed}");
    assert!(gained >= 0, "seed {seed}: one more obligation lowers C");
    let step = if random.below(2) == 0 { 1 } else { -1 };
    if obligations.count() > 0 {
        let mut cleared = clearing.cleared_per_obligation.clone();
        cleared[random.below(obligations.count() as u64) as usize] += step;
        assert!(verify(&obligations, &cleared, &clearing.potentials).is_err(), "seed {seed}");
    }
    let mut potentials = clearing.potentials.clone();
    potentials[random.below(members as u64) as usize] += step;
    let bound = bound(&obligations, &potentials).unwrap();
    let proves = verify(&obligations, &clearing.cleared_per_obligation, &potentials).is_ok();
    assert_eq!(proves, bound == i128::from(clearing.cleared), "seed {seed}");
    assert!(bound >= i128::from(clearing.cleared), "seed {seed}");
}

#[test]
fn random_graphs_hold_everything() {
    (0..3_000).for_each(random_case);
}

/// Seeds 1,000,000 to 1,999,999.
#[test]
#[ignore = "a million cases: for a release build"]
fn a_million_random_graphs_hold_everything() {
    (1_000_000..2_000_000).for_each(random_case);
}

#[test]
fn generated_graphs_hold_everything() {
    for kind in Kind::ALL {
        for (members, seed) in [(1, 1), (2, 2), (50, 3), (100, 4), (199, 5), (300, 6)] {
            let list = generate(kind, members, 10, seed);
            assert_eq!(list, generate(kind, members, 10, seed));
            assert_eq!(list.len(), if members < 2 { 0 } else { members as usize * 10 });
            let obligations = built(members as usize, &list);
            let clearing = checked(&obligations);
            assert_eq!(clearing, clear(&obligations, RingLength::MAXIMUM));
        }
    }
}

/// Large enough for the last sinks to be searched from both ends; small and large amounts.
#[test]
fn larger_graphs_are_proven() {
    for kind in Kind::ALL {
        for (members, seed, times) in [(2_500, 1, 1), (4_000, 2, 1_000_000_007)] {
            let list: Vec<Entry> = generate(kind, members, 10, seed).iter().map(|(u, v, amount)| (*u, *v, *amount * times)).collect();
            let obligations = built(members as usize, &list);
            let found = maximum(&obligations);
            verify(&obligations, &found.cleared_per_obligation, &found.potentials).unwrap();
        }
    }
}

/// Large enough for many roots, and for obligations to be packed.
#[test]
fn larger_graphs_are_split_into_short_rings() {
    for kind in Kind::ALL {
        for members in [300, 1_000, 5_000] {
            let obligations = built(members, &generate(kind, members as u32, 10, 3));
            let clearing = clear(&obligations, RingLength::MAXIMUM);
            verify_rings(&obligations, &clearing.cleared_per_obligation, &clearing.rings).unwrap();
            let steps: usize = clearing.rings.iter().map(|ring| ring.members.len()).sum();
            assert!(steps < clearing.rings.len() * 32, "{} {members}: {steps} in {}", kind.as_str(), clearing.rings.len());
            assert_eq!(walked(&obligations, &clearing.cleared_per_obligation), walked(&obligations, &clearing.cleared_per_obligation));
        }
    }
}

#[test]
fn a_false_certificate_is_found_out() {
    let obligations = built(3, &[(0, 1, 2), (1, 0, 1), (1, 2, 2), (2, 0, 1)]);
    let good = checked(&obligations);
    let (cleared, potentials) = (good.cleared_per_obligation.as_slice(), good.potentials.as_slice());
    assert_eq!(verify(&obligations, &cleared[1..], potentials), Err(Flaw::Length));
    assert_eq!(verify(&obligations, cleared, &potentials[1..]), Err(Flaw::Length));
    assert_eq!(verify(&obligations, &[3, 1, 0, 0], potentials), Err(Flaw::OutOfBounds { obligation: 0 }));
    assert_eq!(verify(&obligations, &[0, -1, 0, 0], potentials), Err(Flaw::OutOfBounds { obligation: 1 }));
    assert_eq!(verify(&obligations, &[1, 0, 0, 0], potentials), Err(Flaw::NetChanges { member: 0 }));
    assert!(matches!(verify(&obligations, &[0; 4], potentials), Err(Flaw::StaysUphill { .. })));
    assert!(matches!(verify(&obligations, cleared, &[i64::MAX, i64::MIN, 0]), Err(Flaw::ClearedTooSteep { .. } | Flaw::StaysUphill { .. })));
    let ring = |members: &[u32], amount| Ring { members: members.to_vec(), amount };
    let with = |rings: &[Ring]| verify_rings(&obligations, cleared, rings).unwrap_err();
    assert_eq!(with(&[ring(&[0, 1], 1)]), Flaw::RingsDiffer { obligation: 0 });
    assert_eq!(with(&[ring(&[0, 1], 2)]), Flaw::RingsDiffer { obligation: 1 });
    assert_eq!(with(&[ring(&[0, 2], 1)]), Flaw::NoRing { ring: 0 });
    assert_eq!(with(&[ring(&[0], 1)]), Flaw::NoRing { ring: 0 });
    assert_eq!(with(&[ring(&[0, 1], 0)]), Flaw::NoRing { ring: 0 });
    assert_eq!(with(&[ring(&[0, 1, 0, 1], 1)]), Flaw::NoRing { ring: 0 });
    assert_eq!(rings_of(&obligations, &[1, 0, 0, 0]), Err(Flaw::NetChanges { member: 0 }));
}

/// Up to 10 members and 40 entries, with amounts of 1 to 50.
fn any_list() -> impl Strategy<Value = (usize, Vec<Entry>)> {
    (2_u32..10).prop_flat_map(|members| {
        let entry = (0..members, 1..members, 1_i64..50).prop_map(move |(debtor, ahead, amount)| (debtor, (debtor + ahead) % members, amount));
        (Just(members as usize), proptest::collection::vec(entry, 0..40))
    })
}

proptest! {
    #[test]
    fn names_do_not_matter((members, list) in any_list(), seed in any::<u64>()) {
        let mut names: Vec<u32> = (0..members as u32).collect();
        let mut random = Random::new(seed);
        for at in (1..members).rev() {
            names.swap(at, random.below(at as u64 + 1) as usize);
        }
        let renamed: Vec<Entry> = list.iter().map(|(u, v, amount)| (names[*u as usize], names[*v as usize], *amount)).collect();
        prop_assert_eq!(checked(&built(members, &list)).cleared, checked(&built(members, &renamed)).cleared);
    }

    #[test]
    fn the_unit_does_not_matter((members, list) in any_list(), times in 1_i64..1_000_000) {
        let scaled: Vec<Entry> = list.iter().map(|(u, v, amount)| (*u, *v, amount * times)).collect();
        prop_assert_eq!(checked(&built(members, &list)).cleared * times, checked(&built(members, &scaled)).cleared);
    }

    #[test]
    fn the_order_of_the_list_does_not_matter((members, list) in any_list()) {
        let mut turned = list.clone();
        turned.reverse();
        prop_assert_eq!(clear(&built(members, &list), RingLength::MAXIMUM), clear(&built(members, &turned), RingLength::MAXIMUM));
    }
}

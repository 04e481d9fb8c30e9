//! The arithmetic of suggestions: known values, bounds, fairness.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::score::{Candidate, Measures, Parts, WHOLE, halved, rank, usual_balance, wilson_lower_bound};
use super::turns::{ONE_LEAD, Turn, changes};
use crate::businesses::model::{RegionFit, TradeFit};
use crate::circles::policy::Weights;
use crate::kernel::Timestamp;
use crate::kernel::id::{BusinessId, Identifier};

/// A candidate of whom nothing is known.
const PLAIN: Measures = Measures {
    trade: TradeFit::Exact,
    region: RegionFit::Exact,
    won: 0,
    ended: 0,
    answer_median_seconds: None,
    open: 0,
    capacity: 10,
    ring_gain: 0,
    credits: 30,
    owed_more: 0,
    usual_balance: 0,
    turn: Turn { deficit: 0, received_at: None },
};

#[test]
fn the_wilson_bound_has_its_known_values() {
    for (won, ended, millionths) in [(1, 1, 206_543), (9, 10, 595_844), (90, 100, 825_633), (0, 5, 0), (0, 0, 0)] {
        assert_eq!(wilson_lower_bound(won, ended), millionths, "{won}/{ended}");
    }
    assert!(wilson_lower_bound(u32::MAX, u32::MAX) > 999_000);
    assert!(wilson_lower_bound(5, 1) <= 1_000_000);
}

#[test]
fn an_answer_counts_half_after_four_hours() {
    let hour = 3_600;
    for (seconds, part) in [(-1, 10_000), (0, 10_000), (40 * 60, 8_909), (2 * hour, 7_071), (4 * hour, 5_000), (8 * hour, 2_500), (48 * hour, 2), (i64::MAX, 0)]
    {
        assert_eq!(halved(seconds, 4 * hour), part, "{seconds} s");
    }
}

#[test]
fn each_part_is_made_as_described() {
    let parts = |measures: Measures| Parts::of(&measures);
    assert_eq!(parts(PLAIN), Parts { fit: 10_000, conversion: 0, response: 5_000, load: 10_000, ring: 0, evenness: 0, turn: 5_000 });
    assert_eq!(parts(Measures { trade: TradeFit::Neighbouring, ..PLAIN }).fit, 5_000);
    assert_eq!(parts(Measures { trade: TradeFit::Neighbouring, region: RegionFit::Country, ..PLAIN }).fit, 2_500);
    assert_eq!(parts(Measures { won: 9, ended: 10, ..PLAIN }).conversion, 5_958);
    assert_eq!(parts(Measures { open: 7, ..PLAIN }).load, 3_000);
    assert_eq!(parts(Measures { ring_gain: 60, ..PLAIN }).ring, 5_000);
    assert_eq!(parts(Measures { ring_gain: 90, ..PLAIN }).ring, 7_500);
    assert_eq!(parts(Measures { ring_gain: 900, ..PLAIN }).ring, 10_000);
    assert_eq!(parts(Measures { ring_gain: 0, credits: 0, ..PLAIN }).ring, 0);
    assert_eq!(parts(Measures { owed_more: 10, usual_balance: 20, ..PLAIN }).evenness, 2_500);
    assert_eq!(parts(Measures { owed_more: -10, usual_balance: 20, ..PLAIN }).evenness, 0);
    assert_eq!(parts(Measures { turn: Turn { deficit: ONE_LEAD, received_at: None }, ..PLAIN }).turn, 10_000);
    assert_eq!([usual_balance(&[]), usual_balance(&[-7, 3, 5]), usual_balance(&[1, -2])], [0, 5, 1]);
}

#[test]
fn of_equals_the_one_that_waits_longest_comes_first() {
    let candidate = |id: i64, deficit: i64, received: Option<i64>| {
        let turn = Turn { deficit, received_at: received.map(Timestamp::from_micros) };
        Candidate { business: BusinessId::from_raw(id), parts: Parts::of(&PLAIN), turn }
    };
    let mut candidates = [candidate(5, 0, None), candidate(4, 0, None), candidate(3, 0, Some(2)), candidate(2, 0, Some(1)), candidate(1, 1, Some(9))];
    rank(&mut candidates, &Weights::default());
    assert_eq!(candidates.map(|candidate| candidate.business.raw()), [1, 4, 5, 2, 3]);
}

/// Lets leads go round among candidates between whom only the turn decides; answers how many each got.
fn go_round(members: &[BusinessId], leads: usize) -> BTreeMap<BusinessId, usize> {
    let mut turns: BTreeMap<BusinessId, Turn> = members.iter().map(|id| (*id, Turn::default())).collect();
    let mut got: BTreeMap<BusinessId, usize> = members.iter().map(|id| (*id, 0)).collect();
    for lead in 0..leads {
        let candidate = |id: &BusinessId| {
            let turn = turns[id];
            Candidate { business: *id, parts: Parts::of(&Measures { turn, ..PLAIN }), turn }
        };
        let mut candidates: Vec<Candidate> = members.iter().map(candidate).collect();
        rank(&mut candidates, &Weights::default());
        let receiver = candidates[0].business;
        *got.get_mut(&receiver).unwrap() += 1;
        for (id, change) in changes(members, receiver) {
            turns.get_mut(&id).unwrap().deficit += change;
        }
        turns.get_mut(&receiver).unwrap().received_at = Some(Timestamp::from_micros(lead as i64));
        assert_eq!(turns.values().map(|turn| turn.deficit).sum::<i64>(), 0);
    }
    got
}

fn ids(count: usize) -> Vec<BusinessId> {
    (1..=count as i64).map(BusinessId::from_raw).collect()
}

fn any_measures() -> impl Strategy<Value = Measures> {
    let size = any::<i64>();
    let fits = (
        prop_oneof![Just(TradeFit::None), Just(TradeFit::Neighbouring), Just(TradeFit::Exact)],
        prop_oneof![Just(RegionFit::None), Just(RegionFit::Country), Just(RegionFit::Exact)],
    );
    (fits, (any::<u32>(), any::<u32>(), proptest::option::of(size)), (any::<u32>(), any::<u32>()), (size, size), (size, size), size).prop_map(
        |((trade, region), (won, ended, answer_median_seconds), (open, capacity), (ring_gain, credits), (owed_more, usual_balance), deficit)| Measures {
            trade,
            region,
            won,
            ended,
            answer_median_seconds,
            open,
            capacity,
            ring_gain,
            credits,
            owed_more,
            usual_balance,
            turn: Turn { deficit, received_at: None },
        },
    )
}

proptest! {
    #[test]
    fn equals_get_exactly_as_many_each(count in 1_usize..40, rounds in 1_usize..8) {
        let got = go_round(&ids(count), count * rounds);
        prop_assert!(got.values().all(|leads| *leads == rounds), "{got:?}");
    }

    #[test]
    fn at_no_moment_is_anybody_more_than_one_lead_ahead(count in 2_usize..20, leads in 1_usize..80) {
        let got = go_round(&ids(count), leads);
        let (least, most) = (got.values().min().unwrap(), got.values().max().unwrap());
        prop_assert!(most - least <= 1, "{got:?}");
    }

    #[test]
    fn turns_add_up_to_nothing(count in 0_usize..300, receiver in 1_i64..400) {
        let sum: i64 = changes(&ids(count), BusinessId::from_raw(receiver)).iter().map(|(_, change)| change).sum();
        prop_assert_eq!(sum, 0);
    }

    #[test]
    fn parts_and_scores_keep_within_their_bounds(measures in any_measures(), weights in proptest::array::uniform7(0_u32..=100)) {
        let [fit, conversion, response, load, ring, evenness, turn] = weights;
        let weights = Weights { fit, conversion, response, load, ring, evenness, turn };
        let parts = Parts::of(&measures);
        prop_assert!(parts.all().iter().all(|part| (0..=WHOLE).contains(part)), "{parts:?}");
        prop_assert!((0..=WHOLE).contains(&parts.score(&weights)));
    }

    #[test]
    fn the_order_of_the_candidates_changes_nothing(measures in proptest::collection::vec(any_measures(), 1..30), seed in any::<prop::sample::Index>()) {
        let mut one: Vec<Candidate> = measures
            .iter()
            .zip(ids(measures.len()))
            .map(|(measures, business)| Candidate { business, parts: Parts::of(measures), turn: measures.turn })
            .collect();
        let mut other = one.clone();
        other.rotate_left(seed.index(measures.len()));
        other.reverse();
        rank(&mut one, &Weights::default());
        rank(&mut other, &Weights::default());
        prop_assert_eq!(one, other);
    }

    #[test]
    fn more_business_never_lowers_the_bound(won in 0_u32..500, lost in 0_u32..500) {
        prop_assert!(wilson_lower_bound(won + 1, won + 1 + lost) >= wilson_lower_bound(won, won + lost));
        prop_assert!(wilson_lower_bound(won, won + lost + 1) <= wilson_lower_bound(won, won + lost));
    }
}

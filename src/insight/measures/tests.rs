//! Tests of the arithmetic: known values, brute force, and properties.

use std::collections::BTreeSet;

use proptest::collection::vec;
use proptest::prelude::*;

use super::*;

fn ratio(numerator: i128, denominator: i128) -> Ratio {
    Ratio::of(numerator, denominator).unwrap()
}

#[test]
fn fractions_are_exact_and_read_as_decimals() {
    for (given, exact, decimal, percent) in [
        (ratio(6, 16), "3/8", "0.3750", 38),
        (ratio(0, 7), "0", "0.0000", 0),
        (ratio(-1, 3), "-1/3", "-0.3333", -33),
        (ratio(2, 3), "2/3", "0.6667", 67),
        (ratio(-1, 20_000), "-1/20000", "-0.0001", 0),
        (ratio(1, 20_001), "1/20001", "0.0000", 0),
        (ratio(-5, 1), "-5", "-5.0000", -500),
    ] {
        assert_eq!((given.to_string().as_str(), given.decimal(4).as_str(), given.percent()), (exact, decimal, percent));
    }
    assert_eq!(ratio(5, 2).decimal(0), "3");
    assert_eq!(Ratio::of(1, 0), None);
    assert_eq!(ratio(i128::MAX, 1).rounded(), i64::MAX);
    assert_eq!(ratio(i128::MAX - 1, i128::MAX).rounded(), 1);
    assert_eq!(serde_json::to_string(&ratio(3, 8)).unwrap(), r#"{"exact":"3/8","decimal":"0.3750"}"#);
}

#[test]
fn gini_has_its_known_values() {
    for (values, wanted) in
        [(vec![1, 1, 1, 1], (0, 1)), (vec![0, 0, 0, 1], (3, 4)), (vec![1, 2, 3, 4], (1, 4)), (vec![5, 1, 1, 1], (3, 8)), (vec![u64::MAX, 0], (1, 2))]
    {
        assert_eq!(gini(&values), Ratio::of(wanted.0, wanted.1), "{values:?}");
    }
    assert_eq!(gini(&[]), None);
    assert_eq!(gini(&[0, 0]), None);
}

#[test]
fn the_middle_is_found() {
    assert_eq!(median(&[]), None);
    assert_eq!(median(&[7]), Some(Ratio::whole(7)));
    assert_eq!(median(&[9, 1, 2]), Some(Ratio::whole(2)));
    assert_eq!(median(&[9, 1, 2, 3]), Some(ratio(5, 2)));
    assert_eq!(median(&[u64::MAX, u64::MAX]), Some(ratio(i128::from(u64::MAX), 1)));
    assert_eq!(quartiles(&[]), None);
    assert_eq!(quartiles(&[5]), Some(Range { from: 5, to: 5 }));
    assert_eq!(quartiles(&[8, 1, 2, 3, 4, 5, 6, 7]), Some(Range { from: 2, to: 7 }));
}

#[test]
fn rings_count_as_rings() {
    // Ben gave Anna 10, Anna gave Ben 4, Ben gave Clara 6, Clara gave Anna 6: pairs close 8, the ring of three 18.
    let given = [(0, 1, 10), (1, 0, 4), (1, 2, 6), (2, 0, 6)];
    let found = returning(3, given.into_iter()).unwrap();
    assert_eq!(found, Returning { total: 26, pairs: 8, rings: 18, most: 26 });
    assert_eq!(found.pair_share().unwrap().percent(), 31);
    assert_eq!((found.ring_share(), found.most_share()), (Some(Ratio::ONE), Some(Ratio::ONE)));
    let nothing = returning(2, [(0, 1, 5)].into_iter()).unwrap();
    assert_eq!((nothing.pair_share(), nothing.ring_share(), nothing.most_share()), (Some(Ratio::ZERO), Some(Ratio::ZERO), Some(Ratio::ZERO)));
    assert_eq!(returning(2, std::iter::empty()).unwrap().most_share(), None);
    // What closes in pairs first may be less than the most.
    let crossed = returning(4, [(1, 0, 10), (0, 1, 10), (2, 0, 10), (3, 2, 10), (1, 3, 10)].into_iter()).unwrap();
    assert_eq!((crossed.pairs, crossed.rings, crossed.most), (20, 0, 40));
}

const DAY: u64 = 86_400_000_000;

#[test]
fn a_half_life_halves() {
    let half_life = u64::from(HALF_LIFE_DAYS) * DAY;
    for (age_days, credits) in [(0, 100_u128), (180, 50), (360, 25), (180 * 10, 0)] {
        assert_eq!(decayed(100, age_days * DAY, half_life) >> FRACTION_BITS, credits, "{age_days}");
    }
    assert_eq!(decayed(100, 0, half_life), 100 << FRACTION_BITS);
    assert_eq!(decayed(100, 360 * DAY, half_life), 25 << FRACTION_BITS);
    assert_eq!(decayed(AMOUNT_MAX, u64::MAX, half_life), 0);
    assert_eq!((decayed(100, 5, 0), decayed(0, 5, 7)), (0, 0));
    // 2^(−1/2), 2^(−1/4) and 2^(−1/3), to 32 places of the binary fraction.
    for (numerator, denominator, wanted) in [(1, 2, 3_037_000_499_u128), (1, 4, 3_611_622_602), (1, 3, 3_408_917_801)] {
        let found = decayed(1, numerator * DAY, denominator * DAY);
        assert!(found.abs_diff(wanted) <= 1, "2^(-{numerator}/{denominator}): {found}");
    }
}

/// One graph of each pattern, drawn by hand from the literature's pictures.
const DRAWN: [(TriadClass, &[(usize, usize)]); 16] = [
    (TriadClass::Empty, &[]),
    (TriadClass::OneWay, &[(0, 1)]),
    (TriadClass::Mutual, &[(0, 1), (1, 0)]),
    (TriadClass::TwoFromOne, &[(1, 0), (1, 2)]),
    (TriadClass::TwoToOne, &[(0, 1), (2, 1)]),
    (TriadClass::Chain, &[(0, 1), (1, 2)]),
    (TriadClass::MutualAndIn, &[(0, 1), (1, 0), (2, 1)]),
    (TriadClass::MutualAndOut, &[(0, 1), (1, 0), (1, 2)]),
    (TriadClass::Transitive, &[(0, 1), (2, 1), (0, 2)]),
    (TriadClass::Ring, &[(0, 1), (1, 2), (2, 0)]),
    (TriadClass::TwoMutual, &[(0, 1), (1, 0), (1, 2), (2, 1)]),
    (TriadClass::MutualFromOne, &[(1, 0), (1, 2), (0, 2), (2, 0)]),
    (TriadClass::MutualToOne, &[(0, 1), (2, 1), (0, 2), (2, 0)]),
    (TriadClass::MutualAndChain, &[(0, 1), (1, 2), (0, 2), (2, 0)]),
    (TriadClass::AllButOneWay, &[(0, 1), (1, 2), (2, 1), (0, 2), (2, 0)]),
    (TriadClass::Complete, &[(0, 1), (1, 0), (1, 2), (2, 1), (0, 2), (2, 0)]),
];

/// The pattern whose drawing is the same graph under some naming of the three members.
fn class_by_drawing(gives: impl Fn(usize, usize) -> bool) -> TriadClass {
    let namings = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];
    let is_same = |arrows: &[(usize, usize)], naming: [usize; 3]| {
        (0..3).all(|one| (0..3).filter(|other| *other != one).all(|other| gives(naming[one], naming[other]) == arrows.contains(&(one, other))))
    };
    let fitting: Vec<TriadClass> = DRAWN.iter().filter(|(_, arrows)| namings.iter().any(|naming| is_same(arrows, *naming))).map(|(class, _)| *class).collect();
    assert_eq!(fitting.len(), 1, "{fitting:?}");
    fitting[0]
}

const ORDERED_PAIRS: [(usize, usize); 6] = [(0, 1), (1, 0), (0, 2), (2, 0), (1, 2), (2, 1)];

#[test]
fn every_graph_of_three_has_its_pattern() {
    let mut counts = [0; 16];
    for code in 0_usize..64 {
        let gives = |one: usize, other: usize| ORDERED_PAIRS.iter().position(|pair| *pair == (one, other)).is_some_and(|bit| code >> bit & 1 == 1);
        let drawn = class_by_drawing(gives);
        assert_eq!(TriadClass::of(gives), drawn, "{code:06b}");
        let gifts: BTreeSet<(u32, u32)> =
            ORDERED_PAIRS.iter().filter(|(one, other)| gives(*one, *other)).map(|(one, other)| (*one as u32, *other as u32)).collect();
        let found = census(3, &gifts);
        assert_eq!((found.count(drawn), found.total()), (1, 1), "{code:06b}");
        counts[drawn as usize] += 1;
    }
    // How many of the 64 labelled graphs have each pattern.
    assert_eq!(counts, [1, 6, 3, 3, 3, 6, 6, 6, 6, 2, 3, 3, 3, 6, 6, 1]);
    let names: BTreeSet<&str> = TriadClass::ALL.iter().map(|class| class.as_str()).collect();
    assert_eq!(names.len(), 16);
    for (at, class) in TriadClass::ALL.into_iter().enumerate() {
        assert_eq!((class as usize, serde_json::to_value(class).unwrap()), (at, serde_json::json!(class.as_str())));
    }
}

fn brute_force(members: u32, gifts: &BTreeSet<(u32, u32)>) -> Census {
    let mut counted = [0_u64; 16];
    for one in 0..members {
        for two in one + 1..members {
            for three in two + 1..members {
                let named = [one, two, three];
                counted[class_by_drawing(|giver, receiver| gifts.contains(&(named[giver], named[receiver]))) as usize] += 1;
            }
        }
    }
    Census::from_counts(counted)
}

#[test]
fn small_and_odd_graphs_are_counted() {
    assert_eq!(census(0, &BTreeSet::new()).total(), 0);
    assert_eq!(census(2, &BTreeSet::from([(0, 1)])).total(), 0);
    let odd = census(3, &BTreeSet::from([(0, 0), (0, 7), (7, 9), (1, 2)]));
    assert_eq!((odd.count(TriadClass::OneWay), odd.total()), (1, 1));
    let ring: BTreeSet<(u32, u32)> = (0..5).map(|member| (member, (member + 1) % 5)).collect();
    assert_eq!((census(5, &ring).count(TriadClass::Chain), census(5, &ring).count(TriadClass::Ring)), (5, 0));
}

proptest! {
    #[test]
    fn gini_is_bounded_and_knows_no_order(mut values in vec(0..1_000_000_000_u64, 1..60), seed in any::<u64>()) {
        let found = gini(&values);
        if values.iter().all(|value| *value == 0) {
            prop_assert_eq!(found, None);
            return Ok(());
        }
        let found = found.unwrap();
        // From 0 to (n − 1)/n.
        prop_assert!(found.numerator() >= 0);
        prop_assert!(found.numerator() * values.len() as i128 <= (values.len() as i128 - 1) * found.denominator());
        // By its definition: the differences of all pairs.
        let differences: u128 = values.iter().map(|one| values.iter().map(|other| u128::from(one.abs_diff(*other))).sum::<u128>()).sum();
        let twice = 2 * values.len() as u128 * values.iter().map(|value| u128::from(*value)).sum::<u128>();
        prop_assert_eq!(Some(found), Ratio::of(differences as i128, twice as i128));
        let turn = seed as usize % values.len();
        values.rotate_left(turn);
        prop_assert_eq!(gini(&values), Some(found));
        values.reverse();
        prop_assert_eq!(gini(&values), Some(found));
        let thrice: Vec<u64> = values.iter().map(|value| value * 3).collect();
        prop_assert_eq!(gini(&thrice), Some(found));
    }

    #[test]
    fn the_census_is_what_counting_gives(members in 0..11_u32, arrows in vec((0..11_u32, 0..11_u32), 0..60)) {
        let gifts: BTreeSet<(u32, u32)> = arrows.into_iter().filter(|(one, other)| one != other && *one < members && *other < members).collect();
        let found = census(members, &gifts);
        prop_assert_eq!(found, brute_force(members, &gifts));
        let others: BTreeSet<(u32, u32)> = gifts.iter().map(|(one, other)| (members - 1 - one, members - 1 - other)).collect();
        prop_assert_eq!(census(members, &others), found);
    }

    #[test]
    fn older_weighs_less_and_never_more_than_it_was(amount in 1..AMOUNT_MAX, hours in 0..200_000_u64, half_life_days in 1..1_000_u64) {
        let (age, half_life) = (hours * DAY / 24, half_life_days * DAY);
        let now = decayed(amount, age, half_life);
        prop_assert!(now <= u128::from(amount) << FRACTION_BITS);
        prop_assert!(decayed(amount, age + DAY / 24, half_life) <= now);
        // One half-life later it is exactly half, rounded down.
        prop_assert_eq!(decayed(amount, age + half_life, half_life), now / 2);
    }

    #[test]
    fn fractions_in_lowest_terms_are_equal(numerator in -1_000_000_i128..1_000_000, denominator in 1..1_000_000_i128, factor in 1..1_000_i128) {
        let plain = ratio(numerator, denominator);
        prop_assert_eq!(plain, ratio(numerator * factor, denominator * factor));
        prop_assert_eq!(plain.times(100).times(3), plain.times(300));
        let near = i128::from(plain.rounded()) * plain.denominator();
        prop_assert!((near - plain.numerator()).abs() * 2 <= plain.denominator());
    }

    #[test]
    fn shares_of_what_returns_are_in_order(gifts in vec((0..6_u32, 0..6_u32, 1..1_000_i64), 0..25)) {
        let found = returning(6, gifts.into_iter().filter(|(giver, receiver, _)| giver != receiver)).unwrap();
        prop_assert!(0 <= found.pairs && 0 <= found.rings && found.pairs + found.rings <= found.most && found.most <= found.total);
    }
}

//! Random circles: sums add up, settlements keep every net and leave what stayed open.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::model::owed;
use super::store::Direction;
use super::*;
use crate::kernel::id::{BusinessId, Identifier};
use crate::reciprocity::clearing::RingLength;
use crate::reciprocity::model::Head;

fn business(number: i64) -> BusinessId {
    BusinessId::from_raw(100 + number)
}

fn direction(giver: i64, receiver: i64, raised: i64, lowered: i64) -> Direction {
    Direction { giver: business(giver), receiver: business(receiver), raised, lowered }
}

fn solved(length: u8, directions: &[Direction]) -> CircleRings {
    CircleRings::solve(Head::EMPTY, RingLength::new(length).unwrap(), directions).unwrap()
}

#[test]
fn the_ring_over_clara_covers_twenty() {
    // Anna is 1, Bernd 2, Clara 3: Bernd gave Anna 30, Clara gave Bernd 20, Anna gave Clara 20.
    let rings = solved(3, &[direction(2, 1, 30, 0), direction(3, 2, 20, 0), direction(1, 3, 20, 0)]);
    let sums = rings.sums();
    assert_eq!((sums.total, sums.in_pairs, sums.in_threes, sums.in_longer, sums.still_open, sums.most), (70, 0, 60, 0, 10, 60));
    assert_eq!((sums.pairs_count, sums.threes_count, sums.longer_count), (0, 1, 0));
    let anna = rings.standing(business(1));
    assert_eq!(anna, RingStanding { owed: 20, owes: 30, closed_in_pairs: 0, closed_in_rings: 20, still_owed: 0, still_owes: 10 });
    let partners = rings.partners(business(1));
    let bernd = &partners[&business(2)];
    assert_eq!((bernd.owed, bernd.owes, bernd.owes_in_rings, bernd.owed_in_rings), (0, 30, 20, 0));
    assert_eq!((bernd.rings_owes.as_slice(), bernd.rings_owed.len(), partners[&business(3)].owed_in_rings), ([0_usize].as_slice(), 0, 20));
    assert_eq!(rings.standing(business(9)), RingStanding::default());
    assert!(rings.partners(business(9)).is_empty());
}

#[test]
fn a_pair_is_counted_once_and_a_debt_may_turn_round() {
    let rings = solved(3, &[direction(1, 2, 30, 0), direction(2, 1, 10, 0)]);
    assert_eq!((rings.sums().in_pairs, rings.sums().still_open, rings.sums().pairs_count), (20, 20, 1));
    assert_eq!(rings.partners(business(1))[&business(2)].in_pair, 10);
    assert_eq!(rings.standing(business(2)), RingStanding { owed: 10, owes: 30, closed_in_pairs: 10, closed_in_rings: 0, still_owed: 0, still_owes: 20 });
    // 2 owed 1 30 and settled 20 of it; then the 30 were taken back: now 1 owes 2 what was settled.
    let turned = owed(&[direction(1, 2, 30, 0), direction(2, 1, 0, 50)]);
    assert_eq!(turned, BTreeMap::from([((business(1), business(2)), 20)]));
}

#[test]
fn an_empty_circle_has_no_rings() {
    let rings = solved(3, &[]);
    assert_eq!((rings.sums(), rings.batch(5_000).unwrap().postings.len()), (RingSums::default(), 0));
}

#[test]
fn what_one_transfer_cannot_move_takes_several() {
    let most = crate::reciprocity::model::AMOUNT_MAX;
    let rings = solved(0, &[direction(1, 2, 2 * most + 5, 0), direction(2, 1, 2 * most + 5, 0)]);
    let amounts: Vec<i64> = rings.batch(5_000).unwrap().postings.iter().map(|(_, _, amount)| amount.credits()).collect();
    assert_eq!(amounts, [most, most, 5, most, most, 5]);
    assert_eq!(rings.batch(5).unwrap(), Batch::default(), "a ring is closed as a whole or not at all");
}

fn circles() -> impl Strategy<Value = Vec<Direction>> {
    let one = (0..7_i64, 1..7_i64, 0..50_i64, 0..20_i64);
    prop::collection::btree_map((0..7_i64, 1..7_i64), one, 0..30)
        .prop_map(|found| found.into_iter().map(|((giver, offset), (_, _, raised, lowered))| direction(giver, (giver + offset) % 7, raised, lowered)).collect())
}

fn nets(debts: &BTreeMap<(BusinessId, BusinessId), i64>) -> BTreeMap<BusinessId, i64> {
    let mut nets = BTreeMap::new();
    for ((debtor, creditor), amount) in debts {
        *nets.entry(*debtor).or_default() -= amount;
        *nets.entry(*creditor).or_default() += amount;
    }
    nets.retain(|_, net| *net != 0);
    nets
}

proptest! {
    #[test]
    fn sums_add_up_and_a_settlement_leaves_what_stayed_open(directions in circles(), length in prop::sample::select(vec![0_u8, 2, 3, 5, 8])) {
        let rings = solved(length, &directions);
        let sums = rings.sums();
        prop_assert_eq!(sums.in_pairs + sums.in_threes + sums.in_longer + sums.still_open, sums.total);
        prop_assert!(sums.total - sums.still_open <= sums.most);
        let standings: Vec<RingStanding> = rings.businesses.iter().map(|business| rings.standing(*business)).collect();
        prop_assert_eq!(rings.standings(), rings.businesses.iter().copied().zip(standings.iter().copied()).collect::<BTreeMap<_, _>>());
        prop_assert_eq!(standings.iter().map(|standing| standing.still_owes).sum::<i64>(), sums.still_open);
        prop_assert_eq!(standings.iter().map(|standing| standing.owed).sum::<i64>(), sums.total);
        for (business, standing) in rings.businesses.iter().zip(&standings) {
            prop_assert_eq!(standing.owed - standing.owes, standing.still_owed - standing.still_owes);
            prop_assert!(standing.still_owed >= 0 && standing.still_owes >= 0);
            let partners = rings.partners(*business);
            prop_assert_eq!(partners.values().map(|sums| sums.owed_in_rings).sum::<i64>(), standing.closed_in_rings);
            prop_assert_eq!(partners.values().map(|sums| sums.owes_in_rings).sum::<i64>(), standing.closed_in_rings);
            prop_assert_eq!(partners.values().map(|sums| sums.in_pair).sum::<i64>(), standing.closed_in_pairs);
        }
        // Settled: each posting lowers what its giver owes its receiver.
        let mut after = directions.clone();
        let batch = rings.batch(5_000).unwrap();
        prop_assert_eq!((batch.rings_count, batch.cleared), (rings.clearing.rings.len(), rings.clearing.cleared));
        for (debtor, creditor, amount) in batch.postings {
            after.push(Direction { giver: debtor, receiver: creditor, raised: 0, lowered: amount.credits() });
        }
        prop_assert_eq!(nets(&owed(&after)), nets(&owed(&directions)));
        let settled = solved(length, &after);
        prop_assert_eq!((settled.sums().total, settled.sums().still_open, settled.sums().most), (sums.still_open, sums.still_open, 0));
    }

    #[test]
    fn what_is_too_much_at_once_is_settled_in_several_batches(directions in circles(), length in prop::sample::select(vec![0_u8, 2, 3, 5, 8])) {
        let (mut after, mut settlements) = (directions.clone(), 0);
        loop {
            let rings = solved(length, &after);
            // No ring of seven members takes more.
            let batch = rings.batch(7).unwrap();
            prop_assert_eq!(batch.postings.is_empty(), rings.clearing.rings.is_empty());
            prop_assert!(batch.postings.len() <= 7);
            prop_assert_eq!(batch.postings.iter().map(|(_, _, amount)| amount.credits()).sum::<i64>(), batch.cleared);
            if batch.postings.is_empty() {
                break;
            }
            after.extend(batch.postings.into_iter().map(|(giver, receiver, amount)| Direction { giver, receiver, raised: 0, lowered: amount.credits() }));
            prop_assert_eq!(nets(&owed(&after)), nets(&owed(&directions)));
            settlements += 1;
            prop_assert!(settlements < 100);
        }
        prop_assert_eq!(solved(length, &after).sums().most, 0);
    }
}

//! Rings and friends, and the properties that hold for every circle.

use proptest::prelude::*;

use super::*;
use crate::kernel::id::Identifier;

fn business(number: usize) -> BusinessId {
    BusinessId::from_raw(number as i64 + 1)
}

/// Adds `count` referrals of which the first `confirmed` were confirmed.
fn pass(circle: &mut Vec<Passed>, giver: usize, receiver: usize, count: usize, confirmed: usize) {
    for number in 0..count {
        let referral = ReferralId::from_raw(circle.len() as i64 + 1);
        circle.push(Passed { referral, giver: business(giver), receiver: business(receiver), confirmed: number < confirmed });
    }
}

/// Everybody passes one to everybody else; two of three are confirmed.
fn lively(members: usize) -> Vec<Passed> {
    let mut circle = Vec::new();
    for giver in 0..members {
        for receiver in (0..members).filter(|receiver| *receiver != giver) {
            pass(&mut circle, giver, receiver, 1, usize::from((giver + receiver) % 3 != 0));
        }
    }
    circle
}

fn ring(circle: &mut Vec<Passed>, members: &[usize], count: usize, confirmed: usize) {
    for (place, giver) in members.iter().enumerate() {
        pass(circle, *giver, members[(place + 1) % members.len()], count, confirmed);
    }
}

fn numbers(group: &Group) -> Vec<usize> {
    group.members.iter().map(|member| member.raw() as usize - 1).collect()
}

#[test]
fn a_ring_that_nobody_outside_confirms_is_shown_with_its_facts() {
    let mut circle = lively(12);
    ring(&mut circle, &[2, 5, 9], 12, 0);
    let groups = detect(&circle);
    assert_eq!(groups.iter().map(numbers).collect::<Vec<_>>(), [[2, 5, 9]]);
    let group = &groups[0];
    assert_eq!((group.edges.len(), group.referrals.len() as u32), (3, group.inside.referrals));
    assert_eq!(group.inside.referrals, 42, "thirty-six made up, and six that everybody passes");
    assert_eq!(group.circle.referrals as usize, circle.len());
    assert!(group.edges.iter().all(|edge| edge.count.referrals == 13 && edge.expected < 4.0));
}

#[test]
fn a_ring_whose_prospects_are_heard_is_what_the_product_is_for() {
    let mut circle = lively(12);
    ring(&mut circle, &[2, 5, 9], 12, 7);
    assert_eq!(detect(&circle), []);
}

#[test]
fn two_rings_are_two_groups_and_an_honest_friend_of_one_stays_out() {
    let mut circle = lively(16);
    ring(&mut circle, &[1, 2, 3], 12, 0);
    ring(&mut circle, &[10, 11], 12, 0);
    pass(&mut circle, 3, 7, 12, 8);
    assert_eq!(detect(&circle).iter().map(numbers).collect::<Vec<_>>(), [vec![1, 2, 3], vec![10, 11]]);
}

#[test]
fn where_nobody_is_ever_confirmed_nothing_can_be_said() {
    let mut circle: Vec<Passed> = lively(12).into_iter().map(|one| Passed { confirmed: false, ..one }).collect();
    ring(&mut circle, &[2, 5, 9], 12, 0);
    assert_eq!(detect(&circle), []);
    assert_eq!(detect(&[]), []);
}

fn circles() -> impl Strategy<Value = Vec<Passed>> {
    let edge = (0_usize..20, 0_usize..20, 1_usize..12, 0_usize..12);
    prop::collection::vec(edge, 1..60).prop_map(|edges| {
        let mut circle = Vec::new();
        for (giver, receiver, count, confirmed) in edges.into_iter().filter(|(giver, receiver, ..)| giver != receiver) {
            pass(&mut circle, giver, receiver, count, confirmed);
        }
        circle
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn other_ids_and_another_order_change_nothing(circle in circles(), order in Just((0..20).collect::<Vec<usize>>()).prop_shuffle(), turn in 0_usize..500) {
        let renamed = |id: BusinessId| business(order[id.raw() as usize - 1]);
        let mut other: Vec<Passed> =
            circle.iter().map(|one| Passed { giver: renamed(one.giver), receiver: renamed(one.receiver), ..*one }).collect();
        let length = other.len().max(1);
        other.rotate_left(turn % length);
        let mut expected: Vec<(Vec<BusinessId>, Vec<ReferralId>)> = detect(&circle)
            .into_iter()
            .map(|group| {
                let mut members: Vec<BusinessId> = group.members.into_iter().map(renamed).collect();
                members.sort_unstable();
                (members, group.referrals)
            })
            .collect();
        expected.sort_unstable();
        let found: Vec<_> = detect(&other).into_iter().map(|group| (group.members, group.referrals)).collect();
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn without_concentration_nobody_is_shown(members in 3_usize..25, confirmed in prop::collection::vec(any::<bool>(), 600)) {
        // At most two referrals run along any edge, whatever is confirmed.
        let mut circle = lively(members);
        let again = circle.clone();
        circle.extend(again);
        for (one, confirmed) in circle.iter_mut().zip(confirmed.iter().cycle()) {
            one.confirmed = *confirmed;
        }
        prop_assert_eq!(detect(&circle), vec![]);
    }

    #[test]
    fn groups_are_disjoint_strong_and_quiet(circle in circles()) {
        let mut seen = BTreeSet::new();
        for group in detect(&circle) {
            prop_assert!(group.members.len() >= 2 && !group.edges.is_empty());
            prop_assert!(group.members.iter().all(|member| seen.insert(*member)), "somebody is in two groups");
            prop_assert!(group.inside.confirmed * group.circle.referrals <= group.circle.confirmed * group.inside.referrals);
            for edge in &group.edges {
                prop_assert!(edge.count.referrals >= EDGE_LEAST && f64::from(edge.count.referrals) > edge.expected);
                prop_assert!(group.members.contains(&edge.giver) && group.members.contains(&edge.receiver));
            }
        }
    }
}

//! Random walks over the table of moves: whatever people, prospects and clocks do, the table stays sound.

use std::collections::{BTreeSet, VecDeque};

use proptest::prelude::*;

use super::*;

/// A walker that remembers what the table does not: the dispute and the way back.
struct Walk {
    situation: Situation,
    before: Option<ReferralState>,
    visited: Vec<ReferralState>,
}

impl Walk {
    fn new() -> Self {
        Self { situation: Situation::of(ReferralState::Draft), before: None, visited: vec![ReferralState::Draft] }
    }

    fn make(&mut self, made: Move, by: Relation) -> bool {
        let Some(next) = self.situation.next(made, &[by]) else { return false };
        let old = self.situation.state;
        match next {
            Next::To(state) => {
                self.situation.state = state;
                self.before = Some(old);
                self.situation.undoable = matches!(made, Move::Contact | Move::Quote | Move::Lose) && by == Relation::Receiver;
            }
            Next::Back => {
                self.situation.state = self.before.take().expect("only a made move is taken back");
                self.situation.undoable = false;
            }
            Next::Stays => {}
        }
        match made {
            Move::Dispute => self.situation.disputed = true,
            Move::Uphold | Move::Reject => self.situation.disputed = false,
            _ => {}
        }
        self.visited.push(self.situation.state);
        true
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn walks_stay_within_the_rules(steps in prop::collection::vec((0..Move::ALL.len(), 0..Relation::ALL.len()), 1..200)) {
        let mut walk = Walk::new();
        for (made, by) in steps {
            let (made, by) = (Move::ALL[made], Relation::ALL[by]);
            let was = walk.situation;
            let done = walk.make(made, by);
            prop_assert_eq!(done, possible(&was, &[by]).contains(&made));
            prop_assert_eq!(done, was.require(made, &[by]).is_ok());
            if was.disputed && done {
                prop_assert!(matches!(made, Move::Uphold | Move::Reject), "{made} while disputed");
            }
            if walk.situation.disputed {
                prop_assert!(walk.situation.state.was_introduced(), "disputed before the introduction");
            }
            if was.state == ReferralState::Invalid || was.state == ReferralState::Withdrawn || was.state == ReferralState::Closed {
                prop_assert!(!done, "{made} after the end");
            }
        }
        // Nobody wins, loses or disputes what was never introduced.
        for (at, state) in walk.visited.iter().enumerate() {
            if state.was_introduced() {
                prop_assert!(walk.visited[..=at].contains(&ReferralState::Introduced));
                prop_assert!(walk.visited[..at].contains(&ReferralState::Accepted));
            }
        }
    }
}

#[test]
fn a_refused_move_names_what_is_possible() {
    let failure = Situation::of(ReferralState::Offered).require(Move::Win, &[Relation::Receiver]).unwrap_err();
    let crate::kernel::Failure::Conflict { code, possible, .. } = failure else { panic!("{failure}") };
    assert_eq!((code, possible), ("move_not_possible", vec!["accept", "decline"]));
    let disputed = Situation { state: ReferralState::Quoted, disputed: true, undoable: true };
    let failure = disputed.require(Move::Win, &[Relation::Receiver]).unwrap_err();
    let crate::kernel::Failure::Conflict { code, possible, .. } = failure else { panic!("{failure}") };
    assert_eq!((code, possible), ("disputed", vec![]));
}

#[test]
fn no_row_is_said_twice_and_no_state_is_out_of_reach() {
    let mut seen = BTreeSet::new();
    for (state, made, by, ..) in TABLE {
        assert!(seen.insert((*state, *made, *by)), "{state} {made} {by} stands twice");
    }
    let mut reached = BTreeSet::from([ReferralState::Draft]);
    let mut queue = VecDeque::from([ReferralState::Draft]);
    while let Some(from) = queue.pop_front() {
        for (state, _, _, next, _) in TABLE {
            if let (true, Next::To(to)) = (*state == from, *next)
                && reached.insert(to)
            {
                queue.push_back(to);
            }
        }
    }
    assert_eq!(reached.len(), ReferralState::ALL.len());
}

#[test]
fn what_is_over_moves_no_more_but_by_disputes_and_undoing() {
    for (state, made, _, next, _) in TABLE.iter().filter(|(state, ..)| state.is_over()) {
        let soft = matches!(made, Move::Dispute | Move::Uphold | Move::Reject | Move::Undo | Move::SpinOff);
        assert!(soft, "{state} {made} {next:?}");
    }
}

/// Credits are posted when a referral is introduced and when it is won: each happens once, whatever is disputed or undone.
#[test]
fn nobody_is_introduced_or_wins_twice() {
    // Undoing leads back to a state that the referral had been in, after the introduction.
    let goes_on = |from: ReferralState| TABLE.iter().filter(move |(state, ..)| *state == from);
    let mut after = BTreeSet::from([ReferralState::Introduced]);
    let mut queue = VecDeque::from([ReferralState::Introduced]);
    while let Some(from) = queue.pop_front() {
        for (_, made, _, next, _) in goes_on(from) {
            if let Next::To(to) = *next {
                assert!(to != ReferralState::Introduced, "{from} {made}");
                if after.insert(to) {
                    queue.push_back(to);
                }
            }
        }
    }
    assert!(after.iter().all(|state| state.was_introduced()), "{after:?}");
    for last in [ReferralState::Won, ReferralState::Invalid] {
        assert!(goes_on(last).all(|(_, _, _, next, _)| *next == Next::Stays), "{last} is left");
    }
}

#[test]
fn everything_unfinished_has_an_end_by_the_clock_or_belongs_to_the_giver_alone() {
    for state in ReferralState::ALL.iter().filter(|state| !state.is_over() && **state != ReferralState::Draft) {
        assert!(!possible(&Situation::of(*state), &[Relation::Clock]).is_empty(), "{state} could lie for ever");
    }
}

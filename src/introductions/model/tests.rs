//! The life of an introduction, by table and by random walks.

use proptest::prelude::*;

use super::*;
use IntroductionState as S;
use ProspectAnswer as A;

fn any_step() -> impl Strategy<Value = Step> {
    prop_oneof![
        prop::sample::select(A::ALL.to_vec()).prop_map(Step::Answer),
        Just(Step::ReceiverAgrees),
        Just(Step::TakeBack),
        Just(Step::UndoTimeEnds),
        Just(Step::AnswerTimeEnds),
        Just(Step::Close),
        Just(Step::Withdraw),
    ]
}

fn walk(steps: &[Step]) -> Option<Standing> {
    steps.iter().try_fold(Standing::NEW, |standing, step| standing.after(*step))
}

proptest! {
    #[test]
    fn nobody_is_introduced_without_both_agreements(steps in prop::collection::vec(any_step(), 0..24)) {
        let mut standing = Standing::NEW;
        for step in steps {
            let before = standing;
            standing = before.after(step).unwrap_or(before);
            let both = standing.answer == Some(A::Yes) && standing.receiver_agreed;
            prop_assert!(!matches!(standing.state, S::Agreed | S::Made) || both, "{before:?} {step:?} {standing:?}");
            prop_assert!(standing.state != S::Awaiting || !both, "{before:?} {step:?} {standing:?}");
            prop_assert!(!before.receiver_agreed || standing.receiver_agreed);
            if matches!(before.state, S::Made | S::Expired | S::Closed) {
                prop_assert_eq!(before, standing, "what is over stays so");
            }
            match standing.state {
                S::Refused => prop_assert_eq!(standing.answer, Some(A::No)),
                S::NotNow => prop_assert_eq!(standing.answer, Some(A::NotNow)),
                S::Stopped => prop_assert_eq!(standing.answer, Some(A::NeverAgain)),
                S::Expired => prop_assert_eq!(standing.answer, None),
                _ => {}
            }
        }
    }
}

#[test]
fn both_orders_of_agreement_lead_to_the_same_place() {
    let yes = Step::Answer(A::Yes);
    let one = walk(&[yes, Step::ReceiverAgrees, Step::UndoTimeEnds]);
    let other = walk(&[Step::ReceiverAgrees, yes, Step::UndoTimeEnds]);
    assert_eq!(one, other);
    assert_eq!(one.map(|standing| standing.state), Some(S::Made));
}

#[test]
fn an_answer_can_be_taken_back_until_it_took_effect() {
    for answer in A::ALL {
        assert_eq!(walk(&[Step::ReceiverAgrees, Step::Answer(*answer), Step::TakeBack]), walk(&[Step::ReceiverAgrees]), "{answer}");
    }
    assert_eq!(walk(&[Step::ReceiverAgrees, Step::Answer(A::Yes), Step::UndoTimeEnds, Step::TakeBack]), None);
    assert_eq!(walk(&[Step::TakeBack]), None);
    assert_eq!(walk(&[Step::Answer(A::No), Step::Answer(A::Yes)]), None, "an answer is taken back before another is given");
}

#[test]
fn time_runs_out_only_for_those_who_did_not_answer() {
    assert_eq!(walk(&[Step::AnswerTimeEnds]).map(|standing| standing.state), Some(S::Expired));
    assert_eq!(walk(&[Step::Answer(A::Yes), Step::AnswerTimeEnds]), None);
}

//! Random postings, reversals, settlements and ways back: a settlement changes nobody's net and closes exactly what the clearing
//! says, what is kept in memory is what would be computed anew, and the verifier has nothing to say.

use std::sync::Arc;

use kularing::circles;
use kularing::db::{AnyConn, Tx};
use kularing::kernel::id::{SettlementId, TransferId};
use kularing::kernel::{Actor, Answer};
use kularing::reciprocity::rings::{self, Clearings, RingSums};
use kularing::reciprocity::{commands, views};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::support::database::postgres_is_asked_for;
use crate::support::ledger::{Ring, verified};
use crate::support::{Backend, TestApp};

const MEMBERS: usize = 5;

#[derive(Debug, Clone, Copy)]
enum Step {
    Post {
        giver: usize,
        offset: usize,
        amount: i64,
    },
    Reverse(usize),
    Settle,
    Undo(usize),
    /// The circle chooses another ring length.
    Choose(u8),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        8 => (0..MEMBERS, 1..MEMBERS, 1..100_i64).prop_map(|(giver, offset, amount)| Step::Post { giver, offset, amount }),
        1 => any::<usize>().prop_map(Step::Reverse),
        2 => Just(Step::Settle),
        1 => any::<usize>().prop_map(Step::Undo),
        1 => prop::sample::select(vec![0_u8, 2, 3, 4, 8]).prop_map(Step::Choose),
    ];
    prop::collection::vec(step, 1..40)
}

#[derive(Debug, Clone, Default)]
struct Book {
    posts: Vec<TransferId>,
    settlements: Vec<SettlementId>,
}

fn balances(tx: &mut Tx<'_>, ring: &Ring) -> Answer<Vec<i64>> {
    ring.members.iter().map(|member| views::balance(tx, ring.circle, *member).map(|balance| balance.balance)).collect()
}

fn sums(tx: &mut Tx<'_>, ring: &Ring) -> Answer<RingSums> {
    Ok(rings::views::rings_of(tx, &Clearings::default(), ring.circle)?.sums())
}

fn choose(tx: &mut Tx<'_>, ring: &Ring, ring_length: u8) -> Answer<()> {
    let (version, policy) = circles::views::policy(tx, ring.circle, None)?;
    let mut policy = serde_json::to_value(&policy).unwrap();
    policy["ring_length"] = ring_length.into();
    circles::commands::set_policy(tx, &ring.organiser(), ring.circle, |_| Ok(()), serde_json::from_value(policy).unwrap(), true)?;
    let (chosen, policy) = circles::views::policy(tx, ring.circle, None)?;
    assert_eq!((policy.ring_length().get(), chosen >= version), (ring_length, true));
    Ok(())
}

/// What is kept in memory is what would be computed now (I9); a second look computes nothing.
fn is_as_computed(connection: &mut AnyConn, ring: &Ring, kept: &Clearings) -> Answer<()> {
    let found = rings::views::rings_of(connection, kept, ring.circle)?;
    assert_eq!(*found, *rings::views::rings_of(connection, &Clearings::default(), ring.circle)?);
    assert!(Arc::ptr_eq(&found, &rings::views::rings_of(connection, kept, ring.circle)?));
    Ok(())
}

fn take(tx: &mut Tx<'_>, ring: &Ring, book: &mut Book, number: usize, step: Step) -> Answer<()> {
    let (before, open) = (balances(tx, ring)?, sums(tx, ring)?);
    match step {
        Step::Post { giver, offset, amount } => {
            let key = format!("{}-{number}", ring.circle);
            book.posts.extend(commands::post(tx, ring.posting(giver, (giver + offset) % MEMBERS, amount, &key))?);
            return Ok(());
        }
        Step::Reverse(index) => {
            if let Some(post) = book.posts.get(index % book.posts.len().max(1)) {
                commands::reverse(tx, *post, Actor::System)?;
            }
            return Ok(());
        }
        Step::Choose(ring_length) => choose(tx, ring, ring_length)?,
        Step::Settle if open.total == open.still_open => assert_eq!(ring.settle(tx).unwrap_err().code(), "nothing_to_settle"),
        Step::Settle => {
            book.settlements.push(ring.settle(tx)?);
            let after = sums(tx, ring)?;
            assert_eq!((after.total, after.still_open, after.most), (open.still_open, open.still_open, 0));
        }
        Step::Undo(index) => {
            let Some(settlement) = (!book.settlements.is_empty()).then(|| book.settlements.remove(index % book.settlements.len())) else { return Ok(()) };
            rings::commands::undo(tx, &ring.organiser(), ring.circle, settlement)?;
            assert_eq!(rings::commands::undo(tx, &ring.organiser(), ring.circle, settlement).unwrap_err().code(), "already_undone");
        }
    }
    assert_eq!(balances(tx, ring)?, before, "{step:?}");
    Ok(())
}

async fn run(app: &TestApp, steps: Vec<Step>) {
    let ring = Ring::of(&app.state.db, MEMBERS).await;
    let (mut book, kept) = (Book::default(), Arc::new(Clearings::default()));
    for (number, step) in steps.into_iter().enumerate() {
        let (seed, mut next) = (ring.clone(), book.clone());
        book = app.state.db.write(move |tx| take(tx, &seed, &mut next, number, step).map(|()| next)).await.unwrap();
        let (seed, kept) = (ring.clone(), Arc::clone(&kept));
        app.state.db.read(move |connection| is_as_computed(connection, &seed, &kept)).await.unwrap();
    }
    let report = verified(app);
    assert!(report.is_clean(), "{report}");
}

fn run_cases(backend: Backend, cases: u32) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let app = TestApp::start(backend);
    let mut runner = TestRunner::new(Config { failure_persistence: None, ..Config::with_cases(cases) });
    let outcome = runner.run(&steps(), |steps| {
        runtime.block_on(run(&app, steps));
        Ok(())
    });
    assert!(outcome.is_ok(), "{outcome:?}");
}

#[test]
fn settlements_change_nobodys_net_sqlite() {
    run_cases(Backend::Sqlite, 40);
}

#[test]
fn settlements_change_nobodys_net_postgres() {
    if postgres_is_asked_for() {
        run_cases(Backend::Postgres, 8);
    }
}

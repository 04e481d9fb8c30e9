//! Random sequences of what members do, on the database and on a naive book beside it: both agree after each step, and the
//! verifier has nothing to say.

use diesel::prelude::*;
use kularing::db::schema::referral;
use kularing::db::{Db, Tx};
use kularing::kernel::id::{ReferralId, TransferId};
use kularing::kernel::{Actor, Answer};
use kularing::reciprocity::{commands, views};
use kularing::referrals::model::ReferralState;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::support::database::postgres_is_asked_for;
use crate::support::ledger::{Ring, verified};
use crate::support::{Backend, TestApp};

const MEMBERS: usize = 4;
/// What the default policy gives for an introduction.
const INTRODUCED: i64 = 10;
/// What it gives for business won of no stated value.
const WON: i64 = 20;

#[derive(Debug, Clone)]
enum Step {
    Post {
        giver: usize,
        offset: usize,
        amount: i64,
    },
    Repeat,
    Accept {
        giver: usize,
        offset: usize,
    },
    Introduce(usize),
    Withdraw(usize),
    Expire(usize),
    Win(usize),
    Invalidate(usize),
    Reverse(usize),
    /// Everything that ever brought credits happens once more.
    Again(usize),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let sides = (0..MEMBERS, 1..MEMBERS);
    let step = prop_oneof![
        3 => (sides.clone(), 0..1_000_i64).prop_map(|((giver, offset), amount)| Step::Post { giver, offset, amount }),
        1 => Just(Step::Repeat),
        3 => sides.prop_map(|(giver, offset)| Step::Accept { giver, offset }),
        3 => any::<usize>().prop_map(Step::Introduce),
        1 => any::<usize>().prop_map(Step::Withdraw),
        1 => any::<usize>().prop_map(Step::Expire),
        2 => any::<usize>().prop_map(Step::Win),
        1 => any::<usize>().prop_map(Step::Invalidate),
        1 => any::<usize>().prop_map(Step::Reverse),
        2 => any::<usize>().prop_map(Step::Again),
    ];
    prop::collection::vec(step, 1..24)
}

/// What should have happened: every entry, and every referral with its state.
#[derive(Debug, Default, Clone)]
struct Book {
    entries: Vec<Entry>,
    referrals: Vec<(ReferralId, usize, usize, ReferralState)>,
    keys: usize,
    last_post: Option<(usize, usize, i64, TransferId)>,
}

#[derive(Debug, Clone, Copy)]
struct Entry {
    id: TransferId,
    giver: usize,
    receiver: usize,
    amount: i64,
    referral: Option<ReferralId>,
    is_reversal: bool,
    is_reversed: bool,
}

impl Book {
    /// The referral of this state that a step means.
    fn pick(&self, index: usize, states: &[ReferralState]) -> Option<usize> {
        let fitting: Vec<usize> = (0..self.referrals.len()).filter(|at| states.contains(&self.referrals[*at].3)).collect();
        fitting.get(index % fitting.len().max(1)).copied()
    }

    fn add(&mut self, id: Option<TransferId>, giver: usize, receiver: usize, amount: i64, referral: Option<ReferralId>) {
        let id = id.expect("something was posted");
        self.entries.push(Entry { id, giver, receiver, amount, referral, is_reversal: false, is_reversed: false });
    }

    fn reverse(&mut self, at: usize, id: TransferId) {
        self.entries[at].is_reversed = true;
        let Entry { giver, receiver, amount, referral, .. } = self.entries[at];
        self.entries.push(Entry { id, giver: receiver, receiver: giver, amount, referral, is_reversal: true, is_reversed: false });
    }

    /// Given, received, pending given, pending received.
    fn standing(&self, member: usize) -> (i64, i64, i64, i64) {
        let sum = |mine: fn(&Entry) -> usize| self.entries.iter().filter(|entry| mine(entry) == member).map(|entry| entry.amount).sum();
        let open = |mine: fn(&(ReferralId, usize, usize, ReferralState)) -> usize| {
            let count = self.referrals.iter().filter(|row| row.3 == ReferralState::Accepted && mine(row) == member).count();
            INTRODUCED * i64::try_from(count).unwrap()
        };
        (sum(|entry| entry.giver), sum(|entry| entry.receiver), open(|row| row.1), open(|row| row.2))
    }
}

fn set_state(tx: &mut Tx<'_>, id: ReferralId, state: ReferralState) -> Answer<()> {
    diesel::update(referral::table.find(id)).set(referral::state.eq(state)).execute(&mut **tx)?;
    Ok(())
}

/// Takes one step in the database and in the book.
fn take(tx: &mut Tx<'_>, ring: &Ring, book: &mut Book, step: &Step) -> Answer<()> {
    match *step {
        Step::Post { giver, offset, amount } => {
            let receiver = (giver + offset) % MEMBERS;
            book.keys += 1;
            let posted = commands::post(tx, ring.posting(giver, receiver, amount, &format!("{}-{}", ring.circle, book.keys)))?;
            assert_eq!(posted.is_some(), amount > 0);
            if let Some(id) = posted {
                book.add(posted, giver, receiver, amount, None);
                book.last_post = Some((giver, receiver, amount, id));
                return Ok(());
            }
            book.keys -= 1;
        }
        Step::Repeat => {
            let Some((giver, receiver, amount, id)) = book.last_post else { return Ok(()) };
            let key = format!("{}-{}", ring.circle, book.keys);
            assert_eq!(commands::post(tx, ring.posting(giver, receiver, amount, &key))?, Some(id));
            assert_eq!(commands::post(tx, ring.posting(giver, receiver, amount + 1, &key)).unwrap_err().code(), "idem_conflict");
        }
        Step::Reverse(index) => {
            let Some(at) = (!book.entries.is_empty()).then(|| index % book.entries.len()) else { return Ok(()) };
            let entry = book.entries[at];
            match commands::reverse(tx, entry.id, Actor::System) {
                Err(failure) => assert!(entry.is_reversal && failure.code() == "is_reversal", "{failure}"),
                Ok(_) if entry.is_reversed => {}
                Ok(id) => book.reverse(at, id),
            }
        }
        _ => take_referral(tx, ring, book, step)?,
    }
    Ok(())
}

/// The steps that move referrals.
fn take_referral(tx: &mut Tx<'_>, ring: &Ring, book: &mut Book, step: &Step) -> Answer<()> {
    match *step {
        Step::Accept { giver, offset } => {
            let receiver = (giver + offset) % MEMBERS;
            let id = ring.insert_referral(tx, giver, receiver, ReferralState::Accepted)?;
            assert!(commands::place_hold(tx, &ring.hold(id, giver, receiver, INTRODUCED))?.is_some());
            book.referrals.push((id, giver, receiver, ReferralState::Accepted));
        }
        Step::Introduce(index) => {
            let Some(at) = book.pick(index, &[ReferralState::Accepted]) else { return Ok(()) };
            let (id, giver, receiver, _) = book.referrals[at];
            let posted = commands::post_hold(tx, id, Actor::Clock)?;
            assert_eq!(commands::post_hold(tx, id, Actor::Clock)?, posted);
            book.add(posted, giver, receiver, INTRODUCED, Some(id));
            book.referrals[at].3 = ReferralState::Introduced;
            set_state(tx, id, ReferralState::Introduced)?;
        }
        Step::Withdraw(index) | Step::Expire(index) => {
            let Some(at) = book.pick(index, &[ReferralState::Accepted]) else { return Ok(()) };
            let id = book.referrals[at].0;
            if matches!(step, Step::Expire(_)) {
                commands::expire_hold(tx, id)?
            } else {
                commands::void_hold(tx, id)?
            }
            book.referrals[at].3 = ReferralState::Closed;
            set_state(tx, id, ReferralState::Closed)?;
        }
        Step::Win(index) => {
            let Some(at) = book.pick(index, &[ReferralState::Introduced]) else { return Ok(()) };
            let (id, giver, receiver, _) = book.referrals[at];
            let posted = commands::post(tx, ring.won(id, giver, receiver))?;
            book.add(posted, giver, receiver, WON, Some(id));
            book.referrals[at].3 = ReferralState::Won;
            set_state(tx, id, ReferralState::Won)?;
        }
        Step::Invalidate(index) => {
            let Some(at) = book.pick(index, &[ReferralState::Introduced]) else { return Ok(()) };
            let id = book.referrals[at].0;
            let reversals = commands::reverse_referral(tx, id, Actor::System)?;
            let posted: Vec<usize> = (0..book.entries.len()).filter(|at| book.entries[*at].referral == Some(id) && !book.entries[*at].is_reversal).collect();
            assert_eq!(reversals.len(), posted.len());
            for (entry, reversal) in posted.into_iter().zip(reversals) {
                if !book.entries[entry].is_reversed {
                    book.reverse(entry, reversal);
                }
            }
            book.referrals[at].3 = ReferralState::Invalid;
            set_state(tx, id, ReferralState::Invalid)?;
        }
        Step::Again(index) => {
            let Some(at) = book.pick(index, &[ReferralState::Introduced, ReferralState::Won, ReferralState::Invalid]) else { return Ok(()) };
            let (id, giver, receiver, state) = book.referrals[at];
            // Taken back or not: each kind of credit was posted once and comes no more.
            let known = |id: Option<TransferId>| book.entries.iter().any(|entry| Some(entry.id) == id);
            assert_eq!(commands::place_hold(tx, &ring.hold(id, giver, receiver, INTRODUCED)).unwrap_err().code(), "hold_posted");
            assert!(known(commands::post_hold(tx, id, Actor::Clock)?));
            if state == ReferralState::Won {
                assert!(known(commands::post(tx, ring.won(id, giver, receiver))?));
            }
        }
        Step::Post { .. } | Step::Repeat | Step::Reverse(_) => unreachable!("no step of a referral"),
    }
    Ok(())
}

async fn run(app: &TestApp, steps: Vec<Step>) {
    let db: &Db = &app.state.db;
    let ring = Ring::of(db, MEMBERS).await;
    let mut book = Book::default();
    for step in steps {
        let (seed, mut next) = (ring.clone(), book.clone());
        book = db.write(move |tx| take(tx, &seed, &mut next, &step).map(|()| next)).await.unwrap();
        for (member, business) in ring.members.iter().copied().enumerate() {
            let circle = ring.circle;
            let balance = db.read(move |connection| views::balance(connection, circle, business)).await.unwrap();
            let shown = (balance.given, balance.received, balance.pending_given, balance.pending_received);
            assert_eq!(shown, book.standing(member));
        }
        let report = verified(app);
        assert!(report.is_clean(), "{report}");
    }
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
fn the_database_does_what_the_book_says_sqlite() {
    run_cases(Backend::Sqlite, 40);
}

#[test]
fn the_database_does_what_the_book_says_postgres() {
    if postgres_is_asked_for() {
        run_cases(Backend::Postgres, 8);
    }
}

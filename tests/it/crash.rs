//! The process is killed in the middle of its work, again and again. Whatever it acknowledged is there afterwards, nothing is
//! half done, and when it goes on, its clocks bring everything to an end.
//!
//! The child is this very test program, told by its environment to work until it is killed: businesses pass, accept, decline
//! and withdraw referrals, prospects agree, clocks introduce, business is closed, rings are settled and settlements taken back,
//! mails are sent. It says on its standard
//! output what was acknowledged to it.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use diesel::prelude::*;
use kularing::app::{self, Parts};
use kularing::config::Config;
use kularing::db::schema::{referral, settlement, transfer};
use kularing::db::{Location, Tx, open_for_reading};
use kularing::http::State;
use kularing::introductions::commands as introductions;
use kularing::introductions::commands::Given;
use kularing::introductions::model::ProspectAnswer;
use kularing::introductions::record::Channel;
use kularing::introductions::wording::Statement;
use kularing::kernel::actor::PersonRole;
use kularing::kernel::clock::{ManualClock, Timestamp, days};
use kularing::kernel::id::{BusinessId, CircleId, PersonId, ReferralId, SettlementId, TransferId};
use kularing::kernel::money::{Currency, Money};
use kularing::kernel::random::SystemRandom;
use kularing::kernel::{Answer, Language, Principal, Secret};
use kularing::reciprocity::commands as ledger;
use kularing::reciprocity::model::{Idem, Posting, Reason};
use kularing::reciprocity::rings::{self, commands::Seen};
use kularing::reciprocity::verify::verify;
use kularing::reciprocity::views as ledger_views;
use kularing::referrals::model::{DeclineReason, ReferralState};
use kularing::referrals::{commands as referrals, views};
use serde_json::json;

use crate::support::accounts::signed_in;
use crate::support::app::START;
use crate::support::circles::value_chain;
use crate::support::database::postgres_is_asked_for;
use crate::support::{Backend, TestApp};

const DATABASE: &str = "KULARING_TEST_CRASH_DATABASE";
const PEOPLE: &str = "KULARING_TEST_CRASH_PEOPLE";
const ATTEMPT: &str = "KULARING_TEST_CRASH_ATTEMPT";
const MEMBERS: usize = 4;
/// How far a settlement came.
const SETTLED: i16 = 1;
const UNDONE: i16 = 2;
/// After how many acknowledgements the child is killed each time.
const KILLED_AFTER: [usize; 6] = [1, 5, 20, 90, 160, 50];
/// So much time lies between a kill and the next start: long enough for every clock that was running.
const PAUSE_DAYS: u32 = 400;

/// A circle and the people who work in it.
#[derive(Debug, Clone)]
struct People {
    circle: CircleId,
    members: Vec<(PersonId, BusinessId)>,
}

impl People {
    async fn register(app: &TestApp) -> Self {
        let mut people = Vec::new();
        for name in ["Anna Arch", "Ben Bolt", "Cora Coil", "Dirk Dim"] {
            people.push(signed_in(app, name, "electrician").await);
        }
        let others: Vec<_> = people.iter().skip(1).map(|person| (person, "electrician")).collect();
        let circle = value_chain(app, &people[0], &others).await;
        Self { circle, members: people.iter().map(|person| (person.person, person.business)).collect() }
    }

    fn to_text(&self) -> String {
        self.members.iter().fold(self.circle.to_string(), |text, (person, business)| format!("{text} {person} {business}"))
    }

    fn from_text(text: &str) -> Self {
        let words: Vec<&str> = text.split(' ').collect();
        let members = words[1..].chunks(2).map(|pair| (pair[0].parse().unwrap(), pair[1].parse().unwrap())).collect();
        Self { circle: words[0].parse().unwrap(), members }
    }

    fn principal(&self, number: usize) -> Principal {
        let (person, business) = self.members[number % MEMBERS];
        Principal { person, business: Some(business), role: PersonRole::Owner, is_operator: false }
    }
}

fn open(url: &str, clock: Arc<ManualClock>) -> State {
    let mut config = Config::defaults().unwrap();
    config.database.url = url.into();
    config.database.pool_size = 8;
    app::build(config, Parts { clock, random: Arc::new(SystemRandom::default()), secret: Secret::new(&[42; 32]).unwrap() }).unwrap()
}

/// When the child of this attempt lives.
fn birth(attempt: usize) -> Timestamp {
    START.after(days(PAUSE_DAYS * (u32::try_from(attempt).unwrap() + 1)))
}

/// Works until it is killed. Only the tests below run it.
#[test]
#[ignore = "the child of the crash tests"]
fn child() {
    let told = |name: &str| std::env::var(name).expect("the parent tells what to do");
    let people = People::from_text(&told(PEOPLE));
    let clock = Arc::new(ManualClock::new(birth(told(ATTEMPT).parse().unwrap())));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let state = open(&told(DATABASE), Arc::clone(&clock));
        let mut workers: Vec<_> = (0..MEMBERS).map(|number| tokio::spawn(work(state.clone(), people.clone(), number))).collect();
        workers.push(tokio::spawn(run_clocks(state, clock)));
        for worker in workers {
            worker.await.unwrap();
        }
    });
}

/// Time goes on, and what is due is done, mails included.
async fn run_clocks(state: State, clock: Arc<ManualClock>) {
    loop {
        clock.advance(Duration::from_secs(300));
        while kularing::worker::run_due_timers(&state.db).await.unwrap() + kularing::worker::send_due_mails(&state).await.unwrap() > 0 {}
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
}

/// One member gives, others receive, round after round.
async fn work(state: State, people: People, number: usize) {
    for round in 0_usize.. {
        let (giver, receiver) = (people.principal(number), people.principal(number + 1 + round % (MEMBERS - 1)));
        let key = format!("{}-{number}-{round}", std::process::id());
        let correction = correction(&people, &giver, &receiver, &key);
        let posted = state.db.write(move |tx| ledger::post(tx, correction)).await.unwrap();
        acknowledge(posted.expect("a correction is posted"), 0);
        let circle = people.circle;
        let id = state.db.write(move |tx| pass(tx, &giver, &receiver, circle, &key)).await.unwrap();
        acknowledge(id, ReferralState::Offered.code());
        finish(&state, id, giver, receiver, round).await;
        // The first member organises the circle.
        if number == 0 {
            close_rings(&state, people.principal(0), circle, round).await;
        }
    }
}

/// Settles what closes; every other settlement is taken back again.
async fn close_rings(state: &State, organiser: Principal, circle: CircleId, round: usize) {
    let settled = state.db.write(move |tx| settle(tx, &organiser, circle)).await;
    let id = match settled {
        Ok(id) => id,
        // Somebody posted in between, or nobody has anything to close: the next round may have more luck.
        Err(failure) if ["ledger_moved", "nothing_to_settle"].contains(&failure.code()) => return,
        Err(failure) => panic!("{failure}"),
    };
    acknowledge(id, SETTLED);
    if round % 2 == 1 {
        state.db.write(move |tx| rings::commands::undo(tx, &organiser, circle, id)).await.unwrap();
        acknowledge(id, UNDONE);
    }
}

fn settle(tx: &mut Tx<'_>, organiser: &Principal, circle: CircleId) -> Answer<SettlementId> {
    let head = ledger_views::ledger_head(tx, circle, organiser.owned_business()?)?.hash;
    rings::commands::settle(tx, organiser, circle, Seen { head, ring_length: 3 })
}

async fn finish(state: &State, id: ReferralId, giver: Principal, receiver: Principal, round: usize) {
    if round.is_multiple_of(4) {
        state.db.write(move |tx| referrals::decline(tx, &receiver, id, DeclineReason::NoCapacity, None)).await.unwrap();
        return acknowledge(id, ReferralState::Declined.code());
    }
    state.db.write(move |tx| referrals::accept(tx, &receiver, id, None)).await.unwrap();
    acknowledge(id, ReferralState::Accepted.code());
    if round % 4 == 1 {
        state.db.write(move |tx| referrals::withdraw(tx, &giver, id, None)).await.unwrap();
        return acknowledge(id, ReferralState::Withdrawn.code());
    }
    state.db.write(move |tx| agree(tx, id)).await.unwrap();
    while state.db.read(move |connection| views::facts(connection, id)).await.unwrap().state != ReferralState::Introduced {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    acknowledge(id, ReferralState::Introduced.code());
    state.db.write(move |tx| referrals::contact(tx, &receiver, id, None)).await.unwrap();
    acknowledge(id, ReferralState::Contacted.code());
    let value = Money { amount_minor: 1_000_000, currency: Currency::EUR };
    state.db.write(move |tx| referrals::win(tx, &receiver, id, Some(&value), None)).await.unwrap();
    acknowledge(id, ReferralState::Won.code());
}

fn correction(people: &People, giver: &Principal, receiver: &Principal, key: &str) -> Posting {
    Posting {
        circle: people.circle,
        giver: giver.business.unwrap(),
        receiver: receiver.business.unwrap(),
        amount: 3,
        reason: Reason::Correction,
        referral: None,
        actor: giver.actor(),
        idem: Idem::chosen(Reason::Correction, key).unwrap(),
    }
}

fn pass(tx: &mut Tx<'_>, giver: &Principal, receiver: &Principal, circle: CircleId, key: &str) -> Answer<ReferralId> {
    let input = json!({
        "receiver": receiver.business, "trade": "electrician", "need": "Wiring of a new house", "effort": 3,
        "contact_by": "receiver", "contact_within_hours": 48, "consent_path": "share", "inside": false,
        "prospect": { "name": "Paula Prospect", "email": format!("paula.{key}@prospect.example"), "language": "en", "words": "They wired our office." },
    });
    let id = referrals::draft(tx, giver, circle, &serde_json::from_value(input).unwrap())?;
    referrals::pass(tx, giver, id, false, None).map(|_| id)
}

fn agree(tx: &mut Tx<'_>, id: ReferralId) -> Answer<()> {
    let introduction = kularing::introductions::views::newest(tx, id)?.expect("a passed referral has an introduction");
    let statement = Statement { wording: "Yes".to_owned(), version: "test", language: Language::En };
    let given = Given { answer: ProspectAnswer::Yes, code: None, trapped: false, statement, channel: Channel::Page };
    assert_eq!(introductions::answer(tx, introduction.id, &given)?, introductions::Outcome::Taken);
    Ok(())
}

/// Says that a thing is there and how far it came.
fn acknowledge(id: impl std::fmt::Display, state: i16) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "\nacknowledged {id} {state}").and_then(|()| out.flush()).expect("the parent listens");
}

fn start_child(url: &str, people: &People, attempt: usize) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--ignored", "--exact", "crash::child", "--nocapture"])
        .env(DATABASE, url)
        .env(PEOPLE, people.to_text())
        .env(ATTEMPT, attempt.to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .spawn()
        .unwrap()
}

/// Lets a child work, kills it, and adds what it was told to be done.
fn work_and_die(url: &str, people: &People, attempt: usize, acknowledged: &mut BTreeMap<String, i16>) {
    let mut child = start_child(url, people, attempt);
    let mut lines = BufReader::new(child.stdout.take().unwrap());
    let (mut count, mut is_killed) = (0, false);
    loop {
        let mut line = String::new();
        lines.read_line(&mut line).unwrap();
        if line.is_empty() {
            break;
        }
        // A line without its end was cut off by the kill.
        if let Some((id, state)) = line.strip_prefix("acknowledged ").and_then(|rest| rest.strip_suffix('\n')).and_then(|rest| rest.split_once(' ')) {
            acknowledged.insert(id.to_owned(), state.parse().unwrap());
            count += 1;
        }
        if count >= KILLED_AFTER[attempt] && !is_killed {
            child.kill().unwrap();
            is_killed = true;
        }
    }
    assert!(is_killed, "the child ended by itself: {:?}", child.wait());
    child.wait().unwrap();
}

fn check(location: &Location, acknowledged: &BTreeMap<String, i16>) {
    let mut connection = open_for_reading(location).unwrap();
    let report = verify(&mut connection, START).unwrap();
    assert!(report.is_clean(), "{report}");
    for (id, reached) in acknowledged {
        if let Ok(id) = id.parse::<ReferralId>() {
            let state: Option<i16> = referral::table.find(id).select(referral::state).first(&mut connection).optional().unwrap();
            assert!(state.is_some_and(|state| state >= *reached), "{id} had reached {reached} and is at {state:?}");
        } else if let Ok(id) = id.parse::<SettlementId>() {
            let undone: Option<Option<Timestamp>> = settlement::table.find(id).select(settlement::undone_at).first(&mut connection).optional().unwrap();
            assert!(undone.is_some_and(|at| *reached == SETTLED || at.is_some()), "{id} had reached {reached} and is at {undone:?}");
        } else {
            let id: TransferId = id.parse().unwrap();
            let count: i64 = transfer::table.filter(transfer::id.eq(id)).count().get_result(&mut connection).unwrap();
            assert_eq!(count, 1, "{id} is lost");
        }
    }
}

/// Whatever the kills left open comes to its end by its own clocks.
async fn comes_to_an_end(url: &str) {
    let clock = Arc::new(ManualClock::new(birth(KILLED_AFTER.len())));
    let state = open(url, Arc::clone(&clock));
    for _ in 0..PAUSE_DAYS / 10 {
        while kularing::worker::run_due_timers(&state.db).await.unwrap() + kularing::worker::send_due_mails(&state).await.unwrap() > 0 {}
        clock.advance(days(10));
    }
    let unfinished = ReferralState::all_that(ReferralState::fills_a_place);
    let left = state
        .db
        .read(move |connection| {
            let left: Vec<ReferralId> = referral::table.filter(referral::state.eq_any(unfinished)).select(referral::id).load(connection)?;
            Ok(left)
        })
        .await
        .unwrap();
    assert!(left.is_empty(), "no clock ended {left:?}");
}

fn killed_again_and_again(backend: Backend) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let (people, database) = runtime.block_on(async {
        let app = TestApp::start(backend);
        let people = People::register(&app).await;
        // The child is the one process on the file: this application ends here.
        let TestApp { database, .. } = app;
        (people, database)
    });
    let mut acknowledged = BTreeMap::new();
    for attempt in 0..KILLED_AFTER.len() {
        work_and_die(&database.url(), &people, attempt, &mut acknowledged);
        check(&database.location, &acknowledged);
    }
    assert!(acknowledged.len() > 100, "{}", acknowledged.len());
    assert!(acknowledged.values().any(|state| *state == ReferralState::Won.code()));
    for reached in [SETTLED, UNDONE] {
        assert!(acknowledged.iter().any(|(id, state)| id.parse::<SettlementId>().is_ok() && *state == reached), "{reached}: {acknowledged:?}");
    }
    runtime.block_on(comes_to_an_end(&database.url()));
    check(&database.location, &acknowledged);
}

#[test]
fn what_was_acknowledged_survives_a_kill_sqlite() {
    killed_again_and_again(Backend::Sqlite);
}

#[test]
fn what_was_acknowledged_survives_a_kill_postgres() {
    if postgres_is_asked_for() {
        killed_again_and_again(Backend::Postgres);
    }
}

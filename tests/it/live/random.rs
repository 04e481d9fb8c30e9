//! Months of random work: everybody hears exactly what his views show to be new, once, and nobody anything else.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use kularing::db::AnyConn;
use kularing::introductions::share;
use kularing::kernel::id::{BusinessId, CircleId, EventId, Identifier, ReferralId};
use kularing::kernel::random::SeededRandom;
use kularing::kernel::{Answer, EventKind, Failure, Principal, Random};
use kularing::referrals::model::Relation;
use kularing::referrals::views;
use serde_json::{Value, json};

use crate::on_both_databases;
use crate::support::TestApp;
use crate::support::accounts::{TestPerson, signed_in};
use crate::support::circles::value_chain;
use crate::support::ears::{Ears, quick, watched};
use crate::support::referrals::content;

const STEPS: usize = 120;
/// Below the 20 hours after which two clocks of one offer could run out within one step.
const PAUSE_HOURS: u64 = 19;

struct World {
    app: TestApp,
    circle: CircleId,
    people: Vec<TestPerson>,
    referrals: Vec<ReferralId>,
    random: SeededRandom,
}

/// What somebody sees of a referral: as whom, and which steps.
type Sight = BTreeMap<(usize, ReferralId), (Relation, BTreeSet<EventId>)>;

impl World {
    async fn new(app: TestApp, seed: u64) -> Self {
        let organiser = signed_in(&app, "Olga Ott", "general-contractor").await;
        let mut people = Vec::new();
        for (name, trade) in [("Anna Arch", "architect"), ("Emil Engel", "electrician"), ("Eva Ebert", "electrician"), ("Else Erb", "electrician")] {
            people.push(signed_in(&app, name, trade).await);
        }
        let members: Vec<_> = people.iter().zip(["architect", "electrician", "electrician", "electrician"]).collect();
        let circle = value_chain(&app, &organiser, &members).await;
        people.push(organiser);
        people.push(signed_in(&app, "Stella Stranger", "electrician").await);
        app.clock.advance(Duration::from_secs(1));
        Self { app, circle, people, referrals: Vec::new(), random: SeededRandom::new(seed) }
    }

    fn pick(&self, most: usize) -> usize {
        let mut bytes = [0_u8; 4];
        self.random.fill(&mut bytes).unwrap();
        u32::from_le_bytes(bytes) as usize % most
    }

    /// Somebody does something, whether he may or not.
    async fn step(&mut self) {
        self.app.clock.advance(Duration::from_secs(1));
        let who = self.people[self.pick(6)].clone();
        let receiver = self.people[1 + self.pick(3)].clone();
        if self.referrals.len() < 3 || self.pick(12) == 0 {
            self.pass_new(&receiver).await;
            return;
        }
        let referral = self.referrals[self.referrals.len() - 1 - self.pick(self.referrals.len().min(4))];
        if self.pick(5) == 0 {
            return self.prospect_answers(referral).await;
        }
        if self.pick(9) == 0 {
            return self.app.pass_time(Duration::from_secs(3_600 * self.pick(PAUSE_HOURS as usize) as u64 + 130)).await;
        }
        let moves: [(&str, Value); 14] = [
            ("accept", json!({})),
            ("accept", json!({})),
            ("accept", json!({})),
            ("decline", json!({ "reason": "no_capacity" })),
            ("pass-on", json!({ "receiver": receiver.business })),
            ("pass-on", json!({ "receiver": receiver.business })),
            ("contact", json!({})),
            ("quote", json!({})),
            ("win", json!({ "value": { "amount_minor": 50_000, "currency": "EUR" } })),
            ("lose", json!({ "reason": "price" })),
            ("undo", json!({})),
            ("withdraw", json!({})),
            ("dispute", json!({ "reason": "no_need", "words": "There is none." })),
            ("decide-dispute", json!({ "verdict": if self.pick(2) == 0 { "uphold" } else { "reject" }, "words": "So it is." })),
        ];
        let (made, body) = moves[self.pick(moves.len())].clone();
        // Whoever may not is refused: that too must be heard by nobody. Mostly those try who may.
        let who = if self.pick(4) == 0 { who } else { self.mover(referral, made).await.unwrap_or(who) };
        self.app.post(&who.token, &format!("/referrals/{referral}/{made}"), body).await;
    }

    async fn mover(&self, referral: ReferralId, made: &str) -> Option<TestPerson> {
        let facts = self.app.state.db.read(move |connection| views::facts(connection, referral)).await.ok()?;
        let business = match made {
            "pass-on" | "withdraw" => facts.giver,
            "decide-dispute" => self.people[4].business,
            _ => facts.receiver?,
        };
        self.people.iter().find(|person| person.business == business).cloned()
    }

    async fn pass_new(&mut self, receiver: &TestPerson) {
        let giver = self.people[self.pick(5)].clone();
        let draft = self.app.post(&giver.token, "/referrals", content(self.circle, receiver)).await;
        let Some(referral) = draft.json()["id"].as_str().and_then(|id| id.parse().ok()) else { return };
        self.referrals.push(referral);
        self.app.post(&giver.token, &format!("/referrals/{referral}/pass"), json!({})).await;
    }

    async fn prospect_answers(&self, referral: ReferralId) {
        let (secret, now) = (self.app.state.secret().clone(), self.app.state.now());
        let shared = self.app.state.db.read(move |connection| share::of_referral(connection, &secret, "", referral, now)).await;
        if let Ok(Some(shared)) = shared {
            self.app.prospect_says(&shared.link, ["yes", "yes", "yes", "yes", "yes", "no", "not_now"][self.pick(7)]).await;
            self.app.let_undo_time_pass().await;
        }
    }

    /// What everybody sees, and every event above an id with its kind, business and referral.
    async fn look(&self, above: EventId) -> (Sight, Vec<(EventId, EventKind, Option<BusinessId>, Option<ReferralId>)>) {
        let people: Vec<Principal> = self.people.iter().map(TestPerson::principal).collect();
        let (referrals, now) = (self.referrals.clone(), self.app.state.now());
        let read = self.app.state.db.read(move |connection| {
            let mut sight = Sight::new();
            for (number, principal) in people.iter().enumerate() {
                for referral in &referrals {
                    if let Some(seen) = seen(connection, principal, *referral, now)? {
                        sight.insert((number, *referral), seen);
                    }
                }
            }
            let ids = kularing::events::ids_above(connection, above, 10_000)?;
            let events = kularing::events::among(connection, &ids)?;
            Ok((sight, events.into_iter().map(|event| (event.id, event.kind, event.business, event.referral)).collect()))
        });
        read.await.unwrap()
    }
}

fn seen(
    connection: &mut AnyConn,
    principal: &Principal,
    referral: ReferralId,
    now: kularing::kernel::Timestamp,
) -> Answer<Option<(Relation, BTreeSet<EventId>)>> {
    match views::timeline(connection, principal, referral, now) {
        Ok(steps) => Ok(Some((views::whole(connection, principal, referral, now)?.role, steps.into_iter().map(|step| step.id).collect()))),
        Err(Failure::NotFound(_)) => Ok(None),
        Err(failure) => Err(failure),
    }
}

on_both_databases! {
    async fn everybody_hears_what_his_views_show(app) {
        let mut app = app;
        let _watch = watched(&mut app, quick());
        let seed = if app.backend == crate::support::Backend::Sqlite { 7 } else { 8 };
        let mut world = World::new(app, seed).await;
        let mut ears = Vec::new();
        for who in &world.people {
            ears.push(Ears::of(&world.app.state, who, "").await.begun().await);
        }
        let mut heard: Vec<Vec<String>> = vec![Vec::new(); ears.len()];
        let mut expected = vec![BTreeSet::new(); ears.len()];
        let (mut before, old) = world.look(EventId::from_raw(0)).await;
        let mut above = old.last().unwrap().0;
        let mut kinds = BTreeSet::new();
        for _ in 0..STEPS {
            world.step().await;
            let (after, new) = world.look(above).await;
            above = new.last().map_or(above, |event| event.0);
            for (id, kind, business, referral) in new {
                kinds.insert(kind);
                for (number, person) in world.people.iter().enumerate() {
                    let sight = |sights: &Sight| referral.and_then(|referral| sights.get(&(number, referral)).cloned());
                    let shows = sight(&after).is_some_and(|(_, steps)| steps.contains(&id));
                    let was_receiver = sight(&before).is_some_and(|(role, _)| role == Relation::Receiver);
                    let is_receiver = sight(&after).is_some_and(|(role, _)| role == Relation::Receiver);
                    let ends = [EventKind::OfferDeclined, EventKind::OfferExpired, EventKind::ReferralWithdrawn, EventKind::ReferralClosed].contains(&kind);
                    if shows || (was_receiver && !is_receiver && ends && business == Some(person.business)) {
                        expected[number].insert(id.to_string());
                    }
                }
            }
            for (number, ears) in ears.iter_mut().enumerate() {
                while heard[number].len() < expected[number].len() {
                    let message = ears.next().await;
                    if message.kind == "referral" {
                        heard[number].push(message.data["id"].as_str().unwrap().to_owned());
                    }
                }
            }
            before = after;
        }
        for (number, ears) in ears.iter_mut().enumerate() {
            while let Ok(message) = tokio::time::timeout(Duration::from_millis(200), ears.next()).await {
                if message.kind == "referral" {
                    heard[number].push(message.data["id"].as_str().unwrap().to_owned());
                }
            }
            let once: BTreeSet<String> = heard[number].iter().cloned().collect();
            assert_eq!(once.len(), heard[number].len(), "{} heard something twice", world.people[number].name);
            assert_eq!(once, expected[number], "{}", world.people[number].name);
        }
        assert!(kinds.len() >= 12, "the walk was too short: {kinds:?}");
        assert!(expected[..5].iter().all(|expected| !expected.is_empty()) && expected[5].is_empty(), "{expected:?}");
    }
}

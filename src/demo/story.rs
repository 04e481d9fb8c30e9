//! The story is told: each plan becomes steps on an agenda, and the clock runs from one to the next.

use std::collections::BTreeMap;
use std::time::Duration;

use super::Stage;
use super::cast::{FIRST_NAMES, LAST_NAMES, need_of};
use super::made_up;
use super::plan::{Fate, Plan, Scene, plans};
use super::settle::{self, Circles, People, Player, player};
use crate::circles::policy::ConsentPath;
use crate::db::Tx;
use crate::introductions::commands::{self as introductions, Given, Outcome};
use crate::introductions::model::{Attestation, ProspectAnswer};
use crate::introductions::record::Channel;
use crate::introductions::views;
use crate::introductions::wording::{self, Names, Shared};
use crate::kernel::clock::{Clock, Timestamp, days, hours};
use crate::kernel::id::{CircleId, ReferralId};
use crate::kernel::money::{Currency, Money};
use crate::kernel::{Answer, Failure, Language};
use crate::reciprocity::rings;
use crate::referrals::commands::{self as referrals, Verdict};
use crate::referrals::input::{ProspectInput, ReferralInput, WorthInput};
use crate::referrals::model::{ContactBy, DeclineReason, DisputeReason, LoseReason};

pub(super) const SEED: u64 = 2026;
/// After both agreed the answer may be taken back for two minutes; then the introduction is made.
const UNDO_OVER: Duration = Duration::from_secs(150);
/// So long ago the organiser of the chain settled its rings; what is shown as open has come since.
const RINGS_SETTLED: Duration = days(100);

/// One step of one referral.
#[derive(Debug, Clone, Copy)]
enum Step {
    Pass,
    PassSpinOff { origin: ReferralId },
    PassOn,
    Accept,
    Decline,
    Prospect(ProspectAnswer),
    Contact,
    Quote,
    Win,
    Lose,
    Withdraw,
    Dispute,
    Decide(Verdict),
    Wait,
}

/// A step with the plan it belongs to; the referral is known once it was passed.
#[derive(Debug, Clone)]
struct Entry {
    plan: Plan,
    step: Step,
    referral: Option<ReferralId>,
}

/// What is to be done when; entries of the same moment keep their order.
#[derive(Default)]
struct Agenda {
    entries: BTreeMap<(Timestamp, usize), Entry>,
    count: usize,
}

impl Agenda {
    fn add(&mut self, at: Timestamp, entry: Entry) {
        self.count += 1;
        self.entries.insert((at, self.count), entry);
    }
}

struct Teller<'s> {
    stage: &'s Stage,
    people: &'s People,
    circles: &'s Circles,
    agenda: Agenda,
    prospects: usize,
}

/// Tells the whole story up to `now`.
pub async fn tell(stage: &Stage, people: &People, circles: &Circles, now: Timestamp, progress: &mut dyn FnMut(u32)) -> Answer<()> {
    let start = stage.clock.now();
    let weeks = u32::try_from(now.since(start).as_secs() / (7 * 86_400)).unwrap_or(0);
    let mut plans = plans(weeks + 1, SEED);
    plans.extend(made_up::plans(plans.len()));
    let mut teller = Teller { stage, people, circles, agenda: Agenda::default(), prospects: plans.len() };
    for plan in plans {
        teller.agenda.add(start.after(plan.after), Entry { plan, step: Step::Pass, referral: None });
    }
    let length = now.since(start).as_secs().max(1);
    let (settling, mut is_settled) = (now.before(RINGS_SETTLED), false);
    while let Some(((at, _), entry)) = teller.agenda.entries.pop_first() {
        if at > now {
            break;
        }
        if at >= settling && !is_settled {
            stage.pass_time_until(settling).await?;
            teller.settle_rings(Scene::Chain).await?;
            is_settled = true;
        }
        stage.pass_time_until(at).await?;
        teller.play(entry).await?;
        progress(5 + u32::try_from(at.since(start).as_secs() * 90 / length).unwrap_or(0));
    }
    stage.pass_time_until(now.before(hours(30))).await?;
    teller.last_days(now).await?;
    stage.pass_time_until(now).await
}

impl Teller<'_> {
    /// Plays one step and puts what follows on the agenda.
    async fn play(&mut self, entry: Entry) -> Answer<()> {
        self.advance(entry).await?;
        self.stage.run_due().await
    }

    async fn advance(&mut self, entry: Entry) -> Answer<()> {
        let Entry { plan, step, referral } = entry;
        let at = self.stage.clock.now();
        match step {
            Step::Pass => {
                let passed = self.pass(&plan, None).await?;
                self.follow(&plan, passed, at);
            }
            Step::PassSpinOff { origin } => {
                let passed = self.pass(&plan, Some(origin)).await?;
                self.follow(&plan, passed, at);
            }
            other => {
                let referral = referral.ok_or_else(|| Failure::internal("a step came before its referral was passed"))?;
                self.step(&plan, other, referral).await?;
            }
        }
        Ok(())
    }

    /// What follows on the pass, by the plan's fate.
    fn follow(&mut self, plan: &Plan, referral: ReferralId, at: Timestamp) {
        let yes = Step::Prospect(ProspectAnswer::Yes);
        let steps: &[(Duration, Step)] = match plan.fate {
            Fate::Won | Fate::WonWithSpinOff => {
                &[(hours(3), Step::Accept), (hours(20), yes), (hours(44), Step::Contact), (days(6), Step::Quote), (days(16), Step::Win)]
            }
            Fate::MadeUp => &[(Duration::from_secs(40), Step::Accept), (Duration::from_secs(240), yes), (hours(20), Step::Contact), (days(2), Step::Win)],
            Fate::Quoted => &[(hours(5), Step::Accept), (hours(9), yes), (hours(30), Step::Contact), (days(5), Step::Quote)],
            Fate::Contacted => &[(hours(2), yes), (hours(26), Step::Accept), (hours(40), Step::Contact)],
            Fate::Lost => &[(hours(7), Step::Accept), (hours(12), yes), (hours(50), Step::Contact), (days(12), Step::Lose)],
            Fate::Silent => &[(hours(30), Step::Accept), (hours(40), yes)],
            Fate::DeclinedThenWon | Fate::Declined => &[(hours(6), Step::Decline)],
            Fate::Expired => &[],
            Fate::Refused => &[(hours(4), Step::Accept), (hours(22), Step::Prospect(ProspectAnswer::No))],
            Fate::NotNow => &[(hours(4), Step::Accept), (hours(28), Step::Prospect(ProspectAnswer::NotNow))],
            Fate::Unanswered => &[(hours(8), Step::Accept)],
            Fate::Withdrawn => &[(hours(5), Step::Accept), (hours(12), Step::Withdraw)],
            Fate::Invalid => &[(hours(3), Step::Accept), (hours(6), yes), (days(2), Step::Dispute), (days(4), Step::Decide(Verdict::Uphold))],
            Fate::DisputedThenWon => &[
                (hours(3), Step::Accept),
                (hours(6), yes),
                (days(2), Step::Dispute),
                (days(4), Step::Decide(Verdict::Reject)),
                (days(5), Step::Contact),
                (days(20), Step::Win),
            ],
        };
        for (after, step) in steps {
            self.agenda.add(at.after(*after), Entry { plan: plan.clone(), step: *step, referral: Some(referral) });
            if matches!(step, Step::Prospect(_) | Step::Accept) {
                self.agenda.add(at.after(*after).after(UNDO_OVER), Entry { plan: plan.clone(), step: Step::Wait, referral: Some(referral) });
            }
        }
        if plan.fate == Fate::DeclinedThenWon {
            self.agenda.add(at.after(hours(10)), Entry { plan: plan.clone(), step: Step::PassOn, referral: Some(referral) });
        }
    }

    async fn step(&mut self, plan: &Plan, step: Step, id: ReferralId) -> Answer<()> {
        let (giver, receiver) = (self.member(plan.scene, plan.giver)?, self.member(plan.scene, plan.receiver)?);
        let organiser = self.organiser(plan)?;
        let db = &self.stage.state.db;
        let value = Money { amount_minor: plan.value_minor, currency: Currency::EUR };
        match step {
            Step::Accept => db.write(move |tx| referrals::accept(tx, &receiver.principal, id, None)).await?,
            Step::Decline => db.write(move |tx| referrals::decline(tx, &receiver.principal, id, DeclineReason::NoCapacity, None)).await?,
            Step::Prospect(answer) => self.answer(plan, id, answer, receiver).await?,
            Step::Contact => db.write(move |tx| referrals::contact(tx, &receiver.principal, id, None)).await?,
            Step::Quote => db.write(move |tx| referrals::quote(tx, &receiver.principal, id, None)).await?,
            Step::Lose => db.write(move |tx| referrals::lose(tx, &receiver.principal, id, LoseReason::ChoseOther, None)).await?,
            Step::Withdraw => db.write(move |tx| referrals::withdraw(tx, &giver.principal, id, None)).await?,
            Step::Win => {
                db.write(move |tx| referrals::win(tx, &receiver.principal, id, Some(&value), None)).await?;
                self.spin_off(plan, id);
            }
            Step::Dispute => {
                let words = "Der Bedarf war schon gedeckt, als ich anrief.";
                db.write(move |tx| referrals::dispute(tx, &receiver.principal, id, DisputeReason::NoNeed, words).map(drop)).await?;
            }
            Step::Decide(verdict) => {
                let words = if verdict == Verdict::Uphold { "Ich habe mit beiden gesprochen." } else { "Der Kunde bestätigt seinen Bedarf." };
                db.write(move |tx| referrals::decide_dispute(tx, &organiser.principal, id, verdict, words)).await?;
            }
            Step::PassOn => self.pass_on(plan, id, giver).await?,
            Step::Wait | Step::Pass | Step::PassSpinOff { .. } => {}
        }
        Ok(())
    }

    /// The giver passes a declined referral on to the next in the cast.
    async fn pass_on(&mut self, plan: &Plan, id: ReferralId, giver: Player) -> Answer<()> {
        let count = plan.scene.cast().len();
        let next = (1..count).map(|step| (plan.receiver + step) % count).find(|number| *number != plan.giver && *number != plan.receiver);
        let next = next.ok_or_else(|| Failure::internal("nobody is left to pass it on to"))?;
        let to = self.member(plan.scene, next)?.principal.business()?;
        let attestation = attestation(plan, self.stage.clock.now());
        self.stage.state.db.write(move |tx| referrals::pass_on(tx, &giver.principal, id, Some(to), attestation.as_ref()).map(drop)).await?;
        let plan = Plan { receiver: next, fate: Fate::Won, ..plan.clone() };
        self.follow(&plan, id, self.stage.clock.now());
        Ok(())
    }

    /// Another need shows after the business was closed: the receiver passes it to somebody else.
    fn spin_off(&mut self, plan: &Plan, origin: ReferralId) {
        if plan.fate != Fate::WonWithSpinOff {
            return;
        }
        self.prospects += 1;
        let count = plan.scene.cast().len();
        let receiver = (plan.receiver + 3) % count;
        let plan = Plan { giver: plan.receiver, receiver, fate: Fate::Won, prospect: self.prospects, ..plan.clone() };
        let at = self.stage.clock.now().after(days(2));
        self.agenda.add(at, Entry { plan, step: Step::PassSpinOff { origin }, referral: None });
    }

    async fn pass(&self, plan: &Plan, origin: Option<ReferralId>) -> Answer<ReferralId> {
        let giver = self.member(plan.scene, plan.giver)?;
        let input = self.input(plan)?;
        let circle = self.circle(plan.scene);
        let attestation = attestation(plan, self.stage.clock.now());
        self.stage
            .state
            .db
            .write(move |tx| {
                let id = match origin {
                    Some(origin) => referrals::spin_off(tx, &giver.principal, origin, None, &input)?,
                    None => referrals::draft(tx, &giver.principal, circle, &input)?,
                };
                referrals::pass(tx, &giver.principal, id, false, attestation.as_ref())?;
                Ok(id)
            })
            .await
    }

    fn input(&self, plan: &Plan) -> Answer<ReferralInput> {
        let receiver = self.member(plan.scene, plan.receiver)?;
        let name = name_of(plan.prospect);
        Ok(ReferralInput {
            receiver: Some(receiver.principal.business()?),
            trade: Some(receiver.part.trade.to_owned()),
            need: Some(need_of(receiver.part.trade).to_owned()),
            expectation: Some("Bitte zuerst anrufen.".to_owned()),
            worth: Some(WorthInput { min_minor: plan.value_minor / 2, max_minor: plan.value_minor * 2, currency: Currency::EUR }),
            effort: Some(plan.effort),
            contact_by: Some(ContactBy::Receiver),
            contact_within_hours: Some(48),
            consent_path: Some(if plan.shared { ConsentPath::Share } else { ConsentPath::Attested }),
            inside: Some(false),
            prospect: Some(ProspectInput {
                email: Some(format!("kontakt{}@{}.example", plan.prospect, slug(&name))),
                phone: Some(format!("+4934155{:05}", 10_000 + plan.prospect)),
                name: Some(name),
                language: Some(Language::De),
                words: Some("Wir haben neulich darüber gesprochen.".to_owned()),
                ..ProspectInput::default()
            }),
            ..ReferralInput::default()
        })
    }

    /// The organiser settles what closes in a circle's rings by now.
    async fn settle_rings(&self, scene: Scene) -> Answer<()> {
        let (circle, organiser, kept) = (self.circle(scene), self.member(scene, scene.organiser())?, self.stage.state.clearings.clone());
        let settle = move |tx: &mut Tx<'_>| {
            let proposal = rings::views::proposal(tx, &kept, circle, organiser.principal.business)?;
            let seen = rings::commands::Seen { head: proposal.rings.head.hash, ring_length: proposal.rings.ring_length.get() };
            rings::commands::settle(tx, &organiser.principal, circle, seen).map(drop)
        };
        self.stage.state.db.write(settle).await?;
        self.stage.run_due().await
    }

    async fn answer(&self, plan: &Plan, id: ReferralId, answer: ProspectAnswer, receiver: Player) -> Answer<()> {
        let giver = self.member(plan.scene, plan.giver)?;
        let names = Names {
            giver_name: giver.part.person.to_owned(),
            giver_business: giver.part.business.to_owned(),
            receiver_business: receiver.part.business.to_owned(),
            need: need_of(receiver.part.trade).to_owned(),
        };
        let statement = wording::answer(Language::De, answer, &names, Shared { company: false, email: true, phone: true });
        let given = Given { answer, code: None, trapped: false, statement, channel: Channel::Page };
        let outcome = self
            .stage
            .state
            .db
            .write(move |tx| {
                let introduction = views::newest(tx, id)?.ok_or(Failure::NotFound("introduction"))?;
                introductions::answer(tx, introduction.id, &given)
            })
            .await?;
        if outcome == Outcome::Taken { Ok(()) } else { Err(Failure::internal(format!("a prospect's answer was not taken: {outcome:?}"))) }
    }

    /// The last day and a half: offers that wait, an introduction half agreed, one who waits for a seat, one who applies.
    async fn last_days(&mut self, now: Timestamp) -> Answer<()> {
        let (photographing, gardening) = (self.member(Scene::Chain, 12)?, self.member(Scene::Chain, 15)?);
        settle::apply(self.stage, self.circles.network, photographing, "photographer").await?;
        settle::apply(self.stage, self.circles.network, gardening, "landscaper").await?;
        for (hours_ago, giver, receiver, steps) in [
            // To the partner: one offer to answer. From the partner: one accepted, one still with the electrician.
            (22, 10, 0, &[][..]),
            (20, 0, 7, &[Step::Accept][..]),
            (8, 0, 5, &[][..]),
            (6, 1, 0, &[Step::Accept, Step::Prospect(ProspectAnswer::Yes)][..]),
            (4, 5, 9, &[][..]),
        ] {
            self.stage.pass_time_until(now.before(hours(hours_ago))).await?;
            self.prospects += 1;
            let plan = Plan {
                scene: Scene::Chain,
                giver,
                receiver,
                after: Duration::ZERO,
                fate: Fate::Won,
                prospect: self.prospects,
                effort: 4,
                value_minor: 840_000,
                shared: false,
            };
            let id = self.pass(&plan, None).await?;
            self.stage.run_due().await?;
            for step in steps {
                self.stage.pass_time_until(self.stage.clock.now().after(Duration::from_secs(900))).await?;
                self.step(&plan, *step, id).await?;
            }
        }
        Ok(())
    }

    fn member(&self, scene: Scene, number: usize) -> Answer<Player> {
        match scene {
            Scene::Chain => player(&self.people.chain, number),
            Scene::Network => player(&self.people.network, number),
        }
    }

    fn circle(&self, scene: Scene) -> CircleId {
        match scene {
            Scene::Chain => self.circles.chain,
            Scene::Network => self.circles.network,
        }
    }

    /// Who decides a dispute.
    fn organiser(&self, plan: &Plan) -> Answer<Player> {
        self.member(plan.scene, plan.scene.organiser())
    }
}

fn attestation(plan: &Plan, now: Timestamp) -> Option<Attestation> {
    let words = "Ja, gern, er soll mich anrufen.".to_owned();
    (!plan.shared).then(|| Attestation { how: Channel::Phone, when: now.before(hours(2)), words })
}

fn name_of(prospect: usize) -> String {
    let first = FIRST_NAMES.get(prospect % FIRST_NAMES.len()).copied().unwrap_or("Lukas");
    let last = LAST_NAMES.get(prospect / FIRST_NAMES.len() % LAST_NAMES.len()).copied().unwrap_or("Becker");
    format!("{first} {last}")
}

fn slug(name: &str) -> String {
    name.to_lowercase()
        .chars()
        .filter_map(|c| match c {
            'ä' => Some('a'),
            'ö' => Some('o'),
            'ü' => Some('u'),
            'ß' => Some('s'),
            'a'..='z' => Some(c),
            _ => None,
        })
        .collect()
}

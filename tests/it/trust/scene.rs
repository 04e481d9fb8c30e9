//! A circle with a life of its own, and a ring in it that nobody outside confirms.

use diesel::prelude::*;
use kularing::capabilities::{self, Purpose};
use kularing::circles::policy::ConsentPath;
use kularing::db::Tx;
use kularing::db::schema::{introduction, referral};
use kularing::introductions::model::{Introduction, IntroductionState, ProspectAnswer};
use kularing::kernel::id::{CircleId, Identifier, IntroductionId, ReferralId};
use kularing::kernel::{Answer, Language};
use kularing::referrals::model::ReferralState;
use serde_json::Value;

use crate::support::TestApp;
use crate::support::accounts::{TestPerson, signed_in};
use crate::support::circles::value_chain;
use crate::support::ledger::{Ring, insert_business};

/// So many strangers pass one referral to each other: 56, of which two of three are confirmed.
const STRANGERS: usize = 8;

/// An organiser, three who might form a ring, and one who does not.
pub struct Scene {
    pub circle: CircleId,
    pub olga: TestPerson,
    pub ring: [TestPerson; 3],
    pub nora: TestPerson,
}

impl Scene {
    pub async fn of(app: &TestApp) -> Self {
        let olga = signed_in(app, "Olga Ott", "general-contractor").await;
        let anna = signed_in(app, "Anna Arch", "architect").await;
        let erik = signed_in(app, "Erik Electric", "electrician").await;
        let rita = signed_in(app, "Rita Roof", "roofer").await;
        let nora = signed_in(app, "Nora Nice", "painter").await;
        let members = [(&anna, "architect"), (&erik, "electrician"), (&rita, "roofer"), (&nora, "painter")];
        let circle = value_chain(app, &olga, &members).await;
        Self { circle, olga, ring: [anna, erik, rita], nora }
    }

    /// What everybody else passes.
    pub async fn lively(&self, app: &TestApp) {
        let (circle, person) = (self.circle, self.olga.person);
        let grow = move |tx: &mut Tx<'_>| {
            let members = (0..STRANGERS).map(|_| insert_business(tx, false)).collect::<Answer<_>>()?;
            let others = Ring { circle, members, person };
            for giver in 0..STRANGERS {
                for receiver in (0..STRANGERS).filter(|receiver| *receiver != giver) {
                    introduced(tx, &others, giver, receiver, (giver + receiver) % 3 != 0)?;
                }
            }
            Ok(())
        };
        app.state.db.write(grow).await.unwrap();
    }

    /// Six referrals along each edge of a ring of these, none of them confirmed, as bare rows with their credits.
    pub async fn ring_of(&self, app: &TestApp, people: &[&TestPerson]) {
        self.strong_ring_of(app, people, 6).await;
    }

    /// The same with so many along each edge.
    pub async fn strong_ring_of(&self, app: &TestApp, people: &[&TestPerson], per_edge: usize) {
        let (circle, person) = (self.circle, self.olga.person);
        let members: Vec<_> = people.iter().map(|person| person.business).collect();
        let grow = move |tx: &mut Tx<'_>| {
            let ring = Ring { circle, members, person };
            for _ in 0..per_edge {
                for giver in 0..ring.members.len() {
                    introduced(tx, &ring, giver, (giver + 1) % ring.members.len(), false)?;
                }
            }
            Ok(())
        };
        app.state.db.write(grow).await.unwrap();
    }

    /// Looks at the circle now.
    pub async fn look(&self, app: &TestApp) {
        let circle = self.circle;
        app.state.db.write(move |tx| kularing::trust::commands::look(tx, circle)).await.unwrap();
    }

    /// The address of the list.
    pub fn cases(&self) -> String {
        format!("/circles/{}/trust/cases", self.circle)
    }

    /// What somebody finds in the list.
    pub async fn listed(&self, app: &TestApp, who: &TestPerson) -> Vec<Value> {
        app.get(&who.token, &self.cases()).await.ok()["items"].as_array().unwrap().clone()
    }

    /// The only case somebody finds there, by its address.
    pub async fn only_case(&self, app: &TestApp, who: &TestPerson) -> String {
        let listed = self.listed(app, who).await;
        assert_eq!(listed.len(), 1, "{listed:?}");
        format!("{}/{}", self.cases(), listed[0]["id"].as_str().unwrap())
    }
}

/// A referral that was introduced now.
fn introduced(tx: &mut Tx<'_>, ring: &Ring, giver: usize, receiver: usize, confirmed: bool) -> Answer<()> {
    let id = ring.grow_referral(tx, giver, receiver, ReferralState::Introduced)?;
    let now = tx.now();
    diesel::update(referral::table.find(id)).set(referral::introduced_at.eq(now)).execute(&mut **tx)?;
    if confirmed { confirm(tx, ring, giver, receiver, id) } else { Ok(()) }
}

/// The prospect agreed in answer to a mail.
fn confirm(tx: &mut Tx<'_>, ring: &Ring, giver: usize, receiver: usize, referral: ReferralId) -> Answer<()> {
    let (id, now): (IntroductionId, _) = (tx.new_id(), tx.now());
    let answer = capabilities::issue(tx, Purpose::AnswerIntroduction, id.raw(), None)?;
    let stop = capabilities::issue(tx, Purpose::StopMails, id.raw(), None)?;
    let made = Introduction {
        id,
        referral_id: referral,
        receiver_business_id: ring.members[receiver],
        circle_id: ring.circle,
        giver_business_id: ring.members[giver],
        state: IntroductionState::Made,
        consent_path: ConsentPath::Attested,
        language: Language::En,
        prospect_answer: Some(ProspectAnswer::Yes),
        prospect_answered_at: Some(now),
        receiver_agreed_at: Some(now),
        asked_at: Some(now),
        delivered_at: Some(now),
        expires_at: now,
        undo_until: None,
        attested_how: None,
        attested_when: None,
        attested_words: None,
        answers_count: 1,
        scanner_suspected: false,
        code: "0000".to_owned(),
        code_failures: 0,
        address_key: None,
        phone_key: None,
        answer_link_id: answer.id,
        stop_link_id: stop.id,
        withdrawn_at: None,
        wiped_at: None,
        created_at: now,
        version: 1,
        tax_key: None,
    };
    diesel::insert_into(introduction::table).values(made).execute(&mut **tx)?;
    Ok(())
}

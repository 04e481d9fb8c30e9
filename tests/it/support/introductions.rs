//! A referral that waits for the prospect, and the prospect himself.

use std::time::Duration;

use kularing::introductions::model::{Attestation, Introduction, IntroductionState};
use kularing::introductions::record::Channel;
use kularing::introductions::{share, views};
use kularing::kernel::id::{CircleId, ReferralId};
use kularing::referrals;
use serde_json::{Value, json};

use super::TestApp;
use super::accounts::{TestPerson, signed_in};
use super::app::Reply;
use super::circles::value_chain;

/// The prospect's address, unless a test needs several.
pub const PROSPECT: &str = "paula.prospect@example.org";

/// A giver and a receiver in one circle.
pub struct Pair {
    pub giver: TestPerson,
    pub receiver: TestPerson,
    pub circle: CircleId,
}

/// An architect and an electrician of one value chain.
pub async fn pair(app: &TestApp) -> Pair {
    let giver = signed_in(app, "Gina Giver", "architect").await;
    let receiver = signed_in(app, "Rolf Receiver", "electrician").await;
    let circle = value_chain(app, &giver, &[(&receiver, "electrician")]).await;
    Pair { giver, receiver, circle }
}

impl Pair {
    /// What the giver writes. The path is share, attested or ask.
    pub fn input(&self, path: &str, email: &str) -> Value {
        json!({
            "receiver": self.receiver.business, "trade": "electrician", "need": "Wiring of a new house", "effort": 3,
            "contact_by": "receiver", "contact_within_hours": 48, "consent_path": path, "inside": false,
            "prospect": { "name": "Paula Prospect", "email": email, "language": "en", "words": "Rolf wired our office." },
        })
    }

    /// Passes a referral; answers the failure when it cannot be passed.
    pub async fn try_pass(&self, app: &TestApp, input: Value) -> Result<ReferralId, kularing::kernel::Failure> {
        let (principal, circle, now) = (self.giver.principal(), self.circle, app.state.now());
        let input: referrals::input::ReferralInput = serde_json::from_value(input).unwrap();
        let attested = input.consent_path == Some(kularing::circles::policy::ConsentPath::Attested);
        let told = Attestation { how: Channel::Phone, when: now.before(Duration::from_secs(86_400)), words: "Yes, please have him call me.".to_owned() };
        app.state
            .db
            .write(move |tx| {
                let id = referrals::commands::draft(tx, &principal, circle, &input)?;
                referrals::commands::pass(tx, &principal, id, false, attested.then_some(&told)).map(|_| id)
            })
            .await
    }

    /// Passes a referral of Paula Prospect.
    pub async fn pass(&self, app: &TestApp, path: &str) -> ReferralId {
        self.try_pass(app, self.input(path, PROSPECT)).await.unwrap()
    }

    /// The receiver accepts.
    pub async fn accept(&self, app: &TestApp, referral: ReferralId) {
        let principal = self.receiver.principal();
        app.state.db.write(move |tx| referrals::commands::accept(tx, &principal, referral, None)).await.unwrap();
    }
}

impl TestApp {
    /// The newest introduction of a referral.
    pub async fn introduction(&self, referral: ReferralId) -> Introduction {
        self.state.db.read(move |connection| views::newest(connection, referral)).await.unwrap().expect("the referral has an introduction")
    }

    /// Where it stands.
    pub async fn introduction_state(&self, referral: ReferralId) -> IntroductionState {
        self.introduction(referral).await.state
    }

    /// The personal link of a shared introduction, as a path.
    pub async fn shared_link(&self, referral: ReferralId) -> String {
        let (secret, now) = (self.state.secret().clone(), self.state.now());
        let share = self.state.db.read(move |connection| share::of_referral(connection, &secret, "", referral, now)).await.unwrap();
        share.expect("the giver has a link to share").link
    }

    /// The prospect answers on his page.
    pub async fn prospect_says(&self, link: &str, answer: &str) -> Reply {
        self.submit("", link, &[("answer", answer)]).await
    }

    /// Lets the time for undoing pass, and does what is due then.
    pub async fn let_undo_time_pass(&self) {
        self.clock.advance(Duration::from_secs(121));
        self.run_due().await;
    }
}

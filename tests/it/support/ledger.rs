//! Businesses, a circle and referrals as bare rows: the ledger is tested without the rooms that lead to it.

use diesel::prelude::*;
use kularing::businesses::trade::tree;
use kularing::circles::model::MemberState;
use kularing::db::schema::{business, business_trade, circle, circle_policy, event, member, offer, person, prospect, referral};
use kularing::db::{AnyConn, Db, Tx, open_for_reading};
use kularing::kernel::actor::{ActorKind, PersonRole};
use kularing::kernel::id::{BusinessId, CircleId, EventId, Identifier, MemberId, OfferId, PersonId, ReferralId, SettlementId};
use kularing::kernel::{Actor, Answer, EventKind, Principal};
use kularing::reciprocity::commands;
use kularing::reciprocity::model::{HoldFacts, Idem, Posting, Reason};
use kularing::reciprocity::rings::{self, commands::Seen};
use kularing::reciprocity::verify::{Report, verify};
use kularing::reciprocity::views;
use kularing::referrals::model::{OfferState, ReferralState};
use kularing::timers::{self, TimerKind};

use super::TestApp;

/// A circle with its members, all of an unregulated trade.
#[derive(Debug, Clone)]
pub struct Ring {
    pub circle: CircleId,
    pub members: Vec<BusinessId>,
    pub person: PersonId,
}

impl Ring {
    pub async fn of(db: &Db, members: usize) -> Self {
        db.write(move |tx| Self::insert(tx, members)).await.unwrap()
    }

    fn insert(tx: &mut Tx<'_>, count: usize) -> Answer<Self> {
        let members: Vec<BusinessId> = (0..count).map(|_| insert_business(tx, false)).collect::<Answer<_>>()?;
        let (circle_id, person_id): (CircleId, PersonId) = (tx.new_id(), tx.new_id());
        let now = tx.now();
        diesel::insert_into(person::table)
            .values((
                (person::id.eq(person_id), person::business_id.eq(members[0]), person::name.eq("Anna"), person::role.eq(1_i16)),
                (person::email.eq(format!("{person_id}@a.example")), person::email_normalised.eq(format!("{person_id}@a.example"))),
                (person::password_hash.eq(""), person::language.eq(1_i16), person::time_zone.eq("UTC")),
                (person::created_at.eq(now), person::confirmed_at.eq(now), person::version.eq(1)),
            ))
            .execute(&mut **tx)?;
        diesel::insert_into(circle::table)
            .values((
                (circle::id.eq(circle_id), circle::kind.eq(1_i16), circle::name.eq("Ring"), circle::description.eq(""), circle::language.eq(1_i16)),
                (circle::time_zone.eq("UTC"), circle::policy_version.eq(1), circle::open_to_applications.eq(false), circle::created_at.eq(now)),
                circle::version.eq(1),
            ))
            .execute(&mut **tx)?;
        let policy = serde_json::to_string(&kularing::circles::policy::Policy::default()).unwrap();
        diesel::insert_into(circle_policy::table)
            .values((circle_policy::circle_id.eq(circle_id), circle_policy::version.eq(1), circle_policy::body.eq(policy), circle_policy::created_at.eq(now)))
            .execute(&mut **tx)?;
        // The person's business organises the circle; the others have no rows of members.
        let member_id: MemberId = tx.new_id();
        diesel::insert_into(member::table)
            .values((
                (member::id.eq(member_id), member::circle_id.eq(circle_id), member::business_id.eq(members[0]), member::state.eq(MemberState::Active)),
                (member::is_organiser.eq(true), member::trade.eq(tree().trades().next().unwrap().as_str()), member::applied_at.eq(now)),
                (member::joined_at.eq(now), member::version.eq(1)),
            ))
            .execute(&mut **tx)?;
        Ok(Self { circle: circle_id, members, person: person_id })
    }

    /// The person who organises the circle.
    pub fn organiser(&self) -> Principal {
        Principal { person: self.person, business: Some(self.members[0]), role: PersonRole::Owner, is_operator: false }
    }

    /// Settles the rings at the present head.
    pub fn settle(&self, tx: &mut Tx<'_>) -> Answer<SettlementId> {
        let head = views::ledger_head(tx, self.circle, self.members[0])?.hash;
        let ring_length = kularing::circles::views::policy(tx, self.circle, None)?.1.ring_length().get();
        rings::commands::settle(tx, &self.organiser(), self.circle, Seen { head, ring_length })
    }

    /// A referral in the given state, as a bare row with its offer, its prospect and the event.
    pub fn insert_referral(&self, tx: &mut Tx<'_>, giver: usize, receiver: usize, state: ReferralState) -> Answer<ReferralId> {
        let (giver, receiver) = (self.members[giver], self.members[receiver]);
        let id: ReferralId = tx.new_id();
        let now = tx.now();
        diesel::insert_into(referral::table)
            .values((
                (referral::id.eq(id), referral::circle_id.eq(self.circle), referral::giver_business_id.eq(giver), referral::giver_person_id.eq(self.person)),
                (referral::receiver_business_id.eq(receiver), referral::state.eq(state), referral::policy_version.eq(1), referral::trade.eq("roofer")),
                (referral::need.eq("a roof"), referral::country.eq("DE"), referral::postal_code.eq("10115"), referral::currency.eq("EUR")),
                (referral::effort.eq(1_i16), referral::contact_by.eq(1_i16), referral::contact_within_hours.eq(48), referral::consent_path.eq(1_i16)),
                (referral::inside.eq(false), referral::created_at.eq(now), referral::state_since.eq(now), referral::version.eq(1)),
            ))
            .execute(&mut **tx)?;
        let event_id: EventId = tx.new_id();
        diesel::insert_into(event::table)
            .values((
                (event::id.eq(event_id), event::kind.eq(EventKind::ReferralOffered), event::at.eq(now), event::actor_kind.eq(ActorKind::System)),
                (event::referral_id.eq(id), event::data.eq("null")),
            ))
            .execute(&mut **tx)?;
        let offer_state = match state {
            ReferralState::Draft => return Ok(id),
            ReferralState::Offered => OfferState::Open,
            ReferralState::Declined => OfferState::Declined,
            ReferralState::Expired => OfferState::Expired,
            _ => OfferState::Accepted,
        };
        let offer_id: OfferId = tx.new_id();
        diesel::insert_into(offer::table)
            .values((
                (offer::id.eq(offer_id), offer::referral_id.eq(id), offer::giver_business_id.eq(giver), offer::receiver_business_id.eq(receiver)),
                (offer::state.eq(offer_state), offer::offered_at.eq(now), offer::answer_due_at.eq(now)),
            ))
            .execute(&mut **tx)?;
        diesel::insert_into(prospect::table)
            .values((prospect::referral_id.eq(id), prospect::name.eq("Paula"), prospect::language.eq(1_i16)))
            .execute(&mut **tx)?;
        if offer_state == OfferState::Open {
            timers::schedule(tx, TimerKind::OfferExpiry, offer_id.raw(), now)?;
        }
        Ok(id)
    }

    /// A referral with its hold, and with everything that its state asks for.
    pub fn grow_referral(&self, tx: &mut Tx<'_>, giver: usize, receiver: usize, state: ReferralState) -> Answer<ReferralId> {
        let id = self.insert_referral(tx, giver, receiver, state)?;
        commands::place_hold(tx, &self.hold(id, giver, receiver, 10))?;
        if state.was_introduced() {
            commands::post_hold(tx, id, Actor::Clock)?;
        } else if state != ReferralState::Accepted {
            commands::void_hold(tx, id)?;
        }
        if state == ReferralState::Won {
            commands::post(tx, self.won(id, giver, receiver))?;
        }
        if state == ReferralState::Invalid {
            commands::reverse_referral(tx, id, Actor::System)?;
        }
        Ok(id)
    }

    /// The credits for closed business of no stated value.
    pub fn won(&self, referral: ReferralId, giver: usize, receiver: usize) -> Posting {
        let idem = Idem::of_referral(Reason::Won, referral);
        Posting { reason: Reason::Won, referral: Some(referral), idem, ..self.posting(giver, receiver, 20, "won") }
    }

    /// A correction between two members.
    pub fn posting(&self, giver: usize, receiver: usize, amount: i64, key: &str) -> Posting {
        Posting {
            circle: self.circle,
            giver: self.members[giver],
            receiver: self.members[receiver],
            amount,
            reason: Reason::Correction,
            referral: None,
            actor: Actor::System,
            idem: Idem::chosen(Reason::Correction, key).unwrap(),
        }
    }

    pub fn hold(&self, referral: ReferralId, giver: usize, receiver: usize, amount: i64) -> HoldFacts {
        HoldFacts { circle: self.circle, referral, giver: self.members[giver], receiver: self.members[receiver], amount }
    }
}

/// What the verifier says, on a connection of its own beside the running application.
pub fn verified(app: &TestApp) -> Report {
    let mut connection: AnyConn = open_for_reading(&app.database.location).unwrap();
    verify(&mut connection, app.state.now()).unwrap()
}

/// A business with one trade.
pub fn insert_business(tx: &mut Tx<'_>, regulated: bool) -> Answer<BusinessId> {
    let id: BusinessId = tx.new_id();
    let trade = tree().trades().find(|trade| trade.is_regulated() == regulated).expect("there are both kinds");
    let now = tx.now();
    diesel::insert_into(business::table)
        .values((
            (business::id.eq(id), business::name.eq(format!("Business {id}")), business::description.eq(""), business::ideal_referral.eq("")),
            (business::country.eq("DE"), business::postal_code.eq("10115"), business::city.eq("Berlin"), business::open_referrals_max.eq(10)),
            (business::paused.eq(false), business::created_at.eq(now), business::version.eq(1)),
        ))
        .execute(&mut **tx)?;
    diesel::insert_into(business_trade::table)
        .values((business_trade::business_id.eq(id), business_trade::trade.eq(trade.as_str()), business_trade::position.eq(1)))
        .execute(&mut **tx)?;
    Ok(id)
}

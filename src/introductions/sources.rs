//! What an introduction is about, gathered from the other rooms: names, need, what is passed on, who earns by it.

use super::model::Introduction;
use super::preview::Draft;
use super::wording::{Names, Shared};
use crate::accounts::views::{self as accounts, PersonCard};
use crate::businesses::views as businesses;
use crate::circles::views as circles;
use crate::db::AnyConn;
use crate::kernel::id::{BusinessId, CircleId, PersonId};
use crate::kernel::{Answer, Language, Timestamp};
use crate::referrals::views::{self as referrals, Prospect, ReferralFacts};

/// Everything that the prospect's page and mails say.
#[derive(Debug, Clone)]
pub struct Sources {
    /// The third person; none when wiped.
    pub prospect: Option<Prospect>,
    /// Who introduces whom to whom, and why.
    pub names: Names,
    /// The giver's person.
    pub giver: PersonCard,
    /// Where the receiver has its seat.
    pub receiver_city: String,
    /// The receiver's phone number.
    pub receiver_phone: Option<String>,
    /// Who receives a commission; empty when nobody does.
    pub commission: String,
    /// The circle's time zone: the prospect's own is not known.
    pub time_zone: String,
}

impl Sources {
    /// Which data of the prospect is passed on.
    pub fn shared(&self) -> Shared {
        self.prospect.as_ref().map_or(Shared::NOTHING, Shared::of)
    }

    /// The day on which the prospect agreed, as the giver said it: a day begins at midnight where the giver is, and whoever reads
    /// it elsewhere shall read the same day.
    pub fn attested_day(&self, language: Language, when: Timestamp) -> String {
        language.date(when, &self.giver.time_zone)
    }
}

/// Gathers it for a referral that was passed to a receiver.
pub fn gather(connection: &mut AnyConn, facts: &ReferralFacts, receiver: BusinessId) -> Answer<Sources> {
    let prospect = referrals::prospect(connection, facts.id)?;
    let parties = Parties { circle: facts.circle, giver: facts.giver, giver_person: facts.giver_person, receiver };
    put_together(connection, parties, facts.need.clone(), prospect)
}

/// Gathers it for a referral that is still being written.
pub fn of_draft(connection: &mut AnyConn, draft: &Draft) -> Answer<Sources> {
    let parties = Parties { circle: draft.circle, giver: draft.giver, giver_person: draft.giver_person, receiver: draft.receiver };
    put_together(connection, parties, draft.need.clone(), Some(draft.prospect.clone()))
}

struct Parties {
    circle: CircleId,
    giver: BusinessId,
    giver_person: PersonId,
    receiver: BusinessId,
}

fn put_together(connection: &mut AnyConn, parties: Parties, need: String, prospect: Option<Prospect>) -> Answer<Sources> {
    let giver = accounts::person(connection, parties.giver_person)?;
    let circle = circles::circle(connection, parties.circle)?;
    let giver_business = businesses::profile(connection, parties.giver)?;
    let receiver_business = businesses::profile(connection, parties.receiver)?;
    let sentences = [receiver_business.commission_sentence, giver_business.commission_sentence];
    Ok(Sources {
        names: Names { giver_name: giver.name.clone(), giver_business: giver_business.name, receiver_business: receiver_business.name, need },
        prospect,
        giver,
        receiver_city: receiver_business.city,
        receiver_phone: receiver_business.phone,
        commission: sentences.into_iter().flatten().collect::<Vec<_>>().join(" "),
        time_zone: circle.time_zone,
    })
}

/// Gathers it for an introduction.
pub fn of(connection: &mut AnyConn, introduction: &Introduction) -> Answer<Sources> {
    let facts = referrals::facts(connection, introduction.referral_id)?;
    gather(connection, &facts, introduction.receiver_business_id)
}

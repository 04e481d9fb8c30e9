//! Who does something.

use super::Answer;
use super::failure::Failure;
use super::id::{BusinessId, PersonId};

/// Who made a move.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Actor {
    /// A person, for a business if he belongs to one.
    Person {
        /// Who.
        person: PersonId,
        /// For which business.
        business: Option<BusinessId>,
    },
    /// Somebody of a business who answered from a mail, without a login.
    Business(BusinessId),
    /// The third person of a referral.
    Prospect,
    /// A clock ran out.
    Clock,
    /// The system or its operator at the command line.
    System,
}

impl Actor {
    /// The person, if one acted under his login.
    pub fn person(self) -> Option<PersonId> {
        match self {
            Self::Person { person, .. } => Some(person),
            _ => None,
        }
    }

    /// The business for which it was done.
    pub fn business(self) -> Option<BusinessId> {
        match self {
            Self::Person { business, .. } => business,
            Self::Business(business) => Some(business),
            _ => None,
        }
    }

    /// The kind, as the event log keeps it.
    pub fn kind(self) -> ActorKind {
        match self {
            Self::Person { .. } => ActorKind::Person,
            Self::Business(_) => ActorKind::Business,
            Self::Prospect => ActorKind::Prospect,
            Self::Clock => ActorKind::Clock,
            Self::System => ActorKind::System,
        }
    }
}

crate::coded_enum! {
    /// The kind of an actor.
    pub enum ActorKind {
        /// A person under his login.
        Person = 1 "person",
        /// A business, from a mail.
        Business = 2 "business",
        /// The third person.
        Prospect = 3 "prospect",
        /// A clock.
        Clock = 4 "clock",
        /// The system.
        System = 5 "system",
    }
}

crate::coded_enum! {
    /// What a person may do for his business.
    pub enum PersonRole {
        /// Everything, people and profile included.
        Owner = 1 "owner",
        /// Pass and answer referrals.
        Staff = 2 "staff",
    }
}

/// A signed-in person, as commands and views see him. They check what he may by these facts and the state of things.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Principal {
    /// Who.
    pub person: PersonId,
    /// For which business; operators may have none.
    pub business: Option<BusinessId>,
    /// What he may do for it.
    pub role: PersonRole,
    /// Runs the installation.
    pub is_operator: bool,
}

impl Principal {
    /// As the actor of an event.
    pub fn actor(&self) -> Actor {
        Actor::Person { person: self.person, business: self.business }
    }

    /// His business, or "not allowed" for those who have none.
    pub fn business(&self) -> Answer<BusinessId> {
        self.business.ok_or_else(|| Failure::forbidden("no_business", "this needs a person who belongs to a business"))
    }

    /// His business when he is its owner.
    pub fn owned_business(&self) -> Answer<BusinessId> {
        let business = self.business()?;
        if self.role == PersonRole::Owner { Ok(business) } else { Err(Failure::forbidden("owner_only", "only an owner of the business may do this")) }
    }

    /// Refuses everybody but operators.
    pub fn require_operator(&self) -> Answer<()> {
        if self.is_operator { Ok(()) } else { Err(Failure::forbidden("operator_only", "only an operator may do this")) }
    }
}

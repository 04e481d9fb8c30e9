//! What a listener is told, and how he says where he stopped. Pure.

use std::collections::BTreeSet;
use std::fmt::Write;

use serde::Serialize;

use crate::kernel::id::{BusinessId, CircleId, EventId, PersonId, ReferralId};
use crate::kernel::{Event, EventKind};

/// The most told events that a cursor names.
const NAMED_MAX: usize = 64;
/// The longest cursor that is read.
const CURSOR_MAX_BYTES: usize = 2_048;

crate::coded_enum! {
    /// What a message is about, coarsely: screens choose by it.
    pub enum LiveKind {
        /// A referral, its introduction or its mails.
        Referral = 1 "referral",
        /// A circle, its members, its rules or its meetings.
        Circle = 2 "circle",
        /// Credits were posted or rings settled.
        Standing = 3 "standing",
        /// The own business or its people.
        Business = 4 "business",
        /// Credits moved between others of a circle: its sums changed. Whose they are is not told.
        Ledger = 5 "ledger",
    }
}

/// Who may hear of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// The parties of the referral, and organisers for the steps that they see.
    Referral,
    /// The business that it happened to.
    Business,
    /// The active members of the circle, and the business that it happened to.
    Members,
    /// The organisers of the circle, and the business that it happened to.
    Organisers,
    /// The organisers whom the case does not name.
    Case,
    /// Both sides of the transfer; that the sums of the circle changed, its active members.
    Sides,
    /// Nobody: it is about one person's account, or about a member who was none yet.
    Nobody,
}

/// What a message about this event is called, and who may hear of it.
pub fn of(event: &Event) -> (LiveKind, Scope) {
    use EventKind as E;
    match event.kind {
        E::BusinessRegistered
        | E::AddressConfirmed
        | E::PasswordForgotten
        | E::PasswordChanged
        | E::TokenReused
        | E::RegisteredAgain
        | E::ConfirmationAsked
        | E::ErasureAsked
        | E::ErasureTakenBack
        | E::AccountErased
        | E::FormerAsked => (LiveKind::Business, Scope::Nobody),
        E::ColleagueInvited
        | E::ColleagueJoined
        | E::ColleagueRemoved
        | E::ColleagueRoleChanged
        | E::ColleagueInvitationRevoked
        | E::ProfileChanged
        | E::BusinessPaused
        | E::BusinessResumed => (LiveKind::Business, Scope::Business),
        // Who was no member yet, or takes an application back, is the organisers' business alone.
        E::MemberLeft if event.data["was"] != "active" => (LiveKind::Circle, Scope::Organisers),
        E::CircleCreated
        | E::CircleChanged
        | E::PolicyChanged
        | E::LinksChanged
        | E::MemberWaiting
        | E::MemberAdmitted
        | E::MemberLeft
        | E::MemberRemoved
        | E::CircleHandedOver
        | E::MeetingPlanned
        | E::MeetingChanged
        | E::MeetingCalledOff
        | E::MeetingPutBack => (LiveKind::Circle, Scope::Members),
        E::MemberInvited | E::InvitationRevoked | E::MemberApplied | E::MemberRefused | E::MemberSuspended | E::MemberReinstated => {
            (LiveKind::Circle, Scope::Organisers)
        }
        E::TrustCaseOpened | E::TrustCaseDecided => (LiveKind::Circle, Scope::Case),
        E::TransferPosted => (LiveKind::Standing, Scope::Sides),
        E::RingsSettled | E::SettlementUndone => (LiveKind::Standing, Scope::Members),
        _ => (LiveKind::Referral, Scope::Referral),
    }
}

/// That something happened, and who may hear of it.
#[derive(Debug, Clone)]
pub struct Telling {
    /// The event.
    pub id: EventId,
    /// Coarsely what.
    pub kind: LiveKind,
    /// What.
    pub event: EventKind,
    /// To which referral.
    pub referral: Option<ReferralId>,
    /// In which circle.
    pub circle: Option<CircleId>,
    /// The business that acted.
    pub by: Option<BusinessId>,
    /// The person who acted.
    pub by_person: Option<PersonId>,
    /// The businesses that may hear of it.
    pub audience: BTreeSet<BusinessId>,
    /// The businesses that may hear that the sums of the circle changed, and no more.
    pub onlookers: BTreeSet<BusinessId>,
}

/// What stands in a message: ids of what its reader may see, and nothing else.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct LiveMessage {
    /// The event.
    pub id: EventId,
    /// What happened.
    pub event: EventKind,
    /// To which referral.
    pub referral: Option<ReferralId>,
    /// In which circle.
    pub circle: Option<CircleId>,
    /// Whether the own business did it.
    pub own: bool,
}

impl Telling {
    /// The message to somebody of this business, and its kind; none when it is not for him.
    pub fn to(&self, business: BusinessId) -> Option<(LiveKind, LiveMessage)> {
        let whole = self.audience.contains(&business);
        let is_heard = whole || self.onlookers.contains(&business);
        is_heard.then(|| {
            let kind = if whole { self.kind } else { LiveKind::Ledger };
            let referral = self.referral.filter(|_| whole);
            (kind, LiveMessage { id: self.id, event: self.event, referral, circle: self.circle, own: whole && self.by == Some(business) })
        })
    }

    /// Whether nobody hears it.
    pub fn is_unheard(&self) -> bool {
        self.audience.is_empty() && self.onlookers.is_empty()
    }
}

/// Up to where somebody was told: everything to `floor`, and some events above it. Transactions commit out of the order of
/// their ids, so a single id would lose what came late, or tell it twice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor {
    floor: EventId,
    told: BTreeSet<EventId>,
}

impl Cursor {
    /// Everything up to here.
    pub fn at(floor: EventId) -> Self {
        Self { floor, told: BTreeSet::new() }
    }

    /// Reads what [`Cursor::text`] wrote, or the id of one event.
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() > CURSOR_MAX_BYTES {
            return None;
        }
        let mut ids = text.split('.').map(|part| part.parse::<EventId>().ok());
        Some(Self { floor: ids.next()??, told: ids.take(NAMED_MAX).collect::<Option<_>>()? })
    }

    /// The floor and, above it, what was told. The newest ones when there are too many: some may then be told twice, none is lost.
    pub fn text(&self) -> String {
        let mut text = self.floor.to_string();
        for id in self.told.iter().rev().take(NAMED_MAX) {
            // Writing into a string does not fail.
            let _ = write!(text, ".{id}");
        }
        text
    }

    /// Everything to this id was told.
    pub fn floor(&self) -> EventId {
        self.floor
    }

    /// Notes an event; false when it was told before.
    pub fn tell(&mut self, id: EventId) -> bool {
        self.told.insert(id)
    }

    /// Nothing at or below `low` can come any more.
    pub fn rise(&mut self, low: EventId) {
        if low > self.floor {
            self.floor = low;
            self.told = self.told.split_off(&low);
            self.told.remove(&low);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::id::Identifier;

    fn id(raw: i64) -> EventId {
        EventId::from_raw(raw)
    }

    #[test]
    fn a_cursor_survives_the_way_out_and_back() {
        let mut cursor = Cursor::at(id(7));
        assert_eq!(Cursor::parse(&cursor.text()), Some(cursor.clone()));
        assert!(cursor.tell(id(9)) && cursor.tell(id(8)) && !cursor.tell(id(9)));
        assert_eq!(Cursor::parse(&cursor.text()), Some(cursor.clone()));
        cursor.rise(id(8));
        assert_eq!(cursor.text(), format!("{}.{}", id(8), id(9)));
        cursor.rise(id(3));
        assert_eq!(cursor.floor(), id(8));
        for raw in 10..500 {
            cursor.tell(id(raw));
        }
        let text = cursor.text();
        assert!(text.len() < CURSOR_MAX_BYTES, "{}", text.len());
        assert_eq!(Cursor::parse(&text).map(|cursor| cursor.told.len()), Some(NAMED_MAX));
    }

    #[test]
    fn garbage_is_no_cursor() {
        for text in ["", ".", "7", "ref_0000000000001", "eve_0000000000001.", "eve_0000000000001,eve_0000000000002", &"x".repeat(5_000)] {
            assert_eq!(Cursor::parse(text), None, "{text}");
        }
    }
}

//! Circles, their members and invitations: types and the table of moves. Pure.

use crate::businesses::model::check_leaves;
use crate::businesses::trade::TradeCode;
use crate::circles::policy::{ConsentPath, Policy};
use crate::kernel::failure::FieldProblem;
use crate::kernel::text::{Line, Name, Prose, has_link_or_number};
use crate::kernel::{Answer, EmailAddress, Failure, Fields, Language};

/// The longest description of a circle in characters.
pub const DESCRIPTION_MAX: usize = 2_000;
/// The longest words of an application or an invitation in characters.
pub const WORDS_MAX: usize = 500;
/// The most links of a value chain.
pub const LINKS_MAX: usize = 30;
/// The most members and applicants of a circle.
pub const MEMBERS_MAX: i64 = 500;
/// The most circles one business organises.
pub const ORGANISED_MAX: i64 = 20;
/// The most seats that a networking circle names.
pub const SEATS_MAX: usize = 100;
/// The most businesses that join by one link.
pub const INVITATION_USES_MAX: i32 = 100;
/// How long an invitation works at the most, in days.
pub const INVITATION_DAYS_MAX: u32 = 90;
/// How long an invitation works when nothing is said, in days.
pub const INVITATION_DAYS_DEFAULT: u32 = 14;
/// The most invitations of a circle that work at the same time.
pub const INVITATIONS_OPEN_MAX: i64 = 200;
/// The most invitations by mail that a circle sends in 24 hours.
pub const INVITATION_MAILS_PER_DAY: i64 = 20;
/// A refused or removed business applies again after so many days; an invitation knows no such wait.
pub const APPLY_AGAIN_DAYS: u32 = 30;

/// What an applicant, an inviter or an organiser writes.
pub type Words = Prose<WORDS_MAX>;

crate::coded_enum! {
    /// What kind of circle.
    pub enum CircleKind {
        /// Ordered links; several businesses may do the same trade.
        ValueChain = 1 "value_chain",
        /// One seat for each trade, and meetings.
        Networking = 2 "networking",
    }
}

crate::coded_enum! {
    /// Where a business stands in a circle.
    pub enum MemberState {
        /// Asked to become a member.
        Applied = 1 "applied",
        /// Waits until the seat of its trade is free.
        Waiting = 2 "waiting",
        /// Is a member.
        Active = 3 "active",
        /// Was not admitted.
        Refused = 4 "refused",
        /// Left, or took the application back.
        Left = 5 "left",
        /// Was removed by an organiser.
        Removed = 6 "removed",
    }
}

crate::coded_enum! {
    /// How a business is invited.
    pub enum InvitationKind {
        /// By mail to one address; works once.
        Mail = 1 "mail",
        /// By a link that several may use.
        Link = 2 "link",
    }
}

/// A move in the life of a membership.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MemberMove {
    /// An organiser lets it in.
    Admit,
    /// An organiser does not.
    Refuse,
    /// An organiser ends the membership.
    Remove,
    /// The business goes, or takes its application back.
    Leave,
    /// The business asks to join (again).
    Apply,
}

/// Every move and the states in which it is possible.
const MOVES: [(MemberMove, &str, &[MemberState]); 5] = [
    (MemberMove::Admit, "admit", &[MemberState::Applied, MemberState::Waiting]),
    (MemberMove::Refuse, "refuse", &[MemberState::Applied, MemberState::Waiting]),
    (MemberMove::Remove, "remove", &[MemberState::Active]),
    (MemberMove::Leave, "leave", &[MemberState::Applied, MemberState::Waiting, MemberState::Active]),
    (MemberMove::Apply, "apply", &[MemberState::Refused, MemberState::Left, MemberState::Removed]),
];

impl MemberState {
    /// The moves that are possible in this state.
    pub fn moves(self) -> Vec<&'static str> {
        MOVES.iter().filter(|(_, _, states)| states.contains(&self)).map(|(_, name, _)| *name).collect()
    }

    /// Refuses a move that is not possible in this state.
    pub fn check(self, wanted: MemberMove) -> Answer<()> {
        if MOVES.iter().any(|(found, _, states)| *found == wanted && states.contains(&self)) {
            return Ok(());
        }
        Err(Failure::Conflict { code: "wrong_member_state", detail: format!("not possible while the business is \"{self}\""), possible: self.moves() })
    }

    /// Whether the matter is over.
    pub fn is_over(self) -> bool {
        matches!(self, Self::Refused | Self::Left | Self::Removed)
    }
}

/// A circle that is founded.
#[derive(Debug, Clone)]
pub struct NewCircle {
    /// What kind.
    pub kind: CircleKind,
    /// Its name and the like.
    pub values: CircleValues,
    /// The trade with which the founder is a member.
    pub trade: TradeCode,
    /// The links of a value chain; empty for a networking circle.
    pub links: Links,
    /// Its first policy.
    pub policy: Policy,
}

/// What can be changed of a circle later.
#[derive(Debug, Clone)]
pub struct CircleValues {
    /// Its name.
    pub name: Name,
    /// What it is for; may be empty.
    pub description: String,
    /// The language of its mails to those whose language is not known.
    pub language: Language,
    /// The time zone of its meetings and reports (IANA name).
    pub time_zone: String,
    /// Whether strangers see it and may apply.
    pub open_to_applications: bool,
}

/// What is to be changed of a circle; what is left out stays.
#[derive(Debug, Clone, Default, serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct CircleInput {
    /// Its name.
    pub name: Option<String>,
    /// What it is for; may be empty.
    pub description: Option<String>,
    /// The language of its mails to those whose language is not known.
    pub language: Option<Language>,
    /// IANA name.
    pub time_zone: Option<String>,
    /// Whether strangers see it and may apply.
    pub open_to_applications: Option<bool>,
}

impl CircleValues {
    /// Reads what was typed; errors are noted in `fields`.
    pub fn parse(fields: &mut Fields, name: &str, description: &str, language: Language, time_zone: &str, open_to_applications: bool) -> Option<Self> {
        let name = fields.take("name", Name::parse(name));
        let description = fields.take("description", Prose::<DESCRIPTION_MAX>::optional(Some(description)));
        let time_zone = fields.take("time_zone", parse_time_zone(time_zone));
        let description = description?.map_or_else(String::new, Prose::into_string);
        Some(Self { name: name?, description, language, time_zone: time_zone?, open_to_applications })
    }
}

fn parse_time_zone(text: &str) -> Result<String, FieldProblem> {
    let line = Line::<64>::parse(text)?;
    let known = jiff::tz::TimeZone::get(line.as_str()).is_ok();
    if known { Ok(line.into_string()) } else { Err(FieldProblem::new("not_a_time_zone", "write an IANA name such as Europe/Berlin")) }
}

/// The trades of a value chain in the order in which they work: different trades, never groups.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Links(Vec<TradeCode>);

impl Links {
    /// From known codes.
    pub fn of(codes: Vec<TradeCode>) -> Result<Self, FieldProblem> {
        if codes.len() > LINKS_MAX {
            return Err(FieldProblem::new("too_many", format!("at most {LINKS_MAX} links")));
        }
        check_leaves(&codes)?;
        Ok(Self(codes))
    }

    /// Reads codes.
    pub fn parse<T: AsRef<str>>(codes: &[T]) -> Result<Self, FieldProblem> {
        let known = codes.iter().map(|code| TradeCode::parse(code.as_ref().trim()).ok_or_else(|| FieldProblem::new("not_a_trade", "no trade has this code")));
        Self::of(known.collect::<Result<_, _>>()?)
    }

    /// The trades in their order.
    pub fn as_slice(&self) -> &[TradeCode] {
        &self.0
    }

    /// The trades that follow one, the next first; none when it is no link of the chain.
    pub fn after(&self, trade: TradeCode) -> Vec<TradeCode> {
        self.0.iter().skip_while(|code| **code != trade).skip(1).copied().collect()
    }
}

/// The trades that have a seat in a networking circle, whether somebody holds it or not: different trades, never groups.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SeatTrades(Vec<TradeCode>);

impl SeatTrades {
    /// Reads codes; in which order they are named does not matter.
    pub fn parse<T: AsRef<str>>(codes: &[T]) -> Result<Self, FieldProblem> {
        if codes.len() > SEATS_MAX {
            return Err(FieldProblem::new("too_many", format!("at most {SEATS_MAX} seats")));
        }
        let known = codes.iter().map(|code| TradeCode::parse(code.as_ref().trim()).ok_or_else(|| FieldProblem::new("not_a_trade", "no trade has this code")));
        let mut codes: Vec<TradeCode> = known.collect::<Result<_, _>>()?;
        check_leaves(&codes)?;
        codes.sort_unstable();
        Ok(Self(codes))
    }

    /// The trades, by their codes.
    pub fn as_slice(&self) -> &[TradeCode] {
        &self.0
    }
}

/// An invitation that is made.
#[derive(Debug, Clone)]
pub enum NewInvitation {
    /// One mail to one address.
    Mail {
        /// To whom.
        email: EmailAddress,
        /// What the inviter says.
        words: Option<Words>,
    },
    /// A link to pass on.
    Link {
        /// How many may use it.
        uses: i32,
        /// How long it works.
        days: u32,
    },
}

impl NewInvitation {
    /// A mail whose words a stranger may read.
    pub fn mail(email: &str, words: Option<&str>) -> Answer<Self> {
        let mut fields = Fields::new();
        let email = fields.take("email", EmailAddress::parse(email));
        let words = fields.take("words", Words::optional(words));
        if words.iter().flatten().any(|words| has_link_or_number(words.as_str())) {
            fields.add("words", "link_or_number", "no links, addresses or phone numbers here");
        }
        let (email, words) = fields.into_result(email.zip(words))?;
        Ok(Self::Mail { email, words })
    }

    /// A link within its bounds.
    pub fn link(uses: i32, days: u32) -> Answer<Self> {
        let mut fields = Fields::new();
        if !(1..=INVITATION_USES_MAX).contains(&uses) {
            fields.add("uses", "out_of_range", format!("between 1 and {INVITATION_USES_MAX}"));
        }
        if !(1..=INVITATION_DAYS_MAX).contains(&days) {
            fields.add("days", "out_of_range", format!("between 1 and {INVITATION_DAYS_MAX}"));
        }
        fields.finish()?;
        Ok(Self::Link { uses, days })
    }

    /// Which kind.
    pub fn kind(&self) -> InvitationKind {
        match self {
            Self::Mail { .. } => InvitationKind::Mail,
            Self::Link { .. } => InvitationKind::Link,
        }
    }
}

/// A policy fit for this installation: within its bounds, each path once, and "ask" only where the operator allows it.
pub fn checked_policy(mut policy: Policy, ask_allowed: bool) -> Answer<Policy> {
    policy.check()?;
    policy.consent_paths.sort();
    policy.consent_paths.dedup();
    if policy.consent_paths.contains(&ConsentPath::Ask) && !ask_allowed {
        return Err(Failure::field("consent_paths", "ask_not_allowed", "the operator of this installation has not switched on the path \"ask\""));
    }
    Ok(policy)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_names_its_moves() {
        let expected: [(MemberState, &[&str]); 6] = [
            (MemberState::Applied, &["admit", "refuse", "leave"]),
            (MemberState::Waiting, &["admit", "refuse", "leave"]),
            (MemberState::Active, &["remove", "leave"]),
            (MemberState::Refused, &["apply"]),
            (MemberState::Left, &["apply"]),
            (MemberState::Removed, &["apply"]),
        ];
        for (state, moves) in expected {
            assert_eq!(state.moves(), moves, "{state}");
            assert_eq!(state.is_over(), moves == ["apply"]);
        }
        let Err(Failure::Conflict { possible, .. }) = MemberState::Active.check(MemberMove::Admit) else { panic!("must be refused") };
        assert_eq!(possible, ["remove", "leave"]);
    }

    #[test]
    fn links_tell_what_follows() {
        let links = Links::parse(&["architect", "builder", "electrician"]).unwrap();
        let after = |code: &str| links.after(TradeCode::parse(code).unwrap()).iter().map(|code| code.as_str()).collect::<Vec<_>>();
        assert_eq!(after("architect"), ["builder", "electrician"]);
        assert_eq!(after("electrician"), Vec::<&str>::new());
        assert_eq!(after("roofer"), Vec::<&str>::new());
        assert_eq!(Links::parse(&["architect", "architect"]).unwrap_err().code, "named_twice");
        assert_eq!(Links::parse(&["planning"]).unwrap_err().code, "a_group_of_trades");
    }

    #[test]
    fn asking_needs_the_operators_leave() {
        let policy = Policy { consent_paths: vec![ConsentPath::Ask, ConsentPath::Share, ConsentPath::Ask], ..Policy::default() };
        assert_eq!(checked_policy(policy.clone(), false).unwrap_err().code(), "invalid_fields");
        assert_eq!(checked_policy(policy, true).unwrap().consent_paths, [ConsentPath::Share, ConsentPath::Ask]);
    }

    #[test]
    fn invitations_have_bounds() {
        assert!(NewInvitation::link(1, 1).is_ok());
        for (uses, days) in [(0, 5), (101, 5), (5, 0), (5, 91)] {
            assert!(NewInvitation::link(uses, days).is_err(), "{uses} {days}");
        }
    }
}

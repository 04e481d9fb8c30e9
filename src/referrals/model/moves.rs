//! Who may move a referral from where to where: one table, read by the checks, by the answer of a refused move, and by the
//! buttons on the page.

use super::ReferralState as State;
use crate::kernel::Failure;

crate::coded_enum! {
    /// Something that is done with a referral. The names are those of the routes where people make the move.
    pub enum Move {
        /// Change a draft.
        Edit = 1 "edit",
        /// Put it to its first receiver.
        Pass = 2 "pass",
        /// Put it to the next receiver.
        PassOn = 3 "pass-on",
        /// Agree to take it.
        Accept = 4 "accept",
        /// Say no to the offer.
        Decline = 5 "decline",
        /// Let the time for an answer run out.
        Expire = 6 "expire",
        /// Take it back.
        Withdraw = 7 "withdraw",
        /// Introduce both sides to each other.
        Introduce = 8 "introduce",
        /// End it without an introduction.
        Close = 9 "close",
        /// Tell that first contact was made.
        Contact = 10 "contact",
        /// Tell that a quote was made.
        Quote = 11 "quote",
        /// Tell that business was closed.
        Win = 12 "win",
        /// Tell that no business came of it.
        Lose = 13 "lose",
        /// Take back the last move.
        Undo = 14 "undo",
        /// Object to it.
        Dispute = 15 "dispute",
        /// Decide that the objection is right.
        Uphold = 16 "uphold",
        /// Decide that the objection is wrong.
        Reject = 17 "reject",
        /// Begin another referral that came out of this one.
        SpinOff = 18 "spin-off",
    }
}

crate::coded_enum! {
    /// What somebody is to a referral.
    pub enum Relation {
        /// Passes it.
        Giver = 1 "giver",
        /// It was put to this business, which has not declined.
        Receiver = 2 "receiver",
        /// Organises the circle and is no party.
        Organiser = 3 "organiser",
        /// The third person.
        Prospect = 4 "prospect",
        /// Time.
        Clock = 5 "clock",
    }
}

/// Where a move leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// To this state.
    To(State),
    /// The state stays.
    Stays,
    /// To the state before the last move.
    Back,
}

/// What a move needs beside the state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needs {
    /// No dispute is open.
    Peace,
    /// A dispute is open.
    Dispute,
    /// No dispute is open, and the mover's last move is young enough to be taken back.
    YoungMove,
}

/// What the table is asked with: the state and the marks beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Situation {
    /// The state.
    pub state: State,
    /// Whether a dispute is open.
    pub disputed: bool,
    /// Whether the receiver's last move can still be taken back.
    pub undoable: bool,
}

/// One row: in this state, this move, by this relation, leads there, if.
pub type Row = (State, Move, Relation, Next, Needs);

/// Every move there is.
#[rustfmt::skip]
pub const TABLE: &[Row] = &[
    (State::Draft,      Move::Edit,      Relation::Giver,     Next::Stays,                 Needs::Peace),
    (State::Draft,      Move::Pass,      Relation::Giver,     Next::To(State::Offered),    Needs::Peace),
    (State::Draft,      Move::Withdraw,  Relation::Giver,     Next::To(State::Withdrawn),  Needs::Peace),

    (State::Offered,    Move::Accept,    Relation::Receiver,  Next::To(State::Accepted),   Needs::Peace),
    (State::Offered,    Move::Decline,   Relation::Receiver,  Next::To(State::Declined),   Needs::Peace),
    (State::Offered,    Move::Expire,    Relation::Clock,     Next::To(State::Expired),    Needs::Peace),
    (State::Offered,    Move::Withdraw,  Relation::Giver,     Next::To(State::Withdrawn),  Needs::Peace),
    (State::Offered,    Move::Close,     Relation::Prospect,  Next::To(State::Closed),     Needs::Peace),

    (State::Declined,   Move::PassOn,    Relation::Giver,     Next::To(State::Offered),    Needs::Peace),
    (State::Declined,   Move::Withdraw,  Relation::Giver,     Next::To(State::Withdrawn),  Needs::Peace),
    (State::Declined,   Move::Close,     Relation::Clock,     Next::To(State::Closed),     Needs::Peace),
    (State::Expired,    Move::PassOn,    Relation::Giver,     Next::To(State::Offered),    Needs::Peace),
    (State::Expired,    Move::Withdraw,  Relation::Giver,     Next::To(State::Withdrawn),  Needs::Peace),
    (State::Expired,    Move::Close,     Relation::Clock,     Next::To(State::Closed),     Needs::Peace),

    (State::Accepted,   Move::Introduce, Relation::Prospect,  Next::To(State::Introduced), Needs::Peace),
    (State::Accepted,   Move::Withdraw,  Relation::Giver,     Next::To(State::Withdrawn),  Needs::Peace),
    (State::Accepted,   Move::Close,     Relation::Prospect,  Next::To(State::Closed),     Needs::Peace),
    (State::Accepted,   Move::Close,     Relation::Clock,     Next::To(State::Closed),     Needs::Peace),

    (State::Introduced, Move::Contact,   Relation::Receiver,  Next::To(State::Contacted),  Needs::Peace),
    (State::Introduced, Move::Lose,      Relation::Receiver,  Next::To(State::Lost),       Needs::Peace),
    (State::Introduced, Move::Lose,      Relation::Clock,     Next::To(State::Lost),       Needs::Peace),
    (State::Introduced, Move::Dispute,   Relation::Receiver,  Next::Stays,                 Needs::Peace),
    (State::Introduced, Move::Uphold,    Relation::Organiser, Next::To(State::Invalid),    Needs::Dispute),
    (State::Introduced, Move::Reject,    Relation::Organiser, Next::Stays,                 Needs::Dispute),
    (State::Introduced, Move::SpinOff,   Relation::Receiver,  Next::Stays,                 Needs::Peace),

    (State::Contacted,  Move::Quote,     Relation::Receiver,  Next::To(State::Quoted),     Needs::Peace),
    (State::Contacted,  Move::Win,       Relation::Receiver,  Next::To(State::Won),        Needs::Peace),
    (State::Contacted,  Move::Lose,      Relation::Receiver,  Next::To(State::Lost),       Needs::Peace),
    (State::Contacted,  Move::Lose,      Relation::Clock,     Next::To(State::Lost),       Needs::Peace),
    (State::Contacted,  Move::Undo,      Relation::Receiver,  Next::Back,                  Needs::YoungMove),
    (State::Contacted,  Move::Dispute,   Relation::Receiver,  Next::Stays,                 Needs::Peace),
    (State::Contacted,  Move::Uphold,    Relation::Organiser, Next::To(State::Invalid),    Needs::Dispute),
    (State::Contacted,  Move::Reject,    Relation::Organiser, Next::Stays,                 Needs::Dispute),
    (State::Contacted,  Move::SpinOff,   Relation::Receiver,  Next::Stays,                 Needs::Peace),

    (State::Quoted,     Move::Win,       Relation::Receiver,  Next::To(State::Won),        Needs::Peace),
    (State::Quoted,     Move::Lose,      Relation::Receiver,  Next::To(State::Lost),       Needs::Peace),
    (State::Quoted,     Move::Lose,      Relation::Clock,     Next::To(State::Lost),       Needs::Peace),
    (State::Quoted,     Move::Undo,      Relation::Receiver,  Next::Back,                  Needs::YoungMove),
    (State::Quoted,     Move::Dispute,   Relation::Receiver,  Next::Stays,                 Needs::Peace),
    (State::Quoted,     Move::Uphold,    Relation::Organiser, Next::To(State::Invalid),    Needs::Dispute),
    (State::Quoted,     Move::Reject,    Relation::Organiser, Next::Stays,                 Needs::Dispute),
    (State::Quoted,     Move::SpinOff,   Relation::Receiver,  Next::Stays,                 Needs::Peace),

    (State::Won,        Move::SpinOff,   Relation::Receiver,  Next::Stays,                 Needs::Peace),

    (State::Lost,       Move::Undo,      Relation::Receiver,  Next::Back,                  Needs::YoungMove),
    (State::Lost,       Move::Dispute,   Relation::Receiver,  Next::Stays,                 Needs::Peace),
    (State::Lost,       Move::Uphold,    Relation::Organiser, Next::To(State::Invalid),    Needs::Dispute),
    (State::Lost,       Move::Reject,    Relation::Organiser, Next::Stays,                 Needs::Dispute),
    (State::Lost,       Move::SpinOff,   Relation::Receiver,  Next::Stays,                 Needs::Peace),
];

impl Situation {
    /// A state with nothing beside it.
    pub const fn of(state: State) -> Self {
        Self { state, disputed: false, undoable: false }
    }

    const fn meets(&self, needs: Needs) -> bool {
        match needs {
            Needs::Peace => !self.disputed,
            Needs::Dispute => self.disputed,
            Needs::YoungMove => !self.disputed && self.undoable,
        }
    }

    /// Where this move leads when somebody with these relations makes it; none when nobody of them may.
    pub fn next(&self, wanted: Move, relations: &[Relation]) -> Option<Next> {
        let row = TABLE.iter().find(|(state, made, by, _, needs)| *state == self.state && *made == wanted && relations.contains(by) && self.meets(*needs));
        row.map(|(.., next, _)| *next)
    }

    /// Where this move leads, or the conflict that names what is possible instead.
    pub fn require(&self, wanted: Move, relations: &[Relation]) -> Result<Next, Failure> {
        self.next(wanted, relations).ok_or_else(|| Failure::Conflict {
            code: if self.disputed { "disputed" } else { "move_not_possible" },
            detail: format!("{wanted} is not possible now: the referral is {}{}", self.state, if self.disputed { ", and disputed" } else { "" }),
            possible: possible(self, relations).into_iter().map(Move::as_str).collect(),
        })
    }
}

/// The moves that somebody with these relations can make now, in the order of the table.
pub fn possible(situation: &Situation, relations: &[Relation]) -> Vec<Move> {
    let rows = TABLE.iter().filter(|(state, _, by, _, needs)| *state == situation.state && relations.contains(by) && situation.meets(*needs));
    rows.map(|(_, made, ..)| *made).collect()
}

//! A case: a group that an organiser should look at, and what he decided. Pure.

use std::collections::BTreeSet;

use crate::kernel::failure::FieldProblem;
use crate::kernel::id::BusinessId;
use crate::kernel::text::Prose;
use crate::kernel::{Answer, Failure};

/// The longest note to a decision in characters.
pub const NOTE_MAX: usize = 500;
/// How many referrals of one circle and window are looked at, the newest first: more than any circle passes.
pub const PASSED_MAX: i64 = 20_000;
/// How long after the first introduction the next look is taken, in days: a circle is looked at once a day at the most.
pub const LOOK_DAYS: u32 = 1;
/// How many cases of one circle are held against a reader who is named in some of them.
pub const CASES_MAX: i64 = 1_000;
/// How many referrals of a case are listed.
pub const LISTED_MAX: usize = 200;

crate::coded_enum! {
    /// Where a case stands.
    pub enum CaseState {
        /// Waits for a decision.
        Open = 1 "open",
        /// Was decided.
        Decided = 2 "decided",
    }
}

crate::coded_enum! {
    /// What the organiser decided.
    pub enum Outcome {
        /// There is nothing to it.
        Dismissed = 1 "dismissed",
        /// He talked to them, and that is enough.
        Talked = 2 "talked",
        /// Members neither pass nor receive in this circle until an organiser lets them again.
        Suspended = 3 "suspended",
        /// The credits for the referrals inside the group are taken back.
        Reversed = 4 "reversed",
    }
}

/// A decision as it is taken.
#[derive(Debug, Clone)]
pub struct Decision {
    /// What was decided.
    pub outcome: Outcome,
    /// Why.
    pub note: Prose<NOTE_MAX>,
    /// Who is suspended; everybody of the case when nobody is named.
    pub members: Vec<BusinessId>,
}

impl Decision {
    /// Reads a decision; members are only named for a suspension.
    pub fn parse(outcome: Outcome, note: &str, members: Vec<BusinessId>) -> Answer<Self> {
        let note = Prose::parse(note).map_err(|problem: FieldProblem| problem.of("note"))?;
        if outcome != Outcome::Suspended && !members.is_empty() {
            return Err(Failure::field("members", "not_allowed", "only a suspension names members"));
        }
        Ok(Self { outcome, note, members })
    }

    /// Whom it concerns among the members of the case.
    pub fn concerned(&self, case: &BTreeSet<BusinessId>) -> Answer<Vec<BusinessId>> {
        if self.outcome != Outcome::Suspended {
            return Ok(Vec::new());
        }
        if let Some(stranger) = self.members.iter().find(|member| !case.contains(member)) {
            return Err(Failure::field("members", "not_in_case", format!("{stranger} is not named in this case")));
        }
        let named: BTreeSet<BusinessId> = if self.members.is_empty() { case.clone() } else { self.members.iter().copied().collect() };
        Ok(named.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::id::Identifier;

    #[test]
    fn only_a_suspension_names_members_and_only_those_of_the_case() {
        let [one, two, stranger] = [1, 2, 3].map(BusinessId::from_raw);
        let case = BTreeSet::from([one, two]);
        assert!(Decision::parse(Outcome::Talked, "We talked.", vec![one]).is_err());
        assert!(Decision::parse(Outcome::Talked, "  ", Vec::new()).is_err());
        let talked = Decision::parse(Outcome::Talked, "We talked.", Vec::new()).unwrap();
        assert_eq!(talked.concerned(&case).unwrap(), []);
        let suspended = |members| Decision::parse(Outcome::Suspended, "Made up.", members).unwrap().concerned(&case);
        assert_eq!(suspended(vec![two, two]).unwrap(), [two]);
        assert_eq!(suspended(Vec::new()).unwrap(), [one, two]);
        assert!(suspended(vec![stranger]).is_err());
    }
}

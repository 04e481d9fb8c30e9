//! Obligations: who owes whom how much. Parsed once, so that everything behind it can rely on it.

use std::fmt;

/// More members are refused: node numbers share a word with two marks.
pub const MEMBERS_MAX: usize = 1 << 28;
/// More obligations are refused: they are numbered in 32 bits.
pub const OBLIGATIONS_MAX: usize = 1 << 30;

/// One obligation: the debtor owes the creditor the amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Obligation {
    /// The number of the member who owes.
    pub debtor: u32,
    /// The number of the member who is owed.
    pub creditor: u32,
    /// How much, in the circle's smallest unit; more than 0.
    pub amount: i64,
}

/// Why a list of obligations was refused. `position` counts the list's entries from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ObligationError {
    /// Somebody owes himself.
    SelfDebt {
        /// Which entry.
        position: usize,
    },
    /// An amount of zero or less.
    NotPositive {
        /// Which entry.
        position: usize,
    },
    /// A member's number is not below the number of members.
    UnknownMember {
        /// Which entry.
        position: usize,
    },
    /// All amounts together exceed `i64::MAX`.
    TotalOverflow {
        /// The entry that was too much.
        position: usize,
    },
    /// More than [`MEMBERS_MAX`] members.
    TooManyMembers,
    /// More than [`OBLIGATIONS_MAX`] entries.
    TooManyObligations,
}

impl fmt::Display for ObligationError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::SelfDebt { position } => write!(formatter, "obligation {position}: nobody can owe himself"),
            Self::NotPositive { position } => write!(formatter, "obligation {position}: the amount must be more than 0"),
            Self::UnknownMember { position } => write!(formatter, "obligation {position}: no such member"),
            Self::TotalOverflow { position } => write!(formatter, "obligation {position}: all amounts together exceed {}", i64::MAX),
            Self::TooManyMembers => write!(formatter, "more than {MEMBERS_MAX} members"),
            Self::TooManyObligations => write!(formatter, "more than {OBLIGATIONS_MAX} obligations"),
        }
    }
}

impl std::error::Error for ObligationError {}

/// Obligations between members 0..n, sorted by debtor, then creditor, each pair once.
///
/// The position in this order is an obligation's number. All amounts together fit in an `i64`, so no sum over obligations
/// can overflow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Obligations {
    first: Vec<u32>,
    creditors: Vec<u32>,
    amounts: Vec<i64>,
    total: i64,
}

impl Obligations {
    /// Reads a list of (debtor, creditor, amount); entries with the same debtor and creditor are added up.
    ///
    /// Linear in members and entries: two stable counting sorts.
    pub fn build(members: usize, list: impl IntoIterator<Item = (u32, u32, i64)>) -> Result<Self, ObligationError> {
        if members > MEMBERS_MAX {
            return Err(ObligationError::TooManyMembers);
        }
        let mut total = 0_i64;
        let mut entries = Vec::new();
        for (position, (debtor, creditor, amount)) in list.into_iter().enumerate() {
            let entry = Obligation { debtor, creditor, amount };
            total = checked(members, total, entry, position)?;
            if position >= OBLIGATIONS_MAX {
                return Err(ObligationError::TooManyObligations);
            }
            entries.push(entry);
        }
        if !entries.is_sorted_by_key(|entry| (entry.debtor, entry.creditor)) {
            entries = sorted(&sorted(&entries, members, |entry| entry.creditor), members, |entry| entry.debtor);
        }
        Ok(Self::merged(members, &entries, total))
    }

    fn merged(members: usize, entries: &[Obligation], total: i64) -> Self {
        let mut first = Vec::with_capacity(members + 1);
        let mut creditors = Vec::with_capacity(entries.len());
        let mut amounts: Vec<i64> = Vec::with_capacity(entries.len());
        let mut at = 0;
        for debtor in 0..members as u32 {
            let begin = creditors.len();
            first.push(begin as u32);
            while let Some(entry) = entries.get(at).filter(|entry| entry.debtor == debtor) {
                match amounts.last_mut() {
                    Some(amount) if creditors.len() > begin && creditors.last() == Some(&entry.creditor) => *amount += entry.amount,
                    _ => {
                        creditors.push(entry.creditor);
                        amounts.push(entry.amount);
                    }
                }
                at += 1;
            }
        }
        first.push(creditors.len() as u32);
        Self { first, creditors, amounts, total }
    }

    /// How many members there are, those without obligations included.
    pub fn members(&self) -> usize {
        self.first.len() - 1
    }

    /// How many obligations there are, after merging.
    pub fn count(&self) -> usize {
        self.creditors.len()
    }

    /// T, the sum of all amounts.
    pub fn total(&self) -> i64 {
        self.total
    }

    /// The obligation with this number.
    pub fn get(&self, number: usize) -> Option<Obligation> {
        let creditor = *self.creditors.get(number)?;
        let debtor = self.first.partition_point(|first| *first as usize <= number) - 1;
        Some(Obligation { debtor: debtor as u32, creditor, amount: self.amounts[number] })
    }

    /// All obligations in the order of their numbers.
    pub fn iter(&self) -> impl Iterator<Item = Obligation> + '_ {
        (0..self.members()).flat_map(move |debtor| {
            self.of(debtor).map(move |number| Obligation { debtor: debtor as u32, creditor: self.creditors[number], amount: self.amounts[number] })
        })
    }

    /// The number of the obligation of this debtor to this creditor. Logarithmic in what the debtor owes.
    pub fn find(&self, debtor: u32, creditor: u32) -> Option<usize> {
        if debtor as usize >= self.members() {
            return None;
        }
        let range = self.of(debtor as usize);
        self.creditors[range.clone()].binary_search(&creditor).ok().map(|offset| range.start + offset)
    }

    /// What each member is owed less what he owes: positive for a creditor. The nets add up to 0.
    pub fn nets(&self) -> Vec<i64> {
        let mut nets = vec![0; self.members()];
        for obligation in self.iter() {
            nets[obligation.debtor as usize] -= obligation.amount;
            nets[obligation.creditor as usize] += obligation.amount;
        }
        nets
    }

    /// The numbers of a debtor's obligations.
    pub(super) fn of(&self, debtor: usize) -> std::ops::Range<usize> {
        self.first[debtor] as usize..self.first[debtor + 1] as usize
    }

    pub(super) fn creditors(&self) -> &[u32] {
        &self.creditors
    }

    pub(super) fn amounts(&self) -> &[i64] {
        &self.amounts
    }

    /// The same graph with other amounts, each between 0 and what it was; obligations of 0 are left out. The second answer
    /// is each obligation's old number.
    #[cfg(test)]
    pub(super) fn reduced(&self, amounts: &[i64]) -> (Self, Vec<u32>) {
        let mut reduced = Self { first: Vec::with_capacity(self.first.len()), creditors: Vec::new(), amounts: Vec::new(), total: 0 };
        let mut numbers = Vec::new();
        for debtor in 0..self.members() {
            reduced.first.push(numbers.len() as u32);
            for number in self.of(debtor).filter(|number| amounts[*number] > 0) {
                reduced.creditors.push(self.creditors[number]);
                reduced.amounts.push(amounts[number]);
                reduced.total += amounts[number];
                numbers.push(number as u32);
            }
        }
        reduced.first.push(numbers.len() as u32);
        (reduced, numbers)
    }
}

fn checked(members: usize, total: i64, entry: Obligation, position: usize) -> Result<i64, ObligationError> {
    if entry.debtor as usize >= members || entry.creditor as usize >= members {
        return Err(ObligationError::UnknownMember { position });
    }
    if entry.debtor == entry.creditor {
        return Err(ObligationError::SelfDebt { position });
    }
    if entry.amount <= 0 {
        return Err(ObligationError::NotPositive { position });
    }
    total.checked_add(entry.amount).ok_or(ObligationError::TotalOverflow { position })
}

/// A stable counting sort.
fn sorted(entries: &[Obligation], members: usize, key: impl Fn(&Obligation) -> u32) -> Vec<Obligation> {
    let mut next = vec![0_u32; members + 1];
    for entry in entries {
        next[key(entry) as usize + 1] += 1;
    }
    for member in 0..members {
        next[member + 1] += next[member];
    }
    let mut sorted = vec![Obligation { debtor: 0, creditor: 0, amount: 0 }; entries.len()];
    for entry in entries {
        let place = &mut next[key(entry) as usize];
        sorted[*place as usize] = *entry;
        *place += 1;
    }
    sorted
}

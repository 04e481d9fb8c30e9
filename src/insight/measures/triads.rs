//! The triad census: how often each of the sixteen patterns of three members occurs.
//!
//! The names are those of P. W. Holland and S. Leinhardt (1970): how many of the three pairs are mutual, one-way and empty, and a
//! letter where that leaves several patterns: down, up, transitive, cyclic. The method is that of V. Batagelj and A. Mrvar, "A
//! subquadratic triad census algorithm for large sparse networks with small maximum degree", Social Networks 23 (2001) 237–243:
//! only threes in which somebody gave are looked at, each once, and the empty ones are what is left of all threes. O(m·d)
//! for m connected pairs and at most d partners of one member.

use std::collections::{BTreeMap, BTreeSet};

/// A pattern of three members A, B, C; an arrow goes from the giver to the receiver.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, utoipa::ToSchema)]
pub enum TriadClass {
    /// Nobody gave.
    #[serde(rename = "003")]
    Empty,
    /// A→B.
    #[serde(rename = "012")]
    OneWay,
    /// A↔B.
    #[serde(rename = "102")]
    Mutual,
    /// A←B→C: one gives to two.
    #[serde(rename = "021D")]
    TwoFromOne,
    /// A→B←C: one receives from two.
    #[serde(rename = "021U")]
    TwoToOne,
    /// A→B→C: a chain.
    #[serde(rename = "021C")]
    Chain,
    /// A↔B←C.
    #[serde(rename = "111D")]
    MutualAndIn,
    /// A↔B→C.
    #[serde(rename = "111U")]
    MutualAndOut,
    /// A→B←C, A→C: a chain and its short cut.
    #[serde(rename = "030T")]
    Transitive,
    /// A→B→C→A: the ring of three.
    #[serde(rename = "030C")]
    Ring,
    /// A↔B↔C.
    #[serde(rename = "201")]
    TwoMutual,
    /// A←B→C, A↔C.
    #[serde(rename = "120D")]
    MutualFromOne,
    /// A→B←C, A↔C.
    #[serde(rename = "120U")]
    MutualToOne,
    /// A→B→C, A↔C.
    #[serde(rename = "120C")]
    MutualAndChain,
    /// A→B↔C, A↔C.
    #[serde(rename = "210")]
    AllButOneWay,
    /// A↔B↔C↔A: everybody gives to everybody.
    #[serde(rename = "300")]
    Complete,
}

impl TriadClass {
    /// Every pattern, from the emptiest to the fullest.
    pub const ALL: [Self; 16] = [
        Self::Empty,
        Self::OneWay,
        Self::Mutual,
        Self::TwoFromOne,
        Self::TwoToOne,
        Self::Chain,
        Self::MutualAndIn,
        Self::MutualAndOut,
        Self::Transitive,
        Self::Ring,
        Self::TwoMutual,
        Self::MutualFromOne,
        Self::MutualToOne,
        Self::MutualAndChain,
        Self::AllButOneWay,
        Self::Complete,
    ];

    /// The name in the literature.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Empty => "003",
            Self::OneWay => "012",
            Self::Mutual => "102",
            Self::TwoFromOne => "021D",
            Self::TwoToOne => "021U",
            Self::Chain => "021C",
            Self::MutualAndIn => "111D",
            Self::MutualAndOut => "111U",
            Self::Transitive => "030T",
            Self::Ring => "030C",
            Self::TwoMutual => "201",
            Self::MutualFromOne => "120D",
            Self::MutualToOne => "120U",
            Self::MutualAndChain => "120C",
            Self::AllButOneWay => "210",
            Self::Complete => "300",
        }
    }

    /// The pattern in arrows, the same in every language.
    pub const fn picture(self) -> &'static str {
        match self {
            Self::Empty => "A  B  C",
            Self::OneWay => "A→B  C",
            Self::Mutual => "A↔B  C",
            Self::TwoFromOne => "A←B→C",
            Self::TwoToOne => "A→B←C",
            Self::Chain => "A→B→C",
            Self::MutualAndIn => "A↔B←C",
            Self::MutualAndOut => "A↔B→C",
            Self::Transitive => "A→B←C, A→C",
            Self::Ring => "A→B→C→A",
            Self::TwoMutual => "A↔B↔C",
            Self::MutualFromOne => "A←B→C, A↔C",
            Self::MutualToOne => "A→B←C, A↔C",
            Self::MutualAndChain => "A→B→C, A↔C",
            Self::AllButOneWay => "A→B↔C, A↔C",
            Self::Complete => "A↔B↔C↔A",
        }
    }

    /// The pattern of three members: for each ordered pair of 0, 1, 2 whether the first gives to the second.
    pub(super) fn of(gives: impl Fn(usize, usize) -> bool) -> Self {
        let is_mutual = |one: usize, other: usize| gives(one, other) && gives(other, one);
        let is_empty = |one: usize, other: usize| !gives(one, other) && !gives(other, one);
        let sides = [(0, 1, 2), (0, 2, 1), (1, 2, 0)];
        let mutual = sides.iter().filter(|(one, other, _)| is_mutual(*one, *other)).count();
        let empty = sides.iter().filter(|(one, other, _)| is_empty(*one, *other)).count();
        let out = |member: usize| (0..3).filter(|other| *other != member && gives(member, *other)).count();
        let into = |member: usize| (0..3).filter(|other| *other != member && gives(*other, member)).count();
        // Where exactly one pair is mutual, the third member decides.
        let third = sides.iter().find(|(one, other, _)| is_mutual(*one, *other)).map_or(0, |(_, _, third)| *third);
        match (mutual, 3 - mutual - empty, empty) {
            (0, 0, _) => Self::Empty,
            (0, 1, _) => Self::OneWay,
            (1, 0, _) => Self::Mutual,
            (0, 2, _) if (0..3).any(|member| out(member) == 2) => Self::TwoFromOne,
            (0, 2, _) if (0..3).any(|member| into(member) == 2) => Self::TwoToOne,
            (0, 2, _) => Self::Chain,
            (1, 1, _) if out(third) == 1 => Self::MutualAndIn,
            (1, 1, _) => Self::MutualAndOut,
            (0, _, _) if (0..3).all(|member| out(member) == 1) => Self::Ring,
            (0, _, _) => Self::Transitive,
            (2, 0, _) => Self::TwoMutual,
            (1, _, _) if out(third) == 2 => Self::MutualFromOne,
            (1, _, _) if into(third) == 2 => Self::MutualToOne,
            (1, _, _) => Self::MutualAndChain,
            (2, _, _) => Self::AllButOneWay,
            _ => Self::Complete,
        }
    }
}

/// How many threes there are of each pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Census([u64; 16]);

impl Census {
    /// How many threes have this pattern.
    pub fn count(&self, class: TriadClass) -> u64 {
        self.0[class as usize]
    }

    /// How many threes there are.
    pub fn total(&self) -> u64 {
        self.0.iter().sum()
    }

    #[cfg(test)]
    pub(super) const fn from_counts(counts: [u64; 16]) -> Self {
        Self(counts)
    }

    fn add(&mut self, class: TriadClass, number: u64) {
        self.0[class as usize] += number;
    }
}

/// How two members stand to each other, seen from the first: 1 he gives, 2 he receives, 3 both, 0 neither.
type Tie = u8;
const GIVES: Tie = 1;
const RECEIVES: Tie = 2;
const BOTH: Tie = GIVES | RECEIVES;

/// Each member's partners in ascending order.
fn ties(members: u32, gifts: &BTreeSet<(u32, u32)>) -> Vec<BTreeMap<u32, Tie>> {
    let mut ties: Vec<BTreeMap<u32, Tie>> = vec![BTreeMap::new(); members as usize];
    for &(giver, receiver) in gifts.iter().filter(|(giver, receiver)| giver != receiver && *giver < members && *receiver < members) {
        *ties[giver as usize].entry(receiver).or_default() |= GIVES;
        *ties[receiver as usize].entry(giver).or_default() |= RECEIVES;
    }
    ties
}

/// The pattern of three members by their ties: first with second, first with third, second with third, two bits each.
fn patterns() -> [TriadClass; 64] {
    std::array::from_fn(|code| {
        TriadClass::of(|giver, receiver| {
            let (pair, tie) = if giver < receiver { (giver + receiver - 1, GIVES) } else { (giver + receiver - 1, RECEIVES) };
            (code >> (2 * pair)) & usize::from(tie) != 0
        })
    })
}

/// Counts the patterns among `members` members, of whom (giver, receiver) gave; repetitions and gifts to oneself count as nothing,
/// and so does who is no member. Members are numbered below `members`, which is at most 2²⁰: their threes fit in 64 bits.
pub fn census(members: u32, gifts: &BTreeSet<(u32, u32)>) -> Census {
    let members = members.min(1 << 20);
    let (ties, patterns) = (ties(members, gifts), patterns());
    // The ties of the first and of the second with everybody, by number.
    let (mut of_first, mut of_second) = (vec![0; members as usize], vec![0; members as usize]);
    let mut census = Census::default();
    for (first, own) in (0..members).zip(&ties) {
        own.iter().for_each(|(partner, tie)| of_first[*partner as usize] = *tie);
        for (&second, &between) in own.range(first + 1..) {
            let theirs = &ties[second as usize];
            theirs.iter().for_each(|(partner, tie)| of_second[*partner as usize] = *tie);
            let class = |third: u32| patterns[usize::from(between | of_first[third as usize] << 2 | of_second[third as usize] << 4)];
            // Of the two or three connected pairs of a three only the first one, by numbers, counts it.
            own.range(second + 1..).for_each(|(third, _)| census.add(class(*third), 1));
            let only_theirs = theirs.keys().copied().filter(|third| *third != first && of_first[*third as usize] == 0);
            let mut partners = own.len() - 1;
            for third in only_theirs {
                partners += 1;
                if third > first {
                    census.add(class(third), 1);
                }
            }
            // Whoever has to do with neither of the two makes a three with one pair only.
            let strangers = u64::from(members) - 2 - partners as u64;
            census.add(if between == BOTH { TriadClass::Mutual } else { TriadClass::OneWay }, strangers);
            theirs.keys().for_each(|partner| of_second[*partner as usize] = 0);
        }
        own.keys().for_each(|partner| of_first[*partner as usize] = 0);
    }
    let count = u64::from(members);
    let all = u128::from(count) * u128::from(count.saturating_sub(1)) * u128::from(count.saturating_sub(2)) / 6;
    let empty = u64::try_from(all).unwrap_or(u64::MAX) - census.total();
    census.add(TriadClass::Empty, empty);
    census
}

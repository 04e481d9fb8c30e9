//! Seeded graphs for benchmarks and tests: the same seed gives the same obligations on every machine.

/// How the obligations are spread.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A few members have very many obligations, most have few.
    PowerLaw,
    /// Circles of 50, with 5 % of the obligations across them.
    Circles,
    /// Five tiers of supply: each owes the next, and the last owes the first.
    Tiers,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::PowerLaw, Self::Circles, Self::Tiers];

    /// A short name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::PowerLaw => "power_law",
            Self::Circles => "circles",
            Self::Tiers => "tiers",
        }
    }
}

const CIRCLE_MEMBERS: u64 = 50;
const TIERS: u64 = 5;
const AMOUNT_MAX: u64 = 1_000;

/// `members · obligations_each` entries (debtor, creditor, amount) for [`super::Obligations::build`], pairs may repeat; none for fewer
/// than two members. Amounts are 1 to 1,000.
pub fn generate(kind: Kind, members: u32, obligations_each: u32, seed: u64) -> Vec<(u32, u32, i64)> {
    let mut random = Random::new(seed);
    let members = u64::from(members);
    if members < 2 {
        return Vec::new();
    }
    let draw = |random: &mut Random| loop {
        let (debtor, creditor) = match kind {
            Kind::PowerLaw => (random.skewed(members), random.skewed(members)),
            Kind::Circles => circle_pair(random, members),
            Kind::Tiers => tier_pair(random, members),
        };
        if debtor != creditor {
            return (debtor as u32, creditor as u32, (1 + random.below(AMOUNT_MAX)) as i64);
        }
    };
    (0..members * u64::from(obligations_each)).map(|_| draw(&mut random)).collect()
}

fn circle_pair(random: &mut Random, members: u64) -> (u64, u64) {
    let debtor = random.below(members);
    if random.below(100) < 5 {
        return (debtor, random.below(members));
    }
    let begin = debtor - debtor % CIRCLE_MEMBERS;
    (debtor, begin + random.below(CIRCLE_MEMBERS.min(members - begin)))
}

fn tier_pair(random: &mut Random, members: u64) -> (u64, u64) {
    let debtor = random.below(members);
    // One in ten owes somebody in any tier.
    if random.below(10) == 0 {
        return (debtor, random.below(members));
    }
    let tier = (debtor % TIERS + 1) % TIERS;
    let creditor = random.below(members.div_ceil(TIERS)) * TIERS + tier;
    (debtor, if creditor < members { creditor } else { random.below(members) })
}

/// SplitMix64 (Steele, Lea, Flood 2014): small, fast, good enough for test data. Not for secrets.
#[derive(Debug, Clone)]
pub struct Random(u64);

impl Random {
    /// The sequence of this seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// 64 random bits.
    pub fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// 0 to `bound` − 1; 0 for a bound of 0.
    pub fn below(&mut self, bound: u64) -> u64 {
        ((u128::from(self.bits()) * u128::from(bound)) >> 64) as u64
    }

    /// 0 to `bound` − 1, small numbers far more often: the density falls as 1/√x.
    fn skewed(&mut self, bound: u64) -> u64 {
        let share = u128::from(self.bits() >> 32);
        ((share * share * u128::from(bound)) >> 64) as u64
    }
}

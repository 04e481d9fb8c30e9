//! Rings of a circulation among many members: a walk that sees ways back.

use std::ops::Range;

use super::graph::Obligations;
use super::ring_bits::MEMBERS_FEW;
use super::rings::Ring;

/// One member in so many is a root.
const MEMBERS_PER_ROOT: usize = 256;
/// Distances to roots are looked for up to here.
const DISTANCE_MAX: usize = 40;
/// So many obligations of a member are looked at before the walk goes on.
const GLANCES: usize = 12;
/// A ring this long is closed at once. A longer one only after as many steps more than this have brought nothing better.
const RING_SHORT: u32 = 16;
/// What the walk never prefers to going on.
const RING_NEVER: u32 = 1 << 30;
/// So many steps are remembered at least, if there were so many, and never more than twice as many unless they are needed.
const STEPS_KEPT: usize = 256;
/// The walk is given up before its steps need more bits.
const STEPS_MAX: u32 = 1 << 28;

const NOWHERE: u32 = u32::MAX;
/// A member's sign is his distance to a root and, in so many lower bits, the number of that root.
const ROOT_BITS: u32 = 24;
const ONE_FARTHER: u32 = 1 << ROOT_BITS;
const ROOTS_MAX: usize = (1 << ROOT_BITS) - 1;
/// The distance of a member who knows no root.
const LOST: u32 = 100 << ROOT_BITS;
/// Or he is on the walk, and the rest is at which step.
const ON_WALK: u32 = 1 << 31;

/// Splits a circulation into rings and leaves nothing of it.
///
/// A few members are roots, and every other knows how far the nearest one is and which. The walk goes on from creditor to creditor. At
/// each it looks at several next ones: for one that is on the walk already, or whose root is, so that the ring closes soon; otherwise it
/// goes towards the nearest root, where walks meet. Distances age while obligations are used up; they are corrected where the walk
/// passes, and found anew from time to time. Whatever they say, a walk that meets itself is a ring, and every ring uses up an obligation.
/// Choosing roots reads everything that is open a bounded number of times, and happens when half of what the roots had is used up; all
/// else is linear in the lengths of the rings, and in the steps that are given up.
pub(super) fn split(obligations: &Obligations, amounts: &mut [i64], rings: &mut Vec<Ring>) {
    let mut walk = Walk::new(obligations, amounts);
    for start in 0..obligations.members() as u32 {
        let mut before = usize::MAX;
        // Without a new ring this is no circulation, and nothing more would come of it.
        while !walk.open(start).is_empty() && rings.len() != before {
            before = rings.len();
            let mut member = start;
            while let Some(at) = walk.choose(member) {
                member = walk.advance(member, at, rings);
            }
            walk.leave(0);
        }
    }
    amounts.fill(0);
}

/// What is asked of a member side by side: whoever was looked at is the likeliest to be stepped on next.
#[derive(Clone, Copy)]
struct Known {
    /// The distance to a root and which, or the step of the walk.
    sign: u32,
    /// Where the obligations begin, and where those end that are not used up.
    begin: u32,
    end: u32,
}

struct Step {
    member: u32,
    /// The obligation: its place in `ways`.
    at: u32,
    /// The member's sign when he is not on the walk.
    sign: u32,
}

struct Walk {
    /// By member.
    known: Vec<Known>,
    /// By obligation: the creditor; read far more often than what is left of it.
    ways: Vec<u32>,
    /// By place in `ways`.
    left: Vec<i64>,
    /// By root: the step of the walk that stands there. One more for those who know no root.
    roots: Vec<u32>,
    /// The last steps of the walk, and how many there were before.
    steps: Vec<Step>,
    forgotten: u32,
    /// The step at which the last ring was taken.
    ring_taken: u32,
    /// Members with open obligations, some of whom may have none by now.
    living: Vec<u32>,
    /// How many open obligations the roots have, and with how few they are chosen anew.
    of_roots: usize,
    renewal: usize,
}

impl Walk {
    fn new(obligations: &Obligations, amounts: &[i64]) -> Self {
        let members = obligations.members();
        let (mut known, mut ways, mut left) = (Vec::with_capacity(members), Vec::new(), Vec::new());
        for debtor in 0..members {
            let begin = ways.len() as u32;
            for number in obligations.of(debtor).filter(|number| amounts[*number] > 0) {
                ways.push(obligations.creditors()[number]);
                left.push(amounts[number]);
            }
            known.push(Known { sign: LOST, begin, end: ways.len() as u32 });
        }
        let living = (0..members as u32).collect();
        let (forgotten, ring_taken, of_roots, renewal) = (0, 0, 0, 0);
        let mut walk = Self { known, ways, left, roots: vec![NOWHERE], steps: Vec::new(), forgotten, ring_taken, living, of_roots, renewal };
        // Fewer see enough from where they are.
        if members > MEMBERS_FEW {
            walk.renew();
        }
        walk
    }

    fn here(&self) -> u32 {
        self.forgotten + self.steps.len() as u32
    }

    fn open(&self, member: u32) -> Range<usize> {
        let Known { begin, end, .. } = self.known[member as usize];
        begin as usize..end as usize
    }

    /// Where to go on from a member who is not on the walk; corrects his sign. Nowhere only when he has nothing open, and then the walk is
    /// empty: what comes in goes out.
    fn choose(&mut self, member: u32) -> Option<usize> {
        let open = self.open(member);
        let here = self.here();
        let patience = RING_SHORT + (here - self.ring_taken);
        let (mut best, mut nearest) = ((u32::MAX, None), u32::MAX);
        for at in open.clone().take(GLANCES) {
            let mut sign = self.known[self.ways[at] as usize].sign;
            let mut length = if sign & ON_WALK != 0 {
                let step = sign & !ON_WALK;
                sign = self.steps[(step - self.forgotten) as usize].sign;
                here - step + 1
            } else {
                let distance = sign >> ROOT_BITS;
                match self.roots[(sign % ONE_FARTHER) as usize] {
                    NOWHERE => RING_NEVER / 2 + distance,
                    step => here - step + 1 + distance,
                }
            };
            if length > patience && length < RING_NEVER / 2 {
                length += if self.known[self.ways[at] as usize].sign & ON_WALK != 0 { RING_NEVER } else { RING_NEVER / 2 + 100 };
            }
            nearest = nearest.min(sign);
            if length < best.0 {
                best = (length, Some(at));
            }
        }
        let sign = &mut self.known[member as usize].sign;
        if *sign >= ONE_FARTHER && open.len() <= GLANCES && nearest < LOST {
            *sign = nearest + ONE_FARTHER;
        }
        best.1
    }

    /// One step. Where it meets the walk, takes the ring. Answers the member to go on from.
    fn advance(&mut self, member: u32, at: usize, rings: &mut Vec<Ring>) -> u32 {
        let (here, sign) = (self.here(), self.known[member as usize].sign);
        self.steps.push(Step { member, at: at as u32, sign });
        self.known[member as usize].sign = ON_WALK | here;
        if sign < ONE_FARTHER {
            self.roots[sign as usize] = here;
        }
        let end = self.ways[at];
        let met = self.known[end as usize].sign;
        if met & ON_WALK == 0 { end } else { self.take(((met & !ON_WALK) - self.forgotten) as usize, rings) }
    }

    /// Takes the ring that begins at this step. Answers the member where the walk is interrupted by it.
    fn take(&mut self, begin: usize, rings: &mut Vec<Ring>) -> u32 {
        let ring = &self.steps[begin..];
        let amount = ring.iter().map(|step| self.left[step.at as usize]).min().unwrap_or(0);
        rings.push(Ring { members: ring.iter().map(|step| step.member).collect(), amount });
        let mut interrupted = usize::MAX;
        for at in begin..self.steps.len() {
            let Step { member, at: place, sign } = self.steps[at];
            self.left[place as usize] -= amount;
            if self.left[place as usize] == 0 {
                interrupted = interrupted.min(at);
                self.of_roots -= usize::from(sign < ONE_FARTHER);
                self.close(member, place as usize);
            }
        }
        let member = self.steps[interrupted].member;
        let is_due = self.of_roots < self.renewal || self.forgotten > STEPS_MAX;
        if is_due {
            self.leave(0);
            self.renew();
        } else {
            self.leave(interrupted);
            self.forget();
        }
        self.ring_taken = self.here();
        member
    }

    /// Puts an obligation behind the open ones of its debtor. Nobody has two on the walk, so no step loses its place.
    fn close(&mut self, debtor: u32, at: usize) {
        let end = &mut self.known[debtor as usize].end;
        *end -= 1;
        self.ways.swap(at, *end as usize);
        self.left.swap(at, *end as usize);
    }

    /// Takes back the walk from this step on.
    fn leave(&mut self, from: usize) {
        self.take_back(from..self.steps.len());
        if from == 0 {
            (self.forgotten, self.ring_taken) = (0, 0);
        }
    }

    /// Takes back the beginning of a long walk.
    fn forget(&mut self) {
        if self.steps.len() >= STEPS_KEPT * 2 {
            let count = self.steps.len() - STEPS_KEPT;
            self.take_back(0..count);
            self.forgotten += count as u32;
        }
    }

    fn take_back(&mut self, steps: Range<usize>) {
        for step in self.steps.drain(steps) {
            self.known[step.member as usize].sign = step.sign;
            if step.sign < ONE_FARTHER {
                self.roots[step.sign as usize] = NOWHERE;
            }
        }
    }

    /// Makes those the roots who have the most open obligations, and finds everybody's distance to them. Nobody is on the walk.
    fn renew(&mut self) {
        let mut living = std::mem::take(&mut self.living);
        living.retain(|member| !self.open(*member).is_empty());
        self.pack(&living);
        let wanted = (living.len() / MEMBERS_PER_ROOT).clamp(1, ROOTS_MAX);
        let least = self.least_open_of_a_root(&living, wanted);
        let mut count = 0;
        self.of_roots = 0;
        let mut unreached = Vec::with_capacity(living.len());
        for member in &living {
            if count < wanted && self.open(*member).len() >= least {
                self.known[*member as usize].sign = count as u32;
                count += 1;
                self.of_roots += self.open(*member).len();
            } else {
                unreached.push(*member);
            }
        }
        self.renewal = self.of_roots / 2;
        self.roots.clear();
        self.roots.resize(count + 1, NOWHERE);
        for member in &unreached {
            self.known[*member as usize].sign = LOST + count as u32;
        }
        for _ in 0..DISTANCE_MAX {
            let before = unreached.len();
            unreached.retain(|member| {
                let nearest = self.ways[self.open(*member)].iter().map(|way| self.known[*way as usize].sign).min().unwrap_or(LOST);
                if nearest < LOST {
                    self.known[*member as usize].sign = nearest + ONE_FARTHER;
                }
                nearest >= LOST
            });
            if unreached.is_empty() || unreached.len() == before {
                break;
            }
        }
        self.living = living;
    }

    /// Puts the open obligations side by side once many are used up: less memory is read more quickly.
    fn pack(&mut self, living: &[u32]) {
        let open: usize = living.iter().map(|member| self.open(*member).len()).sum();
        if open * 4 > self.ways.len() * 3 {
            return;
        }
        let mut end = 0;
        for member in living {
            let open = self.open(*member);
            let known = &mut self.known[*member as usize];
            (known.begin, known.end) = (end, end + open.len() as u32);
            self.ways.copy_within(open.clone(), end as usize);
            self.left.copy_within(open.clone(), end as usize);
            end += open.len() as u32;
        }
        self.ways.truncate(end as usize);
        self.left.truncate(end as usize);
    }

    /// About so many members have at least as many open obligations as this answers.
    fn least_open_of_a_root(&self, living: &[u32], wanted: usize) -> usize {
        let mut having = Vec::new();
        for member in living {
            let open = self.open(*member).len();
            if open >= having.len() {
                having.resize(open + 1, 0_usize);
            }
            having[open] += 1;
        }
        let mut sum = 0;
        let found = having.iter().rposition(|count| {
            sum += count;
            sum >= wanted
        });
        found.unwrap_or(0)
    }
}

//! The search for a short ring through an obligation.

use super::graph::Obligations;
use super::rings::Ring;

/// From so many times the length on, a list is searched rather than read.
const SHORTER_TIMES: usize = 16;

/// The obligations that still have an amount, in both directions.
pub(super) struct Live {
    numbers: Vec<u32>,
    debtors: Vec<u32>,
    creditors: Vec<u32>,
    amounts: Vec<i64>,
    first: Vec<u32>,
    in_first: Vec<u32>,
    in_edges: Vec<u32>,
    /// By place in `in_edges`: the debtor.
    in_debtors: Vec<u32>,
}

impl Live {
    pub fn new(obligations: &Obligations, amounts: &[i64]) -> Self {
        let (mut numbers, mut debtors, mut creditors, mut left) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let mut first = Vec::with_capacity(obligations.members() + 1);
        let mut in_first = vec![0_u32; obligations.members() + 1];
        for debtor in 0..obligations.members() {
            first.push(numbers.len() as u32);
            for number in obligations.of(debtor).filter(|number| amounts[*number] > 0) {
                numbers.push(number as u32);
                debtors.push(debtor as u32);
                creditors.push(obligations.creditors()[number]);
                left.push(amounts[number]);
                in_first[obligations.creditors()[number] as usize + 1] += 1;
            }
        }
        first.push(numbers.len() as u32);
        for member in 0..obligations.members() {
            in_first[member + 1] += in_first[member];
        }
        let mut next = in_first.clone();
        let (mut in_edges, mut in_debtors) = (vec![0; numbers.len()], vec![0; numbers.len()]);
        for (edge, creditor) in creditors.iter().enumerate() {
            let place = &mut next[*creditor as usize];
            in_edges[*place as usize] = edge as u32;
            in_debtors[*place as usize] = debtors[edge];
            *place += 1;
        }
        Self { numbers, debtors, creditors, amounts: left, first, in_first, in_edges, in_debtors }
    }

    pub fn is_empty(&self) -> bool {
        self.numbers.is_empty()
    }

    pub fn members(&self) -> usize {
        self.first.len() - 1
    }

    pub fn debtor(&self, edge: u32) -> u32 {
        self.debtors[edge as usize]
    }

    pub fn creditor(&self, edge: u32) -> u32 {
        self.creditors[edge as usize]
    }

    pub fn amount(&self, edge: u32) -> i64 {
        self.amounts[edge as usize]
    }

    /// All of them, the largest amount first, then by number.
    pub fn largest_first(&self) -> Vec<u32> {
        let mut edges: Vec<u32> = (0..self.numbers.len() as u32).collect();
        edges.sort_unstable_by_key(|edge| (std::cmp::Reverse(self.amounts[*edge as usize]), *edge));
        edges
    }

    pub fn find(&self, debtor: u32, creditor: u32) -> Option<u32> {
        let (begin, end) = (self.first[debtor as usize] as usize, self.first[debtor as usize + 1] as usize);
        self.creditors[begin..end].binary_search(&creditor).ok().map(|offset| (begin + offset) as u32)
    }

    /// A ring of three through an obligation that has an amount: its steps, and from where to look for the next. `from` counts the shorter of
    /// the two lists that are compared.
    pub fn third(&self, edge: u32, from: usize) -> Option<([u32; 3], usize)> {
        let (debtor, creditor) = (self.debtor(edge), self.creditor(edge));
        let out = self.out_edges(creditor);
        let ins = self.in_first[debtor as usize] as usize..self.in_first[debtor as usize + 1] as usize;
        let (thirds, others) = (&self.creditors[out.start as usize..out.end as usize], &self.in_debtors[ins.clone()]);
        let is_out_shorter = thirds.len() <= others.len();
        let (short, long) = if is_out_shorter { (thirds, others) } else { (others, thirds) };
        let is_much_shorter = short.len() * SHORTER_TIMES < long.len();
        let mut place = 0;
        for (at, third) in short.iter().enumerate().skip(from) {
            if is_much_shorter {
                place += long[place..].partition_point(|other| other < third);
            } else {
                place += long[place..].iter().take_while(|other| *other < third).count();
            }
            if long.get(place) == Some(third) {
                let (out_place, in_place) = if is_out_shorter { (at, place) } else { (place, at) };
                let steps = [edge, out.start + out_place as u32, self.in_edges[ins.start + in_place]];
                if steps.iter().all(|edge| self.amount(*edge) > 0) {
                    return Some((steps, at + 1));
                }
            }
        }
        None
    }

    /// Takes the ring of these obligations at their smallest amount.
    pub fn take(&mut self, steps: &[u32]) -> Ring {
        let amount = steps.iter().map(|edge| self.amounts[*edge as usize]).min().unwrap_or(0);
        for edge in steps {
            self.amounts[*edge as usize] -= amount;
        }
        Ring { members: steps.iter().map(|edge| self.debtor(*edge)).collect(), amount }
    }

    pub fn write_back(&self, amounts: &mut [i64]) {
        for (number, left) in self.numbers.iter().zip(&self.amounts) {
            amounts[*number as usize] = *left;
        }
    }

    fn out_edges(&self, member: u32) -> std::ops::Range<u32> {
        self.first[member as usize]..self.first[member as usize + 1]
    }

    fn in_edges(&self, member: u32) -> &[u32] {
        &self.in_edges[self.in_first[member as usize] as usize..self.in_first[member as usize + 1] as usize]
    }
}

const NOBODY: u32 = u32::MAX;

/// How a member was met: in which search, from which side, over which obligation.
#[derive(Clone, Copy)]
struct Met {
    search: u32,
    forward: bool,
    by: u32,
}

/// Breadth-first search from both ends at once; keeps its memory between searches.
pub(super) struct Ways {
    met: Vec<Met>,
    search: u32,
    ahead: Vec<u32>,
    behind: Vec<u32>,
    next: Vec<u32>,
    steps: Vec<u32>,
}

impl Ways {
    pub fn new(members: usize) -> Self {
        let met = vec![Met { search: 0, forward: false, by: NOBODY }; members];
        Self { met, search: 0, ahead: Vec::new(), behind: Vec::new(), next: Vec::new(), steps: Vec::new() }
    }

    /// The steps of a shortest ring through an obligation, if one has at most `length` members. Always grows the side that has fewer
    /// members at its edge.
    pub fn shortest(&mut self, live: &Live, edge: u32, length: u8, reads_left: &mut u64) -> Option<&[u32]> {
        self.search = self.search.wrapping_add(1);
        if self.search == 0 {
            self.met.fill(Met { search: 0, forward: false, by: NOBODY });
            self.search = 1;
        }
        let (from, to) = (live.creditor(edge), live.debtor(edge));
        self.met[from as usize] = Met { search: self.search, forward: true, by: NOBODY };
        self.met[to as usize] = Met { search: self.search, forward: false, by: NOBODY };
        self.ahead.clear();
        self.ahead.push(from);
        self.behind.clear();
        self.behind.push(to);
        for _ in 1..length {
            let meeting = if self.ahead.len() <= self.behind.len() { self.grow_ahead(live, reads_left) } else { self.grow_behind(live, reads_left) };
            if let Some(meeting) = meeting {
                return Some(self.join(live, edge, meeting));
            }
            if self.ahead.is_empty() || self.behind.is_empty() || *reads_left == 0 {
                break;
            }
        }
        None
    }

    /// Answers the obligation over which the two sides meet.
    fn grow_ahead(&mut self, live: &Live, reads_left: &mut u64) -> Option<u32> {
        self.next.clear();
        for at in 0..self.ahead.len() {
            let range = live.out_edges(self.ahead[at]);
            *reads_left = reads_left.saturating_sub(range.len() as u64);
            for edge in range.filter(|edge| live.amount(*edge) > 0) {
                let end = live.creditor(edge);
                let met = &mut self.met[end as usize];
                if met.search != self.search {
                    *met = Met { search: self.search, forward: true, by: edge };
                    self.next.push(end);
                } else if !met.forward {
                    return Some(edge);
                }
            }
        }
        std::mem::swap(&mut self.ahead, &mut self.next);
        None
    }

    fn grow_behind(&mut self, live: &Live, reads_left: &mut u64) -> Option<u32> {
        self.next.clear();
        for at in 0..self.behind.len() {
            let edges = live.in_edges(self.behind[at]);
            *reads_left = reads_left.saturating_sub(edges.len() as u64);
            for edge in edges.iter().copied().filter(|edge| live.amount(*edge) > 0) {
                let end = live.debtor(edge);
                let met = &mut self.met[end as usize];
                if met.search != self.search {
                    *met = Met { search: self.search, forward: false, by: edge };
                    self.next.push(end);
                } else if met.forward {
                    return Some(edge);
                }
            }
        }
        std::mem::swap(&mut self.behind, &mut self.next);
        None
    }

    /// The ring: the obligation, the way ahead from its creditor, the meeting, the way on to its debtor.
    fn join(&mut self, live: &Live, edge: u32, meeting: u32) -> &[u32] {
        self.steps.clear();
        let mut by = self.met[live.debtor(meeting) as usize].by;
        self.steps.push(meeting);
        while by != NOBODY {
            self.steps.push(by);
            by = self.met[live.debtor(by) as usize].by;
        }
        self.steps.push(edge);
        self.steps.reverse();
        let mut by = self.met[live.creditor(meeting) as usize].by;
        while by != NOBODY {
            self.steps.push(by);
            by = self.met[live.creditor(by) as usize].by;
        }
        &self.steps
    }
}

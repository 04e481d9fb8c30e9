//! Strongly connected components: only inside one can a ring close.

use super::graph::Obligations;

/// The component of each member. An obligation between two components leads to the one with the smaller number.
pub(super) struct Components {
    /// The component's number, by member.
    pub of: Vec<u32>,
    /// How many members each component has.
    pub sizes: Vec<u32>,
}

const NOT_SEEN: u32 = u32::MAX;

/// Finds them: Tarjan, "Depth-first search and linear graph algorithms" (1972), with a stack of its own instead of
/// recursion. Linear in members and obligations.
pub(super) fn components(obligations: &Obligations) -> Components {
    let members = obligations.members();
    let mut search = Search {
        obligations,
        order: vec![NOT_SEEN; members],
        low: vec![0; members],
        next: (0..members).map(|member| obligations.of(member).start as u32).collect(),
        open: Vec::new(),
        path: Vec::new(),
        seen: 0,
        found: Components { of: vec![NOT_SEEN; members], sizes: Vec::new() },
    };
    for member in 0..members {
        if search.order[member] == NOT_SEEN {
            search.explore(member as u32);
        }
    }
    search.found
}

struct Search<'a> {
    obligations: &'a Obligations,
    order: Vec<u32>,
    low: Vec<u32>,
    next: Vec<u32>,
    open: Vec<u32>,
    path: Vec<u32>,
    seen: u32,
    found: Components,
}

impl Search<'_> {
    fn enter(&mut self, member: u32) {
        self.order[member as usize] = self.seen;
        self.low[member as usize] = self.seen;
        self.seen += 1;
        self.open.push(member);
        self.path.push(member);
    }

    fn explore(&mut self, root: u32) {
        self.enter(root);
        while let Some(&last) = self.path.last() {
            let member = last as usize;
            let at = self.next[member] as usize;
            if at < self.obligations.of(member).end {
                self.next[member] += 1;
                let creditor = self.obligations.creditors()[at] as usize;
                if self.order[creditor] == NOT_SEEN {
                    self.enter(creditor as u32);
                } else if self.found.of[creditor] == NOT_SEEN {
                    self.low[member] = self.low[member].min(self.order[creditor]);
                }
            } else {
                self.path.pop();
                if let Some(&before) = self.path.last() {
                    self.low[before as usize] = self.low[before as usize].min(self.low[member]);
                }
                if self.low[member] == self.order[member] {
                    self.close(last);
                }
            }
        }
    }

    fn close(&mut self, root: u32) {
        let number = self.found.sizes.len() as u32;
        let mut size = 0;
        while let Some(member) = self.open.pop() {
            self.found.of[member as usize] = number;
            size += 1;
            if member == root {
                break;
            }
        }
        self.found.sizes.push(size);
    }
}

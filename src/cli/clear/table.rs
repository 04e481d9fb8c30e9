//! The result for people.

use std::io::{self, Write};

use super::read::Book;
use crate::reciprocity::clearing::{Clearing, Ring, RingLength};

/// Longer lists are cut; JSON has everything.
const ROWS_MAX: usize = 50;
/// Longer rings are cut in the middle of a row.
const RING_MEMBERS_MAX: usize = 12;

/// Writes totals, nets, rings and what stays open.
pub(super) fn write(output: &mut impl Write, book: &Book, clearing: &Clearing, ring_length: RingLength) -> io::Result<()> {
    totals(output, clearing, ring_length)?;
    section(output, "Members (net above 0: is owed; potential: the certificate)", book.names.len())?;
    let width = book.names.iter().take(ROWS_MAX).map(|name| shown(name).chars().count()).max().unwrap_or(0);
    for ((name, net), potential) in book.names.iter().zip(&clearing.nets).zip(&clearing.potentials).take(ROWS_MAX) {
        let name = shown(name);
        writeln!(output, "  {name:<width$}  net {net:>12}  potential {potential:>4}")?;
    }
    section(output, "Rings (debtor -> creditor)", clearing.rings.len())?;
    for ring in clearing.rings.iter().take(ROWS_MAX) {
        writeln!(output, "  {:>12} x {}: {}", ring.amount, ring.members.len(), chain(book, ring))?;
    }
    let open = || book.obligations.iter().zip(&clearing.cleared_per_obligation).filter(|(obligation, cleared)| obligation.amount > **cleared);
    section(output, "Still open", open().count())?;
    for (obligation, cleared) in open().take(ROWS_MAX) {
        let (debtor, creditor) = (shown(&book.names[obligation.debtor as usize]), shown(&book.names[obligation.creditor as usize]));
        writeln!(output, "  {:>12}  {debtor} -> {creditor}", obligation.amount - cleared)?;
    }
    Ok(())
}

fn totals(output: &mut impl Write, clearing: &Clearing, ring_length: RingLength) -> io::Result<()> {
    let within = |lengths: std::ops::RangeInclusive<usize>| -> i64 {
        clearing.rings.iter().filter(|ring| lengths.contains(&ring.members.len())).map(Ring::cleared).sum()
    };
    let rows = [
        ("all obligations", clearing.total),
        ("cleared", clearing.cleared),
        ("  in pairs", within(2..=2)),
        ("  in threes", within(3..=3)),
        ("  in longer rings", within(4..=usize::MAX)),
        ("the most that could be cleared", clearing.most),
        ("still open", clearing.residual_total),
        ("  owed to net creditors", clearing.nid),
        ("  in chains beyond that, at least", clearing.chain_slack),
        ("pairs alone would clear", clearing.pairs),
        ("rings after pairs would add", clearing.rings_extra),
    ];
    for (what, amount) in rows {
        writeln!(output, "{what:<34}{amount:>20}")?;
    }
    let how = if ring_length == RingLength::MAXIMUM {
        "The clearing is the maximum; its certificate was checked.".to_owned()
    } else {
        format!("Rings of up to {} were closed first, then the rest was cleared.", ring_length.get())
    };
    writeln!(output, "{how}")
}

fn section(output: &mut impl Write, title: &str, count: usize) -> io::Result<()> {
    let cut = if count > ROWS_MAX { format!(", the first {ROWS_MAX} of {count}; --json has all") } else { format!(": {count}") };
    writeln!(output, "\n{title}{cut}")
}

fn chain(book: &Book, ring: &Ring) -> String {
    let mut names: Vec<String> = ring.members.iter().take(RING_MEMBERS_MAX).map(|member| shown(&book.names[*member as usize])).collect();
    if ring.members.len() > RING_MEMBERS_MAX {
        names.push("...".to_owned());
    }
    names.extend(names.first().cloned());
    names.join(" -> ")
}

/// A name as it may stand on a terminal: control characters do nothing there.
fn shown(name: &str) -> String {
    name.chars().flat_map(|letter| if letter.is_control() { letter.escape_default().collect::<Vec<_>>() } else { vec![letter] }).collect()
}

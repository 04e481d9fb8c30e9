//! The result as JSON, written as it goes: nothing is built up in memory.

use std::io::{self, Write};

use serde::{Serialize, Serializer};

use super::read::Book;
use crate::reciprocity::clearing::{Clearing, RingLength};

/// Writes one object and a line break. Its keys are promised: programs read them.
pub(super) fn write(output: &mut impl Write, book: &Book, clearing: &Clearing, ring_length: RingLength) -> io::Result<()> {
    let shown = Shown {
        ring_length: ring_length.get(),
        total: clearing.total,
        cleared: clearing.cleared,
        most: clearing.most,
        residual_total: clearing.residual_total,
        nid: clearing.nid,
        pairs: clearing.pairs,
        rings_extra: clearing.rings_extra,
        chain_slack: clearing.chain_slack,
        members: List(|| members(book, clearing)),
        obligations: List(|| obligations(book, clearing)),
        rings: List(|| rings(book, clearing)),
    };
    serde_json::to_writer(&mut *output, &shown)?;
    writeln!(output)
}

#[derive(Serialize)]
struct Shown<M: Serialize, O: Serialize, R: Serialize> {
    ring_length: u8,
    total: i64,
    cleared: i64,
    most: i64,
    residual_total: i64,
    nid: i64,
    pairs: i64,
    rings_extra: i64,
    chain_slack: i64,
    members: M,
    obligations: O,
    rings: R,
}

/// A list that is made while it is written.
struct List<F>(F);

impl<F: Fn() -> I, I: Iterator<Item: Serialize>> Serialize for List<F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq((self.0)())
    }
}

#[derive(Serialize)]
struct Member<'a> {
    name: &'a str,
    net: i64,
    potential: i64,
}

#[derive(Serialize)]
struct Owed<'a> {
    debtor: &'a str,
    creditor: &'a str,
    amount: i64,
    cleared: i64,
}

#[derive(Serialize)]
struct Closed<M: Serialize> {
    members: M,
    amount: i64,
}

fn members<'a>(book: &'a Book, clearing: &'a Clearing) -> impl Iterator<Item = Member<'a>> {
    let figures = clearing.nets.iter().zip(&clearing.potentials);
    book.names.iter().zip(figures).map(|(name, (net, potential))| Member { name, net: *net, potential: *potential })
}

fn obligations<'a>(book: &'a Book, clearing: &'a Clearing) -> impl Iterator<Item = Owed<'a>> {
    let name = |member: u32| book.names[member as usize].as_str();
    book.obligations.iter().zip(&clearing.cleared_per_obligation).map(move |(obligation, cleared)| Owed {
        debtor: name(obligation.debtor),
        creditor: name(obligation.creditor),
        amount: obligation.amount,
        cleared: *cleared,
    })
}

fn rings<'a>(book: &'a Book, clearing: &'a Clearing) -> impl Iterator<Item = impl Serialize + use<'a>> {
    clearing.rings.iter().map(move |ring| {
        let members = List(move || ring.members.iter().map(move |member| book.names[*member as usize].as_str()));
        Closed { members, amount: ring.amount }
    })
}

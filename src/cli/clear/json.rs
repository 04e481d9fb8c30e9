//! The result as JSON, written as it goes: nothing is built up in memory but the names, each escaped once however often it stands there.

use std::io::{self, Write};

use serde::{Serialize, Serializer};
use serde_json::value::{RawValue, to_raw_value};

use super::read::Book;
use crate::reciprocity::clearing::{Clearing, RingLength};

/// Writes one object and a line break. Its keys are promised: programs read them.
pub(super) fn write(output: &mut impl Write, book: &Book, clearing: &Clearing, ring_length: RingLength) -> io::Result<()> {
    let names = book.names.iter().map(to_raw_value).collect::<Result<Names, _>>()?;
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
        members: List(|| members(&names, clearing)),
        obligations: List(|| obligations(&names, book, clearing)),
        rings: List(|| rings(&names, clearing)),
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
    name: &'a RawValue,
    net: i64,
    potential: i64,
}

#[derive(Serialize)]
struct Owed<'a> {
    debtor: &'a RawValue,
    creditor: &'a RawValue,
    amount: i64,
    cleared: i64,
}

#[derive(Serialize)]
struct Closed<M: Serialize> {
    members: M,
    amount: i64,
}

/// By member, as JSON.
type Names = Vec<Box<RawValue>>;

fn members<'a>(names: &'a Names, clearing: &'a Clearing) -> impl Iterator<Item = Member<'a>> {
    let figures = clearing.nets.iter().zip(&clearing.potentials);
    names.iter().zip(figures).map(|(name, (net, potential))| Member { name, net: *net, potential: *potential })
}

fn obligations<'a>(names: &'a Names, book: &'a Book, clearing: &'a Clearing) -> impl Iterator<Item = Owed<'a>> {
    book.obligations.iter().zip(&clearing.cleared_per_obligation).map(move |(obligation, cleared)| Owed {
        debtor: &names[obligation.debtor as usize],
        creditor: &names[obligation.creditor as usize],
        amount: obligation.amount,
        cleared: *cleared,
    })
}

fn rings<'a>(names: &'a Names, clearing: &'a Clearing) -> impl Iterator<Item = impl Serialize + use<'a>> {
    clearing.rings.iter().map(move |ring| {
        let members = List(move || ring.members.iter().map(move |member| &names[*member as usize]));
        Closed { members, amount: ring.amount }
    })
}

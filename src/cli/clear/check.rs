//! Checks a result that somebody made, against the obligations it is about, without solving.

use std::borrow::Cow;
use std::collections::HashMap;

use serde::Deserialize;

use super::read::Book;
use crate::reciprocity::clearing::{Ring, bound, net_internal_debt, pairs, verify, verify_clearing, verify_rings};

/// A result as `--json` prints it; more keys are ignored. Without `ring_length` and `most` it claims to be the maximum.
#[derive(Debug, Deserialize)]
pub(super) struct Claimed<'a> {
    #[serde(default)]
    ring_length: u8,
    total: i64,
    cleared: i64,
    most: Option<i64>,
    residual_total: i64,
    nid: i64,
    pairs: i64,
    chain_slack: i64,
    #[serde(borrow)]
    members: Vec<Member<'a>>,
    #[serde(borrow)]
    obligations: Vec<Owed<'a>>,
    #[serde(borrow)]
    rings: Vec<Closed<'a>>,
}

#[derive(Debug, Deserialize)]
struct Member<'a> {
    #[serde(borrow)]
    name: Cow<'a, str>,
    net: i64,
    potential: i64,
}

#[derive(Debug, Deserialize)]
struct Owed<'a> {
    #[serde(borrow)]
    debtor: Cow<'a, str>,
    #[serde(borrow)]
    creditor: Cow<'a, str>,
    amount: i64,
    cleared: i64,
}

#[derive(Debug, Deserialize)]
struct Closed<'a> {
    #[serde(borrow)]
    members: Vec<Name<'a>>,
    amount: i64,
}

#[derive(Debug, Deserialize)]
struct Name<'a>(#[serde(borrow)] Cow<'a, str>);

/// Says that the result holds, or what is wrong with it. R2 (`rings_extra`) has no certificate and is not looked at.
pub(super) fn judge(book: &Book, claimed: &Claimed<'_>) -> Result<String, String> {
    let numbers: HashMap<&str, u32> = (0..).zip(&book.names).map(|(number, name)| (name.as_str(), number)).collect();
    let number = |name: &str| numbers.get(name).copied().ok_or_else(|| format!("does not hold: the obligations know no {name:?}"));
    let potentials = potentials(book, claimed, &number)?;
    let cleared = cleared(book, claimed, &number)?;
    let rings = rings(claimed, &number)?;
    let obligations = &book.obligations;
    let wrong = |flaw| format!("does not hold: {}", named(book, flaw));
    let sum = verify_clearing(obligations, &cleared).map_err(wrong)?;
    verify_rings(obligations, &cleared, &rings).map_err(wrong)?;
    let nid = net_internal_debt(&obligations.nets());
    let most = claimed.most.unwrap_or(claimed.cleared);
    same("total", claimed.total, obligations.total())?;
    same("cleared", claimed.cleared, sum)?;
    same("residual_total", claimed.residual_total, obligations.total() - sum)?;
    same("nid", claimed.nid, nid)?;
    same("pairs", claimed.pairs, pairs(obligations).iter().sum())?;
    if claimed.ring_length == 0 {
        verify(obligations, &cleared, &potentials).map_err(wrong)?;
        same("most", most, sum)?;
    } else if bound(obligations, &potentials).map_err(wrong)? != i128::from(most) {
        return Err(format!("does not hold: the potentials do not show that at most {most} can be cleared"));
    }
    same("chain_slack", claimed.chain_slack, obligations.total() - most - nid)?;
    let how = if sum == most { "and nothing clears more".to_owned() } else { format!("and nothing clears more than {most}") };
    Ok(format!("holds: {sum} of {} cleared in {} rings, every net position is kept, {how}", obligations.total(), rings.len()))
}

fn same(what: &str, claimed: i64, found: i64) -> Result<(), String> {
    if claimed == found { Ok(()) } else { Err(format!("does not hold: {what} is {found}, not {claimed}")) }
}

type Number<'a> = dyn Fn(&str) -> Result<u32, String> + 'a;

fn potentials(book: &Book, claimed: &Claimed<'_>, number: &Number<'_>) -> Result<Vec<i64>, String> {
    let nets = book.obligations.nets();
    let mut potentials = vec![None; nets.len()];
    for member in &claimed.members {
        let at = number(&member.name)? as usize;
        same(&format!("the net of {:?}", member.name), member.net, nets[at])?;
        if potentials[at].replace(member.potential).is_some() {
            return Err(format!("does not hold: the member {:?} stands there twice", member.name));
        }
    }
    let missing = |at: usize| format!("does not hold: the member {:?} is missing", book.names[at]);
    potentials.into_iter().enumerate().map(|(at, potential)| potential.ok_or_else(|| missing(at))).collect()
}

fn cleared(book: &Book, claimed: &Claimed<'_>, number: &Number<'_>) -> Result<Vec<i64>, String> {
    let mut cleared = vec![None; book.obligations.count()];
    for owed in &claimed.obligations {
        let what = || format!("the obligation of {:?} to {:?}", owed.debtor, owed.creditor);
        let found = book.obligations.find(number(&owed.debtor)?, number(&owed.creditor)?);
        let at = found.ok_or_else(|| format!("does not hold: {} does not exist", what()))?;
        let amount = book.obligations.get(at).map_or(0, |obligation| obligation.amount);
        if amount != owed.amount {
            return Err(format!("does not hold: {} is {amount}, not {}", what(), owed.amount));
        }
        if cleared[at].replace(owed.cleared).is_some() {
            return Err(format!("does not hold: {} stands there twice", what()));
        }
    }
    let missing = |at: usize| format!("does not hold: {} is missing", obligation(book, at));
    cleared.into_iter().enumerate().map(|(at, cleared)| cleared.ok_or_else(|| missing(at))).collect()
}

fn rings(claimed: &Claimed<'_>, number: &Number<'_>) -> Result<Vec<Ring>, String> {
    let ring = |closed: &Closed<'_>| {
        let members = closed.members.iter().map(|name| number(&name.0)).collect::<Result<_, _>>()?;
        Ok(Ring { members, amount: closed.amount })
    };
    claimed.rings.iter().map(ring).collect()
}

fn obligation(book: &Book, at: usize) -> String {
    let name = |member: u32| book.names.get(member as usize).map_or("", String::as_str);
    let found = book.obligations.get(at);
    found.map_or_else(|| at.to_string(), |found| format!("the obligation of {:?} to {:?}", name(found.debtor), name(found.creditor)))
}

/// A flaw with names instead of numbers.
fn named(book: &Book, flaw: crate::reciprocity::clearing::Flaw) -> String {
    use crate::reciprocity::clearing::Flaw;
    match flaw {
        Flaw::NetChanges { member } => format!("the net position of {:?} would change", book.names[member]),
        Flaw::OutOfBounds { obligation: at } => format!("{}: cleared is below 0 or above the amount", obligation(book, at)),
        Flaw::StaysUphill { obligation: at } => format!("{}: not shown to be maximal, the potentials fall by less than 1", obligation(book, at)),
        Flaw::ClearedTooSteep { obligation: at } => format!("{}: not shown to be maximal, the potentials fall by more than 1", obligation(book, at)),
        Flaw::RingsDiffer { obligation: at } => format!("{}: the rings do not add up to what is cleared", obligation(book, at)),
        Flaw::NoRing { ring } => format!("ring {}: not a closed chain of members who owe each other", ring + 1),
        Flaw::Length => flaw.to_string(),
    }
}

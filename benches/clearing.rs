//! Figures of the clearing kernel. `cargo bench --bench clearing [-- LARGEST_MEMBERS [SMALLEST_MEMBERS]]`
//!
//! Each figure is processor time of this thread, the best of several runs, in milliseconds: what else the machine does
//! hardly counts. Ratios within one line come from the same run of the program.

#![allow(missing_docs, clippy::unwrap_used, reason = "a benchmark")]

use std::hint::black_box;

use kularing::reciprocity::clearing::generate::{Kind, generate};
use kularing::reciprocity::clearing::{Obligations, RingLength, clear, maximum, rings_of, verify};
use rustix::time::{ClockId, clock_gettime};

const SIZES: [u32; 5] = [50, 200, 1_000, 10_000, 100_000];
const OBLIGATIONS_EACH: u32 = 10;
const SEED: u64 = 1;
/// A figure is measured for so long, and at least twice.
const ENOUGH_MS: f64 = 250.0;

/// What this thread has used of the processor.
fn processor_ms() -> f64 {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    time.tv_sec as f64 * 1e3 + time.tv_nsec as f64 / 1e6
}

fn best<T>(mut work: impl FnMut() -> T) -> f64 {
    let (started, mut best, mut runs) = (processor_ms(), f64::MAX, 0);
    while runs < 2 || (processor_ms() - started < ENOUGH_MS && runs < 1_000) {
        let began = processor_ms();
        black_box(work());
        best = best.min(processor_ms() - began);
        runs += 1;
    }
    best
}

fn main() {
    let mut bounds = std::env::args().skip(1).filter_map(|argument| argument.parse().ok());
    let (largest, smallest) = (bounds.next().unwrap_or(u32::MAX), bounds.next().unwrap_or(0));
    println!(
        "| members | kind | obligations | build | solve | verify | rings | clear | clear, N=3 | rings/solve | clear/solve | C/T % | rings | mean length |"
    );
    println!("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
    for members in SIZES.into_iter().filter(|members| (smallest..=largest).contains(members)) {
        for kind in Kind::ALL {
            line(members, kind);
        }
    }
}

fn line(members: u32, kind: Kind) {
    let list = generate(kind, members, OBLIGATIONS_EACH, SEED);
    let build = best(|| Obligations::build(members as usize, list.iter().copied()).unwrap());
    let obligations = Obligations::build(members as usize, list.iter().copied()).unwrap();
    let solved = maximum(&obligations);
    let solve = best(|| maximum(&obligations));
    let verified = best(|| verify(&obligations, &solved.cleared_per_obligation, &solved.potentials).unwrap());
    let found = rings_of(&obligations, &solved.cleared_per_obligation).unwrap();
    let rings = best(|| rings_of(&obligations, &solved.cleared_per_obligation).unwrap());
    let whole = best(|| clear(&obligations, RingLength::MAXIMUM));
    let threes = best(|| clear(&obligations, RingLength::new(3).unwrap()));
    let steps: usize = found.iter().map(|ring| ring.members.len()).sum();
    println!(
        "| {members} | {} | {} | {build:.3} | {solve:.3} | {verified:.3} | {rings:.3} | {whole:.3} | {threes:.3} | {:.1} | {:.1} | {:.1} | {} | {:.2} |",
        kind.as_str(),
        obligations.count(),
        rings / solve,
        whole / solve,
        solved.cleared as f64 * 100.0 / obligations.total() as f64,
        found.len(),
        steps as f64 / found.len().max(1) as f64
    );
}

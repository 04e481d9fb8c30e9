//! Figures of the clearing kernel. `cargo bench --bench clearing [-- LARGEST_MEMBERS]`
//!
//! Each figure is the best of several runs, in milliseconds; ratios within one line come from the same run of the program.

#![allow(missing_docs, clippy::unwrap_used, reason = "a benchmark")]

use std::hint::black_box;
use std::time::{Duration, Instant};

use kularing::reciprocity::clearing::generate::{Kind, generate};
use kularing::reciprocity::clearing::{Obligations, RingLength, clear, maximum, rings_of, verify};

const SIZES: [u32; 5] = [50, 200, 1_000, 10_000, 100_000];
const OBLIGATIONS_EACH: u32 = 10;
const SEED: u64 = 1;

/// The best of several runs, which take half a second together or are at least three.
fn best<T>(mut work: impl FnMut() -> T) -> f64 {
    let (started, mut best, mut runs) = (Instant::now(), f64::MAX, 0);
    while runs < 3 || (started.elapsed() < Duration::from_millis(500) && runs < 1_000) {
        let began = Instant::now();
        black_box(work());
        best = best.min(began.elapsed().as_secs_f64() * 1_000.0);
        runs += 1;
    }
    best
}

fn main() {
    let largest = std::env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(u32::MAX);
    println!("| members | kind | obligations | build ms | solve ms | verify ms | rings ms | clear ms | clear, N=3 ms | C/T % | rings | mean length |");
    println!("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
    for members in SIZES.into_iter().filter(|members| *members <= largest) {
        for kind in Kind::ALL {
            let list = generate(kind, members, OBLIGATIONS_EACH, SEED);
            let build = best(|| Obligations::build(members as usize, list.iter().copied()).unwrap());
            let obligations = Obligations::build(members as usize, list.iter().copied()).unwrap();
            let solve = best(|| maximum(&obligations));
            let solved = maximum(&obligations);
            let verified = best(|| verify(&obligations, &solved.cleared_per_obligation, &solved.potentials).unwrap());
            let rings = best(|| rings_of(&obligations, &solved.cleared_per_obligation).unwrap());
            let found = rings_of(&obligations, &solved.cleared_per_obligation).unwrap();
            let whole = best(|| clear(&obligations, RingLength::MAXIMUM));
            let threes = best(|| clear(&obligations, RingLength::new(3).unwrap()));
            let steps: usize = found.iter().map(|ring| ring.members.len()).sum();
            println!(
                "| {members} | {} | {} | {build:.3} | {solve:.3} | {verified:.3} | {rings:.3} | {whole:.3} | {threes:.3} | {:.1} | {} | {:.2} |",
                kind.as_str(),
                obligations.count(),
                solved.cleared as f64 * 100.0 / obligations.total() as f64,
                found.len(),
                steps as f64 / found.len().max(1) as f64
            );
        }
    }
}

//! `kularing trust simulate`: how well the detection of made-up leads works, on circles made up from a seed.

use std::fmt::Write as _;
use std::io::{IsTerminal, Write as _};

use clap::{Args, Subcommand};

use crate::trust::simulation::{MEMBERS_LEAST, MEMBERS_MOST, Outcome, PER_EDGE, RUNS_MOST, SIZES, measure};

/// What is done.
#[derive(Debug, Subcommand)]
pub enum Action {
    /// Measures on made-up circles how many cheats are found and how many honest members are shown.
    Simulate(Options),
}

/// Which circles are made up.
#[derive(Debug, Args)]
pub struct Options {
    /// The same seed makes up the same circles.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Members of each circle.
    #[arg(long, default_value_t = 120, value_parser = clap::value_parser!(u16).range(MEMBERS_LEAST as i64..=MEMBERS_MOST as i64))]
    members: u16,
    /// Circles for each size of group and number of referrals.
    #[arg(long, default_value_t = 100, value_parser = clap::value_parser!(u16).range(1..=RUNS_MOST as i64))]
    runs: u16,
    /// Prints the figures as JSON.
    #[arg(long)]
    json: bool,
}

/// What was measured for one size and strength.
#[derive(Debug, serde::Serialize)]
struct Line {
    size: usize,
    per_edge: usize,
    #[serde(flatten)]
    outcome: Outcome,
}

/// Measures and answers the text to print.
pub fn run(action: &Action) -> Result<String, Box<dyn std::error::Error>> {
    let Action::Simulate(options) = action;
    let (members, runs) = (usize::from(options.members), usize::from(options.runs));
    let wanted: Vec<(usize, usize)> = SIZES.iter().flat_map(|size| PER_EDGE.map(|per_edge| (*size, per_edge))).chain([(0, 0)]).collect();
    let mut lines = Vec::with_capacity(wanted.len());
    for (done, (size, per_edge)) in wanted.iter().copied().enumerate() {
        progress(done, wanted.len());
        lines.push(Line { size, per_edge, outcome: measure(options.seed, members, runs, size, per_edge) });
    }
    progress(wanted.len(), wanted.len());
    if options.json { Ok(serde_json::to_string_pretty(&lines)? + "\n") } else { table(options, &lines).map_err(Into::into) }
}

/// A line on a terminal that tells how far it is; a lost one harms nobody.
fn progress(done: usize, all: usize) {
    let mut terminal = std::io::stderr();
    if terminal.is_terminal() {
        let end = if done == all { "\n" } else { "" };
        let _ = write!(terminal, "\rMaking up circles: {} % {end}", done * 100 / all);
    }
}

fn table(options: &Options, lines: &[Line]) -> Result<String, std::fmt::Error> {
    let mut text = String::new();
    writeln!(text, "Seed {}, {} members, {} circles for each figure.\n", options.seed, options.members, options.runs)?;
    writeln!(text, "Recall: which share of the cheats was shown. Rows: members of the group. Columns: made-up referrals along each edge.")?;
    write!(text, "{:>10}", "")?;
    for per_edge in PER_EDGE {
        write!(text, "{per_edge:>8}")?;
    }
    writeln!(text)?;
    for size in SIZES {
        write!(text, "{:>10}", if size == 2 { "pair".to_owned() } else { format!("ring of {size}") })?;
        for line in lines.iter().filter(|line| line.size == size) {
            write!(text, "{:>8.3}", line.outcome.recall())?;
        }
        writeln!(text)?;
    }
    let rings = |line: &&Line| line.size >= 3 && line.per_edge >= 6;
    let strong = sum(lines.iter().filter(rings));
    let least = lines.iter().filter(rings).map(|line| line.outcome.recall()).fold(1.0, f64::min);
    writeln!(text, "\nRings of 3 and more at 6 referrals an edge and more: {:.3}, the least {least:.3}", strong.recall())?;
    writeln!(text, "  all cheats together in one group: {:.3}", f64::from(strong.whole) / f64::from(strong.runs.max(1)))?;
    writeln!(text, "\nHonest members shown")?;
    honest(&mut text, "circles with cheats", sum(lines.iter().filter(|line| line.size > 0)))?;
    honest(&mut text, "honest circles", sum(lines.iter().filter(|line| line.size == 0)))?;
    Ok(text)
}

fn honest(text: &mut String, name: &str, all: Outcome) -> std::fmt::Result {
    let (shown, runs, honest) = (f64::from(all.honest_shown), f64::from(all.runs.max(1)), all.honest.max(1) as f64);
    writeln!(text, "{name:>21}: {:.3} per circle, {:.3} %", shown / runs, shown / honest * 100.0)
}

fn sum<'l>(lines: impl Iterator<Item = &'l Line>) -> Outcome {
    lines.fold(Outcome::default(), |sum, line| sum.plus(line.outcome))
}

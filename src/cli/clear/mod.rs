//! `kularing clear OBLIGATIONS`

mod check;
mod json;
mod progress;
mod read;
mod table;

use std::fs::File;
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;

use crate::reciprocity::clearing::{Clearing, RingLength, clear, verify, verify_clearing, verify_rings};
use progress::Progress;
use read::Book;

/// What to clear, and how.
#[derive(Debug, Args)]
pub struct Options {
    /// A CSV file with a row `debtor,creditor,amount` for each obligation; - reads standard input. A header, quoted names and repeated
    /// pairs are fine; amounts are whole numbers above 0.
    #[arg(value_name = "OBLIGATIONS")]
    file: PathBuf,
    /// Closes rings of up to so many members first (2 to 8), then clears the rest. 0 clears the most that is possible.
    #[arg(long, value_name = "N", default_value = "0", value_parser = ring_length)]
    ring_length: RingLength,
    /// Prints everything as JSON instead of a table.
    #[arg(long)]
    json: bool,
    /// Checks this result, as --json printed it, against the obligations, without solving. Exit 0 it holds, 1 it does not.
    #[arg(long, value_name = "RESULT", conflicts_with_all = ["ring_length", "json"])]
    check: Option<PathBuf>,
}

fn ring_length(text: &str) -> Result<RingLength, String> {
    text.parse().ok().and_then(RingLength::new).ok_or_else(|| "0, or 2 to 8".to_owned())
}

/// Runs it. Exit 0 done, 1 a certificate does not hold, 2 the input cannot be used.
pub fn run(options: &Options) -> ExitCode {
    match work(options) {
        Ok(code) => code,
        // Whoever reads our output has seen enough.
        Err(Trouble::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(trouble) => {
            eprintln!("kularing: {trouble}");
            ExitCode::from(2)
        }
    }
}

/// Why there is no answer.
#[derive(Debug)]
enum Trouble {
    Input(PathBuf, String),
    Output(io::Error),
    /// The result was not what it must be: a fault of the program, found before anything was printed.
    Wrong(String),
}

impl std::fmt::Display for Trouble {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Input(file, why) => write!(formatter, "{}: {why}", file.display()),
            Self::Output(error) => write!(formatter, "the result could not be written: {error}"),
            Self::Wrong(what) => write!(formatter, "the result failed its own check, please report this: {what}"),
        }
    }
}

fn work(options: &Options) -> Result<ExitCode, Trouble> {
    let book = read_book(&options.file)?;
    let mut output = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    if let Some(result) = &options.check {
        let judged = judge(&book, result)?;
        let (line, code) = match &judged {
            Ok(holds) => (holds, ExitCode::SUCCESS),
            Err(flaw) => (flaw, ExitCode::FAILURE),
        };
        writeln!(output, "{line}").and_then(|()| output.flush()).map_err(Trouble::Output)?;
        return Ok(code);
    }
    let progress = Progress::busy(format!("Clearing {} obligations", book.obligations.count()));
    let clearing = clear(&book.obligations, options.ring_length);
    check_own(&book, &clearing, options.ring_length).map_err(Trouble::Wrong)?;
    drop(progress);
    let written = if options.json {
        let _progress = Progress::writing();
        json::write(&mut output, &book, &clearing, options.ring_length)
    } else {
        table::write(&mut output, &book, &clearing, options.ring_length)
    };
    written.and_then(|()| output.flush()).map_err(Trouble::Output)?;
    Ok(ExitCode::SUCCESS)
}

fn read_book(file: &Path) -> Result<Book, Trouble> {
    let input = |why: String| Trouble::Input(file.to_owned(), why);
    let (source, bytes): (Box<dyn Read>, _) = if file.as_os_str() == "-" {
        (Box::new(io::stdin().lock()), None)
    } else {
        let opened = File::open(file).map_err(|error| input(error.to_string()))?;
        let bytes = opened.metadata().ok().map(|metadata| metadata.len());
        (Box::new(opened), bytes)
    };
    let progress = Progress::reading(bytes);
    let book = read::book(progress.watch(source)).map_err(|refused| input(refused.to_string()));
    drop(progress);
    book
}

/// Whether a result holds.
fn judge(book: &Book, result: &Path) -> Result<Result<String, String>, Trouble> {
    let input = |why: String| Trouble::Input(result.to_owned(), why);
    let _progress = Progress::busy(format!("Checking {} obligations", book.obligations.count()));
    let text = std::fs::read_to_string(result).map_err(|error| input(error.to_string()))?;
    let claimed = serde_json::from_str(&text).map_err(|error| input(error.to_string()))?;
    Ok(check::judge(book, &claimed))
}

/// Nothing is printed that was not checked.
fn check_own(book: &Book, clearing: &Clearing, ring_length: RingLength) -> Result<(), String> {
    let checked = if ring_length == RingLength::MAXIMUM {
        verify(&book.obligations, &clearing.cleared_per_obligation, &clearing.potentials)
    } else {
        verify_clearing(&book.obligations, &clearing.cleared_per_obligation).map(|_| ())
    };
    let checked = checked.and_then(|()| verify_rings(&book.obligations, &clearing.cleared_per_obligation, &clearing.rings));
    checked.map_err(|flaw| flaw.to_string())
}

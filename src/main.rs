//! The program: parses the command line and does what it says.

use std::process::ExitCode;

fn main() -> ExitCode {
    kularing::cli::main()
}

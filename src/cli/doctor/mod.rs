//! `kularing doctor`: looks at everything that an installation needs and says how to mend what is wrong.
//!
//! It changes nothing and may run beside the server. A line is `ok`, `warn` (works, but look at it) or `FAIL`; one FAIL makes
//! the exit code 1.

mod database;
mod machine;
mod mail;
mod settings;

use std::fmt;
use std::path::Path;
use std::process::ExitCode;

use crate::config::Config;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Grade {
    Ok,
    Warn,
    Fail,
}

/// One thing that was looked at.
#[derive(Debug)]
pub(super) struct Finding {
    grade: Grade,
    topic: &'static str,
    words: String,
}

impl Finding {
    pub(super) fn ok(topic: &'static str, words: impl Into<String>) -> Self {
        Self { grade: Grade::Ok, topic, words: words.into() }
    }

    pub(super) fn warn(topic: &'static str, words: impl Into<String>) -> Self {
        Self { grade: Grade::Warn, topic, words: words.into() }
    }

    pub(super) fn fail(topic: &'static str, words: impl Into<String>) -> Self {
        Self { grade: Grade::Fail, topic, words: words.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let grade = match self.grade {
            Grade::Ok => "ok  ",
            Grade::Warn => "warn",
            Grade::Fail => "FAIL",
        };
        write!(f, "{grade}  {:<9} {}", self.topic, self.words)
    }
}

/// Looks at everything and prints what was found.
pub fn run(file: Option<&Path>) -> Result<ExitCode, Box<dyn std::error::Error>> {
    let findings = match Config::load(file) {
        Ok(config) => examine(&config)?,
        Err(error) => vec![Finding::fail("settings", format!("{error}. `kularing config` prints every setting with its default"))],
    };
    let mut text = String::new();
    for finding in &findings {
        text.push_str(&format!("{finding}\n"));
    }
    let count = |grade: Grade| findings.iter().filter(|finding| finding.grade == grade).count();
    text.push_str(&format!("{} ok, {} to look at, {} to mend\n", count(Grade::Ok), count(Grade::Warn), count(Grade::Fail)));
    super::print(&text)?;
    Ok(if count(Grade::Fail) == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn examine(config: &Config) -> Result<Vec<Finding>, Box<dyn std::error::Error>> {
    let mut findings = settings::examine(config);
    findings.extend(machine::examine(config));
    findings.extend(database::examine(config));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    findings.extend(runtime.block_on(mail::examine(config)));
    Ok(findings)
}

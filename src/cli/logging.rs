//! Log lines: to standard error, as text for people or as JSON for machines.

use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::format::FmtSpan;

use crate::config::{Log, LogFormat};

/// At DEBUG lettre logs whole mails, the tokens in their links included: no setting may switch that on.
const NEVER_MORE: &str = "lettre=warn";

/// Starts to log. `RUST_LOG` is not read: settings have one place.
pub fn start(log: &Log) -> Result<(), Box<dyn std::error::Error>> {
    let filter = EnvFilter::try_new(format!("{},{NEVER_MORE}", log.level))?;
    let lines = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_span_events(FmtSpan::NONE);
    match log.format {
        LogFormat::Text => lines.with_ansi(std::io::IsTerminal::is_terminal(&std::io::stderr())).try_init().map_err(|error| error.to_string())?,
        LogFormat::Json => lines.json().flatten_event(true).with_current_span(true).with_span_list(false).try_init().map_err(|error| error.to_string())?,
    }
    Ok(())
}

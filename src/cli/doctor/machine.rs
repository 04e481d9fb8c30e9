//! The machine: its clock, its time zones, and the file that holds the secret.

use std::fs;

use secrecy::ExposeSecret;

use super::Finding;
use crate::config::Config;
use crate::kernel::Secret;
use crate::kernel::clock::{Clock, SystemClock, Timestamp};

/// 2026-01-01: no clock that is right shows less.
const EARLIEST: Timestamp = Timestamp::from_micros(1_767_225_600_000_000);

pub(super) fn examine(config: &Config) -> Vec<Finding> {
    vec![clock(), zones(), secret(config)]
}

fn clock() -> Finding {
    let now = SystemClock.now();
    if now < EARLIEST {
        return Finding::fail("clock", format!("this machine believes it is {now}: set its clock; ids and every deadline follow it"));
    }
    Finding::ok("clock", format!("{now}"))
}

fn zones() -> Finding {
    match jiff::tz::TimeZone::get("Europe/Berlin") {
        Ok(_) => Finding::ok("zones", "time zones are installed"),
        Err(_) => Finding::fail("zones", "this machine knows no time zones: install the package tzdata; until then every time is shown in UTC"),
    }
}

fn secret(config: &Config) -> Finding {
    let value = config.secret.value.expose_secret();
    if !value.is_empty() {
        return match Secret::new(value.as_bytes()) {
            Ok(_) => Finding::ok("secret", "given by the settings"),
            Err(_) => Finding::fail("secret", "secret.value is shorter than 32 characters: `openssl rand -base64 48` makes one"),
        };
    }
    let file = &config.secret.file;
    let shown = file.display();
    match fs::read_to_string(file) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            Finding::warn("secret", format!("{shown} does not exist: the first start makes it; give every node the same, and back it up"))
        }
        Err(error) => Finding::fail("secret", format!("{shown} cannot be read: {error}")),
        Ok(text) if Secret::new(text.trim().as_bytes()).is_err() => Finding::fail("secret", format!("{shown} holds fewer than 32 characters")),
        Ok(_) if readable_by_others(file) => Finding::warn("secret", format!("{shown} can be read by others: chmod 600 {shown}")),
        Ok(_) => Finding::ok("secret", format!("{shown}; a backup is worth nothing without it")),
    }
}

fn readable_by_others(file: &std::path::Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    fs::metadata(file).is_ok_and(|metadata| metadata.permissions().mode() & 0o077 != 0)
}

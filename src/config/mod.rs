//! Settings: defaults, then a TOML file, then the environment, then flags.
//!
//! `default.toml` is the documentation and the source of every default. An unknown key is an error, every section checks
//! itself, and secrets never print.

use std::path::{Path, PathBuf};

use figment::Figment;
use figment::providers::{Env, Format, Toml};
use secrecy::SecretString;
use serde::Deserialize;

use crate::db::Location;
use crate::kernel::EmailAddress;

/// The commented default settings.
pub const DEFAULTS: &str = include_str!("default.toml");

/// Why the settings cannot be used; the text names the key.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct ConfigError(String);

/// Every setting.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// The HTTP server.
    pub server: Server,
    /// Where the data lives.
    pub database: Database,
    /// The installation's secret.
    pub secret: SecretSource,
    /// How mails are sent.
    pub mail: Mail,
    /// Timers and mails.
    pub worker: Worker,
    /// Consent.
    pub introductions: Introductions,
    /// Who runs the installation.
    pub operators: Operators,
    /// How often one may write.
    pub limits: Limits,
    /// Logging.
    pub log: Log,
}

/// The HTTP server.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Server {
    /// Address and port.
    pub listen: String,
    /// The public address, without a slash at the end.
    pub base_url: String,
    /// Address and port of the metrics; empty for none.
    pub metrics_listen: String,
    /// Threads; 0 for one a processor.
    pub workers: usize,
    /// Whether X-Forwarded-For may be believed.
    pub behind_proxy: bool,
    /// Number of this process among those on the same database.
    pub node: u16,
}

/// Where the data lives.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Database {
    /// `sqlite:PATH` or `postgres://…`; may hold a password.
    pub url: SecretString,
    /// PostgreSQL connections.
    pub pool_size: u32,
}

/// The installation's secret.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SecretSource {
    /// The secret itself, or empty.
    pub value: SecretString,
    /// The file that holds it.
    pub file: PathBuf,
}

/// How mails are sent.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mail {
    /// Mailbox or SMTP.
    pub transport: MailTransport,
    /// The address mails come from.
    pub from: String,
    /// The domain of the addresses to which mails come back.
    pub bounce_domain: String,
    /// The SMTP server.
    pub smtp: Smtp,
}

/// The two ways of a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MailTransport {
    /// Kept and shown at /mailbox.
    Mailbox,
    /// Sent.
    Smtp,
}

/// The SMTP server.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Smtp {
    /// Name or address.
    pub host: String,
    /// Port.
    pub port: u16,
    /// Encryption.
    pub security: SmtpSecurity,
    /// Empty for no sign-in.
    pub username: String,
    /// Its password.
    pub password: SecretString,
    /// Connections that send at the same time.
    pub connections: usize,
    /// Mails a second to one domain; 0 for no limit.
    pub per_domain_per_second: u32,
}

/// Encryption towards the SMTP server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SmtpSecurity {
    /// From the first byte.
    Tls,
    /// Upgraded.
    Starttls,
    /// None.
    None,
}

/// Timers and mails.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Worker {
    /// Whether `serve` runs it.
    pub in_server: bool,
    /// Pause between two looks when there was nothing to do.
    pub idle_poll_ms: u64,
}

/// Consent.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Introductions {
    /// Whether the path "ask" may be used at all.
    pub ask_allowed: bool,
}

/// Who runs the installation.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Operators {
    /// Their addresses.
    pub emails: Vec<String>,
}

/// How often one may write.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// By address; 0 for no limit.
    pub writes_per_minute_by_address: u32,
    /// By person; 0 for no limit.
    pub writes_per_minute_by_person: u32,
    /// Screens and programs of one person that listen to events.
    pub streams_per_person: usize,
    /// All that listen to this process.
    pub streams: usize,
}

/// Logging.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Log {
    /// Text or JSON.
    pub format: LogFormat,
    /// Filter directives.
    pub level: String,
}

/// How log lines look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LogFormat {
    /// For people.
    Text,
    /// For machines.
    Json,
}

impl Config {
    /// Reads the settings: defaults, `file` if there is one, then the environment.
    pub fn load(file: Option<&Path>) -> Result<Self, ConfigError> {
        let mut figment = Figment::from(Toml::string(DEFAULTS));
        if let Some(file) = file {
            if !file.is_file() {
                return Err(ConfigError(format!("there is no settings file {}", file.display())));
            }
            figment = figment.merge(Toml::file_exact(file));
        }
        let environment = Env::prefixed("KULARING_").split("__").filter(|key| key != "config" && !key.starts_with("test_"));
        figment = figment.merge(environment).merge(Env::raw().only(&["DATABASE_URL"]).map(|_| "database.url".into()));
        Self::extract(&figment)
    }

    /// The defaults alone.
    pub fn defaults() -> Result<Self, ConfigError> {
        Self::extract(&Figment::from(Toml::string(DEFAULTS)))
    }

    fn extract(figment: &Figment) -> Result<Self, ConfigError> {
        let config: Self = figment.extract().map_err(|error| ConfigError(format!("settings: {error}")))?;
        config.check()?;
        Ok(config)
    }

    /// Whether every section can be used; the first fault is named by its key.
    pub fn check(&self) -> Result<(), ConfigError> {
        let fault = |key: &str, why: &str| Err(ConfigError(format!("settings: {key}: {why}")));
        if self.server.listen.parse::<std::net::SocketAddr>().is_err() {
            return fault("server.listen", "write an address and a port, e.g. 0.0.0.0:8080");
        }
        if !self.server.metrics_listen.is_empty() && self.server.metrics_listen.parse::<std::net::SocketAddr>().is_err() {
            return fault("server.metrics_listen", "write an address and a port, or leave it empty");
        }
        match url::Url::parse(&self.server.base_url) {
            Ok(url) if matches!(url.scheme(), "http" | "https") && url.path() == "/" && !self.server.base_url.ends_with('/') => {}
            _ => return fault("server.base_url", "write http:// or https://, a host, and no slash at the end"),
        }
        if self.server.node > 1023 {
            return fault("server.node", "0 to 1023");
        }
        if let Err(why) = self.location() {
            return fault("database.url", &why);
        }
        if !(1..=200).contains(&self.database.pool_size) {
            return fault("database.pool_size", "1 to 200");
        }
        if EmailAddress::parse(&self.mail.from).is_err() {
            return fault("mail.from", "is no e-mail address");
        }
        if EmailAddress::parse(&format!("b@{}", self.mail.bounce_domain)).is_err() {
            return fault("mail.bounce_domain", "is no domain name");
        }
        if !(1..=32).contains(&self.mail.smtp.connections) {
            return fault("mail.smtp.connections", "1 to 32");
        }
        if !(10..=60_000).contains(&self.worker.idle_poll_ms) {
            return fault("worker.idle_poll_ms", "10 to 60000");
        }
        if let Some(wrong) = self.operators.emails.iter().find(|email| EmailAddress::parse(email).is_err()) {
            return fault("operators.emails", &format!("{wrong} is no e-mail address"));
        }
        Ok(())
    }

    /// Where the data lives.
    pub fn location(&self) -> Result<Location, String> {
        use secrecy::ExposeSecret;
        Location::parse(self.database.url.expose_secret())
    }

    /// Whether links are served over TLS: cookies are then marked `Secure`.
    pub fn is_https(&self) -> bool {
        self.server.base_url.starts_with("https://")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(toml: &str) -> Result<Config, ConfigError> {
        Config::extract(&Figment::from(Toml::string(DEFAULTS)).merge(Toml::string(toml)))
    }

    #[test]
    fn the_documented_defaults_are_valid() {
        assert!(Config::defaults().is_ok());
    }

    #[test]
    fn unknown_keys_and_wrong_values_are_named() {
        for (toml, named) in [
            ("[server]\nlisten_to = 1", "listen_to"),
            ("[servr]\nlisten = 1", "servr"),
            ("[server]\nlisten = \"x\"", "server.listen"),
            ("[server]\nbase_url = \"https://a.example/\"", "server.base_url"),
            ("[database]\nurl = \"mysql://x\"", "database.url"),
            ("[mail]\ntransport = \"pigeon\"", "pigeon"),
            ("[operators]\nemails = [\"x\"]", "operators.emails"),
        ] {
            let error = with(toml).expect_err(toml).to_string();
            assert!(error.contains(named), "{error}");
        }
    }

    #[test]
    fn secrets_do_not_print() {
        let config = with("[database]\nurl = \"postgres://u:hunter2@h/d\"\n[mail.smtp]\npassword = \"hunter3\"").unwrap();
        let shown = format!("{config:?} {}", config.location().unwrap().shown());
        assert!(!shown.contains("hunter"), "{shown}");
    }
}

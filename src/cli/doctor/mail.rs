//! The way of the mails: whether the relay can be reached, speaks as the settings say, and lets us in.

use std::time::Duration;

use super::Finding;
use super::settings::is_local;
use crate::config::{Config, MailTransport};
use crate::kernel::EmailAddress;
use crate::outbox::smtp::{SmtpConnection, SmtpSettings};

const TOPIC: &str = "mail";
/// How long the relay may take to say hello.
const PATIENCE: Duration = Duration::from_secs(10);

pub(super) async fn examine(config: &Config) -> Vec<Finding> {
    match config.mail.transport {
        MailTransport::Mailbox => vec![mailbox(config)],
        MailTransport::Smtp => vec![relay(config).await, sender(config)],
    }
}

fn mailbox(config: &Config) -> Finding {
    let words = "mail.transport is \"mailbox\": mails are kept and shown at /mailbox, and none is sent";
    let local = url::Url::parse(&config.server.base_url).is_ok_and(|url| is_local(&url));
    if local { Finding::ok(TOPIC, words) } else { Finding::fail(TOPIC, format!("{words}, and everybody who finds /mailbox can read them: set it to \"smtp\"")) }
}

async fn relay(config: &Config) -> Finding {
    let smtp = &config.mail.smtp;
    let place = format!("{}:{}", smtp.host, smtp.port);
    let domain = EmailAddress::parse(&config.mail.from).map_or_else(|_| "localhost".to_owned(), |address| address.domain().to_owned());
    let mut settings = SmtpSettings::of(&config.mail, &domain);
    settings.timeouts.hello = PATIENCE;
    match SmtpConnection::open(&settings).await {
        Ok(connection) => {
            connection.close().await;
            Finding::ok(TOPIC, format!("{place} says hello{}", if smtp.username.is_empty() { "" } else { " and lets us in" }))
        }
        Err(fault) => Finding::fail(TOPIC, format!("{place}: {fault}. Check host, port, security, username and password under [mail.smtp]")),
    }
}

fn sender(config: &Config) -> Finding {
    let invented = [config.mail.from.as_str(), config.mail.bounce_domain.as_str()].into_iter().find(|text| text.ends_with("localdomain"));
    match invented {
        Some(text) => {
            Finding::fail("sender", format!("{text} is the default and belongs to nobody: set mail.from and mail.bounce_domain to a domain of yours"))
        }
        None => Finding::ok("sender", format!("{}, mails come back to {}", config.mail.from, config.mail.bounce_domain)),
    }
}

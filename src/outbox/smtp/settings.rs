//! The relay as the settings describe it.

use std::time::Duration;

use super::{Credentials, PhaseTimeouts, Security, SmtpSettings};
use crate::config::{Mail, SmtpSecurity};

/// A relay that balances over several machines is met anew after so many mails.
const MESSAGES_PER_CONNECTION_MAX: u32 = 200;
const CHECK_AFTER_IDLE: Duration = Duration::from_secs(10);

impl SmtpSettings {
    /// From the settings; we say hello as the domain that mails come from.
    pub fn of(mail: &Mail, hello_name: &str) -> Self {
        let smtp = &mail.smtp;
        let credentials = (!smtp.username.is_empty()).then(|| Credentials { user: smtp.username.clone(), password: smtp.password.clone() });
        Self {
            host: smtp.host.clone(),
            port: smtp.port,
            security: match smtp.security {
                SmtpSecurity::Tls => Security::Implicit,
                SmtpSecurity::Starttls => Security::StartTls,
                SmtpSecurity::None => Security::None,
            },
            credentials,
            hello_name: hello_name.to_owned(),
            timeouts: PhaseTimeouts::default(),
            max_messages_per_connection: MESSAGES_PER_CONNECTION_MAX,
            check_after_idle: CHECK_AFTER_IDLE,
            additional_root_pem: None,
        }
    }
}

//! Settings that are valid each for itself and do not fit together.

use std::net::{IpAddr, SocketAddr};

use super::Finding;
use crate::config::Config;

/// Looks at the addresses, the proxy and who may do what.
pub(super) fn examine(config: &Config) -> Vec<Finding> {
    let mut findings = vec![Finding::ok("settings", "every setting can be read")];
    findings.push(addresses(config));
    if config.operators.emails.is_empty() {
        findings.push(Finding::warn("operators", "nobody is named in operators.emails: nobody will see what only operators may see"));
    }
    if config.server.metrics_listen.is_empty() {
        findings.push(Finding::ok("metrics", "off (server.metrics_listen is empty)"));
    } else if config.server.metrics_listen.parse().is_ok_and(|address: SocketAddr| address.ip().is_unspecified()) {
        findings.push(Finding::warn("metrics", format!("{} answers everybody: keep this port behind a firewall", config.server.metrics_listen)));
    }
    if config.limits.writes_per_minute_by_address == 0 || config.limits.writes_per_minute_by_person == 0 {
        findings.push(Finding::warn("limits", "a limit of writes is switched off: one caller can keep the server busy"));
    }
    findings
}

/// Whether the address in the mails leads to this server.
fn addresses(config: &Config) -> Finding {
    let (Ok(listen), Ok(base)) = (config.server.listen.parse::<SocketAddr>(), url::Url::parse(&config.server.base_url)) else {
        return Finding::fail("address", "server.listen or server.base_url cannot be read");
    };
    let base_is_local = is_local(&base);
    let (listen, base) = (listen, base.as_str().trim_end_matches('/').to_owned());
    if base_is_local && !listen.ip().is_loopback() {
        return Finding::warn("address", format!("{listen} is open to others, but links in mails lead to {base}: set server.base_url to what people type"));
    }
    if base_is_local && url::Url::parse(&base).is_ok_and(|url| url.port_or_known_default() != Some(listen.port())) && !config.server.behind_proxy {
        return Finding::warn("address", format!("the server listens on port {}, but links in mails lead to {base}", listen.port()));
    }
    if !base_is_local && base.starts_with("http://") {
        return Finding::warn(
            "address",
            format!("{base} is not encrypted: passwords can be read on the way. Put a proxy with TLS before it and write https://"),
        );
    }
    if base.starts_with("https://") && !config.server.behind_proxy {
        return Finding::warn(
            "address",
            format!("{base} needs a proxy that speaks TLS, and server.behind_proxy = true, so that the limits see the clients' own addresses"),
        );
    }
    if config.server.behind_proxy && !base_is_local && listen.ip().is_unspecified() {
        return Finding::warn("address", format!("{listen} can also be reached past the proxy, with a forged X-Forwarded-For: keep it behind a firewall"));
    }
    Finding::ok("address", format!("{listen}, called {base}"))
}

pub(super) fn is_local(url: &url::Url) -> bool {
    match url.host() {
        Some(url::Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(url::Host::Ipv4(address)) => IpAddr::V4(address).is_loopback(),
        Some(url::Host::Ipv6(address)) => IpAddr::V6(address).is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::Grade;
    use super::*;

    fn graded(listen: &str, base_url: &str, behind_proxy: bool) -> Grade {
        let mut config = Config::defaults().unwrap();
        config.server.listen = listen.to_owned();
        config.server.base_url = base_url.to_owned();
        config.server.behind_proxy = behind_proxy;
        addresses(&config).grade
    }

    #[test]
    fn addresses_that_do_not_fit_are_named() {
        assert_eq!(graded("127.0.0.1:8080", "http://127.0.0.1:8080", false), Grade::Ok);
        assert_eq!(graded("127.0.0.1:8080", "https://kularing.example", true), Grade::Ok);
        assert_eq!(graded("0.0.0.0:8080", "http://localhost:8080", false), Grade::Warn);
        assert_eq!(graded("127.0.0.1:8081", "http://localhost:8080", false), Grade::Warn);
        assert_eq!(graded("127.0.0.1:8080", "http://kularing.example", true), Grade::Warn);
        assert_eq!(graded("127.0.0.1:8080", "https://kularing.example", false), Grade::Warn);
        assert_eq!(graded("0.0.0.0:8080", "https://kularing.example", true), Grade::Warn);
    }
}

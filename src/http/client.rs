//! Where a request comes from.

use std::net::IpAddr;

use actix_web::{HttpRequest, web};

use super::State;

/// The client's address: the connection's own, or the last one of `X-Forwarded-For` when the settings say that a proxy of
/// ours adds it. Everything before the last entry was written by the client and proves nothing.
pub fn address(request: &HttpRequest) -> Option<IpAddr> {
    let behind_proxy = request.app_data::<web::Data<State>>().is_some_and(|state| state.config.server.behind_proxy);
    let forwarded = || request.headers().get_all("x-forwarded-for").last()?.to_str().ok()?.rsplit(',').next()?.trim().parse().ok();
    let peer = || request.peer_addr().map(|address| address.ip());
    if behind_proxy { forwarded().or_else(peer) } else { peer() }
}

/// One household: an IPv4 address, or an IPv6 network of 64 bits, whose addresses one person can choose freely.
pub fn household(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V6(v6) => match v6.to_ipv4_mapped() {
            Some(v4) => IpAddr::V4(v4),
            None => IpAddr::V6((u128::from(v6) & (u128::MAX << 64)).into()),
        },
        v4 @ IpAddr::V4(_) => v4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_household_is_a_network_of_64_bits() {
        let of = |text: &str| household(text.parse().unwrap()).to_string();
        assert_eq!(of("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::");
        assert_eq!(of("::ffff:192.0.2.7"), "192.0.2.7");
        assert_eq!(of("192.0.2.7"), "192.0.2.7");
    }
}

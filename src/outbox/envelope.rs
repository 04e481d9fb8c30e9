//! The envelope sender: one address a mail, so that a bounce tells by itself which mail came back.
//!
//! `b+{id}.{mac}@bounce-domain`; the mac keeps strangers from declaring mails bounced. It is written in lower-case hexadecimal and
//! read in either case, because some servers change the case of a local part.

use aws_lc_rs::{constant_time, hmac};

/// 80 bits: enough against guessing one bounce at a time, and the local part stays below its 64 characters.
const MAC_BYTES: usize = 10;

/// The address to which a mail's bounces go.
pub fn envelope_sender(bounce_domain: &str, mail_id: i64, key: &[u8]) -> String {
    format!("b+{mail_id}.{}@{bounce_domain}", mac(mail_id, key))
}

/// The mail that [`envelope_sender`] made this address for; `None` for a foreign, damaged or forged one.
pub fn parse_envelope_sender(address: &str, bounce_domain: &str, key: &[u8]) -> Option<i64> {
    let (local, domain) = address.rsplit_once('@')?;
    if !domain.eq_ignore_ascii_case(bounce_domain) {
        return None;
    }
    let local = local.to_ascii_lowercase();
    let (digits, claimed) = local.strip_prefix("b+")?.split_once('.')?;
    let mail_id: i64 = digits.parse().ok()?;
    let written_as_we_do = mail_id.to_string() == digits;
    let genuine = constant_time::verify_slices_are_equal(claimed.as_bytes(), mac(mail_id, key).as_bytes()).is_ok();
    (written_as_we_do && genuine).then_some(mail_id)
}

fn mac(mail_id: i64, key: &[u8]) -> String {
    let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, key), &mail_id.to_be_bytes());
    tag.as_ref().iter().take(MAC_BYTES).map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &[u8] = b"0123456789abcdef0123456789abcdef";
    const DOMAIN: &str = "bounce.kularing.example";

    #[test]
    fn an_address_is_read_back_in_either_case() {
        for id in [1, 42, 7_000_000_000, i64::MAX, 0, i64::MIN] {
            let address = envelope_sender(DOMAIN, id, KEY);
            assert!(address.split('@').next().unwrap().len() <= 64, "{address}");
            assert!(address.parse::<lettre::Address>().is_ok(), "{address}");
            assert_eq!(parse_envelope_sender(&address, DOMAIN, KEY), Some(id));
            assert_eq!(parse_envelope_sender(&address.to_uppercase(), DOMAIN, KEY), Some(id));
        }
        assert_eq!(envelope_sender(DOMAIN, 42, KEY), "b+42.42a672488842589ee70e@bounce.kularing.example");
    }

    #[test]
    fn what_was_touched_is_nobodys() {
        let address = envelope_sender(DOMAIN, 42, KEY);
        let mac = address.split(['.', '@']).nth(1).unwrap();
        for foreign in [
            format!("b+43.{mac}@{DOMAIN}"),
            format!("b+042.{mac}@{DOMAIN}"),
            format!("b++42.{mac}@{DOMAIN}"),
            format!("b+42.{}@{DOMAIN}", &mac[1..]),
            format!("b+42.{mac}0@{DOMAIN}"),
            format!("b+42.@{DOMAIN}"),
            format!("b+42.{mac}@elsewhere.example"),
            format!("b+42.{mac}"),
            format!("anna@{DOMAIN}"),
            "@".to_owned(),
            String::new(),
        ] {
            assert_eq!(parse_envelope_sender(&foreign, DOMAIN, KEY), None, "{foreign}");
        }
        assert_eq!(parse_envelope_sender(&address, DOMAIN, b"another key"), None);
    }
}

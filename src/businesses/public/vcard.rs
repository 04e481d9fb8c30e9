//! A business card as a file (RFC 6350): escaped, folded, and with nothing of any person.

use crate::businesses::views::PublicPage;
use crate::kernel::Language;
use crate::kernel::content_line::{escaped, lines, uri};

/// The card of a business. `address` is where its page is.
pub fn vcard(page: &PublicPage, address: &str, language: Language) -> String {
    let trades: Vec<String> = page.trades.iter().map(|trade| escaped(trade.name(language))).collect();
    let place = format!(";;;{};;{};{}", escaped(&page.city), escaped(&page.postal_code), escaped(&page.country));
    lines([
        ("BEGIN", "VCARD".to_owned()),
        ("VERSION", "4.0".to_owned()),
        ("KIND", "org".to_owned()),
        ("FN", escaped(&page.name)),
        ("ORG", escaped(&page.name)),
        ("ADR;TYPE=work", place),
        ("CATEGORIES", trades.join(",")),
        ("URL;TYPE=work", uri(page.website.as_deref().unwrap_or(address))),
        ("SOURCE", uri(address)),
        ("UID", uri(address)),
        ("END", "VCARD".to_owned()),
    ])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::businesses::trade::TradeCode;
    use crate::kernel::content_line::{LINE_OCTETS_MAX, understood, unfolded};
    use crate::kernel::region::Region;

    fn page(name: &str, city: &str, website: Option<&str>) -> PublicPage {
        PublicPage {
            name: name.to_owned(),
            ideal_referral: String::new(),
            website: website.map(str::to_owned),
            country: "DE".to_owned(),
            postal_code: "10115".to_owned(),
            city: city.to_owned(),
            trades: ["electrician", "roofer"].iter().filter_map(|code| TradeCode::parse(code)).collect(),
            regions: vec![Region { country: "DE".to_owned(), postal_code: String::new() }],
            is_regulated: false,
            is_indexed: false,
        }
    }

    #[test]
    fn a_card_says_who_and_where() {
        let card = vcard(&page("Müller, Söhne; Co", "Berlin", Some("https://example.org/a,b")), "https://kularing.example/b/mueller", Language::De);
        let lines = unfolded(&card);
        assert_eq!((lines.first().map(String::as_str), lines.last().map(String::as_str)), (Some("BEGIN:VCARD"), Some("END:VCARD")));
        for line in [
            "VERSION:4.0",
            "FN:Müller\\, Söhne\\; Co",
            "ADR;TYPE=work:;;;Berlin;;10115;DE",
            "CATEGORIES:Elektroinstallation,Dachdeckerei",
            "URL;TYPE=work:https://example.org/a,b",
            "SOURCE:https://kularing.example/b/mueller",
        ] {
            assert!(lines.iter().any(|found| found == line), "{line}\n{card}");
        }
    }

    proptest! {
        #[test]
        fn whatever_a_business_is_called_the_card_can_be_read(name in any::<String>(), city in any::<String>(), website in any::<Option<String>>()) {
            let card = vcard(&page(&name, &city, website.as_deref()), "https://kularing.example/b/x", Language::En);
            for line in card.split_terminator("\r\n") {
                prop_assert!(line.len() <= LINE_OCTETS_MAX && !line.contains(['\r', '\n']));
            }
            let lines = unfolded(&card);
            prop_assert_eq!(lines.len(), 11);
            prop_assert_eq!(lines.iter().filter(|line| line.starts_with("END:")).count(), 1);
            let plain = |text: &str| text.chars().filter(|letter| matches!(letter, '\n' | '\t') || !letter.is_control()).collect::<String>();
            let shown = lines.iter().find_map(|line| line.strip_prefix("FN:")).and_then(understood);
            prop_assert_eq!(shown, Some(plain(&name)));
            let place: Vec<&str> = lines.iter().find_map(|line| line.strip_prefix("ADR;TYPE=work:")).map(|value| value.splitn(4, ';').collect()).unwrap_or_default();
            let rest = place.get(3).and_then(|rest| rest.strip_suffix(";;10115;DE"));
            prop_assert_eq!(rest.and_then(understood), Some(plain(&city)));
        }
    }
}

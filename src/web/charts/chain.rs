//! A value chain: its links in their order, each with those who hold it, and the gaps.
//!
//! It is a list with words; only the beads and the lines between them are drawn.

use maud::{Markup, html};

/// A place in the chain.
#[derive(Debug, Clone, Default)]
pub struct Link {
    /// What is done here.
    pub name: String,
    /// Who does it: address and name. Nobody: a gap.
    pub holders: Vec<(String, String)>,
}

/// The chain. `told` says what it is, `gap` stands where nobody is yet.
pub fn chain(links: &[Link], told: &str, gap: &Markup) -> Markup {
    html! {
        ol class="chain" aria-label=(told) {
            @for (number, link) in links.iter().enumerate() {
                li class=(if link.holders.is_empty() { "gap" } else { "held" }) {
                    (bead(number + 1, link.holders.len()))
                    div {
                        b { (link.name) }
                        @for (href, name) in &link.holders { a href=(href) { (name) } }
                        @if link.holders.is_empty() { (gap) }
                    }
                }
            }
        }
    }
}

/// Where the beads hang on the ring: three say that there are many.
const BEADS: [(u8, u8); 3] = [(36, 32), (28, 39), (17, 38)];

/// A full ring where somebody is, with a bead for each further one; a broken one where nobody is.
fn bead(number: usize, holders: usize) -> Markup {
    html! {
        svg class="node" viewBox="0 0 44 44" aria-hidden="true" focusable="false" {
            circle class=(if holders == 0 { "open" } else { "full" }) cx="22" cy="22" r="17" {}
            text x="22" y="27" text-anchor="middle" { (number) }
            @for (x, y) in BEADS.iter().take(holders.saturating_sub(1)) { circle class="bead" cx=(x) cy=(y) r="4" {} }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chain_shows_who_holds_its_links_and_where_nobody_is() {
        let held = Link {
            name: "Architect".to_owned(),
            holders: vec![("/partners/1".to_owned(), "Müller & Co".to_owned()), ("/partners/2".to_owned(), "Ott".to_owned())],
        };
        let open = Link { name: "Roofing".to_owned(), holders: Vec::new() };
        let drawn = chain(&[held, open], "told", &html! { em { "nobody" } }).into_string();
        assert_eq!((drawn.matches("class=\"held\"").count(), drawn.matches("class=\"gap\"").count(), drawn.matches("nobody").count()), (1, 1, 1));
        assert!(drawn.find("Architect") < drawn.find("Roofing") && drawn.contains("href=\"/partners/2\"") && drawn.contains("Müller &amp; Co"), "{drawn}");
        assert_eq!(drawn.matches("class=\"bead\"").count(), 1);
    }
}

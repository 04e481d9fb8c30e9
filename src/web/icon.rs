//! The icons, drawn by ourselves: one sprite, `static/icons.svg`. They say nothing that does not stand beside them in words.

use maud::{Markup, html};

use crate::http::assets;

macro_rules! icons {
    ($($variant:ident = $name:literal),+ $(,)?) => {
        /// A picture of the sprite.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[allow(missing_docs, reason = "each is named after what it shows")]
        pub enum Icon { $($variant),+ }

        impl Icon {
            /// Every icon, in the order of the sprite.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Its name in the sprite.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }
        }
    };
}

icons! {
    Home = "home", Referral = "referral", Pass = "pass", Partners = "partners", Circle = "circle", Standing = "standing", Settings = "settings",
    Bell = "bell", Calendar = "calendar", Check = "check", Cross = "cross", Clock = "clock", Right = "right", Left = "left", Down = "down",
    Search = "search", Plus = "plus", Mail = "mail", Phone = "phone", Place = "place", Link = "link", Qr = "qr", Download = "download", Print = "print",
    Undo = "undo", Warning = "warning", Info = "info", Pencil = "pencil", Bin = "bin", Globe = "globe", Leave = "leave", Eye = "eye", Spark = "spark",
    Shield = "shield", Pause = "pause", Person = "person", Figures = "figures",
}

/// The icon as a part of a line.
pub fn icon(icon: Icon) -> Markup {
    let address = format!("{}#{}", assets::address("icons.svg"), icon.name());
    html! { svg class="icon" aria-hidden="true" focusable="false" { use href=(address) {} } }
}

/// The mark of Kularing: a ring with a necklace shell, an arm-band and a bead.
pub fn mark() -> Markup {
    html! { img class="mark" src=(assets::address("icon.svg")) width="30" height="30" alt=""; }
}

/// The ring as a large motif, for what is still empty.
pub fn motif() -> Markup {
    html! {
        svg class="motif" viewBox="0 0 96 96" aria-hidden="true" focusable="false" {
            path class="ring-line" d="M48 14a34 34 0 0 1 29.4 17M80 58a34 34 0 0 1-24 23M40 81a34 34 0 0 1-24-23M18.6 31A34 34 0 0 1 40 15" {}
            circle class="bead" cx="48" cy="14" r="8" {}
            circle class="bead two" cx="80" cy="58" r="6" {}
            circle class="bead three" cx="16" cy="58" r="6" {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sprite_holds_every_icon_and_no_other() {
        let sprite = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/static/icons.svg")).unwrap();
        for icon in Icon::ALL {
            assert!(sprite.contains(&format!("<symbol id=\"{}\"", icon.name())), "{icon:?}");
        }
        assert_eq!(sprite.matches("<symbol ").count(), Icon::ALL.len());
    }
}

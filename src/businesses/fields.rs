//! Fields of forms in which people name trades.
//!
//! A trade is typed by its name; the browser offers the names as a list, without scripts. What was typed is read as a code, as
//! a name in any language, or as words that fit one trade alone.

use maud::{Markup, html};

use super::trade::{self, TradeCode};
use crate::kernel::Language;
use crate::web::PageContext;
use crate::web::forms::{Errors, Input};

/// The names that the fields of a page offer; once a page.
pub fn trade_list(context: &PageContext) -> Markup {
    html! {
        datalist id="trades" { @for code in trade::tree().trades() { option value=(code.name(context.language)) {} } }
    }
}

/// A field in which one trade is typed. `label` is a text's key.
pub fn trade_input(context: &PageContext, errors: Errors<'_>, name: &str, label: &str, value: &str, required: bool) -> Markup {
    Input::new(name, label, value).list("trades").autocomplete("off").max(80).required(required).show(context, errors)
}

/// What was typed as the code of a trade; the text itself when it names none, for the parser to refuse.
pub fn typed_code(text: &str, language: Language) -> String {
    let text = text.trim();
    read_trade(text, language).map_or_else(|| text.to_owned(), |code| code.as_str().to_owned())
}

/// The trade or group that a text names.
pub fn read_trade(text: &str, language: Language) -> Option<TradeCode> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    let lower = text.to_lowercase();
    let named = |code: &TradeCode| Language::ALL.iter().any(|language| code.name(*language).to_lowercase() == lower);
    TradeCode::parse(text).or_else(|| trade::tree().all().find(named)).or_else(|| match trade::tree().search(text, language, 2).as_slice() {
        [only] => Some(*only),
        _ => None,
    })
}

/// A list of trades as it was typed, one a line or separated by commas; pieces that name none stay as they are.
pub fn typed_codes(text: &str, language: Language) -> Vec<String> {
    text.split(['\n', ',', ';']).map(str::trim).filter(|piece| !piece.is_empty()).map(|piece| typed_code(piece, language)).collect()
}

/// Names of trades in the reader's language, separated by commas.
pub fn trade_names(context: &PageContext, trades: &[TradeCode]) -> String {
    trades.iter().map(|code| code.name(context.language)).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trade_is_read_by_code_name_or_words() {
        for text in ["electrician", "Elektroinstallation", " elektroINSTALLATION "] {
            assert_eq!(read_trade(text, Language::De).map(TradeCode::as_str), Some("electrician"), "{text}");
        }
        assert_eq!(read_trade("", Language::De), None);
        assert_eq!(read_trade("bau", Language::De), None);
        assert_eq!(typed_code("wizard", Language::En), "wizard");
    }
}

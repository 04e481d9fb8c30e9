//! The ceilings of a policy on its page: rows of a trade and a number, some of them empty.

use maud::{Markup, html};

use crate::businesses::fields::read_trade;
use crate::businesses::trade;
use crate::circles::policy::{CEILINGS_MAX, Ceiling, Policy};
use crate::kernel::{Answer, FieldError, Fields, Language};
use crate::web::{PageContext, forms};

/// Rows that stand empty below those that are filled in.
const EMPTY_ROWS: usize = 3;

/// A row as it was typed: the trade and the number.
pub(super) type Row = (String, String);

/// The rows of a policy in the reader's language.
pub(super) fn rows_of(policy: &Policy, language: Language) -> Vec<Row> {
    policy.ceilings.iter().map(|ceiling| (ceiling.trade.name(language).to_owned(), ceiling.credits.to_string())).collect()
}

/// Reads what was typed; a row without both is none. Errors are of the field `ceilings`.
pub(super) fn parse(trades: &[String], credits: &[String], language: Language) -> Answer<Vec<Ceiling>> {
    let mut fields = Fields::new();
    let mut ceilings = Vec::new();
    for (typed, credits) in trades.iter().zip(credits) {
        if typed.trim().is_empty() && credits.trim().is_empty() {
            continue;
        }
        match (read_trade(typed, language), credits.trim().parse()) {
            (Some(trade), Ok(credits)) => ceilings.push(Ceiling { trade, credits }),
            (None, _) => fields.add("ceilings", "unknown_trade", "choose a trade or a group from the list"),
            (_, Err(_)) => fields.add("ceilings", "out_of_range", "write a whole number of credits beside each trade"),
        }
    }
    fields.into_result(Some(ceilings))
}

/// The rows as fields, with the list of all groups and trades.
pub(super) fn fields(context: &PageContext, rows: &[Row], error: Option<&FieldError>) -> Markup {
    let empty = std::iter::repeat_n((String::new(), String::new()), EMPTY_ROWS);
    let rows = rows.iter().cloned().chain(empty).take(CEILINGS_MAX);
    html! {
        datalist id="trades-and-groups" { @for code in trade::tree().all() { option value=(code.name(context.language)) {} } }
        fieldset aria-describedby=(if error.is_some() { "ceilings-explained ceilings-error" } else { "ceilings-explained" }) {
            legend { (context.t("circles-ceilings")) }
            p class="soft" id="ceilings-explained" { (context.t("circles-ceilings-explained")) }
            @for (number, (trade, credits)) in (1..).zip(rows) {
                div class="pair" {
                    div class="field" {
                        label for=(format!("ceiling-trade-{number}")) { (numbered(context, "circles-ceiling-trade", number)) }
                        input id=(format!("ceiling-trade-{number}")) name="ceiling_trade" list="trades-and-groups" autocomplete="off" maxlength="80" value=(trade);
                    }
                    div class="field" {
                        label for=(format!("ceiling-credits-{number}")) { (numbered(context, "circles-ceiling-credits", number)) }
                        input id=(format!("ceiling-credits-{number}")) name="ceiling_credits" type="number" min="0" value=(credits);
                    }
                }
            }
            @if let Some(error) = error { p class="error" id="ceilings-error" { (forms::error_text(context, error)) } }
        }
    }
}

fn numbered(context: &PageContext, key: &str, number: i64) -> String {
    context.t_with(key, &[("number", number.into())])
}

/// The ceilings as a list for reading; nothing when there is none.
pub(super) fn list(context: &PageContext, policy: &Policy) -> Markup {
    html! {
        @if !policy.ceilings.is_empty() {
            h2 { (context.t("circles-ceilings")) }
            table { tbody {
                @for ceiling in &policy.ceilings {
                    tr { th scope="row" { (ceiling.trade.name(context.language)) } td class="number" { (context.language.number(ceiling.credits)) } }
                }
            } }
        }
    }
}

/// What a version changed: each trade whose ceiling is another, before and after.
pub(super) fn changes(context: &PageContext, earlier: &Policy, later: &Policy) -> Markup {
    let of = |policy: &Policy, trade| policy.ceilings.iter().find(|ceiling| ceiling.trade == trade).map(|ceiling| ceiling.credits);
    let shown = |credits: Option<i64>| credits.map_or_else(|| context.t("circles-ceiling-none"), |credits| context.language.number(credits));
    let gone = earlier.ceilings.iter().filter(|ceiling| of(later, ceiling.trade).is_none());
    let changed = later.ceilings.iter().chain(gone).filter(|ceiling| of(earlier, ceiling.trade) != of(later, ceiling.trade));
    html! {
        @for ceiling in changed {
            li {
                (context.t_with("circles-ceiling-of", &[("trade", ceiling.trade.name(context.language).into())])) ": "
                (shown(of(earlier, ceiling.trade))) " → " b { (shown(of(later, ceiling.trade))) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|text| (*text).to_owned()).collect()
    }

    #[test]
    fn empty_rows_are_none_and_half_rows_are_errors() {
        let read = |trades: &[&str], credits: &[&str]| parse(&typed(trades), &typed(credits), Language::En);
        let ceilings = read(&["roofer", "", "Electrical installation"], &["60", "", " 40 "]).unwrap();
        assert_eq!(ceilings.iter().map(|ceiling| (ceiling.trade.as_str(), ceiling.credits)).collect::<Vec<_>>(), [("roofer", 60), ("electrician", 40)]);
        for (trade, credits) in [("wizard", "5"), ("", "5"), ("roofer", ""), ("roofer", "many")] {
            assert!(read(&[trade], &[credits]).is_err(), "{trade} {credits}");
        }
    }
}

//! The HTML part: one calm column, inline styles, nothing from outside.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::content::{Block, Content};
use crate::kernel::Language;

const BODY: &str = "margin:0;padding:24px 16px;font:16px/1.55 system-ui,'Segoe UI','Helvetica Neue',Arial,sans-serif";
const COLUMN: &str = "max-width:560px;margin:0 auto";
const BUTTON: &str = "display:inline-block;padding:12px 22px;border-radius:8px;background:#0b6e75;color:#ffffff;font-weight:600;text-decoration:none";
const QUOTE: &str = "margin:0 0 16px;padding:4px 0 4px 14px;border-left:3px solid #b5402f;white-space:pre-line";
const LABEL: &str = "padding:3px 16px 3px 0;text-align:left;vertical-align:top;font-weight:600";
const VALUE: &str = "padding:3px 0;vertical-align:top";
const PARAGRAPH: &str = "margin:0 0 16px";
const SMALL: &str = "margin:0 0 16px;font-size:14px;opacity:.8";
const FOOTER: &str = "margin:28px 0 0;padding-top:12px;border-top:1px solid #d9d2c5;font-size:13px;opacity:.75";

/// The HTML part of a mail.
pub(super) fn html(language: Language, content: &Content) -> String {
    html! {
        (DOCTYPE)
        html lang=(language.as_str()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (content.subject) }
            }
            body style=(BODY) {
                div style=(COLUMN) {
                    @for block in &content.blocks { (laid_out(block)) "\n" }
                    p style=(FOOTER) { (content.footer) }
                }
            }
        }
    }
    .into_string()
}

fn laid_out(block: &Block) -> Markup {
    match block {
        Block::Paragraph(words) => html! { p style=(PARAGRAPH) { (lines(words)) } },
        Block::Small(words) => html! { p style=(SMALL) { (lines(words)) } },
        Block::Heading(words) => html! { h2 style="margin:24px 0 8px;font-size:17px" { (words) } },
        Block::Table(rows) => html! {
            table style="margin:0 0 16px;border-collapse:collapse" {
                @for (label, value) in rows { tr { th scope="row" style=(LABEL) { (label) } td style=(VALUE) { (value) } } }
            }
        },
        Block::Quote(words) => html! { blockquote style=(QUOTE) { (words) } },
        Block::Button { label, url } => html! { p style="margin:0 0 20px" { a href=(url) style=(BUTTON) { (label) } } },
        Block::Link { label, url } => html! { p style=(PARAGRAPH) { a href=(url) style="color:#0b6e75" { (label) } } },
    }
}

/// Escaped text whose line breaks are kept.
fn lines(words: &str) -> Markup {
    html! { @for (number, line) in words.lines().enumerate() { @if number > 0 { (PreEscaped("<br>")) } (line) } }
}

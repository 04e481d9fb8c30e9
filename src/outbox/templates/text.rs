//! The text part: written for people who read mail as text, with one link a line.

use std::fmt::Write;

use super::content::{Block, Content};

/// The text part of a mail.
pub(super) fn text(content: &Content) -> String {
    let mut text = String::new();
    for block in &content.blocks {
        text.push_str(&written(block));
        text.push_str("\n\n");
    }
    // Writing into a String cannot fail.
    let _ = writeln!(text, "-- \n{}", content.footer);
    text
}

fn written(block: &Block) -> String {
    match block {
        Block::Paragraph(words) | Block::Small(words) => words.clone(),
        Block::Heading(words) => format!("{words}\n{}", "-".repeat(words.chars().count())),
        Block::Table(rows) => rows.iter().map(|(label, value)| format!("{label}: {value}")).collect::<Vec<_>>().join("\n"),
        Block::Quote(words) => words.lines().map(|line| format!("> {line}")).collect::<Vec<_>>().join("\n"),
        Block::Button { label, url } | Block::Link { label, url } => format!("{label}:\n{url}"),
    }
}

//! `kularing mail preview`

use std::fs;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use crate::kernel::Language;
use crate::outbox::MailKind;
use crate::outbox::templates::{Rendered, render, samples};

/// What to do about mails.
#[derive(Debug, Subcommand)]
pub enum Action {
    /// Fills every template with sample facts and prints it, or writes text and HTML files.
    Preview(Options),
}

/// Which mails, and where to.
#[derive(Debug, Args)]
pub struct Options {
    /// Only this kind, e.g. introduction.
    #[arg(long, value_parser = kind)]
    kind: Option<MailKind>,
    /// Only this language: en, de or ru.
    #[arg(long, value_parser = language)]
    language: Option<Language>,
    /// Writes the files here instead of printing the text parts.
    #[arg(long, value_name = "FOLDER")]
    out: Option<PathBuf>,
}

fn kind(text: &str) -> Result<MailKind, String> {
    MailKind::parse(text).ok_or_else(|| format!("one of: {}", MailKind::ALL.iter().map(|kind| kind.as_str()).collect::<Vec<_>>().join(", ")))
}

fn language(text: &str) -> Result<Language, String> {
    Language::parse(text).ok_or_else(|| "one of: en, de, ru".to_owned())
}

/// Runs it; answers the text to print.
pub fn run(action: &Action) -> Result<String, Box<dyn std::error::Error>> {
    let Action::Preview(options) = action;
    let mut printed = String::new();
    let mut count = 0;
    for kind in MailKind::ALL.iter().filter(|kind| options.kind.is_none_or(|wanted| wanted == **kind)) {
        for language in Language::ALL.iter().filter(|language| options.language.is_none_or(|wanted| wanted == **language)) {
            for sample in samples(*kind, *language) {
                let rendered = render(*kind, *language, &sample.facts, &sample.links)?;
                let variant = if sample.variant.is_empty() { String::new() } else { format!("-{}", sample.variant) };
                let name = format!("{kind}{variant}.{language}");
                match &options.out {
                    Some(folder) => write(folder, &name, &rendered)?,
                    None => printed.push_str(&format!("=== {name}\nSubject: {}\n\n{}\n", rendered.subject, rendered.text)),
                }
                count += 1;
            }
        }
    }
    if let Some(folder) = &options.out {
        printed = format!("{count} mails in {}\n", folder.display());
    }
    Ok(printed)
}

fn write(folder: &Path, name: &str, rendered: &Rendered) -> std::io::Result<()> {
    fs::create_dir_all(folder)?;
    fs::write(folder.join(format!("{name}.txt")), format!("Subject: {}\n\n{}", rendered.subject, rendered.text))?;
    fs::write(folder.join(format!("{name}.html")), &rendered.html)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn preview(options: Options) -> String {
        run(&Action::Preview(options)).unwrap()
    }

    #[test]
    fn every_mail_is_previewed_or_the_one_that_is_asked_for() {
        let all = preview(Options { kind: None, language: None, out: None });
        assert!(MailKind::ALL.iter().all(|kind| all.contains(&format!("=== {kind}"))));
        let one = preview(Options { kind: Some(MailKind::ThreeWay), language: Some(Language::Ru), out: None });
        assert!(one.starts_with("=== three_way.ru\nSubject: Знакомство") && one.matches("===").count() == 1, "{one}");
        assert!(kind("pigeon").unwrap_err().contains("three_way") && language("fr").is_err());
    }

    #[test]
    fn files_are_written_where_they_are_wanted() {
        let folder = tempfile::tempdir().unwrap();
        let options = Options { kind: Some(MailKind::Dispute), language: Some(Language::De), out: Some(folder.path().join("mails")) };
        assert!(preview(options).starts_with("3 mails in "));
        let html = fs::read_to_string(folder.path().join("mails/dispute-opened.de.html")).unwrap();
        assert!(html.starts_with("<!DOCTYPE html>"), "{html}");
    }
}

//! Components: what pages are made of. Each is shown in every state on `/styleguide`.

use maud::{Markup, html};

use super::context::PageContext;
use super::icon::{Icon, icon, motif};

/// How something stands, told by colour and always by words too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tone {
    /// Nothing to do, nothing to fear.
    #[default]
    Plain,
    /// Under way.
    Going,
    /// It went well.
    Good,
    /// Somebody must act.
    Waits,
    /// It went wrong, or it hurts.
    Bad,
}

impl Tone {
    /// Every tone.
    pub const ALL: &'static [Self] = &[Self::Plain, Self::Going, Self::Good, Self::Waits, Self::Bad];

    const fn class(self) -> &'static str {
        match self {
            Self::Plain => "badge",
            Self::Going => "badge going",
            Self::Good => "badge good",
            Self::Waits => "badge waits",
            Self::Bad => "badge bad",
        }
    }
}

/// A short word about a state.
pub fn badge(tone: Tone, words: &str) -> Markup {
    html! { span class=(tone.class()) { (words) } }
}

/// A button that leads somewhere.
pub fn link_button(href: &str, shown: Icon, label: &str) -> Markup {
    html! { a class="button" href=(href) { (icon(shown)) (label) } }
}

/// The same, second in line.
pub fn quiet_link(href: &str, shown: Icon, label: &str) -> Markup {
    html! { a class="button quiet" href=(href) { (icon(shown)) (label) } }
}

/// What stands where nothing is yet: what will be here, and what to do for it. `act` holds links or buttons.
pub fn empty(words: &str, act: &Markup) -> Markup {
    html! {
        div class="empty" {
            (motif())
            p { (words) }
            p class="row" { (act) }
        }
    }
}

/// A line that somebody should read before going on.
pub fn note(shown: Icon, words: &str) -> Markup {
    html! { div class="note" { (icon(shown)) p { (words) } } }
}

/// A row of figures with their names: (name, figure).
pub fn stats<'s>(figures: impl IntoIterator<Item = (String, &'s str)>) -> Markup {
    html! {
        dl class="stats" {
            @for (name, figure) in figures { div class="stat" { dt { (name) } dd { (figure) } } }
        }
    }
}

/// Ways between views of the same thing: (address, words, whether it is this one).
pub fn tabs(label: &str, ways: &[(String, String, bool)]) -> Markup {
    html! {
        nav class="tabs" aria-label=(label) {
            @for (href, words, is_here) in ways { a href=(href) aria-current=[is_here.then_some("page")] { (words) } }
        }
    }
}

/// The way back to what this page belongs to.
pub fn trail(href: &str, words: &str) -> Markup {
    html! { p class="trail" { a href=(href) { (icon(Icon::Left)) (words) } } }
}

/// One line of a list: where it leads, what it is, what stands at its end, and what is told below.
pub struct Item {
    /// Where it leads; without, it is no link.
    pub href: Option<String>,
    /// What it is.
    pub main: Markup,
    /// A state or a figure at its end.
    pub end: Markup,
    /// More about it.
    pub more: Vec<String>,
}

/// A list of things that one opens.
pub fn items(list: &[Item]) -> Markup {
    html! { ul class="list" { @for item in list { li { (line(item)) } } } }
}

fn line(item: &Item) -> Markup {
    let inner = html! {
        span class="main" { (item.main) }
        span class="end" { (item.end) }
        @if !item.more.is_empty() { span class="soft" { (item.more.join(" · ")) } }
    };
    html! {
        @if let Some(href) = &item.href { a href=(href) { (inner) } } @else { div class="item" { (inner) } }
    }
}

/// How far a way of several steps has been gone. `now` counts from 0; a step's name is a text's key.
pub fn steps(context: &PageContext, names: &[&str], now: usize) -> Markup {
    html! {
        ol class="steps" aria-label=(context.t("steps")) {
            @for (number, name) in names.iter().enumerate() {
                li class=[(number < now).then_some("past")] aria-current=[(number == now).then_some("step")] { (context.t(name)) }
            }
        }
    }
}

/// Something that is asked before it is done: folded until it is opened, a dialog where scripts run. `content` holds its
/// title and form; `open` when it was tried and something in it is wrong.
pub fn ask(id: &str, tone: Tone, label: &str, open: bool, content: &Markup) -> Markup {
    html! {
        details class="ask" id=(id) open[open] {
            summary class=(match tone { Tone::Bad => "button danger", Tone::Going | Tone::Good => "button", _ => "button quiet" }) { (label) }
            div class="card" { (content) }
        }
    }
}

/// How far a long job is: done of all.
pub fn progress(label: &str, done: u64, all: u64) -> Markup {
    html! { progress max=(all.max(1)) value=(done.min(all)) aria-label=(label) {} }
}

/// The first letters of a name, in a disc.
pub fn initials(name: &str) -> Markup {
    let mut letters = name.split_whitespace().filter_map(|word| word.chars().find(|letter| letter.is_alphabetic())).flat_map(char::to_uppercase);
    let first = letters.next();
    let shown: String = first.into_iter().chain(letters.last()).collect();
    html! { span class="initials" aria-hidden="true" { (shown) } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_are_those_of_the_first_and_last_word() {
        for (name, shown) in [("Anna Arndt", ">AA<"), ("Olga", ">O<"), ("Ян фон дер Ост", ">ЯО<"), ("", "><"), ("42 Ltd", ">L<")] {
            assert!(initials(name).into_string().contains(shown), "{name}: {}", initials(name).into_string());
        }
    }
}

//! Every chart in every state, each with the table that says the same.

use maud::{Markup, html};

use crate::kernel::Language;
use crate::web::charts::chain::{self, Link};
use crate::web::charts::months::{self, Month};
use crate::web::charts::{self, qr, ring, share};
use crate::web::components::{self, Tone};

const LONG: &str = "Sanitär- und Heizungstechnik Zimmermann-Oberhuber & Söhne GmbH & Co. KG";

/// All of them.
pub(super) fn content() -> Markup {
    html! {
        (rings())
        (shares())
        (splits())
        (by_month())
        (chains())
        (seats())
        (codes())
    }
}

fn section(name: &str, shown: &Markup) -> Markup {
    html! { section class="card" { h2 { (name) } (shown) } }
}

/// A state with its picture and its table.
fn state(name: &str, picture: &Markup, table: &Markup) -> Markup {
    html! { div { h3 { (name) } (picture) (table) } }
}

/// The last column holds numbers.
fn table(columns: &[&str], rows: &[Vec<String>]) -> Markup {
    let class = |number: usize| (number > 0 && number + 1 == columns.len()).then_some("number");
    // Regions need names of their own: the same columns stand here several times.
    let first = rows.first().and_then(|row| row.first()).map_or("", String::as_str);
    let label = format!("{}: {first} ({})", columns.join(", "), rows.len());
    html! {
        div class="scroll" tabindex="0" role="region" aria-label=(label) { table class="compact" {
            thead { tr { @for (number, column) in columns.iter().enumerate() { th scope="col" class=[class(number)] { (column) } } } }
            tbody { @for row in rows { tr { @for (number, cell) in row.iter().enumerate() {
                @if number == 0 { th scope="row" { (cell) } } @else { td class=[class(number)] { (cell) } }
            } } } }
        } }
    }
}

fn rings() -> Markup {
    let many: Vec<String> = (1..=ring::MEMBERS_DRAWN_MAX).map(|number| format!("Business {number}")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    let of = |name: &str, names: &[&str], own| {
        let told = format!("A ring of {}: {}. 20 credits close.", names.len(), names.join(" → "));
        let rows: Vec<Vec<String>> =
            names.iter().enumerate().map(|(number, giver)| vec![(*giver).to_owned(), names[(number + 1) % names.len()].to_owned(), "20".to_owned()]).collect();
        state(name, &ring::ring(names, "20", own, &told), &table(&["Gives", "To", "Credits"], &rows))
    };
    section(
        "Ring",
        &html! {
            h3 { "Empty" }
            (components::empty("Nothing closes yet: what is given has not come round.", &html! {}))
            div class="halves" {
                (of("A pair", &["Arndt", "Engel"], Some(0)))
                (of("Three, one of them the reader", &["Arndt", "Engel", "Ott"], Some(1)))
                (of("Long names", &[LONG, "Architekturbüro von der Heydt-Wolkenstein", "Ян Строительные Технологии Северо-Запад", "A"], None))
                (of("As many as are drawn: by their numbers in the table", &many, Some(3)))
            }
        },
    )
}

fn shares() -> Markup {
    section(
        "Share",
        &html! {
            table {
                thead { tr { th scope="col" { "State" } th scope="col" class="number" { "Share" } th scope="col" { "Bar" } } }
                tbody { @for (name, thousandths) in [("Empty", 0), ("The smallest that is seen", 4), ("Some", 385), ("All", 1_000)] { tr {
                    th scope="row" { (name) }
                    td class="number" { (Language::En.number(thousandths / 10)) "." (thousandths % 10) "%" }
                    td class="share" { (share::share(thousandths)) }
                } } }
            }
        },
    )
}

fn splits() -> Markup {
    let of = |name: &str, parts: [i64; 4]| {
        let told =
            format!("Of {}: {} in pairs, {} in rings of three, {} in longer ones, {} open.", parts.iter().sum::<i64>(), parts[0], parts[1], parts[2], parts[3]);
        html! {
            h3 { (name) }
            (share::split(parts, &told))
            table class="compact" { tbody {
                @for (number, label) in ["In pairs", "In rings of three", "In longer rings", "Still open"].iter().enumerate() {
                    @if parts[number] > 0 { tr { th scope="row" { (share::key(number)) " " (label) } td class="number" { (Language::En.number(parts[number])) } } }
                }
            } }
        }
    };
    section(
        "Shares of a whole",
        &html! {
            h3 { "Empty" }
            p class="soft" { "Nothing was given yet: without parts no bar is drawn." }
            (of("One part", [120, 0, 0, 0]))
            (of("Every part", [120, 60, 30, 90]))
            (of("A very small part beside a very large one", [1, 0, 0, 1_250_000]))
        },
    )
}

fn by_month() -> Markup {
    let names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let of = |name: &str, sums: &[(i64, i64)]| {
        let shown: Vec<Month> = sums.iter().zip(names).map(|((above, below), name)| Month { name: name.to_owned(), above: *above, below: *below }).collect();
        let number = |value: i64| Language::En.number(value);
        let rows: Vec<Vec<String>> = shown.iter().map(|month| vec![month.name.clone(), number(month.above), number(month.below)]).collect();
        let told = format!("Given and received in {} months.", shown.len());
        let numbers = html! { @if !rows.is_empty() { details { summary { "In numbers" } (table(&["Month", "Given", "Received"], &rows)) } } };
        state(name, &months::months(&shown, number, &told), &numbers)
    };
    let year: Vec<(i64, i64)> = (0..12).map(|month| ((month * 37 + 20) % 90, (month * 53 + 10) % 70)).collect();
    section(
        "Months",
        &html! {
            (months::legend("Given", "Received"))
            div class="halves" {
                (of("Empty: nothing moved in these months", &[(0, 0), (0, 0), (0, 0)]))
                (of("One month", &[(40, 10)]))
                (of("A year", &year))
                (of("Large numbers, and one side alone", &[(1_250_000, 0), (90_000, 0), (640_000, 0)]))
            }
        },
    )
}

fn seats() -> Markup {
    let of = |name: &str, held: &[bool]| {
        let told = format!("{} of {} seats are held.", held.iter().filter(|is_held| **is_held).count(), held.len());
        let rows: Vec<Vec<String>> =
            held.iter().enumerate().map(|(number, is_held)| vec![format!("Seat {}", number + 1), if *is_held { "held" } else { "free" }.to_owned()]).collect();
        state(name, &charts::seats::seats(held, &told), &table(&["Seat", "Who"], &rows))
    };
    section(
        "Seats",
        &html! {
            (of("One", &[true]))
            (of("Some free", &[true, false, true, true, false]))
            (of("As many as are drawn", &[true; charts::seats::SEATS_DRAWN_MAX]))
        },
    )
}

fn chains() -> Markup {
    let gap = html! { (components::badge(Tone::Waits, "Nobody yet")) a href="#" { "Invite somebody" } };
    let link =
        |name: &str, holders: &[&str]| Link { name: name.to_owned(), holders: holders.iter().map(|holder| ("#".to_owned(), (*holder).to_owned())).collect() };
    let of = |name: &str, links: &[Link]| {
        let rows: Vec<Vec<String>> = links.iter().map(|link| vec![link.name.clone(), link.holders.len().to_string()]).collect();
        state(name, &chain::chain(links, name, &gap), &table(&["Link", "Who does it"], &rows))
    };
    section(
        "Chain",
        &html! {
            h3 { "Empty" }
            p { "No links are named yet: a sentence says so, and organisers are led to where they are set." }
            div class="halves" {
                (of("One link, nobody does it", &[link("Architect", &[])]))
                (of("Some are held, some are not", &[link("Architect", &["Arndt"]), link("Electrician", &[]), link("Roofer", &["Ott", "Dach & Fach", "Zimmermann", "Lang"])]))
                (of("Long names", &[link("Wärmedämmverbundsysteme und Fassadensanierung", &[LONG]), link("Управление строительством", &["Ян Строительные Технологии Северо-Запад"])]))
            }
        },
    )
}

fn codes() -> Markup {
    let of = |name: &str, address: &str| {
        let told = format!("QR code: leads to {address}");
        html! { div { h3 { (name) } @if let Some(code) = qr::qr(address, &told) { (code) p { a href="#" { (address) } } } @else { p class="soft" { "Too long for a code: the address stands alone." } } } }
    };
    section(
        "QR code",
        &html! {
            div class="halves" {
                (of("A short address", "https://kularing.example/b/arndt"))
                (of("A long address", &format!("https://kularing.example/b/{}", "sanitaer-und-heizungstechnik-".repeat(4))))
                (of("No code", &"x".repeat(5_000)))
            }
        },
    )
}

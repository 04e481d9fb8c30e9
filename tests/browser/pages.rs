//! Every page there is, and how one comes to it in the demo. Whoever adds a page adds a line here: a test holds this table
//! against the routes.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Who opens a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// Somebody who is not signed in.
    Nobody,
    /// The demo's partner.
    Partner,
    /// The demo's organiser.
    Organiser,
    /// A colleague of the organiser who owns nothing: he sees no way that only owners may go.
    Staff,
    /// Who organises the demo's other circle, and reads German.
    Host,
    /// The demo's operator.
    Operator,
}

/// A page: its route, who opens it, and its address; what stands in braces there is found in the demo (`gallery::Found`).
pub struct Page(pub &'static str, pub Who, pub &'static str);

use Who::{Host, Nobody, Operator, Organiser, Partner, Staff};

/// The pages.
pub const PAGES: &[Page] = &[
    Page("/", Nobody, "/"),
    Page("/", Partner, "/"),
    Page("/", Organiser, "/"),
    Page("/", Operator, "/"),
    Page("/", Staff, "/"),
    Page("/register", Nobody, "/register"),
    Page("/sign-in", Nobody, "/sign-in"),
    Page("/confirm", Nobody, "/confirm"),
    Page("/confirm/{token}", Nobody, "{confirm}"),
    Page("/password", Nobody, "/password"),
    Page("/password/{token}", Nobody, "{password}"),
    Page("/join/{token}", Nobody, "{join}"),
    Page("/invitation/{token}", Nobody, "{invitation}"),
    Page("/invitation/{token}", Partner, "{invitation}"),
    Page("/i/{token}", Nobody, "{question}"),
    Page("/i/{token}", Nobody, "{question}?a=yes&language=de"),
    Page("/i/{token}", Nobody, "{question}?language=ru"),
    Page("/i/{token}", Nobody, "{answered}"),
    Page("/i/{token}", Nobody, "/i/nothing"),
    Page("/o/{token}", Nobody, "{offer}"),
    Page("/o/{token}", Nobody, "{offer}?language=de"),
    Page("/o/{token}", Nobody, "{offer}?language=ru"),
    Page("/o/{token}", Nobody, "/o/nothing"),
    Page("/stop/{token}", Nobody, "{stop}"),
    Page("/stop/{token}", Nobody, "{stop}?language=ru"),
    Page("/reminders/{token}", Nobody, "{reminders}"),
    Page("/my-data/{token}", Nobody, "{own_data}"),
    Page("/my-data/{token}", Nobody, "{own_data}?language=de"),
    Page("/my-data/{token}", Nobody, "/my-data/nothing"),
    Page("/docs", Nobody, "/docs"),
    Page("/mailbox", Nobody, "/mailbox"),
    Page("/mailbox/{id}", Nobody, "/mailbox/{mail}"),
    Page("/styleguide", Partner, "/styleguide"),
    Page("", Nobody, "/nothing-here"),
    Page("", Partner, "/referrals/ref_0000000000001"),
    Page("/referrals", Partner, "/referrals"),
    Page("/referrals", Organiser, "/referrals?side=received"),
    Page("/referrals", Partner, "/referrals?words=nothing+like+this"),
    Page("/referrals/new", Partner, "/referrals/new"),
    Page("/referrals/{id}", Partner, "/referrals/{offered}"),
    Page("/referrals/{id}", Partner, "/referrals/{won}"),
    Page("/referrals/{id}", Organiser, "/referrals/{introduced}"),
    Page("/referrals/{id}/edit", Partner, "/referrals/{draft}/edit"),
    Page("/referrals/{id}/pass", Partner, "/referrals/{draft}/pass"),
    Page("/referrals/{id}/consent", Partner, "/referrals/{won}/consent"),
    Page("/partners", Partner, "/partners"),
    Page("/partners/{id}", Partner, "/partners/{partner}"),
    Page("/b/{slug}", Nobody, "/b/{slug}"),
    Page("/settings/business/public", Partner, "/settings/business/public"),
    Page("/circles", Partner, "/circles"),
    Page("/circles/new", Partner, "/circles/new"),
    Page("/circles/{id}", Partner, "/circles/{circle}"),
    Page("/circles/{id}", Partner, "/circles/{network}"),
    Page("/circles/{id}", Organiser, "/circles/{circle}"),
    Page("/circles", Staff, "/circles"),
    Page("/circles/{id}", Staff, "/circles/{circle}"),
    Page("/circles/{id}", Host, "/circles/{network}"),
    Page("/circles/{id}/edit", Host, "/circles/{network}/edit"),
    Page("/circles/{id}/members", Staff, "/circles/{circle}/members"),
    Page("/circles/{id}/meetings", Staff, "/circles/{circle}/meetings"),
    Page("/circles/{id}/trust/{case}", Staff, "/circles/{circle}/trust/{case}"),
    Page("/settings", Staff, "/settings"),
    Page("/settings/people", Staff, "/settings/people"),
    Page("/circles/{id}/edit", Organiser, "/circles/{circle}/edit"),
    Page("/circles/{id}/policy", Partner, "/circles/{circle}/policy"),
    Page("/circles/{id}/policy", Organiser, "/circles/{circle}/policy"),
    Page("/circles/{id}/members", Partner, "/circles/{circle}/members"),
    Page("/circles/{id}/members", Organiser, "/circles/{circle}/members"),
    Page("/circles/{id}/meetings", Partner, "/circles/{circle}/meetings"),
    Page("/circles/{id}/meetings", Organiser, "/circles/{circle}/meetings"),
    Page("/circles/{id}/meetings", Host, "/circles/{network}/meetings"),
    Page("/meetings/{id}/change", Organiser, "/meetings/{meeting}/change"),
    Page("/circles/{id}/invitations", Organiser, "/circles/{circle}/invitations"),
    Page("/circles/{id}/ledger", Organiser, "/circles/{circle}/ledger"),
    Page("/circles/{id}/breadth", Partner, "/circles/{circle}/breadth"),
    Page("/circles/{id}/figures", Organiser, "/circles/{circle}/figures"),
    Page("/circles/{id}/rings", Partner, "/circles/{circle}/rings"),
    Page("/circles/{id}/rings/settle", Organiser, "/circles/{circle}/rings/settle"),
    Page("/circles/{id}/trust", Organiser, "/circles/{circle}/trust"),
    Page("/circles/{id}/trust/{case}", Organiser, "/circles/{circle}/trust/{case}"),
    Page("/standing", Partner, "/standing"),
    Page("/settings", Partner, "/settings"),
    Page("/settings/business", Partner, "/settings/business"),
    Page("/settings/people", Partner, "/settings/people"),
    Page("/settings/notifications", Partner, "/settings/notifications"),
    Page("/settings/data", Partner, "/settings/data"),
    Page("/settings/sessions", Partner, "/settings/sessions"),
];

/// What answers a GET and is no page that one looks at here, and why.
const NO_PAGES: &[(&str, &str)] = &[
    ("/static/{file:.*}", "a file"),
    ("/healthz", "for machines"),
    ("/readyz", "for machines"),
    ("/.well-known/jwks.json", "for machines"),
    ("/events", "a stream"),
    ("/mailbox/events", "a stream"),
    ("/metrics", "for machines"),
    ("/mailbox/{id}/html", "a mail's own HTML, as other programs show it"),
    ("/b/{slug}.vcf", "a file"),
    ("/b/{slug}.svg", "a file"),
    ("/meetings/{id}.ics", "a file"),
    ("/circles/{id}/figures.csv", "a file"),
    ("/circles/{id}/measures.csv", "a file"),
    ("/circles/{id}/transfers.csv", "a file"),
    ("/circles/{id}/rings/certificate.json", "a file"),
];

/// The routes that the sources register for GET outside the API.
fn routes() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src");
    for path in sources(&root) {
        let text = std::fs::read_to_string(&path).unwrap();
        for line in text.lines().filter(|line| line.contains("get()") && !line.contains("/api/v1")) {
            let starts = line.match_indices("route(\"/").chain(line.match_indices("resource(\"/"));
            for (at, what) in starts {
                let rest = &line[at + what.len() - 1..];
                let (route, after) = rest.split_once('"').unwrap();
                let own = after.split("route(\"").next().unwrap();
                if own.contains("get()") {
                    found.insert(route.to_owned());
                }
            }
        }
    }
    found
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = entry.path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found
}

#[test]
fn the_table_knows_every_page() {
    let routes = routes();
    assert!(routes.len() > 40, "the routes are no longer written as they were: {routes:?}");
    let known: BTreeSet<String> =
        PAGES.iter().map(|page| page.0).chain(NO_PAGES.iter().map(|(route, _)| *route)).filter(|route| !route.is_empty()).map(str::to_owned).collect();
    assert_eq!(routes.difference(&known).collect::<Vec<_>>(), Vec::<&String>::new(), "the table of tests/browser/pages.rs lacks these");
    assert_eq!(known.difference(&routes).collect::<Vec<_>>(), Vec::<&String>::new(), "no route leads to these");
}

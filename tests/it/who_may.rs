//! Who may what: every route of the API × every role.
//!
//! First every refusal is asked for, so that a refusal that did something would show in those that follow; then every
//! permission. Bodies are valid, so that nothing but the caller stands in the way. A route that the table lacks fails the test.

use std::collections::BTreeSet;

use actix_web::http::Method;
use kularing::kernel::id::{CircleId, ReferralId};
use serde_json::{Value, json};

use crate::on_both_databases;
use crate::support::TestApp;
use crate::support::accounts::{TestPerson, signed_in};
use crate::support::circles::{networking, value_chain};
use crate::support::ears::Ears;
use crate::support::referrals::{introduced, passed};

/// The roles, in the order of the table's letters.
const ROLES: [&str; 7] = ["nobody", "stranger", "other circle's member", "giver", "receiver", "organiser", "operator"];

/// `METHOD path` and a letter for each role: U must sign in (401), F may not (403), N there is no such thing for him (404),
/// + only the input or the state of things can stand in the way, - is not asked (it would end what others need).
const TABLE: &[(&str, &str)] = &[
    ("DELETE /businesses/{id}/customers", "UFF+FFF"),
    ("DELETE /businesses/{id}/exclusions", "UFF+FFF"),
    ("DELETE /colleague-invitations/{id}", "UNNNNNN"),
    ("DELETE /colleagues/{id}", "UNNNNNN"),
    ("DELETE /invitations/{id}", "UNNFF+N"),
    ("DELETE /me/erasure", "U++++++"),
    ("DELETE /sessions/{id}", "UNNNNNN"),
    ("DELETE /suppressions/{id}", "UNNNNNN"),
    ("GET /balances", "U++++++"),
    ("GET /businesses", "U++++++"),
    ("GET /businesses/{id}", "U++++++"),
    ("GET /businesses/{id}/exclusions", "UFF+FFF"),
    ("GET /businesses/{id}/public-page", "UFF+FFF"),
    ("GET /circles", "U++++++"),
    ("GET /circles/{id}", "U++++++"),
    ("GET /circles/{id}/balances", "UNN+++N"),
    ("GET /circles/{id}/breadth", "UNN+++N"),
    ("GET /circles/{id}/clearing", "UNN+++N"),
    ("GET /circles/{id}/clearing/certificate", "UNNFF+N"),
    ("GET /circles/{id}/disputes", "UNNFF++"),
    ("GET /circles/{id}/figures", "UNNFF+N"),
    ("GET /circles/{id}/invitations", "UNNFF+N"),
    ("GET /circles/{id}/ledger-head", "UNN+++N"),
    ("GET /circles/{id}/links", "UNN+++N"),
    ("GET /circles/{id}/meetings", "UNN+++N"),
    ("GET /circles/{id}/members", "UNN+++N"),
    ("GET /circles/{id}/policy", "UNN+++N"),
    ("GET /circles/{id}/policy/versions", "UNN+++N"),
    ("GET /circles/{id}/referrals", "UNNFF+N"),
    ("GET /circles/{id}/seats", "UNN+++N"),
    ("GET /circles/{id}/settlements", "UNN+++N"),
    ("GET /circles/{id}/suggestions", "UNN+++N"),
    ("GET /circles/{id}/trust/cases", "UNNFF++"),
    ("GET /circles/{id}/trust/cases/{case}", "UNNFFNN"),
    ("GET /colleague-invitations", "U++++++"),
    ("GET /colleagues", "U++++++"),
    ("GET /events", "U++++++"),
    ("GET /introductions/{id}", "UNN+++N"),
    ("GET /mails", "UNN+NNN"),
    ("GET /me", "U++++++"),
    ("GET /me/erasure", "U++++++"),
    ("GET /me/export", "U++++++"),
    ("GET /me/notifications", "U++++++"),
    ("GET /meetings/{id}", "UNN+++N"),
    ("GET /referrals", "U++++++"),
    ("GET /referrals/waiting", "U++++++"),
    ("GET /referrals/{id}", "UNN+++N"),
    ("GET /referrals/{id}/consent", "UNN++NN"),
    ("GET /referrals/{id}/suggestions", "UNN+NNN"),
    ("GET /referrals/{id}/timeline", "UNN+++N"),
    ("GET /sessions", "U++++++"),
    ("GET /suppressions", "UFFFFF+"),
    ("GET /transfers", "U++++++"),
    ("PATCH /businesses/{id}", "UFF+FFF"),
    ("PATCH /circles/{id}", "UNNFF+N"),
    ("PATCH /colleagues/{id}", "UNNNNNN"),
    ("PATCH /me", "U++++++"),
    ("PATCH /meetings/{id}", "UNNFF+N"),
    ("PATCH /referrals/{id}", "UNN+++N"),
    ("POST /businesses/{id}/customers", "UFF+FFF"),
    ("POST /businesses/{id}/pause", "UFF+FFF"),
    ("POST /businesses/{id}/resume", "UFF+FFF"),
    ("POST /circles", "U++++++"),
    ("POST /circles/{id}/applications", "U++++++"),
    ("POST /circles/{id}/hand-over", "UNNFF-N"),
    ("POST /circles/{id}/invitations", "UNNFF+N"),
    ("POST /circles/{id}/leave", "UNN---N"),
    ("POST /circles/{id}/meetings", "UNNFF+N"),
    ("POST /circles/{id}/members/{member}/admit", "UNNFF+N"),
    ("POST /circles/{id}/members/{member}/refuse", "UNNFF+N"),
    // The member is the only organiser: nobody lifts his own suspension, so an operator does.
    ("POST /circles/{id}/members/{member}/reinstate", "UNNFFF+"),
    ("POST /circles/{id}/members/{member}/remove", "UNNFF-N"),
    ("POST /circles/{id}/settlements", "UNNFF+N"),
    ("POST /circles/{id}/settlements/{settlement}/undo", "UNNFFNN"),
    // The case is one that does not exist; tests/it/trust asks for those that do.
    ("POST /circles/{id}/trust/cases/{case}/decide", "UNNFFNN"),
    ("POST /colleague-invitations", "U++++++"),
    ("POST /introductions/{id}/withdraw-consent", "UNN++NN"),
    ("POST /invitations/accept", "UNNNNNN"),
    ("POST /me/erasure", "U++++++"),
    ("POST /meetings/{id}/call-off", "UNNFF+N"),
    ("POST /meetings/{id}/put-back", "UNNFF+N"),
    ("POST /password/change", "U++++++"),
    ("POST /referrals", "U++++++"),
    ("POST /referrals/duplicate-check", "UNN+++N"),
    ("POST /referrals/preview", "U++++++"),
    ("POST /referrals/{id}/accept", "UNN+++N"),
    ("POST /referrals/{id}/contact", "UNN+++N"),
    ("POST /referrals/{id}/decide-dispute", "UNN+++N"),
    ("POST /referrals/{id}/decline", "UNN+++N"),
    ("POST /referrals/{id}/dispute", "UNN+++N"),
    ("POST /referrals/{id}/lose", "UNN+++N"),
    ("POST /referrals/{id}/pass", "UNN+++N"),
    ("POST /referrals/{id}/pass-on", "UNN+++N"),
    ("POST /referrals/{id}/quote", "UNN+++N"),
    ("POST /referrals/{id}/spin-off", "UNN+++N"),
    ("POST /referrals/{id}/undo", "UNN+++N"),
    ("POST /referrals/{id}/win", "UNN+++N"),
    ("POST /referrals/{id}/withdraw", "UNN+++N"),
    ("POST /suppressions", "UFFFFF+"),
    ("PUT /businesses/{id}/exclusions", "UFF+FFF"),
    ("PUT /businesses/{id}/public-page", "UFF+FFF"),
    ("PUT /businesses/{id}/regions", "UFF+FFF"),
    ("PUT /businesses/{id}/trades", "UFF+FFF"),
    ("PUT /me/notifications", "U++++++"),
    ("PUT /circles/{id}/links", "UNNFF+N"),
    ("PUT /circles/{id}/policy", "UNNFF+N"),
    ("PUT /circles/{id}/seats", "UNNFF+N"),
];

struct World {
    app: TestApp,
    /// By role; nobody has no entry.
    people: Vec<TestPerson>,
    circle: CircleId,
    offered: ReferralId,
    introduced: ReferralId,
    introduction: String,
    invitation: String,
    meeting: String,
    member: String,
}

impl World {
    async fn new(app: TestApp) -> Self {
        let stranger = signed_in(&app, "Stella Stranger", "photographer").await;
        let other = signed_in(&app, "Otto Other", "caterer").await;
        let giver = signed_in(&app, "Anna Arch", "architect").await;
        let receiver = signed_in(&app, "Emil Engel", "electrician").await;
        let organiser = signed_in(&app, "Olga Ott", "general-contractor").await;
        let operator = signed_in(&app, "Operator", "hosting-provider").await;
        let circle = value_chain(&app, &organiser, &[(&giver, "architect"), (&receiver, "electrician")]).await;
        networking(&app, &other, &[]).await;
        let offered = passed(&app, &giver, &receiver, circle).await;
        let introduced = introduced(&app, &giver, &receiver, circle).await;
        let whole = app.get(&giver.token, &format!("/referrals/{introduced}")).await.ok();
        let introduction = find_id(&whole, "int_").unwrap_or_else(|| panic!("{whole}"));
        let invited =
            app.post(&organiser.token, &format!("/circles/{circle}/invitations"), json!({ "kind": "mail", "email": "new@invited.example" })).await.ok();
        let invitation = find_id(&invited, "inv_").unwrap_or_else(|| panic!("{invited}"));
        let planned = json!({ "starts_at": "2026-03-12T18:00:00Z", "place": "Town hall" });
        let planned = app.post(&organiser.token, &format!("/circles/{circle}/meetings"), planned).await.ok();
        let meeting = find_id(&planned, "mee_").unwrap_or_else(|| panic!("{planned}"));
        let members = app.get(&organiser.token, &format!("/circles/{circle}/members")).await.ok();
        let member = find_id(&members, "mem_").unwrap_or_else(|| panic!("{members}"));
        Self {
            app,
            people: vec![stranger, other, giver, receiver, organiser, operator],
            circle,
            offered,
            introduced,
            introduction,
            invitation,
            meeting,
            member,
        }
    }

    fn token(&self, role: usize) -> &str {
        role.checked_sub(1).map_or("", |number| &self.people[number].token)
    }

    /// The path with real ids: another referral for what begins with an introduction.
    fn path(&self, template: &str) -> String {
        let after = ["contact", "quote", "win", "lose", "dispute", "decide-dispute", "spin-off", "consent", "undo"];
        let referral = if after.iter().any(|end| template.ends_with(end)) { self.introduced } else { self.offered };
        let id = if template.starts_with("/circles/") {
            self.circle.to_string()
        } else if template.starts_with("/referrals/") {
            referral.to_string()
        } else if template.starts_with("/introductions/") {
            self.introduction.clone()
        } else if template.starts_with("/invitations/") {
            self.invitation.clone()
        } else if template.starts_with("/meetings/") {
            self.meeting.clone()
        } else if template.starts_with("/businesses/") {
            self.people[2].business.to_string()
        } else {
            // Sessions, colleagues and the like of somebody else: nobody here has it.
            "ses_0000000000001".to_owned()
        };
        let path = template.replace("{id}", &id).replace("{member}", &self.member);
        path.replace("{settlement}", "set_0000000000001").replace("{case}", "trc_0000000000001")
    }

    async fn ask(&self, role: usize, route: &str) -> (u16, String) {
        let (method, template) = route.split_once(' ').unwrap();
        if template == "/events" {
            return (self.status_of_stream(role).await, String::new());
        }
        let path = self.path(template);
        let body = if method == "GET" { Value::Null } else { self.body(method, template) };
        let query = match template {
            "/mails" => format!("?referral={}", self.offered),
            "/circles/{id}/suggestions" => "?trade=electrician&country=DE&postal_code=10115".to_owned(),
            _ => String::new(),
        };
        let reply = self.app.api(self.token(role), Method::from_bytes(method.as_bytes()).unwrap(), &format!("{path}{query}"), body).await;
        (reply.status.as_u16(), reply.body)
    }

    /// The stream of events has no end: it is not read.
    async fn status_of_stream(&self, role: usize) -> u16 {
        let mut request = actix_web::test::TestRequest::get().uri("/api/v1/events");
        if role > 0 {
            request = request.insert_header(("authorization", format!("Bearer {}", self.token(role))));
        }
        let watch = kularing::live::spawn(&self.app.state);
        let status = Ears::open(&self.app.state, request).await.status.as_u16();
        drop(watch);
        status
    }

    /// A body that the route takes.
    fn body(&self, method: &str, template: &str) -> Value {
        let receiver = self.people[3].business;
        match (method, template) {
            ("POST", "/circles") => json!({ "kind": "networking", "name": "Another", "trade": "architect" }),
            ("POST", "/circles/{id}/applications") => json!({ "trade": "architect" }),
            ("POST", "/circles/{id}/hand-over") => json!({ "business": receiver, "remain_organiser": true }),
            ("POST", "/circles/{id}/invitations") => json!({ "kind": "mail", "email": "second@invited.example" }),
            ("POST", "/circles/{id}/settlements") => json!({ "head": "0".repeat(64), "ring_length": 3 }),
            ("POST", "/circles/{id}/meetings") => json!({ "starts_at": "2026-03-26T18:00:00Z", "place": "Town hall" }),
            ("PUT", "/businesses/{id}/public-page") => json!({ "is_on": true, "is_indexed": false }),
            ("PUT", "/circles/{id}/links") => json!({ "links": ["architect", "electrician"] }),
            ("PUT", "/circles/{id}/seats") => json!({ "trades": ["architect", "electrician"] }),
            ("PUT", "/circles/{id}/policy") => json!(kularing::circles::policy::Policy::default()),
            ("POST", "/circles/{id}/trust/cases/{case}/decide") => json!({ "outcome": "talked", "note": "We talked." }),
            ("POST", "/invitations/accept") => json!({ "token": "x".repeat(43), "trade": "architect" }),
            ("POST", "/referrals") => json!({ "circle": self.circle }),
            ("POST", "/referrals/duplicate-check") => json!({ "circle": self.circle, "receiver": receiver, "email": "somebody@else.example" }),
            ("POST", "/referrals/{id}/decline") => json!({ "reason": "no_capacity" }),
            ("POST", "/referrals/{id}/lose") => json!({ "reason": "price" }),
            ("POST", "/referrals/{id}/pass-on") => json!({ "receiver": receiver }),
            ("POST", "/referrals/{id}/dispute") => json!({ "reason": "no_need", "words": "There is none." }),
            ("POST", "/referrals/{id}/decide-dispute") => json!({ "verdict": "reject", "words": "There is." }),
            ("POST", "/introductions/{id}/withdraw-consent") => json!({ "channel": "phone" }),
            ("POST", "/suppressions") => json!({ "email": "no@mail.example", "scope": "everything" }),
            ("PUT", "/businesses/{id}/trades") => json!({ "trades": ["architect"] }),
            ("PUT", "/businesses/{id}/regions") => json!({ "regions": [{ "country": "DE", "postal_code": "" }] }),
            ("PUT", "/businesses/{id}/exclusions") => json!({ "not_from": [], "not_to": [] }),
            ("POST", "/businesses/{id}/customers") => json!({ "list": "a@b.example" }),
            _ => json!({}),
        }
    }
}

fn find_id(value: &Value, prefix: &str) -> Option<String> {
    match value {
        Value::String(text) if text.starts_with(prefix) => Some(text.clone()),
        Value::Array(items) => items.iter().rev().find_map(|item| find_id(item, prefix)),
        Value::Object(fields) => fields.values().find_map(|field| find_id(field, prefix)),
        _ => None,
    }
}

fn letter(status: u16) -> char {
    match status {
        401 => 'U',
        403 => 'F',
        404 => 'N',
        500.. => '!',
        _ => '+',
    }
}

/// Every route that the API describes and that needs somebody.
fn described() -> BTreeSet<String> {
    let document = kularing::app::api_document();
    let paths = document.value()["paths"].as_object().unwrap();
    let mut routes = BTreeSet::new();
    for (path, methods) in paths {
        for (method, operation) in methods.as_object().unwrap() {
            let open = operation["security"].as_array().is_some_and(|schemes| schemes.is_empty() || schemes.contains(&json!({})));
            if operation.get("responses").is_some() && !open {
                routes.insert(format!("{} {}", method.to_uppercase(), path.trim_start_matches("/api/v1")));
            }
        }
    }
    routes
}

#[test]
fn the_table_knows_every_route() {
    let known: BTreeSet<String> = TABLE.iter().map(|(route, _)| (*route).to_owned()).collect();
    let described = described();
    assert_eq!(described.difference(&known).collect::<Vec<_>>(), Vec::<&String>::new(), "the table lacks these");
    assert_eq!(known.difference(&described).collect::<Vec<_>>(), Vec::<&String>::new(), "these are not described");
}

on_both_databases! {
    async fn the_table_holds(app) {
        let world = World::new(app).await;
        let mut wrong = Vec::new();
        for wanted_refusals in [true, false] {
            for (route, letters) in TABLE {
                for (role, wanted) in letters.chars().enumerate() {
                    if wanted == '-' || (wanted != '+') != wanted_refusals { continue; }
                    let (status, body) = world.ask(role, route).await;
                    if letter(status) != wanted {
                        wrong.push(format!("{route} as {}: wanted {wanted}, got {status} {body}", ROLES[role]));
                    }
                }
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}

/// Prints what the routes answer now: the beginning of a new table, to be read line by line before it is believed.
#[actix_web::test]
#[ignore = "prints, proves nothing"]
async fn print_the_table() {
    let world = World::new(TestApp::start(crate::support::Backend::Sqlite)).await;
    for route in described() {
        let mut letters = String::new();
        for role in 0..ROLES.len() {
            letters.push(letter(world.ask(role, &route).await.0));
        }
        println!("    (\"{route}\", \"{letters}\"),");
    }
}

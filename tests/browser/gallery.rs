//! Every page of the demo is looked at: light and dark, on a phone and on a desk, with axe-core, and weighed.

use std::collections::HashMap;

use diesel::prelude::*;
use diesel::sql_types::BigInt;
use kularing::capabilities::{Capability, Purpose};
use kularing::db::schema::{capability, introduction, offer};
use kularing::demo::cast::{HOST, OPERATOR, ORGANISER, PARTNER, PASSWORD};
use kularing::introductions::model::IntroductionState;
use kularing::kernel::Language;
use kularing::kernel::clock::{Clock, SystemClock};
use kularing::kernel::id::{BusinessId, CircleId, Identifier, MailId, MeetingId, ReferralId, TrustCaseId};
use kularing::referrals::model::OfferState;
use serde_json::{Value, json};

use crate::harness::{self, Browser, Server, Setting};
use crate::pages::{PAGES, Page, Who};
use crate::states;

/// What a page and everything it loads may weigh as it is sent.
const WEIGHT_MAX: u64 = 100_000;

/// Pages that are in the language of what they are about, unless their address names another.
const SPEAK_FOR_THEMSELVES: &[&str] = &["/i/{token}", "/o/{token}", "/stop/{token}", "/reminders/{token}", "/my-data/{token}"];

/// What stands for the names in braces of the table's addresses.
pub type Found = HashMap<&'static str, String>;

#[derive(QueryableByName)]
struct Id {
    #[diesel(sql_type = BigInt)]
    id: i64,
}

fn one<I: Identifier>(connection: &mut SqliteConnection, query: &str) -> String {
    let found: Id = diesel::sql_query(query).get_result(connection).unwrap_or_else(|error| panic!("{query}: {error}"));
    I::from_raw(found.id).to_string()
}

/// Ids that the demo made, by what they are for.
fn ids(server: &Server) -> Found {
    let connection = &mut server.database();
    let circle = |name: &str| format!("SELECT id FROM circle WHERE name = '{name}'");
    let business = |email: &str| format!("(SELECT business_id FROM person WHERE email_normalised = '{email}')");
    // What the partner can see of each kind; the numbers are the states of `ReferralState`.
    let referral = |state: u8, of: &str| {
        let of = business(of);
        format!("SELECT id FROM referral WHERE state = {state} AND (giver_business_id = {of} OR receiver_business_id = {of}) ORDER BY id DESC LIMIT 1")
    };
    HashMap::from([
        ("circle", one::<CircleId>(connection, &circle("Haus bauen in Leipzig"))),
        ("network", one::<CircleId>(connection, &circle("Leipziger Runde"))),
        (
            "meeting",
            one::<MeetingId>(connection, &format!("SELECT id FROM meeting WHERE circle_id = ({}) ORDER BY id DESC LIMIT 1", circle("Haus bauen in Leipzig"))),
        ),
        ("partner", one::<BusinessId>(connection, "SELECT id FROM business WHERE name = 'Elektro Engel'")),
        ("offered", one::<ReferralId>(connection, &referral(2, PARTNER))),
        ("won", one::<ReferralId>(connection, &referral(7, PARTNER))),
        ("introduced", one::<ReferralId>(connection, &referral(7, ORGANISER))),
        // Received by the partner, introduced and not won.
        (
            "disputable",
            one::<ReferralId>(
                connection,
                &format!("SELECT id FROM referral WHERE state IN (4, 5, 6, 8) AND receiver_business_id = {} LIMIT 1", business(PARTNER)),
            ),
        ),
        // The daily look found the three who make up leads; it is the only case, and open.
        ("case", one::<TrustCaseId>(connection, "SELECT id FROM trust_case WHERE state = 1")),
        ("mail", one::<MailId>(connection, "SELECT mail_id AS id FROM mailbox_message ORDER BY mail_id DESC LIMIT 1")),
    ])
}

/// The newest link of a purpose that still works; of one subject, if it is given.
fn link(server: &Server, purpose: Purpose, subject: Option<i64>) -> String {
    let now = SystemClock.now();
    let works = capability::used_at.is_null().and(capability::expires_at.is_null().or(capability::expires_at.gt(now)).assume_not_null());
    let mut query =
        capability::table.filter(capability::purpose.eq(purpose)).filter(works).order(capability::id.desc()).select(Capability::as_select()).into_boxed();
    if let Some(subject) = subject {
        query = query.filter(capability::subject_id.eq(subject));
    }
    let found = query.first(&mut server.database()).unwrap_or_else(|error| panic!("no link for {purpose}: {error}"));
    found.link_path(&server.secret())
}

/// The links that mails carry.
fn links(server: &Server) -> Found {
    let connection = &mut server.database();
    let introduced = |connection: &mut SqliteConnection, state: IntroductionState| -> i64 {
        let ids = introduction::table.filter(introduction::state.eq(state)).order(introduction::id.desc()).select(introduction::id);
        ids.first::<kularing::kernel::id::IntroductionId>(connection).unwrap().raw()
    };
    let asked = introduced(connection, IntroductionState::Awaiting);
    let made = introduced(connection, IntroductionState::Made);
    let open = offer::table.filter(offer::state.eq(OfferState::Open)).order(offer::id.desc()).select(offer::id);
    let open = open.first::<kularing::kernel::id::OfferId>(connection).unwrap().raw();
    HashMap::from([
        ("confirm", link(server, Purpose::ConfirmAddress, None)),
        ("password", link(server, Purpose::ResetPassword, None)),
        ("join", link(server, Purpose::JoinBusiness, None)),
        ("invitation", link(server, Purpose::JoinCircle, None)),
        ("question", link(server, Purpose::AnswerIntroduction, Some(asked))),
        ("answered", link(server, Purpose::AnswerIntroduction, Some(made))),
        ("offer", link(server, Purpose::AnswerOffer, Some(open))),
        ("stop", link(server, Purpose::StopMails, None)),
        ("reminders", link(server, Purpose::StopReminders, None)),
        ("own_data", link(server, Purpose::OwnData, None)),
    ])
}

/// A demo in which every page of the table can be opened, and what its addresses need.
pub async fn prepared(server: &Server, browser: &Browser) -> Found {
    let mut found = ids(server);
    prepare(browser, &mut found).await;
    found.extend(links(server));
    found
}

/// Does what makes the mails that a demo has not kept: a new account, a forgotten password, invitations; and begins a draft.
async fn prepare(browser: &Browser, found: &mut Found) {
    let new = harness::Registration { name: "Nina Neu", email: "nina@neu.example", business: "Neu & Co", trade: "photographer" };
    browser.register(&new).await;
    browser.goto("/password").await;
    browser.fill("email", ORGANISER).await;
    browser.submit("/password").await;
    browser.sign_in_with(ORGANISER, PASSWORD).await;
    remove_a_colleague(browser).await;
    add_a_colleague(browser, STAFF, "Stefan Staff").await;
    browser.sign_in_with(ORGANISER, PASSWORD).await;
    browser.goto("/settings/people").await;
    browser.fill("email", "kai@ott-projekte.example").await;
    browser.submit("/settings/people/invitations").await;
    browser.goto(&format!("/circles/{}/invitations", found["circle"])).await;
    browser.fill("email", "gast@gast.example").await;
    browser.click("form:has([name='email']) button").await;
    browser.sign_out().await;
    browser.sign_in_with(PARTNER, PASSWORD).await;
    let draft = json!({
        "circle": found["circle"], "receiver": found["partner"], "trade": "electrician", "need": "Die Elektrik eines Altbaus wird erneuert.",
        "prospect": { "name": "Frieda Fischer", "email": "frieda@fischer.example", "language": "de" }, "consent_path": "share",
    });
    let draft = browser.post_json("/api/v1/referrals", &draft).await;
    found.insert("draft", draft["id"].as_str().unwrap_or_else(|| panic!("{draft}")).to_owned());
    browser.goto("/settings/business/public").await;
    browser.click_here("[name='is_on']").await;
    browser.submit("/settings/business/public").await;
    let shown = browser.find("#public-link").await.attr("href").await.unwrap().unwrap();
    found.insert("slug", shown.trim_start_matches("/b/").to_owned());
    browser.sign_out().await;
}

/// A colleague joins. Begins signed in as the organiser, ends signed in as nobody.
async fn add_a_colleague(browser: &Browser, email: &str, name: &str) {
    browser.goto("/settings/people").await;
    browser.fill("email", email).await;
    browser.submit("/settings/people/invitations").await;
    browser.sign_out().await;
    let join = browser.link_in_mail(email, "/join/").await;
    browser.goto(&join).await;
    browser.fill("name", name).await;
    browser.fill("password", harness::PASSWORD).await;
    browser.click("main form button").await;
    browser.sign_out().await;
}

/// A colleague joins and is removed, and asks what is kept about him. Begins and ends signed in as the organiser.
async fn remove_a_colleague(browser: &Browser) {
    let left = "weg@ott-projekte.example";
    add_a_colleague(browser, left, "Willi Weg").await;
    browser.sign_in_with(ORGANISER, PASSWORD).await;
    browser.goto("/settings/people").await;
    browser.click("main li.card:last-child form[action$='/remove'] button").await;
    browser.sign_out().await;
    browser.goto("/password").await;
    browser.fill("email", left).await;
    browser.submit("/password").await;
    browser.link_in_mail(left, "/my-data/").await;
    browser.sign_in_with(ORGANISER, PASSWORD).await;
}

#[tokio::test]
async fn every_page_is_whole_readable_and_light() {
    let Some(driver) = harness::driver() else { return };
    let server = tokio::task::spawn_blocking(Server::demo).await.unwrap();
    let setting = Setting::default();
    let (first, second) = tokio::join!(Browser::start(&driver, &server.base_url, &setting), Browser::start(&driver, &server.base_url, &setting));
    let found = prepared(&server, &first).await;
    let mut wrong = Vec::new();
    for language in [None, Some(Language::De), Some(Language::Ru)] {
        if let Some(language) = language {
            server.everybody_reads(language);
        }
        let others = [Who::Nobody, Who::Organiser, Who::Staff, Who::Host, Who::Operator];
        let (one, more) = tokio::join!(visit(&first, &[Who::Partner], &found, language), visit(&second, &others, &found, language));
        wrong.extend(one.into_iter().chain(more));
    }
    wrong.extend(states::look(&first, &found).await);
    assert!(wrong.is_empty(), "{} things are wrong:\n{}", wrong.len(), wrong.join("\n"));
}

/// Looks at every page of these roles: as they are, thoroughly; in another language, whose words are longer, at their shape.
async fn visit(browser: &Browser, roles: &[Who], found: &Found, language: Option<Language>) -> Vec<String> {
    if let Some(language) = language {
        browser.prefers(language).await;
    }
    let only = std::env::var("KULARING_TEST_PAGES").unwrap_or_default();
    let mut wrong = Vec::new();
    for who in roles {
        browser.sign_out().await;
        if let Some(email) = email(*who) {
            browser.sign_in_with(email, password(*who)).await;
        }
        for page in PAGES.iter().filter(|page| page.1 == *who && page.2.contains(&only)) {
            if let Some(language) = language {
                wrong.extend(shape_in(browser, page, found, language).await);
                continue;
            }
            browser.goto(&address(page, found)).await;
            let weight = browser.weight().await;
            if weight > WEIGHT_MAX {
                wrong.push(format!("{}: weighs {weight} bytes", page.2));
            }
            wrong.extend(browser.look_at(&name(page)).await);
        }
    }
    wrong
}

/// What is wrong with the shape of a page in a language. Some pages are in one language for everybody, or say theirs themselves.
async fn shape_in(browser: &Browser, page: &Page, found: &Found, language: Language) -> Vec<String> {
    let mut address = address(page, found);
    if address.contains("language=") {
        return Vec::new();
    }
    if SPEAK_FOR_THEMSELVES.contains(&page.0) {
        address.push_str(&format!("?language={language}"));
    }
    browser.goto(&address).await;
    let name = format!("{} in {language}", name(page));
    let shown = browser.find("html").await.attr("lang").await.unwrap();
    let mut wrong = browser.shape(&name).await;
    if shown.as_deref() != Some(language.as_str()) && page.0 != "/styleguide" {
        wrong.push(format!("{name}: it is in {shown:?}"));
    }
    wrong
}

/// The colleague whom the organiser lets join.
const STAFF: &str = "stefan@ott-projekte.example";

pub const fn password(who: Who) -> &'static str {
    match who {
        Who::Staff => harness::PASSWORD,
        _ => PASSWORD,
    }
}

pub const fn email(who: Who) -> Option<&'static str> {
    match who {
        Who::Nobody => None,
        Who::Partner => Some(PARTNER),
        Who::Organiser => Some(ORGANISER),
        Who::Staff => Some(STAFF),
        Who::Host => Some(HOST),
        Who::Operator => Some(OPERATOR),
    }
}

pub fn address(page: &Page, found: &Found) -> String {
    found.iter().fold(page.2.to_owned(), |address, (name, value)| address.replace(&format!("{{{name}}}"), value))
}

/// The picture's name: whose page, and which.
fn name(page: &Page) -> String {
    let words: Vec<&str> = page.2.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let words = if words.is_empty() { vec!["home"] } else { words };
    format!("{}-{}", format!("{:?}", page.1).to_lowercase(), words.join("-"))
}

impl Browser {
    /// Sends JSON as the person who is signed in, as a script of the page would.
    async fn post_json(&self, path: &str, body: &Value) -> Value {
        let script = "
            const [path, body, done] = arguments;
            const headers = { 'content-type': 'application/json', 'x-csrf-token': document.querySelector('[name=csrf]').value };
            fetch(path, { method: 'POST', headers, body }).then((answer) => answer.json()).then(done, (error) => done(String(error)));";
        self.client.execute_async(script, vec![path.into(), body.to_string().into()]).await.unwrap()
    }
}

//! People who are registered, confirmed and signed in.

use std::sync::LazyLock;
use std::time::Duration;

use kularing::accounts::acts::sign_in;
use kularing::accounts::commands;
use kularing::accounts::commands::colleagues::NewColleague;
use kularing::accounts::commands::sessions::OpenedSession;
use kularing::accounts::model::{Registered, SessionKind, TimeZone};
use kularing::accounts::password::{Password, PasswordHash};
use kularing::accounts::registration::Registration;
use kularing::accounts::views;
use kularing::businesses::model::{NewBusiness, Regions, Trades};
use kularing::kernel::actor::PersonRole;
use kularing::kernel::id::{BusinessId, PersonId};
use kularing::kernel::random::SeededRandom;
use kularing::kernel::region::Region;
use kularing::kernel::secret::token_hash;
use kularing::kernel::text::{Line, Name};
use kularing::kernel::{EmailAddress, Language, Principal};
use kularing::outbox::MailKind;

use super::TestApp;

/// Everybody's password.
pub const PASSWORD: &str = "correct horse battery";

/// Somebody who is signed in, both in a browser and as a program.
#[derive(Debug, Clone)]
pub struct TestPerson {
    /// An access token that outlives every test.
    pub token: String,
    /// The value of the browser's session cookie.
    pub cookie: String,
    /// The token of the browser's forms.
    pub csrf: String,
    pub person: PersonId,
    pub business: BusinessId,
    pub name: String,
    pub email: String,
    pub business_name: String,
    pub role: PersonRole,
    pub is_operator: bool,
}

impl TestPerson {
    /// As commands see him.
    pub fn principal(&self) -> Principal {
        Principal { person: self.person, business: Some(self.business), role: self.role, is_operator: self.is_operator }
    }
}

/// One hash for everybody: hashing is meant to be slow.
pub fn password_hash() -> PasswordHash {
    static HASH: LazyLock<PasswordHash> = LazyLock::new(|| PasswordHash::of(&Password::shown(PASSWORD), &SeededRandom::new(1)).unwrap());
    HASH.clone()
}

/// "Anna Arch" has the address anna.arch@kularing.example. Names must differ within a test.
pub fn address_of(name: &str) -> String {
    format!("{}@kularing.example", name.to_lowercase().replace(' ', "."))
}

pub fn registration(name: &str, trade: &str) -> Registration {
    Registration {
        business: NewBusiness {
            name: Name::parse(&format!("{name} Ltd")).unwrap(),
            place: Region::parse("DE", "10115").unwrap(),
            city: Line::parse("Berlin").unwrap(),
            trades: Trades::parse(&[trade]).unwrap(),
            regions: Regions::of(vec![Region::parse("DE", "10").unwrap()]).unwrap(),
        },
        name: Name::parse(name).unwrap(),
        email: EmailAddress::parse(&address_of(name)).unwrap(),
        password: password_hash(),
        language: Language::En,
        time_zone: TimeZone::parse("Europe/Berlin").unwrap(),
    }
}

/// Registers a business of one person without confirming the address.
pub async fn registered(app: &TestApp, name: &str, trade: &str) -> Registered {
    let registration = registration(name, trade);
    app.state.db.write(move |tx| commands::register(tx, registration)).await.unwrap()
}

/// Opens a session without the slow password.
pub async fn open_session(app: &TestApp, person: PersonId, kind: SessionKind) -> OpenedSession {
    app.state.db.write(move |tx| commands::sessions::open(tx, person, kind, "test")).await.unwrap()
}

/// Registers a business of one person, confirms the address and signs in. The business is called "<name> Ltd", sits in 10115
/// Berlin and works where postal codes begin with 10. For "Operator" as the name: runs the installation.
pub async fn signed_in(app: &TestApp, name: &str, trade: &str) -> TestPerson {
    let Registered { person, .. } = registered(app, name, trade).await;
    app.state.db.write(move |tx| commands::confirm_address(tx, person)).await.unwrap();
    signed_in_as(app, person, name).await
}

/// Invites a colleague of an owner by mail, lets him join and signs him in.
pub async fn colleague_of(app: &TestApp, owner: &TestPerson, name: &str, role: PersonRole) -> TestPerson {
    let (principal, email) = (owner.principal(), EmailAddress::parse(&address_of(name)).unwrap());
    app.state.db.write(move |tx| commands::colleagues::invite(tx, &principal, &email, role)).await.unwrap();
    app.run_due().await;
    let token = app.mail_of(&address_of(name), MailKind::ColleagueInvitation).await.token("/join/");
    let time_zone = TimeZone::parse("Europe/Berlin").unwrap();
    let colleague = NewColleague { name: Name::parse(name).unwrap(), password: password_hash(), language: Language::En, time_zone };
    let person = app.state.db.write(move |tx| commands::colleagues::join(tx, &token, colleague)).await.unwrap();
    signed_in_as(app, person, name).await
}

/// Signs in somebody who has confirmed his address.
pub async fn signed_in_as(app: &TestApp, person: PersonId, name: &str) -> TestPerson {
    let program = open_session(app, person, SessionKind::Api).await;
    let browser = open_session(app, person, SessionKind::Browser).await;
    let token = sign_in::access_token(&app.state, &program, Duration::from_secs(10 * 365 * 86_400)).await.unwrap();
    let csrf = app.state.secret().keyed_hash("csrf", &token_hash(&browser.token)).as_str().to_owned();
    let email = address_of(name);
    let card = app.state.db.read(move |connection| views::person(connection, person)).await.unwrap();
    let is_operator = email == "operator@kularing.example";
    let business = card.business.unwrap();
    let business_name = format!("{name} Ltd");
    TestPerson { token, cookie: browser.token, csrf, person, business, name: name.to_owned(), email, business_name, role: card.role, is_operator }
}

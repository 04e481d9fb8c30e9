//! Circles with members.

use kularing::businesses::trade::TradeCode;
use kularing::circles::commands;
use kularing::circles::model::{CircleKind, CircleValues, Links, NewCircle};
use kularing::circles::policy::{ConsentPath, Policy};
use kularing::circles::views;
use kularing::kernel::Language;
use kularing::kernel::id::CircleId;
use kularing::kernel::text::Name;

use super::TestApp;
use super::accounts::TestPerson;

/// The trade with this code.
#[track_caller]
pub fn trade(code: &str) -> TradeCode {
    TradeCode::parse(code).unwrap_or_else(|| panic!("{code} is no trade"))
}

/// A value chain whose links are the trades of the organiser and of the members, in this order; all of them are active. The
/// organiser may stand among the members to join with another of his trades. All three ways to the prospect are allowed when
/// the installation allows "ask", otherwise the usual two.
pub async fn value_chain(app: &TestApp, organiser: &TestPerson, members: &[(&TestPerson, &str)]) -> CircleId {
    circle(app, CircleKind::ValueChain, organiser, members).await
}

/// A networking circle; every member has the seat of the named trade.
pub async fn networking(app: &TestApp, organiser: &TestPerson, members: &[(&TestPerson, &str)]) -> CircleId {
    circle(app, CircleKind::Networking, organiser, members).await
}

async fn circle(app: &TestApp, kind: CircleKind, organiser: &TestPerson, members: &[(&TestPerson, &str)]) -> CircleId {
    let founder = organiser.principal();
    let business = organiser.business;
    let own = match members.iter().find(|(person, _)| person.business == business) {
        Some((_, code)) => trade(code),
        None => {
            let card = app.state.db.read(move |conn| kularing::businesses::views::card(conn, business)).await.unwrap();
            card.trades[0]
        }
    };
    let mut chain = vec![own];
    for (_, code) in members {
        if !chain.contains(&trade(code)) {
            chain.push(trade(code));
        }
    }
    let links = if kind == CircleKind::ValueChain { Links::of(chain).unwrap() } else { Links::default() };
    let values = CircleValues {
        name: Name::parse("Test Circle").unwrap(),
        description: "For tests.".to_owned(),
        language: Language::En,
        time_zone: "Europe/Berlin".to_owned(),
        open_to_applications: true,
    };
    let ask_allowed = app.state.config.introductions.ask_allowed;
    let mut policy = Policy::default();
    if ask_allowed {
        policy.consent_paths.push(ConsentPath::Ask);
    }
    let new = NewCircle { kind, values, trade: own, links, policy };
    let id = app.state.db.write(move |tx| commands::create(tx, &founder, new, ask_allowed)).await.unwrap();
    for (person, code) in members.iter().filter(|(person, _)| person.business != business) {
        join(app, id, organiser, person, code).await;
    }
    id
}

/// Lets somebody apply and be admitted.
pub async fn join(app: &TestApp, id: CircleId, organiser: &TestPerson, person: &TestPerson, code: &str) {
    let (founder, applicant, wanted) = (organiser.principal(), person.principal(), trade(code));
    let outcome = app.state.db.write(move |tx| {
        commands::apply(tx, &applicant, id, wanted, None)?;
        let member = views::membership(tx, id, applicant.business()?)?.expect("just applied").member;
        commands::admit(tx, &founder, id, member)
    });
    assert_eq!(outcome.await.unwrap(), kularing::circles::model::MemberState::Active);
}

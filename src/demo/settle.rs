//! Everybody registers, and the two circles are founded.

use super::Stage;
use super::cast::{CHAIN, HOST, LINKS, Member, NETWORK, OPERATOR, ORGANISER, PARTNER, PASSWORD, SEATS_OPEN};
use crate::accounts::commands as accounts;
use crate::accounts::model::TimeZone;
use crate::accounts::password::{Password, PasswordHash};
use crate::accounts::registration::Registration;
use crate::businesses::commands as businesses;
use crate::businesses::model::{NewBusiness, ProfileInput, Regions, Trades};
use crate::businesses::trade::TradeCode;
use crate::circles::commands as circles;
use crate::circles::model::{CircleKind, CircleValues, Links, NewCircle, SeatTrades};
use crate::circles::policy::Policy;
use crate::circles::views;
use crate::kernel::actor::PersonRole;
use crate::kernel::id::CircleId;
use crate::kernel::region::Region;
use crate::kernel::text::{Line, Name};
use crate::kernel::{Answer, EmailAddress, Failure, Language, Principal};

/// Somebody of the cast who has registered.
#[derive(Clone, Copy)]
pub struct Player {
    /// Who he is for commands.
    pub principal: Principal,
    /// His part.
    pub part: &'static Member,
}

/// Everybody, in the order of the cast.
pub struct People {
    /// The value chain.
    pub chain: Vec<Player>,
    /// The networking circle.
    pub network: Vec<Player>,
}

/// The two circles.
pub struct Circles {
    /// Building houses.
    pub chain: CircleId,
    /// Meeting on Thursdays.
    pub network: CircleId,
}

/// The operator's business: he runs the demo and is in no circle.
static OPERATORS: Member = Member {
    person: "Oskar Operator",
    mailbox: "operator",
    business: "Kularing vor Ort",
    domain: "kularing.example",
    trade: "hosting-provider",
    city: "Leipzig",
    postal_code: "04109",
    language: Language::En,
    ideal_referral: "None: I only run this.",
};

/// Registers everybody and confirms the addresses.
pub async fn everybody(stage: &Stage) -> Answer<People> {
    let known = CHAIN.iter().chain(&NETWORK).map(Member::email).collect::<Vec<_>>();
    if !known.iter().any(|email| email == PARTNER)
        || !known.iter().any(|email| email == HOST)
        || !known.iter().any(|email| email == ORGANISER)
        || OPERATORS.email() != OPERATOR
    {
        return Err(Failure::internal("the demo's logins are not in its cast"));
    }
    let password = Password::choose(PASSWORD, &[]).map_err(|problem| problem.of("password"))?;
    let hash = PasswordHash::of(&password, stage.state.random())?;
    let mut people = People { chain: Vec::new(), network: Vec::new() };
    for part in &CHAIN {
        people.chain.push(register(stage, part, &hash).await?);
    }
    for part in &NETWORK {
        people.network.push(register(stage, part, &hash).await?);
    }
    register(stage, &OPERATORS, &hash).await?;
    Ok(people)
}

/// Registers, lets the mail go out that confirms the address, and confirms it.
async fn register(stage: &Stage, part: &'static Member, hash: &PasswordHash) -> Answer<Player> {
    let registration = registration(part, hash)?;
    let profile = ProfileInput { ideal_referral: Some(part.ideal_referral.to_owned()), open_referrals_max: Some(200), ..ProfileInput::default() };
    let registered = stage.state.db.write(move |tx| accounts::register(tx, registration)).await?;
    stage.run_due().await?;
    stage
        .state
        .db
        .write(move |tx| {
            accounts::confirm_address(tx, registered.person)?;
            let principal = Principal { person: registered.person, business: Some(registered.business), role: PersonRole::Owner, is_operator: false };
            businesses::edit_profile(tx, &principal, registered.business, |_| Ok(()), &profile)?;
            Ok(Player { principal, part })
        })
        .await
}

fn registration(part: &Member, hash: &PasswordHash) -> Answer<Registration> {
    let field = |name: &'static str| move |problem: crate::kernel::failure::FieldProblem| problem.of(name);
    let germany = Region::parse("DE", "").map_err(field("regions"))?;
    // Peter Plan also takes photographs: he waits for a seat that Felix holds.
    let trades: &[&str] = if part.mailbox == "peter" { &["architect", "photographer"] } else { &[part.trade] };
    Ok(Registration {
        business: NewBusiness {
            name: Name::parse(part.business).map_err(field("business_name"))?,
            place: Region::parse("DE", part.postal_code).map_err(field("postal_code"))?,
            city: Line::parse(part.city).map_err(field("city"))?,
            trades: Trades::parse(trades).map_err(field("trades"))?,
            regions: Regions::of(vec![germany]).map_err(field("regions"))?,
        },
        name: Name::parse(part.person).map_err(field("name"))?,
        email: EmailAddress::parse(&part.email()).map_err(field("email"))?,
        password: hash.clone(),
        language: part.language,
        time_zone: TimeZone::usual(),
    })
}

/// Founds the circles and brings everybody in.
pub async fn circles(stage: &Stage, people: &People) -> Answer<Circles> {
    let chain = NewCircle {
        kind: CircleKind::ValueChain,
        values: values("Haus bauen in Leipzig", "Vom Entwurf bis zur Küche: wer ein Haus baut, braucht uns der Reihe nach.")?,
        trade: code("general-contractor")?,
        links: Links::parse(&LINKS).map_err(|problem| problem.of("links"))?,
        policy: Policy::default(),
    };
    let network = NewCircle {
        kind: CircleKind::Networking,
        values: values("Leipziger Runde", "Vierundzwanzig Gewerke und drei freie Plätze, jeden zweiten Donnerstag um sieben.")?,
        trade: code("estate-agent")?,
        links: Links::of(Vec::new()).map_err(|problem| problem.of("links"))?,
        policy: Policy::default(),
    };
    let (organiser, founder) = (player(&people.chain, 1)?, player(&people.network, 0)?);
    let circles = Circles { chain: found(stage, organiser, chain).await?, network: found(stage, founder, network).await? };
    for member in people.chain.iter().filter(|member| member.part.mailbox != organiser.part.mailbox) {
        join(stage, circles.chain, organiser, *member, member.part.trade).await?;
    }
    for member in people.network.iter().skip(1) {
        join(stage, circles.network, founder, *member, member.part.trade).await?;
    }
    name_seats(stage, circles.network, founder).await?;
    Ok(circles)
}

/// The founder names the seats of his circle: those that are taken, and those that it looks for somebody to take.
async fn name_seats(stage: &Stage, circle: CircleId, founder: Player) -> Answer<()> {
    let trades: Vec<&str> = NETWORK.iter().map(|member| member.trade).chain(SEATS_OPEN).collect();
    let seats = SeatTrades::parse(&trades).map_err(|problem| problem.of("seats"))?;
    stage.state.db.write(move |tx| circles::set_seats(tx, &founder.principal, circle, |_| Ok(()), &seats)).await
}

/// The player with this number.
pub fn player(players: &[Player], number: usize) -> Answer<Player> {
    players.get(number).copied().ok_or_else(|| Failure::internal(format!("the cast has no number {number}")))
}

fn values(name: &str, description: &str) -> Answer<CircleValues> {
    Ok(CircleValues {
        name: Name::parse(name).map_err(|problem| problem.of("name"))?,
        description: description.to_owned(),
        language: Language::De,
        time_zone: "Europe/Berlin".to_owned(),
        open_to_applications: true,
    })
}

/// A trade of the cast.
pub fn code(trade: &str) -> Answer<TradeCode> {
    TradeCode::parse(trade).ok_or_else(|| Failure::internal(format!("the cast has a trade that does not exist: {trade}")))
}

async fn found(stage: &Stage, founder: Player, new: NewCircle) -> Answer<CircleId> {
    stage.state.db.write(move |tx| circles::create(tx, &founder.principal, new, false)).await
}

/// A business applies with a trade; it is not admitted yet.
pub async fn apply(stage: &Stage, circle: CircleId, applicant: Player, trade: &str) -> Answer<()> {
    let trade = code(trade)?;
    stage.state.db.write(move |tx| circles::apply(tx, &applicant.principal, circle, trade, None).map(drop)).await
}

async fn join(stage: &Stage, circle: CircleId, organiser: Player, applicant: Player, trade: &str) -> Answer<()> {
    apply(stage, circle, applicant, trade).await?;
    admit(stage, circle, organiser, applicant).await
}

/// The organiser admits an applicant, if the seat is free.
async fn admit(stage: &Stage, circle: CircleId, organiser: Player, applicant: Player) -> Answer<()> {
    let business = applicant.principal.business()?;
    stage
        .state
        .db
        .write(move |tx| {
            let membership = views::membership(tx, circle, business)?.ok_or(Failure::NotFound("application"))?;
            circles::admit(tx, &organiser.principal, circle, membership.member).map(drop)
        })
        .await
}

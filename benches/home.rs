//! How long the server works for home, against the same as JSON: the page shall stay within three times the JSON at the 99th
//! percentile. `cargo bench --bench home [-- ROUNDS]`
//!
//! The demo's history is played into an SQLite file first; then its partner asks, in this process and without a network, by turns
//! for the page and for all that stands on it at the API, one request after another. The clock on the wall is read, so let the
//! machine rest meanwhile.

#![allow(missing_docs, clippy::unwrap_used, reason = "a benchmark")]

use std::sync::Arc;
use std::time::{Duration, Instant};

use actix_web::body::MessageBody;
use actix_web::dev::{Service, ServiceResponse};
use actix_web::test;
use diesel::prelude::*;
use kularing::accounts::acts::sign_in;
use kularing::accounts::commands::sessions;
use kularing::accounts::model::SessionKind;
use kularing::app::{self, Parts};
use kularing::config::{Config, MailTransport};
use kularing::db::schema::{member, person};
use kularing::db::{Location, migrations};
use kularing::demo::{self, cast};
use kularing::http::State;
use kularing::kernel::clock::{Clock, SystemClock};
use kularing::kernel::id::{BusinessId, CircleId, PersonId};
use kularing::kernel::random::SystemRandom;
use kularing::kernel::{Answer, Secret};

const ROUNDS: usize = 2_000;
/// What is not counted: the first requests fill caches.
const WARM_UP: usize = 100;
const TIMES_AT_MOST: f64 = 3.0;

#[actix_web::main]
async fn main() {
    let rounds = std::env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(ROUNDS);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("kularing.db");
    migrations::run(&Location::Sqlite(path.clone())).unwrap();
    let mut config = Config::defaults().unwrap();
    config.database.url = format!("sqlite:{}", path.display()).into();
    config.mail.transport = MailTransport::Mailbox;
    config.operators.emails = vec![cast::OPERATOR.to_owned()];
    let secret = || Secret::new(&[42; 32]).unwrap();
    demo::fill(config.clone(), secret(), SystemClock.now(), &mut |_| {}).await.unwrap();
    let state = app::build(config, Parts { clock: Arc::new(SystemClock), random: Arc::new(SystemRandom::default()), secret: secret() }).unwrap();
    let partner = partner(&state).await.unwrap();
    let service = test::init_service(app::application(&state)).await;
    let (mut page, mut json, mut slowest) = (Vec::new(), Vec::new(), Vec::new());
    for round in 0..rounds + WARM_UP {
        let (home, bytes) = took(&service, &partner, &["/".to_owned()]).await;
        let (same, json_bytes) = took(&service, &partner, &partner.addresses).await;
        let (home, one) = (home.iter().sum(), same.iter().copied().fold(0.0, f64::max));
        if round == WARM_UP {
            println!("home: {bytes} bytes, one request; the same as JSON: {json_bytes} bytes, {} requests\n", partner.addresses.len());
        }
        if round >= WARM_UP {
            page.push(home);
            json.push(same.iter().sum());
            slowest.push(one);
        }
    }
    tell(&mut page, &mut json, &mut slowest);
}

/// Who asks, with what, and for what.
struct Partner {
    cookie: String,
    token: String,
    addresses: Vec<String>,
}

/// Signs the demo's partner in, as a browser and as a program.
async fn partner(state: &State) -> Answer<Partner> {
    let found = state.db.read(|connection| {
        let who = person::table.filter(person::email_normalised.eq(cast::PARTNER)).select((person::id, person::business_id));
        let (id, business): (PersonId, Option<BusinessId>) = who.first(connection)?;
        let circles = member::table.filter(member::business_id.eq(business.unwrap())).select(member::circle_id);
        Ok((id, circles.load::<CircleId>(connection)?))
    });
    let (id, circles) = found.await?;
    let browser = state.db.write(move |tx| sessions::open(tx, id, SessionKind::Browser, "benchmark")).await?;
    let program = state.db.write(move |tx| sessions::open(tx, id, SessionKind::Api, "benchmark")).await?;
    let token = sign_in::access_token(state, &program, Duration::from_secs(3_600)).await?;
    let mut addresses: Vec<String> = ["referrals/waiting", "referrals?side=given&limit=5", "balances"].map(|path| format!("/api/v1/{path}")).into();
    addresses.extend(circles.iter().map(|circle| format!("/api/v1/circles/{circle}/meetings?limit=5")));
    Ok(Partner { cookie: format!("kularing_session={}", browser.token), token: format!("Bearer {token}"), addresses })
}

/// How many milliseconds each of these requests takes, one after another, and how many bytes come.
async fn took<S, B, E>(service: &S, who: &Partner, addresses: &[String]) -> (Vec<f64>, usize)
where
    S: Service<actix_http::Request, Response = ServiceResponse<B>, Error = E>,
    B: MessageBody,
    E: std::fmt::Debug,
{
    let (mut times, mut bytes) = (Vec::new(), 0);
    for address in addresses {
        let began = Instant::now();
        let request = test::TestRequest::get().uri(address).insert_header(("accept-language", "en"));
        let request = match address.starts_with("/api/") {
            true => request.insert_header(("authorization", who.token.as_str())),
            false => request.insert_header(("accept", "text/html")).insert_header(("cookie", who.cookie.as_str())),
        };
        let answer = service.call(request.to_request()).await.unwrap();
        assert!(answer.status().is_success(), "{address}: {}", answer.status());
        bytes += test::read_body(answer).await.len();
        times.push(began.elapsed().as_secs_f64() * 1e3);
    }
    (times, bytes)
}

fn tell(page: &mut [f64], json: &mut [f64], slowest: &mut [f64]) {
    for list in [&mut *page, &mut *json, &mut *slowest] {
        list.sort_by(f64::total_cmp);
    }
    println!("| percentile | home ms | JSON ms | slowest of it ms | home/JSON | home/slowest |\n| --- | --- | --- | --- | --- | --- |");
    for percent in [50, 90, 99] {
        let at = |list: &[f64]| list[(list.len() * percent / 100).min(list.len() - 1)];
        let (home, same, one) = (at(page), at(json), at(slowest));
        let verdict = if percent == 99 && home > TIMES_AT_MOST * same { " (too slow)" } else { "" };
        println!("| {percent} | {home:.2} | {same:.2} | {one:.2} | {:.2}{verdict} | {:.2} |", home / same, home / one);
    }
}

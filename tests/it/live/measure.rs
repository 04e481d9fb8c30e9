//! What listening costs. Figures for people: nothing is asserted.

use std::time::{Duration, Instant};

use actix_web::body::MessageBody;
use actix_web::test;
use kularing::app;
use kularing::kernel::event::NewEvent;
use kularing::kernel::{Actor, EventKind};
use kularing::live::Pace;

use crate::support::accounts::signed_in;
use crate::support::database::postgres_is_asked_for;
use crate::support::ears::watched;
use crate::support::{Backend, TestApp};

const LISTENERS: usize = 1_000;
const TICKS_PER_SECOND: f64 = 100.0;

/// Processor time of this process in seconds.
fn processor() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap();
    let fields: Vec<&str> = stat.rsplit_once(')').unwrap().1.split_whitespace().collect();
    (fields[11].parse::<f64>().unwrap() + fields[12].parse::<f64>().unwrap()) / TICKS_PER_SECOND
}

async fn measure(backend: Backend) {
    let mut app = TestApp::start_with(backend, |config| config.limits.streams = LISTENERS);
    let _watch = watched(&mut app, Pace { sessions: Duration::from_secs(2), ..Pace::default() });
    let mut people = Vec::new();
    for number in 0..LISTENERS {
        let letters: String = format!("{number:04}").chars().map(|digit| char::from(b'a' + digit as u8 - b'0')).collect();
        people.push(signed_in(&app, &format!("Anna {letters}"), "architect").await);
    }
    app.clock.advance(Duration::from_secs(60));
    let service = test::init_service(app::application(&app.state)).await;
    let (started, busy) = (Instant::now(), processor());
    let mut bodies = Vec::new();
    for person in &people {
        let request = test::TestRequest::get().uri("/api/v1/events").insert_header(("authorization", format!("Bearer {}", person.token)));
        let response = test::call_service(&service, request.to_request()).await;
        assert_eq!(response.status(), 200);
        bodies.push(Box::pin(response.into_body().boxed()));
    }
    println!("{backend:?}: {LISTENERS} streams opened in {:?}, {:.2} s of processor", started.elapsed(), processor() - busy);
    let (told, mut hears) = tokio::sync::mpsc::unbounded_channel();
    for mut body in bodies {
        let told = told.clone();
        actix_web::rt::spawn(async move {
            while let Some(Ok(chunk)) = std::future::poll_fn(|context| body.as_mut().poll_next(context)).await {
                if std::str::from_utf8(&chunk).unwrap().contains("\ndata:") {
                    let _ = told.send(Instant::now());
                }
            }
        });
    }
    tokio::time::sleep(Duration::from_secs(1)).await;
    let (started, busy) = (Instant::now(), processor());
    tokio::time::sleep(Duration::from_secs(20)).await;
    println!("  nothing happens: {:.2} % of one processor", (processor() - busy) / started.elapsed().as_secs_f64() * 100.0);
    // 20 things a second happen, each to one of them.
    let (started, busy) = (Instant::now(), processor());
    for number in 0..400_usize {
        let business = people[number * 7 % LISTENERS].business;
        app.clock.advance(Duration::from_millis(50));
        let write =
            app.state.db.write(move |tx| kularing::events::record(tx, NewEvent::new(EventKind::ProfileChanged, Actor::System).business(business)).map(drop));
        write.await.unwrap();
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    println!("  20 a second: {:.2} % of one processor, writing included", (processor() - busy) / started.elapsed().as_secs_f64() * 100.0);
    while hears.try_recv().is_ok() {}
    tokio::time::sleep(Duration::from_secs(2)).await;
    while hears.try_recv().is_ok() {}
    // One thing happens to each of them, in one transaction.
    let businesses: Vec<_> = people.iter().map(|person| person.business).collect();
    let busy = processor();
    let write = app.state.db.write(move |tx| {
        for business in businesses {
            kularing::events::record(tx, NewEvent::new(EventKind::ProfileChanged, Actor::System).business(business))?;
        }
        Ok(())
    });
    write.await.unwrap();
    let committed = Instant::now();
    let mut last = committed;
    for _ in 0..LISTENERS {
        last = hears.recv().await.unwrap();
    }
    println!("  {LISTENERS} at once: the last one heard after {:?}, {:.2} s of processor, writing included", last - committed, processor() - busy);
}

#[actix_web::test]
#[ignore = "measures, proves nothing"]
async fn sqlite() {
    measure(Backend::Sqlite).await;
}

#[actix_web::test]
#[ignore = "measures, proves nothing"]
async fn postgres() {
    if postgres_is_asked_for() {
        measure(Backend::Postgres).await;
    }
}

//! The circles meet: the networking circle on every other Thursday at seven, and the value chain once on the building site.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use super::Stage;
use super::settle::{Circles, People, Player, player};
use crate::kernel::id::CircleId;
use crate::kernel::{Answer, Failure, Timestamp};
use crate::meetings::commands;
use crate::meetings::model::MeetingInput;
use crate::meetings::when::When;

/// The circles' time zone.
const ZONE: &str = "Europe/Berlin";

/// Plans what will have been and what is to come at `now`, the day up to which the demo is told.
pub async fn plan(stage: &Stage, people: &People, circles: &Circles, now: Timestamp) -> Answer<()> {
    let today = now.to_jiff().in_tz(ZONE).map_err(|error| Failure::internal(format!("{ZONE}: {error}")))?.date();
    let (host, organiser) = (player(&people.network, 0)?, player(&people.chain, 1)?);
    for (weeks, words) in [
        (-2, "Rückblick auf das Quartal: Bitte die Zahlen mitbringen."),
        (0, "Wanda Weber stellt ihr Webwerk vor. Bitte bringt eine Empfehlung mit."),
        (2, "Gäste sind willkommen: Wen vermisst ihr in unserer Runde?"),
    ] {
        meet(stage, host, circles.network, (next(today, Weekday::Thursday, weeks)?, "07:00"), "Gasthaus am Kanal, Plagwitz", words).await?;
    }
    let site = (next(today, Weekday::Wednesday, 0)?, "16:30");
    meet(stage, organiser, circles.chain, site, "Baustelle Lindenallee 12, Markkleeberg", "Wir gehen die offenen Gewerke durch. Feste Schuhe!").await
}

/// The first such day after today, and so many weeks later.
fn next(today: Date, day: Weekday, weeks: i64) -> Answer<Date> {
    let found = today.nth_weekday(1, day).and_then(|first| first.checked_add(weeks.weeks()));
    found.map_err(|error| Failure::internal(format!("a meeting after {today}: {error}")))
}

async fn meet(stage: &Stage, by: Player, circle: CircleId, (date, time): (Date, &str), place: &str, words: &str) -> Answer<()> {
    let when = When::OnTheClock { date: date.to_string(), time: time.to_owned() };
    let input = MeetingInput { when: Some(when), place: Some(place.to_owned()), words: Some(words.to_owned()) };
    stage.state.db.write(move |tx| commands::plan(tx, &by.principal, circle, &input).map(drop)).await
}

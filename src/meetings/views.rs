//! What members read of their circle's meetings. For everybody else there are none.

use serde::Serialize;

use super::model::{MeetingState, NEXT_SHOWN};
use super::store::{self, MeetingRow};
use crate::circles::views as circles;
use crate::db::AnyConn;
use crate::kernel::id::{BusinessId, CircleId, MeetingId, PersonId};
use crate::kernel::{Answer, Failure, Page, PageQuery, Timestamp};

/// A meeting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct MeetingView {
    /// Its id.
    pub id: MeetingId,
    /// The circle that meets.
    pub circle: CircleId,
    /// When it begins.
    pub starts_at: Timestamp,
    /// Where it is.
    pub place: String,
    /// What else members should know.
    pub words: Option<String>,
    /// Whether it takes place.
    pub state: MeetingState,
    /// When it was called off.
    pub called_off_at: Option<Timestamp>,
    /// When it was planned.
    pub created_at: Timestamp,
    /// Rises with every change; send it as If-Match.
    pub version: i32,
}

impl From<MeetingRow> for MeetingView {
    fn from(row: MeetingRow) -> Self {
        Self {
            id: row.id,
            circle: row.circle_id,
            starts_at: row.starts_at,
            state: row.state(),
            place: row.place,
            words: row.words,
            called_off_at: row.called_off_at,
            created_at: row.created_at,
            version: row.version,
        }
    }
}

/// The meetings of a circle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct CircleMeetings {
    /// The circle's time zone (IANA name), by whose clock it meets.
    pub time_zone: String,
    /// Those that have not begun, the next first, 60 at the most; also those that were called off.
    pub to_come: Vec<MeetingView>,
    /// The last 10 that have begun, the last first.
    pub past: Vec<MeetingView>,
}

/// A meeting with what its reader must know of the circle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeetingInCircle {
    /// The meeting.
    pub meeting: MeetingView,
    /// The circle's name.
    pub circle_name: String,
    /// The circle's time zone (IANA name).
    pub time_zone: String,
}

/// The meetings of a circle, for its members. Four queries.
pub fn of_circle(connection: &mut AnyConn, circle: CircleId, business: Option<BusinessId>, now: Timestamp) -> Answer<CircleMeetings> {
    circles::require_member(connection, circle, business)?;
    let time_zone = circles::circle(connection, circle)?.time_zone;
    let views = |rows: Vec<MeetingRow>| rows.into_iter().map(MeetingView::from).collect();
    Ok(CircleMeetings { time_zone, to_come: views(store::to_come(connection, circle, now)?), past: views(store::past(connection, circle, now)?) })
}

/// One meeting, for the members of its circle.
pub fn meeting(connection: &mut AnyConn, id: MeetingId, business: Option<BusinessId>) -> Answer<MeetingInCircle> {
    let row = store::meeting(connection, id)?;
    circles::require_member(connection, row.circle_id, business).map_err(as_of_meeting)?;
    let circle = circles::circle(connection, row.circle_id)?;
    Ok(MeetingInCircle { meeting: row.into(), circle_name: circle.name, time_zone: circle.time_zone })
}

/// The next meetings of a business over all its circles, without those that were called off, the first one first. Two queries.
pub fn next_of(connection: &mut AnyConn, business: BusinessId, now: Timestamp) -> Answer<Vec<MeetingInCircle>> {
    let mine = circles::circles_of(connection, business)?;
    let ids: Vec<CircleId> = mine.iter().map(|circle| circle.id).collect();
    let rows = store::next(connection, &ids, now, NEXT_SHOWN)?;
    let shown = |row: MeetingRow| {
        let circle = mine.iter().find(|circle| circle.id == row.circle_id)?;
        Some(MeetingInCircle { meeting: row.into(), circle_name: circle.name.clone(), time_zone: circle.time_zone.clone() })
    };
    Ok(rows.into_iter().filter_map(shown).collect())
}

/// What a person planned, newest first; for himself.
pub fn planned_by(connection: &mut AnyConn, person: PersonId, query: &PageQuery) -> Answer<Page<MeetingView>> {
    let rows = store::planned_by(connection, person, query.below(), query.limit())?;
    Ok(Page::of(rows, query.limit(), |row| row.id).map(MeetingView::from))
}

/// Whoever may not know of the circle does not learn either that there is such a meeting.
pub(super) fn as_of_meeting(failure: Failure) -> Failure {
    match failure {
        Failure::NotFound(_) => Failure::NotFound("meeting"),
        other => other,
    }
}

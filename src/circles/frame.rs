//! What every page of a circle has above it, whichever feature it belongs to: the way back, its name, and the tabs.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use maud::{Markup, html};

use super::views::Place;
use crate::live::LiveKind;
use crate::web::{Heading, PageContext, components, page_with};

/// A room of a circle, in the order of the tabs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Room {
    /// What the circle is, and who holds its places.
    Overview,
    /// Who is in it, and who wants to be.
    Members,
    /// When and where it meets.
    Meetings,
    /// How giving comes back.
    Rings,
    /// How widely members give.
    Breadth,
    /// The rules.
    Policy,
    /// How the circle does; for organisers.
    Figures,
    /// Where everybody stands; for organisers.
    Ledger,
    /// What may be made up; for organisers.
    Trust,
}

impl Room {
    const ALL: [Self; 9] = [Self::Overview, Self::Members, Self::Meetings, Self::Rings, Self::Breadth, Self::Policy, Self::Figures, Self::Ledger, Self::Trust];

    /// Below the circle's address, the text that names it, and whether it is for organisers alone.
    const fn parts(self) -> (&'static str, &'static str, bool) {
        match self {
            Self::Overview => ("", "circles-overview", false),
            Self::Members => ("/members", "circles-members", false),
            Self::Meetings => ("/meetings", "meetings-title", false),
            Self::Rings => ("/rings", "circles-rings", false),
            Self::Breadth => ("/breadth", "circles-breadth", false),
            Self::Policy => ("/policy", "circles-policy", false),
            Self::Figures => ("/figures", "insight-figures", true),
            Self::Ledger => ("/ledger", "circles-ledger", true),
            Self::Trust => ("/trust", "circles-trust", true),
        }
    }
}

/// What a page of a circle says above its content.
#[derive(Debug, Default)]
pub struct Above<'a> {
    /// The page's name.
    pub title: &'a str,
    /// What one most often does here.
    pub actions: Markup,
    /// Whether it lies one step below its room, and the way back leads there: its address and words.
    pub below: Option<(String, String)>,
    /// Which kinds of messages that name this circle the page is read anew for; none for a page that stays as it was read.
    pub hears: &'a [LiveKind],
    /// Takes back what was done a moment ago.
    pub undo: Markup,
}

/// A page of a circle inside the frame. Who is no member (an operator) sees neither tabs nor a way to the circle.
pub fn page(context: &PageContext, status: StatusCode, place: &Place, room: Room, above: Above<'_>, content: &Markup) -> HttpResponse {
    let own = match room {
        Room::Overview => ("/circles".to_owned(), context.t("circles-title")),
        _ => (format!("/circles/{}", place.id), place.name.clone()),
    };
    let trail = above.below.or_else(|| (place.is_member || room == Room::Overview).then_some(own));
    let hears = above.hears.iter().map(|kind| format!("{kind}:{}", place.id)).collect::<Vec<_>>().join(" ");
    let heading = Heading { title: above.title, trail, actions: above.actions, hears: &hears, undo: above.undo };
    page_with(context, status, &heading, html! { (tabs(context, place, room)) (content) })
}

fn tabs(context: &PageContext, place: &Place, here: Room) -> Markup {
    let seen = Room::ALL.into_iter().map(|room| (room, room.parts())).filter(|(_, (_, _, is_for_organisers))| place.is_organiser || !is_for_organisers);
    let ways: Vec<_> = seen.map(|(room, (path, label, _))| (format!("/circles/{}{path}", place.id), context.t(label), room == here)).collect();
    html! { @if place.is_member { (components::tabs(&context.t("circles-navigation"), &ways)) } }
}

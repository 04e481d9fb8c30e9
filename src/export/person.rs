//! What is kept about a person.

use serde::Serialize;

use super::{List, gather};
use crate::accounts::views::{self as accounts, Account, SessionEntry};
use crate::events;
use crate::http::{Caller, State};
use crate::introductions::record::Suppression;
use crate::introductions::views::{self as introductions, OwnConsent};
use crate::kernel::clock::Timestamp;
use crate::kernel::id::{BusinessId, CircleId, EventId, ReferralId};
use crate::kernel::{Answer, EmailAddress, Event, EventKind, Page};
use crate::meetings::views::{self as meetings, MeetingView};
use crate::outbox::views::{self as outbox, MailFate};

/// What is kept about a person.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct PersonPart {
    /// The account.
    pub account: Account,
    /// Where the person is signed in, browsers and programs.
    pub sessions: Vec<SessionEntry>,
    /// What the person was asked and said as somebody's prospect, under the account's address.
    pub consents: List<OwnConsent>,
    /// Which mails the account's address does not want.
    pub suppressions: List<Suppression>,
    /// What the person did, and what was done with the account.
    pub events: List<OwnEvent>,
    /// The meetings that the person planned for circles.
    pub meetings_planned: List<MeetingView>,
    /// What became of the mails to the account's address; their words are not kept.
    pub mails: List<MailFate>,
}

/// Something the person did, or that was done with the account.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct OwnEvent {
    /// Its id.
    pub id: EventId,
    /// What.
    pub kind: EventKind,
    /// When.
    pub at: Timestamp,
    /// Whether the person did it.
    pub by_me: bool,
    /// In which circle.
    pub circle: Option<CircleId>,
    /// To which business.
    pub business: Option<BusinessId>,
    /// About which referral.
    pub referral: Option<ReferralId>,
    /// What the person wrote with it.
    pub note: Option<String>,
}

pub(super) async fn gather(state: &State, caller: &Caller) -> Answer<PersonPart> {
    let (principal, session, now) = (caller.principal, caller.via.session(), state.now());
    let me = principal.person;
    let read =
        move |connection: &mut crate::db::AnyConn| Ok((accounts::account(connection, me)?, accounts::own_sessions(connection, &principal, session, now)?));
    let (account, sessions) = state.db.read(read).await?;
    let address = EmailAddress::parse(&account.email).map_err(|problem| problem.of("email"))?;
    let key = state.secret().keyed_hash("address", address.normalised());
    let own = move |event: Event| {
        let by_me = event.actor.person() == Some(me);
        let note = event.note.filter(|_| by_me);
        OwnEvent { id: event.id, kind: event.kind, at: event.at, by_me, circle: event.circle, business: event.business, referral: event.referral, note }
    };
    let (consents_of, listed, mails_to) = (key.clone(), key.clone(), key);
    Ok(PersonPart {
        account,
        sessions,
        consents: gather::all(state, move |connection, query| introductions::consents_of_address(connection, &consents_of, query)).await?,
        suppressions: gather::all(state, move |connection, query| introductions::suppressions(connection, Some(listed.clone()), query)).await?,
        events: gather::all(state, move |connection, query| {
            let limit = query.limit();
            let found = events::of_person(connection, me, query.below(), limit as i64 + 1)?;
            Ok(Page::of(found, limit, |event| event.id).map(own))
        })
        .await?,
        meetings_planned: gather::all(state, move |connection, query| meetings::planned_by(connection, me, query)).await?,
        mails: gather::all(state, move |connection, query| outbox::to_address(connection, &mails_to, query)).await?,
    })
}

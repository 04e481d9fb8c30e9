//! What organisers read of cases. Whoever is named in a case sees nothing of it; members never see any.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::Serialize;

use super::facts::Facts;
use super::model::{CaseState, LISTED_MAX, Outcome};
use super::since::{Since, since};
use super::store::{self, CaseRow, Which};
use crate::businesses;
use crate::circles::model::MemberState;
use crate::circles::views as circles;
use crate::db::AnyConn;
use crate::kernel::id::{BusinessId, CircleId, PersonId, ReferralId, TrustCaseId};
use crate::kernel::{Answer, Event, Failure, Page, PageQuery, Principal, Timestamp};
use crate::reciprocity::views::Named;

/// A case in a list.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct TrustCaseView {
    /// Its id.
    pub id: TrustCaseId,
    /// The circle.
    pub circle: CircleId,
    /// Open or decided.
    pub state: CaseState,
    /// Who is named in it.
    pub members: Vec<Named>,
    /// What was counted.
    pub facts: Facts,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// When the facts were counted last.
    pub refreshed_at: Timestamp,
    /// What happened since it was opened, or decided.
    pub since: Since,
    /// What was decided.
    pub outcome: Option<Outcome>,
    /// Why.
    pub note: Option<String>,
    /// By whom.
    pub decided_by: Option<PersonId>,
    /// When.
    pub decided_at: Option<Timestamp>,
}

/// A case with the referrals it rests on.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct TrustCaseDetail {
    /// The case.
    #[serde(flatten)]
    pub case: TrustCaseView,
    /// The referrals inside the group, the oldest first, 200 at the most.
    pub referrals: Vec<ReferralId>,
}

/// Somebody who may look at the cases of a circle.
pub(super) enum Reader {
    /// For an organiser, all but those that name his business.
    Organiser(BusinessId),
    /// For an operator, those that name every organiser and not his own business.
    Operator(Option<BusinessId>, BTreeSet<BusinessId>),
}

impl Reader {
    /// Refuses a case that this reader does not see.
    pub(super) fn require(&self, members: &BTreeSet<BusinessId>) -> Answer<()> {
        let sees = match self {
            Self::Organiser(own) => !members.contains(own),
            Self::Operator(own, organisers) => organisers.is_subset(members) && own.is_none_or(|own| !members.contains(&own)),
        };
        if sees { Ok(()) } else { Err(Failure::NotFound("case")) }
    }

    fn which(&self, connection: &mut AnyConn, circle: CircleId) -> Answer<Which> {
        match self {
            Self::Organiser(own) => Ok(Which::But(store::naming(connection, circle, &[*own])?.into_iter().map(|(case, _)| case).collect())),
            Self::Operator(own, organisers) => {
                let wanted: Vec<BusinessId> = organisers.iter().chain(own).copied().collect();
                let mut named: BTreeMap<TrustCaseId, BTreeSet<BusinessId>> = BTreeMap::new();
                for (case, member) in store::naming(connection, circle, &wanted)? {
                    named.entry(case).or_default().insert(member);
                }
                Ok(Which::Only(named.into_iter().filter(|(_, members)| self.require(members).is_ok()).map(|(case, _)| case).collect()))
            }
        }
    }
}

/// As what somebody reads: members may not, and for strangers there is no circle.
pub(super) fn reader(connection: &mut AnyConn, principal: &Principal, circle: CircleId) -> Answer<Reader> {
    let own = principal.business.map_or(Ok(None), |business| circles::membership(connection, circle, business))?;
    let own = own.filter(|own| own.state == MemberState::Active);
    if let (Some(business), Some(_)) = (principal.business, own.filter(|own| own.is_organiser)) {
        return Ok(Reader::Organiser(business));
    }
    if principal.is_operator {
        circles::circle(connection, circle)?;
        return Ok(Reader::Operator(principal.business, circles::organisers(connection, circle)?.into_iter().collect()));
    }
    match own {
        Some(_) => Err(Failure::forbidden("organiser_only", "only an organiser of the circle may see this")),
        None => Err(Failure::NotFound("circle")),
    }
}

/// Who is named in these cases, in one query: they may not even hear of them.
pub fn named_in(connection: &mut AnyConn, cases: &[TrustCaseId]) -> Answer<Vec<(TrustCaseId, BusinessId)>> {
    store::members(connection, cases)
}

/// A page of the cases of a circle in one state or in all, newest first, in six queries.
pub fn cases(connection: &mut AnyConn, principal: &Principal, circle: CircleId, state: Option<CaseState>, query: &PageQuery) -> Answer<Page<TrustCaseView>> {
    let reader = reader(connection, principal, circle)?;
    let which = reader.which(connection, circle)?;
    let states = state.map_or_else(|| CaseState::ALL.to_vec(), |state| vec![state]);
    let rows = store::cases(connection, circle, &states, &which, query.below(), query.limit() + 1)?;
    let page = Page::of(rows, query.limit(), |row| row.id);
    Ok(Page { items: shown(connection, page.items)?, next_cursor: page.next_cursor })
}

/// How many open cases wait in these circles, in one query; for a business that organises them. Those that name it are not counted.
pub fn open_in(connection: &mut AnyConn, business: BusinessId, circles: &[CircleId]) -> Answer<HashMap<CircleId, i64>> {
    let mut counts = HashMap::new();
    for circle in store::open_without(connection, business, circles)? {
        *counts.entry(circle).or_default() += 1;
    }
    Ok(counts)
}

/// One case with its referrals.
pub fn case(connection: &mut AnyConn, principal: &Principal, circle: CircleId, id: TrustCaseId) -> Answer<TrustCaseDetail> {
    let reader = reader(connection, principal, circle)?;
    let row = store::case(connection, circle, id)?;
    reader.require(&store::members_of(connection, id)?)?;
    let mut referrals = store::referrals_of(connection, id)?;
    referrals.truncate(LISTED_MAX);
    let case = shown(connection, vec![row])?.pop().ok_or(Failure::NotFound("case"))?;
    Ok(TrustCaseDetail { case, referrals })
}

fn shown(connection: &mut AnyConn, rows: Vec<CaseRow>) -> Answer<Vec<TrustCaseView>> {
    let ids: Vec<TrustCaseId> = rows.iter().map(|row| row.id).collect();
    let members = store::members(connection, &ids)?;
    let businesses: BTreeSet<BusinessId> = members.iter().map(|(_, member)| *member).collect();
    let cards = businesses::views::cards(connection, &businesses.into_iter().collect::<Vec<_>>())?;
    let mut of_case: BTreeMap<TrustCaseId, BTreeSet<BusinessId>> = BTreeMap::new();
    for (case, member) in &members {
        of_case.entry(*case).or_default().insert(*member);
    }
    let since = since(connection, &rows, &of_case)?;
    let named = |id: BusinessId| cards.get(&id).map(|card| Named { id, name: card.name.clone() });
    let view = |row: CaseRow| {
        let facts = facts_of(&row)?;
        Ok(TrustCaseView {
            id: row.id,
            circle: row.circle_id,
            state: row.state,
            members: members.iter().filter(|(case, _)| *case == row.id).filter_map(|(_, member)| named(*member)).collect(),
            facts,
            since: since.get(&row.id).copied().ok_or_else(|| Failure::internal(format!("nothing is known since {}", row.id)))?,
            opened_at: row.opened_at,
            refreshed_at: row.refreshed_at,
            outcome: row.outcome,
            note: row.note,
            decided_by: row.decided_by,
            decided_at: row.decided_at,
        })
    };
    rows.into_iter().map(view).collect()
}

/// Whether an organiser decided that the credits of this referral are taken back: then it brings none later either.
pub fn was_taken_back(connection: &mut AnyConn, referral: ReferralId) -> Answer<bool> {
    store::was_taken_back(connection, referral)
}

/// A case that was opened, for those who tell of it.
#[derive(Debug, Clone)]
pub struct Opened {
    /// In which circle.
    pub circle: CircleId,
    /// Which.
    pub case: TrustCaseId,
    /// Whom it names: they must not hear of it.
    pub members: BTreeSet<BusinessId>,
    /// What was counted.
    pub facts: Facts,
}

/// The case that an event tells of. For the reactions.
pub fn opened(connection: &mut AnyConn, event: &Event) -> Answer<Opened> {
    let broken = || Failure::internal(format!("event {} tells of no case", event.id));
    let circle = event.circle.ok_or_else(broken)?;
    let case: TrustCaseId = event.data["case"].as_str().and_then(|text| text.parse().ok()).ok_or_else(broken)?;
    let facts = facts_of(&store::case(connection, circle, case)?)?;
    Ok(Opened { circle, case, members: store::members_of(connection, case)?, facts })
}

fn facts_of(row: &CaseRow) -> Answer<Facts> {
    serde_json::from_str(&row.facts).map_err(|error| Failure::internal(format!("facts of {}: {error}", row.id)))
}

/// What a decision causes in other rooms.
#[derive(Debug, Clone)]
pub struct Decided {
    /// Which case.
    pub case: TrustCaseId,
    /// In which circle.
    pub circle: CircleId,
    /// What was decided.
    pub outcome: Outcome,
    /// Who is suspended.
    pub members: Vec<BusinessId>,
    /// Whose credits are taken back.
    pub referrals: Vec<ReferralId>,
}

/// The decision that an event tells of. For the reactions.
pub fn decided(connection: &mut AnyConn, event: &Event) -> Answer<Decided> {
    let broken = || Failure::internal(format!("event {} tells of no decision", event.id));
    let (circle, data) = (event.circle.ok_or_else(broken)?, &event.data);
    let case: TrustCaseId = data["case"].as_str().and_then(|text| text.parse().ok()).ok_or_else(broken)?;
    let outcome = data["outcome"].as_str().and_then(Outcome::parse).ok_or_else(broken)?;
    let members = data["members"].as_array().ok_or_else(broken)?;
    let members = members.iter().map(|member| member.as_str().and_then(|text| text.parse().ok()).ok_or_else(broken)).collect::<Answer<_>>()?;
    Ok(Decided { case, circle, outcome, members, referrals: store::referrals_of(connection, case)? })
}

/// The referrals of a case whose credits are taken back, and who decided that. For the reactions.
pub fn taken_back(connection: &mut AnyConn, case: TrustCaseId) -> Answer<(Vec<ReferralId>, Option<PersonId>)> {
    let Some(decided_by) = store::taken_back_by(connection, case)? else { return Ok((Vec::new(), None)) };
    Ok((store::referrals_of(connection, case)?, decided_by))
}

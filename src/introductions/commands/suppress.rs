//! Addresses that want no mail.

use super::answer::{Given, Outcome, answer};
use crate::db::Tx;
use crate::introductions::model::{Introduction, IntroductionState, ProspectAnswer};
use crate::introductions::record::{Channel, SuppressionReason, SuppressionScope};
use crate::introductions::store;
use crate::introductions::wording;
use crate::kernel::id::{CircleId, IntroductionId, SuppressionId};
use crate::kernel::{Answer, EmailAddress, Failure, KeyedHash, Language, Principal};

/// Puts an address on the list; nothing happens when it is there already.
pub fn suppress(tx: &mut Tx<'_>, address: &KeyedHash, scope: SuppressionScope, circle: Option<CircleId>, reason: SuppressionReason) -> Answer<()> {
    if (scope == SuppressionScope::Circle) != circle.is_some() {
        return Err(Failure::field("circle", "wrong_scope", "a circle belongs to the scope circle, and to no other"));
    }
    store::suppress(tx, address, scope, circle, reason).map(drop)
}

/// An operator was told that somebody wants no mail.
pub fn suppress_address(tx: &mut Tx<'_>, principal: &Principal, email: &EmailAddress, scope: SuppressionScope, circle: Option<CircleId>) -> Answer<()> {
    principal.require_operator()?;
    let key = tx.secret().keyed_hash("address", email.normalised());
    suppress(tx, &key, scope, circle, SuppressionReason::Operator)
}

/// An operator takes a line off the list.
pub fn unsuppress(tx: &mut Tx<'_>, principal: &Principal, id: SuppressionId) -> Answer<()> {
    principal.require_operator()?;
    if store::remove_suppression(tx, id)? { Ok(()) } else { Err(Failure::NotFound("suppression")) }
}

/// Mails of this scope are welcome again: takes off the list what the person put there.
pub fn welcome(tx: &mut Tx<'_>, address: &KeyedHash, scope: SuppressionScope) -> Answer<()> {
    store::unsuppress(tx, address, &[scope], None)
}

/// Takes one line off the list that the person of this address put there; other lines are not his to lift.
pub fn lift(tx: &mut Tx<'_>, address: &KeyedHash, id: SuppressionId) -> Answer<()> {
    if store::remove_own_suppression(tx, address, id)? { Ok(()) } else { Err(Failure::NotFound("suppression")) }
}

/// The stop link of an introduction's mail: no more mails of this scope. An open question is refused by it; a consent that has
/// not led to an introduction yet is withdrawn, or a mail would follow after all.
pub fn stop(tx: &mut Tx<'_>, id: IntroductionId, scope: SuppressionScope, channel: Channel, language: Language) -> Answer<()> {
    let introduction = super::locked(tx, id)?;
    suppress_keys(tx, &introduction, scope, SuppressionReason::StopLink)?;
    let now = tx.now();
    if introduction.can_answer(now) || introduction.can_undo(now) {
        let refusal = if scope == SuppressionScope::Everything { ProspectAnswer::NeverAgain } else { ProspectAnswer::No };
        let statement = wording::refused(language, refusal);
        // Pressed twice it finds the same answer given already: the stop counts all the same.
        let _outcome: Outcome = answer(tx, id, &Given { answer: refusal, code: None, trapped: false, statement, channel })?;
    } else if introduction.can_withdraw() && introduction.state != IntroductionState::Made {
        super::withdraw::withdraw(tx, id, channel, language)?;
    }
    Ok(())
}

/// Takes a stop back: mails are welcome again, and the answer that came with it is taken back if there is still time.
pub fn unstop(tx: &mut Tx<'_>, id: IntroductionId, language: Language) -> Answer<()> {
    let introduction = super::locked(tx, id)?;
    unsuppress_keys(tx, &introduction)?;
    let refused = introduction.prospect_answer.is_some_and(|answer| answer != ProspectAnswer::Yes);
    if refused && introduction.can_undo(tx.now()) { super::undo(tx, id, language) } else { Ok(()) }
}

/// Suppresses whatever is known of a person: the address, and the phone number.
pub(super) fn suppress_keys(tx: &mut Tx<'_>, introduction: &Introduction, scope: SuppressionScope, reason: SuppressionReason) -> Answer<()> {
    let circle = (scope == SuppressionScope::Circle).then_some(introduction.circle_id);
    for key in keys(introduction) {
        store::suppress(tx, key, scope, circle, reason)?;
    }
    Ok(())
}

/// Takes off the list what the person put there.
pub(super) fn unsuppress_keys(tx: &mut Tx<'_>, introduction: &Introduction) -> Answer<()> {
    for key in keys(introduction) {
        store::unsuppress(tx, key, &[SuppressionScope::Everything, SuppressionScope::Circle], Some(introduction.circle_id))?;
    }
    Ok(())
}

fn keys(introduction: &Introduction) -> impl Iterator<Item = &KeyedHash> {
    [&introduction.address_key, &introduction.phone_key].into_iter().flatten()
}

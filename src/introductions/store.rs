//! The SQL of introductions, their consent record and the suppression list.

use diesel::prelude::*;

use super::model::{Introduction, IntroductionState, ProspectAnswer};
use super::record::{Consent, Suppression, SuppressionReason, SuppressionScope};
use crate::circles::policy::ConsentPath;
use crate::db::schema::{consent, introduction, suppression};
use crate::db::{AnyConn, Tx};
use crate::kernel::clock::Timestamp;
use crate::kernel::id::{BusinessId, CircleId, ConsentId, Identifier, IntroductionId, ReferralId, SuppressionId};
use crate::kernel::{Answer, Failure, KeyedHash};
use crate::on_each;

/// The most introductions of one referral that are read: it is passed on a few times, never so often.
const OF_REFERRAL_MAX: i64 = 100;
/// The most lines of the consent record that are read.
const RECORD_MAX: i64 = 500;
/// The most introductions of one person that are looked at: he gets a few a year.
const OF_PERSON_MAX: i64 = 100;
/// How many referrals one query names.
const BATCH: usize = 500;
/// What stands for "no circle" in the suppression list.
const NO_CIRCLE: i64 = 0;

pub(super) fn insert(tx: &mut Tx<'_>, new: &Introduction) -> Answer<()> {
    diesel::insert_into(introduction::table).values(new.clone()).execute(&mut **tx)?;
    Ok(())
}

/// Writes a changed introduction; fails when somebody else changed it since it was read.
pub(super) fn save(tx: &mut Tx<'_>, changed: &Introduction) -> Answer<()> {
    let known = introduction::table.filter(introduction::id.eq(changed.id).and(introduction::version.eq(changed.version)));
    let next = Introduction { version: changed.version + 1, ..changed.clone() };
    match diesel::update(known).set(next).execute(&mut **tx)? {
        1 => Ok(()),
        _ => Err(Failure::Stale),
    }
}

pub(super) fn by_id(connection: &mut AnyConn, id: IntroductionId) -> Answer<Introduction> {
    let found = introduction::table.find(id).select(Introduction::as_select()).first(connection).optional()?;
    found.ok_or(Failure::NotFound("introduction"))
}

/// The introductions of a referral, the newest first.
pub(super) fn of_referral(connection: &mut AnyConn, referral: ReferralId) -> Answer<Vec<Introduction>> {
    Ok(introduction::table
        .filter(introduction::referral_id.eq(referral))
        .order(introduction::id.desc())
        .limit(OF_REFERRAL_MAX)
        .select(Introduction::as_select())
        .load(connection)?)
}

/// How many introductions of an address wait for an answer.
pub(super) fn open_count(connection: &mut AnyConn, address: &KeyedHash) -> Answer<i64> {
    Ok(introduction::table
        .filter(introduction::address_key.eq(address))
        .filter(introduction::state.eq_any(vec![IntroductionState::Awaiting, IntroductionState::Agreed]))
        .count()
        .get_result(connection)?)
}

/// How many introductions of an address were opened since a moment.
pub(super) fn count_since(connection: &mut AnyConn, address: &KeyedHash, since: Timestamp) -> Answer<i64> {
    Ok(introduction::table.filter(introduction::address_key.eq(address).and(introduction::created_at.gt(since))).count().get_result(connection)?)
}

/// Of these referrals those whose prospect agreed in answer to a mail that reached his own address.
pub(super) fn answered_by_mail(connection: &mut AnyConn, referrals: &[ReferralId]) -> Answer<Vec<ReferralId>> {
    let mut found = Vec::new();
    for part in referrals.chunks(BATCH) {
        let heard: Vec<ReferralId> = introduction::table
            .filter(introduction::referral_id.eq_any(part.to_vec()).and(introduction::prospect_answer.eq(ProspectAnswer::Yes)))
            .filter(introduction::consent_path.ne(ConsentPath::Share).and(introduction::delivered_at.is_not_null()))
            .select(introduction::referral_id)
            .load(connection)?;
        found.extend(heard);
    }
    Ok(found)
}

/// The introductions of a person that were made since a moment by others than one giver, the newest first. One query a key, so
/// that each goes by its own index.
pub(super) fn made_by_others(connection: &mut AnyConn, giver: BusinessId, keys: [Option<&KeyedHash>; 3], since: Timestamp) -> Answer<Vec<Introduction>> {
    let [address, phone, tax_number] = keys;
    let made = || {
        introduction::table
            .filter(introduction::state.eq(IntroductionState::Made).and(introduction::giver_business_id.ne(giver)))
            .filter(introduction::created_at.ge(since))
            .order(introduction::id.desc())
            .limit(OF_PERSON_MAX)
            .select(Introduction::as_select())
    };
    let mut found: Vec<Introduction> = Vec::new();
    if let Some(key) = address {
        let same: Vec<Introduction> = made().filter(introduction::address_key.eq(key)).load(connection)?;
        found.extend(same);
    }
    if let Some(key) = phone {
        let same: Vec<Introduction> = made().filter(introduction::phone_key.eq(key)).load(connection)?;
        found.extend(same);
    }
    if let Some(key) = tax_number {
        let same: Vec<Introduction> = made().filter(introduction::tax_key.eq(key)).load(connection)?;
        found.extend(same);
    }
    Ok(found)
}

pub(super) fn add_consent(tx: &mut Tx<'_>, line: Consent) -> Answer<()> {
    diesel::insert_into(consent::table).values(line).execute(&mut **tx)?;
    Ok(())
}

/// The first line of an introduction's record: it names the person and the receiver for all that follow.
pub(super) fn first_consent(connection: &mut AnyConn, of: IntroductionId) -> Answer<Consent> {
    let found = consent::table.filter(consent::introduction_id.eq(of)).order(consent::id.asc()).select(Consent::as_select()).first(connection).optional()?;
    found.ok_or_else(|| Failure::internal(format!("introduction {of} has no consent record")))
}

/// The whole record of a referral, the oldest first.
pub(super) fn consent_of_referral(connection: &mut AnyConn, referral: ReferralId) -> Answer<Vec<Consent>> {
    Ok(consent::table.filter(consent::referral_id.eq(referral)).order(consent::id.asc()).limit(RECORD_MAX).select(Consent::as_select()).load(connection)?)
}

/// The record of everything that one person was asked and said, the newest first.
pub(super) fn consent_of_person(connection: &mut AnyConn, person: &KeyedHash, below: ConsentId, limit: usize) -> Answer<Vec<Consent>> {
    let own = consent::table.filter(consent::person_key.eq(person).and(consent::id.lt(below)));
    Ok(own.order(consent::id.desc()).limit(i64::try_from(limit).unwrap_or(i64::MAX)).select(Consent::as_select()).load(connection)?)
}

/// Lines of the record of introductions that a business gave or received, above an id, the oldest first.
pub(super) fn consent_of_business(connection: &mut AnyConn, business: BusinessId, above: ConsentId, limit: i64) -> Answer<Vec<Consent>> {
    Ok(consent::table
        .inner_join(introduction::table.on(introduction::id.eq(consent::introduction_id)))
        .filter(introduction::giver_business_id.eq(business).or(introduction::receiver_business_id.eq(business)))
        .filter(consent::id.gt(above))
        .order(consent::id.asc())
        .limit(limit)
        .select(Consent::as_select())
        .load(connection)?)
}

/// The words of prospects as a business's people attested them, above an id, the oldest first.
pub(super) fn attested_of_business(
    connection: &mut AnyConn,
    business: BusinessId,
    above: IntroductionId,
    limit: i64,
) -> Answer<Vec<(IntroductionId, Option<String>)>> {
    let own = introduction::table.filter(introduction::giver_business_id.eq(business).or(introduction::receiver_business_id.eq(business)));
    let told = own.filter(introduction::attested_words.is_not_null().and(introduction::id.gt(above)));
    Ok(told.order(introduction::id.asc()).limit(limit).select((introduction::id, introduction::attested_words)).load(connection)?)
}

/// Writes attested words without a name.
pub(super) fn set_attested_words(tx: &mut Tx<'_>, id: IntroductionId, words: &str) -> Answer<()> {
    diesel::update(introduction::table.find(id)).set(introduction::attested_words.eq(words)).execute(&mut **tx)?;
    Ok(())
}

/// Writes the words of a line without a name, and keeps the hash of those that were read.
pub(super) fn take_out_name(tx: &mut Tx<'_>, id: ConsentId, wording: &str, receiver_name: &str, hash_of_read: &str) -> Answer<()> {
    let first: Option<Option<String>> = consent::table.find(id).select(consent::wording_hash).first(&mut **tx).optional()?;
    let hash = first.flatten().unwrap_or_else(|| hash_of_read.to_owned());
    diesel::update(consent::table.find(id))
        .set((consent::wording.eq(wording), consent::receiver_name.eq(receiver_name), consent::wording_hash.eq(hash)))
        .execute(&mut **tx)?;
    Ok(())
}

/// Puts an address on the list; it stays as it is when it is there already. Answers whether it is new.
pub(super) fn suppress(tx: &mut Tx<'_>, address: &KeyedHash, scope: SuppressionScope, circle: Option<CircleId>, reason: SuppressionReason) -> Answer<bool> {
    let circle_id = circle.unwrap_or_else(|| CircleId::from_raw(NO_CIRCLE));
    let row = Suppression { id: tx.new_id(), address_key: address.clone(), scope, circle_id, reason, created_at: tx.now() };
    let count = on_each!(&mut **tx, inner => diesel::insert_into(suppression::table).values(row).on_conflict_do_nothing().execute(inner))?;
    Ok(count == 1)
}

fn reasons_of_the_person() -> Vec<SuppressionReason> {
    SuppressionReason::ALL.iter().copied().filter(|reason| reason.is_the_persons()).collect()
}

/// Takes off the list what the person put there, of these scopes; of circles only this one.
pub(super) fn unsuppress(tx: &mut Tx<'_>, address: &KeyedHash, scopes: &[SuppressionScope], circle: Option<CircleId>) -> Answer<()> {
    let circles: Vec<CircleId> = [Some(CircleId::from_raw(NO_CIRCLE)), circle].into_iter().flatten().collect();
    let own = suppression::table
        .filter(suppression::address_key.eq(address.clone()).and(suppression::reason.eq_any(reasons_of_the_person())))
        .filter(suppression::circle_id.eq_any(circles))
        .filter(suppression::scope.eq_any(scopes.to_vec()));
    diesel::delete(own).execute(&mut **tx)?;
    Ok(())
}

/// Whether an address wants no mail of this scope: everything is stopped, or the scope, or the circle.
pub(super) fn is_suppressed(connection: &mut AnyConn, address: &KeyedHash, scope: SuppressionScope, circle: Option<CircleId>) -> Answer<bool> {
    let rows: Vec<(SuppressionScope, CircleId)> =
        suppression::table.filter(suppression::address_key.eq(address)).select((suppression::scope, suppression::circle_id)).load(connection)?;
    Ok(rows.into_iter().any(|(listed, listed_circle)| match listed {
        SuppressionScope::Everything => true,
        SuppressionScope::Circle => circle == Some(listed_circle),
        other => other == scope,
    }))
}

/// The list, the newest first; only the lines of one address when it is given.
pub(super) fn suppressions(connection: &mut AnyConn, address: Option<KeyedHash>, below: SuppressionId, limit: usize) -> Answer<Vec<Suppression>> {
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let page = suppression::table.filter(suppression::id.lt(below)).order(suppression::id.desc()).limit(limit).select(Suppression::as_select());
    Ok(match address {
        Some(address) => page.filter(suppression::address_key.eq(address)).load(connection)?,
        None => page.load(connection)?,
    })
}

/// Takes one line of an address off the list if the person put it there; false when there is none.
pub(super) fn remove_own_suppression(tx: &mut Tx<'_>, address: &KeyedHash, id: SuppressionId) -> Answer<bool> {
    let own = suppression::table.find(id).filter(suppression::address_key.eq(address.clone()).and(suppression::reason.eq_any(reasons_of_the_person())));
    Ok(diesel::delete(own).execute(&mut **tx)? == 1)
}

/// Takes one line off the list; false when it is not there.
pub(super) fn remove_suppression(tx: &mut Tx<'_>, id: SuppressionId) -> Answer<bool> {
    Ok(diesel::delete(suppression::table.find(id)).execute(&mut **tx)? == 1)
}

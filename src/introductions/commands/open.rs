//! Opening: the prospect is asked, or the giver gets the personal link.

use crate::capabilities::{self, Purpose};
use crate::circles::policy::ConsentPath;
use crate::db::Tx;
use crate::introductions::model::{ANSWER_TIME, Attestation, Introduction, PER_ADDRESS_AND_YEAR, RETENTION_DAYS, Standing, YEAR};
use crate::introductions::record::{Channel, Consent, ConsentKind, SuppressionScope};
use crate::introductions::store;
use crate::introductions::wording::{self, Statement};
use crate::kernel::clock::days;
use crate::kernel::event::EventKind;
use crate::kernel::id::{BusinessId, CapabilityId, CircleId, Identifier, IntroductionId, PersonId, ReferralId};
use crate::kernel::text::{Prose, has_link_or_number};
use crate::kernel::{Actor, Answer, EmailAddress, Failure, KeyedHash, Language};
use crate::timers::{self, TimerKind};

/// The longest words of an attestation.
const WORDS_MAX: usize = 300;

/// Everything an introduction begins with. Whoever opens it gathers this from the referral, its circle and its businesses.
#[derive(Debug, Clone)]
pub struct NewIntroduction {
    /// Of which referral.
    pub referral: ReferralId,
    /// To which receiver.
    pub receiver: BusinessId,
    /// The receiver's name.
    pub receiver_name: String,
    /// In which circle.
    pub circle: CircleId,
    /// Who introduces.
    pub giver: BusinessId,
    /// The giver's person.
    pub giver_person: PersonId,
    /// How the prospect is reached.
    pub path: ConsentPath,
    /// Which ways the circle allows.
    pub allowed_paths: Vec<ConsentPath>,
    /// The prospect's address.
    pub email: Option<EmailAddress>,
    /// The prospect's phone number, `+` and digits.
    pub phone: Option<String>,
    /// By what the prospect's tax number is compared.
    pub tax_key: Option<KeyedHash>,
    /// In which language the prospect is addressed.
    pub language: Language,
    /// What the giver says about a consent given before.
    pub attestation: Option<Attestation>,
    /// The question as the prospect reads it.
    pub question: Statement,
}

/// Opens the introduction of a referral to a receiver. Refuses what the circle or the installation does not allow, and an
/// address that is asked already, was asked too often, or wants no mail: these three look alike outside.
pub fn open(tx: &mut Tx<'_>, new: &NewIntroduction) -> Answer<IntroductionId> {
    tx.lock(new.referral)?;
    check_path(tx, new)?;
    let email_key = new.email.as_ref().map(|email| tx.secret().keyed_hash("address", email.normalised()));
    let phone_key = new.phone.as_ref().map(|phone| tx.secret().keyed_hash("phone", phone));
    check_person(tx, new, email_key.as_ref(), phone_key.as_ref())?;
    let id: IntroductionId = tx.new_id();
    let now = tx.now();
    // The answer's link has no end of its own: the introduction says how long it can be answered, and a consent must be as easy
    // to withdraw later as it was to give.
    let answer_link = capabilities::issue(tx, Purpose::AnswerIntroduction, id.raw(), None)?;
    let stop_link = capabilities::issue(tx, Purpose::StopMails, id.raw(), None)?;
    let introduction = Introduction {
        asked_at: Some(now),
        expires_at: now.after(ANSWER_TIME),
        code: random_code(tx)?,
        address_key: email_key.or_else(|| phone_key.clone()),
        phone_key,
        tax_key: new.tax_key.clone(),
        ..blank(new, id, answer_link.id, stop_link.id, now)
    };
    store::insert(tx, &introduction)?;
    store::add_consent(tx, first_line(tx, new, &introduction))?;
    timers::schedule(tx, TimerKind::IntroductionExpiry, id.raw(), introduction.expires_at)?;
    timers::schedule(tx, TimerKind::IntroductionWipe, id.raw(), now.after(days(RETENTION_DAYS)))?;
    let giver = Actor::Person { person: new.giver_person, business: Some(new.giver) };
    super::record(tx, EventKind::ProspectAsked, giver, &introduction)?;
    Ok(id)
}

fn blank(new: &NewIntroduction, id: IntroductionId, answer_link: CapabilityId, stop_link: CapabilityId, now: crate::kernel::Timestamp) -> Introduction {
    let attestation = new.attestation.as_ref().filter(|_| new.path == ConsentPath::Attested);
    Introduction {
        id,
        referral_id: new.referral,
        receiver_business_id: new.receiver,
        circle_id: new.circle,
        giver_business_id: new.giver,
        state: Standing::NEW.state,
        consent_path: new.path,
        language: new.language,
        prospect_answer: None,
        prospect_answered_at: None,
        receiver_agreed_at: None,
        asked_at: None,
        delivered_at: None,
        expires_at: now,
        undo_until: None,
        attested_how: attestation.map(|attestation| attestation.how),
        attested_when: attestation.map(|attestation| attestation.when),
        attested_words: attestation.map(|attestation| attestation.words.clone()),
        answers_count: 0,
        scanner_suspected: false,
        code: String::new(),
        code_failures: 0,
        address_key: None,
        phone_key: None,
        answer_link_id: answer_link,
        stop_link_id: stop_link,
        withdrawn_at: None,
        wiped_at: None,
        created_at: now,
        version: 1,
        tax_key: None,
    }
}

/// The record begins with who was asked for what, or with who attests what.
fn first_line(tx: &Tx<'_>, new: &NewIntroduction, introduction: &Introduction) -> Consent {
    let attestation = new.attestation.as_ref().filter(|_| new.path == ConsentPath::Attested);
    let person_key = introduction.address_key.clone().unwrap_or_else(|| tx.secret().keyed_hash("prospect", &new.referral.to_string()));
    Consent {
        id: tx.new_id(),
        introduction_id: introduction.id,
        referral_id: new.referral,
        kind: if attestation.is_some() { ConsentKind::Attested } else { ConsentKind::Asked },
        person_key,
        purpose: wording::purpose(new.language),
        receiver_business_id: new.receiver,
        receiver_name: new.receiver_name.clone(),
        wording: attestation.map_or_else(|| new.question.wording.clone(), |attestation| attestation.words.clone()),
        wording_version: new.question.version.to_owned(),
        language: new.question.language,
        channel: match (attestation, new.path) {
            (Some(attestation), _) => attestation.how,
            (None, ConsentPath::Share) => Channel::Link,
            (None, _) => Channel::Mail,
        },
        witness_person_id: Some(new.giver_person),
        given_at: attestation.map(|attestation| attestation.when),
        at: introduction.created_at,
    }
}

fn check_path(tx: &Tx<'_>, new: &NewIntroduction) -> Answer<()> {
    if !new.allowed_paths.contains(&new.path) || new.path == ConsentPath::Ask && !tx.ask_allowed() {
        return Err(Failure::field("consent_path", "path_not_allowed", "the circle or this installation does not allow this way to the prospect"));
    }
    if new.path != ConsentPath::Share && new.email.is_none() {
        return Err(Failure::field("prospect.email", "required", "without an address only a link that you send yourself is possible (share)"));
    }
    if new.path != ConsentPath::Attested {
        return Ok(());
    }
    let Some(attestation) = &new.attestation else {
        return Err(Failure::field("attestation", "required", "say how, when and in which words the person agreed"));
    };
    check_attestation(tx, attestation)
}

fn check_attestation(tx: &Tx<'_>, attestation: &Attestation) -> Answer<()> {
    if !attestation.how.is_personal() {
        return Err(Failure::field("attestation.how", "not_a_personal_way", "in_person, phone, writing, email or message"));
    }
    if attestation.when > tx.now() {
        return Err(Failure::field("attestation.when", "in_the_future", "the consent was given before"));
    }
    let words = Prose::<WORDS_MAX>::parse(&attestation.words).map_err(|problem| problem.of("attestation.words"))?;
    if has_link_or_number(words.as_str()) {
        return Err(Failure::field("attestation.words", "link_or_number", "the prospect reads these words: no links and no numbers"));
    }
    Ok(())
}

/// One open introduction per address, a few per year, and none for those who said "never again".
fn check_person(tx: &mut Tx<'_>, new: &NewIntroduction, email: Option<&KeyedHash>, phone: Option<&KeyedHash>) -> Answer<()> {
    let taken = || Failure::conflict("prospect_not_available", "this person cannot be asked at present");
    for key in [email, phone].into_iter().flatten() {
        if store::is_suppressed(tx, key, SuppressionScope::Circle, Some(new.circle))? {
            return Err(taken());
        }
    }
    let Some(address) = email.or(phone) else { return Ok(()) };
    tx.lock(address_lock(address))?;
    let since = tx.now().before(YEAR);
    if store::open_count(tx, address)? > 0 || store::count_since(tx, address, since)? >= PER_ADDRESS_AND_YEAR {
        return Err(taken());
    }
    Ok(())
}

/// What two who ask the same address at once wait on.
fn address_lock(address: &KeyedHash) -> IntroductionId {
    IntroductionId::from_raw(address.as_str().bytes().fold(0_i64, |sum, byte| sum.rotate_left(7) ^ i64::from(byte)))
}

fn random_code(tx: &Tx<'_>) -> Answer<String> {
    let mut bytes = [0; 4];
    tx.random().fill(&mut bytes)?;
    Ok(format!("{:04}", u32::from_be_bytes(bytes) % 10_000))
}

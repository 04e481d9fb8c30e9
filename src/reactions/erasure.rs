//! Somebody is forgotten, or a business is closed: every room that keeps a copy of the name or the address lets it go. The name is
//! still known here: whoever erases writes the event first and wipes afterwards.

use crate::accounts::views::{self, PersonCard};
use crate::businesses;
use crate::circles::commands as circles;
use crate::db::Tx;
use crate::events;
use crate::introductions::commands as introductions;
use crate::kernel::id::BusinessId;
use crate::kernel::{Answer, EmailAddress, Event, EventKind, Failure};
use crate::outbox;
use crate::referrals::commands as referrals;
use crate::web::texts;

/// Shorter parts of a name are words of every language.
const NAME_PART_MIN: usize = 3;

/// Lets follow what follows from an event.
pub fn react(tx: &mut Tx<'_>, event: &Event) -> Answer<()> {
    let lacking = || Failure::internal(format!("event {} lacks its subject", event.id));
    match event.kind {
        EventKind::BusinessClosed => closed(tx, event.business.ok_or_else(lacking)?),
        EventKind::AccountErased => {
            let person = views::person(tx, event.person.ok_or_else(lacking)?)?;
            forgotten(tx, &person)
        }
        _ => Ok(()),
    }
}

/// Referrals first: as long as it is a member, the moves that end them are possible.
fn closed(tx: &mut Tx<'_>, business: BusinessId) -> Answer<()> {
    referrals::end_all_of(tx, business)?;
    circles::leave_all(tx, business)?;
    let name = businesses::views::card(tx, business)?.name;
    let people = views::people_of(tx, business)?;
    let language = views::responsible(tx, business)?.language;
    introductions::take_out_name(tx, business, &name, &texts::text(language, "businesses-closed-name"))?;
    let words = [name];
    people.iter().try_for_each(|person| take_out_own_words(tx, person, &words))
}

fn forgotten(tx: &mut Tx<'_>, person: &PersonCard) -> Answer<()> {
    let address = EmailAddress::parse(&person.email).map_err(|problem| problem.of("email"))?;
    if !views::is_held_by_another(tx, &address, person.id)? {
        outbox::forget_address(tx, &address)?;
        circles::forget_address(tx, &address)?;
    }
    if let Some(business) = person.business {
        introductions::take_out_name(tx, business, &person.name, &texts::text(person.language, "accounts-former-colleague"))?;
    }
    let mut words = vec![person.name.clone(), person.email.clone(), address.normalised().to_owned()];
    // His own words go also where he signs with a part of the name.
    words.extend(person.name.split_whitespace().filter(|part| part.chars().count() >= NAME_PART_MIN).map(str::to_owned));
    take_out_own_words(tx, person, &words)
}

/// What a person wrote goes where it holds one of these words: notes of steps, the words of disputes, of invitations and of
/// applications.
fn take_out_own_words(tx: &mut Tx<'_>, person: &PersonCard, words: &[String]) -> Answer<()> {
    events::take_out_notes(tx, person.id, words)?;
    referrals::take_out_words(tx, person.id, words)?;
    match person.business {
        Some(business) => circles::take_out_words(tx, person.id, business, words),
        None => Ok(()),
    }
}

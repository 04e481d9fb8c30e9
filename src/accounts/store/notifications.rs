//! Which mails a person does not want.

use diesel::prelude::*;

use crate::db::schema::unwanted_mail;
use crate::db::{AnyConn, Tx};
use crate::kernel::Answer;
use crate::kernel::id::PersonId;
use crate::outbox::MailTopic;

/// What one person does not want.
pub(in crate::accounts) fn unwanted_by(connection: &mut AnyConn, person: PersonId) -> Answer<Vec<MailTopic>> {
    let own = unwanted_mail::table.filter(unwanted_mail::person_id.eq(person));
    Ok(own.order(unwanted_mail::topic).select(unwanted_mail::topic).load(connection)?)
}

/// Which of these people do not want a topic.
pub(in crate::accounts) fn not_wanting(connection: &mut AnyConn, people: &[PersonId], topic: MailTopic) -> Answer<Vec<PersonId>> {
    if people.is_empty() {
        return Ok(Vec::new());
    }
    let asked = unwanted_mail::table.filter(unwanted_mail::person_id.eq_any(people.to_vec()).and(unwanted_mail::topic.eq(topic)));
    Ok(asked.select(unwanted_mail::person_id).load(connection)?)
}

/// Keeps what a person does not want, instead of what was kept before.
pub(in crate::accounts) fn set_unwanted(tx: &mut Tx<'_>, person: PersonId, topics: &[MailTopic]) -> Answer<()> {
    diesel::delete(unwanted_mail::table.filter(unwanted_mail::person_id.eq(person))).execute(&mut **tx)?;
    for topic in topics {
        diesel::insert_into(unwanted_mail::table).values((unwanted_mail::person_id.eq(person), unwanted_mail::topic.eq(*topic))).execute(&mut **tx)?;
    }
    Ok(())
}

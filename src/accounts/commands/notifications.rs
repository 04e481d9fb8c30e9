//! Which mails a person wants.

use crate::accounts::store::{notifications, people};
use crate::accounts::views;
use crate::db::Tx;
use crate::kernel::actor::PersonRole;
use crate::kernel::id::SuppressionId;
use crate::kernel::{Answer, Failure, Principal};
use crate::outbox::{self, MailTopic};

/// Sets what a person does not want; everything else is wanted. Of a business's owners one always reads the offers.
pub fn set_unwanted(tx: &mut Tx<'_>, principal: &Principal, unwanted: &[MailTopic]) -> Answer<()> {
    if let Some(business) = principal.business {
        tx.lock(business)?;
        let owners: Vec<_> = people::active_of(tx, business)?.into_iter().filter(|person| person.role == PersonRole::Owner).map(|person| person.id).collect();
        if unwanted.contains(&MailTopic::Offers) && owners.contains(&principal.person) {
            let without = notifications::not_wanting(tx, &owners, MailTopic::Offers)?;
            if owners.iter().all(|owner| *owner == principal.person || without.contains(owner)) {
                return Err(Failure::field(MailTopic::Offers.as_str(), "last_reader", "nobody else of the business would read what is offered to it"));
            }
        }
    }
    notifications::set_unwanted(tx, principal.person, unwanted)
}

/// Wants reminders: also those that the link of a mail had stopped.
pub fn welcome_reminders(tx: &mut Tx<'_>, principal: &Principal) -> Answer<()> {
    let (person, secret) = (principal.person, tx.secret().clone());
    let key = views::address_key(tx, person, &secret)?;
    outbox::welcome_reminders(tx, &key)
}

/// Takes a line off the stop-list that he put there himself.
pub fn lift(tx: &mut Tx<'_>, principal: &Principal, line: SuppressionId) -> Answer<()> {
    let (person, secret) = (principal.person, tx.secret().clone());
    let key = views::address_key(tx, person, &secret)?;
    outbox::lift(tx, &key, line)
}

//! Somebody is forgotten: what he wrote into disputes goes where it names him.

use crate::db::Tx;
use crate::kernel::Answer;
use crate::kernel::id::PersonId;
use crate::referrals::store;

/// Takes out the words that a person wrote into disputes, where they hold one of these. Reason and decision stay: the credits of
/// both sides rest on them.
pub fn take_out_words(tx: &mut Tx<'_>, person: PersonId, words: &[String]) -> Answer<()> {
    store::take_out_words(tx, person, words)
}

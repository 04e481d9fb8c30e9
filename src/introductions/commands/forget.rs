//! A name is taken out of the record of consents, when its bearer is to be forgotten. The hash of the words that were read stays.

use crate::db::Tx;
use crate::introductions::record::Consent;
use crate::introductions::store;
use crate::kernel::id::{BusinessId, ConsentId, Identifier, IntroductionId};
use crate::kernel::{Answer, secret};

/// Lines that are read at once.
const BATCH: i64 = 200;

/// Puts other words in the place of a name, in what introductions keep that a business gave or received: the lines of the record,
/// and what prospects said to its people.
pub fn take_out_name(tx: &mut Tx<'_>, business: BusinessId, name: &str, instead: &str) -> Answer<()> {
    if name.is_empty() {
        return Ok(());
    }
    take_out_of_attested(tx, business, name, instead)?;
    take_out_of_record(tx, business, name, instead)
}

fn take_out_of_attested(tx: &mut Tx<'_>, business: BusinessId, name: &str, instead: &str) -> Answer<()> {
    let mut above = IntroductionId::from_raw(0);
    loop {
        let told = store::attested_of_business(tx, business, above, BATCH)?;
        let Some((last, _)) = told.last() else { return Ok(()) };
        above = *last;
        for (id, words) in told {
            if let Some(words) = words.filter(|words| words.contains(name)) {
                store::set_attested_words(tx, id, &words.replace(name, instead))?;
            }
        }
    }
}

fn take_out_of_record(tx: &mut Tx<'_>, business: BusinessId, name: &str, instead: &str) -> Answer<()> {
    let mut above = ConsentId::from_raw(0);
    loop {
        let lines = store::consent_of_business(tx, business, above, BATCH)?;
        let Some(last) = lines.last() else { return Ok(()) };
        above = last.id;
        for line in lines.iter().filter(|line| names(line, name)) {
            let hash = secret::hex(aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, line.wording.as_bytes()).as_ref());
            store::take_out_name(tx, line.id, &line.wording.replace(name, instead), &line.receiver_name.replace(name, instead), &hash)?;
        }
    }
}

fn names(line: &Consent, name: &str) -> bool {
    line.wording.contains(name) || line.receiver_name.contains(name)
}

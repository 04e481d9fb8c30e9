//! Reads obligations from CSV, row by row.

use std::cell::RefCell;
use std::collections::{HashMap, VecDeque};
use std::fmt;
use std::io::Read;
use std::rc::Rc;

use crate::reciprocity::clearing::{MEMBERS_MAX, OBLIGATIONS_MAX, Obligations};

/// Stands behind the last row. The CSV reader takes the end of a file for the end of a quote: whatever holds this has a quote that is
/// never closed.
const LAST_ROW: &[u8] = b"\n\0";

/// Longer names are refused.
const NAME_BYTES_MAX: usize = 1_000;

/// Obligations, and the names of their members in the order in which they first appeared.
#[derive(Debug)]
pub(super) struct Book {
    pub names: Vec<String>,
    pub obligations: Obligations,
}

/// Why a list was refused, and where.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Refused {
    pub line: u64,
    pub reason: Reason,
}

/// What is wrong with a row.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Reason {
    Fields(usize),
    NoName,
    LongName,
    NoText,
    SelfDebt(String),
    NotWhole(String),
    NotPositive(String),
    TooLarge(String),
    TotalTooLarge,
    TooMany,
    Unclosed,
    Unreadable(String),
}

impl fmt::Display for Refused {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "line {}: ", self.line)?;
        match &self.reason {
            Reason::Fields(count) => write!(formatter, "a row has three fields, debtor,creditor,amount; this one has {count}"),
            Reason::NoName => write!(formatter, "debtor and creditor need a name"),
            Reason::LongName => write!(formatter, "a name is longer than {NAME_BYTES_MAX} bytes"),
            Reason::NoText => write!(formatter, "not UTF-8 text"),
            Reason::SelfDebt(name) => write!(formatter, "{name:?} cannot owe himself"),
            Reason::NotWhole(amount) => write!(formatter, "the amount {amount:?} is not a whole number"),
            Reason::NotPositive(amount) => write!(formatter, "the amount {amount} is not above 0"),
            Reason::TooLarge(amount) => write!(formatter, "the amount {amount} is larger than {}", i64::MAX),
            Reason::TotalTooLarge => write!(formatter, "with this row all amounts together are larger than {}", i64::MAX),
            Reason::TooMany => write!(formatter, "more than {OBLIGATIONS_MAX} obligations or {MEMBERS_MAX} members"),
            Reason::Unclosed => write!(formatter, "a quote is opened here and never closed"),
            Reason::Unreadable(error) => write!(formatter, "{error}"),
        }
    }
}

/// Reads everything, or says what is wrong with the first row that cannot be used.
pub(super) fn book(source: impl Read) -> Result<Book, Refused> {
    let breaks = Breaks::default();
    let source = Counted { source, at: 0, breaks: breaks.clone() }.chain(LAST_ROW);
    let mut rows = csv::ReaderBuilder::new().has_headers(false).flexible(true).buffer_capacity(1 << 16).from_reader(source);
    let mut row = csv::ByteRecord::new();
    let mut members = Members::default();
    let mut list = Vec::new();
    let (mut total, mut first) = (0_i64, true);
    loop {
        match rows.read_byte_record(&mut row) {
            Ok(true) => {}
            Ok(false) => break,
            Err(error) => return Err(Refused { line: breaks.line(rows.position().byte()), reason: Reason::Unreadable(error.to_string()) }),
        }
        let inside = row.as_slice().iter().filter(|byte| **byte == b'\n').count() as u64;
        if breaks.is_behind(rows.position().byte()) {
            if row.as_slice() == &LAST_ROW[1..] {
                break;
            }
            // One of the breaks is that of the last row.
            let line = breaks.first_line(rows.position().byte(), inside.saturating_sub(1));
            return Err(Refused { line, reason: Reason::Unclosed });
        }
        let line = breaks.first_line(rows.position().byte(), inside);
        let header = std::mem::take(&mut first) && is_header(&row);
        if !header {
            let entry = entry(&row, &mut members, &mut total).map_err(|reason| Refused { line, reason })?;
            if list.len() >= OBLIGATIONS_MAX || members.numbers.len() > MEMBERS_MAX {
                return Err(Refused { line, reason: Reason::TooMany });
            }
            list.push(entry);
        }
    }
    let line = breaks.line(rows.position().byte());
    let names = members.names();
    let obligations = Obligations::build(names.len(), list).map_err(|error| Refused { line, reason: Reason::Unreadable(error.to_string()) })?;
    Ok(Book { names, obligations })
}

/// Where the lines end that were read ahead. The CSV reader's own line numbers pass over empty lines and are late by one
/// where lines end with a carriage return.
#[derive(Clone, Default)]
struct Breaks(Rc<RefCell<Ahead>>);

#[derive(Default)]
struct Ahead {
    offsets: VecDeque<u64>,
    passed: u64,
    /// In bytes, once the source has nothing more.
    length: Option<u64>,
}

impl Breaks {
    /// The line of the last byte before `end`, a line's own end not counted. `end` never goes back.
    fn line(&self, end: u64) -> u64 {
        let mut ahead = self.0.borrow_mut();
        while ahead.offsets.front().is_some_and(|offset| offset + 1 < end) {
            ahead.offsets.pop_front();
            ahead.passed += 1;
        }
        ahead.passed + 1
    }

    /// The first line of a row that ends before `end` and has so many line breaks inside its fields.
    fn first_line(&self, end: u64, inside: u64) -> u64 {
        self.line(end).saturating_sub(inside)
    }

    /// Whether everything before `end` is more than the source and one line break.
    fn is_behind(&self, end: u64) -> bool {
        self.0.borrow().length.is_some_and(|length| end > length + 1)
    }
}

/// Notes the line breaks of what is read through it.
struct Counted<R> {
    source: R,
    at: u64,
    breaks: Breaks,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = self.source.read(buffer)?;
        let found = buffer[..count].iter().zip(self.at..).filter(|(byte, _)| **byte == b'\n').map(|(_, offset)| offset);
        let mut ahead = self.breaks.0.borrow_mut();
        ahead.offsets.extend(found);
        self.at += count as u64;
        if count == 0 && !buffer.is_empty() {
            ahead.length = Some(self.at);
        }
        Ok(count)
    }
}

/// No obligation has the word "amount" for its amount.
fn is_header(row: &csv::ByteRecord) -> bool {
    row.len() == 3 && row.get(2).is_some_and(|field| field.trim_ascii().eq_ignore_ascii_case(b"amount"))
}

fn entry(row: &csv::ByteRecord, members: &mut Members, total: &mut i64) -> Result<(u32, u32, i64), Reason> {
    let (Some(debtor), Some(creditor), Some(amount), 3) = (row.get(0), row.get(1), row.get(2), row.len()) else {
        return Err(Reason::Fields(row.len()));
    };
    let amount = parsed(amount)?;
    if debtor == creditor && !debtor.is_empty() {
        return Err(Reason::SelfDebt(String::from_utf8_lossy(debtor).into_owned()));
    }
    let entry = (members.number(debtor)?, members.number(creditor)?, amount);
    *total = total.checked_add(amount).ok_or(Reason::TotalTooLarge)?;
    Ok(entry)
}

fn parsed(field: &[u8]) -> Result<i64, Reason> {
    let text = std::str::from_utf8(field.trim_ascii()).map_err(|_| Reason::NoText)?;
    match text.parse::<i64>() {
        Ok(amount) if amount > 0 => Ok(amount),
        Ok(_) => Err(Reason::NotPositive(text.to_owned())),
        Err(error) if *error.kind() == std::num::IntErrorKind::PosOverflow => Err(Reason::TooLarge(text.to_owned())),
        Err(error) if *error.kind() == std::num::IntErrorKind::NegOverflow => Err(Reason::NotPositive(text.to_owned())),
        Err(_) => Err(Reason::NotWhole(text.to_owned())),
    }
}

/// Names get their numbers as they appear.
#[derive(Default)]
struct Members {
    numbers: HashMap<Box<[u8]>, u32>,
}

impl Members {
    fn number(&mut self, name: &[u8]) -> Result<u32, Reason> {
        if let Some(number) = self.numbers.get(name) {
            return Ok(*number);
        }
        if name.is_empty() {
            return Err(Reason::NoName);
        }
        if name.len() > NAME_BYTES_MAX {
            return Err(Reason::LongName);
        }
        if std::str::from_utf8(name).is_err() {
            return Err(Reason::NoText);
        }
        let number = u32::try_from(self.numbers.len()).map_err(|_| Reason::TooMany)?;
        self.numbers.insert(name.into(), number);
        Ok(number)
    }

    fn names(self) -> Vec<String> {
        let mut names = vec![String::new(); self.numbers.len()];
        for (name, number) in self.numbers {
            names[number as usize] = String::from_utf8_lossy(&name).into_owned();
        }
        names
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reciprocity::clearing::Obligation;
    use crate::reciprocity::clearing::generate::Random;

    fn refused(text: &[u8]) -> String {
        book(text).unwrap_err().to_string()
    }

    #[test]
    fn rows_are_read_with_or_without_a_header() {
        let with = book(b"\xEF\xBB\xBFDebtor, Creditor ,Amount\r\n\"M\xC3\xBCller, & \"\"S\xC3\xB6hne\"\"\",b,5\r\nb,c, 7 \r\nb,c,1\r\n".as_slice()).unwrap();
        assert_eq!(with.names, ["Müller, & \"Söhne\"", "b", "c"]);
        let list: Vec<Obligation> = with.obligations.iter().collect();
        assert_eq!(list, [Obligation { debtor: 0, creditor: 1, amount: 5 }, Obligation { debtor: 1, creditor: 2, amount: 8 }]);
        let without = book(b"a,b,5".as_slice()).unwrap();
        assert_eq!((without.names.len(), without.obligations.total()), (2, 5));
        assert_eq!(book(b"".as_slice()).unwrap().obligations.count(), 0);
        assert_eq!(book(b"debtor,creditor,amount\n".as_slice()).unwrap().names.len(), 0);
        assert_eq!(book(b"amount,amount,1\n\n\"line\nbreak\",b,2".as_slice()).unwrap_err().line, 1);
    }

    #[test]
    fn what_cannot_be_used_is_named_with_its_line() {
        assert_eq!(refused(b"a,b,1\nx,x,5\n"), "line 2: \"x\" cannot owe himself");
        assert_eq!(refused(b"debtor,creditor,amount\na,b,0\n"), "line 2: the amount 0 is not above 0");
        assert_eq!(refused(b"a,b,1\r\n\r\nb,c,1\r\nc,d,-4\r\n"), "line 4: the amount -4 is not above 0");
        assert_eq!(refused(b"a,b,1\n\n\nc,d,-4\ne,f,1"), "line 4: the amount -4 is not above 0");
        assert_eq!(refused(b"\xEF\xBB\xBFa,b,1\nc,\"d\n\",-4\ne,f,1"), "line 2: the amount -4 is not above 0");
        assert_eq!(refused(b"a,b,1.5"), "line 1: the amount \"1.5\" is not a whole number");
        assert_eq!(refused(b"a,b,1e3"), "line 1: the amount \"1e3\" is not a whole number");
        assert_eq!(refused(b"a,b,"), "line 1: the amount \"\" is not a whole number");
        assert_eq!(refused(b"a,b,9223372036854775808"), "line 1: the amount 9223372036854775808 is larger than 9223372036854775807");
        assert_eq!(refused(b"a,b,-9223372036854775809"), "line 1: the amount -9223372036854775809 is not above 0");
        assert_eq!(refused(b"a,b,9223372036854775807\nb,a,1"), "line 2: with this row all amounts together are larger than 9223372036854775807");
        assert_eq!(refused(b"\"line\nbreak\",b,1\na,b\n"), "line 3: a row has three fields, debtor,creditor,amount; this one has 2");
        assert_eq!(refused(b"a,b,1,2"), "line 1: a row has three fields, debtor,creditor,amount; this one has 4");
        assert_eq!(refused(b"a,b,1\n\"x\n"), "line 2: a quote is opened here and never closed");
        assert_eq!(refused(b"a,b,\"5"), "line 1: a quote is opened here and never closed");
        assert_eq!(refused(b"\"line\nbreak\",b,1\r\n\r\n\"c\nd\",e,\"6\n7\n\n"), "line 4: a quote is opened here and never closed");
        assert_eq!(refused(b"\""), "line 1: a quote is opened here and never closed");
        assert_eq!(refused(b"a,b,1\n\0"), "line 2: a row has three fields, debtor,creditor,amount; this one has 1");
        assert_eq!(refused(b"\0\n"), "line 1: a row has three fields, debtor,creditor,amount; this one has 1");
        assert_eq!(refused(b"a,,1"), "line 1: debtor and creditor need a name");
        assert_eq!(refused(b",,1"), "line 1: debtor and creditor need a name");
        assert_eq!(refused(b"a,\xFF,1"), "line 1: not UTF-8 text");
        let long = format!("a,{},1", "x".repeat(NAME_BYTES_MAX + 1));
        assert_eq!(refused(long.as_bytes()), "line 1: a name is longer than 1000 bytes");
        assert_eq!(refused(b"a,b,1\na,b,amount\n"), "line 2: the amount \"amount\" is not a whole number");
    }

    /// Whatever the bytes are: never a panic, an error names a line of the file, and nothing is lost or added.
    fn holds(bytes: &[u8]) -> Option<Book> {
        match book(bytes) {
            Ok(book) => {
                let sum: i64 = book.obligations.iter().map(|obligation| obligation.amount).sum();
                assert_eq!((sum, book.names.len()), (book.obligations.total(), book.obligations.members()));
                Some(book)
            }
            Err(refused) => {
                let lines = bytes.iter().filter(|byte| **byte == b'\n').count() as u64 + 1;
                assert!((1..=lines).contains(&refused.line), "{refused} of {lines}: {:?}", String::from_utf8_lossy(bytes));
                assert!(!refused.to_string().is_empty());
                None
            }
        }
    }

    #[test]
    fn random_bytes_are_read_or_refused() {
        const LETTERS: &[u8] = b"ab,,\"\"\n\n\r015-. \xC3\xBC\xFF\xEF\xBB\xBF";
        let mut random = Random::new(7);
        let mut usable = 0;
        for _ in 0..20_000 {
            let bytes: Vec<u8> = (0..random.below(60)).map(|_| LETTERS[random.below(LETTERS.len() as u64) as usize]).collect();
            usable += u32::from(holds(&bytes).is_some());
        }
        assert!(usable > 100, "only {usable} could be read");
    }

    #[test]
    fn random_rows_add_up_and_a_bad_one_is_named_by_its_line() {
        let mut random = Random::new(8);
        for _ in 0..2_000 {
            let (mut text, mut total, mut line) = (String::new(), 0, 1);
            for _ in 0..random.below(30) {
                let (debtor, ahead, amount) = (random.below(5), 1 + random.below(4), 1 + random.below(1_000) as i64);
                let creditor = (debtor + ahead) % 5;
                let name = |member| if member == 0 { "\"two\nlines, \"\"so\"\"\"".to_owned() } else { format!("m{member}") };
                let end = ["\n", "\r\n", "\n\n"][random.below(3) as usize];
                line += [debtor, creditor].iter().filter(|member| **member == 0).count() as u64 + end.matches('\n').count() as u64;
                text += &format!("{},{}, {amount}{end}", name(debtor), name(creditor));
                total += amount;
            }
            let read = holds(text.as_bytes()).unwrap();
            assert_eq!(read.obligations.total(), total, "{text:?}");
            let bad = ["a,b,0", "a,a,1", "a,b", "a,b,1.5", ",b,1"][random.below(5) as usize];
            assert_eq!(book(format!("{text}{bad}\nb,c,1\n").as_bytes()).unwrap_err().line, line, "{text:?} {bad}");
        }
    }
}

//! The lines of vCard (RFC 6350) and iCalendar (RFC 5545), which both escape and fold alike.

/// The longest line in octets, its end left out.
pub const LINE_OCTETS_MAX: usize = 75;

/// Names with their values as lines; whoever makes a value has escaped it.
pub fn lines<'n>(values: impl IntoIterator<Item = (&'n str, String)>) -> String {
    let mut text = String::new();
    for (name, value) in values {
        fold(&mut text, &format!("{name}:{value}"));
    }
    text
}

/// A text as a value: what separates values is escaped, a line break is written as such, other control characters go.
pub fn escaped(text: &str) -> String {
    let mut value = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\\' | ',' | ';' => {
                value.push('\\');
                value.push(letter);
            }
            '\n' => value.push_str("\\n"),
            '\t' => value.push('\t'),
            control if control.is_control() => {}
            other => value.push(other),
        }
    }
    value
}

/// An address as a value: nothing in it is escaped, and nothing in it may end the line.
pub fn uri(address: &str) -> String {
    address.chars().filter(|letter| !letter.is_control()).collect()
}

/// Writes a line in pieces that are short enough, each but the first after a blank. No letter is cut.
fn fold(text: &mut String, line: &str) {
    let mut octets = 0;
    for letter in line.chars() {
        if octets + letter.len_utf8() > LINE_OCTETS_MAX {
            text.push_str("\r\n ");
            octets = 1;
        }
        text.push(letter);
        octets += letter.len_utf8();
    }
    text.push_str("\r\n");
}

/// The lines as a reader puts them together again.
#[cfg(test)]
pub fn unfolded(text: &str) -> Vec<String> {
    text.replace("\r\n ", "").split_terminator("\r\n").map(str::to_owned).collect()
}

/// A value as a reader understands it; nothing when a separator stands in it.
#[cfg(test)]
pub fn understood(value: &str) -> Option<String> {
    let mut text = String::new();
    let mut letters = value.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => match letters.next()? {
                'n' | 'N' => text.push('\n'),
                other => text.push(other),
            },
            ',' | ';' => return None,
            other => text.push(other),
        }
    }
    Some(text)
}

//! The bytes of a message as they may travel through SMTP.
//!
//! Invariants: ASCII only (no 8BITMIME needed), lines end in CR LF and nowhere stands one without the other (a lone one lets
//! servers disagree about where a message ends), no NUL, no line longer than 998 bytes, the last line is complete.

/// The longest line that SMTP carries, without its CR LF.
const LINE_MAX_BYTES: usize = 998;

/// A complete message that any server takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageBytes(Vec<u8>);

/// Why bytes are no message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotAMessage {
    /// There is nothing.
    #[error("a message is not empty")]
    Empty,
    /// A byte outside of ASCII, or NUL.
    #[error("a message is ASCII without NUL")]
    NotAscii,
    /// CR without LF, LF without CR, or the end without either.
    #[error("a message's lines end in CR LF")]
    LineEnd,
    /// A line longer than SMTP carries.
    #[error("a message's line has at most 998 bytes")]
    LineTooLong,
}

impl MessageBytes {
    /// Checks every invariant.
    pub fn parse(bytes: Vec<u8>) -> Result<Self, NotAMessage> {
        let lines = match bytes.strip_suffix(b"\r\n") {
            Some(lines) => lines,
            None if bytes.is_empty() => return Err(NotAMessage::Empty),
            None => return Err(NotAMessage::LineEnd),
        };
        if !bytes.is_ascii() || bytes.contains(&0) {
            return Err(NotAMessage::NotAscii);
        }
        let mut rest = lines;
        while let Some(end) = rest.iter().position(|byte| matches!(byte, b'\r' | b'\n')) {
            let (line, tail) = rest.split_at(end);
            check_length(line)?;
            rest = tail.strip_prefix(b"\r\n").ok_or(NotAMessage::LineEnd)?;
        }
        check_length(rest)?;
        Ok(Self(bytes))
    }

    /// The whole message.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// Without the CR LF of the last line: lettre puts one in front of the final dot itself, and the message would grow by it.
    pub fn without_last_line_end(&self) -> &[u8] {
        self.0.strip_suffix(b"\r\n").unwrap_or(&self.0)
    }
}

fn check_length(line: &[u8]) -> Result<(), NotAMessage> {
    if line.len() > LINE_MAX_BYTES { Err(NotAMessage::LineTooLong) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_may_travel_is_a_message() {
        let long = |bytes: usize| [vec![b'x'; bytes], b"\r\n".to_vec()].concat();
        for (bytes, wanted) in [
            (b"a\r\n\r\n.b\r\n".to_vec(), Ok(())),
            (b"\r\n".to_vec(), Ok(())),
            (long(998), Ok(())),
            (long(999), Err(NotAMessage::LineTooLong)),
            ([long(999), b"\r\n".to_vec()].concat(), Err(NotAMessage::LineTooLong)),
            (Vec::new(), Err(NotAMessage::Empty)),
            (b"a".to_vec(), Err(NotAMessage::LineEnd)),
            (b"a\n.\nb\r\n".to_vec(), Err(NotAMessage::LineEnd)),
            (b"a\r.\r\n".to_vec(), Err(NotAMessage::LineEnd)),
            (b"a\r\r\n".to_vec(), Err(NotAMessage::LineEnd)),
            (b"a\n\r\n".to_vec(), Err(NotAMessage::LineEnd)),
            (b"a\0b\r\n".to_vec(), Err(NotAMessage::NotAscii)),
            ("ä\r\n".as_bytes().to_vec(), Err(NotAMessage::NotAscii)),
        ] {
            assert_eq!(MessageBytes::parse(bytes.clone()).map(|_| ()), wanted, "{:?}", String::from_utf8_lossy(&bytes));
        }
    }
}

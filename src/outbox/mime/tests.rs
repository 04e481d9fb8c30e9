//! Letters are built and read back by another library.

use mail_parser::{Address as Parsed, HeaderValue as ParsedValue, Message, MessageParser, MimeHeaders};
use proptest::prelude::*;

use super::*;

type Spoil = Box<dyn Fn(&mut Letter)>;

fn mailbox(name: &str, email: &str) -> Mailbox {
    Mailbox { name: name.to_owned(), email: email.to_owned() }
}

fn letter() -> Letter {
    Letter {
        message_id: "int-42.1@kularing.example".to_owned(),
        references: vec!["ref-7@kularing.example".to_owned(), "<int-42.0@kularing.example>".to_owned()],
        from: mailbox("Anna Müller via Kularing", "mail@kularing.example"),
        to: vec![mailbox("Илья Петров", "ilya@почта.рф"), mailbox("", "office@bücher.example")],
        reply_to: vec![mailbox("Müller, Anna \"die Chefin\"", "anna@mueller.example")],
        subject: "Anna Müller stellt Ihnen vor: Dachdecker Söhne & Töchter".to_owned(),
        date_unix_seconds: 1_795_300_000,
        language: "de".to_owned(),
        auto_generated: true,
        list_unsubscribe: Some("https://kularing.example/stop/abc_DEF-123".to_owned()),
        list_id: Some("builders.kularing.example".to_owned()),
        text: "Guten Tag,\nschöne Grüße.\n.\n..Punkte\nFrom hier\n".to_owned(),
        html: "<p lang=de>Guten Tag, <b>schöne</b> Grüße = 100&nbsp;%</p>\n".to_owned(),
    }
}

fn parse(bytes: &MessageBytes) -> Message<'_> {
    MessageParser::default().parse(bytes.as_bytes()).unwrap()
}

fn pairs(address: Option<&Parsed<'_>>) -> Vec<(String, String)> {
    let all = address.into_iter().flat_map(|address| address.iter());
    all.map(|one| (one.name().unwrap_or_default().to_owned(), one.address().unwrap_or_default().to_owned())).collect()
}

fn pair(name: &str, email: &str) -> (String, String) {
    (name.to_owned(), email.to_owned())
}

fn header_names(message: &Message<'_>) -> Vec<String> {
    message.headers().iter().map(|header| header.name().to_ascii_lowercase()).collect()
}

/// What stands between two header names, unfolded.
fn raw_header(bytes: &MessageBytes, name: &str) -> Option<String> {
    let text = std::str::from_utf8(bytes.as_bytes()).unwrap();
    let (head, _) = text.split_once("\r\n\r\n").unwrap();
    let unfolded = head.replace("\r\n ", " ");
    unfolded.lines().find_map(|line| line.strip_prefix(&format!("{name}: ")).map(str::to_owned))
}

const ALL_HEADERS: [&str; 14] = [
    "date",
    "from",
    "to",
    "reply-to",
    "subject",
    "message-id",
    "references",
    "in-reply-to",
    "content-language",
    "auto-submitted",
    "list-unsubscribe",
    "list-unsubscribe-post",
    "list-id",
    "mime-version",
];

#[test]
fn a_letter_is_read_back_as_it_was_written() {
    let bytes = build(&letter()).unwrap();
    let message = parse(&bytes);
    assert_eq!(message.message_id(), Some("int-42.1@kularing.example"));
    assert_eq!(message.references().as_text_list().unwrap(), ["ref-7@kularing.example", "int-42.0@kularing.example"]);
    assert_eq!(message.in_reply_to().as_text(), Some("int-42.0@kularing.example"));
    assert_eq!(pairs(message.from()), [pair("Anna Müller via Kularing", "mail@kularing.example")]);
    assert_eq!(pairs(message.to()), [pair("Илья Петров", "ilya@xn--80a1acny.xn--p1ai"), pair("", "office@xn--bcher-kva.example")]);
    assert_eq!(pairs(message.reply_to()), [pair("Müller, Anna \"die Chefin\"", "anna@mueller.example")]);
    assert_eq!(message.subject(), Some(letter().subject.as_str()));
    assert_eq!(message.date().unwrap().to_timestamp(), 1_795_300_000);
    for (name, value) in [
        ("Content-Language", "de"),
        ("Auto-Submitted", "auto-generated"),
        ("List-Unsubscribe", "<https://kularing.example/stop/abc_DEF-123>"),
        ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
        ("List-ID", "<builders.kularing.example>"),
        ("MIME-Version", "1.0"),
    ] {
        assert_eq!(raw_header(&bytes, name).as_deref(), Some(value), "{name}");
    }
    let mut wanted = ALL_HEADERS.to_vec();
    wanted.push("content-type");
    assert_eq!(header_names(&message), wanted);
}

#[test]
fn the_parts_are_text_then_html() {
    let bytes = build(&letter()).unwrap();
    let message = parse(&bytes);
    let content_type = message.content_type().unwrap();
    assert_eq!((content_type.ctype(), content_type.subtype()), ("multipart", Some("alternative")));
    let kinds: Vec<_> = message.parts.iter().skip(1).map(|part| part.content_type().unwrap().subtype().unwrap().to_owned()).collect();
    assert_eq!(kinds, ["plain", "html"]);
    assert_eq!(message.body_text(0).unwrap().replace("\r\n", "\n"), letter().text);
    assert_eq!(message.body_html(0).unwrap().replace("\r\n", "\n"), letter().html);
}

#[test]
fn what_was_not_asked_for_is_not_there() {
    let plain = Letter { references: Vec::new(), reply_to: Vec::new(), auto_generated: false, list_unsubscribe: None, list_id: None, ..letter() };
    let bytes = build(&plain).unwrap();
    let wanted = ["date", "from", "to", "subject", "message-id", "content-language", "mime-version", "content-type"];
    assert_eq!(header_names(&parse(&bytes)), wanted);
}

#[test]
fn the_same_letter_gives_the_same_bytes() {
    let bytes = build(&letter()).unwrap();
    assert_eq!(bytes, build(&letter()).unwrap());
    let bracketed = Letter { message_id: "<int-42.1@kularing.example>".to_owned(), ..letter() };
    assert_eq!(bytes, build(&bracketed).unwrap());
    let other = Letter { message_id: "int-43.1@kularing.example".to_owned(), ..letter() };
    let boundary_of = |bytes: &MessageBytes| parse(bytes).content_type().unwrap().attribute("boundary").unwrap().to_owned();
    assert_ne!(boundary_of(&bytes), boundary_of(&build(&other).unwrap()));
}

#[test]
fn no_field_adds_a_header_or_a_part() {
    let attack = "x\r\nBcc: thief@evil.example\r\n\r\n<script>\n\rX-Evil: 1\0";
    let evil = Letter {
        subject: attack.to_owned(),
        from: mailbox(attack, "mail@kularing.example"),
        to: vec![mailbox(attack, "a@b.example"), mailbox("=?utf-8?q?x=0D=0ABcc:_y?=", "c@d.example")],
        reply_to: vec![mailbox("\r\n", "r@b.example")],
        text: attack.to_owned(),
        ..letter()
    };
    let bytes = build(&evil).unwrap();
    let message = parse(&bytes);
    let mut wanted = ALL_HEADERS.to_vec();
    wanted.push("content-type");
    assert_eq!(header_names(&message), wanted);
    assert_eq!(message.subject(), Some("x Bcc: thief@evil.example <script> X-Evil: 1"));
    assert_eq!(pairs(message.to())[1], pair("=?utf-8?q?x=0D=0ABcc:_y?=", "c@d.example"));
    assert_eq!(pairs(message.reply_to()), [pair("", "r@b.example")]);

    let boundary = message.content_type().unwrap().attribute("boundary").unwrap().to_owned();
    let closing = format!("a\n--{boundary}--\n--{boundary}\nContent-Type: text/html\n\nb");
    let bytes = build(&Letter { text: closing.clone(), html: closing, ..letter() }).unwrap();
    assert_eq!(parse(&bytes).parts.len(), 3);
}

#[test]
fn what_cannot_be_sent_is_an_error() {
    let wrong: Vec<(LetterError, Spoil)> = vec![
        (LetterError::MessageId, Box::new(|l| l.message_id = "a@b\r\nBcc: c@d".to_owned())),
        (LetterError::MessageId, Box::new(|l| l.message_id = "a@b> <c@d".to_owned())),
        (LetterError::MessageId, Box::new(|l| l.message_id = "ü@b".to_owned())),
        (LetterError::MessageId, Box::new(|l| l.message_id = String::new())),
        (LetterError::MessageId, Box::new(|l| l.message_id = format!("{}@b", "a".repeat(250)))),
        (LetterError::MessageId, Box::new(|l| l.references.push("x\r\ny@z".to_owned()))),
        (LetterError::TooManyReferences, Box::new(|l| l.references = vec!["a@b".to_owned(); 51])),
        (LetterError::MailboxCount, Box::new(|l| l.to.clear())),
        (LetterError::MailboxCount, Box::new(|l| l.to = vec![mailbox("", "a@b.de"); 11])),
        (LetterError::NonAsciiLocalPart, Box::new(|l| l.to[0].email = "müller@b.example".to_owned())),
        (LetterError::Address, Box::new(|l| l.from.email = "a@b.example\r\nBcc: c".to_owned())),
        (LetterError::Address, Box::new(|l| l.to[0].email = "a\r\nb@c.example".to_owned())),
        (LetterError::Address, Box::new(|l| l.to[0].email = "\"a> b\"@c.example".to_owned())),
        (LetterError::Address, Box::new(|l| l.to[0].email = "a@".to_owned())),
        (LetterError::Address, Box::new(|l| l.reply_to[0].email = "nobody".to_owned())),
        (LetterError::Date, Box::new(|l| l.date_unix_seconds = -1)),
        (LetterError::Date, Box::new(|l| l.date_unix_seconds = DATE_MAX_UNIX_SECONDS + 1)),
        (LetterError::Language, Box::new(|l| l.language = "de\r\nX: y".to_owned())),
        (LetterError::Language, Box::new(|l| l.language = String::new())),
        (LetterError::UnsubscribeUrl, Box::new(|l| l.list_unsubscribe = Some("https://a/>\r\nX: y".to_owned()))),
        (LetterError::UnsubscribeUrl, Box::new(|l| l.list_unsubscribe = Some("mailto:a@b.de".to_owned()))),
        (LetterError::UnsubscribeUrl, Box::new(|l| l.list_unsubscribe = Some(format!("https://{}", "a".repeat(900))))),
        (LetterError::ListId, Box::new(|l| l.list_id = Some("a b.c".to_owned()))),
        (LetterError::ListId, Box::new(|l| l.list_id = Some(String::new()))),
        (LetterError::PartTooLong, Box::new(|l| l.html = "x".repeat(PART_MAX_BYTES))),
        (LetterError::PartTooLong, Box::new(|l| l.text = "x".repeat(PART_MAX_BYTES))),
    ];
    for (number, (wanted, spoil)) in wrong.iter().enumerate() {
        let mut spoiled = letter();
        spoil(&mut spoiled);
        assert_eq!(build(&spoiled).map(|_| ()), Err(*wanted), "case {number}");
    }
}

#[test]
fn what_is_just_inside_the_limits_can_be_sent() {
    let mut full = letter();
    full.message_id = format!("{}@b", "a".repeat(248));
    full.references = (0..50).map(|number| format!("{}.{number}@b.example", "r".repeat(200))).collect();
    full.list_unsubscribe = Some(format!("https://{}", "a".repeat(892)));
    full.html = "ж".repeat(29_999);
    full.text = "x".repeat(59_999);
    full.to = vec![mailbox(&"Ж".repeat(500), &format!("{}@{}.example", "l".repeat(64), "d".repeat(60))); 10];
    full.date_unix_seconds = DATE_MAX_UNIX_SECONDS;
    let bytes = build(&full).unwrap();
    let message = parse(&bytes);
    assert_eq!(message.references().as_text_list().unwrap().len(), 50);
    assert_eq!(message.body_html(0).unwrap(), full.html);
    assert_eq!(pairs(message.to())[9].0, format!("{}…", "Ж".repeat(119)));
    assert!(matches!(message.list_unsubscribe(), ParsedValue::Address(_)));
}

#[test]
fn subjects_are_cut_between_characters() {
    let of = |raw: &str| {
        let bytes = build(&Letter { subject: raw.to_owned(), ..letter() }).unwrap();
        parse(&bytes).subject().map(str::to_owned)
    };
    assert_eq!(of(&"я".repeat(150)), Some("я".repeat(150)));
    assert_eq!(of(&"я".repeat(151)), Some(format!("{}…", "я".repeat(149))));
    assert_eq!(of(&"🌿".repeat(400)).unwrap().chars().count(), 150);
    assert_eq!(of("=?utf-8?b?QmFk?="), Some("= ?utf-8?b?QmFk?=".to_owned()));
    assert_eq!(of(&"=?".repeat(75)), Some(format!("{}…", "= ?".repeat(50).split_at(149).0.trim_end())));
    assert_eq!(of("Grüße\u{202e}gro.live\t\u{7}x"), Some("Grüße gro.live x".to_owned()));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_names_subjects_and_bodies_are_read_back(name in any::<String>(), word in "[ -~äßЖ文🌿]{0,130}", subject in any::<String>(), text in any::<String>(), html in "[ -~\r\n\täЖ🌿]{0,300}") {
        let written = Letter {
            from: mailbox(&name, "a@b.example"),
            to: vec![mailbox(&word, "c@d.example"), mailbox(&name, "e@f.example")],
            subject: format!("{subject} {word}"),
            text: text.clone(),
            html: html.clone(),
            ..letter()
        };
        let bytes = build(&written).unwrap();
        let message = parse(&bytes);
        let mut wanted = ALL_HEADERS.to_vec();
        wanted.push("content-type");
        prop_assert_eq!(header_names(&message), wanted);
        let shown = |raw: &str| one_line(raw, NAME_MAX_CHARACTERS);
        prop_assert_eq!(pairs(message.from()), [pair(&shown(&name), "a@b.example")]);
        prop_assert_eq!(pairs(message.to()), [pair(&shown(&word), "c@d.example"), pair(&shown(&name), "e@f.example")]);
        prop_assert_eq!(message.subject().unwrap_or_default(), super::subject(&written.subject));
        prop_assert_eq!(message.parts.len(), 3);
        let lines = |raw: &str| raw.replace("\r\n", "\n").replace('\r', "\n");
        prop_assert_eq!(lines(&message.body_text(0).unwrap()), lines(&text));
        prop_assert_eq!(lines(&message.body_html(0).unwrap()), lines(&html));
    }
}

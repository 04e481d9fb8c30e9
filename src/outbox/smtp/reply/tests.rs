//! The table of answers, line by line.

use super::Step::*;
use super::*;

fn reply(line: &str) -> Reply {
    let (code, text) = line.split_at(3);
    Reply::new(code.parse().unwrap(), text)
}

fn verdict(step: Step, line: &str) -> &'static str {
    match classify(step, Answer::Reply(reply(line))) {
        Ok(_) => "go on",
        Err(Outcome::Accepted { .. }) => "accepted",
        Err(Outcome::Deferred(_)) => "deferred",
        Err(Outcome::RecipientRefused(_)) => "refused",
        Err(Outcome::TransportFault(_)) => "transport",
        Err(Outcome::Unknown { .. }) => "unknown",
    }
}

#[test]
#[allow(clippy::too_many_lines, reason = "one readable table")]
fn every_reply_has_its_meaning() {
    let table: &[(Step, &str, &str)] = &[
        // Going on
        (Hello, "250 relay", "go on"),
        (Authentication, "235 2.7.0 welcome", "go on"),
        (MailFrom, "250 2.1.0 ok", "go on"),
        (Recipient, "250 2.1.5 ok", "go on"),
        (Recipient, "251 will forward", "go on"),
        (Recipient, "252 cannot verify", "go on"),
        (Data, "354 go ahead", "go on"),
        (FinalAnswer, "250 2.0.0 queued as 4711", "go on"),
        // Positive, but not the answer to what was asked
        (Data, "250 ok", "transport"),
        (MailFrom, "354 go ahead", "transport"),
        (FinalAnswer, "354 go ahead", "unknown"),
        // Opening the connection
        (Hello, "554 no service", "transport"),
        (Hello, "421 too busy", "transport"),
        (Hello, "550 5.1.1 anything", "transport"),
        (Tls, "454 4.7.0 TLS not available", "transport"),
        (Authentication, "535 5.7.8 bad credentials", "transport"),
        (Authentication, "454 4.7.0 try later", "transport"),
        // MAIL FROM
        (MailFrom, "451 4.3.0 later", "deferred"),
        (MailFrom, "421 4.4.2 timeout", "deferred"),
        (MailFrom, "552 5.3.4 out of space", "deferred"),
        (MailFrom, "550 5.1.1 no", "transport"),
        (MailFrom, "530 5.7.0 authentication required", "transport"),
        (MailFrom, "553 5.1.8 sender's domain", "transport"),
        // RCPT TO
        (Recipient, "450 4.2.0 greylisted", "deferred"),
        (Recipient, "421 bye", "deferred"),
        (Recipient, "452 4.2.2 mailbox full", "deferred"),
        (Recipient, "552 5.2.2 mailbox full", "deferred"),
        (Recipient, "550 5.2.2 mailbox full", "deferred"),
        (Recipient, "552 over quota", "deferred"),
        (Recipient, "550 5.1.1 no such user", "refused"),
        (Recipient, "550 5.1.2 no such domain", "refused"),
        (Recipient, "556 5.1.10 null MX", "refused"),
        (Recipient, "550 5.2.1 mailbox disabled", "refused"),
        (Recipient, "554 5.1.1 no such user", "refused"),
        (Recipient, "501 5.1.3 bad address syntax", "refused"),
        (Recipient, "550 no such user", "refused"),
        (Recipient, "550 5.5.0 mailbox unavailable", "refused"),
        (Recipient, "551 not local", "refused"),
        (Recipient, "553 not allowed", "refused"),
        (Recipient, "556 takes no mail", "refused"),
        (Recipient, "550 5.1.7 your sender address", "transport"),
        (Recipient, "550 5.1.8 your sender's domain", "transport"),
        (Recipient, "530 5.7.0 authentication required", "transport"),
        (Recipient, "535 log in first", "transport"),
        (Recipient, "550 5.7.26 neither SPF nor DKIM", "transport"),
        (Recipient, "503 5.5.1 MAIL first", "transport"),
        (Recipient, "500 what?", "transport"),
        (Recipient, "521 takes no mail", "transport"),
        (Recipient, "554 5.7.1 relay access denied", "deferred"),
        (Recipient, "550 5.7.1 unable to relay", "deferred"),
        (Recipient, "550 5.4.1 routing", "deferred"),
        (Recipient, "554 5.3.0 system", "deferred"),
        (Recipient, "550 4.1.1 contradiction", "deferred"),
        (Recipient, "554 no", "deferred"),
        // DATA
        (Data, "451 4.7.1 later", "deferred"),
        (Data, "554 5.5.1 no valid recipients", "deferred"),
        (Data, "554 5.1.1 no such user", "refused"),
        (Data, "503 5.5.1 RCPT first", "transport"),
        // The final answer
        (FinalAnswer, "451 4.3.0 later", "deferred"),
        (FinalAnswer, "421 4.3.2 shutting down", "deferred"),
        (FinalAnswer, "552 5.3.4 too big", "deferred"),
        (FinalAnswer, "554 5.2.2 mailbox full", "deferred"),
        (FinalAnswer, "554 5.3.0 system", "deferred"),
        (FinalAnswer, "554 5.4.6 loop", "deferred"),
        (FinalAnswer, "550 5.1.1 no such user", "refused"),
        (FinalAnswer, "550 no", "refused"),
        (FinalAnswer, "554 5.7.1 looks like spam", "refused"),
        (FinalAnswer, "554 5.6.0 content", "refused"),
        (FinalAnswer, "554 failed", "refused"),
        (FinalAnswer, "500 line too long", "refused"),
        (FinalAnswer, "550 5.7.26 neither SPF nor DKIM", "transport"),
        (FinalAnswer, "550 5.7.25 no reverse DNS", "transport"),
        (FinalAnswer, "530 5.7.0 authentication required", "transport"),
    ];
    for (step, line, wanted) in table {
        assert_eq!(verdict(*step, line), *wanted, "{step}: {line}");
    }
}

#[test]
fn silence_is_unknown_only_once_the_final_dot_is_on_its_way() {
    for silence in [Answer::TimedOut, Answer::Lost("reset".to_owned())] {
        for step in [Connect, Tls, Hello, Authentication, MailFrom, Recipient, Data, Body] {
            let fault = Fault { step, answer: silence.clone() };
            assert_eq!(classify(step, silence.clone()), Err(Outcome::TransportFault(fault)));
        }
        assert_eq!(classify(FinalAnswer, silence.clone()), Err(Outcome::Unknown { answer: silence }));
    }
}

#[test]
fn no_reply_kills_a_mail_before_its_recipient_was_named() {
    for code in 200..600 {
        for enhanced in ["", " 5.1.1", " 5.2.1", " 4.1.1", " 5.7.1"] {
            for step in [Connect, Tls, Hello, Authentication, MailFrom] {
                let verdict = verdict(step, &format!("{code}{enhanced} text"));
                assert!(matches!(verdict, "go on" | "transport" | "deferred"), "{step}: {code}{enhanced}: {verdict}");
            }
            if (400..500).contains(&code) {
                for step in [MailFrom, Recipient, Data, FinalAnswer] {
                    assert_eq!(verdict(step, &format!("{code}{enhanced} text")), "deferred");
                }
            }
        }
    }
}

#[test]
fn enhanced_codes_are_read_strictly() {
    assert_eq!(EnhancedCode::parse("5.1.10"), Some(EnhancedCode { class: 5, subject: 1, detail: 10 }));
    for word in ["", "5.1", "5.1.1.1", "3.1.1", "5.1.1234", "5..1", "5.1.x", "5.1.+1", "192.168.1", "<a@b.c>"] {
        assert_eq!(EnhancedCode::parse(word), None, "{word}");
    }
}

#[test]
fn a_servers_words_are_one_bounded_line() {
    let long = Reply::new(550, &format!("5.1.1 a\r\nb\u{1b}[31m{}", "x".repeat(2_000)));
    assert_eq!(long.text.chars().count(), TEXT_MAX_CHARACTERS);
    assert!(!long.text.chars().any(char::is_control));
    assert_eq!(long.enhanced.unwrap().to_string(), "5.1.1");
    let fault = Fault { step: Recipient, answer: Answer::Reply(reply("451 4.3.0 later")) };
    assert_eq!(fault.to_string(), "recipient: 451 4.3.0 later");
}

//! A message as it came, read: a report of mail that came back, a machine's word, or what somebody
//! wrote. Whatever the bytes are, reading them gives one of these.

use mail_parser::{Address, Message, MessageParser, MessagePart, MimeHeaders, PartType};

use super::quoted;
use crate::outbound::inbox::{Inbox, Use};

/// Bytes of a message that are looked at.
pub const LONGEST: usize = 10 << 20;
/// Characters of a text that are looked at, quoted letters included.
const TEXT_MAX: usize = 200_000;
/// Recipients of a report that are looked at.
const RECIPIENTS_MAX: usize = 20;

/// A message.
#[derive(Debug)]
pub(super) struct Incoming {
    /// Its id, without brackets.
    pub id: Option<String>,
    /// The one address it is from, in lower case.
    pub from: Option<String>,
    /// Secrets of the addresses it went to.
    pub secrets: Vec<(Use, String)>,
    /// What it is.
    pub kind: Kind,
}

/// What a message is.
#[derive(Debug)]
pub(super) enum Kind {
    /// Mail came back.
    Report(Vec<Failure>),
    /// A machine speaks: which sign told.
    Automatic(&'static str),
    /// Somebody wrote.
    Written {
        /// Their own words.
        text: String,
        /// There were files beside them.
        files: bool,
    },
}

/// One recipient of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Failure {
    /// Addresses that it may have been written to.
    pub addresses: Vec<String>,
    /// It will not work later either, and the mailbox is the reason.
    pub hard: bool,
    /// What the server said.
    pub reason: String,
}

/// Reads a message; `to` is whom the mail server says it was for.
pub(super) fn read(inbox: &Inbox, raw: &[u8], to: Option<&str>) -> Option<Incoming> {
    let raw = &raw[..raw.len().min(LONGEST)];
    let message = MessageParser::default().parse(raw)?;
    let mut addresses = to.unwrap_or_default().to_owned();
    for (name, value) in message.headers_raw() {
        let is_recipient = [
            "to",
            "cc",
            "delivered-to",
            "x-original-to",
            "envelope-to",
            "x-envelope-to",
            "x-delivered-to",
            "x-rcpt-to",
        ]
        .iter()
        .any(|wanted| name.eq_ignore_ascii_case(wanted));
        if is_recipient {
            addresses.push('\n');
            // An address may be folded.
            addresses.extend(value.chars().filter(|c| !c.is_whitespace()));
        }
    }
    let mut secrets = inbox.secrets(&addresses);
    secrets.dedup();
    let from = match message.from() {
        Some(from) => one_address(from),
        None => None,
    };
    Some(Incoming {
        id: message.message_id().map(str::to_owned),
        kind: kind(inbox, &message, from.as_deref()),
        from,
        secrets,
    })
}

/// The address of a header that names exactly one.
fn one_address(header: &Address<'_>) -> Option<String> {
    let mut all = header.iter();
    let first = all.next()?.address()?.trim().to_lowercase();
    (all.next().is_none() && !first.is_empty()).then_some(first)
}

fn kind(inbox: &Inbox, message: &Message<'_>, from: Option<&str>) -> Kind {
    if let Some(failures) = report(message) {
        return Kind::Report(failures);
    }
    if let Some(sign) = automatic(inbox, message, from) {
        return Kind::Automatic(sign);
    }
    Kind::Written {
        text: text(message),
        files: files(message),
    }
}

/// A header's text, in lower case.
fn header(message: &Message<'_>, name: &str) -> Option<String> {
    message
        .header_raw(name)
        .map(|value| value.trim().to_lowercase())
}

/// The sign by which a machine is known (RFC 3834 §2, and what came before it).
fn automatic(inbox: &Inbox, message: &Message<'_>, from: Option<&str>) -> Option<&'static str> {
    let has = |name: &str| message.header_raw(name).is_some();
    let submitted = header(message, "Auto-Submitted");
    if submitted.is_some_and(|value| !value.starts_with("no")) {
        return Some("auto-submitted");
    }
    let precedence = header(message, "Precedence").unwrap_or_default();
    if ["bulk", "junk", "list", "auto_reply", "auto-reply"].contains(&precedence.as_str()) {
        return Some("precedence");
    }
    if ["X-Loop", "X-Autoreply", "X-Autorespond", "X-Auto-Reply"]
        .iter()
        .any(|name| has(name))
    {
        return Some("loop");
    }
    if ["List-Id", "List-Unsubscribe", "List-Post"]
        .iter()
        .any(|name| has(name))
    {
        return Some("list");
    }
    if header(message, "Return-Path").is_some_and(|path| path == "<>") {
        return Some("null-sender");
    }
    let id = message.message_id().unwrap_or_default();
    if id.ends_with("@halqa") {
        return Some("own");
    }
    let content = message.content_type();
    if content.is_some_and(|c| {
        c.ctype().eq_ignore_ascii_case("multipart")
            && c.subtype()
                .is_some_and(|s| s.eq_ignore_ascii_case("report"))
    }) {
        return Some("report");
    }
    let from = from?;
    let local = from.split('@').next().unwrap_or_default();
    let machines = [
        "mailer-daemon",
        "postmaster",
        "noreply",
        "no-reply",
        "nobody",
    ];
    if machines.contains(&local) || from == inbox.address() {
        return Some("machine");
    }
    None
}

/// The recipients of a report of delivery (RFC 3464) that did not work.
fn report(message: &Message<'_>) -> Option<Vec<Failure>> {
    let content = message.content_type()?;
    let is_report = content.ctype().eq_ignore_ascii_case("multipart")
        && content
            .subtype()
            .is_some_and(|subtype| subtype.eq_ignore_ascii_case("report"))
        && content
            .attribute("report-type")
            .is_some_and(|kind| kind.eq_ignore_ascii_case("delivery-status"));
    if !is_report {
        return None;
    }
    // Whom the letter that came back was for.
    let mut written_to = Vec::new();
    let mut status = String::new();
    for part in &message.parts {
        let subtype = part
            .content_type()
            .filter(|content| !content.ctype().eq_ignore_ascii_case("multipart"))
            .and_then(|content| content.subtype())
            .unwrap_or_default()
            .to_ascii_lowercase();
        match (&part.body, subtype.as_str()) {
            (PartType::Message(inner), _) => {
                written_to.extend(inner.to().and_then(one_address));
            }
            (_, "rfc822-headers" | "global-headers") => {
                let parsed = MessageParser::default().parse_headers(part.contents());
                written_to.extend(parsed.as_ref().and_then(|inner| one_address(inner.to()?)));
            }
            (_, "delivery-status" | "global-delivery-status") => {
                status = String::from_utf8_lossy(part.contents()).replace("\r\n", "\n");
            }
            _ => {}
        }
    }
    let failures = status
        .split("\n\n")
        .filter_map(|group| recipient(group, &written_to))
        .take(RECIPIENTS_MAX)
        .collect();
    Some(failures)
}

/// The recipient of a group of fields, where delivery failed.
fn recipient(group: &str, written_to: &[String]) -> Option<Failure> {
    let fields = format!("{}\n\n", group.trim_matches('\n'));
    let parsed = MessageParser::default().parse_headers(&fields)?;
    let field = |name: &str| -> Option<String> {
        let value = parsed.header_raw(name)?;
        Some(value.split_whitespace().collect::<Vec<_>>().join(" "))
    };
    if !field("Action")?.eq_ignore_ascii_case("failed") {
        return None;
    }
    let address = |name: &str| {
        let value = field(name)?;
        let address = value
            .split_once(';')
            .map_or(value.as_str(), |(_, rest)| rest);
        Some(address.trim().trim_matches(['<', '>']).to_lowercase())
    };
    let mut addresses: Vec<String> = ["Original-Recipient", "Final-Recipient"]
        .into_iter()
        .filter_map(address)
        .collect();
    addresses.extend(written_to.iter().cloned());
    addresses.retain(|address| address.contains('@') && address.len() <= 254);
    addresses.dedup();
    let status = field("Status").unwrap_or_default();
    Some(Failure {
        hard: is_hard(&status),
        reason: field("Diagnostic-Code").unwrap_or(status),
        addresses,
    })
}

/// Codes that say that there is no such mailbox (RFC 3463): of the fifth class, and of the address
/// or a mailbox that is closed. A full mailbox, a letter too large, a policy: not for ever.
fn is_hard(status: &str) -> bool {
    let code = status.split([' ', '(']).next().unwrap_or_default();
    let mut parts = code.split('.');
    let (class, subject, detail) = (parts.next(), parts.next(), parts.next());
    match (class, subject, detail) {
        (Some("5"), Some("1"), _) => true,
        (Some("5"), Some("2"), Some("1")) => true,
        // Nothing more is said than that it is for good.
        (Some("5"), Some("0"), _) => true,
        _ => false,
    }
}

/// What was written: the plain text, else what the HTML says, without what it quotes.
fn text(message: &Message<'_>) -> String {
    let plain = message
        .text_bodies()
        .find_map(|part| match &part.body {
            PartType::Text(text) if !is_file(part) => Some(text.as_ref()),
            _ => None,
        })
        .filter(|text| !text.trim().is_empty());
    let text = match plain {
        Some(text) => bounded(text).to_owned(),
        None => message
            .html_bodies()
            .find_map(|part| match &part.body {
                PartType::Html(html) => Some(of_html(bounded(html))),
                _ => None,
            })
            .unwrap_or_default(),
    };
    quoted::own(&text)
        .chars()
        // What a form would refuse: marks of direction are text, other controls are not.
        .filter(|c| !c.is_control() || *c == '\n' || *c == '\t')
        .collect()
}

fn bounded(text: &str) -> &str {
    match text.char_indices().nth(TEXT_MAX) {
        Some((at, _)) => &text[..at],
        None => text,
    }
}

/// The words of a page, up to what mail programs mark as the letter that is answered.
fn of_html(html: &str) -> String {
    let lower = html.to_ascii_lowercase();
    let cut = [
        "gmail_quote",
        "<blockquote",
        "id=\"appendonsend\"",
        "id=\"divrplyfwdmsg\"",
        "moz-cite-prefix",
        "yahoo_quoted",
    ]
    .iter()
    .filter_map(|mark| lower.find(mark))
    .min()
    .unwrap_or(html.len());
    // Not in the middle of a tag.
    let cut = match lower[..cut].rfind('<') {
        Some(open) if !lower[open..cut].contains('>') => open,
        _ => cut,
    };
    let before = mail_parser::decoders::html::html_to_text(&html[..cut]);
    if before.trim().is_empty() {
        return mail_parser::decoders::html::html_to_text(html);
    }
    before
}

fn is_file(part: &MessagePart<'_>) -> bool {
    part.content_disposition()
        .is_some_and(|disposition| disposition.ctype().eq_ignore_ascii_case("attachment"))
}

/// True when somebody put files beside the text. Pictures within it (logos of signatures) are none.
fn files(message: &Message<'_>) -> bool {
    message.attachments().any(|part| {
        let content = part.content_type();
        let is = |name: &str| content.is_some_and(|c| c.ctype().eq_ignore_ascii_case(name));
        let quiet = is("image") && !is_file(part);
        let signature = content.is_some_and(|c| {
            c.subtype().is_some_and(|s| {
                [
                    "pgp-signature",
                    "pkcs7-signature",
                    "x-pkcs7-signature",
                    "html",
                    "plain",
                ]
                .contains(&s.to_ascii_lowercase().as_str())
            })
        });
        !quiet && (is_file(part) || !signature)
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn inbox() -> Inbox {
        Inbox::from_values(Some("reply@halqa.example"), None)
            .expect("good")
            .expect("there")
    }

    /// Pieces that letters and reports are made of, whole and broken.
    const PIECES: [&str; 42] = [
        "From: ",
        "To: ",
        "Message-ID: <",
        "Content-Type: ",
        "multipart/mixed; boundary=b\r\n",
        "multipart/report; report-type=delivery-status; boundary=b\r\n",
        "multipart/alternative; boundary=\"",
        "message/rfc822\r\n",
        "message/delivery-status\r\n",
        "text/html; charset=",
        "text/plain",
        "text/rfc822-headers\r\n",
        "utf-8",
        "iso-2022-jp",
        "utf-7",
        "windows-1256",
        "--b\r\n",
        "--b--\r\n",
        "\r\n",
        "\n",
        "\n\n",
        "Content-Transfer-Encoding: base64\r\n",
        "Content-Transfer-Encoding: quoted-printable\r\n",
        "=?utf-8?B?",
        "?=",
        "=C3=",
        "=\r\n",
        "////",
        "Final-Recipient: rfc822;",
        "Original-Recipient:",
        "Action: failed\n",
        "Status: 5.",
        "1.1",
        "a@b.example",
        "<blockquote",
        "</",
        "<",
        ">",
        "é",
        "\u{0}",
        "reply+r0123456789abcdef0123456789abcdef@halqa.example",
        "x",
    ];

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn bytes_never_panic(raw in prop::collection::vec(any::<u8>(), 0..600)) {
            let _ = read(&inbox(), &raw, None);
        }

        #[test]
        fn pieces_never_panic(parts in prop::collection::vec(prop::sample::select(PIECES.to_vec()), 0..80)) {
            let text = parts.concat();
            if let Some(incoming) = read(&inbox(), text.as_bytes(), Some("reply+rx")) {
                if let Kind::Written { text, .. } = &incoming.kind {
                    prop_assert!(!text.chars().any(|c| c.is_control() && c != '\n' && c != '\t'));
                }
                if let Kind::Report(failures) = &incoming.kind {
                    prop_assert!(failures.len() <= RECIPIENTS_MAX);
                }
            }
        }

        #[test]
        fn a_cut_letter_never_panics(at in 0_usize..900) {
            let whole = "From: a@b.example\r\nTo: reply@halqa.example\r\nContent-Type: multipart/mixed; boundary=m\r\n\r\n--m\r\nContent-Type: multipart/alternative; boundary=a\r\n\r\n--a\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n2LTZg9ix2KcK\r\n--a\r\nContent-Type: text/html\r\n\r\n<p>x<blockquote>y</blockquote></p>\r\n--a--\r\n--m\r\nContent-Type: message/rfc822\r\n\r\nTo: c@d.example\r\n\r\nz\r\n--m--\r\n";
            let cut = &whole.as_bytes()[..at.min(whole.len())];
            let _ = read(&inbox(), cut, None);
        }
    }

    /// Nested and repeated without end: read in no time, or not at all.
    #[test]
    fn deep_and_wide_letters_cost_little() {
        let began = std::time::Instant::now();
        let deep: String = (0..20_000)
            .map(|n| format!("Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\n"))
            .collect();
        let rfc822 = "Content-Type: message/rfc822\r\n\r\n".repeat(20_000);
        let wide = format!(
            "Content-Type: multipart/mixed; boundary=b\r\n\r\n{}",
            "--b\r\nContent-Type: image/png\r\n\r\nx\r\n".repeat(50_000)
        );
        let quoted = format!("From: a@b.example\r\n\r\n{}", "On 3\r\n".repeat(50_000));
        let tags = format!(
            "From: a@b.example\r\nContent-Type: text/html\r\n\r\n{}",
            "<div".repeat(200_000)
        );
        for raw in [deep, rfc822, wide, quoted, tags] {
            let _ = read(&inbox(), raw.as_bytes(), None);
        }
        assert!(began.elapsed().as_secs() < 20, "{:?}", began.elapsed());
    }
}

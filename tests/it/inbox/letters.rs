//! Letters as mail programs, servers and machines write them. `{to}` is the address of an answer,
//! `{from}` the person's.

/// What becomes of a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It is posted, in these words.
    Posted(&'static str),
    /// Its person is told why not.
    Refused(&'static str),
    /// Nothing comes of it.
    Ignored(&'static str),
}

use Fate::{Ignored, Posted, Refused};

const PLAIN: &str = "From: Amel <{from}>\nTo: Halqa <{to}>\nSubject: Re: x\n";

/// What it is, its headers (those of a plain letter before them, where they begin with `+`), its
/// body, and its fate.
pub const LETTERS: &[(&str, &str, &str, Fate)] = &[
    (
        "a plain answer",
        "+",
        "Oui, nous tenons un livre de caisse.",
        Posted("Oui, nous tenons un livre de caisse."),
    ),
    (
        "Gmail in French",
        "+Content-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: quoted-printable\n",
        "Merci=C2=A0!\n\nLe mar. 3 mars 2026 =C3=A0 10:12, Halqa <{to}> a =C3=A9crit=\n=C2=A0:\n\n> Nouvelle question\n> Qui tient la caisse ?\n",
        Posted("Merci\u{a0}!"),
    ),
    (
        "Gmail in English",
        "+",
        "Thanks.\n\nOn Tue, Mar 3, 2026 at 10:12 AM Halqa <{to}> wrote:\n\n> New question\n",
        Posted("Thanks."),
    ),
    (
        "Gmail in Arabic, base64",
        "+Content-Type: text/plain; charset=\"UTF-8\"\nContent-Transfer-Encoding: base64\n",
        "2LTZg9ix2KcKCtmB2Yog2KfZhNir2YTYp9ir2KfYoSAzINmF2KfYsdizIDIwMjYsIEhhbHFhIDxh\nQGIuZXhhbXBsZT4g2YPYqtioOgo+INmF2LHYrdio2KcK\n",
        Posted("شكرا"),
    ),
    (
        "Outlook above the letter",
        "+",
        "D’accord.\n\n________________________________\nDe : Halqa <{to}>\nEnvoyé : mardi 3 mars 2026\nÀ : Amel\nObjet : x\n\nNouvelle question",
        Posted("D’accord."),
    ),
    (
        "Latin-1",
        "+Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n",
        "Tr=E8s bien, r=E9glons cela.",
        Posted("Très bien, réglons cela."),
    ),
    (
        "Windows-1256",
        "+Content-Type: text/plain; charset=windows-1256\nContent-Transfer-Encoding: quoted-printable\n",
        "=D4=DF=D1=C7 =E1=DF",
        Posted("شكرا لك"),
    ),
    (
        "HTML alone",
        "+Content-Type: text/html; charset=utf-8\n",
        "<html><head><title>x</title><style>p{color:red}</style></head><body><p>Bonne id&eacute;e.</p><script>alert(1)</script><div class=\"gmail_quote\">Le 3 mars, Halqa a écrit :<blockquote>Question</blockquote></div></body></html>",
        Posted("Bonne idée."),
    ),
    (
        "both, the plain text counts",
        "+MIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=\"b\"\n",
        "--b\nContent-Type: text/plain; charset=utf-8\n\nTexte simple.\n--b\nContent-Type: text/html; charset=utf-8\n\n<p>Autre chose.</p>\n--b--\n",
        Posted("Texte simple."),
    ),
    (
        "an iPhone",
        "+",
        "Je viens.\n\nEnvoyé de mon iPhone\n\n> Le 3 mars 2026 à 10:12, Halqa <{to}> a écrit :\n>\n> Question\n",
        Posted("Je viens."),
    ),
    (
        "a signature",
        "+",
        "Nous aussi.\n\n-- \nAmel Ben Salah\nAssociation des oliviers\n+216 00 000 000\n",
        Posted("Nous aussi."),
    ),
    (
        "point by point",
        "+",
        "Le 3 mars 2026, Halqa <{to}> a écrit :\n> Combien ?\nDouze.\n> Quand ?\nDemain.\n",
        Posted("Douze.\nDemain."),
    ),
    (
        "a logo in the signature",
        "+MIME-Version: 1.0\nContent-Type: multipart/related; boundary=\"r\"\n",
        "--r\nContent-Type: text/html; charset=utf-8\n\n<p>Entendu.</p><img src=\"cid:l\">\n--r\nContent-Type: image/png\nContent-ID: <l>\nContent-Disposition: inline\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n--r--\n",
        Posted("Entendu."),
    ),
    (
        "a file beside",
        "+MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=\"m\"\n",
        "--m\nContent-Type: text/plain; charset=utf-8\n\nVoici le budget.\n--m\nContent-Type: application/pdf\nContent-Disposition: attachment; filename=\"b.pdf\"\nContent-Transfer-Encoding: base64\n\nJVBERi0=\n--m--\n",
        Posted("Voici le budget."),
    ),
    (
        "the address in another header",
        "From: {from}\nTo: undisclosed-recipients:;\nDelivered-To: {to}\n",
        "Par un autre en-tête.",
        Posted("Par un autre en-tête."),
    ),
    (
        "an address in capitals",
        "From: <{FROM}>\nTo: {TO}\n",
        "En capitales.",
        Posted("En capitales."),
    ),
    (
        "markup is text",
        "+",
        "<script>alert(1)</script> et **gras**",
        Posted("<script>alert(1)</script> et **gras**"),
    ),
    (
        "a bell and an escape",
        "+",
        "Du\u{7} texte\u{1b}[31m.",
        Posted("Du texte[31m."),
    ),
    (
        "a file alone",
        "+MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=\"m\"\n",
        "--m\nContent-Type: application/pdf\nContent-Disposition: attachment; filename=\"b.pdf\"\nContent-Transfer-Encoding: base64\n\nJVBERi0=\n--m--\n",
        Refused("files"),
    ),
    (
        "nothing but the letter",
        "+",
        "Le 3 mars 2026, Halqa <{to}> a écrit :\n> Question\n",
        Refused("empty"),
    ),
    (
        "too many links for a newcomer",
        "+",
        "Voyez http://a.example http://b.example http://c.example",
        Refused("newcomer-links"),
    ),
    (
        "pictures of a newcomer",
        "+",
        "![x](http://a.example/x.png)",
        Refused("newcomer-pictures"),
    ),
    (
        "another sender",
        "From: Autre <autre@example.org>\nTo: {to}\n",
        "C’est moi.",
        Refused("sender"),
    ),
    (
        "two senders",
        "From: {from}, autre@example.org\nTo: {to}\n",
        "C’est nous.",
        Refused("sender"),
    ),
    (
        "no sender",
        "To: {to}\n",
        "Qui suis-je ?",
        Refused("sender"),
    ),
    (
        "an unknown secret",
        "From: {from}\nTo: reply+r00000000000000000000000000000000@halqa.example\n",
        "Deviné.",
        Ignored("no-address"),
    ),
    (
        "no secret",
        "From: {from}\nTo: reply@halqa.example\n",
        "Bonjour.",
        Ignored("no-address"),
    ),
    (
        "the secret of another use",
        "From: {from}\nTo: {bounce}\n",
        "Bonjour.",
        Ignored("no-address"),
    ),
    (
        "away from the office",
        "+Auto-Submitted: auto-replied\n",
        "Je suis absente.",
        Ignored("auto-submitted"),
    ),
    (
        "submitted by nobody is fine",
        "+Auto-Submitted: no\n",
        "De ma main.",
        Posted("De ma main."),
    ),
    (
        "bulk",
        "+Precedence: bulk\n",
        "Lettre.",
        Ignored("precedence"),
    ),
    (
        "an old answering machine",
        "+Precedence: auto_reply\n",
        "Absente.",
        Ignored("precedence"),
    ),
    ("a loop", "+X-Loop: halqa\n", "Boucle.", Ignored("loop")),
    (
        "a list",
        "+List-Id: <liste.example>\n",
        "Par la liste.",
        Ignored("list"),
    ),
    (
        "our own letter",
        "+Message-ID: <0196b8a0-5c1e-7000-8000-0000000000a1@halqa>\n",
        "Notre lettre.",
        Ignored("own"),
    ),
    (
        "a mail server",
        "From: MAILER-DAEMON@mx.example\nTo: {to}\n",
        "Undelivered",
        Ignored("machine"),
    ),
    (
        "the empty sender",
        "+Return-Path: <>\n",
        "Undelivered",
        Ignored("null-sender"),
    ),
    (
        "a receipt",
        "+Content-Type: multipart/report; report-type=disposition-notification; boundary=\"d\"\n",
        "--d\nContent-Type: text/plain\n\nLu.\n--d\nContent-Type: message/disposition-notification\n\nDisposition: manual-action/MDN-sent-manually; displayed\n--d--\n",
        Ignored("report"),
    ),
];

/// A letter as it arrives, with the addresses put in.
pub fn letter(headers: &str, body: &str, [to, from, bounce]: [&str; 3]) -> String {
    let headers = match headers.strip_prefix('+') {
        Some(more) => format!("{PLAIN}{more}"),
        None => headers.to_owned(),
    };
    let id = if headers.contains("Message-ID") {
        String::new()
    } else {
        format!(
            "Message-ID: <{}@mail.example>\n",
            fnv(&format!("{headers}{body}"))
        )
    };
    format!("{headers}{id}\n{body}")
        .replace("{TO}", &to.to_uppercase())
        .replace("{FROM}", &from.to_uppercase())
        .replace("{to}", to)
        .replace("{from}", from)
        .replace("{bounce}", bounce)
        .replace('\n', "\r\n")
}

/// Another id for another letter.
fn fnv(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// A report of a mail server: (what it is, action, status, original recipient, final recipient,
/// whom the letter that came back was to).
pub fn report(
    to: &str,
    action: &str,
    status: &str,
    original: &str,
    last: &str,
    written: &str,
) -> String {
    let original = if original.is_empty() {
        String::new()
    } else {
        format!("Original-Recipient: rfc822;{original}\n")
    };
    format!(
        "Return-Path: <>\nFrom: Mail Delivery System <MAILER-DAEMON@mx.example>\nTo: {to}\n\
         Subject: Undelivered Mail Returned to Sender\nAuto-Submitted: auto-replied\nMIME-Version: 1.0\n\
         Content-Type: multipart/report; report-type=delivery-status;\n boundary=\"B\"\n\n\
         --B\nContent-Type: text/plain\n\nI am sorry.\n\n\
         --B\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\n\
         {original}Final-Recipient: rfc822; {last}\nAction: {action}\nStatus: {status}\n\
         Diagnostic-Code: smtp; {status} the server's\n words\n\n\
         --B\nContent-Type: message/rfc822\n\nFrom: halqa@halqa.example\nTo: <{written}>\nSubject: x\n\nLetter\n--B--\n"
    )
    .replace('\n', "\r\n")
}

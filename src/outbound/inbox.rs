//! Our own mailbox, where one is configured: the addresses made of it. A `+` and a letter stand
//! before a secret of 128 bits: `r` for an answer to a letter, `b` for mail that comes back.

use lettre::Address;
use url::Url;

use crate::App;

/// Hexadecimal digits of a secret.
const DIGITS: usize = 32;

/// `HALQA_INBOX_ADDRESS` and `HALQA_INBOX_URL`.
#[derive(Clone)]
pub struct Inbox {
    /// Before the `@`.
    local: String,
    /// After it.
    domain: String,
    /// The mailbox that is polled; none: the mail server pipes what comes.
    pub poll: Option<Poll>,
}

impl std::fmt::Debug for Inbox {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}@{}", self.local, self.domain)
    }
}

/// A mailbox on an IMAP server.
#[derive(Clone)]
pub struct Poll {
    /// The server's name.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// False only for `imap://` on this very machine.
    pub tls: bool,
    /// Who signs in.
    pub user: String,
    /// With what.
    pub password: String,
    /// The folder.
    pub folder: String,
}

/// What an address of ours is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Use {
    /// An answer to a letter.
    Reply,
    /// Mail that comes back.
    Bounce,
}

impl Use {
    const ALL: [Use; 2] = [Use::Reply, Use::Bounce];

    fn letter(self) -> char {
        match self {
            Use::Reply => 'r',
            Use::Bounce => 'b',
        }
    }
}

impl Inbox {
    /// From the two settings; the key of the one that cannot be used, and why.
    pub fn from_values(
        address: Option<&str>,
        url: Option<&str>,
    ) -> Result<Option<Inbox>, (&'static str, String)> {
        let poll = url
            .map(poll)
            .transpose()
            .map_err(|why| ("HALQA_INBOX_URL", why))?;
        let user = poll.as_ref().map(|poll| poll.user.as_str());
        let Some(address) = address.or(user.filter(|user| user.contains('@'))) else {
            return match poll {
                Some(_) => Err(("HALQA_INBOX_ADDRESS", "is missing".to_owned())),
                None => Ok(None),
            };
        };
        let wrong = |why: String| ("HALQA_INBOX_ADDRESS", why);
        let address: Address = address.parse().map_err(|error| wrong(format!("{error}")))?;
        let local = address.user().to_lowercase();
        // The whole of it may have 64 octets (RFC 5321 §4.5.3.1.1).
        if local.len() > 64 - DIGITS - 2 || local.contains(['+', '"']) {
            return Err(wrong("its local part is too long, or has a +".into()));
        }
        Ok(Some(Inbox {
            local,
            domain: address.domain().to_lowercase(),
            poll,
        }))
    }

    /// The address with a secret.
    fn with(&self, of: Use, secret: &str) -> String {
        format!("{}+{}{secret}@{}", self.local, of.letter(), self.domain)
    }

    /// The address itself.
    pub fn address(&self) -> String {
        format!("{}@{}", self.local, self.domain)
    }

    /// The secrets that stand in addresses of ours within a text, in their order.
    pub fn secrets(&self, text: &str) -> Vec<(Use, String)> {
        let text = text.to_ascii_lowercase();
        let mut found = Vec::new();
        for part in text.split(&format!("{}+", self.local)).skip(1) {
            let Some(of) = Use::ALL
                .into_iter()
                .find(|of| part.starts_with(of.letter()))
            else {
                continue;
            };
            let Some(secret) = part.get(1..=DIGITS) else {
                continue;
            };
            let is_ours = part[1 + DIGITS..]
                .strip_prefix('@')
                .is_some_and(|rest| rest.starts_with(&self.domain));
            if is_ours && secret.bytes().all(|b| b.is_ascii_hexdigit()) {
                found.push((of, secret.to_owned()));
            }
        }
        found
    }
}

/// `imaps://user:password@host:port/folder`.
fn poll(text: &str) -> Result<Poll, String> {
    let url = Url::parse(text).map_err(|error| error.to_string())?;
    let tls = match url.scheme() {
        "imaps" => true,
        // Passwords do not cross a network in the clear.
        "imap" if matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]")) => false,
        _ => return Err("must begin with imaps://".into()),
    };
    let decoded = |text: &str| {
        percent_encoding::percent_decode_str(text)
            .decode_utf8()
            .map(|text| text.into_owned())
            .map_err(|error| error.to_string())
    };
    let folder = decoded(url.path().trim_matches('/'))?;
    let poll = Poll {
        host: url.host_str().unwrap_or_default().to_owned(),
        port: url.port().unwrap_or(if tls { 993 } else { 143 }),
        tls,
        user: decoded(url.username())?,
        password: decoded(url.password().unwrap_or_default())?,
        folder: if folder.is_empty() {
            "INBOX".into()
        } else {
            folder
        },
    };
    let said = [&poll.host, &poll.user, &poll.folder];
    if said.iter().any(|text| text.is_empty()) {
        return Err("must be imaps://user:password@host/INBOX".into());
    }
    if said
        .iter()
        .chain([&&poll.password])
        .any(|text| text.chars().any(char::is_control))
    {
        return Err("holds a control character".into());
    }
    Ok(poll)
}

fn secret_of(app: &App, purpose: &str, text: &str) -> String {
    let mut secret = app.sign(purpose, text);
    secret.truncate(DIGITS);
    secret
}

/// Where an answer to a letter goes, and its secret; none where there is no mailbox. The same
/// letter has the same one on every try.
pub fn reply_address(app: &App, letter: &str) -> Option<(String, String)> {
    let inbox = app.config.inbox.as_ref()?;
    let secret = secret_of(app, "mail-reply", letter);
    Some((inbox.with(Use::Reply, &secret), secret))
}

/// The envelope's sender of a letter: what comes back there names whom it was for, and nobody else
/// can say so.
pub fn bounce_address(app: &App, to: &str) -> Option<String> {
    let inbox = app.config.inbox.as_ref()?;
    let secret = secret_of(app, "mail-bounce", &to.to_lowercase());
    Some(inbox.with(Use::Bounce, &secret))
}

/// True when a letter to this address would come back under this secret.
pub fn is_bounce_of(app: &App, secret: &str, to: &str) -> bool {
    let expected = secret_of(app, "mail-bounce", &to.to_lowercase());
    aws_lc_rs::constant_time::verify_slices_are_equal(expected.as_bytes(), secret.as_bytes())
        .is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(address: Option<&str>, url: Option<&str>) -> Result<Option<Inbox>, String> {
        Inbox::from_values(address, url).map_err(|(key, why)| format!("{key}: {why}"))
    }

    #[test]
    fn addresses_are_read_back() {
        let inbox = of(Some("Reply@Halqa.Example"), None)
            .expect("good")
            .expect("there");
        let secret = "0123456789abcdef0123456789abcdef";
        let address = inbox.with(Use::Reply, secret);
        assert_eq!(address, format!("reply+r{secret}@halqa.example"));
        for (text, expected) in [
            (format!("Halqa <{}>", address.to_uppercase()), true),
            (format!("a@b, <{address}>, c@d"), true),
            (format!("reply+r{secret}@elsewhere.example"), false),
            (format!("reply+x{secret}@halqa.example"), false),
            ("reply+r@halqa.example".into(), false),
            (
                "reply+rééééééééééééééééééééééééééééééééé@halqa.example".into(),
                false,
            ),
            (String::new(), false),
        ] {
            let found = inbox.secrets(&text);
            assert_eq!(
                found == [(Use::Reply, secret.to_owned())],
                expected,
                "{text}"
            );
        }
    }

    #[test]
    fn settings_are_checked() {
        assert!(of(None, None).expect("fine").is_none());
        let inbox = of(None, Some("imaps://a%40b.example:p%2Fw@mail.example"))
            .expect("good")
            .expect("there");
        let poll = inbox.poll.expect("a mailbox");
        assert_eq!(
            (
                poll.user.as_str(),
                poll.password.as_str(),
                poll.port,
                poll.folder.as_str()
            ),
            ("a@b.example", "p/w", 993, "INBOX")
        );
        for (address, url) in [
            (None, Some("imaps://user:p@mail.example")),
            (Some("a@b.example"), Some("imap://u:p@mail.example")),
            (Some("a@b.example"), Some("http://mail.example")),
            (Some("a@b.example"), Some("imaps://mail.example/INBOX")),
            (Some("a@b.example"), Some("imaps://u:p%0D@mail.example")),
            (Some("a+b@c.example"), None),
            (Some("nobody"), None),
        ] {
            assert!(of(address, url).is_err(), "{address:?} {url:?}");
        }
        assert!(of(Some("a@b.example"), Some("imap://u:p@127.0.0.1:1143/x")).is_ok());
    }
}

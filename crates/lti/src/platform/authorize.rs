//! The authorisation request of a tool (security framework 1.1 §5.1.1.2).

use crate::{Code, Refused};

/// Bytes of a state at most: it comes back in a form.
const STATE_MAX: usize = 8 << 10;

/// What the tool asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The tool.
    pub client_id: String,
    /// Where the message shall go; compared to the letter with what is registered.
    pub redirect_uri: String,
    /// Whom we sent, as we said it.
    pub login_hint: String,
    /// What was clicked, as we said it.
    pub message_hint: Option<String>,
    /// The tool's own, to be signed.
    pub nonce: String,
    /// The tool's own, to be given back.
    pub state: Option<String>,
}

impl Request {
    /// Reads the parameters, decoded, of a query or a form. A parameter given twice is refused.
    pub fn read<'a>(
        parameters: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Result<Self, Refused> {
        let mut found: [(&'static str, usize, Option<&str>); 10] = [
            ("client_id", 255, None),
            ("redirect_uri", 2048, None),
            ("login_hint", 255, None),
            ("lti_message_hint", 255, None),
            ("nonce", 1024, None),
            ("state", STATE_MAX, None),
            ("scope", 255, None),
            ("response_type", 64, None),
            ("response_mode", 64, None),
            ("prompt", 64, None),
        ];
        for (name, value) in parameters {
            let Some((about, max, slot)) = found.iter_mut().find(|(known, ..)| *known == name)
            else {
                continue;
            };
            if slot.is_some() {
                return Err(Refused::new(Code::Duplicate, about));
            }
            if value.len() > *max {
                return Err(Refused::new(Code::TooLarge, about));
            }
            if value.chars().any(char::is_control) {
                return Err(Refused::new(Code::Malformed, about));
            }
            if !value.is_empty() {
                *slot = Some(value);
            }
        }
        let get = |wanted: &str| {
            let slot = found.iter().find(|(name, ..)| *name == wanted);
            slot.and_then(|(.., value)| *value)
        };
        let needed = |about: &'static str| get(about).ok_or(Refused::new(Code::Missing, about));
        let must = |about: &'static str, value: &str| match get(about) {
            Some(given) if given == value => Ok(()),
            Some(_) => Err(Refused::new(Code::Malformed, about)),
            None => Err(Refused::new(Code::Missing, about)),
        };
        if !needed("scope")?.split(' ').any(|scope| scope == "openid") {
            return Err(Refused::new(Code::Malformed, "scope"));
        }
        must("response_type", "id_token")?;
        must("response_mode", "form_post")?;
        must("prompt", "none")?;
        Ok(Request {
            client_id: needed("client_id")?.to_owned(),
            redirect_uri: needed("redirect_uri")?.to_owned(),
            login_hint: needed("login_hint")?.to_owned(),
            message_hint: get("lti_message_hint").map(str::to_owned),
            nonce: needed("nonce")?.to_owned(),
            state: get("state").map(str::to_owned),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: [(&str, &str); 9] = [
        ("scope", "openid"),
        ("response_type", "id_token"),
        ("response_mode", "form_post"),
        ("prompt", "none"),
        ("client_id", "c"),
        ("redirect_uri", "https://tool.example/launch"),
        ("login_hint", "h"),
        ("nonce", "n"),
        ("state", "s"),
    ];

    #[test]
    fn an_honest_request_is_read() {
        let request = Request::read(GOOD).expect("read");
        assert_eq!(request.nonce, "n");
        assert_eq!(request.message_hint, None);
    }

    #[test]
    fn every_parameter_is_held_to_what_it_must_be() {
        for (place, (name, _)) in GOOD.iter().enumerate() {
            let mut twice = GOOD.to_vec();
            twice.push((name, "x"));
            assert_eq!(
                Request::read(twice).map_err(|r| r.code),
                Err(Code::Duplicate)
            );
            let without = GOOD.iter().enumerate().filter(|(at, _)| *at != place);
            let read = Request::read(without.map(|(_, pair)| *pair));
            if *name == "state" {
                assert!(read.is_ok());
            } else {
                assert_eq!(read.map_err(|r| r.code), Err(Code::Missing), "{name}");
            }
        }
        for (name, wrong) in [
            ("scope", "profile"),
            ("response_type", "code"),
            ("response_mode", "query"),
            ("prompt", "login"),
            ("nonce", "a\nb"),
        ] {
            let changed = GOOD.map(|(n, v)| if n == name { (n, wrong) } else { (n, v) });
            assert_eq!(
                Request::read(changed).map_err(|r| r.code),
                Err(Code::Malformed),
                "{name}"
            );
        }
    }
}

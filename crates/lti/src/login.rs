//! Third-party initiated login (security framework 1.1 §5.1.1): the platform sends the browser to
//! us, we send it back to the platform with a state and a nonce of ours.

use url::Url;

use crate::{Code, Refused};

/// Bytes of a hint at most: some platforms send a token of theirs.
const HINT_MAX: usize = 8 << 10;

/// What the platform sends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Initiation {
    /// The issuer.
    pub iss: String,
    /// Opaque, given back as it is.
    pub login_hint: String,
    /// Where the person wants to go.
    pub target_link_uri: String,
    /// Opaque, given back as it is.
    pub lti_message_hint: Option<String>,
    /// Our id, where the issuer has several for us.
    pub client_id: Option<String>,
    /// The deployment, where the platform says so early.
    pub deployment_id: Option<String>,
    /// The frame that keeps data for tools whose cookies are blocked (lti-cs-oidc).
    pub storage_target: Option<String>,
}

impl Initiation {
    /// Reads the parameters, decoded, of a query or a form. A parameter given twice is refused.
    pub fn read<'a>(
        parameters: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Result<Self, Refused> {
        let (mut iss, mut login_hint, mut target, mut message) = (None, None, None, None);
        let (mut client, mut deployment, mut storage) = (None, None, None);
        for (name, value) in parameters {
            let (slot, about, max): (&mut Option<String>, _, _) = match name {
                "iss" => (&mut iss, "iss", 2048),
                "login_hint" => (&mut login_hint, "login_hint", HINT_MAX),
                "target_link_uri" => (&mut target, "target_link_uri", 2048),
                "lti_message_hint" => (&mut message, "lti_message_hint", HINT_MAX),
                "client_id" => (&mut client, "client_id", 255),
                "lti_deployment_id" | "deployment_id" => (&mut deployment, "deployment_id", 255),
                "lti_storage_target" => (&mut storage, "lti_storage_target", 255),
                _ => continue,
            };
            if value.is_empty() {
                continue;
            }
            if value.len() > max {
                return Err(Refused::new(Code::TooLarge, about));
            }
            if value.chars().any(char::is_control) {
                return Err(Refused::new(Code::Malformed, about));
            }
            // Both names of the deployment may stand side by side, saying the same.
            if slot.as_ref().is_some_and(|before| before != value) {
                return Err(Refused::new(Code::Duplicate, about));
            }
            *slot = Some(value.to_owned());
        }
        let needed = |value: Option<String>, about| value.ok_or(Refused::new(Code::Missing, about));
        Ok(Initiation {
            iss: needed(iss, "iss")?,
            login_hint: needed(login_hint, "login_hint")?,
            target_link_uri: needed(target, "target_link_uri")?,
            lti_message_hint: message,
            client_id: client,
            deployment_id: deployment,
            storage_target: storage.filter(|name| is_frame_name(name)),
        })
    }
}

/// `_parent`, or the name of a frame.
fn is_frame_name(name: &str) -> bool {
    !name.is_empty()
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "_-.".contains(c))
}

/// What we send to the platform's authorisation endpoint.
#[derive(Debug, Clone, Copy)]
pub struct Authentication<'a> {
    /// Our id.
    pub client_id: &'a str,
    /// Our launch address, as registered.
    pub redirect_uri: &'a str,
    /// Ours, once.
    pub state: &'a str,
    /// Ours, once.
    pub nonce: &'a str,
    /// Given back.
    pub login_hint: &'a str,
    /// Given back.
    pub message_hint: Option<&'a str>,
}

impl Authentication<'_> {
    /// The address the browser is sent to.
    pub fn url(&self, endpoint: &Url) -> String {
        let mut url = endpoint.clone();
        url.set_fragment(None);
        {
            let mut query = url.query_pairs_mut();
            query
                .append_pair("scope", "openid")
                .append_pair("response_type", "id_token")
                .append_pair("response_mode", "form_post")
                .append_pair("prompt", "none")
                .append_pair("client_id", self.client_id)
                .append_pair("redirect_uri", self.redirect_uri)
                .append_pair("state", self.state)
                .append_pair("nonce", self.nonce)
                .append_pair("login_hint", self.login_hint);
            if let Some(hint) = self.message_hint {
                query.append_pair("lti_message_hint", hint);
            }
        }
        url.into()
    }
}

//! The providers people may sign in with, as configured: presets for the big ones, any OpenID
//! provider by its issuer.

/// How a provider says who signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Protocol {
    /// OpenID Connect: its description lies under the issuer.
    OpenId {
        /// The issuer, to the letter, or where its description lies when it stands for any tenant.
        issuer: String,
        /// One description stands for many issuers (Microsoft's `common`).
        any_tenant: bool,
        /// Gives the nonce back in its tokens.
        nonce: bool,
    },
    /// Plain OAuth 2.0: a profile address says who it is.
    Profile {
        /// Under which issuer its people are kept.
        issuer: String,
        /// Where people go.
        auth_url: String,
        /// Where codes become tokens.
        token_url: String,
        /// Who it is, as JSON with `id` or `sub`, `name`, `email`.
        profile_url: String,
    },
}

/// A provider.
#[derive(Clone, PartialEq, Eq)]
pub struct Provider {
    /// In addresses: `google`.
    pub id: String,
    /// On buttons: its own name.
    pub name: String,
    /// Our id there.
    pub client_id: String,
    /// Our secret there.
    pub client_secret: String,
    /// Apart by spaces.
    pub scope: String,
    /// Takes a proof key (PKCE, RFC 7636).
    pub pkce: bool,
    /// The client proves itself in the body; `None`: as the description says.
    pub secret_in_body: Option<bool>,
    /// How it says who it is.
    pub protocol: Protocol,
}

impl std::fmt::Debug for Provider {
    /// Without the secret: configurations are logged.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Provider")
            .field("id", &self.id)
            .field("client_id", &self.client_id)
            .field("protocol", &self.protocol)
            .finish_non_exhaustive()
    }
}

impl Provider {
    /// Under which issuer its people are kept, or the pattern of it.
    pub fn issuer(&self) -> &str {
        match &self.protocol {
            Protocol::OpenId { issuer, .. } | Protocol::Profile { issuer, .. } => issuer,
        }
    }
}

/// Every setting of it.
pub const KEYS: [&str; 13] = [
    "HALQA_GOOGLE_CLIENT_ID",
    "HALQA_GOOGLE_CLIENT_SECRET",
    "HALQA_MICROSOFT_CLIENT_ID",
    "HALQA_MICROSOFT_CLIENT_SECRET",
    "HALQA_MICROSOFT_TENANT",
    "HALQA_FACEBOOK_CLIENT_ID",
    "HALQA_FACEBOOK_CLIENT_SECRET",
    "HALQA_LINKEDIN_CLIENT_ID",
    "HALQA_LINKEDIN_CLIENT_SECRET",
    "HALQA_OIDC_ISSUER",
    "HALQA_OIDC_NAME",
    "HALQA_OIDC_CLIENT_ID",
    "HALQA_OIDC_CLIENT_SECRET",
];

/// The configured providers, in the order of the buttons. A provider without both id and secret is
/// not there; half of one is an error that names the missing key.
pub fn from_values<'a>(get: impl Fn(&str) -> Option<&'a str>) -> Result<Vec<Provider>, String> {
    let own = |prefix: &str| -> Result<Option<(String, String)>, String> {
        let (id, secret) = (
            format!("HALQA_{prefix}_CLIENT_ID"),
            format!("HALQA_{prefix}_CLIENT_SECRET"),
        );
        match (get(&id), get(&secret)) {
            (Some(id), Some(secret)) => Ok(Some((id.to_owned(), secret.to_owned()))),
            (None, None) => Ok(None),
            (Some(_), None) => Err(secret),
            (None, Some(_)) => Err(id),
        }
    };
    let mut providers = Vec::new();
    let mut add = |id: &str, name: &str, keys: Option<(String, String)>, provider: Provider| {
        if let Some((client_id, client_secret)) = keys {
            providers.push(Provider {
                id: id.to_owned(),
                name: name.to_owned(),
                client_id,
                client_secret,
                ..provider
            });
        }
    };
    add(
        "google",
        "Google",
        own("GOOGLE")?,
        openid("https://accounts.google.com"),
    );
    let tenant = get("HALQA_MICROSOFT_TENANT").unwrap_or("common");
    let mut microsoft = openid(&format!("https://login.microsoftonline.com/{tenant}/v2.0"));
    if let Protocol::OpenId { any_tenant, .. } = &mut microsoft.protocol {
        *any_tenant = matches!(tenant, "common" | "organizations" | "consumers");
    }
    add("microsoft", "Microsoft", own("MICROSOFT")?, microsoft);
    add("facebook", "Facebook", own("FACEBOOK")?, facebook());
    // LinkedIn gives no nonce back and refuses a proof key of web applications.
    let mut linkedin = openid("https://www.linkedin.com/oauth");
    linkedin.pkce = false;
    linkedin.secret_in_body = Some(true);
    if let Protocol::OpenId { nonce, .. } = &mut linkedin.protocol {
        *nonce = false;
    }
    add("linkedin", "LinkedIn", own("LINKEDIN")?, linkedin);
    match (get("HALQA_OIDC_ISSUER"), own("OIDC")?) {
        (Some(issuer), Some(keys)) => {
            let name = get("HALQA_OIDC_NAME").map_or_else(|| host(issuer), str::to_owned);
            add("openid", &name, Some(keys), openid(issuer));
        }
        (None, None) => {}
        (Some(_), None) => return Err("HALQA_OIDC_CLIENT_ID".to_owned()),
        (None, Some(_)) => return Err("HALQA_OIDC_ISSUER".to_owned()),
    }
    Ok(providers)
}

fn host(issuer: &str) -> String {
    url::Url::parse(issuer)
        .ok()
        .and_then(|url| url.host_str().map(str::to_owned))
        .unwrap_or_else(|| issuer.to_owned())
}

fn openid(issuer: &str) -> Provider {
    Provider {
        id: String::new(),
        name: String::new(),
        client_id: String::new(),
        client_secret: String::new(),
        scope: "openid profile email".to_owned(),
        pkce: true,
        secret_in_body: None,
        protocol: Protocol::OpenId {
            issuer: issuer.to_owned(),
            any_tenant: false,
            nonce: true,
        },
    }
}

/// Facebook's login for the web is OAuth 2.0 and its Graph.
fn facebook() -> Provider {
    Provider {
        scope: "public_profile email".to_owned(),
        secret_in_body: Some(true),
        protocol: Protocol::Profile {
            issuer: "https://www.facebook.com".to_owned(),
            auth_url: "https://www.facebook.com/v21.0/dialog/oauth".to_owned(),
            token_url: "https://graph.facebook.com/v21.0/oauth/access_token".to_owned(),
            profile_url: "https://graph.facebook.com/v21.0/me?fields=id,name,email".to_owned(),
        },
        ..openid("")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(values: &[(&str, &'static str)]) -> Result<Vec<Provider>, String> {
        from_values(|key| {
            values
                .iter()
                .find(|(name, _)| *name == key)
                .map(|(_, value)| *value)
        })
    }

    #[test]
    fn nothing_configured_is_nobody() {
        assert_eq!(read(&[]), Ok(Vec::new()));
    }

    #[test]
    fn half_a_provider_is_told() {
        for (key, missing) in [
            ("HALQA_GOOGLE_CLIENT_ID", "HALQA_GOOGLE_CLIENT_SECRET"),
            ("HALQA_LINKEDIN_CLIENT_SECRET", "HALQA_LINKEDIN_CLIENT_ID"),
            ("HALQA_OIDC_ISSUER", "HALQA_OIDC_CLIENT_ID"),
        ] {
            assert_eq!(read(&[(key, "x")]), Err(missing.to_owned()), "{key}");
        }
    }

    #[test]
    fn presets_differ_where_the_providers_do() {
        let all = read(&[
            ("HALQA_GOOGLE_CLIENT_ID", "g"),
            ("HALQA_GOOGLE_CLIENT_SECRET", "s"),
            ("HALQA_MICROSOFT_CLIENT_ID", "m"),
            ("HALQA_MICROSOFT_CLIENT_SECRET", "s"),
            ("HALQA_FACEBOOK_CLIENT_ID", "f"),
            ("HALQA_FACEBOOK_CLIENT_SECRET", "s"),
            ("HALQA_LINKEDIN_CLIENT_ID", "l"),
            ("HALQA_LINKEDIN_CLIENT_SECRET", "s"),
            ("HALQA_OIDC_ISSUER", "https://id.example/realms/a"),
            ("HALQA_OIDC_CLIENT_ID", "o"),
            ("HALQA_OIDC_CLIENT_SECRET", "s"),
        ])
        .expect("configured");
        let ids: Vec<&str> = all.iter().map(|provider| provider.id.as_str()).collect();
        assert_eq!(
            ids,
            ["google", "microsoft", "facebook", "linkedin", "openid"]
        );
        assert!(all[0].pkce && !all[3].pkce);
        assert!(matches!(
            all[1].protocol,
            Protocol::OpenId {
                any_tenant: true,
                ..
            }
        ));
        assert!(matches!(all[2].protocol, Protocol::Profile { .. }));
        assert!(matches!(
            all[3].protocol,
            Protocol::OpenId { nonce: false, .. }
        ));
        assert_eq!(all[4].name, "id.example");
        assert!(!format!("{all:?}").contains("\"s\""), "a secret in a log");
    }
}

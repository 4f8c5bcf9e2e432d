//! `/fr/…`, `/ar/…`, `/en/…`: the prefix chooses the language and is taken off before routing.

use rocket::fairing::{Fairing, Info, Kind};
use rocket::http::uri::Origin;
use rocket::{Data, Request};

use super::Lang;

/// The cookie that remembers a visitor's choice.
pub const COOKIE: &str = "lang";

/// The language of a request and its path without the prefix.
#[derive(Debug, Clone)]
pub struct Spoken {
    /// The language.
    pub lang: Lang,
    /// The address named it.
    pub explicit: bool,
    /// Path without the prefix, and the query.
    pub path: String,
}

/// The language of this request. Before the fairing has run (never, in practice): French.
pub fn spoken<'r>(request: &'r Request<'_>) -> &'r Spoken {
    request.local_cache(|| Spoken {
        lang: Lang::default(),
        explicit: false,
        path: request.uri().path().to_string(),
    })
}

/// Takes the language prefix off.
pub struct LanguagePrefix;

#[rocket::async_trait]
impl Fairing for LanguagePrefix {
    fn info(&self) -> Info {
        Info {
            name: "language prefix",
            kind: Kind::Request,
        }
    }

    async fn on_request(&self, request: &mut Request<'_>, _: &mut Data<'_>) {
        let uri = request.uri();
        let path = uri.path().as_str();
        let prefixed = Lang::ALL.into_iter().find_map(|lang| {
            let rest = path.strip_prefix('/')?.strip_prefix(lang.code())?;
            (rest.is_empty() || rest.starts_with('/')).then(|| (lang, rest.to_owned()))
        });
        let query = uri.query().map(|q| format!("?{q}")).unwrap_or_default();
        match prefixed {
            Some((lang, rest)) => {
                let rest = if rest.is_empty() {
                    "/".to_owned()
                } else {
                    rest
                };
                let target = format!("{rest}{query}");
                // Internal paths cannot be asked for behind a prefix either (`web::host`).
                let moved = match super::host::is_internal(&rest) {
                    true => "/-refused/not-found".to_owned(),
                    false => target.clone(),
                };
                match Origin::parse_owned(moved) {
                    Ok(moved) => request.set_uri(moved),
                    Err(_) => request.set_uri(rocket::uri!("/-refused/bad-address")),
                }
                request.local_cache(|| Spoken {
                    lang,
                    explicit: true,
                    path: target,
                });
            }
            None => {
                let lang = request
                    .cookies()
                    .get(COOKIE)
                    .and_then(|c| Lang::from_code(c.value()))
                    .or_else(|| {
                        request
                            .headers()
                            .get_one("Accept-Language")
                            .and_then(Lang::from_accept)
                    })
                    .unwrap_or_default();
                let path = format!("{path}{query}");
                request.local_cache(|| Spoken {
                    lang,
                    explicit: false,
                    path,
                });
            }
        }
    }
}

/// Remembers a visitor's choice in this browser.
pub fn remember(jar: &rocket::http::CookieJar<'_>, lang: Lang) {
    jar.add(
        rocket::http::Cookie::build((COOKIE, lang.code()))
            .path("/")
            .same_site(rocket::http::SameSite::Lax)
            .max_age(rocket::time::Duration::days(365)),
    );
}

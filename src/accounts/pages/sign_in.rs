//! Signing in and out.

use rocket::http::{CookieJar, Status};
use rocket::response::Redirect;
use rocket::{Either, Route, get, post, routes};
use serde::Serialize;
use serde_json::{Value, json};

use super::Machine;
use crate::accounts;
use crate::accounts::guards::SignedIn;
use crate::web::i18n::{Lang, Locales};
use crate::web::visitor::cookie_name;
use crate::web::{Fields, Html, Page, Refusal, Visitor};

pub(super) fn routes() -> Vec<Route> {
    routes![page, submit, sign_out, sign_out_everywhere]
}

#[derive(Serialize)]
struct SignInPage {
    form: Value,
    next: String,
    wrong: bool,
    /// With whom else one may sign in.
    others: Vec<Value>,
}

impl SignInPage {
    fn others(visitor: &Visitor<'_>, next: &str) -> Vec<Value> {
        let next = url::form_urlencoded::Serializer::new(String::new())
            .append_pair("next", next)
            .finish();
        visitor
            .app
            .config
            .sign_in
            .iter()
            .map(|other| {
                json!({
                    "label": other.name,
                    "href_to": visitor.href(&format!("/sign-in/with/{}?{next}", other.id)),
                })
            })
            .collect()
    }
}

impl Page for SignInPage {
    const TEMPLATE: &'static str = "accounts/sign-in";
    fn title(&self, locales: &Locales, lang: Lang) -> String {
        locales.text(lang, "accounts-sign-in-title", &[])
    }
}

/// A path of this site to go on to, or `/`: nothing that a browser could read as another site
/// (`threats.md` W18).
pub fn local_path(next: &str) -> &str {
    let plain = next.starts_with('/')
        && !next.starts_with("//")
        && !next.starts_with("/-")
        && !next.contains('\\')
        && !next.chars().any(char::is_control)
        && next.len() <= 2000;
    if !plain {
        return "/";
    }
    // The prefix is added again in the visitor's language.
    let without = Lang::ALL.into_iter().find_map(|lang| {
        let rest = next.strip_prefix('/')?.strip_prefix(lang.code())?;
        (rest.is_empty() || rest.starts_with('/')).then_some(rest)
    });
    match without {
        Some("") => "/",
        // `/fr//evil` must not become `//evil`.
        Some(rest) if rest.starts_with("//") => "/",
        Some(rest) => rest,
        None => next,
    }
}

#[get("/sign-in?<next>")]
fn page(visitor: Visitor<'_>, next: Option<&str>) -> Either<Html, Redirect> {
    let next = local_path(next.unwrap_or("/"));
    if visitor.person.is_some() {
        return Either::Right(visitor.redirect(next, None));
    }
    Either::Left(visitor.page(&SignInPage {
        form: visitor.form(&Fields::default(), &["email", "password"]),
        next: next.to_owned(),
        wrong: false,
        others: SignInPage::others(&visitor, next),
    }))
}

#[post("/sign-in", data = "<fields>")]
async fn submit(
    visitor: Visitor<'_>,
    machine: Machine<'_>,
    jar: &CookieJar<'_>,
    mut fields: Fields,
) -> Result<Result<Redirect, Html>, Refusal> {
    let next = local_path(fields.raw("next")).to_owned();
    let email = fields.line("email", 400);
    if fields.raw("password").is_empty() {
        fields.error("password", "required");
    }
    let secret = if fields.is_valid() {
        let attempt = accounts::SignIn {
            email: &email,
            password: fields.raw("password"),
            address: machine.address,
            user_agent: machine.user_agent,
        };
        accounts::sign_in(visitor.app, attempt).await?
    } else {
        None
    };
    let Some(secret) = secret else {
        let wrong = fields.is_valid();
        let page = SignInPage {
            form: visitor.form(&fields, &["email", "password"]),
            others: SignInPage::others(&visitor, &next),
            next,
            wrong,
        };
        return Ok(Err(visitor.page(&page).status(Status::UnprocessableEntity)));
    };
    // Whatever session this browser had before ends: a new sign-in is a new session.
    if let Some(old) = jar.get(cookie_name(visitor.app.config.is_https())) {
        accounts::sign_out(visitor.app, old.value()).await?;
    }
    accounts::set_cookie(visitor.app, jar, &secret);
    Ok(Ok(visitor.redirect(&next, None)))
}

#[post("/sign-out")]
async fn sign_out(visitor: Visitor<'_>, jar: &CookieJar<'_>) -> Result<Redirect, Refusal> {
    if let Some(cookie) = jar.get(cookie_name(visitor.app.config.is_https())) {
        accounts::sign_out(visitor.app, cookie.value()).await?;
    }
    accounts::remove_cookie(visitor.app, jar);
    Ok(visitor.redirect("/", Some("signed-out")))
}

#[post("/me/sign-out-everywhere")]
async fn sign_out_everywhere(
    signed_in: SignedIn<'_>,
    jar: &CookieJar<'_>,
) -> Result<Redirect, Refusal> {
    accounts::sign_out_everywhere(signed_in.app, signed_in.person.id).await?;
    accounts::remove_cookie(signed_in.app, jar);
    Ok(signed_in.redirect("/sign-in", Some("signed-out-everywhere")))
}

#[cfg(test)]
mod tests {
    use super::local_path;

    #[test]
    fn next_stays_on_this_site() {
        for (next, expected) in [
            ("/modules?x=1", "/modules?x=1"),
            ("/fr/modules", "/modules"),
            ("/ar", "/"),
            ("/french", "/french"),
            ("//evil.example", "/"),
            ("/\\evil.example", "/"),
            ("\\\\evil.example", "/"),
            ("https:evil.example", "/"),
            ("https://evil.example", "/"),
            ("/\t/evil.example", "/"),
            ("\t//evil.example", "/"),
            ("/fr//evil.example", "/"),
            ("/-content/x", "/"),
            ("evil", "/"),
            ("", "/"),
        ] {
            assert_eq!(local_path(next), expected, "{next}");
        }
    }
}

//! Unsubscribing from a mail: looking changes nothing (programs that check links look), posting does
//! (RFC 8058), from a mail program or with the page's button, without a cookie.

use rocket::data::ToByteUnit;
use rocket::http::ContentType;
use rocket::{Data, get, post};
use serde::Serialize;
use serde_json::json;

use crate::following::{self, Subject};
use crate::ids::PersonId;
use crate::notifications::unsubscribe::{self, Scope, Token};
use crate::web::i18n::{Lang, Locales};
use crate::web::{Fields, Html, Page, Refusal, Visitor};

#[derive(Serialize)]
struct UnsubscribePage {
    heading: String,
    text: String,
    done: bool,
    action: String,
}

impl Page for UnsubscribePage {
    const TEMPLATE: &'static str = "notifications/unsubscribe";
    fn title(&self, _: &Locales, _: Lang) -> String {
        self.heading.clone()
    }
}

async fn page(
    visitor: &Visitor<'_>,
    sealed: &str,
    person: PersonId,
    scope: &Scope,
    done: Option<bool>,
) -> Result<Html, Refusal> {
    let (app, lang) = (visitor.app, visitor.lang());
    let locales = &app.pages.locales;
    let what = match (done, scope) {
        // All mails of notifications.
        (Some(true), _) => locales.text(lang, "notifications-stop-all-of", &[]),
        (_, Scope::Direct) => locales.text(lang, "notifications-stop-direct", &[]),
        (_, Scope::Digest(cadence)) => {
            locales.text(lang, &format!("notifications-stop-{}", cadence.code()), &[])
        }
        (_, Scope::Follow(subject)) => {
            let subject = Subject::parse(subject);
            let names = following::names(app, lang, Some(person), subject.as_slice()).await?;
            match names.into_values().next() {
                Some(named) => {
                    let args = [("name", json!(named.label))];
                    locales.text(lang, "notifications-stop-follow", &args)
                }
                None => locales.text(lang, "notifications-stop-something", &[]),
            }
        }
    };
    let key = |part: &str| match done {
        Some(_) => format!("notifications-stopped-{part}"),
        None => format!("notifications-stop-{part}"),
    };
    Ok(visitor.page(&UnsubscribePage {
        heading: locales.text(lang, &key("title"), &[]),
        text: locales.text(lang, &key("text"), &[("what", json!(what))]),
        done: done.is_some(),
        action: visitor.href(&format!("/unsubscribe/{sealed}")),
    }))
}

fn token(visitor: &Visitor<'_>, sealed: &str) -> Result<Token, Refusal> {
    unsubscribe::read(visitor.app, sealed).ok_or_else(Refusal::not_found)
}

#[get("/unsubscribe/<sealed>")]
pub(super) async fn ask(visitor: Visitor<'_>, sealed: &str) -> Result<Html, Refusal> {
    let token = token(&visitor, sealed)?;
    page(&visitor, sealed, token.person, &token.scope, None).await
}

/// The body is a form of either kind, or nothing: the address says it all. `all` stops all mails of
/// notifications.
#[post("/unsubscribe/<sealed>", data = "<data>")]
pub(super) async fn stop(
    visitor: Visitor<'_>,
    sealed: &str,
    kind: Option<&ContentType>,
    data: Data<'_>,
) -> Result<Html, Refusal> {
    let token = token(&visitor, sealed)?;
    let body = data.open(8.kibibytes()).into_bytes().await;
    let body = body.map(|body| body.into_inner()).unwrap_or_default();
    let all = kind.is_some_and(|kind| kind.is_form())
        && Fields::parse(&body).is_ok_and(|fields| fields.ticked("all"));
    let (person, scope) = (token.person, token.scope.clone());
    unsubscribe::apply(visitor.app, token, all).await?;
    page(&visitor, sealed, person, &scope, Some(all)).await
}

//! An attestation as a file to print, send and read aloud.

use rocket::http::Status;
use serde_json::json;
use sha2::{Digest, Sha256};
use tokio::sync::Semaphore;

use super::attestation::Attestation;
use super::pdf::{self, Sheet};
use crate::App;
use crate::ids::hex;
use crate::seminars::words;
use crate::web::i18n::without_isolates;
use crate::web::{Lang, Refusal};

/// Pages drawn at the same time at most.
static DRAWN: Semaphore = Semaphore::const_new(2);
/// Changes with the look of the page.
const EDITION: &str = "1";

/// What the page says.
pub struct Paper {
    lang: Lang,
    title: String,
    above: String,
    heading: String,
    text: String,
    subject: String,
    facts: Vec<String>,
    verify: String,
    address: String,
    code_alt: String,
}

impl Paper {
    /// The page of an attestation in a language.
    pub fn of(app: &App, of: &Attestation, lang: Lang) -> Result<Paper, Refusal> {
        let locales = &app.pages.locales;
        let plain = |key: &str| locales.plain(lang, key, &[]);
        let meetings: Vec<_> = of
            .meetings
            .iter()
            .map(|m| json!({ "starts_at": m.starts_at, "ends_at": m.ends_at }))
            .collect();
        let dates = app
            .pages
            .fragment(
                "seminars/attestation-dates",
                lang,
                &json!({ "dates": meetings }),
            )
            .map_err(|error| {
                tracing::error!(%error, "attestation");
                Refusal::new(Status::InternalServerError, "internal")
            })?;
        let mut facts: Vec<String> = dates
            .lines()
            .map(|line| without_isolates(line.trim()))
            .filter(|line| !line.is_empty())
            .collect();
        if !of.seminar.place.is_empty() {
            facts.push(of.seminar.place.clone());
        }
        let percent = json!(words::percent(lang, of.share));
        facts.push(locales.plain(lang, "attestation-share", &[("percent", percent)]));
        let base = app.config.public_url.as_str().trim_end_matches('/');
        Ok(Paper {
            lang,
            title: locales.plain(lang, "attestation-of", &[("name", json!(of.name))]),
            above: format!("{} · {}", plain("web-brand"), plain("attestation-kind")),
            heading: of.name.clone(),
            text: plain("attestation-text"),
            subject: of.seminar.title.clone(),
            facts,
            verify: plain("attestation-verify"),
            address: format!("{base}/attestations/{}", of.code),
            code_alt: plain("attestation-picture"),
        })
    }

    /// What tells this page from another.
    pub fn etag(&self) -> String {
        let mut hash = Sha256::new();
        let parts = [
            EDITION,
            self.lang.code(),
            &self.title,
            &self.above,
            &self.heading,
            &self.text,
            &self.subject,
            &self.verify,
            &self.address,
        ];
        for part in parts
            .into_iter()
            .chain(self.facts.iter().map(String::as_str))
        {
            hash.update(part.as_bytes());
            hash.update([0]);
        }
        format!("\"{}\"", &hex(&hash.finalize())[..32])
    }

    /// The file.
    pub async fn draw(self) -> Result<Vec<u8>, Refusal> {
        let failed = || Refusal::new(Status::InternalServerError, "internal");
        let _place = DRAWN.acquire().await.map_err(|_| failed())?;
        let drawn = tokio::task::spawn_blocking(move || {
            pdf::draw(&Sheet {
                lang: self.lang.code(),
                rtl: self.lang.dir() == "rtl",
                title: &self.title,
                above: &self.above,
                heading: &self.heading,
                text: &self.text,
                subject: &self.subject,
                facts: self.facts,
                verify: &self.verify,
                address: &self.address,
                code_alt: &self.code_alt,
            })
        })
        .await;
        drawn.ok().flatten().ok_or_else(|| {
            tracing::error!("an attestation could not be drawn");
            failed()
        })
    }
}

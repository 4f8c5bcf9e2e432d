//! Attestations: a page that its owner prints and anybody can verify, at an address that cannot be
//! guessed; and the same as an Open Badges 3.0 credential, signed.

use serde_json::{Value, json};
use uuid::Uuid;

use super::store;
use crate::App;
use crate::accounts::Person;
use crate::db::DbError;
use crate::ids::{PersonId, SeminarId};
use crate::seminars::programme::{self, MeetingRow};
use crate::seminars::{SeminarRow, named};
use crate::web::{Lang, Refusal};

/// What signs an attestation's address.
const PURPOSE: &str = "attestation";

/// That somebody took part in a seminar.
#[derive(Debug, Clone)]
pub struct Attestation {
    /// The part of its address that nobody guesses.
    pub code: String,
    /// Whose.
    pub person: PersonId,
    /// Their name.
    pub name: String,
    /// They belong to an organisation that rests: others do not read the name.
    pub resting: bool,
    /// In what.
    pub seminar: SeminarRow,
    /// When it was held.
    pub meetings: Vec<MeetingRow>,
    /// How much of it, 0..1.
    pub share: f64,
}

impl Attestation {
    /// Whether somebody may read whose it is: everybody, unless it is at rest; then the owner and
    /// the staff.
    pub fn names_to(&self, reader: Option<&Person>) -> bool {
        !self.resting || reader.is_some_and(|p| p.id == self.person || p.roles.is_staff())
    }
}

fn code(app: &App, seat: Uuid) -> String {
    let seat = seat.simple().to_string();
    let signature = app.sign(PURPOSE, &seat);
    format!("{seat}-{}", &signature[..32])
}

/// The code of somebody's attestation, once the seminar is over and they were there.
pub async fn attestation_of(
    app: &App,
    seminar: &SeminarRow,
    person: PersonId,
) -> Result<Option<String>, DbError> {
    let over = seminar.ends_at <= app.clock.now() && seminar.cancelled_at.is_none();
    if !over || super::share(app, seminar.id, person).await? <= 0.0 {
        return Ok(None);
    }
    let seat: Option<store::SeatRow> = store::SEAT_OF
        .bind(seminar.id)
        .bind(person)
        .optional(&app.db)
        .await?;
    Ok(seat.map(|seat| code(app, seat.id.0)))
}

/// The attestation of a code; 404 when there is none (any more).
pub async fn attestation(app: &App, given: &str) -> Result<Attestation, Refusal> {
    let seat = given.split('-').next().unwrap_or_default();
    let seat = Uuid::try_parse(seat).map_err(|_| Refusal::not_found())?;
    let expected = code(app, seat);
    let same =
        aws_lc_rs::constant_time::verify_slices_are_equal(expected.as_bytes(), given.as_bytes());
    if same.is_err() {
        return Err(Refusal::not_found());
    }
    let row: store::SeatRow = store::SEAT.bind(seat).one(&app.db).await?;
    let seminar = seminar(app, row.seminar).await?;
    let share = super::share(app, seminar.id, row.person).await?;
    // What staff took back attests nothing.
    if share <= 0.0 || seminar.cancelled_at.is_some() {
        return Err(Refusal::not_found());
    }
    Ok(Attestation {
        code: expected,
        person: row.person,
        name: row.name,
        resting: row.resting > 0,
        meetings: programme::meetings(app, seminar.id).await?,
        seminar,
        share,
    })
}

async fn seminar(app: &App, id: SeminarId) -> Result<SeminarRow, Refusal> {
    named(app, &id.0.to_string()).await
}

/// Who issues the credentials, as Open Badges 3.0 describes a Profile.
pub fn issuer(app: &App) -> Value {
    let base = app.config.public_url.as_str().trim_end_matches('/');
    json!({
        "@context": CONTEXTS,
        "id": format!("{base}/badges/issuer"),
        "type": ["Profile"],
        "name": "Halqa",
        "url": format!("{base}/"),
    })
}

const CONTEXTS: [&str; 2] = [
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
];

/// The attestation as an Open Badges 3.0 credential and, signed, as a compact JWS (VC-JWT, RS256):
/// the key is in its header and in our key set.
pub async fn credential(app: &App, of: &Attestation) -> Result<Value, Refusal> {
    let base = app.config.public_url.as_str().trim_end_matches('/');
    let id = format!("{base}/attestations/{}", of.code);
    let issued = of.seminar.ends_at.rfc3339();
    let mut issuer = issuer(app);
    if let Some(profile) = issuer.as_object_mut() {
        profile.remove("@context");
    }
    let lang = Lang::from_code(&of.seminar.language).unwrap_or_default();
    let percent = crate::seminars::words::percent(lang, of.share);
    let criteria =
        app.pages
            .locales
            .plain(lang, "attestation-criteria", &[("percent", json!(percent))]);
    let seat = of.code.split('-').next().unwrap_or_default();
    let seat = Uuid::try_parse(seat).unwrap_or_default();
    let credential = json!({
        "@context": CONTEXTS,
        "id": id,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": issuer,
        "validFrom": issued,
        "awardedDate": issued,
        "name": of.seminar.title,
        "credentialSubject": {
            "id": format!("urn:uuid:{seat}"),
            "type": ["AchievementSubject"],
            "identifier": [{ "type": "IdentityObject", "identityHash": of.name, "identityType": "name", "hashed": false }],
            "achievement": {
                "id": format!("{base}/seminars/{}", of.seminar.slug),
                "type": ["Achievement"],
                "achievementType": "Course",
                "inLanguage": of.seminar.language,
                "name": of.seminar.title,
                "description": match of.seminar.summary.trim() {
                    "" => of.seminar.title.as_str(),
                    summary => summary,
                },
                "criteria": { "narrative": criteria },
            },
        },
    });
    let mut claims = credential.clone();
    claims["iss"] = credential["issuer"]["id"].clone();
    claims["jti"] = json!(id);
    claims["sub"] = credential["credentialSubject"]["id"].clone();
    claims["nbf"] = json!(of.seminar.ends_at.micros() / 1_000_000);
    let jws = crate::lti::sign_with_its_key(app, &claims).await?;
    Ok(json!({ "credential": credential, "jws": jws, "keys": format!("{base}/lti/jwks") }))
}

//! Attestations: a page that its owner prints and anybody can verify, at an address that cannot be
//! guessed; and the same as an Open Badges 3.0 credential, signed.

use serde_json::{Value, json};
use uuid::Uuid;

use super::store;
use crate::App;
use crate::db::DbError;
use crate::ids::{PersonId, SeminarId};
use crate::seminars::programme::{self, MeetingRow};
use crate::seminars::{SeminarRow, named};
use crate::web::Refusal;

/// What signs an attestation's address.
const PURPOSE: &str = "attestation";

/// That somebody took part in a seminar.
#[derive(Debug, Clone)]
pub struct Attestation {
    /// The part of its address that nobody guesses.
    pub code: String,
    /// Whose.
    pub name: String,
    /// In what.
    pub seminar: SeminarRow,
    /// When it was held.
    pub meetings: Vec<MeetingRow>,
    /// How much of it, 0..1.
    pub share: f64,
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
        name: row.name,
        meetings: programme::meetings(app, seminar.id).await?,
        seminar,
        share,
    })
}

async fn seminar(app: &App, id: SeminarId) -> Result<SeminarRow, Refusal> {
    named(app, &id.0.to_string()).await
}

/// The attestation as an Open Badges 3.0 credential and, signed, as a compact JWS (VC-JWT, RS256);
/// the key is in our key set.
pub async fn credential(app: &App, of: &Attestation) -> Result<Value, Refusal> {
    let base = app.config.public_url.as_str().trim_end_matches('/');
    let id = format!("{base}/attestations/{}", of.code);
    let issued = of.seminar.ends_at.rfc3339();
    let issuer = format!("{base}/");
    let credential = json!({
        "@context": [
            "https://www.w3.org/ns/credentials/v2",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        ],
        "id": id,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": { "id": issuer, "type": ["Profile"], "name": "Halqa" },
        "validFrom": issued,
        "name": of.seminar.title,
        "credentialSubject": {
            "id": format!("urn:uuid:{}", Uuid::try_parse(of.code.split('-').next().unwrap_or_default()).unwrap_or_default()),
            "type": ["AchievementSubject"],
            "identifier": [{ "type": "IdentityObject", "identityHash": of.name, "identityType": "name", "hashed": false }],
            "achievement": {
                "id": format!("{base}/seminars/{}", of.seminar.slug),
                "type": ["Achievement"],
                "name": of.seminar.title,
                "description": of.seminar.summary,
                "criteria": { "narrative": format!("{:.0} %", of.share * 100.0) },
            },
        },
    });
    let mut claims = credential.clone();
    claims["iss"] = json!(issuer);
    claims["jti"] = json!(id);
    claims["sub"] = credential["credentialSubject"]["id"].clone();
    claims["nbf"] = json!(of.seminar.ends_at.micros() / 1_000_000);
    let jws = crate::lti::sign(app, &claims).await?;
    Ok(json!({ "credential": credential, "jws": jws, "keys": format!("{base}/lti/jwks") }))
}

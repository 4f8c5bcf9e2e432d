//! Our signing keys. The next key is published a day before it signs and the last one a week
//! after, so that no platform that keeps our key set for a while refuses a message of ours.

use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der};
use aws_lc_rs::rsa::{KeyPair, KeySize};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use lti::jwt::SigningKey;
use serde_json::{Value, json};

use super::platforms::internal;
use super::{SEAL_KEY, store};
use crate::App;
use crate::accounts::Audit;
use crate::clock::Timestamp;
use crate::ids::PersonId;
use crate::web::Refusal;

/// A new key is published so long before it signs, in seconds.
const AHEAD: i64 = 24 * 3600;
/// A key is published so long after another one has taken over, in seconds.
const AFTER: i64 = 8 * 24 * 3600;

struct NewKey {
    kid: String,
    private: String,
    public: Value,
    active: Timestamp,
    now: Timestamp,
}

impl NewKey {
    async fn make(app: &App, active: Timestamp) -> Result<NewKey, Refusal> {
        let kid = app.ids.uuid().simple().to_string();
        // A fraction of a second of arithmetic: not on a thread that answers requests.
        let pem = tokio::task::spawn_blocking(pem)
            .await
            .ok()
            .flatten()
            .ok_or_else(internal)?;
        let public = SigningKey::from_pem(&kid, pem.as_bytes())
            .and_then(|key| key.public())
            .map_err(|_| internal())?;
        Ok(NewKey {
            private: app.seal(SEAL_KEY, &pem).ok_or_else(internal)?,
            kid,
            public,
            active,
            now: app.clock.now(),
        })
    }
}

/// A fresh RSA key of 2,048 bits in PEM (PKCS#8).
fn pem() -> Option<String> {
    let pair = KeyPair::generate(KeySize::Rsa2048).ok()?;
    let der = AsDer::<Pkcs8V1Der<'_>>::as_der(&pair).ok()?;
    let text = STANDARD.encode(der.as_ref());
    let mut pem = String::from("-----BEGIN PRIVATE KEY-----\n");
    for line in text.as_bytes().chunks(64) {
        pem.push_str(std::str::from_utf8(line).ok()?);
        pem.push('\n');
    }
    pem.push_str("-----END PRIVATE KEY-----\n");
    Some(pem)
}

/// The published keys, the one that signs first. The very first is made when it is asked for.
async fn published(app: &App) -> Result<Vec<store::KeyRow>, Refusal> {
    let now = app.clock.now();
    let rows: Vec<store::KeyRow> = store::OUR_KEYS.bind(now).all(&app.db).await?;
    if !rows.is_empty() {
        return Ok(rows);
    }
    let key = NewKey::make(app, now).await?;
    app.db
        .write(key, |tx, key| {
            Box::pin(async move {
                // Two nodes at once: one key is enough, but two do no harm.
                let (count,): (i64,) = store::COUNT_KEYS.one(&mut *tx).await?;
                if count == 0 {
                    insert(tx, key).await?;
                }
                Ok::<_, Refusal>(())
            })
        })
        .await?;
    Ok(store::OUR_KEYS.bind(app.clock.now()).all(&app.db).await?)
}

async fn insert(tx: &mut crate::db::Tx, key: &NewKey) -> Result<(), Refusal> {
    store::ADD_KEY
        .bind(&key.kid)
        .bind(&key.private)
        .bind(key.public.clone())
        .bind(key.now)
        .bind(key.active)
        .run(tx)
        .await?;
    Ok(())
}

/// Our key set, as platforms read it.
pub(super) async fn key_set(app: &App) -> Result<Value, Refusal> {
    let keys: Vec<Value> = published(app)
        .await?
        .into_iter()
        .map(|row| row.public)
        .collect();
    Ok(json!({ "keys": keys }))
}

/// The key that signs now.
pub(super) async fn signing(app: &App) -> Result<SigningKey, Refusal> {
    let keys = published(app).await?;
    let key = keys.first().ok_or_else(internal)?;
    let pem = app.unseal(SEAL_KEY, &key.private).ok_or_else(|| {
        tracing::error!(
            kid = key.kid,
            "a signing key does not open: was HALQA_SECRET_KEY changed?"
        );
        internal()
    })?;
    SigningKey::from_pem(&key.kid, pem.as_bytes()).map_err(|_| internal())
}

/// When each published key signs: for administrators.
pub(super) async fn schedule(
    app: &App,
) -> Result<Vec<(String, Timestamp, Option<Timestamp>)>, Refusal> {
    let rows = published(app).await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.kid, row.active_at, row.retired_at))
        .collect())
}

/// Makes the next key: published now, signing from tomorrow; older ones go a week later.
pub async fn rotate(app: &App, by: Option<PersonId>) -> Result<(), Refusal> {
    published(app).await?;
    let now = app.clock.now();
    let key = NewKey::make(app, now.plus_seconds(AHEAD)).await?;
    let audit = Audit::new(app, by, "lti-key-rotated", format!("lti-key:{}", key.kid));
    app.db
        .write((key, audit), |tx, (key, audit)| {
            Box::pin(async move {
                insert(tx, key).await?;
                store::RETIRE_KEYS
                    .bind(&key.kid)
                    .bind(key.now.plus_seconds(AHEAD + AFTER))
                    .run(&mut *tx)
                    .await?;
                audit.write(tx).await?;
                Ok(())
            })
        })
        .await
}

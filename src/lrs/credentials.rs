//! Clients of the store: who they are, what they may (Communication 4.0, 4.2).

use rocket::http::Status;
use serde::Serialize;
use serde_json::{Value, json};
use uuid::Uuid;
use xapi::Version;

use crate::App;
use crate::accounts::Audit;
use crate::clock::Timestamp;
use crate::db::DbError;
use crate::ids::{OrganisationId, PersonId, hash_secret};
use crate::organisations;
use crate::web::Refusal;

use super::store;

/// Every scope there is (Communication 4.2).
pub const SCOPES: [&str; 8] = [
    "all",
    "all/read",
    "statements/write",
    "statements/read",
    "statements/read/mine",
    "state",
    "profile",
    "define",
];

/// What a client may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum May {
    /// Write statements.
    Write,
    /// Void statements, others' too.
    Void,
    /// Read everybody's statements.
    Read,
    /// Read its own statements.
    ReadMine,
    /// Read state documents.
    ReadState,
    /// Write state documents.
    WriteState,
    /// Read profiles.
    ReadProfile,
    /// Write profiles.
    WriteProfile,
    /// Say what activities are, for everybody.
    Define,
}

/// A client that has proved itself.
#[derive(Debug, Clone)]
pub struct Client {
    /// Which credential.
    pub id: Uuid,
    /// What its maker called it.
    pub name: String,
    /// Whose statements it writes and reads; all zeros: the platform, which sees all.
    pub tenant: Uuid,
    scopes: Vec<String>,
    /// The edition of answers to requests that name none: they are refused with its header.
    pub default_version: Version,
    /// May speak of this actor only: an identifier as `xapi::actor` writes it.
    pub actor: Option<String>,
    /// May speak of this registration only.
    pub registration: Option<Uuid>,
    /// Of a launch: the base of the activities it may describe.
    about: Option<String>,
}

impl Client {
    /// The platform itself, which needs no credential.
    pub(super) fn platform() -> Client {
        Client {
            id: Uuid::nil(),
            name: "Halqa".to_owned(),
            tenant: Uuid::nil(),
            scopes: vec!["all".to_owned()],
            default_version: Version::V1,
            actor: None,
            registration: None,
            about: None,
        }
    }

    /// The client that a launch's credential makes.
    pub(super) fn of_launch(launch: &super::launches::Launch, scopes: &[&str]) -> Client {
        Client {
            id: launch.id,
            name: launch.name.clone(),
            scopes: scopes.iter().map(|scope| (*scope).to_owned()).collect(),
            actor: Some(launch.actor.clone()),
            registration: Some(launch.registration),
            about: launch.about.clone(),
            ..Client::platform()
        }
    }

    /// True when its scopes allow it.
    pub fn may(&self, what: May) -> bool {
        let holds = |scope: &str| self.scopes.iter().any(|s| s == scope);
        let more = match what {
            May::Write => holds("statements/write"),
            May::Void => false,
            May::Read => holds("all/read") || holds("statements/read"),
            May::ReadMine => {
                holds("all/read") || holds("statements/read") || holds("statements/read/mine")
            }
            May::ReadState => holds("all/read") || holds("state"),
            May::WriteState => holds("state"),
            May::ReadProfile => holds("all/read") || holds("profile"),
            May::WriteProfile => holds("profile"),
            May::Define => holds("define"),
        };
        // A credential made for one actor is never more than its scopes say (X17).
        more || (holds("all") && self.actor.is_none())
    }

    /// 403 unless its scopes allow it (XAPI-00327).
    pub fn require(&self, what: May) -> Result<(), Refusal> {
        if self.may(what) {
            Ok(())
        } else {
            Err(Refusal::new(Status::Forbidden, "xapi-scope"))
        }
    }

    /// May keep profiles of this activity and say what it is: a launch only of what it was launched
    /// for, which is everybody's (X17).
    pub fn may_describe(&self, activity: &str) -> bool {
        self.registration.is_none()
            || self.about.as_deref().is_some_and(|about| {
                activity
                    .strip_prefix(about)
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '#', '?']))
            })
    }

    /// The platform's own clients see every organisation's statements.
    pub fn is_platform(&self) -> bool {
        self.tenant.is_nil()
    }

    /// The agent that stands as `authority` in what it writes, as JSON (Data 2.4.9).
    pub fn authority(&self, app: &App) -> String {
        json!({
            "objectType": "Agent",
            "name": self.name,
            "account": { "homePage": app.config.public_url, "name": self.id.to_string() },
        })
        .to_string()
    }
}

/// What to make a credential of.
#[derive(Debug, Clone, Default)]
pub struct New {
    /// What it is for.
    pub name: String,
    /// Among [`SCOPES`]; none: `all`.
    pub scopes: Vec<String>,
    /// The slug of an organisation; `None`: the platform.
    pub organisation: Option<String>,
    /// `1.0.3` or `2.0.0`.
    pub default_version: Option<String>,
}

/// A credential's two halves: shown once.
#[derive(Debug, Serialize)]
pub struct Made {
    /// The user of Basic authentication.
    pub user: String,
    /// Its password; alone, a bearer token.
    pub password: String,
}

/// Makes a credential. Unknown scopes and versions are refused (422), an unknown organisation too.
pub async fn add(app: &App, by: Option<PersonId>, new: New) -> Result<Made, Refusal> {
    if let Some(unknown) = new.scopes.iter().find(|s| !SCOPES.contains(&s.as_str())) {
        return Err(Refusal::unprocessable("unknown-scope").with("scope", json!(unknown)));
    }
    let version = new.default_version.unwrap_or_else(|| "1.0.3".to_owned());
    if !["1.0.3", "2.0.0"].contains(&version.as_str()) {
        return Err(Refusal::unprocessable("xapi-version"));
    }
    let organisation = match &new.organisation {
        Some(slug) => {
            let found = organisations::by_slug(app, slug).await?;
            Some(found.ok_or_else(Refusal::not_found)?.id)
        }
        None => None,
    };
    let scopes = if new.scopes.is_empty() {
        vec!["all".to_owned()]
    } else {
        new.scopes
    };
    let id = app.ids.uuid();
    let made = Made {
        user: id.simple().to_string(),
        password: app.ids.secret().reveal().to_owned(),
    };
    let audit = Audit::new(
        app,
        by,
        "lrs-credential-added",
        format!("lrs-credential:{id}"),
    )
    .detail(json!({ "name": new.name, "scopes": scopes }));
    let row = Row {
        id,
        organisation,
        name: new.name,
        user: made.user.clone(),
        hash: hash_secret(&made.password),
        scopes: json!(scopes),
        version,
    };
    app.db
        .write((row, audit), |tx, (row, audit)| {
            Box::pin(async move {
                store::ADD_CREDENTIAL
                    .bind(row.id)
                    .bind(row.organisation)
                    .bind(&row.name)
                    .bind(&row.user)
                    .bind(&row.hash)
                    .bind(row.scopes.clone())
                    .bind(&row.version)
                    .bind(None::<String>)
                    .bind(None::<Uuid>)
                    .bind(audit.at)
                    .bind(None::<Timestamp>)
                    .bind(None::<Uuid>)
                    .bind(None::<String>)
                    .run(&mut *tx)
                    .await?;
                audit.write(tx).await?;
                Ok::<_, Refusal>(())
            })
        })
        .await?;
    Ok(made)
}

struct Row {
    id: Uuid,
    organisation: Option<OrganisationId>,
    name: String,
    user: String,
    hash: String,
    scopes: Value,
    version: String,
}

/// A credential as administrators see it: never its secret.
#[derive(Debug, Serialize)]
pub struct Listed {
    /// Which.
    pub id: Uuid,
    /// What it is for.
    pub name: String,
    /// The user of Basic authentication.
    pub user: String,
    /// What it may do.
    pub scopes: Vec<String>,
    /// The edition of answers to requests that name none: they are refused with its header.
    pub version: String,
    /// Whose; `None`: the platform's.
    pub organisation: Option<String>,
    /// Since when.
    pub created_at: Timestamp,
    /// Worth nothing since then.
    pub revoked_at: Option<Timestamp>,
}

/// All credentials, valid ones first.
pub async fn list(app: &App) -> Result<Vec<Listed>, DbError> {
    let rows: Vec<store::CredentialListRow> = store::CREDENTIALS.all(&app.db).await?;
    Ok(rows
        .into_iter()
        .map(|row| Listed {
            id: row.id,
            name: row.name,
            user: row.user_name,
            scopes: serde_json::from_value(row.scopes).unwrap_or_default(),
            version: row.default_version,
            organisation: row.organisation,
            created_at: row.created_at,
            revoked_at: row.revoked_at,
        })
        .collect())
}

/// Makes a credential worth nothing; false when there is no such valid one.
pub async fn revoke(app: &App, by: PersonId, id: Uuid) -> Result<bool, DbError> {
    let audit = Audit::new(
        app,
        Some(by),
        "lrs-credential-revoked",
        format!("lrs-credential:{id}"),
    );
    app.db
        .write((id, audit), |tx, (id, audit)| {
            Box::pin(async move {
                let revoked = store::REVOKE_CREDENTIAL
                    .bind(*id)
                    .bind(audit.at)
                    .run(&mut *tx)
                    .await?;
                audit.write(tx).await?;
                Ok(revoked == 1)
            })
        })
        .await
}

/// The client behind an `Authorization` header: Basic, or a password alone as bearer token.
/// Everything else is 401, without a word on what is wrong.
pub(super) async fn authenticate(app: &App, header: Option<&str>) -> Result<Client, Refusal> {
    use base64::Engine as _;
    let header = header
        .filter(|header| header.len() <= 1000)
        .ok_or_else(Refusal::unauthorized)?;
    let (kind, value) = header.split_once(' ').ok_or_else(Refusal::unauthorized)?;
    let value = value.trim();
    let row: Option<store::CredentialRow> = if kind.eq_ignore_ascii_case("basic") {
        let pair = base64::engine::general_purpose::STANDARD
            .decode(value)
            .ok()
            .and_then(|bytes| String::from_utf8(bytes).ok())
            .ok_or_else(Refusal::unauthorized)?;
        let (user, password) = pair.split_once(':').ok_or_else(Refusal::unauthorized)?;
        if user.contains('\0') {
            return Err(Refusal::unauthorized());
        }
        let row: Option<store::CredentialRow> = store::CREDENTIAL_BY_USER
            .bind(user)
            .optional(&app.db)
            .await?;
        let hash = hash_secret(password);
        row.filter(|row| {
            aws_lc_rs::constant_time::verify_slices_are_equal(
                row.secret_hash.as_bytes(),
                hash.as_bytes(),
            )
            .is_ok()
        })
    } else if kind.eq_ignore_ascii_case("bearer") {
        store::CREDENTIAL_BY_SECRET
            .bind(hash_secret(value))
            .optional(&app.db)
            .await?
    } else {
        None
    };
    let now = app.clock.now();
    let row = row
        .filter(|row| row.revoked_at.is_none() && row.expires_at.is_none_or(|at| at > now))
        .ok_or_else(Refusal::unauthorized)?;
    // What a suspended learner has open says nothing more.
    if row
        .person_state
        .as_deref()
        .is_some_and(|state| state != "active")
    {
        return Err(Refusal::new(Status::Forbidden, "person-suspended"));
    }
    Ok(Client {
        id: row.id,
        name: row.name,
        tenant: row.organisation.map(|id| id.0).unwrap_or_default(),
        scopes: serde_json::from_value(row.scopes).unwrap_or_default(),
        default_version: Version::of_header(&row.default_version).unwrap_or(Version::V1),
        actor: row.actor,
        registration: row.registration,
        about: row.about,
    })
}

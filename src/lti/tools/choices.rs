//! Content that a trainer picks at the tool: asked once, answered once, and then shown to who asked
//! before anything is made of it.

use lti::jwt::{self, Algorithm};
use lti::platform::content::{self, Expected, Link};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use uuid::Uuid;

use super::store::{self, Tool};
use super::{keys, registry, tokens};
use crate::App;
use crate::clock::Timestamp;
use crate::db::{DbError, Tx};
use crate::ids::{PersonId, hash_secret};
use crate::lti::denied::{Denied, Why};
use crate::web::Refusal;

/// A choice waits for so long, in seconds.
const SECONDS: i64 = 3600;

/// A link, as it is kept.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Kept {
    pub url: Option<String>,
    pub title: Option<String>,
    pub text: Option<String>,
    pub custom: Vec<(String, String)>,
}

impl From<Link> for Kept {
    fn from(link: Link) -> Self {
        Kept {
            url: link.url,
            title: link.title,
            text: link.text,
            custom: link.custom,
        }
    }
}

impl From<Kept> for Link {
    fn from(kept: Kept) -> Self {
        Link {
            url: kept.url,
            title: kept.title,
            text: kept.text,
            custom: kept.custom,
            maximum: None,
        }
    }
}

/// Content is asked for.
pub(super) async fn ask(
    tx: &mut Tx,
    id: Uuid,
    (tool, person): (Uuid, PersonId),
    data_hash: &str,
    now: Timestamp,
) -> Result<(), DbError> {
    store::ADD_CHOICE
        .bind(id)
        .bind(tool)
        .bind(person)
        .bind(data_hash)
        .bind(now.plus_seconds(SECONDS))
        .run(tx)
        .await
        .map(drop)
}

/// A tool's answer comes in: signed by the tool that was asked, with the word it was given, once.
pub(super) async fn answer(app: &App, token: &str) -> Result<Uuid, Denied> {
    let now = app.clock.now();
    let said = jwt::unverified(token)?;
    let client = said
        .get("iss")
        .and_then(Value::as_str)
        .filter(|iss| iss.len() <= 255)
        .ok_or_else(|| Denied::new(Why::UnknownTool, "iss"))?;
    let tool: Option<Tool> = store::BY_CLIENT.bind(client).optional(&app.db).await?;
    let tool = tool.ok_or_else(|| Denied::new(Why::UnknownTool, "iss"))?;
    let head = jwt::header(token)?;
    let keys = keys::of(app, &tool, &head.kid).await?;
    let issuer = &app.config.public_url;
    let claims = jwt::verify(token, &keys, Algorithm::Rs256, &tool.client_id, issuer)?;
    let expected = Expected {
        issuer,
        deployment: &tool.deployment,
        now: now.micros() / 1_000_000,
    };
    let response = content::read(&claims, &expected)?;
    let choice: Option<store::ChoiceRow> = store::CHOICE_ASKED
        .bind(hash_secret(&response.data))
        .bind(now)
        .optional(&app.db)
        .await?;
    let choice = choice
        .filter(|choice| choice.tool == tool.id)
        .ok_or_else(|| Denied::new(Why::ToolAgain, "data"))?;
    tokens::once(
        app,
        tool.id,
        &format!("dl:{}", response.nonce),
        now.plus_seconds(SECONDS),
    )
    .await?;
    let kept: Vec<Kept> = response.links.into_iter().map(Kept::from).collect();
    let others = i64::try_from(response.others).unwrap_or(i64::MAX);
    let answered = app
        .db
        .write(
            (choice.id, json!(kept), others),
            |tx, (id, links, others)| {
                Box::pin(async move {
                    store::CHOICE_ANSWERED
                        .bind(*id)
                        .bind(links.clone())
                        .bind(*others)
                        .run(tx)
                        .await
                })
            },
        )
        .await
        .map_err(|error: DbError| Denied::from(error))?;
    if answered == 1 {
        Ok(choice.id)
    } else {
        Err(Denied::new(Why::ToolAgain, "data"))
    }
}

/// What came back, for who asked; 404 for anybody else.
pub(super) struct Choice {
    pub tool: Tool,
    pub links: Vec<Kept>,
    pub others: i64,
}

pub(super) async fn get(app: &App, id: Uuid, person: PersonId) -> Result<Choice, Refusal> {
    let row: store::ChoiceRow = store::CHOICE
        .bind(id)
        .bind(person)
        .bind(app.clock.now())
        .one(&app.db)
        .await?;
    debug_assert_eq!(row.person, person);
    let links = row.links.unwrap_or_default();
    Ok(Choice {
        tool: registry::get(app, row.tool).await?,
        links: serde_json::from_value(links).unwrap_or_default(),
        others: row.others,
    })
}

/// Nothing more is made of it.
pub(super) async fn end(app: &App, id: Uuid) -> Result<(), DbError> {
    app.db
        .write(id, |tx, id| {
            Box::pin(async move { store::END_CHOICE.bind(*id).run(tx).await.map(drop) })
        })
        .await
}

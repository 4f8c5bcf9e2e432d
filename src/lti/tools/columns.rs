//! The gradebook as tools see it: columns of a module, scores taken in their order, results; and
//! who takes part. The link's own column is what counts for the learner's progress.

use chrono::{DateTime, Utc};
use lti::ags::{LineItem, Score};
use serde_json::{Value, json};
use uuid::Uuid;

use super::store::{self, ColumnRow};
use super::{registry, store::MemberRow};
use crate::App;
use crate::clock::Timestamp;
use crate::db::{DbError, Tx};
use crate::formats::tool::Told;
use crate::ids::ModuleId;
use crate::lti::denied::{Denied, Why};
use crate::web::Refusal;

/// The best score of a column nobody asked for.
const MAXIMUM: f64 = 100.0;
/// Columns of a module at most.
const MOST: usize = 100;

/// A tool's place in a module.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub tool: Uuid,
    pub module: ModuleId,
}

fn own_id(tool: Uuid, module: ModuleId) -> Uuid {
    Uuid::new_v5(&module.0, tool.as_bytes())
}

/// The link's own column, made at the first launch.
pub(super) async fn own(
    tx: &mut Tx,
    (tool, module): (Uuid, ModuleId),
    label: &str,
    now: Timestamp,
) -> Result<(), DbError> {
    let id = own_id(tool, module);
    let there: Option<ColumnRow> = store::COLUMN
        .bind(id)
        .bind(tool)
        .bind(module)
        .optional(&mut *tx)
        .await?;
    if there.is_some() {
        return Ok(());
    }
    insert(tx, id, (tool, module), &item(label), true, now).await
}

fn item(label: &str) -> LineItem {
    LineItem {
        id: None,
        label: label.to_owned(),
        score_maximum: MAXIMUM,
        resource_id: None,
        resource_link_id: None,
    }
}

async fn insert(
    tx: &mut Tx,
    id: Uuid,
    (tool, module): (Uuid, ModuleId),
    item: &LineItem,
    own: bool,
    now: Timestamp,
) -> Result<(), DbError> {
    store::ADD_COLUMN
        .bind(id)
        .bind(tool)
        .bind(module)
        .bind(&item.label)
        .bind(item.score_maximum)
        .bind(item.resource_id.clone())
        .bind(None::<String>)
        .bind(own)
        .bind(now)
        .run(tx)
        .await
        .map(drop)
}

impl Place {
    /// A tool's place in a module that leads to it; 404 anywhere else.
    pub async fn of(app: &App, tool: Uuid, module: &str) -> Result<Place, Denied> {
        let missing = || Denied::new(Why::NoModule, "module");
        let module = ModuleId(Uuid::try_parse(module).map_err(|_| missing())?);
        let leads = registry::modules(app, tool).await?;
        if leads.iter().any(|row| row.id == module) {
            Ok(Place { tool, module })
        } else {
            Err(missing())
        }
    }

    fn address(self, app: &App) -> String {
        format!(
            "{}/lti/platform/ags/{}/lineitems",
            app.config.public_url, self.module
        )
    }

    /// A column as the tool reads it.
    fn shown(self, app: &App, row: &ColumnRow) -> Value {
        let name = if row.own {
            "own".to_owned()
        } else {
            row.id.to_string()
        };
        let mut value = json!({
            "id": format!("{}/{name}", self.address(app)),
            "label": row.label, "scoreMaximum": row.maximum,
        });
        if let Some(resource) = &row.resource_id {
            value["resourceId"] = json!(resource);
        }
        if let Some(tag) = &row.tag {
            value["tag"] = json!(tag);
        }
        if row.own {
            value["resourceLinkId"] = json!(self.module.to_string());
        }
        value
    }

    /// All columns, those a query names.
    pub async fn columns(
        self,
        app: &App,
        filter: impl Fn(&str) -> Option<String>,
    ) -> Result<Vec<Value>, Denied> {
        let rows: Vec<ColumnRow> = store::COLUMNS
            .bind(self.tool)
            .bind(self.module)
            .all(&app.db)
            .await?;
        let matches = |row: &&ColumnRow| {
            let link = self.module.to_string();
            let same = |name: &str, value: Option<&str>| {
                filter(name).is_none_or(|wanted| value == Some(wanted.as_str()))
            };
            same("resource_id", row.resource_id.as_deref())
                && same("tag", row.tag.as_deref())
                && same("resource_link_id", row.own.then_some(link.as_str()))
        };
        Ok(rows
            .iter()
            .filter(matches)
            .map(|row| self.shown(app, row))
            .collect())
    }

    async fn row(self, app: &App, name: &str) -> Result<ColumnRow, Denied> {
        let missing = || Denied::new(Why::NoModule, "lineitem");
        let id = match name {
            "own" => own_id(self.tool, self.module),
            other => Uuid::try_parse(other).map_err(|_| missing())?,
        };
        let row: Option<ColumnRow> = store::COLUMN
            .bind(id)
            .bind(self.tool)
            .bind(self.module)
            .optional(&app.db)
            .await?;
        row.ok_or_else(missing)
    }

    /// One column.
    pub async fn column(self, app: &App, name: &str) -> Result<Value, Denied> {
        Ok(self.shown(app, &self.row(app, name).await?))
    }

    /// A tool makes a column of its own. It shows and counts nowhere: only the link's own does.
    pub async fn make(
        self,
        app: &App,
        item: LineItem,
        tag: Option<String>,
    ) -> Result<Value, Denied> {
        let here = self.module.to_string();
        if item
            .resource_link_id
            .as_deref()
            .is_some_and(|link| link != here)
        {
            return Err(Denied::new(Why::NoModule, "resourceLinkId"));
        }
        let rows: Vec<ColumnRow> = store::COLUMNS
            .bind(self.tool)
            .bind(self.module)
            .all(&app.db)
            .await?;
        if rows.len() >= MOST {
            return Err(Denied::new(Why::TooLarge, "lineitems"));
        }
        let row = ColumnRow {
            id: app.ids.uuid(),
            label: item.label.clone(),
            maximum: item.score_maximum,
            resource_id: item.resource_id.clone(),
            tag: tag.clone(),
            own: false,
        };
        let input = (self, row.id, item, tag, app.clock.now());
        app.db
            .write(input, |tx, (place, id, item, tag, now)| {
                Box::pin(async move {
                    insert(tx, *id, (place.tool, place.module), item, false, *now).await?;
                    keep(tx, *id, item, tag.clone()).await
                })
            })
            .await
            .map_err(|error: DbError| Denied::from(error))?;
        Ok(self.shown(app, &row))
    }

    /// A tool changes a column.
    pub async fn change(
        self,
        app: &App,
        name: &str,
        item: LineItem,
        tag: Option<String>,
    ) -> Result<Value, Denied> {
        let row = self.row(app, name).await?;
        app.db
            .write((row.id, item, tag), |tx, (id, item, tag)| {
                Box::pin(async move { keep(tx, *id, item, tag.clone()).await })
            })
            .await
            .map_err(|error: DbError| Denied::from(error))?;
        self.column(app, name).await
    }

    /// A tool takes a column away; the link's own stays.
    pub async fn drop(self, app: &App, name: &str) -> Result<(), Denied> {
        let row = self.row(app, name).await?;
        if row.own {
            return Err(Denied::new(Why::ToolScope, "own lineitem"));
        }
        app.db
            .write(row.id, |tx, id| {
                Box::pin(async move { store::DROP_COLUMN.bind(*id).run(tx).await.map(drop) })
            })
            .await
            .map_err(|error: DbError| Denied::from(error))
    }

    /// A tool tells a score. An older one than the last is refused (409): what was told last holds.
    pub async fn score(self, app: &App, name: &str, score: Score) -> Result<(), Denied> {
        let at = DateTime::parse_from_rfc3339(&score.timestamp)
            .map_err(|_| Denied::new(Why::Unreadable, "timestamp"))?
            .with_timezone(&Utc);
        let input = Scored {
            id: app.ids.uuid(),
            change: app.ids.uuid(),
            column: self.row(app, name).await?,
            place: self,
            at: Timestamp::from(at),
            score,
            now: app.clock.now(),
        };
        app.db
            .write(input, |tx, input| Box::pin(take(tx, input)))
            .await
    }

    /// The results of a column, from `offset` on.
    pub async fn results(
        self,
        app: &App,
        name: &str,
        learner: &str,
        (limit, offset): (i64, i64),
    ) -> Result<Vec<Value>, Denied> {
        let row = self.row(app, name).await?;
        let rows: Vec<store::ResultRow> = store::RESULTS
            .bind(row.id)
            .bind(self.tool)
            .bind(learner)
            .bind(limit)
            .bind(offset)
            .all(&app.db)
            .await?;
        let column = self.shown(app, &row)["id"].clone();
        let base = column.as_str().unwrap_or_default().to_owned();
        Ok(rows
            .into_iter()
            .map(|result| {
                let mut value = json!({
                    "id": format!("{base}/results/{}", result.id),
                    "scoreOf": column, "userId": result.subject,
                });
                if let (Some(given), Some(maximum)) = (result.given, result.maximum) {
                    value["resultScore"] = json!(given / maximum * row.maximum);
                    value["resultMaximum"] = json!(row.maximum);
                }
                if let Some(comment) = result.comment {
                    value["comment"] = json!(comment);
                }
                value
            })
            .collect())
    }

    /// Who takes part, after a subject.
    pub async fn members(
        self,
        app: &App,
        after: &str,
        limit: i64,
    ) -> Result<Vec<MemberRow>, Refusal> {
        Ok(store::MEMBERS
            .bind(self.tool)
            .bind(self.module)
            .bind(after)
            .bind(limit)
            .all(&app.db)
            .await?)
    }
}

async fn keep(tx: &mut Tx, id: Uuid, item: &LineItem, tag: Option<String>) -> Result<(), DbError> {
    store::EDIT_COLUMN
        .bind(id)
        .bind(&item.label)
        .bind(item.score_maximum)
        .bind(item.resource_id.clone())
        .bind(tag)
        .run(tx)
        .await
        .map(drop)
}

struct Scored {
    id: Uuid,
    change: Uuid,
    column: ColumnRow,
    place: Place,
    at: Timestamp,
    score: Score,
    now: Timestamp,
}

async fn take(tx: &mut Tx, input: &Scored) -> Result<(), Denied> {
    let score = &input.score;
    let unknown = || Denied::new(Why::NoModule, "userId");
    let row: Option<store::PersonRow> = store::PERSON_OF_SUBJECT
        .bind(input.place.tool)
        .bind(&score.user_id)
        .optional(&mut *tx)
        .await?;
    let person = row.ok_or_else(unknown)?.person;
    let last: store::AtRow = store::LAST_SCORE
        .bind(input.column.id)
        .bind(person)
        .one(&mut *tx)
        .await?;
    if last.at >= input.at.micros() {
        return Err(Denied::new(Why::ToolOlder, "timestamp"));
    }
    let comment: Option<String> = score
        .comment
        .as_ref()
        .map(|text| text.chars().filter(|c| *c != '\0').take(2000).collect());
    store::ADD_SCORE
        .bind(input.id)
        .bind(input.column.id)
        .bind(person)
        .bind(input.at)
        .bind(score.score_given)
        .bind(score.score_maximum)
        .bind(format!("{:?}", score.activity_progress))
        .bind(format!("{:?}", score.grading_progress))
        .bind(comment.clone())
        .bind(input.now)
        .run(&mut *tx)
        .await
        .map_err(|error| {
            error.on_constraint("tool_score_order", || Refusal::conflict("tools-older"))
        })?;
    if !input.column.own {
        return Ok(());
    }
    let told = Told {
        activity: score.activity_progress,
        grading: score.grading_progress,
        score: score.score_given.zip(score.score_maximum),
        comment,
    };
    let whose = (person, input.place.module);
    crate::player::tools::told(tx, whose, &told, input.change, input.now)
        .await
        .map_err(|refusal| match refusal.status.code {
            404 => unknown(),
            _ => Denied::from(refusal),
        })
}

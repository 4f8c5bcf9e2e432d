//! What who teaches sees of a link: its module, and how far everybody is.

use std::collections::BTreeSet;

use serde::Serialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::super::denied::{Denied, Why};
use super::super::sessions::{self, Launched};
use super::super::{grades, members as names, platforms, store};
use super::frame::Framed;
use super::{picking, session};
use crate::accounts::Audit;
use crate::catalogue;
use crate::db::DbError;
use crate::web::i18n::Locales;
use crate::web::people::initials;
use crate::web::{Lang, Page, Visitor};

#[derive(Serialize)]
struct Class {
    action: String,
    token: String,
    heading: String,
    summary: String,
    course: Option<String>,
    learners: Vec<Value>,
    completed: usize,
    may_ask: bool,
    /// Members who have not begun; none: nobody has asked.
    missing: Option<Vec<String>>,
    /// The platform did not tell its members.
    silent: bool,
    back: Option<String>,
}

impl Page for Class {
    const TEMPLATE: &'static str = "lti/class";
    fn title(&self, _: &Locales, _: Lang) -> String {
        self.heading.clone()
    }
}

/// The members that were asked for.
pub(super) enum Asked {
    /// By their names, those who have not begun.
    Missing(Vec<String>),
    /// The platform did not tell.
    Silent,
}

/// The class of a link; the shelf, while no module was chosen.
pub(super) async fn show(
    visitor: &Visitor<'_>,
    launched: &Launched,
    token: &str,
    asked: Option<Asked>,
) -> Result<Framed, Denied> {
    let app = visitor.app;
    let (Some(module), Some(link)) = (launched.detail.module, launched.link) else {
        return picking::shelf(visitor, launched, token, None).await;
    };
    let module = catalogue::module(app, module).await?;
    let rows: Vec<store::ClassRow> = store::CLASS.bind(link).all(&app.db).await?;
    let completed = rows
        .iter()
        .filter(|row| row.state.as_deref() == Some("completed"))
        .count();
    let learners = rows
        .into_iter()
        .map(|row| {
            let state = match row.success.as_deref() {
                Some(judged @ ("passed" | "failed")) => judged.to_owned(),
                _ => row.state.unwrap_or_else(|| "not-started".into()),
            };
            json!({
                "initials": initials(&row.name),
                "name": row.name,
                "state": state,
                "progress": row.progress.unwrap_or(0.0),
                "score": row.score,
                "sent": row.version > 0 && row.sent >= row.version,
                "unsent": row.job.is_some(),
            })
        })
        .collect();
    let (missing, silent) = match asked {
        Some(Asked::Missing(names)) => (Some(names), false),
        Some(Asked::Silent) => (None, true),
        None => (None, false),
    };
    let page = visitor.page(&Class {
        action: session::path(launched.id),
        token: token.to_owned(),
        heading: module.title,
        summary: module.summary,
        course: launched.detail.course.clone(),
        learners,
        completed,
        may_ask: launched.detail.members.is_some(),
        missing,
        silent,
        back: launched.detail.back.clone(),
    });
    Ok(Framed::page(page, &launched.detail.frames))
}

/// The link opens another module from now on.
pub(super) async fn choose(
    visitor: &Visitor<'_>,
    mut launched: Launched,
    token: &str,
    module: Option<&str>,
) -> Result<Framed, Denied> {
    let app = visitor.app;
    let link = launched
        .link
        .ok_or_else(|| Denied::new(Why::Unreadable, "link"))?;
    let name = module.unwrap_or_default();
    let row: Option<store::ModuleRow> = store::MODULE
        .bind(name)
        .bind(Uuid::parse_str(name).unwrap_or_default())
        .optional(&app.db)
        .await?;
    let row = row.ok_or_else(|| Denied::new(Why::NoModule, "module"))?;
    let audit = Audit::new(
        app,
        Some(launched.person),
        "lti-module-chosen",
        format!("lti-link:{link}"),
    )
    .detail(json!({ "module": row.id }));
    app.db
        .write(
            (link, row.id, app.ids.uuid(), audit),
            |tx, (link, module, seed, audit)| {
                Box::pin(async move {
                    store::CHOOSE_MODULE
                        .bind(*link)
                        .bind(*module)
                        .bind(audit.at)
                        .run(&mut *tx)
                        .await?;
                    grades::moved(tx, *link, *module, *seed, audit.at).await?;
                    audit.write(tx).await
                })
            },
        )
        .await
        .map_err(|error: DbError| Denied::from(error))?;
    launched.detail.module = Some(row.id);
    launched.detail.play = None;
    sessions::keep(app, &launched).await?;
    show(visitor, &launched, token, None).await
}

/// Asks the platform who is in the course, and tells who has not begun.
pub(super) async fn members(
    visitor: &Visitor<'_>,
    launched: &Launched,
    token: &str,
) -> Result<Framed, Denied> {
    let app = visitor.app;
    let (Some(address), Some(link)) = (&launched.detail.members, launched.link) else {
        return show(visitor, launched, token, None).await;
    };
    let platform = platforms::get(app, launched.platform).await?;
    let asked = match names::of(app, &platform, address).await {
        Ok(members) => {
            let rows: Vec<store::ClassRow> = store::CLASS.bind(link).all(&app.db).await?;
            let begun: BTreeSet<String> = rows
                .into_iter()
                .filter(|row| row.state.as_deref().is_some_and(|s| s != "not-started"))
                .map(|row| row.user_id)
                .collect();
            let unnamed = app
                .pages
                .locales
                .plain(visitor.lang(), "lti-learner-unnamed", &[]);
            let mut missing: Vec<String> = members
                .into_iter()
                .filter(|member| member.active && !member.roles.teaches())
                .filter(|member| !begun.contains(&member.user_id))
                .map(|member| member.name.unwrap_or_else(|| unnamed.clone()))
                .collect();
            missing.sort();
            Asked::Missing(missing)
        }
        Err(error) => {
            tracing::warn!(platform = %platform.id, %error, "lti: members");
            Asked::Silent
        }
    };
    show(visitor, launched, token, Some(asked)).await
}

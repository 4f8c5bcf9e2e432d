//! One action sheet, with what those may change who write it.

use rocket::get;
use serde::Serialize;
use serde_json::{Value, json};

use super::{Frames, card};
use crate::accounts::Person;
use crate::accounts::guards::SignedIn;
use crate::clock::Timestamp;
use crate::follow_up::sheets::{self, ConcernedRow, EvidenceRow, SheetRow, Writable};
use crate::web::i18n::{Lang, Locales};
use crate::web::{Fields, Html, Page, Refusal, Visitor};

#[derive(Serialize)]
struct SheetPage {
    crumbs: Vec<Value>,
    sheet: Value,
    paragraphs: Vec<String>,
    organisations: Vec<Value>,
    milestones: Vec<Value>,
    evidence: Vec<Value>,
    events: Vec<Value>,
    may_write: bool,
    steps: Vec<Value>,
    form: Value,
    asked: String,
    candidates: Vec<Value>,
    searched: bool,
    base: String,
    public_href: Option<String>,
    title: String,
}

impl Page for SheetPage {
    const TEMPLATE: &'static str = "follow_up/sheet";
    const NAV: &'static str = "admin";
    fn title(&self, _: &Locales, _: Lang) -> String {
        self.title.clone()
    }
}

/// A text in paragraphs.
pub(super) fn paragraphs(text: &str) -> Vec<String> {
    text.split('\n')
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(str::to_owned)
        .collect()
}

/// A line for each organisation.
pub(super) fn organisations(visitor: &Visitor<'_>, rows: Vec<ConcernedRow>) -> Vec<Value> {
    rows.into_iter()
        .map(|row| {
            json!({
                "slug": row.slug,
                "heading": row.name,
                "href_to": visitor.href(&format!("/organisations/{}", row.slug)),
                "resting": row.resting_at.is_some(),
            })
        })
        .collect()
}

/// A line for each milestone; one that is late says so.
pub(super) async fn milestones(
    visitor: &Visitor<'_>,
    sheet: &SheetRow,
) -> Result<Vec<Value>, Refusal> {
    let rows = sheets::milestones(visitor.app, sheet.id).await?;
    // A milestone is due by the end of its day.
    let late = |due: Timestamp| due.plus_days(1) <= visitor.now;
    Ok(rows
        .into_iter()
        .map(|row| {
            json!({
                "id": row.id,
                "heading": row.title,
                "due_at": row.due_at,
                "done_at": row.done_at,
                "late": row.done_at.is_none() && late(row.due_at) && sheet.state != "stopped",
            })
        })
        .collect())
}

/// A line for each piece of evidence; what may no longer be seen has no link.
pub(super) fn evidence(visitor: &Visitor<'_>, rows: Vec<EvidenceRow>) -> Vec<Value> {
    rows.into_iter()
        .map(|row| {
            let path = match (row.kind.as_str(), &row.slug, row.object) {
                ("seminar", Some(slug), _) => Some(format!("/seminars/{slug}")),
                ("module", Some(slug), _) => Some(format!("/modules/{slug}")),
                ("document", _, Some(id)) => Some(format!("/toolbox/{id}")),
                ("topic", Some(slug), Some(id)) => Some(format!("/spaces/{slug}/{id}")),
                _ => None,
            };
            let icon = match row.kind.as_str() {
                "seminar" => "seminars",
                "module" => "modules",
                "document" => "file",
                _ => "spaces",
            };
            json!({
                "id": row.id,
                "kind": row.kind,
                "icon": icon,
                "note": row.note,
                "heading": row.title.unwrap_or_default(),
                "href_to": path.map(|path| visitor.href(&path)),
            })
        })
        .collect()
}

/// The page again, with what was typed.
pub(super) async fn show(
    visitor: &Visitor<'_>,
    person: &Person,
    row: SheetRow,
    fields: &Fields,
    asked: &str,
) -> Result<Html, Refusal> {
    let app = visitor.app;
    let frames = Frames::read(visitor).await?;
    let text = |key: &str| app.pages.locales.plain(visitor.lang(), key, &[]);
    let may_write = row.may_write(person);
    let concerned = if may_write {
        sheets::concerned(app, row.id).await?
    } else {
        // Beside those who are awake one's own, which one knows of.
        let own = |id: uuid::Uuid| {
            person.roles.coordinates.contains(&id) || person.roles.member_of.contains(&id)
        };
        let all = sheets::concerned(app, row.id).await?;
        all.into_iter()
            .filter(|one| one.resting_at.is_none() || own(one.id.0))
            .collect()
    };
    let events = sheets::events(app, row.id).await?;
    let state = row.state();
    let steps = match may_write {
        true => state.steps(),
        false => Vec::new(),
    };
    let crumbs = match person.roles.is_staff() {
        true => vec![
            json!({ "href": visitor.href("/admin"), "label": text("admin-title") }),
            json!({ "href": visitor.href("/follow-up/sheets"), "label": text("follow-up-sheets") }),
        ],
        false => {
            vec![json!({ "href": visitor.href("/timeline"), "label": text("follow-up-timeline") })]
        }
    };
    let shown = row.published_at.is_some() && row.resting == 0;
    let title = row.title.clone();
    let evidence_rows = sheets::evidence(app, row.id).await?;
    let sheet = card(visitor, &frames, &row, "/follow-up/sheets");
    let milestones = milestones(visitor, &row).await?;
    let slug = row.slug.clone();
    let lines = paragraphs(&row.description);
    let candidates = match may_write && !asked.trim().is_empty() {
        true => sheets::candidates(app, &Writable(row), asked).await?,
        false => Vec::new(),
    };
    Ok(visitor.page(&SheetPage {
        crumbs,
        sheet,
        paragraphs: lines,
        organisations: organisations(visitor, concerned),
        milestones,
        evidence: evidence(visitor, evidence_rows),
        events: events
            .into_iter()
            .map(|event| {
                json!({
                    "what": text(&format!("follow-up-event-{}", event.what)),
                    "hue": event.to_state.as_deref().map_or("quiet", super::hue),
                    "from": event.from_state.map(|s| text(&format!("follow-up-state-{s}"))),
                    "to": event.to_state.map(|s| text(&format!("follow-up-state-{s}"))),
                    "note": event.note,
                    "by": event.name,
                    "at": event.at,
                })
            })
            .collect(),
        may_write,
        steps: steps
            .into_iter()
            .map(|step| {
                json!({
                    "code": step.code(),
                    "label": text(&format!("follow-up-step-{}", step.code())),
                    "wants_reason": step.wants_reason(),
                })
            })
            .collect(),
        form: visitor.form(
            fields,
            &["to", "reason", "milestone", "due", "address", "note"],
        ),
        asked: asked.to_owned(),
        candidates: organisations(visitor, candidates),
        searched: !asked.trim().is_empty(),
        base: visitor.href(&format!("/follow-up/sheets/{slug}")),
        public_href: shown.then(|| visitor.href(&format!("/timeline/{slug}"))),
        title,
    }))
}

/// The sheet: for the staff that sees it and the people of the organisations concerned; `?q=` looks
/// for organisations to add.
#[get("/follow-up/sheets/<slug>?<q>")]
pub(super) async fn page(me: SignedIn<'_>, slug: &str, q: Option<&str>) -> Result<Html, Refusal> {
    let row = sheets::seen(me.app, me.person, slug).await?;
    let asked: String = q.unwrap_or_default().chars().take(100).collect();
    show(&me, me.person, row, &Fields::default(), &asked).await
}

//! The rows behind a figure.

use rocket::get;
use serde::Serialize;
use serde_json::{Value, json};

use super::Frames;
use super::asked::{Asked, Query, written};
use crate::accounts::guards::Staff;
use crate::clock::Timestamp;
use crate::follow_up::figures::{self, After, LineRow, Measure, PAGE, Part, Scope};
use crate::web::i18n::{Lang, Locales};
use crate::web::{Html, Page, Refusal, Visitor};

#[derive(Serialize)]
struct RowsPage {
    crumbs: Vec<Value>,
    heading: String,
    about: String,
    code: &'static str,
    time: bool,
    sums: bool,
    total: i64,
    as_of: Option<Timestamp>,
    form: Value,
    from: String,
    until: String,
    rows: Vec<Value>,
    later: bool,
    first: String,
    next: Option<String>,
    csv: String,
    xlsx: String,
}

impl Page for RowsPage {
    const TEMPLATE: &'static str = "follow_up/rows";
    const NAV: &'static str = "admin";
    fn title(&self, _: &Locales, _: Lang) -> String {
        self.heading.clone()
    }
}

fn after(text: Option<&str>) -> After {
    let (at, id) = text?.split_once('-')?;
    Some((at.parse().ok()?, id.parse().ok()?))
}

/// A row with its names.
fn line(visitor: &Visitor<'_>, frames: &Frames, measure: Measure, row: LineRow) -> Value {
    let slug = row.organisation_slug;
    json!({
        "at": row.at,
        "person": row.person,
        "heading": row.title,
        "organisation": row.organisation,
        "organisation_href": slug.map(|slug| visitor.href(&format!("/organisations/{slug}"))),
        "region": frames.region(visitor, Some(row.region.as_str())),
        "axis": frames.axis(visitor, Some(row.axis.as_str())),
        "amount": if measure.sums { row.amount } else { 1 },
    })
}

/// The rows that a figure counts, latest first: the same months, the same filters.
#[get("/follow-up/rows/<code>?<next>&<query..>")]
pub(super) async fn page(
    staff: Staff<'_>,
    code: &str,
    next: Option<&str>,
    query: Query<'_>,
) -> Result<Html, Refusal> {
    let scope = Scope::of(staff.person).ok_or_else(Refusal::forbidden)?;
    let measure = Measure::from_code(code).ok_or_else(Refusal::not_found)?;
    let frames = Frames::read(&staff).await?;
    let asked = Asked::of(&staff, &query);
    let start = after(next);
    let whole = figures::figures(staff.app, &scope, &asked.filter, Part::Whole).await?;
    let (rows, more) =
        figures::rows(staff.app, &scope, &asked.filter, measure, start, PAGE).await?;
    let text = |key: &str| staff.app.pages.locales.plain(staff.lang(), key, &[]);
    let kept = asked.query();
    let here = format!("/follow-up/rows/{}", measure.code);
    let export = |kind: &str| staff.href(&format!("{here}/export/{kind}?{kept}"));
    Ok(staff.page(&RowsPage {
        crumbs: vec![
            json!({ "href": staff.href("/admin"), "label": text("admin-title") }),
            json!({ "href": staff.href(&format!("/follow-up?{kept}")), "label": text("follow-up-dashboard") }),
        ],
        heading: text(&format!("follow-up-measure-{}", measure.code)),
        about: text(&format!("follow-up-about-{}", measure.code)),
        code: measure.code,
        time: measure.code == "time",
        sums: measure.sums,
        total: whole.get(&(measure.code, String::new())).copied().unwrap_or_default(),
        as_of: figures::as_of(staff.app).await?,
        form: asked.form(&staff, &frames, &scope),
        from: written(asked.filter.from),
        until: written(asked.filter.until - 1),
        rows: rows
            .into_iter()
            .map(|row| line(&staff, &frames, measure, row))
            .collect(),
        later: start.is_some(),
        first: staff.href(&format!("{here}?{kept}")),
        next: more.map(|(at, id)| staff.href(&format!("{here}?{kept}&next={at}-{id}"))),
        csv: export("csv"),
        xlsx: export("xlsx"),
    }))
}

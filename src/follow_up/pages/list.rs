//! The action sheets as the staff sees them.

use domain::action::State;
use rocket::get;
use serde::Serialize;
use serde_json::{Value, json};

use super::{Frames, card, named, options, paging};
use crate::accounts::guards::Staff;
use crate::follow_up::sheets::{self, Filter};
use crate::web::i18n::{Lang, Locales};
use crate::web::{Html, Page, Refusal};

#[derive(Serialize)]
struct ListPage {
    crumbs: Vec<Value>,
    regions: Vec<Value>,
    axes: Vec<Value>,
    states: Vec<Value>,
    rows: Vec<Value>,
    filtered: bool,
    pages: Value,
}

impl Page for ListPage {
    const TEMPLATE: &'static str = "follow_up/list";
    const NAV: &'static str = "admin";
    fn title(&self, locales: &Locales, lang: Lang) -> String {
        locales.text(lang, "follow-up-sheets", &[])
    }
}

/// The sheets of the own regions and of the whole country; all for administrators.
#[get("/follow-up/sheets?<region>&<axis>&<state>&<page>")]
pub(super) async fn list(
    staff: Staff<'_>,
    region: Option<&str>,
    axis: Option<&str>,
    state: Option<&str>,
    page: Option<i64>,
) -> Result<Html, Refusal> {
    let filter = Filter {
        region: region.unwrap_or_default().to_owned(),
        axis: axis.unwrap_or_default().to_owned(),
        state: state.unwrap_or_default().to_owned(),
        page: page.unwrap_or_default().clamp(0, 10_000),
    };
    let (rows, more) = sheets::list(staff.app, staff.person, &filter).await?;
    let frames = Frames::read(&staff).await?;
    let text = |key: &str| staff.app.pages.locales.plain(staff.lang(), key, &[]);
    let own = |slug: &str| {
        staff.person.roles.admin || staff.person.roles.regions.iter().any(|r| r == slug)
    };
    let regions = named(&staff, &frames.regions).filter(|(slug, _)| own(slug));
    let states = State::ALL.map(|state| {
        let code = state.code();
        (code, text(&format!("follow-up-state-{code}")))
    });
    Ok(staff.page(&ListPage {
        crumbs: vec![json!({ "href": staff.href("/admin"), "label": text("admin-title") })],
        regions: options(text("follow-up-all-regions"), regions, &filter.region),
        axes: options(
            text("follow-up-all-axes"),
            named(&staff, &frames.axes),
            &filter.axis,
        ),
        states: options(text("follow-up-all-states"), states, &filter.state),
        rows: rows
            .iter()
            .map(|row| card(&staff, &frames, row, "/follow-up/sheets"))
            .collect(),
        filtered: [&filter.region, &filter.axis, &filter.state]
            .iter()
            .any(|text| !text.is_empty()),
        pages: paging(
            &staff,
            "/follow-up/sheets",
            &[
                ("region", &filter.region),
                ("axis", &filter.axis),
                ("state", &filter.state),
            ],
            filter.page,
            more,
        ),
    }))
}

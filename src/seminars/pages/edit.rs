//! Organisers make, change and call off seminars.

use domain::eligibility::Level;
use rocket::http::Status;
use rocket::response::Redirect;
use rocket::{get, post};
use serde::Serialize;
use serde_json::{Value, json};

use super::rule_form::{self, ConditionFields, GroupFields};
use crate::accounts::guards::Staff;
use crate::clock::Timestamp;
use crate::organisations;
use crate::seminars::edit::{CAPACITY_MAX, LINE_MAX, LINK_MAX, NewSeminar, SUMMARY_MAX};
use crate::seminars::words::{self, Need};
use crate::seminars::{self, SeminarRow, Simulation, plans};
use crate::web::i18n::{Lang, Locales};
use crate::web::{Fields, Html, Page, Refusal};

/// The fields apart from the rule's conditions.
const NAMES: [&str; 13] = [
    "title", "summary", "language", "region", "axis", "place", "link", "starts", "ends",
    "capacity", "need", "scope", "members",
];

#[derive(Serialize)]
struct EditPage {
    crumbs: Vec<Value>,
    is_new: bool,
    form: Value,
    zone: String,
    languages: Vec<Value>,
    regions: Vec<Value>,
    axes: Vec<Value>,
    needs: Vec<Value>,
    scopes: Vec<Value>,
    /// How many conditions are shown.
    rows: usize,
    may_add: bool,
    conditions: Vec<ConditionFields>,
    groups: Vec<GroupFields>,
    /// The rule in words, where it is one that this form cannot write.
    kept: Vec<Need>,
    /// What the rule would do, where that was asked.
    simulation: Option<Vec<Value>>,
    back_href: String,
    /// Where it is called off, while it can be.
    cancel_href: Option<String>,
}

impl Page for EditPage {
    const TEMPLATE: &'static str = "seminars/edit";
    const NAV: &'static str = "seminars";
    fn title(&self, locales: &Locales, lang: Lang) -> String {
        let key = if self.is_new {
            "seminars-new"
        } else {
            "seminars-edit"
        };
        locales.text(lang, key, &[])
    }
}

/// The options of a select.
pub(super) fn options<'a>(
    chosen: &str,
    all: impl IntoIterator<Item = (&'a str, String)>,
) -> Vec<Value> {
    all.into_iter()
        .map(
            |(value, label)| json!({ "value": value, "label": label, "selected": value == chosen }),
        )
        .collect()
}

async fn page(
    staff: &Staff<'_>,
    fields: &Fields,
    seminar: Option<&SeminarRow>,
    simulation: Option<Simulation>,
) -> Result<Html, Refusal> {
    let app = staff.app;
    let lang = staff.lang();
    let locales = &app.pages.locales;
    let text = |key: &str| locales.text(lang, key, &[]);
    let plain = |key: &str| locales.plain(lang, key, &[]);
    let all = organisations::regions(app).await?;
    // An event without a region is everybody's on the staff.
    let regions = std::iter::once(("", plain("seminars-everywhere"))).chain(
        all.iter()
            .filter(|r| staff.person.roles.can_organise(Some(&r.slug)))
            .map(|r| (r.slug.as_str(), r.name(lang).to_owned())),
    );
    let axes = organisations::axes(app).await?;
    let axes = std::iter::once(("", plain("seminars-no-axis"))).chain(
        axes.iter()
            .map(|axis| (axis.slug.as_str(), axis.name(lang).to_owned())),
    );
    let rows = rule_form::rows(fields);
    let choices = rule_form::Choices::load(app).await?;
    let mut crumbs =
        vec![json!({ "href": staff.href("/seminars"), "label": text("seminars-title") })];
    let mut back = "/seminars".to_owned();
    if let Some(seminar) = seminar {
        back = format!("/seminars/{}", seminar.slug);
        crumbs.push(json!({ "href": staff.href(&back), "label": seminar.title }));
    }
    let mut names: Vec<String> = NAMES.map(str::to_owned).to_vec();
    names.extend(rule_form::names(rows));
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let needs = (0..=rows).map(|n| {
        let label = locales.plain(lang, "seminars-need-count", &[("count", json!(n))]);
        json!({ "value": n, "label": label, "selected": fields.raw("need") == n.to_string() })
    });
    let scopes = ["person", "each-seat", "organisation", "members"]
        .map(|scope| (scope, text(&format!("seminars-scope-{scope}"))));
    let scope = match fields.raw("scope") {
        "" => "person",
        scope => scope,
    };
    let kept = match seminar.filter(|_| fields.ticked("keep")) {
        Some(seminar) => {
            let rule = seminar.rule();
            let names = seminars::names((&app.db).into(), [&rule]).await?;
            words::needs(locales, lang, &rule.of, &names)
        }
        None => Vec::new(),
    };
    Ok(staff.page(&EditPage {
        crumbs,
        is_new: seminar.is_none(),
        form: staff.form(fields, &names),
        zone: app.pages.time_zone().name().to_owned(),
        languages: options(
            fields.raw("language"),
            Lang::ALL.map(|l| (l.code(), l.own_name().to_owned())),
        ),
        regions: options(fields.raw("region"), regions),
        axes: options(fields.raw("axis"), axes),
        needs: needs.collect(),
        scopes: options(scope, scopes),
        rows,
        may_add: rows < rule_form::MOST,
        conditions: rule_form::shown(locales, lang, fields, &choices),
        groups: rule_form::groups(locales, lang, fields),
        kept,
        simulation: simulation.map(|found| simulated(locales, lang, found)),
        cancel_href: seminar
            .filter(|s| s.cancelled_at.is_none() && s.ends_at > staff.now)
            .map(|s| staff.href(&format!("/seminars/{}/cancel", s.slug))),
        back_href: staff.href(&back),
    }))
}

/// What a rule would do, as tiles.
fn simulated(locales: &Locales, lang: Lang, found: Simulation) -> Vec<Value> {
    let tile = |hue: &str, key: &str, value: usize| json!({ "hue": hue, "label": locales.text(lang, key, &[]), "value": value });
    vec![
        tile("olive", "seminars-simulated-eligible", found.eligible),
        tile(
            "turquoise",
            "seminars-simulated-organisations",
            found.organisations,
        ),
        tile("sun", "seminars-simulated-near", found.near),
        tile("blue", "seminars-simulated-population", found.population),
    ]
}

/// The form again, without judging it, where one of its buttons asks for more lines or for a look
/// at what the rule would do; `None` when it shall be saved.
async fn again(
    staff: &Staff<'_>,
    fields: &mut Fields,
    seminar: Option<&SeminarRow>,
) -> Result<Option<Html>, Refusal> {
    if rule_form::more(fields) {
        return Ok(Some(page(staff, fields, seminar, None).await?));
    }
    if !fields.ticked("simulate") {
        return Ok(None);
    }
    let rule = rule_form::read(staff.app, fields, seminar).await?;
    if let Some(code) = rule.fault() {
        fields.error("need", code);
    }
    let found = match fields.is_valid() {
        true => Some(seminars::simulate(staff.app, &rule).await?),
        false => None,
    };
    Ok(Some(page(staff, fields, seminar, found).await?))
}

/// What the form says, as far as it can be read; the faults are in the fields.
async fn read(
    staff: &Staff<'_>,
    fields: &mut Fields,
    seminar: Option<&SeminarRow>,
) -> Result<NewSeminar, Refusal> {
    let app = staff.app;
    let zone = app.pages.time_zone();
    let region = Some(fields.raw("region").to_owned()).filter(|region| !region.is_empty());
    let known = match &region {
        Some(slug) => organisations::regions(app)
            .await?
            .iter()
            .any(|r| r.slug == *slug),
        None => true,
    };
    // A region of somebody else's is none that the form offers.
    if !known || !staff.person.roles.can_organise(region.as_deref()) {
        fields.error("region", "choice");
    }
    let axis = Some(fields.raw("axis").to_owned()).filter(|axis| !axis.is_empty());
    if let Some(slug) = &axis
        && !organisations::axes(app)
            .await?
            .iter()
            .any(|a| a.slug == *slug)
    {
        fields.error("axis", "choice");
    }
    let language = Lang::from_code(fields.raw("language"));
    if language.is_none() {
        fields.error("language", "choice");
    }
    let rule = rule_form::read(app, fields, seminar).await?;
    let seminar = NewSeminar {
        slug: None,
        title: fields.line("title", LINE_MAX),
        summary: fields.prose("summary", SUMMARY_MAX),
        language: language.unwrap_or_default(),
        region,
        axis,
        place: fields.optional_line("place", LINE_MAX),
        link: fields.optional_line("link", LINK_MAX),
        starts_at: fields.moment("starts", zone),
        ends_at: fields.moment("ends", zone),
        capacity: fields.integer("capacity", 1..=CAPACITY_MAX),
        rule,
        by: Some(staff.person.id),
    };
    if fields.is_valid()
        && let Some((field, code)) = seminar.fault()
    {
        fields.error(field, code);
    }
    Ok(seminar)
}

/// The form of a new seminar.
#[get("/seminars/new?<plan>", rank = 1)]
pub(super) async fn new(staff: Staff<'_>, plan: Option<&str>) -> Result<Html, Refusal> {
    let region = staff.person.roles.regions.first().cloned();
    let mut fields = Fields::default();
    fields.fill("language", staff.lang().code());
    fields.fill("region", &region.unwrap_or_default());
    fields.fill("capacity", "20");
    fields.fill("need", "1");
    if let Some(slug) = plan {
        let plan = plans::by_slug(staff.app, slug).await?;
        fields.fill("title", &plan.title);
        fields.fill("summary", &plan.summary);
        fields.fill("language", &plan.language);
        fields.fill("axis", plan.axis.as_deref().unwrap_or_default());
    }
    page(&staff, &fields, None, None).await
}

/// Makes it; those who waited for a date of `plan` are told. The button that asks for more conditions gives the form again, as it was filled in.
#[post("/seminars/new?<plan>", data = "<fields>")]
pub(super) async fn create(
    staff: Staff<'_>,
    plan: Option<&str>,
    mut fields: Fields,
) -> Result<Result<Redirect, Html>, Refusal> {
    if let Some(html) = again(&staff, &mut fields, None).await? {
        return Ok(Err(html));
    }
    let seminar = read(&staff, &mut fields, None).await?;
    if !fields.is_valid() {
        let html = page(&staff, &fields, None, None).await?;
        return Ok(Err(html.status(Status::UnprocessableEntity)));
    }
    let plan = match plan {
        Some(slug) => Some(plans::by_slug(staff.app, slug).await?),
        None => None,
    };
    let made = seminars::create(staff.app, seminar).await?;
    if let Some(plan) = plan {
        plans::dated(staff.app, &plan, &made).await?;
    }
    let path = format!("/seminars/{}", made.slug);
    Ok(Ok(staff.redirect(&path, Some("seminar-made"))))
}

/// The seminar of an address, for those who organise in its region.
pub(super) async fn organised(staff: &Staff<'_>, slug: &str) -> Result<SeminarRow, Refusal> {
    let seminar = seminars::by_slug(staff.app, slug).await?;
    if staff.person.roles.can_organise(seminar.region.as_deref()) {
        Ok(seminar)
    } else {
        Err(Refusal::forbidden())
    }
}

/// The form of a seminar that is there.
#[get("/seminars/<slug>/edit")]
pub(super) async fn form(staff: Staff<'_>, slug: &str) -> Result<Html, Refusal> {
    let seminar = organised(&staff, slug).await?;
    let zone = staff.app.pages.time_zone();
    let local = |at: Timestamp| {
        at.utc()
            .with_timezone(&zone)
            .format("%Y-%m-%dT%H:%M")
            .to_string()
    };
    let rule = seminar.rule();
    let mut fields = Fields::default();
    for (name, value) in [
        ("title", seminar.title.as_str()),
        ("summary", &seminar.summary),
        ("language", &seminar.language),
        ("region", seminar.region.as_deref().unwrap_or_default()),
        ("axis", seminar.axis.as_deref().unwrap_or_default()),
        ("place", &seminar.place),
        ("link", &seminar.link),
        ("starts", &local(seminar.starts_at)),
        ("ends", &local(seminar.ends_at)),
        ("capacity", &seminar.capacity.to_string()),
        ("need", &rule.need.to_string()),
    ] {
        fields.fill(name, value);
    }
    let names = seminars::names((&staff.app.db).into(), [&rule]).await?;
    rule_form::fill(&mut fields, &rule, &names);
    page(&staff, &fields, Some(&seminar), None).await
}

/// Changes it.
#[post("/seminars/<slug>/edit", data = "<fields>")]
pub(super) async fn change(
    staff: Staff<'_>,
    slug: &str,
    mut fields: Fields,
) -> Result<Result<Redirect, Html>, Refusal> {
    let seminar = organised(&staff, slug).await?;
    if let Some(html) = again(&staff, &mut fields, Some(&seminar)).await? {
        return Ok(Err(html));
    }
    let wanted = read(&staff, &mut fields, Some(&seminar)).await?;
    if fields.is_valid() {
        match seminars::update(staff.app, seminar.id, wanted).await {
            Ok(_) => {
                let path = format!("/seminars/{slug}");
                return Ok(Ok(staff.redirect(&path, Some("seminar-changed"))));
            }
            Err(refusal) if refusal.code == "seats-above-capacity" => {
                fields.error("capacity", "seats-above-capacity");
            }
            Err(refusal) => return Err(refusal),
        }
    }
    let html = page(&staff, &fields, Some(&seminar), None).await?;
    Ok(Err(html.status(Status::UnprocessableEntity)))
}

/// Calls it off.
#[post("/seminars/<slug>/cancel")]
pub(super) async fn cancel(staff: Staff<'_>, slug: &str) -> Result<Redirect, Refusal> {
    let seminar = organised(&staff, slug).await?;
    seminars::cancel(staff.app, seminar.id).await?;
    Ok(staff.redirect(&format!("/seminars/{slug}"), Some("seminar-cancelled")))
}

/// The form's word for a level, and the percentage beside it.
pub(super) fn level_word(level: Level) -> (&'static str, Option<f64>) {
    match level {
        Level::Started => ("started", None),
        Level::Progress(least) => ("progress", Some(least)),
        Level::Completed => ("completed", None),
        Level::Passed => ("passed", None),
        Level::Score(least) => ("score", Some(least)),
    }
}

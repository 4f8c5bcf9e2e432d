//! Organisers make, change and call off seminars.

use domain::eligibility::{Level, Scope};
use rocket::http::Status;
use rocket::response::Redirect;
use rocket::{get, post};
use serde::Serialize;
use serde_json::{Value, json};

use crate::accounts::guards::Staff;
use crate::clock::Timestamp;
use crate::seminars::edit::{
    CAPACITY_MAX, ConditionText, LINE_MAX, LINK_MAX, NewSeminar, RuleText, SUMMARY_MAX,
};
use crate::seminars::{self, SeminarRow, regions, store};
use crate::web::i18n::{Lang, Locales};
use crate::web::{Fields, Html, Page, Refusal};

/// Conditions that the form offers; the API takes any number.
const CONDITIONS: usize = 4;

const LEVELS: [&str; 5] = ["started", "progress", "completed", "passed", "score"];

#[derive(Serialize)]
struct EditPage {
    crumbs: Vec<Value>,
    is_new: bool,
    form: Value,
    languages: Vec<Value>,
    regions: Vec<Value>,
    needs: Vec<Value>,
    scopes: Vec<Value>,
    conditions: Vec<ConditionFields>,
    back_href: String,
}

/// One line of the rule.
#[derive(Serialize)]
struct ConditionFields {
    n: usize,
    modules: Vec<Value>,
    levels: Vec<Value>,
    least: String,
    error: Option<String>,
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

fn options<'a>(chosen: &str, all: impl IntoIterator<Item = (&'a str, String)>) -> Vec<Value> {
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
) -> Result<Html, Refusal> {
    let app = staff.app;
    let lang = staff.lang();
    let locales = &app.pages.locales;
    let text = |key: &str| locales.text(lang, key, &[]);
    let modules: Vec<store::ModuleRow> = store::PUBLISHED_MODULES.all(&app.db).await?;
    let all = regions(app).await?;
    let mut mine: Vec<(&str, String)> = Vec::new();
    if staff.person.roles.can_organise(None) {
        mine.push(("", text("seminars-everywhere")));
    }
    mine.extend(
        all.iter()
            .filter(|r| staff.person.roles.can_organise(Some(&r.slug)))
            .map(|r| (r.slug.as_str(), r.name(lang).to_owned())),
    );
    let conditions = (1..=CONDITIONS).map(|n| {
        let module = fields.raw(&format!("module{n}"));
        let mut choices = vec![("", text("seminars-no-module"))];
        choices.extend(modules.iter().map(|m| (m.slug.as_str(), m.title.clone())));
        // A module that is no longer published stays in the rules that name it.
        if !module.is_empty() && modules.iter().all(|m| m.slug != module) {
            choices.push((module, module.to_owned()));
        }
        let level = match fields.raw(&format!("level{n}")) {
            "" => "completed",
            level => level,
        };
        let error = fields.errors().get(&format!("least{n}"));
        ConditionFields {
            n,
            modules: options(module, choices),
            levels: options(
                level,
                LEVELS.map(|l| (l, text(&format!("seminars-level-{l}")))),
            ),
            least: fields.raw(&format!("least{n}")).to_owned(),
            error: error.map(|code| text(&format!("form-{code}"))),
        }
    });
    let mut crumbs =
        vec![json!({ "href": staff.href("/seminars"), "label": text("seminars-title") })];
    let mut back = "/seminars".to_owned();
    if let Some(seminar) = seminar {
        back = format!("/seminars/{}", seminar.slug);
        crumbs.push(json!({ "href": staff.href(&back), "label": seminar.title }));
    }
    let names = [
        "title", "summary", "language", "region", "place", "link", "starts", "ends", "capacity",
        "need", "least1", "least2", "least3", "least4",
    ];
    let needs = (0..=CONDITIONS).map(|n| {
        let label = locales.text(lang, "seminars-need-count", &[("count", json!(n))]);
        (n.to_string(), label)
    });
    let needs: Vec<(String, String)> = needs.collect();
    Ok(staff.page(&EditPage {
        crumbs,
        is_new: seminar.is_none(),
        form: fields.shown(&names, locales, lang),
        languages: options(
            fields.raw("language"),
            Lang::ALL.map(|l| (l.code(), l.own_name().to_owned())),
        ),
        regions: options(fields.raw("region"), mine),
        needs: options(
            fields.raw("need"),
            needs.iter().map(|(n, label)| (n.as_str(), label.clone())),
        ),
        scopes: options(
            match fields.raw("scope") {
                "" => "person",
                scope => scope,
            },
            [
                ("person", text("seminars-scope-person")),
                ("organisation", text("seminars-scope-organisation")),
            ],
        ),
        conditions: conditions.collect(),
        back_href: staff.href(&back),
    }))
}

/// The fields of a form filled in beforehand.
fn filled(values: &[(&str, String)]) -> Result<Fields, Refusal> {
    let body = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(values)
        .finish();
    Fields::parse(body.as_bytes())
}

/// What the form says, as far as it can be read; the faults are in the fields.
async fn read(staff: &Staff<'_>, fields: &mut Fields) -> Result<NewSeminar, Refusal> {
    let zone = staff.app.pages.time_zone();
    let region = fields.optional_line("region", LINE_MAX);
    let region = Some(region).filter(|region| !region.is_empty());
    if !staff.person.roles.can_organise(region.as_deref()) {
        return Err(Refusal::forbidden());
    }
    let language = Lang::from_code(fields.raw("language")).unwrap_or(staff.lang());
    let text = rule(fields);
    let rule = seminars::resolve(staff.app, &text).await?;
    let seminar = NewSeminar {
        slug: None,
        title: fields.line("title", LINE_MAX),
        summary: fields.prose("summary", SUMMARY_MAX),
        language,
        region,
        axis: None,
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

fn rule(fields: &mut Fields) -> RuleText {
    let need = fields.integer("need", 0..=CONDITIONS as i64);
    let mut of = Vec::new();
    for n in 1..=CONDITIONS {
        let module = fields.raw(&format!("module{n}")).trim().to_owned();
        if module.is_empty() {
            continue;
        }
        let least = format!("least{n}");
        let level = match fields.raw(&format!("level{n}")) {
            "started" => Level::Started,
            "progress" => Level::Progress(fields.integer(&least, 1..=100) as f64 / 100.0),
            "passed" => Level::Passed,
            "score" => Level::Score(fields.integer(&least, 0..=100) as f64 / 100.0),
            _ => Level::Completed,
        };
        of.push(ConditionText { module, level });
    }
    RuleText {
        need: u32::try_from(need).unwrap_or_default(),
        of,
        scope: match fields.raw("scope") {
            "organisation" => Scope::Organisation,
            _ => Scope::Person,
        },
    }
}

/// The form of a new seminar.
#[get("/seminars/new", rank = 1)]
pub(super) async fn new(staff: Staff<'_>) -> Result<Html, Refusal> {
    let region = staff.person.roles.regions.first().cloned();
    let fields = filled(&[
        ("language", staff.lang().code().to_owned()),
        ("region", region.unwrap_or_default()),
        ("capacity", "20".to_owned()),
        ("need", "1".to_owned()),
    ])?;
    page(&staff, &fields, None).await
}

/// Makes it.
#[post("/seminars/new", data = "<fields>")]
pub(super) async fn create(
    staff: Staff<'_>,
    mut fields: Fields,
) -> Result<Result<Redirect, Html>, Refusal> {
    let seminar = read(&staff, &mut fields).await?;
    if !fields.is_valid() {
        let html = page(&staff, &fields, None).await?;
        return Ok(Err(html.status(Status::UnprocessableEntity)));
    }
    let made = seminars::create(staff.app, seminar).await?;
    let path = format!("/seminars/{}", made.slug);
    Ok(Ok(staff.redirect(&path, Some("seminar-made"))))
}

/// The seminar of an address, for those who organise in its region.
async fn organised(staff: &Staff<'_>, slug: &str) -> Result<SeminarRow, Refusal> {
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
    let mut values = vec![
        ("title".to_owned(), seminar.title.clone()),
        ("summary".to_owned(), seminar.summary.clone()),
        ("language".to_owned(), seminar.language.clone()),
        (
            "region".to_owned(),
            seminar.region.clone().unwrap_or_default(),
        ),
        ("place".to_owned(), seminar.place.clone()),
        ("link".to_owned(), seminar.link.clone()),
        ("starts".to_owned(), local(seminar.starts_at)),
        ("ends".to_owned(), local(seminar.ends_at)),
        ("capacity".to_owned(), seminar.capacity.to_string()),
        ("need".to_owned(), rule.need.to_string()),
    ];
    let scope = match rule.scope {
        Scope::Person => "person",
        Scope::Organisation => "organisation",
    };
    values.push(("scope".to_owned(), scope.to_owned()));
    let modules = seminars::modules((&staff.app.db).into(), [&rule]).await?;
    for (at, condition) in rule.of.iter().enumerate().take(CONDITIONS) {
        let n = at + 1;
        let module = modules.get(&crate::ids::ModuleId(condition.module));
        let (level, least) = match condition.level {
            Level::Started => ("started", None),
            Level::Progress(least) => ("progress", Some(least)),
            Level::Completed => ("completed", None),
            Level::Passed => ("passed", None),
            Level::Score(least) => ("score", Some(least)),
        };
        values.push((format!("level{n}"), level.to_owned()));
        if let Some(module) = module {
            values.push((format!("module{n}"), module.slug.clone()));
        }
        if let Some(least) = least {
            values.push((format!("least{n}"), format!("{}", (least * 100.0).round())));
        }
    }
    let values: Vec<(&str, String)> = values
        .iter()
        .map(|(n, v)| (n.as_str(), v.clone()))
        .collect();
    page(&staff, &filled(&values)?, Some(&seminar)).await
}

/// Changes it.
#[post("/seminars/<slug>/edit", data = "<fields>")]
pub(super) async fn change(
    staff: Staff<'_>,
    slug: &str,
    mut fields: Fields,
) -> Result<Result<Redirect, Html>, Refusal> {
    let seminar = organised(&staff, slug).await?;
    let mut wanted = read(&staff, &mut fields).await?;
    wanted.axis = seminar.axis.clone();
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
    let html = page(&staff, &fields, Some(&seminar)).await?;
    Ok(Err(html.status(Status::UnprocessableEntity)))
}

/// Calls it off.
#[post("/seminars/<slug>/cancel")]
pub(super) async fn cancel(staff: Staff<'_>, slug: &str) -> Result<Redirect, Refusal> {
    let seminar = organised(&staff, slug).await?;
    seminars::cancel(staff.app, seminar.id).await?;
    Ok(staff.redirect(&format!("/seminars/{slug}"), Some("seminar-cancelled")))
}

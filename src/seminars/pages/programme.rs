//! The programme of a seminar for its organisers: meetings, trainers, agenda, materials; and its
//! repetition in another region.

use rocket::http::Status;
use rocket::response::Redirect;
use rocket::{get, post};
use serde::Serialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::edit::{options, organised};
use crate::accounts::guards::Staff;
use crate::clock::Timestamp;
use crate::organisations;
use crate::seminars::edit::{LINE_MAX, LINK_MAX, SUMMARY_MAX, is_web_address};
use crate::seminars::programme::{self, Copy, MATERIALS_MAX, MEETINGS_MAX, Material, Meeting};
use crate::seminars::{self, SeminarRow, commitments, handouts};
use crate::web::i18n::{Lang, Locales};
use crate::web::{Fields, Html, Page, Refusal};

const PHASES: [&str; 3] = ["before", "during", "after"];

#[derive(Serialize)]
struct ProgrammePage {
    crumbs: Vec<Value>,
    heading: String,
    zone: String,
    form: Value,
    meetings: Vec<MeetingFields>,
    materials: Vec<MaterialFields>,
    rows: usize,
    handouts: usize,
    back_href: String,
}

#[derive(Serialize)]
struct MeetingFields {
    n: usize,
    id: String,
    starts: Value,
    ends: Value,
    place: Value,
    link: Value,
    about: Value,
}

#[derive(Serialize)]
struct MaterialFields {
    n: usize,
    phases: Vec<Value>,
    label: Value,
    url: Value,
}

impl Page for ProgrammePage {
    const TEMPLATE: &'static str = "seminars/programme";
    const NAV: &'static str = "seminars";
    fn title(&self, locales: &Locales, lang: Lang) -> String {
        locales.text(
            lang,
            "seminars-programme-of",
            &[("name", json!(self.heading))],
        )
    }
}

fn count(fields: &Fields, name: &str, fewest: usize, most: usize) -> usize {
    let asked = fields.raw(name).parse().unwrap_or(fewest);
    asked.clamp(fewest, most)
}

fn local(zone: chrono_tz::Tz, at: Timestamp) -> String {
    let local = at.utc().with_timezone(&zone);
    local.format("%Y-%m-%dT%H:%M").to_string()
}

fn page(staff: &Staff<'_>, seminar: &SeminarRow, fields: &Fields) -> Html {
    let lang = staff.lang();
    let locales = &staff.app.pages.locales;
    let rows = count(fields, "rows", 1, MEETINGS_MAX);
    let handouts = count(fields, "handouts", 1, MATERIALS_MAX);
    let mut names: Vec<String> = vec!["trainers".into(), "agenda".into()];
    for n in 1..=rows {
        names.extend(["starts", "ends", "place", "link", "about"].map(|name| format!("{name}{n}")));
    }
    for n in 1..=handouts {
        names.extend(["label", "url"].map(|name| format!("{name}{n}")));
    }
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let form = staff.form(fields, &names);
    let field = |name: &str, n: usize| form[format!("{name}{n}")].clone();
    let path = format!("/seminars/{}", seminar.slug);
    let meetings = (1..=rows).map(|n| MeetingFields {
        n,
        id: fields.raw(&format!("id{n}")).to_owned(),
        starts: field("starts", n),
        ends: field("ends", n),
        place: field("place", n),
        link: field("link", n),
        about: field("about", n),
    });
    let materials = (1..=handouts).map(|n| MaterialFields {
        n,
        phases: options(
            fields.raw(&format!("phase{n}")),
            PHASES.map(|phase| {
                (
                    phase,
                    locales.plain(lang, &format!("seminars-phase-{phase}"), &[]),
                )
            }),
        ),
        label: field("label", n),
        url: field("url", n),
    });
    staff.page(&ProgrammePage {
        crumbs: crumbs(staff, seminar),
        zone: staff.app.pages.time_zone().name().to_owned(),
        meetings: meetings.collect(),
        materials: materials.collect(),
        rows,
        handouts,
        form: form.clone(),
        back_href: staff.href(&path),
        heading: seminar.title.clone(),
    })
}

fn crumbs(staff: &Staff<'_>, seminar: &SeminarRow) -> Vec<Value> {
    let text = staff
        .app
        .pages
        .locales
        .text(staff.lang(), "seminars-title", &[]);
    let path = format!("/seminars/{}", seminar.slug);
    vec![
        json!({ "href": staff.href("/seminars"), "label": text }),
        json!({ "href": staff.href(&path), "label": seminar.title }),
    ]
}

/// The form, as it stands.
#[get("/seminars/<slug>/programme")]
pub(super) async fn form(staff: Staff<'_>, slug: &str) -> Result<Html, Refusal> {
    let seminar = organised(&staff, slug).await?;
    let zone = staff.app.pages.time_zone();
    let meetings = programme::meetings(staff.app, seminar.id).await?;
    let (row, materials) = programme::programme(staff.app, seminar.id).await?;
    let mut fields = Fields::default();
    fields.fill("trainers", &row.trainers);
    fields.fill("agenda", &row.agenda);
    fields.fill("rows", &(meetings.len() + 1).to_string());
    fields.fill("handouts", &(materials.len() + 1).to_string());
    for (n, meeting) in (1..).zip(&meetings) {
        fields.fill(&format!("id{n}"), &meeting.id.to_string());
        fields.fill(&format!("starts{n}"), &local(zone, meeting.starts_at));
        fields.fill(&format!("ends{n}"), &local(zone, meeting.ends_at));
        fields.fill(&format!("place{n}"), &meeting.place);
        fields.fill(&format!("link{n}"), &meeting.link);
        fields.fill(&format!("about{n}"), &meeting.title);
    }
    for (n, material) in (1..).zip(&materials) {
        fields.fill(&format!("phase{n}"), &material.phase);
        fields.fill(&format!("label{n}"), &material.label);
        fields.fill(&format!("url{n}"), &material.url);
    }
    Ok(page(&staff, &seminar, &fields))
}

fn read(staff: &Staff<'_>, fields: &mut Fields) -> programme::Programme {
    let zone = staff.app.pages.time_zone();
    let mut meetings: Vec<Meeting> = Vec::new();
    for n in 1..=count(fields, "rows", 1, MEETINGS_MAX) {
        let (starts, ends) = (format!("starts{n}"), format!("ends{n}"));
        // A line without dates is none; a meeting is taken away by emptying its dates.
        if fields.raw(&starts).is_empty() && fields.raw(&ends).is_empty() {
            continue;
        }
        let link_name = format!("link{n}");
        let place_name = format!("place{n}");
        let meeting = Meeting {
            id: Uuid::try_parse(fields.raw(&format!("id{n}"))).ok(),
            title: fields.optional_line(&format!("about{n}"), LINE_MAX),
            starts_at: fields.moment(&starts, zone),
            ends_at: fields.moment(&ends, zone),
            place: fields.optional_line(&place_name, LINE_MAX),
            link: fields.optional_line(&link_name, LINK_MAX),
        };
        if fields.is_valid() && meeting.ends_at <= meeting.starts_at {
            fields.error(&ends, "ends-before");
        }
        if meeting.place.is_empty() && meeting.link.is_empty() {
            fields.error(&place_name, "place-or-link");
        }
        if !meeting.link.is_empty() && !is_web_address(&meeting.link) {
            fields.error(&link_name, "link");
        }
        meetings.push(meeting);
    }
    if meetings.is_empty() {
        fields.error("starts1", "required");
    }
    let mut materials: Vec<Material> = Vec::new();
    for n in 1..=count(fields, "handouts", 1, MATERIALS_MAX) {
        let (label, url) = (format!("label{n}"), format!("url{n}"));
        if fields.raw(&label).trim().is_empty() && fields.raw(&url).trim().is_empty() {
            continue;
        }
        let material = Material {
            phase: programme::phase(fields.raw(&format!("phase{n}"))),
            label: fields.line(&label, LINE_MAX),
            url: fields.line(&url, LINK_MAX),
        };
        if !is_web_address(&material.url) {
            fields.error(&url, "link");
        }
        materials.push(material);
    }
    programme::Programme {
        trainers: fields.prose("trainers", SUMMARY_MAX),
        agenda: fields.prose("agenda", SUMMARY_MAX),
        meetings,
        materials,
    }
}

/// Writes it. The button that asks for more lines gives the form again, as it was filled in.
#[post("/seminars/<slug>/programme", data = "<fields>")]
pub(super) async fn save(
    staff: Staff<'_>,
    slug: &str,
    mut fields: Fields,
) -> Result<Result<Redirect, Html>, Refusal> {
    let seminar = organised(&staff, slug).await?;
    if fields.ticked("more") {
        for (name, most) in [("rows", MEETINGS_MAX), ("handouts", MATERIALS_MAX)] {
            let more = (count(&fields, name, 1, most) + 2).min(most);
            fields.fill(name, &more.to_string());
        }
        return Ok(Err(page(&staff, &seminar, &fields)));
    }
    let wanted = read(&staff, &mut fields);
    if fields.is_valid() {
        match programme::save(staff.app, seminar.id, wanted).await {
            Ok(()) => {
                let path = format!("/seminars/{slug}");
                return Ok(Ok(staff.redirect(&path, Some("seminar-changed"))));
            }
            Err(refusal) if refusal.code == "meeting-attended" => {
                fields.error("starts1", "meeting-attended");
            }
            Err(refusal) => return Err(refusal),
        }
    }
    Ok(Err(
        page(&staff, &seminar, &fields).status(Status::UnprocessableEntity)
    ))
}

#[derive(Serialize)]
struct DuplicatePage {
    crumbs: Vec<Value>,
    heading: String,
    form: Value,
    regions: Vec<Value>,
    meetings: usize,
    waiting: i64,
    /// Of which regions they are.
    waiting_regions: Vec<Value>,
    back_href: String,
}

impl Page for DuplicatePage {
    const TEMPLATE: &'static str = "seminars/duplicate";
    const NAV: &'static str = "seminars";
    fn title(&self, locales: &Locales, lang: Lang) -> String {
        locales.text(
            lang,
            "seminars-duplicate-of",
            &[("name", json!(self.heading))],
        )
    }
}

async fn duplicate_page(
    staff: &Staff<'_>,
    seminar: &SeminarRow,
    fields: &Fields,
) -> Result<Html, Refusal> {
    let app = staff.app;
    let lang = staff.lang();
    let all = organisations::regions(app).await?;
    let roles = &staff.person.roles;
    let regions = all
        .iter()
        .filter(|r| roles.can_organise(Some(&r.slug)))
        .map(|r| (r.slug.as_str(), r.name(lang).to_owned()));
    let (_, waiting) = programme::interest(app, seminar.id, None).await?;
    Ok(staff.page(&DuplicatePage {
        crumbs: crumbs(staff, seminar),
        form: staff.form(fields, &["region", "starts", "place"]),
        regions: options(fields.raw("region"), regions),
        meetings: programme::meetings(app, seminar.id).await?.len(),
        waiting,
        waiting_regions: super::plans::named(
            staff,
            crate::seminars::plans::seminar_by_region(app, seminar.id).await?,
        )
        .await?,
        back_href: staff.href(&format!("/seminars/{}", seminar.slug)),
        heading: seminar.title.clone(),
    }))
}

/// Where and when it is held again: for all staff, each in their region.
#[get("/seminars/<slug>/duplicate")]
pub(super) async fn again(staff: Staff<'_>, slug: &str) -> Result<Html, Refusal> {
    let seminar = seminars::by_slug(staff.app, slug).await?;
    let zone = staff.app.pages.time_zone();
    let mut fields = Fields::default();
    let mut next = seminar.starts_at;
    // Four weeks later, at the same hour and day of the week, and not in the past.
    while next <= staff.now.plus_days(7) || next == seminar.starts_at {
        next = next.plus_days(28);
    }
    fields.fill("starts", &local(zone, next));
    let own = staff.person.roles.regions.first();
    fields.fill("region", own.map_or("", String::as_str));
    duplicate_page(&staff, &seminar, &fields).await
}

/// Holds it again.
#[post("/seminars/<slug>/duplicate", data = "<fields>")]
pub(super) async fn duplicate(
    staff: Staff<'_>,
    slug: &str,
    mut fields: Fields,
) -> Result<Result<Redirect, Html>, Refusal> {
    let seminar = seminars::by_slug(staff.app, slug).await?;
    let region = fields.raw("region").to_owned();
    let all = organisations::regions(staff.app).await?;
    let known = all.iter().any(|r| r.slug == region);
    if !known || !staff.person.roles.can_organise(Some(&region)) {
        fields.error("region", "choice");
    }
    let copy = Copy {
        region: Some(region),
        starts_at: fields.moment("starts", staff.app.pages.time_zone()),
        place: fields.line("place", LINE_MAX),
        by: staff.person.id,
    };
    if !fields.is_valid() {
        let html = duplicate_page(&staff, &seminar, &fields).await?;
        return Ok(Err(html.status(Status::UnprocessableEntity)));
    }
    let made = programme::duplicate(staff.app, &seminar, copy).await?;
    handouts::copy(staff.app, seminar.id, made.id, staff.person.id).await?;
    commitments::copy_trainers(staff.app, seminar.id, made.id).await?;
    let path = format!("/seminars/{}", made.slug);
    Ok(Ok(staff.redirect(&path, Some("seminar-made"))))
}

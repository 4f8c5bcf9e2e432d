//! Who holds a seat, with what opened the door at the moment it was taken: for the organisers.

use domain::eligibility::Subject;
use rocket::http::Status;
use rocket::response::Redirect;
use rocket::{get, post};
use serde::Serialize;
use serde_json::{Value, json};

use super::edit::organised;
use crate::accounts::guards::Staff;
use crate::clock::Timestamp;
use crate::ids::ModuleId;
use crate::organisations;
use crate::seminars::edit::LINE_MAX;
use crate::seminars::store::DecisionRow;
use crate::seminars::{self, Decision, NewQuota, SeminarRow, TakenRow, decisions, words};
use crate::web::i18n::{Lang, Locales};
use crate::web::people::{hue, initials};
use crate::web::{Fields, Html, Page, Refusal};

/// Longest reason, in characters.
const REASON_MAX: usize = 500;

#[derive(Serialize)]
struct AttendeesPage {
    crumbs: Vec<Value>,
    heading: String,
    starts_at: Timestamp,
    place: String,
    stats: Vec<Value>,
    seats: Vec<SeatLine>,
    edit_href: String,
    waiting: Vec<WaitingLine>,
    quotas: Vec<QuotaLine>,
    quota_kinds: Vec<Value>,
    quotas_href: String,
    admissions: Vec<DecisionLine>,
    recognitions: Vec<DecisionLine>,
    /// Modules of the rule, whose prior learning can be recognised.
    modules: Vec<Value>,
    admit_href: String,
    recognise_href: String,
    revoke_href: String,
    form: Value,
    /// Which of the forms was refused, to stand open.
    refused: &'static str,
}

/// Somebody who waits.
#[derive(Serialize)]
struct WaitingLine {
    name: String,
    organisation: Option<String>,
    seats: i64,
    group: bool,
    joined_at: Timestamp,
    /// Until when a seat is offered, where it is.
    confirm_by: Option<Timestamp>,
}

/// Seats set aside.
#[derive(Serialize)]
struct QuotaLine {
    id: String,
    label: String,
    seats: i64,
    until: Timestamp,
    released: bool,
}

/// A decision of the staff.
#[derive(Serialize)]
struct DecisionLine {
    name: String,
    title: String,
    reason: String,
    made_at: Timestamp,
    made_by: String,
    /// Of one that can be taken back.
    revoke_id: Option<String>,
}

#[derive(Serialize)]
struct SeatLine {
    name: String,
    initials: String,
    hue: &'static str,
    note: Option<String>,
    email: String,
    taken_at: Timestamp,
    evidence: Vec<EvidenceLine>,
    /// The rule under which the seat was taken, where it has changed since.
    older_rule: Option<i64>,
}

/// A condition that was met then.
#[derive(Serialize)]
struct EvidenceLine {
    needed: String,
    /// Since when the proof stood, in microseconds.
    since: Option<i64>,
    /// Somebody else's achievement opened the door.
    colleague: bool,
}

impl Page for AttendeesPage {
    const TEMPLATE: &'static str = "seminars/attendees";
    const NAV: &'static str = "seminars";
    fn title(&self, locales: &Locales, lang: Lang) -> String {
        let args = [("name", json!(self.heading))];
        locales.text(lang, "seminars-attendees-of", &args)
    }
}

fn line(locales: &Locales, lang: Lang, version: i64, seat: TakenRow) -> SeatLine {
    let proofs = seat.evidence.as_array().into_iter().flatten();
    SeatLine {
        initials: initials(&seat.name),
        hue: hue(seat.person.0),
        evidence: proofs
            .map(|proof| EvidenceLine {
                needed: words::needed_of(locales, lang, proof),
                since: words::since(proof),
                colleague: words::learner_of(proof).is_some_and(|who| who != seat.person.0),
            })
            .collect(),
        older_rule: (seat.rule_version != version).then_some(seat.rule_version),
        note: seat.organisation,
        email: seat.email.unwrap_or_default(),
        taken_at: seat.taken_at,
        name: seat.name,
    }
}

/// The list.
#[get("/seminars/<slug>/attendees")]
pub(super) async fn page(staff: Staff<'_>, slug: &str) -> Result<Html, Refusal> {
    let seminar = organised(&staff, slug).await?;
    show(&staff, seminar, &Fields::default(), "").await
}

async fn show(
    staff: &Staff<'_>,
    seminar: SeminarRow,
    fields: &Fields,
    refused: &'static str,
) -> Result<Html, Refusal> {
    let lang = staff.lang();
    let locales = &staff.app.pages.locales;
    let text = |key: &str| locales.text(lang, key, &[]);
    let seats = seminars::seats(staff.app, seminar.id).await?;
    let (admissions, recognitions) = decisions::decisions(staff.app, &seminar).await?;
    let stat = |hue: &str, key: &str, value: i64| json!({ "hue": hue, "label": text(key), "value": value });
    let path = format!("/seminars/{}", seminar.slug);
    let decision = |row: DecisionRow, revoke: bool| DecisionLine {
        name: row.name,
        title: row.title,
        reason: row.reason,
        made_at: row.made_at,
        made_by: row.made_by,
        revoke_id: revoke.then(|| row.id.to_string()),
    };
    let kind_name = |kind: &str| {
        let key = format!("organisations-kind-{}", kind.replace('_', "-"));
        locales.plain(lang, &key, &[])
    };
    let regions = organisations::regions(staff.app).await?;
    let region_name = |slug: &str| {
        let found = regions.iter().find(|r| r.slug == slug);
        found.map_or(slug, |r| r.name(lang)).to_owned()
    };
    let chosen = fields.raw("for");
    let kinds = organisations::KINDS
        .iter()
        .map(|kind| (format!("kind:{kind}"), kind_name(kind)))
        .chain(regions.iter().map(|r| {
            let args = [("region", json!(r.name(lang)))];
            (
                format!("region:{}", r.slug),
                locales.plain(lang, "seminars-quota-region", &args),
            )
        }))
        .map(
            |(value, label)| json!({ "value": value, "label": label, "selected": value == chosen }),
        );
    let quotas = seminars::quotas(staff.app, seminar.id).await?;
    let quotas = quotas.into_iter().map(|row| QuotaLine {
        id: row.id.to_string(),
        label: match (&row.kind, &row.region) {
            (Some(kind), _) => kind_name(kind),
            (None, region) => region_name(region.as_deref().unwrap_or_default()),
        },
        seats: row.seats,
        until: row.until_at,
        released: row.until_at <= staff.now,
    });
    let waiting = seminars::waiting_list(staff.app, seminar.id).await?;
    let waiting = waiting.into_iter().map(|row| WaitingLine {
        name: row.name,
        organisation: row.organisation,
        seats: row.seats,
        group: row.kind == "group",
        joined_at: row.joined_at,
        confirm_by: row.confirm_by.filter(|_| row.state == "offered"),
    });
    let rule = seminar.rule();
    let names = seminars::names((&staff.app.db).into(), [&rule]).await?;
    let mut modules = Vec::new();
    for condition in rule.conditions() {
        if let Subject::Module(id) = condition.subject
            && let Some(module) = names.get(&ModuleId(id))
            && modules
                .iter()
                .all(|m: &Value| m["value"] != json!(module.slug))
        {
            let selected = fields.raw("module") == module.slug;
            modules
                .push(json!({ "value": module.slug, "label": module.title, "selected": selected }));
        }
    }
    Ok(staff.page(&AttendeesPage {
        crumbs: vec![
            json!({ "href": staff.href("/seminars"), "label": text("seminars-title") }),
            json!({ "href": staff.href(&path), "label": seminar.title }),
        ],
        starts_at: seminar.starts_at,
        place: seminar.place.clone(),
        stats: vec![
            stat("turquoise", "seminars-seats-taken", seminar.taken),
            stat("olive", "seminars-seats-free", seminar.seats_left()),
            stat("blue", "seminars-capacity", seminar.capacity),
        ],
        seats: seats
            .into_iter()
            .map(|seat| line(locales, lang, seminar.rule_version, seat))
            .collect(),
        edit_href: staff.href(&format!("{path}/edit")),
        waiting: waiting.collect(),
        quotas: quotas.collect(),
        quota_kinds: kinds.collect(),
        quotas_href: staff.href(&format!("{path}/quotas")),
        admissions: admissions
            .into_iter()
            .map(|row| decision(row, false))
            .collect(),
        recognitions: recognitions
            .into_iter()
            .map(|row| decision(row, true))
            .collect(),
        modules,
        admit_href: staff.href(&format!("{path}/admissions")),
        recognise_href: staff.href(&format!("{path}/recognitions")),
        revoke_href: staff.href(&format!("{path}/recognitions/revoke")),
        form: staff.form(
            fields,
            &["email", "reason", "module", "seats", "until", "for"],
        ),
        refused,
        heading: seminar.title,
    }))
}

/// Who is decided about and why, as far as the form says it.
async fn decision(staff: &Staff<'_>, fields: &mut Fields) -> Result<Option<Decision>, Refusal> {
    let reason = fields.line("reason", REASON_MAX);
    let email = fields.line("email", LINE_MAX);
    let person = decisions::by_address(staff.app, &email).await?;
    if person.is_none() && !email.is_empty() {
        fields.error("email", "nobody-there");
    }
    Ok(person.filter(|_| fields.is_valid()).map(|person| Decision {
        person: person.id,
        reason,
        by: staff.person.id,
    }))
}

/// Lets somebody in whatever the rule says.
#[post("/seminars/<slug>/admissions", data = "<fields>")]
pub(super) async fn admit(
    staff: Staff<'_>,
    slug: &str,
    mut fields: Fields,
) -> Result<Result<Redirect, Html>, Refusal> {
    let seminar = organised(&staff, slug).await?;
    let Some(decision) = decision(&staff, &mut fields).await? else {
        let html = show(&staff, seminar, &fields, "admit").await?;
        return Ok(Err(html.status(Status::UnprocessableEntity)));
    };
    seminars::admit(staff.app, &seminar, decision).await?;
    let path = format!("/seminars/{slug}/attendees");
    Ok(Ok(staff.redirect(&path, Some("seminar-admitted"))))
}

/// Recognises that somebody has learnt a module of the rule elsewhere.
#[post("/seminars/<slug>/recognitions", data = "<fields>")]
pub(super) async fn recognise(
    staff: Staff<'_>,
    slug: &str,
    mut fields: Fields,
) -> Result<Result<Redirect, Html>, Refusal> {
    let seminar = organised(&staff, slug).await?;
    let rule = seminar.rule();
    let names = seminars::names((&staff.app.db).into(), [&rule]).await?;
    let module = rule
        .conditions()
        .iter()
        .filter(|condition| matches!(condition.subject, Subject::Module(_)))
        .filter_map(|condition| names.get(&ModuleId(condition.subject.id())))
        .find(|module| module.slug == fields.raw("module"))
        .map(|module| module.id);
    if module.is_none() {
        fields.error("module", "choice");
    }
    let decision = decision(&staff, &mut fields).await?;
    let (Some(decision), Some(module)) = (decision, module) else {
        let html = show(&staff, seminar, &fields, "recognise").await?;
        return Ok(Err(html.status(Status::UnprocessableEntity)));
    };
    seminars::recognise(staff.app, module, decision).await?;
    let path = format!("/seminars/{slug}/attendees");
    Ok(Ok(staff.redirect(&path, Some("learning-recognised"))))
}

/// Takes a recognition back: that of `id`, if it is one of this seminar's modules.
#[post("/seminars/<slug>/recognitions/revoke", data = "<fields>")]
pub(super) async fn revoke(
    staff: Staff<'_>,
    slug: &str,
    fields: Fields,
) -> Result<Redirect, Refusal> {
    let seminar = organised(&staff, slug).await?;
    let (_, recognitions) = decisions::decisions(staff.app, &seminar).await?;
    let asked = uuid::Uuid::try_parse(fields.raw("id")).unwrap_or_default();
    let known = recognitions.iter().any(|row| row.id == asked);
    if known {
        seminars::revoke_recognition(staff.app, asked, staff.person.id).await?;
    }
    let path = format!("/seminars/{slug}/attendees");
    Ok(staff.redirect(&path, known.then_some("recognition-revoked")))
}

/// Sets seats aside, or (`act=remove`) gives those of `id` to everybody.
#[post("/seminars/<slug>/quotas", data = "<fields>")]
pub(super) async fn quotas(
    staff: Staff<'_>,
    slug: &str,
    mut fields: Fields,
) -> Result<Result<Redirect, Html>, Refusal> {
    let seminar = organised(&staff, slug).await?;
    let path = format!("/seminars/{slug}/attendees");
    if fields.raw("act") == "remove" {
        if let Ok(id) = uuid::Uuid::try_parse(fields.raw("id")) {
            seminars::stop_setting_aside(staff.app, seminar.id, id).await?;
        }
        return Ok(Ok(staff.redirect(&path, Some("quota-removed"))));
    }
    let seats = fields.integer("seats", 1..=seminar.capacity);
    let until = fields.moment("until", staff.app.pages.time_zone());
    if fields.is_valid() && until >= seminar.starts_at {
        fields.error("until", "before-start");
    }
    let of = fields.raw("for").to_owned();
    let kind = of.strip_prefix("kind:");
    let kind = kind.filter(|kind| organisations::KINDS.contains(kind));
    let regions = organisations::regions(staff.app).await?;
    let region = of.strip_prefix("region:");
    let region = region.filter(|slug| regions.iter().any(|r| r.slug == *slug));
    if kind.is_none() && region.is_none() {
        fields.error("for", "choice");
    }
    if !fields.is_valid() {
        let html = show(&staff, seminar, &fields, "quota").await?;
        return Ok(Err(html.status(Status::UnprocessableEntity)));
    }
    let new = NewQuota {
        kind: kind.map(str::to_owned),
        region: region.map(str::to_owned),
        seats,
        until,
    };
    seminars::set_aside(staff.app, seminar.id, new).await?;
    Ok(Ok(staff.redirect(&path, Some("quota-set"))))
}

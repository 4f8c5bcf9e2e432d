//! One seminar: what it is, the door with each condition, the seat.

use rocket::http::Status;
use rocket::response::Redirect;
use rocket::{get, post};
use serde::Serialize;
use serde_json::{Value, json};

use super::handouts;
use crate::accounts::guards::SignedIn;
use crate::clock::Timestamp;
use crate::db::On;
use crate::following::{self, Subject};
use crate::organisations;
use crate::seminars::handouts::{Reader, is_out};
use crate::seminars::words::{Need, Node};
use crate::seminars::{
    self, SeminarRow, decisions, presence, programme, regions, shown, store, words,
};
use crate::spaces::{self, TopicCard};
use crate::web::i18n::{Lang, Locales};
use crate::web::{Html, Page, Refusal, Visitor};

#[derive(Serialize)]
struct ShowPage {
    /// What is told to other sites; null: nothing, it is not public.
    share: Option<crate::directory::Shared>,
    crumbs: Vec<Value>,
    slug: String,
    heading: String,
    paragraphs: Vec<String>,
    language: &'static str,
    language_code: String,
    region: Option<String>,
    axis: Option<String>,
    place: String,
    /// Online address: for those who hold a seat, and the organisers.
    link: Option<String>,
    starts_at: Timestamp,
    ends_at: Timestamp,
    starts_iso: String,
    one_day: bool,
    seats_left: i64,
    capacity: i64,
    /// `open`, `closed`, `registered`, `full`, `begun`, `over`, `cancelled`, `signed-out`.
    door: &'static str,
    door_hue: &'static str,
    door_icon: &'static str,
    door_title: String,
    door_text: String,
    /// The door with its conditions, as long as somebody may still go through it.
    show_rule: bool,
    may_register: bool,
    /// Full, and the rule is met: the waiting list is open.
    may_wait: bool,
    waiting: Option<Waiting>,
    /// Organisations that the visitor coordinates, with their seats' page.
    groups: Vec<Value>,
    rule_text: String,
    /// Whose progress counts, where it is not simply one's own.
    scope_text: Option<String>,
    /// Why staff opened the door, where they did.
    admission: Option<String>,
    nodes: Vec<Node>,
    /// The conditions in words, for who is not signed in.
    needed: Vec<Need>,
    meetings: Vec<Value>,
    trainers: Vec<String>,
    agenda: Vec<String>,
    materials: Vec<Value>,
    /// Where those who take part say what they mean to do, and the team reads it.
    commitments_href: Option<String>,
    /// Where the team adds files.
    handouts_href: Option<String>,
    /// Over, begun, full or called off: one can ask to hear of the next date.
    may_want: bool,
    /// Whether the visitor asked for that.
    wanted: bool,
    follow: Value,
    /// A meeting is on, and the visitor has a seat: where they say that they are there.
    here_href: Option<String>,
    attestation_href: Option<String>,
    sign_in_href: String,
    may_give_up: bool,
    alert: Option<Value>,
    organiser: Option<Organiser>,
    /// Staff of another region: they can hold it at home.
    repeat_href: Option<String>,
    /// What people say about it, latest first.
    topics: Vec<TopicCard>,
    /// Where one begins to say something, in the space of its axis.
    ask_href: Option<String>,
}

/// What organisers see.
#[derive(Serialize)]
struct Organiser {
    taken: i64,
    edit_href: String,
    attendees_href: String,
    programme_href: String,
    presence_href: String,
    duplicate_href: String,
}

impl Page for ShowPage {
    const TEMPLATE: &'static str = "seminars/show";
    const NAV: &'static str = "seminars";
    fn title(&self, _: &Locales, _: Lang) -> String {
        self.heading.clone()
    }
}

/// The form for a question about the seminar, in the space of its axis.
async fn ask(visitor: &Visitor<'_>, seminar: &SeminarRow) -> Result<Option<String>, Refusal> {
    if visitor.person.is_none() {
        return Ok(None);
    }
    let spaces = spaces::all(visitor.app).await?;
    // A seminar of no axis is talked about in the first space that is open to all.
    let own = spaces
        .iter()
        .find(|space| seminar.axis.is_some() && space.axis == seminar.axis);
    Ok(own
        .or_else(|| spaces.iter().find(|space| space.visibility == "public"))
        .map(|space| {
            visitor.href(&format!(
                "/spaces/{}/new?seminar={}",
                space.slug, seminar.slug
            ))
        }))
}

/// Where the visitor stands on the waiting list.
#[derive(Serialize)]
struct Waiting {
    place: i64,
    /// Until when a seat is offered, where one is.
    until: Option<Timestamp>,
}

impl Waiting {
    async fn of(visitor: &Visitor<'_>, seminar: &SeminarRow) -> Result<Option<Waiting>, Refusal> {
        let Some(person) = visitor.person else {
            return Ok(None);
        };
        let entry = seminars::entry_of(visitor.app, seminar.id, person.id).await?;
        let Some(entry) = entry else { return Ok(None) };
        let until = entry.confirm_by.filter(|_| entry.state == "offered");
        // An offer that ran out is no seat, though nobody has come to the desk since.
        if until.is_some_and(|until| until <= visitor.now) {
            return Ok(None);
        }
        Ok(Some(Waiting {
            place: seminars::place_of(visitor.app, seminar.id, entry.id).await?,
            until,
        }))
    }
}

/// The organisations that the visitor coordinates, with the page of their seats.
async fn organisations_of(
    visitor: &Visitor<'_>,
    seminar: &SeminarRow,
) -> Result<Vec<Value>, Refusal> {
    let ids = visitor.person.map(|p| p.roles.coordinates.clone());
    let Some(ids) = ids.filter(|ids| !ids.is_empty()) else {
        return Ok(Vec::new());
    };
    let rows: Vec<store::OrganisationNameRow> = store::ORGANISATION_NAMES
        .bind(ids)
        .all(&visitor.app.db)
        .await?;
    let entry = |row: &store::OrganisationNameRow| {
        let path = format!("/organisations/{}/seminars/{}", row.slug, seminar.slug);
        json!({ "name": row.name, "href_to": visitor.href(&path) })
    };
    Ok(rows.iter().map(entry).collect())
}

/// The state of the door and how it looks.
struct Look {
    door: &'static str,
    hue: &'static str,
    icon: &'static str,
    missing: u32,
}

fn look(
    visitor: &Visitor<'_>,
    seminar: &SeminarRow,
    registered: bool,
    entry: Option<&Waiting>,
    door: Option<&seminars::Door>,
) -> Look {
    let missing = door.map_or(0, |door| door.verdict.missing());
    let (door, hue, icon) = match seminar.closed(visitor.now) {
        Some("seminar-cancelled") => ("cancelled", "quiet", "cross"),
        Some(_) if seminar.ends_at <= visitor.now => ("over", "quiet", "clock"),
        Some(_) if !registered => ("begun", "quiet", "clock"),
        _ if registered => ("registered", "turquoise", "check"),
        _ if entry.is_some_and(|e| e.until.is_some()) => ("offered", "olive", "open"),
        _ if entry.is_some() => ("waiting", "sun", "clock"),
        _ if seminar.seats_left() == 0 => ("full", "quiet", "people"),
        _ => match door {
            None => ("signed-out", "blue", "lock"),
            Some(door) if door.verdict.eligible => ("open", "olive", "open"),
            Some(_) => ("closed", "terra", "lock"),
        },
    };
    Look {
        door,
        hue,
        icon,
        missing,
    }
}

async fn page(
    visitor: &Visitor<'_>,
    seminar: SeminarRow,
    refused: Option<Refusal>,
) -> Result<Html, Refusal> {
    let app = visitor.app;
    let lang = visitor.lang();
    let locales = &app.pages.locales;
    let text = |key: &str| locales.text(lang, key, &[]);
    let rule = seminar.rule();
    let names = shown::names_of(On::from(&app.db), std::slice::from_ref(&seminar)).await?;
    let mut registered = false;
    let mut door = None;
    let mut nodes = Vec::new();
    let mut admission = None;
    let mut entry = None;
    let mut groups = Vec::new();
    if let Some(person) = visitor.person {
        let (seats,): (i64,) = store::HAS_SEAT
            .bind(seminar.id)
            .bind(person.id)
            .one(&app.db)
            .await?;
        registered = seats > 0;
        if !registered && seminar.closed(visitor.now).is_none() {
            entry = Waiting::of(visitor, &seminar).await?;
        }
        groups = organisations_of(visitor, &seminar).await?;
        let answer = seminars::door_of(app, &seminar, person.id).await?;
        let published = seminars::published(app, &rule).await?;
        nodes = words::nodes(visitor, &answer, person.id, &names, &published);
        if answer.verdict.admitted {
            admission = decisions::admission(On::from(&app.db), seminar.id, person.id).await?;
        }
        door = Some(answer);
    }
    let needed = match visitor.person {
        Some(_) => Vec::new(),
        None => words::needs(locales, lang, &rule.of, &names),
    };
    let organises = visitor
        .person
        .is_some_and(|p| p.roles.can_organise(seminar.region.as_deref()));
    let organiser = organises.then(|| organiser(visitor, &seminar));
    let look = look(visitor, &seminar, registered, entry.as_ref(), door.as_ref());
    let count = [("count", json!(look.missing))];
    let zone = app.pages.time_zone();
    let day = |at: Timestamp| at.utc().with_timezone(&zone).date_naive();
    let regions = regions(app).await?;
    let meetings = programme::meetings(app, seminar.id).await?;
    let (plan, materials) = programme::programme(app, seminar.id).await?;
    let own = visitor.person.map(|person| person.id);
    let (wanted, _) = programme::interest(app, seminar.id, own).await?;
    let reader = handouts::reader(visitor, &seminar).await?;
    let team = reader == Reader::Team;
    let insider = team || registered;
    let mut files = handouts::shown(visitor, &seminar, reader).await?;
    let on = registered && presence::on_now(&meetings, visitor.now).is_some();
    let attested = match own {
        Some(person) => presence::attestation_of(app, &seminar, person).await?,
        None => None,
    };
    let next: String =
        url::form_urlencoded::byte_serialize(format!("/seminars/{}", seminar.slug).as_bytes())
            .collect();
    let language = Lang::from_code(&seminar.language).unwrap_or_default();
    let topics = spaces::discussion_of_seminar(app, seminar.id, lang).await?;
    let ask_href = ask(visitor, &seminar).await?;
    let place = format!("/seminars/{}", seminar.slug);
    let follow = following::button(visitor, &Subject::seminar(seminar.id), &place).await?;
    let path = format!("/seminars/{}", seminar.slug);
    let html = visitor.page(&ShowPage {
        share: crate::directory::share(app, lang, &path).await?,
        follow,
        topics,
        ask_href,
        crumbs: vec![json!({ "href": visitor.href("/seminars"), "label": text("seminars-title") })],
        slug: seminar.slug.clone(),
        heading: seminar.title.clone(),
        paragraphs: seminar
            .summary
            .split('\n')
            .filter(|p| !p.trim().is_empty())
            .map(str::to_owned)
            .collect(),
        language: language.own_name(),
        language_code: seminar.language.clone(),
        region: regions
            .iter()
            .find(|r| Some(&r.slug) == seminar.region.as_ref())
            .map(|r| r.name(lang).to_owned()),
        axis: match &seminar.axis {
            Some(slug) => organisations::axes(app)
                .await?
                .iter()
                .find(|axis| axis.slug == *slug)
                .map(|axis| axis.name(lang).to_owned()),
            None => None,
        },
        place: seminar.place.clone(),
        link: (organises || registered && seminar.cancelled_at.is_none())
            .then(|| seminar.link.clone())
            .filter(|link| !link.is_empty()),
        starts_at: seminar.starts_at,
        ends_at: seminar.ends_at,
        starts_iso: seminar.starts_at.rfc3339(),
        one_day: day(seminar.starts_at) == day(seminar.ends_at),
        seats_left: seminar.seats_left(),
        capacity: seminar.capacity,
        door: look.door,
        door_hue: look.hue,
        door_icon: look.icon,
        door_title: locales.text(lang, &format!("seminars-door-{}", look.door), &count),
        door_text: locales.text(lang, &format!("seminars-door-{}-text", look.door), &count),
        show_rule: !matches!(look.door, "begun" | "over" | "cancelled"),
        may_register: matches!(look.door, "open" | "offered"),
        may_wait: look.door == "full" && door.as_ref().is_some_and(|d| d.verdict.eligible),
        waiting: entry,
        groups,
        rule_text: words::rule_text(locales, lang, &rule),
        scope_text: words::scope_text(locales, lang, &rule, door.as_ref()),
        admission: admission.map(|row| row.reason),
        nodes,
        needed,
        meetings: meetings
            .iter()
            .map(|meeting| {
                json!({
                    "heading": meeting.title,
                    "starts_at": meeting.starts_at,
                    "ends_at": meeting.ends_at,
                    "place": meeting.place,
                    "link": (insider && !meeting.link.is_empty()).then_some(&meeting.link),
                    "ics": visitor.href(&format!("/seminars/{}/calendar.ics?meeting={}", seminar.slug, meeting.id)),
                })
            })
            .collect(),
        trainers: lines(&plan.trainers),
        agenda: lines(&plan.agenda),
        materials: materials
            .into_iter()
            .filter(|row| insider || row.phase == "before")
            .filter(|row| team || is_out(&seminar, &row.phase, visitor.now))
            .map(|row| {
                let phase = format!("seminars-phase-{}", programme::phase(&row.phase));
                json!({ "phase": text(&phase), "label": row.label, "note": null, "href_to": row.url })
            })
            .chain(files.drain(..))
            .collect(),
        // What one means to do is asked once it has begun.
        commitments_href: (team
            || registered && seminar.starts_at <= visitor.now && seminar.cancelled_at.is_none())
        .then(|| visitor.href(&format!("/seminars/{}/commitments", seminar.slug))),
        handouts_href: team
            .then(|| visitor.href(&format!("/seminars/{}/handouts", seminar.slug))),
        may_want: visitor.person.is_some()
            && matches!(look.door, "over" | "begun" | "full" | "cancelled")
            && !registered,
        wanted,
        here_href: on.then(|| visitor.href(&format!("/seminars/{}/here", seminar.slug))),
        attestation_href: attested.map(|code| visitor.href(&format!("/attestations/{code}"))),
        sign_in_href: visitor.href(&format!("/sign-in?next={next}")),
        may_give_up: registered && seminar.closed(visitor.now).is_none(),
        alert: refused.as_ref().map(|refusal| {
            let body = format!("error-{}-body", refusal.code);
            json!({ "kind": "warn", "text": locales.text(lang, &body, &refusal.args) })
        }),
        repeat_href: visitor
            .person
            .filter(|person| !organises && person.roles.is_staff())
            .map(|_| visitor.href(&format!("/seminars/{}/duplicate", seminar.slug))),
        organiser,
    });
    Ok(match refused {
        Some(refusal) => html.status(refusal.status),
        None => html,
    })
}

/// The lines of a text that say something.
fn lines(text: &str) -> Vec<String> {
    let said = text
        .split('\n')
        .map(str::trim)
        .filter(|line| !line.is_empty());
    said.map(str::to_owned).collect()
}

fn organiser(visitor: &Visitor<'_>, seminar: &SeminarRow) -> Organiser {
    let path = format!("/seminars/{}", seminar.slug);
    Organiser {
        taken: seminar.taken,
        edit_href: visitor.href(&format!("{path}/edit")),
        attendees_href: visitor.href(&format!("{path}/attendees")),
        programme_href: visitor.href(&format!("{path}/programme")),
        presence_href: visitor.href(&format!("{path}/presence")),
        duplicate_href: visitor.href(&format!("{path}/duplicate")),
    }
}

/// A seminar.
#[get("/seminars/<slug>", rank = 2)]
pub(super) async fn show(visitor: Visitor<'_>, slug: &str) -> Result<Html, Refusal> {
    let seminar = seminars::by_slug(visitor.app, slug).await?;
    page(&visitor, seminar, None).await
}

/// Takes a seat; where the door is shut, the page again with why.
#[post("/seminars/<slug>/seat")]
pub(super) async fn register(
    me: SignedIn<'_>,
    slug: &str,
) -> Result<Result<Redirect, Html>, Refusal> {
    let seminar = seminars::by_slug(me.app, slug).await?;
    match seminars::register(me.app, me.person.id, seminar.id).await {
        Ok(_) => Ok(Ok(
            me.redirect(&format!("/seminars/{slug}"), Some("seat-taken"))
        )),
        Err(refusal) if refusal.status == Status::Conflict => {
            // Read again: the last seat may just have gone.
            let seminar = seminars::by_slug(me.app, slug).await?;
            Ok(Err(page(&me, seminar, Some(refusal)).await?))
        }
        Err(refusal) => Err(refusal),
    }
}

/// Gives the seat up.
#[post("/seminars/<slug>/seat/cancel")]
pub(super) async fn give_up(me: SignedIn<'_>, slug: &str) -> Result<Redirect, Refusal> {
    let seminar = seminars::by_slug(me.app, slug).await?;
    seminars::give_up(me.app, me.person.id, seminar.id).await?;
    Ok(me.redirect(&format!("/seminars/{slug}"), Some("seat-given-up")))
}

/// Waits for a seat; where the list is not open, the page again with why.
#[post("/seminars/<slug>/waiting")]
pub(super) async fn wait(me: SignedIn<'_>, slug: &str) -> Result<Result<Redirect, Html>, Refusal> {
    let seminar = seminars::by_slug(me.app, slug).await?;
    match seminars::wait(me.app, me.person.id, seminar.id).await {
        Ok(()) => Ok(Ok(
            me.redirect(&format!("/seminars/{slug}"), Some("waiting-joined"))
        )),
        Err(refusal) if refusal.status == Status::Conflict => {
            let seminar = seminars::by_slug(me.app, slug).await?;
            Ok(Err(page(&me, seminar, Some(refusal)).await?))
        }
        Err(refusal) => Err(refusal),
    }
}

/// Waits no longer; a seat that was offered goes to the next.
#[post("/seminars/<slug>/waiting/cancel")]
pub(super) async fn wait_no_longer(me: SignedIn<'_>, slug: &str) -> Result<Redirect, Refusal> {
    let seminar = seminars::by_slug(me.app, slug).await?;
    let person = me.person.id;
    if let Some(entry) = seminars::entry_of(me.app, seminar.id, person).await? {
        let own = move |entry: &seminars::EntryRow| entry.person == person;
        seminars::leave(me.app, seminar.id, entry.id, own).await?;
    }
    Ok(me.redirect(&format!("/seminars/{slug}"), Some("waiting-left")))
}

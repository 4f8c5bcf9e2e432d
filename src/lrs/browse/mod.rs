//! The store as operators see it: statements found by what people know of them, one statement
//! with all around it, queries kept under a name, exports.

mod export;
mod saved;
mod shown;
mod store;

use chrono::TimeZone as _;
use uuid::Uuid;
use xapi::facet::{self, Filter, Plan, View};
use xapi::json::parse;

use crate::App;
use crate::accounts;
use crate::clock::Timestamp;
use crate::db::{DbError, On, Tx};
use crate::web::{Fields, Refusal};

pub(super) use export::{Export, Kind};
pub(super) use saved::{all as saved, forget, keep, one as saved_one};
pub(super) use shown::{Shown, VERBS, pretty, show};
pub(crate) use store::QUERIES;
pub(super) use store::{DataRow, SeenRow};

/// What the form asks by, in the order in which an address names them.
pub(super) const FIELDS: [&str; 11] = [
    "agent",
    "verb",
    "activity",
    "related",
    "registration",
    "since",
    "until",
    "client",
    "organisation",
    "voided",
    "statement",
];

/// Which statements: those that are voided are named as such.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Voided {
    /// As clients get them.
    Without,
    /// All of them.
    #[default]
    With,
    /// The voided ones alone.
    Only,
}

/// A search, understood.
#[derive(Debug, Clone, Default)]
pub(super) struct Search {
    plan: Option<Plan>,
    /// Stored after.
    since: i64,
    /// Stored before.
    until: i64,
    voided: Voided,
}

/// A part of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// The newest.
    Newest,
    /// Those before this time.
    Before(i64),
    /// The ones that follow after this time, the newest of them first.
    After(i64),
}

/// An address like a path of ours, or a whole one.
fn iri(app: &App, text: &str, within: &str) -> Option<String> {
    let whole = if text.contains(':') {
        text.to_owned()
    } else {
        format!("{}{within}{text}", app.config.public_url)
    };
    xapi::check::is_iri(&whole).then_some(whole)
}

/// The identifiers that a typed text may mean: an address (and, where somebody here has it, their
/// account), an account as `home name`, a web address, a person's id.
async fn agents(app: &App, text: &str) -> Result<Vec<String>, DbError> {
    if text.starts_with('{') {
        return Ok(parse(text)
            .ok()
            .and_then(|value| xapi::actor::identifier(&value))
            .into_iter()
            .collect());
    }
    let own = |id: Uuid| format!("account {} {id}", app.config.public_url);
    if let Ok(id) = Uuid::parse_str(text) {
        return Ok(vec![own(id)]);
    }
    let mail = text.strip_prefix("mailto:").unwrap_or(text);
    if let Some(normal) =
        accounts::email(mail).filter(|_| mail.contains('@') && !mail.contains('/'))
    {
        let person: Option<store::NamedRow> =
            store::PERSON_AT.bind(&normal).optional(&app.db).await?;
        let known = person.map(|row| own(row.id));
        return Ok([format!("mbox mailto:{mail}")]
            .into_iter()
            .chain(known)
            .collect());
    }
    if let Some((home, name)) = text.split_once(' ') {
        return Ok(vec![format!("account {home} {}", name.trim())]);
    }
    if text.len() == 40 && text.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Ok(vec![format!("sha1 {}", text.to_ascii_lowercase())]);
    }
    if xapi::check::is_iri(text) {
        return Ok(vec![format!("openid {text}")]);
    }
    Ok(Vec::new())
}

/// The same plan for two identifiers of one person: either will do.
fn either(first: Plan, second: Plan) -> Plan {
    let join = |a: [i64; 2], b: [i64; 2]| if a == b { a } else { [a[0], b[0]] };
    Plan {
        walk: join(first.walk, second.walk),
        also: first
            .also
            .into_iter()
            .zip(second.also)
            .map(|(a, b)| join(a, b))
            .collect(),
    }
}

/// Reads what the form sent; what makes no sense is said in its field and finds nothing.
pub(super) async fn search(app: &App, fields: &mut Fields) -> Result<Search, Refusal> {
    let mut filter = Filter::default();
    let text = |fields: &Fields, name: &str| fields.raw(name).trim().to_owned();
    let verb = text(fields, "verb");
    if !verb.is_empty() {
        let known = VERBS.iter().find(|(_, key)| *key == verb);
        let verb = known.map_or(verb.as_str(), |(iri, _)| iri);
        match xapi::check::is_iri(verb) {
            true => filter.verb = Some(verb.to_owned()),
            false => fields.error("verb", "iri"),
        }
    }
    let activity = text(fields, "activity");
    if !activity.is_empty() {
        filter.activity = iri(app, &activity, "/modules/");
        if filter.activity.is_none() {
            fields.error("activity", "iri");
        }
    }
    let registration = text(fields, "registration");
    if !registration.is_empty() {
        filter.registration = Uuid::parse_str(&registration).ok();
        if filter.registration.is_none() {
            fields.error("registration", "uuid");
        }
    }
    let related = fields.ticked("related");
    filter.related_activities = related;
    filter.related_agents = related;
    let since = moment(app, fields, "since");
    let until = moment(app, fields, "until");
    let scope = text(fields, "organisation");
    let view = match scope.as_str() {
        "" => View::All,
        id => match Uuid::parse_str(id) {
            Ok(id) => View::Of(id),
            Err(_) => {
                fields.error("organisation", "choice");
                View::All
            }
        },
    };
    let who = text(fields, "agent");
    let mut plan = if who.is_empty() {
        facet::plan(&filter, view)
    } else {
        let mut found = agents(app, &who).await?;
        if found.is_empty() {
            fields.error("agent", "agent");
        }
        // With the related ones a place holds two keys already: the account is the one we write.
        if related && found.len() > 1 {
            found.remove(0);
        }
        let mut plans = found.into_iter().filter_map(|agent| {
            let filter = Filter {
                agent: Some(agent),
                ..filter.clone()
            };
            facet::plan(&filter, view)
        });
        match (plans.next(), plans.next()) {
            (Some(first), Some(second)) => Some(either(first, second)),
            (first, _) => first,
        }
    };
    let mut also = |key: [i64; 2]| match &mut plan {
        Some(plan) => plan.also.push(key),
        None => {
            plan = Some(Plan {
                walk: key,
                also: Vec::new(),
            });
        }
    };
    let client = text(fields, "client");
    if !client.is_empty() {
        match Uuid::parse_str(&client) {
            Ok(id) => also([View::Of(id).everything(); 2]),
            Err(_) => fields.error("client", "choice"),
        }
    } else if let View::Of(_) = view
        && plan.is_none()
    {
        plan = Some(Plan {
            walk: [view.everything(); 2],
            also: Vec::new(),
        });
    }
    let voided = match fields.raw("voided") {
        "" | "with" => Voided::With,
        "without" => Voided::Without,
        "only" => Voided::Only,
        _ => {
            fields.error("voided", "choice");
            Voided::With
        }
    };
    Ok(Search {
        plan,
        since: since.unwrap_or(i64::MIN),
        until: until.map_or(i64::MAX, |until| until.saturating_add(60_000_000)),
        voided,
    })
}

/// A moment as a form sends it, in the platform's zone.
fn moment(app: &App, fields: &mut Fields, name: &str) -> Option<i64> {
    let text = fields.raw(name).trim().to_owned();
    if text.is_empty() {
        return None;
    }
    let local = chrono::NaiveDateTime::parse_from_str(&text, "%Y-%m-%dT%H:%M")
        .or_else(|_| chrono::NaiveDateTime::parse_from_str(&text, "%Y-%m-%dT%H:%M:%S"))
        .ok();
    let zone = app.pages.time_zone();
    match local.and_then(|local| zone.from_local_datetime(&local).earliest()) {
        Some(at) => Some(Timestamp::from(at.with_timezone(&chrono::Utc)).micros()),
        None => {
            fields.error(name, "date");
            None
        }
    }
}

impl Search {
    /// The statements of a part, newest first, `limit` at most.
    pub(super) async fn run(
        &self,
        app: &App,
        part: Part,
        limit: i64,
    ) -> Result<Vec<SeenRow>, DbError> {
        let (after, before, up) = match part {
            Part::Newest => (self.since, self.until, false),
            Part::Before(at) => (self.since, self.until.min(at), false),
            Part::After(at) => (self.since.max(at), self.until, true),
        };
        let mut rows = self
            .walk(On::from(&app.db), (after, before), up, limit)
            .await?;
        if up {
            rows.reverse();
        }
        Ok(rows)
    }

    /// The statements that follow after a time, oldest first.
    pub(super) async fn following(
        &self,
        app: &App,
        after: i64,
        limit: i64,
    ) -> Result<Vec<SeenRow>, DbError> {
        let span = (self.since.max(after), self.until);
        self.walk(On::from(&app.db), span, true, limit).await
    }

    /// True when something follows after a time, seen from inside a transaction.
    pub(super) async fn is_behind(&self, tx: &mut Tx, after: i64) -> Result<bool, DbError> {
        let span = (self.since.max(after), self.until);
        let rows = self.walk(On::from(tx), span, true, 1).await?;
        Ok(!rows.is_empty())
    }

    async fn walk(
        &self,
        on: On<'_>,
        (after, before): (i64, i64),
        up: bool,
        limit: i64,
    ) -> Result<Vec<SeenRow>, DbError> {
        let Some(plan) = &self.plan else {
            let query = match (self.voided, up) {
                (Voided::Only, false) => &store::BROWSE_VOIDED_DOWN,
                (Voided::Only, true) => &store::BROWSE_VOIDED_UP,
                (_, false) => &store::BROWSE_ALL_DOWN,
                (_, true) => &store::BROWSE_ALL_UP,
            };
            let bound = query.bind(after).bind(before).bind(limit);
            return match self.voided {
                Voided::Only => bound.all(on).await,
                with => bound.bind(i64::from(with == Voided::With)).all(on).await,
            };
        };
        let query = if up {
            &store::BROWSE_KEYS_UP
        } else {
            &store::BROWSE_KEYS_DOWN
        };
        let mut bound = query.bind(after).bind(before).bind(limit);
        bound = bound.bind(plan.walk[0]).bind(plan.walk[1]);
        for place in 0..4 {
            let [a, b] = plan.also.get(place).copied().unwrap_or([0, 0]);
            bound = bound.bind(a).bind(b);
        }
        let voided: i64 = match self.voided {
            Voided::Without => 0,
            Voided::With => 1,
            Voided::Only => 2,
        };
        bound.bind(voided).all(on).await
    }
}

/// The time of the last statement there is.
pub(super) async fn newest(app: &App) -> Result<i64, DbError> {
    let (newest,): (i64,) = store::NEWEST.one(&app.db).await?;
    Ok(newest)
}

/// Statements of an id: one for each organisation that has one.
pub(super) async fn of_id(app: &App, id: Uuid) -> Result<Vec<SeenRow>, DbError> {
    store::BROWSE_ID.bind(id).all(&app.db).await
}

/// The statement stored at this moment.
pub(super) async fn at(app: &App, stored: i64) -> Result<Option<SeenRow>, DbError> {
    store::BROWSE_AT.bind(stored).optional(&app.db).await
}

/// What is around a statement: those about it, the one it is about, its data.
pub(super) struct Around {
    pub about: Vec<SeenRow>,
    pub target: Option<SeenRow>,
    pub data: Vec<DataRow>,
}

/// Looks around a statement.
pub(super) async fn around(app: &App, row: &SeenRow) -> Result<Around, DbError> {
    let about = store::BROWSE_ABOUT
        .bind(row.id)
        .bind(row.tenant)
        .all(&app.db)
        .await?;
    let target = match row.target {
        Some(id) => of_id(app, id)
            .await?
            .into_iter()
            .find(|other| other.tenant == row.tenant),
        None => None,
    };
    let data = store::BROWSE_DATA.bind(row.stored).all(&app.db).await?;
    Ok(Around {
        about,
        target,
        data,
    })
}

/// What the form lets choose: clients and organisations, by id and name.
pub(super) async fn choices(app: &App) -> Result<[Vec<(Uuid, String)>; 2], DbError> {
    let clients: Vec<store::NamedRow> = store::CLIENTS_TO_CHOOSE.all(&app.db).await?;
    let tenants: Vec<store::NamedRow> = store::TENANTS.all(&app.db).await?;
    Ok([clients, tenants].map(|rows| rows.into_iter().map(|row| (row.id, row.name)).collect()))
}

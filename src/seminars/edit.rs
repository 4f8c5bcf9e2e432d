//! Making and changing seminars.

use domain::eligibility::{Condition, DEPTH_MAX, Group, Level, Rule, Scope, Subject, Term};
use serde::{Deserialize, Serialize};
use serde_json::{Map, json};
use unicode_normalization::UnicodeNormalization;
use uuid::Uuid;

use super::seats::Desk;
use super::{SeminarRow, programme, store};
use crate::App;
use crate::clock::Timestamp;
use crate::db::{DbError, Tx};
use crate::following::{self, Notice};
use crate::ids::{PersonId, SeminarId};
use crate::organisations;
use crate::outbound::mail::{self, Mail};
use crate::web::{Lang, Refusal};

/// Longest title, place and link, in characters.
pub const LINE_MAX: usize = 200;
/// Longest link, in characters.
pub const LINK_MAX: usize = 500;
/// Longest summary, in characters.
pub const SUMMARY_MAX: usize = 4_000;
/// Seats at most.
pub const CAPACITY_MAX: i64 = 10_000;
/// Conditions of a rule at most: more than anybody reads before a door.
pub const CONDITIONS_MAX: usize = 50;
/// 2000 and 2200: a date outside was mistyped.
const DATES: std::ops::Range<i64> = 946_684_800_000_000..7_258_118_400_000_000;

/// A seminar to be made, or what one shall become.
#[derive(Debug, Clone)]
pub struct NewSeminar {
    /// The address; made from the title when there is none. Never changes afterwards.
    pub slug: Option<String>,
    /// One line.
    pub title: String,
    /// What people come for.
    pub summary: String,
    /// The language it is held in.
    pub language: Lang,
    /// The region's slug; `None`: everywhere.
    pub region: Option<String>,
    /// The axis's slug.
    pub axis: Option<String>,
    /// Where; may be empty when there is a link.
    pub place: String,
    /// Where online; shown to those who hold a seat.
    pub link: String,
    /// First minute.
    pub starts_at: Timestamp,
    /// Last minute.
    pub ends_at: Timestamp,
    /// Seats.
    pub capacity: i64,
    /// The rule at the door.
    pub rule: Rule,
    /// By whom.
    pub by: Option<PersonId>,
}

/// A rule as people write it: modules and seminars by slug or id.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleText {
    /// How many terms must be met.
    pub need: u32,
    /// The terms.
    pub of: Vec<TermText>,
    /// Whose progress counts.
    #[serde(default)]
    pub scope: Scope,
}

/// A term as people write it.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(untagged)]
pub enum TermText {
    /// A condition.
    One(ConditionText),
    /// So many of further terms.
    Group {
        /// How many.
        need: u32,
        /// Of what.
        of: Vec<TermText>,
    },
}

/// A condition as people write it: a module or a seminar.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConditionText {
    /// Slug or id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub module: Option<String>,
    /// Slug or id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seminar: Option<String>,
    /// What must be reached on it.
    pub level: Level,
    /// Not older than so many months.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub months: Option<u32>,
}

/// Finds the modules and seminars that a rule names; 422 `unknown-module` when there is none of a
/// name.
pub async fn resolve(app: &App, text: &RuleText) -> Result<Rule, Refusal> {
    Ok(Rule {
        need: text.need,
        of: resolve_terms(app, &text.of, 1).await?,
        scope: text.scope,
    })
}

fn resolve_terms<'a>(
    app: &'a App,
    of: &'a [TermText],
    depth: usize,
) -> futures::future::BoxFuture<'a, Result<Vec<Term>, Refusal>> {
    Box::pin(async move {
        let mut terms = Vec::new();
        for term in of {
            terms.push(match term {
                TermText::One(text) => Term::One(resolve_one(app, text).await?),
                // Found again, and named, by the rule's own check.
                TermText::Group { need, .. } if depth > DEPTH_MAX => Term::Group(Group {
                    need: *need,
                    of: Vec::new(),
                }),
                TermText::Group { need, of } => Term::Group(Group {
                    need: *need,
                    of: resolve_terms(app, of, depth + 1).await?,
                }),
            });
        }
        Ok(terms)
    })
}

async fn resolve_one(app: &App, text: &ConditionText) -> Result<Condition, Refusal> {
    let (query, name) = match (&text.module, &text.seminar) {
        (Some(name), None) => (&store::MODULE_BY_ID_OR_SLUG, name),
        (None, Some(name)) => (&store::SEMINAR_BY_ID_OR_SLUG, name),
        _ => {
            return Err(Refusal::unprocessable("seminar-invalid")
                .with("where", "rule")
                .extra("reason", "rule-module-or-seminar"));
        }
    };
    let found: Option<store::ModuleRow> = query
        .bind(name.as_str())
        .bind(Uuid::try_parse(name).ok())
        .optional(&app.db)
        .await?;
    let Some(found) = found else {
        return Err(Refusal::unprocessable("unknown-module").with("module", name.as_str()));
    };
    Ok(Condition {
        subject: match text.module {
            Some(_) => Subject::Module(found.id.0),
            None => Subject::Seminar(found.id.0),
        },
        level: text.level,
        months: text.months,
    })
}

impl NewSeminar {
    /// What is wrong with it: the field, and the code of a form's message.
    pub fn fault(&self) -> Option<(&'static str, &'static str)> {
        let long = |text: &str, max| text.chars().count() > max;
        if self.title.trim().is_empty() {
            return Some(("title", "required"));
        }
        if long(&self.title, LINE_MAX) {
            return Some(("title", "too-long"));
        }
        if long(&self.summary, SUMMARY_MAX) {
            return Some(("summary", "too-long"));
        }
        if long(&self.place, LINE_MAX) {
            return Some(("place", "too-long"));
        }
        if self.place.is_empty() && self.link.is_empty() {
            return Some(("place", "place-or-link"));
        }
        if !self.link.is_empty() && !is_web_address(&self.link) {
            return Some(("link", "link"));
        }
        if !DATES.contains(&self.starts_at.micros()) {
            return Some(("starts", "date"));
        }
        if !DATES.contains(&self.ends_at.micros()) {
            return Some(("ends", "date"));
        }
        if self.ends_at <= self.starts_at {
            return Some(("ends", "ends-before"));
        }
        if !(1..=CAPACITY_MAX).contains(&self.capacity) {
            return Some(("capacity", "out-of-range"));
        }
        if self.rule.conditions().len() > CONDITIONS_MAX {
            return Some(("need", "rule-too-many"));
        }
        self.rule.fault().map(|code| ("need", code))
    }

    fn checked(&self) -> Result<(), Refusal> {
        match self.fault() {
            Some((field, reason)) => Err(Refusal::unprocessable("seminar-invalid")
                .with("where", field)
                .extra("reason", reason)),
            None => Ok(()),
        }
    }
}

/// An address that a browser can open.
pub(super) fn is_web_address(text: &str) -> bool {
    text.chars().count() <= LINK_MAX
        && url::Url::parse(text)
            .is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
}

/// Letters and digits of a title without their accents; empty when it is written in another script.
pub(super) fn slug_of(title: &str) -> String {
    let mut slug = String::new();
    for c in title.nfd().filter(|c| !('\u{300}'..='\u{36f}').contains(c)) {
        if c.is_ascii_alphanumeric() {
            slug.push(c.to_ascii_lowercase());
        } else if !slug.ends_with('-') && !slug.is_empty() {
            slug.push('-');
        }
        if slug.len() >= 60 {
            break;
        }
    }
    slug.trim_end_matches('-').to_owned()
}

/// Region and axis exist, or there is none.
async fn check_places(app: &App, seminar: &NewSeminar) -> Result<(), Refusal> {
    let unknown = |field: &str| {
        Refusal::unprocessable("seminar-invalid")
            .with("where", field)
            .extra("reason", "choice")
    };
    if let Some(region) = &seminar.region
        && !super::regions(app).await?.iter().any(|r| r.slug == *region)
    {
        return Err(unknown("region"));
    }
    if let Some(axis) = &seminar.axis
        && !organisations::axes(app)
            .await?
            .iter()
            .any(|a| a.slug == *axis)
    {
        return Err(unknown("axis"));
    }
    Ok(())
}

/// Makes a seminar. 422 `seminar-invalid` says where it is wrong.
pub async fn create(app: &App, seminar: NewSeminar) -> Result<SeminarRow, Refusal> {
    seminar.checked()?;
    check_places(app, &seminar).await?;
    let id: SeminarId = app.ids.id();
    let now = app.clock.now();
    app.db
        .write(
            (app.clone(), id, now, seminar),
            |tx, (app, id, now, seminar)| {
                Box::pin(async move {
                    let slug = free_slug(tx, *id, seminar).await?;
                    store::INSERT
                        .bind(*id)
                        .bind(slug)
                        .bind(seminar.title.trim())
                        .bind(&seminar.summary)
                        .bind(seminar.language.code())
                        .bind(seminar.region.clone())
                        .bind(&seminar.place)
                        .bind(&seminar.link)
                        .bind(seminar.axis.clone())
                        .bind(seminar.starts_at)
                        .bind(seminar.ends_at)
                        .bind(seminar.capacity)
                        .bind(json!(seminar.rule))
                        .bind(seminar.by)
                        .bind(*now)
                        .run(&mut *tx)
                        .await?;
                    keep_rule(tx, *id, seminar.by, *now).await?;
                    programme::first_meeting(app, tx, *id, seminar).await?;
                    let notice = Notice::seminar(*id, seminar.by, *now);
                    following::happened(tx, notice).await?;
                    Ok::<SeminarRow, Refusal>(store::BY_ID.bind(*id).one(tx).await?)
                })
            },
        )
        .await
}

/// Keeps the rule of the present version.
async fn keep_rule(
    tx: &mut Tx,
    id: SeminarId,
    by: Option<PersonId>,
    now: Timestamp,
) -> Result<(), DbError> {
    store::INSERT_RULE
        .bind(id)
        .bind(by)
        .bind(now)
        .run(tx)
        .await
        .map(drop)
}

/// The slug asked for or made from the title; with the end of the id where it is taken.
async fn free_slug(tx: &mut Tx, id: SeminarId, seminar: &NewSeminar) -> Result<String, DbError> {
    let end = &id.0.simple().to_string()[26..];
    let slug = match &seminar.slug {
        Some(slug) => slug_of(slug),
        None => slug_of(&seminar.title),
    };
    // `new` is the page that makes one, `calendar` that of one's own.
    if slug.is_empty() || matches!(slug.as_str(), "new" | "calendar") {
        return Ok(format!("seminar-{end}"));
    }
    let (taken,) = store::SLUG_TAKEN.bind(&slug).one::<(i64,)>(tx).await?;
    Ok(if taken == 0 {
        slug
    } else {
        format!("{slug}-{end}")
    })
}

/// Changes a seminar. Seats already held stay; the capacity never falls below them (409
/// `seats-above-capacity`).
pub async fn update(app: &App, id: SeminarId, seminar: NewSeminar) -> Result<SeminarRow, Refusal> {
    seminar.checked()?;
    check_places(app, &seminar).await?;
    let now = app.clock.now();
    app.db
        .write(
            (app.clone(), id, now, seminar),
            |tx, (app, id, now, seminar)| {
                Box::pin(async move {
                    let was: SeminarRow = store::HOLD.bind(*id).one(&mut *tx).await?;
                    store::UPDATE
                        .bind(*id)
                        .bind(seminar.title.trim())
                        .bind(&seminar.summary)
                        .bind(seminar.language.code())
                        .bind(seminar.region.clone())
                        .bind(&seminar.place)
                        .bind(&seminar.link)
                        .bind(seminar.axis.clone())
                        .bind(seminar.starts_at)
                        .bind(seminar.ends_at)
                        .bind(seminar.capacity)
                        .bind(json!(seminar.rule))
                        .bind(*now)
                        .run(&mut *tx)
                        .await
                        .map_err(|error| {
                            error.on_constraint("seat_available", || {
                                Refusal::conflict("seats-above-capacity")
                            })
                        })?;
                    // Those already in keep their seat, their evidence and the version they came under.
                    if was.rule() != seminar.rule {
                        store::NEXT_RULE.bind(*id).run(&mut *tx).await?;
                        keep_rule(tx, *id, seminar.by, *now).await?;
                    }
                    programme::follow(app, tx, *id, seminar, *now).await?;
                    // More seats than before go to those who wait.
                    Desk::open(app, tx, *id, *now).await?;
                    Ok::<SeminarRow, Refusal>(store::BY_ID.bind(*id).one(tx).await?)
                })
            },
        )
        .await
}

/// Calls a seminar off: nobody can register any more, and those who hold a seat are told by mail.
/// Doing it again changes nothing.
pub async fn cancel(app: &App, id: SeminarId) -> Result<(), Refusal> {
    let now = app.clock.now();
    app.db
        .write((id, now), |tx, (id, now)| {
            Box::pin(async move {
                if store::CANCEL.bind(*id).bind(*now).run(&mut *tx).await? == 0 {
                    return Ok(());
                }
                let seminar: SeminarRow = store::BY_ID.bind(*id).one(&mut *tx).await?;
                let holders: Vec<store::LetterRow> = store::HOLDERS.bind(*id).all(&mut *tx).await?;
                for holder in holders {
                    // A seat is called off once: its own id, turned round, names its mail.
                    let mail_id = Uuid::from_u128(!holder.id.0.as_u128());
                    let mail = letter("cancelled", &seminar, holder);
                    mail::enqueue(tx, mail_id, &mail, *now).await?;
                }
                Ok::<(), Refusal>(())
            })
        })
        .await
}

/// A mail about a seminar, in the words `seminars-mail-<code>-…`.
fn letter(code: &str, seminar: &SeminarRow, to: store::LetterRow) -> Mail {
    let lang = Lang::from_code(&to.language).unwrap_or_default();
    Mail {
        to: to.email,
        name: to.name,
        lang,
        message: format!("seminars-mail-{code}"),
        args: Map::from_iter([("title".to_owned(), json!(seminar.title))]),
        link: Some(format!("/{}/seminars/{}", lang.code(), seminar.slug)),
    }
}

#[cfg(test)]
mod tests {
    use super::slug_of;

    #[test]
    fn a_title_becomes_an_address() {
        assert_eq!(
            slug_of("Réunir, décider : la gouvernance"),
            "reunir-decider-la-gouvernance"
        );
        assert_eq!(slug_of("من الفكرة"), "");
    }
}

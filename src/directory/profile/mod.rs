//! What people let others know about them: written by themselves, shown to nobody until they say
//! to whom, and searched by those who look for help.

mod help;
mod store;

use std::collections::HashMap;

pub use domain::directory::Shown;
use domain::directory::is_member;

use crate::App;
use crate::accounts::Person;
use crate::clock::Timestamp;
use crate::db::DbError;
use crate::folding::folded;
use crate::ids::PersonId;
use crate::web::{Lang, Refusal};

pub use help::{Asked, Helper, helpers};
pub(crate) use store::QUERIES;

/// Characters of "about me" and of "I can help with…" at most.
pub const PROSE_MAX: usize = 1_000;
/// Skills of one person at most.
pub const SKILLS_MAX: usize = 12;
/// Characters of a skill at most.
pub const SKILL_MAX: usize = 40;

/// A skill.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skill {
    /// As it is searched: folded.
    pub tag: String,
    /// As it is written.
    pub label: String,
}

/// The skills somebody typed, apart by commas or lines, each once: what differs by case, accents or
/// vowel signs only is one.
pub fn skills<'t>(typed: impl IntoIterator<Item = &'t str>) -> Vec<Skill> {
    let mut skills: Vec<Skill> = Vec::new();
    for word in typed
        .into_iter()
        .flat_map(|text| text.split([',', '،', ';', '؛', '\n']))
    {
        let label: String = word
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
            .trim_start_matches('#')
            .chars()
            .filter(|c| !c.is_control())
            .take(SKILL_MAX)
            .collect();
        let tag = folded(&label);
        let known = skills.iter().any(|skill| skill.tag == tag);
        if tag.chars().any(char::is_alphanumeric) && !known && skills.len() < SKILLS_MAX {
            skills.push(Skill { tag, label });
        }
    }
    skills
}

/// What a person lets be shown of themselves.
#[derive(Debug, Clone, Default)]
pub struct Profile {
    /// To whom.
    pub shown: Shown,
    /// Who I am, in a few words.
    pub about: String,
    /// What I can help with.
    pub helps: String,
    /// A region's slug.
    pub region: Option<String>,
    /// Languages spoken.
    pub languages: Vec<Lang>,
    /// What I know how to do.
    pub skills: Vec<Skill>,
    /// Slugs of axes.
    pub axes: Vec<String>,
    /// The modules I completed may be seen.
    pub shows_modules: bool,
    /// The organisations I belong to may be seen.
    pub shows_organisation: bool,
    /// When it was written; none: never.
    pub updated_at: Option<Timestamp>,
}

/// Codes as they are stored: apart by spaces, each one also in front and behind.
fn joined(languages: &[Lang]) -> String {
    match languages {
        [] => String::new(),
        some => {
            let codes: Vec<&str> = some.iter().map(|lang| lang.code()).collect();
            format!(" {} ", codes.join(" "))
        }
    }
}

fn languages(codes: &str) -> Vec<Lang> {
    codes
        .split_whitespace()
        .filter_map(Lang::from_code)
        .collect()
}

/// One's own profile; the empty one, shown to nobody, before it is written.
pub async fn own(app: &App, person: PersonId) -> Result<Profile, DbError> {
    let row: Option<store::ProfileRow> = store::MINE.bind(person).optional(&app.db).await?;
    let Some(row) = row else {
        return Ok(Profile::default());
    };
    let skills: Vec<store::SkillRow> = store::MY_SKILLS.bind(person).all(&app.db).await?;
    let axes: Vec<store::AxisRow> = store::MY_AXES.bind(person).all(&app.db).await?;
    Ok(Profile {
        shown: Shown::from_code(&row.shown_to),
        about: row.about,
        helps: row.helps,
        region: row.region,
        languages: languages(&row.languages),
        skills: skills
            .into_iter()
            .map(|row| Skill {
                tag: row.tag,
                label: row.label,
            })
            .collect(),
        axes: axes.into_iter().map(|row| row.axis).collect(),
        shows_modules: row.shows_modules,
        shows_organisation: row.shows_organisation,
        updated_at: Some(row.updated_at),
    })
}

/// Keeps one's own profile.
pub async fn keep(app: &App, person: PersonId, profile: Profile) -> Result<(), DbError> {
    let now = app.clock.now();
    app.db
        .write((person, profile, now), |tx, (person, profile, now)| {
            Box::pin(async move {
                store::KEEP
                    .bind(*person)
                    .bind(profile.shown.code())
                    .bind(&profile.about)
                    .bind(&profile.helps)
                    .bind(folded(&format!("{} {}", profile.helps, profile.about)))
                    .bind(profile.region.clone())
                    .bind(joined(&profile.languages))
                    .bind(profile.shows_modules)
                    .bind(profile.shows_organisation)
                    .bind(*now)
                    .run(&mut *tx)
                    .await?;
                store::CLEAR_SKILLS.bind(*person).run(&mut *tx).await?;
                for skill in &profile.skills {
                    store::ADD_SKILL
                        .bind(*person)
                        .bind(&skill.tag)
                        .bind(&skill.label)
                        .run(&mut *tx)
                        .await?;
                }
                store::CLEAR_AXES.bind(*person).run(&mut *tx).await?;
                for axis in &profile.axes {
                    store::ADD_AXIS
                        .bind(*person)
                        .bind(axis)
                        .run(&mut *tx)
                        .await?;
                }
                Ok(())
            })
        })
        .await
}

/// Skills that people who are shown have named, the most frequent first.
pub async fn skills_in_use(app: &App, count: i64) -> Result<Vec<Skill>, DbError> {
    let rows: Vec<store::SkillRow> = store::SKILLS_IN_USE.bind(count).all(&app.db).await?;
    Ok(rows
        .into_iter()
        .map(|row| Skill {
            tag: row.tag,
            label: row.label,
        })
        .collect())
}

/// Somebody as others see them.
#[derive(Debug, Clone)]
pub struct Seen {
    /// Who.
    pub person: PersonId,
    /// Their name.
    pub name: String,
    /// In their words.
    pub about: String,
    /// What they can help with.
    pub helps: String,
    /// A region's slug.
    pub region: Option<String>,
    /// Languages spoken.
    pub languages: Vec<Lang>,
    /// Skills as they are written.
    pub skills: Vec<String>,
    /// Slugs of axes.
    pub axes: Vec<String>,
    /// Slug and name of organisations, where they let it be known.
    pub organisations: Vec<(String, String)>,
    /// When they last wrote it.
    pub updated_at: Timestamp,
}

/// The person of this id, where they let themselves be shown to `viewer` (and to themselves).
///
/// # Errors
/// 404 for everybody else: somebody who is not shown and nobody are the same.
pub async fn seen(app: &App, viewer: &Person, person: PersonId) -> Result<Seen, Refusal> {
    let row: Option<store::PersonRow> = store::PERSON
        .bind(person)
        .bind(is_member(&viewer.roles) || viewer.id == person)
        .optional(&app.db)
        .await?;
    let row = row.ok_or_else(Refusal::not_found)?;
    let mut list = described(app, vec![row]).await?;
    list.pop().ok_or_else(Refusal::not_found)
}

/// All that lists and pages say of these people, in their order.
async fn described(app: &App, rows: Vec<store::PersonRow>) -> Result<Vec<Seen>, DbError> {
    let ids: Vec<uuid::Uuid> = rows.iter().map(|row| row.person.0).collect();
    let skills: Vec<store::SkillOfRow> = store::SKILLS_OF.bind(ids.clone()).all(&app.db).await?;
    let axes: Vec<store::AxisOfRow> = store::AXES_OF.bind(ids.clone()).all(&app.db).await?;
    let organisations: Vec<store::OrganisationOfRow> =
        store::ORGANISATIONS_OF.bind(ids).all(&app.db).await?;
    let mut by_person: HashMap<PersonId, Seen> = HashMap::new();
    let order: Vec<PersonId> = rows.iter().map(|row| row.person).collect();
    for row in rows {
        by_person.insert(
            row.person,
            Seen {
                person: row.person,
                name: row.name,
                about: row.about,
                helps: row.helps,
                region: row.region,
                languages: languages(&row.languages),
                skills: Vec::new(),
                axes: Vec::new(),
                organisations: Vec::new(),
                updated_at: row.updated_at,
            },
        );
    }
    for row in skills {
        if let Some(seen) = by_person.get_mut(&row.person) {
            seen.skills.push(row.label);
        }
    }
    for row in axes {
        if let Some(seen) = by_person.get_mut(&row.person) {
            seen.axes.push(row.axis);
        }
    }
    for row in organisations {
        if let Some(seen) = by_person.get_mut(&row.person) {
            seen.organisations.push((row.slug, row.name));
        }
    }
    Ok(order
        .into_iter()
        .filter_map(|person| by_person.remove(&person))
        .collect())
}

/// A module that somebody completed, or a question that their answer solved.
#[derive(Debug, Clone)]
pub struct Proof {
    /// Its title.
    pub heading: String,
    /// Where it is, without language.
    pub path: String,
    /// When; none: unknown.
    pub at: Option<Timestamp>,
}

/// The modules that somebody completed, where they let it be known.
pub async fn modules_of(app: &App, person: PersonId) -> Result<Vec<Proof>, DbError> {
    let rows: Vec<store::ModuleOfRow> = store::MODULES_OF.bind(vec![person.0]).all(&app.db).await?;
    Ok(rows
        .into_iter()
        .map(|row| Proof {
            heading: row.title,
            path: format!("/modules/{}", row.slug),
            at: row.completed_at,
        })
        .collect())
}

/// The latest questions that somebody's answers solved, where everybody may read them.
pub async fn solutions_of(app: &App, person: PersonId) -> Result<Vec<Proof>, DbError> {
    let rows: Vec<store::SolutionRow> = store::SOLUTIONS_OF.bind(person).all(&app.db).await?;
    Ok(rows
        .into_iter()
        .map(|row| Proof {
            heading: row.title,
            path: format!("/spaces/{}/{}", row.space, row.topic),
            at: Some(row.solution_at),
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use super::{joined, languages, skills};
    use crate::web::Lang;

    #[test]
    fn skills_are_one_whatever_the_letters() {
        let of =
            |typed: &str| -> Vec<String> { skills([typed]).into_iter().map(|s| s.label).collect() };
        assert_eq!(
            of(" Comptabilité, comptabilite ;COMPTABILITÉ\n#Budget"),
            ["Comptabilité", "Budget"]
        );
        assert_eq!(of("كتابة المشاريع، كِتابة المشاريع"), ["كتابة المشاريع"]);
        assert_eq!(of(" , ،;-"), Vec::<String>::new());
        assert_eq!(of("a,b,c,d,e,f,g,h,i,j,k,l,m,n").len(), 12);
        assert_eq!(of(&"x".repeat(99))[0].chars().count(), 40);
    }

    #[test]
    fn languages_go_there_and_back() {
        let some = [Lang::Ar, Lang::Fr];
        assert_eq!(joined(&some), " ar fr ");
        assert_eq!(languages(&joined(&some)), some);
        assert_eq!(joined(&[]), "");
    }
}

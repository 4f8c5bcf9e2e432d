//! "Who can help me with…": people who let themselves be found, the most likely first, each with
//! the reasons.

use std::collections::HashMap;

use domain::directory::{Reason, is_member, tell, weight};
use uuid::Uuid;

use super::{Seen, described, store};
use crate::App;
use crate::accounts::Person;
use crate::catalogue;
use crate::folding::{folded, pattern};
use crate::ids::PersonId;
use crate::web::Refusal;

/// People on a page.
pub const PAGE: usize = 12;
/// Words of a question that are looked for.
const WORDS: usize = 4;

/// What somebody looks for; empty: anything.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// In their words.
    pub text: String,
    /// An axis' slug.
    pub axis: String,
    /// A region's slug.
    pub region: String,
    /// A module's slug.
    pub module: String,
    /// From 0.
    pub page: usize,
}

/// Somebody who may be able to help.
#[derive(Debug, Clone)]
pub struct Helper {
    /// Who.
    pub seen: Seen,
    /// Why, the strongest first.
    pub reasons: Vec<Reason>,
}

/// The words that carry meaning, longest first: short ones are in every sentence.
fn meaningful(text: &str) -> Vec<String> {
    let mut words: Vec<String> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().count() >= 3)
        .map(str::to_owned)
        .collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.chars().count()));
    words.dedup();
    words.truncate(WORDS);
    words
}

/// As [`meaningful`], folded; a text of short words alone is one word.
fn words(text: &str) -> Vec<String> {
    let folded = folded(text);
    let words = meaningful(&folded);
    if words.is_empty() {
        vec![folded]
    } else {
        words
    }
}

/// Four patterns for `like`; what nothing is looked for with is like nothing.
fn patterns(words: Vec<String>, of: impl Fn(&str) -> String) -> [String; WORDS] {
    let mut all = words.into_iter().map(|word| of(&word));
    [(); WORDS].map(|()| all.next().unwrap_or_else(|| "!!".to_owned()))
}

/// A page of them, and whether another follows.
///
/// # Errors
/// When the database fails.
pub async fn helpers(
    app: &App,
    viewer: &Person,
    asked: &Asked,
) -> Result<(Vec<Helper>, bool), Refusal> {
    let member = is_member(&viewer.roles);
    if asked.text.trim().is_empty() && asked.module.is_empty() {
        return everybody(app, member, asked).await;
    }
    let mut found: HashMap<PersonId, Vec<Reason>> = HashMap::new();
    if !asked.text.trim().is_empty() {
        by_words(app, member, &asked.text, &mut found).await?;
    }
    by_modules(app, member, asked, &mut found).await?;
    let ids: Vec<Uuid> = found.keys().map(|person| person.0).collect();
    let rows: Vec<store::PersonRow> = store::AMONG
        .bind(&asked.region)
        .bind(member)
        .bind(&asked.axis)
        .bind(ids)
        .all(&app.db)
        .await?;
    let mut ranked: Vec<(i64, store::PersonRow)> = rows
        .into_iter()
        .map(|row| {
            let reasons = found.get(&row.person).map_or(&[][..], Vec::as_slice);
            (weight(reasons), row)
        })
        .collect();
    ranked.sort_by(|(one, a), (other, b)| {
        other
            .cmp(one)
            .then(b.updated_at.cmp(&a.updated_at))
            .then(a.person.cmp(&b.person))
    });
    let from = asked.page.saturating_mul(PAGE);
    let more = ranked.len() > from + PAGE;
    let rows = ranked
        .into_iter()
        .skip(from)
        .take(PAGE)
        .map(|(_, row)| row)
        .collect();
    let seen = described(app, rows).await?;
    let helpers = seen
        .into_iter()
        .map(|seen| Helper {
            reasons: tell(found.remove(&seen.person).unwrap_or_default()),
            seen,
        })
        .collect();
    Ok((helpers, more))
}

/// Nothing is asked for by words: the latest profiles.
async fn everybody(app: &App, member: bool, asked: &Asked) -> Result<(Vec<Helper>, bool), Refusal> {
    let page = i64::try_from(PAGE).unwrap_or_default();
    let mut rows: Vec<store::PersonRow> = store::EVERYBODY
        .bind(&asked.region)
        .bind(member)
        .bind(&asked.axis)
        .bind(page + 1)
        .bind(i64::try_from(asked.page.min(10_000)).unwrap_or_default() * page)
        .all(&app.db)
        .await?;
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let seen = described(app, rows).await?;
    let helpers = seen
        .into_iter()
        .map(|seen| Helper {
            seen,
            reasons: Vec::new(),
        })
        .collect();
    Ok((helpers, more))
}

async fn by_words(
    app: &App,
    member: bool,
    text: &str,
    found: &mut HashMap<PersonId, Vec<Reason>>,
) -> Result<(), Refusal> {
    let like = patterns(words(text), pattern);
    let [a, b, c, d] = &like;
    let rows: Vec<store::SkillOfRow> = store::BY_SKILL
        .bind(member)
        .bind(a)
        .bind(b)
        .bind(c)
        .bind(d)
        .all(&app.db)
        .await?;
    for row in rows {
        let reason = Reason::Skill { label: row.label };
        found.entry(row.person).or_default().push(reason);
    }
    let rows: Vec<store::FoundRow> = store::BY_WORDS
        .bind(member)
        .bind(a)
        .bind(b)
        .bind(c)
        .bind(d)
        .all(&app.db)
        .await?;
    for row in rows {
        found.entry(row.person).or_default().push(Reason::Says);
    }
    let rows: Vec<store::FoundRow> = store::BY_NAME
        .bind(member)
        .bind(pattern(text))
        .all(&app.db)
        .await?;
    for row in rows {
        found.entry(row.person).or_default();
    }
    by_solutions(app, member, text, found).await
}

async fn by_solutions(
    app: &App,
    member: bool,
    text: &str,
    found: &mut HashMap<PersonId, Vec<Reason>>,
) -> Result<(), Refusal> {
    // Tags and titles are kept as they were written, in lower case. Words are letters and digits:
    // nothing in them means anything to `like`.
    let like = patterns(meaningful(&text.to_lowercase()), |word| format!("%{word}%"));
    let [a, b, c, d] = &like;
    let rows: Vec<store::SolvedRow> = store::BY_SOLUTIONS
        .bind(member)
        .bind(a)
        .bind(b)
        .bind(c)
        .bind(d)
        .bind(a)
        .bind(b)
        .bind(c)
        .bind(d)
        .all(&app.db)
        .await?;
    for row in rows {
        let last: Option<store::SolutionRow> = store::SOLVED_LAST
            .bind(row.person)
            .bind(row.last_at)
            .optional(&app.db)
            .await?;
        if let Some(last) = last {
            found.entry(row.person).or_default().push(Reason::Solved {
                count: row.solved,
                heading: last.title,
                path: format!("/spaces/{}/{}", last.space, last.topic),
            });
        }
    }
    Ok(())
}

/// Those who completed the module that was chosen, or one whose title holds the words.
async fn by_modules(
    app: &App,
    member: bool,
    asked: &Asked,
    found: &mut HashMap<PersonId, Vec<Reason>>,
) -> Result<(), Refusal> {
    let words = words(&asked.text);
    let modules: Vec<Uuid> = catalogue::published(app)
        .await?
        .into_iter()
        .filter(|module| match asked.module.as_str() {
            "" => {
                let title = folded(&module.title);
                words
                    .iter()
                    .any(|word| word.chars().count() >= 4 && title.contains(word.as_str()))
            }
            chosen => module.slug == chosen,
        })
        .map(|module| module.id.0)
        .collect();
    if modules.is_empty() && asked.module.is_empty() {
        return Ok(());
    }
    let rows: Vec<store::ModuleOfRow> = store::BY_MODULES
        .bind(member)
        .bind(modules)
        .all(&app.db)
        .await?;
    for row in rows {
        found
            .entry(row.person)
            .or_default()
            .push(Reason::Completed {
                heading: row.title,
                slug: row.slug,
            });
    }
    // A module that was chosen is what is asked for: words alone do not do.
    if !asked.module.is_empty() {
        found.retain(|_, reasons| {
            reasons
                .iter()
                .any(|reason| matches!(reason, Reason::Completed { .. }))
        });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{patterns, words};

    #[test]
    fn the_words_that_carry_meaning_are_looked_for() {
        assert_eq!(
            words("Tenir la compta d’une association"),
            ["association", "compta", "tenir", "une"]
        );
        assert_eq!(words("ال"), ["ال"]);
        assert_eq!(words("الميزانيّة"), ["الميزانيه"]);
        let [first, second, ..] = patterns(words("50% budget"), crate::folding::pattern);
        assert_eq!((first.as_str(), second.as_str()), ("%budget%", "!!"));
    }
}

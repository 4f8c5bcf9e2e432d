//! A search: from what was typed to the results of a page.

use std::collections::HashSet;

use search::Question;

use super::expression::{self, TITLE, expression, mark};
use super::show::{self, Hit};
use super::store::{self, FoundRow};
use super::{Asker, PAGE, near};
use crate::App;
use crate::clock::Timestamp;
use crate::db::DbError;

/// Entries that are ranked at most; what is common has its newest ones there, and those whose
/// titles answer.
const RANKED: i64 = 500;
/// So many of the newest are enough: older ones are not looked for.
const ENOUGH: usize = 100;
/// Entries with the words in their titles that are ranked at most, where there are more.
const TITLED: i64 = 200;

/// What is left out: an empty filter lets everything pass.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// One of [`super::KINDS`].
    pub kind: Option<String>,
    /// An axis.
    pub axis: Option<String>,
    /// A language, by its code.
    pub language: Option<String>,
    /// An organisation, by its id.
    pub organisation: Option<uuid::Uuid>,
}

/// What was found.
#[derive(Debug, Default)]
pub struct Found {
    /// Nothing was asked for: no word that could be found.
    pub empty: bool,
    /// The words that were searched in place of the typed ones, which nothing has.
    pub instead: Option<String>,
    /// How many results there are.
    pub total: usize,
    /// There are more than were counted.
    pub more: bool,
    /// Those of the page.
    pub hits: Vec<Hit>,
}

/// Searches; pages are numbered from 0.
pub async fn search(
    app: &App,
    asker: &Asker,
    text: &str,
    filter: &Filter,
    page: usize,
) -> Result<Found, DbError> {
    let mut question = Question::read(text);
    if question.is_empty() {
        return Ok(Found {
            empty: true,
            ..Found::default()
        });
    }
    let mut found = ranked(app, asker, &question, filter).await?;
    let mut instead = None;
    if found.rows.is_empty() {
        for meant in near::meant(app, asker, &question).await? {
            found = ranked(app, asker, &meant, filter).await?;
            // Only words that lead somewhere for who asks: others may stand in texts that are not
            // theirs to read.
            if !found.rows.is_empty() {
                instead = Some(meant.text());
                question = meant;
                break;
            }
        }
    }
    let total = found.rows.len();
    let from = page.saturating_mul(PAGE).min(total);
    let rows = &found.rows[from..(from + PAGE).min(total)];
    Ok(Found {
        empty: false,
        instead,
        total,
        more: found.more,
        hits: show::hits(app, asker, &question, rows).await?,
    })
}

/// Entries, the best first.
struct Ranked {
    rows: Vec<FoundRow>,
    more: bool,
}

async fn ranked(
    app: &App,
    asker: &Asker,
    question: &Question,
    filter: &Filter,
) -> Result<Ranked, DbError> {
    let (newest,): (i64,) = store::NEWEST.one(&app.db).await?;
    let mut limits = filtered(filter);
    limits.push(open_to(asker));
    let words = |title: bool| {
        question.words.iter().map(move |word| {
            let terms = word.terms.iter();
            match title {
                true => terms.map(|term| format!("{TITLE}{term}")).collect(),
                false => terms.cloned().collect::<Vec<_>>(),
            }
        })
    };
    let all: Vec<Vec<String>> = words(false).chain(limits.clone()).collect();
    let (mut rows, more) = newest_of(app, asker, &all, newest, (&[2, 16], RANKED)).await?;
    if more {
        let titled: Vec<Vec<String>> = words(true).chain(limits).collect();
        let known: HashSet<i64> = rows.iter().map(|row| row.seq).collect();
        let (others, _) = newest_of(app, asker, &titled, newest, (&[16], TITLED)).await?;
        rows.extend(others.into_iter().filter(|row| !known.contains(&row.seq)));
    }
    let now = app.clock.now();
    let mut scored: Vec<(f64, FoundRow)> = rows
        .into_iter()
        .map(|row| (score(&row, question, now), row))
        .collect();
    scored.sort_by(|(a, one), (b, other)| b.total_cmp(a).then(other.seq.cmp(&one.seq)));
    Ok(Ranked {
        rows: scored.into_iter().map(|(_, row)| row).collect(),
        more,
    })
}

/// The newest entries that have one term of each group, and whether there are more: so many eras
/// back are looked at, one width after the other, until there are enough, then all of them. What
/// is common is met often in a few eras, what is not is few altogether: nothing is slow.
async fn newest_of(
    app: &App,
    asker: &Asker,
    groups: &[Vec<String>],
    newest: i64,
    (widths, most): (&[i64], i64),
) -> Result<(Vec<FoundRow>, bool), DbError> {
    let mut narrower: Option<(i64, i64)> = None;
    for width in widths {
        // What is met too seldom to be enough in that many is not met often anywhere.
        let too_few = narrower.is_some_and(|(met, eras)| met * width / eras < ENOUGH as i64);
        if too_few || newest / expression::ERA < *width {
            break;
        }
        let eras = (0..*width).map(|back| expression::era(newest - back * expression::ERA));
        let mut within = groups.to_vec();
        within.push(eras.collect());
        let rows = entries(app, asker, &within, most).await?;
        if rows.len() >= ENOUGH {
            return Ok((rows, true));
        }
        narrower = Some((rows.len() as i64, *width));
    }
    let rows = entries(app, asker, groups, most).await?;
    let more = rows.len() as i64 >= most * 9 / 10;
    Ok((rows, more))
}

/// How well an entry answers: by its title above all, then by what it is, then by its age.
fn score(row: &FoundRow, question: &Question, now: Timestamp) -> f64 {
    let titled = question.met_by(row.heading.split(' ')) as f64 / question.words.len() as f64;
    let of_kind = match row.kind.as_str() {
        "module" | "document" | "organisation" | "person" => 0.5,
        "seminar" => 0.4,
        "topic" => 0.2,
        _ => 0.0,
    };
    let days = (now.micros() - row.at.micros()).max(0) as f64 / 86_400e6;
    3.0 * titled + of_kind + 0.6 / (1.0 + days / 120.0)
}

/// The entries that have one term of each group, as far as they are the asker's to see.
pub(super) async fn entries(
    app: &App,
    asker: &Asker,
    groups: &[Vec<String>],
    most: i64,
) -> Result<Vec<FoundRow>, DbError> {
    store::FOUND
        .bind(expression(app.db.engine(), groups))
        .bind(asker.person.is_some())
        .bind(asker.spaces.clone())
        .bind(asker.coordinates.clone())
        .bind(asker.person)
        .bind(most)
        .bind(asker.member)
        .all(&app.db)
        .await
}

/// The marks of what the asker may see: one of them stands in each entry that is theirs.
pub(super) fn open_to(asker: &Asker) -> Vec<String> {
    let id = |about: char, id: &uuid::Uuid| mark(about, &id.simple().to_string());
    std::iter::once(mark('v', "p"))
        .chain(asker.spaces.iter().map(|space| id('s', space)))
        .chain(asker.coordinates.iter().map(|osc| id('d', osc)))
        .chain(asker.person.iter().map(|person| id('w', person)))
        .chain(asker.person.map(|_| mark('u', "accounts")))
        .chain(asker.member.then(|| mark('u', "members")))
        .collect()
}

fn filtered(filter: &Filter) -> Vec<Vec<String>> {
    let kind = filter.kind.as_deref().map(|kind| match kind {
        "discussion" => vec![expression::kind("discussion"), expression::kind("reply")],
        kind => vec![expression::kind(kind)],
    });
    let axis = filter.axis.as_deref().map(|axis| vec![mark('x', axis)]);
    let language = filter.language.as_deref();
    let language = language.map(|code| vec![mark('l', code)]);
    let organisation = filter.organisation;
    let organisation = organisation.map(|id| vec![mark('o', &id.simple().to_string())]);
    [kind, axis, language, organisation]
        .into_iter()
        .flatten()
        .collect()
}

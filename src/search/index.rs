//! Keeping the index: what changed is read anew and put in its place.

use std::collections::{BTreeMap, HashMap, HashSet};

use search::{Language, index_terms, vocabulary};
use uuid::Uuid;

use super::expression::{self, TITLE, mark};
use super::store::{self, ChangeRow, SourceRow, ValueRow};
use crate::App;
use crate::db::{DbError, Query, Tx};
use crate::web::markdown;

/// Changes that are looked at together.
const TOGETHER: i64 = 100;
/// Terms of one entry at most.
const TERMS: usize = 5_000;
/// Words of one entry that go into the vocabulary at most.
const WORDS: usize = 2_000;
/// Characters of a text that people typed.
const TYPED: usize = 40_000;
/// How long a node keeps the changes for itself without saying so again.
const HOLD_SECONDS: i64 = 60;

/// Looks at all changes that wait; gives how many. One node at a time does: others find nothing
/// to do.
pub async fn index(app: &App) -> Result<usize, DbError> {
    let (waiting,): (i64,) = store::WAITING.one(&app.db).await?;
    if waiting == 0 {
        return Ok(0);
    }
    let holder = app.ids.uuid();
    let now = app.clock.now();
    let take = store::TAKE
        .bind(holder)
        .bind(now.plus_seconds(HOLD_SECONDS))
        .bind(now);
    let taken = app
        .db
        .write(take, |tx, take| Box::pin(take.clone().run(tx)))
        .await?;
    if taken == 0 {
        return Ok(0);
    }
    let done = look(app, holder).await;
    let let_go = store::LET_GO.bind(holder);
    app.db
        .write(let_go, |tx, let_go| Box::pin(let_go.clone().run(tx)))
        .await?;
    done
}

async fn look(app: &App, holder: Uuid) -> Result<usize, DbError> {
    let mut done = 0;
    loop {
        let changes: Vec<ChangeRow> = store::CHANGES.bind(TOGETHER).all(&app.db).await?;
        if changes.is_empty() {
            return Ok(done);
        }
        let count = changes.len();
        let batch = prepare(app, holder, changes).await?;
        let held = app
            .db
            .write(batch, |tx, batch| Box::pin(write(tx, batch)))
            .await?;
        if !held {
            return Ok(done);
        }
        done += count;
    }
}

/// An entry as it is written, but for the mark of its place.
struct Entry {
    kind: String,
    source: Uuid,
    at: crate::clock::Timestamp,
    heading: String,
    words: String,
    /// The place it has or gets.
    seq: i64,
}

struct Batch {
    holder: Uuid,
    until: crate::clock::Timestamp,
    looked_at: Vec<i64>,
    entries: Vec<Entry>,
    gone: Vec<Uuid>,
    new_words: Vec<(String, String)>,
    seen: Vec<String>,
}

/// Everything that can be done before the transaction: reading and analysing.
async fn prepare(app: &App, holder: Uuid, changes: Vec<ChangeRow>) -> Result<Batch, DbError> {
    let looked_at = changes.iter().map(|change| change.seq).collect();
    // The last change of a thing is as good as all of them; its first place is its place.
    let mut of_kind: BTreeMap<String, HashMap<Uuid, i64>> = BTreeMap::new();
    for change in changes {
        of_kind
            .entry(change.kind)
            .or_default()
            .entry(change.entity)
            .or_insert(change.seq);
    }
    let ids: Vec<Uuid> = of_kind.values().flat_map(HashMap::keys).copied().collect();
    let placed: Vec<store::PlaceRow> = store::PLACES.bind(ids).all(&app.db).await?;
    let placed: HashMap<Uuid, i64> = placed.iter().map(|row| (row.entity, row.seq)).collect();
    let mut sources: Vec<(String, i64, SourceRow, Vec<String>)> = Vec::new();
    let mut axes: HashMap<Uuid, Vec<String>> = HashMap::new();
    let mut gone: HashSet<Uuid> = HashSet::new();
    for (kind, things) in of_kind {
        let ids: Vec<Uuid> = things.keys().copied().collect();
        gone.extend(&ids);
        let Some(query) = source(&kind) else {
            continue;
        };
        let mut rows: Vec<SourceRow> = query.bind(ids.clone()).all(&app.db).await?;
        if ["organisation", "person"].contains(&kind.as_str()) {
            let found: Vec<ValueRow> = store::AXES.bind(ids.clone()).all(&app.db).await?;
            for row in found {
                axes.entry(row.entity).or_default().push(row.value);
            }
        }
        if kind == "person" {
            let found: Vec<ValueRow> = store::SKILLS.bind(ids).all(&app.db).await?;
            for skill in found {
                let of = rows.iter_mut().filter(|row| row.entity == skill.entity);
                for row in of {
                    row.body.push(' ');
                    row.body.push_str(&skill.value);
                }
            }
        }
        for row in rows {
            let of_row = axes.remove(&row.entity).unwrap_or_default();
            let of_row = row.axis.clone().into_iter().chain(of_row).collect();
            gone.remove(&row.entity);
            let seq = placed
                .get(&row.entity)
                .or_else(|| things.get(&row.entity))
                .copied()
                .unwrap_or_default();
            sources.push((kind.clone(), seq, row, of_row));
        }
    }
    let (entries, words) = tokio::task::spawn_blocking(move || {
        let mut words: HashMap<String, String> = HashMap::new();
        let entries: Vec<Entry> = sources
            .into_iter()
            .map(|(kind, seq, row, axes)| entry(kind, seq, &row, &axes, &mut words))
            .collect();
        (entries, words)
    })
    .await
    .map_err(|error| DbError::Other(error.to_string()))?;
    let mut seen: Vec<String> = words.keys().cloned().collect();
    // In one order everywhere: nobody waits for who waits.
    seen.sort();
    let known: Vec<store::WordRow> = store::KNOWN.bind(seen.clone()).all(&app.db).await?;
    let known: HashSet<String> = known.into_iter().map(|row| row.word).collect();
    let new_words = seen
        .iter()
        .filter(|word| !known.contains(*word))
        .map(|word| (word.clone(), words[word].clone()))
        .collect();
    Ok(Batch {
        holder,
        until: app.clock.now().plus_seconds(HOLD_SECONDS),
        looked_at,
        entries,
        gone: gone.into_iter().collect(),
        new_words,
        seen,
    })
}

fn source(kind: &str) -> Option<&'static Query> {
    match kind {
        "module" => Some(&store::MODULES),
        "seminar" => Some(&store::SEMINARS),
        "organisation" => Some(&store::ORGANISATIONS),
        "person" => Some(&store::PEOPLE),
        "document" => Some(&store::DOCUMENTS),
        "topic" => Some(&store::TOPICS),
        "reply" => Some(&store::REPLIES),
        _ => None,
    }
}

fn entry(
    kind: String,
    seq: i64,
    row: &SourceRow,
    axes: &[String],
    words: &mut HashMap<String, String>,
) -> Entry {
    let language = Language::from_code(&row.language);
    let body = match kind.as_str() {
        // The text of a file is no Markdown, and long.
        "document" => row.body.clone(),
        _ => markdown::plain(&row.body, TYPED),
    };
    let heading = index_terms(&row.title, language, 60);
    let text = format!("{}\n{body}", row.title);
    let mut terms = index_terms(&text, language, TERMS);
    terms.extend(heading.iter().map(|term| format!("{TITLE}{term}")));
    terms.push(expression::kind(&row.code));
    terms.push(expression::era(seq));
    if !row.language.is_empty() {
        terms.push(mark('l', &row.language));
    }
    terms.extend(axes.iter().map(|axis| mark('x', axis)));
    let id = |about: char, id: &Uuid| mark(about, &id.simple().to_string());
    if let Some(organisation) = &row.organisation {
        terms.push(id('o', organisation));
    }
    match (&row.space, row.open != 0) {
        _ if kind == "person" && row.open == 1 => terms.push(mark('u', "accounts")),
        _ if kind == "person" => terms.push(mark('u', "members")),
        (Some(space), _) => terms.push(id('s', space)),
        (None, true) => terms.push(mark('v', "p")),
        (None, false) => {
            terms.extend(row.organisation.iter().map(|osc| id('d', osc)));
            terms.extend(row.author.iter().map(|author| id('w', author)));
        }
    }
    words.extend(vocabulary(&text, WORDS));
    Entry {
        kind,
        source: row.entity,
        at: row.at,
        heading: heading.join(" "),
        words: terms.join(" "),
        seq,
    }
}

/// False when another node holds the changes now.
async fn write(tx: &mut Tx, batch: &Batch) -> Result<bool, DbError> {
    let held = store::HOLD.bind(batch.holder).bind(batch.until);
    if held.run(&mut *tx).await? == 0 {
        return Ok(false);
    }
    if !batch.gone.is_empty() {
        store::REMOVE.bind(batch.gone.clone()).run(&mut *tx).await?;
    }
    for entry in &batch.entries {
        store::PUT
            .bind(entry.seq)
            .bind(&entry.kind)
            .bind(entry.source)
            .bind(entry.at)
            .bind(&entry.heading)
            .bind(&entry.words)
            .run(&mut *tx)
            .await?;
    }
    for (word, written) in &batch.new_words {
        store::ADD_WORD
            .bind(word)
            .bind(written)
            .run(&mut *tx)
            .await?;
        let parts = search::deletions(word);
        store::ADD_DELETIONS
            .bind(parts)
            .bind(word)
            .run(&mut *tx)
            .await?;
    }
    store::SAW_WORDS
        .bind(batch.seen.clone())
        .run(&mut *tx)
        .await?;
    let looked_at = batch.looked_at.clone();
    store::LOOKED_AT.bind(looked_at).run(&mut *tx).await?;
    Ok(true)
}

/// Forgets the index and queues everything to be read anew.
pub async fn rebuild(app: &App) -> Result<(), DbError> {
    app.db
        .write((), |tx, ()| {
            Box::pin(async move {
                for query in [
                    &store::CLEAR_CHANGES,
                    &store::CLEAR_ENTRIES,
                    &store::CLEAR_WORDS,
                    &store::CLEAR_DELETIONS,
                    &store::QUEUE_ALL,
                ] {
                    query.run(&mut *tx).await?;
                }
                Ok::<(), DbError>(())
            })
        })
        .await
}

/// Takes somebody out of the index, and the words of their name and addresses out of the
/// vocabulary, where a misspelt word would still lead to them: for those who are erased.
pub async fn forget(tx: &mut Tx, person: Uuid, texts: &[&str]) -> Result<(), DbError> {
    store::REMOVE.bind(vec![person]).run(&mut *tx).await?;
    let words: Vec<String> = texts
        .iter()
        .flat_map(|text| vocabulary(text, 50))
        .map(|(word, _)| word)
        .collect();
    store::DROP_WORDS.bind(words.clone()).run(&mut *tx).await?;
    store::DROP_DELETIONS.bind(words).run(tx).await.map(drop)
}

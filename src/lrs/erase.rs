//! A person leaves the store: statements stay valid under an account that names nobody, documents
//! and attached data go.

use std::collections::BTreeSet;

use serde_json::json;
use uuid::Uuid;
use xapi::erase::{Erased, Rewritten};
use xapi::facet::{self, Facets, Filter, View, agent_key};
use xapi::json::parse;

use super::find::{object_key, storage_refusal};
use super::prepare::{facets_of, views};
use super::{group, store};
use crate::App;
use crate::clock::Timestamp;
use crate::db::{DbError, Tx};
use crate::web::Refusal;

/// Statements rewritten in one transaction.
const AT_ONCE: i64 = 200;
/// How far a chain of statements about statements is followed, as when they were stored.
const CHAIN: usize = 16;

/// Who leaves.
#[derive(Debug, Clone)]
pub struct Leaver {
    /// All identifiers, as `xapi::actor` writes them.
    pub identifiers: Vec<String>,
    /// What must not be read anywhere: address, name, subjects elsewhere.
    pub traces: Vec<String>,
    /// The name of the account that stands instead.
    pub pseudonym: String,
}

impl Leaver {
    fn account(&self, app: &App) -> String {
        json!({
            "objectType": "Agent",
            "account": { "homePage": app.config.public_url, "name": self.pseudonym },
        })
        .to_string()
    }

    fn rewrite(&self, app: &App, text: &str) -> Option<Rewritten> {
        let account = self.account(app);
        let erased = Erased {
            is: &|id| self.identifiers.iter().any(|known| known == id),
            instead: &account,
            blot: &|text| blotted(text, &self.traces),
        };
        parse(text).ok().map(|value| erased.rewrite(&value))
    }

    /// The keys under which statements are found that name the person in any way.
    fn keys(&self) -> Vec<i64> {
        let related = |identifier: &String| {
            let filter = Filter {
                agent: Some(identifier.clone()),
                related_agents: true,
                ..Filter::default()
            };
            facet::plan(&filter, View::All).map(|plan| plan.walk)
        };
        self.identifiers
            .iter()
            .filter_map(related)
            .flatten()
            .collect()
    }
}

/// A text in which none of the traces can be read; `None` when none could. Whole words only: the
/// name "Ali" leaves "Alimentation" alone.
pub fn blotted(text: &str, traces: &[String]) -> Option<String> {
    let mut out = text.to_owned();
    for trace in traces.iter().filter(|trace| trace.chars().count() >= 3) {
        let mut from = 0;
        while let Some(at) = find_folded(&out[from..], trace).map(|at| at + from) {
            let end = at + len_of(&out[at..], trace);
            let inside = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
            if inside(out[..at].chars().next_back()) || inside(out[end..].chars().next()) {
                from = end;
                continue;
            }
            out.replace_range(at..end, super::ERASED);
            from = at + super::ERASED.len();
        }
    }
    (out != text).then_some(out)
}

/// Where a trace begins in a text, whatever the case of the letters.
fn find_folded(text: &str, trace: &str) -> Option<usize> {
    text.char_indices()
        .map(|(at, _)| at)
        .find(|at| starts_folded(&text[*at..], trace))
}

fn starts_folded(text: &str, trace: &str) -> bool {
    let mut own = text.chars().flat_map(char::to_lowercase);
    trace
        .chars()
        .flat_map(char::to_lowercase)
        .all(|c| own.next() == Some(c))
}

/// How many bytes of the text the trace takes there.
fn len_of(text: &str, trace: &str) -> usize {
    let wanted = trace.chars().flat_map(char::to_lowercase).count();
    let mut seen = 0;
    for (at, c) in text.char_indices() {
        if seen >= wanted {
            return at;
        }
        seen += c.to_lowercase().count();
    }
    text.len()
}

/// Documents, names and credentials of the person go, in the caller's transaction.
pub async fn forget(
    tx: &mut Tx,
    leaver: &Leaver,
    home: &str,
    now: Timestamp,
) -> Result<(), DbError> {
    let agents: Vec<i64> = leaver.identifiers.iter().map(|id| agent_key(id)).collect();
    store::ERASE_DOCUMENTS
        .bind(agents.clone())
        .run(&mut *tx)
        .await?;
    store::ERASE_NAMES.bind(agents).run(&mut *tx).await?;
    store::ERASE_CREDENTIALS
        .bind(leaver.identifiers.clone())
        .bind(format!("account {home} {}", leaver.pseudonym))
        .bind(now)
        .run(tx)
        .await
        .map(drop)
}

/// Rewrites the next statements that name the person; false when there are none left. Whoever
/// begins again after a crash goes on with what is left.
pub async fn rewrite_some(app: &App, leaver: &Leaver) -> Result<bool, Refusal> {
    let keys = leaver.keys();
    let rows: Vec<store::KeptRow> = store::ERASE_NEXT
        .bind(keys.clone())
        .bind(AT_ONCE)
        .all(&app.db)
        .await?;
    if rows.is_empty() {
        return Ok(false);
    }
    let own: Vec<i64> = rows
        .iter()
        .filter(|row| {
            leaver
                .rewrite(app, &row.statement)
                .is_some_and(|new| new.own)
        })
        .map(|row| row.stored)
        .collect();
    // The data goes before the rows that name it: a crash between leaves nothing behind.
    let data: Vec<store::AttachmentRow> = store::ERASE_DATA.bind(own.clone()).all(&app.db).await?;
    for one in data {
        let key = object_key(one.tenant, &one.sha2);
        if app.storage.exists(&key).await.map_err(storage_refusal)? {
            app.storage.delete(&key).await.map_err(storage_refusal)?;
        }
    }
    let input = (app.clone(), leaver.clone(), keys, own);
    app.db
        .write(input, |tx, (app, leaver, keys, own)| {
            Box::pin(async move {
                group::hold(tx).await?;
                store::ERASE_ATTACHMENTS
                    .bind(own.clone())
                    .run(&mut *tx)
                    .await?;
                let rows: Vec<store::KeptRow> = store::ERASE_NEXT
                    .bind(keys.clone())
                    .bind(AT_ONCE)
                    .all(&mut *tx)
                    .await?;
                for row in rows {
                    rewrite_one(tx, app, leaver, &row).await?;
                }
                Ok::<_, Refusal>(())
            })
        })
        .await?;
    Ok(true)
}

async fn rewrite_one(
    tx: &mut Tx,
    app: &App,
    leaver: &Leaver,
    row: &store::KeptRow,
) -> Result<(), DbError> {
    let text = leaver
        .rewrite(app, &row.statement)
        .map_or_else(|| row.statement.clone(), |new| new.text);
    let (mut before, mut after) = (facets_of(&row.statement), facets_of(&text));
    // What it is about counts for it too, as it was and as it will be.
    let mut at = row.target;
    let mut passed = BTreeSet::from([row.id]);
    while let Some(target) = at
        && passed.len() < CHAIN
        && passed.insert(target)
    {
        let others: Vec<store::KeptRow> = store::BY_IDS.bind(vec![target]).all(&mut *tx).await?;
        let Some(next) = others.into_iter().find(|other| other.tenant == row.tenant) else {
            break;
        };
        before.take_in(facets_of(&next.statement));
        let rewritten = leaver.rewrite(app, &next.statement);
        after.take_in(facets_of(
            rewritten.as_ref().map_or(&next.statement, |new| &new.text),
        ));
        at = next.target;
    }
    let keys = |facets: &Facets| -> BTreeSet<i64> {
        views(row.tenant)
            .into_iter()
            .flat_map(|view| facets.keys(view))
            .collect()
    };
    let kept = keys(&after);
    let [near, far] = before.naming(&leaver.identifiers);
    let mut gone = keys(&before);
    gone.extend(keys(&near));
    gone.extend(keys(&far));
    let gone: Vec<i64> = gone.difference(&kept).copied().collect();
    store::ERASE_KEYS
        .bind(row.stored)
        .bind(gone)
        .run(&mut *tx)
        .await?;
    let mut rows: Vec<(i64, i64)> = kept.into_iter().map(|key| (key, row.stored)).collect();
    group::add_keys(tx, &mut rows).await?;
    store::ERASE_STATEMENT
        .bind(row.stored)
        .bind(text)
        .run(&mut *tx)
        .await?;
    store::ERASE_REASONS
        .bind(row.stored)
        .run(tx)
        .await
        .map(drop)
}

/// What the store has about a person, for the person: statements of which they are the actor or
/// the object, oldest first, at most so many after a time.
pub async fn statements_of(
    app: &App,
    identifier: &str,
    after: i64,
    limit: i64,
) -> Result<Vec<(i64, String)>, DbError> {
    let filter = Filter {
        agent: Some(identifier.to_owned()),
        ..Filter::default()
    };
    let Some(plan) = facet::plan(&filter, View::All) else {
        return Ok(Vec::new());
    };
    let rows: Vec<store::FoundRow> = store::KEY_UP
        .bind(after)
        .bind(i64::MAX)
        .bind(limit)
        .bind(plan.walk[0])
        .all(&app.db)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.stored, row.statement))
        .collect())
}

/// Data that a person's statements brought, and the documents kept about them.
pub struct Belongings {
    /// Digest, media type and bytes.
    pub data: Vec<(String, String, bytes::Bytes)>,
    /// Resource, id, media type and content.
    pub documents: Vec<(String, String, String, Vec<u8>)>,
}

/// Gathers them; data above `most` bytes in all is left out.
pub async fn belongings(
    app: &App,
    identifiers: &[String],
    times: Vec<i64>,
    most: usize,
) -> Result<Belongings, Refusal> {
    let rows: Vec<store::AttachmentRow> = store::ATTACHMENTS.bind(times).all(&app.db).await?;
    let mut data = Vec::new();
    let mut total = 0;
    for row in rows {
        let bytes = super::find::data(app, row.tenant, &row.sha2).await?;
        total += bytes.len();
        if total > most {
            break;
        }
        data.push((row.sha2, row.content_type, bytes));
    }
    let agents: Vec<i64> = identifiers.iter().map(|id| agent_key(id)).collect();
    let rows: Vec<store::OwnDocumentRow> = store::DOCUMENTS_ABOUT.bind(agents).all(&app.db).await?;
    Ok(Belongings {
        data,
        documents: rows
            .into_iter()
            .map(|row| (row.resource, row.id, row.content_type, row.content))
            .collect(),
    })
}

/// The identifier of somebody's account here.
pub fn account(app: &App, name: Uuid) -> String {
    format!("account {} {name}", app.config.public_url)
}

#[cfg(test)]
mod tests {
    use super::blotted;

    #[test]
    fn traces_are_blotted_out_as_whole_words() {
        let traces = ["amel@x.tn", "Amel Ben Ali", "أمل", "Ali"].map(str::to_owned);
        for (text, out) in [
            ("Amel Ben Ali", Some("erased")),
            ("AMEL BEN ALI!", Some("erased!")),
            ("Écrire à Amel@X.tn, merci", Some("Écrire à erased, merci")),
            ("mailto:amel@x.tn", Some("mailto:erased")),
            ("Alimentation", None),
            ("قالت أمل", Some("قالت erased")),
            ("ÉAli Ali", Some("ÉAli erased")),
            ("İ Ali", Some("İ erased")),
            ("", None),
        ] {
            assert_eq!(blotted(text, &traces).as_deref(), out, "{text}");
        }
    }
}

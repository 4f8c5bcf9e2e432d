//! Erasing a person.
//!
//! One transaction takes the account apart: from its commit on nobody can sign in as the person,
//! and no page shows who it was. The statements of the record store may be many: they follow from
//! the outbox, some at a time, and whoever begins again after a crash goes on with what is left.

use futures::future::BoxFuture;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{identifiers, pseudonym, store};
use crate::App;
use crate::accounts::{self, Audit};
use crate::clock::Timestamp;
use crate::db::{DbError, Tx};
use crate::folding::folded;
use crate::ids::{PersonId, hash_secret};
use crate::jobs::{self, Handler, Job, JobError};
use crate::lrs::{self, ERASED, erase::Leaver};
use crate::seminars;
use crate::web::{Lang, Refusal};

/// Carries on with the statements.
pub const HANDLER: Handler = Handler {
    kind: "erase-statements",
    ready: |_| true,
    run,
};

/// Parts of the statements that are rewritten for one row of the outbox.
const ROUNDS: usize = 200;

/// Who has an address; `None` also when they were erased.
pub async fn find(app: &App, email: &str) -> Result<Option<PersonId>, DbError> {
    let row: Option<store::WhoRow> = store::WHO_AT
        .bind(accounts::normal_email(email))
        .optional(&app.db)
        .await?;
    Ok(row.map(|row| row.id))
}

struct Input {
    person: PersonId,
    posts: bool,
    leaver: Leaver,
    /// What a database can replace without looking at words.
    plain: Vec<String>,
    email: String,
    /// What stands where the name was.
    name: String,
    home: String,
    job: Uuid,
    audit: Audit,
}

/// Erases a person, with their posts where they ask for it. 404 where there is nobody (any more);
/// 409 `last-admin` for the last administrator.
pub async fn erase(
    app: &App,
    by: Option<PersonId>,
    person: PersonId,
    posts: bool,
) -> Result<(), Refusal> {
    let who: Option<store::WhoRow> = store::WHO.bind(person).optional(&app.db).await?;
    let who = who
        .filter(|who| who.state != "erased")
        .ok_or_else(Refusal::not_found)?;
    let elsewhere: Vec<store::ElsewhereRow> = store::ELSEWHERE.bind(person).all(&app.db).await?;
    let mut traces: Vec<String> = vec![who.email.clone(), who.name.clone()];
    for one in &elsewhere {
        traces.extend([one.name.clone(), one.email.clone(), one.subject.clone()]);
    }
    traces.retain(|trace| trace.chars().count() >= 3);
    traces.sort_by_key(|trace| std::cmp::Reverse(trace.len()));
    traces.dedup();
    let lang = Lang::from_code(&who.language).unwrap_or(Lang::Fr);
    let input = Input {
        person,
        posts,
        plain: plain(&traces),
        leaver: Leaver {
            identifiers: identifiers(app, person, &who.email, &elsewhere).await?,
            traces,
            pseudonym: pseudonym(app, person),
        },
        email: who.email,
        name: app.pages.locales.plain(lang, "rights-former-member", &[]),
        home: app.config.public_url.clone(),
        job: app.ids.uuid(),
        audit: Audit::new(app, by, "person-erased", format!("person:{person}"))
            .detail(json!({ "posts": posts })),
    };
    let mut pictures: Vec<store::ObjectRow> = Vec::new();
    if posts {
        pictures = store::PICTURES.bind(person).all(&app.db).await?;
        let files: Vec<store::ObjectRow> = store::POST_FILES.bind(person).all(&app.db).await?;
        pictures.extend(files);
    }
    give_seats_back(app, person).await?;
    app.db
        .write(input, |tx, input| Box::pin(take_apart(tx, input)))
        .await?;
    for picture in pictures {
        // The row is gone already: an object that cannot be reached now tells nobody anything.
        if let Err(error) = app.storage.delete(&picture.object).await {
            tracing::warn!(%error, "a picture of somebody who left");
        }
    }
    Ok(())
}

/// Seats of seminars to come go to those who wait for them, as when the person gives them up.
async fn give_seats_back(app: &App, person: PersonId) -> Result<(), Refusal> {
    let entries: Vec<store::EntryRow> = store::WAITING_LISTS.bind(person).all(&app.db).await?;
    for entry in entries {
        seminars::leave(app, entry.seminar, entry.id, |_| true).await?;
    }
    let held: Vec<store::SeminarOfRow> = store::SEATS_TO_COME
        .bind(person)
        .bind(app.clock.now())
        .all(&app.db)
        .await?;
    for seminar in held {
        seminars::give_up(app, person, seminar.id).await?;
    }
    Ok(())
}

/// The traces as a database replaces them: quoted as JSON has them, and bare where a trace is long
/// enough not to be a part of other words.
fn plain(traces: &[String]) -> Vec<String> {
    let mut all = Vec::new();
    for trace in traces {
        let quoted = json!(trace).to_string();
        let long = trace.chars().count() >= 8 || trace.contains(['@', ' ']);
        if long {
            // As it is searched, too.
            all.push(folded(trace));
            all.push(quoted[1..quoted.len() - 1].to_owned());
            all.push(trace.clone());
        } else {
            all.push(quoted);
        }
    }
    all.dedup();
    all
}

async fn take_apart(tx: &mut Tx, input: &Input) -> Result<(), Refusal> {
    let (person, now) = (input.person, input.audit.at);
    // Ends the sessions; refuses the last administrator.
    accounts::suspend(tx, person, true, now).await?;
    for query in store::GO {
        query.bind(person).run(&mut *tx).await?;
    }
    store::ERASE_GRANTS
        .bind(person)
        .bind(now)
        .run(&mut *tx)
        .await?;
    store::ERASE_MEMBERSHIPS
        .bind(person)
        .bind(now)
        .run(&mut *tx)
        .await?;
    if input.posts {
        store::REMOVE_PICTURES.bind(person).run(&mut *tx).await?;
        store::REMOVE_POST_FILES.bind(person).run(&mut *tx).await?;
        store::REMOVE_REPLIES
            .bind(person)
            .bind(now)
            .run(&mut *tx)
            .await?;
        store::REMOVE_TOPICS
            .bind(person)
            .bind(now)
            .run(&mut *tx)
            .await?;
        store::RECOUNT.bind(person).run(&mut *tx).await?;
    }
    for trace in &input.plain {
        let instead = match trace.starts_with('"') {
            true => format!("\"{ERASED}\""),
            false => ERASED.to_owned(),
        };
        for query in store::BLOT {
            query
                .bind(person)
                .bind(trace)
                .bind(instead.as_str())
                .run(&mut *tx)
                .await?;
        }
        store::BLOT_AUDIT
            .bind(trace)
            .bind(instead.as_str())
            .run(&mut *tx)
            .await?;
        store::BLOT_ERRORS
            .bind(trace)
            .bind(instead.as_str())
            .run(&mut *tx)
            .await?;
    }
    let names: Vec<&str> = input.leaver.traces.iter().map(String::as_str).collect();
    crate::search::forget(tx, person.0, &names).await?;
    if !input.email.is_empty() {
        traces_of_address(tx, &input.email).await?;
    }
    for query in [&store::ERASE_OWED, &store::ERASE_LETTERS] {
        query.bind(person.to_string()).run(&mut *tx).await?;
    }
    lrs::erase::forget(tx, &input.leaver, &input.home, now).await?;
    store::ERASE_PERSON
        .bind(person)
        .bind(&input.name)
        .bind(folded(&input.name))
        .bind(now)
        .run(&mut *tx)
        .await?;
    let payload = json!({
        "identifiers": input.leaver.identifiers,
        "traces": input.leaver.traces,
        "pseudonym": input.leaver.pseudonym,
    });
    jobs::enqueue(tx, input.job, HANDLER.kind, payload, now).await?;
    input.audit.write(tx).await?;
    Ok(())
}

/// Counters of tries, mails on their way, kept searches.
async fn traces_of_address(tx: &mut Tx, email: &str) -> Result<(), DbError> {
    let digest = hash_secret(email);
    store::ERASE_THROTTLE
        .bind(format!("%{digest}%"))
        .run(&mut *tx)
        .await?;
    store::ERASE_BOUNCE.bind(email).run(&mut *tx).await?;
    store::ERASE_SOFT_BOUNCE.bind(email).run(&mut *tx).await?;
    let escaped = email
        .replace('\\', "\\\\")
        .replace('%', "\\%")
        .replace('_', "\\_");
    store::ERASE_OUTBOX
        .bind(escaped)
        .bind(HANDLER.kind)
        .run(&mut *tx)
        .await?;
    let encoded: String = url::form_urlencoded::byte_serialize(email.as_bytes()).collect();
    for form in [encoded.as_str(), email] {
        store::BLOT_SEARCHES
            .bind(form)
            .bind("nobody%40example.invalid")
            .run(&mut *tx)
            .await?;
    }
    Ok(())
}

fn run(app: &App, job: Job) -> BoxFuture<'_, Result<Value, JobError>> {
    Box::pin(async move {
        let texts = |name: &str| -> Vec<String> {
            let list = job.payload[name].as_array().cloned().unwrap_or_default();
            list.iter()
                .filter_map(|v| v.as_str().map(str::to_owned))
                .collect()
        };
        let leaver = Leaver {
            identifiers: texts("identifiers"),
            traces: texts("traces"),
            pseudonym: job.payload["pseudonym"]
                .as_str()
                .unwrap_or_default()
                .to_owned(),
        };
        for _ in 0..ROUNDS {
            let more = lrs::erase::rewrite_some(app, &leaver)
                .await
                .map_err(|refusal| JobError::Later(refusal.code.to_owned()))?;
            if !more {
                // What was under way when the account went may have written something since.
                let now: Timestamp = app.clock.now();
                app.db
                    .write(
                        (leaver.clone(), now, app.config.public_url.clone()),
                        |tx, (leaver, now, home)| {
                            Box::pin(
                                async move { lrs::erase::forget(tx, leaver, home, *now).await },
                            )
                        },
                    )
                    .await?;
                // The traces themselves go with the row.
                return Ok(jobs::spent());
            }
        }
        Err(JobError::Later(
            "more statements are to be rewritten".to_owned(),
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn short_traces_are_replaced_as_whole_values_only() {
        let all = plain(&["a@b.tn", "Amel \"A\" Ali", "Ali", "u7"].map(str::to_owned));
        assert_eq!(
            all,
            [
                "a@b.tn",
                "amel \"a\" ali",
                "Amel \\\"A\\\" Ali",
                "Amel \"A\" Ali",
                "\"Ali\"",
                "\"u7\""
            ]
        );
    }
}

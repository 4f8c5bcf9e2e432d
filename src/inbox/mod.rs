//! Mail that comes in: an answer to a letter becomes a reply in its discussion, mail that comes
//! back stops letters to that address.
//!
//! A letter about a discussion carries an address of its own for answers ([`address_for`]). What
//! comes there is posted under the name of whom the letter was for, if it is from their address, by
//! the rules of the page ([`spaces::answer`]). What cannot be posted is told to the person's own
//! address, once a day for each reason; strangers and machines are told nothing.

mod parse;
mod poll;
mod quoted;
mod store;

use serde_json::{Map, json};
use uuid::Uuid;

use crate::App;
use crate::accounts::{self, Audit, Person};
use crate::db::{DbError, Tx};
use crate::ids::{ReplyId, TopicId, hash_secret};
use crate::outbound::bounces;
use crate::outbound::inbox::{self, Use};
use crate::outbound::mail::{self, Mail};
use crate::spaces;
use crate::web::{Lang, Refusal};

use parse::{Failure, Incoming, Kind};

pub use parse::LONGEST;
pub use poll::look;
pub(crate) use poll::{test, work};
pub(crate) use store::QUERIES;

/// An address in a letter holds so long, in days.
const DAYS: i64 = 30;
/// A message that was heard is remembered so long, in days.
const HEARD_DAYS: i64 = 60;
/// The same is told to somebody once in so many seconds.
const TOLD_SECONDS: i64 = 24 * 3600;

/// What became of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Taken {
    /// It is a reply now.
    Posted(ReplyId),
    /// So many addresses are written to no more.
    Bounced(usize),
    /// It was from its person, and could not be posted: why.
    Refused(&'static str),
    /// Nothing came of it: why.
    Ignored(&'static str),
}

/// The address for answers that a letter to somebody about a topic carries; none where there is no
/// mailbox.
pub(crate) async fn address_for(
    app: &App,
    letter: Uuid,
    person: crate::ids::PersonId,
    topic: TopicId,
) -> Result<Option<String>, DbError> {
    let Some((address, secret)) = inbox::reply_address(app, &format!("{letter} {topic}")) else {
        return Ok(None);
    };
    let row = (hash_secret(&secret), person, topic, app.clock.now());
    app.db
        .write(row, |tx, (hash, person, topic, now)| {
            Box::pin(async move {
                store::ADD_ADDRESS
                    .bind(hash)
                    .bind(*person)
                    .bind(*topic)
                    .bind(*now)
                    .bind(now.plus_days(DAYS))
                    .run(tx)
                    .await
                    .map(drop)
            })
        })
        .await?;
    Ok(Some(address))
}

/// Takes a message in. `to` is whom the mail server says it was for, where it says so.
pub async fn receive(app: &App, raw: &[u8], to: Option<&str>) -> Result<Taken, DbError> {
    let Some(inbox) = &app.config.inbox else {
        return Ok(Taken::Ignored("no-inbox"));
    };
    let Some(incoming) = parse::read(inbox, raw, to) else {
        return Ok(Taken::Ignored("unreadable"));
    };
    let taken = match &incoming.kind {
        Kind::Report(failures) => bounced(app, &incoming, failures).await?,
        Kind::Automatic(sign) => Taken::Ignored(sign),
        Kind::Written { text, files } => {
            let too_large = raw.len() > LONGEST;
            let key = heard(&incoming, raw);
            written(app, &incoming, (text, *files, too_large), key).await?
        }
    };
    tracing::info!(?taken, "mail came in");
    Ok(taken)
}

/// What a message is known by: a digest of its id, its sender and where it went; of the whole of it
/// where it has no id.
fn heard(incoming: &Incoming, raw: &[u8]) -> String {
    let from = incoming.from.as_deref().unwrap_or_default();
    let to: Vec<&str> = incoming.secrets.iter().map(|(_, s)| s.as_str()).collect();
    match &incoming.id {
        Some(id) => hash_secret(&format!("{id}\n{from}\n{}", to.join(" "))),
        None => {
            crate::ids::hex(aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, raw).as_ref())
        }
    }
}

/// A report counts where it came to the address that only a letter to that recipient bore.
async fn bounced(app: &App, incoming: &Incoming, failures: &[Failure]) -> Result<Taken, DbError> {
    let secrets: Vec<&str> = incoming
        .secrets
        .iter()
        .filter(|(of, _)| *of == Use::Bounce)
        .map(|(_, secret)| secret.as_str())
        .collect();
    let mut stopped = 0;
    let mut proved = false;
    for failure in failures {
        let address = failure.addresses.iter().find(|address| {
            secrets
                .iter()
                .any(|secret| inbox::is_bounce_of(app, secret, address))
        });
        let Some(address) = address else {
            continue;
        };
        proved = true;
        let reason = &failure.reason;
        let stops = if failure.hard {
            bounces::mark(app, address, reason).await?;
            true
        } else {
            bounces::soft(app, address, reason).await?
        };
        if stops {
            stopped += 1;
            let object = format!("address:{}", hash_secret(address));
            let audit = Audit::new(app, None, "mail-stopped", object)
                .detail(json!({ "hard": failure.hard }));
            app.db
                .write(audit, |tx, audit| Box::pin(audit.write(tx)))
                .await?;
        }
    }
    Ok(match (stopped, proved) {
        (0, false) => Taken::Ignored("report-unproved"),
        (0, true) => Taken::Ignored("report-counted"),
        (stopped, _) => Taken::Bounced(stopped),
    })
}

async fn written(
    app: &App,
    incoming: &Incoming,
    (text, files, too_large): (&str, bool, bool),
    key: String,
) -> Result<Taken, DbError> {
    let mut found = None;
    for (of, secret) in &incoming.secrets {
        if *of == Use::Reply && found.is_none() {
            found = store::ADDRESS
                .bind(hash_secret(secret))
                .optional::<store::AddressRow>(&app.db)
                .await?;
        }
    }
    let Some(address) = found else {
        return Ok(Taken::Ignored("no-address"));
    };
    let Some(person) = accounts::by_id(app, address.person).await? else {
        return Ok(Taken::Ignored("nobody"));
    };
    let code = if incoming.from.as_deref() != Some(person.email.as_str()) {
        Some("sender")
    } else if address.expires_at <= app.clock.now() {
        Some("expired")
    } else if too_large || (files && text.is_empty()) {
        Some("files")
    } else if text.is_empty() {
        Some("empty")
    } else {
        None
    };
    if let Some(code) = code {
        return refuse(app, person, address.topic, key, (code, None)).await;
    }
    let language = Lang::from_code(&person.language).unwrap_or_default();
    let prepared = spaces::answer(app, &person, address.topic, text, language).await;
    let answer = match prepared {
        Ok(answer) => answer,
        Err(refusal) if refusal.status.code >= 500 => {
            return Err(DbError::Other(refusal.code.to_owned()));
        }
        Err(refusal) => {
            let topic = address.topic;
            return refuse(app, person, topic, key, ("rules", Some(refusal))).await;
        }
    };
    let reply = answer.id();
    let audit = Audit::new(
        app,
        Some(person.id),
        "mail-posted",
        format!("reply:{reply}"),
    );
    let told = (files, letter(&person, "without-files", ""));
    let row = (answer, key, audit, told, app.ids.uuid(), person.id);
    let posted = app
        .db
        .write(
            row,
            |tx, (answer, key, audit, (files, letter), id, person)| {
                Box::pin(async move {
                    if store::HEAR.bind(key).bind(audit.at).run(&mut *tx).await? == 0 {
                        return Ok(false);
                    }
                    answer.give(tx).await?;
                    audit.write(&mut *tx).await?;
                    if *files {
                        tell(tx, (*person, "without-files"), letter, *id, audit).await?;
                    }
                    Ok::<_, DbError>(true)
                })
            },
        )
        .await;
    match posted {
        Ok(true) => Ok(Taken::Posted(reply)),
        Ok(false) => Ok(Taken::Ignored("again")),
        // Closed, hidden or merged while it was looked at.
        Err(DbError::NotFound) => Ok(Taken::Ignored("gone")),
        Err(error) => Err(error),
    }
}

/// Says to the person, at their own address, why their answer is not there.
async fn refuse(
    app: &App,
    person: Person,
    topic: TopicId,
    key: String,
    (code, refusal): (&'static str, Option<Refusal>),
) -> Result<Taken, DbError> {
    let lang = Lang::from_code(&person.language).unwrap_or_default();
    let why = refusal.as_ref().map(|refusal| {
        let locales = &app.pages.locales;
        let form = format!("form-{}", refusal.code);
        locales.find(lang, &form, &refusal.args).unwrap_or_else(|| {
            let key = format!("error-{}-body", refusal.code);
            locales.text(lang, &key, &refusal.args)
        })
    });
    let what = refusal.as_ref().map_or(code, |refusal| refusal.code);
    let letter = letter(&person, code, &why.unwrap_or_default());
    let audit = Audit::new(
        app,
        Some(person.id),
        "mail-refused",
        format!("topic:{topic}"),
    )
    .detail(json!({ "why": what }));
    let row = (letter, key, audit, app.ids.uuid(), (person.id, what));
    let first = app
        .db
        .write(row, |tx, (letter, key, audit, id, (person, what))| {
            Box::pin(async move {
                if store::HEAR.bind(key).bind(audit.at).run(&mut *tx).await? == 0 {
                    return Ok(false);
                }
                audit.write(&mut *tx).await?;
                tell(tx, (*person, what), letter, *id, audit).await?;
                Ok::<_, DbError>(true)
            })
        })
        .await?;
    Ok(match first {
        true => Taken::Refused(what),
        false => Taken::Ignored("again"),
    })
}

fn letter(person: &Person, code: &str, why: &str) -> Mail {
    let lang = Lang::from_code(&person.language).unwrap_or_default();
    Mail {
        to: person.email.clone(),
        name: person.name.clone(),
        lang,
        message: format!("inbox-mail-{code}"),
        args: Map::from_iter([("why".to_owned(), json!(why))]),
        link: Some(format!("/{}/me/notifications", lang.code())),
    }
}

/// One letter for a reason and a day.
async fn tell(
    tx: &mut Tx,
    (person, what): (crate::ids::PersonId, &str),
    letter: &Mail,
    id: Uuid,
    audit: &Audit,
) -> Result<(), DbError> {
    let told = store::TELL
        .bind(hash_secret(&format!("{person} {what}")))
        .bind(audit.at)
        .bind(audit.at.plus_seconds(-TOLD_SECONDS))
        .run(&mut *tx)
        .await?;
    if told == 1 {
        mail::enqueue(tx, id, letter, audit.at).await?;
    }
    Ok(())
}

/// Removes what has run out.
pub(crate) async fn sweep(app: &App) -> Result<(), DbError> {
    app.db
        .write(app.clock.now(), |tx, now| {
            Box::pin(async move {
                // Who answers an old letter is told that it is too old, for a while.
                store::SWEEP_ADDRESSES
                    .bind(now.plus_days(-HEARD_DAYS))
                    .run(&mut *tx)
                    .await?;
                store::SWEEP_HEARD
                    .bind(now.plus_days(-HEARD_DAYS))
                    .run(&mut *tx)
                    .await?;
                store::SWEEP_TOLD
                    .bind(now.plus_days(-2))
                    .run(tx)
                    .await
                    .map(drop)
            })
        })
        .await
}

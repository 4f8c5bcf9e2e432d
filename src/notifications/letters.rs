//! Mails of notifications: one at once, or a digest of a day or a week.
//!
//! What a mail holds is read when it leaves: what was read in the page meanwhile, hidden, or put
//! behind a door that is closed to this person, is not in it; a mail with nothing in it is not sent.

use futures::future::BoxFuture;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Line, lines, store, unsubscribe};
use crate::App;
use crate::clock::Timestamp;
use crate::db::DbError;
use crate::following::Cadence;
use crate::ids::PersonId;
use crate::inbox;
use crate::jobs::{self, Handler, Job, JobError};
use crate::outbound::bounces;
use crate::outbound::mail::{Envelope, Letter};
use crate::web::Lang;
use crate::web::i18n::without_isolates;

/// The kind of the outbox's rows.
pub const KIND: &str = "letter";

/// Sends what is due.
pub const HANDLER: Handler = Handler {
    kind: KIND,
    ready: |app| app.mailer.is_configured(),
    run: deliver,
};

/// Lines of one mail at most; the rest is on the page.
const LINES_MAX: usize = 100;

/// The mail of one notification.
pub(super) fn letter_id(notification: Uuid) -> Uuid {
    Uuid::new_v5(&notification, b"letter")
}

/// The digest of a person that goes out at a moment.
pub(super) fn digest_id(person: PersonId, cadence: Option<Cadence>, due: Timestamp) -> Uuid {
    let code = cadence.map_or("none", Cadence::code);
    Uuid::new_v5(&person.0, format!("{code} {}", due.micros()).as_bytes())
}

/// A mail ready to go.
pub struct Written {
    /// What stands around it.
    pub envelope: Envelope,
    /// What it says.
    pub letter: Letter,
}

/// The mail of a row of the outbox, as it would go now; none when there is nothing in it (any
/// more), or nobody to send it to.
pub async fn write(app: &App, id: Uuid, payload: &Value) -> Result<Option<Written>, DbError> {
    written(app, id, payload, |_| true).await
}

/// The same for the eyes of who looks after the outbox: what is said in coalitions' rooms, of which
/// nobody else knows, is left out.
pub async fn shown(app: &App, id: Uuid, payload: &Value) -> Result<Option<Written>, DbError> {
    let in_room = |row: &store::ToldRow| matches!(row.visibility.as_str(), "room" | "asked");
    written(app, id, payload, |row| !in_room(row)).await
}

async fn written(
    app: &App,
    id: Uuid,
    payload: &Value,
    holds: impl Fn(&store::ToldRow) -> bool + Send,
) -> Result<Option<Written>, DbError> {
    let Ok(person) = serde_json::from_value::<PersonId>(payload["person"].clone()) else {
        return Ok(None);
    };
    let cadence = payload["cadence"]
        .as_str()
        .and_then(Cadence::from_code)
        .unwrap_or(Cadence::Instant);
    let to: Option<store::ToRow> = store::TO.bind(person).optional(&app.db).await?;
    let Some(to) = to else {
        return Ok(None);
    };
    let mut rows: Vec<store::ToldRow> = store::LETTER
        .bind(person)
        .bind(app.clock.now())
        .bind(id)
        .all(&app.db)
        .await?;
    rows.retain(holds);
    let lang = Lang::from_code(&to.language).unwrap_or_default();
    let mut all = lines(app, lang, person, rows).await?;
    if all.is_empty() {
        return Ok(None);
    }
    let more = all.len() > LINES_MAX;
    all.truncate(LINES_MAX);
    let scope = match (cadence, all.first()) {
        (Cadence::Instant, Some(line)) => match &line.subject {
            Some(subject) => unsubscribe::Scope::Follow(subject.clone()),
            None => unsubscribe::Scope::Direct,
        },
        _ => unsubscribe::Scope::Digest(cadence),
    };
    let stop = unsubscribe::address(app, lang, person, &scope);
    let reply_to = match (cadence, all.as_slice()) {
        (Cadence::Instant, [line]) => match line.topic {
            Some(topic) => inbox::address_for(app, id, person, topic).await?,
            None => None,
        },
        _ => None,
    };
    let about = About {
        cadence,
        more,
        answers: reply_to.is_some(),
    };
    let letter = compose(app, lang, &to.name, &about, &all, &stop);
    let letter = letter.map_err(DbError::Other)?;
    let host = url::Url::parse(&app.config.public_url)
        .ok()
        .and_then(|url| url.host_str().map(str::to_owned))
        .unwrap_or_else(|| "localhost".to_owned());
    Ok(Some(Written {
        letter,
        envelope: Envelope {
            id,
            to: to.email,
            name: to.name,
            headers: vec![
                ("List-Id", format!("Halqa <notifications.{host}>")),
                ("List-Unsubscribe", format!("<{stop}>")),
                // RFC 8058: the mail program may do it with one POST.
                (
                    "List-Unsubscribe-Post",
                    "List-Unsubscribe=One-Click".to_owned(),
                ),
                ("Precedence", "bulk".to_owned()),
            ],
            reply_to,
        },
    }))
}

/// What kind of letter it is.
struct About {
    cadence: Cadence,
    /// There is more on the page.
    more: bool,
    /// An answer to it is posted.
    answers: bool,
}

fn compose(
    app: &App,
    lang: Lang,
    name: &str,
    about: &About,
    all: &[Line],
    stop: &str,
) -> Result<Letter, String> {
    let (cadence, more) = (about.cadence, about.more);
    let locales = &app.pages.locales;
    let base = &app.config.public_url;
    let prefix = format!("{base}/{}", lang.code());
    let one_line = |text: String| -> String {
        without_isolates(&text)
            .chars()
            .map(|c| if c.is_control() { ' ' } else { c })
            .collect()
    };
    let subject = match (cadence, all) {
        (Cadence::Instant, [line]) => {
            let args = [("what", json!(line.what)), ("heading", json!(line.heading))];
            locales.text(lang, "notifications-mail-subject", &args)
        }
        _ => {
            let key = format!("notifications-mail-{}", cadence.code());
            locales.text(lang, &key, &[("count", json!(all.len()))])
        }
    };
    let hello = locales.text(lang, "notifications-mail-hello", &[("name", json!(name))]);
    let settings = format!("{prefix}/me/notifications/settings");
    let page = format!("{prefix}/me/notifications");
    let word = |key: &str| locales.text(lang, key, &[]);
    let (open, rest, stop_text, choose) = (
        word("notifications-mail-open"),
        word("notifications-mail-more"),
        match cadence {
            Cadence::Instant => word("notifications-mail-stop-one"),
            _ => word("notifications-mail-stop"),
        },
        word("notifications-mail-settings"),
    );
    let mut text = format!("{}\n", without_isolates(&hello));
    for line in all {
        let link = format!("{prefix}{}", line.path);
        let actor = line
            .actor
            .as_ref()
            .map(|(name, _)| format!(" · {name}"))
            .unwrap_or_default();
        text.push_str(&without_isolates(&format!(
            "\n{}{actor}\n{}\n{link}\n{}\n",
            line.what, line.heading, line.why
        )));
    }
    let answer = about.answers.then(|| word("inbox-answer"));
    if let Some(answer) = &answer {
        text.push_str(&format!("\n{}\n", without_isolates(answer)));
    }
    if more {
        text.push_str(&format!("\n{}\n{page}\n", without_isolates(&rest)));
    }
    text.push_str(&format!(
        "\n-- \n{}\n{stop}\n{}\n{settings}\n",
        without_isolates(&stop_text),
        without_isolates(&choose)
    ));
    let html = app
        .pages
        .fragment(
            "notifications/letter",
            lang,
            &json!({
                "subject": one_line(subject.clone()),
                "home": prefix,
                "hello": hello,
                "lines": all.iter().map(|line| json!({
                    "what": line.what,
                    "heading": line.heading,
                    "language": line.language,
                    "actor": line.actor.as_ref().map(|(name, _)| name),
                    "why": line.why,
                    "link": format!("{prefix}{}", line.path),
                })).collect::<Vec<_>>(),
                "answer": answer,
                "open": open,
                "more": more.then_some(rest),
                "page": page,
                "stop": stop,
                "stop_text": stop_text,
                "settings": settings,
                "choose": choose,
            }),
        )
        .map_err(|error| error.to_string())?;
    Ok(Letter {
        subject: one_line(subject),
        text,
        html,
        link: Some(page),
    })
}

fn deliver(app: &App, job: Job) -> BoxFuture<'_, Result<Value, JobError>> {
    Box::pin(async move {
        if let Some(written) = write(app, job.id, &job.payload).await?
            && bounces::reason(app, &written.envelope.to).await?.is_none()
        {
            app.mailer
                .send(app, written.envelope, written.letter)
                .await?;
        }
        Ok(jobs::spent())
    })
}

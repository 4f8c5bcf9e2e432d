//! A thin package asks: who it is is proved by its key, the learner is whom that LMS names.

use domain::outcome::State;
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::registry::{self, Dispatch};
use super::store;
use crate::App;
use crate::accounts;
use crate::catalogue;
use crate::clock::Timestamp;
use crate::db::Tx;
use crate::ids::{PersonId, Secret, SessionId, hash_secret};
use crate::player::{self, Learner, Start};
use crate::progress;
use crate::web::{Lang, Refusal};

/// A token is good for so long, in seconds: the longest sitting.
const SECONDS: i64 = 12 * 3600;
/// Characters of a learner's id at most.
const LEARNER_MAX: usize = 512;
/// Origins around a frame at most.
const FRAMES: usize = 6;

/// What the package sends.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Ask {
    pub dispatch: Uuid,
    pub key: String,
    pub learner: String,
    #[serde(default)]
    pub name: String,
    #[serde(default)]
    pub language: String,
    /// The origins of the pages around the package's own.
    #[serde(default)]
    pub ancestors: Vec<String>,
}

/// A browser may play.
pub(super) struct Opened {
    pub token: Secret,
    pub state: Value,
}

struct Input {
    ask: Ask,
    origin: String,
    frames: Vec<String>,
    name: String,
    lang: Lang,
    person: PersonId,
    membership: Uuid,
    now: Timestamp,
}

fn refused(code: &'static str) -> Refusal {
    Refusal::new(rocket::http::Status::Forbidden, code)
}

/// Opens the module for a learner of an LMS. Errors, each with its words: 404 for a wrong key; 403
/// `dispatch-revoked`, `dispatch-expired`, `dispatch-full`, `dispatch-origin`.
pub(super) async fn open(app: &App, ask: Ask, origin: &str) -> Result<Opened, Refusal> {
    if !app.is_signed("dispatch", &ask.dispatch.to_string(), &ask.key) {
        return Err(Refusal::not_found());
    }
    let learner = ask.learner.trim();
    let good = !learner.is_empty()
        && learner.chars().count() <= LEARNER_MAX
        && !learner.chars().any(char::is_control);
    if !good {
        return Err(Refusal::unprocessable("dispatch-learner"));
    }
    let origin = lti::post_message::origin(origin).ok_or_else(|| refused("dispatch-origin"))?;
    let mut frames = vec![origin.clone()];
    let around = ask.ancestors.iter().take(FRAMES).map(String::as_str);
    for address in lti::post_message::origins(around) {
        if !frames.contains(&address) {
            frames.push(address);
        }
    }
    let lang = Lang::from_code(&ask.language).unwrap_or_default();
    let told: String = ask.name.chars().take(accounts::NAME_MAX).collect();
    let name = accounts::name(&told)
        .unwrap_or_else(|| app.pages.locales.plain(lang, "lti-learner-unnamed", &[]));
    let dispatch = registry::get(app, ask.dispatch).await?;
    let module = catalogue::module(app, dispatch.module).await?;
    let course = catalogue::course(app, module.version).await?;
    if course.tool().is_some() {
        return Err(Refusal::conflict("dispatch-format"));
    }
    let input = Input {
        ask: Ask {
            learner: learner.to_owned(),
            ..ask
        },
        origin,
        frames: frames.clone(),
        name,
        lang,
        person: app.ids.id(),
        membership: app.ids.uuid(),
        now: app.clock.now(),
    };
    let person: store::PersonRow = app
        .db
        .write(input, |tx, input| Box::pin(enter(tx, input)))
        .await?;
    let learner = Learner {
        id: person.id,
        name: person.name,
        language: person.language,
    };
    let session = player::start(app, &learner, &module, Start::Resume).await?;
    let token = app.ids.secret();
    let now = app.clock.now();
    let row = (
        token.hash(),
        (dispatch.id, learner.id, session),
        json!(frames),
        lang.code(),
        now,
    );
    app.db
        .write(
            row,
            |tx, (hash, (dispatch, person, session), frames, lang, now)| {
                Box::pin(async move {
                    store::ADD_SESSION
                        .bind(hash)
                        .bind(*dispatch)
                        .bind(*person)
                        .bind(*session)
                        .bind(frames.clone())
                        .bind(*lang)
                        .bind(*now)
                        .bind(now.plus_seconds(SECONDS))
                        .run(tx)
                        .await
                        .map(drop)
                        .map_err(Refusal::from)
                })
            },
        )
        .await?;
    let state = standing(app, learner.id, dispatch.module).await?;
    Ok(Opened { token, state })
}

async fn enter(tx: &mut Tx, input: &Input) -> Result<store::PersonRow, Refusal> {
    let (ask, now) = (&input.ask, input.now);
    let dispatch: Dispatch = store::HOLD_DISPATCH
        .bind(ask.dispatch)
        .one(&mut *tx)
        .await?;
    if dispatch.state != "active" {
        return Err(refused("dispatch-revoked"));
    }
    if dispatch.expires_at.is_some_and(|until| until <= now) {
        return Err(refused("dispatch-expired"));
    }
    let known = dispatch.origins();
    if known.is_empty() {
        store::LEARN_ORIGIN
            .bind(dispatch.id)
            .bind(json!([input.origin]))
            .run(&mut *tx)
            .await?;
    } else if !known.iter().any(|origin| input.frames.contains(origin)) {
        return Err(refused("dispatch-origin"));
    }
    let found: Option<store::LearnerRow> = store::LEARNER
        .bind(dispatch.id)
        .bind(&ask.learner)
        .optional(&mut *tx)
        .await?;
    let person = match found {
        Some(row) if row.state == "active" => {
            store::SEE_LEARNER
                .bind(dispatch.id)
                .bind(&ask.learner)
                .bind(now)
                .run(&mut *tx)
                .await?;
            row.person
        }
        Some(_) => return Err(refused("person-suspended")),
        None => {
            let (count,): (i64,) = store::LEARNERS.bind(dispatch.id).one(&mut *tx).await?;
            if dispatch.cap.is_some_and(|cap| count >= cap) {
                return Err(refused("dispatch-full"));
            }
            store::ADD_PERSON
                .bind(input.person)
                .bind(&input.name)
                .bind(crate::folding::folded(&input.name))
                .bind(input.lang.code())
                .bind(now)
                .run(&mut *tx)
                .await?;
            store::ADD_LEARNER
                .bind(dispatch.id)
                .bind(&ask.learner)
                .bind(input.person)
                .bind(now)
                .run(&mut *tx)
                .await?;
            input.person
        }
    };
    if let Some(organisation) = dispatch.organisation {
        store::JOIN
            .bind(input.membership)
            .bind(person)
            .bind(organisation)
            .bind(now)
            .run(&mut *tx)
            .await?;
    }
    Ok(store::PERSON.bind(person).one(tx).await?)
}

/// A browser that plays.
pub(super) struct Playing {
    pub session: SessionId,
    pub person: PersonId,
    pub module: crate::ids::ModuleId,
    pub frames: Vec<String>,
    pub lang: Lang,
}

/// The browser of a token; 404 when it has run out, or its dispatch was revoked.
pub(super) async fn of_token(app: &App, token: &str) -> Result<Playing, Refusal> {
    if token.is_empty() || token.len() > 64 {
        return Err(Refusal::not_found());
    }
    let row: store::SessionRow = store::SESSION
        .bind(hash_secret(token))
        .bind(app.clock.now())
        .one(&app.db)
        .await?;
    Ok(Playing {
        session: row.session,
        person: row.person,
        module: row.module,
        frames: serde_json::from_value(row.frames).unwrap_or_default(),
        lang: Lang::from_code(&row.lang).unwrap_or_default(),
    })
}

/// How far a learner is, as the package tells its LMS.
pub(super) async fn standing(
    app: &App,
    person: PersonId,
    module: crate::ids::ModuleId,
) -> Result<Value, Refusal> {
    let rows = progress::of_person(app, person).await?;
    let row = rows.iter().find(|row| row.module == module);
    Ok(match row {
        Some(row) => json!({
            "completed": row.state == State::Completed.code(), "success": row.success,
            "score": row.score, "progress": row.progress,
        }),
        None => json!({ "completed": false, "success": "unknown", "score": null, "progress": 0.0 }),
    })
}

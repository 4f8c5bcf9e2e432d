//! A new topic.

use domain::community::Visibility;
use rocket::http::Status;
use rocket::response::Redirect;
use rocket::{get, post};
use serde::Serialize;
use serde_json::{Value, json};

use super::access::{body_of, open_space_of};
use super::crumbs_of;
use crate::spaces::answering::not_too_fast;
use crate::spaces::{NewTopic, SpaceRow, TITLE_MAX, start_tagged, store, tags, writing};
use crate::web::i18n::{Lang, Locales};
use crate::web::{Fields, Html, Page, Refusal, Visitor, markdown};

#[derive(Serialize)]
struct NewPage {
    crumbs: Vec<Value>,
    form: Value,
    kinds: Vec<Value>,
    languages: Vec<Value>,
    /// The text as it will be read; null until it is asked for.
    preview: Option<String>,
    /// The form holds what was kept.
    from_draft: bool,
    /// What it is about: `{kind, slug, heading}`.
    about: Vec<Value>,
    /// It is written into a coalition's room.
    room: bool,
}

impl Page for NewPage {
    const TEMPLATE: &'static str = "spaces/new";
    const NAV: &'static str = "spaces";
    fn title(&self, locales: &Locales, lang: Lang) -> String {
        locales.text(lang, "spaces-new", &[])
    }
}

fn page(
    visitor: &Visitor<'_>,
    space: &SpaceRow,
    fields: &Fields,
    about: &About,
    (preview, from_draft): (Option<String>, bool),
) -> Html {
    let lang = visitor.lang();
    let text = |key: &str| visitor.app.pages.locales.text(lang, key, &[]);
    let in_room = space.visibility() == Visibility::Room;
    let kind = match (fields.raw("kind"), in_room) {
        ("", true) => "discussion",
        ("", false) => "question",
        (typed, _) => typed,
    };
    let language = match fields.raw("language") {
        "" => lang.code(),
        typed => typed,
    };
    visitor.page(&NewPage {
        crumbs: crumbs_of(visitor, space),
        room: in_room,
        form: fields.shown(&["title", "body", "tags"], &visitor.app.pages.locales, lang),
        kinds: ["question", "discussion"]
            .map(|value| {
                json!({
                    "value": value,
                    "label": text(&format!("spaces-kind-{value}")),
                    "selected": value == kind,
                })
            })
            .into(),
        languages: Lang::ALL
            .map(|l| json!({ "value": l.code(), "label": l.own_name(), "selected": l.code() == language }))
            .into(),
        about: about.shown(),
        preview,
        from_draft,
    })
}

/// What a topic is about, besides its space.
#[derive(Default)]
struct About {
    module: Option<store::ModuleRow>,
    seminar: Option<store::SeminarRow>,
}

impl About {
    /// By addresses; one that leads nowhere is none.
    async fn of(visitor: &Visitor<'_>, module: &str, seminar: &str) -> Result<About, Refusal> {
        let db = &visitor.app.db;
        let mut about = About::default();
        if !module.is_empty() {
            about.module = store::MODULE_BY_SLUG.bind(module).optional(db).await?;
        }
        if !seminar.is_empty() {
            about.seminar = store::SEMINAR_BY_SLUG.bind(seminar).optional(db).await?;
        }
        Ok(about)
    }

    fn shown(&self) -> Vec<Value> {
        let module = self.module.as_ref();
        let seminar = self.seminar.as_ref();
        module
            .map(|m| json!({ "kind": "module", "slug": m.slug, "heading": m.title }))
            .into_iter()
            .chain(
                seminar.map(|s| json!({ "kind": "seminar", "slug": s.slug, "heading": s.title })),
            )
            .collect()
    }
}

/// The empty form; `?module=` and `?seminar=` name what it is about.
#[get("/spaces/<slug>/new?<module>&<seminar>", rank = 1)]
pub(super) async fn form(
    visitor: Visitor<'_>,
    slug: &str,
    module: Option<&str>,
    seminar: Option<&str>,
) -> Result<Html, Refusal> {
    let person = visitor.signed_in()?;
    let space = open_space_of(&visitor, slug).await?;
    let draft = writing::draft(visitor.app, person.id, space.id.0).await?;
    let mut fields = Fields::default();
    let from_draft = draft.is_some();
    if let Some(draft) = draft {
        fields.fill("title", &draft.title);
        fields.fill("body", &draft.body);
    }
    let (module, seminar) = (module.unwrap_or_default(), seminar.unwrap_or_default());
    let about = About::of(&visitor, module, seminar).await?;
    Ok(page(&visitor, &space, &fields, &about, (None, from_draft)))
}

/// Starts the topic.
#[post("/spaces/<slug>/new", data = "<fields>", rank = 1)]
pub(super) async fn start(
    visitor: Visitor<'_>,
    slug: &str,
    mut fields: Fields,
) -> Result<Result<Redirect, Html>, Refusal> {
    let author = visitor.signed_in()?.id;
    let space = open_space_of(&visitor, slug).await?;
    if fields.ticked("draft") {
        let title = fields.optional_line("title", TITLE_MAX);
        let body = fields.prose("body", crate::spaces::BODY_MAX);
        if fields.is_valid() {
            writing::keep_draft(visitor.app, author, space.id.0, &title, &body).await?;
            let back = format!("/spaces/{}", space.slug);
            return Ok(Ok(visitor.redirect(&back, Some("draft"))));
        }
    }
    let trust = not_too_fast(visitor.app, author, visitor.now).await?;
    let title = fields.line("title", TITLE_MAX);
    let body = body_of(&mut fields, trust);
    let tags = tags(fields.raw("tags"));
    let about = About::of(&visitor, fields.raw("module"), fields.raw("seminar")).await?;
    if fields.ticked("preview") || !fields.is_valid() {
        let (status, preview) = match fields.is_valid() {
            true => {
                // What is looked at is not lost when the window closes.
                writing::keep_draft(visitor.app, author, space.id.0, &title, &body).await?;
                (Status::Ok, markdown::render(&body).ok())
            }
            false => (Status::UnprocessableEntity, None),
        };
        let html = page(&visitor, &space, &fields, &about, (preview, false));
        return Ok(Err(html.status(status)));
    }
    let topic = NewTopic {
        id: visitor.app.ids.id(),
        space: space.id,
        author,
        kind: match fields.raw("kind") {
            "discussion" => "discussion",
            _ => "question",
        },
        title,
        body,
        language: Lang::from_code(fields.raw("language"))
            .unwrap_or(visitor.lang())
            .code()
            .to_owned(),
        module: about.module.map(|m| m.id),
        seminar: about.seminar.map(|s| s.id),
        at: visitor.now,
    };
    let path = format!("/spaces/{}/{}", space.slug, topic.id);
    start_tagged(visitor.app, topic, &tags).await?;
    writing::keep_draft(visitor.app, author, space.id.0, "", "").await?;
    Ok(Ok(visitor.redirect(&path, Some("topic-started"))))
}

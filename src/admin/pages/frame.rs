//! Regions and axes: the list in its order, a new one, other names.

use rocket::http::Status;
use rocket::response::Redirect;
use rocket::{Route, get, post, routes};
use serde::Serialize;
use serde_json::{Value, json};

use crate::accounts::guards::Admin;
use crate::admin::{self, NewAxis};
use crate::organisations::{self, Frame, Named};
use crate::spaces;
use crate::web::i18n::{Lang, Locales};
use crate::web::{Fields, Html, Page, Refusal};

pub(super) fn routes() -> Vec<Route> {
    routes![
        regions,
        add_region,
        region,
        rename_region,
        move_region,
        axes,
        add_axis,
        axis,
        change_axis,
        move_axis,
    ]
}

/// Longest name, in characters.
const NAME_MAX: usize = 120;
/// Longest description of a space, in characters.
const ABOUT_MAX: usize = 1_000;
const NAMES: [&str; 3] = ["name_fr", "name_ar", "name_en"];
const ABOUTS: [&str; 3] = ["about_fr", "about_ar", "about_en"];

/// What one of the two lists is called in addresses and messages.
fn stem(frame: Frame) -> &'static str {
    match frame {
        Frame::Regions => "regions",
        Frame::Axes => "axes",
    }
}

#[derive(Serialize)]
struct ListPage {
    stem: &'static str,
    axes: bool,
    lines: Vec<Value>,
    form: Value,
}

impl Page for ListPage {
    const TEMPLATE: &'static str = "admin/frame";
    const NAV: &'static str = "admin";
    fn title(&self, locales: &Locales, lang: Lang) -> String {
        locales.text(lang, &format!("admin-frame-{}", self.stem), &[])
    }
}

#[derive(Serialize)]
struct OnePage {
    stem: &'static str,
    axes: bool,
    heading: String,
    list_href: String,
    form: Value,
}

impl Page for OnePage {
    const TEMPLATE: &'static str = "admin/frame-one";
    const NAV: &'static str = "admin";
    fn title(&self, _: &Locales, _: Lang) -> String {
        self.heading.clone()
    }
}

fn form(admin: &Admin<'_>, fields: &Fields) -> Value {
    let names: Vec<&str> = NAMES.into_iter().chain(ABOUTS).collect();
    admin.form(fields, &names)
}

async fn all(admin: &Admin<'_>, frame: Frame) -> Result<Vec<Named>, Refusal> {
    Ok(match frame {
        Frame::Regions => organisations::regions(admin.app).await?,
        Frame::Axes => organisations::axes(admin.app).await?,
    })
}

async fn list(admin: &Admin<'_>, frame: Frame, fields: &Fields) -> Result<Html, Refusal> {
    let named = all(admin, frame).await?;
    let lang = admin.lang();
    let spaces = match frame {
        Frame::Regions => Vec::new(),
        Frame::Axes => spaces::all(admin.app).await?,
    };
    let last = named.len().saturating_sub(1);
    let lines = named.iter().enumerate().map(|(at, one)| {
        let others: Vec<Value> = Lang::ALL
            .into_iter()
            .filter(|other| *other != lang)
            .map(|other| json!({ "lang": other.code(), "dir": other.dir(), "text": one.name(other) }))
            .collect();
        let space = spaces.iter().find(|s| s.axis.as_ref() == Some(&one.slug));
        json!({
            "slug": one.slug,
            "n": at + 1,
            "heading": one.name(lang),
            "others": others,
            "first": at == 0,
            "last": at == last,
            "space_href": space.map(|s| admin.href(&format!("/spaces/{}", s.slug))),
        })
    });
    Ok(admin.page(&ListPage {
        stem: stem(frame),
        axes: frame == Frame::Axes,
        lines: lines.collect(),
        form: form(admin, fields),
    }))
}

async fn one(
    admin: &Admin<'_>,
    frame: Frame,
    slug: &str,
    typed: Option<&Fields>,
) -> Result<Html, Refusal> {
    let named = all(admin, frame).await?;
    let named = named
        .into_iter()
        .find(|one| one.slug == slug)
        .ok_or_else(Refusal::not_found)?;
    let mut stored = Fields::default();
    for (field, name) in NAMES.into_iter().zip(&named.names) {
        stored.fill(field, name);
    }
    if frame == Frame::Axes {
        let spaces = spaces::all(admin.app).await?;
        if let Some(space) = spaces.iter().find(|s| s.axis.as_deref() == Some(slug)) {
            for (field, lang) in ABOUTS.into_iter().zip([Lang::Fr, Lang::Ar, Lang::En]) {
                stored.fill(field, space.about(lang));
            }
        }
    }
    let stem = stem(frame);
    Ok(admin.page(&OnePage {
        stem,
        axes: frame == Frame::Axes,
        heading: named.name(admin.lang()).to_owned(),
        list_href: admin.href(&format!("/admin/{stem}")),
        form: form(admin, typed.unwrap_or(&stored)),
    }))
}

/// The names of the form; the English one is the French one where none is given.
fn names(fields: &mut Fields) -> [String; 3] {
    let fr = fields.line("name_fr", NAME_MAX);
    let ar = fields.line("name_ar", NAME_MAX);
    let mut en = fields.optional_line("name_en", NAME_MAX);
    if en.is_empty() {
        en.clone_from(&fr);
    }
    [fr, ar, en]
}

fn axis_of(fields: &mut Fields) -> NewAxis {
    NewAxis {
        names: names(fields),
        abouts: ABOUTS.map(|name| fields.prose(name, ABOUT_MAX)),
    }
}

type Answer = Result<Result<Redirect, Html>, Refusal>;

/// The list again with what is wrong; a name that is taken is wrong in its field.
async fn added(
    admin: &Admin<'_>,
    frame: Frame,
    mut fields: Fields,
    made: Option<Result<String, Refusal>>,
) -> Answer {
    match made {
        Some(Ok(_)) => {
            let path = format!("/admin/{}", stem(frame));
            return Ok(Ok(admin.redirect(&path, Some("saved"))));
        }
        Some(Err(refusal)) if refusal.code == "name-taken" => {
            fields.error("name_fr", "name-taken");
        }
        Some(Err(refusal)) => return Err(refusal),
        None => {}
    }
    let page = list(admin, frame, &fields).await?;
    Ok(Err(page.status(Status::UnprocessableEntity)))
}

async fn changed(
    admin: &Admin<'_>,
    frame: Frame,
    slug: &str,
    fields: Fields,
    done: Option<Result<(), Refusal>>,
) -> Answer {
    match done {
        Some(Ok(())) => {
            let path = format!("/admin/{}", stem(frame));
            Ok(Ok(admin.redirect(&path, Some("saved"))))
        }
        Some(Err(refusal)) => Err(refusal),
        None => {
            let page = one(admin, frame, slug, Some(&fields)).await?;
            Ok(Err(page.status(Status::UnprocessableEntity)))
        }
    }
}

async fn moved(
    admin: &Admin<'_>,
    frame: Frame,
    slug: &str,
    fields: &Fields,
) -> Result<Redirect, Refusal> {
    let up = match fields.raw("to") {
        "up" => true,
        "down" => false,
        _ => return Err(Refusal::bad_request("bad-request")),
    };
    admin::reorder(admin.app, admin.person, frame, slug, up).await?;
    Ok(admin.redirect(&format!("/admin/{}", stem(frame)), Some("saved")))
}

#[get("/admin/regions")]
async fn regions(admin: Admin<'_>) -> Result<Html, Refusal> {
    list(&admin, Frame::Regions, &Fields::default()).await
}

#[post("/admin/regions", data = "<fields>")]
async fn add_region(admin: Admin<'_>, mut fields: Fields) -> Answer {
    let names = names(&mut fields);
    let made = match fields.is_valid() {
        true => Some(admin::add_region(admin.app, admin.person, names).await),
        false => None,
    };
    added(&admin, Frame::Regions, fields, made).await
}

#[get("/admin/regions/<slug>")]
async fn region(admin: Admin<'_>, slug: &str) -> Result<Html, Refusal> {
    one(&admin, Frame::Regions, slug, None).await
}

#[post("/admin/regions/<slug>", data = "<fields>")]
async fn rename_region(admin: Admin<'_>, slug: &str, mut fields: Fields) -> Answer {
    let named = Named {
        slug: slug.to_owned(),
        names: names(&mut fields),
    };
    let done = match fields.is_valid() {
        true => Some(admin::rename_region(admin.app, admin.person, named).await),
        false => None,
    };
    changed(&admin, Frame::Regions, slug, fields, done).await
}

#[post("/admin/regions/<slug>/move", data = "<fields>")]
async fn move_region(admin: Admin<'_>, slug: &str, fields: Fields) -> Result<Redirect, Refusal> {
    moved(&admin, Frame::Regions, slug, &fields).await
}

#[get("/admin/axes")]
async fn axes(admin: Admin<'_>) -> Result<Html, Refusal> {
    list(&admin, Frame::Axes, &Fields::default()).await
}

/// Its community space is made with it.
#[post("/admin/axes", data = "<fields>")]
async fn add_axis(admin: Admin<'_>, mut fields: Fields) -> Answer {
    let new = axis_of(&mut fields);
    let made = match fields.is_valid() {
        true => Some(admin::add_axis(admin.app, admin.person, new).await),
        false => None,
    };
    added(&admin, Frame::Axes, fields, made).await
}

#[get("/admin/axes/<slug>")]
async fn axis(admin: Admin<'_>, slug: &str) -> Result<Html, Refusal> {
    one(&admin, Frame::Axes, slug, None).await
}

#[post("/admin/axes/<slug>", data = "<fields>")]
async fn change_axis(admin: Admin<'_>, slug: &str, mut fields: Fields) -> Answer {
    let new = axis_of(&mut fields);
    let done = match fields.is_valid() {
        true => Some(admin::change_axis(admin.app, admin.person, slug, new).await),
        false => None,
    };
    changed(&admin, Frame::Axes, slug, fields, done).await
}

#[post("/admin/axes/<slug>/move", data = "<fields>")]
async fn move_axis(admin: Admin<'_>, slug: &str, fields: Fields) -> Result<Redirect, Refusal> {
    moved(&admin, Frame::Axes, slug, &fields).await
}

//! `/me/profile`: what I let others know about me, and whom.

use rocket::http::Status;
use rocket::response::Redirect;
use rocket::{get, post};
use serde::Serialize;
use serde_json::{Value, json};

use crate::accounts::guards::SignedIn;
use crate::directory::profile::{self, PROSE_MAX, Profile, SKILLS_MAX, Shown, Skill};
use crate::organisations;
use crate::web::i18n::{Lang, Locales};
use crate::web::{Fields, Html, Page, Refusal};

/// Skills that are offered to tick.
const OFFERED: i64 = 16;

#[derive(Serialize)]
struct ProfilePage {
    crumbs: Value,
    form: Value,
    shown: Vec<Value>,
    languages: Vec<Value>,
    regions: Vec<Value>,
    axes: Vec<Value>,
    /// What others named, to tick.
    offered: Vec<Value>,
    shows_modules: bool,
    shows_organisation: bool,
    /// Where others see it; none: nobody does.
    href_to: Option<String>,
}

impl Page for ProfilePage {
    const TEMPLATE: &'static str = "directory/profile";
    fn title(&self, locales: &Locales, lang: Lang) -> String {
        locales.text(lang, "directory-profile", &[])
    }
}

fn filled(profile: &Profile) -> Fields {
    let mut fields = Fields::default();
    fields.fill("shown", profile.shown.code());
    fields.fill("about", &profile.about);
    fields.fill("helps", &profile.helps);
    fields.fill("region", profile.region.as_deref().unwrap_or_default());
    let codes = profile.languages.iter().map(|l| l.code().to_owned());
    fields.fill_all("language", codes.collect());
    fields.fill_all("axis", profile.axes.clone());
    fields.fill_all(
        "skill",
        profile.skills.iter().map(|s| s.label.clone()).collect(),
    );
    if profile.shows_modules {
        fields.fill("shows_modules", "1");
    }
    if profile.shows_organisation {
        fields.fill("shows_organisation", "1");
    }
    fields
}

async fn show(me: &SignedIn<'_>, fields: &mut Fields, stored: Shown) -> Result<Html, Refusal> {
    let locales = &me.app.pages.locales;
    let regions = organisations::regions(me.app).await?;
    let axes = organisations::axes(me.app).await?;
    // Ticked where others named it too; the rest stands in the field.
    let mine = profile::skills(fields.all("skill").iter().map(String::as_str));
    let mut offered: Vec<Skill> = profile::skills_in_use(me.app, OFFERED).await?;
    let rest: Vec<String> = mine
        .iter()
        .filter(|skill| !offered.iter().any(|one| one.tag == skill.tag))
        .map(|skill| skill.label.clone())
        .collect();
    for one in &mut offered {
        if let Some(own) = mine.iter().find(|skill| skill.tag == one.tag) {
            one.label = own.label.clone();
        }
    }
    if fields.raw("skills").is_empty() {
        fields.fill("skills", &rest.join(", "));
    }
    let option = |value: &str, label: String, selected: bool| json!({ "value": value, "label": label, "selected": selected });
    let none = locales.plain(me.lang(), "directory-no-region", &[]);
    let region = fields.raw("region").to_owned();
    let shown = Shown::from_code(fields.raw("shown"));
    let label = locales.text(me.lang(), "web-account", &[]);
    Ok(me.page(&ProfilePage {
        crumbs: json!([{ "href": me.href("/me"), "label": label }]),
        form: me.form(fields, &["about", "helps", "region", "skills"]),
        shown: Shown::ALL
            .into_iter()
            .map(|one| {
                let key = format!("directory-shown-{}", one.code());
                option(one.code(), locales.text(me.lang(), &key, &[]), one == shown)
            })
            .collect(),
        languages: Lang::ALL
            .into_iter()
            .map(|lang| {
                let ticked = fields
                    .all("language")
                    .iter()
                    .any(|code| code == lang.code());
                option(lang.code(), lang.own_name().to_owned(), ticked)
            })
            .collect(),
        regions: std::iter::once(option("", none, region.is_empty()))
            .chain(regions.iter().map(|one| {
                let name = one.name(me.lang()).to_owned();
                option(&one.slug, name, one.slug == region)
            }))
            .collect(),
        axes: axes
            .iter()
            .map(|one| {
                let ticked = fields.all("axis").contains(&one.slug);
                option(&one.slug, one.name(me.lang()).to_owned(), ticked)
            })
            .collect(),
        offered: offered
            .into_iter()
            .map(|one| {
                let ticked = mine.iter().any(|skill| skill.tag == one.tag);
                option(&one.label, one.label.clone(), ticked)
            })
            .collect(),
        shows_modules: fields.ticked("shows_modules"),
        shows_organisation: fields.ticked("shows_organisation"),
        href_to: (stored != Shown::Nobody).then(|| me.href(&format!("/people/{}", me.person.id))),
    }))
}

#[get("/me/profile")]
pub(super) async fn page(me: SignedIn<'_>) -> Result<Html, Refusal> {
    let profile = profile::own(me.app, me.person.id).await?;
    show(&me, &mut filled(&profile), profile.shown).await
}

/// What nobody offers is not read.
async fn read(me: &SignedIn<'_>, fields: &mut Fields) -> Result<Option<Profile>, Refusal> {
    let about = fields.prose("about", PROSE_MAX);
    let helps = fields.prose("helps", PROSE_MAX);
    let typed = fields.prose("skills", 1_000);
    let ticked = fields.all("skill").iter().map(String::as_str);
    let skills = profile::skills(ticked.chain(std::iter::once(typed.as_str())));
    let named = typed
        .split([',', '،', ';', '؛', '\n'])
        .filter(|s| !s.trim().is_empty());
    if named.count() + fields.all("skill").len() > SKILLS_MAX && skills.len() == SKILLS_MAX {
        fields.error("skills", "too-many-skills");
    }
    let regions = organisations::regions(me.app).await?;
    let region = Some(fields.raw("region").to_owned()).filter(|slug| !slug.is_empty());
    if !region
        .as_ref()
        .is_none_or(|slug| regions.iter().any(|r| r.slug == *slug))
    {
        fields.error("region", "choice");
    }
    let axes = organisations::axes(me.app).await?;
    Ok(fields.is_valid().then(|| Profile {
        shown: Shown::from_code(fields.raw("shown")),
        about,
        helps,
        region,
        languages: Lang::ALL
            .into_iter()
            .filter(|lang| {
                fields
                    .all("language")
                    .iter()
                    .any(|code| code == lang.code())
            })
            .collect(),
        skills,
        axes: axes
            .into_iter()
            .map(|axis| axis.slug)
            .filter(|slug| fields.all("axis").contains(slug))
            .collect(),
        shows_modules: fields.ticked("shows_modules"),
        shows_organisation: fields.ticked("shows_organisation"),
        updated_at: None,
    }))
}

#[post("/me/profile/shown", data = "<fields>")]
pub(super) async fn keep(
    me: SignedIn<'_>,
    mut fields: Fields,
) -> Result<Result<Redirect, Html>, Refusal> {
    let Some(profile) = read(&me, &mut fields).await? else {
        let stored = profile::own(me.app, me.person.id).await?.shown;
        let page = show(&me, &mut fields, stored).await?;
        return Ok(Err(page.status(Status::UnprocessableEntity)));
    };
    profile::keep(me.app, me.person.id, profile).await?;
    Ok(Ok(me.redirect("/me/profile", Some("profile-kept"))))
}

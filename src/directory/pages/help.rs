//! `/directory`: "who can help me with…".

use domain::directory::Reason;
use rocket::get;
use serde::Serialize;
use serde_json::{Value, json};

use super::{shown, tabs};
use crate::catalogue;
use crate::directory::profile::{self, Asked, Helper};
use crate::organisations::{self, Filter, Named, options};
use crate::web::i18n::{Lang, Locales};
use crate::web::people::{hue, initials};
use crate::web::{Html, Page, Refusal, Visitor};

/// Organisations beside the people.
const ORGANISATIONS: usize = 6;
/// Skills that are offered to click on.
const SKILLS: i64 = 12;

#[derive(Serialize)]
struct DirectoryPage {
    tabs: Value,
    text: String,
    axes: Vec<Value>,
    regions: Vec<Value>,
    modules: Vec<Value>,
    /// Something was asked.
    asked: bool,
    signed_in: bool,
    skills: Vec<Value>,
    people: Vec<Value>,
    organisations: Vec<Value>,
    organisations_href: String,
    paging: Value,
}

impl Page for DirectoryPage {
    const TEMPLATE: &'static str = "directory/help";
    const NAV: &'static str = "organisations";
    fn title(&self, locales: &Locales, lang: Lang) -> String {
        locales.text(lang, "directory-title", &[])
    }
}

/// What a filter names, if it is there.
fn known(list: &[Named], slug: Option<&str>) -> String {
    slug.filter(|slug| list.iter().any(|named| named.slug == *slug))
        .unwrap_or_default()
        .to_owned()
}

fn reason(visitor: &Visitor<'_>, reason: &Reason) -> Value {
    let (kind, heading, path, count) = match reason {
        Reason::Skill { label } => ("skill", label.as_str(), None, 0),
        Reason::Says => ("says", "", None, 0),
        Reason::Solved {
            count,
            heading,
            path,
        } => ("solved", heading.as_str(), Some(path.clone()), *count),
        Reason::Completed { heading, slug } => (
            "completed",
            heading.as_str(),
            Some(format!("/modules/{slug}")),
            0,
        ),
    };
    json!({
        "skill": kind == "skill",
        "says": kind == "says",
        "solved": kind == "solved",
        "completed": kind == "completed",
        "heading": heading,
        "href_to": path.map(|path| visitor.href(&path)),
        "count": count,
    })
}

fn helper(visitor: &Visitor<'_>, helper: &Helper, regions: &[Named], axes: &[Named]) -> Value {
    let mut card = shown(visitor, &helper.seen, regions, axes);
    card["reasons"] = helper
        .reasons
        .iter()
        .map(|one| reason(visitor, one))
        .collect();
    card["me"] = json!(visitor.person.is_some_and(|me| me.id == helper.seen.person));
    card
}

/// Who can help: people for those who are signed in, organisations for everybody.
#[get("/directory?<q>&<axis>&<region>&<module>&<page>")]
pub(super) async fn page(
    visitor: Visitor<'_>,
    q: Option<&str>,
    axis: Option<&str>,
    region: Option<&str>,
    module: Option<&str>,
    page: Option<u32>,
) -> Result<Html, Refusal> {
    let app = visitor.app;
    let regions = organisations::regions(app).await?;
    let axes = organisations::axes(app).await?;
    let modules: Vec<Named> = catalogue::published(app)
        .await?
        .into_iter()
        .map(|module| Named {
            slug: module.slug,
            // A title is in the module's own language.
            names: Lang::ALL.map(|_| module.title.clone()),
        })
        .collect();
    let asked = Asked {
        text: q.unwrap_or_default().trim().chars().take(100).collect(),
        axis: known(&axes, axis),
        region: known(&regions, region),
        module: known(&modules, module),
        page: usize::try_from(page.unwrap_or(1).clamp(1, 1_000) - 1).unwrap_or_default(),
    };
    if asked.text.contains('\0') {
        return Err(Refusal::bad_request("bad-request"));
    }
    let (people, more) = match visitor.person {
        Some(person) => profile::helpers(app, person, &asked).await?,
        None => (Vec::new(), false),
    };
    let filter = Filter {
        region: asked.region.clone(),
        axis: asked.axis.clone(),
        text: asked.text.clone(),
        signed_in: visitor.person.is_some(),
        ..Filter::default()
    };
    let (lines, _) = organisations::directory(app, &filter).await?;
    let kinds = organisations::kinds(&visitor);
    let query = |page: Option<usize>| {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        for (name, value) in [
            ("q", &asked.text),
            ("axis", &asked.axis),
            ("region", &asked.region),
            ("module", &asked.module),
        ] {
            if !value.is_empty() {
                query.append_pair(name, value);
            }
        }
        if let Some(page) = page {
            query.append_pair("page", &page.to_string());
        }
        query.finish()
    };
    let link = |page: usize| visitor.href(&format!("/directory?{}", query(Some(page))));
    let skills = match visitor.person {
        Some(_) => profile::skills_in_use(app, SKILLS).await?,
        None => Vec::new(),
    };
    Ok(visitor.page(&DirectoryPage {
        tabs: tabs(&visitor, "help"),
        axes: options(&visitor, &axes, &asked.axis),
        regions: options(&visitor, &regions, &asked.region),
        modules: options(&visitor, &modules, &asked.module),
        asked: !query(None).is_empty(),
        signed_in: visitor.person.is_some(),
        skills: skills
            .into_iter()
            .map(|skill| {
                let query: String = url::form_urlencoded::Serializer::new(String::new())
                    .append_pair("q", &skill.label)
                    .finish();
                json!({ "label": skill.label, "href_to": visitor.href(&format!("/directory?{query}")) })
            })
            .collect(),
        people: people
            .iter()
            .map(|one| helper(&visitor, one, &regions, &axes))
            .collect(),
        organisations: lines
            .iter()
            .take(ORGANISATIONS)
            .map(|line| {
                json!({
                    "href_to": visitor.href(&format!("/organisations/{}", line.slug)),
                    "heading": line.name,
                    "initials": initials(&line.name),
                    "hue": hue(line.id.0),
                    "kind": super::name_of(&visitor, &kinds, &line.kind),
                    "region": line.region.as_deref().and_then(|r| super::name_of(&visitor, &regions, r)),
                    "governorate": line.governorate,
                    "verified": line.verified,
                })
            })
            .collect(),
        organisations_href: visitor.href(&format!("/organisations?{}", query(None))),
        paging: json!({
            "previous": (asked.page > 0).then(|| link(asked.page)),
            "next": more.then(|| link(asked.page + 2)),
        }),
        text: asked.text.clone(),
    }))
}

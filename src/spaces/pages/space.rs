//! One space: its home, and its topics by what one looks for.

use domain::community::Visibility;
use rocket::get;
use serde::Serialize;
use serde_json::{Value, json};

use super::{animates, crumbs_of, hue_of, space_of};
use crate::following::{self, Subject};
use crate::spaces::{PER_PAGE, SpaceRow, TopicCard, TopicRow, shelf, solving, store, team};
use crate::web::i18n::{Lang, Locales};
use crate::web::people::{hue, initials};
use crate::web::{Html, Page, Refusal, Visitor};

#[derive(Serialize)]
struct SpacePage {
    /// What is told to other sites; null: nothing, it is not public.
    share: Option<crate::directory::Shared>,
    name: String,
    about: String,
    hue: &'static str,
    languages: Vec<&'static str>,
    visibility: &'static str,
    tabs: Vec<Value>,
    /// The home's parts; null on a list.
    home: Option<Home>,
    tag: Option<String>,
    topics: Vec<TopicCard>,
    /// Where something is begun; null where it is only read.
    new_href: Option<String>,
    /// Where the team is looked after; null for those who may not.
    team_href: Option<String>,
    /// Who shares it, where it is a coalition's room; null for other spaces.
    room: Value,
    follow: Value,
    /// What is new here as a feed, where everybody may read it.
    atom: Option<String>,
    follow_tag: Value,
    crumbs: Vec<Value>,
    paging: Value,
}

/// What stands on the home of a space.
#[derive(Serialize)]
struct Home {
    waiting: Vec<TopicCard>,
    solutions: Vec<Value>,
    modules: Vec<Value>,
    documents: Vec<crate::documents::Card>,
    toolbox: String,
    events: Vec<Value>,
    animators: Vec<Value>,
    watch: String,
    feed: String,
}

impl Page for SpacePage {
    const TEMPLATE: &'static str = "spaces/space";
    const NAV: &'static str = "spaces";
    fn title(&self, _: &Locales, _: Lang) -> String {
        self.name.clone()
    }
}

/// Lines of each part of the home.
const PART: i64 = 4;

async fn topics(
    visitor: &Visitor<'_>,
    space: &SpaceRow,
    filter: Option<&'static str>,
    tag: Option<&str>,
    count: i64,
    skip: i64,
) -> Result<Vec<TopicCard>, Refusal> {
    let pattern = tag.map(|tag| format!("% {tag} %"));
    let rows: Vec<TopicRow> = store::TOPICS
        .bind(space.id)
        .bind(filter)
        .bind(pattern)
        .bind(count)
        .bind(skip)
        .all(&visitor.app.db)
        .await?;
    Ok(rows
        .iter()
        .map(|row| TopicCard::of(row, visitor.lang()))
        .collect())
}

async fn home(visitor: &Visitor<'_>, space: &SpaceRow) -> Result<Home, Refusal> {
    let app = visitor.app;
    let axis = space.axis.as_deref();
    let solutions = solving::solutions(app, space.id, PART).await?;
    let axis_query = axis.map(|axis| format!("?axis={axis}")).unwrap_or_default();
    Ok(Home {
        waiting: topics(visitor, space, Some("waiting"), None, PART, 0).await?,
        solutions: solutions
            .into_iter()
            .map(|row| {
                let path = format!("/spaces/{}/{}#post-{}", row.space_slug, row.topic, row.id);
                json!({
                    "href_to": visitor.href(&path),
                    "heading": row.title,
                    "language": row.language,
                    "at": row.solution_at.micros(),
                    "author": row.author_name,
                    "initials": initials(&row.author_name),
                    "hue": hue(row.author.0),
                })
            })
            .collect(),
        modules: shelf::modules(visitor, axis, PART).await?,
        documents: crate::documents::cards_of_axis(visitor, axis, PART).await?,
        toolbox: visitor.href(&format!("/toolbox{axis_query}")),
        events: shelf::events(visitor, axis, PART).await?,
        animators: team::animators(app, space.id)
            .await?
            .into_iter()
            .map(|animator| {
                json!({
                    "name": animator.name,
                    "initials": initials(&animator.name),
                    "hue": hue(animator.person.0),
                    "note": animator.nominated_by,
                    "until": animator.until_at.map(|until| until.micros()),
                })
            })
            .collect(),
        watch: visitor.href(&format!("/watch{axis_query}")),
        feed: visitor.href(&format!("/watch/feed{axis_query}")),
    })
}

/// What `show` may ask for, and the tab of each.
const SHOWS: [(&str, &str); 4] = [
    ("all", "spaces-all"),
    ("waiting", "spaces-waiting"),
    ("open", "spaces-unsolved"),
    ("solved", "spaces-solved"),
];

/// The space's home; with `?show=` its topics: `all`, `waiting` (questions nobody answered), `open`
/// (without a solution), `solved`; `?tag=` keeps those under a tag.
#[get("/spaces/<slug>?<show>&<tag>&<page>", rank = 3)]
pub(super) async fn show(
    visitor: Visitor<'_>,
    slug: &str,
    show: Option<&str>,
    tag: Option<&str>,
    page: Option<u32>,
) -> Result<Html, Refusal> {
    let space = space_of(&visitor, slug).await?;
    let lang = visitor.lang();
    let number = i64::from(page.unwrap_or(1).clamp(1, 10_000));
    // A tag has one form; anything else is none.
    let tag = tag.and_then(|tag| crate::spaces::tags(tag).into_iter().next());
    let shown = SHOWS
        .iter()
        .map(|(code, _)| *code)
        .find(|code| Some(*code) == show)
        .or(tag.as_ref().map(|_| "all"));
    let filter = shown.filter(|code| *code != "all");
    let in_room = space.visibility() == Visibility::Room;
    let home = match shown {
        None if !in_room => Some(home(&visitor, &space).await?),
        _ => None,
    };
    let room = match in_room {
        true => crate::rooms::panel(&visitor, space.id).await?,
        false => Value::Null,
    };
    // One row more than is shown tells whether there is a next page.
    let per_page = if home.is_some() { 6 } else { PER_PAGE };
    let skip = (number - 1) * per_page;
    let mut rows = topics(&visitor, &space, filter, tag.as_deref(), per_page + 1, skip).await?;
    let more = rows.len() as i64 > per_page;
    rows.truncate(usize::try_from(per_page).unwrap_or(usize::MAX));
    let here = visitor.href(&format!("/spaces/{}", space.slug));
    let link = |number: i64| {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.append_pair("show", shown.unwrap_or("all"));
        if let Some(tag) = &tag {
            query.append_pair("tag", tag);
        }
        query.append_pair("page", &number.to_string());
        format!("{here}?{}", query.finish())
    };
    let text = |key: &str| visitor.app.pages.locales.text(lang, key, &[]);
    let tab = |href: String, key: &str, current: bool| json!({ "href": href, "label": text(key), "current": current });
    // A room has no home of its own: it begins with all that is said there.
    let begins = match in_room {
        true => "all",
        false => "home",
    };
    let current = shown.unwrap_or(begins);
    let tabs = std::iter::once(("home", "spaces-home"))
        .chain(SHOWS)
        .filter(|(code, _)| !(in_room && *code == "home"))
        .map(|(code, key)| {
            let href = match code == begins {
                true => here.clone(),
                false => format!("{here}?show={code}"),
            };
            tab(href, key, code == current)
        })
        .collect();
    let paging = json!({
        "previous": (number > 1).then(|| link(number - 1)),
        "next": (more && home.is_none()).then(|| link(number + 1)),
    });
    let place = format!("/spaces/{}", space.slug);
    let follow = following::button(&visitor, &Subject::space(space.id), &place).await?;
    let follow_tag = match &tag {
        Some(tag) => {
            let query: String = url::form_urlencoded::byte_serialize(tag.as_bytes()).collect();
            let back = format!("{place}?tag={query}");
            following::button(&visitor, &Subject::tag(tag), &back).await?
        }
        None => Value::Null,
    };
    let path = format!("/spaces/{}", space.slug);
    Ok(visitor.page(&SpacePage {
        share: crate::directory::share(visitor.app, lang, &path).await?,
        follow,
        atom: (space.visibility() == Visibility::Public)
            .then(|| visitor.href(&format!("/watch/feed?space={}", space.slug))),
        follow_tag,
        name: space.title(lang).to_owned(),
        about: space.about(lang).to_owned(),
        hue: hue_of(&space),
        languages: space.languages().into_iter().map(Lang::own_name).collect(),
        visibility: space.visibility().code(),
        tabs,
        tag,
        topics: rows,
        new_href: (!space.is_archived(visitor.now)).then(|| format!("{here}/new")),
        team_href: (animates(&visitor, &space) && !in_room).then(|| format!("{here}/team")),
        crumbs: crumbs_of(&visitor, &space).into_iter().take(1).collect(),
        room,
        paging,
        home,
    }))
}

//! An organisation's public page.

use rocket::{Route, get, routes};
use serde::Serialize;
use serde_json::{Value, json};

use super::{crumbs, find, tabs};
use crate::following::{self, Subject};
use crate::organisations::{self, Named};
use crate::web::i18n::{Lang, Locales};
use crate::web::people::{hue, initials};
use crate::web::{Html, Page, Refusal, Visitor};

pub(super) fn routes() -> Vec<Route> {
    routes![page]
}

#[derive(Serialize)]
struct OrganisationPage {
    /// What is told to other sites; null: nothing, it is not public.
    share: Option<crate::directory::Shared>,
    crumbs: Value,
    heading: String,
    initials: String,
    hue: &'static str,
    slug: String,
    kind: String,
    region: Option<String>,
    governorate: String,
    about: Vec<String>,
    axes: Vec<Value>,
    verified: bool,
    resting: bool,
    trusted: bool,
    can_rest: bool,
    can_edit: bool,
    /// Its page is for people who are signed in.
    members_only: bool,
    /// Those who look after it say that all is right.
    can_confirm: bool,
    fresh: Value,
    /// Somebody answers for it, and the visitor is not one of its own.
    can_write: bool,
    /// The visitor coordinates it: the way to the rooms it shares with others.
    has_rooms: bool,
    follow: Value,
    /// What it and its members publish, as a feed; none while it rests.
    atom: Option<String>,
    tabs: Value,
    documents: Vec<crate::documents::Card>,
}

impl Page for OrganisationPage {
    const TEMPLATE: &'static str = "organisations/show";
    const NAV: &'static str = "organisations";
    fn title(&self, _: &Locales, _: Lang) -> String {
        self.heading.clone()
    }
}

#[get("/organisations/<slug>")]
async fn page(visitor: Visitor<'_>, slug: &str) -> Result<Html, Refusal> {
    let organisation = find(&visitor, slug).await?;
    let name_of = |list: Vec<Named>, slug: &str| {
        list.into_iter()
            .find(|named| named.slug == slug)
            .map(|named| named.name(visitor.lang()).to_owned())
    };
    let region = match &organisation.region {
        Some(region) => name_of(organisations::regions(visitor.app).await?, region),
        None => None,
    };
    let axes = organisations::axes(visitor.app)
        .await?
        .iter()
        .filter(|axis| organisation.axes.contains(&axis.slug))
        .map(|axis| {
            json!({
                "label": axis.name(visitor.lang()),
                "href_to": visitor.href(&format!("/organisations?axis={}", axis.slug)),
            })
        })
        .collect();
    let place = format!("/organisations/{}", organisation.slug);
    let follow =
        following::button(&visitor, &Subject::organisation(organisation.id), &place).await?;
    let fresh = organisations::freshness(visitor.app, &organisation).await?;
    let answers = crate::directory::contact_of(visitor.app, slug).await?;
    let own = visitor
        .person
        .is_some_and(|person| person.roles.coordinates.contains(&organisation.id.0));
    let path = format!("/organisations/{slug}");
    Ok(visitor.page(&OrganisationPage {
        share: crate::directory::share(visitor.app, visitor.lang(), &path).await?,
        can_write: answers.is_some() && !own,
        has_rooms: own,
        members_only: organisation.members_only,
        can_confirm: visitor
            .person
            .is_some_and(|person| organisations::OrgScope::of(person, &organisation).is_ok()),
        fresh: json!({
            "updated": fresh.updated_at.micros(),
            "confirmed": fresh.confirmed_at.map(|at| at.micros()),
            "verified": fresh.verified_at.map(|at| at.micros()),
            "by": fresh.verified_by,
        }),
        follow,
        atom: (!organisation.resting)
            .then(|| visitor.href(&format!("/watch/feed?organisation={}", organisation.slug))),
        crumbs: crumbs(&visitor),
        initials: initials(&organisation.name),
        hue: hue(organisation.id.0),
        tabs: tabs(&visitor, &organisation, "about"),
        documents: crate::documents::cards_of_organisation(&visitor, organisation.id, 6).await?,
        kind: name_of(super::directory::kinds(&visitor), &organisation.kind).unwrap_or_default(),
        resting: organisation.resting,
        trusted: organisation.trusted,
        can_rest: visitor
            .person
            .is_some_and(|person| domain::community::may_rest(organisation.id.0, &person.roles)),
        can_edit: visitor.person.is_some_and(|person| {
            organisations::may_administer(person, organisation.region.as_deref())
        }),
        about: organisation
            .about
            .split('\n')
            .map(str::to_owned)
            .filter(|paragraph| !paragraph.trim().is_empty())
            .collect(),
        heading: organisation.name,
        slug: organisation.slug,
        region,
        governorate: organisation.governorate,
        axes,
        verified: organisation.verified,
    }))
}

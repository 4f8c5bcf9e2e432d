//! Organisations: the directory, and who belongs to them when. Progress belongs to the person and
//! counts for the organisation during the membership.

mod frame;
mod freshness;
mod invitations;
mod members;
mod pages;
mod rest;
mod store;

use rocket::Route;
use serde::Serialize;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::App;
use crate::accounts::{Audit, Person};
use crate::clock::Timestamp;
use crate::db::{DbError, Tx};
use crate::folding;
use crate::ids::{OrganisationId, PersonId};
use crate::web::{Lang, Refusal};

pub use frame::{Frame, add_named, rename, shift, slug_for};
pub use freshness::{Freshness, confirm, freshness, publish};
pub(crate) use invitations::QUERIES as INVITATIONS;
pub use invitations::{Guest, ROWS_MAX, Sent, Waiting, waiting};
pub use members::{Change, Member, change, invite, members};
pub use pages::directory::{kinds, options};
pub use pages::tabs;
pub use rest::{rest, trust};
pub(crate) use store::QUERIES;

/// The kinds there are.
pub const KINDS: [&str; 3] = ["association", "network", "public_actor"];

/// The routes.
pub fn routes() -> Vec<Route> {
    pages::routes()
}

/// A region or an axis, with its name in each language.
#[derive(Debug, Clone, Serialize)]
pub struct Named {
    /// In addresses and rows.
    pub slug: String,
    /// In French, Arabic, English.
    pub names: [String; 3],
}

impl Named {
    /// Its name in a language.
    pub fn name(&self, lang: Lang) -> &str {
        let [fr, ar, en] = &self.names;
        match lang {
            Lang::Fr => fr,
            Lang::Ar => ar,
            Lang::En => en,
        }
    }
}

impl From<store::NamedRow> for Named {
    fn from(row: store::NamedRow) -> Self {
        Named {
            slug: row.slug,
            names: [row.name_fr, row.name_ar, row.name_en],
        }
    }
}

/// The regions, in order.
pub async fn regions(app: &App) -> Result<Vec<Named>, DbError> {
    let rows: Vec<store::NamedRow> = store::REGIONS.all(&app.db).await?;
    Ok(rows.into_iter().map(Named::from).collect())
}

/// The axes, in order.
pub async fn axes(app: &App) -> Result<Vec<Named>, DbError> {
    let rows: Vec<store::NamedRow> = store::AXES.all(&app.db).await?;
    Ok(rows.into_iter().map(Named::from).collect())
}

/// An organisation.
#[derive(Debug, Clone)]
pub struct Organisation {
    /// Which.
    pub id: OrganisationId,
    /// In addresses.
    pub slug: String,
    /// As it writes itself.
    pub name: String,
    /// One of [`KINDS`].
    pub kind: String,
    /// The region's slug.
    pub region: Option<String>,
    /// Governorate, as written.
    pub governorate: String,
    /// What it does, in its words.
    pub about: String,
    /// Slugs of its axes.
    pub axes: Vec<String>,
    /// The staff knows it exists.
    pub verified: bool,
    /// It asked not to be seen: nobody but its members and the staff may know of it.
    pub resting: bool,
    /// Its page is for people who are signed in.
    pub members_only: bool,
    /// What its members propose is released at once.
    pub trusted: bool,
}

impl Organisation {
    /// True when it may be shown to this person, or to everybody.
    pub fn is_shown_to(&self, person: Option<&Person>) -> bool {
        let open = !self.resting && (!self.members_only || person.is_some());
        open || person.is_some_and(|person| {
            person.roles.member_of.contains(&self.id.0) || OrgScope::of(person, self).is_ok()
        })
    }
}

/// The organisation of this slug, at rest or not.
pub async fn by_slug(app: &App, slug: &str) -> Result<Option<Organisation>, DbError> {
    let row: Option<store::OrganisationRow> = store::BY_SLUG.bind(slug).optional(&app.db).await?;
    let Some(row) = row else { return Ok(None) };
    let axes: Vec<store::AxisRow> = store::AXES_OF.bind(row.id).all(&app.db).await?;
    Ok(Some(Organisation {
        id: row.id,
        slug: row.slug,
        name: row.name,
        kind: row.kind,
        region: row.region,
        governorate: row.governorate.unwrap_or_default(),
        about: row.about,
        axes: axes.into_iter().map(|row| row.axis).collect(),
        verified: row.verified_at.is_some(),
        resting: row.resting_at.is_some(),
        members_only: row.members_only,
        trusted: row.trusted_at.is_some(),
    }))
}

/// The id and name of an organisation, at rest or not.
async fn named(app: &App, id: OrganisationId) -> Result<(OrganisationId, String), Refusal> {
    let row: store::WhichRow = store::WHICH.bind(id).one(&app.db).await?;
    Ok((row.id, row.name))
}

/// The address of an organisation's page, at rest or not: who may see it is asked there.
async fn slug_of_any(app: &App, id: OrganisationId) -> Result<String, Refusal> {
    let row: store::WhichRow = store::WHICH.bind(id).one(&app.db).await?;
    Ok(row.slug)
}

/// The right to an organisation's data, which only a check of roles gives.
#[derive(Debug, Clone, Copy)]
pub struct OrgScope {
    id: OrganisationId,
}

impl OrgScope {
    /// For its coordinators, the staff of its region and administrators. For everybody else the
    /// pages behind it do not exist (404).
    pub fn of(person: &Person, organisation: &Organisation) -> Result<OrgScope, Refusal> {
        let region = organisation.region.as_deref();
        if person.roles.can_see_organisation(organisation.id.0, region) {
            Ok(OrgScope {
                id: organisation.id,
            })
        } else {
            Err(Refusal::not_found())
        }
    }

    /// Whose data.
    pub fn organisation(self) -> OrganisationId {
        self.id
    }
}

/// True when the person may describe and verify organisations of that region.
pub fn may_administer(person: &Person, region: Option<&str>) -> bool {
    person.roles.admin
        || region.is_some_and(|region| person.roles.regions.iter().any(|own| own == region))
}

/// What the directory is filtered by; empty: everything.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// A region's slug.
    pub region: String,
    /// An axis' slug.
    pub axis: String,
    /// A kind.
    pub kind: String,
    /// Part of a name or governorate.
    pub text: String,
    /// Somebody signed in asks: those for members are listed too.
    pub signed_in: bool,
    /// From 0.
    pub page: i64,
}

/// Lines of a page of the directory.
pub const PAGE: i64 = 24;

/// A line of the directory.
#[derive(Debug, Clone)]
pub struct Line {
    /// Which.
    pub id: OrganisationId,
    /// In addresses.
    pub slug: String,
    /// Name.
    pub name: String,
    /// Kind.
    pub kind: String,
    /// The region's slug.
    pub region: Option<String>,
    /// Governorate.
    pub governorate: String,
    /// Verified.
    pub verified: bool,
}

/// What the directory is searched by, in the form in which it is searched.
pub fn searched(name: &str, governorate: &str) -> String {
    folding::folded(&format!("{name} {governorate}"))
}

/// Puts names that are older than their searched form into it: at every start, and nothing to do
/// after the first.
pub async fn fold_names(app: &App) -> Result<(), DbError> {
    let mut after = OrganisationId(uuid::Uuid::nil());
    loop {
        let rows: Vec<store::NameRow> = store::UNFOLDED.bind(after).all(&app.db).await?;
        let Some(last) = rows.last() else {
            return Ok(());
        };
        after = last.id;
        let names: Vec<(OrganisationId, String)> = rows
            .iter()
            .map(|row| {
                let governorate = row.governorate.as_deref().unwrap_or_default();
                (row.id, searched(&row.name, governorate))
            })
            .collect();
        app.db
            .write(names, |tx, names| {
                Box::pin(async move {
                    for (id, name) in names.iter() {
                        store::FOLD.bind(*id).bind(name).run(&mut *tx).await?;
                    }
                    Ok::<_, DbError>(())
                })
            })
            .await?;
    }
}

/// A page of the directory and whether another follows.
pub async fn directory(app: &App, filter: &Filter) -> Result<(Vec<Line>, bool), DbError> {
    let rows: Vec<store::DirectoryRow> = store::DIRECTORY
        .bind(&filter.region)
        .bind(&filter.axis)
        .bind(&filter.kind)
        .bind(folding::pattern(&filter.text))
        .bind(PAGE + 1)
        .bind(filter.page.clamp(0, 10_000) * PAGE)
        .bind(filter.signed_in)
        .all(&app.db)
        .await?;
    let more = rows.len() as i64 > PAGE;
    let lines = rows
        .into_iter()
        .take(PAGE as usize)
        .map(|row| Line {
            id: row.id,
            slug: row.slug,
            name: row.name,
            kind: row.kind,
            region: row.region,
            governorate: row.governorate.unwrap_or_default(),
            verified: row.verified_at.is_some(),
        })
        .collect();
    Ok((lines, more))
}

/// What the staff writes about an organisation.
#[derive(Debug, Clone)]
pub struct Description {
    /// Name.
    pub name: String,
    /// One of [`KINDS`].
    pub kind: String,
    /// A region's slug.
    pub region: Option<String>,
    /// Governorate.
    pub governorate: String,
    /// What it does.
    pub about: String,
    /// Slugs of axes.
    pub axes: Vec<String>,
}

/// The Latin letters and digits of a name, without accents, in lower case, apart by `-`.
fn slug_of(name: &str) -> String {
    let mut slug = String::new();
    for c in name.to_lowercase().nfd().filter(|c| !is_combining_mark(*c)) {
        if c.is_ascii_alphanumeric() {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
        if slug.len() >= 60 {
            break;
        }
    }
    slug.trim_end_matches('-').to_owned()
}

/// Makes an organisation, verified (its maker is staff); gives its slug.
pub async fn add(app: &App, by: PersonId, new: Description) -> Result<String, Refusal> {
    let id: OrganisationId = app.ids.id();
    let base = slug_of(&new.name);
    // Two may bear one name, and some names have no letters.
    let taken = base.is_empty()
        || base == "new"
        || store::BY_SLUG
            .bind(&base)
            .optional::<store::OrganisationRow>(&app.db)
            .await?
            .is_some();
    let slug = if taken {
        let tail = id.0.simple().to_string();
        format!("{base}-{}", &tail[tail.len() - 6..])
            .trim_start_matches('-')
            .to_owned()
    } else {
        base
    };
    let audit = Audit::new(
        app,
        Some(by),
        "organisation-added",
        format!("organisation:{id}"),
    );
    let answer = slug.clone();
    app.db
        .write((id, slug, new, audit), |tx, (id, slug, new, audit)| {
            Box::pin(async move {
                store::ADD
                    .bind(*id)
                    .bind(slug)
                    .bind(&new.name)
                    .bind(searched(&new.name, &new.governorate))
                    .bind(&new.kind)
                    .bind(new.region.clone())
                    .bind(&new.governorate)
                    .bind(&new.about)
                    .bind(audit.at)
                    .bind(audit.at)
                    .run(&mut *tx)
                    .await?;
                set_axes(tx, *id, &new.axes).await?;
                audit.write(tx).await
            })
        })
        .await?;
    Ok(answer)
}

/// Changes what is written about an organisation.
pub async fn edit(
    app: &App,
    by: PersonId,
    id: OrganisationId,
    new: Description,
) -> Result<(), DbError> {
    let audit = Audit::new(
        app,
        Some(by),
        "organisation-edited",
        format!("organisation:{id}"),
    );
    app.db
        .write((id, new, audit), |tx, (id, new, audit)| {
            Box::pin(async move {
                store::EDIT
                    .bind(*id)
                    .bind(&new.name)
                    .bind(searched(&new.name, &new.governorate))
                    .bind(&new.kind)
                    .bind(new.region.clone())
                    .bind(&new.governorate)
                    .bind(&new.about)
                    .bind(audit.at)
                    .run(&mut *tx)
                    .await?;
                set_axes(tx, *id, &new.axes).await?;
                audit.write(tx).await
            })
        })
        .await
}

async fn set_axes(tx: &mut Tx, id: OrganisationId, axes: &[String]) -> Result<(), DbError> {
    store::CLEAR_AXES.bind(id).run(&mut *tx).await?;
    for axis in axes {
        store::ADD_AXIS.bind(id).bind(axis).run(&mut *tx).await?;
    }
    Ok(())
}

/// Verifies an organisation, or takes it back.
pub async fn verify(
    app: &App,
    by: PersonId,
    id: OrganisationId,
    verified: bool,
) -> Result<(), DbError> {
    let action = if verified {
        "organisation-verified"
    } else {
        "organisation-unverified"
    };
    let audit = Audit::new(app, Some(by), action, format!("organisation:{id}"));
    app.db
        .write((id, verified, audit), |tx, (id, verified, audit)| {
            Box::pin(async move {
                store::VERIFY
                    .bind(*id)
                    .bind(verified.then_some(audit.at))
                    .bind(audit.at)
                    .bind(audit.actor.filter(|_| *verified))
                    .run(&mut *tx)
                    .await?;
                audit.write(tx).await
            })
        })
        .await
}

/// A membership, from the member's side.
#[derive(Debug, Clone, Serialize)]
pub struct Belonging {
    /// The organisation's slug.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// `member` or `coordinator`.
    pub role: String,
    /// Since when.
    pub from_at: Timestamp,
    /// Until when; none: still.
    pub until_at: Option<Timestamp>,
}

/// The memberships of a person, past ones included.
pub async fn of_person(app: &App, person: PersonId) -> Result<Vec<Belonging>, DbError> {
    let rows: Vec<store::MembershipRow> = store::OF_PERSON.bind(person).all(&app.db).await?;
    Ok(rows
        .into_iter()
        .map(|row| Belonging {
            slug: row.slug,
            name: row.name,
            role: row.role,
            from_at: row.from_at,
            until_at: row.until_at,
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use super::slug_of;

    #[test]
    fn slugs_are_plain() {
        assert_eq!(
            slug_of("  Jeunes & Citoyennes libérées! "),
            "jeunes-citoyennes-liberees"
        );
        assert_eq!(slug_of("جمعية الأمل 2"), "2");
        assert_eq!(slug_of("***"), "");
    }
}

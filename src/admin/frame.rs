//! Regions and axes: what an administrator makes before anybody else can work. An axis has its
//! community space from the first moment.

use serde_json::json;

use crate::App;
use crate::accounts::{Audit, Person};
use crate::ids::SpaceId;
use crate::organisations::{self, Frame, Named};
use crate::spaces::{self, NewSpace};
use crate::web::Refusal;

/// An axis to be made, or what one shall become.
#[derive(Debug, Clone)]
pub struct NewAxis {
    /// Names in French, Arabic and English; its space bears them too.
    pub names: [String; 3],
    /// What its space is about, in the three languages.
    pub abouts: [String; 3],
}

/// The address of something new: its names' letters, else the end of an id.
fn slug(app: &App, names: &[String; 3], stem: &str) -> String {
    let slug = organisations::slug_for(names);
    if slug.is_empty() {
        let id = app.ids.uuid().simple().to_string();
        return format!("{stem}-{}", &id[26..]);
    }
    slug
}

/// Makes a region, the last in order; 409 `name-taken`.
pub async fn add_region(app: &App, by: &Person, names: [String; 3]) -> Result<String, Refusal> {
    let slug = slug(app, &names, "region");
    let named = Named {
        slug: slug.clone(),
        names,
    };
    let audit = Audit::new(app, Some(by.id), "region-added", format!("region:{slug}"));
    app.db
        .write((named, audit), |tx, (named, audit)| {
            Box::pin(async move {
                organisations::add_named(tx, Frame::Regions, named).await?;
                audit.write(tx).await?;
                Ok::<(), Refusal>(())
            })
        })
        .await?;
    Ok(slug)
}

/// Gives a region other names; 404.
pub async fn rename_region(app: &App, by: &Person, named: Named) -> Result<(), Refusal> {
    let object = format!("region:{}", named.slug);
    let audit = Audit::new(app, Some(by.id), "region-renamed", object);
    app.db
        .write((named, audit), |tx, (named, audit)| {
            Box::pin(async move {
                organisations::rename(tx, Frame::Regions, named).await?;
                audit.write(tx).await?;
                Ok(())
            })
        })
        .await
}

/// Makes an axis, the last in order, and its community space; 409 `name-taken`.
pub async fn add_axis(app: &App, by: &Person, new: NewAxis) -> Result<String, Refusal> {
    let slug = slug(app, &new.names, "axis");
    let named = Named {
        slug: slug.clone(),
        names: new.names.clone(),
    };
    let id: SpaceId = app.ids.id();
    let space = NewSpace {
        id,
        slug: slug.clone(),
        axis: Some(slug.clone()),
        titles: new.names,
        abouts: new.abouts,
        at: app.clock.now(),
    };
    let audit = Audit::new(app, Some(by.id), "axis-added", format!("axis:{slug}"))
        .detail(json!({ "space": id }));
    app.db
        .write((named, space, audit), |tx, (named, space, audit)| {
            Box::pin(async move {
                organisations::add_named(tx, Frame::Axes, named).await?;
                spaces::open_in(tx, space).await.map_err(|error| {
                    error.on_constraint("space_slug", || Refusal::conflict("name-taken"))
                })?;
                audit.write(tx).await?;
                Ok::<(), Refusal>(())
            })
        })
        .await?;
    Ok(slug)
}

/// Gives an axis and its space other names, and the space its description; 404.
pub async fn change_axis(app: &App, by: &Person, slug: &str, new: NewAxis) -> Result<(), Refusal> {
    let named = Named {
        slug: slug.to_owned(),
        names: new.names.clone(),
    };
    let audit = Audit::new(app, Some(by.id), "axis-changed", format!("axis:{slug}"));
    app.db
        .write((named, new, audit), |tx, (named, new, audit)| {
            Box::pin(async move {
                organisations::rename(tx, Frame::Axes, named).await?;
                spaces::describe(tx, &named.slug, &new.names, &new.abouts).await?;
                audit.write(tx).await?;
                Ok(())
            })
        })
        .await
}

/// Moves a region or an axis one place up or down; 404.
pub async fn reorder(
    app: &App,
    by: &Person,
    frame: Frame,
    slug: &str,
    up: bool,
) -> Result<(), Refusal> {
    let object = match frame {
        Frame::Regions => format!("region:{slug}"),
        Frame::Axes => format!("axis:{slug}"),
    };
    let audit = Audit::new(app, Some(by.id), "frame-reordered", object);
    app.db
        .write(
            (frame, slug.to_owned(), up, audit),
            |tx, (frame, slug, up, audit)| {
                Box::pin(async move {
                    organisations::shift(tx, *frame, slug, *up).await?;
                    audit.write(tx).await?;
                    Ok(())
                })
            },
        )
        .await
}

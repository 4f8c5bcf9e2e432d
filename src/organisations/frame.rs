//! Regions and axes: the frame that administrators give the platform. Slugs never change: they are
//! in addresses, rows and roles.

use super::{Named, slug_of, store};
use crate::db::{Query, Tx};
use crate::web::Refusal;

/// Which of the two lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Frame {
    /// Regions, each with its office.
    Regions,
    /// Axes, each with its space.
    Axes,
}

impl Frame {
    fn queries(self) -> [&'static Query; 5] {
        match self {
            Frame::Regions => [
                &store::ADD_NEW_REGION,
                &store::RENAME_REGION,
                &store::LOCK_REGIONS,
                &store::REGIONS,
                &store::PLACE_REGION,
            ],
            Frame::Axes => [
                &store::ADD_NEW_AXIS,
                &store::RENAME_AXIS,
                &store::LOCK_AXES,
                &store::AXES,
                &store::PLACE_AXIS,
            ],
        }
    }
}

/// The address that names give: the French one, else the English one; empty when neither has a
/// Latin letter.
pub fn slug_for(names: &[String; 3]) -> String {
    let [fr, _, en] = names;
    [fr, en]
        .into_iter()
        .map(|name| slug_of(name))
        .find(|slug| !slug.is_empty() && slug != "new")
        .unwrap_or_default()
}

/// Adds one at the end; 409 `name-taken` when its slug is there already.
pub async fn add_named(tx: &mut Tx, frame: Frame, named: &Named) -> Result<(), Refusal> {
    let [add, ..] = frame.queries();
    let [fr, ar, en] = &named.names;
    let added = add
        .bind(&named.slug)
        .bind(fr)
        .bind(ar)
        .bind(en)
        .run(tx)
        .await?;
    if added == 0 {
        return Err(Refusal::conflict("name-taken"));
    }
    Ok(())
}

/// Other names; 404 when there is none of that slug.
pub async fn rename(tx: &mut Tx, frame: Frame, named: &Named) -> Result<(), Refusal> {
    let [_, rename, ..] = frame.queries();
    let [fr, ar, en] = &named.names;
    let renamed = rename
        .bind(&named.slug)
        .bind(fr)
        .bind(ar)
        .bind(en)
        .run(tx)
        .await?;
    if renamed == 0 {
        return Err(Refusal::not_found());
    }
    Ok(())
}

/// One place up or down; the first stays first and the last last. 404 when there is none of that
/// slug.
pub async fn shift(tx: &mut Tx, frame: Frame, slug: &str, up: bool) -> Result<(), Refusal> {
    let [_, _, lock, list, place] = frame.queries();
    // Two who move at once wait for each other, and each sees what the other left.
    lock.run(&mut *tx).await?;
    let rows: Vec<store::NamedRow> = list.all(&mut *tx).await?;
    let mut slugs: Vec<String> = rows.into_iter().map(|row| row.slug).collect();
    let at = slugs
        .iter()
        .position(|one| one == slug)
        .ok_or_else(Refusal::not_found)?;
    let to = if up { at.checked_sub(1) } else { Some(at + 1) };
    if let Some(to) = to.filter(|to| *to < slugs.len()) {
        slugs.swap(at, to);
    }
    for (position, slug) in (0_i64..).zip(&slugs) {
        place.bind(slug).bind(position).run(&mut *tx).await?;
    }
    Ok(())
}

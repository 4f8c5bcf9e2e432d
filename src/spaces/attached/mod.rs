//! Files and pictures that texts name. An address alone opens nothing that was said behind a door:
//! one is opened by its sender, and by those who read a space where its sender put it.

mod store;

use domain::community::Visibility;
use uuid::Uuid;

use super::{SpaceRow, reading};
use crate::App;
use crate::accounts::Person;
use crate::db::{DbError, Tx};
use crate::ids::{PersonId, TopicId};
use crate::web::Refusal;

pub(crate) use store::QUERIES;

/// The ways in which a text names what was sent.
const PATHS: [&str; 2] = ["/files/", "/pictures/"];

/// The ids that a text names.
fn ids(body: &str) -> Vec<Uuid> {
    let mut ids: Vec<Uuid> = PATHS
        .into_iter()
        .flat_map(|path| body.split(path).skip(1))
        .filter_map(|rest| {
            let end = rest.find(|c: char| !(c.is_ascii_hexdigit() || c == '-'));
            Uuid::try_parse(rest.get(..end.unwrap_or(rest.len()))?).ok()
        })
        .collect();
    ids.sort();
    ids.dedup();
    ids
}

/// Writes down what of the writer's own a text of a topic names.
pub(super) async fn named(
    tx: &mut Tx,
    topic: TopicId,
    writer: PersonId,
    body: &str,
) -> Result<(), DbError> {
    let ids = ids(body);
    if ids.is_empty() {
        return Ok(());
    }
    store::NAMED
        .bind(ids)
        .bind(topic)
        .bind(writer)
        .run(tx)
        .await
        .map(drop)
}

/// What texts of a topic name, another topic names too.
pub(super) async fn shared(tx: &mut Tx, topic: TopicId, with: TopicId) -> Result<(), DbError> {
    store::SHARED.bind(topic).bind(with).run(tx).await.map(drop)
}

/// For whom something that was sent opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Opens {
    /// For everybody who has its address.
    All,
    /// For the visitor, who reads what is said there.
    Reader,
}

/// Whether something that was sent opens for a visitor; what no text names yet opens by its address,
/// which only its sender knows.
///
/// # Errors
/// 404 for those who read none of the spaces where it stands.
pub(super) async fn opens(
    app: &App,
    file: Uuid,
    sender: PersonId,
    visitor: Option<&Person>,
) -> Result<Opens, Refusal> {
    let places: Vec<store::PlaceRow> = store::PLACES.bind(file).all(&app.db).await?;
    let mut spaces: Vec<SpaceRow> = Vec::new();
    for place in &places {
        spaces.extend(reading::space(app, place.id).await?);
    }
    let public = |space: &SpaceRow| space.visibility() == Visibility::Public;
    if places.is_empty() || spaces.iter().any(public) {
        return Ok(Opens::All);
    }
    let visitor = visitor.ok_or_else(Refusal::not_found)?;
    if visitor.id == sender {
        return Ok(Opens::Reader);
    }
    for space in &spaces {
        if reading::reads(app, visitor, space).await? {
            return Ok(Opens::Reader);
        }
    }
    Err(Refusal::not_found())
}

#[cfg(test)]
mod tests {
    use super::ids;

    #[test]
    fn a_text_names_what_it_shows_and_links() {
        let (a, b) = (
            "0198f000-0000-7000-8000-000000000001",
            "0198f000-0000-7000-8000-000000000002",
        );
        let body = format!(
            "![plan](/pictures/{b}) et [budget](https://halqa.tn/fr/files/{a}), encore /files/{a}. /files/non /pictures/"
        );
        let found: Vec<String> = ids(&body).iter().map(ToString::to_string).collect();
        assert_eq!(found, [a, b]);
        assert!(ids("rien").is_empty());
    }
}

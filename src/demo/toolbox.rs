//! What organisations put into the toolbox, and the fiches made of solutions.

use std::collections::BTreeMap;

use super::calendar::{Calendar, back_then};
use super::data::{Data, Document, lang};
use super::people::find;
use super::{DemoError, Known};
use crate::App;
use crate::accounts::{self, Person};
use crate::clock::Timestamp;
use crate::documents::{self, Description, DocumentRow, Received};
use crate::ids::{OrganisationId, PersonId, ReplyId, TopicId};

/// A solution of the demo: its topic, who asked, the reply, and when it was accepted.
pub(super) type Solution = (TopicId, PersonId, ReplyId, Timestamp);

/// Documents with their versions, copies of them, and fiches.
pub(super) async fn toolbox(
    app: &App,
    data: &Data,
    calendar: &Calendar,
    known: &Known,
    solutions: &[Solution],
) -> Result<(), DemoError> {
    let refused = DemoError::refused;
    let animator = who(app, find(&known.people, "animator@halqa.example")?).await?;
    let mut rows: BTreeMap<String, DocumentRow> = BTreeMap::new();
    for document in &data.toolbox.documents {
        let author = who(app, find(&known.people, &document.author)?).await?;
        let then = back_then(app, calendar.some_time(document.day, &document.author));
        let id = propose(
            &then,
            document,
            &author,
            own(data, known, &document.author)?,
        )
        .await?;
        let row = documents::document(app, id, Some(&author))
            .await
            .map_err(refused("a document"))?;
        for edition in document.versions.iter().skip(1) {
            let later = back_then(app, calendar.some_time(document.day + 14, &document.title));
            let file = received(&later, &document.file, &edition.text).await?;
            documents::renew(&later, &author, &row, edition.note.clone(), file)
                .await
                .map_err(refused("a version"))?;
        }
        for _ in 0..document.downloads {
            documents::downloaded(app, id).await?;
        }
        if document.featured {
            documents::feature(&then, &animator, &row, true)
                .await
                .map_err(refused("a document put forward"))?;
        }
        rows.insert(document.title.clone(), row);
    }
    for copy in &data.toolbox.copies {
        let author = who(app, find(&known.people, &copy.author)?).await?;
        let then = back_then(app, calendar.some_time(copy.day, &copy.author));
        let original = find_row(&rows, &copy.of)?;
        let organisation = own(data, known, &copy.author)?;
        let id = documents::copy(&then, &author, original, organisation)
            .await
            .map_err(refused("a copy"))?;
        let row = documents::document(app, id, Some(&author))
            .await
            .map_err(refused("a copy"))?;
        let file = received(&then, &copy.file, &copy.text).await?;
        documents::renew(&then, &author, &row, copy.note.clone(), file)
            .await
            .map_err(refused("an adaptation"))?;
        documents::release(&then, &author, &row, true)
            .await
            .map_err(refused("a release"))?;
    }
    for (topic, asker, reply, at) in solutions.iter().take(data.toolbox.fiches) {
        let asker = who(app, *asker).await?;
        let then = back_then(app, at.plus_seconds(86_400).min(app.clock.now()));
        documents::promote(&then, &asker, *topic, *reply)
            .await
            .map_err(refused("a fiche"))?;
    }
    Ok(())
}

fn find_row<'a>(
    rows: &'a BTreeMap<String, DocumentRow>,
    title: &str,
) -> Result<&'a DocumentRow, DemoError> {
    rows.get(title)
        .ok_or_else(|| DemoError::Data(format!("no document is called {title}")))
}

/// The organisation somebody belongs to.
fn own(data: &Data, known: &Known, email: &str) -> Result<OrganisationId, DemoError> {
    let slug = data
        .people
        .iter()
        .find(|person| person.email == email)
        .and_then(|person| person.organisation.as_ref())
        .ok_or_else(|| DemoError::Data(format!("{email} belongs nowhere")))?;
    find(&known.organisations, slug)
}

pub(super) async fn who(app: &App, id: PersonId) -> Result<Person, DemoError> {
    Ok(Person {
        id,
        email: String::new(),
        name: String::new(),
        language: "fr".to_owned(),
        session: app.ids.uuid(),
        roles: accounts::roles(app, id).await?,
    })
}

pub(super) async fn received(app: &App, name: &str, text: &str) -> Result<Received, DemoError> {
    Received::of_bytes(app, name, text.as_bytes())
        .await
        .map_err(DemoError::refused("a file"))
}

async fn propose(
    app: &App,
    document: &Document,
    author: &Person,
    organisation: OrganisationId,
) -> Result<crate::ids::DocumentId, DemoError> {
    let about = Description {
        kind: document.kind.clone(),
        title: document.title.clone(),
        summary: document.summary.clone(),
        license: document.license.clone(),
        language: lang(&document.language),
        axis: Some(document.axis.clone()),
        region: None,
        task: Some(document.task.clone()),
        tags: document.tags.clone(),
    };
    let first = document
        .versions
        .first()
        .map_or("", |edition| &edition.text);
    let file = received(app, &document.file, first).await?;
    let (id, _) = documents::propose(app, author, organisation, about, file)
        .await
        .map_err(DemoError::refused("a document"))?;
    Ok(id)
}

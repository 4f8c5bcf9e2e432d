//! The toolbox: documents published under an organisation's name, and fiches made of accepted
//! answers. Members propose, coordinators release, animators feature; each version keeps its link.

mod content;
mod fiche;
mod keep;
mod pages;
pub mod picture;
mod receive;
mod sniff;
mod store;

use rocket::Route;
use rocket::http::Status;
use serde_json::json;

use crate::App;
use crate::accounts::{Audit, Person};
use crate::clock::Timestamp;
use crate::db::{DbError, Tx};
use crate::folding::folded;
use crate::following::{self, Notice};
use crate::ids::{DocumentId, DocumentVersionId, OrganisationId, PersonId, ReplyId, TopicId};
use crate::web::{Lang, Refusal};

pub use content::Held;
pub use fiche::{fiches, promote};
pub use keep::{drop_kept, keep, kept, kept_address, kept_of};
pub use pages::{Card, card, cards_of_axis, cards_of_organisation};
pub use receive::{Received, Upload, limit};
pub(crate) use store::QUERIES;
pub use store::{DocumentRow, KeptRow, VersionRow};

/// The kinds a member may choose; `fiche` comes from an accepted answer.
pub const KINDS: [&str; 6] = ["guide", "template", "report", "study", "law", "tool"];
/// What a document helps to do.
pub const TASKS: [&str; 9] = [
    "assembly",
    "budget",
    "statutes",
    "report",
    "volunteers",
    "project",
    "partnership",
    "advocacy",
    "communication",
];
/// Licences that let others share, the most open first.
pub const LICENSES: [&str; 4] = ["cc-by-sa", "cc-by", "cc-by-nc-sa", "cc0"];

/// Longest title, in characters.
pub const TITLE_MAX: usize = 160;
/// Longest summary, in characters.
pub const SUMMARY_MAX: usize = 2_000;
/// Documents per page.
pub const PAGE: i64 = 24;
/// A picture's longest side, in pixels.
const PICTURE: u32 = 2_400;

/// The routes: pages, and files on the content origin.
pub fn routes() -> Vec<Route> {
    [pages::routes(), content::routes()].concat()
}

/// What is said about a document.
#[derive(Debug, Clone)]
pub struct Description {
    /// One of [`KINDS`].
    pub kind: String,
    /// One line.
    pub title: String,
    /// Markdown.
    pub summary: String,
    /// One of [`LICENSES`].
    pub license: String,
    /// The language it is written in.
    pub language: Lang,
    /// An axis.
    pub axis: Option<String>,
    /// A region.
    pub region: Option<String>,
    /// One of [`TASKS`].
    pub task: Option<String>,
    /// As [`crate::spaces::tags`] gives them.
    pub tags: Vec<String>,
}

/// What a version holds.
#[derive(Debug, Clone)]
struct Content {
    object: Option<String>,
    body: Option<String>,
    file_name: String,
    media_type: String,
    size: i64,
    sha256: String,
}

/// A document about to be written.
#[derive(Debug, Clone)]
struct New {
    id: DocumentId,
    organisation: Option<OrganisationId>,
    author: PersonId,
    about: Description,
    adapted_from: Option<DocumentId>,
    made_of: Option<(TopicId, ReplyId)>,
    released: bool,
    at: Timestamp,
    version: DocumentVersionId,
    content: Content,
    note: String,
    parts: Vec<(PersonId, &'static str, Timestamp)>,
}

/// Writes it; false when the fiche of that reply is there already.
async fn write(tx: &mut Tx, new: &New) -> Result<bool, DbError> {
    let d = &new.about;
    let tags = match d.tags.is_empty() {
        true => String::new(),
        false => format!(" {} ", d.tags.join(" ")),
    };
    let added = store::ADD
        .bind(new.id)
        .bind(new.organisation)
        .bind(new.author)
        .bind(&d.kind)
        .bind(&d.title)
        .bind(folded(&format!("{} {} {tags}", d.title, d.summary)))
        .bind(&d.summary)
        .bind(&d.license)
        .bind(d.language.code())
        .bind(d.axis.clone())
        .bind(d.region.clone())
        .bind(d.task.clone())
        .bind(&tags)
        .bind(new.adapted_from)
        .bind(new.made_of.map(|(topic, _)| topic))
        .bind(new.made_of.map(|(_, reply)| reply))
        .bind(new.at)
        .bind(new.released.then_some(new.at))
        .bind(new.released.then_some(new.author))
        .run(&mut *tx)
        .await?;
    if added == 0 {
        return Ok(false);
    }
    write_version(
        tx,
        new.version,
        new.id,
        &new.content,
        &new.note,
        new.author,
        new.at,
    )
    .await?;
    for (person, part, at) in &new.parts {
        store::ADD_PART
            .bind(new.id)
            .bind(*person)
            .bind(*part)
            .bind(*at)
            .run(&mut *tx)
            .await?;
    }
    if new.released {
        let notice = Notice::document(new.id, new.author, new.at);
        following::happened(tx, notice).await?;
    }
    Ok(true)
}

async fn write_version(
    tx: &mut Tx,
    id: DocumentVersionId,
    document: DocumentId,
    content: &Content,
    note: &str,
    by: PersonId,
    at: Timestamp,
) -> Result<(), DbError> {
    store::TOUCH.bind(document).bind(at).run(&mut *tx).await?;
    store::ADD_VERSION
        .bind(id)
        .bind(document)
        .bind(content.object.clone())
        .bind(content.body.clone())
        .bind(&content.file_name)
        .bind(&content.media_type)
        .bind(content.size)
        .bind(&content.sha256)
        .bind(note)
        .bind(by)
        .bind(at)
        .run(&mut *tx)
        .await?;
    if content.object.is_none() {
        // A fiche has parts of its own.
        return Ok(());
    }
    store::ADD_PART
        .bind(document)
        .bind(by)
        .bind("wrote")
        .bind(at)
        .run(tx)
        .await
        .map(drop)
}

/// Whether what a member proposes for an organisation is released at once.
async fn released_at_once(
    app: &App,
    by: &Person,
    organisation: OrganisationId,
) -> Result<bool, DbError> {
    let (trusted,): (i64,) = store::TRUSTED.bind(organisation).one(&app.db).await?;
    Ok(domain::community::released_at_once(
        organisation.0,
        trusted > 0,
        &by.roles,
    ))
}

/// Looks at a received file and stores it: what it is by its bytes, pictures drawn anew.
async fn store_file(
    app: &App,
    file: Received,
    version: DocumentVersionId,
) -> Result<Content, Refusal> {
    let looked = tokio::task::spawn_blocking(move || look(file))
        .await
        .map_err(|error| {
            tracing::error!(%error, "upload");
            Refusal::new(Status::InternalServerError, "internal")
        })??;
    let key = format!("documents/{}", version.0.simple());
    let stored = match &looked.drawn {
        Some(bytes) => app.storage.put(&key, bytes.clone().into()).await,
        None => app.storage.put_file(&key, &looked.file.path).await,
    };
    stored.map_err(|error| match error {
        crate::outbound::storage::StorageError::Full => {
            Refusal::new(Status::InsufficientStorage, "storage-full")
        }
        error => {
            tracing::error!(%error, "upload");
            Refusal::new(Status::ServiceUnavailable, "unavailable")
        }
    })?;
    Ok(Content {
        object: Some(key),
        body: None,
        file_name: looked.name,
        media_type: looked.media.to_owned(),
        size: looked.size,
        sha256: looked.sha256,
    })
}

/// A file that was looked at.
struct Looked {
    file: Received,
    /// A picture, drawn anew.
    drawn: Option<Vec<u8>>,
    media: &'static str,
    name: String,
    size: i64,
    sha256: String,
}

fn look(file: Received) -> Result<Looked, Refusal> {
    use std::io::Read;
    let unread = |error: std::io::Error| {
        tracing::error!(%error, "upload");
        Refusal::new(Status::InternalServerError, "internal")
    };
    let mut head = Vec::new();
    let opened = std::fs::File::open(&file.path).map_err(unread)?;
    opened
        .take(sniff::HEAD as u64)
        .read_to_end(&mut head)
        .map_err(unread)?;
    let mut entries = Vec::new();
    if head.starts_with(b"PK\x03\x04") {
        let opened = std::fs::File::open(&file.path).map_err(unread)?;
        let archive =
            zip::ZipArchive::new(opened).map_err(|_| Refusal::unprocessable("document-unknown"))?;
        // A name that cannot be read is no name of an office document's parts.
        entries = archive
            .file_names()
            .take(50_000)
            .filter_map(|name| name.ok().map(|name| name.into_owned()))
            .collect();
    }
    let sniffed = sniff::sniff(&head, &file.name, &entries).map_err(|unwanted| match unwanted {
        sniff::Unwanted::Program => Refusal::unprocessable("document-program"),
        sniff::Unwanted::Unknown => Refusal::unprocessable("document-unknown"),
    })?;
    if sniffed.picture {
        let bytes = std::fs::read(&file.path).map_err(unread)?;
        let drawn = picture::draw(&bytes, PICTURE)
            .ok_or_else(|| Refusal::unprocessable("document-picture"))?;
        return Ok(Looked {
            name: sniff::name(&file.name, drawn.extension),
            media: drawn.media,
            size: drawn.bytes.len() as i64,
            sha256: {
                use sha2::Digest;
                crate::ids::hex(&sha2::Sha256::digest(&drawn.bytes))
            },
            drawn: Some(drawn.bytes),
            file,
        });
    }
    Ok(Looked {
        drawn: None,
        media: sniffed.media,
        name: sniff::name(&file.name, sniffed.extension),
        size: i64::try_from(file.size).unwrap_or(i64::MAX),
        sha256: file.sha256.clone(),
        file,
    })
}

/// Proposes a document under the name of an organisation the person belongs to; gives its id, and
/// whether it is released already.
///
/// # Errors
/// 403 for an organisation of others; 422 for a file that is not taken.
pub async fn propose(
    app: &App,
    by: &Person,
    organisation: OrganisationId,
    about: Description,
    file: Received,
) -> Result<(DocumentId, bool), Refusal> {
    if !by.roles.member_of.contains(&organisation.0) {
        return Err(Refusal::forbidden());
    }
    let released = released_at_once(app, by, organisation).await?;
    let (id, version): (DocumentId, DocumentVersionId) = (app.ids.id(), app.ids.id());
    let content = store_file(app, file, version).await?;
    let new = New {
        id,
        organisation: Some(organisation),
        author: by.id,
        about,
        adapted_from: None,
        made_of: None,
        released,
        at: app.clock.now(),
        version,
        content,
        note: String::new(),
        parts: Vec::new(),
    };
    app.db
        .write(new, |tx, new| Box::pin(write(tx, new)))
        .await?;
    Ok((id, released))
}

/// Adds a version to a document of an organisation the person belongs to.
pub async fn renew(
    app: &App,
    by: &Person,
    document: &DocumentRow,
    note: String,
    file: Received,
) -> Result<(), Refusal> {
    if !may_renew(by, document) {
        return Err(Refusal::forbidden());
    }
    let version: DocumentVersionId = app.ids.id();
    let content = store_file(app, file, version).await?;
    let (id, by, at) = (document.id, by.id, app.clock.now());
    app.db
        .write(
            (version, id, content, note, by, at),
            |tx, (version, id, content, note, by, at)| {
                Box::pin(write_version(tx, *version, *id, content, note, *by, *at))
            },
        )
        .await?;
    Ok(())
}

/// Whoever wrote it and still belongs to its organisation, and its coordinators.
pub fn may_renew(person: &Person, document: &DocumentRow) -> bool {
    document.kind != "fiche"
        && document.organisation.is_some_and(|organisation| {
            domain::community::may_release(organisation.0, &person.roles)
                || (document.author == person.id
                    && person.roles.member_of.contains(&organisation.0))
        })
}

/// Makes a copy for an organisation the person belongs to, which says where it comes from.
pub async fn copy(
    app: &App,
    by: &Person,
    document: &DocumentRow,
    organisation: OrganisationId,
) -> Result<DocumentId, Refusal> {
    if !by.roles.member_of.contains(&organisation.0) {
        return Err(Refusal::forbidden());
    }
    let Some(object) = document.object.clone() else {
        return Err(Refusal::unprocessable("document-not-copied"));
    };
    let version: VersionRow = store::VERSION
        .bind(document.id)
        .bind(document.number)
        .one(&app.db)
        .await?;
    let new = New {
        id: app.ids.id(),
        organisation: Some(organisation),
        author: by.id,
        about: Description {
            kind: document.kind.clone(),
            title: document.title.clone(),
            summary: document.summary.clone(),
            license: document.license.clone(),
            language: Lang::from_code(&document.language).unwrap_or_default(),
            axis: document.axis.clone(),
            region: document.region.clone(),
            task: document.task.clone(),
            tags: document
                .tags
                .split_whitespace()
                .map(str::to_owned)
                .collect(),
        },
        adapted_from: Some(document.id),
        made_of: None,
        // A copy is a draft until it is adapted: two of one document help nobody.
        released: false,
        at: app.clock.now(),
        version: app.ids.id(),
        content: Content {
            object: Some(object),
            body: None,
            file_name: version.file_name,
            media_type: version.media_type,
            size: version.size,
            sha256: version.sha256,
        },
        note: String::new(),
        parts: vec![(document.author, "wrote", document.created_at)],
    };
    let id = new.id;
    app.db
        .write(new, |tx, new| Box::pin(write(tx, new)))
        .await?;
    Ok(id)
}

/// Releases a document, or withdraws it.
pub async fn release(
    app: &App,
    by: &Person,
    document: &DocumentRow,
    released: bool,
) -> Result<(), Refusal> {
    let speaks = match document.organisation {
        Some(organisation) => domain::community::may_release(organisation.0, &by.roles),
        None => by.roles.is_staff(),
    };
    if !speaks {
        return Err(Refusal::forbidden());
    }
    let action = if released {
        "document-released"
    } else {
        "document-withdrawn"
    };
    let audit = Audit::new(
        app,
        Some(by.id),
        action,
        format!("document:{}", document.id),
    );
    let (id, by) = (document.id, by.id);
    app.db
        .write(
            (id, by, released, audit),
            |tx, (id, by, released, audit)| {
                Box::pin(async move {
                    let query = match released {
                        true => store::RELEASE.bind(*id).bind(audit.at).bind(*by),
                        false => store::WITHDRAW.bind(*id),
                    };
                    if query.run(&mut *tx).await? == 1 && *released {
                        let notice = Notice::document(*id, *by, audit.at);
                        following::happened(tx, notice).await?;
                    }
                    audit.write(tx).await
                })
            },
        )
        .await?;
    Ok(())
}

/// Puts a released document forward, or no more: animators and the staff.
pub async fn feature(
    app: &App,
    by: &Person,
    document: &DocumentRow,
    featured: bool,
) -> Result<(), Refusal> {
    if !may_feature(by) {
        return Err(Refusal::forbidden());
    }
    let audit = Audit::new(
        app,
        Some(by.id),
        "document-featured",
        format!("document:{}", document.id),
    )
    .detail(json!({ "featured": featured }));
    let id = document.id;
    app.db
        .write((id, featured, audit), |tx, (id, featured, audit)| {
            Box::pin(async move {
                store::FEATURE
                    .bind(*id)
                    .bind(featured.then_some(audit.at))
                    .bind(audit.actor.filter(|_| *featured))
                    .run(&mut *tx)
                    .await?;
                audit.write(tx).await
            })
        })
        .await?;
    Ok(())
}

/// Animators of any space, and the staff.
pub fn may_feature(person: &Person) -> bool {
    person.roles.is_staff() || !person.roles.animates.is_empty()
}

/// A document for somebody: everybody sees what is shown; what waits is seen by who wrote it, the
/// coordinators of its organisation and administrators. 404 for the others.
pub async fn document(
    app: &App,
    id: DocumentId,
    person: Option<&Person>,
) -> Result<DocumentRow, Refusal> {
    if let Some(shown) = store::SHOWN.bind(id).optional(&app.db).await? {
        return Ok(shown);
    }
    let any: DocumentRow = store::ANY.bind(id).one(&app.db).await?;
    let sees = person.is_some_and(|person| {
        person.roles.admin
            || (person.id == any.author && any.hidden_at.is_none())
            || any.organisation.is_some_and(|organisation| {
                domain::community::may_release(organisation.0, &person.roles)
            })
    });
    if sees {
        Ok(any)
    } else {
        Err(Refusal::not_found())
    }
}

/// Counts a download.
pub async fn downloaded(app: &App, id: DocumentId) -> Result<(), DbError> {
    app.db
        .write(id, |tx, id| {
            Box::pin(async move { store::DOWNLOADED.bind(*id).run(tx).await.map(drop) })
        })
        .await
}

/// One version of a document.
pub async fn version(app: &App, id: DocumentId, number: i64) -> Result<VersionRow, Refusal> {
    Ok(store::VERSION.bind(id).bind(number).one(&app.db).await?)
}

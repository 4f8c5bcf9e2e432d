//! What an import writes down: package, entries, module and version in one transaction.

use std::sync::Arc;

use package::{Entry, Finding, Method};
use serde_json::{Value, json};

use crate::App;
use crate::catalogue::{self, Module, slug, store};
use crate::clock::Timestamp;
use crate::db::{DbError, Tx};
use crate::following::{self, Notice};
use crate::formats::Structure;
use crate::ids::{ModuleId, PackageId, VersionId};
use crate::web::{Lang, Refusal};

use super::examine::Examined;
use super::objects::Stored;
use super::{Imported, ModuleRef, Options, TITLE, read_structure, view};

/// All that one transaction writes.
pub(super) struct NewPackage {
    pub(super) package: PackageId,
    pub(super) sha256: String,
    object: String,
    size: i64,
    format: String,
    edition: Option<String>,
    title: String,
    course: String,
    diagnosis: Value,
    entries: Value,
    module: ModuleId,
    version: VersionId,
    slug: String,
    language: Lang,
    pub(super) options: Options,
    now: Timestamp,
}

impl NewPackage {
    pub(super) fn of(
        app: &App,
        sha256: String,
        size: u64,
        examined: &Examined,
        stored: &Stored,
        options: Options,
    ) -> NewPackage {
        let structure = &examined.structure;
        let title: String = structure.title().trim().chars().take(TITLE).collect();
        NewPackage {
            package: app.ids.id(),
            sha256,
            object: stored.zip.clone(),
            size: size as i64,
            format: structure.format().to_owned(),
            edition: structure.edition().map(str::to_owned),
            slug: slug::slug(&title),
            title,
            course: serde_json::to_string(structure).unwrap_or_default(),
            diagnosis: json!(examined.findings),
            entries: entries(&examined.index.entries, &stored.sides),
            module: app.ids.id(),
            version: app.ids.id(),
            language: examined.language,
            options,
            now: app.clock.now(),
        }
    }
}

fn entries(entries: &[Entry], sides: &[(String, String)]) -> Value {
    entries
        .iter()
        .map(|entry| {
            let side = sides.iter().find(|(path, _)| *path == entry.path);
            json!({
                "path": entry.path,
                "raw": (!entry.raw.is_empty()).then(|| crate::ids::hex(&entry.raw)),
                "offset": entry.offset,
                "method": match entry.method { Method::Stored => 0, Method::Deflate => 8 },
                "compressed": entry.compressed_size,
                "size": entry.size,
                "crc32": entry.crc32,
                "media": entry.media_type(),
                "side": side.map(|(_, key)| key),
            })
        })
        .collect()
}

/// Package, entries, module and version in one transaction.
pub(super) async fn write(app: &App, new: &Arc<NewPackage>) -> Result<ModuleRef, Refusal> {
    for _ in 0..5 {
        let result: Result<ModuleRef, WriteError> = app
            .db
            .write(new.clone(), |tx, new| {
                Box::pin(async move {
                    store::ADD_PACKAGE
                        .bind(new.package)
                        .bind(&new.sha256)
                        .bind(&new.object)
                        .bind(new.size)
                        .bind(&new.format)
                        .bind(new.edition.clone())
                        .bind(&new.title)
                        .bind(&new.course)
                        .bind(new.diagnosis.clone())
                        .bind(new.now)
                        .bind(new.options.by)
                        .run(&mut *tx)
                        .await?;
                    store::ADD_ENTRIES
                        .bind(new.package)
                        .bind(new.entries.clone())
                        .run(&mut *tx)
                        .await?;
                    place(tx, new).await
                })
            })
            .await;
        match result {
            Ok(module) => return Ok(module),
            // Another module took the address, or the number, at the same moment.
            Err(WriteError::Raced) => {}
            Err(WriteError::Db(error)) => return Err(error.into()),
        }
    }
    Err(Refusal::conflict("conflict"))
}

enum WriteError {
    Raced,
    Db(DbError),
}

impl From<DbError> for WriteError {
    fn from(error: DbError) -> Self {
        match &error {
            DbError::Constraint { name, .. }
                if name == "module_slug" || name == "module_version_number" =>
            {
                WriteError::Raced
            }
            _ => WriteError::Db(error),
        }
    }
}

/// Gives a stored package its place: a version of the module asked for, or a module of its own.
async fn place(tx: &mut Tx, new: &NewPackage) -> Result<ModuleRef, WriteError> {
    let published = new.options.publish.then_some(new.now);
    let module = match new.options.module {
        Some(id) if new.options.candidate => {
            store::KEEP_CANDIDATE
                .bind(id)
                .bind(new.package)
                .bind(new.now)
                .bind(new.options.by)
                .run(&mut *tx)
                .await?;
            let module: Module = store::MODULE.bind(id).one(&mut *tx).await?;
            return Ok(ModuleRef {
                id,
                slug: module.slug,
            });
        }
        Some(id) => {
            store::TOUCH_MODULE
                .bind(id)
                .bind(new.now)
                .bind(published.map(Timestamp::micros))
                .run(&mut *tx)
                .await?;
            let module: Module = store::MODULE.bind(id).one(&mut *tx).await?;
            ModuleRef {
                id,
                slug: module.slug,
            }
        }
        None => {
            let taken: Vec<store::SlugRow> =
                store::SLUGS_LIKE.bind(&new.slug).all(&mut *tx).await?;
            let slug = free(&new.slug, &taken);
            store::ADD_MODULE
                .bind(new.module)
                .bind(&slug)
                .bind(&new.title)
                .bind(new.options.axis.clone())
                .bind(new.language.code())
                .bind(new.options.organisation)
                .bind(published.map(Timestamp::micros))
                .bind(new.now)
                .bind(new.options.by)
                .run(&mut *tx)
                .await?;
            ModuleRef {
                id: new.module,
                slug,
            }
        }
    };
    store::ADD_VERSION
        .bind(new.version)
        .bind(module.id)
        .bind(new.package)
        .bind(new.now)
        .bind(new.options.by)
        .run(&mut *tx)
        .await?;
    if published.is_some() {
        let notice = Notice::module(module.id, new.options.by, new.now);
        following::happened(tx, notice).await?;
    }
    if new.options.module.is_some() {
        let notice = Notice::version(module.id, new.version.0, new.options.by, new.now);
        following::happened(tx, notice).await?;
    }
    Ok(module)
}

fn free(slug: &str, taken: &[store::SlugRow]) -> String {
    let is_taken = |candidate: &str| taken.iter().any(|row| row.slug == candidate);
    if !is_taken(slug) {
        return slug.to_owned();
    }
    (2..)
        .map(|n| format!("{slug}-{n}"))
        .find(|candidate| !is_taken(candidate))
        .unwrap_or_else(|| slug.to_owned())
}

/// The same bytes again: the same package; a new version only if another module is asked for.
pub(super) async fn again(
    app: &App,
    known: store::PackageRow,
    options: Options,
) -> Result<Imported, Refusal> {
    let structure = read_structure(&known.course)?;
    let diagnosis: Vec<Finding> =
        serde_json::from_value(known.diagnosis.clone()).unwrap_or_default();
    let current: Option<store::ModuleRefRow> = match options.module {
        None => {
            store::MODULE_OF_PACKAGE
                .bind(known.id)
                .bind(options.among)
                .optional(&app.db)
                .await?
        }
        Some(id) => {
            let module = catalogue::module(app, id).await?;
            (module.package == known.id).then_some(store::ModuleRefRow {
                id,
                slug: module.slug,
            })
        }
    };
    let module = match current {
        Some(row) => {
            if options.publish {
                publish(app, row.id).await?;
            }
            ModuleRef {
                id: row.id,
                slug: row.slug,
            }
        }
        None => add_place(app, &known, options, spoken_language(&structure)).await?,
    };
    Ok(Imported {
        package: view(
            known.id,
            known.sha256,
            known.size as u64,
            &structure,
            diagnosis,
        ),
        module,
        new: false,
    })
}

fn spoken_language(structure: &Structure) -> Lang {
    catalogue::language::detect(structure.title(), "", structure.language())
}

async fn publish(app: &App, module: ModuleId) -> Result<(), Refusal> {
    let now = app.clock.now();
    app.db
        .write((module, now), |tx, (module, now)| {
            Box::pin(async move {
                store::TOUCH_MODULE
                    .bind(*module)
                    .bind(*now)
                    .bind(Some(now.micros()))
                    .run(&mut *tx)
                    .await?;
                following::happened(tx, Notice::module(*module, None, *now))
                    .await
                    .map_err(Refusal::from)
            })
        })
        .await?;
    Ok(())
}

/// A package that is stored already gets a version of the module asked for, or a new module.
async fn add_place(
    app: &App,
    known: &store::PackageRow,
    options: Options,
    language: Lang,
) -> Result<ModuleRef, Refusal> {
    let new = Arc::new(NewPackage {
        package: known.id,
        sha256: String::new(),
        object: String::new(),
        size: known.size,
        format: String::new(),
        edition: None,
        slug: slug::slug(&known.title),
        title: known.title.clone(),
        course: String::new(),
        diagnosis: Value::Null,
        entries: Value::Null,
        module: app.ids.id(),
        version: app.ids.id(),
        language,
        options,
        now: app.clock.now(),
    });
    for _ in 0..5 {
        let result = app
            .db
            .write(new.clone(), |tx, new| Box::pin(place(tx, new)))
            .await;
        match result {
            Ok(module) => return Ok(module),
            Err(WriteError::Raced) => {}
            Err(WriteError::Db(error)) => return Err(error.into()),
        }
    }
    Err(Refusal::conflict("conflict"))
}

//! The sample modules, zipped and imported as a trainer would.

use std::sync::Arc;

use super::calendar::{Calendar, back_then};
use super::data::{self, Data};
use super::people::find;
use super::{DemoError, Known, TRAINER};
use crate::App;
use crate::catalogue::{self, Change, Options, StoredCourse};

/// A module that was imported.
pub(super) struct KnownModule {
    pub module: catalogue::Module,
    pub course: Arc<StoredCourse>,
}

/// Days before the first start on which modules were published, in the order of `modules.json`:
/// the first learners came 91 days before it.
const PUBLISHED: [i64; 5] = [-140, -118, -103, -97, -94];

/// Imports and publishes each module.
pub(super) async fn modules(
    app: &App,
    data: &Data,
    calendar: &Calendar,
    known: &mut Known,
) -> Result<(), DemoError> {
    let trainer = find(&known.people, TRAINER)?;
    for (module, day) in data.modules.iter().zip(PUBLISHED) {
        let then = back_then(app, calendar.some_time(day, &module.slug));
        let zip = package::build::zip(module.files())
            .map_err(|error| DemoError::Data(format!("{}: {error}", module.slug)))?;
        let options = Options {
            axis: Some(module.axis.clone()),
            publish: true,
            by: Some(trainer),
            ..Options::default()
        };
        let imported = catalogue::import_bytes(&then, &zip, options)
            .await
            .map_err(DemoError::refused(&module.slug))?;
        let change = Change {
            summary: Some(module.summary.clone()),
            language: Some(data::lang(&module.language)),
            ..Change::default()
        };
        let stored = catalogue::change(&then, imported.module.id, change)
            .await
            .map_err(DemoError::refused(&module.slug))?;
        let course = catalogue::course(app, stored.version)
            .await
            .map_err(DemoError::refused(&module.slug))?;
        known.modules.insert(
            module.slug.clone(),
            Arc::new(KnownModule {
                module: stored,
                course,
            }),
        );
    }
    Ok(())
}

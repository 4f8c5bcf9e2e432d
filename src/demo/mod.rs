//! The demo community: loaded once into an empty database, through the same use cases as real
//! people, with their dates in the past (`fixtures/demo/README.md`).

mod accompaniment;
mod actions;
mod calendar;
mod data;
mod discussions;
mod hearing;
mod histories;
mod learner;
mod lesson;
mod modules;
mod partners;
mod past;
mod people;
mod profiles;
mod records;
mod rooms;
mod seminars;
mod store;
mod toolbox;
mod units;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::App;
use crate::db::DbError;
use crate::ids::{OrganisationId, PersonId, SeminarId, SpaceId};
use crate::web::Refusal;

use calendar::Calendar;
use data::Data;

pub(crate) use store::QUERIES;

/// The password of everybody in the demo.
pub const PASSWORD: &str = "halqa-demo";

/// The accounts to try it with; what each may do is in `people.json`.
pub const ACCOUNTS: [&str; 6] = [
    "admin@halqa.example",
    "regional@halqa.example",
    "trainer@halqa.example",
    "animator@halqa.example",
    "coordinator@halqa.example",
    "learner@halqa.example",
];

/// Who imports the modules.
const TRAINER: &str = "trainer@halqa.example";

/// Why the demo cannot start.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// The database holds something else.
    #[error(
        "this database holds something else than the demo: give it one of its own (HALQA_DATA or HALQA_DATABASE_URL)"
    )]
    Foreign,
    /// A fixture cannot be read or names what is not there.
    #[error("fixtures: {0}")]
    Data(String),
    /// A use case refused.
    #[error("{0}")]
    Refused(String),
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl DemoError {
    /// Says what was being done when a use case refused.
    fn refused(what: &str) -> impl Fn(Refusal) -> DemoError {
        move |refusal| DemoError::Refused(format!("{what}: {}", refusal.code))
    }
}

/// What the fixtures' names became.
#[derive(Default)]
struct Known {
    organisations: BTreeMap<String, OrganisationId>,
    people: BTreeMap<String, PersonId>,
    spaces: BTreeMap<String, SpaceId>,
    modules: BTreeMap<String, Arc<modules::KnownModule>>,
    seminars: BTreeMap<String, SeminarId>,
}

/// What [`load`] did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Loaded {
    /// The community was loaded now.
    Now,
    /// It was here already and was left as it is.
    Before,
}

const LOADING: &str = "loading";
const LOADED: &str = "loaded";

/// Loads the community unless it is here. A start that was interrupted, or `reset`, clears the
/// database first; a database that holds anything else is refused. `say` hears, in English, what
/// takes time and what was left out.
pub async fn load(
    app: &App,
    reset: bool,
    say: &(dyn Fn(&str) + Send + Sync),
) -> Result<Loaded, DemoError> {
    let mark: Option<store::MarkRow> = store::MARK.optional(&app.db).await?;
    match mark.as_ref().map(|mark| mark.value.as_str()) {
        None => {
            let (rows,): (i64,) = store::ROWS.one(&app.db).await?;
            if rows > 0 {
                return Err(DemoError::Foreign);
            }
        }
        Some(LOADED) if !reset => return Ok(Loaded::Before),
        Some(LOADED) => app.db.clear().await?,
        Some(_) => {
            say("The last start was interrupted: starting over.");
            app.db.clear().await?;
        }
    }
    say("Loading the demo community…");
    set_mark(app, LOADING).await?;
    let data = Data::read()?;
    let calendar = Calendar::from(app);
    let mut known = Known::default();
    people::places(app, &data, &calendar, &mut known).await?;
    people::people(app, &data, &calendar, &mut known).await?;
    hearing::hearing(app, &calendar, &known).await?;
    modules::modules(app, &data, &calendar, &mut known).await?;
    histories::histories(app, &data, &calendar, &known).await?;
    seminars::seminars(app, &data, &calendar, &mut known).await?;
    past::past(app, &calendar, &known).await?;
    let solutions = discussions::discussions(app, &data, &calendar, &known).await?;
    toolbox::toolbox(app, &data, &calendar, &known, &solutions).await?;
    records::records(app, &known).await?;
    partners::partners(app, &calendar, &known).await?;
    accompaniment::accompaniment(app, &data, &calendar, &known).await?;
    profiles::profiles(app, &data, &known).await?;
    actions::actions(app, &data, &calendar, &known).await?;
    profiles::conversations(app, &data, &calendar, &known).await?;
    rooms::rooms(app, &data, &calendar, &known).await?;
    // Found from the first moment, not only once the worker has been by.
    crate::search::settle(app).await?;
    set_mark(app, LOADED).await?;
    Ok(Loaded::Now)
}

async fn set_mark(app: &App, value: &'static str) -> Result<(), DbError> {
    app.db
        .write(value, |tx, value| {
            Box::pin(async move { store::SET_MARK.bind(*value).run(tx).await.map(drop) })
        })
        .await
}

//! Figures of the programme, and the rows behind each: a figure is the sum of its rows at any
//! moment, also while a change waits to be counted, because both are read from what one transaction
//! wrote.

pub mod derive;
mod queue;
mod store;

use std::collections::BTreeMap;

use crate::App;
use crate::accounts::Person;
use crate::db::DbError;

pub use queue::{as_of, rebuild, refresh};
pub(crate) use store::QUERIES;
pub use store::{LineRow, SumRow};

/// Rows of a page.
pub const PAGE: i64 = 50;

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measure {
    /// In addresses, messages and files.
    pub code: &'static str,
    /// Under which facts are kept.
    base: &'static str,
    /// People never active before only.
    fresh: bool,
    /// The amounts are summed, not the rows.
    pub sums: bool,
    /// The group in which it is shown.
    pub group: &'static str,
}

const fn measure(code: &'static str, group: &'static str) -> Measure {
    Measure {
        code,
        base: code,
        fresh: false,
        sums: false,
        group,
    }
}

/// All measures, in the order of the page.
pub const MEASURES: [Measure; 21] = [
    measure("learners", "learning"),
    Measure {
        base: "learners",
        fresh: true,
        ..measure("new", "learning")
    },
    measure("registrations", "learning"),
    measure("completions", "learning"),
    measure("successes", "learning"),
    Measure {
        sums: true,
        ..measure("time", "learning")
    },
    measure("eligible", "seminars"),
    Measure {
        sums: true,
        ..measure("seats-offered", "seminars")
    },
    measure("seats-taken", "seminars"),
    Measure {
        sums: true,
        ..measure("seats-waiting", "seminars")
    },
    measure("present", "seminars"),
    measure("questions", "contributions"),
    measure("answers", "contributions"),
    measure("solutions", "contributions"),
    measure("discussions", "contributions"),
    measure("documents", "contributions"),
    measure("visits", "accompaniment"),
    measure("sheets-planned", "sheets"),
    measure("sheets-under-way", "sheets"),
    measure("sheets-done", "sheets"),
    measure("sheets-stopped", "sheets"),
];

impl Measure {
    /// The measure of this code.
    pub fn from_code(code: &str) -> Option<Measure> {
        MEASURES.into_iter().find(|measure| measure.code == code)
    }

    fn of(self, row: &SumRow) -> i64 {
        match (self.fresh, self.sums) {
            (true, _) => row.fresh,
            (_, true) => row.amount,
            _ => row.n,
        }
    }

    /// The value that one row adds.
    pub fn value(self, row: &LineRow) -> i64 {
        if self.sums { row.amount } else { 1 }
    }
}

/// What may be seen: administrators the country, regional staff its regions.
#[derive(Debug, Clone)]
pub struct Scope {
    everything: bool,
    regions: Vec<String>,
}

impl Scope {
    /// Of somebody of the staff; nobody else has figures to see.
    pub fn of(person: &Person) -> Option<Scope> {
        person.roles.is_staff().then(|| Scope {
            everything: person.roles.admin,
            regions: person.roles.regions.clone(),
        })
    }

    /// The whole country.
    pub fn is_national(&self) -> bool {
        self.everything
    }

    /// May see a region.
    pub fn covers(&self, region: &str) -> bool {
        self.everything || self.regions.iter().any(|own| own == region)
    }
}

/// Whole months and the filters; an empty filter lets everything pass.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// The first month, since the year 0.
    pub from: i64,
    /// The month after the last.
    pub until: i64,
    /// A region's slug.
    pub region: String,
    /// An axis' slug.
    pub axis: String,
    /// A kind of organisations.
    pub kind: String,
}

/// By what figures are parted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Not at all.
    Whole,
    /// By month.
    Month,
    /// By region.
    Region,
    /// By axis.
    Axis,
    /// By the organisations' kind.
    Kind,
}

/// Figures: by measure's code and part (`""` for the whole).
pub type Figures = BTreeMap<(&'static str, String), i64>;

/// The figures within a scope.
pub async fn figures(
    app: &App,
    scope: &Scope,
    filter: &Filter,
    part: Part,
) -> Result<Figures, DbError> {
    let query = match part {
        Part::Whole => &store::TOTALS,
        Part::Month => &store::BY_MONTH,
        Part::Region => &store::BY_REGION,
        Part::Axis => &store::BY_AXIS,
        Part::Kind => &store::BY_KIND,
    };
    let rows: Vec<SumRow> = query
        .bind(filter.from)
        .bind(filter.until)
        .bind(scope.everything)
        .bind(scope.regions.clone())
        .bind(&filter.region)
        .bind(&filter.axis)
        .bind(&filter.kind)
        .all(&app.db)
        .await?;
    // On an axis a learner is new or known by what was done on it.
    let by_axis = part == Part::Axis || !filter.axis.is_empty();
    let learners = if by_axis { "learners-axis" } else { "learners" };
    let mut figures = Figures::new();
    for measure in MEASURES {
        let base = match measure.base {
            "learners" => learners,
            other => other,
        };
        for row in rows.iter().filter(|row| row.measure == base) {
            let value = measure.of(row);
            if value != 0 {
                figures.insert((measure.code, row.part.clone()), value);
            }
        }
    }
    Ok(figures)
}

/// Where a page of rows begins: after this moment (microseconds) and id.
pub type After = Option<(i64, i64)>;

/// Rows of a figure, latest first, and where the next page begins.
pub async fn rows(
    app: &App,
    scope: &Scope,
    filter: &Filter,
    measure: Measure,
    after: After,
    limit: i64,
) -> Result<(Vec<LineRow>, After), DbError> {
    let mut rows: Vec<LineRow> = store::ROWS
        .bind(filter.from)
        .bind(filter.until)
        .bind(scope.everything)
        .bind(scope.regions.clone())
        .bind(&filter.region)
        .bind(&filter.axis)
        .bind(&filter.kind)
        .bind(measure.base)
        .bind(measure.fresh)
        .bind(!filter.axis.is_empty())
        .bind(after.map(|(at, _)| at))
        .bind(after.map(|(_, id)| id))
        .bind(limit + 1)
        .all(&app.db)
        .await?;
    let more = rows.len() as i64 > limit;
    rows.truncate(usize::try_from(limit).unwrap_or_default());
    let next = rows
        .last()
        .filter(|_| more)
        .map(|row| (row.at.micros(), row.id));
    Ok((rows, next))
}

//! Figures and rows as files, for the funder.

use futures::stream::{BoxStream, StreamExt};
use rocket::http::ContentType;
use rocket::response::stream::ByteStream;
use rocket::response::{self, Responder, Response};
use rocket::{Request, get};

use super::Frames;
use super::asked::{Asked, Query, written};
use crate::accounts::guards::Staff;
use crate::follow_up::figures::{self, Filter, LineRow, MEASURES, Measure, Part, Scope};
use crate::organisations::KINDS;
use crate::reports::{Cell, File, Table, csv_line, xlsx};
use crate::web::{Lang, Refusal, Visitor};

/// Rows of a CSV file at most; it is written as it is read.
const CSV_ROWS: i64 = 500_000;
/// Rows of a workbook at most; it is made in memory.
const XLSX_ROWS: i64 = 50_000;
/// Rows read at once.
const AT_ONCE: i64 = 1_000;

/// A file that is written as it is read.
pub(super) struct Streamed {
    body: BoxStream<'static, Vec<u8>>,
    name: String,
}

impl<'r> Responder<'r, 'r> for Streamed {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'r> {
        Response::build_from(ByteStream(self.body).respond_to(request)?)
            .header(ContentType::CSV.with_params(("charset", "utf-8")))
            .raw_header("Content-Disposition", self.name)
            .raw_header("Cache-Control", "private, no-store")
            .ok()
    }
}

fn word(visitor: &Visitor<'_>, key: &str) -> String {
    visitor.app.pages.locales.plain(visitor.lang(), key, &[])
}

fn slug(filter: &Filter) -> String {
    format!(
        "halqa-{}-{}",
        written(filter.from),
        written(filter.until - 1)
    )
}

/// Figures: a line for each measure and part.
async fn tables(staff: &Staff<'_>, scope: &Scope, filter: &Filter) -> Result<Vec<Table>, Refusal> {
    let frames = Frames::read(staff).await?;
    let mut tables = Vec::new();
    for (part, key) in [
        (Part::Whole, "whole"),
        (Part::Month, "month"),
        (Part::Region, "region"),
        (Part::Axis, "axis"),
        (Part::Kind, "kind"),
    ] {
        let figures = figures::figures(staff.app, scope, filter, part).await?;
        let mut parts: Vec<(String, String)> = match part {
            Part::Whole => vec![(String::new(), String::new())],
            Part::Month => (filter.from..filter.until)
                .map(|month| (month.to_string(), written(month)))
                .collect(),
            Part::Region => super::named(staff, &frames.regions)
                .map(|(slug, name)| (slug.to_owned(), name))
                .collect(),
            Part::Axis => super::named(staff, &frames.axes)
                .map(|(slug, name)| (slug.to_owned(), name))
                .collect(),
            Part::Kind => KINDS
                .into_iter()
                .map(|kind| {
                    (
                        kind.to_owned(),
                        word(
                            staff,
                            &format!("organisations-kind-{}", kind.replace('_', "-")),
                        ),
                    )
                })
                .collect(),
        };
        if !matches!(part, Part::Whole | Part::Month) {
            parts.push((String::new(), "–".to_owned()));
        }
        let mut header = vec![word(staff, &format!("follow-up-col-{key}"))];
        header.extend(
            MEASURES.map(|measure| word(staff, &format!("follow-up-measure-{}", measure.code))),
        );
        let rows = parts.into_iter().map(|(part, name)| {
            let mut cells = vec![Cell::Text(name)];
            cells.extend(MEASURES.map(|measure| {
                let value = figures.get(&(measure.code, part.clone())).copied();
                Cell::Number(value.unwrap_or_default() as f64)
            }));
            cells
        });
        tables.push(Table {
            name: word(staff, &format!("follow-up-col-{key}")),
            header,
            rows: rows.collect(),
        });
    }
    Ok(tables)
}

/// The figures: `csv` (one table, by month) or `xlsx` (whole, by month, region, axis and kind).
#[get("/follow-up/export/<kind>?<query..>")]
pub(super) async fn figures_file(
    staff: Staff<'_>,
    kind: &str,
    query: Query<'_>,
) -> Result<File, Refusal> {
    let scope = Scope::of(staff.person).ok_or_else(Refusal::forbidden)?;
    let filter = Asked::of(&staff, &query).filter;
    if !["csv", "xlsx"].contains(&kind) {
        return Err(Refusal::not_found());
    }
    let mut tables = tables(&staff, &scope, &filter).await?;
    if kind == "csv" {
        let months = tables.swap_remove(1);
        return Ok(File::csv(&slug(&filter), "figures", &months));
    }
    workbook(&filter, "figures", tables, staff.lang()).await
}

async fn workbook(
    filter: &Filter,
    part: &str,
    tables: Vec<Table>,
    lang: Lang,
) -> Result<File, Refusal> {
    let made = tokio::task::spawn_blocking(move || xlsx(&tables, lang == Lang::Ar)).await;
    match made {
        Ok(Ok(bytes)) => Ok(File::xlsx(&format!("{}-{part}", slug(filter)), bytes)),
        _ => Err(Refusal::new(
            rocket::http::Status::InternalServerError,
            "internal",
        )),
    }
}

/// What a row is written with.
struct Writer {
    app: crate::App,
    regions: Vec<(String, String)>,
    axes: Vec<(String, String)>,
    lang: Lang,
}

impl Writer {
    async fn of(staff: &Staff<'_>) -> Result<Writer, Refusal> {
        let frames = Frames::read(staff).await?;
        let list = |list: &[crate::organisations::Named]| {
            list.iter()
                .map(|one| (one.slug.clone(), one.name(staff.lang()).to_owned()))
                .collect()
        };
        Ok(Writer {
            app: staff.app.clone(),
            regions: list(&frames.regions),
            axes: list(&frames.axes),
            lang: staff.lang(),
        })
    }

    fn header(&self) -> Vec<String> {
        [
            "day",
            "person",
            "what",
            "organisation",
            "region",
            "axis",
            "kind",
            "amount",
        ]
        .map(|column| {
            let key = format!("follow-up-col-{column}");
            self.app.pages.locales.plain(self.lang, &key, &[])
        })
        .to_vec()
    }

    fn texts(&self, row: &LineRow) -> [String; 7] {
        let zone = self.app.pages.time_zone();
        let named = |list: &[(String, String)], slug: &str| {
            let found = list.iter().find(|(one, _)| one == slug);
            found.map(|(_, name)| name.clone()).unwrap_or_default()
        };
        let kind = match row.kind.as_str() {
            "" => String::new(),
            kind => {
                let key = format!("organisations-kind-{}", kind.replace('_', "-"));
                self.app.pages.locales.plain(self.lang, &key, &[])
            }
        };
        [
            row.at
                .utc()
                .with_timezone(&zone)
                .format("%Y-%m-%d")
                .to_string(),
            row.person.clone().unwrap_or_default(),
            row.title.clone().unwrap_or_default(),
            row.organisation.clone().unwrap_or_default(),
            named(&self.regions, &row.region),
            named(&self.axes, &row.axis),
            kind,
        ]
    }
}

/// Either kind of file.
pub(super) enum Rows {
    Csv(Streamed),
    Workbook(File),
}

impl<'r> Responder<'r, 'r> for Rows {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'r> {
        match self {
            Rows::Csv(file) => file.respond_to(request),
            Rows::Workbook(file) => file.respond_to(request),
        }
    }
}

/// The rows of a figure: `csv` or `xlsx`.
#[get("/follow-up/rows/<code>/export/<kind>?<query..>")]
pub(super) async fn rows_file(
    staff: Staff<'_>,
    code: &str,
    kind: &str,
    query: Query<'_>,
) -> Result<Rows, Refusal> {
    let scope = Scope::of(staff.person).ok_or_else(Refusal::forbidden)?;
    let measure = Measure::from_code(code).ok_or_else(Refusal::not_found)?;
    let filter = Asked::of(&staff, &query).filter;
    let writer = Writer::of(&staff).await?;
    match kind {
        "csv" => Ok(Rows::Csv(streamed(writer, scope, filter, measure))),
        "xlsx" => {
            let (rows, _) =
                figures::rows(staff.app, &scope, &filter, measure, None, XLSX_ROWS).await?;
            let table = Table {
                name: word(&staff, &format!("follow-up-measure-{}", measure.code)),
                header: writer.header(),
                rows: rows
                    .iter()
                    .map(|row| {
                        let mut cells = writer.texts(row).map(Cell::Text).to_vec();
                        cells.push(Cell::Number(measure.value(row) as f64));
                        cells
                    })
                    .collect(),
            };
            let file = workbook(&filter, measure.code, vec![table], staff.lang()).await?;
            Ok(Rows::Workbook(file))
        }
        _ => Err(Refusal::not_found()),
    }
}

fn streamed(writer: Writer, scope: Scope, filter: Filter, measure: Measure) -> Streamed {
    let name = format!(
        "attachment; filename=\"{}-{}.csv\"",
        slug(&filter),
        measure.code
    );
    let head = format!(
        "\u{feff}{}",
        csv_line(writer.header().iter().map(String::as_str))
    );
    let state = (writer, scope, filter, Some(None), 0_i64);
    let pages = futures::stream::unfold(
        state,
        move |(writer, scope, filter, place, written)| async move {
            // A line that fails ends the file: what is there is whole lines.
            let place = place?;
            let read = figures::rows(&writer.app, &scope, &filter, measure, place, AT_ONCE).await;
            let (rows, next) = read
                .inspect_err(|error| tracing::warn!(%error, "rows as a file"))
                .ok()?;
            let mut text = String::new();
            for row in &rows {
                let texts = writer.texts(row);
                let value = measure.value(row).to_string();
                text.push_str(&csv_line(
                    texts.iter().map(String::as_str).chain([value.as_str()]),
                ));
            }
            let written = written + rows.len() as i64;
            let place = next.filter(|_| written < CSV_ROWS).map(Some);
            Some((text.into_bytes(), (writer, scope, filter, place, written)))
        },
    );
    Streamed {
        body: futures::stream::iter([head.into_bytes()])
            .chain(pages)
            .boxed(),
        name,
    }
}

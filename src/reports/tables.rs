//! The tables of a report, with the words of a language.

use serde_json::json;

use crate::App;
use crate::clock::Timestamp;
use crate::web::i18n::Locales;
use crate::web::{Lang, Refusal};

use super::export::{Cell, File, Table, xlsx};
use super::{Filter, Line, ReportScope, Sample, Start};

/// Attempts in one file at most.
const ATTEMPTS: i64 = 100_000;

/// The writer of the tables of one report.
pub(super) struct Tables<'a> {
    pub app: &'a App,
    pub scope: &'a ReportScope,
    pub lang: Lang,
    pub filter: Filter,
    /// Addresses of learners: for programs.
    pub with_email: bool,
}

impl Tables<'_> {
    fn locales(&self) -> &Locales {
        &self.app.pages.locales
    }

    fn word(&self, key: &str) -> String {
        self.locales().plain(self.lang, key, &[])
    }

    fn header(&self, columns: &[&str]) -> Vec<String> {
        columns
            .iter()
            .map(|column| self.word(&format!("reports-col-{column}")))
            .collect()
    }

    /// `2026-03-02 10:00`, in the platform's zone.
    fn moment(&self, at: Timestamp) -> Cell {
        let zone = self.app.pages.time_zone();
        let local = at.utc().with_timezone(&zone);
        Cell::Text(local.format("%Y-%m-%d %H:%M").to_string())
    }

    /// One line for each attempt.
    pub async fn attempts(&self) -> Result<Table, Refusal> {
        let start = Start::default();
        let (lines, _) =
            super::attempts(self.app, self.scope, &self.filter, start, ATTEMPTS).await?;
        let mut columns = vec!["learner", "organisation"];
        if self.with_email {
            columns.insert(1, "email");
        }
        columns.extend([
            "attempt", "state", "progress", "score", "minutes", "started", "updated", "finished",
        ]);
        Ok(Table {
            name: self.word("reports-attempts"),
            header: self.header(&columns),
            rows: lines.iter().map(|line| self.attempt(line)).collect(),
        })
    }

    fn attempt(&self, line: &Line) -> Vec<Cell> {
        let mut cells = vec![Cell::Text(line.learner.clone())];
        if self.with_email {
            cells.push(Cell::text(line.email.clone()));
        }
        cells.extend([
            Cell::text(line.organisation.as_ref().map(|(_, name)| name.clone())),
            Cell::Number(line.number as f64),
            Cell::Text(self.word(&format!("web-state-{}", line.state))),
            Cell::Share(line.outcome.progress),
            Cell::share(line.outcome.score),
            Cell::Number((line.outcome.seconds / 6.0).round() / 10.0),
            self.moment(line.started_at),
            self.moment(line.updated_at),
            line.finished_at.map_or(Cell::Empty, |at| self.moment(at)),
        ]);
        cells
    }

    /// One line for each activity.
    pub async fn activities(&self) -> Result<Table, Refusal> {
        let sums = super::activities(self.app, self.scope, &self.filter.organisation).await?;
        let mut header = self.header(&["activity"]);
        header.extend(
            super::ACTIVITY_STATES
                .iter()
                .map(|state| self.word(&format!("web-state-{state}"))),
        );
        header.extend(self.header(&["score", "minutes"]));
        Ok(Table {
            name: self.word("reports-activities"),
            header,
            rows: sums
                .into_iter()
                .map(|sums| {
                    let mut cells = vec![Cell::Text(sums.title)];
                    cells.extend(super::ACTIVITY_STATES.iter().map(|state| {
                        Cell::Number(sums.states.get(state).copied().unwrap_or_default() as f64)
                    }));
                    cells.push(Cell::share(sums.score));
                    let minutes = sums.seconds.map(|s| (s / 6.0).round() / 10.0);
                    cells.push(Cell::number(minutes));
                    cells
                })
                .collect(),
        })
    }

    /// One line for each answer.
    pub async fn answers(&self) -> Result<Table, Refusal> {
        let answers = super::answers(self.app, self.scope, &self.filter.organisation).await?;
        Ok(Table {
            name: self.word("reports-answers"),
            header: self.header(&[
                "learner",
                "attempt",
                "activity",
                "place",
                "question",
                "text",
                "type",
                "response",
                "correct",
                "result",
                "weighting",
                "seconds",
                "time",
                "updated",
            ]),
            rows: answers
                .into_iter()
                .map(|answer| {
                    vec![
                        Cell::Text(answer.learner),
                        Cell::Number(answer.number as f64),
                        Cell::Text(answer.activity),
                        Cell::Number(answer.place as f64),
                        Cell::Text(answer.identifier),
                        Cell::text(answer.question),
                        Cell::text(answer.kind.map(|kind| self.kind(&kind))),
                        Cell::text(answer.response),
                        Cell::Text(answer.correct.join(" | ")),
                        Cell::text(answer.result),
                        Cell::number(answer.weighting),
                        Cell::number(answer.latency),
                        Cell::text(answer.reported_at),
                        self.moment(answer.updated_at),
                    ]
                })
                .collect(),
        })
    }

    /// One line for each question.
    pub async fn questions(&self) -> Result<Table, Refusal> {
        let organisation = &self.filter.organisation;
        let questions = super::questions(self.app, self.scope, organisation, Sample::First).await?;
        Ok(Table {
            name: self.word("reports-questions"),
            header: self.header(&[
                "activity",
                "question",
                "text",
                "type",
                "answered",
                "facility",
                "discrimination",
                "seconds",
                "distribution",
            ]),
            rows: questions
                .into_iter()
                .map(|question| {
                    let distribution: Vec<String> = question
                        .distribution
                        .iter()
                        .map(|choice| {
                            let other = || self.word("reports-other-answers");
                            let answer = choice.answer.clone().unwrap_or_else(other);
                            format!("{answer}: {}", choice.count)
                        })
                        .collect();
                    vec![
                        Cell::Text(question.activity_title),
                        Cell::Text(question.identifier),
                        Cell::text(question.text),
                        Cell::Text(self.kind(&question.kind)),
                        Cell::Number(question.item.answered as f64),
                        Cell::share(question.item.facility),
                        Cell::number(
                            question
                                .item
                                .discrimination
                                .map(|d| (d * 100.0).round() / 100.0),
                        ),
                        Cell::number(question.latency.map(f64::round)),
                        Cell::Text(distribution.join(" | ")),
                    ]
                })
                .collect(),
        })
    }

    fn kind(&self, kind: &str) -> String {
        self.locales()
            .find(self.lang, &format!("reports-type-{kind}"), &[])
            .unwrap_or_else(|| kind.to_owned())
    }

    /// A CSV file of one of the tables.
    pub async fn csv(&self, part: &str) -> Result<File, Refusal> {
        let table = match part {
            "attempts" => self.attempts().await?,
            "activities" => self.activities().await?,
            "answers" => self.answers().await?,
            "questions" => self.questions().await?,
            _ => return Err(Refusal::not_found()),
        };
        Ok(File::csv(&self.scope.module.slug, part, &table))
    }

    /// All of them in one workbook.
    pub async fn workbook(&self) -> Result<File, Refusal> {
        let tables = [
            self.attempts().await?,
            self.activities().await?,
            self.questions().await?,
            self.answers().await?,
        ];
        let right_to_left = self.lang == Lang::Ar;
        // Thousands of rows are compressed: not on the threads that answer requests.
        let written = tokio::task::spawn_blocking(move || xlsx(&tables, right_to_left)).await;
        let body = written
            .map_err(|error| error.to_string())
            .and_then(|book| book.map_err(|error| error.to_string()))
            .map_err(|error| {
                tracing::error!(error, module = %json!(self.scope.module.id), "workbook");
                Refusal::new(rocket::http::Status::InternalServerError, "internal")
            })?;
        Ok(File::xlsx(&self.scope.module.slug, body))
    }
}

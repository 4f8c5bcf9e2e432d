//! A module as lists show it (`partials/module-card`), wherever the list stands.

use std::collections::HashMap;

use serde::Serialize;

use super::{axes, axis_name, hue_of, store};
use crate::catalogue::{self, Module};
use crate::progress::{self, ProgressRow};
use crate::web::{Lang, Refusal, Visitor};

/// A module, and how far the visitor is with it.
#[derive(Serialize)]
pub struct Card {
    href_to: String,
    heading: String,
    summary: String,
    axis: Option<String>,
    hue: &'static str,
    language: &'static str,
    language_code: &'static str,
    seconds: Option<f64>,
    state: Option<String>,
    progress: f64,
}

impl Card {
    pub(super) fn of(
        visitor: &Visitor<'_>,
        axes: &[store::AxisRow],
        module: Module,
        row: Option<&ProgressRow>,
    ) -> Card {
        let content = Lang::from_code(&module.language).unwrap_or_default();
        Card {
            href_to: visitor.href(&format!("/modules/{}", module.slug)),
            axis: axis_name(axes, module.axis.as_deref(), visitor.lang()),
            hue: hue_of(module.axis.as_deref()),
            heading: module.title,
            summary: module.summary,
            language: content.own_name(),
            language_code: content.code(),
            seconds: None,
            state: row.map(|row| row.state.clone()),
            progress: row.map_or(0.0, |row| row.progress),
        }
    }
}

/// The name of a module's axis in the visitor's language, and its hue.
pub async fn axis_of(
    visitor: &Visitor<'_>,
    module: &Module,
) -> Result<(Option<String>, &'static str), Refusal> {
    let known = axes(visitor.app).await?;
    let name = axis_name(&known, module.axis.as_deref(), visitor.lang());
    Ok((name, hue_of(module.axis.as_deref())))
}

/// A module to go on with.
#[derive(Serialize)]
pub struct Unfinished {
    href_to: String,
    heading: String,
    language_code: String,
    progress: f64,
    estimated: bool,
    /// When the visitor was there last, microseconds.
    at: i64,
}

/// What a visitor finds first: what was begun last and is not finished, and `count` modules, those
/// in the visitor's language first, what is finished last.
pub async fn suggested(
    visitor: &Visitor<'_>,
    count: usize,
) -> Result<(Option<Unfinished>, Vec<Card>), Refusal> {
    let app = visitor.app;
    let known = axes(app).await?;
    let mut modules = catalogue::published(app).await?;
    let progress = match visitor.person {
        Some(person) => progress::of_person(app, person.id).await?,
        None => Vec::new(),
    };
    let unfinished = progress
        .iter()
        .filter(|row| row.state == "in-progress")
        .find_map(|row| {
            let module = modules.iter().find(|module| module.id == row.module)?;
            Some(Unfinished {
                href_to: visitor.href(&format!("/modules/{}", module.slug)),
                heading: module.title.clone(),
                language_code: module.language.clone(),
                progress: row.progress,
                estimated: row.estimated,
                at: row.updated_at.micros(),
            })
        });
    let reached: HashMap<_, _> = progress.iter().map(|row| (row.module, row)).collect();
    modules.sort_by_key(|module| {
        let done = reached
            .get(&module.id)
            .is_some_and(|row| row.state == "completed");
        (done, module.language != visitor.lang().code())
    });
    let cards = modules
        .into_iter()
        .take(count)
        .map(|module| {
            let row = reached.get(&module.id).copied();
            Card::of(visitor, &known, module, row)
        })
        .collect();
    Ok((unfinished, cards))
}

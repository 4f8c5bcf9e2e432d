//! Pages of the catalogue: what learners find, and what trainers look after.

mod cards;
mod form;
mod list;
mod manage;
mod rules;
mod teach;
mod upload;

use serde_json::{Value, json};

pub use cards::{Card, Unfinished, axis_of, suggested};

use super::{Module, store};
use crate::App;
use crate::accounts::Person;
use crate::web::{Lang, Refusal, Visitor};

/// The routes.
pub fn routes() -> Vec<rocket::Route> {
    rocket::routes![
        list::list,
        teach::teach,
        upload::form,
        upload::send,
        manage::show,
        manage::save,
        manage::publish,
        manage::unpublish,
        manage::allow,
        manage::version,
        rules::show,
        rules::save,
    ]
}

/// The axes, by their place.
async fn axes(app: &App) -> Result<Vec<store::AxisRow>, Refusal> {
    Ok(store::AXES.all(&app.db).await?)
}

fn axis_name(axes: &[store::AxisRow], slug: Option<&str>, lang: Lang) -> Option<String> {
    let axis = axes.iter().find(|axis| Some(axis.slug.as_str()) == slug)?;
    Some(axis.name(lang).to_owned())
}

/// The choices of a select: no axis, then each.
fn axis_options(
    visitor: &Visitor<'_>,
    axes: &[store::AxisRow],
    chosen: &str,
    none: &str,
) -> Vec<Value> {
    let none = visitor.app.pages.locales.text(visitor.lang(), none, &[]);
    std::iter::once(json!({ "value": "", "label": none, "selected": chosen.is_empty() }))
        .chain(axes.iter().map(|axis| {
            json!({
                "value": axis.slug,
                "label": axis.name(visitor.lang()),
                "selected": axis.slug == chosen,
            })
        }))
        .collect()
}

/// Languages of content, each in its own name.
fn language_options(chosen: &str) -> Vec<Value> {
    Lang::ALL
        .iter()
        .map(|lang| {
            json!({
                "value": lang.code(),
                "label": lang.own_name(),
                "selected": lang.code() == chosen,
            })
        })
        .collect()
}

/// The hue of an axis, the same everywhere.
fn hue_of(axis: Option<&str>) -> &'static str {
    match axis {
        Some("renforcement-des-capacites") => "blue",
        Some("cadre-legislatif") => "turquoise",
        Some("concertation-et-partenariat") => "terra",
        _ => "olive",
    }
}

/// The module of this address, if the person may look after it; 404 otherwise.
async fn managed(app: &App, person: &Person, slug: &str) -> Result<Module, Refusal> {
    let module = super::module_by_slug(app, slug).await?;
    if super::may_manage(person, &module) {
        Ok(module)
    } else {
        Err(Refusal::not_found())
    }
}

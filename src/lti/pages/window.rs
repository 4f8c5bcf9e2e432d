//! A window of its own: tools of others take a whole one, and within a platform's page they are
//! offered it, with a sentence why; units may be had in one.

use serde::Serialize;

use super::super::denied::{Denied, Why};
use super::super::sessions::Launched;
use super::super::store;
use super::frame::Framed;
use super::session::path;
use crate::App;
use crate::catalogue::{self, Module};
use crate::ids::ModuleId;
use crate::player::{self, Learner};
use crate::web::i18n::Locales;
use crate::web::{Lang, Page, Refusal, Visitor};

#[derive(Serialize)]
struct Window {
    heading: String,
    language_code: String,
    action: String,
    token: String,
    module: ModuleId,
    back: Option<String>,
}

impl Page for Window {
    const TEMPLATE: &'static str = "lti/window";
    fn title(&self, _: &Locales, _: Lang) -> String {
        self.heading.clone()
    }
}

/// Whether a module needs a window of its own.
pub(super) async fn is_needed(app: &App, module: &Module) -> Result<bool, Refusal> {
    let course = catalogue::course(app, module.version).await?;
    Ok(course.tool().is_some())
}

/// Offers the window.
pub(super) fn offer(
    visitor: &Visitor<'_>,
    launched: &Launched,
    module: Module,
    token: &str,
) -> Framed {
    let page = visitor.page(&Window {
        heading: module.title,
        language_code: module.language,
        action: path(launched.id),
        token: token.to_owned(),
        module: module.id,
        back: launched.detail.back.clone(),
    });
    Framed::page(page, &launched.detail.frames)
}

/// Leads the new window to the module, for the launched person. Who teaches may look at any
/// module, as the shelf lets them.
pub(super) async fn open(
    visitor: &Visitor<'_>,
    launched: &Launched,
    wanted: Option<ModuleId>,
) -> Result<Framed, Denied> {
    let app = visitor.app;
    let module = wanted
        .filter(|_| launched.teaches)
        .or(launched.detail.module)
        .ok_or_else(|| Denied::new(Why::NoModule, "module"))?;
    let module = catalogue::module(app, module).await?;
    if module.published_at.is_none() {
        return Err(Denied::new(Why::NoModule, "not published"));
    }
    let person: store::PersonRow = store::PERSON.bind(launched.person).one(&app.db).await?;
    let learner = Learner {
        id: person.id,
        name: person.name,
        language: person.language,
    };
    let launch = player::start_in_window(app, &learner, &module).await?;
    Ok(Framed::redirect(launch.url))
}

//! Other platforms around the community: one that has a module of ours as a thin package, and one
//! whose modules open from here. The latter is this very platform, launching itself as a partner
//! would: it works without a network.

use super::calendar::{Calendar, back_then};
use super::people::find;
use super::{DemoError, Known, TRAINER};
use crate::App;
use crate::catalogue::{self, Change};
use crate::dispatch;
use crate::lti::platforms::{self, NewPlatform};
use crate::lti::tools::{self, NewTool};
use crate::web::Lang;

/// The module that travels, and the one that comes from the partner.
const MODULE: &str = "fonder-une-association";

/// Partners, and what is exchanged with them.
pub(super) async fn partners(
    app: &App,
    calendar: &Calendar,
    known: &Known,
) -> Result<(), DemoError> {
    let trainer = find(&known.people, TRAINER)?;
    let then = back_then(app, calendar.some_time(-20, "partners"));
    let module = known
        .modules
        .get(MODULE)
        .ok_or_else(|| DemoError::Data(MODULE.to_owned()))?;
    let new = dispatch::New {
        name: "Moodle de l’université de Sfax".into(),
        cap: Some(60),
        hash_ids: true,
        origins: vec!["https://moodle.univ-sfax.example".into()],
        by: Some(trainer),
        ..dispatch::New::default()
    };
    dispatch::add(&then, module.module.id, new)
        .await
        .map_err(DemoError::refused("dispatch"))?;
    let home = &app.config.public_url;
    let at = |path: &str| format!("{home}{path}");
    let new = NewTool {
        name: "Campus des associations de Sfax".into(),
        login_url: at("/lti/login"),
        target_url: at("/lti/launch"),
        picker_url: Some(at("/lti/deep-linking")),
        redirect_uris: vec![at("/lti/launch"), at("/lti/deep-linking")],
        jwks_url: Some(at("/lti/jwks")),
        local: true,
        by: Some(trainer),
        ..NewTool::default()
    };
    let tool = tools::add(&then, new)
        .await
        .map_err(DemoError::refused("tool"))?;
    let new = NewPlatform {
        name: "Halqa".into(),
        issuer: home.clone(),
        client_id: tool.client_id.clone(),
        auth_url: at("/lti/platform/authorize"),
        token_url: at("/lti/platform/token"),
        jwks_url: at("/lti/jwks"),
        deployment: Some(tool.deployment.clone()),
        local: true,
        ..NewPlatform::default()
    };
    platforms::add(&then, new)
        .await
        .map_err(DemoError::refused("platform"))?;
    let link = lti::platform::content::Link {
        url: Some(at(&format!("/modules/{}", module.module.slug))),
        title: Some("Créer une association : le parcours du Campus de Sfax".into()),
        text: Some("Une activité d’un partenaire : elle s’ouvre sur son site, et votre résultat revient ici.".into()),
        custom: Vec::new(),
        maximum: None,
    };
    let made = tools::make_module(&then, &tool, &link, Some(trainer))
        .await
        .map_err(DemoError::refused("tool"))?;
    let change = Change {
        language: Some(Lang::Fr),
        axis: Some(module.module.axis.clone()),
        by: Some(trainer),
        ..Change::default()
    };
    catalogue::change(&then, made.id, change)
        .await
        .map_err(DemoError::refused("tool"))?;
    Ok(())
}

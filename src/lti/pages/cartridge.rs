//! `/lti/1.1/cartridge.xml`: what a consumer of LTI 1.1 is told about us.

use lti::lti11::Cartridge;
use rocket::get;
use rocket::http::ContentType;

use crate::web::Visitor;
use crate::web::assets;

#[get("/lti/1.1/cartridge.xml")]
pub(super) fn get(visitor: Visitor<'_>) -> (ContentType, String) {
    let app = visitor.app;
    let say = |key| app.pages.locales.plain(visitor.lang(), key, &[]);
    let icon = format!(
        "{}{}",
        app.config.public_url,
        assets::url("img/favicon.svg")
    );
    let cartridge = Cartridge {
        public_url: &app.config.public_url,
        title: &say("web-brand"),
        description: &say("lti-description"),
        launch: "/lti/1.1/launch",
        icon: &icon,
    };
    (ContentType::XML, cartridge.xml())
}

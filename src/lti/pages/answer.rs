//! The answer to a deep linking request: signed by us, posted by the browser to the address the
//! request named.

use lti::deep_linking::{Item, Response};
use serde::Serialize;
use url::Url;

use super::super::denied::{Denied, Why};
use super::super::sessions::{self, Launched, Picking};
use super::super::{keys, platforms};
use super::frame::Framed;
use crate::web::i18n::Locales;
use crate::web::{Lang, Page, Visitor};

#[derive(Serialize)]
struct Answer {
    action: String,
    jwt: String,
}

impl Page for Answer {
    const TEMPLATE: &'static str = "lti/answer";
    fn title(&self, locales: &Locales, lang: Lang) -> String {
        locales.text(lang, "lti-answer-title", &[])
    }
}

/// Signs what was picked and sends the browser back with it. The session is used up.
pub(super) async fn send(
    visitor: &Visitor<'_>,
    launched: Launched,
    picking: &Picking,
    items: &[Item],
) -> Result<Framed, Denied> {
    let app = visitor.app;
    let platform = platforms::get(app, launched.platform).await?;
    // The address comes from the signed request, kept here; still it must be the platform's.
    let url = Url::parse(&picking.return_url)
        .ok()
        .filter(|url| platform.owns(url))
        .ok_or_else(|| Denied::new(Why::Unreadable, "host (deep_link_return_url)"))?;
    let nonce = app.ids.secret();
    let claims = Response {
        client_id: &platform.client_id,
        platform: &platform.issuer,
        deployment: &launched.deployment,
        data: picking.data.as_deref(),
        items,
        nonce: nonce.reveal(),
        now: app.clock.now().micros() / 1_000_000,
    }
    .claims();
    let jwt = keys::signing(app).await?.sign(&claims)?;
    sessions::end(app, launched.id).await?;
    let forms = vec![lti::target::origin(&url)];
    let page = visitor.page(&Answer {
        action: url.into(),
        jwt,
    });
    Ok(Framed::page(page, &launched.detail.frames).forms(forms))
}

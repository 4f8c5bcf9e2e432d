//! What needs attention, and where to go.

use rocket::{Route, get, routes};
use serde::Serialize;
use serde_json::{Value, json};

use crate::accounts::guards::Staff;
use crate::admin;
use crate::jobs;
use crate::organisations;
use crate::web::i18n::{Lang, Locales};
use crate::web::{Html, Page, Refusal};

pub(super) fn routes() -> Vec<Route> {
    routes![page]
}

#[derive(Serialize)]
struct HomePage {
    admin: bool,
    counts: admin::Counts,
    waiting: i64,
    failed: i64,
    /// What an administrator of an empty platform does first.
    hints: Vec<Value>,
    doors: Vec<Value>,
}

impl Page for HomePage {
    const TEMPLATE: &'static str = "admin/home";
    const NAV: &'static str = "admin";
    fn title(&self, locales: &Locales, lang: Lang) -> String {
        locales.text(lang, "admin-title", &[])
    }
}

/// Path, message, icon, hue, and whether administrators only.
const DOORS: [(&str, &str, &str, &str, bool); 11] = [
    ("/follow-up", "dashboard", "watch", "blue", false),
    ("/follow-up/sheets", "sheets", "edit", "plum", false),
    ("/admin/people", "people", "people", "blue", false),
    (
        "/organisations",
        "organisations",
        "organisations",
        "olive",
        false,
    ),
    ("/seminars", "seminars", "seminars", "terra", false),
    ("/admin/regions", "regions", "pin", "turquoise", true),
    ("/admin/axes", "axes", "spaces", "plum", true),
    ("/admin/lti", "lti", "globe", "turquoise", true),
    ("/admin/outbox", "outbox", "mail", "sun", true),
    ("/admin/tokens", "tokens", "lock", "blue", true),
    ("/admin/xapi", "xapi", "cloud", "turquoise", true),
];

#[get("/admin")]
async fn page(staff: Staff<'_>) -> Result<Html, Refusal> {
    let (waiting, failed) = jobs::counts(staff.app).await?;
    let admin = staff.person.roles.admin;
    let text = |key: &str| staff.app.pages.locales.text(staff.lang(), key, &[]);
    let mut hints = Vec::new();
    if admin {
        let mut hint = |missing: bool, path: &str, key: &str, hue: &str| {
            if missing {
                hints.push(json!({ "href_to": staff.href(path), "label": text(key), "hue": hue }));
            }
        };
        let regions = organisations::regions(staff.app).await?;
        let axes = organisations::axes(staff.app).await?;
        let (known, _) = organisations::directory(staff.app, &Default::default()).await?;
        hint(
            regions.is_empty(),
            "/admin/regions",
            "admin-begin-regions",
            "turquoise",
        );
        hint(axes.is_empty(), "/admin/axes", "admin-begin-axes", "plum");
        hint(
            known.is_empty(),
            "/organisations/new",
            "admin-begin-organisations",
            "olive",
        );
    }
    let doors = DOORS.iter().filter(|(.., only_admin)| admin || !only_admin);
    Ok(staff.page(&HomePage {
        admin,
        counts: admin::counts(staff.app, staff.person).await?,
        waiting,
        failed,
        hints,
        doors: doors
            .map(|(path, key, icon, hue, _)| {
                json!({
                    "href_to": staff.href(path),
                    "label": text(&format!("admin-door-{key}")),
                    "text": text(&format!("admin-door-{key}-text")),
                    "icon": icon,
                    "hue": hue,
                })
            })
            .collect(),
    }))
}

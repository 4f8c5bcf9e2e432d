//! What a room is and who takes part: for those who read it, and for the coordinators of an
//! organisation that was asked, who decide with all of it before their eyes.

use rocket::get;
use serde::Serialize;
use serde_json::{Value, json};

use super::files_of;
use crate::accounts::guards::SignedIn;
use crate::organisations::{self, Named};
use crate::rooms::{self, PartyRow, RoomRow, Standing};
use crate::web::i18n::{Lang, Locales};
use crate::web::{Fields, Html, Page, Refusal};

#[derive(Serialize)]
struct RoomPage {
    crumbs: Vec<Value>,
    heading: String,
    purpose: String,
    founder: Option<String>,
    axis: Option<String>,
    region: Option<String>,
    opened_at: i64,
    ends_at: Option<i64>,
    archived: bool,
    here: String,
    /// The discussions; null for those who were only asked.
    space_href: Option<String>,
    /// Organisations for which the visitor can answer.
    asked: Vec<Value>,
    parties: Vec<Value>,
    /// Those that were asked, for the hosts.
    waiting: Vec<Value>,
    /// The visitor's own organisations in it, with their members.
    own: Vec<Value>,
    hosts: bool,
    /// What the hosts looked for, and what was found.
    q: String,
    found: Vec<Value>,
    searched: bool,
    files: Vec<Value>,
    /// May share a file.
    can_share: bool,
    limit: u64,
    form: Value,
    refused: Option<Value>,
}

impl Page for RoomPage {
    const TEMPLATE: &'static str = "rooms/show";
    const NAV: &'static str = "spaces";
    fn title(&self, _: &Locales, _: Lang) -> String {
        self.heading.clone()
    }
}

fn name_of(me: &SignedIn<'_>, list: &[Named], slug: Option<&str>) -> Option<String> {
    list.iter()
        .find(|one| Some(one.slug.as_str()) == slug)
        .map(|one| one.name(me.lang()).to_owned())
}

fn party(me: &SignedIn<'_>, row: &PartyRow, room: &RoomRow) -> Value {
    json!({
        "slug": row.slug,
        "href_to": me.href(&format!("/organisations/{}", row.slug)),
        "heading": row.name,
        "founder": row.organisation == room.founder,
        "whole": row.whole,
        "since": row.decided_at,
    })
}

/// The visitor's organisations that take part, with who of them was let in.
async fn own(me: &SignedIn<'_>, room: &RoomRow) -> Result<Vec<Value>, Refusal> {
    let mut own = Vec::new();
    for row in rooms::own(me.app, me.person, room.id).await? {
        let members = rooms::members(me.app, me.person, room.id, row.organisation).await?;
        own.push(json!({
            "slug": row.slug,
            "heading": row.name,
            "founder": row.organisation == room.founder,
            "whole": row.whole,
            "members": members.iter().filter(|member| member.role != "coordinator").map(|member| json!({
                "value": member.id, "label": member.name, "selected": member.admitted > 0,
            })).collect::<Vec<_>>(),
        }));
    }
    Ok(own)
}

/// The page; after a file that was not taken, with the reason.
pub(super) async fn shown(
    me: &SignedIn<'_>,
    standing: Standing,
    query: &str,
    fields: &Fields,
    refusal: Option<&Refusal>,
) -> Result<Html, Refusal> {
    let (app, lang) = (me.app, me.lang());
    let Standing { room, reads, asked } = standing;
    let text = |key: &str, args: &[(&str, Value)]| app.pages.locales.text(lang, key, args);
    let archived = room.is_archived(me.now);
    let parties = rooms::parties(app, room.id).await?;
    let hosts = reads && room.is_hosted_by(me.person);
    let q = query.trim();
    let found = match hosts && !archived && !q.is_empty() {
        true => rooms::candidates(app, room.id, q).await?,
        false => Vec::new(),
    };
    let axes = organisations::axes(app).await?;
    let regions = organisations::regions(app).await?;
    Ok(me.page(&RoomPage {
        crumbs: vec![json!({ "href": me.href("/rooms"), "label": text("rooms-title", &[]) })],
        founder: room.founder_name.clone(),
        axis: name_of(me, &axes, room.axis.as_deref()),
        region: name_of(me, &regions, room.region.as_deref()),
        opened_at: room.opened_at.micros(),
        ends_at: room.closed_at.or(room.ends_at).map(|at| at.micros()),
        archived,
        here: me.href(&format!("/rooms/{}", room.slug)),
        space_href: reads.then(|| me.href(&format!("/spaces/{}", room.slug))),
        asked: asked
            .iter()
            .map(|row| json!({ "slug": row.organisation_slug, "heading": row.organisation_name }))
            .collect(),
        waiting: parties
            .iter()
            .filter(|row| hosts && row.state == "asked")
            .map(|row| party(me, row, &room))
            .collect(),
        own: match reads {
            true => own(me, &room).await?,
            false => Vec::new(),
        },
        parties: parties
            .iter()
            .filter(|row| row.state == "in")
            .map(|row| party(me, row, &room))
            .collect(),
        hosts,
        searched: !q.is_empty(),
        q: q.to_owned(),
        found: found
            .into_iter()
            .map(|osc| json!({ "slug": osc.slug, "heading": osc.name }))
            .collect(),
        files: match reads {
            true => files_of(me, &room).await?,
            false => Vec::new(),
        },
        can_share: reads
            && !archived
            && rooms::through(app, room.id, me.person.id).await?.is_some(),
        limit: crate::documents::limit(app).min(50 << 20),
        form: me.form(fields, &["label"]),
        refused: refusal.map(|refusal| {
            json!({
                "heading": text(&format!("error-{}-title", refusal.code), &refusal.args),
                "text": text(&format!("error-{}-body", refusal.code), &refusal.args),
                "place": null,
            })
        }),
        heading: room.name,
        purpose: room.purpose,
    }))
}

/// The page; `?q=` looks for organisations to be asked.
#[get("/rooms/<slug>?<q>", rank = 2)]
pub(super) async fn page(me: SignedIn<'_>, slug: &str, q: Option<&str>) -> Result<Html, Refusal> {
    let standing = rooms::standing(me.app, me.person, slug).await?;
    let fields = Fields::default();
    shown(&me, standing, q.unwrap_or_default(), &fields, None).await
}

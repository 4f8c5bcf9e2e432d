//! The record store as its operators would have it: searches they keep, a tool that reports from
//! outside with a statement it took back, a store to forward to (stopped: it is nobody's).

use serde_json::{Value, json};

use super::{DemoError, Known};
use crate::App;
use crate::lrs;
use crate::lrs::credentials::{self, New};
use crate::lrs::forward::{self, NewTarget};

/// Searches by name, as their form sends them.
const SEARCHES: [(&str, &str); 4] = [
    ("Modules terminés", "verb=completed"),
    ("Réponses aux questions", "verb=responded"),
    ("Abandons en cours de route", "verb=suspended"),
    ("Traces annulées", "voided=only"),
];

pub(super) async fn records(app: &App, known: &Known) -> Result<(), DemoError> {
    let Some(admin) = known.people.get(super::ACCOUNTS[0]).copied() else {
        return Ok(());
    };
    for (name, query) in SEARCHES {
        lrs::keep_query(app, admin, name, query)
            .await
            .map_err(DemoError::refused(name))?;
    }
    let quiz = New {
        name: "Quiz de l’atelier plaidoyer".to_owned(),
        scopes: vec!["all".to_owned()],
        ..New::default()
    };
    credentials::add(app, Some(admin), quiz)
        .await
        .map_err(DemoError::refused("record store"))?;
    lrs::tell(app, &workshop(app))
        .await
        .map_err(DemoError::refused("record store"))?;
    let target = NewTarget {
        name: "Entrepôt du ministère (exemple)".to_owned(),
        url: "https://lrs.example.org/xapi".to_owned(),
        user: "halqa".to_owned(),
        password: app.ids.secret().reveal().to_owned(),
        version: "2.0.0".to_owned(),
        query: None,
        from_the_start: false,
    };
    let target = forward::add(app, Some(admin), target)
        .await
        .map_err(DemoError::refused("forwarding"))?;
    forward::switch(app, admin, target)
        .await
        .map_err(DemoError::refused("forwarding"))
}

/// A workshop outside: who was there, and one entry that was a mistake.
fn workshop(app: &App) -> Vec<Value> {
    let verbs = "http://adlnet.gov/expapi/verbs/";
    let activity = json!({
        "id": "https://ateliers.example.org/plaidoyer-2026",
        "definition": {
            "type": "http://adlnet.gov/expapi/activities/meeting",
            "name": {
                "fr": "Atelier : préparer un plaidoyer",
                "ar": "ورشة: إعداد حملة مناصرة",
                "en": "Workshop: preparing an advocacy campaign",
            },
        },
    });
    let people = [
        ("Nadia Trabelsi", "nadia.trabelsi@example.org"),
        ("سامي بن عمر", "sami.benamor@example.org"),
        ("Hela Gharbi", "hela.gharbi@example.org"),
    ];
    let mut all: Vec<Value> = people
        .iter()
        .map(|(name, mail)| {
            json!({
                "id": app.ids.uuid(),
                "actor": { "name": name, "mbox": format!("mailto:{mail}") },
                "verb": { "id": format!("{verbs}attended"), "display": { "en": "attended" } },
                "object": activity,
                "result": { "duration": "PT2H30M" },
            })
        })
        .collect();
    let mistake = all.last().map(|last| last["id"].clone());
    all.push(json!({
        "actor": { "name": "Nadia Trabelsi", "mbox": "mailto:nadia.trabelsi@example.org" },
        "verb": { "id": format!("{verbs}answered"), "display": { "en": "answered" } },
        "object": {
            "id": "https://ateliers.example.org/plaidoyer-2026/bilan",
            "definition": {
                "type": "http://adlnet.gov/expapi/activities/cmi.interaction",
                "interactionType": "long-fill-in",
                "name": { "fr": "Ce que j’en retiens", "ar": "ما أحتفظ به", "en": "What I take from it" },
            },
        },
        "result": { "response": "Commencer par écouter celles et ceux que l’on veut convaincre.", "score": { "scaled": 0.9 } },
    }));
    all.push(json!({
        "actor": { "name": "Hela Gharbi", "mbox": "mailto:hela.gharbi@example.org" },
        "verb": { "id": xapi::VOIDED, "display": { "en": "voided" } },
        "object": { "objectType": "StatementRef", "id": mistake },
    }));
    all
}

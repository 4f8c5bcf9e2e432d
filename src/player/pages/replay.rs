//! `/teach/sessions/<id>/replay`: a session step by step, for whoever helps its learner.

use rocket::get;
use scorm::{Change, Course, Event, Place};
use serde::Serialize;
use serde_json::{Value, json};

use crate::accounts::guards::SignedIn;
use crate::ids::SessionId;
use crate::web::i18n::Locales;
use crate::web::{Html, Lang, Page, Refusal};

use super::super::journal::scorm;
use super::super::outcomes;
use super::super::replay::{self, Frame, Line, Note, Replay, trace, words};

/// Lines of the list on one page.
const WINDOW: usize = 40;
/// Characters of one value on the page; the rest is told by its length.
const VALUE: usize = 600;

#[derive(Serialize)]
struct Show {
    crumbs: Value,
    learner: String,
    module: String,
    correction: bool,
    opened_at: Option<i64>,
    agrees: bool,
    outcome: Value,
    notes: Vec<Value>,
    /// `null` when the session has no entry.
    step: Option<Value>,
    lines: Vec<Value>,
    steps: usize,
    /// Links to other steps; `null` where there is none.
    links: Value,
}

impl Page for Show {
    const TEMPLATE: &'static str = "player/replay";
    const NAV: &'static str = "modules";
    fn title(&self, locales: &Locales, lang: Lang) -> String {
        locales.plain(
            lang,
            "replay-title",
            &[
                ("learner", json!(self.learner)),
                ("module", json!(self.module)),
            ],
        )
    }
}

#[get("/teach/sessions/<session>/replay?<at>")]
pub(super) async fn show(
    me: SignedIn<'_>,
    session: SessionId,
    at: Option<i64>,
) -> Result<Html, Refusal> {
    let app = me.app;
    let row = replay::permitted(app, me.person, session).await?;
    let replay = Replay::of(app, session, at.unwrap_or(0)).await?;
    let course = scorm(&replay.course)?;
    let locales = &app.pages.locales;
    let lang = me.lang();
    let base = me.href(&format!("/teach/sessions/{session}/replay"));
    let link = |seq: i64| format!("{base}?at={seq}");
    let place = replay.step.as_ref().and_then(|step| {
        let seq = step.row.seq;
        replay.lines.iter().position(|line| line.seq == seq)
    });
    let links = links(&replay.lines, place.unwrap_or(0), &link);
    let from = place.unwrap_or(0) / WINDOW * WINDOW;
    let lines = replay
        .lines
        .iter()
        .skip(from)
        .take(WINDOW)
        .enumerate()
        .map(|(n, line)| listed(line, place == Some(from + n), &link))
        .collect();
    let outcome = replay.outcome;
    Ok(me.page(&Show {
        crumbs: json!([
            { "href": me.href("/modules"), "label": locales.plain(lang, "web-nav-modules", &[]) },
            { "href": me.href(&format!("/modules/{}", row.slug)), "label": row.title },
            {
                "href": me.href(&format!("/modules/{}/attempts/{}", row.slug, row.attempt)),
                "label": row.learner,
            },
        ]),
        learner: row.learner,
        module: row.title,
        correction: row.kind == "correction",
        opened_at: row.opened_at.map(|at| at.micros()),
        agrees: replay.agrees,
        outcome: json!({
            "state": outcomes::word(&outcome), "progress": outcome.progress,
            "estimated": outcome.estimated, "score": outcome.score, "seconds": outcome.seconds,
        }),
        notes: replay
            .notes
            .iter()
            .map(|note| noted(note, locales, lang, &link))
            .collect(),
        step: replay
            .step
            .as_ref()
            .map(|step| stepped(step, course, place.unwrap_or(0), locales, lang)),
        lines,
        steps: replay.lines.len(),
        links,
    }))
}

/// Where one can go from a step.
fn links(lines: &[Line], place: usize, link: &impl Fn(i64) -> String) -> Value {
    let to = |found: Option<&Line>| found.map(|line| link(line.seq));
    let after = lines.get(place + 1..).unwrap_or_default();
    let before = lines.get(..place).unwrap_or_default();
    let moves = |line: &&Line| matches!(line.event, Event::Navigate(_) | Event::Open);
    let troubled = |line: &&Line| line.error != 0 || line.exception.is_some() || line.otherwise;
    json!({
        "first": to(lines.first().filter(|_| place > 0)),
        "previous": to(before.last()),
        "next": to(after.first()),
        "last": to(lines.last().filter(|_| place + 1 < lines.len())),
        "next_move": to(after.iter().find(moves)),
        "next_trouble": to(after.iter().find(troubled)),
        "earlier": to(lines.get((place / WINDOW * WINDOW).wrapping_sub(1))),
        "later": to(lines.get((place / WINDOW + 1) * WINDOW)),
    })
}

fn noted(note: &Note, locales: &Locales, lang: Lang, link: &impl Fn(i64) -> String) -> Value {
    let [n, permitted, seen] = note.numbers;
    let text = locales.text(
        lang,
        &format!("replay-note-{}", note.code),
        &[
            ("n", json!(n)),
            ("permitted", json!(permitted)),
            ("seen", json!(seen)),
        ],
    );
    let exception = (note.code == "refused")
        .then(|| words::exception(locales, lang, note.place.as_deref().unwrap_or_default()));
    json!({
        "kind": note.kind, "text": text, "place": note.place,
        "reason": exception, "href": note.at.map(link),
    })
}

/// A moment of a session, `1:02:03.4`.
fn moment(ms: i64) -> String {
    let tenths = ms.max(0) / 100;
    let (hours, minutes, seconds) = (tenths / 36_000, tenths / 600 % 60, tenths / 10 % 60);
    if hours > 0 {
        format!("{hours}:{minutes:02}:{seconds:02}.{}", tenths % 10)
    } else {
        format!("{minutes}:{seconds:02}.{}", tenths % 10)
    }
}

/// An event in the words of the standard: one line of code.
fn event(event: &Event) -> Value {
    match event {
        Event::Open => json!({ "kind": "open", "code": null, "result": null }),
        Event::Call { result, .. } => json!({
            "kind": "call", "code": words::call(event), "result": result,
        }),
        Event::Navigate(_) => {
            json!({ "kind": "navigation", "code": words::call(event), "result": null })
        }
        Event::Correction(_) => json!({ "kind": "correction", "code": null, "result": null }),
    }
}

fn listed(line: &Line, current: bool, link: &impl Fn(i64) -> String) -> Value {
    let mut value = event(&line.event);
    value["seq"] = json!(line.seq);
    value["at"] = json!(moment(line.at));
    value["href_to"] = json!(link(line.seq));
    value["error"] = json!((line.error != 0).then_some(line.error));
    value["exception"] = json!(line.exception);
    value["late"] = json!(line.late);
    value["otherwise"] = json!(line.otherwise);
    value["current"] = json!(current);
    value
}

fn stepped(step: &Frame, course: &Course, place: usize, locales: &Locales, lang: Lang) -> Value {
    let mut value = event(&step.entry.event);
    let verdict = &step.verdict;
    let title = |a: usize| course.activities[a].title.clone();
    value["number"] = json!(place + 1);
    value["seq"] = json!(step.row.seq);
    value["at"] = json!(moment(step.entry.at));
    value["received_at"] = json!(step.row.received_at.micros());
    value["late"] = json!(step.row.position.is_none());
    value["error"] = json!((verdict.error != 0).then_some(verdict.error));
    value["error_text"] = json!(words::error(course, verdict.error));
    value["diagnostic"] = json!(verdict.diagnostic);
    value["exception"] = json!(verdict.exception.map(|e| e.0));
    value["reason"] = json!(
        verdict
            .exception
            .map(|e| words::exception(locales, lang, e.0))
    );
    value["delivered"] = json!(verdict.delivered.map(title));
    value["ended"] = json!(verdict.ended);
    value["request"] = json!(
        verdict
            .request
            .as_ref()
            .map(|request| words::call(&Event::Navigate(request.clone())))
    );
    value["otherwise"] = json!(
        (step.row.position.is_some() && !verdict.agrees)
            .then(|| json!({ "result": replay::short(&verdict.result), "error": verdict.error }))
    );
    value["correction"] = match &step.entry.event {
        Event::Correction(c) => json!({
            "reason": c.reason, "completed": c.completed, "passed": c.passed, "score": c.scaled,
            "activity": c.activity.as_deref().and_then(|id| course.find(id)).map(title),
        }),
        _ => Value::Null,
    };
    value["groups"] = json!(grouped(&step.changes, course, locales, lang));
    value["outcome"] = json!(step.outcomes.as_ref().and_then(|(before, after)| {
        let told = |o: &domain::outcome::Outcome| {
            json!({ "state": outcomes::word(o), "score": o.score, "progress": o.progress })
        };
        let (before, after) = (told(before), told(after));
        (before != after).then(|| json!({ "before": before, "after": after }))
    }));
    value["trace"] = json!(trace::told(&verdict.trace, course, locales, lang));
    value
}

/// Changes by where they happened, each place with its heading.
fn grouped(changes: &[Change], course: &Course, locales: &Locales, lang: Lang) -> Vec<Value> {
    let mut groups: Vec<(Value, Vec<Value>)> = Vec::new();
    for change in changes {
        let heading = heading(&change.place, course, locales, lang);
        let technical = matches!(change.place, Place::Element { .. }) && change.name != "api";
        let name = if technical {
            change.name.clone()
        } else {
            locales.text(lang, &format!("replay-fact-{}", change.name), &[])
        };
        let row = json!({
            "name": name, "technical": technical,
            "before": shown(change.before.as_deref(), change, locales, lang),
            "after": shown(change.after.as_deref(), change, locales, lang),
        });
        match groups.last_mut() {
            Some((last, rows)) if *last == heading => rows.push(row),
            _ => groups.push((heading, vec![row])),
        }
    }
    groups
        .into_iter()
        .map(|(heading, rows)| json!({ "heading": heading, "rows": rows }))
        .collect()
}

fn heading(place: &Place, course: &Course, locales: &Locales, lang: Lang) -> Value {
    let (kind, what) = match place {
        Place::Course => ("course", String::new()),
        Place::Activity { activity } => ("activity", course.activities[*activity].title.clone()),
        Place::Objective { activity, id } => (
            "objective",
            format!("{id} · {}", course.activities[*activity].title),
        ),
        Place::Global { id } => ("global", id.clone()),
        Place::Store { id } => ("store", id.clone()),
        Place::Element { activity } => ("element", course.activities[*activity].title.clone()),
    };
    json!({ "kind": locales.text(lang, &format!("replay-place-{kind}"), &[]), "what": what })
}

/// A value as people read it; `null` where there is none.
fn shown(value: Option<&str>, change: &Change, locales: &Locales, lang: Lang) -> Value {
    let Some(text) = value else {
        return Value::Null;
    };
    let element = matches!(change.place, Place::Element { .. }) && change.name != "api";
    let known = !element
        && matches!(
            text,
            "true" | "false" | "notInitialized" | "running" | "terminated"
        );
    if known {
        let key = format!("replay-value-{}", text.to_ascii_lowercase());
        return json!({ "text": locales.text(lang, &key, &[]), "more": 0, "code": false });
    }
    let length = text.chars().count();
    let cut: String = text.chars().take(VALUE).collect();
    json!({ "text": cut, "more": length.saturating_sub(VALUE), "code": true })
}

#[cfg(test)]
mod tests {
    use super::moment;

    #[test]
    fn moments_are_short() {
        assert_eq!(moment(0), "0:00.0");
        assert_eq!(moment(83_450), "1:23.4");
        assert_eq!(moment(3_723_400), "1:02:03.4");
        assert_eq!(moment(-5), "0:00.0");
    }
}

//! `halqa replay`: a session's journal through the engine, step by step; with `--package`, what
//! all learners of its module did, replayed onto a new version.

use std::path::PathBuf;
use std::process::ExitCode;

use domain::outcome::Outcome;
use scorm::sequencing::{TraceResult, TraceStep};
use scorm::{Change, Course, Event, Place};
use serde_json::{Value, json};

use super::said;
use crate::config::Config;
use crate::ids::SessionId;
use crate::player::replay::{self, Difference, Frame, Position, Which, words};
use crate::web::{Lang, Refusal};
use crate::{App, StartError};

/// The arguments.
#[derive(clap::Args)]
pub(super) struct Args {
    /// The session's id.
    session: String,
    /// Replays all attempts on the session's module onto this package and says whose completion,
    /// score or position would change. Nothing is written.
    #[arg(long, value_name = "FILE")]
    package: Option<PathBuf>,
    /// Prints one JSON object.
    #[arg(long)]
    json: bool,
}

/// Runs the command; exit 1 when the session is unknown, or the package is refused.
pub(super) async fn run(config: Config, args: Args) -> Result<ExitCode, StartError> {
    let app = App::open(config).await?;
    let result = match args.session.parse() {
        Ok(id) => match &args.package {
            None => steps(&app, SessionId(id), args.json).await,
            Some(file) => onto(&app, SessionId(id), file, args.json).await,
        },
        Err(_) => Err(Refusal::not_found()),
    };
    let code = match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(refusal) => {
            eprintln!("halqa: {}: {}", args.session, said(&app, &refusal));
            ExitCode::FAILURE
        }
    };
    app.db.close().await;
    Ok(code)
}

fn unplayable() -> Refusal {
    Refusal::conflict("not-playable")
}

async fn steps(app: &App, session: SessionId, as_json: bool) -> Result<(), Refusal> {
    let course = replay::course_of(app, session).await?;
    let known = course.scorm().ok_or_else(unplayable)?;
    let mut frames = Vec::new();
    let played = replay::play(
        app,
        session,
        |_| true,
        |frame| {
            if as_json {
                frames.push(as_value(&frame, known));
            } else {
                print(app, &frame, known);
            }
            Ok(())
        },
    )
    .await?;
    let outcome = replay::outcome(&played)?;
    if as_json {
        println!(
            "{}",
            json!({
                "session": session,
                "attempt": played.session.attempt,
                "learner": played.session.learner,
                "module": { "slug": played.session.slug, "title": played.session.title },
                "version": played.course.number,
                "agrees": played.agrees,
                "outcome": outcome,
                "steps": frames,
            })
        );
        return Ok(());
    }
    println!("= {}", outcome_line(&outcome));
    println!(
        "{}",
        if played.agrees {
            "The replay ends where the recorded session did."
        } else {
            "The replay does NOT end where the recorded session did."
        }
    );
    Ok(())
}

fn outcome_line(outcome: &Outcome) -> String {
    let score = outcome
        .score
        .map_or_else(|| "no score".to_owned(), |score| format!("score {score}"));
    format!(
        "{} {} {:.0} % {score} {:.0} s",
        outcome.state.code(),
        outcome.success.code(),
        outcome.progress * 100.0,
        outcome.seconds
    )
}

/// A value on one line of a terminal.
fn value(text: Option<&str>) -> String {
    text.map_or_else(
        || "–".to_owned(),
        |text| format!("{:?}", replay::short(text)),
    )
}

fn where_(place: &Place, course: &Course) -> String {
    let activity = |a: usize| course.activities[a].identifier.as_str();
    match place {
        Place::Course => "course".to_owned(),
        Place::Activity { activity: a } => activity(*a).to_owned(),
        Place::Objective { activity: a, id } => format!("{} objective {id}", activity(*a)),
        Place::Global { id } => format!("global objective {id}"),
        Place::Store { id } => format!("data store {id}"),
        Place::Element { activity: a } => activity(*a).to_owned(),
    }
}

fn print(app: &App, frame: &Frame, course: &Course) {
    let verdict = &frame.verdict;
    let seconds = frame.entry.at as f64 / 1_000.0;
    let answer = match &frame.entry.event {
        Event::Call { result, .. } => format!(" → {:?}", replay::short(result)),
        _ => String::new(),
    };
    let number = frame.row.seq;
    println!(
        "#{number:<5} {seconds:>9.1} s  {}{answer}",
        words::call(&frame.entry.event)
    );
    let line = |text: String| println!("{:19}{text}", "");
    if frame.row.position.is_none() {
        line("kept, not counted: the session had been superseded".to_owned());
        return;
    }
    if let Some(text) = words::error(course, verdict.error) {
        line(format!("error {}: {text}", verdict.error));
    }
    if !verdict.agrees {
        line(format!(
            "the engine answers {:?} ({})",
            replay::short(&verdict.result),
            verdict.error
        ));
    }
    if let Event::Correction(correction) = &frame.entry.event {
        line(format!("because: {}", correction.reason));
    }
    if let Some(exception) = verdict.exception {
        let reason = words::exception(&app.pages.locales, Lang::En, exception.0);
        line(format!("refused with {exception}: {reason}"));
    }
    for step in &verdict.trace {
        line(format!("· {}", trace(step, course)));
    }
    if let Some(a) = verdict.delivered {
        line(format!("delivers {}", course.activities[a].identifier));
    }
    if let Some(request) = &verdict.request {
        let asked = words::call(&Event::Navigate(request.clone()));
        line(format!("the SCO asks for {asked}"));
    }
    for change in &frame.changes {
        let Change {
            place,
            name,
            before,
            after,
        } = change;
        line(format!(
            "{} {name}: {} → {}",
            where_(place, course),
            value(before.as_deref()),
            value(after.as_deref())
        ));
    }
    if let Some((before, after)) = &frame.outcomes {
        let told = |o: &Outcome| (o.state, o.success, o.score, o.progress);
        if told(before) != told(after) {
            line(format!("= {}", outcome_line(after)));
        }
    }
}

fn trace(step: &TraceStep, course: &Course) -> String {
    let mut text = step.process.to_owned();
    let identifier = |a: usize| course.activities[a].identifier.as_str();
    if let Some(a) = step.activity {
        text += &format!(" {}", identifier(a));
    }
    if !step.input.is_empty() {
        text += &format!(" ({})", step.input);
    }
    match step.result {
        TraceResult::Done => text,
        TraceResult::Truth(held) => format!("{text}: {held}"),
        TraceResult::Activity(a) => format!("{text}: {}", identifier(a)),
        TraceResult::Word(word) => format!("{text}: {word}"),
        TraceResult::Exception(exception) => format!("{text}: {exception}"),
    }
}

fn as_value(frame: &Frame, course: &Course) -> Value {
    let verdict = &frame.verdict;
    let identifier = |a: usize| course.activities[a].identifier.clone();
    let entry: Value = serde_json::from_str(&frame.row.entry).unwrap_or_default();
    let changes: Vec<Value> = frame
        .changes
        .iter()
        .map(|change| {
            json!({
                "where": where_(&change.place, course), "name": change.name,
                "before": change.before, "after": change.after,
            })
        })
        .collect();
    let trace: Vec<Value> = verdict
        .trace
        .iter()
        .map(|step| {
            let result = match step.result {
                TraceResult::Done => Value::Null,
                TraceResult::Truth(held) => json!(held),
                TraceResult::Activity(a) => json!(identifier(a)),
                TraceResult::Word(word) => json!(word),
                TraceResult::Exception(exception) => json!(exception.0),
            };
            json!({
                "process": step.process, "activity": step.activity.map(identifier),
                "input": step.input, "result": result,
            })
        })
        .collect();
    json!({
        "seq": frame.row.seq,
        "entry": entry,
        "received_at": frame.row.received_at.rfc3339(),
        "folded": frame.row.position.is_some(),
        "result": verdict.result,
        "error": verdict.error,
        "diagnostic": verdict.diagnostic,
        "agrees": verdict.agrees,
        "exception": verdict.exception.map(|e| e.0),
        "delivered": verdict.delivered.map(identifier),
        "ended": verdict.ended,
        "request": verdict.request,
        "changes": changes,
        "outcome": frame.outcomes.as_ref().map(|(_, after)| json!(after)),
        "trace": trace,
    })
}

async fn onto(
    app: &App,
    session: SessionId,
    file: &std::path::Path,
    as_json: bool,
) -> Result<(), Refusal> {
    let row = replay::session(app, session).await?;
    let structure = crate::catalogue::inspect_file(app, file).await?;
    let course = structure.as_scorm().ok_or_else(unplayable)?;
    let run = replay::dry_run(app, row.module, course, Which::All).await?;
    if as_json {
        let attempts: Vec<Value> = run.differences.iter().map(|d| different(d, &row)).collect();
        println!(
            "{}",
            json!({
                "session": session,
                "module": { "slug": row.slug, "title": row.title },
                "package": { "title": structure.title(), "format": structure.format() },
                "replayed": run.replayed,
                "changed": run.differences.len(),
                "attempts": attempts,
            })
        );
        return Ok(());
    }
    println!(
        "{}: {} attempts replayed onto {} ({}), {} would change",
        row.title,
        run.replayed,
        structure.title(),
        structure.format(),
        run.differences.len()
    );
    for difference in &run.differences {
        let mark = if difference.attempt == row.attempt {
            "  (this session's)"
        } else {
            ""
        };
        let state = if difference.finished {
            "finished"
        } else {
            "under way"
        };
        println!(
            "{}, attempt {}, {state}: {}{mark}",
            difference.learner,
            difference.number,
            difference.changes.join(", ")
        );
        for (when, outcome, position) in [
            ("now ", &difference.before, &difference.position_before),
            ("then", &difference.after, &difference.position_after),
        ] {
            let at = position.activity.as_deref().unwrap_or("nowhere");
            let location = position.location.as_deref().unwrap_or_default();
            println!("  {when} {} at {at} {location}", outcome_line(outcome));
        }
    }
    Ok(())
}

fn different(difference: &Difference, session: &replay::SessionRow) -> Value {
    let position = |position: &Position| {
        json!({
            "activity": position.activity, "title": position.title, "location": position.location,
        })
    };
    json!({
        "attempt": difference.attempt,
        "learner": { "id": difference.person, "name": difference.learner },
        "number": difference.number,
        "finished": difference.finished,
        "of_session": difference.attempt == session.attempt,
        "worse": difference.worse,
        "changes": difference.changes,
        "before": { "outcome": difference.before, "position": position(&difference.position_before) },
        "after": { "outcome": difference.after, "position": position(&difference.position_after) },
    })
}

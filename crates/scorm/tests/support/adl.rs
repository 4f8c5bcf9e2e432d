//! Playing ADL's cases against the engine: scripts, launches, calls, expected values.

use std::collections::BTreeMap;
use std::path::Path;

use scorm::manifest::read;
use scorm::*;
use serde_json::Value;

use super::MapFiles;

/// Parses one of ADL's manifests.
pub fn course(dir: &Path, name: &str) -> Course {
    let mut files = MapFiles::default();
    let bytes = std::fs::read(dir.join(format!("manifests/{name}.xml"))).expect("manifest");
    files.0.insert("imsmanifest.xml".into(), bytes);
    read(&files, "imsmanifest.xml").expect("course").0
}

/// The names of a folder's files without their ending, sorted.
pub fn names(dir: &Path, folder: &str) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(dir.join(folder))
        .expect("folder")
        .map(|e| {
            e.expect("entry")
                .path()
                .file_stem()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    names.sort();
    names
}

/// One learner's session on one course, with its journal.
pub struct Player {
    pub course: Course,
    pub attempt: Attempt,
    pub journal: Vec<Entry>,
}

impl Player {
    pub fn new(course: Course, seed: u64, globals: Globals) -> Player {
        let learner = Learner {
            id: "learner".into(),
            name: "Learner, A.".into(),
            preferences: Vec::new(),
        };
        let setup = Setup {
            learner,
            seed,
            globals,
            ..Setup::default()
        };
        let attempt = Attempt::begin(&course, setup);
        Player {
            course,
            attempt,
            journal: Vec::new(),
        }
    }

    pub fn event(&mut self, event: Event) -> Verdict {
        let seq = self.journal.len() as u64 + 1;
        let entry = Entry {
            seq,
            at: seq as i64 * 100,
            event,
        };
        let verdict = self.attempt.apply(&self.course, &entry);
        self.journal.push(entry);
        verdict
    }

    pub fn call(&mut self, function: &str, arguments: &[&str]) -> Verdict {
        let arguments = arguments.iter().map(|a| a.to_string()).collect();
        self.event(Event::Call {
            function: function.into(),
            arguments,
            result: String::new(),
            error: 0,
        })
    }

    pub fn nav(&mut self, request: NavigationRequest) -> Verdict {
        self.event(Event::Navigate(request))
    }

    /// Run-time data of the SCO being delivered.
    pub fn sco(&self) -> Option<&datamodel::Sco> {
        self.attempt.sco(self.attempt.current(&self.course)?)
    }

    pub fn delivered(&self) -> Option<String> {
        let current = self.attempt.current(&self.course)?;
        Some(self.course.activities[current].identifier.clone())
    }

    pub fn by_title(&self, title: &str) -> Option<String> {
        let found = self.course.activities.iter().find(|a| a.title == title);
        found.map(|a| a.identifier.clone())
    }
}

/// What came of one case.
#[derive(Debug, Default)]
pub struct Report {
    pub launches: usize,
    pub expected_launches: usize,
    pub calls: usize,
    /// Questions about the platform's own buttons and table of contents.
    pub questions: usize,
    /// What differed, the first of which ends a case when it is a launch.
    pub differences: Vec<String>,
    /// Why a choice would not be accepted, after each launch.
    pub reasons: Vec<BTreeMap<String, String>>,
    /// Validity after each launch: continue, previous, choices.
    pub validity: Vec<Valid>,
}

/// Plays one case; `seed` decides what is random in it.
pub fn play(dir: &Path, name: &str, seed: u64, globals: &mut Globals) -> Report {
    let text = std::fs::read_to_string(dir.join(format!("cases/{name}.json"))).expect("case");
    let case: Value = serde_json::from_str(&text).expect("JSON");
    let steps = case["activities"].as_array().expect("activities");
    let mut report = Report {
        expected_launches: steps.len(),
        ..Report::default()
    };
    let mut players: BTreeMap<String, Player> = BTreeMap::new();
    // DDM is one script over two packages.
    let package = |step: &Value| match (case["tc"].as_str(), step["act"].as_str()) {
        (Some("DDM"), Some(act)) => format!("DDM{}", &act[act.len() - 1..]),
        _ => name.to_owned(),
    };
    let mut open = true;
    let mut chosen = case["start"]
        .as_str()
        .filter(|s| *s != "." && *s != "DDMa")
        .map(str::to_owned);
    let mut last = String::new();
    for (n, step) in steps.iter().enumerate() {
        let id = step["id"].as_str().unwrap_or_default();
        let package = package(step);
        let player = players
            .entry(package.clone())
            .or_insert_with(|| Player::new(course(dir, &package), seed, globals.clone()));
        if open {
            player.event(Event::Open);
        }
        let number = step["act"]
            .as_str()
            .unwrap_or_default()
            .trim_end_matches(['a', 'b']);
        let expected = player
            .course
            .activities
            .iter()
            .find(|a| {
                a.launch
                    .as_deref()
                    .is_some_and(|l| act_of(l) == step["act"].as_str())
            })
            .map_or_else(|| format!("activity_{number}"), |a| a.identifier.clone());
        if let Some(title) = chosen.take() {
            let target = player.by_title(&title).unwrap_or(title);
            if player.delivered().as_deref() != Some(target.as_str()) {
                player.nav(NavigationRequest::Choice(target));
            }
        }
        let delivered = player.delivered();
        if delivered.as_deref() != Some(&expected) {
            let got = delivered.unwrap_or_else(|| "nothing".into());
            report.differences.push(format!(
                "{id}: expected {expected}, launched {got} (after {last})"
            ));
            return report;
        }
        report.launches += 1;
        let navigation = player.attempt.navigation(&player.course);
        let reasons = player.course.activities.iter().zip(&navigation.choice);
        let reasons =
            reasons.filter_map(|(a, v)| Some((a.identifier.clone(), v.reason?.to_string())));
        report.reasons.push(
            reasons
                .chain(
                    navigation
                        .proceed
                        .reason
                        .map(|r| ("continue".to_owned(), r.to_string())),
                )
                .collect(),
        );
        let choices = player
            .course
            .activities
            .iter()
            .zip(&navigation.choice)
            .filter(|(_, v)| v.valid);
        let mut choices: Vec<String> = choices.map(|(a, _)| a.identifier.clone()).collect();
        choices.sort();
        let asked = super::questions::unlike(player, step, &navigation);
        report
            .differences
            .extend(asked.iter().map(|what| format!("{id}: {what}")));
        report.questions += step["uiq"].as_array().map_or(0, Vec::len);
        report.validity.push((
            expected.clone(),
            navigation.proceed.valid,
            navigation.previous.valid,
            choices,
        ));
        let request = run_commands(player, step, id, &mut report);
        let cui = step["cui"].as_object();
        let key = cui.and_then(|c| c["key"].as_str()).unwrap_or("");
        let argument = cui.and_then(|c| c["args"][0].as_str()).unwrap_or("");
        let text = cui.and_then(|c| c["text"].as_str()).unwrap_or("");
        last = format!("{request:?} {key} {argument}");
        open = false;
        let mut ended = false;
        // A person's own navigation comes before what the SCO asked for (RTE 4.2, adl.nav.request).
        let by_person = matches!(
            key,
            "Continue"
                | "ContinueExitCM8"
                | "Previous"
                | "Choice"
                | "ChoiceExit"
                | "SuspendCM09ca"
                | "ExitCM09ba"
        );
        if let Some(request) = request.as_ref().filter(|_| !by_person) {
            ended = player.nav(request.clone()).ended;
        }
        let choice = |p: &Player, title: &str| {
            let root = title.starts_with("the activity that corresponds to the root");
            let target = if root {
                Some(p.course.activities[0].identifier.clone())
            } else {
                p.by_title(title)
            };
            target.map(NavigationRequest::Choice)
        };
        let ui = match key {
            "" => None,
            "Continue" | "ContinueExitCM8" => Some(NavigationRequest::Continue),
            "Previous" => Some(NavigationRequest::Previous),
            "Choice" | "ChoiceExit" => choice(player, argument),
            "RootSX4b" => choice(player, "the activity that corresponds to the root"),
            "APIt1" | "APIt2" | "DMIt1" | "DMIt2" | "DMIt3" | "DMIt4" => {
                choice(player, bold(text).as_str())
            }
            "SuspendCM09ca" => Some(NavigationRequest::SuspendAll),
            "AutoTest" | "HasEnded" => None,
            _ if ended => None,
            _ => Some(NavigationRequest::ExitAll),
        };
        if let Some(ui) = ui {
            ended |= player.nav(ui).ended;
        }
        let should_end = !matches!(
            key,
            "" | "Continue" | "Previous" | "Choice" | "RootSX4b" | "APIt1" | "APIt2"
        ) && !key.starts_with("DMIt");
        if should_end && !ended {
            report
                .differences
                .push(format!("{id}: the session should have ended ({key})"));
        }
        let own = player.attempt.globals(&player.course);
        globals.objectives.extend(own.objectives);
        globals.stores.extend(own.stores);
        if should_end && n + 1 < steps.len() {
            open = true;
            if let Some(at) = text.find("choose") {
                chosen = Some(bold(&text[at..]));
            }
        }
    }
    report
}

/// The value of `act` in a launch address's query.
fn act_of(launch: &str) -> Option<&str> {
    launch
        .split(['?', '&'])
        .find_map(|p| p.strip_prefix("act="))
}

/// The last `<b>` text.
fn bold(text: &str) -> String {
    text.rsplit_once("<b>")
        .and_then(|(_, t)| t.split_once("</b>"))
        .map_or(String::new(), |(t, _)| t.to_owned())
}

/// Makes a step's calls and the final Terminate; gives what the SCO asked for.
fn run_commands(
    player: &mut Player,
    step: &Value,
    id: &str,
    report: &mut Report,
) -> Option<NavigationRequest> {
    let commands = step["cmds"]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default();
    let mut request = None;
    for command in commands {
        let field = |name: &str| command[name].as_str();
        let Some(function) = field("fn") else {
            continue;
        };
        let expected = field("exp").unwrap_or("");
        report.calls += 1;
        if function == "compareObjIds" {
            let mut ids = objective_ids(player);
            let list = command["exp"]
                .as_array()
                .map(Vec::as_slice)
                .unwrap_or_default();
            let mut wanted: Vec<String> = list
                .iter()
                .filter_map(Value::as_str)
                .map(str::to_owned)
                .collect();
            ids.sort();
            wanted.sort();
            if ids != wanted {
                report
                    .differences
                    .push(format!("{id}: objectives {ids:?}, expected {wanted:?}"));
            }
            continue;
        }
        let Some(function) = function.strip_prefix("do") else {
            continue;
        };
        let argument = with_indices(player, field("arg").unwrap_or(""));
        let verdict = match field("val") {
            Some(value) => player.call(function, &[argument.as_str(), value]),
            None => player.call(function, &[argument.as_str()]),
        };
        request = verdict.request.or(request);
        let supports = function.starts_with("GetError")
            || function.starts_with("GetDiag")
            || function == "GetLastError";
        let right = match expected {
            _ if command.get("learner").is_some() => true,
            // Only asked to find an entry by its id; the script says nothing of the value.
            "" if argument.ends_with(".id") && field("err") == Some("0") => verdict.error == 0,
            "Returned a valid value or error code" => true,
            "less255" => verdict.result.len() < 255,
            "emptyCS" => verdict.result.is_empty(),
            text => same(&argument, text, &verdict.result),
        };
        let anything = expected == "Returned a valid value or error code";
        if !right
            || (!supports && !anything && verdict.error.to_string() != field("err").unwrap_or("0"))
        {
            report.differences.push(format!(
                "{id} {function} {argument} {:?}: expected {:?} {}, got {:?} {}",
                short(field("val").unwrap_or("")),
                short(expected),
                field("err").unwrap_or("0"),
                short(&verdict.result),
                verdict.error
            ));
        }
    }
    if !commands.is_empty() {
        request = player.call("Terminate", &[""]).request.or(request);
    }
    request
}

fn short(text: &str) -> String {
    text.chars().take(60).collect()
}

fn objective_ids(player: &Player) -> Vec<String> {
    player
        .sco()
        .map(|s| s.objectives().into_iter().map(|o| o.id).collect())
        .unwrap_or_default()
}

/// Replaces `&id&` by the index of the entry with that id.
fn with_indices(player: &Player, argument: &str) -> String {
    let Some((before, rest)) = argument.split_once('&') else {
        return argument.to_owned();
    };
    let Some((id, after)) = rest.split_once('&') else {
        return argument.to_owned();
    };
    let sco = player.sco();
    let at =
        (0..3_000).find(|n| sco.is_some_and(|s| s.value(&format!("{before}{n}.id")) == Some(id)));
    let at = at.map_or_else(|| "missing".to_owned(), |n| n.to_string());
    format!("{before}{at}{after}")
}

/// The delimiters a value begins with, those that say the default left out, and the rest of it.
fn parts(value: &str) -> (Vec<&str>, &str) {
    let mut rest = value;
    let mut delimiters = Vec::new();
    while let Some((delimiter, after)) =
        rest.strip_prefix('{').and_then(|text| text.split_once('}'))
    {
        if !["lang=", "case_matters=", "order_matters="]
            .iter()
            .any(|name| delimiter.starts_with(name))
        {
            break;
        }
        if !["lang=en", "case_matters=false", "order_matters=true"].contains(&delimiter) {
            delimiters.push(delimiter);
        }
        rest = after;
    }
    delimiters.sort_unstable();
    (delimiters, rest)
}

/// Values compare as the standard says: numbers by value, spans by length, sets by members,
/// delimiters in any order and with their defaults.
fn same(name: &str, expected: &str, got: &str) -> bool {
    if name.ends_with("_children") {
        let sorted = |text: &str| {
            let mut parts: Vec<_> = text.split(',').map(str::to_owned).collect();
            parts.sort();
            parts
        };
        return sorted(expected) == sorted(got);
    }
    match (expected.parse::<f64>(), got.parse::<f64>()) {
        (Ok(a), Ok(b)) => (a - b).abs() < 1e-6,
        _ if name.ends_with("_time") || name.ends_with("time_allowed") => {
            datamodel::Duration::parse(expected) == datamodel::Duration::parse(got)
        }
        _ => parts(expected) == parts(got),
    }
}

/// Valid navigation after one launch: the activity, continue, previous, the choices sorted.
pub type Valid = (String, bool, bool, Vec<String>);

/// The launches of one transcript.
pub fn transcript(dir: &Path, name: &str) -> Vec<Valid> {
    let text = std::fs::read(dir.join(format!("transcripts/{name}.txt"))).expect("transcript");
    let text = String::from_utf8_lossy(&text);
    let launches = text
        .lines()
        .filter(|l| l.starts_with("LAUNCH ") && l.contains(" continue="));
    launches
        .map(|line| {
            let activity = line
                .split_whitespace()
                .nth(2)
                .unwrap_or_default()
                .to_owned();
            let list = line
                .split_once("choice=[")
                .map_or("", |(_, l)| l.trim_end_matches(']'));
            let mut choices: Vec<String> = list
                .split(", ")
                .filter(|c| !c.is_empty())
                .map(str::to_owned)
                .collect();
            choices.sort();
            (
                activity,
                line.contains(" continue=true"),
                line.contains("previous=true"),
                choices,
            )
        })
        .collect()
}

/// What came of one walk.
#[derive(Debug, Default)]
pub struct Walk {
    pub steps: usize,
    pub equal: usize,
    pub calls: usize,
    /// Steps with another result, and what differed.
    pub differences: Vec<(usize, String)>,
    /// How often navigation listed as valid is not, by our exception code.
    pub codes: BTreeMap<String, usize>,
    /// Navigation that is valid here and not listed.
    pub extra: Vec<(usize, String)>,
}

/// Plays one walk up to the first navigation with another result.
pub fn walk(dir: &Path, name: &str) -> Walk {
    let text = std::fs::read_to_string(dir.join(format!("walks/{name}.json"))).expect("walk");
    let data: Value = serde_json::from_str(&text).expect("JSON");
    let case = data["case"].as_str().unwrap_or_default();
    let mut player = Player::new(course(dir, case), 1, Globals::default());
    let mut walk = Walk::default();
    for step in data["steps"].as_array().expect("steps") {
        walk.steps += 1;
        let verdict = player.nav(request_of(step, player.attempt.is_suspended()));
        let launched = verdict
            .delivered
            .map(|a| player.course.activities[a].identifier.clone());
        if launched.as_deref() != step["launched"].as_str() {
            let what = format!(
                "{} launched {}, ours {launched:?} {:?}",
                step["nav"], step["launched"], verdict.exception
            );
            walk.differences.push((walk.steps, what));
            return walk;
        }
        walk.equal += 1;
        if launched.is_some() {
            let navigation = player.attempt.navigation(&player.course);
            let theirs = &step["valid"];
            let listed: Vec<&str> = theirs["choice"]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(Value::as_str)
                .collect();
            let choices = player.course.activities.iter().zip(&navigation.choice);
            let all = choices.map(|(a, v)| {
                (
                    a.identifier.as_str(),
                    *v,
                    listed.contains(&a.identifier.as_str()),
                )
            });
            let both = [
                ("continue", navigation.proceed, theirs["continue"] == true),
                ("previous", navigation.previous, theirs["previous"] == true),
            ];
            for (what, ours, theirs) in all.chain(both) {
                match (ours.reason, theirs) {
                    (Some(code), true) => *walk.codes.entry(code.to_string()).or_default() += 1,
                    (None, false) => walk.extra.push((walk.steps, what.to_owned())),
                    _ => {}
                }
            }
        }
        for call in step["calls"].as_array().into_iter().flatten() {
            walk.calls += 1;
            let text: Vec<&str> = call
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(Value::as_str)
                .collect();
            let (function, rest) = text.split_first().expect("call");
            let (arguments, expected) = rest.split_at(rest.len() - 2);
            let verdict = player.call(function, arguments);
            let right = same(
                arguments.first().unwrap_or(&""),
                expected[0],
                &verdict.result,
            );
            if !right || verdict.error.to_string() != expected[1] {
                let what = format!(
                    "{function} {arguments:?}: {expected:?}, ours {}",
                    verdict.result
                );
                walk.differences.push((walk.steps, what));
            }
        }
    }
    walk
}

fn request_of(step: &Value, suspended: bool) -> NavigationRequest {
    let target = step["nav"][1].as_str().unwrap_or_default().to_owned();
    match step["nav"][0].as_str().unwrap_or_default() {
        "start" if suspended => NavigationRequest::ResumeAll,
        "start" => NavigationRequest::Start,
        "continue" => NavigationRequest::Continue,
        "previous" => NavigationRequest::Previous,
        "choice" => NavigationRequest::Choice(target),
        "exit" => NavigationRequest::Exit,
        "exitAll" => NavigationRequest::ExitAll,
        "suspendAll" => NavigationRequest::SuspendAll,
        "abandon" => NavigationRequest::Abandon,
        other => panic!("unknown navigation {other}"),
    }
}

//! The rules of a session as a table: what breaks which requirement.

use cmi5::registration::{Mode, Registration, Satisfied, Session};
use cmi5::rules::{Launch, hear};
use cmi5::structure::{Course, MoveOn, Node, Profile, Unit};
use serde_json::{Value, json};
use uuid::Uuid;

const SESSION: Uuid = Uuid::from_u128(7);
const REGISTRATION: Uuid = Uuid::from_u128(9);
const ACTIVITY: &str = "http://lms.example/a/1";
const VERBS: &str = "http://adlnet.gov/expapi/verbs/";

fn node(id: &str, parent: Option<usize>, move_on: Option<MoveOn>) -> Node {
    Node {
        id: format!("http://x.example/{id}"),
        title: vec![("en".into(), id.into())],
        description: Vec::new(),
        objectives: Vec::new(),
        parent,
        depth: 1 + u32::from(parent.is_some()),
        unit: move_on.map(|move_on| Unit {
            url: "a.html".into(),
            own_window: false,
            move_on,
            mastery_score: Some(0.8),
            launch_parameters: None,
            entitlement_key: None,
            activity_type: None,
        }),
    }
}

fn course(profile: Profile, move_on: MoveOn) -> Course {
    Course {
        profile,
        id: "http://x.example/course".into(),
        title: Vec::new(),
        description: Vec::new(),
        objectives: Vec::new(),
        nodes: vec![
            node("block", None, None),
            node("au", Some(0), Some(move_on)),
        ],
    }
}

fn begun(course: &Course, mode: Mode) -> Registration {
    let mut registration = Registration::begin(course);
    registration.launch(Session {
        id: SESSION,
        node: 1,
        mode,
        mastery: Some(0.8),
        launched_at: 0,
        last_at: 0,
        verbs: Vec::new(),
        preferences: true,
        over: None,
    });
    registration
}

fn statement(verb: &str) -> Value {
    let mut category = vec![json!({ "id": cmi5::CATEGORY })];
    let result = match verb {
        "completed" => json!({ "completion": true, "duration": "PT1S" }),
        "passed" => json!({ "success": true, "duration": "PT1S", "score": { "scaled": 0.9 } }),
        "failed" => json!({ "success": false, "duration": "PT1S", "score": { "scaled": 0.5 } }),
        "terminated" => json!({ "duration": "PT30S" }),
        _ => json!({}),
    };
    if ["completed", "passed", "failed"].contains(&verb) {
        category.push(json!({ "id": cmi5::MOVE_ON }));
    }
    json!({
        "id": Uuid::from_u128(1).to_string(),
        "actor": { "account": { "homePage": "http://lms.example", "name": "a" } },
        "verb": { "id": format!("{VERBS}{verb}") },
        "object": { "id": ACTIVITY },
        "result": result,
        "context": {
            "registration": REGISTRATION.to_string(),
            "contextActivities": {
                "category": category,
                "grouping": [{ "id": "http://x.example/au" }],
            },
            "extensions": { cmi5::SESSION: SESSION.to_string(), cmi5::MASTERY: 0.8 },
        },
        "timestamp": "2026-01-01T00:00:00Z",
    })
}

/// A statement that the profile allows but does not define.
fn allowed() -> Value {
    let mut statement = statement("answered");
    statement["context"]["contextActivities"]["category"] = json!([]);
    statement
}

fn told(registration: &mut Registration, course: &Course, statement: &Value) -> String {
    let text = statement.to_string();
    let value = xapi::json::parse(&text).expect("JSON");
    let own = json!({ "account": { "homePage": "http://lms.example", "name": "a" } }).to_string();
    let own = xapi::actor::identifier(&xapi::json::parse(&own).expect("JSON")).expect("one");
    let launch = Launch {
        session: SESSION,
        registration: REGISTRATION,
        actor: &own,
        activity: ACTIVITY,
        has_id: value.get("id").is_some(),
    };
    let before = registration.clone();
    match hear(registration, course, launch, &value, 5_000_000) {
        Ok(()) => "taken".to_owned(),
        Err(requirement) => {
            assert_eq!(
                *registration, before,
                "a refused statement changed something"
            );
            requirement.to_owned()
        }
    }
}

/// Says these verbs, all but the last of which must be taken; gives what became of the last.
fn after(verbs: &[&str]) -> String {
    let course = course(Profile::Cmi5, MoveOn::CompletedAndPassed);
    let mut registration = begun(&course, Mode::Normal);
    let (last, first) = verbs.split_last().expect("verbs");
    for verb in first {
        assert_eq!(
            told(&mut registration, &course, &statement(verb)),
            "taken",
            "{verb}"
        );
    }
    let last = if *last == "answered" {
        allowed()
    } else {
        statement(last)
    };
    told(&mut registration, &course, &last)
}

/// 11.0.0.0-3: the learner's preferences first.
#[test]
fn preferences_are_asked_for_before_the_first_word() {
    let course = course(Profile::Cmi5, MoveOn::Completed);
    let mut registration = begun(&course, Mode::Normal);
    registration.sessions[0].preferences = false;
    let first = statement("initialized");
    assert_eq!(told(&mut registration, &course, &first), "11.0.0.0-3");
    assert!(registration.heed(SESSION));
    assert!(!registration.heed(SESSION), "once");
    assert!(!registration.heed(Uuid::from_u128(8)), "its own session's");
    assert_eq!(told(&mut registration, &course, &first), "taken");
}

/// One who looks around leaves no trace in what was reached.
#[test]
fn looking_around_reaches_nothing() {
    let course = course(Profile::Cmi5, MoveOn::Completed);
    let mut registration = begun(&course, Mode::Browse);
    for verb in ["initialized", "progressed", "terminated"] {
        let mut statement = statement(verb);
        if verb == "progressed" {
            statement["context"]["contextActivities"]["category"] = json!([]);
            statement["result"] = json!({ "extensions": { cmi5::PROGRESS: 40 } });
        }
        assert_eq!(
            told(&mut registration, &course, &statement),
            "taken",
            "{verb}"
        );
    }
    assert_eq!(
        registration.units[1],
        cmi5::registration::Reached::default()
    );
    assert!(registration.sessions[0].over.is_some());
}

#[test]
fn verbs_come_in_order() {
    for (verbs, outcome) in [
        (&["initialized"][..], "taken"),
        (&["completed"], "9.3.0.0-4"),
        (&["answered"], "9.3.0.0-4"),
        (&["initialized", "initialized"], "9.3.2.0-3"),
        (&["initialized", "answered"], "taken"),
        (
            &["initialized", "completed", "passed", "terminated"],
            "taken",
        ),
        (&["initialized", "completed", "completed"], "9.3.0.0-2"),
        (&["initialized", "passed", "failed"], "9.3.0.0-3"),
        (&["initialized", "failed", "passed"], "9.3.0.0-3"),
        (&["initialized", "passed", "passed"], "9.3.0.0-2"),
        (&["initialized", "terminated", "answered"], "9.3.0.0-5"),
        (&["initialized", "terminated", "terminated"], "9.3.0.0-5"),
        (&["initialized", "launched"], "9.3.0.0-1"),
        (&["initialized", "satisfied"], "9.3.0.0-1"),
    ] {
        assert_eq!(after(verbs), outcome, "{verbs:?}");
    }
}

/// A change of a good statement, and the requirement it breaks.
type Row = (&'static str, &'static str, Value, &'static str);

#[test]
fn statements_are_well_formed() {
    let rows: Vec<Row> = vec![
        ("completed", "/id", Value::Null, "9.1.0.0-1"),
        ("completed", "/timestamp", Value::Null, "9.7.0.0-1"),
        (
            "completed",
            "/timestamp",
            json!("2026-01-01T01:00:00+01:00"),
            "9.7.0.0-2",
        ),
        (
            "completed",
            "/actor",
            json!({ "mbox": "mailto:b@x.example" }),
            "8.1.3.0-3",
        ),
        (
            "passed",
            "/actor",
            json!({ "objectType": "Group", "account": { "homePage": "http://lms.example", "name": "a" } }),
            "9.2.0.0-2",
        ),
        ("voided", "/verb/id", json!(xapi::VOIDED), "6.3.0.0-1"),
        (
            "completed",
            "/context/registration",
            Value::Null,
            "9.6.1.0-1",
        ),
        (
            "completed",
            "/context/registration",
            json!(SESSION.to_string()),
            "9.6.1.0-1",
        ),
        ("completed", "/context/extensions", json!({}), "9.6.3.1-4"),
        (
            "completed",
            "/context/extensions",
            json!({ cmi5::SESSION: "x" }),
            "9.6.3.1-4",
        ),
        (
            "completed",
            "/context/contextActivities/grouping",
            json!([]),
            "9.6.2.0-1",
        ),
        (
            "completed",
            "/object/id",
            json!("http://x.example/au"),
            "8.1.5.0-6",
        ),
        (
            "completed",
            "/result",
            json!({ "duration": "PT1S" }),
            "9.5.3.0-1",
        ),
        (
            "completed",
            "/result",
            json!({ "completion": false, "duration": "PT1S" }),
            "9.5.3.0-1",
        ),
        (
            "completed",
            "/result",
            json!({ "completion": true }),
            "9.5.4.1-2",
        ),
        (
            "completed",
            "/result/score",
            json!({ "scaled": 1 }),
            "9.5.1.0-2",
        ),
        ("completed", "/result/success", json!(true), "9.5.2.0-3"),
        (
            "completed",
            "/context/contextActivities/category",
            json!([{ "id": cmi5::CATEGORY }]),
            "9.6.2.2-1",
        ),
        ("terminated", "/result", json!({}), "9.5.4.1-1"),
        (
            "terminated",
            "/context/contextActivities/category",
            json!([{ "id": cmi5::CATEGORY }, { "id": cmi5::MOVE_ON }]),
            "9.6.2.2-2",
        ),
        ("passed", "/result/success", json!(false), "9.5.2.0-1"),
        ("passed", "/result/completion", json!(true), "9.5.3.0-2"),
        ("passed", "/result/duration", Value::Null, "9.5.4.1-3"),
        (
            "passed",
            "/result/score",
            json!({ "scaled": 0.7 }),
            "9.3.4.0-2",
        ),
        (
            "passed",
            "/result/score",
            json!({ "scaled": 0.9, "raw": 9 }),
            "9.5.1.0-3",
        ),
        (
            "passed",
            "/context/extensions",
            json!({ cmi5::SESSION: SESSION.to_string() }),
            "9.6.3.2-2",
        ),
        (
            "passed",
            "/context/extensions",
            json!({ cmi5::SESSION: SESSION.to_string(), cmi5::MASTERY: 0.5 }),
            "10.2.1.0-7",
        ),
        ("failed", "/result/success", json!(true), "9.5.2.0-2"),
        ("failed", "/result/duration", Value::Null, "9.5.4.1-4"),
        (
            "failed",
            "/result/score",
            json!({ "scaled": 0.8 }),
            "9.3.5.0-2",
        ),
    ];
    let course = course(Profile::Cmi5, MoveOn::CompletedAndPassed);
    for (verb, pointer, value, requirement) in rows {
        let mut registration = begun(&course, Mode::Normal);
        told(&mut registration, &course, &statement("initialized"));
        let mut changed = statement(verb);
        let (parent, name) = pointer.rsplit_once('/').expect("a pointer");
        let parent = changed
            .pointer_mut(parent)
            .and_then(Value::as_object_mut)
            .expect("an object");
        match value {
            Value::Null => drop(parent.remove(name)),
            value => drop(parent.insert(name.to_owned(), value)),
        }
        assert_eq!(
            told(&mut registration, &course, &changed),
            requirement,
            "{verb} {pointer}"
        );
    }
    let mut registration = begun(&course, Mode::Normal);
    told(&mut registration, &course, &statement("initialized"));
    let mut counted = allowed();
    counted["context"]["contextActivities"]["category"] = json!([{ "id": cmi5::MOVE_ON }]);
    assert_eq!(told(&mut registration, &course, &counted), "9.6.2.2-2");
    let mut bare = allowed();
    bare["context"]["contextActivities"] = json!({});
    assert_eq!(told(&mut registration, &course, &bare), "10.2.1.0-6");
}

#[test]
fn looking_around_and_again_counts_nothing() {
    let course = course(Profile::Cmi5, MoveOn::Completed);
    for (mode, requirement) in [(Mode::Browse, "10.2.2.0-2"), (Mode::Review, "10.2.2.0-3")] {
        let mut registration = begun(&course, mode);
        assert_eq!(
            told(&mut registration, &course, &statement("initialized")),
            "taken"
        );
        for verb in ["completed", "passed", "failed"] {
            assert_eq!(
                told(&mut registration, &course, &statement(verb)),
                requirement
            );
        }
        assert_eq!(
            told(&mut registration, &course, &statement("terminated")),
            "taken"
        );
    }
}

#[test]
fn a_registration_hears_each_verdict_once() {
    let course = course(Profile::Cmi5, MoveOn::Completed);
    let mut registration = begun(&course, Mode::Normal);
    for verb in ["initialized", "completed", "passed", "terminated"] {
        told(&mut registration, &course, &statement(verb));
    }
    // The next session of the same unit.
    registration.sessions[0].id = Uuid::from_u128(8);
    let next = begun(&course, Mode::Normal).sessions.remove(0);
    registration.launch(next);
    told(&mut registration, &course, &statement("initialized"));
    for (verb, requirement) in [
        ("completed", "9.3.0.0-6"),
        ("passed", "9.3.0.0-7"),
        ("failed", "9.3.0.0-8"),
    ] {
        assert_eq!(
            told(&mut registration, &course, &statement(verb)),
            requirement
        );
    }
    assert_eq!(registration.mode(1), Mode::Review);
}

#[test]
fn an_abandoned_session_is_over() {
    let course = course(Profile::Cmi5, MoveOn::Completed);
    let mut registration = begun(&course, Mode::Normal);
    told(&mut registration, &course, &statement("initialized"));
    assert_eq!(registration.abandon(SESSION, Profile::Cmi5), Some(5.0));
    assert_eq!(registration.abandon(SESSION, Profile::Cmi5), None);
    assert_eq!(
        told(&mut registration, &course, &statement("terminated")),
        "9.3.6.0-2"
    );
    assert_eq!(registration.outcome(&course).seconds, 5.0);
}

#[test]
fn each_criterion_is_met_by_its_verbs() {
    let met = |move_on: MoveOn, verbs: &[&str]| {
        let course = course(Profile::Cmi5, move_on);
        let mut registration = begun(&course, Mode::Normal);
        let mut news = registration.settle(&course);
        for verb in verbs {
            assert_eq!(told(&mut registration, &course, &statement(verb)), "taken");
            news.extend(registration.settle(&course));
        }
        assert!(news.is_empty() || news == [Satisfied::Block(0), Satisfied::Course]);
        !news.is_empty()
    };
    for (move_on, completed, passed, both, neither) in [
        (MoveOn::Passed, false, true, true, false),
        (MoveOn::Completed, true, false, true, false),
        (MoveOn::CompletedAndPassed, false, false, true, false),
        (MoveOn::CompletedOrPassed, true, true, true, false),
        (MoveOn::NotApplicable, true, true, true, true),
    ] {
        assert_eq!(
            met(move_on, &["initialized", "completed"]),
            completed,
            "{move_on:?}"
        );
        assert_eq!(
            met(move_on, &["initialized", "passed"]),
            passed,
            "{move_on:?}"
        );
        assert_eq!(
            met(move_on, &["initialized", "passed", "completed"]),
            both,
            "{move_on:?}"
        );
        assert_eq!(
            met(move_on, &["initialized", "failed"]),
            neither,
            "{move_on:?}"
        );
    }
    let course = course(Profile::Cmi5, MoveOn::Passed);
    let mut registration = Registration::begin(&course);
    assert!(registration.waive(1, "Administrative"));
    assert!(!registration.waive(1, "Administrative"));
    assert_eq!(registration.settle(&course).len(), 2);
    assert!(registration.outcome(&course).completed);
}

#[test]
fn an_outcome_follows_what_was_said() {
    let course = course(Profile::Cmi5, MoveOn::CompletedAndPassed);
    let mut registration = begun(&course, Mode::Normal);
    told(&mut registration, &course, &statement("initialized"));
    let mut progressed = allowed();
    progressed["result"] = json!({ "extensions": { cmi5::PROGRESS: 40 } });
    told(&mut registration, &course, &progressed);
    let outcome = registration.outcome(&course);
    assert_eq!(
        (outcome.progress, outcome.estimated, outcome.completed),
        (0.4, false, false)
    );
    for verb in ["completed", "passed", "terminated"] {
        told(&mut registration, &course, &statement(verb));
    }
    registration.settle(&course);
    let outcome = registration.outcome(&course);
    assert_eq!(outcome.success, Some(true));
    assert_eq!((outcome.score, outcome.seconds), (Some(0.9), 30.0));
    assert!(outcome.completed);
}

#[test]
fn xapi_packages_say_what_they_like() {
    let course = course(Profile::Xapi, MoveOn::CompletedOrPassed);
    let mut registration = begun(&course, Mode::Normal);
    let bare = |verb: &str, result: Value| {
        json!({
            "actor": { "account": { "homePage": "http://lms.example", "name": "a" } },
            "verb": { "id": format!("{VERBS}{verb}") },
            "object": { "id": ACTIVITY },
            "result": result,
        })
    };
    let mut foreign = bare("passed", json!({}));
    foreign["actor"] = json!({ "mbox": "mailto:b@x.example" });
    assert_eq!(told(&mut registration, &course, &foreign), "8.1.3.0-3");
    let mut group = bare("passed", json!({}));
    group["actor"]["objectType"] = json!("Group");
    assert_eq!(told(&mut registration, &course, &group), "8.1.3.0-3");
    let mut foreign = bare("passed", json!({}));
    foreign["context"] = json!({ "registration": SESSION.to_string() });
    assert_eq!(told(&mut registration, &course, &foreign), "8.1.4.0-3");
    told(
        &mut registration,
        &course,
        &bare("failed", json!({ "score": { "scaled": 0.3 } })),
    );
    assert!(registration.units[1].failed);
    told(
        &mut registration,
        &course,
        &bare("passed", json!({ "score": { "scaled": 0.9 } })),
    );
    told(
        &mut registration,
        &course,
        &bare("failed", json!({ "score": { "scaled": 0.1 } })),
    );
    let unit = &registration.units[1];
    assert_eq!(
        (unit.passed, unit.failed, unit.score),
        (true, false, Some(0.9))
    );
    assert_eq!(registration.settle(&course).len(), 2);
}

/// The time between statements is counted as they come; giving the session up adds nothing.
#[test]
fn time_of_an_xapi_package_counts_once() {
    let course = course(Profile::Xapi, MoveOn::Completed);
    let mut registration = begun(&course, Mode::Normal);
    let text = json!({
        "actor": { "account": { "homePage": "http://lms.example", "name": "a" } },
        "verb": { "id": format!("{VERBS}experienced") },
        "object": { "id": ACTIVITY },
    })
    .to_string();
    let value = xapi::json::parse(&text).expect("JSON");
    let own = value.get("actor").and_then(xapi::actor::identifier);
    let own = own.expect("an actor");
    let launch = Launch {
        session: SESSION,
        registration: REGISTRATION,
        actor: &own,
        activity: ACTIVITY,
        has_id: false,
    };
    for minutes in [0, 5, 10] {
        let now = minutes * 60_000_000;
        hear(&mut registration, &course, launch, &value, now).expect("taken");
    }
    assert_eq!(registration.outcome(&course).seconds, 600.0);
    assert_eq!(registration.abandon(SESSION, Profile::Xapi), Some(600.0));
    assert_eq!(registration.outcome(&course).seconds, 600.0);
}

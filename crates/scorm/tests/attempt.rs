//! The fold: sessions, journals, corrections, SCORM 1.2 courses.

mod support;

use scorm::manifest::read;
use scorm::*;
use support::MapFiles;

fn course_12(items: &str) -> Course {
    let manifest = format!(
        r#"<manifest identifier="m" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2"><metadata><schemaversion>1.2</schemaversion></metadata>
        <organizations default="o"><organization identifier="o"><title>T</title>{items}</organization></organizations>
        <resources><resource identifier="r" adlcp:scormtype="sco" href="a.html"/><resource identifier="s" adlcp:scormtype="asset" href="b.html"/></resources></manifest>"#
    );
    read(
        &MapFiles::with_manifest(&manifest, &["a.html", "b.html"]),
        "imsmanifest.xml",
    )
    .unwrap()
    .0
}

fn course_2004(items: &str) -> Course {
    let manifest = format!(
        r#"<manifest identifier="m" xmlns:imsss="http://www.imsglobal.org/xsd/imsss"><metadata><schemaversion>2004 4th Edition</schemaversion></metadata>
        <organizations default="o"><organization identifier="o"><title>T</title>{items}<imsss:sequencing><imsss:controlMode choice="true" flow="true"/></imsss:sequencing></organization></organizations>
        <resources><resource identifier="r" scormType="sco" href="a.html"/></resources></manifest>"#
    );
    let files = MapFiles::with_manifest(&manifest, &["a.html"]);
    read(&files, "imsmanifest.xml").unwrap().0
}

fn item(id: &str, resource: &str, rest: &str) -> String {
    format!(
        r#"<item identifier="{id}" identifierref="{resource}"><title>{id}</title>{rest}</item>"#
    )
}

struct Session {
    course: Course,
    attempt: Attempt,
    seq: u64,
    journal: Vec<Entry>,
}

impl Session {
    fn new(course: Course) -> Session {
        let attempt = Attempt::begin(
            &course,
            Setup {
                seed: 7,
                ..Setup::default()
            },
        );
        Session {
            course,
            attempt,
            seq: 0,
            journal: Vec::new(),
        }
    }
    fn event(&mut self, event: Event) -> Verdict {
        self.seq += 1;
        let entry = Entry {
            seq: self.seq,
            at: self.seq as i64 * 1_000,
            event,
        };
        self.journal.push(entry.clone());
        self.attempt.apply(&self.course, &entry)
    }
    fn open(&mut self) -> Option<usize> {
        self.event(Event::Open).delivered
    }
    fn call(&mut self, function: &str, arguments: &[&str]) -> String {
        let arguments = arguments.iter().map(|a| a.to_string()).collect();
        self.event(Event::Call {
            function: function.into(),
            arguments,
            result: String::new(),
            error: 0,
        })
        .result
    }
    fn nav(&mut self, request: NavigationRequest) -> Verdict {
        self.event(Event::Navigate(request))
    }
}

#[test]
fn scorm_12_menu_prerequisites_and_roll_up() {
    let course = course_12(
        &(item("A", "r", "")
            + &item(
                "B",
                "r",
                "<adlcp:prerequisites type=\"aicc_script\">A</adlcp:prerequisites>",
            )
            + &item("C", "s", "")),
    );
    let mut s = Session::new(course);
    assert_eq!(s.open(), Some(1));
    let navigation = s.attempt.navigation(&s.course);
    assert_eq!(
        navigation
            .choice
            .iter()
            .map(|v| v.valid)
            .collect::<Vec<_>>(),
        [true, true, false, true]
    );
    assert_eq!(navigation.choice[2].reason.unwrap().0, "S12-3");
    assert_eq!(s.call("LMSInitialize", &[""]), "true");
    assert_eq!(
        s.call("LMSSetValue", &["cmi.core.lesson_status", "passed"]),
        "true"
    );
    assert_eq!(s.call("LMSSetValue", &["cmi.core.score.raw", "80"]), "true");
    assert!(
        s.attempt.navigation(&s.course).choice[2].valid,
        "counts before the SCO ends"
    );
    assert_eq!(s.call("LMSFinish", &[""]), "true");
    assert_eq!(s.nav(NavigationRequest::Continue).delivered, Some(2));
    let outcome = s.attempt.outcome(&s.course);
    assert_eq!(
        (outcome.completion, outcome.success, outcome.scaled),
        (Some(false), None, Some(0.8))
    );
    assert_eq!(outcome.known, Known::Estimated);
    s.call("LMSInitialize", &[""]);
    s.call("LMSSetValue", &["cmi.core.lesson_status", "completed"]);
    s.call("LMSFinish", &[""]);
    assert_eq!(s.nav(NavigationRequest::Continue).delivered, Some(3));
    let outcome = s.attempt.outcome(&s.course);
    assert_eq!(
        (outcome.completion, outcome.success, outcome.progress),
        (Some(true), Some(true), 1.0)
    );
    assert_eq!(s.nav(NavigationRequest::Previous).delivered, Some(2));
}

#[test]
fn a_closed_tab_is_resumed_with_its_data() {
    let mut s = Session::new(course_12(&item("A", "r", "")));
    s.open();
    s.call("LMSInitialize", &[""]);
    s.call("LMSSetValue", &["cmi.core.lesson_location", "page 3"]);
    s.call("LMSSetValue", &["cmi.core.lesson_status", "incomplete"]);
    assert_eq!(s.open(), Some(1));
    s.call("LMSInitialize", &[""]);
    assert_eq!(s.call("LMSGetValue", &["cmi.core.entry"]), "resume");
    assert_eq!(
        s.call("LMSGetValue", &["cmi.core.lesson_location"]),
        "page 3"
    );
}

#[test]
fn corrections_stand_above_the_content() {
    let mut s = Session::new(course_12(&(item("A", "r", "") + &item("B", "r", ""))));
    s.open();
    let correction = |activity: Option<&str>| Correction {
        author: "staff".into(),
        reason: "seen in class".into(),
        activity: activity.map(str::to_owned),
        completed: Some(true),
        passed: Some(true),
        scaled: None,
    };
    s.event(Event::Correction(correction(Some("B"))));
    assert_eq!(s.attempt.activities(&s.course)[2].completion, Some(true));
    assert_eq!(s.attempt.outcome(&s.course).completion, Some(false));
    s.event(Event::Correction(correction(None)));
    let outcome = s.attempt.outcome(&s.course);
    assert_eq!(
        (outcome.completion, outcome.success, outcome.progress),
        (Some(true), Some(true), 1.0)
    );
    assert_eq!(s.attempt.corrections().len(), 2);
}

#[test]
fn a_snapshot_stands_for_a_prefix_of_the_journal() {
    let mut s = Session::new(course_12(&(item("A", "r", "") + &item("B", "r", ""))));
    s.open();
    s.call("LMSInitialize", &[""]);
    s.call("LMSSetValue", &["cmi.core.lesson_status", "completed"]);
    s.nav(NavigationRequest::Choice("B".into()));
    s.nav(NavigationRequest::ExitAll);
    s.open();
    for cut in 0..=s.journal.len() {
        let mut attempt = Attempt::begin(
            &s.course,
            Setup {
                seed: 7,
                ..Setup::default()
            },
        );
        for entry in &s.journal[..cut] {
            attempt.apply(&s.course, entry);
        }
        let mut attempt: Attempt =
            serde_json::from_str(&serde_json::to_string(&attempt).unwrap()).unwrap();
        for entry in &s.journal[cut..] {
            attempt.apply(&s.course, entry);
        }
        assert_eq!(attempt, s.attempt, "cut at {cut}");
    }
}

/// SN 3.5, 4.2.1: the time in activities counts for limits and for rules about them.
#[test]
fn time_in_activities_reaches_their_limits() {
    // Each event of a session comes a second after the last.
    let course = |limits: &str, rules: &str| {
        course_2004(&format!(
            r#"<item identifier="un" identifierref="r"><title>un</title><imsss:sequencing><imsss:sequencingRules>{rules}</imsss:sequencingRules><imsss:limitConditions {limits}/></imsss:sequencing></item>
            <item identifier="deux" identifierref="r"><title>deux</title></item>"#
        ))
    };
    let delivered_again = |limits: &str, calls: usize, sessions: usize| {
        let mut session = Session::new(course(limits, ""));
        for _ in 0..sessions {
            session.open();
            session.call("Initialize", &[""]);
            for _ in 0..calls {
                session.call("Commit", &[""]);
            }
        }
        session.nav(NavigationRequest::Continue);
        session
            .nav(NavigationRequest::Choice("un".into()))
            .exception
    };
    let experienced = r#"activityExperiencedDurationLimit="PT10S""#;
    assert_eq!(delivered_again(experienced, 3, 1), None);
    assert_eq!(
        delivered_again(experienced, 12, 1).map(|e| e.0),
        Some("DB.1.1-3")
    );
    // A closed tab's time counts too.
    assert_eq!(
        delivered_again(experienced, 4, 3).map(|e| e.0),
        Some("DB.1.1-3")
    );
    // Zero is no limit, and the absolute one is for the SCO to keep.
    let zero =
        r#"activityExperiencedDurationLimit="PT0S" attemptExperiencedDurationLimit="PT0H0M0S""#;
    assert_eq!(delivered_again(zero, 12, 1), None);
    let absolute = r#"attemptAbsoluteDurationLimit="PT10S""#;
    assert_eq!(delivered_again(absolute, 12, 1), None);
    // A rule may ask: whoever stayed too long begins again.
    let retry = r#"<imsss:postConditionRule><imsss:ruleConditions><imsss:ruleCondition condition="timeLimitExceeded"/></imsss:ruleConditions><imsss:ruleAction action="retry"/></imsss:postConditionRule>"#;
    for (calls, next) in [(3, "deux"), (12, "un")] {
        let mut session = Session::new(course(absolute, retry));
        session.open();
        session.call("Initialize", &[""]);
        for _ in 0..calls {
            session.call("Commit", &[""]);
        }
        let verdict = session.nav(NavigationRequest::Continue);
        assert_eq!(verdict.delivered, session.course.find(next));
        // The new attempt has its own time; refused requests count none twice.
        for _ in 0..3 {
            let refused = session.nav(NavigationRequest::ResumeAll);
            assert!(refused.exception.is_some());
        }
        let un = session.course.find("un").unwrap();
        let state = &session.attempt.state().activities;
        let spent = 1_000 * (calls as u64 + 2);
        let again = if next == "un" { 3_000 } else { 0 };
        assert_eq!(
            (state[un].attempt_ms, state[un].activity_ms),
            (if next == "un" { again } else { spent }, spent + again,)
        );
        assert_eq!(state[0].activity_ms, spent + 3_000);
    }
}

/// A block whose attempts are used up bars what follows in it (DB.1.1), yet leaving its activity
/// ends it by a rule: the button for it must not be off.
#[test]
fn rules_at_the_end_of_an_activity_lead_on_where_continue_alone_would_not() {
    let rule = |condition: &str, action: &str| {
        format!(
            r#"<imsss:postConditionRule><imsss:ruleConditions>{condition}</imsss:ruleConditions><imsss:ruleAction action="{action}"/></imsss:postConditionRule>"#
        )
    };
    let always = r#"<imsss:ruleCondition condition="always"/>"#;
    let spent = r#"<imsss:ruleCondition condition="attemptLimitExceeded"/>"#;
    let left = r#"<imsss:ruleCondition operator="not" condition="attemptLimitExceeded"/>"#;
    let tests: String = ["un", "deux"]
        .map(|id| {
            item(
                id,
                "r",
                &format!(
                    "<imsss:sequencing><imsss:sequencingRules>{}</imsss:sequencingRules></imsss:sequencing>",
                    rule(always, "exitParent")
                ),
            )
        })
        .concat();
    let mut s = Session::new(course_2004(&format!(
        r#"<item identifier="bank"><title>bank</title>{tests}<imsss:sequencing><imsss:controlMode choice="false" flow="true"/>
        <imsss:sequencingRules><imsss:preConditionRule><imsss:ruleConditions>{spent}</imsss:ruleConditions><imsss:ruleAction action="disabled"/></imsss:preConditionRule>
        {}{}</imsss:sequencingRules><imsss:limitConditions attemptLimit="2"/></imsss:sequencing></item>"#,
        rule(left, "retry"),
        rule(spent, "exitAll"),
    )));
    let first = s.open();
    assert_eq!(first, s.course.find("un"));
    let navigation = s.attempt.navigation(&s.course);
    assert!(navigation.proceed.valid && navigation.rules_at_end);
    // The block is begun once more, for the last time.
    assert_eq!(s.nav(NavigationRequest::Continue).delivered, first);
    let navigation = s.attempt.navigation(&s.course);
    assert_eq!(navigation.proceed.reason.map(|e| e.0), Some("DB.1.1-3"));
    assert!(navigation.rules_at_end);
    assert!(s.nav(NavigationRequest::Continue).ended);
    assert!(!s.attempt.navigation(&s.course).rules_at_end);
    // Exit rules of what is above count as well; those of the activity itself are never asked.
    let exit = r#"<imsss:sequencing><imsss:sequencingRules><imsss:exitConditionRule><imsss:ruleConditions><imsss:ruleCondition condition="completed"/></imsss:ruleConditions><imsss:ruleAction action="exit"/></imsss:exitConditionRule></imsss:sequencingRules></imsss:sequencing>"#;
    for (own, above, rules) in [(exit, "", false), ("", exit, true)] {
        let inside = item("A", "r", own);
        let above = above.replace(
            "<imsss:sequencing>",
            r#"<imsss:sequencing><imsss:controlMode flow="true"/>"#,
        );
        let above = if above.is_empty() {
            r#"<imsss:sequencing><imsss:controlMode flow="true"/></imsss:sequencing>"#
        } else {
            &above
        };
        let mut s = Session::new(course_2004(&format!(
            r#"<item identifier="block"><title>block</title>{inside}{above}</item>"#
        )));
        assert_eq!(s.open(), s.course.find("A"));
        assert_eq!(s.attempt.navigation(&s.course).rules_at_end, rules);
    }
}

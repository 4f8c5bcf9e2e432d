//! The data model of SCORM 2004: RTE 4.2 (`cmi`), RTE 4.3 (`adl.data`), SN 5.6 (`adl.nav`).

use super::Standard;
use super::errors::{ERRORS_2004, REFUSALS_2004};
use super::formats::INTERACTIONS_2004;
use super::table::Access::{Keyword, Read, ReadWrite, Write};
use super::table::{
    ALL_2004, Collection, FOURTH, FROM_THIRD, Functions, Judged, Limits, Row, SECOND, THIRD, Table,
    row,
};
use super::types::TYPES_2004;

const fn r(
    element: &'static str,
    kind: &'static str,
    access: super::Access,
    section: &'static str,
) -> Row {
    row(element, kind, access, ALL_2004, section)
}

const fn children(element: &'static str, value: &'static str, section: &'static str) -> Row {
    r(element, "keyword", Keyword, section).value(value)
}

const fn count(element: &'static str, section: &'static str) -> Row {
    r(element, "keyword", Keyword, section)
}

const COMPLETION: &[&str] = &["completed", "incomplete", "not attempted", "unknown"];
const SUCCESS: &[&str] = &["passed", "failed", "unknown"];
const VALID: &[&str] = &["unknown", "true", "false"];
const CMI_INTERACTION_ID: &[&str] = &["cmi.interactions.n.id"];
const CMI_OBJECTIVE_ID: &[&str] = &["cmi.objectives.n.id"];

static ROWS: &[Row] = &[
    r("cmi._version", "keyword", Keyword, "RTE 4.2.1").value("1.0"),
    // Comments from learner and LMS
    children(
        "cmi.comments_from_learner._children",
        "comment,location,timestamp",
        "RTE 4.2.2",
    ),
    count("cmi.comments_from_learner._count", "RTE 4.2.2"),
    r(
        "cmi.comments_from_learner.n.comment",
        "localized",
        ReadWrite,
        "RTE 4.2.2",
    )
    .spm(4000),
    r(
        "cmi.comments_from_learner.n.location",
        "text",
        ReadWrite,
        "RTE 4.2.2",
    )
    .spm(250),
    r(
        "cmi.comments_from_learner.n.timestamp",
        "time",
        ReadWrite,
        "RTE 4.2.2",
    ),
    children(
        "cmi.comments_from_lms._children",
        "comment,location,timestamp",
        "RTE 4.2.3",
    ),
    count("cmi.comments_from_lms._count", "RTE 4.2.3"),
    r(
        "cmi.comments_from_lms.n.comment",
        "localized",
        Read,
        "RTE 4.2.3",
    )
    .spm(4000)
    .from("LMS"),
    r(
        "cmi.comments_from_lms.n.location",
        "text",
        Read,
        "RTE 4.2.3",
    )
    .spm(250)
    .from("LMS"),
    r(
        "cmi.comments_from_lms.n.timestamp",
        "time",
        Read,
        "RTE 4.2.3",
    )
    .from("LMS"),
    // Status
    r("cmi.completion_status", "words", ReadWrite, "RTE 4.2.4")
        .words(COMPLETION)
        .default("unknown")
        .judged(Judged {
            measure: "cmi.progress_measure",
            threshold: "cmi.completion_threshold",
            reached: "completed",
            missed: "incomplete",
            unknown: "unknown",
        }),
    r("cmi.completion_threshold", "real", Read, "RTE 4.2.5")
        .range(Some(0.0), Some(1.0))
        .from("adlcp:completionThreshold@minProgressMeasure when @completedByMeasure")
        .editions(FOURTH),
    r("cmi.completion_threshold", "real", Read, "RTE 4.2.5")
        .range(Some(0.0), Some(1.0))
        .from("adlcp:completionThreshold")
        .editions(&[
            crate::Edition::Scorm2004Second,
            crate::Edition::Scorm2004Third,
        ]),
    r("cmi.credit", "words", Read, "RTE 4.2.6")
        .words(&["credit", "no-credit"])
        .default("credit")
        .from("LMS"),
    r("cmi.entry", "words", Read, "RTE 4.2.7")
        .words(&["ab-initio", "resume", ""])
        .default("ab-initio")
        .from("LMS"),
    r("cmi.exit", "words", Write, "RTE 4.2.8")
        .words(&["time-out", "suspend", "logout", "normal", ""])
        .default(""),
    // Interactions
    children(
        "cmi.interactions._children",
        "id,type,objectives,timestamp,correct_responses,weighting,learner_response,result,latency,description",
        "RTE 4.2.9",
    ),
    count("cmi.interactions._count", "RTE 4.2.9"),
    r(
        "cmi.interactions.n.id",
        "long_identifier",
        ReadWrite,
        "RTE 4.2.9",
    )
    .spm(4000),
    r("cmi.interactions.n.type", "words", ReadWrite, "RTE 4.2.9")
        .words(&[
            "true-false",
            "choice",
            "fill-in",
            "long-fill-in",
            "matching",
            "performance",
            "sequencing",
            "likert",
            "numeric",
            "other",
        ])
        .needs(CMI_INTERACTION_ID),
    count("cmi.interactions.n.objectives._count", "RTE 4.2.9"),
    r(
        "cmi.interactions.n.objectives.n.id",
        "long_identifier",
        ReadWrite,
        "RTE 4.2.9",
    )
    .spm(4000)
    .unique()
    .needs(CMI_INTERACTION_ID),
    r(
        "cmi.interactions.n.timestamp",
        "time",
        ReadWrite,
        "RTE 4.2.9",
    )
    .needs(CMI_INTERACTION_ID),
    count("cmi.interactions.n.correct_responses._count", "RTE 4.2.9"),
    r(
        "cmi.interactions.n.correct_responses.n.pattern",
        "pattern",
        ReadWrite,
        "RTE 4.2.9.1",
    )
    .needs(&["cmi.interactions.n.id", "cmi.interactions.n.type"]),
    r(
        "cmi.interactions.n.weighting",
        "real",
        ReadWrite,
        "RTE 4.2.9",
    )
    .needs(CMI_INTERACTION_ID),
    r(
        "cmi.interactions.n.learner_response",
        "response",
        ReadWrite,
        "RTE 4.2.9.2",
    )
    .needs(&["cmi.interactions.n.id", "cmi.interactions.n.type"]),
    r(
        "cmi.interactions.n.result",
        "wordsOrReal",
        ReadWrite,
        "RTE 4.2.9",
    )
    .words(&["correct", "incorrect", "unanticipated", "neutral"])
    .needs(CMI_INTERACTION_ID),
    r(
        "cmi.interactions.n.latency",
        "timeinterval",
        ReadWrite,
        "RTE 4.2.9",
    )
    .needs(CMI_INTERACTION_ID),
    r(
        "cmi.interactions.n.description",
        "localized",
        ReadWrite,
        "RTE 4.2.9",
    )
    .spm(250)
    .needs(CMI_INTERACTION_ID),
    // Launch, learner
    r("cmi.launch_data", "text", Read, "RTE 4.2.10")
        .spm(4000)
        .from("adlcp:dataFromLMS"),
    r("cmi.learner_id", "long_identifier", Read, "RTE 4.2.11")
        .spm(4000)
        .from("LMS"),
    r("cmi.learner_name", "localized", Read, "RTE 4.2.12")
        .spm(250)
        .from("LMS"),
    children(
        "cmi.learner_preference._children",
        "audio_level,language,delivery_speed,audio_captioning",
        "RTE 4.2.13",
    ),
    r(
        "cmi.learner_preference.audio_level",
        "real",
        ReadWrite,
        "RTE 4.2.13",
    )
    .range(Some(0.0), None)
    .default("1"),
    r(
        "cmi.learner_preference.language",
        "languageOrNone",
        ReadWrite,
        "RTE 4.2.13",
    )
    .spm(250)
    .default(""),
    r(
        "cmi.learner_preference.delivery_speed",
        "real",
        ReadWrite,
        "RTE 4.2.13",
    )
    .range(Some(0.0), None)
    .default("1"),
    r(
        "cmi.learner_preference.audio_captioning",
        "words",
        ReadWrite,
        "RTE 4.2.13",
    )
    .words(&["-1", "0", "1"])
    .default("0"),
    r("cmi.location", "text", ReadWrite, "RTE 4.2.14").spm(1000),
    r("cmi.max_time_allowed", "timeinterval", Read, "RTE 4.2.15")
        .from("imsss:limitConditions@attemptAbsoluteDurationLimit"),
    r("cmi.mode", "words", Read, "RTE 4.2.16")
        .words(&["browse", "normal", "review"])
        .default("normal")
        .from("LMS"),
    // Objectives
    children(
        "cmi.objectives._children",
        "id,score,success_status,completion_status,progress_measure,description",
        "RTE 4.2.17",
    )
    .editions(FROM_THIRD),
    children(
        "cmi.objectives._children",
        "id,score,success_status,completion_status,description",
        "RTE 4.2.17",
    )
    .editions(SECOND),
    count("cmi.objectives._count", "RTE 4.2.17"),
    r(
        "cmi.objectives.n.id",
        "long_identifier",
        ReadWrite,
        "RTE 4.2.17",
    )
    .spm(4000)
    .unique()
    .once()
    .from("imsss:primaryObjective@objectiveID, imsss:objective@objectiveID"),
    children(
        "cmi.objectives.n.score._children",
        "scaled,raw,min,max",
        "RTE 4.2.17",
    ),
    r(
        "cmi.objectives.n.score.scaled",
        "real",
        ReadWrite,
        "RTE 4.2.17",
    )
    .range(Some(-1.0), Some(1.0))
    .needs(CMI_OBJECTIVE_ID)
    .from("the objective's measure"),
    r(
        "cmi.objectives.n.score.raw",
        "real",
        ReadWrite,
        "RTE 4.2.17",
    )
    .needs(CMI_OBJECTIVE_ID),
    r(
        "cmi.objectives.n.score.min",
        "real",
        ReadWrite,
        "RTE 4.2.17",
    )
    .needs(CMI_OBJECTIVE_ID),
    r(
        "cmi.objectives.n.score.max",
        "real",
        ReadWrite,
        "RTE 4.2.17",
    )
    .needs(CMI_OBJECTIVE_ID),
    r(
        "cmi.objectives.n.success_status",
        "words",
        ReadWrite,
        "RTE 4.2.17",
    )
    .words(SUCCESS)
    .default("unknown")
    .needs(CMI_OBJECTIVE_ID)
    .from("the objective's progress and satisfaction"),
    r(
        "cmi.objectives.n.completion_status",
        "words",
        ReadWrite,
        "RTE 4.2.17",
    )
    .words(COMPLETION)
    .default("unknown")
    .needs(CMI_OBJECTIVE_ID),
    r(
        "cmi.objectives.n.progress_measure",
        "real",
        ReadWrite,
        "RTE 4.2.17",
    )
    .range(Some(0.0), Some(1.0))
    .needs(CMI_OBJECTIVE_ID)
    .editions(FROM_THIRD),
    r(
        "cmi.objectives.n.description",
        "localized",
        ReadWrite,
        "RTE 4.2.17",
    )
    .spm(250)
    .needs(CMI_OBJECTIVE_ID),
    // Measures
    r("cmi.progress_measure", "real", ReadWrite, "RTE 4.2.18").range(Some(0.0), Some(1.0)),
    r("cmi.scaled_passing_score", "real", Read, "RTE 4.2.19")
        .range(Some(-1.0), Some(1.0))
        .from("imsss:primaryObjective/imsss:minNormalizedMeasure when @satisfiedByMeasure"),
    children("cmi.score._children", "scaled,raw,min,max", "RTE 4.2.20"),
    r("cmi.score.scaled", "real", ReadWrite, "RTE 4.2.20").range(Some(-1.0), Some(1.0)),
    r("cmi.score.raw", "real", ReadWrite, "RTE 4.2.20"),
    r("cmi.score.min", "real", ReadWrite, "RTE 4.2.20"),
    r("cmi.score.max", "real", ReadWrite, "RTE 4.2.20"),
    r("cmi.session_time", "timeinterval", Write, "RTE 4.2.21"),
    r("cmi.success_status", "words", ReadWrite, "RTE 4.2.22")
        .words(SUCCESS)
        .default("unknown")
        .judged(Judged {
            measure: "cmi.score.scaled",
            threshold: "cmi.scaled_passing_score",
            reached: "passed",
            missed: "failed",
            unknown: "unknown",
        }),
    r("cmi.suspend_data", "text", ReadWrite, "RTE 4.2.23")
        .spm(64000)
        .editions(FROM_THIRD),
    r("cmi.suspend_data", "text", ReadWrite, "RTE 4.2.23")
        .spm(4000)
        .editions(SECOND),
    r("cmi.time_limit_action", "words", Read, "RTE 4.2.24")
        .words(&[
            "exit,message",
            "continue,message",
            "exit,no message",
            "continue,no message",
        ])
        .default("continue,no message")
        .from("adlcp:timeLimitAction"),
    r("cmi.total_time", "timeinterval", Read, "RTE 4.2.25")
        .default("PT0H0M0S")
        .from("LMS"),
    // Navigation
    r("adl.nav.request", "navigation4", ReadWrite, "SN 5.6.4")
        .default("_none_")
        .editions(FOURTH),
    r("adl.nav.request", "navigation3", ReadWrite, "SN 5.6.4")
        .default("_none_")
        .editions(THIRD),
    r("adl.nav.request", "navigation2", ReadWrite, "SN 5.6.4")
        .default("_none_")
        .editions(SECOND),
    r("adl.nav.request_valid.continue", "words", Read, "SN 5.6.4")
        .words(VALID)
        .default("unknown")
        .from("sequencing"),
    r("adl.nav.request_valid.previous", "words", Read, "SN 5.6.4")
        .words(VALID)
        .default("unknown")
        .from("sequencing"),
    r(
        "adl.nav.request_valid.choice.{target=}",
        "words",
        Read,
        "SN 5.6.4",
    )
    .words(VALID)
    .default("unknown")
    .from("sequencing"),
    r(
        "adl.nav.request_valid.jump.{target=}",
        "words",
        Read,
        "SN 5.6.4",
    )
    .words(VALID)
    .default("unknown")
    .from("sequencing")
    .editions(FOURTH),
    // Shared data stores
    children("adl.data._children", "id,store", "RTE 4.3.1").editions(FOURTH),
    count("adl.data._count", "RTE 4.3.1").editions(FOURTH),
    r("adl.data.n.id", "long_identifier", Read, "RTE 4.3.1")
        .spm(4000)
        .from("adlcp:map@targetID")
        .editions(FOURTH),
    r("adl.data.n.store", "text", ReadWrite, "RTE 4.3.1")
        .spm(64000)
        .empty_clears()
        .editions(FOURTH),
];

static COLLECTIONS: &[Collection] = &[
    Collection {
        element: "cmi.comments_from_learner",
        spm: Some(250),
        fixed: false,
        patterns: false,
    },
    Collection {
        element: "cmi.comments_from_lms",
        spm: Some(100),
        fixed: true,
        patterns: false,
    },
    Collection {
        element: "cmi.interactions",
        spm: Some(250),
        fixed: false,
        patterns: false,
    },
    Collection {
        element: "cmi.interactions.n.objectives",
        spm: Some(10),
        fixed: false,
        patterns: false,
    },
    Collection {
        element: "cmi.interactions.n.correct_responses",
        spm: Some(10),
        fixed: false,
        patterns: true,
    },
    Collection {
        element: "cmi.objectives",
        spm: Some(100),
        fixed: false,
        patterns: false,
    },
    Collection {
        element: "adl.data",
        spm: None,
        fixed: true,
        patterns: false,
    },
];

/// SCORM 2004, every edition.
pub static TABLE_2004: Table = Table {
    standard: Standard::Scorm2004,
    prefix: "",
    functions: Functions {
        initialize: "Initialize",
        terminate: "Terminate",
        get_value: "GetValue",
        set_value: "SetValue",
        commit: "Commit",
        get_last_error: "GetLastError",
        get_error_string: "GetErrorString",
        get_diagnostic: "GetDiagnostic",
    },
    rows: ROWS,
    collections: COLLECTIONS,
    types: TYPES_2004,
    interactions: INTERACTIONS_2004,
    errors: ERRORS_2004,
    refusals: REFUSALS_2004,
    unset_is_error: true,
    limits: Limits {
        value_bytes: 1 << 20,
        entries: 2_500,
        total_bytes: 16 << 20,
    },
};

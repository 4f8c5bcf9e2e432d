//! The data model of SCORM 1.2: RTE 3.4.

use super::Standard;
use super::errors::{ERRORS_12, REFUSALS_12};
use super::formats::INTERACTIONS_12;
use super::table::Access::{Keyword, Read, ReadWrite, Write};
use super::table::{Collection, Functions, Limits, ONLY_12, Row, Table, row};
use super::types::TYPES_12;

const fn r(
    element: &'static str,
    kind: &'static str,
    access: super::Access,
    section: &'static str,
) -> Row {
    row(element, kind, access, ONLY_12, section)
}

const fn children(element: &'static str, value: &'static str) -> Row {
    r(element, "keyword", Keyword, "RTE 3.4.1.2").value(value)
}

const fn count(element: &'static str) -> Row {
    r(element, "keyword", Keyword, "RTE 3.4.1.2")
}

const STATUS: &[&str] = &[
    "passed",
    "completed",
    "failed",
    "incomplete",
    "browsed",
    "not attempted",
];
const SCORE: &str = "raw,min,max";

static ROWS: &[Row] = &[
    r("cmi._version", "keyword", Keyword, "RTE 3.4.1.2").value("3.4"),
    children(
        "cmi._children",
        "core,suspend_data,launch_data,comments,comments_from_lms,objectives,student_data,student_preference,interactions",
    ),
    // Core
    children(
        "cmi.core._children",
        "student_id,student_name,lesson_location,credit,lesson_status,entry,score,total_time,lesson_mode,exit,session_time",
    ),
    r("cmi.core.student_id", "identifier", Read, "RTE 3.4.2")
        .spm(255)
        .from("LMS"),
    r("cmi.core.student_name", "text", Read, "RTE 3.4.2")
        .spm(255)
        .from("LMS"),
    r("cmi.core.lesson_location", "text", ReadWrite, "RTE 3.4.2")
        .spm(255)
        .default(""),
    r("cmi.core.credit", "words", Read, "RTE 3.4.2")
        .words(&["credit", "no-credit"])
        .default("credit")
        .from("LMS"),
    r("cmi.core.lesson_status", "words", ReadWrite, "RTE 3.4.2")
        .words(STATUS)
        .reserved(&["not attempted"])
        .default("not attempted"),
    r("cmi.core.entry", "words", Read, "RTE 3.4.2")
        .words(&["ab-initio", "resume", ""])
        .default("ab-initio")
        .from("LMS"),
    children("cmi.core.score._children", SCORE),
    r(
        "cmi.core.score.raw",
        "decimalOrBlank",
        ReadWrite,
        "RTE 3.4.2",
    )
    .range(Some(0.0), Some(100.0))
    .default(""),
    r(
        "cmi.core.score.max",
        "decimalOrBlank",
        ReadWrite,
        "RTE 3.4.2",
    )
    .range(Some(0.0), Some(100.0))
    .default(""),
    r(
        "cmi.core.score.min",
        "decimalOrBlank",
        ReadWrite,
        "RTE 3.4.2",
    )
    .range(Some(0.0), Some(100.0))
    .default(""),
    r("cmi.core.total_time", "timespan", Read, "RTE 3.4.2")
        .default("0000:00:00.00")
        .from("LMS"),
    r("cmi.core.lesson_mode", "words", Read, "RTE 3.4.2")
        .words(&["normal", "review", "browse"])
        .default("normal")
        .from("LMS"),
    r("cmi.core.exit", "words", Write, "RTE 3.4.2")
        .words(&["time-out", "suspend", "logout", ""])
        .default(""),
    r("cmi.core.session_time", "timespan", Write, "RTE 3.4.2"),
    // Data
    r("cmi.suspend_data", "text", ReadWrite, "RTE 3.4.2")
        .spm(4096)
        .default(""),
    r("cmi.launch_data", "text", Read, "RTE 3.4.2")
        .spm(4096)
        .default("")
        .from("adlcp:datafromlms"),
    // Comments may be left at any point: each is added to those before, as ADL's own Sample RTE
    // does (`CMIComments.performSet`) and Moodle after it.
    r("cmi.comments", "text", ReadWrite, "RTE 3.4.2")
        .spm(4096)
        .default("")
        .appends(),
    r("cmi.comments_from_lms", "text", Read, "RTE 3.4.2")
        .spm(4096)
        .default("")
        .from("LMS"),
    // Objectives
    children("cmi.objectives._children", "id,score,status"),
    count("cmi.objectives._count"),
    r("cmi.objectives.n.id", "identifier", ReadWrite, "RTE 3.4.2")
        .spm(255)
        .default(""),
    children("cmi.objectives.n.score._children", SCORE),
    r(
        "cmi.objectives.n.score.raw",
        "decimalOrBlank",
        ReadWrite,
        "RTE 3.4.2",
    )
    .range(Some(0.0), Some(100.0))
    .default(""),
    r(
        "cmi.objectives.n.score.max",
        "decimalOrBlank",
        ReadWrite,
        "RTE 3.4.2",
    )
    .range(Some(0.0), Some(100.0))
    .default(""),
    r(
        "cmi.objectives.n.score.min",
        "decimalOrBlank",
        ReadWrite,
        "RTE 3.4.2",
    )
    .range(Some(0.0), Some(100.0))
    .default(""),
    r("cmi.objectives.n.status", "words", ReadWrite, "RTE 3.4.2")
        .words(STATUS)
        .default("not attempted"),
    // Student data
    children(
        "cmi.student_data._children",
        "mastery_score,max_time_allowed,time_limit_action",
    ),
    r(
        "cmi.student_data.mastery_score",
        "decimalOrBlank",
        Read,
        "RTE 3.4.2",
    )
    .range(Some(0.0), Some(100.0))
    .default("")
    .from("adlcp:masteryscore"),
    r(
        "cmi.student_data.max_time_allowed",
        "timespan",
        Read,
        "RTE 3.4.2",
    )
    .default("")
    .from("adlcp:maxtimeallowed"),
    r(
        "cmi.student_data.time_limit_action",
        "words",
        Read,
        "RTE 3.4.2",
    )
    .words(&[
        "exit,message",
        "exit,no message",
        "continue,message",
        "continue,no message",
        "",
    ])
    .default("")
    .from("adlcp:timelimitaction"),
    // Student preference
    children(
        "cmi.student_preference._children",
        "audio,language,speed,text",
    ),
    r(
        "cmi.student_preference.audio",
        "audio",
        ReadWrite,
        "RTE 3.4.2",
    )
    .default("0"),
    r(
        "cmi.student_preference.language",
        "text",
        ReadWrite,
        "RTE 3.4.2",
    )
    .spm(255)
    .default(""),
    r(
        "cmi.student_preference.speed",
        "speed",
        ReadWrite,
        "RTE 3.4.2",
    )
    .default("0"),
    r(
        "cmi.student_preference.text",
        "caption",
        ReadWrite,
        "RTE 3.4.2",
    )
    .default("0"),
    // Interactions
    children(
        "cmi.interactions._children",
        "id,objectives,time,type,correct_responses,weighting,student_response,result,latency",
    ),
    count("cmi.interactions._count"),
    r("cmi.interactions.n.id", "identifier", Write, "RTE 3.4.2").spm(255),
    count("cmi.interactions.n.objectives._count"),
    r(
        "cmi.interactions.n.objectives.n.id",
        "identifier",
        Write,
        "RTE 3.4.2",
    )
    .spm(255),
    r("cmi.interactions.n.time", "time", Write, "RTE 3.4.2"),
    r("cmi.interactions.n.type", "words", Write, "RTE 3.4.2").words(&[
        "true-false",
        "choice",
        "fill-in",
        "matching",
        "performance",
        "sequencing",
        "likert",
        "numeric",
    ]),
    count("cmi.interactions.n.correct_responses._count"),
    r(
        "cmi.interactions.n.correct_responses.n.pattern",
        "pattern",
        Write,
        "RTE 3.4.2",
    )
    .spm(255),
    r(
        "cmi.interactions.n.weighting",
        "decimal",
        Write,
        "RTE 3.4.2",
    ),
    r(
        "cmi.interactions.n.student_response",
        "response",
        Write,
        "RTE 3.4.2",
    )
    .spm(255),
    r(
        "cmi.interactions.n.result",
        "wordsOrReal",
        Write,
        "RTE 3.4.2",
    )
    .words(&["correct", "wrong", "unanticipated", "neutral"]),
    r("cmi.interactions.n.latency", "timespan", Write, "RTE 3.4.2"),
];

static COLLECTIONS: &[Collection] = &[
    Collection {
        element: "cmi.objectives",
        spm: None,
        fixed: false,
        patterns: false,
    },
    Collection {
        element: "cmi.interactions",
        spm: None,
        fixed: false,
        patterns: false,
    },
    Collection {
        element: "cmi.interactions.n.objectives",
        spm: None,
        fixed: false,
        patterns: false,
    },
    Collection {
        element: "cmi.interactions.n.correct_responses",
        spm: None,
        fixed: false,
        patterns: true,
    },
];

/// SCORM 1.2.
pub static TABLE_12: Table = Table {
    standard: Standard::Scorm12,
    prefix: "LMS",
    functions: Functions {
        initialize: "Initialize",
        terminate: "Finish",
        get_value: "GetValue",
        set_value: "SetValue",
        commit: "Commit",
        get_last_error: "GetLastError",
        get_error_string: "GetErrorString",
        get_diagnostic: "GetDiagnostic",
    },
    rows: ROWS,
    collections: COLLECTIONS,
    types: TYPES_12,
    interactions: INTERACTIONS_12,
    errors: ERRORS_12,
    refusals: REFUSALS_12,
    unset_is_error: false,
    limits: Limits {
        value_bytes: 1 << 20,
        entries: 2_500,
        total_bytes: 16 << 20,
    },
};

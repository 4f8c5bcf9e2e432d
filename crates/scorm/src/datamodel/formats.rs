//! Formats of learner responses and correct response patterns by interaction type.

use serde::Serialize;

/// Formats of one interaction type.
#[derive(Debug, Serialize)]
pub struct InteractionFormats {
    /// `cmi.interactions.n.type`.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// Format of the learner's response.
    pub response: Format,
    /// Format of a correct response pattern.
    pub pattern: Format,
    /// Most patterns the type allows; `None`: only the smallest permitted maximum of the collection applies.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub patterns: Option<u32>,
    /// No two patterns may be the same: 351.
    pub distinct: bool,
}

/// `{case_matters=…}{order_matters=…}`, then items separated by `[,]`, each perhaps a pair joined by `[.]`.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Format {
    /// Leading delimiters, in any order, each at most once.
    pub flags: &'static [&'static str],
    /// Separator of items, when the value is a list.
    pub list: Option<&'static str>,
    /// Smallest permitted maximum of items in the list.
    pub spm: u32,
    /// No item may appear twice (a set).
    pub distinct: bool,
    /// The whole value may be empty.
    pub empty: bool,
    /// Each item is a pair: its separator and the first half's kind; `item` is the second half's.
    pub pair: Option<(&'static str, &'static str)>,
    /// Kind of item: `text`, `localized`, `identifier`, `identifierOrNone`, `boolean`, `real`, `range`, `answer`, `boolean12`.
    pub item: &'static str,
}

const fn f(item: &'static str) -> Format {
    Format {
        flags: &[],
        list: None,
        spm: 1,
        distinct: false,
        empty: false,
        pair: None,
        item,
    }
}

impl Format {
    const fn list(mut self, separator: &'static str, spm: u32) -> Self {
        self.list = Some(separator);
        self.spm = spm;
        self
    }
    const fn set(mut self) -> Self {
        self.distinct = true;
        self
    }
    const fn or_empty(mut self) -> Self {
        self.empty = true;
        self
    }
    const fn pair(mut self, separator: &'static str, first: &'static str) -> Self {
        self.pair = Some((separator, first));
        self
    }
    const fn flags(mut self, flags: &'static [&'static str]) -> Self {
        self.flags = flags;
        self
    }
}

const fn of(
    kind: &'static str,
    response: Format,
    pattern: Format,
    patterns: Option<u32>,
    distinct: bool,
) -> InteractionFormats {
    InteractionFormats {
        kind,
        response,
        pattern,
        patterns,
        distinct,
    }
}

/// SCORM 2004 RTE 4.2.9.1 (patterns) and 4.2.9.2 (responses).
pub static INTERACTIONS_2004: &[InteractionFormats] = &[
    of("true-false", f("boolean"), f("boolean"), Some(1), true),
    of(
        "choice",
        f("identifier").list("[,]", 36).set().or_empty(),
        f("identifier").list("[,]", 36).set().or_empty(),
        None,
        true,
    ),
    of(
        "fill-in",
        f("localized").list("[,]", 10).or_empty(),
        f("localized")
            .list("[,]", 10)
            .or_empty()
            .flags(&["case_matters", "order_matters"]),
        None,
        false,
    ),
    of(
        "long-fill-in",
        f("localized").or_empty(),
        f("localized").or_empty().flags(&["case_matters"]),
        None,
        false,
    ),
    of(
        "matching",
        f("identifier")
            .list("[,]", 36)
            .pair("[.]", "identifier")
            .or_empty(),
        f("identifier").list("[,]", 36).pair("[.]", "identifier"),
        None,
        false,
    ),
    of(
        "performance",
        f("answer")
            .list("[,]", 250)
            .pair("[.]", "identifierOrNone")
            .or_empty(),
        f("answer")
            .list("[,]", 125)
            .pair("[.]", "identifierOrNone")
            .flags(&["order_matters"]),
        None,
        false,
    ),
    of(
        "sequencing",
        f("identifier").list("[,]", 36),
        f("identifier").list("[,]", 36),
        None,
        true,
    ),
    of("likert", f("identifier"), f("identifier"), Some(1), true),
    of("numeric", f("real"), f("range"), Some(1), true),
    of(
        "other",
        f("text").or_empty(),
        f("text").or_empty(),
        Some(1),
        true,
    ),
];

/// SCORM 1.2 RTE 3.4.2: CMIFeedback by type.
///
/// The text asks single characters of choices, matches and steps; no content follows it, so any
/// words are taken there, and only what has a form of its own (true-false, matching, numeric) is held to it.
pub static INTERACTIONS_12: &[InteractionFormats] = &[
    of(
        "true-false",
        f("boolean12").or_empty(),
        f("boolean12"),
        None,
        false,
    ),
    of(
        "choice",
        f("text").or_empty(),
        f("text").or_empty(),
        None,
        false,
    ),
    of(
        "fill-in",
        f("text").or_empty(),
        f("text").or_empty(),
        None,
        false,
    ),
    of(
        "matching",
        f("text").list(",", 26).pair(".", "text").or_empty(),
        f("text").list(",", 26).pair(".", "text").or_empty(),
        None,
        false,
    ),
    of(
        "performance",
        f("text").or_empty(),
        f("text").or_empty(),
        None,
        false,
    ),
    of(
        "sequencing",
        f("text").or_empty(),
        f("text").or_empty(),
        None,
        false,
    ),
    of(
        "likert",
        f("text").or_empty(),
        f("text").or_empty(),
        None,
        false,
    ),
    of(
        "numeric",
        f("real").or_empty(),
        f("real").or_empty(),
        None,
        false,
    ),
];

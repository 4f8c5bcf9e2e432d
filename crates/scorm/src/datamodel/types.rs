//! The value types that a regular expression describes.
//!
//! The expressions mean the same to Rust and to JavaScript (with the `u` flag): no look-around,
//! no classes by name.

use super::languages::LANGUAGES;
use super::table::TypeRule;

const fn plain(name: &'static str, pattern: &'static str) -> TypeRule {
    held(name, pattern, None, None)
}

const fn held(
    name: &'static str,
    pattern: &'static str,
    longest: Option<usize>,
    bounds: Option<(i64, i64)>,
) -> TypeRule {
    TypeRule {
        name,
        pattern,
        prefix: None,
        prefixed: None,
        first: None,
        longest,
        bounds,
    }
}

/// Characters of a URI (RFC 3986), with those of other scripts (RFC 3987).
const URI: &str = r#"^[^\x00-\x20\x7F<>"{}|\\\^`\[\]]+$"#;
/// `YYYY[-MM[-DD[Thh[:mm[:ss[.s[TZD]]]]]]]` between 1970 and 2038, on days that the calendar has.
const TIME: &str = concat!(
    "^(19[7-9][0-9]|20[0-2][0-9]|203[0-8])(-(0[1-9]|1[0-2]))?$",
    "|^((19[7-9][0-9]|20[0-2][0-9]|203[0-8])-(",
    "(0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])",
    "|(0[469]|11)-(0[1-9]|[12][0-9]|30)",
    "|02-(0[1-9]|1[0-9]|2[0-8])",
    ")|(19(7[26]|8[048]|9[26])|20(0[048]|1[26]|2[048]|3[26]))-02-29)",
    "(T([01][0-9]|2[0-3])(:[0-5][0-9](:[0-5][0-9](\\.[0-9]{1,2}",
    "(Z|[+-]([01][0-9]|2[0-3])(:[0-5][0-9])?)?)?)?)?)?$",
);
const INTERVAL: &str = concat!(
    "^P([0-9]+Y([0-9]+M)?([0-9]+D)?|[0-9]+M([0-9]+D)?|[0-9]+D)",
    "(T([0-9]+H([0-9]+M)?([0-9]+(\\.[0-9]{1,2})?S)?|[0-9]+M([0-9]+(\\.[0-9]{1,2})?S)?|[0-9]+(\\.[0-9]{1,2})?S))?$",
    "|^PT([0-9]+H([0-9]+M)?([0-9]+(\\.[0-9]{1,2})?S)?|[0-9]+M([0-9]+(\\.[0-9]{1,2})?S)?|[0-9]+(\\.[0-9]{1,2})?S)$"
);

/// SCORM 2004 RTE 4.1.1, SN 5.6.4.
pub static TYPES_2004: &[TypeRule] = &[
    TypeRule {
        name: "long_identifier",
        pattern: URI,
        prefix: Some("urn:"),
        prefixed: Some("^[A-Za-z]+:[A-Za-z0-9][A-Za-z0-9-]{0,31}:[^\\x00-\\x20]+$"),
        first: None,
        longest: None,
        bounds: None,
    },
    TypeRule {
        name: "short_identifier",
        pattern: URI,
        prefix: Some("urn:"),
        prefixed: Some("^[A-Za-z]+:[A-Za-z0-9][A-Za-z0-9-]{0,31}:[^\\x00-\\x20]+$"),
        first: None,
        longest: None,
        bounds: None,
    },
    TypeRule {
        name: "language",
        pattern: "^([A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*|[iIxX](-[A-Za-z0-9]{1,8})+)$",
        prefix: None,
        prefixed: None,
        first: Some(LANGUAGES),
        longest: None,
        bounds: None,
    },
    TypeRule {
        name: "languageOrNone",
        pattern: "^([A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*|[iIxX](-[A-Za-z0-9]{1,8})+)?$",
        prefix: None,
        prefixed: None,
        first: Some(LANGUAGES),
        longest: None,
        bounds: None,
    },
    TypeRule {
        name: "time",
        pattern: TIME,
        prefix: None,
        prefixed: None,
        first: None,
        longest: Some(40),
        bounds: None,
    },
    TypeRule {
        name: "timeinterval",
        pattern: INTERVAL,
        prefix: None,
        prefixed: None,
        first: None,
        longest: Some(100),
        bounds: None,
    },
    TypeRule {
        name: "real",
        pattern: "^[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)$",
        prefix: None,
        prefixed: None,
        first: None,
        longest: Some(100),
        bounds: None,
    },
    plain(
        "navigation4",
        "^(continue|previous|exit|exitAll|abandon|abandonAll|suspendAll|_none_|\\{target=[^{}]+\\}(choice|jump))$",
    ),
    plain(
        "navigation3",
        "^(continue|previous|exit|exitAll|abandon|abandonAll|suspendAll|_none_|\\{target=[^{}]+\\}choice)$",
    ),
    plain(
        "navigation2",
        "^(continue|previous|exit|exitAll|abandon|abandonAll|_none_|\\{target=[^{}]+\\}choice)$",
    ),
];

const DECIMAL: &str = "^[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)$";
const INTEGER: &str = "^[+-]?[0-9]+$";

/// SCORM 1.2 RTE 3.4.2.
pub static TYPES_12: &[TypeRule] = &[
    // CMIIdentifier: no white space, no unprintable characters.
    held("identifier", "^[^\\x00-\\x20\\x7F-\\xA0]+$", None, None),
    held("real", DECIMAL, Some(100), None),
    held(
        "decimal",
        "^([+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+))?$",
        Some(100),
        None,
    ),
    held(
        "decimalOrBlank",
        "^([+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+))?$",
        Some(100),
        None,
    ),
    held(
        "timespan",
        "^[0-9]{2,4}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,2})?$",
        Some(20),
        None,
    ),
    held(
        "time",
        "^([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,2})?$",
        Some(20),
        None,
    ),
    held("audio", INTEGER, Some(8), Some((-1, 100))),
    held("speed", INTEGER, Some(8), Some((-100, 100))),
    held("caption", INTEGER, Some(8), Some((-1, 1))),
];

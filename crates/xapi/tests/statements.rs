//! Whole statements by requirement id: what is taken, what is refused and where, what is stored.

use proptest::prelude::*;
use uuid::Uuid;
use xapi::json::parse;
use xapi::statement::{Statement, read};
use xapi::{Version, compare};

const GOOD: &str = r#"{"id":"6690e6c9-3ef0-4ed3-8b37-7f3964730bee","actor":{"mbox":"mailto:a@x.tn"},"verb":{"id":"http://v/did","display":{"fr":"a fait"}},"object":{"objectType":"Activity","id":"http://a/1"},"result":{"score":{"scaled":0.5,"raw":5,"min":0,"max":10},"success":true,"completion":false,"response":"x","duration":"PT1.12S","extensions":{"http://e":null}},"context":{"registration":"ec531277-b57b-4c15-8d91-d292c5b2b8f7","platform":"Halqa","revision":"1"},"timestamp":"2023-05-04T12:00:00Z","attachments":[]}"#;

fn judge(text: &str, version: Version) -> Result<(), (&'static str, String)> {
    Statement::check(parse(text).map_err(|e| (e.rule, e.at))?, version)
        .map(drop)
        .map_err(|e| (e.rule, e.at))
}

#[test]
fn a_good_statement_is_taken() {
    assert_eq!(judge(GOOD, Version::V1), Ok(()));
    assert_eq!(judge(GOOD, Version::V2), Ok(()));
}

#[test]
fn one_thing_wrong_is_refused_and_named() {
    for (from, to, rule, at) in [
        // XAPI-00001, 00002: keys
        (r#""actor":"#, r#""Actor":"#, "unknown-key", "Actor"),
        (r#""attachments":[]"#, r#""more":1"#, "unknown-key", "more"),
        (
            r#""actor":{"mbox":"mailto:a@x.tn"},"#,
            "",
            "missing",
            "actor",
        ),
        (
            r#""verb":{"id":"http://v/did","display":{"fr":"a fait"}},"#,
            "",
            "missing",
            "verb",
        ),
        // XAPI-00010: null
        (r#"{"mbox":"mailto:a@x.tn"}"#, "null", "object", "actor"),
        (r#""PT1.12S""#, "null", "string", "result.duration"),
        // XAPI-00025, 00026: ids
        ("6690e6c9-", "", "uuid", "id"),
        (
            r#""6690e6c9-3ef0-4ed3-8b37-7f3964730bee""#,
            "1",
            "string",
            "id",
        ),
        // XAPI-00044: verbs
        ("http://v/did", "did", "iri", "verb.id"),
        (r#""id":"http://v/did","#, "", "missing", "verb.id"),
        (
            r#""fr":"a fait""#,
            r#""a12345":"x""#,
            "language-tag",
            "verb.display.a12345",
        ),
        (
            r#"{"fr":"a fait"}"#,
            r#""a fait""#,
            "language-map",
            "verb.display",
        ),
        // objects
        (
            r#""objectType":"Activity""#,
            r#""objectType":"activity""#,
            "object-type",
            "object.objectType",
        ),
        (
            r#""objectType":"Activity""#,
            r#""objectType":1"#,
            "string",
            "object.objectType",
        ),
        ("http://a/1", "a/1", "iri", "object.id"),
        // XAPI-00076 to 00079: results
        ("0.5", "1.1", "score-range", "result.score.scaled"),
        ("0.5", "-1.1", "score-range", "result.score.scaled"),
        ("0.5", "\"0.5\"", "number", "result.score.scaled"),
        (
            r#""raw":5"#,
            r#""raw":11"#,
            "score-range",
            "result.score.raw",
        ),
        (
            r#""raw":5"#,
            r#""raw":-1"#,
            "score-range",
            "result.score.raw",
        ),
        (
            r#""min":0"#,
            r#""min":10"#,
            "score-range",
            "result.score.min",
        ),
        ("true", "\"true\"", "boolean", "result.success"),
        ("false", "0", "boolean", "result.completion"),
        ("PT1.12S", "1 s", "duration", "result.duration"),
        ("http://e", "e", "iri", "result.extensions.e"),
        (
            r#""response":"x""#,
            r#""response":1"#,
            "string",
            "result.response",
        ),
        // contexts
        ("ec531277-", "", "uuid", "context.registration"),
        (
            r#""platform":"Halqa""#,
            r#""platform":1"#,
            "string",
            "context.platform",
        ),
        // XAPI-00123: timestamps
        (
            "2023-05-04T12:00:00Z",
            "2023-05-04",
            "timestamp",
            "timestamp",
        ),
        (
            "2023-05-04T12:00:00Z",
            "2023-05-04T12:00:00-00:00",
            "timestamp",
            "timestamp",
        ),
        (
            r#""timestamp":"#,
            r#""stored":"x","timestamp":"#,
            "timestamp",
            "stored",
        ),
        // XAPI-00110: versions
        (
            r#""timestamp":"#,
            r#""version":"1.1","timestamp":"#,
            "version",
            "version",
        ),
        (
            r#""timestamp":"#,
            r#""version":"2.1.0","timestamp":"#,
            "version",
            "version",
        ),
        (
            r#""timestamp":"#,
            r#""version":1,"timestamp":"#,
            "string",
            "version",
        ),
        (
            r#""attachments":[]"#,
            r#""attachments":{}"#,
            "array",
            "attachments",
        ),
        (
            r#""attachments":[]"#,
            r#""attachments":[{}]"#,
            "missing",
            "attachments[0].usageType",
        ),
        // XAPI-00098
        (
            r#""timestamp":"#,
            r#""authority":{},"timestamp":"#,
            "no-identifier",
            "authority",
        ),
        // Data 2.3.2
        ("http://v/did", xapi::VOIDED, "voids-nothing", "object"),
        // X2
        (
            r#""timestamp":"#,
            r#""id":"x","timestamp":"#,
            "duplicate-key",
            "",
        ),
    ] {
        let text = GOOD.replacen(from, to, 1);
        assert_ne!(text, GOOD, "{from}");
        let verdict = judge(&text, Version::V1);
        match verdict {
            Err((found, place)) => {
                assert_eq!(found, rule, "{text}");
                assert!(at.is_empty() || place == at, "{place}: {text}");
            }
            Ok(()) => panic!("taken: {text}"),
        }
    }
}

#[test]
fn objects_of_every_kind() {
    let with = |object: &str, more: &str| {
        judge(
            &format!(
                r#"{{"actor":{{"mbox":"mailto:a@x.tn"}},"verb":{{"id":"http://v"}},"object":{object}{more}}}"#
            ),
            Version::V1,
        )
        .map_err(|e| e.0)
    };
    let reference = r#"{"objectType":"StatementRef","id":"6690e6c9-3ef0-4ed3-8b37-7f3964730bee"}"#;
    let sub = |object: &str, more: &str| {
        format!(
            r#"{{"objectType":"SubStatement","actor":{{"mbox":"mailto:b@x.tn"}},"verb":{{"id":"http://v"}},"object":{object}{more}}}"#
        )
    };
    let activity = r#"{"id":"http://a"}"#;
    assert_eq!(with(reference, ""), Ok(()));
    assert_eq!(
        with(r#"{"objectType":"Agent","mbox":"mailto:b@x.tn"}"#, ""),
        Ok(())
    );
    assert_eq!(with(r#"{"mbox":"mailto:b@x.tn"}"#, ""), Err("unknown-key"));
    assert_eq!(with(&sub(activity, ""), ""), Ok(()));
    assert_eq!(with(&sub(reference, ""), ""), Ok(()));
    // XAPI-00070, 00071: no nesting, none of the store's own members
    assert_eq!(with(&sub(&sub(activity, ""), ""), ""), Err("object-type"));
    for member in ["id", "stored", "version", "authority"] {
        let object = sub(activity, &format!(r#","{member}":"x""#));
        assert_eq!(with(&object, ""), Err("unknown-key"), "{member}");
    }
    // XAPI-00088, 00089: only about activities
    let context = r#","context":{"platform":"x"}"#;
    assert_eq!(with(activity, context), Ok(()));
    assert_eq!(with(reference, context), Err("only-with-activity"));
}

#[test]
fn batches() {
    let body = |text: &str, limit| {
        read(parse(text).unwrap(), Version::V1, limit)
            .map(|body| (body.statements.len(), body.is_list))
            .map_err(|e| (e.rule, e.at))
    };
    assert_eq!(body(GOOD, 1), Ok((1, false)));
    assert_eq!(body(&format!("[{GOOD}]"), 1), Ok((1, true)));
    let twice = format!("[{GOOD},{GOOD}]");
    assert_eq!(body(&twice, 5), Err(("id-twice", "[1].id".to_owned())));
    assert_eq!(body(&twice, 1), Err(("too-many", String::new())));
    assert_eq!(
        body(&format!("[{GOOD},1]"), 5),
        Err(("object", "[1]".to_owned()))
    );
}

#[test]
fn what_is_stored_is_what_came() {
    let text = r#"{ "actor":{"mbox":"mailto:a@x.tn"},
        "verb":{"id":"http:\/\/v"}, "object":{"id":"http://a","definition":{"extensions":{"http://e":[1.50, 1e2, 12345678901234567890]}}},
        "context":{"contextActivities":{"parent":{"id":"http://p"}}}, "stored":"2001-01-01T00:00:00Z", "authority":{"mbox":"mailto:forged@x.tn"} }"#;
    let statement = Statement::check(parse(text).unwrap(), Version::V1).unwrap();
    let id = Uuid::from_u128(5);
    let stored = statement
        .stored_text(id, r#"{"mbox":"mailto:lms@x.tn"}"#, Version::V1)
        .finish(1_700_000_000_123_456);
    assert_eq!(
        stored,
        r#"{"id":"00000000-0000-0000-0000-000000000005","actor":{"mbox":"mailto:a@x.tn"},"verb":{"id":"http:\/\/v"},"object":{"id":"http://a","definition":{"extensions":{"http://e":[1.50, 1e2, 12345678901234567890]}}},"context":{"contextActivities":{"parent":[{"id":"http://p"}]}},"authority":{"mbox":"mailto:lms@x.tn"},"version":"1.0.3","timestamp":"2023-11-14T22:13:20.123456Z","stored":"2023-11-14T22:13:20.123456Z"}"#
    );
    let read = parse(&stored).unwrap();
    assert!(compare::same(&read, &statement.value));
    assert!(Statement::check(read, Version::V1).is_ok());
}

proptest! {
    /// Nothing that anybody sends makes a check panic.
    #[test]
    fn any_damage_is_survived(at in 0usize..GOOD.len(), with in "[\\[\\]{}\",:a-z0-9 ]{0,6}", cut in 0usize..12) {
        let end = (at + cut).min(GOOD.len());
        if GOOD.is_char_boundary(at) && GOOD.is_char_boundary(end) {
            let text = format!("{}{with}{}", &GOOD[..at], &GOOD[end..]);
            for version in [Version::V1, Version::V2] {
                if let Ok(statement) = parse(&text).and_then(|v| Statement::check(v, version)) {
                    let stored = statement.stored_text(Uuid::nil(), "{\"mbox\":\"mailto:l@x.tn\"}", version).finish(0);
                    let read = parse(&stored).unwrap();
                    prop_assert!(compare::same(&read, &statement.value));
                    prop_assert!(Statement::check(read, version).is_ok());
                }
            }
        }
    }
}

/// What a statement is found by grows with what it names (2.4.2.2 gives groups no bound).
#[test]
fn a_crowd_is_refused() {
    let team = |members: usize| {
        let members: Vec<String> = (0..members)
            .map(|n| format!(r#"{{"mbox":"mailto:m{n}@example.org"}}"#))
            .collect();
        format!(
            r#"{{"actor":{{"mbox":"mailto:a@example.org"}},"verb":{{"id":"http://x.y/v"}},"object":{{"id":"http://x.y/z"}},"context":{{"team":{{"objectType":"Group","member":[{}]}}}}}}"#,
            members.join(",")
        )
    };
    assert_eq!(judge(&team(900), Version::V1), Ok(()));
    let refused = judge(&team(2000), Version::V1);
    assert_eq!(refused.map_err(|(rule, _)| rule), Err("too-many"));
}

//! Contexts (Data 2.4.6; 2.0: contextAgents, contextGroups).

use crate::actor::{self, Who};
use crate::check::{array, each, extensions, iri, is_language_tag, object, string, uuid};
use crate::json::{Kind, ObjectWriter, Value, write_array};
use crate::{Checked, Invalid, Version, activity};

/// The kinds of context activities.
pub const RELATIONS: [&str; 4] = ["parent", "grouping", "category", "other"];

/// Checks a context (XAPI-00080 to XAPI-00093). `about_activity`: the statement's object is an
/// activity, without which `revision` and `platform` mean nothing.
pub fn check(value: &Value<'_>, version: Version, about_activity: bool) -> Checked {
    let v1 = [
        "registration",
        "instructor",
        "team",
        "contextActivities",
        "revision",
        "platform",
        "language",
        "statement",
        "extensions",
    ];
    let v2 = [
        "registration",
        "instructor",
        "team",
        "contextActivities",
        "revision",
        "platform",
        "language",
        "statement",
        "extensions",
        "contextAgents",
        "contextGroups",
    ];
    let members = match version {
        Version::V1 => object(value, &v1)?,
        Version::V2 => object(value, &v2)?,
    };
    for (key, member) in members {
        let checked = match key.as_ref() {
            "registration" => uuid(member).map(drop),
            "instructor" => actor::check(member, Who::Actor),
            "team" => actor::check(member, Who::Group),
            "contextActivities" => activities(member),
            "revision" | "platform" => match string(member) {
                Ok(_) if about_activity => Ok(()),
                Ok(_) => Err(Invalid::new("only-with-activity", "")),
                Err(error) => Err(error),
            },
            "language" => string(member).and_then(|tag| {
                is_language_tag(tag)
                    .then_some(())
                    .ok_or_else(|| Invalid::new("language-tag", ""))
            }),
            "statement" => reference(member),
            "contextAgents" => people(member, "contextAgent", "agent", Who::Agent),
            "contextGroups" => people(member, "contextGroup", "group", Who::Group),
            _ => extensions(member),
        };
        checked.map_err(|e| e.within(key))?;
    }
    Ok(())
}

/// Checks a reference to a statement (XAPI-00073 to XAPI-00075).
pub fn reference(value: &Value<'_>) -> Checked {
    object(value, &["objectType", "id"])?;
    if value.str("objectType") != Some("StatementRef") {
        return Err(Invalid::new("object-type", "objectType"));
    }
    let id = value
        .get("id")
        .ok_or_else(|| Invalid::new("missing", "id"))?;
    uuid(id).map_err(|e| e.within("id")).map(drop)
}

fn activities(value: &Value<'_>) -> Checked {
    for (key, member) in object(value, &RELATIONS)? {
        match &member.kind {
            Kind::Array(items) => each(items, activity::check),
            _ => activity::check(member),
        }
        .map_err(|e| e.within(key))?;
    }
    Ok(())
}

fn people(value: &Value<'_>, kind: &str, role: &str, who: Who) -> Checked {
    each(array(value)?, |item| {
        object(item, &["objectType", role, "relevantTypes"])?;
        if item.str("objectType") != Some(kind) {
            return Err(Invalid::new("object-type", "objectType"));
        }
        let person = item
            .get(role)
            .ok_or_else(|| Invalid::new("missing", role))?;
        actor::check(person, who).map_err(|e| e.within(role))?;
        if let Some(types) = item.get("relevantTypes") {
            let types = array(types).map_err(|e| e.within("relevantTypes"))?;
            if types.is_empty() {
                return Err(Invalid::new("empty", "relevantTypes"));
            }
            each(types, |item| iri(item).map(drop)).map_err(|e| e.within("relevantTypes"))?;
        }
        Ok(())
    })
}

/// The activities of a relation, whether one or a list.
pub fn related<'v, 'a>(context: &'v Value<'a>, relation: &str) -> &'v [Value<'a>] {
    match context
        .get("contextActivities")
        .and_then(|all| all.get(relation))
    {
        Some(Value {
            kind: Kind::Array(items),
            ..
        }) => items,
        Some(one) => std::slice::from_ref(one),
        None => &[],
    }
}

/// The agents and groups a context names beside the actor.
pub fn people_of<'v, 'a>(context: &'v Value<'a>) -> Vec<&'v Value<'a>> {
    let mut all: Vec<&Value<'a>> = ["instructor", "team"]
        .iter()
        .filter_map(|key| context.get(key))
        .collect();
    for (list, role) in [("contextAgents", "agent"), ("contextGroups", "group")] {
        let items = context.get(list).and_then(Value::as_array);
        all.extend(
            items
                .unwrap_or_default()
                .iter()
                .filter_map(|item| item.get(role)),
        );
    }
    all
}

/// Writes a context with every relation as a list: a single activity is taken, a list is given
/// (Data 2.4.6.2; XAPI-00094).
pub fn write_with_lists(out: &mut String, context: &Value<'_>) {
    write(out, context, |out, item| out.push_str(item.text));
}

/// Writes a context with its context activities written by `activity`.
pub fn write(
    out: &mut String,
    context: &Value<'_>,
    mut activity: impl FnMut(&mut String, &Value<'_>),
) {
    let mut object = ObjectWriter::new(out);
    for (key, member) in context.as_object().unwrap_or_default() {
        if key != "contextActivities" {
            object.raw(key, member.text);
            continue;
        }
        let mut lists = ObjectWriter::new(object.key(key));
        for (relation, _) in member.as_object().unwrap_or_default() {
            write_array(
                lists.key(relation),
                related(context, relation),
                |out, item| {
                    activity(out, item);
                },
            );
        }
        lists.end();
    }
    object.end();
}

/// True when some relation holds a single activity instead of a list.
pub fn has_single(context: &Value<'_>) -> bool {
    context
        .get("contextActivities")
        .and_then(Value::as_object)
        .unwrap_or_default()
        .iter()
        .any(|(_, member)| member.as_array().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::parse;

    #[test]
    fn contexts() {
        let rule = |text: &str, version, about| {
            check(&parse(text).unwrap(), version, about).map_err(|e| e.rule)
        };
        let v1 = |text: &str| rule(text, Version::V1, true);
        assert_eq!(v1("{}"), Ok(()));
        assert_eq!(
            v1(
                r#"{"registration":"ec531277-b57b-4c15-8d91-d292c5b2b8f7","platform":"x","revision":"1","language":"ar-TN","contextActivities":{"parent":{"id":"http://x.y"},"category":[]}}"#
            ),
            Ok(())
        );
        for (bad, why) in [
            (r#"{"registration":"x"}"#, "uuid"),
            (r#"{"Registration":"x"}"#, "unknown-key"),
            (r#"{"instructor":{"name":"x"}}"#, "no-identifier"),
            (r#"{"team":{"mbox":"mailto:a@b.tn"}}"#, "object-type"),
            (r#"{"contextActivities":{"parents":{}}}"#, "unknown-key"),
            (r#"{"contextActivities":{"parent":[{"id":"x"}]}}"#, "iri"),
            (r#"{"contextActivities":[]}"#, "object"),
            (r#"{"language":"a12345"}"#, "language-tag"),
            (r#"{"platform":1}"#, "string"),
            (
                r#"{"statement":{"id":"ec531277-b57b-4c15-8d91-d292c5b2b8f7"}}"#,
                "object-type",
            ),
            (r#"{"extensions":{"x":1}}"#, "iri"),
            (r#"{"contextAgents":[]}"#, "unknown-key"),
        ] {
            assert_eq!(v1(bad), Err(why), "{bad}");
        }
        assert_eq!(
            rule(r#"{"platform":"x"}"#, Version::V1, false),
            Err("only-with-activity")
        );
        let v2 = |text: &str| rule(text, Version::V2, true);
        assert_eq!(
            v2(
                r#"{"contextAgents":[{"objectType":"contextAgent","agent":{"mbox":"mailto:a@b.tn"},"relevantTypes":["http://t"]}]}"#
            ),
            Ok(())
        );
        for (bad, why) in [
            (r#"{"contextAgents":{}}"#, "array"),
            (
                r#"{"contextAgents":[{"agent":{"mbox":"mailto:a@b.tn"}}]}"#,
                "object-type",
            ),
            (
                r#"{"contextAgents":[{"objectType":"contextAgent"}]}"#,
                "missing",
            ),
            (
                r#"{"contextGroups":[{"objectType":"contextGroup","group":{"mbox":"mailto:a@b.tn"}}]}"#,
                "object-type",
            ),
            (
                r#"{"contextAgents":[{"objectType":"contextAgent","agent":{"mbox":"mailto:a@b.tn"},"relevantTypes":[]}]}"#,
                "empty",
            ),
            (
                r#"{"contextAgents":[{"objectType":"contextAgent","agent":{"mbox":"mailto:a@b.tn"},"relevantTypes":["abc"]}]}"#,
                "iri",
            ),
        ] {
            assert_eq!(v2(bad), Err(why), "{bad}");
        }
    }

    #[test]
    fn xapi_00094_lists() {
        let text = r#"{"platform":"x", "contextActivities":{"parent":{"id":"http://x.y"},"other":[ {"id":"http://z"} ]}}"#;
        let context = parse(text).unwrap();
        assert!(has_single(&context));
        let mut out = String::new();
        write_with_lists(&mut out, &context);
        assert_eq!(
            out,
            r#"{"platform":"x","contextActivities":{"parent":[{"id":"http://x.y"}],"other":[{"id":"http://z"}]}}"#
        );
    }
}

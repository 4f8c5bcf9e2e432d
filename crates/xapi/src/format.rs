//! The formats of statements given back (Communication 2.1.3, parameter `format`).

use crate::json::{ObjectWriter, Value, parse, write_array};
use crate::language::Preferences;
use crate::{activity, actor, context};

/// How statements are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    /// As they were received.
    #[default]
    Exact,
    /// With the least that identifies agents, verbs and activities.
    Ids,
    /// With the canonical definitions of activities, in one language.
    Canonical,
}

impl Format {
    /// Reads the parameter.
    pub fn of(text: &str) -> Option<Format> {
        match text {
            "exact" => Some(Format::Exact),
            "ids" => Some(Format::Ids),
            "canonical" => Some(Format::Canonical),
            _ => None,
        }
    }

    /// The parameter's value.
    pub fn text(self) -> &'static str {
        match self {
            Format::Exact => "exact",
            Format::Ids => "ids",
            Format::Canonical => "canonical",
        }
    }
}

/// Writes a stored statement in the format `ids`.
pub fn ids(statement: &Value<'_>) -> String {
    let mut out = String::with_capacity(statement.text.len());
    write(&mut out, statement, &Ids);
    out
}

/// Writes a stored statement in the format `canonical`. `definition` gives the canonical
/// definition of an activity's id, as JSON text; without one, the statement's own is shown.
pub fn canonical(
    statement: &Value<'_>,
    languages: &Preferences,
    definition: &dyn Fn(&str) -> Option<String>,
) -> String {
    let mut out = String::with_capacity(statement.text.len());
    write(
        &mut out,
        statement,
        &Canonical {
            languages,
            definition,
        },
    );
    out
}

/// The ids of all activities of a statement: what [`canonical`] will ask for.
pub fn activities(statement: &Value<'_>) -> Vec<String> {
    let mut found = Vec::new();
    let mut add = |activity: &Value<'_>| {
        if let Some(id) = activity.str("id") {
            found.push(id.to_owned());
        }
    };
    let mut parts = vec![statement];
    while let Some(part) = parts.pop() {
        if let Some(object) = part.get("object") {
            match object.str("objectType") {
                Some("SubStatement") => parts.push(object),
                None | Some("Activity") => add(object),
                _ => {}
            }
        }
        if let Some(context) = part.get("context") {
            for relation in context::RELATIONS {
                context::related(context, relation)
                    .iter()
                    .for_each(&mut add);
            }
        }
    }
    found
}

/// The activities of a statement with the definitions it brings.
pub fn definitions<'v, 'a>(statement: &'v Value<'a>) -> Vec<(&'v str, &'v Value<'a>)> {
    let mut found = Vec::new();
    let mut parts = vec![statement];
    while let Some(part) = parts.pop() {
        let mut all: Vec<&'v Value<'a>> = Vec::new();
        if let Some(object) = part.get("object") {
            match object.str("objectType") {
                Some("SubStatement") => parts.push(object),
                None | Some("Activity") => all.push(object),
                _ => {}
            }
        }
        if let Some(context) = part.get("context") {
            for relation in context::RELATIONS {
                all.extend(context::related(context, relation));
            }
        }
        found.extend(
            all.into_iter()
                .filter_map(|activity| Some((activity.str("id")?, activity.get("definition")?))),
        );
    }
    found
}

/// The agents and identified groups of a statement that bring a name: identifier and name.
pub fn names(statement: &Value<'_>) -> Vec<(String, String)> {
    let mut people: Vec<&Value<'_>> = Vec::new();
    let mut parts = vec![statement];
    while let Some(part) = parts.pop() {
        people.extend(part.get("actor"));
        if let Some(object) = part.get("object") {
            match object.str("objectType") {
                Some("SubStatement") => parts.push(object),
                Some("Agent" | "Group") => people.push(object),
                _ => {}
            }
        }
        if let Some(context) = part.get("context") {
            people.extend(context::people_of(context));
        }
    }
    let members: Vec<&Value<'_>> = people
        .iter()
        .filter_map(|person| person.get("member")?.as_array())
        .flatten()
        .collect();
    people
        .into_iter()
        .chain(members)
        .filter_map(|person| Some((actor::identifier(person)?, person.str("name")?.to_owned())))
        .collect()
}

/// How the parts of a statement are written.
trait Parts {
    fn actor(&self, out: &mut String, value: &Value<'_>);
    fn verb(&self, out: &mut String, value: &Value<'_>);
    fn activity(&self, out: &mut String, value: &Value<'_>);
}

fn write(out: &mut String, statement: &Value<'_>, parts: &dyn Parts) {
    let mut object = ObjectWriter::new(out);
    for (key, member) in statement.as_object().unwrap_or_default() {
        match key.as_ref() {
            "actor" | "authority" => parts.actor(object.key(key), member),
            "verb" => parts.verb(object.key(key), member),
            "object" => match member.str("objectType") {
                Some("Agent" | "Group") => parts.actor(object.key(key), member),
                Some("StatementRef") => object.raw(key, member.text),
                Some("SubStatement") => write(object.key(key), member, parts),
                _ => parts.activity(object.key(key), member),
            },
            "context" => write_context(object.key(key), member, parts),
            _ => object.raw(key, member.text),
        }
    }
    object.end();
}

fn write_context(out: &mut String, context: &Value<'_>, parts: &dyn Parts) {
    let mut object = ObjectWriter::new(out);
    for (key, member) in context.as_object().unwrap_or_default() {
        match key.as_ref() {
            "instructor" | "team" => parts.actor(object.key(key), member),
            "contextActivities" => {
                let mut lists = ObjectWriter::new(object.key(key));
                for (relation, _) in member.as_object().unwrap_or_default() {
                    write_array(
                        lists.key(relation),
                        context::related(context, relation),
                        |out, item| parts.activity(out, item),
                    );
                }
                lists.end();
            }
            "contextAgents" | "contextGroups" => {
                let items = member.as_array().unwrap_or_default();
                write_array(object.key(key), items, |out, item| {
                    let mut person = ObjectWriter::new(out);
                    for (key, member) in item.as_object().unwrap_or_default() {
                        if key == "agent" || key == "group" {
                            parts.actor(person.key(key), member);
                        } else {
                            person.raw(key, member.text);
                        }
                    }
                    person.end();
                });
            }
            _ => object.raw(key, member.text),
        }
    }
    object.end();
}

struct Ids;

impl Parts for Ids {
    fn actor(&self, out: &mut String, value: &Value<'_>) {
        actor::write_ids(out, value);
    }
    fn verb(&self, out: &mut String, value: &Value<'_>) {
        activity::write_ids(out, value);
    }
    fn activity(&self, out: &mut String, value: &Value<'_>) {
        activity::write_ids(out, value);
    }
}

struct Canonical<'c> {
    languages: &'c Preferences,
    definition: &'c dyn Fn(&str) -> Option<String>,
}

impl Parts for Canonical<'_> {
    fn actor(&self, out: &mut String, value: &Value<'_>) {
        out.push_str(value.text);
    }
    fn verb(&self, out: &mut String, value: &Value<'_>) {
        let mut object = ObjectWriter::new(out);
        for (key, member) in value.as_object().unwrap_or_default() {
            if key == "display" {
                self.languages.write_map(object.key(key), member);
            } else {
                object.raw(key, member.text);
            }
        }
        object.end();
    }
    fn activity(&self, out: &mut String, value: &Value<'_>) {
        let mut object = ObjectWriter::new(out);
        for (key, member) in value.as_object().unwrap_or_default() {
            if key != "definition" {
                object.raw(key, member.text);
            }
        }
        let canonical = (self.definition)(value.str("id").unwrap_or_default());
        let read = canonical.as_deref().and_then(|text| parse(text).ok());
        if let Some(definition) = read.as_ref().or_else(|| value.get("definition")) {
            self.languages
                .write_definition(object.key("definition"), definition);
        }
        object.end();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STATEMENT: &str = r#"{"id":"6690e6c9-3ef0-4ed3-8b37-7f3964730bee","actor":{"objectType":"Agent","name":"Amel","mbox":"mailto:a@x.tn"},"verb":{"id":"http://v/did","display":{"fr":"a fait","en":"did"}},"object":{"objectType":"SubStatement","actor":{"objectType":"Group","name":"G","mbox":"mailto:g@x.tn"},"verb":{"id":"http://v/x","display":{"en":"x"}},"object":{"objectType":"Activity","id":"http://a/1","definition":{"name":{"en":"One","fr":"Un"},"interactionType":"choice","choices":[{"id":"a","description":{"en":"A","fr":"À"}}],"extensions":{"http://e":1.50}}}},"context":{"instructor":{"name":"T","mbox":"mailto:t@x.tn"},"contextActivities":{"parent":[{"id":"http://a/2","definition":{"type":"http://t"}}]}}}"#;

    #[test]
    fn xapi_00171_ids() {
        let value = parse(STATEMENT).unwrap();
        assert_eq!(
            ids(&value),
            r#"{"id":"6690e6c9-3ef0-4ed3-8b37-7f3964730bee","actor":{"objectType":"Agent","mbox":"mailto:a@x.tn"},"verb":{"id":"http://v/did"},"object":{"objectType":"SubStatement","actor":{"objectType":"Group","mbox":"mailto:g@x.tn"},"verb":{"id":"http://v/x"},"object":{"id":"http://a/1"}},"context":{"instructor":{"mbox":"mailto:t@x.tn"},"contextActivities":{"parent":[{"id":"http://a/2"}]}}}"#
        );
    }

    #[test]
    fn xapi_00169_canonical() {
        let value = parse(STATEMENT).unwrap();
        let known = |id: &str| {
            (id == "http://a/2").then(|| r#"{"name":{"fr":"Deux","en":"Two"}}"#.to_owned())
        };
        let text = canonical(&value, &Preferences::of("fr"), &known);
        assert_eq!(
            text,
            r#"{"id":"6690e6c9-3ef0-4ed3-8b37-7f3964730bee","actor":{"objectType":"Agent","name":"Amel","mbox":"mailto:a@x.tn"},"verb":{"id":"http://v/did","display":{"fr":"a fait"}},"object":{"objectType":"SubStatement","actor":{"objectType":"Group","name":"G","mbox":"mailto:g@x.tn"},"verb":{"id":"http://v/x","display":{"en":"x"}},"object":{"objectType":"Activity","id":"http://a/1","definition":{"name":{"fr":"Un"},"interactionType":"choice","choices":[{"id":"a","description":{"fr":"À"}}],"extensions":{"http://e":1.50}}}},"context":{"instructor":{"name":"T","mbox":"mailto:t@x.tn"},"contextActivities":{"parent":[{"id":"http://a/2","definition":{"name":{"fr":"Deux"}}}]}}}"#
        );
    }

    #[test]
    fn what_a_statement_names() {
        let value = parse(STATEMENT).unwrap();
        assert_eq!(activities(&value), ["http://a/2", "http://a/1"]);
        assert_eq!(definitions(&value).len(), 2);
        assert_eq!(
            names(&value),
            [
                ("mbox mailto:a@x.tn".to_owned(), "Amel".to_owned()),
                ("mbox mailto:t@x.tn".to_owned(), "T".to_owned()),
                ("mbox mailto:g@x.tn".to_owned(), "G".to_owned()),
            ]
        );
    }
}

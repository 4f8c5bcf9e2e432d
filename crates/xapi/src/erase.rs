//! Statements without a person: wherever they name the agent another one stands, and what they
//! quote of them is blotted out. What is left is a valid statement of the same id.

use crate::actor;
use crate::json::{Kind, ObjectWriter, Value, write_array, write_string};

/// Who is to be erased.
pub struct Erased<'e> {
    /// True for the identifiers of the person ([`actor::identifier`]).
    pub is: &'e dyn Fn(&str) -> bool,
    /// The agent that stands instead, as JSON.
    pub instead: &'e str,
    /// A text without what tells who the person is; `None`: it does not tell.
    pub blot: &'e dyn Fn(&str) -> Option<String>,
}

/// A statement rewritten.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rewritten {
    /// Whole, as it is stored.
    pub text: String,
    /// The person was its actor: what was attached to it is the person's, and is gone.
    pub own: bool,
}

impl Erased<'_> {
    /// Rewrites a stored statement.
    pub fn rewrite(&self, statement: &Value<'_>) -> Rewritten {
        let own = statement
            .get("actor")
            .is_some_and(|actor| actor::identifiers_of(actor).iter().any(|id| (self.is)(id)));
        let mut text = String::with_capacity(statement.text.len());
        self.write(&mut text, statement, own);
        Rewritten { text, own }
    }

    fn write(&self, out: &mut String, value: &Value<'_>, own: bool) {
        match &value.kind {
            Kind::Object(members) => {
                if actor::identifier(value).is_some_and(|id| (self.is)(&id)) {
                    out.push_str(self.instead);
                    return;
                }
                let mut object = ObjectWriter::new(out);
                for (key, member) in members {
                    // Data without a description is refused, and a description without data too.
                    if own && key == "attachments" {
                        continue;
                    }
                    let key = (self.blot)(key).unwrap_or_else(|| key.to_string());
                    self.write(object.key(&key), member, own);
                }
                object.end();
            }
            Kind::Array(items) => write_array(out, items, |out, item| self.write(out, item, own)),
            Kind::String(text) => match (self.blot)(text) {
                Some(blotted) => write_string(out, &blotted),
                None => out.push_str(value.text),
            },
            Kind::Null | Kind::Bool(_) | Kind::Number => out.push_str(value.text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Version;
    use crate::json::parse;
    use crate::statement::Statement;

    const INSTEAD: &str = r#"{"account":{"homePage":"https://h.tn","name":"p"}}"#;

    fn rewritten(text: &str) -> Rewritten {
        let erased = Erased {
            is: &|id| id == "mbox mailto:amel@x.tn" || id == "account https://h.tn 7",
            instead: INSTEAD,
            blot: &|text| {
                text.contains("Amel")
                    .then(|| text.replace("Amel", "erased"))
            },
        };
        let all = erased.rewrite(&parse(text).unwrap());
        let value = parse(&all.text).unwrap();
        assert!(Statement::check(value, Version::V1).is_ok(), "{}", all.text);
        all
    }

    #[test]
    fn the_actor_and_all_that_is_attached_go() {
        let all = rewritten(
            r#"{"actor":{"name":"Amel","mbox":"mailto:amel@x.tn"},"verb":{"id":"http://v/did"},"object":{"id":"http://a/1"},"result":{"response":"Je suis Amel","score":{"scaled":0.50}},"attachments":[{"usageType":"http://u","display":{"en":"x"},"contentType":"a/b","length":1,"sha2":"2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae","fileUrl":"http://f"}]}"#,
        );
        assert!(all.own);
        assert_eq!(
            all.text,
            format!(
                r#"{{"actor":{INSTEAD},"verb":{{"id":"http://v/did"}},"object":{{"id":"http://a/1"}},"result":{{"response":"Je suis erased","score":{{"scaled":0.50}}}}}}"#
            )
        );
    }

    #[test]
    fn others_keep_what_is_theirs() {
        let all = rewritten(
            r#"{"actor":{"mbox":"mailto:sami@x.tn"},"verb":{"id":"http://v/did"},"object":{"objectType":"Group","member":[{"mbox":"mailto:amel@x.tn"},{"mbox":"mailto:c@x.tn"}]},"context":{"instructor":{"account":{"homePage":"https://h.tn","name":"7"}}},"attachments":[{"usageType":"http://u","display":{"en":"x"},"contentType":"a/b","length":1,"sha2":"2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae","fileUrl":"http://f"}]}"#,
        );
        assert!(!all.own && all.text.contains("attachments"));
        assert!(!all.text.contains("amel") && !all.text.contains("\"7\""));
        assert!(all.text.contains("sami") && all.text.contains("mailto:c@x.tn"));
        assert_eq!(all.text.matches(INSTEAD).count(), 2);
    }
}

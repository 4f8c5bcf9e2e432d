//! Agents and groups (Data 2.4.2).

use crate::check::{self, array, is_mailbox, is_sha1, object, string};
use crate::json::{ObjectWriter, Value};
use crate::{Checked, Invalid};

const AGENT_KEYS: &[&str] = &[
    "objectType",
    "name",
    "mbox",
    "mbox_sha1sum",
    "openid",
    "account",
];
const GROUP_KEYS: &[&str] = &[
    "objectType",
    "name",
    "mbox",
    "mbox_sha1sum",
    "openid",
    "account",
    "member",
];
const IDENTIFIERS: [&str; 4] = ["mbox", "mbox_sha1sum", "openid", "account"];

/// Who may stand at a place of a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// An agent or a group; `objectType` may be left out of an agent.
    Actor,
    /// An agent only: the members of a group, the subject of documents.
    Agent,
    /// A group only: a team.
    Group,
}

/// Checks an agent or group (XAPI-00027 to XAPI-00043).
pub fn check(value: &Value<'_>, who: Who) -> Checked {
    let kind = match value.get("objectType") {
        Some(kind) => string(kind).map_err(|e| e.within("objectType"))?,
        None if value.as_object().is_some() => "Agent",
        None => return Err(Invalid::new("object", "")),
    };
    match (kind, who) {
        ("Agent", Who::Actor | Who::Agent) => agent(value),
        ("Group", Who::Actor | Who::Group) => group(value),
        _ => Err(Invalid::new("object-type", "objectType")),
    }
}

fn agent(value: &Value<'_>) -> Checked {
    object(value, AGENT_KEYS)?;
    named(value)?;
    match identifiers(value)? {
        1 => Ok(()),
        0 => Err(Invalid::new("no-identifier", "")),
        _ => Err(Invalid::new("two-identifiers", "")),
    }
}

fn group(value: &Value<'_>) -> Checked {
    object(value, GROUP_KEYS)?;
    named(value)?;
    let members = match value.get("member") {
        Some(members) => Some(array(members).map_err(|e| e.within("member"))?),
        None => None,
    };
    match (identifiers(value)?, members) {
        (0, None | Some([])) => return Err(Invalid::new("no-members", "member")),
        (0 | 1, _) => {}
        _ => return Err(Invalid::new("two-identifiers", "")),
    }
    for (index, member) in members.unwrap_or_default().iter().enumerate() {
        check(member, Who::Agent).map_err(|e| e.within(&format!("member[{index}]")))?;
    }
    Ok(())
}

fn named(value: &Value<'_>) -> Checked {
    if let Some(name) = value.get("name") {
        string(name).map_err(|e| e.within("name"))?;
    }
    Ok(())
}

/// How many inverse functional identifiers there are, each checked.
fn identifiers(value: &Value<'_>) -> Checked<usize> {
    let mut count = 0;
    for name in IDENTIFIERS {
        let Some(identifier) = value.get(name) else {
            continue;
        };
        count += 1;
        let checked = match name {
            "account" => account(identifier),
            "openid" => check::iri(identifier).map(drop),
            "mbox" => string(identifier).and_then(|text| {
                is_mailbox(text)
                    .then_some(())
                    .ok_or_else(|| Invalid::new("mailbox", ""))
            }),
            _ => string(identifier).and_then(|text| {
                is_sha1(text)
                    .then_some(())
                    .ok_or_else(|| Invalid::new("sha1", ""))
            }),
        };
        checked.map_err(|e| e.within(name))?;
    }
    Ok(count)
}

fn account(value: &Value<'_>) -> Checked {
    object(value, &["homePage", "name"])?;
    let home = value
        .get("homePage")
        .ok_or_else(|| Invalid::new("missing", "homePage"))?;
    check::iri(home).map_err(|e| e.within("homePage"))?;
    let name = value
        .get("name")
        .ok_or_else(|| Invalid::new("missing", "name"))?;
    let name = string(name).map_err(|e| e.within("name"))?;
    if name.len() > 1000 {
        return Err(Invalid::new("too-long", "name"));
    }
    Ok(())
}

/// Checks an `authority`: an agent, or a group of the two agents of three-legged OAuth, the
/// application by its account (Data 2.4.9; XAPI-00098, XAPI-00100).
pub fn check_authority(value: &Value<'_>) -> Checked {
    check(value, Who::Actor)?;
    if value.str("objectType") != Some("Group") {
        return Ok(());
    }
    let members = value
        .get("member")
        .and_then(Value::as_array)
        .unwrap_or_default();
    let application = members.iter().any(|m| m.get("account").is_some());
    if members.len() == 2 && application && identifier(value).is_none() {
        Ok(())
    } else {
        Err(Invalid::new("authority-group", ""))
    }
}

/// The identifier of an agent or identified group as one text, equal exactly when the identifiers
/// are; `None` for anonymous groups.
pub fn identifier(value: &Value<'_>) -> Option<String> {
    if let Some(mbox) = value.str("mbox") {
        return Some(format!("mbox {mbox}"));
    }
    if let Some(sum) = value.str("mbox_sha1sum") {
        return Some(format!("sha1 {}", sum.to_ascii_lowercase()));
    }
    if let Some(openid) = value.str("openid") {
        return Some(format!("openid {openid}"));
    }
    let account = value.get("account")?;
    Some(format!(
        "account {} {}",
        account.str("homePage")?,
        account.str("name")?
    ))
}

/// The identifiers that an agent or group matches by: its own and its members' (Communication
/// 2.1.3, parameter `agent`).
pub fn identifiers_of(value: &Value<'_>) -> Vec<String> {
    let members = value.get("member").and_then(Value::as_array);
    identifier(value)
        .into_iter()
        .chain(members.unwrap_or_default().iter().filter_map(identifier))
        .collect()
}

/// Writes the least that identifies it (format `ids`).
pub fn write_ids(out: &mut String, value: &Value<'_>) {
    let mut object = ObjectWriter::new(out);
    if let Some(kind) = value.get("objectType") {
        object.raw("objectType", kind.text);
    }
    let mut known = false;
    for name in IDENTIFIERS {
        if let Some(identifier) = value.get(name) {
            object.raw(name, identifier.text);
            known = true;
        }
    }
    if !known && let Some(members) = value.get("member").and_then(Value::as_array) {
        crate::json::write_array(object.key("member"), members, write_ids);
    }
    object.end();
}

/// The Person object of an agent (Communication 2.4): its identifier, the names it was seen with.
pub fn person(agent: &Value<'_>, names: &[String]) -> String {
    let mut out = String::new();
    let mut object = ObjectWriter::new(&mut out);
    object.string("objectType", "Person");
    let mut all: Vec<&str> = names.iter().map(String::as_str).collect();
    if let Some(name) = agent.str("name")
        && !all.contains(&name)
    {
        all.push(name);
    }
    if !all.is_empty() {
        crate::json::write_array(object.key("name"), &all, |out, name| {
            crate::json::write_string(out, name);
        });
    }
    for name in IDENTIFIERS {
        if let Some(identifier) = agent.get(name) {
            object.raw(name, &format!("[{}]", identifier.text));
        }
    }
    object.end();
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::parse;

    fn rule(text: &str, who: Who) -> Result<(), &'static str> {
        check(&parse(text).unwrap(), who).map_err(|e| e.rule)
    }

    #[test]
    fn agents() {
        for good in [
            r#"{"mbox":"mailto:a@b.tn"}"#,
            r#"{"objectType":"Agent","name":"Amel","mbox_sha1sum":"ebd31e95054c018b10727ccffd2ef2ec3a016ee9"}"#,
            r#"{"openid":"http://openid.example.org/12345"}"#,
            r#"{"account":{"homePage":"http://example.com","name":"x"}}"#,
        ] {
            assert_eq!(rule(good, Who::Agent), Ok(()), "{good}");
            assert_eq!(rule(good, Who::Actor), Ok(()), "{good}");
            assert!(rule(good, Who::Group).is_err(), "{good}");
        }
        for (bad, why) in [
            ("12", "object"),
            ("{}", "no-identifier"),
            (r#"{"name":"Amel"}"#, "no-identifier"),
            (r#"{"name":1,"mbox":"mailto:a@b.tn"}"#, "string"),
            (
                r#"{"objectType":"agent","mbox":"mailto:a@b.tn"}"#,
                "object-type",
            ),
            (r#"{"objectType":1,"mbox":"mailto:a@b.tn"}"#, "string"),
            (r#"{"mbox":"a@b.tn"}"#, "mailbox"),
            (r#"{"mbox":null}"#, "string"),
            (r#"{"Mbox":"mailto:a@b.tn"}"#, "unknown-key"),
            (
                r#"{"mbox":"mailto:a@b.tn","openid":"http://x.y"}"#,
                "two-identifiers",
            ),
            (r#"{"mbox_sha1sum":"ebd31e"}"#, "sha1"),
            (r#"{"openid":"x"}"#, "iri"),
            (r#"{"account":{"name":"x"}}"#, "missing"),
            (r#"{"account":{"homePage":"http://x.y"}}"#, "missing"),
            (r#"{"account":{"homePage":"x","name":"x"}}"#, "iri"),
            (
                r#"{"account":{"homePage":"http://x.y","name":"x","z":1}}"#,
                "unknown-key",
            ),
            (
                r#"{"mbox":"mailto:a@b.tn","member":[{"mbox":"mailto:a@b.tn"}]}"#,
                "unknown-key",
            ),
        ] {
            assert_eq!(rule(bad, Who::Actor), Err(why), "{bad}");
        }
    }

    #[test]
    fn groups() {
        for good in [
            r#"{"objectType":"Group","member":[{"mbox":"mailto:a@b.tn"}]}"#,
            r#"{"objectType":"Group","mbox":"mailto:a@b.tn"}"#,
            r#"{"objectType":"Group","mbox":"mailto:a@b.tn","member":[]}"#,
        ] {
            assert_eq!(rule(good, Who::Group), Ok(()), "{good}");
            assert_eq!(rule(good, Who::Agent), Err("object-type"), "{good}");
        }
        for (bad, why) in [
            (r#"{"objectType":"Group","name":"x"}"#, "no-members"),
            (r#"{"objectType":"Group","member":[]}"#, "no-members"),
            (r#"{"objectType":"Group","member":{}}"#, "array"),
            (
                r#"{"objectType":"Group","member":[{"objectType":"Group","mbox":"mailto:a@b.tn"}]}"#,
                "object-type",
            ),
            (
                r#"{"objectType":"group","mbox":"mailto:a@b.tn"}"#,
                "object-type",
            ),
        ] {
            assert_eq!(rule(bad, Who::Actor), Err(why), "{bad}");
        }
    }

    #[test]
    fn xapi_00100_authority() {
        let check = |text: &str| check_authority(&parse(text).unwrap()).map_err(|e| e.rule);
        let account = r#"{"account":{"homePage":"http://x.y","name":"app"}}"#;
        let user = r#"{"mbox":"mailto:a@b.tn"}"#;
        let group = |members: &str, more: &str| {
            check(&format!(
                r#"{{"objectType":"Group","member":[{members}]{more}}}"#
            ))
        };
        assert_eq!(check(user), Ok(()));
        assert_eq!(group(&format!("{account},{user}"), ""), Ok(()));
        assert!(group(account, "").is_err());
        assert!(group(&format!("{user},{user}"), "").is_err());
        assert!(group(&format!("{account},{user},{user}"), "").is_err());
        assert!(group(&format!("{account},{user}"), r#","mbox":"mailto:g@b.tn""#).is_err());
    }

    #[test]
    fn equal_identifiers_have_equal_text() {
        let of = |text: &str| identifier(&parse(text).unwrap());
        assert_eq!(
            of(r#"{"mbox_sha1sum":"EBD31E95054c018b10727ccffd2ef2ec3a016ee9"}"#),
            of(r#"{"name":"x","mbox_sha1sum":"ebd31e95054c018b10727ccffd2ef2ec3a016ee9"}"#)
        );
        assert_ne!(
            of(r#"{"mbox":"mailto:a@b.tn"}"#),
            of(r#"{"openid":"mailto:a@b.tn"}"#)
        );
        assert_eq!(of(r#"{"objectType":"Group","member":[]}"#), None);
    }

    #[test]
    fn ids_and_persons() {
        let group = parse(
            r#"{"objectType":"Group","name":"G","member":[{"name":"A","mbox":"mailto:a@b.tn"}]}"#,
        )
        .unwrap();
        let mut out = String::new();
        write_ids(&mut out, &group);
        assert_eq!(
            out,
            r#"{"objectType":"Group","member":[{"mbox":"mailto:a@b.tn"}]}"#
        );
        let agent = parse(r#"{"name":"A","mbox":"mailto:a@b.tn"}"#).unwrap();
        assert_eq!(
            person(&agent, &["أمل".to_owned()]),
            r#"{"objectType":"Person","name":["أمل","A"],"mbox":["mailto:a@b.tn"]}"#
        );
    }
}

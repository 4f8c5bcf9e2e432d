//! JSON with its text kept: RFC 8259, strictly, with nothing lost.
//!
//! `serde_json` keeps the last of two equal keys and turns numbers into floats; statements are
//! immutable and a key given twice is refused (Data 2.2). So: one pass, no copy where there is no
//! escape, the source text of every value at hand, duplicate keys, NUL, lone surrogates, numbers
//! beyond an IEEE double, more than [`DEPTH`] levels and more than [`VALUES`] values refused.

use std::borrow::Cow;
use std::collections::HashSet;

use crate::{Checked, Invalid};

/// Levels of nesting.
pub const DEPTH: usize = 128;
/// Values in one text: each takes many times the bytes of its shortest text.
pub const VALUES: usize = 500_000;

/// A value and the text it was read from.
#[derive(Debug, Clone, PartialEq)]
pub struct Value<'a> {
    /// The source, without surrounding space.
    pub text: &'a str,
    /// What it is.
    pub kind: Kind<'a>,
}

/// What a value is.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind<'a> {
    /// `null`
    Null,
    /// `true`, `false`
    Bool(bool),
    /// The digits are in the value's text.
    Number,
    /// Unescaped.
    String(Cow<'a, str>),
    /// In order.
    Array(Vec<Value<'a>>),
    /// In the order of the text; no key twice.
    Object(Vec<(Cow<'a, str>, Value<'a>)>),
}

impl<'a> Value<'a> {
    /// The string, if it is one.
    pub fn as_str(&self) -> Option<&str> {
        match &self.kind {
            Kind::String(text) => Some(text),
            _ => None,
        }
    }
    /// The items, if it is an array.
    pub fn as_array(&self) -> Option<&[Value<'a>]> {
        match &self.kind {
            Kind::Array(items) => Some(items),
            _ => None,
        }
    }
    /// The members, if it is an object.
    pub fn as_object(&self) -> Option<&[(Cow<'a, str>, Value<'a>)]> {
        match &self.kind {
            Kind::Object(members) => Some(members),
            _ => None,
        }
    }
    /// The number as a double, if it is one.
    pub fn as_f64(&self) -> Option<f64> {
        match self.kind {
            Kind::Number => self.text.parse().ok(),
            _ => None,
        }
    }
    /// The member of this name, if it is an object that has it.
    pub fn get(&self, name: &str) -> Option<&Value<'a>> {
        self.as_object()?
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value)
    }
    /// The string under this name.
    pub fn str(&self, name: &str) -> Option<&str> {
        self.get(name)?.as_str()
    }
}

/// Reads one value from a whole text.
pub fn parse(text: &str) -> Checked<Value<'_>> {
    let mut parser = Parser {
        text,
        at: 0,
        values: 0,
    };
    parser.space();
    let value = parser.value(0)?;
    parser.space();
    if parser.at != text.len() {
        return Err(parser.wrong("json"));
    }
    Ok(value)
}

/// Reads one value from bytes, which must be UTF-8 (Communication 1.4); a byte-order mark is not
/// part of JSON.
pub fn parse_bytes(bytes: &[u8]) -> Checked<Value<'_>> {
    let text = std::str::from_utf8(bytes).map_err(|_| Invalid::new("utf-8", ""))?;
    parse(text)
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    values: usize,
}

impl<'a> Parser<'a> {
    fn wrong(&self, rule: &'static str) -> Invalid {
        Invalid::new(rule, format!("byte {}", self.at))
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn take(&mut self, byte: u8) -> Checked {
        if self.peek() == Some(byte) {
            self.at += 1;
            Ok(())
        } else {
            Err(self.wrong("json"))
        }
    }

    fn value(&mut self, depth: usize) -> Checked<Value<'a>> {
        if depth > DEPTH {
            return Err(self.wrong("too-deep"));
        }
        self.values += 1;
        if self.values > VALUES {
            return Err(self.wrong("too-many"));
        }
        let start = self.at;
        let kind = match self.peek() {
            Some(b'{') => self.object(depth)?,
            Some(b'[') => self.array(depth)?,
            Some(b'"') => Kind::String(self.string()?),
            Some(b't') => self.word("true", Kind::Bool(true))?,
            Some(b'f') => self.word("false", Kind::Bool(false))?,
            Some(b'n') => self.word("null", Kind::Null)?,
            Some(b'-' | b'0'..=b'9') => self.number()?,
            _ => return Err(self.wrong("json")),
        };
        Ok(Value {
            text: &self.text[start..self.at],
            kind,
        })
    }

    fn word(&mut self, word: &str, kind: Kind<'a>) -> Checked<Kind<'a>> {
        if self.text.as_bytes()[self.at..].starts_with(word.as_bytes()) {
            self.at += word.len();
            Ok(kind)
        } else {
            Err(self.wrong("json"))
        }
    }

    fn digits(&mut self) -> Checked {
        let start = self.at;
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.at += 1;
        }
        if self.at == start {
            return Err(self.wrong("json"));
        }
        Ok(())
    }

    fn number(&mut self) -> Checked<Kind<'a>> {
        let start = self.at;
        if self.peek() == Some(b'-') {
            self.at += 1;
        }
        if self.peek() == Some(b'0') {
            self.at += 1;
        } else {
            self.digits()?;
        }
        if self.peek() == Some(b'.') {
            self.at += 1;
            self.digits()?;
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            self.at += 1;
            if matches!(self.peek(), Some(b'+' | b'-')) {
                self.at += 1;
            }
            self.digits()?;
        }
        match self.text[start..self.at].parse::<f64>() {
            Ok(number) if number.is_finite() => Ok(Kind::Number),
            _ => Err(self.wrong("number-range")),
        }
    }

    fn string(&mut self) -> Checked<Cow<'a, str>> {
        self.take(b'"')?;
        let start = self.at;
        let bytes = self.text.as_bytes();
        loop {
            match bytes.get(self.at) {
                Some(b'"') => {
                    let plain = &self.text[start..self.at];
                    self.at += 1;
                    return Ok(Cow::Borrowed(plain));
                }
                Some(b'\\') => break,
                Some(0..=0x1f) | None => return Err(self.wrong("json")),
                Some(_) => self.at += 1,
            }
        }
        let mut out = self.text[start..self.at].to_owned();
        let mut plain = self.at;
        loop {
            match bytes.get(self.at) {
                Some(b'"') => {
                    out.push_str(&self.text[plain..self.at]);
                    self.at += 1;
                    return Ok(Cow::Owned(out));
                }
                Some(b'\\') => {
                    out.push_str(&self.text[plain..self.at]);
                    self.at += 1;
                    out.push(self.escape()?);
                    plain = self.at;
                }
                Some(0..=0x1f) | None => return Err(self.wrong("json")),
                Some(_) => self.at += 1,
            }
        }
    }

    fn escape(&mut self) -> Checked<char> {
        let letter = self.peek().ok_or_else(|| self.wrong("json"))?;
        self.at += 1;
        Ok(match letter {
            b'"' => '"',
            b'\\' => '\\',
            b'/' => '/',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let high = self.unit()?;
                let code = match high {
                    0xd800..=0xdbff => {
                        if !self.text.as_bytes()[self.at..].starts_with(b"\\u") {
                            return Err(self.wrong("lone-surrogate"));
                        }
                        self.at += 2;
                        let low = self.unit()?;
                        if !(0xdc00..=0xdfff).contains(&low) {
                            return Err(self.wrong("lone-surrogate"));
                        }
                        0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00)
                    }
                    // The other engine's text cannot hold it.
                    0 => return Err(self.wrong("nul")),
                    code => code,
                };
                char::from_u32(code).ok_or_else(|| self.wrong("lone-surrogate"))?
            }
            _ => return Err(self.wrong("json")),
        })
    }

    fn unit(&mut self) -> Checked<u32> {
        let digits = self
            .text
            .as_bytes()
            .get(self.at..self.at + 4)
            .ok_or_else(|| self.wrong("json"))?;
        let mut code = 0;
        for digit in digits {
            let digit = char::from(*digit)
                .to_digit(16)
                .ok_or_else(|| self.wrong("json"))?;
            code = code * 16 + digit;
        }
        self.at += 4;
        Ok(code)
    }

    fn array(&mut self, depth: usize) -> Checked<Kind<'a>> {
        self.take(b'[')?;
        let mut items = Vec::new();
        self.space();
        if self.peek() == Some(b']') {
            self.at += 1;
            return Ok(Kind::Array(items));
        }
        loop {
            self.space();
            items.push(self.value(depth + 1)?);
            self.space();
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b']') => {
                    self.at += 1;
                    return Ok(Kind::Array(items));
                }
                _ => return Err(self.wrong("json")),
            }
        }
    }

    fn object(&mut self, depth: usize) -> Checked<Kind<'a>> {
        self.take(b'{')?;
        let mut members: Vec<(Cow<'a, str>, Value<'a>)> = Vec::new();
        let mut seen: Option<HashSet<Cow<'a, str>>> = None;
        self.space();
        if self.peek() == Some(b'}') {
            self.at += 1;
            return Ok(Kind::Object(members));
        }
        loop {
            self.space();
            let key = self.string()?;
            // Few keys are compared one by one; many would make that quadratic.
            let twice = match &mut seen {
                Some(seen) => !seen.insert(key.clone()),
                None => members.iter().any(|(other, _)| *other == key),
            };
            if twice {
                return Err(self.wrong("duplicate-key"));
            }
            self.space();
            self.take(b':')?;
            self.space();
            let value = self.value(depth + 1)?;
            members.push((key, value));
            if members.len() == 16 {
                seen = Some(members.iter().map(|(key, _)| key.clone()).collect());
            }
            self.space();
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b'}') => {
                    self.at += 1;
                    return Ok(Kind::Object(members));
                }
                _ => return Err(self.wrong("json")),
            }
        }
    }
}

/// Writes a string as JSON.
pub fn write_string(out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if u32::from(c) < 0x20 => {
                use std::fmt::Write;
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
}

/// Writes an object member by member.
pub struct ObjectWriter<'o> {
    out: &'o mut String,
    any: bool,
}

impl<'o> ObjectWriter<'o> {
    /// Opens the object.
    pub fn new(out: &'o mut String) -> Self {
        out.push('{');
        ObjectWriter { out, any: false }
    }
    /// Writes a key; the value is to be written to what is returned.
    pub fn key(&mut self, key: &str) -> &mut String {
        if self.any {
            self.out.push(',');
        }
        self.any = true;
        write_string(self.out, key);
        self.out.push(':');
        self.out
    }
    /// Writes a member whose value is JSON text.
    pub fn raw(&mut self, key: &str, json: &str) {
        self.key(key).push_str(json);
    }
    /// Writes a member whose value is a string.
    pub fn string(&mut self, key: &str, text: &str) {
        let out = self.key(key);
        write_string(out, text);
    }
    /// Closes the object.
    pub fn end(self) {
        self.out.push('}');
    }
}

/// Writes an array, item by item.
pub fn write_array<T>(out: &mut String, items: &[T], mut item: impl FnMut(&mut String, &T)) {
    out.push('[');
    for (index, value) in items.iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        item(out, value);
    }
    out.push(']');
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_json_is_not_is_refused() {
        for (text, rule) in [
            ("", "json"),
            ("{", "json"),
            ("{\"a\":1,}", "json"),
            ("[1,]", "json"),
            ("01", "json"),
            ("1.", "json"),
            (".5", "json"),
            ("+1", "json"),
            ("NaN", "json"),
            ("'a'", "json"),
            ("\"\t\"", "json"),
            ("\"\\x\"", "json"),
            ("1 2", "json"),
            ("\u{feff}{}", "json"),
            ("1e400", "number-range"),
            ("-1e400", "number-range"),
            ("\"\\u0000\"", "nul"),
            ("\"\\ud800\"", "lone-surrogate"),
            ("\"\\ud800\\u0041\"", "lone-surrogate"),
            ("\"\\udc00\"", "lone-surrogate"),
            ("{\"id\":1,\"id\":2}", "duplicate-key"),
            ("{\"id\":1,\"\\u0069d\":2}", "duplicate-key"),
        ] {
            assert_eq!(parse(text).map_err(|e| e.rule), Err(rule), "{text}");
        }
        let deep = "[".repeat(200) + &"]".repeat(200);
        assert_eq!(parse(&deep).map_err(|e| e.rule), Err("too-deep"));
        let zeros = |count: usize| format!("[{}0]", "0,".repeat(count - 2));
        assert!(parse(&zeros(VALUES)).is_ok());
        assert_eq!(
            parse(&zeros(VALUES + 1)).map_err(|e| e.rule),
            Err("too-many")
        );
        let many: String = (0..50).map(|i| format!("\"k{i}\":0,")).collect();
        let twice = format!("{{{many}\"k7\":1}}");
        assert_eq!(parse(&twice).map_err(|e| e.rule), Err("duplicate-key"));
    }

    #[test]
    fn the_text_of_values_is_kept() {
        let text = r#" {"a": 1.50, "b":[ 12345678901234567890 , "\u00e9" ] } "#;
        let value = parse(text).unwrap();
        assert_eq!(value.text, text.trim());
        assert_eq!(value.get("a").unwrap().text, "1.50");
        let items = value.get("b").unwrap().as_array().unwrap();
        assert_eq!(items[0].text, "12345678901234567890");
        assert_eq!(items[1].as_str(), Some("é"));
    }

    fn any_json() -> impl Strategy<Value = serde_json::Value> {
        let leaf = prop_oneof![
            Just(serde_json::Value::Null),
            any::<bool>().prop_map(Into::into),
            any::<i64>().prop_map(Into::into),
            any::<f64>().prop_map(Into::into),
            "[^\\x00]*".prop_map(Into::into),
        ];
        leaf.prop_recursive(4, 32, 5, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..5).prop_map(Into::into),
                prop::collection::hash_map("[^\\x00]{0,5}", inner, 0..5)
                    .prop_map(|m| serde_json::Value::Object(m.into_iter().collect())),
            ]
        })
    }

    fn same(ours: &Value<'_>, theirs: &serde_json::Value) -> bool {
        match (&ours.kind, theirs) {
            (Kind::Null, serde_json::Value::Null) => true,
            (Kind::Bool(a), serde_json::Value::Bool(b)) => a == b,
            (Kind::Number, serde_json::Value::Number(n)) => {
                // serde_json's own reading of floats is off by a bit now and then.
                let (a, b) = (ours.as_f64().unwrap(), n.as_f64().unwrap());
                a == b || ((a - b) / a).abs() < 1e-15
            }
            (Kind::String(a), serde_json::Value::String(b)) => a == b,
            (Kind::Array(a), serde_json::Value::Array(b)) => {
                a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
            }
            (Kind::Object(a), serde_json::Value::Object(b)) => {
                a.len() == b.len()
                    && a.iter()
                        .all(|(k, v)| b.get(k.as_ref()).is_some_and(|w| same(v, w)))
            }
            _ => false,
        }
    }

    proptest! {
        #[test]
        fn reads_what_serde_json_writes(value in any_json()) {
            let text = value.to_string();
            prop_assert!(same(&parse(&text).unwrap(), &value));
            let pretty = serde_json::to_string_pretty(&value).unwrap();
            prop_assert!(same(&parse(&pretty).unwrap(), &value));
        }

        #[test]
        fn takes_nothing_that_serde_json_refuses(text in "[\\[\\]{}:,\"0-9a-z\\\\ .eE+-]{0,24}") {
            if let Ok(value) = parse(&text) {
                let theirs: serde_json::Value = serde_json::from_str(&text).unwrap();
                prop_assert!(same(&value, &theirs));
            }
        }

        #[test]
        fn strings_come_back(text in "[^\\x00]*") {
            let mut out = String::new();
            write_string(&mut out, &text);
            let value = parse(&out).unwrap();
            prop_assert_eq!(value.as_str(), Some(text.as_str()));
        }
    }
}

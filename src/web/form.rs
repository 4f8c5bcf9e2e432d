//! Forms: url-encoded fields read through one validating door.

use std::collections::BTreeMap;

use rocket::data::{FromData, Outcome, ToByteUnit};
use rocket::http::Status;
use rocket::{Data, Request};
use serde_json::{Map, Value, json};

use super::Refusal;
use super::problem;
use crate::clock::Timestamp;

/// Form bodies above this are refused.
const LIMIT_KIB: u64 = 512;

/// The fields of a posted form.
///
/// Reading a field collects what is wrong with it; [`Fields::check`] ends the reading. Errors are
/// codes, named `form-<code>` in the locales.
#[derive(Debug, Default)]
pub struct Fields {
    values: BTreeMap<String, Vec<String>>,
    errors: BTreeMap<String, &'static str>,
}

impl Fields {
    /// From a url-encoded body. NUL and other control characters never pass this door.
    pub fn parse(body: &[u8]) -> Result<Self, Refusal> {
        let text = std::str::from_utf8(body).map_err(|_| Refusal::bad_request("bad-request"))?;
        let mut values: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (name, value) in url::form_urlencoded::parse(text.as_bytes()) {
            let value = value.replace("\r\n", "\n");
            if value
                .chars()
                .any(|c| c.is_control() && c != '\n' && c != '\t')
            {
                return Err(Refusal::bad_request("bad-request"));
            }
            values.entry(name.into_owned()).or_default().push(value);
        }
        Ok(Fields {
            values,
            errors: BTreeMap::new(),
        })
    }

    /// Puts a value in, as if it had been typed: to show a form with what is stored.
    pub fn fill(&mut self, name: &str, value: &str) {
        self.values.insert(name.to_owned(), vec![value.to_owned()]);
    }

    /// As [`Fields::fill`], for a repeated field.
    pub fn fill_all(&mut self, name: &str, values: Vec<String>) {
        self.values.insert(name.to_owned(), values);
    }

    /// The field as it came, or `""`.
    pub fn raw(&self, name: &str) -> &str {
        self.values
            .get(name)
            .and_then(|v| v.first())
            .map_or("", String::as_str)
    }

    /// All values of a repeated field.
    pub fn all(&self, name: &str) -> &[String] {
        self.values.get(name).map_or(&[], Vec::as_slice)
    }

    /// True when a box was ticked.
    pub fn ticked(&self, name: &str) -> bool {
        self.values.contains_key(name)
    }

    /// One line of text, trimmed; required.
    pub fn line(&mut self, name: &str, max: usize) -> String {
        let text = self.optional_line(name, max);
        if text.is_empty() {
            self.error(name, "required");
        }
        text
    }

    /// One line of text, trimmed; may be empty.
    pub fn optional_line(&mut self, name: &str, max: usize) -> String {
        let text = self.raw(name).trim().to_owned();
        if text.contains('\n') {
            self.error(name, "one-line");
        }
        if text.chars().count() > max {
            self.error(name, "too-long");
        }
        text
    }

    /// Text of several lines, trimmed; may be empty.
    pub fn prose(&mut self, name: &str, max: usize) -> String {
        let text = self.raw(name).trim().to_owned();
        if text.chars().count() > max {
            self.error(name, "too-long");
        }
        text
    }

    /// A whole number within a range; required.
    pub fn integer(&mut self, name: &str, range: std::ops::RangeInclusive<i64>) -> i64 {
        match self.raw(name).trim().parse::<i64>() {
            Ok(number) if range.contains(&number) => number,
            Ok(_) => {
                self.error(name, "out-of-range");
                *range.start()
            }
            Err(_) => {
                self.error(name, "number");
                *range.start()
            }
        }
    }

    /// A date and time as `<input type=datetime-local>` sends it, in the platform's zone.
    pub fn moment(&mut self, name: &str, zone: chrono_tz::Tz) -> Timestamp {
        use chrono::TimeZone;
        let text = self.raw(name).trim();
        let local = chrono::NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M")
            .or_else(|_| chrono::NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S"));
        match local
            .ok()
            .and_then(|l| zone.from_local_datetime(&l).earliest())
        {
            Some(moment) => moment.with_timezone(&chrono::Utc).into(),
            None => {
                self.error(name, "date");
                Timestamp::from_micros(0)
            }
        }
    }

    /// Says that something is wrong with a field.
    pub fn error(&mut self, name: &str, code: &'static str) {
        self.errors.entry(name.to_owned()).or_insert(code);
    }

    /// What is wrong so far, by field.
    pub fn errors(&self) -> &BTreeMap<String, &'static str> {
        &self.errors
    }

    /// True when nothing is wrong.
    pub fn is_valid(&self) -> bool {
        self.errors.is_empty()
    }

    /// The fields as the form's partials show them: `{name: {"value", "error"}}`, the error in
    /// words (`form-<code>`), and `errors`, the list for the summary.
    pub fn shown(
        &self,
        names: &[&str],
        locales: &super::i18n::Locales,
        lang: super::Lang,
    ) -> Value {
        let mut shown = Map::new();
        let mut summary = Vec::new();
        for name in names {
            let error = self
                .errors
                .get(*name)
                .map(|code| locales.text(lang, &format!("form-{code}"), &[]));
            if let Some(text) = &error {
                summary.push(json!({ "field": name, "text": text }));
            }
            shown.insert(
                (*name).to_owned(),
                json!({ "value": self.raw(name), "error": error }),
            );
        }
        shown.insert("errors".into(), Value::Array(summary));
        Value::Object(shown)
    }

    /// The form's values and errors as a template shows them again:
    /// `{"values": {name: text}, "errors": {name: code}}`; every name given is present in both
    /// (`""` and `null`), as strict templates want it.
    pub fn for_template(&self, names: &[&str]) -> Value {
        let mut values = Map::new();
        let mut errors = Map::new();
        for name in names {
            values.insert((*name).to_owned(), json!(self.raw(name)));
            errors.insert((*name).to_owned(), json!(self.errors.get(*name)));
        }
        json!({ "values": values, "errors": errors, "any_error": !self.errors.is_empty() })
    }
}

#[rocket::async_trait]
impl<'r> FromData<'r> for Fields {
    type Error = ();

    async fn from_data(request: &'r Request<'_>, data: Data<'r>) -> Outcome<'r, Self> {
        let refuse = |refusal: Refusal| {
            problem::keep(request, &refusal);
            Outcome::Error((refusal.status, ()))
        };
        if !request.content_type().is_some_and(|kind| kind.is_form()) {
            return refuse(Refusal::new(
                Status::UnsupportedMediaType,
                "unsupported-media-type",
            ));
        }
        match data.open(LIMIT_KIB.kibibytes()).into_bytes().await {
            Ok(body) if body.is_complete() => match Fields::parse(&body.into_inner()) {
                Ok(fields) => Outcome::Success(fields),
                Err(refusal) => refuse(refusal),
            },
            Ok(_) => refuse(Refusal::new(Status::PayloadTooLarge, "too-large")),
            Err(_) => refuse(Refusal::bad_request("bad-request")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nul_and_control_characters_are_refused() {
        assert!(Fields::parse(b"a=%00").is_err());
        assert!(Fields::parse(b"a=%1b").is_err());
        assert!(Fields::parse(b"a=x%0D%0Ay").is_ok());
    }

    #[test]
    fn a_local_moment_is_read_in_the_zone() {
        let mut fields = Fields::parse(b"at=2026-07-01T09:30").unwrap();
        let at = fields.moment("at", chrono_tz::Africa::Tunis);
        assert_eq!(at.rfc3339(), "2026-07-01T08:30:00.000Z");
        assert!(fields.is_valid());
    }
}

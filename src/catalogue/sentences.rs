//! Findings as sentences: their codes are keys of the locales.

use package::{Finding, Severity};
use serde::Serialize;
use serde_json::{Value, json};

use crate::web::Lang;
use crate::web::i18n::Locales;

/// A finding as a page shows it.
#[derive(Debug, Clone, Serialize)]
pub struct Sentence {
    /// `bad`, `warn` or `info`.
    pub kind: &'static str,
    /// In the reader's language.
    pub text: String,
    /// The file or place concerned.
    pub place: Option<String>,
}

/// Findings in the reader's language.
pub fn sentences(locales: &Locales, lang: Lang, findings: &[Finding]) -> Vec<Sentence> {
    findings
        .iter()
        .map(|finding| {
            let args: Vec<(&str, Value)> = finding
                .args
                .iter()
                .map(|(name, value)| {
                    let value = value
                        .parse::<i64>()
                        .map_or_else(|_| json!(value), |number| json!(number));
                    (name.as_str(), value)
                })
                .collect();
            Sentence {
                kind: match finding.severity {
                    Severity::Error => "bad",
                    Severity::Warning => "warn",
                    Severity::Info => "info",
                },
                text: locales.text(lang, &format!("catalogue-finding-{}", finding.code), &args),
                place: (!finding.place.is_empty()).then(|| finding.place.clone()),
            }
        })
        .collect()
}

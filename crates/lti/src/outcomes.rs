//! Basic outcomes (LTI 1.1.1 §6): a score in plain old XML.

use crate::{Code, Refused};

/// Bytes of an answer at most.
const ANSWER_MAX: usize = 64 << 10;

/// The message that writes a score, 0 to 1, into the place `sourcedid` names.
pub fn replace_result(message_id: &str, sourcedid: &str, score: f64) -> String {
    // The standard wants a decimal point whatever the language; four places are enough for a
    // gradebook of 10,000 points.
    let score = format!("{:.4}", score.clamp(0.0, 1.0));
    let score = score.trim_end_matches('0').trim_end_matches('.');
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <imsx_POXEnvelopeRequest xmlns=\"http://www.imsglobal.org/services/ltiv1p1/xsd/imsoms_v1p0\">\
         <imsx_POXHeader><imsx_POXRequestHeaderInfo><imsx_version>V1.0</imsx_version>\
         <imsx_messageIdentifier>{}</imsx_messageIdentifier></imsx_POXRequestHeaderInfo></imsx_POXHeader>\
         <imsx_POXBody><replaceResultRequest><resultRecord>\
         <sourcedGUID><sourcedId>{}</sourcedId></sourcedGUID>\
         <result><resultScore><language>en</language><textString>{score}</textString></resultScore></result>\
         </resultRecord></replaceResultRequest></imsx_POXBody></imsx_POXEnvelopeRequest>",
        escape(message_id),
        escape(sourcedid),
    )
}

/// Text between tags or in an attribute.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            // XML 1.0 cannot hold the others.
            '\t' | '\n' | '\r' => out.push(c),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// What the consumer answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// True when it was done.
    pub success: bool,
    /// `unsupported`, `failure`, `processing`…
    pub code: String,
    /// For operators.
    pub description: String,
}

/// Reads an answer: one closed XML document without a DTD (`threats.md` L24).
pub fn answer(body: &[u8]) -> Result<Answer, Refused> {
    if body.len() > ANSWER_MAX {
        return Err(Refused::new(Code::TooLarge, "outcome"));
    }
    let malformed = Refused::new(Code::Malformed, "outcome");
    let document = strictxml::parse(body).map_err(|_| malformed.clone())?;
    let status = document
        .root
        .descendants()
        .find(|element| element.name == "imsx_statusInfo")
        .ok_or(malformed)?;
    let text = |name: &str| {
        status
            .child(name)
            .map(|child| child.text().trim().chars().take(300).collect::<String>())
            .unwrap_or_default()
    };
    let code = text("imsx_codeMajor");
    Ok(Answer {
        success: code == "success",
        code,
        description: text("imsx_description"),
    })
}

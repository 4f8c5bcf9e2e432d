//! Journal entries and their wire form.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Correction;
use crate::sequencing::NavigationRequest;

/// One entry of a session's journal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// Place in the session, from 1.
    pub seq: u64,
    /// Milliseconds since the session opened, by the client's clock.
    pub at: i64,
    /// What happened.
    #[serde(flatten)]
    pub event: Event,
}

/// What happened.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// A session was opened: `{"open":true}`.
    Open,
    /// A SCO called the run-time: `{"call":"SetValue","args":["cmi.location","3"],"result":"true","error":0}`.
    Call {
        /// Name in the standard (`SetValue`, `LMSSetValue`).
        function: String,
        /// Arguments as given.
        arguments: Vec<String>,
        /// What the browser's run-time answered.
        result: String,
        /// The error code it left.
        error: u16,
    },
    /// A navigation request: `{"nav":"choice","target":"item_2"}`.
    Navigate(NavigationRequest),
    /// A correction by staff: `{"correction":{"author":…,"reason":…}}`.
    Correction(Correction),
}

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Wire {
    Open {
        open: bool,
    },
    Call {
        call: String,
        #[serde(default)]
        args: Vec<String>,
        #[serde(default)]
        result: String,
        #[serde(default)]
        error: u16,
    },
    Correction {
        correction: Correction,
    },
    Navigate(NavigationRequest),
}

impl Serialize for Event {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let wire = match self.clone() {
            Event::Open => Wire::Open { open: true },
            Event::Call {
                function,
                arguments,
                result,
                error,
            } => Wire::Call {
                call: function,
                args: arguments,
                result,
                error,
            },
            Event::Navigate(request) => Wire::Navigate(request),
            Event::Correction(correction) => Wire::Correction { correction },
        };
        wire.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Event {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Event, D::Error> {
        Ok(match Wire::deserialize(deserializer)? {
            Wire::Open { .. } => Event::Open,
            Wire::Call {
                call,
                args,
                result,
                error,
            } => Event::Call {
                function: call,
                arguments: args,
                result,
                error,
            },
            Wire::Navigate(request) => Event::Navigate(request),
            Wire::Correction { correction } => Event::Correction(correction),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wire_form_is_kept() {
        for text in [
            r#"{"seq":1,"at":0,"open":true}"#,
            r#"{"seq":4,"at":5120,"call":"SetValue","args":["cmi.location","3"],"result":"true","error":0}"#,
            r#"{"seq":5,"at":9000,"nav":"continue"}"#,
            r#"{"seq":6,"at":9001,"nav":"choice","target":"item_2"}"#,
            r#"{"seq":7,"at":9002,"correction":{"author":"a","reason":"r","activity":"i","completed":true}}"#,
        ] {
            let entry: Entry = serde_json::from_str(text).unwrap();
            assert_eq!(serde_json::to_string(&entry).unwrap(), text);
        }
        assert!(serde_json::from_str::<Entry>(r#"{"seq":1,"at":0}"#).is_err());
        assert!(serde_json::from_str::<Entry>(r#"{"seq":1,"at":0,"nav":"sideways"}"#).is_err());
    }
}

//! Any calls with any values on both data models: `cargo fuzz run datamodel`.
//!
//! The first byte picks the edition. Then each line is a call: its first byte picks the function,
//! the rest is `element=value`; a byte from 0x80 on stands for a known element's name.
#![no_main]

use std::sync::OnceLock;

use scorm::Edition;
use scorm::datamodel::{Initial, Sco, Standard, table_of};

fn names(standard: Standard) -> &'static [String] {
    static NAMES: [OnceLock<Vec<String>>; 2] = [OnceLock::new(), OnceLock::new()];
    NAMES[usize::from(standard == Standard::Scorm2004)].get_or_init(|| {
        let rows = table_of(standard).rows.iter();
        rows.map(|row| row.element.replace(".n.", ".0.")).collect()
    })
}

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Some((&first, rest)) = bytes.split_first() else {
        return;
    };
    let edition = match first % 4 {
        0 => Edition::Scorm12,
        1 => Edition::Scorm2004Second,
        2 => Edition::Scorm2004Third,
        _ => Edition::Scorm2004Fourth,
    };
    let standard = Standard::of(edition);
    let prefix = table_of(standard).prefix;
    let mut sco = Sco::begin(edition, &Initial::default());
    sco.call(&format!("{prefix}Initialize"), &[""], 0);
    for (n, line) in rest.split(|b| *b == b'\n').take(200).enumerate() {
        let Some((&function, argument)) = line.split_first() else {
            continue;
        };
        let (element, value) = match argument.split_first() {
            Some((&byte, value)) if byte >= 0x80 => {
                let names = names(standard);
                (names[usize::from(byte - 0x80) % names.len()].clone(), value)
            }
            _ => {
                let at = argument
                    .iter()
                    .position(|b| *b == b'=')
                    .unwrap_or(argument.len());
                let value = argument.get(at + 1..).unwrap_or_default();
                (String::from_utf8_lossy(&argument[..at]).into_owned(), value)
            }
        };
        let value = String::from_utf8_lossy(value);
        let name = match function % 8 {
            0..=3 => "SetValue",
            4 | 5 => "GetValue",
            6 => "Commit",
            _ => "GetErrorString",
        };
        let arguments = if name == "Commit" {
            vec![""]
        } else {
            vec![element.as_str(), &value]
        };
        let answer = sco.call(&format!("{prefix}{name}"), &arguments, n as i64);
        if name == "SetValue" && answer.error == 0 {
            // What was taken is there, and the same call is taken again.
            let again = sco.call(&format!("{prefix}SetValue"), &arguments, n as i64);
            assert_eq!(again.error, 0, "{element} {value:?}");
        }
    }
    sco.call(
        &format!(
            "{prefix}{}",
            if prefix.is_empty() {
                "Terminate"
            } else {
                "Finish"
            }
        ),
        &[""],
        1_000,
    );
    let _ = (
        sco.end(),
        sco.objectives(),
        sco.interactions(),
        sco.stores(),
    );
    let text = serde_json::to_string(&sco).expect("a SCO can be stored");
    let back: Sco = serde_json::from_str(&text).expect("a stored SCO can be read");
    assert_eq!(back, sco);
    let _ = Sco::resume(&back, &Initial::default());
});

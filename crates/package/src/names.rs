//! Names in archives: decoding, refusing what is dangerous, and the forms one name may take.

use encoding_rs::{
    BIG5, EUC_KR, Encoding, GBK, IBM866, SHIFT_JIS, WINDOWS_1251, WINDOWS_1252, WINDOWS_1256,
};
use unicode_normalization::UnicodeNormalization;

use crate::limits::Limits;
use crate::refusal::Code;

/// The upper half of code page 437 (APPNOTE, appendix D), the encoding of names without bit 11.
const CP437: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{A0}";

/// What tools wrote without saying so, the most likely first; UTF-8 and CP437 come before.
const OTHERS: [&Encoding; 8] = [
    WINDOWS_1252,
    WINDOWS_1256,
    WINDOWS_1251,
    IBM866,
    SHIFT_JIS,
    GBK,
    BIG5,
    EUC_KR,
];

/// How a name was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reading {
    /// ASCII, flagged UTF-8 or an Info-ZIP Unicode path: no doubt.
    Certain,
    /// Valid UTF-8 without the flag.
    UnflaggedUtf8,
    /// Code page 437, for want of better.
    Cp437,
}

/// Decodes a raw name: by flag, by Unicode path, as UTF-8 if valid, else as code page 437.
pub(crate) fn decode(raw: &[u8], utf8: bool, unicode: Option<&str>) -> (String, Reading) {
    if let Some(unicode) = unicode {
        return (unicode.to_owned(), Reading::Certain);
    }
    match std::str::from_utf8(raw) {
        Ok(name) if utf8 || name.is_ascii() => (name.to_owned(), Reading::Certain),
        Ok(name) => (name.to_owned(), Reading::UnflaggedUtf8),
        Err(_) => (cp437(raw), Reading::Cp437),
    }
}

fn cp437(raw: &[u8]) -> String {
    let upper: Vec<char> = CP437.chars().collect();
    raw.iter()
        .map(|b| match b.checked_sub(128) {
            None => char::from(*b),
            Some(i) => upper.get(usize::from(i)).copied().unwrap_or('\u{FFFD}'),
        })
        .collect()
}

/// The other forms a raw name may have been meant in, as paths.
pub(crate) fn other_readings(raw: &[u8]) -> Vec<String> {
    if raw.is_ascii() {
        return Vec::new();
    }
    let mut readings = vec![cp437(raw)];
    for encoding in OTHERS {
        if let Some(name) = encoding.decode_without_bom_handling_and_without_replacement(raw) {
            readings.push(name.into_owned());
        }
    }
    readings
        .iter()
        .map(|name| name.replace('\\', "/"))
        .collect()
}

/// Control characters, and the bidi characters that make a name read as another (Z3).
pub(crate) fn is_forbidden(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Z1–Z3 and Z13: whether a decoded name may be in a package at all.
pub(crate) fn check(name: &str, limits: &Limits) -> Result<(), (Code, &'static str)> {
    if name.len() > limits.path {
        return Err((Code::NameTooLong, "path over the limit"));
    }
    if name.is_empty() {
        return Err((Code::UnsafeName, "empty name"));
    }
    if name.chars().any(is_forbidden) {
        return Err((Code::UnsafeName, "control or bidi character"));
    }
    // Readers decode escapes, some of them twice: every layer must be harmless.
    let mut layer = name.to_owned();
    for _ in 0..3 {
        check_layer(&layer)?;
        match percent_decoded(&layer) {
            Some(decoded) => layer = decoded,
            None => break,
        }
    }
    let depth = name
        .split(['/', '\\'])
        .filter(|s| !s.is_empty() && *s != ".")
        .count();
    if depth > limits.depth {
        return Err((Code::TooDeep, "path too deep"));
    }
    Ok(())
}

fn check_layer(name: &str) -> Result<(), (Code, &'static str)> {
    if name.starts_with(['/', '\\']) {
        return Err((Code::UnsafeName, "absolute path"));
    }
    let mut chars = name.chars();
    if chars.next().is_some_and(|c| c.is_ascii_alphabetic()) && chars.next() == Some(':') {
        return Err((Code::UnsafeName, "drive letter"));
    }
    if name.split(['/', '\\']).any(|segment| segment == "..") {
        return Err((Code::UnsafeName, "path climbs"));
    }
    if name.contains('\0') {
        return Err((Code::UnsafeName, "control or bidi character"));
    }
    Ok(())
}

/// A checked name as path: `/` between segments, no empty or `.` segment; and whether it names a
/// directory.
pub(crate) fn path_of(name: &str) -> (String, bool) {
    let directory = name.ends_with(['/', '\\']);
    let segments: Vec<&str> = name
        .split(['/', '\\'])
        .filter(|s| !s.is_empty() && *s != ".")
        .collect();
    (segments.join("/"), directory)
}

/// Decodes percent escapes; `None` when there is none or the result is no text.
pub(crate) fn percent_decoded(name: &str) -> Option<String> {
    if !name.contains('%') {
        return None;
    }
    let digit = |b: Option<&u8>| b.and_then(|b| char::from(*b).to_digit(16));
    let bytes = name.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        match (byte, digit(bytes.get(at + 1)), digit(bytes.get(at + 2))) {
            (b'%', Some(high), Some(low)) => {
                out.push(u8::try_from(high * 16 + low).unwrap_or(b'%'));
                at += 3;
            }
            _ => {
                out.push(*byte);
                at += 1;
            }
        }
    }
    if out == bytes {
        None
    } else {
        String::from_utf8(out).ok()
    }
}

/// Unicode normalisation form C.
pub(crate) fn nfc(name: &str) -> String {
    if name.is_ascii() {
        name.to_owned()
    } else {
        name.nfc().collect()
    }
}

/// The key under which names that differ only in letter case are equal.
pub(crate) fn folded(name: &str) -> String {
    nfc(&name.to_lowercase())
}

/// Whether a path is what operating systems leave behind, and no content.
pub(crate) fn is_litter(path: &str) -> bool {
    let file = path.rsplit('/').next().unwrap_or(path);
    path.starts_with("__MACOSX/")
        || path == "__MACOSX"
        || file == ".DS_Store"
        || file.eq_ignore_ascii_case("thumbs.db")
        || file.eq_ignore_ascii_case("desktop.ini")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cp437_is_whole() {
        assert_eq!(CP437.chars().count(), 128);
        assert_eq!(cp437(b"caf\x82\xff"), "café\u{A0}");
    }

    #[test]
    fn other_readings_hold_what_was_meant() {
        assert!(other_readings(b"\xC9t\xE9.htm").contains(&"Été.htm".to_owned()));
        assert!(other_readings(b"\x83e\x83X\x83g.htm").contains(&"テスト.htm".to_owned()));
        assert!(other_readings(b"plain").is_empty());
    }

    #[test]
    fn percent() {
        assert_eq!(percent_decoded("a%20b%C3%A9"), Some("a bé".into()));
        assert_eq!(percent_decoded("100%"), None);
        assert_eq!(percent_decoded("%ff"), None);
    }
}

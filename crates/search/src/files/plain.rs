//! Files that are text already, in the encoding they are in.

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252, WINDOWS_1256};

/// By its mark, or UTF-8 if it can be, or what the language was written in before.
pub(super) fn text(bytes: &[u8], language: &str) -> String {
    let encoding = match Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding,
        None if std::str::from_utf8(bytes).is_ok() => UTF_8,
        None if language == "ar" => WINDOWS_1256,
        None => WINDOWS_1252,
    };
    encoding.decode(bytes).0.into_owned()
}

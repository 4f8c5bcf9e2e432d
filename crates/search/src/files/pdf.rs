//! PDF: the text its pages write.

use lopdf::{Document, LoadOptions};

use super::LONGEST;

/// Pages that are read at most.
const PAGES: usize = 1_000;
/// What one stream may inflate to while the file is read, in bytes.
const STREAM: usize = 16 << 20;

pub(super) fn text(bytes: &[u8], go_on: &dyn Fn() -> bool) -> Option<String> {
    let options = LoadOptions {
        max_decompressed_size: Some(STREAM),
        ..LoadOptions::default()
    };
    let document = Document::load_mem_with_options(bytes, options).ok()?;
    let mut text = String::new();
    for number in document.get_pages().keys().take(PAGES) {
        if !go_on() {
            return None;
        }
        // A page that cannot be read is left out, the others are not.
        if let Ok(page) = document.extract_text_with_limit(&[*number], STREAM) {
            text.push_str(&page);
            text.push('\n');
        }
        if text.len() > LONGEST {
            break;
        }
    }
    Some(text)
}

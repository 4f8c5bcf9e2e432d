//! Office documents: zip archives with XML inside.

use std::io::{BufReader, Cursor, Read};

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::Event;

use super::{INFLATED, LONGEST};

/// How a format writes its text.
#[derive(Clone, Copy)]
pub(super) struct Format {
    /// The entry that holds it.
    entry: &'static str,
    /// The element inside of which words are words; any, for one that has them everywhere.
    words: &'static str,
    /// Elements after which a line ends.
    lines: &'static [&'static str],
    /// Empty elements that stand for a space.
    spaces: &'static [&'static str],
}

/// Word processing (ECMA-376 part 1, 17.3): runs of `w:t` in paragraphs.
pub(super) const WORD: Format = Format {
    entry: "word/document.xml",
    words: "w:t",
    lines: &["w:p"],
    spaces: &["w:tab", "w:br", "w:cr"],
};

/// OpenDocument 1.3 part 3, 3.4: everything inside the body.
pub(super) const OPEN_DOCUMENT: Format = Format {
    entry: "content.xml",
    words: "office:body",
    lines: &["text:p", "text:h"],
    spaces: &["text:s", "text:tab", "text:line-break"],
};

pub(super) fn text(bytes: &[u8], format: Format, go_on: &dyn Fn() -> bool) -> Option<String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
    let entry = archive.by_name(format.entry).ok()?;
    if entry.size() > INFLATED {
        return None;
    }
    let mut reader = Reader::from_reader(BufReader::new(entry.take(INFLATED)));
    let mut buffer = Vec::new();
    let mut text = String::new();
    let (mut inside, mut steps) = (0_usize, 0_u32);
    loop {
        steps = steps.wrapping_add(1);
        if steps.is_multiple_of(4_096) && !go_on() {
            return None;
        }
        match reader.read_event_into(&mut buffer).ok()? {
            Event::Start(start) if start.name().as_ref() == format.words => inside += 1,
            Event::End(end) => {
                let name = end.name();
                if name.as_ref() == format.words {
                    inside = inside.saturating_sub(1);
                } else if format.lines.contains(&name.as_ref()) {
                    text.push('\n');
                }
            }
            Event::Empty(empty) if format.spaces.contains(&empty.name().as_ref()) => text.push(' '),
            Event::Text(words) if inside > 0 => text.push_str(&words.xml10_content()),
            Event::CData(words) if inside > 0 => text.push_str(&words.xml10_content()),
            Event::GeneralRef(entity) if inside > 0 => {
                // Entities of the document's own are not followed.
                if let Ok(Some(c)) = entity.resolve_char_ref() {
                    text.push(c);
                } else if let Some(c) = resolve_predefined_entity(&entity.xml10_content()) {
                    text.push_str(c);
                }
            }
            Event::Eof => break,
            _ => {}
        }
        if text.len() > LONGEST {
            break;
        }
        buffer.clear();
    }
    Some(text)
}

//! What a file is, by its bytes: names lie.

/// What a file turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sniffed {
    /// As it is served.
    pub media: &'static str,
    /// What its name ends in.
    pub extension: &'static str,
    /// A picture that we can read: it is drawn anew.
    pub picture: bool,
}

/// Why a file is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unwanted {
    /// A program.
    Program,
    /// Nothing that we know.
    Unknown,
}

const fn file(media: &'static str, extension: &'static str) -> Sniffed {
    Sniffed {
        media,
        extension,
        picture: false,
    }
}

const fn picture(media: &'static str, extension: &'static str) -> Sniffed {
    Sniffed {
        media,
        extension,
        picture: true,
    }
}

/// Bytes that [`sniff`] wants to see.
pub const HEAD: usize = 8192;

/// What begins like this, called `name` (only to tell apart what begins alike), and, if it is a zip,
/// with these entries.
pub fn sniff(head: &[u8], name: &str, entries: &[String]) -> Result<Sniffed, Unwanted> {
    let at = |offset: usize, mark: &[u8]| {
        head.get(offset..)
            .is_some_and(|rest| rest.starts_with(mark))
    };
    let begins = |mark: &[u8]| at(0, mark);
    if begins(b"MZ")
        || begins(b"\x7fELF")
        || begins(b"#!")
        || begins(b"\xfe\xed\xfa")
        || begins(b"\xcf\xfa\xed\xfe")
        || begins(b"\xca\xfe\xba\xbe")
        || begins(b"dex\n")
    {
        return Err(Unwanted::Program);
    }
    let known = if begins(b"%PDF-") {
        Some(file("application/pdf", "pdf"))
    } else if begins(b"\x89PNG\r\n\x1a\n") {
        Some(picture("image/png", "png"))
    } else if begins(b"\xff\xd8\xff") {
        Some(picture("image/jpeg", "jpg"))
    } else if begins(b"RIFF") && at(8, b"WEBP") {
        Some(picture("image/webp", "webp"))
    } else if begins(b"RIFF") && at(8, b"WAVE") {
        Some(file("audio/wav", "wav"))
    } else if begins(b"{\\rtf") {
        Some(file("application/rtf", "rtf"))
    } else if at(4, b"ftypM4A") {
        Some(file("audio/mp4", "m4a"))
    } else if at(4, b"ftyp") {
        Some(file("video/mp4", "mp4"))
    } else if begins(b"ID3") || begins(b"\xff\xfb") || begins(b"\xff\xf3") || begins(b"\xff\xf2") {
        Some(file("audio/mpeg", "mp3"))
    } else if begins(b"OggS") {
        Some(file("audio/ogg", "ogg"))
    } else if begins(b"\x1a\x45\xdf\xa3") {
        Some(file("video/webm", "webm"))
    } else if begins(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        Some(match ending(name).as_str() {
            "xls" => file("application/vnd.ms-excel", "xls"),
            "ppt" => file("application/vnd.ms-powerpoint", "ppt"),
            _ => file("application/msword", "doc"),
        })
    } else if begins(b"PK\x03\x04") {
        Some(archive(head, entries)?)
    } else {
        None
    };
    known.or_else(|| text(head, name)).ok_or(Unwanted::Unknown)
}

/// A zip: an office document by its entries, or just an archive.
fn archive(head: &[u8], entries: &[String]) -> Result<Sniffed, Unwanted> {
    let has = |prefix: &str| entries.iter().any(|entry| entry.starts_with(prefix));
    let programs = [
        "exe", "dll", "bat", "cmd", "scr", "apk", "jar", "ps1", "vbs",
    ];
    if entries
        .iter()
        .any(|entry| programs.contains(&ending(entry).as_str()) || entry == "AndroidManifest.xml")
    {
        return Err(Unwanted::Program);
    }
    // OpenDocument names itself in its first entry, not compressed.
    let declared = head
        .windows(b"mimetypeapplication/vnd.oasis.opendocument.".len() + 14)
        .find(|window| window.starts_with(b"mimetypeapplication/vnd.oasis.opendocument."))
        .map(|window| &window[b"mimetypeapplication/vnd.oasis.opendocument.".len()..]);
    if let Some(kind) = declared {
        if kind.starts_with(b"text") {
            return Ok(file("application/vnd.oasis.opendocument.text", "odt"));
        }
        if kind.starts_with(b"spreadsheet") {
            return Ok(file(
                "application/vnd.oasis.opendocument.spreadsheet",
                "ods",
            ));
        }
        if kind.starts_with(b"presentation") {
            return Ok(file(
                "application/vnd.oasis.opendocument.presentation",
                "odp",
            ));
        }
    }
    if has("[Content_Types].xml") {
        if has("word/") {
            return Ok(file(
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                "docx",
            ));
        }
        if has("xl/") {
            return Ok(file(
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                "xlsx",
            ));
        }
        if has("ppt/") {
            return Ok(file(
                "application/vnd.openxmlformats-officedocument.presentationml.presentation",
                "pptx",
            ));
        }
    }
    Ok(file("application/zip", "zip"))
}

/// Text, if it is: UTF-8 without control characters. Markup (HTML, SVG, XML) is text like any
/// other: it is never served as what it says it is.
fn text(head: &[u8], name: &str) -> Option<Sniffed> {
    let head = match std::str::from_utf8(head) {
        Ok(text) => text,
        // The last character may be cut.
        Err(error) if head.len() - error.valid_up_to() < 4 && error.valid_up_to() > 0 => {
            std::str::from_utf8(&head[..error.valid_up_to()]).ok()?
        }
        Err(_) => return None,
    };
    let readable = !head.trim().is_empty()
        && !head
            .chars()
            .any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{c}'));
    if !readable {
        return None;
    }
    let markup = head
        .trim_start_matches('\u{feff}')
        .trim_start()
        .starts_with('<');
    Some(match ending(name).as_str() {
        "csv" if !markup => file("text/csv", "csv"),
        "md" if !markup => file("text/markdown", "md"),
        _ => file("text/plain", "txt"),
    })
}

fn ending(name: &str) -> String {
    name.rsplit_once('.')
        .map(|(_, ending)| ending.to_ascii_lowercase())
        .unwrap_or_default()
}

/// Characters of a file's name at most.
const NAME: usize = 100;

/// The name under which a file is kept: the last part of what was sent, without what could lead a
/// reader or a program astray, ending in what the file is.
pub fn name(sent: &str, extension: &str) -> String {
    let last = sent.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = last.rsplit_once('.').map_or(last, |(stem, _)| stem);
    let stem: String = stem
        .chars()
        .map(|c| match c {
            // Controls, directions of writing, and what file systems do not take.
            c if c.is_control() => ' ',
            '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}'
            | '\u{feff}' => ' ',
            '"' | '*' | ':' | '<' | '>' | '?' | '|' | ';' => '-',
            c => c,
        })
        .take(NAME)
        .collect();
    let stem = stem.split_whitespace().collect::<Vec<_>>().join(" ");
    let stem = stem.trim_matches(['.', ' ', '-']);
    let stem = if stem.is_empty() { "document" } else { stem };
    format!("{stem}.{extension}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_say_what_a_file_is() {
        let docx = [
            "[Content_Types].xml".to_owned(),
            "word/document.xml".to_owned(),
        ];
        let tricked = ["photo.jpg".to_owned(), "setup.EXE".to_owned()];
        let none: [String; 0] = [];
        let odt = b"PK\x03\x04................mimetypeapplication/vnd.oasis.opendocument.textPK..........";
        type Row<'r> = (&'r [u8], &'r str, &'r [String], Result<&'r str, Unwanted>);
        let rows: &[Row<'_>] = &[
            (b"%PDF-1.7", "a.exe", &none, Ok("pdf")),
            (b"\x89PNG\r\n\x1a\n", "a.svg", &none, Ok("png")),
            (b"\xff\xd8\xff\xe0", "a", &none, Ok("jpg")),
            (b"RIFF....WEBP", "a", &none, Ok("webp")),
            (b"MZ\x90", "a.pdf", &none, Err(Unwanted::Program)),
            (b"\x7fELF", "a.docx", &none, Err(Unwanted::Program)),
            (b"#!/bin/sh", "a.txt", &none, Err(Unwanted::Program)),
            (b"PK\x03\x04", "a.zip", &docx, Ok("docx")),
            (b"PK\x03\x04", "a.docx", &none, Ok("zip")),
            (b"PK\x03\x04", "a.docx", &tricked, Err(Unwanted::Program)),
            (odt, "a.doc", &none, Ok("odt")),
            (b"<svg onload=alert(1)>", "a.svg", &none, Ok("txt")),
            (b" \xef\xbb\xbf<html>", "a.pdf.html", &none, Ok("txt")),
            (b"<html>", "a.csv", &none, Ok("txt")),
            (b"nom;montant", "b.CSV", &none, Ok("csv")),
            ("الميزانية".as_bytes(), "b", &none, Ok("txt")),
            (&"الميزانية".as_bytes()[..5], "b", &none, Ok("txt")),
            (
                b"GIF89a\x01\x00\x01\x00\x80",
                "a.png",
                &none,
                Err(Unwanted::Unknown),
            ),
            (b"\x00\x01\x02", "a.txt", &none, Err(Unwanted::Unknown)),
            (b"", "a.txt", &none, Err(Unwanted::Unknown)),
            (
                b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
                "b.xls",
                &none,
                Ok("xls"),
            ),
        ];
        for (head, name, entries, expected) in rows {
            let found = sniff(head, name, entries).map(|sniffed| sniffed.extension);
            assert_eq!(found, *expected, "{name}");
        }
        assert!(sniff(b"\xff\xd8\xff\xe0", "a", &[]).is_ok_and(|s| s.picture));
    }

    #[test]
    fn names_lead_nobody_astray() {
        for (sent, extension, expected) in [
            ("Budget 2026.xlsx", "xlsx", "Budget 2026.xlsx"),
            ("../../etc/passwd", "txt", "passwd.txt"),
            ("C:\\Users\\a\\statuts.doc", "pdf", "statuts.pdf"),
            ("a\u{202e}fdp.exe", "txt", "a fdp.txt"),
            ("x\";filename*=evil\r\n.pdf", "pdf", "x--filename-=evil.pdf"),
            ("...", "pdf", "document.pdf"),
            ("ميزانية.xlsx", "xlsx", "ميزانية.xlsx"),
        ] {
            assert_eq!(name(sent, extension), expected, "{sent}");
        }
    }
}

//! The text of files that people share. They are anybody's: whatever is wrong with one, it only
//! has no text.

mod office;
mod pdf;
mod plain;

/// What is read at most of a file, in bytes.
pub const LARGEST: usize = 32 << 20;
/// What is kept of a text at most, in bytes.
pub const LONGEST: usize = 400_000;
/// What one part of a file may inflate to, in bytes.
const INFLATED: u64 = 64 << 20;

/// The text of a file, by the type it was found to have (`documents` looks at the bytes); nothing
/// for types without text, for broken files, and for what takes longer than `go_on` allows (asked
/// between steps). Never panics.
pub fn text(
    bytes: &[u8],
    media_type: &str,
    language: &str,
    go_on: &dyn Fn() -> bool,
) -> Option<String> {
    if bytes.len() > LARGEST {
        return None;
    }
    // Parsers of hostile files: a panic there is a broken file here.
    let read = std::panic::AssertUnwindSafe(|| match media_type {
        "application/pdf" => pdf::text(bytes, go_on),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document" => {
            office::text(bytes, office::WORD, go_on)
        }
        "application/vnd.oasis.opendocument.text"
        | "application/vnd.oasis.opendocument.presentation"
        | "application/vnd.oasis.opendocument.spreadsheet" => {
            office::text(bytes, office::OPEN_DOCUMENT, go_on)
        }
        "text/plain" | "text/markdown" | "text/csv" => Some(plain::text(bytes, language)),
        _ => None,
    });
    let text = std::panic::catch_unwind(read).ok().flatten()?;
    let kept = squeezed(&text);
    (!kept.is_empty()).then_some(kept)
}

/// Without NUL and with single spaces, up to [`LONGEST`].
fn squeezed(text: &str) -> String {
    let mut out = String::with_capacity(text.len().min(LONGEST));
    for word in text.split(|c: char| c.is_whitespace() || c.is_control()) {
        if word.is_empty() {
            continue;
        }
        if out.len() + word.len() + 1 > LONGEST {
            break;
        }
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;
    use proptest::prelude::*;

    const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    const ODT: &str = "application/vnd.oasis.opendocument.text";

    fn always() -> bool {
        true
    }

    fn archive(entries: &[(&str, &[u8])]) -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        let options = zip::write::SimpleFileOptions::default();
        for (name, bytes) in entries {
            zip.start_file(*name, options).unwrap();
            zip.write_all(bytes).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    /// A page that writes these operators, in an old font without a map.
    fn pdf(operators: &str) -> Vec<u8> {
        let mut out = b"%PDF-1.4\n".to_vec();
        let stream = format!(
            "<< /Length {} >>\nstream\n{operators}\nendstream",
            operators.len()
        );
        let objects = [
            "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
            "<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>".to_owned(),
            stream,
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_owned(),
        ];
        let mut places = Vec::new();
        for (number, object) in objects.iter().enumerate() {
            places.push(out.len());
            out.extend(format!("{} 0 obj\n{object}\nendobj\n", number + 1).bytes());
        }
        let table = out.len();
        out.extend(b"xref\n0 6\n0000000000 65535 f \n");
        for place in places {
            out.extend(format!("{place:010} 00000 n \n").bytes());
        }
        out.extend(
            format!("trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n").bytes(),
        );
        out
    }

    #[test]
    fn each_format_gives_its_text() {
        let word = br#"<?xml version="1.0"?><w:document xmlns:w="w"><w:body><w:p><w:r><w:t>Mod</w:t></w:r><w:r><w:t>&#xE8;le &amp; statuts</w:t></w:r></w:p><w:p><w:r><w:t>Deux</w:t><w:tab/><w:t>mots</w:t><w:instrText>PAGE</w:instrText></w:r></w:p></w:body></w:document>"#;
        let open = "<office:document-content><office:styles>non</office:styles><office:body><office:text><text:h>ميزانية</text:h><text:p>Un<text:s/>deux<text:span>trois</text:span></text:p></office:text></office:body></office:document-content>";
        let texts = [
            (
                archive(&[("word/document.xml", word)]),
                DOCX,
                "Modèle & statuts Deux mots",
            ),
            (
                archive(&[("content.xml", open.as_bytes())]),
                ODT,
                "ميزانية Un deuxtrois",
            ),
            (
                pdf("BT /F1 12 Tf (Budget annuel) Tj ET"),
                "application/pdf",
                "Budget annuel",
            ),
            (
                "Bonjour\r\n\tà tous".as_bytes().to_vec(),
                "text/plain",
                "Bonjour à tous",
            ),
            (b"\xe9cole".to_vec(), "text/plain", "école"),
            (b"\xff\xfea\0b\0".to_vec(), "text/plain", "ab"),
        ];
        for (bytes, media, expected) in texts {
            assert_eq!(
                text(&bytes, media, "fr", &always).as_deref(),
                Some(expected),
                "{media}"
            );
        }
        assert_eq!(
            text(b"\xe3\xe4", "text/plain", "ar", &always).as_deref(),
            Some("من")
        );
    }

    #[test]
    fn what_is_broken_or_endless_has_no_text() {
        let bomb = vec![b' '; 200 << 20];
        let deep = format!("<a>{}", "<b>".repeat(200_000));
        let lies = [
            (Vec::new(), "application/pdf"),
            (b"%PDF-1.7 nothing".to_vec(), "application/pdf"),
            (b"PK\x03\x04".to_vec(), DOCX),
            (archive(&[("word/other.xml", b"<a/>")]), DOCX),
            (archive(&[("word/document.xml", &bomb)]), DOCX),
            (archive(&[("content.xml", deep.as_bytes())]), ODT),
            (archive(&[("content.xml", b"<!DOCTYPE x [<!ENTITY a \"aaaa\">]><office:body><text:p>&a;</text:p></office:body>")]), ODT),
            (pdf(&"[".repeat(100_000)), "application/pdf"),
            (pdf("BT (sans police) Tj ET"), "image/png"),
        ];
        for (bytes, media) in lies {
            assert_eq!(
                text(&bytes, media, "fr", &always),
                None,
                "{media} {}",
                bytes.len()
            );
        }
        assert_eq!(
            text(
                &pdf("BT /F1 1 Tf (a) Tj ET"),
                "application/pdf",
                "fr",
                &|| false
            ),
            None
        );
        assert_eq!(
            text(&vec![0; LARGEST + 1], "text/plain", "fr", &always),
            None
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn damage_never_panics(at in 0usize..600, byte: u8, cut in 0usize..700) {
            let mut bytes = pdf("BT /F1 12 Tf (Budget annuel) Tj [(a) -20 (b)] TJ ET");
            let length = bytes.len();
            bytes[at % length] = byte;
            bytes.truncate(cut.max(20));
            let _ = text(&bytes, "application/pdf", "fr", &always);
        }

        #[test]
        fn noise_never_panics(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            for media in ["application/pdf", DOCX, ODT, "text/plain"] {
                let _ = text(&bytes, media, "ar", &always);
            }
        }
    }
}

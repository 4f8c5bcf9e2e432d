//! `multipart/mixed` as statements with attachments use it (RFC 2046; Communication 1.5.2).

use crate::{Checked, Invalid};

/// Parts of a body; more is no honest batch (`threats.md` X14).
pub const PARTS_MAX: usize = 1000;

/// One part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part<'a> {
    headers: Vec<(String, String)>,
    /// The bytes.
    pub body: &'a [u8],
}

impl Part<'_> {
    /// The header of this name, in any case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }
}

/// The boundary in a `Content-Type` of `multipart/mixed`; `None`: it is something else, or has
/// none.
pub fn boundary(content_type: &str) -> Option<&str> {
    let (essence, parameters) = content_type.split_once(';')?;
    if !essence.trim().eq_ignore_ascii_case("multipart/mixed") {
        return None;
    }
    parameters.split(';').find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        if !name.trim().eq_ignore_ascii_case("boundary") {
            return None;
        }
        let value = value.trim();
        let value = value
            .strip_prefix('"')
            .and_then(|v| v.strip_suffix('"'))
            .unwrap_or(value);
        let fits = (1..=70).contains(&value.len())
            && !value.ends_with(' ')
            && value
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"'()+_,-./:=? ".contains(&b));
        fits.then_some(value)
    })
}

/// Splits a body. Nothing may stand before the first boundary, and the last must close it.
pub fn parse<'a>(body: &'a [u8], boundary: &str) -> Checked<Vec<Part<'a>>> {
    let wrong = |rule| Invalid::new(rule, "multipart");
    let delimiter = [b"\r\n--", boundary.as_bytes()].concat();
    let mut rest = body.strip_prefix(b"\r\n").unwrap_or(body);
    rest = rest
        .strip_prefix(&delimiter[2..])
        .ok_or_else(|| wrong("no-boundary"))?;
    let mut parts = Vec::new();
    loop {
        // After a delimiter: `--` closes, white space and a line end open a part.
        if rest.starts_with(b"--") {
            return Ok(parts);
        }
        let padding = rest
            .iter()
            .take_while(|b| matches!(b, b' ' | b'\t'))
            .count();
        rest = rest[padding..]
            .strip_prefix(b"\r\n")
            .ok_or_else(|| wrong("no-boundary"))?;
        let end = find(rest, &delimiter).ok_or_else(|| wrong("not-closed"))?;
        parts.push(part(&rest[..end])?);
        if parts.len() > PARTS_MAX {
            return Err(wrong("too-many-parts"));
        }
        rest = &rest[end + delimiter.len()..];
    }
}

fn part(bytes: &[u8]) -> Checked<Part<'_>> {
    let wrong = || Invalid::new("part-header", "multipart");
    let (head, body) = if let Some(body) = bytes.strip_prefix(b"\r\n") {
        (&[][..], body)
    } else {
        let end = find(bytes, b"\r\n\r\n").ok_or_else(wrong)?;
        (&bytes[..end], &bytes[end + 4..])
    };
    if head.len() > 8192 {
        return Err(wrong());
    }
    let head = std::str::from_utf8(head).map_err(|_| wrong())?;
    let mut headers = Vec::new();
    for line in head.split("\r\n").filter(|line| !line.is_empty()) {
        let (name, value) = line.split_once(':').ok_or_else(wrong)?;
        if name.is_empty() || name.bytes().any(|b| !b.is_ascii_graphic()) {
            return Err(wrong());
        }
        headers.push((name.to_owned(), value.trim().to_owned()));
    }
    Ok(Part { headers, body })
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    // Boundaries begin with a line end: jump from one to the next.
    let first = *needle.first()?;
    let mut at = 0;
    while let Some(step) = haystack[at..].iter().position(|b| *b == first) {
        at += step;
        if haystack[at..].starts_with(needle) {
            return Some(at);
        }
        at += 1;
    }
    None
}

/// Writes a body: the JSON first, then each attachment with its digest.
pub fn write<'p>(
    boundary: &str,
    json: &str,
    attachments: impl IntoIterator<Item = (&'p str, &'p str, &'p [u8])>,
) -> Vec<u8> {
    let mut out =
        format!("--{boundary}\r\nContent-Type: application/json\r\n\r\n{json}\r\n").into_bytes();
    for (sha2, content_type, bytes) in attachments {
        let head = format!(
            "--{boundary}\r\nContent-Type: {content_type}\r\nContent-Transfer-Encoding: binary\r\n\
             X-Experience-API-Hash: {sha2}\r\n\r\n"
        );
        out.extend_from_slice(head.as_bytes());
        out.extend_from_slice(bytes);
        out.extend_from_slice(b"\r\n");
    }
    out.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn boundaries() {
        for (header, found) in [
            ("multipart/mixed; boundary=abc", Some("abc")),
            ("Multipart/Mixed;boundary=\"a b\"", Some("a b")),
            (
                "multipart/mixed; charset=utf-8; Boundary=-------314159265358979323846",
                Some("-------314159265358979323846"),
            ),
            ("multipart/mixed", None),
            ("multipart/mixed;", None),
            ("multipart/mixed; boundary=", None),
            ("multipart/form-data; boundary=abc", None),
            ("application/json", None),
        ] {
            assert_eq!(boundary(header), found, "{header}");
        }
        let long = format!("multipart/mixed; boundary={}", "a".repeat(71));
        assert_eq!(boundary(&long), None);
    }

    #[test]
    fn xapi_00130_bodies() {
        let body = b"\r\n--x\r\nContent-Type:application/json\r\n\r\n{}\r\n--x \r\nX-Experience-API-Hash: 00\r\n\r\na\r\nb\r\n--x--\r\n";
        let parts = parse(body, "x").unwrap();
        assert_eq!(parts.len(), 2);
        assert_eq!(parts[0].header("content-type"), Some("application/json"));
        assert_eq!(parts[0].body, b"{}");
        assert_eq!(parts[1].header("X-Experience-API-Hash"), Some("00"));
        assert_eq!(parts[1].body, b"a\r\nb");
        for (bad, why) in [
            (&b""[..], "no-boundary"),
            (b"{}", "no-boundary"),
            (b"preamble\r\n--x\r\n\r\n{}\r\n--x--", "no-boundary"),
            (b"--x\r\n\r\n{}\r\n", "not-closed"),
            (b"--x\r\n\r\n{}\r\n--xy", "no-boundary"),
            (b"--x\r\nContent-Type\r\n\r\n{}\r\n--x--", "part-header"),
            (b"--x\r\nA: b\r\n--x--", "part-header"),
        ] {
            assert_eq!(parse(bad, "x").map_err(|e| e.rule), Err(why));
        }
        let many = "--x\r\n\r\n\r\n".repeat(2000) + "--x--";
        assert_eq!(
            parse(many.as_bytes(), "x").map_err(|e| e.rule),
            Err("too-many-parts")
        );
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let boundary = "a-boundary-that-chance-does-not-write";
            let body = write(boundary, "{}", [("00ff", "text/plain", bytes.as_slice())]);
            let parts = parse(&body, boundary).unwrap();
            prop_assert_eq!(parts.len(), 2);
            prop_assert_eq!(parts[1].body, bytes.as_slice());
            prop_assert_eq!(parts[1].header("X-Experience-API-Hash"), Some("00ff"));
        }

        #[test]
        fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = parse(&bytes, "x");
            let mut framed = b"--x\r\n".to_vec();
            framed.extend(bytes);
            let _ = parse(&framed, "x");
        }
    }
}

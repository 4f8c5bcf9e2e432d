//! Sending an entry without unpacking it: gzip framing, entity tags, ranges.

use crate::index::{Entry, Method};
use crate::media;

/// Length of [`gzip_header`] and [`gzip_trailer`] together, in bytes.
pub const GZIP_FRAMING: u64 = 18;

/// How an entry's content is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Representation {
    /// As it is.
    Identity,
    /// The entry's deflate stream in a gzip frame, `Content-Encoding: gzip`.
    Gzip,
    /// A stored text, compressed on the way, `Content-Encoding: gzip`.
    Compressed,
}

/// Stored text of this size is worth compressing on the way, in bytes.
const WORTH: std::ops::RangeInclusive<u64> = 512..=4 << 20;

/// The ten bytes before a raw deflate stream (RFC 1952, §2.3): no name, no time, unknown system.
#[must_use]
pub const fn gzip_header() -> [u8; 10] {
    [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF]
}

/// The eight bytes after it: CRC-32 and size modulo 2³² of the content.
#[must_use]
pub fn gzip_trailer(crc32: u32, size: u64) -> [u8; 8] {
    let [a, b, c, d] = crc32.to_le_bytes();
    let [e, f, g, h, ..] = size.to_le_bytes();
    [a, b, c, d, e, f, g, h]
}

impl Entry {
    /// How to send this entry to a client that does or does not take gzip. A deflated entry to a
    /// client without gzip must be inflated on the way, or come from its side object.
    #[must_use]
    pub fn representation(&self, client_takes_gzip: bool) -> Representation {
        match self.method {
            _ if !client_takes_gzip => Representation::Identity,
            Method::Deflate if !self.needs_side_object() => Representation::Gzip,
            Method::Stored if WORTH.contains(&self.size) && media::is_text(&self.path) => {
                Representation::Compressed
            }
            _ => Representation::Identity,
        }
    }

    /// `Content-Length` of a representation, in bytes, where it is known before the work is done.
    #[must_use]
    pub fn content_length(&self, representation: Representation) -> Option<u64> {
        match representation {
            Representation::Identity => Some(self.size),
            Representation::Gzip => Some(self.compressed_size + GZIP_FRAMING),
            Representation::Compressed => None,
        }
    }

    /// A strong entity tag (RFC 9110, §8.8.3), quotes included: one per representation, since
    /// their bytes differ. `package` is the package's name, its SHA-256 in hexadecimal.
    #[must_use]
    pub fn etag(&self, package: &str, representation: Representation) -> String {
        let short: String = package
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .take(16)
            .collect();
        let suffix = match representation {
            Representation::Identity => "i",
            Representation::Gzip => "g",
            Representation::Compressed => "c",
        };
        format!("\"{short}-{:x}-{:08x}-{suffix}\"", self.offset, self.crc32)
    }
}

/// What to answer to a `Range` header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RangeAnswer {
    /// 200 with everything: no, several, or a malformed range.
    Whole,
    /// 206 with these bytes, both ends included.
    Part {
        /// The first byte, from 0.
        first: u64,
        /// The last byte.
        last: u64,
    },
    /// 416 with `Content-Range: bytes */length`.
    Unsatisfiable,
}

/// Reads a `Range` header (RFC 9110, §14.1.2) for content of `length` bytes. Several ranges may
/// be answered with the whole (§14.2), and are.
#[must_use]
pub fn range(header: &str, length: u64) -> RangeAnswer {
    parse_range(header.trim(), length).unwrap_or(RangeAnswer::Whole)
}

fn parse_range(header: &str, length: u64) -> Option<RangeAnswer> {
    let (unit, set) = header.split_once('=')?;
    if !unit.trim().eq_ignore_ascii_case("bytes") || set.contains(',') {
        return None;
    }
    let (first, last) = set.trim().split_once('-')?;
    // A position may have any number of digits; one that leaves u64 is past every end.
    let number = |digits: &str| {
        let valid = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
        valid.then(|| digits.parse::<u64>().unwrap_or(u64::MAX))
    };
    if first.is_empty() {
        let suffix = number(last)?;
        return Some(if suffix == 0 || length == 0 {
            RangeAnswer::Unsatisfiable
        } else {
            RangeAnswer::Part {
                first: length.saturating_sub(suffix),
                last: length - 1,
            }
        });
    }
    let first = number(first)?;
    let last = if last.is_empty() {
        u64::MAX
    } else {
        number(last)?
    };
    if last < first {
        return None;
    }
    Some(if first >= length {
        RangeAnswer::Unsatisfiable
    } else {
        RangeAnswer::Part {
            first,
            last: last.min(length - 1),
        }
    })
}

/// Whether an `Accept-Encoding` header (RFC 9110, §12.5.3) takes gzip.
#[must_use]
pub fn accepts_gzip(header: &str) -> bool {
    let weight = |coding: &str| {
        header.split(',').find_map(|part| {
            let mut fields = part.split(';').map(str::trim);
            if !fields.next()?.eq_ignore_ascii_case(coding) {
                return None;
            }
            let q = fields.find_map(|f| f.strip_prefix("q=").or_else(|| f.strip_prefix("Q=")));
            Some(q.map_or(1.0, |q| q.trim().parse::<f32>().unwrap_or(0.0)))
        })
    };
    weight("gzip")
        .or_else(|| weight("x-gzip"))
        .or_else(|| weight("*"))
        .is_some_and(|q| q > 0.0)
}

/// Whether an `If-None-Match` header (RFC 9110, §13.1.2) names this tag: then answer 304.
#[must_use]
pub fn none_match_holds(header: &str, etag: &str) -> bool {
    header.trim() == "*"
        || header.split(',').any(|tag| {
            let tag = tag.trim();
            tag.strip_prefix("W/").unwrap_or(tag) == etag
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges() {
        use RangeAnswer::{Part, Unsatisfiable, Whole};
        for (header, length, expected) in [
            ("bytes=0-0", 10, Part { first: 0, last: 0 }),
            ("bytes=0-", 10, Part { first: 0, last: 9 }),
            ("bytes=3-5", 10, Part { first: 3, last: 5 }),
            ("bytes=3-500", 10, Part { first: 3, last: 9 }),
            ("BYTES = 3-5", 10, Part { first: 3, last: 5 }),
            ("bytes=-3", 10, Part { first: 7, last: 9 }),
            ("bytes=-30", 10, Part { first: 0, last: 9 }),
            ("bytes=-0", 10, Unsatisfiable),
            ("bytes=10-", 10, Unsatisfiable),
            ("bytes=99999999999999999999999-", 10, Unsatisfiable),
            (
                "bytes=0-99999999999999999999999",
                10,
                Part { first: 0, last: 9 },
            ),
            ("bytes=0-", 0, Unsatisfiable),
            ("bytes=-1", 0, Unsatisfiable),
            ("bytes=0-1,3-4", 10, Whole),
            ("bytes=5-3", 10, Whole),
            ("bytes=-", 10, Whole),
            ("bytes=a-b", 10, Whole),
            ("bytes=+1-2", 10, Whole),
            ("items=0-1", 10, Whole),
            ("", 10, Whole),
        ] {
            assert_eq!(range(header, length), expected, "{header}");
        }
    }

    #[test]
    fn accept_encoding() {
        for yes in [
            "gzip",
            "br, gzip;q=0.5",
            "deflate, GZIP",
            "*",
            "x-gzip",
            "gzip, *;q=0",
        ] {
            assert!(accepts_gzip(yes), "{yes}");
        }
        for no in [
            "",
            "br",
            "gzip;q=0",
            "identity, gzip;q=0.0",
            "gzip;q=0, *",
            "*;q=0",
        ] {
            assert!(!accepts_gzip(no), "{no}");
        }
    }

    #[test]
    fn if_none_match() {
        assert!(none_match_holds("\"a\", W/\"b\"", "\"b\""));
        assert!(none_match_holds("*", "\"b\""));
        assert!(!none_match_holds("\"a\"", "\"b\""));
    }
}

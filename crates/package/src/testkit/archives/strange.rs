//! Archives that look odd and must be accepted.

use super::super::forge::{Forge, Member};
use super::{member, one};

/// An archive that looks odd and must be accepted.
#[derive(Debug, Clone)]
pub struct StrangeCase {
    /// The row and what is odd.
    pub id: String,
    /// The upload.
    pub bytes: Vec<u8>,
}

/// Archives that look odd and must be accepted.
#[must_use]
pub fn strange_archives() -> Vec<StrangeCase> {
    let mut cases = Vec::new();
    let mut add = |id: &str, bytes| {
        cases.push(StrangeCase {
            id: id.to_owned(),
            bytes,
        })
    };
    for name in [
        "trailing. ",
        "CON",
        "aux.htm",
        "aa:b",
        "a..b/...",
        "100%.htm",
        "name?x=1#y",
    ] {
        add(&format!("Z3 {name}"), one(member(name)));
    }
    add(
        "Z4 setuid",
        one(Member {
            mode: 0o104_755,
            ..member("a")
        }),
    );
    let inner = one(Member::deflated("bomb", vec![0; 1 << 20]));
    add("Z5 zip in a zip", one(Member::stored("inner.zip", inner)));
    add(
        "Z7 case twins",
        Forge::of(vec![member("A.htm"), member("a.htm")])
            .finish()
            .bytes,
    );
    let mut commented = Forge::of(vec![member("a")]);
    commented.comment = b"made by hand".to_vec();
    add("Z9 comment", commented.finish().bytes);
    let mut gap = Forge::of(vec![member("a")]);
    gap.gap = vec![0; 10];
    add("Z9 unused bytes", gap.finish().bytes);
    for raw in [&b"caf\x82.htm"[..], b"\xE9.htm", b"\x83\x65.htm"] {
        add("Z14 no UTF-8", one(member(raw)));
        add(
            "Z14 no UTF-8, flagged",
            one(Member {
                flags: 1 << 11,
                ..member(raw)
            }),
        );
    }
    for name in [
        ".htaccess",
        "web.config",
        "sw.js",
        ".well-known/x",
        "a.svg",
        "a.html",
    ] {
        add(&format!("Z17 {name}"), one(member(name)));
    }
    let mut padded = member("a");
    padded.extra = vec![0, 0, 0];
    add("padding for extra field", one(padded));
    add("32 levels", one(member("d/".repeat(31) + "x")));
    cases
}

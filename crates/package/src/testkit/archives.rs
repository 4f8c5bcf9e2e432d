//! The rows Z1–Z15: archives that must be refused, by what is wrong with them.

mod broken;
mod strange;

pub use strange::{StrangeCase, strange_archives};

use super::forge::{Forge, Forged, Member, end_64, end_record};

/// An archive that must be refused.
#[derive(Debug, Clone)]
pub struct HostileCase {
    /// The row and what is tried: `Z1 ../x`.
    pub id: String,
    /// The upload.
    pub bytes: Vec<u8>,
    /// The code it must be refused with, by [`crate::Index::read`] or [`crate::verify`].
    pub expected: &'static str,
}

fn member(name: impl AsRef<[u8]>) -> Member {
    Member::deflated(name, "<p>content of a page</p>")
}

fn one(member: Member) -> Vec<u8> {
    Forge::of(vec![member]).finish().bytes
}

fn pair() -> Forged {
    Forge::of(vec![member("a.htm"), member("b.htm")]).finish()
}

/// Every archive that must be refused.
#[must_use]
pub fn hostile_archives() -> Vec<HostileCase> {
    let mut cases = Vec::new();
    let mut add = |id: &str, expected, bytes| {
        cases.push(HostileCase {
            id: id.to_owned(),
            bytes,
            expected,
        });
    };
    names(&mut add);
    files(&mut add);
    bombs(&mut add);
    headers(&mut add);
    broken::ambiguous(&mut add);
    broken::damaged(&mut add);
    counts(&mut add);
    no_zips(&mut add);
    cases
}

type Add<'a> = dyn FnMut(&str, &'static str, Vec<u8>) + 'a;

fn names(add: &mut Add<'_>) {
    for name in [
        "../x",
        "a/../../x",
        "..\\x",
        "a\\..\\x",
        "%2e%2e/x",
        "a/%2E%2E%2Fx",
        "%252e%252e/x",
        "..",
        "a/..",
    ] {
        add(&format!("Z1 {name}"), "unsafe_name", one(member(name)));
    }
    for name in [
        "/abs",
        "C:\\x",
        "c:x",
        "\\\\srv\\x",
        "//x",
        "%2fabs",
        "%5C%5Csrv",
    ] {
        add(&format!("Z2 {name}"), "unsafe_name", one(member(name)));
    }
    for name in [
        "a\0.htm",
        "a\u{1}.htm",
        "a\r\nb.htm",
        "a\u{7f}",
        "a%00.htm",
        "",
    ] {
        add(&format!("Z3 {name:?}"), "unsafe_name", one(member(name)));
    }
    for name in ["a\u{202E}mth.exe", "a\u{2066}b", "a\u{85}b"] {
        let utf8 = Member {
            flags: 1 << 11,
            ..member(name)
        };
        add(&format!("Z3 {name:?}"), "unsafe_name", one(utf8));
        add(
            &format!("Z3 {name:?} unflagged"),
            "unsafe_name",
            one(member(name)),
        );
    }
    for (id, first, second) in [
        ("same", "a.htm", "a.htm"),
        ("slashes", "a/b.htm", "a\\b.htm"),
        ("dot", "./a.htm", "a.htm"),
        ("composed", "\u{e9}.htm", "e\u{301}.htm"),
        ("file and directory", "a", "a/"),
        ("file and below", "a", "a/b.htm"),
        ("directories", "a/", "a/"),
    ] {
        let bare = |name: &str| {
            if name.ends_with('/') {
                Member::stored(name, "")
            } else {
                member(name)
            }
        };
        let bytes = Forge::of(vec![bare(first), bare(second)]).finish().bytes;
        add(&format!("Z7 {id}"), "duplicate_name", bytes);
    }
}

fn files(add: &mut Add<'_>) {
    for (id, mode) in [
        ("symlink", 0o120_777),
        ("block device", 0o060_644),
        ("character device", 0o020_644),
        ("fifo", 0o010_644),
        ("socket", 0o140_644),
    ] {
        add(
            &format!("Z4 {id}"),
            "special_file",
            one(Member {
                mode,
                ..member("a")
            }),
        );
    }
    let target = [&[0x0d, 0, 16, 0][..], &[0; 12], b"/etc"].concat();
    add(
        "Z4 hard link",
        "special_file",
        one(Member {
            extra: target,
            ..member("a")
        }),
    );
    let link = Member {
        mode: 0o120_777,
        ..Member::stored("a", "/etc")
    };
    let through = Forge::of(vec![link, member("a/passwd")]).finish().bytes;
    add("Z4 file through a link", "special_file", through);

    for (id, expected, change) in [
        (
            "encrypted",
            "encrypted",
            Member {
                flags: 1,
                ..member("a")
            },
        ),
        (
            "strong encryption",
            "encrypted",
            Member {
                flags: 1 << 6,
                ..member("a")
            },
        ),
        (
            "masked headers",
            "encrypted",
            Member {
                flags: 1 << 13,
                ..member("a")
            },
        ),
        (
            "AES",
            "encrypted",
            Member {
                method: 99,
                ..member("a")
            },
        ),
        (
            "AES field",
            "encrypted",
            Member {
                extra: vec![1, 0x99, 0, 0],
                ..member("a")
            },
        ),
        (
            "deflate64",
            "unsupported_method",
            Member {
                method: 9,
                ..member("a")
            },
        ),
        (
            "bzip2",
            "unsupported_method",
            Member {
                method: 12,
                ..member("a")
            },
        ),
        (
            "lzma",
            "unsupported_method",
            Member {
                method: 14,
                ..member("a")
            },
        ),
        (
            "zstd",
            "unsupported_method",
            Member {
                method: 93,
                ..member("a")
            },
        ),
        (
            "patch data",
            "unsupported_method",
            Member {
                flags: 1 << 5,
                ..member("a")
            },
        ),
        (
            "entry on disk 1",
            "multi_disk",
            Member {
                disk: 1,
                ..member("a")
            },
        ),
    ] {
        add(&format!("Z12 {id}"), expected, one(change));
    }
    let pair = pair();
    add(
        "Z12 disk 1 of 2",
        "multi_disk",
        pair.patched(pair.end + 4, &[1, 0, 1, 0]),
    );
    add(
        "Z12 half of the entries here",
        "multi_disk",
        pair.patched(pair.end + 8, &[1, 0]),
    );
}

fn bombs(add: &mut Add<'_>) {
    let zeros = vec![0; 64 << 20];
    let bomb = Member::deflated("bomb", &zeros);
    add("Z5 64 MiB of zeros", "ratio", one(bomb.clone()));
    let part = Member::deflated("", &zeros[..16 << 20]);
    let parts = (0..20).map(|i| Member {
        name: format!("part{i}").into(),
        ..part.clone()
    });
    add(
        "Z5 many parts",
        "ratio",
        Forge::of(parts.collect()).finish().bytes,
    );
    add(
        "Z5 3 GiB declared",
        "too_large",
        one(Member {
            size: 3 << 30,
            ..bomb.clone()
        }),
    );
    add(
        "Z11 10 bytes declared",
        "size_mismatch",
        one(Member { size: 10, ..bomb }),
    );

    let honest = member("a");
    add(
        "Z11 wrong checksum",
        "crc",
        one(Member {
            crc32: 1,
            ..honest.clone()
        }),
    );
    let stored = Member {
        crc32: 1,
        ..Member::stored("a", "content")
    };
    add("Z11 wrong checksum, stored", "crc", one(stored));
    add(
        "Z11 declared larger",
        "size_mismatch",
        one(Member {
            size: 1000,
            ..honest.clone()
        }),
    );
    let mut longer = honest.clone();
    longer.data.extend([0; 9]);
    longer.compressed_size += 9;
    add("Z11 bytes after the stream", "size_mismatch", one(longer));
    let mut cut = honest.clone();
    cut.data.truncate(8);
    cut.compressed_size = 8;
    add("Z11 stream cut off", "bad_deflate", one(cut));
    let garbage = Member {
        data: vec![0xFF; honest.data.len()],
        ..honest
    };
    add("Z11 garbage", "bad_deflate", one(garbage));
    let two = Member {
        size: 3,
        ..Member::stored("a", "content")
    };
    add("Z11 stored with two sizes", "size_mismatch", one(two));

    // Fifield: the data of each entry quotes the local header of the next.
    let inner = Member::stored("b", "kernel");
    let outer = Member::stored("a", inner.local());
    let mut bytes = outer.local();
    let start = bytes.len();
    let quoted = start - inner.local().len();
    bytes.extend(outer.central(0));
    bytes.extend(inner.central(u32::try_from(quoted).unwrap_or(0)));
    let size = u32::try_from(bytes.len() - start).unwrap_or(0);
    bytes.extend(end_record(2, size, u32::try_from(start).unwrap_or(0), b""));
    add("Z6 quoted headers", "overlap", bytes);
    let twice = pair();
    let first = twice.bytes[twice.centrals[0]..twice.centrals[1]].to_vec();
    add(
        "Z6 one file listed twice",
        "overlap",
        twice.patched(twice.centrals[1], &first),
    );
    let mut greedy = Member::stored("a", "content");
    greedy.compressed_size += 20;
    greedy.size += 20;
    add("Z6 data runs into the directory", "overlap", one(greedy));
}

fn headers(add: &mut Add<'_>) {
    let other = Member {
        local_name: Some(b"b.htm".to_vec()),
        ..member("a.htm")
    };
    add("Z8 name", "header_mismatch", one(other));
    let longer = Member {
        local_name: Some(b"a.html".to_vec()),
        ..member("a.htm")
    };
    add("Z8 length of name", "header_mismatch", one(longer));
    let pair = pair();
    for (id, at, with) in [
        ("signature", 0, &[0; 4][..]),
        ("encrypted flag", 6, &[1, 0]),
        ("descriptor flag", 6, &[8, 0]),
        ("method", 8, &[0, 0]),
        ("checksum", 14, &[1, 2, 3, 4]),
        ("compressed size", 18, &[9, 0, 0, 0]),
        ("size", 22, &[9, 0, 0, 0]),
    ] {
        let bytes = pair.patched(pair.locals[1] + at, with);
        add(&format!("Z8 {id}"), "header_mismatch", bytes);
    }
    let streamed = Member {
        flags: 8,
        crc32: 0,
        compressed_size: 0,
        size: 0,
        ..member("a")
    };
    let truth = member("a");
    let mut bytes = streamed.local();
    bytes.extend(b"PK\x07\x08 not a descriptor");
    let start = bytes.len();
    bytes.extend(Member { flags: 8, ..truth }.central(0));
    let size = u32::try_from(bytes.len() - start).unwrap_or(0);
    bytes.extend(end_record(1, size, u32::try_from(start).unwrap_or(0), b""));
    add("Z8 data descriptor", "header_mismatch", bytes);
}

fn counts(add: &mut Add<'_>) {
    let many = |n: usize| {
        (0..n)
            .map(|i| Member::stored(format!("{i:x}"), "x"))
            .collect::<Vec<_>>()
    };
    let forged = Forge::of(many(100_000)).finish();
    let start = forged.centrals[0] as u64;
    let (size, end) = ((forged.end as u64) - start, forged.end as u64);
    let record = end_64(100_000, size, start, end);
    let bytes = [
        &forged.bytes[..forged.end],
        &record,
        &forged.bytes[forged.end..],
    ]
    .concat();
    add("Z13 100,000 entries", "too_many_entries", bytes);
    let over = Forge::of(many(20_001)).finish();
    add("Z13 20,001 entries", "too_many_entries", over.bytes.clone());
    let denied = over.patched(over.end + 8, &[1, 0, 1, 0]);
    add(
        "Z13 20,001 entries, one declared",
        "too_many_entries",
        denied,
    );
    add(
        "Z13 33 levels",
        "too_deep",
        one(member("d/".repeat(32) + "x")),
    );
    add(
        "Z13 10,000 levels",
        "name_too_long",
        one(member("d/".repeat(10_000) + "x")),
    );
    add(
        "Z13 name of 65,535 bytes",
        "name_too_long",
        one(member("n".repeat(65_535))),
    );
}

fn no_zips(add: &mut Add<'_>) {
    let zip = one(member("a.htm"));
    add("Z15 no bytes", "not_a_zip", Vec::new());
    add("Z15 two letters", "not_a_zip", b"PK".to_vec());
    add(
        "Z15 PDF",
        "not_a_zip",
        b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n".repeat(40),
    );
    add(
        "Z15 gzip",
        "not_a_zip",
        crate::serve::gzip_header().to_vec(),
    );
    add("Z15 empty zip", "empty", Forge::default().finish().bytes);
    add(
        "Z15 directories only",
        "empty",
        one(Member::stored("a/", "")),
    );
    add("Z15 litter only", "empty", one(member("__MACOSX/._a")));
    for head in [&b"%PDF-1.7\n"[..], b"GIF89a", b"MZ\x90\0"] {
        let id = format!("Z15 {} and zip", String::from_utf8_lossy(&head[..2]));
        add(&id, "ambiguous_archive", [head, &zip].concat());
    }
}

//! Archives whose records contradict each other (Z9, Z10) or are damaged.

use super::super::forge::{Forge, Member, end_64, end_record};
use super::{Add, member, one, pair};

pub(super) fn ambiguous(add: &mut Add<'_>) {
    let forge = Forge::of(vec![member("a.htm")]);
    let plain = forge.finish().bytes;
    let with = |change: &dyn Fn(&mut Forge)| {
        let mut changed = forge.clone();
        change(&mut changed);
        changed.finish().bytes
    };
    let junk = b"#!/bin/sh\n";
    for (id, bytes) in [
        ("bytes before", with(&|f| f.prefix = junk.to_vec())),
        (
            "bytes before, counted",
            with(&|f| f.counted_prefix = junk.to_vec()),
        ),
        ("bytes after", with(&|f| f.suffix = junk.to_vec())),
        ("one byte after", with(&|f| f.suffix = vec![0])),
        ("concatenated", [&plain[..], &plain].concat()),
        (
            "archive in front, counted",
            with(&|f| f.counted_prefix.clone_from(&plain)),
        ),
        (
            "end record in the comment",
            with(&|f| f.comment = end_record(0, 0, 0, b"")),
        ),
        (
            "archive in the comment",
            with(&|f| f.comment.clone_from(&plain)),
        ),
        (
            "second end record",
            with(&|f| f.suffix = end_record(0, 0, 0, b"")),
        ),
        (
            "hidden entry",
            with(&|f| f.gap = member("hidden.htm").local()),
        ),
    ] {
        add(&format!("Z9 {id}"), "ambiguous_archive", bytes);
    }
}

pub(super) fn damaged(add: &mut Add<'_>) {
    let pair = pair();
    let whole = &pair.bytes;
    for (id, at) in [
        ("in the end record", pair.end + 9),
        ("before the end record", pair.end),
        ("in the directory", pair.centrals[1] + 7),
        ("in the data", pair.locals[1] + 33),
    ] {
        add(&format!("Z10 cut {id}"), "truncated", whole[..at].to_vec());
    }
    for (id, expected, at, with) in [
        (
            "one entry more",
            "bad_directory",
            pair.end + 8,
            &[3, 0, 3, 0][..],
        ),
        (
            "one entry less",
            "bad_directory",
            pair.end + 8,
            &[1, 0, 1, 0],
        ),
        ("no entry", "bad_directory", pair.end + 8, &[0; 4]),
        (
            "directory outside",
            "truncated",
            pair.end + 16,
            &[0, 0, 0, 0x70],
        ),
        (
            "directory too large",
            "truncated",
            pair.end + 12,
            &[0xFF, 0xFF, 0xFF, 0x7F],
        ),
        (
            "directory too small",
            "ambiguous_archive",
            pair.end + 12,
            &[9, 0, 0, 0],
        ),
        (
            "directory at 4 GiB",
            "bad_directory",
            pair.end + 16,
            &[0xFF; 4],
        ),
        (
            "header signature",
            "bad_directory",
            pair.centrals[0],
            b"PKxx",
        ),
        (
            "name runs out",
            "bad_directory",
            pair.centrals[1] + 28,
            &[0xFF, 0xFF],
        ),
        (
            "entry outside",
            "truncated",
            pair.centrals[0] + 42,
            &[0, 0, 0, 0x70],
        ),
        (
            "entry at another",
            "header_mismatch",
            pair.centrals[0] + 42,
            &[3, 0, 0, 0],
        ),
        ("comment longer", "truncated", pair.end + 20, &[5, 0]),
    ] {
        add(&format!("Z10 {id}"), expected, pair.patched(at, with));
    }
    let huge = [
        &[1, 0, 16, 0][..],
        &u64::MAX.to_le_bytes(),
        &(u64::MAX - 1).to_le_bytes(),
    ]
    .concat();
    let escaped = Member {
        compressed_size: u32::MAX,
        size: u32::MAX,
        ..member("a")
    };
    let lying = Member {
        extra: huge,
        ..escaped.clone()
    };
    add("Z10 sizes of 2^64", "header_mismatch", one(lying));
    add(
        "Z10 escape without field",
        "truncated",
        one(escaped.clone()),
    );
    let short = Member {
        extra: vec![1, 0, 4, 0, 0, 0, 0, 0],
        ..escaped
    };
    add("Z10 zip64 field cut off", "bad_directory", one(short));

    let start = pair.centrals[0] as u64;
    let (size, end) = ((pair.end as u64) - start, pair.end as u64);
    let zip64 = |record: Vec<u8>, small: Vec<u8>| [&whole[..pair.end], &record, &small].concat();
    let open = end_record(usize::MAX, u32::MAX, u32::MAX, b"");
    for (id, expected, record) in [
        (
            "count",
            "too_many_entries",
            end_64(u64::MAX, size, start, end),
        ),
        ("size", "truncated", end_64(2, u64::MAX, start, end)),
        ("start", "truncated", end_64(2, size, u64::MAX, end)),
        ("locator", "bad_directory", end_64(2, size, start, u64::MAX)),
        (
            "locator elsewhere",
            "bad_directory",
            end_64(2, size, start, 0),
        ),
    ] {
        add(
            &format!("Z10 zip64 {id}"),
            expected,
            zip64(record, open.clone()),
        );
    }
    let disagreeing = end_record(2, 9, u32::try_from(start).unwrap_or(0), b"");
    let record = end_64(2, size, start, end);
    add(
        "Z10 two end records disagree",
        "ambiguous_archive",
        zip64(record, disagreeing),
    );
}

//! For any bytes: no panic, and nothing accepted that the rules forbid.

use package::serve::{RangeAnswer, accepts_gzip, range};
use package::testkit::{Forge, Member};
use package::{Index, Limits, build, inflate, verify};
use proptest::prelude::*;

fn check(bytes: &[u8]) {
    let limits = Limits {
        entry: 1 << 20,
        total: 4 << 20,
        ..Limits::default()
    };
    let Ok(index) = Index::read(bytes, &limits) else {
        return;
    };
    for entry in &index.entries {
        assert!(!entry.path.is_empty() && !entry.path.starts_with('/'));
        assert!(entry.path.split('/').all(|s| !matches!(s, "" | "." | "..")));
        assert!(entry.offset + entry.compressed_size <= bytes.len() as u64);
        assert!(index.find(&entry.path).is_some());
    }
    if verify(bytes, &index, &limits, &mut (), &mut |_, _| {}).is_ok() {
        for entry in &index.entries {
            let content = inflate(bytes, entry, limits.entry).unwrap();
            assert_eq!(content.len() as u64, entry.size);
            assert_eq!(crc32fast::hash(&content), entry.crc32);
        }
    }
}

fn archive() -> impl Strategy<Value = Vec<u8>> {
    let member = (
        "[a-cA-C./\\\\%é]{1,9}",
        prop::collection::vec(any::<u8>(), 0..60),
        any::<bool>(),
    )
        .prop_map(|(name, content, deflate)| {
            if deflate {
                Member::deflated(name, content)
            } else {
                Member::stored(name, content)
            }
        });
    prop::collection::vec(member, 0..5).prop_map(|members| Forge::of(members).finish().bytes)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1024))]

    #[test]
    fn arbitrary_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        check(&bytes);
    }

    #[test]
    fn damaged_archives_never_panic(
        bytes in archive(),
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..4),
        cut in prop::option::of(any::<prop::sample::Index>()),
    ) {
        let mut bytes = bytes;
        for (at, byte) in damage {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        check(&bytes);
    }

    #[test]
    fn what_is_built_is_read_back(
        files in prop::collection::btree_map("[a-z]{1,4}\\.(js|mp3|html)", prop::collection::vec(any::<u8>(), 0..300), 1..6),
    ) {
        let bytes = build::zip(&files).unwrap();
        let index = Index::read(&bytes[..], &Limits::default()).unwrap();
        verify(&bytes[..], &index, &Limits::default(), &mut (), &mut |_, _| {}).unwrap();
        prop_assert!(index.findings.is_empty());
        let paths: Vec<_> = index.entries.iter().map(|e| &e.path).collect();
        prop_assert_eq!(paths, files.keys().collect::<Vec<_>>());
        for (path, content) in &files {
            prop_assert_eq!(&inflate(&bytes[..], index.get(path).unwrap(), 1000).unwrap(), content);
        }
    }

    #[test]
    fn ranges_lie_within(header in "(bytes=)?[0-9]{0,3}-?[0-9]{0,3},?|.{0,12}", length in 0_u64..300) {
        if let RangeAnswer::Part { first, last } = range(&header, length) {
            prop_assert!(first <= last && last < length);
        }
        let _ = accepts_gzip(&header);
    }

    #[test]
    fn references_never_panic(href in ".{0,40}") {
        let bytes = build::zip([("é/a b.htm", "x")]).unwrap();
        let index = Index::read(&bytes[..], &Limits::default()).unwrap();
        let _ = (index.find(&href), index.locate(&href));
    }
}

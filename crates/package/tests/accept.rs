//! Archives that must be accepted, and what is made of them.

use std::io::{Cursor, Read, Write};

use flate2::read::GzDecoder;
use package::serve::{Representation, gzip_header, gzip_trailer};
use package::{Code, Index, Limits, Match, Method, Severity, Source, build, inflate, open, verify};
use zip::CompressionMethod;
use zip::write::{SimpleFileOptions, ZipWriter};

fn index(bytes: &[u8]) -> Index {
    let index = Index::read(bytes, &Limits::default()).unwrap();
    verify(bytes, &index, &Limits::default(), &mut (), &mut |_, _| {}).unwrap();
    index
}

fn codes(index: &Index) -> Vec<&str> {
    index.findings.iter().map(|f| f.code.as_str()).collect()
}

#[test]
fn a_built_package_is_read_back_and_always_the_same() {
    let page = "<p>hello</p>".repeat(500);
    let files = [
        ("imsmanifest.xml", "<manifest/>".as_bytes()),
        ("a/page.html", page.as_bytes()),
        ("a/film.mp4", b"\0\x01\x02"),
        ("empty.js", b""),
    ];
    let bytes = build::zip(files).unwrap();
    assert_eq!(bytes, build::zip(files).unwrap());
    let index = index(&bytes);
    assert!(index.findings.is_empty(), "{:?}", index.findings);
    assert_eq!(index.entries.len(), 4);
    for (path, content) in files {
        let entry = index.get(path).unwrap();
        assert_eq!(inflate(&bytes[..], entry, 10_000).unwrap(), content);
        let mut streamed = Vec::new();
        open(&bytes[..], entry).read_to_end(&mut streamed).unwrap();
        assert_eq!(streamed, content);
    }
    let film = index.get("a/film.mp4").unwrap();
    assert_eq!(
        (film.method, film.media_type()),
        (Method::Stored, "video/mp4")
    );
    assert!(!film.needs_side_object());
    let html = index.get("a/page.html").unwrap();
    assert_eq!(
        inflate(&bytes[..], html, 10).unwrap_err().code(),
        Code::TooLarge
    );
}

#[test]
fn an_index_survives_storage() {
    let bytes = build::zip([("é/a.htm", "x"), ("b.htm", "y")]).unwrap();
    let index = index(&bytes);
    let json = serde_json::to_string(&index).unwrap();
    let back: Index = serde_json::from_str(&json).unwrap();
    assert_eq!(back, index);
    assert_eq!(
        Index::from_entries(index.length, index.entries.clone()).entries,
        index.entries
    );
    assert!(back.find("%C3%A9/A.htm").is_some());
}

#[test]
fn a_deflated_entry_is_a_gzip_file_between_two_constants() {
    let page = "<p>hello</p>".repeat(500);
    let bytes = build::zip([("a.html", &page)]).unwrap();
    let index = index(&bytes);
    let entry = index.get("a.html").unwrap();
    let mut raw = vec![0; usize::try_from(entry.compressed_size).unwrap()];
    bytes.read_at(entry.offset, &mut raw).unwrap();
    let framed = [
        &gzip_header()[..],
        &raw,
        &gzip_trailer(entry.crc32, entry.size),
    ]
    .concat();
    let how = entry.representation(true);
    assert_eq!(how, Representation::Gzip);
    assert_eq!(Some(framed.len() as u64), entry.content_length(how));
    let mut content = String::new();
    GzDecoder::new(&framed[..])
        .read_to_string(&mut content)
        .unwrap();
    assert_eq!(content, page);
    assert_eq!(entry.representation(false), Representation::Identity);
    let package = package::hex(&package::sha256(&bytes).unwrap());
    assert_eq!(package.len(), 64);
    let tags = [Representation::Gzip, Representation::Identity].map(|r| entry.etag(&package, r));
    assert_ne!(tags[0], tags[1]);
    assert!(tags.iter().all(|t| t.starts_with('"') && t.ends_with('"')));
}

fn archive(files: &[(&str, &str)], options: SimpleFileOptions) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        writer.start_file(*name, options).unwrap();
        writer.write_all(content.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn zip64_and_streamed_archives_are_read() {
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let bytes = archive(&[("a", "content"), ("b", "")], stored.large_file(true));
    assert_eq!(index(&bytes).entries.len(), 2);
    let mut writer = ZipWriter::new_stream(Vec::new());
    for name in ["a.txt", "b.txt"] {
        writer
            .start_file(name, SimpleFileOptions::default())
            .unwrap();
        writer.write_all(&name.repeat(100).into_bytes()).unwrap();
    }
    let bytes = writer.finish().unwrap().into_inner();
    assert_eq!(index(&bytes).entries.len(), 2);
}

#[test]
fn names_are_repaired_and_reported() {
    let files = [
        ("course\\imsmanifest.xml", "<manifest/>"),
        ("course\\.\\a page.htm", "x"),
        ("course/Bild.PNG", "x"),
        ("__MACOSX/course/._Bild.PNG", "x"),
        ("course/.DS_Store", "x"),
    ];
    let bytes = build::zip(files).unwrap();
    let index = index(&bytes);
    assert_eq!(codes(&index), ["backslashes_in_names", "litter_ignored"]);
    assert!(index.findings.iter().all(|f| f.severity == Severity::Info));
    assert_eq!(index.entries.len(), 3);
    let (manifest, folder) = index.locate("imsmanifest.xml").unwrap();
    assert_eq!(
        (manifest.path.as_str(), folder),
        ("course/imsmanifest.xml", "course/")
    );
    assert_eq!(
        index.located_finding("imsmanifest.xml").unwrap().code,
        "manifest_in_folder"
    );
    for (href, by) in [
        ("course/a page.htm", Match::Exact),
        ("course\\a page.htm", Match::Exact),
        ("course/a%20page.htm", Match::Decoded),
        ("course/A%20Page.htm", Match::Case),
        ("COURSE/bild.png", Match::Case),
    ] {
        assert_eq!(index.find(href).map(|f| f.by), Some(by), "{href}");
    }
    assert!(index.find("course/none.htm").is_none());
}

#[test]
fn two_manifests_side_by_side_are_nobodys() {
    let index = index(&build::zip([("a/imsmanifest.xml", ""), ("b/imsmanifest.xml", "")]).unwrap());
    assert!(index.locate("imsmanifest.xml").is_none());
    let nested = [
        ("a/imsmanifest.xml", ""),
        ("imsmanifest.xml", ""),
        ("a/b/imsmanifest.xml", ""),
    ];
    let index = self::index(&build::zip(nested).unwrap());
    assert_eq!(index.locate("IMSManifest.xml").unwrap().1, "");
}

/// Replaces a placeholder name of equal length in both headers.
fn renamed(bytes: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    assert_eq!(from.len(), to.len());
    let mut out = bytes.to_vec();
    for at in 0..out.len() - from.len() {
        if out[at..].starts_with(from) {
            out[at..at + to.len()].copy_from_slice(to);
        }
    }
    out
}

#[test]
fn names_in_old_encodings_are_found() {
    let bytes = build::zip([("XXXX.htm", "x")]).unwrap();
    // Z14: code page 437, windows-1252, Shift-JIS, UTF-8 without its flag.
    for (raw, path, href, by) in [
        (&b"caf\x82"[..], "café.htm", "café.htm", Match::Exact),
        (b"caf\xE9", "cafΘ.htm", "caf%C3%A9.htm", Match::Encoding),
        (b"\x83e\x83X", "âeâX.htm", "テス.htm", Match::Encoding),
        (
            "éè".as_bytes(),
            "éè.htm",
            "e\u{301}e\u{300}.htm",
            Match::Normalised,
        ),
    ] {
        let index = index(&renamed(&bytes, b"XXXX", raw));
        assert_eq!(index.entries[0].path, path);
        assert_eq!(index.find(href).map(|f| f.by), Some(by), "{href}");
        assert_eq!(index.findings.len(), 1);
    }
}

#[test]
fn the_zip_crate_reads_the_same() {
    let bytes = build::zip([("a.txt", "one"), ("b/c.html", "two"), ("d.mp3", "three")]).unwrap();
    let index = index(&bytes);
    let mut archive = zip::ZipArchive::new(Cursor::new(&bytes)).unwrap();
    assert_eq!(archive.len(), index.entries.len());
    for entry in &index.entries {
        let mut file = archive.by_name(&entry.path).unwrap();
        assert_eq!(file.data_start(), Some(entry.offset));
        assert_eq!((file.size(), file.crc32()), (entry.size, entry.crc32));
        let mut content = Vec::new();
        file.read_to_end(&mut content).unwrap();
        assert_eq!(content, inflate(&bytes[..], entry, 100).unwrap());
    }
}

#[test]
fn progress_is_told_to_the_end() {
    let bytes = build::zip([("a.bin", vec![7; 200_000]), ("b.bin", vec![1; 10])]).unwrap();
    let index = Index::read(&bytes[..], &Limits::default()).unwrap();
    let mut heard = Vec::new();
    verify(
        &bytes[..],
        &index,
        &Limits::default(),
        &mut (),
        &mut |done, of| {
            heard.push((done, of));
        },
    )
    .unwrap();
    assert!(heard.len() > 2 && heard.is_sorted());
    assert_eq!(heard.last(), Some(&(200_010, 200_010)));
}

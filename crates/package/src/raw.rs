//! The raw zip structures (PKWARE APPNOTE 6.3.10, §4.3), read strictly and before anything else.
//!
//! The zip crate is not asked here: it accepts leading junk and keeps the last of two equal
//! names, and both must be seen to be refused.

use crate::limits::Limits;
use crate::refusal::{Code, Refusal};
use crate::source::Source;

const LOCAL: [u8; 4] = *b"PK\x03\x04";
const CENTRAL: [u8; 4] = *b"PK\x01\x02";
const END: [u8; 4] = *b"PK\x05\x06";
const END_64: [u8; 4] = *b"PK\x06\x06";
const LOCATOR_64: [u8; 4] = *b"PK\x06\x07";
const DESCRIPTOR: [u8; 4] = *b"PK\x07\x08";
const LOCAL_LEN: u64 = 30;
const CENTRAL_LEN: usize = 46;
const END_LEN: u64 = 22;
const END_64_LEN: u64 = 56;
const LOCATOR_64_LEN: u64 = 20;

/// Bit 0, 6 and 13 of the general purpose flags: encryption in its three forms.
const FLAGS_ENCRYPTED: u16 = 1 | 1 << 6 | 1 << 13;
const FLAG_DESCRIPTOR: u16 = 1 << 3;
const FLAG_PATCH: u16 = 1 << 5;
/// Bit 11: the name is UTF-8.
pub(crate) const FLAG_UTF8: u16 = 1 << 11;

/// An entry of the central directory, held against its local header.
#[derive(Debug, Clone)]
pub(crate) struct RawEntry {
    pub name: Vec<u8>,
    /// The Info-ZIP Unicode path (extra field 0x7075), when it belongs to this name.
    pub unicode_name: Option<String>,
    pub flags: u16,
    pub method: u16,
    pub crc32: u32,
    pub compressed_size: u64,
    pub size: u64,
    pub header_offset: u64,
    pub data_offset: u64,
    /// Where the entry's bytes end, data descriptor included.
    pub end: u64,
    /// The upper half of the external attributes: a Unix mode, or 0.
    pub mode: u16,
    /// An extra field names a link target.
    pub link: bool,
}

/// The whole archive.
#[derive(Debug, Clone)]
pub(crate) struct RawArchive {
    pub entries: Vec<RawEntry>,
    /// Bytes between entries that nothing names.
    pub unused: u64,
}

struct Directory {
    start: u64,
    size: u64,
    count: u64,
}

fn u16_at(bytes: &[u8], at: usize) -> u16 {
    bytes
        .get(at..at + 2)
        .map_or(0, |b| u16::from_le_bytes([b[0], b[1]]))
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    bytes
        .get(at..at + 4)
        .map_or(0, |b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]))
}

fn u64_at(bytes: &[u8], at: usize) -> u64 {
    u64::from(u32_at(bytes, at)) | u64::from(u32_at(bytes, at + 4)) << 32
}

fn read(source: &(impl Source + ?Sized), offset: u64, len: usize) -> Result<Vec<u8>, Refusal> {
    // Asked before allocating: the length comes from the archive.
    if offset
        .checked_add(len as u64)
        .is_none_or(|end| end > source.len())
    {
        return Err(Refusal::new(
            Code::Truncated,
            offset,
            "range outside the archive",
        ));
    }
    let mut buf = vec![0; len];
    source
        .read_at(offset, &mut buf)
        .map_err(|e| Refusal::io(&e, offset))?;
    Ok(buf)
}

/// Reads and checks every structure of the archive but the compressed data.
pub(crate) fn read_archive(
    source: &(impl Source + ?Sized),
    limits: &Limits,
) -> Result<RawArchive, Refusal> {
    if source.len() > limits.archive {
        return Err(Refusal::new(Code::TooLarge, 0, "archive over the limit"));
    }
    let directory = end_of_directory(source)?;
    if directory.count > limits.entries {
        return Err(Refusal::new(
            Code::TooManyEntries,
            directory.start,
            "declared count",
        ));
    }
    if directory.size > limits.directory {
        return Err(Refusal::new(
            Code::TooLarge,
            directory.start,
            "central directory",
        ));
    }
    let size = usize::try_from(directory.size).unwrap_or(usize::MAX);
    let bytes = read(source, directory.start, size)?;
    let mut entries = central_entries(&bytes, &directory, limits)?;
    for entry in &mut entries {
        local_header(source, entry).map_err(|r| r.of(&String::from_utf8_lossy(&entry.name)))?;
    }
    let unused = layout(source, &entries, directory.start)?;
    Ok(RawArchive { entries, unused })
}

/// §4.3.16, §4.3.14 and §4.3.15: the end record, which must end the file and be the only one.
fn end_of_directory(source: &(impl Source + ?Sized)) -> Result<Directory, Refusal> {
    let len = source.len();
    let window = len.min(END_LEN + u64::from(u16::MAX));
    let start = len - window;
    let tail = read(source, start, usize::try_from(window).unwrap_or(0))?;
    let mut ends = memchr::memmem::find_iter(&tail, &END)
        .filter(|at| at + END_LEN as usize <= tail.len())
        .filter(|at| at + END_LEN as usize + usize::from(u16_at(&tail, at + 20)) == tail.len());
    let Some(at) = ends.next() else {
        return Err(no_end(source, &tail));
    };
    // A second signature in the comment, or one that also fits, gives a second reading.
    if memchr::memmem::find(&tail[at + 4..], &END).is_some() {
        let offset = start + at as u64;
        return Err(Refusal::new(
            Code::AmbiguousArchive,
            offset,
            "second end record",
        ));
    }
    let end = start + at as u64;
    let record = &tail[at..];
    let mut directory = Directory {
        start: u64::from(u32_at(record, 16)),
        size: u64::from(u32_at(record, 12)),
        count: u64::from(u16_at(record, 10)),
    };
    let mut on_this_disk = u64::from(u16_at(record, 8));
    let mut directory_end = end;
    let mut disks = (u32::from(u16_at(record, 4)), u32::from(u16_at(record, 6)));
    let wants_64 = directory.start == u64::from(u32::MAX)
        || directory.size == u64::from(u32::MAX)
        || directory.count == u64::from(u16::MAX)
        || on_this_disk == u64::from(u16::MAX);
    if let Some((offset, record)) = end_64(source, end)? {
        let big = Directory {
            start: u64_at(&record, 48),
            size: u64_at(&record, 40),
            count: u64_at(&record, 32),
        };
        // Fields that are not escaped must say the same in both records.
        let agrees = |small: u64, escape: u64, big: u64| small == escape || small == big;
        let escape = u64::from(u32::MAX);
        if !agrees(directory.start, escape, big.start)
            || !agrees(directory.size, escape, big.size)
            || !agrees(directory.count, u64::from(u16::MAX), big.count)
        {
            return Err(Refusal::new(
                Code::AmbiguousArchive,
                offset,
                "end records disagree",
            ));
        }
        directory = big;
        on_this_disk = u64_at(&record, 24);
        disks = (u32_at(&record, 16), u32_at(&record, 20));
        directory_end = offset;
    } else if wants_64 && directory.count == u64::from(u16::MAX) && directory.start < end {
        // 65,535 entries exactly need no zip64 record; the count is checked like any other.
    } else if wants_64 {
        return Err(Refusal::new(
            Code::BadDirectory,
            end,
            "zip64 record missing",
        ));
    }
    if disks != (0, 0) || on_this_disk != directory.count {
        return Err(Refusal::new(Code::MultiDisk, end, "more than one disk"));
    }
    match directory.start.checked_add(directory.size) {
        Some(stop) if stop == directory_end => Ok(directory),
        // Everything shifted by what was put in front, or bytes between directory and record.
        Some(stop) if stop < directory_end => Err(Refusal::new(
            Code::AmbiguousArchive,
            stop,
            "bytes outside the structure",
        )),
        _ => Err(Refusal::new(
            Code::Truncated,
            end,
            "central directory outside the archive",
        )),
    }
}

/// Tells why no end record ends the file.
fn no_end(source: &(impl Source + ?Sized), tail: &[u8]) -> Refusal {
    let mut head = [0; 4];
    let starts_like_zip =
        source.len() >= 4 && source.read_at(0, &mut head).is_ok() && head == LOCAL;
    let offset = source.len();
    match memchr::memmem::rfind(tail, &END) {
        Some(at) if tail.len() - at < END_LEN as usize => {
            Refusal::new(Code::Truncated, offset, "end record cut off")
        }
        Some(at) => {
            let stop = at + END_LEN as usize + usize::from(u16_at(tail, at + 20));
            if stop > tail.len() {
                Refusal::new(Code::Truncated, offset, "comment cut off")
            } else {
                Refusal::new(Code::AmbiguousArchive, offset, "bytes after the archive")
            }
        }
        None if starts_like_zip => Refusal::new(Code::Truncated, offset, "no end record"),
        None => Refusal::new(Code::NotAZip, 0, "no end record"),
    }
}

fn end_64(source: &(impl Source + ?Sized), end: u64) -> Result<Option<(u64, Vec<u8>)>, Refusal> {
    let Some(at) = end.checked_sub(LOCATOR_64_LEN) else {
        return Ok(None);
    };
    let locator = read(source, at, LOCATOR_64_LEN as usize)?;
    if locator[..4] != LOCATOR_64 {
        return Ok(None);
    }
    let offset = u64_at(&locator, 8);
    if u32_at(&locator, 4) != 0 || u32_at(&locator, 16) > 1 {
        return Err(Refusal::new(Code::MultiDisk, at, "zip64 locator"));
    }
    let bad = |detail| Refusal::new(Code::BadDirectory, at, detail);
    if offset.checked_add(END_64_LEN).is_none_or(|stop| stop > at) {
        return Err(bad("zip64 locator points outside"));
    }
    let record = read(source, offset, END_64_LEN as usize)?;
    if record[..4] != END_64 {
        return Err(bad("zip64 locator points at something else"));
    }
    // The record's own length counts from its 13th byte; it must reach the locator exactly.
    if u64_at(&record, 4).checked_add(offset + 12) != Some(at) {
        return Err(bad("zip64 record length"));
    }
    Ok(Some((offset, record)))
}

/// §4.3.12: the file headers of the central directory, exactly as many as declared.
fn central_entries(
    bytes: &[u8],
    directory: &Directory,
    limits: &Limits,
) -> Result<Vec<RawEntry>, Refusal> {
    let mut entries = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let place = directory.start + at as u64;
        let bad = |detail| Refusal::new(Code::BadDirectory, place, detail);
        let Some(header) = bytes
            .get(at..at + CENTRAL_LEN)
            .filter(|h| h[..4] == CENTRAL)
        else {
            return Err(bad("no file header"));
        };
        if entries.len() as u64 >= limits.entries {
            return Err(Refusal::new(Code::TooManyEntries, place, "file headers"));
        }
        let name_end = at + CENTRAL_LEN + usize::from(u16_at(header, 28));
        let extra_end = name_end + usize::from(u16_at(header, 30));
        let next = extra_end + usize::from(u16_at(header, 32));
        if next > bytes.len() {
            return Err(bad("file header cut off"));
        }
        let name = &bytes[at + CENTRAL_LEN..name_end];
        let named = |r: Refusal| r.of(&String::from_utf8_lossy(name));
        entries
            .push(central_entry(header, name, &bytes[name_end..extra_end], place).map_err(named)?);
        at = next;
    }
    if entries.len() as u64 != directory.count {
        return Err(Refusal::new(
            Code::BadDirectory,
            directory.start,
            "wrong count",
        ));
    }
    Ok(entries)
}

fn central_entry(
    header: &[u8],
    name: &[u8],
    extra: &[u8],
    place: u64,
) -> Result<RawEntry, Refusal> {
    let refuse = |code, detail| Err(Refusal::new(code, place, detail));
    let mut entry = RawEntry {
        name: name.to_vec(),
        unicode_name: None,
        flags: u16_at(header, 8),
        method: u16_at(header, 10),
        crc32: u32_at(header, 16),
        compressed_size: u64::from(u32_at(header, 20)),
        size: u64::from(u32_at(header, 24)),
        header_offset: u64::from(u32_at(header, 42)),
        data_offset: 0,
        end: 0,
        mode: u16_at(header, 40),
        link: false,
    };
    let mut disk = u32::from(u16_at(header, 34));
    let mut seen_64 = false;
    for (id, data) in extra_fields(extra) {
        match id {
            0x0001 if seen_64 => return refuse(Code::HeaderMismatch, "two zip64 fields"),
            0x0001 => {
                seen_64 = true;
                let mut data = data;
                // §4.5.3: only escaped fields are present, in this order.
                for field in [
                    &mut entry.size,
                    &mut entry.compressed_size,
                    &mut entry.header_offset,
                ] {
                    if *field == u64::from(u32::MAX) {
                        let Some((value, rest)) = data.split_at_checked(8) else {
                            return refuse(Code::BadDirectory, "zip64 field cut off");
                        };
                        *field = u64_at(value, 0);
                        data = rest;
                    }
                }
                if disk == u32::from(u16::MAX) && data.len() >= 4 {
                    disk = u32_at(data, 0);
                }
            }
            // §4.5.7: a fifth part is the target of a link.
            0x000d => entry.link |= data.len() > 12,
            0x7075 => entry.unicode_name = unicode_path(name, data),
            0x9901 => return refuse(Code::Encrypted, "AES"),
            _ => {}
        }
    }
    if disk != 0 {
        return refuse(Code::MultiDisk, "entry on another disk");
    }
    if entry.flags & FLAGS_ENCRYPTED != 0 || entry.method == 99 {
        return refuse(Code::Encrypted, "encrypted entry");
    }
    if !matches!(entry.method, 0 | 8) || entry.flags & FLAG_PATCH != 0 {
        return refuse(Code::UnsupportedMethod, "compression method");
    }
    if entry.method == 0 && entry.size != entry.compressed_size {
        return refuse(Code::SizeMismatch, "stored entry with two sizes");
    }
    Ok(entry)
}

/// The extra fields; a rest too short for a header is padding, as some tools write.
fn extra_fields(mut extra: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
    std::iter::from_fn(move || {
        let (header, rest) = extra.split_at_checked(4)?;
        let len = usize::from(u16_at(header, 2)).min(rest.len());
        let (data, rest) = rest.split_at(len);
        extra = rest;
        Some((u16_at(header, 0), data))
    })
}

/// §4.6.9: valid only while its checksum still fits the plain name.
fn unicode_path(name: &[u8], data: &[u8]) -> Option<String> {
    let fits = data.first() == Some(&1) && u32_at(data, 1) == crc32fast::hash(name);
    if !fits {
        return None;
    }
    std::str::from_utf8(data.get(5..)?).ok().map(str::to_owned)
}

/// §4.3.7: the local header must say what the central directory said.
fn local_header(source: &(impl Source + ?Sized), entry: &mut RawEntry) -> Result<(), Refusal> {
    let place = entry.header_offset;
    let mismatch = |detail| Err(Refusal::new(Code::HeaderMismatch, place, detail));
    let header = read(source, place, LOCAL_LEN as usize)?;
    if header[..4] != LOCAL {
        return mismatch("no local header");
    }
    let name_len = usize::from(u16_at(&header, 26));
    let extra_len = usize::from(u16_at(&header, 28));
    if name_len != entry.name.len() {
        return mismatch("name");
    }
    let rest = read(source, place + LOCAL_LEN, name_len + extra_len)?;
    let (name, extra) = rest.split_at(name_len);
    if name != entry.name {
        return mismatch("name");
    }
    let flags = u16_at(&header, 6);
    if (flags ^ entry.flags) & (FLAGS_ENCRYPTED | FLAG_DESCRIPTOR | FLAG_PATCH) != 0 {
        return mismatch("flags");
    }
    if u16_at(&header, 8) != entry.method {
        return mismatch("method");
    }
    let (mut size, mut compressed) = (
        u64::from(u32_at(&header, 22)),
        u64::from(u32_at(&header, 18)),
    );
    if let Some((_, mut data)) = extra_fields(extra).find(|(id, _)| *id == 0x0001) {
        for field in [&mut size, &mut compressed] {
            if *field == u64::from(u32::MAX) {
                let Some((value, rest)) = data.split_at_checked(8) else {
                    return mismatch("zip64 field");
                };
                *field = u64_at(value, 0);
                data = rest;
            }
        }
    }
    let same = size == entry.size
        && compressed == entry.compressed_size
        && u32_at(&header, 14) == entry.crc32;
    let streamed = flags & FLAG_DESCRIPTOR != 0;
    let unset = [(size, entry.size), (compressed, entry.compressed_size)]
        .iter()
        .all(|(local, central)| *local == 0 || local == central)
        && [0, entry.crc32].contains(&u32_at(&header, 14));
    if !(same || streamed && unset) {
        return mismatch("sizes or checksum");
    }
    entry.data_offset = place + LOCAL_LEN + (name_len + extra_len) as u64;
    entry.end = match entry.data_offset.checked_add(entry.compressed_size) {
        Some(end) if end <= source.len() => end,
        _ => {
            return Err(Refusal::new(
                Code::Truncated,
                place,
                "data outside the archive",
            ));
        }
    };
    if streamed {
        entry.end += descriptor(source, entry, same)?;
    }
    Ok(())
}

/// §4.3.9: the data descriptor, in any of its four forms; its length.
fn descriptor(
    source: &(impl Source + ?Sized),
    entry: &RawEntry,
    optional: bool,
) -> Result<u64, Refusal> {
    let room = usize::try_from(source.len() - entry.end)
        .unwrap_or(usize::MAX)
        .min(24);
    let bytes = read(source, entry.end, room)?;
    let crc = entry.crc32.to_le_bytes();
    let wide = [
        entry.compressed_size.to_le_bytes(),
        entry.size.to_le_bytes(),
    ]
    .concat();
    let narrow = [&wide[..4], &wide[8..12]].concat();
    // Sizes of 4 GiB and more do not fit the narrow form.
    let fits = u32::try_from(entry.compressed_size.max(entry.size)).is_ok();
    for signature in [&DESCRIPTOR[..], &[]] {
        for (sizes, allowed) in [(&wide, true), (&narrow, fits)] {
            let form = [signature, &crc, sizes].concat();
            if allowed && bytes.starts_with(&form) {
                return Ok(form.len() as u64);
            }
        }
    }
    if optional {
        return Ok(0);
    }
    Err(Refusal::new(
        Code::HeaderMismatch,
        entry.end,
        "data descriptor",
    ))
}

/// Entries follow each other from byte 0 to the central directory, sharing nothing (Z6, Z9).
/// Gives the number of bytes between them that nothing names.
fn layout(
    source: &(impl Source + ?Sized),
    entries: &[RawEntry],
    directory: u64,
) -> Result<u64, Refusal> {
    let mut order: Vec<&RawEntry> = entries.iter().collect();
    order.sort_unstable_by_key(|e| (e.header_offset, e.end));
    let mut at = 0;
    let mut unused = 0;
    let ends = order.iter().map(|e| (e.header_offset, e.end, Some(*e)));
    for (start, end, entry) in ends.chain([(directory, directory, None)]) {
        if start < at {
            let refusal = Refusal::new(Code::Overlap, start, "entries share bytes");
            return Err(match entry {
                Some(entry) => refusal.of(&String::from_utf8_lossy(&entry.name)),
                None => refusal,
            });
        }
        if start > at {
            let mut head = [0; 4];
            let hidden = start - at >= 4 && source.read_at(at, &mut head).is_ok() && head == LOCAL;
            if at == 0 || hidden {
                let detail = "bytes no entry names";
                return Err(Refusal::new(Code::AmbiguousArchive, at, detail));
            }
            unused += start - at;
        }
        at = end;
    }
    Ok(unused)
}

//! How much of a package is accepted.

/// Upper bounds, held against declared numbers first and against real ones while inflating.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Size of the archive, in bytes.
    pub archive: u64,
    /// Entries, directories counted.
    pub entries: u64,
    /// Size of the central directory, in bytes; it is held in memory once.
    pub directory: u64,
    /// Length of a decoded path, in bytes.
    pub path: usize,
    /// Segments of a path.
    pub depth: usize,
    /// Inflated size of one entry, in bytes.
    pub entry: u64,
    /// Inflated size of all entries, in bytes.
    pub total: u64,
    /// How many times larger than its compressed form an entry, or the whole, may be.
    pub ratio: u64,
    /// Inflated size up to which [`Limits::ratio`] is not asked, in bytes.
    pub ratio_from: u64,
}

impl Default for Limits {
    fn default() -> Self {
        const MIB: u64 = 1024 * 1024;
        Self {
            archive: 2048 * MIB,
            entries: 20_000,
            directory: 32 * MIB,
            path: 512,
            depth: 32,
            entry: 2048 * MIB,
            total: 4096 * MIB,
            // Blank bitmaps and padded audio reach some hundreds; deflate itself ends at 1,032.
            ratio: 250,
            ratio_from: 16 * MIB,
        }
    }
}

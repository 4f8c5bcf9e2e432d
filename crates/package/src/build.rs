//! Making a package: the same files give the same bytes, on every machine.

use std::io::{Cursor, Write};

use zip::write::{SimpleFileOptions, ZipWriter};
use zip::{CompressionMethod, DateTime};

/// Why a package could not be made: two files of one name, or a name too long for a zip.
#[derive(Debug, thiserror::Error)]
#[error("package not made: {0}")]
pub struct BuildError(#[from] zip::result::ZipError);

impl From<std::io::Error> for BuildError {
    fn from(error: std::io::Error) -> Self {
        Self(error.into())
    }
}

/// A zip of the given files in the given order, with the earliest date a zip can hold. What is
/// compressed already, and media that browsers seek in, is stored; all else deflated.
///
/// # Errors
/// See [`BuildError`].
pub fn zip<P: AsRef<str>, B: AsRef<[u8]>>(
    files: impl IntoIterator<Item = (P, B)>,
) -> Result<Vec<u8>, BuildError> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, content) in files {
        let (path, content) = (path.as_ref(), content.as_ref());
        let method = if crate::media::is_compressed(path) || content.is_empty() {
            CompressionMethod::Stored
        } else {
            CompressionMethod::Deflated
        };
        let options = SimpleFileOptions::default()
            .compression_method(method)
            .last_modified_time(DateTime::default())
            .unix_permissions(0o644)
            .large_file(u32::try_from(content.len()).is_err());
        writer.start_file(path, options)?;
        writer.write_all(content)?;
    }
    Ok(writer.finish()?.into_inner())
}

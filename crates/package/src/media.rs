//! Media types by extension. Content is served with `nosniff`, so the table decides alone.

/// Extension, media type; lower case, sorted by extension.
const TYPES: &[(&str, &str)] = &[
    ("7z", "application/x-7z-compressed"),
    ("aac", "audio/aac"),
    ("avi", "video/x-msvideo"),
    ("avif", "image/avif"),
    ("bmp", "image/bmp"),
    ("css", "text/css; charset=utf-8"),
    ("csv", "text/csv; charset=utf-8"),
    ("doc", "application/msword"),
    (
        "docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    ("dtd", "application/xml-dtd"),
    ("eot", "application/vnd.ms-fontobject"),
    ("epub", "application/epub+zip"),
    ("flac", "audio/flac"),
    ("flv", "video/x-flv"),
    ("gif", "image/gif"),
    ("glb", "model/gltf-binary"),
    ("gltf", "model/gltf+json"),
    ("gz", "application/gzip"),
    ("htm", "text/html"),
    ("html", "text/html"),
    ("ico", "image/x-icon"),
    ("jpe", "image/jpeg"),
    ("jpeg", "image/jpeg"),
    ("jpg", "image/jpeg"),
    ("js", "text/javascript"),
    ("json", "application/json"),
    ("jsonld", "application/ld+json"),
    ("m3u8", "application/vnd.apple.mpegurl"),
    ("m4a", "audio/mp4"),
    ("m4v", "video/mp4"),
    ("map", "application/json"),
    ("md", "text/markdown; charset=utf-8"),
    ("mid", "audio/midi"),
    ("mjs", "text/javascript"),
    ("mov", "video/quicktime"),
    ("mp3", "audio/mpeg"),
    ("mp4", "video/mp4"),
    ("mpeg", "video/mpeg"),
    ("mpg", "video/mpeg"),
    ("mpga", "audio/mpeg"),
    ("odp", "application/vnd.oasis.opendocument.presentation"),
    ("ods", "application/vnd.oasis.opendocument.spreadsheet"),
    ("odt", "application/vnd.oasis.opendocument.text"),
    ("oga", "audio/ogg"),
    ("ogg", "audio/ogg"),
    ("ogv", "video/ogg"),
    ("opus", "audio/ogg"),
    ("otf", "font/otf"),
    ("pdf", "application/pdf"),
    ("png", "image/png"),
    ("ppt", "application/vnd.ms-powerpoint"),
    (
        "pptx",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ),
    ("rtf", "application/rtf"),
    ("srt", "application/x-subrip"),
    ("svg", "image/svg+xml"),
    ("swf", "application/x-shockwave-flash"),
    ("tar", "application/x-tar"),
    ("tif", "image/tiff"),
    ("tiff", "image/tiff"),
    ("ttf", "font/ttf"),
    ("txt", "text/plain"),
    ("vtt", "text/vtt; charset=utf-8"),
    ("wasm", "application/wasm"),
    ("wav", "audio/wav"),
    ("weba", "audio/webm"),
    ("webm", "video/webm"),
    ("webmanifest", "application/manifest+json"),
    ("webp", "image/webp"),
    ("woff", "font/woff"),
    ("woff2", "font/woff2"),
    ("xhtml", "application/xhtml+xml"),
    ("xls", "application/vnd.ms-excel"),
    (
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    ("xml", "application/xml"),
    ("xsd", "application/xml"),
    ("xsl", "application/xml"),
    ("zip", "application/zip"),
];

/// What browsers seek in by range requests.
const SOUGHT: &[&str] = &[
    "aac", "avi", "flac", "flv", "m4a", "m4v", "mov", "mp3", "mp4", "mpeg", "mpg", "mpga", "oga",
    "ogg", "ogv", "opus", "pdf", "wav", "weba", "webm",
];

/// The extension of a path's last segment, in lower case; empty if there is none.
#[must_use]
pub fn extension(path: &str) -> String {
    let file = path.rsplit('/').next().unwrap_or(path);
    file.rsplit_once('.')
        .map_or_else(String::new, |(_, ext)| ext.to_ascii_lowercase())
}

/// The media type of a path. HTML, scripts and plain text carry no charset: packages declare
/// their own, in whatever encoding their tool wrote.
#[must_use]
pub fn media_type(path: &str) -> &'static str {
    let extension = extension(path);
    TYPES
        .binary_search_by(|(known, _)| (*known).cmp(&extension))
        .ok()
        .and_then(|at| TYPES.get(at))
        .map_or("application/octet-stream", |(_, media_type)| media_type)
}

/// Whether ranges of such a file will be asked for: audio, video, PDF.
#[must_use]
pub fn is_sought(path: &str) -> bool {
    SOUGHT.contains(&extension(path).as_str())
}

/// Whether such a file is text of some kind, which compresses well.
#[must_use]
pub fn is_text(path: &str) -> bool {
    let media_type = media_type(path);
    let media_type = media_type.split(';').next().unwrap_or(media_type);
    media_type.starts_with("text/")
        || media_type.ends_with("+xml")
        || media_type.ends_with("+json")
        || ["application/json", "application/xml", "application/xml-dtd"].contains(&media_type)
}

/// Whether compressing such a file again is in vain.
#[must_use]
pub fn is_compressed(path: &str) -> bool {
    const MORE: &[&str] = &[
        "7z", "avif", "docx", "epub", "gif", "gz", "jpe", "jpeg", "jpg", "odp", "ods", "odt",
        "png", "pptx", "webp", "woff", "woff2", "xlsx", "zip",
    ];
    is_sought(path) || MORE.contains(&extension(path).as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_sorted() {
        assert!(TYPES.windows(2).all(|w| w[0].0 < w[1].0));
        assert!(
            SOUGHT
                .iter()
                .all(|ext| TYPES.iter().any(|(known, _)| known == ext))
        );
    }

    #[test]
    fn by_extension() {
        assert_eq!(media_type("a.b/INDEX.HTML"), "text/html");
        assert_eq!(media_type("a.b/c"), "application/octet-stream");
        assert_eq!(media_type(".htaccess"), "application/octet-stream");
        assert!(is_sought("v/Film.MP4") && !is_sought("a.js"));
        assert!(is_text("a.svg") && is_text("A.JS") && is_text("a.vtt") && !is_text("a.png"));
        assert!(is_compressed("a.png") && !is_compressed("a.svg"));
    }
}

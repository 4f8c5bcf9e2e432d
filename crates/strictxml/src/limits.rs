//! How much of a document is accepted.

/// Upper bounds, checked while reading so that memory never follows a hostile document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Size of the undecoded file, in bytes.
    pub bytes: usize,
    /// Open elements at once; the root counts as one.
    pub depth: usize,
    /// Attributes of one element, namespace declarations not counted.
    pub attributes: usize,
    /// Namespace declarations in scope at once.
    pub namespaces: usize,
    /// Length of one attribute value, or of the text directly inside one element, in UTF-8 bytes.
    pub value: usize,
    /// Elements, attributes and runs of text in the whole document.
    pub nodes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 10 * 1024 * 1024,
            depth: 64,
            attributes: 64,
            namespaces: 128,
            value: 64 * 1024,
            nodes: 500_000,
        }
    }
}

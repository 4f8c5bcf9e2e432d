//! XML as course packages need it: one closed root, bounded, never a DTD, any declared encoding.
//!
//! Every manifest (imsmanifest.xml, cmi5.xml, tincan.xml) is read through [`parse`]: it decodes
//! the bytes, demands exactly one closed root element, refuses entities and internal DTD subsets,
//! bounds depth, attributes, value lengths and node counts ([`Limits`]) and gives an owned tree.
//! Nothing named by the document (schema locations, external identifiers, XInclude) is ever
//! opened. The rows M1–M7 and M13 of the threat table are answered here.

mod decode;
mod error;
mod limits;
mod read;
mod tree;

pub use error::{Code, Error};
pub use limits::Limits;
pub use read::{parse, parse_with};
pub use tree::{Attribute, Descendants, Document, Element, Finding, Node};

/// The namespace bound to the prefix `xml` (Namespaces in XML 1.0, §3).
pub const XML_NAMESPACE: &str = "http://www.w3.org/XML/1998/namespace";

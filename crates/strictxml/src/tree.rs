//! The owned tree of a document, and tolerant look-ups in it.

use std::sync::Arc;

/// A document that passed every check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The one root element.
    pub root: Element,
    /// The encoding the bytes were read in (WHATWG name: `UTF-8`, `UTF-16LE`, `windows-1252`…).
    pub encoding: &'static str,
    /// What was tolerated.
    pub findings: Vec<Finding>,
}

/// Something tolerated that an author should know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// `doctype_ignored` or `unknown_prefix`.
    pub code: &'static str,
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
    /// The name concerned.
    pub detail: String,
}

/// A piece of an element's content; comments and processing instructions are not kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Node {
    /// A child element.
    Element(Element),
    /// A run of text, references resolved, line ends normalised, CDATA included.
    Text(String),
}

/// An element with all it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Element {
    /// The namespace name, if the element is in one.
    pub namespace: Option<Arc<str>>,
    /// The prefix as written.
    pub prefix: Option<Arc<str>>,
    /// The local name.
    pub name: String,
    /// The attributes in document order, namespace declarations left out.
    pub attributes: Vec<Attribute>,
    /// The content in document order.
    pub children: Vec<Node>,
    /// Line of the start tag, from 1.
    pub line: u32,
    /// Column of the start tag in characters, from 1.
    pub column: u32,
}

/// An attribute with its normalised value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribute {
    /// The namespace name; an attribute without prefix has none.
    pub namespace: Option<Arc<str>>,
    /// The prefix as written.
    pub prefix: Option<Arc<str>>,
    /// The local name.
    pub name: String,
    /// The value, references resolved and white space normalised (XML 1.0, §3.3.3).
    pub value: String,
}

impl Element {
    /// Whether the local name is `name`, in any namespace.
    #[must_use]
    pub fn is(&self, name: &str) -> bool {
        self.name == name
    }

    /// Whether the element is `name` in the namespace `namespace`.
    #[must_use]
    pub fn is_ns(&self, namespace: &str, name: &str) -> bool {
        self.name == name && self.namespace.as_deref() == Some(namespace)
    }

    /// The child elements, in order.
    pub fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The first child element of this local name, in any namespace.
    #[must_use]
    pub fn child(&self, name: &str) -> Option<&Element> {
        self.elements().find(|e| e.is(name))
    }

    /// The first child element of this namespace and local name.
    #[must_use]
    pub fn child_ns(&self, namespace: &str, name: &str) -> Option<&Element> {
        self.elements().find(|e| e.is_ns(namespace, name))
    }

    /// The first child element of this local name, letter case of ASCII ignored.
    #[must_use]
    pub fn child_any_case(&self, name: &str) -> Option<&Element> {
        self.elements().find(|e| e.name.eq_ignore_ascii_case(name))
    }

    /// The child elements of this local name, in any namespace.
    pub fn children_named<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Element> {
        self.elements().filter(move |e| e.is(name))
    }

    /// The element reached by taking [`Element::child`] for each name in turn.
    #[must_use]
    pub fn descend(&self, path: &[&str]) -> Option<&Element> {
        path.iter()
            .try_fold(self, |element, name| element.child(name))
    }

    /// This element and all below it, in document order.
    #[must_use]
    pub fn descendants(&self) -> Descendants<'_> {
        Descendants {
            pending: vec![self],
        }
    }

    /// The value of an attribute by local name: the one without namespace if there is one,
    /// else the first in any namespace.
    #[must_use]
    pub fn attr(&self, name: &str) -> Option<&str> {
        self.pick(|a| a.name == name)
    }

    /// As [`Element::attr`], letter case of ASCII ignored (`scormtype`, `scormType`).
    #[must_use]
    pub fn attr_any_case(&self, name: &str) -> Option<&str> {
        self.pick(|a| a.name.eq_ignore_ascii_case(name))
    }

    /// The value of the attribute of exactly this namespace and local name.
    #[must_use]
    pub fn attr_ns(&self, namespace: &str, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|a| a.name == name && a.namespace.as_deref() == Some(namespace))
            .map(|a| a.value.as_str())
    }

    fn pick(&self, matches: impl Fn(&Attribute) -> bool) -> Option<&str> {
        let mut found = self.attributes.iter().filter(|a| matches(a));
        let first = found.next()?;
        let chosen = if first.prefix.is_none() {
            first
        } else {
            found.find(|a| a.prefix.is_none()).unwrap_or(first)
        };
        Some(&chosen.value)
    }

    /// The text directly inside this element, white space at both ends removed.
    #[must_use]
    pub fn text(&self) -> String {
        self.raw_text().trim().to_owned()
    }

    /// The text directly inside this element as it stands.
    #[must_use]
    pub fn raw_text(&self) -> String {
        self.children
            .iter()
            .filter_map(|node| match node {
                Node::Text(text) => Some(text.as_str()),
                Node::Element(_) => None,
            })
            .collect()
    }

    /// The text of the first child of this local name, trimmed; `None` if there is none.
    #[must_use]
    pub fn child_text(&self, name: &str) -> Option<String> {
        self.child(name).map(Element::text)
    }
}

/// Iterator of [`Element::descendants`].
#[derive(Debug, Clone)]
pub struct Descendants<'a> {
    pending: Vec<&'a Element>,
}

impl<'a> Iterator for Descendants<'a> {
    type Item = &'a Element;

    fn next(&mut self) -> Option<&'a Element> {
        let element = self.pending.pop()?;
        self.pending
            .extend(element.children.iter().rev().filter_map(|node| match node {
                Node::Element(child) => Some(child),
                Node::Text(_) => None,
            }));
        Some(element)
    }
}

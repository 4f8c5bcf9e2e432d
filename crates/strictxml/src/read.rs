//! The one walk over a document's events.

use std::collections::HashSet;
use std::sync::Arc;

use quick_xml::XmlVersion;
use quick_xml::errors::{Error as XmlError, IllFormedError};
use quick_xml::escape::{EscapeError, resolve_predefined_entity};
use quick_xml::events::attributes::AttrError;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::name::{NamespaceError, ResolveResult};
use quick_xml::reader::NsReader;

use crate::decode::decode;
use crate::error::{Code, Error, shortened};
use crate::limits::Limits;
use crate::tree::{Attribute, Document, Element, Finding, Node};

/// Findings kept per document; a thousand alike help nobody.
const MAX_FINDINGS: usize = 50;

/// Reads a document within the default [`Limits`].
///
/// # Errors
/// See [`Code`].
pub fn parse(bytes: &[u8]) -> Result<Document, Error> {
    parse_with(bytes, &Limits::default())
}

/// Reads a document.
///
/// # Errors
/// See [`Code`].
pub fn parse_with(bytes: &[u8], limits: &Limits) -> Result<Document, Error> {
    if bytes.len() > limits.bytes {
        return Err(Error {
            code: Code::TooLarge,
            line: 0,
            column: 0,
            detail: String::new(),
        });
    }
    let (text, encoding) = decode(bytes)?;
    let mut walk = Walk {
        text: &text,
        limits,
        place: Place {
            offset: 0,
            line: 1,
            column: 1,
        },
        open: Vec::new(),
        root: None,
        doctype: false,
        nodes: 0,
        names: HashSet::new(),
        findings: Vec::new(),
    };
    walk.check_characters()?;
    walk.run()?;
    match walk.root {
        Some(root) => Ok(Document {
            root,
            encoding: encoding.name(),
            findings: walk.findings,
        }),
        None => Err(walk.place.error(Code::NoRoot, "")),
    }
}

/// A position that only moves forward, so that finding lines stays linear in the document.
#[derive(Clone, Copy)]
struct Place {
    offset: usize,
    line: u32,
    column: u32,
}

impl Place {
    fn advance(&mut self, text: &str, to: usize) {
        // quick-xml positions lie between characters; a wrong one must not panic.
        let Some(passed) = text.get(self.offset..to) else {
            return;
        };
        let breaks = line_breaks(passed.as_bytes());
        if breaks > 0 {
            self.line = self.line.saturating_add(breaks);
            self.column = 1;
        }
        let tail = passed.rsplit('\n').next().unwrap_or_default();
        let width = u32::try_from(tail.chars().count()).unwrap_or(u32::MAX);
        self.column = self.column.saturating_add(width);
        self.offset = to;
    }

    fn error(self, code: Code, detail: &str) -> Error {
        Error {
            code,
            line: self.line,
            column: self.column,
            detail: shortened(detail),
        }
    }
}

fn line_breaks(bytes: &[u8]) -> u32 {
    u32::try_from(bytes.iter().filter(|b| **b == b'\n').count()).unwrap_or(u32::MAX)
}

struct Open {
    element: Element,
    text_bytes: usize,
}

struct Walk<'a> {
    text: &'a str,
    limits: &'a Limits,
    place: Place,
    open: Vec<Open>,
    root: Option<Element>,
    doctype: bool,
    nodes: usize,
    /// Namespace names and prefixes, shared between the elements that bear them.
    names: HashSet<Arc<str>>,
    findings: Vec<Finding>,
}

impl Walk<'_> {
    fn run(&mut self) -> Result<(), Error> {
        let mut reader = NsReader::from_str(self.text);
        reader.config_mut().check_comments = true;
        reader
            .resolver_mut()
            .set_max_namespace_bindings(self.limits.namespaces);
        loop {
            let start = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
            self.place.advance(self.text, start);
            let event = match reader.read_event() {
                Ok(event) => event,
                Err(error) => return Err(self.translate(&error)),
            };
            match event {
                Event::Start(tag) => {
                    let element = self.element(&tag, &reader)?;
                    self.open.push(Open {
                        element,
                        text_bytes: 0,
                    });
                }
                Event::Empty(tag) => {
                    let element = self.element(&tag, &reader)?;
                    self.close(element);
                }
                Event::End(_) => match self.open.pop() {
                    Some(open) => self.close(open.element),
                    None => return self.refuse(Code::MismatchedEnd, ""),
                },
                Event::Text(text) => self.push_text(&text.xml10_content(), false)?,
                Event::CData(text) => self.push_text(&text.xml10_content(), true)?,
                Event::GeneralRef(reference) => {
                    let resolved = self.resolve(&reference)?;
                    self.push_text(&resolved, true)?;
                }
                Event::Decl(_) if start == 0 => {}
                Event::Decl(_) => return self.refuse(Code::JunkOutsideRoot, "xml declaration"),
                Event::DocType(content) => self.doctype(&content)?,
                Event::PI(_) | Event::Comment(_) => {}
                Event::Eof => break,
            }
        }
        match self.open.last() {
            Some(open) => {
                let name = shortened(&open.element.name);
                self.refuse(Code::Unclosed, &name)
            }
            None => Ok(()),
        }
    }

    fn refuse<T>(&self, code: Code, detail: &str) -> Result<T, Error> {
        Err(self.place.error(code, detail))
    }

    fn find(&mut self, code: &'static str, detail: &str) {
        let finding = Finding {
            code,
            line: self.place.line,
            column: self.place.column,
            detail: shortened(detail),
        };
        let known = self
            .findings
            .iter()
            .any(|f| f.code == code && f.detail == finding.detail);
        if !known && self.findings.len() < MAX_FINDINGS {
            self.findings.push(finding);
        }
    }

    /// XML 1.0, production 2; quick-xml leaves it unchecked.
    fn check_characters(&self) -> Result<(), Error> {
        match self.text.char_indices().find(|(_, c)| !is_xml_char(*c)) {
            None => Ok(()),
            Some((offset, c)) => {
                let mut place = self.place;
                place.advance(self.text, offset);
                Err(place.error(Code::InvalidCharacter, &format!("U+{:04X}", u32::from(c))))
            }
        }
    }

    fn count_node(&mut self) -> Result<(), Error> {
        self.nodes += 1;
        if self.nodes > self.limits.nodes {
            self.refuse(Code::TooManyNodes, "")
        } else {
            Ok(())
        }
    }

    fn shared(&mut self, name: &str) -> Arc<str> {
        if let Some(known) = self.names.get(name) {
            return Arc::clone(known);
        }
        let fresh: Arc<str> = Arc::from(name);
        self.names.insert(Arc::clone(&fresh));
        fresh
    }

    fn element(
        &mut self,
        tag: &BytesStart<'_>,
        reader: &NsReader<&[u8]>,
    ) -> Result<Element, Error> {
        self.count_node()?;
        if self.open.is_empty() && self.root.is_some() {
            return self.refuse(Code::SecondRoot, tag.name().0);
        }
        if self.open.len() >= self.limits.depth {
            return self.refuse(Code::TooDeep, tag.name().0);
        }
        let (name, prefix) = self.split(tag.name().0)?;
        let namespace = match reader.resolver().resolve_element(tag.name()).0 {
            ResolveResult::Bound(namespace) => Some(self.shared(namespace.0)),
            ResolveResult::Unbound => None,
            ResolveResult::Unknown(unknown) => {
                self.find("unknown_prefix", &unknown);
                None
            }
        };
        let attributes = self.attributes(tag, reader)?;
        Ok(Element {
            namespace,
            prefix,
            name,
            attributes,
            children: Vec::new(),
            line: self.place.line,
            column: self.place.column,
        })
    }

    fn attributes(
        &mut self,
        tag: &BytesStart<'_>,
        reader: &NsReader<&[u8]>,
    ) -> Result<Vec<Attribute>, Error> {
        let mut attributes: Vec<Attribute> = Vec::new();
        for attribute in tag.attributes() {
            let attribute = match attribute {
                Ok(attribute) => attribute,
                Err(error) => return Err(self.translate_attribute(&error, tag)),
            };
            let written = attribute.key.0;
            if attribute.key.as_namespace_binding().is_some() {
                continue;
            }
            if attributes.len() >= self.limits.attributes {
                return self.refuse(Code::TooManyAttributes, tag.name().0);
            }
            self.count_node()?;
            // A bare `<` in a value is not well-formed, and hides unclosed quotes.
            if attribute.value.contains('<') {
                return self.refuse(Code::Malformed, written);
            }
            if attribute.value.len() > self.limits.value {
                return self.refuse(Code::ValueTooLong, written);
            }
            let value = match attribute.normalized_value(XmlVersion::Implicit1_0) {
                Ok(value) => value.into_owned(),
                Err(error) => return Err(self.translate(&error)),
            };
            if let Some(c) = value.chars().find(|c| !is_xml_char(*c)) {
                return self.refuse(Code::InvalidCharacter, &format!("U+{:04X}", u32::from(c)));
            }
            let (name, prefix) = self.split(written)?;
            let namespace = match reader.resolver().resolve_attribute(attribute.key).0 {
                ResolveResult::Bound(namespace) => Some(self.shared(namespace.0)),
                ResolveResult::Unbound => None,
                ResolveResult::Unknown(unknown) => {
                    self.find("unknown_prefix", &unknown);
                    None
                }
            };
            let twice = namespace.is_some()
                && attributes
                    .iter()
                    .any(|a| a.name == name && a.namespace == namespace);
            if twice {
                return self.refuse(Code::DuplicateAttribute, written);
            }
            attributes.push(Attribute {
                namespace,
                prefix,
                name,
                value,
            });
        }
        Ok(attributes)
    }

    /// A written name as local name and prefix (Namespaces in XML 1.0, §4).
    fn split(&mut self, written: &str) -> Result<(String, Option<Arc<str>>), Error> {
        if written.len() > self.limits.value {
            return self.refuse(Code::ValueTooLong, written);
        }
        let (prefix, local) = match written.split_once(':') {
            Some((prefix, local)) => (Some(prefix), local),
            None => (None, written),
        };
        if !is_ncname(local) || prefix.is_some_and(|p| !is_ncname(p)) {
            return self.refuse(Code::Malformed, written);
        }
        let prefix = prefix.map(|p| self.shared(p));
        Ok((local.to_owned(), prefix))
    }

    fn close(&mut self, element: Element) {
        match self.open.last_mut() {
            Some(parent) => parent.element.children.push(Node::Element(element)),
            None => self.root = Some(element),
        }
    }

    fn push_text(&mut self, text: &str, always_content: bool) -> Result<(), Error> {
        let Some(open) = self.open.last_mut() else {
            // White space between markup is no content; a reference or CDATA always is.
            if !always_content && text.chars().all(is_xml_space) {
                return Ok(());
            }
            return self.refuse(Code::JunkOutsideRoot, text.trim());
        };
        if text.is_empty() {
            return Ok(());
        }
        open.text_bytes += text.len();
        if open.text_bytes > self.limits.value {
            let name = open.element.name.clone();
            return self.refuse(Code::ValueTooLong, &name);
        }
        if let Some(Node::Text(run)) = open.element.children.last_mut() {
            run.push_str(text);
            return Ok(());
        }
        open.element.children.push(Node::Text(text.to_owned()));
        self.count_node()
    }

    fn resolve(&self, reference: &BytesRef<'_>) -> Result<String, Error> {
        match reference.resolve_char_ref() {
            Ok(Some(c)) if is_xml_char(c) => Ok(c.to_string()),
            Ok(Some(_)) | Err(_) => self.refuse(Code::InvalidCharacter, reference),
            Ok(None) => match resolve_predefined_entity(reference) {
                Some(text) => Ok(text.to_owned()),
                None => self.refuse(Code::UnknownEntity, reference),
            },
        }
    }

    fn doctype(&mut self, content: &str) -> Result<(), Error> {
        if self.doctype || self.root.is_some() || !self.open.is_empty() {
            return self.refuse(Code::JunkOutsideRoot, "DOCTYPE");
        }
        self.doctype = true;
        let mut quote = None;
        for c in content.chars() {
            match (quote, c) {
                (None, '"' | '\'') => quote = Some(c),
                (None, '[' | ']' | '<') => return self.refuse(Code::DtdNotAllowed, ""),
                (Some(open), c) if open == c => quote = None,
                _ => {}
            }
        }
        if quote.is_some() {
            return self.refuse(Code::DtdNotAllowed, "");
        }
        self.find("doctype_ignored", content.trim());
        Ok(())
    }

    fn translate_attribute(&self, error: &AttrError, tag: &BytesStart<'_>) -> Error {
        let code = match error {
            AttrError::Duplicated(..) => Code::DuplicateAttribute,
            _ => Code::Malformed,
        };
        self.place.error(code, tag.name().0)
    }

    fn translate(&self, error: &XmlError) -> Error {
        let (code, detail) = match error {
            XmlError::IllFormed(
                IllFormedError::MismatchedEndTag { found: name, .. }
                | IllFormedError::UnmatchedEndTag(name),
            ) => (Code::MismatchedEnd, name.clone()),
            XmlError::IllFormed(IllFormedError::MissingEndTag(name)) => {
                (Code::Unclosed, name.clone())
            }
            XmlError::InvalidAttr(AttrError::Duplicated(..)) => {
                (Code::DuplicateAttribute, String::new())
            }
            XmlError::Escape(EscapeError::UnrecognizedEntity(_, name)) => {
                (Code::UnknownEntity, name.clone())
            }
            XmlError::Escape(EscapeError::InvalidCharRef(_)) => {
                (Code::InvalidCharacter, error.to_string())
            }
            XmlError::Namespace(NamespaceError::TooManyBindings(_)) => {
                (Code::TooManyNamespaces, String::new())
            }
            other => (Code::Malformed, other.to_string()),
        };
        self.place.error(code, &detail)
    }
}

/// XML 1.0, production 2 (`Char`).
fn is_xml_char(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{FFFD}' | '\u{10000}'..)
}

/// XML 1.0, production 3 (`S`).
fn is_xml_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\r' | '\n')
}

/// XML 1.0, productions 4 and 4a, without the colon (Namespaces in XML 1.0, production 4).
fn is_ncname(name: &str) -> bool {
    let start = |c: char| {
        matches!(c, 'A'..='Z' | 'a'..='z' | '_' | '\u{C0}'..='\u{D6}' | '\u{D8}'..='\u{F6}'
            | '\u{F8}'..='\u{2FF}' | '\u{370}'..='\u{37D}' | '\u{37F}'..='\u{1FFF}'
            | '\u{200C}'..='\u{200D}' | '\u{2070}'..='\u{218F}' | '\u{2C00}'..='\u{2FEF}'
            | '\u{3001}'..='\u{D7FF}' | '\u{F900}'..='\u{FDCF}' | '\u{FDF0}'..='\u{FFFD}'
            | '\u{10000}'..='\u{EFFFF}')
    };
    let inner = |c: char| {
        start(c)
            || matches!(c, '-' | '.' | '0'..='9' | '\u{B7}' | '\u{300}'..='\u{36F}'
                | '\u{203F}'..='\u{2040}')
    };
    let mut chars = name.chars();
    chars.next().is_some_and(start) && chars.all(inner)
}

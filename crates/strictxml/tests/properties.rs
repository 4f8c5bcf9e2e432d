//! For any input: no panic; what is written can be read back.

use proptest::prelude::*;
use strictxml::{Attribute, Element, Node, parse};

fn escaped(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push_str(&format!("&#{};", u32::from(c))),
            c => out.push(c),
        }
    }
}

fn write(element: &Element, out: &mut String) {
    out.push_str(&format!("<{}", element.name));
    for attribute in &element.attributes {
        out.push_str(&format!(" {}=\"", attribute.name));
        escaped(&attribute.value, out);
        out.push('"');
    }
    out.push('>');
    for node in &element.children {
        match node {
            Node::Element(child) => write(child, out),
            Node::Text(text) => escaped(text, out),
        }
    }
    out.push_str(&format!("</{}>", element.name));
}

fn without_places(element: &mut Element) {
    (element.line, element.column) = (0, 0);
    for node in &mut element.children {
        if let Node::Element(child) = node {
            without_places(child);
        }
    }
}

fn name() -> impl Strategy<Value = String> {
    "[a-zA-Zéش_][a-zA-Z0-9é._-]{0,8}".prop_filter("reserved", |n| !n.starts_with("xml"))
}

fn text() -> impl Strategy<Value = String> {
    "[ -~\t\n\ré\u{4E00}-\u{4E20}\u{1F600}]{0,20}"
}

fn build(name: String, attributes: Vec<(String, String)>, children: Vec<Node>) -> Element {
    let mut unique: Vec<Attribute> = Vec::new();
    for (name, value) in attributes {
        if unique.iter().all(|a| a.name != name) {
            unique.push(Attribute {
                namespace: None,
                prefix: None,
                name,
                value,
            });
        }
    }
    let mut merged: Vec<Node> = Vec::new();
    for node in children {
        match (merged.last_mut(), node) {
            (_, Node::Text(text)) if text.is_empty() => {}
            (Some(Node::Text(run)), Node::Text(text)) => run.push_str(&text),
            (_, node) => merged.push(node),
        }
    }
    Element {
        namespace: None,
        prefix: None,
        name,
        attributes: unique,
        children: merged,
        line: 0,
        column: 0,
    }
}

fn element() -> impl Strategy<Value = Element> {
    let leaf = (
        name(),
        prop::collection::vec((name(), text()), 0..4),
        text(),
    )
        .prop_map(|(name, attributes, text)| build(name, attributes, vec![Node::Text(text)]));
    leaf.prop_recursive(5, 40, 5, |inner| {
        let node = prop_oneof![inner.prop_map(Node::Element), text().prop_map(Node::Text)];
        (
            name(),
            prop::collection::vec((name(), text()), 0..4),
            prop::collection::vec(node, 0..5),
        )
            .prop_map(|(name, attributes, children)| build(name, attributes, children))
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn arbitrary_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = parse(&bytes);
    }

    #[test]
    fn markup_like_text_never_panics(xml in "(<[/!?]?|[\\]>&;#x'\"=\\[-]|DOCTYPE|CDATA|[a-c:é0 \n]){0,60}") {
        let _ = parse(xml.as_bytes());
    }

    #[test]
    fn a_cut_or_damaged_document_never_panics(
        element in element(), cut in any::<prop::sample::Index>(), byte in any::<u8>(),
    ) {
        let mut xml = String::new();
        write(&element, &mut xml);
        let at = cut.index(xml.len());
        let mut bytes = xml.into_bytes();
        prop_assert!(parse(&bytes[..at]).is_err());
        bytes[at] = byte;
        let _ = parse(&bytes);
    }

    #[test]
    fn what_is_written_is_read_back(element in element()) {
        let mut xml = String::new();
        write(&element, &mut xml);
        let utf16: Vec<u8> = std::iter::once(0xFEFF).chain(xml.encode_utf16())
            .flat_map(u16::to_le_bytes).collect();
        for bytes in [xml.as_bytes(), &utf16] {
            let mut read = parse(bytes).map_err(|e| TestCaseError::fail(format!("{e}: {xml}")))?;
            without_places(&mut read.root);
            prop_assert_eq!(&read.root, &element);
        }
    }
}

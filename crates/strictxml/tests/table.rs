//! The manifest rows of the threat table that XML itself answers: M1–M7 and M13.

use strictxml::{Code, Limits, parse, parse_with};

fn code(xml: impl AsRef<[u8]>) -> Code {
    match parse(xml.as_ref()) {
        Ok(document) => panic!("accepted: {:?}", document.root.name),
        Err(error) => error.code,
    }
}

fn utf16(text: &str, big: bool, mark: bool) -> Vec<u8> {
    let unit = |u: u16| {
        if big {
            u.to_be_bytes()
        } else {
            u.to_le_bytes()
        }
    };
    let marked = if mark {
        format!("\u{FEFF}{text}")
    } else {
        text.to_owned()
    };
    marked.encode_utf16().flat_map(unit).collect()
}

#[test]
fn m1_entities_are_never_expanded() {
    let laughs = "<!DOCTYPE l [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\">]><l>&b;</l>";
    assert_eq!(code(laughs), Code::DtdNotAllowed);
    assert_eq!(code("<l>&b;</l>"), Code::UnknownEntity);
    assert_eq!(code("<l a='&b;'/>"), Code::UnknownEntity);
    let document = parse(b"<!DOCTYPE manifest><manifest/>").unwrap();
    assert_eq!(document.findings[0].code, "doctype_ignored");
}

#[test]
fn m2_external_things_are_refused_or_left_alone() {
    assert_eq!(
        code("<!DOCTYPE m [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><m>&x;</m>"),
        Code::DtdNotAllowed
    );
    assert_eq!(
        code("<!DOCTYPE m [<!ENTITY % x SYSTEM 'http://a.example/'> %x;]><m/>"),
        Code::DtdNotAllowed
    );
    let ignored = parse(
        b"<!DOCTYPE m PUBLIC '-//A//[B]' \"http://a.example/m.dtd\"><m xmlns:xi='http://www.w3.org/2001/XInclude'><xi:include href='file:///etc/passwd'/></m>",
    )
    .unwrap();
    assert!(ignored.root.child("include").unwrap().children.is_empty());
}

#[test]
fn m3_depth() {
    assert_eq!(code("<a>".repeat(1_000_000)), Code::TooDeep);
    assert!(parse(("<a>".repeat(64) + &"</a>".repeat(64)).as_bytes()).is_ok());
    assert_eq!(code("<a>".repeat(65) + &"</a>".repeat(65)), Code::TooDeep);
    assert_eq!(
        code("<a>".repeat(64) + "<b/>" + &"</a>".repeat(64)),
        Code::TooDeep
    );
}

#[test]
fn m4_sizes() {
    let many: String = (0..320_000).map(|i| format!(" a{i}=''")).collect();
    assert_eq!(code(format!("<a{many}/>")), Code::TooManyAttributes);
    let long = "x".repeat(1024 * 1024);
    assert_eq!(code(format!("<a b='{long}'/>")), Code::ValueTooLong);
    assert_eq!(code(format!("<a>{long}</a>")), Code::ValueTooLong);
    assert_eq!(code(format!("<{long}/>")), Code::ValueTooLong);
    let spread = format!("<a>{}</a>", "x<b/>".repeat(70_000));
    assert_eq!(code(spread), Code::ValueTooLong);
    assert_eq!(code(vec![b' '; 10 * 1024 * 1024 + 1]), Code::TooLarge);
    assert_eq!(
        code(format!("<a>{}</a>", "<b/>".repeat(600_000))),
        Code::TooManyNodes
    );
}

#[test]
fn m5_namespaces() {
    let many: String = (0..300).map(|i| format!(" xmlns:n{i}='urn:{i}'")).collect();
    assert_eq!(code(format!("<a{many}/>")), Code::TooManyNamespaces);
    let document = parse(
        b"<m xmlns='urn:a' xmlns:p='urn:b'><p:x q:y='1' p:z='2' z='3'/><w xmlns=''/><k:v/></m>",
    )
    .unwrap();
    let x = document.root.child_ns("urn:b", "x").unwrap();
    assert_eq!((x.attr("y"), x.attr("z")), (Some("1"), Some("3")));
    assert_eq!(
        (x.attr_ns("urn:b", "z"), x.attr_any_case("Z")),
        (Some("2"), Some("3"))
    );
    assert_eq!(document.root.child("w").unwrap().namespace, None);
    let unknown: Vec<_> = document
        .findings
        .iter()
        .map(|f| (f.code, f.detail.as_str()))
        .collect();
    assert_eq!(unknown, [("unknown_prefix", "q"), ("unknown_prefix", "k")]);
}

#[test]
fn m6_exactly_one_closed_root() {
    for (xml, expected) in [
        ("", Code::NoRoot),
        ("  <!-- nothing -->", Code::NoRoot),
        ("<a>", Code::Unclosed),
        ("<a><b></b>", Code::Unclosed),
        ("<a/><b/>", Code::SecondRoot),
        ("<a></a><b></b>", Code::SecondRoot),
        ("<a/>junk", Code::JunkOutsideRoot),
        ("junk<a/>", Code::JunkOutsideRoot),
        ("<a/>&amp;", Code::JunkOutsideRoot),
        ("<a/><![CDATA[ ]]>", Code::JunkOutsideRoot),
        ("<a/><!DOCTYPE a>", Code::JunkOutsideRoot),
        ("<!DOCTYPE a><!DOCTYPE a><a/>", Code::JunkOutsideRoot),
        (" <?xml version='1.0'?><a/>", Code::JunkOutsideRoot),
        ("<a></b>", Code::MismatchedEnd),
        ("</a>", Code::MismatchedEnd),
        ("<a/></a>", Code::MismatchedEnd),
        ("<a", Code::Malformed),
        ("<a b=c/>", Code::Malformed),
        ("<a b='<'/>", Code::Malformed),
        ("<1a/>", Code::Malformed),
        ("<a:/>", Code::Malformed),
        ("<a:b:c/>", Code::Malformed),
        ("<a><!-- -- --></a>", Code::Malformed),
        ("<a>&amp</a>", Code::Malformed),
    ] {
        assert_eq!(code(xml), expected, "{xml}");
    }
    assert!(parse(b"<?xml version='1.0'?>\n<!-- a --><?x y?>\n<a/>\n<!-- b -->\n").is_ok());
}

#[test]
fn m7_duplicate_attributes() {
    assert_eq!(code("<a b='1' b='2'/>"), Code::DuplicateAttribute);
    assert_eq!(
        code("<a xmlns:p='u' xmlns:q='u' p:b='1' q:b='2'/>"),
        Code::DuplicateAttribute
    );
}

#[test]
fn m13_encodings() {
    let title = "<?xml version=\"1.0\" encoding=\"utf-16\"?><t>Élève ماذا</t>";
    for (bytes, encoding) in [
        (utf16(title, false, true), "UTF-16LE"),
        (utf16(title, true, true), "UTF-16BE"),
        (utf16(title, false, false), "UTF-16LE"),
        (utf16(title, true, false), "UTF-16BE"),
        ("\u{FEFF}<t>Élève ماذا</t>".into(), "UTF-8"),
        (
            "\u{FEFF}<?xml version='1.0' encoding='UTF-8'?><t>Élève ماذا</t>".into(),
            "UTF-8",
        ),
    ] {
        let document = parse(&bytes).unwrap();
        assert_eq!(
            (document.root.text().as_str(), document.encoding),
            ("Élève ماذا", encoding)
        );
    }
    let latin = b"<?xml version='1.0' encoding='ISO-8859-1'?><t>\xC9l\xE8ve</t>";
    assert_eq!(parse(latin).unwrap().root.text(), "Élève");

    let wrong = |label: &str| format!("<?xml version='1.0' encoding='{label}'?><t/>");
    assert_eq!(code(wrong("utf-16")), Code::EncodingMismatch);
    assert_eq!(
        code(utf16(&wrong("utf-8"), false, true)),
        Code::EncodingMismatch
    );
    assert_eq!(
        code(format!("\u{FEFF}{}", wrong("iso-8859-1"))),
        Code::EncodingMismatch
    );
    assert_eq!(code(wrong("utf-7")), Code::UnsupportedEncoding);
    assert_eq!(code(wrong("ibm037")), Code::UnsupportedEncoding);
    assert_eq!(code("+ADw-t/+AD4-"), Code::JunkOutsideRoot);
    assert_eq!(code(b"\xFF\xFE\0\0<\0\0\0"), Code::UnsupportedEncoding);
    let error = parse(b"<t>\n<a/>\xC3\x28</t>").unwrap_err();
    assert_eq!(
        (error.code, error.line, error.column),
        (Code::InvalidBytes, 2, 5)
    );
    assert_eq!(code(b"\xFF\xFE<\0t\0/\0>\0\0\xD8"), Code::InvalidBytes);
}

#[test]
fn characters_and_references() {
    for xml in [
        "<t>\0</t>",
        "<t>\u{1}</t>",
        "<t a='\u{8}'/>",
        "<t>\u{FFFE}</t>",
        "<t>&#0;</t>",
    ] {
        assert_eq!(code(xml), Code::InvalidCharacter, "{xml:?}");
    }
    for xml in [
        "<t>&#x1;</t>",
        "<t a='&#x1F;'/>",
        "<t>&#xD800;</t>",
        "<t>&#99999999999;</t>",
    ] {
        assert_eq!(code(xml), Code::InvalidCharacter, "{xml:?}");
    }
    let document =
        parse(b"<t a='&lt;&#xE9;&quot;\n'> a &amp; b\r\n<![CDATA[<c>&amp;]]>&#x2019; </t>")
            .unwrap();
    assert_eq!(document.root.raw_text(), " a & b\n<c>&amp;\u{2019} ");
    assert_eq!(document.root.attr("a"), Some("<é\" "));
}

#[test]
fn places_count_lines_and_characters() {
    let error = parse("<a>\r\n  é<b>\n</a>".as_bytes()).unwrap_err();
    assert_eq!(
        (error.code, error.line, error.column),
        (Code::MismatchedEnd, 3, 1)
    );
    let document = parse("<a>\n  éé<b/></a>".as_bytes()).unwrap();
    let b = document.root.child("b").unwrap();
    assert_eq!((b.line, b.column), (2, 5));
    assert_eq!(
        error.to_string().split(':').next(),
        Some("mismatched_end at line 3, column 1")
    );
}

#[test]
fn look_ups() {
    let document = parse(b"<a><b><c>1</c><c> 2 </c></b><B d='1'/>tail</a>").unwrap();
    let root = &document.root;
    assert_eq!(root.descend(&["b", "c"]).unwrap().text(), "1");
    let all: Vec<_> = root
        .child("b")
        .unwrap()
        .children_named("c")
        .map(|c| c.text())
        .collect();
    assert_eq!(all, ["1", "2"]);
    assert_eq!(root.child_any_case("B").unwrap().name, "b");
    assert_eq!(
        root.descendants()
            .map(|e| e.name.as_str())
            .collect::<String>(),
        "abccB"
    );
    assert_eq!(
        (root.text().as_str(), root.child_text("B")),
        ("tail", Some(String::new()))
    );
    assert!(root.descend(&["b", "x"]).is_none());
}

#[test]
fn limits_are_a_value() {
    let limits = Limits {
        depth: 1,
        ..Limits::default()
    };
    assert_eq!(
        parse_with(b"<a><b/></a>", &limits).unwrap_err().code,
        Code::TooDeep
    );
}

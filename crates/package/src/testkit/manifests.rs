//! The rows M1–M16. What XML itself answers (M1–M7, M13) has its codes here; the rows about what
//! a manifest says carry none, and the crate that reads the format names its own answer.

use std::fmt::Write;

/// A manifest that must be refused, or read with care.
#[derive(Debug, Clone)]
pub struct HostileManifest {
    /// The row and what is tried: `M1 billion laughs`.
    pub id: String,
    /// The file `imsmanifest.xml`.
    pub bytes: Vec<u8>,
    /// The codes of `strictxml` of which one must be given; none when the XML is sound.
    pub expected: &'static [&'static str],
}

/// A SCORM 1.2 manifest around the given organizations and resources.
fn manifest(organizations: &str, resources: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<manifest identifier=\"M\" \
         xmlns=\"http://www.imsproject.org/xsd/imscp_rootv1p1p2\" \
         xmlns:adlcp=\"http://www.adlnet.org/xsd/adlcp_rootv1p2\"><metadata>\
         <schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>\
         {organizations}<resources>{resources}</resources></manifest>"
    )
}

fn organization(items: &str) -> String {
    format!(
        "<organizations default=\"O\"><organization identifier=\"O\"><title>T</title>{items}\
         </organization></organizations>"
    )
}

fn item(id: &str, resource: &str, more: &str) -> String {
    format!("<item identifier=\"{id}\" identifierref=\"{resource}\"><title>T</title>{more}</item>")
}

fn resource(id: &str, href: &str, more: &str) -> String {
    format!(
        "<resource identifier=\"{id}\" type=\"webcontent\" adlcp:scormtype=\"sco\" \
         href=\"{href}\">{more}</resource>"
    )
}

/// A sound manifest with one item.
fn sound(href: &str) -> String {
    manifest(&organization(&item("I", "R", "")), &resource("R", href, ""))
}

/// Every manifest of the table.
#[must_use]
pub fn hostile_manifests() -> Vec<HostileManifest> {
    let mut cases = Vec::new();
    let mut add = |id: &str, bytes: Vec<u8>, expected| {
        cases.push(HostileManifest {
            id: id.to_owned(),
            bytes,
            expected,
        });
    };
    xml(&mut add);
    encodings(&mut add);
    meaning(&mut add);
    cases
}

type Add<'a> = dyn FnMut(&str, Vec<u8>, &'static [&'static str]) + 'a;

fn xml(add: &mut Add<'_>) {
    let body = sound("a.htm");
    let body = body.split_once('\n').map_or("", |(_, rest)| rest);
    let mut entities = "<!ENTITY l0 \"ha\">".to_owned();
    for i in 1..30 {
        let _ = write!(entities, "<!ENTITY l{i} \"&l{0};&l{0};\">", i - 1);
    }
    let dtd = |subset: &str, rest: &str| format!("<!DOCTYPE m [{subset}]>{rest}").into_bytes();
    add(
        "M1 billion laughs",
        dtd(&entities, "<m>&l29;</m>"),
        &["dtd_not_allowed"],
    );
    let long = format!("<!ENTITY a \"{}\">", "a".repeat(50_000));
    let quadratic = format!("<m>{}</m>", "&a;".repeat(50_000));
    add("M1 quadratic", dtd(&long, &quadratic), &["dtd_not_allowed"]);
    add("M1 empty subset", dtd("", body), &["dtd_not_allowed"]);
    add(
        "M1 entity without DTD",
        b"<m>&l29;</m>".to_vec(),
        &["unknown_entity"],
    );
    for address in ["file:///etc/passwd", "http://127.0.0.1:9/x"] {
        let external = format!("<!ENTITY x SYSTEM \"{address}\">");
        add(
            &format!("M2 entity {address}"),
            dtd(&external, "<m>&x;</m>"),
            &["dtd_not_allowed"],
        );
        let parameter = format!("<!ENTITY % x SYSTEM \"{address}\"> %x;");
        add(
            &format!("M2 parameter {address}"),
            dtd(&parameter, body),
            &["dtd_not_allowed"],
        );
        let named = format!("<!DOCTYPE manifest SYSTEM \"{address}\">{body}");
        add(&format!("M2 DTD {address}"), named.into_bytes(), &[]);
        let include = format!(
            "<xi:include xmlns:xi=\"http://www.w3.org/2001/XInclude\" href=\"{address}\"/>"
        );
        let included = manifest(&organization(&item("I", "R", &include)), "");
        add(
            &format!("M2 XInclude {address}"),
            included.into_bytes(),
            &[],
        );
    }
    add(
        "M3 depth 1,000,000",
        "<a>".repeat(1_000_000).into_bytes(),
        &["too_deep"],
    );
    let nested = "<item identifier=\"i\">".repeat(10_000) + &"</item>".repeat(10_000);
    add(
        "M3 nested items",
        manifest(&organization(&nested), "").into_bytes(),
        &["too_deep"],
    );
    let many: String = (0..320_000).map(|i| format!(" a{i}=\"\"")).collect();
    add(
        "M4 attributes",
        format!("<m{many}/>").into_bytes(),
        &["too_many_attributes"],
    );
    let long = "v".repeat(1 << 20);
    add(
        "M4 attribute of 1 MB",
        format!("<m a=\"{long}\"/>").into_bytes(),
        &["value_too_long"],
    );
    add(
        "M4 text of 1 MB",
        format!("<m>{long}</m>").into_bytes(),
        &["value_too_long"],
    );
    let large = format!("<m>{}</m>", "<a>text</a>".repeat(1 << 20));
    add("M4 file of 11 MB", large.into_bytes(), &["xml_too_large"]);
    add(
        "M4 elements",
        format!("<m>{}</m>", "<a/>".repeat(600_000)).into_bytes(),
        &["too_many_nodes"],
    );
    let bindings: String = (0..300)
        .map(|i| format!(" xmlns:n{i}=\"urn:{i}\""))
        .collect();
    add(
        "M5 300 xmlns",
        format!("<m{bindings}/>").into_bytes(),
        &["too_many_namespaces"],
    );
    add(
        "M5 no namespace",
        sound("a.htm").replace("xmlns", "not").into_bytes(),
        &[],
    );
    add(
        "M5 prefix undeclared",
        sound("a.htm").replace("xmlns:adlcp", "old").into_bytes(),
        &[],
    );
    for (id, text, expected) in [
        ("unclosed root", "<m><a></a>", &["unclosed_element"][..]),
        ("two roots", "<m/><m/>", &["second_root"]),
        ("junk after root", "<m/>junk", &["junk_outside_root"]),
        ("junk before root", "junk<m/>", &["junk_outside_root"]),
        ("mismatched end", "<m><a></m></a>", &["mismatched_end"]),
        ("nothing", "", &["no_root"]),
        (
            "HTML",
            "<!DOCTYPE html><html><br></html>",
            &["mismatched_end"],
        ),
        ("JSON", "{}", &["junk_outside_root"]),
    ] {
        add(&format!("M6 {id}"), text.into(), expected);
    }
    add(
        "M7 attribute twice",
        b"<m a=\"1\" a=\"2\"/>".to_vec(),
        &["duplicate_attribute"],
    );
    let twins = manifest(
        &organization(&(item("I", "R", "") + &item("I", "R", ""))),
        &resource("R", "a.htm", ""),
    );
    add("M7 identifier twice", twins.into_bytes(), &[]);
}

fn encodings(add: &mut Add<'_>) {
    let declared = |label: &str| sound("\u{e9}.htm").replace("UTF-8", label);
    let wide = |text: &str, unit: fn(u16) -> [u8; 2]| -> Vec<u8> {
        std::iter::once(0xFEFF)
            .chain(text.encode_utf16())
            .flat_map(unit)
            .collect()
    };
    let utf16 = declared("UTF-16");
    add("M13 UTF-16 LE", wide(&utf16, u16::to_le_bytes), &[]);
    add("M13 UTF-16 BE", wide(&utf16, u16::to_be_bytes), &[]);
    add(
        "M13 UTF-8 with mark",
        format!("\u{FEFF}{}", declared("UTF-8")).into_bytes(),
        &[],
    );
    let latin: Vec<u8> = declared("ISO-8859-1")
        .chars()
        .map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?'))
        .collect();
    add("M13 ISO-8859-1", latin.clone(), &[]);
    let mut undeclared = latin;
    if let Some(at) = memchr::memmem::find(&undeclared, b"ISO-8859-1") {
        undeclared.splice(at..at + 10, *b"UTF-8");
    }
    add("M13 invalid bytes", undeclared, &["invalid_bytes"]);
    add(
        "M13 UTF-16 declared, UTF-8 written",
        utf16.into_bytes(),
        &["encoding_mismatch"],
    );
    let wrong = wide(&declared("UTF-8"), u16::to_le_bytes);
    add(
        "M13 UTF-8 declared, UTF-16 written",
        wrong,
        &["encoding_mismatch"],
    );
    add(
        "M13 UTF-7",
        declared("UTF-7").into_bytes(),
        &["unsupported_encoding"],
    );
    add(
        "M13 UTF-7 undeclared",
        b"+ADw-m/+AD4-".to_vec(),
        &["junk_outside_root"],
    );
    add(
        "M13 EBCDIC",
        declared("IBM037").into_bytes(),
        &["unsupported_encoding"],
    );
}

/// M8–M12, M14, M15: sound XML.
fn meaning(add: &mut Add<'_>) {
    let mut sound_xml = |id: &str, text: String| add(id, text.into_bytes(), &[]);
    let one = organization(&item("I", "R", ""));
    sound_xml(
        "M8 dangling reference",
        manifest(&organization(&item("I", "no", "")), ""),
    );
    let dependency = |to: &str| format!("<dependency identifierref=\"{to}\"/>");
    let itself = resource("R", "a.htm", &dependency("R"));
    sound_xml("M8 depends on itself", manifest(&one, &itself));
    let cycle =
        resource("R", "a.htm", &dependency("S")) + &resource("S", "b.htm", &dependency("R"));
    sound_xml("M8 dependency cycle", manifest(&one, &cycle));
    sound_xml(
        "M9 no organization",
        manifest("<organizations/>", &resource("R", "a.htm", "")),
    );
    sound_xml(
        "M9 empty item",
        manifest(&organization("<item identifier=\"I\"/>"), ""),
    );
    let other_default = one.replace("default=\"O\"", "default=\"none\"");
    sound_xml(
        "M9 default missing",
        manifest(&other_default, &resource("R", "a.htm", "")),
    );
    for href in [
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "http://evil.example/",
        "//evil.example/",
        "\\\\evil\\x",
        "?q",
        "#f",
        "%2e%2e/x",
        "../x",
        "/x",
        "a%00.htm",
    ] {
        sound_xml(&format!("M10 {href}"), sound(href));
    }
    for href in ["missing.htm", "A.HTM", "folder/", "imsmanifest.xml"] {
        sound_xml(&format!("M11 {href}"), sound(href));
    }
    let climbing = sound("x").replace("<resources>", "<resources xml:base=\"a/../../\">");
    sound_xml("M12 xml:base climbs", climbing);
    for title in [
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "\u{202E}txet",
        "\u{627}\u{644}",
    ] {
        let titled = sound("a.htm").replace("<title>T<", &format!("<title>{title}<"));
        sound_xml(&format!("M14 {title}"), titled);
    }
    for (element, value) in [
        ("masteryscore", "NaN"),
        ("masteryscore", "1e999"),
        ("masteryscore", "-1"),
        ("maxtimeallowed", "P1000000000Y"),
    ] {
        let more = format!("<adlcp:{element}>{value}</adlcp:{element}>");
        let text = manifest(
            &organization(&item("I", "R", &more)),
            &resource("R", "a.htm", ""),
        );
        sound_xml(&format!("M15 {element} {value}"), text);
    }
}

//! Course structures, requirement by requirement.

use cmi5::structure::{MoveOn, Profile, read, text};
use cmi5::{Files, tincan};

struct Package(&'static [&'static str]);

impl Files for Package {
    fn read(&self, _: &str) -> Option<Vec<u8>> {
        None
    }
    fn find(&self, path: &str) -> Option<String> {
        let same = |file: &&&str| file.eq_ignore_ascii_case(path);
        self.0.iter().find(same).map(|file| (*file).to_owned())
    }
}

const FILES: Package = Package(&["a.html", "sub/é.html"]);

fn course(body: &str) -> String {
    format!(
        "<courseStructure xmlns=\"https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd\">\
         <course id=\"http://x.example/course\"><title><langstring lang=\"fr\">Le cours</langstring>\
         <langstring lang=\"en\"> The course </langstring></title>\
         <description><langstring>d</langstring></description></course>{body}</courseStructure>"
    )
}

const TEXTS: &str = "<title><langstring lang=\"en\">t</langstring></title>\
                     <description><langstring lang=\"en\">d</langstring></description>";

fn au(id: &str, attributes: &str, url: &str) -> String {
    format!("<au id=\"http://x.example/{id}\" {attributes}>{TEXTS}<url> {url} </url></au>")
}

#[test]
fn a_structure_is_read() {
    let objectives = format!(
        "<objectives><objective id=\"http://x.example/o\">{TEXTS}</objective></objectives>"
    );
    let block = format!(
        "<block id=\"http://x.example/b\">{TEXTS}<objectives><objective idref=\"http://x.example/o\"/></objectives>{}{}</block>",
        au(
            "1",
            "moveOn=\"CompletedAndPassed\" masteryScore=\"0.85\" launchMethod=\"OwnWindow\"",
            "A.html?x=1"
        ),
        au("2", "", "sub/%C3%A9.html"),
    );
    let last = au("3", "moveOn=\"Passed\"", "https://other.example/x");
    let (course, findings) = read(
        course(&format!("{objectives}{block}{last}")).as_bytes(),
        &FILES,
    )
    .expect("a course");
    assert_eq!(course.profile, Profile::Cmi5);
    assert_eq!(text(&course.title, &["en-GB"]), "The course");
    assert_eq!(text(&course.title, &["ar"]), "Le cours");
    let shape: Vec<_> = course
        .nodes
        .iter()
        .map(|node| {
            (
                node.parent,
                node.depth,
                node.unit.as_ref().map(|u| u.url.as_str()),
            )
        })
        .collect();
    assert_eq!(
        shape,
        [
            (None, 1, None),
            (Some(0), 2, Some("a.html?x=1")),
            (Some(0), 2, Some("sub/%C3%A9.html")),
            (None, 1, Some("https://other.example/x")),
        ]
    );
    let (_, first) = course.unit(1).expect("a unit");
    assert_eq!(first.move_on, MoveOn::CompletedAndPassed);
    assert_eq!(first.mastery_score, Some(0.85));
    assert!(first.own_window);
    assert_eq!(
        course.unit(2).expect("a unit").1.move_on,
        MoveOn::NotApplicable
    );
    assert_eq!(findings[0].code, "remote_href");
}

#[test]
fn broken_structures_name_the_requirement() {
    let block = |inner: &str| format!("<block id=\"http://x.example/b\">{TEXTS}{inner}</block>");
    for (body, code, requirement) in [
        (String::new(), "cmi5_structure", "13.2.0.0-1"),
        (block(""), "cmi5_structure", "13.2.0.0-1"),
        (
            au("1", "moveOn=\"Perhaps\"", "a.html"),
            "cmi5_structure",
            "13.2.0.0-1",
        ),
        (
            au("1", "launchMethod=\"Anywhere\"", "a.html"),
            "cmi5_structure",
            "13.2.0.0-1",
        ),
        (
            au("1", "masteryScore=\"1.1\"", "a.html"),
            "cmi5_structure",
            "13.2.0.0-1",
        ),
        (
            au("1", "masteryScore=\"0.12345\"", "a.html"),
            "cmi5_structure",
            "13.2.0.0-1",
        ),
        (
            au("1", "masteryScore=\"NaN\"", "a.html"),
            "cmi5_structure",
            "13.2.0.0-1",
        ),
        (
            au("1", "masteryscore=\"0.5\"", "a.html"),
            "cmi5_structure",
            "13.2.0.0-1",
        ),
        (
            au("1", "activityType=\"lesson\"", "a.html"),
            "cmi5_iri",
            "3.0.0.0-1",
        ),
        (
            format!("<au id=\"one\">{TEXTS}<url>a.html</url></au>"),
            "cmi5_iri",
            "3.0.0.0-1",
        ),
        (
            format!("<au>{TEXTS}<url>a.html</url></au>"),
            "cmi5_structure",
            "13.2.0.0-1",
        ),
        (
            format!("<au id=\"http://x.example/1\">{TEXTS}</au>"),
            "cmi5_structure",
            "13.2.0.0-1",
        ),
        (
            "<au id=\"http://x.example/1\"><url>a.html</url></au>".to_owned(),
            "cmi5_structure",
            "13.2.0.0-1",
        ),
        (
            format!("<au id=\"http://x.example/1\"><url>a.html</url>{TEXTS}</au>"),
            "cmi5_structure",
            "13.2.0.0-1",
        ),
        (
            format!("{}{}", au("1", "", "a.html"), au("1", "", "a.html")),
            "cmi5_duplicate_id",
            "13.1.4.0-1",
        ),
        (
            format!(
                "{}{}",
                block(&au("1", "", "a.html")),
                block(&au("2", "", "a.html"))
            ),
            "cmi5_duplicate_id",
            "13.1.2.0-1",
        ),
        (
            format!(
                "<objectives><objective id=\"http://x.example/o\">{TEXTS}</objective><objective id=\"http://x.example/o\">{TEXTS}</objective></objectives>{}",
                au("1", "", "a.html")
            ),
            "cmi5_duplicate_id",
            "13.1.3.0-1",
        ),
        (
            block(&format!(
                "<objectives><objective idref=\"http://x.example/none\"/></objectives>{}",
                au("1", "", "a.html")
            )),
            "cmi5_structure",
            "13.2.0.0-1",
        ),
        (
            au("1", "", "a.html?endpoint=x"),
            "cmi5_parameter",
            "8.1.0.0-6",
        ),
        (au("1", "", "missing.html"), "cmi5_url", "14.1.0.0-4"),
        (au("1", "", "../a.html"), "cmi5_url", "13.1.4.0-2"),
        (au("1", "", "javascript:alert(1)"), "cmi5_url", "13.1.4.0-2"),
        (
            format!("{}<surprise/>", au("1", "", "a.html")),
            "cmi5_structure",
            "13.2.0.0-1",
        ),
    ] {
        let refusal = read(course(&body).as_bytes(), &FILES).expect_err(&body);
        assert_eq!(
            (refusal.code, refusal.requirement),
            (code, requirement),
            "{body}"
        );
    }
    // 14.2: without a package every address is qualified.
    let alone = course(&au("1", "", "a.html"));
    let refusal = read(alone.as_bytes(), &Package(&[])).expect_err("alone");
    assert_eq!(refusal.code, "cmi5_url");
    let namespace = course(&au("1", "", "a.html")).replace("CourseStructure.xsd", "Other.xsd");
    assert_eq!(
        read(namespace.as_bytes(), &FILES)
            .expect_err("namespace")
            .code,
        "cmi5_structure"
    );
}

/// 13.1.5: what vendors add is passed over.
#[test]
fn extensions_are_passed_over() {
    let body = format!(
        "{}<v:more xmlns:v=\"http://vendor.example/\"><v:x/></v:more>",
        au(
            "1",
            "xmlns:v=\"http://vendor.example/\" v:note=\"1\"",
            "a.html"
        )
    );
    read(course(&body).as_bytes(), &FILES).expect("a course");
}

#[test]
fn xapi_packages_are_read() {
    let xml = "<tincan xmlns=\"http://projecttincan.com/tincan.xsd\"><activities>\
        <activity id=\"http://x.example/q\" type=\"t\"><name>Question</name></activity>\
        <activity id=\"http://x.example/c\" type=\"http://adlnet.gov/expapi/activities/course\">\
        <name lang=\"fr\">Un cours</name><description lang=\"fr\">d</description>\
        <launch lang=\"fr\">a.html</launch></activity></activities></tincan>";
    let (course, _) = tincan::read(xml.as_bytes(), &FILES).expect("a package");
    assert_eq!(course.id, "http://x.example/c");
    assert_eq!(course.profile, Profile::Xapi);
    assert_eq!(course.unit(0).expect("a unit").1.url, "a.html");
    for bad in [
        "<tincan/>",
        "<manifest/>",
        "<tincan><activities><activity id=\"x\"><launch>a.html</launch></activity></activities></tincan>",
        "<tincan><activities><activity id=\"http://x.example/c\"><launch>../a.html</launch></activity></activities></tincan>",
    ] {
        tincan::read(bad.as_bytes(), &FILES).expect_err(bad);
    }
}

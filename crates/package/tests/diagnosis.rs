//! What the diagnosis finds, and what it does not mistake for trouble.

use package::diagnose::Diagnosis;
use package::{Finding, Index, Limits, Severity, build, verify};

fn diagnose(files: &[(&str, &str)], scorm: bool) -> Vec<Finding> {
    let bytes = build::zip(files.iter().copied()).unwrap();
    let limits = Limits::default();
    let index = Index::read(&bytes[..], &limits).unwrap();
    let mut diagnosis = Diagnosis::default();
    verify(&bytes[..], &index, &limits, &mut diagnosis, &mut |_, _| {}).unwrap();
    diagnosis.findings(&index, scorm)
}

fn codes(files: &[(&str, &str)]) -> Vec<String> {
    diagnose(files, true).into_iter().map(|f| f.code).collect()
}

#[test]
fn a_completion_call_is_looked_for_in_pages_and_scripts() {
    let silent = [
        ("a.html", "<script src='b.js'></script>"),
        ("b.js", "worker.terminate()"),
    ];
    let findings = diagnose(&silent, true);
    assert_eq!(
        (findings[0].code.as_str(), findings[0].severity),
        ("no_completion_call", Severity::Warning)
    );
    assert_eq!(findings[0].args["scripts"], "1");
    assert!(diagnose(&silent, false).is_empty());
    for call in [
        "API.LMSFinish('')",
        "api.Terminate(\"\")",
        "x['Terminate']('')",
        "LMSSetValue('cmi.core.lesson_status', s)",
        "SetValue(\"cmi.completion_status\", s)",
    ] {
        assert!(
            codes(&[("a.html", ""), ("b.js", call)]).is_empty(),
            "{call}"
        );
        assert!(
            codes(&[("a.html", &format!("<script>{call}</script>"))]).is_empty(),
            "{call}"
        );
    }
    assert_eq!(
        codes(&[("a.css", "cmi.completion_status")]),
        ["no_completion_call"]
    );
    let utf16: String = "lmsfinish('')".chars().flat_map(|c| [c, '\0']).collect();
    assert!(codes(&[("a.htm", &utf16)]).is_empty());
}

const CALL: (&str, &str) = ("api.js", "LMSFinish('')");

#[test]
fn flash() {
    assert_eq!(codes(&[CALL, ("film.swf", "FWS")]), ["flash"]);
    assert_eq!(
        codes(&[CALL, ("a.html", "<embed src=\"Film.SWF?x=1\">")]),
        ["flash"]
    );
    assert!(codes(&[CALL, ("a.html", "<p>.swfobject</p>")]).is_empty());
}

#[test]
fn local_files() {
    assert_eq!(
        codes(&[CALL, ("a.html", "<img src=\"file:///C:/x.png\">")]),
        ["file_links"]
    );
    assert!(codes(&[CALL, ("a.html", "<p>about file://</p>")]).is_empty());
}

#[test]
fn external_hosts() {
    let page = "<html xmlns=\"http://www.w3.org/1999/xhtml\" xmlns:o=\"urn:x\" xmlns:v=\"http://vendor.example.org/v\">
        <a href=\"https://read.example.com/more\">more</a> <!-- http://comment.example.com -->
        <script src=\"https://cdn.example.com/x.js\"></script>
        <link rel=stylesheet href='//fonts.example.com/css'><iframe src=http://video.example.com:8080/v></iframe>";
    let script = "// see http://docs.example.com\n fetch('https://api.example.com/x'); var l = '//'; a = 1 //x.y.z";
    let style = "a { background: url(https://img.example.com/a.png) }";
    let files = [CALL, ("a.html", page), ("b.js", script), ("c.css", style)];
    let findings = diagnose(&files, true);
    assert_eq!(findings.len(), 1);
    assert_eq!(findings[0].code, "external_hosts");
    assert_eq!(
        findings[0].args["hosts"],
        "api.example.com, cdn.example.com, fonts.example.com, img.example.com, video.example.com"
    );
    assert_eq!(findings[0].args["count"], "5");
}

#[test]
fn a_large_package_is_looked_at_in_part() {
    let long = " ".repeat(3 << 20) + "LMSFinish('')";
    let findings = diagnose(&[("a.js", &long)], true);
    assert_eq!(
        (findings[0].code.as_str(), findings[0].severity),
        ("no_completion_call", Severity::Info)
    );
}

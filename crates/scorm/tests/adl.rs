//! ADL's SCORM 2004 4th edition LMS cases, played against the engine.

mod support;

use support::{adl, adl_dir};

#[test]
fn adl_cases() {
    let Some(dir) = adl_dir() else { return };
    let mut passed = 0;
    let mut lines = String::new();
    let mut globals = scorm::Globals::default();
    let mut stem = String::new();
    for name in adl::names(&dir, "cases") {
        let own = name.trim_end_matches(char::is_lowercase);
        if stem != own {
            (stem, globals) = (own.to_owned(), scorm::Globals::default());
        }
        let report = adl::play(&dir, &name, 1, &mut globals);
        if report.differences.is_empty() {
            passed += 1;
        } else {
            lines += &format!(
                "{name} {}/{}:\n  {}\n",
                report.launches,
                report.expected_launches,
                report.differences.join("\n  ")
            );
        }
    }
    eprintln!("{lines}\n{passed} passed");
    assert_eq!(passed, 189);
}

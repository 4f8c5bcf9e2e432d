//! Every row of the threat table gets exactly its answer.

use package::testkit::{hostile_archives, hostile_manifests, strange_archives};
use package::{Index, Limits, Refusal, verify};

fn check(bytes: &[u8]) -> Result<Index, Refusal> {
    let limits = Limits::default();
    let index = Index::read(bytes, &limits)?;
    verify(bytes, &index, &limits, &mut (), &mut |_, _| {})?;
    Ok(index)
}

#[test]
fn hostile_archives_are_refused_by_name() {
    let cases = hostile_archives();
    let mut wrong = Vec::new();
    for case in &cases {
        let got = check(&case.bytes).map_or_else(|r| r.code.as_str(), |_| "accepted");
        if got != case.expected {
            wrong.push(format!("{}: {got}, not {}", case.id, case.expected));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    for row in [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 15] {
        let row = format!("Z{row} ");
        assert!(cases.iter().any(|c| c.id.starts_with(&row)), "{row}");
    }
}

#[test]
fn strange_archives_are_accepted() {
    let wrong: Vec<String> = strange_archives()
        .iter()
        .filter_map(|case| Some(format!("{}: {}", case.id, check(&case.bytes).err()?)))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn refusals_show_no_dangerous_character() {
    for case in hostile_archives() {
        let Err(refusal) = check(&case.bytes) else {
            continue;
        };
        let shown = refusal.to_string();
        assert!(
            shown.len() < 1000 && !shown.contains(['\0', '\n', '\u{202E}']),
            "{shown:?}"
        );
    }
}

#[test]
fn hostile_manifests_are_answered_by_the_xml_reader() {
    let mut wrong = Vec::new();
    for case in hostile_manifests() {
        let got = strictxml::parse(&case.bytes);
        let right = match &got {
            Ok(_) => case.expected.is_empty(),
            Err(error) => case.expected.contains(&error.code.as_str()),
        };
        if !right {
            wrong.push(format!(
                "{}: {:?}, not {:?}",
                case.id,
                got.err(),
                case.expected
            ));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

//! Reading manifests: the threat table's rows M7–M16 and the editions' spellings.

mod support;

use scorm::course::*;
use scorm::manifest::read;
use scorm::{Attempt, Entry, Event, Setup};
use support::{MapFiles, adl_dir};

const HEAD_12: &str = r#"<manifest identifier="m" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"
 xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2"><metadata><schema>ADL SCORM</schema>
 <schemaversion>1.2</schemaversion></metadata>"#;
const HEAD_2004: &str = r#"<manifest identifier="m" xmlns="http://www.imsglobal.org/xsd/imscp_v1p1"
 xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3" xmlns:adlseq="http://www.adlnet.org/xsd/adlseq_v1p3"
 xmlns:imsss="http://www.imsglobal.org/xsd/imsss"><metadata><schema>ADL SCORM</schema>
 <schemaversion>2004 4th Edition</schemaversion></metadata>"#;
const ONE_ORG: &str = r#"<organizations default="o"><organization identifier="o"><title>T</title>
 <item identifier="i" identifierref="r"><title>I</title></item></organization></organizations>"#;
const ONE_RES: &str = r#"<resources><resource identifier="r" type="webcontent" adlcp:scormtype="sco" href="a.html"/></resources>"#;

fn outcome(manifest: &str) -> Result<(Course, Vec<String>), String> {
    let files = MapFiles::with_manifest(manifest, &["a.html", "Sub/B.html"]);
    read(&files, "imsmanifest.xml")
        .map(|(c, f)| (c, f.into_iter().map(|f| f.code).collect()))
        .map_err(|r| r.code.to_owned())
}

fn v12(body: &str) -> Result<(Course, Vec<String>), String> {
    outcome(&format!("{HEAD_12}{body}</manifest>"))
}

fn v2004(body: &str) -> Result<(Course, Vec<String>), String> {
    outcome(&format!("{HEAD_2004}{body}</manifest>"))
}

fn with_item(item: &str) -> Result<(Course, Vec<String>), String> {
    v2004(&format!(
        r#"<organizations default="o"><organization identifier="o"><title>T</title>
        <item identifier="i" identifierref="r"><title>I</title>{item}</item></organization></organizations>{ONE_RES}"#
    ))
}

#[test]
fn a_plain_scorm_12_manifest_is_read() {
    let (course, findings) = v12(&format!("{ONE_ORG}{ONE_RES}")).unwrap();
    assert_eq!(course.edition, Edition::Scorm12);
    assert_eq!(findings, Vec::<String>::new());
    assert_eq!(course.title, "T");
    assert_eq!(course.activities[1].launch.as_deref(), Some("a.html"));
    assert_eq!(course.activities[1].kind, ResourceKind::Sco);
    assert_eq!(
        (course.activities[0].end, course.activities[1].depth),
        (2, 1)
    );
    let json = serde_json::to_string(&course).unwrap();
    assert_eq!(serde_json::from_str::<Course>(&json).unwrap(), course);
}

#[test]
fn scorm_12_item_values() {
    let (course, findings) = v12(&format!(
        r#"<organizations><organization identifier="o"><title>T</title><item identifier="i" identifierref="r"
        isvisible="false" parameters="?x=1"><title>I</title><adlcp:prerequisites type="aicc_script">a&amp;b</adlcp:prerequisites>
        <adlcp:maxtimeallowed>00:30:00</adlcp:maxtimeallowed><adlcp:timelimitaction>exit,no message</adlcp:timelimitaction>
        <adlcp:datafromlms>d</adlcp:datafromlms><adlcp:masteryscore>80</adlcp:masteryscore></item>
        </organization></organizations>{ONE_RES}"#
    ))
    .unwrap();
    let a = &course.activities[1];
    assert_eq!(findings, Vec::<String>::new());
    assert!(!a.visible);
    assert_eq!(a.launch.as_deref(), Some("a.html?x=1"));
    assert_eq!(a.prerequisites.as_deref(), Some("a&b"));
    assert_eq!(a.max_time_allowed.as_deref(), Some("00:30:00"));
    assert_eq!(a.time_limit_action.as_deref(), Some("exit,no message"));
    assert_eq!(a.data_from_lms.as_deref(), Some("d"));
    assert_eq!(a.mastery_score, Some(80.0));
}

#[test]
fn m8_references_to_nothing_and_cycles() {
    let bad_ref = ONE_ORG.replace("identifierref=\"r\"", "identifierref=\"nowhere\"");
    assert_eq!(
        v12(&format!("{bad_ref}{ONE_RES}")).unwrap_err(),
        "identifierref_dangling"
    );
    let itself = ONE_ORG.replace("identifierref=\"r\"", "identifierref=\"i\"");
    assert_eq!(
        v12(&format!("{itself}{ONE_RES}")).unwrap_err(),
        "identifierref_dangling"
    );
    let cycle = r#"<resources><resource identifier="r" href="a.html"><dependency identifierref="s"/></resource>
        <resource identifier="s"><dependency identifierref="r"/></resource></resources>"#;
    assert_eq!(
        v12(&format!("{ONE_ORG}{cycle}")).unwrap_err(),
        "dependency_cycle"
    );
    let dangling = r#"<resources><resource identifier="r" href="a.html"><dependency identifierref="s"/></resource></resources>"#;
    assert_eq!(
        v12(&format!("{ONE_ORG}{dangling}")).unwrap().1,
        ["dependency_dangling"]
    );
}

#[test]
fn m9_organizations() {
    let unknown = ONE_ORG.replace("default=\"o\"", "default=\"x\"");
    assert_eq!(
        v12(&format!("{unknown}{ONE_RES}")).unwrap().1,
        ["default_organization_unknown"]
    );
    assert_eq!(v12(ONE_RES).unwrap_err(), "nothing_launchable");
    assert_eq!(
        v12(&format!("<organizations/>{ONE_RES}")).unwrap_err(),
        "nothing_launchable"
    );
    let empty = ONE_ORG.replace("identifierref=\"r\"", "");
    assert_eq!(
        v12(&format!("{empty}{ONE_RES}")).unwrap_err(),
        "nothing_launchable"
    );
}

#[test]
fn m10_m11_hrefs() {
    for (href, expected) in [
        ("javascript:alert(1)", Err("href_scheme")),
        ("//evil/x", Err("href_scheme")),
        ("%2e%2e/x", Err("href_escapes")),
        ("../x", Err("href_escapes")),
        ("?q", Err("href_empty")),
        (
            "https://example.org/x",
            Ok(("https://example.org/x", "remote_href")),
        ),
        ("A.HTML?q=1#f", Ok(("a.html?q=1#f", "href_case"))),
        ("sub\\b.html", Ok(("Sub/B.html", "href_repaired"))),
        ("gone.html", Ok(("a.html", "href_replaced"))),
        (
            "nowhere/gone.html",
            Ok(("nowhere/gone.html", "href_missing")),
        ),
        (
            "imsmanifest.xml",
            Ok(("imsmanifest.xml", "href_is_manifest")),
        ),
        ("Sub", Ok(("Sub", "href_missing"))),
    ] {
        let resources = ONE_RES.replace("a.html", href);
        let got = v12(&format!("{ONE_ORG}{resources}"));
        match expected {
            Err(code) => assert_eq!(got.unwrap_err(), code, "{href}"),
            Ok((launch, code)) => {
                let (course, findings) = got.unwrap();
                assert_eq!(course.activities[1].launch.as_deref(), Some(launch));
                assert_eq!(findings[0], code, "{href}");
            }
        }
    }
}

#[test]
fn m12_bases_climbing_out() {
    for at in [
        "manifest identifier=\"m\"",
        "resources",
        "resource identifier=\"r\"",
    ] {
        let document = format!("{HEAD_12}{ONE_ORG}{ONE_RES}</manifest>")
            .replace(&format!("<{at}"), &format!("<{at} xml:base=\"../up/\""));
        assert_eq!(outcome(&document).unwrap_err(), "href_escapes", "{at}");
    }
}

#[test]
fn m14_titles_are_capped() {
    let long = "x".repeat(50_000);
    let organizations = ONE_ORG.replace("<title>I</title>", &format!("<title>{long}</title>"));
    let (course, _) = v12(&format!("{organizations}{ONE_RES}")).unwrap();
    assert_eq!(course.activities[1].title.len(), 1_000);
}

#[test]
fn m15_numbers_out_of_range_are_ignored_with_a_finding() {
    for score in ["NaN", "1e999", "-1", "101", "inf"] {
        let organizations = ONE_ORG.replace(
            "</item>",
            &format!("<adlcp:masteryscore>{score}</adlcp:masteryscore></item>"),
        );
        let (course, findings) = v12(&format!("{organizations}{ONE_RES}")).unwrap();
        assert_eq!(course.activities[1].mastery_score, None);
        assert_eq!(findings, ["masteryscore_ignored"], "{score}");
    }
}

#[test]
fn m15_times_out_of_form_are_ignored_with_a_finding() {
    let allowed = |time: &str| format!("<adlcp:maxtimeallowed>{time}</adlcp:maxtimeallowed>");
    let twelve = |time: &str| {
        let organizations = ONE_ORG.replace("</item>", &format!("{}</item>", allowed(time)));
        v12(&format!("{organizations}{ONE_RES}")).unwrap()
    };
    for time in ["00:30:00", "0001:00:00.5", "9999:99:99.99"] {
        let (course, findings) = twelve(time);
        assert_eq!(course.activities[1].max_time_allowed.as_deref(), Some(time));
        assert_eq!(findings, Vec::<String>::new(), "{time}");
    }
    let huge = "9".repeat(50_000);
    let huge = [format!("{huge}:00:00"), format!("P{huge}Y")];
    let wrong = [
        "P1000000000Y",
        "PT1H",
        "99999:00:00",
        "1:00:00",
        "00:00",
        "00:00:00.555",
        "-01:00:00",
        "NaN",
        "٠٠:٠٠:٠٠",
    ];
    for time in wrong.into_iter().chain(huge.iter().map(String::as_str)) {
        let (course, findings) = twelve(time);
        assert_eq!(course.activities[1].max_time_allowed, None);
        assert_eq!(findings, ["duration_limit_ignored"], "{time:.50}");
    }
    // 2004: where it belongs, and where exporters leave it.
    for (time, good) in [
        ("PT1H30M", true),
        ("P1Y2M3DT4H5M6.78S", true),
        ("P1000000000Y", false),
        ("P1.5Y", false),
        ("PT1H2H", false),
        ("PT", false),
        ("P", false),
        ("00:30:00", false),
        (huge[1].as_str(), false),
    ] {
        let limit = format!(
            r#"<imsss:sequencing><imsss:limitConditions attemptAbsoluteDurationLimit="{time}"/></imsss:sequencing>"#
        );
        for item in [limit.as_str(), &allowed(time)] {
            let (course, findings) = with_item(item).unwrap();
            let expected = good.then_some(time);
            assert_eq!(course.activities[1].max_time_allowed.as_deref(), expected);
            assert_eq!(findings.is_empty(), good, "{item:.200}: {findings:?}");
        }
    }
}

#[test]
fn the_action_at_the_time_limit_is_a_word_of_the_vocabulary() {
    // RTE 4.2.24, 1.2 RTE 3.4.2; whatever case and spaces an exporter uses.
    for (written, expected) in [
        ("exit,message", Some("exit,message")),
        ("Exit, No Message", Some("exit,no message")),
        ("continue,message", Some("continue,message")),
        (" continue,nomessage ", Some("continue,no message")),
        ("stop", None),
        ("exit", None),
    ] {
        for element in ["timeLimitAction", "timelimitaction"] {
            let item = format!("<adlcp:{element}>{written}</adlcp:{element}>");
            let (course, findings) = with_item(&item).unwrap();
            let action = course.activities[1].time_limit_action.clone();
            assert_eq!(action.as_deref(), expected, "{written}");
            assert_eq!(findings.is_empty(), expected.is_some(), "{written}");
            let mut attempt = Attempt::begin(&course, Setup::default());
            attempt.apply(
                &course,
                &Entry {
                    seq: 1,
                    at: 0,
                    event: Event::Open,
                },
            );
            let told = attempt
                .sco(1)
                .and_then(|sco| sco.value("cmi.time_limit_action"));
            // RTE 4.2.24: the default where the manifest gives none.
            assert_eq!(told, Some(expected.unwrap_or("continue,no message")));
        }
    }
}

#[test]
fn m16_too_many_rules() {
    const RULE: &str = r#"<imsss:rollupRule><imsss:rollupConditions><imsss:rollupCondition condition="satisfied"/></imsss:rollupConditions><imsss:rollupAction action="satisfied"/></imsss:rollupRule>"#;
    const SKIP: &str = r#"<imsss:preConditionRule><imsss:ruleConditions><imsss:ruleCondition condition="always"/></imsss:ruleConditions><imsss:ruleAction action="skip"/></imsss:preConditionRule>"#;
    let rolled = |n: usize| format!("<imsss:rollupRules>{}</imsss:rollupRules>", RULE.repeat(n));
    let ruled = |n: usize| {
        format!(
            "<imsss:sequencingRules>{}</imsss:sequencingRules>",
            SKIP.repeat(n)
        )
    };
    let own = |parts: &str| with_item(&format!("<imsss:sequencing>{parts}</imsss:sequencing>"));
    for many in [
        rolled(10_000),
        rolled(501),
        ruled(501),
        ruled(251) + &rolled(250),
    ] {
        assert_eq!(own(&many).unwrap_err(), "too_many_rules");
    }
    let (course, findings) = own(&(ruled(250) + &rolled(250))).unwrap();
    assert_eq!(findings, Vec::<String>::new());
    assert_eq!(course.activities[1].sequencing.rollup.len(), 250);
    // Shared by all: each activity is within its bounds, the course is not.
    let course = |items: usize, rules: usize| {
        let items: String = (0..items)
            .map(|n| format!(r#"<item identifier="i{n}" identifierref="r"><title>I</title><imsss:sequencing IDRef="s"/></item>"#))
            .collect();
        v2004(&format!(
            r#"<organizations default="o"><organization identifier="o"><title>T</title>{items}</organization></organizations>{ONE_RES}
            <imsss:sequencingCollection><imsss:sequencing ID="s">{}</imsss:sequencing></imsss:sequencingCollection>"#,
            ruled(rules)
        ))
    };
    assert!(course(2_000, 4).is_ok());
    assert_eq!(course(2_001, 4).unwrap_err(), "too_many_rules");
}

#[test]
fn m7_duplicate_identifiers() {
    let twice = ONE_ORG.replace(
        "</item>",
        r#"</item><item identifier="i" identifierref="r"><title>J</title></item>"#,
    );
    assert_eq!(
        v12(&format!("{twice}{ONE_RES}")).unwrap_err(),
        "duplicate_identifier"
    );
}

#[test]
fn editions_without_a_version() {
    let bare = r#"<manifest identifier="m">"#;
    let (course, findings) = outcome(&format!("{bare}{ONE_ORG}<resources><resource identifier=\"r\" href=\"a.html\"/></resources></manifest>")).unwrap();
    assert_eq!(course.edition, Edition::Scorm12);
    assert_eq!(findings, ["schemaversion_missing"]);
    let unversioned = HEAD_2004.replace("<schemaversion>2004 4th Edition</schemaversion>", "");
    let (course, _) = outcome(&format!("{unversioned}{ONE_ORG}{ONE_RES}</manifest>")).unwrap();
    assert_eq!(course.edition, Edition::Scorm2004Third);
    for (written, edition) in [
        ("CAM 1.3", Edition::Scorm2004Second),
        ("2004 3rd Edition", Edition::Scorm2004Third),
        ("2004 4th Edition", Edition::Scorm2004Fourth),
    ] {
        let head = HEAD_2004.replace("2004 4th Edition", written);
        let (course, _) = outcome(&format!("{head}{ONE_ORG}{ONE_RES}</manifest>")).unwrap();
        assert_eq!(course.edition, edition);
    }
}

#[test]
fn sequencing_of_an_item_overrides_the_collection_by_element() {
    let (course, findings) = v2004(&format!(
        r#"<organizations default="o"><organization identifier="o"><title>T</title>
        <item identifier="i" identifierref="r"><title>I</title>
        <imsss:sequencing IDRef="S"><imsss:controlMode choice="false"/>
         <adlseq:objectives><adlseq:objective objectiveID="p"><adlseq:mapInfo targetObjectiveID="g" writeCompletionStatus="true"/></adlseq:objective></adlseq:objectives>
        </imsss:sequencing></item></organization></organizations>{ONE_RES}
        <imsss:sequencingCollection><imsss:sequencing ID="S"><imsss:controlMode flow="true"/>
         <imsss:objectives><imsss:primaryObjective objectiveID="p" satisfiedByMeasure="true"><imsss:minNormalizedMeasure>0.6</imsss:minNormalizedMeasure>
          <imsss:mapInfo targetObjectiveID="g" readNormalizedMeasure="false" writeSatisfiedStatus="true"/></imsss:primaryObjective></imsss:objectives>
         <imsss:limitConditions attemptLimit="3"/></imsss:sequencing></imsss:sequencingCollection>"#
    ))
    .unwrap();
    assert_eq!(findings, Vec::<String>::new());
    let s = &course.activities[1].sequencing;
    assert!(!s.control.choice && !s.control.flow);
    assert_eq!(s.limits.attempts, Some(3));
    let primary = &s.objectives[s.primary()];
    assert!(primary.by_measure && primary.min_measure == 0.6);
    let map = &primary.maps[0];
    assert_eq!(course.global_objectives[map.target], "g");
    assert!(map.read.satisfied && !map.read.measure && map.read.completion);
    assert!(
        map.write.satisfied && !map.write.measure && map.write.completion && !map.write.progress
    );
}

#[test]
fn adl_manifests_are_read_without_refusal() {
    let Some(dir) = adl_dir() else { return };
    let mut read_count = 0;
    for entry in std::fs::read_dir(dir.join("manifests")).unwrap() {
        let path = entry.unwrap().path();
        let mut files = MapFiles::default();
        files
            .0
            .insert("imsmanifest.xml".into(), std::fs::read(&path).unwrap());
        let (course, findings) =
            read(&files, "imsmanifest.xml").unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        assert_eq!(course.edition, Edition::Scorm2004Fourth);
        let unexpected: Vec<_> = findings
            .iter()
            .filter(|f| !matches!(f.code.as_str(), "file_missing" | "href_missing"))
            .collect();
        assert!(unexpected.is_empty(), "{}: {unexpected:?}", path.display());
        read_count += 1;
    }
    assert_eq!(read_count, 189);
}

/// IMS SS 3.6: what goes with an activity, its own and that of the blocks around it, from the
/// collection too; what is no resource of the package is kept and reported.
#[test]
fn auxiliary_resources_are_read_and_found_by_activity() {
    let (course, findings) = v2004(
        r#"<organizations default="o"><organization identifier="o"><title>T</title>
        <item identifier="b"><title>B</title><item identifier="i" identifierref="r"><title>I</title>
          <imsss:sequencing IDRef="shared"/></item>
          <item identifier="j" identifierref="r"><title>J</title></item>
          <imsss:sequencing><imsss:auxiliaryResources>
            <imsss:auxiliaryResource auxiliaryResourceID="guide" purpose="of the block"/>
            <imsss:auxiliaryResource auxiliaryResourceID="urn:x:mentor" purpose="help"/>
            <imsss:auxiliaryResource purpose="nothing"/>
          </imsss:auxiliaryResources></imsss:sequencing></item></organization></organizations>
        <resources><resource identifier="r" adlcp:scormType="sco" href="a.html"/>
        <resource identifier="guide" adlcp:scormType="asset" href="Sub/B.html?p=1"/></resources>
        <imsss:sequencingCollection><imsss:sequencing ID="shared"><imsss:auxiliaryResources>
          <imsss:auxiliaryResource auxiliaryResourceID="guide" purpose="Glossary"/>
        </imsss:auxiliaryResources></imsss:sequencing></imsss:sequencingCollection>"#,
    )
    .unwrap();
    let of = |id: &str| {
        let found = course.auxiliary(course.find(id).unwrap());
        found
            .iter()
            .map(|a| (a.id.as_str(), a.purpose.as_str(), a.resource))
            .collect::<Vec<_>>()
    };
    let mentor = ("urn:x:mentor", "help", None);
    assert_eq!(of("i"), [("guide", "Glossary", Some(1)), mentor]);
    assert_eq!(of("j"), [("guide", "of the block", Some(1)), mentor]);
    assert_eq!(of("o"), []);
    assert_eq!(course.resources[1].href.as_deref(), Some("Sub/B.html?p=1"));
    let noted = |code: &str| findings.iter().filter(|f| *f == code).count();
    assert_eq!(
        (
            noted("auxiliary_resource_unknown"),
            noted("auxiliary_resource_ignored")
        ),
        (1, 1)
    );
}

/// Captivate's exports name `index_scorm.html`; where it was lost, `index.html` of the same folder
/// is the course. A guess is made only where one page can be meant.
#[test]
fn a_missing_page_is_replaced_where_one_can_be_meant() {
    let read_with = |href: &str, present: &[&str]| {
        let manifest = format!(
            r#"{HEAD_12}{ONE_ORG}<resources><resource identifier="r" adlcp:scormtype="sco" href="{href}"/></resources></manifest>"#
        );
        let files = MapFiles::with_manifest(&manifest, present);
        let (course, findings) = read(&files, "imsmanifest.xml").unwrap();
        let launch = course.activities[1].launch.clone().unwrap();
        let codes = findings.into_iter().map(|f| (f.code, f.subject));
        (launch, codes.collect::<Vec<_>>())
    };
    let note = |code: &str, subject: &str| vec![(code.to_owned(), subject.to_owned())];
    assert_eq!(
        read_with(
            "index_scorm.html?a=1",
            &["index.html", "other.html", "callees/x.js"]
        ),
        (
            "index.html?a=1".to_owned(),
            note("href_replaced", "index_scorm.html → index.html")
        )
    );
    assert_eq!(
        read_with(
            "c/start.htm",
            &["index.html", "c/only.html", "c/d/index.html"]
        ),
        (
            "c/only.html".to_owned(),
            note("href_replaced", "c/start.htm → c/only.html")
        )
    );
    // Nobody is given the page of another activity.
    let (course, _) = v12(
        r#"<organizations><organization identifier="o"><title>T</title><item identifier="i" identifierref="r"><title>I</title></item>
        <item identifier="j" identifierref="s"><title>J</title></item></organization></organizations>
        <resources><resource identifier="r" adlcp:scormtype="sco" href="a.html?one"/><resource identifier="s" adlcp:scormtype="sco" href="gone.html"/></resources>"#,
    )
    .unwrap();
    assert_eq!(course.activities[2].launch.as_deref(), Some("gone.html"));
    for (href, present) in [
        // Two that can be meant, none, and no page at all.
        ("start.html", &["a.html", "b.html"][..]),
        ("start.html", &["INDEX.html", "index.HTM"][..]),
        ("c/start.html", &["index.html"][..]),
        ("film.mp4", &["index.html"][..]),
    ] {
        let path = href.to_owned();
        assert_eq!(read_with(href, present), (path, note("href_missing", href)));
    }
}

//! The manifests of the threat table (M1–M16) through the API, and what of them is shown.

use package::testkit::{HostileManifest, hostile_manifests};
use rocket::http::{Method, Status};

use super::hostile::package_of;
use super::{base, nothing_left, trainer, upload};
use crate::harness::{As, World, both_engines, send};

/// A package with this manifest, and the pages that sound ones name.
fn around(manifest: &[u8]) -> Vec<u8> {
    let page = b"<html lang=fr>API.LMSFinish('')".as_slice();
    package::build::zip([
        ("imsmanifest.xml", manifest),
        ("a.htm", page),
        ("b.htm", page),
        ("\u{e9}.htm", page),
        ("folder/x.htm", page),
    ])
    .expect("a zip")
}

/// What the API answers to the rows whose XML is sound: a refusal's code, or the finding that an
/// accepted one must carry (none: nothing need be said).
fn meant(id: &str) -> Result<Option<&'static str>, &'static str> {
    match id {
        _ if id.starts_with("M2 DTD") => Ok(None),
        _ if id.starts_with("M2 XInclude") => Err("identifierref_dangling"),
        "M5 no namespace" => Ok(None),
        "M5 prefix undeclared" => Ok(Some("unknown_prefix")),
        "M7 identifier twice" => Err("duplicate_identifier"),
        "M8 dangling reference" => Err("identifierref_dangling"),
        "M8 depends on itself" | "M8 dependency cycle" => Err("dependency_cycle"),
        "M9 no organization" | "M9 empty item" => Err("nothing_launchable"),
        "M9 default missing" => Ok(Some("default_organization_unknown")),
        "M10 javascript:alert(1)" | "M10 data:text/html,x" | "M10 file:///etc/passwd" => {
            Err("href_scheme")
        }
        "M10 http://evil.example/" => Err("remote_href"),
        "M10 //evil.example/" | "M10 \\\\evil\\x" => Err("href_scheme"),
        "M10 ?q" | "M10 #f" => Err("href_empty"),
        "M10 %2e%2e/x" | "M10 ../x" => Err("href_escapes"),
        // From the package's own root: there is no such file.
        "M10 /x" => Ok(Some("href_missing")),
        "M10 a%00.htm" => Err("href_character"),
        // Several pages may be meant.
        "M11 missing.htm" => Ok(Some("href_missing")),
        "M11 A.HTM" => Ok(Some("href_case")),
        "M11 folder/" => Ok(Some("href_missing")),
        "M11 imsmanifest.xml" => Ok(Some("href_is_manifest")),
        "M12 xml:base climbs" => Err("href_escapes"),
        _ if id.starts_with("M13 ") || id.starts_with("M14 ") => Ok(None),
        "M15 maxtimeallowed P1000000000Y" => Ok(Some("duration_limit_ignored")),
        _ if id.starts_with("M15 ") => Ok(Some("masteryscore_ignored")),
        _ => panic!("a row without its answer: {id}"),
    }
}

/// A SCORM 2004 package whose only item carries this sequencing.
fn sequenced(sequencing: &str) -> HostileManifest {
    let bytes = format!(
        "<manifest identifier=\"M\" xmlns=\"http://www.imsglobal.org/xsd/imscp_v1p1\" \
         xmlns:adlcp=\"http://www.adlnet.org/xsd/adlcp_v1p3\" xmlns:imsss=\"http://www.imsglobal.org/xsd/imsss\">\
         <metadata><schema>ADL SCORM</schema><schemaversion>2004 4th Edition</schemaversion></metadata>\
         <organizations default=\"O\"><organization identifier=\"O\"><title>T</title>\
         <item identifier=\"I\" identifierref=\"R\"><title>T</title>\
         <imsss:sequencing>{sequencing}</imsss:sequencing></item></organization></organizations>\
         <resources><resource identifier=\"R\" type=\"webcontent\" adlcp:scormType=\"sco\" href=\"a.htm\"/></resources></manifest>"
    );
    HostileManifest {
        id: String::new(),
        bytes: bytes.into_bytes(),
        expected: &[],
    }
}

both_engines! {
    async fn each_gets_its_answer(world: World) {
        let token = world.token(&["packages"]).await;
        let mut wrong = Vec::new();
        for case in hostile_manifests() {
            let answer = upload(&world, &token, &around(&case.bytes)).await;
            let said = format!("{}: {} {}", case.id, answer.status, answer.text.chars().take(400).collect::<String>());
            if !case.expected.is_empty() {
                let problem = answer.json();
                let located = problem["where"]["entry"] == "imsmanifest.xml" && problem["where"]["line"].is_u64();
                if answer.status.code != 422 || !case.expected.contains(&answer.code().as_str()) || !located {
                    wrong.push(said);
                }
            } else {
                match meant(&case.id) {
                    Err(code) if answer.status.code == 422 && answer.code() == code => {}
                    Ok(finding) if matches!(answer.status.code, 200 | 201) => {
                        let diagnosis = answer.json()["package"]["diagnosis"].clone();
                        let found = |code| diagnosis.as_array().is_some_and(|all| all.iter().any(|f| f["code"] == code));
                        if finding.is_some_and(|code| !found(code)) {
                            wrong.push(said);
                        } else if case.id.starts_with("M11") {
                            // A launch of what is not there is an answer, never a failure.
                            let launch = answer.json()["package"]["activities"][1]["launch"].as_str().unwrap_or_default().to_owned();
                            let package = package_of(&answer);
                            let page = send(world.content(Method::Get, package, &format!("{}{launch}", base(&world, package)))).await;
                            if page.status.code >= 500 {
                                wrong.push(format!("{}: launch {}", case.id, page.status));
                            }
                        }
                    }
                    meant => wrong.push(format!("{said}, not {meant:?}")),
                }
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    async fn refused_ones_leave_nothing(world: World) {
        let token = world.token(&["packages"]).await;
        for case in hostile_manifests().iter().filter(|case| !case.expected.is_empty()) {
            upload(&world, &token, &around(&case.bytes)).await;
            nothing_left(&world, &case.id).await;
        }
    }

    // M14: titles are people's text.
    async fn titles_are_escaped_and_cut(world: World) {
        let token = world.token(&["packages"]).await;
        let manifest = crate::catalogue::MANIFEST
            .replace("Tenir les comptes<", "&lt;script&gt;alert(1)&lt;/script&gt; \u{202E}txet \u{627}\u{644}<")
            .replace("index.html", "a.htm");
        let answer = upload(&world, &token, &around(manifest.as_bytes())).await;
        assert_eq!(answer.status, Status::Created, "{}", answer.text);
        let slug = answer.json()["module"]["slug"].as_str().unwrap().to_owned();
        assert!(slug.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'), "{slug}");
        let cookie = trainer(&world).await;
        for path in [format!("/fr/teach/modules/{slug}"), "/fr/teach".to_owned(), format!("/fr/modules/{slug}")] {
            let page = send(world.get(&path).by(&cookie)).await;
            assert_eq!(page.status, Status::Ok, "{path}");
            assert!(!page.text.contains("<script>alert(1)") && page.text.contains("&lt;script&gt;alert(1)"), "{path}");
        }
        let long = crate::catalogue::MANIFEST
            .replace("Tenir les comptes<", &format!("{}<", "é".repeat(20_000)))
            .replace("index.html", "a.htm");
        let answer = upload(&world, &token, &around(long.as_bytes())).await;
        let answer = answer.json();
        assert!(answer["package"]["title"].as_str().unwrap().chars().count() <= 200, "{}", answer["package"]["title"]);
    }

    // M16: more rules than anybody writes; objectives that map onto themselves.
    async fn sequencing_is_bounded(world: World) {
        let token = world.token(&["packages", "modules"]).await;
        let rule = "<imsss:rollupRule><imsss:rollupConditions><imsss:rollupCondition condition=\"completed\"/></imsss:rollupConditions><imsss:rollupAction action=\"satisfied\"/></imsss:rollupRule>";
        let many = format!("<imsss:rollupRules>{}</imsss:rollupRules>", rule.repeat(10_000));
        let answer = upload(&world, &token, &around(&sequenced(&many).bytes)).await;
        assert_eq!((answer.status.code, answer.code().as_str()), (422, "too_many_rules"));
        nothing_left(&world, "too many rules").await;
        let map = "<imsss:objectives><imsss:primaryObjective objectiveID=\"P\" satisfiedByMeasure=\"true\">\
            <imsss:mapInfo targetObjectiveID=\"P\" readSatisfiedStatus=\"true\" writeSatisfiedStatus=\"true\" readNormalizedMeasure=\"true\" writeNormalizedMeasure=\"true\"/>\
            </imsss:primaryObjective></imsss:objectives>";
        let answer = upload(&world, &token, &around(&sequenced(map).bytes)).await;
        assert_eq!(answer.status, Status::Created, "{}", answer.text);
    }

    // M10: an administrator may allow what lies elsewhere.
    async fn another_site_only_where_allowed(world: World) {
        let remote = crate::catalogue::MANIFEST.replace("href=\"index.html\"", "href=\"https://example.org/course/\"");
        let token = world.token(&["packages"]).await;
        let answer = upload(&world, &token, &around(remote.as_bytes())).await;
        assert_eq!((answer.status.code, answer.code().as_str()), (422, "remote_href"));
        assert_eq!(answer.json()["where"], serde_json::json!({ "entry": "imsmanifest.xml", "line": 6 }));
        let world = World::with(world.app.db.engine(), &[("HALQA_PACKAGE_REMOTE", "true")]).await;
        let token = world.token(&["packages"]).await;
        let answer = upload(&world, &token, &around(remote.as_bytes())).await;
        assert_eq!(answer.status, Status::Created);
        assert_eq!(answer.json()["package"]["activities"][1]["launch"], "https://example.org/course/");
    }
}

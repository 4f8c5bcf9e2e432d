//! L16, L17, L24: registration, grades, members, answers in XML.

use lti::ags::{self, Activity, Grading, Standing};
use lti::registration::{Platform, Registered, Tool, configuration_url};
use lti::{Code, nrps, outcomes};
use serde_json::{Value, json};
use url::Url;

fn configuration(host: &str) -> Value {
    json!({
        "issuer": format!("https://{host}"), "authorization_endpoint": format!("https://{host}/auth"),
        "token_endpoint": format!("https://{host}/token"), "jwks_uri": format!("https://{host}/jwks"),
        "registration_endpoint": format!("https://{host}/register"),
        "scopes_supported": ["openid", ags::SCOPE_SCORE, ags::SCOPE_LINE_ITEM],
        "https://purl.imsglobal.org/spec/lti-platform-configuration": {
            "product_family_code": "moodle", "messages_supported": [{"type": "LtiResourceLinkRequest"}, {"type": "LtiDeepLinkingRequest"}],
        },
    })
}

fn parse(value: &Value, from: &str) -> Result<Platform, lti::Refused> {
    Platform::parse(
        value.to_string().as_bytes(),
        &Url::parse(from).expect("an address"),
    )
}

/// L16: nobody registers in another's name.
#[test]
fn l16_registration() {
    let from = "https://lms.example/.well-known/openid-configuration";
    parse(&configuration("lms.example"), from).expect("accepted");
    for member in [
        "issuer",
        "authorization_endpoint",
        "token_endpoint",
        "jwks_uri",
        "registration_endpoint",
    ] {
        for (value, code) in [
            (json!("https://evil.example/x"), Code::Host),
            (json!("https://lms.example.evil.example/x"), Code::Host),
            (json!("https://lms.example:8443/x"), Code::Host),
            (json!("https://lms.example@evil.example/"), Code::Target),
            (json!("javascript:alert(1)"), Code::Target),
            (json!("file:///etc/passwd"), Code::Target),
            (json!(""), Code::Target),
            (json!(7), Code::Missing),
            (Value::Null, Code::Missing),
        ] {
            let mut spoilt = configuration("lms.example");
            spoilt[member] = value.clone();
            assert_eq!(
                parse(&spoilt, from).expect_err("refused").code,
                code,
                "{member} {value}"
            );
        }
    }
    for bad in ["", "[]", "<html>", "null", "{"] {
        assert!(
            Platform::parse(bad.as_bytes(), &Url::parse(from).expect("an address")).is_err(),
            "{bad}"
        );
    }
    for bad in [
        "file:///etc/passwd",
        "gopher://x/",
        "https://u:p@lms.example/",
        "//lms.example",
        "",
        "https://",
    ] {
        assert!(configuration_url(bad).is_err(), "{bad}");
    }
    // Canvas and Blackboard serve keys from another of their own hosts.
    let mut canvas = configuration("school.instructure.com");
    canvas["jwks_uri"] = json!("https://sso.canvaslms.com/api/lti/security/jwks");
    parse(
        &canvas,
        "https://school.instructure.com/api/lti/security/openid-configuration",
    )
    .expect("accepted");
    let mut foreign = configuration("lms.example");
    foreign["jwks_uri"] = json!("https://sso.canvaslms.com/jwks");
    assert_eq!(parse(&foreign, from).expect_err("refused").code, Code::Host);
}

#[test]
fn what_we_register() {
    let platform = parse(&configuration("lms.example"), "https://lms.example/c").expect("accepted");
    let tool = Tool {
        public_url: "https://halqa.example",
        name: "Halqa",
        description: "d",
        pick: "p",
        logo: "https://halqa.example/l.svg",
    };
    let sent = tool.registration(&platform);
    assert_eq!(
        sent["initiate_login_uri"],
        json!("https://halqa.example/lti/login")
    );
    assert_eq!(sent["token_endpoint_auth_method"], json!("private_key_jwt"));
    assert_eq!(
        sent["scope"],
        json!(format!("{} {}", ags::SCOPE_LINE_ITEM, ags::SCOPE_SCORE)),
        "only what the platform knows"
    );
    let ours = &sent["https://purl.imsglobal.org/spec/lti-tool-configuration"];
    assert_eq!(ours["domain"], json!("halqa.example"));
    assert_eq!(ours["messages"].as_array().map(Vec::len), Some(2));
    let answer = json!({"client_id": "c7", "https://purl.imsglobal.org/spec/lti-tool-configuration": {"deployment_id": "1"}});
    let registered = Registered::parse(answer.to_string().as_bytes()).expect("read");
    assert_eq!(
        (
            registered.client_id.as_str(),
            registered.deployment_id.as_deref()
        ),
        ("c7", Some("1"))
    );
    assert!(Registered::parse(b"{}").is_err());
}

#[test]
fn scores() {
    for (line, scores) in [
        (
            "https://lms.example/ags/1",
            "https://lms.example/ags/1/scores",
        ),
        (
            "https://lms.example/ags/1/",
            "https://lms.example/ags/1/scores",
        ),
        (
            "https://lms.example/ags/1/lineitem?type_id=2",
            "https://lms.example/ags/1/lineitem/scores?type_id=2",
        ),
    ] {
        assert_eq!(ags::scores_url(line).expect("an address").as_str(), scores);
    }
    assert!(ags::scores_url("javascript:x").is_none());
    let standing = |started, completed, passed, scaled| Standing {
        started,
        completed,
        passed,
        scaled,
    };
    for (standing, given, activity, grading) in [
        (
            standing(false, false, None, None),
            None,
            Activity::Initialized,
            Grading::NotReady,
        ),
        (
            standing(true, false, None, Some(0.4)),
            None,
            Activity::InProgress,
            Grading::Pending,
        ),
        (
            standing(true, false, Some(true), Some(0.4)),
            Some(40.0),
            Activity::InProgress,
            Grading::FullyGraded,
        ),
        (
            standing(true, true, None, None),
            Some(100.0),
            Activity::Completed,
            Grading::FullyGraded,
        ),
        (
            standing(true, true, Some(false), None),
            Some(0.0),
            Activity::Completed,
            Grading::FullyGraded,
        ),
        (
            standing(true, true, Some(false), Some(-0.5)),
            Some(0.0),
            Activity::Completed,
            Grading::FullyGraded,
        ),
        (
            standing(true, true, Some(true), Some(f64::NAN)),
            Some(100.0),
            Activity::Completed,
            Grading::FullyGraded,
        ),
    ] {
        let score = standing.score("u", 100.0, "t".into());
        assert_eq!(
            (
                score.score_given,
                score.activity_progress,
                score.grading_progress
            ),
            (given, activity, grading),
            "{standing:?}"
        );
        assert_eq!(score.score_maximum.is_some(), given.is_some());
    }
    let item = json!({"id": "https://lms.example/ags/1", "label": "x", "scoreMaximum": 50.0});
    assert_eq!(
        ags::line_item(item.to_string().as_bytes())
            .expect("read")
            .score_maximum,
        50.0
    );
    for bad in [
        json!({"label": "x"}),
        json!({"scoreMaximum": 0}),
        json!({"scoreMaximum": -1}),
        json!({"scoreMaximum": "100"}),
        json!([]),
    ] {
        assert_eq!(ags::line_item(bad.to_string().as_bytes()), None, "{bad}");
    }
}

#[test]
fn members_page_by_page() {
    let page = Url::parse("https://lms.example/members?page=1").expect("an address");
    for (header, next) in [
        (
            "<https://lms.example/members?page=2>; rel=\"next\"",
            Some("https://lms.example/members?page=2"),
        ),
        (
            "<https://lms.example/a>; rel=\"differences\", <?page=2>; rel=next",
            Some("https://lms.example/members?page=2"),
        ),
        (
            "<https://lms.example/a,b>; rel=\"prev next\"",
            Some("https://lms.example/a,b"),
        ),
        ("<https://lms.example/a>; rel=\"nextish\"", None),
        ("<javascript:x>; rel=next", None),
        ("<https://lms.example/a", None),
        ("", None),
        ("<https://u:p@lms.example/>; rel=next", None),
    ] {
        assert_eq!(
            nrps::next_page(header, &page).map(String::from).as_deref(),
            next,
            "{header}"
        );
    }
    let body = json!({"id": "x", "members": [
        {"user_id": "1", "name": "A", "roles": ["Learner"], "status": "Active"}, {"user_id": 2, "given_name": "B", "family_name": "C", "roles": ["Instructor"]},
        {"user_id": "3", "status": "Inactive"}, {"name": "nobody"}, 7,
    ]});
    let members = nrps::members(body.to_string().as_bytes()).expect("read");
    assert_eq!(members.len(), 3);
    assert_eq!(members[1].name.as_deref(), Some("B C"));
    assert!(members[1].roles.teaches() && !members[2].active);
    for bad in ["", "[]", "{}", "{\"members\": {}}", "<html>"] {
        assert!(nrps::members(bad.as_bytes()).is_err(), "{bad}");
    }
}

/// L24: answers in XML.
#[test]
fn l24_outcomes() {
    let answer = |status: &str| {
        format!(
            "<?xml version=\"1.0\"?><imsx_POXEnvelopeResponse xmlns=\"http://www.imsglobal.org/services/ltiv1p1/xsd/imsoms_v1p0\"><imsx_POXHeader><imsx_POXResponseHeaderInfo><imsx_version>V1.0</imsx_version><imsx_statusInfo><imsx_codeMajor>{status}</imsx_codeMajor><imsx_description>d</imsx_description></imsx_statusInfo></imsx_POXResponseHeaderInfo></imsx_POXHeader><imsx_POXBody><replaceResultResponse/></imsx_POXBody></imsx_POXEnvelopeResponse>"
        )
    };
    assert!(
        outcomes::answer(answer("success").as_bytes())
            .expect("read")
            .success
    );
    assert!(
        !outcomes::answer(answer("failure").as_bytes())
            .expect("read")
            .success
    );
    for bad in [
        "",
        "<html><body>ok</body></html>",
        "success",
        "<a>",
        "<a/><b/>",
        "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>",
        "<!DOCTYPE lolz [<!ENTITY lol \"lol\"><!ENTITY lol2 \"&lol;&lol;\">]><lolz>&lol2;</lolz>",
    ] {
        assert!(outcomes::answer(bad.as_bytes()).is_err(), "{bad}");
    }
    assert_eq!(
        outcomes::answer(&vec![b'a'; 100_000])
            .expect_err("refused")
            .code,
        Code::TooLarge
    );
    let request = outcomes::replace_result("m<1>", "a&b\"<x>", 0.87654);
    assert!(
        request.contains("<sourcedId>a&amp;b&quot;&lt;x&gt;</sourcedId>")
            && request.contains("<textString>0.8765</textString>"),
        "{request}"
    );
    for (score, text) in [
        (0.0, "0"),
        (1.0, "1"),
        (0.5, "0.5"),
        (7.0, "1"),
        (-1.0, "0"),
    ] {
        assert!(
            outcomes::replace_result("m", "s", score)
                .contains(&format!("<textString>{text}</textString>")),
            "{score}"
        );
    }
}

//! L8, L9, L11, L13–L15, L19: launches, logins and deep linking.

use lti::login::{Authentication, Initiation};
use lti::{Code, Message, deep_linking as dl, target};
use serde_json::{Value, json};
use url::Url;

use crate::kit::*;

fn code(claims: &Value) -> Code {
    read(claims).expect_err("refused").code
}

#[test]
fn an_honest_launch_is_read() {
    let launch = read(&claims()).expect("accepted");
    assert_eq!(launch.subject.as_deref(), Some("user-7"));
    assert_eq!(launch.target, "/modules/budget");
    assert_eq!(launch.deployment, "d1");
    assert_eq!(
        launch.message,
        Message::ResourceLink {
            id: "link-1".into(),
            title: Some("Budget".into())
        }
    );
    assert!(launch.roles.learner && !launch.roles.teaches());
    assert_eq!(launch.custom("module"), Some("budget"));
    assert_eq!(
        launch.custom("left"),
        None,
        "a variable that was not substituted says nothing"
    );
    assert_eq!(launch.presentation.locale.as_deref(), Some("ar-TN"));
    assert!(launch.ags.expect("grades").may(lti::ags::SCOPE_SCORE));
    assert!(launch.nrps.is_some());
    let request = read(&deep_linking()).expect("accepted");
    let Message::DeepLinking(settings) = request.message else {
        panic!("another message")
    };
    assert!(settings.takes_links() && settings.takes_target("iframe") && settings.accept_multiple);
    assert_eq!(settings.data.as_deref(), Some("opaque <data>"));
}

/// L8: times.
#[test]
fn l8_times() {
    for exp in [
        json!(NOW - 60),
        json!(NOW - 3600),
        json!(0),
        json!(-1),
        Value::Null,
        json!("never"),
        json!(format!("{}", NOW + 300)),
        json!(1e300),
        json!([NOW + 300]),
        json!({}),
        json!(true),
    ] {
        assert_eq!(
            code(&with(claims(), "exp", exp.clone())),
            Code::Expired,
            "{exp}"
        );
    }
    for iat in [
        json!(NOW + 61),
        json!(NOW + 3600),
        json!(NOW - 7200),
        json!(0),
        Value::Null,
        json!("now"),
        json!(1e300),
        json!(-5),
        json!([]),
    ] {
        assert_eq!(
            code(&with(claims(), "iat", iat.clone())),
            Code::IssuedAt,
            "{iat}"
        );
    }
    for nbf in [json!(NOW + 61), json!(NOW + 3600), json!("x"), json!(1e300)] {
        assert_eq!(
            code(&with(claims(), "nbf", nbf.clone())),
            Code::NotBefore,
            "{nbf}"
        );
    }
    for (name, value) in [
        ("exp", json!(NOW - 59)),
        ("exp", json!(NOW as f64 + 0.5)),
        ("iat", json!(NOW + 60)),
        ("iat", json!(NOW - 3600)),
        ("nbf", json!(NOW + 60)),
    ] {
        read(&with(claims(), name, value.clone()))
            .unwrap_or_else(|error| panic!("{name} {value}: {error}"));
    }
}

/// L2: nonces.
#[test]
fn l2_nonces() {
    for nonce in [
        Value::Null,
        json!(""),
        json!("other"),
        json!("N-0S6_WzA2Mj"),
        json!([NONCE]),
        json!(7),
        json!(format!("{NONCE} ")),
    ] {
        assert_eq!(
            code(&with(claims(), "nonce", nonce.clone())),
            Code::Nonce,
            "{nonce}"
        );
    }
}

/// L9: an anonymous launch has no subject; a strange one is refused.
#[test]
fn l9_subjects() {
    for nobody in [Value::Null, json!("")] {
        assert_eq!(
            read(&with(claims(), "sub", nobody))
                .expect("accepted")
                .subject,
            None
        );
    }
    for strange in [
        json!([1]),
        json!({}),
        json!(true),
        json!("x".repeat(256)),
        json!("a\u{0}b"),
        json!("a\nb"),
    ] {
        assert_eq!(
            code(&with(claims(), "sub", strange.clone())),
            Code::Malformed,
            "{strange}"
        );
    }
    assert_eq!(
        read(&with(claims(), "sub", json!(7)))
            .expect("accepted")
            .subject
            .as_deref(),
        Some("7")
    );
}

/// L10, L11: deployments, messages, versions, links, roles.
#[test]
fn l11_messages() {
    let set = |name: &str, value: Value| with(claims(), &core(name), value);
    for value in [
        Value::Null,
        json!(""),
        json!([]),
        json!("x".repeat(256)),
        json!("a\u{0}"),
    ] {
        assert_eq!(
            code(&set("deployment_id", value.clone())),
            Code::Deployment,
            "{value}"
        );
    }
    for value in [
        Value::Null,
        json!(""),
        json!("LtiStartAssessment"),
        json!("ltiresourcelinkrequest"),
        json!(7),
        json!(["LtiResourceLinkRequest"]),
    ] {
        assert_eq!(
            code(&set("message_type", value.clone())),
            Code::MessageType,
            "{value}"
        );
    }
    for value in [
        Value::Null,
        json!("1.3"),
        json!("1.1.0"),
        json!("LTI-1p0"),
        json!(1.3),
        json!("1.3.0 "),
    ] {
        assert_eq!(
            code(&set("version", value.clone())),
            Code::Version,
            "{value}"
        );
    }
    for value in [
        Value::Null,
        json!({}),
        json!("link-1"),
        json!([]),
        json!({"id": ""}),
        json!({"id": null}),
    ] {
        assert_eq!(
            code(&set("resource_link", value.clone())),
            Code::Missing,
            "{value}"
        );
    }
    for value in [
        json!({"id": {}}),
        json!({"id": "x".repeat(300)}),
        json!({"id": "a\u{7}"}),
    ] {
        assert_eq!(
            code(&set("resource_link", value.clone())),
            Code::Malformed,
            "{value}"
        );
    }
}

/// L11: a role that is not known grants nothing.
#[test]
fn l11_roles() {
    let of = |roles: Value| {
        read(&with(claims(), &core("roles"), roles))
            .expect("accepted")
            .roles
    };
    let member = "http://purl.imsglobal.org/vocab/lis/v2/membership";
    for teacher in [
        format!("{member}#Instructor"),
        format!("{member}#ContentDeveloper"),
        format!("{member}/Instructor#TeachingAssistant"),
        "Instructor".to_owned(),
        "http://purl.imsglobal.org/vocab/lis/v2/institution/person#Administrator".to_owned(),
        "http://purl.imsglobal.org/vocab/lis/v2/system/person#SysAdmin".to_owned(),
    ] {
        assert!(of(json!([teacher])).teaches(), "{teacher}");
    }
    for nobody in [
        format!("{member}#instructor"),
        format!("{member}#Instructor "),
        format!("{member}evil#Instructor"),
        format!("{member}/Learner#Instructor"),
        "https://evil.example/membership#Instructor".to_owned(),
        "http://purl.imsglobal.org/vocab/lis/v2/institution/person#Instructor".to_owned(),
        "http://purl.imsglobal.org/vocab/lis/v2/institution/person#Faculty".to_owned(),
        "Instructor#".to_owned(),
        String::new(),
    ] {
        assert!(!of(json!([nobody])).teaches(), "{nobody}");
    }
    for odd in [
        json!(null),
        json!("Instructor"),
        json!({"a": "Instructor"}),
        json!([1, {}, ["Instructor"]]),
    ] {
        assert!(!of(odd.clone()).teaches(), "{odd}");
    }
    let many: Vec<String> = (0..10_000)
        .map(|n| format!("https://evil.example/{n}#Instructor"))
        .collect();
    assert!(!of(json!(many)).teaches());
    // A platform's "student view" of a teacher is a learner.
    assert!(
        !of(json!([
            format!("{member}#Instructor"),
            "http://purl.imsglobal.org/vocab/lti/system/person#TestUser"
        ]))
        .teaches()
    );
}

/// L13: where a launch leads.
#[test]
fn l13_targets() {
    for evil in [
        "https://evil.example/modules/a",
        "//evil.example/modules/a",
        "https://halqa.example@evil.example/",
        "https://halqa.example:444/",
        "http://halqa.example/",
        "javascript:alert(1)",
        "data:text/html,x",
        "https://halqa.example.evil.example/",
        "https://user:pass@halqa.example/",
        "https://@halqa.example.evil/",
        "\\\\evil.example\\x",
        "https:\\\\halqa.example\\x",
        "https://halqa.example\\@evil.example/",
        "/modules/a",
        "",
        "https://halqa.example/../x",
        "https://halqa.example/a\r\nSet-Cookie: x",
        "https://halqa.example/\u{0}",
        "ftp://halqa.example/",
        "https://halqa%2eexample/x/..",
        "https://hаlqa.example/",
    ] {
        assert!(target::within(PUBLIC, evil).is_err(), "{evil}");
        assert!(
            matches!(
                code(&with(claims(), &core("target_link_uri"), json!(evil))),
                Code::Target | Code::Missing
            ),
            "{evil}"
        );
    }
    assert!(
        target::within(
            PUBLIC,
            &format!("https://halqa.example/{}", "a".repeat(3000))
        )
        .is_err()
    );
    for (good, path) in [
        ("https://halqa.example", "/"),
        ("https://HALQA.example/modules/a", "/modules/a"),
        (
            "https://halqa.example:443/lti/launch?module=a",
            "/lti/launch?module=a",
        ),
        (
            "https://halqa.example/fr/modules/%D9%85",
            "/fr/modules/%D9%85",
        ),
    ] {
        assert_eq!(target::within(PUBLIC, good).expect("ours"), path);
    }
}

fn initiation(change: &[(&str, &str)]) -> Result<Initiation, lti::Refused> {
    let honest = [
        ("iss", ISSUER),
        ("login_hint", "h"),
        ("target_link_uri", "https://halqa.example/lti/launch"),
        ("client_id", CLIENT),
        ("lti_message_hint", "m"),
        ("lti_deployment_id", "d1"),
        ("lti_storage_target", "_parent"),
    ];
    let mut all: Vec<(&str, &str)> = honest
        .into_iter()
        .filter(|(name, _)| !change.iter().any(|(other, _)| other == name))
        .collect();
    all.extend(change);
    Initiation::read(all)
}

/// L14, L15: logins.
#[test]
fn l14_l15_logins() {
    let login = initiation(&[]).expect("accepted");
    assert_eq!(login.storage_target.as_deref(), Some("_parent"));
    for missing in ["iss", "login_hint", "target_link_uri"] {
        assert_eq!(
            initiation(&[(missing, "")]).expect_err("refused").code,
            Code::Missing
        );
    }
    let huge = "x".repeat(100 << 10);
    for name in [
        "iss",
        "login_hint",
        "lti_message_hint",
        "client_id",
        "lti_deployment_id",
        "target_link_uri",
    ] {
        assert_eq!(
            initiation(&[(name, &huge)]).expect_err("refused").code,
            Code::TooLarge,
            "{name}"
        );
        for evil in ["a\r\nSet-Cookie: x", "a\u{0}", "\u{7f}"] {
            assert_eq!(
                initiation(&[(name, evil)]).expect_err("refused").code,
                Code::Malformed,
                "{name}"
            );
        }
        assert_eq!(
            initiation(&[(name, "a"), (name, "b")])
                .expect_err("refused")
                .code,
            Code::Duplicate,
            "{name}"
        );
    }
    for evil in ["</script><script>", "a b", "';alert(1)//", "*"] {
        assert_eq!(
            initiation(&[("lti_storage_target", evil)])
                .expect("the rest is honest")
                .storage_target,
            None
        );
    }
    // What goes back to the platform is encoded, whatever it holds.
    let evil = "</script><script>alert(1)</script>&state=mine#";
    let endpoint = Url::parse("https://lms.example/auth?tenant=7#frag").expect("an address");
    let url = Authentication {
        client_id: CLIENT,
        redirect_uri: "https://halqa.example/lti/launch",
        state: "s",
        nonce: "n",
        login_hint: evil,
        message_hint: Some(evil),
    }
    .url(&endpoint);
    assert!(
        !url.contains('<')
            && !url.contains('#')
            && url.starts_with("https://lms.example/auth?tenant=7&"),
        "{url}"
    );
    let url = Url::parse(&url).expect("an address");
    let states: Vec<_> = url
        .query_pairs()
        .filter(|(name, _)| name == "state")
        .collect();
    assert_eq!(states.len(), 1);
    assert!(
        url.query_pairs()
            .any(|(name, value)| name == "login_hint" && value == evil)
    );
}

/// L19: deep linking answers go where the request said, with what it gave.
#[test]
fn l19_deep_linking() {
    let settings = |value: Value| {
        with(
            deep_linking(),
            "https://purl.imsglobal.org/spec/lti-dl/claim/deep_linking_settings",
            value,
        )
    };
    for value in [
        Value::Null,
        json!({}),
        json!([]),
        json!({"deep_link_return_url": 7}),
    ] {
        assert_eq!(code(&settings(value.clone())), Code::Missing, "{value}");
    }
    for url in [
        "javascript:alert(1)",
        "data:text/html,x",
        "/relative",
        "ftp://lms.example",
        "https://user:pw@lms.example/",
        "",
        "https://lms.example/\u{0}",
    ] {
        assert_eq!(
            code(&settings(
                json!({"deep_link_return_url": url, "accept_types": ["ltiResourceLink"]})
            )),
            Code::Target,
            "{url}"
        );
    }
    let item = dl::Item {
        url: "https://halqa.example/modules/a".into(),
        title: "أ".into(),
        text: None,
        custom: vec![("module".into(), "a".into())],
        line_item: Some(dl::LineItem {
            label: "أ".into(),
            score_maximum: 100.0,
            resource_id: "m1".into(),
        }),
        window: false,
    };
    let answer = dl::Response {
        client_id: CLIENT,
        platform: ISSUER,
        deployment: "d1",
        data: Some("opaque"),
        items: &[item],
        nonce: "n",
        now: NOW,
    };
    let claims = answer.claims();
    assert_eq!(
        (&claims["iss"], &claims["aud"]),
        (&json!(CLIENT), &json!(ISSUER))
    );
    assert_eq!(
        claims["https://purl.imsglobal.org/spec/lti-dl/claim/data"],
        json!("opaque")
    );
    let items = &claims["https://purl.imsglobal.org/spec/lti-dl/claim/content_items"];
    assert_eq!(items[0]["type"], json!("ltiResourceLink"));
    assert_eq!(items[0]["lineItem"]["scoreMaximum"], json!(100.0));
}

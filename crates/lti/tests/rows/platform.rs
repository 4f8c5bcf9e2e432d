//! The platform's side: what we sign is what tools read; what they send is held to the standard.

use lti::platform::content::{self, Expected as For};
use lti::platform::message::{IdToken, Message, Services};
use lti::platform::registration::{Tool, configuration};
use lti::platform::service;
use lti::{Code, Expected, launch};
use serde_json::{Map, Value, json};
use url::Url;

use crate::kit::*;

const TOOL: &str = "https://tool.example";

fn message<'a>(message: Message<'a>, target: &'a str) -> Value {
    IdToken {
        issuer: PUBLIC,
        client_id: CLIENT,
        deployment: "1",
        subject: "s",
        nonce: NONCE,
        target,
        instructor: true,
        name: None,
        email: None,
        locale: "ar",
        back: "https://halqa.example/ar/modules/m",
        context: ("m", "Budget"),
        custom: &[],
        message,
        now: NOW,
    }
    .claims()
}

fn read(claims: &Value) -> Result<lti::Launch, lti::Refused> {
    let claims: Map<String, Value> = claims.as_object().cloned().expect("claims");
    let expected = Expected {
        client_id: CLIENT,
        nonce: NONCE,
        public_url: TOOL,
        now: NOW,
    };
    launch::read(&claims, &expected)
}

#[test]
fn our_messages_are_what_tools_read() {
    let services = Services {
        line_items: "https://halqa.example/items",
        line_item: "https://halqa.example/items/own",
        scopes: &service::SCOPES,
        members: "https://halqa.example/members",
    };
    let link = Message::ResourceLink {
        id: "m",
        title: "Budget",
        services,
    };
    let launch = read(&message(link, "https://tool.example/quiz?a=1")).expect("a launch");
    assert_eq!(launch.target, "/quiz?a=1");
    assert!(launch.roles.teaches());
    assert_eq!(launch.presentation.locale.as_deref(), Some("ar"));
    assert_eq!(launch.family.as_deref(), Some("halqa"));
    let asked = Message::DeepLinking {
        return_url: "https://halqa.example/back",
        data: "d",
    };
    let launch = read(&message(asked, "https://tool.example/pick")).expect("a launch");
    let lti::Message::DeepLinking(settings) = launch.message else {
        panic!("deep linking");
    };
    assert!(settings.takes_links() && settings.accept_multiple && settings.accept_line_item);
    assert_eq!(settings.data.as_deref(), Some("d"));
}

#[test]
fn our_configuration_is_a_platforms() {
    let from = Url::parse("https://halqa.example/lti/platform/openid-configuration").expect("url");
    let body = configuration(PUBLIC).to_string();
    let platform = lti::registration::Platform::parse(body.as_bytes(), &from).expect("read");
    assert_eq!(platform.family, "halqa");
    let document = lti::registration::Tool {
        public_url: TOOL,
        name: "Outil",
        description: "d",
        pick: "p",
        logo: "https://tool.example/l.svg",
    }
    .registration(&platform);
    let tool = Tool::parse(document.to_string().as_bytes()).expect("a tool");
    assert_eq!(tool.login_url, "https://tool.example/lti/login");
    assert_eq!(
        tool.picker.as_deref(),
        Some("https://tool.example/lti/deep-linking")
    );
    assert!(tool.scopes.contains(&lti::ags::SCOPE_SCORE.to_owned()));
    assert_eq!(tool.answer("c", "1")["client_id"], json!("c"));
    for (name, value) in [
        ("redirect_uris", json!([])),
        ("redirect_uris", json!(["javascript:x"])),
        ("initiate_login_uri", json!("ftp://x")),
        ("jwks_uri", json!(null)),
        ("client_name", json!("")),
    ] {
        let mut wrong = document.clone();
        wrong[name] = value;
        assert!(Tool::parse(wrong.to_string().as_bytes()).is_err(), "{name}");
    }
}

#[test]
fn our_tools_answer_is_read_by_our_platform() {
    let item = lti::deep_linking::Item {
        url: "https://tool.example/m/1".into(),
        title: "Un".into(),
        text: None,
        custom: vec![("module".into(), "1".into())],
        line_item: Some(lti::deep_linking::LineItem {
            label: "Un".into(),
            score_maximum: 20.0,
            resource_id: "1".into(),
        }),
        window: true,
    };
    let claims = lti::deep_linking::Response {
        client_id: CLIENT,
        platform: PUBLIC,
        deployment: "1",
        data: Some("d"),
        items: &[item],
        nonce: "n1",
        now: NOW,
    }
    .claims();
    let claims = claims.as_object().cloned().expect("claims");
    let expected = For {
        issuer: PUBLIC,
        deployment: "1",
        now: NOW,
    };
    let response = content::read(&claims, &expected).expect("an answer");
    assert_eq!((response.data.as_str(), response.others), ("d", 0));
    assert_eq!(response.links[0].maximum, Some(20.0));
    let other = For {
        deployment: "2",
        ..expected
    };
    assert_eq!(
        content::read(&claims, &other).map_err(|r| r.code),
        Err(Code::Deployment)
    );
}

#[test]
fn scores_are_held_to_the_standard() {
    let honest = json!({
        "userId": "u", "scoreGiven": 1.5, "scoreMaximum": 3, "activityProgress": "Completed",
        "gradingProgress": "PendingManual", "timestamp": "2026-03-02T09:00:00Z",
    });
    let read = |value: &Value| service::score(value.to_string().as_bytes()).map_err(|r| r.code);
    assert!(read(&honest).is_ok());
    for (name, value) in [
        ("userId", json!("")),
        ("scoreGiven", json!(-0.1)),
        ("scoreMaximum", json!(0)),
        ("scoreMaximum", json!(null)),
        ("activityProgress", json!("completed")),
        ("gradingProgress", json!(null)),
        ("timestamp", json!("x".repeat(65))),
    ] {
        let mut wrong = honest.clone();
        wrong[name] = value.clone();
        assert!(read(&wrong).is_err(), "{name} = {value}");
    }
}

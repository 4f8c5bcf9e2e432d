//! Whatever comes: an answer, never a crash; what is encoded reads back.

use lti::oauth1::{Request, base_string, encode};
use lti::{jwt, login::Initiation, lti11, nrps, outcomes, target};
use proptest::prelude::*;
use serde_json::{Value, json};
use url::Url;

use crate::kit::*;

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,40}".prop_map(Value::from),
        Just(json!("1.3.0")),
        Just(json!(CLIENT)),
        Just(json!("https://halqa.example/x")),
    ];
    leaf.prop_recursive(4, 32, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::hash_map("[a-z_]{1,12}", inner, 0..6)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_token_is_answered(token in ".{0,300}") {
        prop_assert!(jwt::verify(&token, &keys(), jwt::Algorithm::Rs256, ISSUER, CLIENT).is_err());
    }

    #[test]
    fn any_claim_may_be_anything(index in 0usize..16, value in any_json()) {
        for mut claims in [claims(), deep_linking()] {
            let names: Vec<String> = claims.as_object().expect("an object").keys().cloned().collect();
            claims[&names[index % names.len()]] = value.clone();
            if let Ok(launch) = read(&claims) {
                prop_assert!(launch.target.starts_with('/'));
                prop_assert!(!launch.deployment.is_empty());
                prop_assert!(launch.name.is_none_or(|name| !name.chars().any(char::is_control)));
            }
        }
    }

    #[test]
    fn targets_never_leave(address in "(https?:)?[/\\\\]{0,3}[a-z@:.\\\\/?#%-]{0,20}(halqa.example)?[a-z@:.\\\\/?#%-]{0,20}") {
        if let Ok(path) = target::within(PUBLIC, &address) {
            let joined = Url::parse(PUBLIC).expect("ours").join(&path).expect("a path");
            prop_assert_eq!(joined.host_str(), Some("halqa.example"));
            prop_assert!(!path.starts_with("//"), "{}", path);
        }
    }

    #[test]
    fn any_login_is_answered(parameters in prop::collection::vec(("(iss|login_hint|target_link_uri|client_id|x)", ".{0,60}"), 0..8)) {
        let _ = Initiation::read(parameters.iter().map(|(a, b)| (a.as_str(), b.as_str())));
    }

    #[test]
    fn encoding_reads_back(text in ".{0,60}") {
        let encoded = encode(&text);
        prop_assert!(encoded.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~%".contains(&b)));
        let pair = format!("a={encoded}");
        let back: String = url::form_urlencoded::parse(pair.as_bytes()).map(|(_, value)| value.into_owned()).collect();
        prop_assert_eq!(back, text);
    }

    /// The order in which parameters come changes nothing; any other change does.
    #[test]
    fn base_strings_are_canonical(mut parameters in prop::collection::vec(("[a-c ]{1,3}", ".{0,8}"), 1..8), value in ".{1,5}") {
        let url = Url::parse("https://halqa.example/x?q=1").expect("an address");
        let base = base_string("POST", &url, &parameters);
        parameters.reverse();
        prop_assert_eq!(&base, &base_string("POST", &url, &parameters));
        parameters[0].1.push_str(&value);
        prop_assert_ne!(base, base_string("POST", &url, &parameters));
    }

    #[test]
    fn any_launch_of_1_1_is_answered(parameters in prop::collection::vec(("(oauth_[a-z]{1,5}|lti_version|roles|custom_a|user_id)", ".{0,30}"), 0..12)) {
        let url = Url::parse("https://halqa.example/lti/1.1/launch").expect("an address");
        let read = Request { verb: "POST", url: &url, parameters: &parameters }.protocol();
        prop_assert!(read.is_err());
        let _ = lti11::read(&parameters, "/lti/1.1/launch");
    }

    #[test]
    fn any_answer_is_answered(body in prop::collection::vec(any::<u8>(), 0..200), header in ".{0,80}") {
        let page = Url::parse("https://lms.example/m").expect("an address");
        let _ = nrps::next_page(&header, &page);
        let _ = nrps::members(&body);
        let _ = outcomes::answer(&body);
        let _ = lti::ags::line_items(&body);
        let _ = jwt::KeySet::parse(&body);
    }
}

//! L21–L23: OAuth 1.0a.

use lti::oauth1::{self, BodyRequest, Method, Parameter, Request, base_string, sign};
use lti::{Code, lti11};
use url::Url;

use crate::kit::NOW;

const URL: &str = "https://halqa.example/lti/1.1/launch?module=a%20b";
const SECRET: &str = "s3cr&t é";

fn launch() -> Vec<Parameter> {
    [
        ("lti_message_type", "basic-lti-launch-request"),
        ("lti_version", "LTI-1p0"),
        ("resource_link_id", "l1"),
        ("user_id", "u1"),
        ("lis_person_name_full", "أمل بن صالح"),
        ("roles", "urn:lti:role:ims/lis/Learner,Instructor"),
        ("custom_module", "a b+c"),
        ("ext_empty", ""),
        ("oauth_consumer_key", "key"),
        ("oauth_nonce", "n1"),
        ("oauth_timestamp", "1772442000"),
        ("oauth_version", "1.0"),
        ("oauth_callback", "about:blank"),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()))
    .to_vec()
}

fn signed(method: Method, url: &str, mut parameters: Vec<Parameter>) -> Vec<Parameter> {
    parameters.push(("oauth_signature_method".into(), method.name().into()));
    let base = base_string("POST", &Url::parse(url).expect("an address"), &parameters);
    parameters.push(("oauth_signature".into(), sign(method, SECRET, &base)));
    parameters
}

fn verify(url: &str, parameters: &[Parameter], now: i64, lenient: bool) -> Result<(), Code> {
    let url = Url::parse(url).expect("an address");
    let request = Request {
        verb: "POST",
        url: &url,
        parameters,
    };
    let protocol = request.protocol().map_err(|refused| refused.code)?;
    request
        .verify(&protocol, SECRET, now, lenient)
        .map_err(|refused| refused.code)
}

/// The example of RFC 5849 §3.4.1.1.
#[test]
fn the_base_string_of_the_standard() {
    let url = Url::parse("http://EXAMPLE.com:80/request?b5=%3D%253D&a3=a&c%40=&a2=r%20b")
        .expect("an address");
    let parameters: Vec<Parameter> = [
        ("oauth_consumer_key", "9djdj82h48djs9d2"),
        ("oauth_token", "kkk9d7dh3k39sjv7"),
        ("oauth_signature_method", "HMAC-SHA1"),
        ("oauth_timestamp", "137131201"),
        ("oauth_nonce", "7d8f3e4a"),
        ("oauth_signature", "bYT5CMsGcbgUdFHObYMEfcx6bsw="),
        ("realm", "Example"),
        ("c2", ""),
        ("a3", "2 q"),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()))
    .to_vec();
    assert_eq!(
        base_string("post", &url, &parameters),
        "POST&http%3A%2F%2Fexample.com%2Frequest&a2%3Dr%2520b%26a3%3D2%2520q%26a3%3Da%26b5%3D%253D%25253D%26c%2540%3D%26c2%3D%26oauth_consumer_key%3D9djdj82h48djs9d2%26oauth_nonce%3D7d8f3e4a%26oauth_signature_method%3DHMAC-SHA1%26oauth_timestamp%3D137131201%26oauth_token%3Dkkk9d7dh3k39sjv7"
    );
}

#[test]
fn honest_launches_pass() {
    for method in [Method::HmacSha1, Method::HmacSha256] {
        let parameters = signed(method, URL, launch());
        for now in [NOW, NOW - 300, NOW + 300] {
            verify(URL, &parameters, now, false).expect("accepted");
        }
        // The standard port is no part of an address.
        verify(
            "https://HALQA.example:443/lti/1.1/launch?module=a%20b",
            &parameters,
            NOW,
            false,
        )
        .expect("accepted");
        verify(
            "https://halqa.example/lti/1.1/launch?module=a+b",
            &parameters,
            NOW,
            false,
        )
        .expect("accepted");
        let read = lti11::read(&parameters, "/lti/1.1/launch").expect("read");
        assert_eq!(read.name.as_deref(), Some("أمل بن صالح"));
        assert!(read.roles.teaches() && read.roles.learner);
        assert_eq!(read.custom("module"), Some("a b+c"));
    }
}

/// L21: timestamps.
#[test]
fn l21_timestamps() {
    for (stamp, code) in [
        ("1772441399", Code::Timestamp),
        ("1772442601", Code::Timestamp),
        ("0", Code::Timestamp),
        ("-1772442000", Code::Timestamp),
        ("", Code::Missing),
        ("1e9", Code::Timestamp),
        ("1772442000.5", Code::Timestamp),
        (" 1772442000", Code::Timestamp),
        ("99999999999999999999", Code::Timestamp),
    ] {
        let mut parameters = launch();
        parameters.retain(|(name, _)| name != "oauth_timestamp");
        parameters.push(("oauth_timestamp".into(), stamp.into()));
        assert_eq!(
            verify(URL, &signed(Method::HmacSha1, URL, parameters), NOW, false),
            Err(code),
            "{stamp}"
        );
    }
}

/// L22, L23: whatever is not what was signed.
#[test]
fn l23_signatures() {
    let honest = signed(Method::HmacSha1, URL, launch());
    for index in 0..honest.len() {
        let (name, _) = honest[index].clone();
        let mut spoilt = honest.clone();
        spoilt[index].1.push('x');
        assert!(verify(URL, &spoilt, NOW, false).is_err(), "{name}");
        let mut without = honest.clone();
        without.remove(index);
        assert!(verify(URL, &without, NOW, false).is_err(), "without {name}");
        let mut twice = honest.clone();
        twice.push(honest[index].clone());
        let expected = if name.starts_with("oauth_") {
            Code::Duplicate
        } else {
            Code::Signature
        };
        assert_eq!(
            verify(URL, &twice, NOW, false),
            Err(expected),
            "{name} twice"
        );
    }
    for url in [
        "http://halqa.example/lti/1.1/launch?module=a%20b",
        "https://halqa.example:8443/lti/1.1/launch?module=a%20b",
        "https://halqa.example/lti/1.1/Launch?module=a%20b",
        "https://halqa.example/lti/1.1/launch",
        "https://halqa.example/lti/1.1/launch?module=a%2520b",
        "https://halqa.example/lti/1.1/launch?module=a%20b&module=a%20b",
        "https://evil.example/lti/1.1/launch?module=a%20b",
        "https://halqa.example/lti/1.1/launch/?module=a%20b",
    ] {
        assert_eq!(
            verify(url, &honest, NOW, false),
            Err(Code::Signature),
            "{url}"
        );
    }
    // A protocol parameter in the query and in the body.
    let twice = "https://halqa.example/lti/1.1/launch?oauth_nonce=n2";
    assert_eq!(
        verify(
            twice,
            &signed(Method::HmacSha1, twice, launch()),
            NOW,
            false
        ),
        Err(Code::Duplicate)
    );
    for method in ["PLAINTEXT", "RSA-SHA1", "hmac-sha1", "HMAC-MD5", "none"] {
        let mut parameters = launch();
        parameters.push(("oauth_signature_method".into(), method.into()));
        parameters.push((
            "oauth_signature".into(),
            format!("{}&", oauth1::encode(SECRET)),
        ));
        assert_eq!(
            verify(URL, &parameters, NOW, false),
            Err(Code::Algorithm),
            "{method}"
        );
    }
    // The signature of one method is none of the other.
    let mut other = honest.clone();
    for (name, value) in &mut other {
        if name == "oauth_signature_method" {
            *value = "HMAC-SHA256".into();
        }
    }
    assert_eq!(verify(URL, &other, NOW, false), Err(Code::Signature));
    for version in ["1.1", "2.0", "1"] {
        let mut parameters = launch();
        parameters.retain(|(name, _)| name != "oauth_version");
        parameters.push(("oauth_version".into(), version.into()));
        assert_eq!(
            verify(URL, &signed(Method::HmacSha1, URL, parameters), NOW, false),
            Err(Code::Version)
        );
    }
}

/// L23: a consumer that repeats the query in the body and signs it once.
#[test]
fn l23_lenient_consumers() {
    let bare = "https://halqa.example/lti/1.1/launch";
    let mut parameters = launch();
    parameters.push(("module".into(), "a b".into()));
    let parameters = signed(Method::HmacSha1, bare, parameters);
    assert_eq!(verify(URL, &parameters, NOW, false), Err(Code::Signature));
    verify(URL, &parameters, NOW, true).expect("by setting");
    // What was not repeated was not signed.
    assert_eq!(
        verify(
            "https://halqa.example/lti/1.1/launch?module=evil",
            &parameters,
            NOW,
            true
        ),
        Err(Code::Signature)
    );
}

#[test]
fn l11_messages_of_1_1() {
    for (name, value, code) in [
        (
            "lti_message_type",
            "ContentItemSelectionRequest",
            Code::MessageType,
        ),
        ("lti_message_type", "", Code::MessageType),
        ("lti_version", "LTI-2p0", Code::Version),
        ("lti_version", "1.3.0", Code::Version),
        ("resource_link_id", "", Code::Missing),
    ] {
        let mut parameters = launch();
        for (other, said) in &mut parameters {
            if other == name {
                *said = value.into();
            }
        }
        assert_eq!(
            lti11::read(&parameters, "/").expect_err("refused").code,
            code,
            "{name}={value}"
        );
    }
    let long = "x".repeat(300);
    for name in ["resource_link_id", "user_id"] {
        for value in [long.as_str(), "a\u{0}b"] {
            let mut parameters = launch();
            for (other, said) in &mut parameters {
                if other == name {
                    *said = value.into();
                }
            }
            assert_eq!(
                lti11::read(&parameters, "/").expect_err("refused").code,
                Code::Malformed,
                "{name}"
            );
        }
    }
}

/// Our own requests verify by the same rules.
#[test]
fn body_hashes() {
    let url = Url::parse("https://lms.example/outcome?id=7").expect("an address");
    for method in [Method::HmacSha1, Method::HmacSha256] {
        let request = BodyRequest {
            url: &url,
            body: b"<xml/>",
            key: "key",
            secret: SECRET,
            method,
            now: NOW,
            nonce: "n",
        };
        let header = request.authorization();
        let parameters: Vec<Parameter> = header
            .strip_prefix("OAuth ")
            .expect("OAuth")
            .split(',')
            .map(|part| {
                let (name, value) = part.split_once('=').expect("a pair");
                let pair = format!("{name}={}", value.trim_matches('"'));
                url::form_urlencoded::parse(pair.as_bytes())
                    .next()
                    .map(|(n, v)| (n.into_owned(), v.into_owned()))
                    .expect("a pair")
            })
            .collect();
        let read = Request {
            verb: "POST",
            url: &url,
            parameters: &parameters,
        };
        let protocol = read.protocol().expect("read");
        read.verify(&protocol, SECRET, NOW, false)
            .expect("verified");
        assert!(parameters.iter().any(|(name, _)| name == "oauth_body_hash"));
    }
    let cartridge = lti11::Cartridge {
        public_url: "https://halqa.example",
        title: "Halqa <&>",
        description: "d",
        launch: "/lti/1.1/launch",
        icon: "https://halqa.example/i.svg",
    };
    let document = strictxml::parse(cartridge.xml().as_bytes()).expect("XML");
    assert!(document.root.descendants().any(
        |e| e.name == "secure_launch_url" && e.text() == "https://halqa.example/lti/1.1/launch"
    ));
}

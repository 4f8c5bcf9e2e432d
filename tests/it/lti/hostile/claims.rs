//! L6–L8, L10, L11, L13, L19, L20: what a signed message says.

use serde_json::{Value, json};

use super::super::deep_linking::SETTINGS;
use super::super::platform::*;
use super::{Kind, Shot, Table, changed, signed};

/// The rows.
pub fn claims(table: &mut Table) {
    table.add("L6", Kind::Link, &[401], "iss with a slash", |hand| {
        let claims = changed(
            &hand.claims,
            "iss",
            &json!(format!("{}/", hand.platform.issuer)),
        );
        Shot::launch(&hand.login, &signed(&claims))
    });
    table.add("L6", Kind::Link, &[401], "iss in capitals", |hand| {
        let claims = changed(
            &hand.claims,
            "iss",
            &json!(hand.platform.issuer.to_uppercase()),
        );
        Shot::launch(&hand.login, &signed(&claims))
    });
    table.add("L6", Kind::Link, &[400, 401], "a list of issuers", |hand| {
        let claims = changed(&hand.claims, "iss", &json!([hand.platform.issuer]));
        Shot::launch(&hand.login, &signed(&claims))
    });
    let (shape, untrusted): (&[u16], &[u16]) = (&[400, 401], &[401]);
    table.claim(
        "L6",
        shape,
        "iss",
        &[
            Value::Null,
            json!(""),
            json!("https://lms.example"),
            json!(7),
        ],
    );
    table.claim(
        "L7",
        shape,
        "aud",
        &[
            Value::Null,
            json!(""),
            json!("halqa-2"),
            json!(["halqa-2"]),
            json!([CLIENT, "evil"]),
            json!([]),
            json!(7),
        ],
    );
    table.claim(
        "L7",
        untrusted,
        "azp",
        &[json!("halqa-2"), json!(""), json!([CLIENT])],
    );
    table.claim(
        "L8",
        shape,
        "exp",
        &[
            Value::Null,
            json!(0),
            json!("never"),
            json!(1e300),
            json!(-1),
        ],
    );
    table.claim(
        "L8",
        shape,
        "iat",
        &[
            Value::Null,
            json!(0),
            json!("now"),
            json!(1e300),
            json!(4_000_000_000_i64),
        ],
    );
    table.claim("L8", shape, "nbf", &[json!(4_000_000_000_i64), json!("x")]);
    table.claim(
        "L10",
        &[403],
        &core("deployment_id"),
        &[json!("d2"), json!("D1"), json!("d1 ")],
    );
    table.claim(
        "L10",
        &[400, 403],
        &core("deployment_id"),
        &[Value::Null, json!(""), json!([])],
    );
    table.claim(
        "L11",
        &[400],
        &core("message_type"),
        &[
            Value::Null,
            json!("LtiStartProctoring"),
            json!("ltiresourcelinkrequest"),
            json!(7),
        ],
    );
    table.claim(
        "L11",
        &[400],
        &core("version"),
        &[Value::Null, json!("1.3"), json!("1.1"), json!(1.3)],
    );
    table.claim(
        "L11",
        &[400],
        &core("resource_link"),
        &[
            Value::Null,
            json!({}),
            json!("link-1"),
            json!({ "id": "" }),
            json!({ "id": "x".repeat(300) }),
        ],
    );
    table.claim(
        "L11",
        shape,
        "sub",
        &[json!([]), json!("x".repeat(300)), json!("a\u{0}b")],
    );
    table.claim(
        "L13",
        &[400],
        &core("target_link_uri"),
        &[
            Value::Null,
            json!(""),
            json!("https://evil.example/"),
            json!("//evil.example/"),
            json!("http://localhost:8000@evil.example/"),
            json!("javascript:alert(1)"),
            json!("http://localhost:8001/"),
            json!("http://localhost:8000//evil.example"),
            json!("http://localhost:8000\\@evil.example/"),
            json!("http://localhost.evil.example:8000/"),
            json!("https://localhost:8000/lti/launch"),
        ],
    );
    table.claim(
        "L20",
        &[404],
        &core("custom"),
        &[
            json!({ "module": "nowhere" }),
            json!({ "module": "' or 1=1 --" }),
        ],
    );
    // L19: who picks, and where the answer would go.
    table.add(
        "L19",
        Kind::DeepLinking,
        &[403],
        "a learner picks",
        |hand| {
            let claims = changed(
                &hand.picking,
                &core("roles"),
                &json!(["http://purl.imsglobal.org/vocab/lis/v2/membership#Learner"]),
            );
            Shot::launch(&hand.login, &signed(&claims))
        },
    );
    table.add("L19", Kind::DeepLinking, &[400], "no settings", |hand| {
        Shot::launch(
            &hand.login,
            &signed(&changed(&hand.picking, SETTINGS, &Value::Null)),
        )
    });
    table.setting(
        "L19",
        &[400],
        "deep_link_return_url",
        &[
            Value::Null,
            json!(""),
            json!("javascript:alert(1)"),
            json!("data:text/html,x"),
            json!("//evil.example"),
            json!(7),
        ],
    );
    table.setting(
        "L19",
        &[400],
        "data",
        &[json!({ "a": 1 }), json!("x".repeat(33 << 10))],
    );
}

//! L1–L24 as one table: hostile logins and launches, each refused with its own answer, each beside
//! a valid one of the same kind that is let in.

mod claims;
mod forms;
mod states;
mod tokens;

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU32, Ordering};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use halqa::lti::platforms::{self, Consumer};
use serde_json::{Value, json};

use super::consumers::{self, LAUNCH};
use super::deep_linking::{SETTINGS, request};
use super::log::Log;
use super::platform::*;
use crate::harness::{Answer, World, both_engines};

/// What is refused, and what is let in beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// `/lti/login`.
    Login,
    /// A link of LTI 1.3.
    Link,
    /// Content is picked.
    DeepLinking,
    /// A form of LTI 1.1.
    Consumer,
}

/// What an attack has in hand: two logins of two browsers, what an honest platform would say, and
/// the secrets of a consumer.
struct Hand<'a> {
    platform: &'a Platform,
    consumer: &'a Consumer,
    login: Login,
    other: Login,
    claims: Value,
    picking: Value,
    form: Vec<(String, String)>,
}

/// A form as a browser posts it.
struct Shot {
    path: String,
    fields: Vec<(String, String)>,
    cookie: Option<String>,
}

impl Shot {
    fn launch(login: &Login, token: &str) -> Shot {
        Shot {
            path: "/lti/launch".into(),
            fields: vec![
                ("state".into(), login.state.clone()),
                ("id_token".into(), token.into()),
            ],
            cookie: Some(login.cookie.clone()),
        }
    }

    fn form(path: &str, fields: Vec<(String, String)>) -> Shot {
        Shot {
            path: path.into(),
            fields,
            cookie: None,
        }
    }

    fn field(mut self, name: &str, value: &str) -> Shot {
        self.fields.retain(|(other, _)| other != name);
        self.fields.push((name.into(), value.into()));
        self
    }

    fn without(mut self, name: &str) -> Shot {
        self.fields.retain(|(other, _)| other != name);
        self
    }

    async fn fire(&self, world: &World) -> Answer {
        let fields: Vec<(&str, &str)> = self
            .fields
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        post_form(world, &self.path, &fields, self.cookie.as_deref()).await
    }
}

type Spoil = Box<dyn Fn(&Hand<'_>) -> Shot>;

struct Attack {
    row: &'static str,
    what: String,
    kind: Kind,
    status: &'static [u16],
    spoil: Spoil,
}

/// The table under construction.
#[derive(Default)]
struct Table(Vec<Attack>);

impl Table {
    fn add(
        &mut self,
        row: &'static str,
        kind: Kind,
        status: &'static [u16],
        what: impl Into<String>,
        spoil: impl Fn(&Hand<'_>) -> Shot + 'static,
    ) {
        self.0.push(Attack {
            row,
            what: what.into(),
            kind,
            status,
            spoil: Box::new(spoil),
        });
    }

    /// The honest token with one claim changed; `null` takes it away.
    fn claim(&mut self, row: &'static str, status: &'static [u16], name: &str, values: &[Value]) {
        for value in values {
            let (name, value) = (name.to_owned(), value.clone());
            let what = format!("{name} = {value:.60}");
            self.add(row, Kind::Link, status, what, move |hand| {
                Shot::launch(&hand.login, &signed(&changed(&hand.claims, &name, &value)))
            });
        }
    }

    /// The honest picking request with one setting changed.
    fn setting(&mut self, row: &'static str, status: &'static [u16], name: &str, values: &[Value]) {
        for value in values {
            let (name, value) = (name.to_owned(), value.clone());
            let what = format!("{name} = {value:.60}");
            self.add(row, Kind::DeepLinking, status, what, move |hand| {
                let mut claims = hand.picking.clone();
                claims[SETTINGS] = changed(&claims[SETTINGS], &name, &value);
                Shot::launch(&hand.login, &signed(&claims))
            });
        }
    }

    /// The honest login with one parameter changed; an empty one is as good as none.
    fn login(&mut self, row: &'static str, status: &'static [u16], name: &str, values: &[&str]) {
        for value in values {
            let (name, value) = (name.to_owned(), (*value).to_owned());
            let what = format!("{name} = {value:.60}");
            self.add(row, Kind::Login, status, what, move |hand| {
                login_of(hand.platform).field(&name, &value)
            });
        }
    }

    /// The honest form of 1.1 with one parameter changed before it is signed.
    fn parameter(
        &mut self,
        row: &'static str,
        status: &'static [u16],
        name: &str,
        values: &[&str],
    ) {
        for value in values {
            let (name, value) = (name.to_owned(), (*value).to_owned());
            let what = format!("{name} = {value:.60}");
            self.add(row, Kind::Consumer, status, what, move |hand| {
                let mut form = hand.form.clone();
                consumers::set(&mut form, &name, &value);
                consumer_shot(hand, form)
            });
        }
    }
}

fn changed(object: &Value, name: &str, value: &Value) -> Value {
    let mut object = object.as_object().cloned().expect("an object");
    if value.is_null() {
        object.remove(name);
    } else {
        object.insert(name.to_owned(), value.clone());
    }
    Value::Object(object)
}

fn signed(claims: &Value) -> String {
    signing("k1").sign(claims).expect("signed")
}

fn part(value: &Value) -> String {
    URL_SAFE_NO_PAD.encode(value.to_string())
}

/// A token with this header over the honest claims, and this signature.
fn forged(hand: &Hand<'_>, header: &Value, signature: &str) -> Shot {
    let token = format!("{}.{}.{signature}", part(header), part(&hand.claims));
    Shot::launch(&hand.login, &token)
}

/// The signature of the honest token.
fn honest_signature(hand: &Hand<'_>) -> String {
    let token = signed(&hand.claims);
    token.rsplit('.').next().expect("a signature").to_owned()
}

fn login_of(platform: &Platform) -> Shot {
    let fields = [
        ("iss", platform.issuer.as_str()),
        ("login_hint", "hint"),
        ("target_link_uri", "http://localhost:8000/lti/launch"),
        ("client_id", CLIENT),
    ];
    Shot::form(
        "/lti/login",
        fields.map(|(a, b)| (a.to_owned(), b.to_owned())).to_vec(),
    )
}

fn consumer_shot(hand: &Hand<'_>, form: Vec<(String, String)>) -> Shot {
    Shot::form(
        "/lti/1.1/launch",
        consumers::signed(form, &hand.consumer.secret, LAUNCH),
    )
}

static NEXT: AtomicU32 = AtomicU32::new(0);

async fn hand<'a>(
    world: &World,
    platform: &'a Platform,
    consumer: &'a Consumer,
    spare: bool,
) -> Hand<'a> {
    let login = platform.login(world).await;
    // Few attacks need another browser; a network has so many logins a minute.
    let other = match spare {
        true => platform.login(world).await,
        false => login.clone(),
    };
    let claims = platform.claims(world, &login);
    let mut picking = claims.clone();
    request(platform, json!({}))(&mut picking);
    let nonce = format!("n{}", NEXT.fetch_add(1, Ordering::Relaxed));
    Hand {
        platform,
        consumer,
        form: consumers::honest(world, consumer, &nonce),
        login,
        other,
        claims,
        picking,
    }
}

/// The valid one beside an attack.
fn twin(kind: Kind, hand: &Hand<'_>) -> (Shot, u16) {
    match kind {
        Kind::Login => (login_of(hand.platform), 303),
        Kind::Link => (Shot::launch(&hand.login, &signed(&hand.claims)), 303),
        Kind::DeepLinking => (Shot::launch(&hand.login, &signed(&hand.picking)), 303),
        Kind::Consumer => (consumer_shot(hand, hand.form.clone()), 200),
    }
}

both_engines! {
    async fn every_hostile_launch_is_refused_beside_a_valid_one(world: World) {
        module(&world, "Budget").await;
        let (platform, _) = Platform::registered(&world).await;
        let consumer = platforms::add_consumer(&world.app, "Vieux Moodle", None, None).await.expect("a consumer");
        let mut table = Table::default();
        states::states(&mut table);
        tokens::tokens(&mut table);
        claims::claims(&mut table);
        states::logins(&mut table);
        forms::rows(&mut table, world.now().micros() / 1_000_000);
        // Whoever the valid ones are about is known before the first attack.
        for kind in [Kind::Link, Kind::Consumer, Kind::DeepLinking] {
            let hand = hand(&world, &platform, &consumer, false).await;
            let (shot, status) = twin(kind, &hand);
            assert_eq!(shot.fire(&world).await.status.code, status, "{kind:?}");
        }
        let known = halqa::db::testing::count_people(&world.app.db).await;
        let mut faults = Vec::new();
        let mut rows: BTreeMap<&str, u32> = BTreeMap::new();
        let count = table.0.len();
        for attack in table.0 {
            *rows.entry(attack.row).or_default() += 1;
            let hand = hand(&world, &platform, &consumer, true).await;
            let log = Log::begin();
            let answer = (attack.spoil)(&hand).fire(&world).await;
            let heard = log.heard();
            drop(log);
            let name = format!("{} {}", attack.row, attack.what);
            if !attack.status.contains(&answer.status.code) {
                faults.push(format!("{name}: {} instead of {:?}", answer.status.code, attack.status));
            }
            // A launch without its cookie is not refused yet: the page asks the platform's storage.
            if !heard && !answer.text.contains("data-lti=\"launch\"") {
                faults.push(format!("{name}: {} and nothing in the log", answer.status.code));
            }
            if answer.text.contains("<script>alert") || answer.headers.get("set-cookie").is_some_and(|cookie| cookie.contains("halqa-lti-s-")) {
                faults.push(format!("{name}: the answer does harm"));
            }
            // The same hand, honest: what is good was not burnt by what was bad, unless the state
            // was answered; then the platform begins again.
            let fresh = self::hand(&world, &platform, &consumer, false).await;
            let (shot, status) = twin(attack.kind, &fresh);
            let valid = shot.fire(&world).await;
            if valid.status.code != status {
                faults.push(format!("{name}: the valid one beside it got {}", valid.status.code));
            }
        }
        assert!(faults.is_empty(), "{} of {count}:\n{}", faults.len(), faults.join("\n"));
        assert!(count >= 160, "{count} attacks: {rows:?}");
        assert_eq!(halqa::db::testing::count_people(&world.app.db).await, known, "a refused launch made an account");
        assert!(platform.server.of("/evil").is_empty(), "an address in a header was called");
    }
}

//! A browser with the player open, as far as the server can tell.

use halqa::catalogue::{self, Options};
use halqa::db::{DbError, testing};
use halqa::ids::{PackageId, PersonId};
use rocket::http::{ContentType, Header, Method, Status};
use serde_json::{Value, json};

use crate::harness::{Answer, As, World, send};

/// A SCORM 1.2 package of these items, each with a page of its own address.
pub fn scorm12(title: &str, items: &[&str]) -> Vec<u8> {
    let listed: String = items
        .iter()
        .map(|i| {
            format!(r#"<item identifier="{i}" identifierref="r"><title>Partie {i}</title></item>"#)
        })
        .collect();
    zip(format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="m" version="1.0" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
<metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>
<organizations default="o"><organization identifier="o"><title>{title}</title>{listed}</organization></organizations>
<resources><resource identifier="r" type="webcontent" adlcp:scormtype="sco" href="sco.html"><file href="sco.html"/></resource></resources>
</manifest>"#
    ))
}

/// A SCORM 2004 package of two SCOs, free to choose from.
pub fn scorm2004(title: &str) -> Vec<u8> {
    zip(format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="m2004" version="1.0" xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3" xmlns:imsss="http://www.imsglobal.org/xsd/imsss">
<metadata><schema>ADL SCORM</schema><schemaversion>2004 4th Edition</schemaversion></metadata>
<organizations default="o"><organization identifier="o"><title>{title}</title>
<item identifier="i1" identifierref="r"><title>Un</title></item><item identifier="i2" identifierref="r"><title>Deux</title></item>
<imsss:sequencing><imsss:controlMode choice="true" flow="true"/></imsss:sequencing></organization></organizations>
<resources><resource identifier="r" type="webcontent" adlcp:scormType="sco" href="sco.html"><file href="sco.html"/></resource></resources>
</manifest>"#
    ))
}

fn zip(manifest: String) -> Vec<u8> {
    package::build::zip([
        ("imsmanifest.xml", manifest.as_bytes()),
        (
            "sco.html",
            b"<html lang=fr><script>parent.API.LMSFinish('')</script>",
        ),
    ])
    .expect("a zip")
}

/// A published module.
pub async fn module(world: &World, zip: &[u8]) -> catalogue::Imported {
    let options = Options {
        publish: true,
        ..Options::default()
    };
    catalogue::import_bytes(&world.app, zip, options)
        .await
        .expect("imported")
}

/// Sets a person's state behind the scenes.
pub async fn set_state(world: &World, person: PersonId, state: &'static str) {
    world
        .app
        .db
        .write((person, state), |tx, (person, state)| {
            Box::pin(async move { testing::set_person_state(tx, *person, state).await })
        })
        .await
        .map_err(|error: DbError| error)
        .expect("a state");
}

/// The value of an attribute in a page.
pub fn attribute<'p>(page: &'p str, name: &str) -> &'p str {
    page.split(&format!("{name}=\""))
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .unwrap_or_else(|| panic!("no {name} in {page}"))
}

/// A tab of the player: the wrapper's side.
#[derive(Clone)]
pub struct Tab {
    pub package: PackageId,
    pub slug: String,
    pub attempt: String,
    pub token: String,
    pub session: String,
    /// The state of the course, as last told.
    pub state: Value,
    next: u64,
}

impl Tab {
    /// Clicks "start" on the module's page; the player's page is loaded, the wrapper not yet.
    pub async fn start(
        world: &World,
        browser: &str,
        module: &catalogue::Imported,
        again: bool,
    ) -> Tab {
        let slug = &module.module.slug;
        let fields: &[(&str, &str)] = if again { &[("again", "yes")] } else { &[] };
        let path = format!("/modules/{slug}/play");
        let begun = send(world.form(&path, fields).by(browser)).await;
        assert_eq!(begun.status, Status::SeeOther, "{}", begun.text);
        Tab::load(world, browser, &begun.headers["location"], module).await
    }

    /// Loads the player's page of an address.
    pub async fn load(
        world: &World,
        browser: &str,
        path: &str,
        module: &catalogue::Imported,
    ) -> Tab {
        let page = send(world.get(path).by(browser)).await;
        assert_eq!(page.status, Status::Ok, "{}", page.text);
        Tab {
            package: module.package.id,
            slug: module.module.slug.clone(),
            attempt: attribute(&page.text, "data-attempt").to_owned(),
            token: attribute(&page.text, "data-token").to_owned(),
            session: path.rsplit('/').next().unwrap_or_default().to_owned(),
            state: Value::Null,
            next: 1,
        }
    }

    /// The wrapper opens the session.
    pub async fn open(&mut self, world: &World, opening: &str) -> Answer {
        let answer = self
            .post(world, "open", &json!({ "opening": opening }))
            .await;
        if answer.status == Status::Ok {
            let body = answer.json();
            self.session = body["session"].as_str().expect("a session").to_owned();
            self.token = body["token"].as_str().expect("a token").to_owned();
            self.state = body["state"].clone();
            self.next = 1;
        }
        answer
    }

    /// Starts and opens.
    pub async fn opened(world: &World, browser: &str, module: &catalogue::Imported) -> Tab {
        let mut tab = Tab::start(world, browser, module, false).await;
        let opening = world.app.ids.uuid().to_string();
        let answer = tab.open(world, &opening).await;
        assert_eq!(answer.status, Status::Ok, "{}", answer.text);
        tab
    }

    /// The next entry: a call that the browser's run-time answered so.
    pub fn call(&mut self, function: &str, args: &[&str], result: &str) -> Value {
        self.entry(json!({ "call": function, "args": args, "result": result, "error": 0 }))
    }

    /// The next entry, ten seconds after the one before.
    pub fn entry(&mut self, mut event: Value) -> Value {
        event["seq"] = json!(self.next);
        event["at"] = json!(self.next * 10_000);
        self.next += 1;
        event
    }

    /// A SetValue of SCORM 1.2 for each pair, with its beginning before and its end after.
    pub fn story(&mut self, values: &[(&str, &str)], finish: bool) -> Vec<Value> {
        let mut entries = Vec::new();
        if self.next == 1 {
            entries.push(self.call("LMSInitialize", &[""], "true"));
        }
        for (element, value) in values {
            entries.push(self.call("LMSSetValue", &[element, value], "true"));
        }
        let last = if finish { "LMSFinish" } else { "LMSCommit" };
        entries.push(self.call(last, &[""], "true"));
        entries
    }

    /// Sends entries of this session.
    pub async fn send(&self, world: &World, entries: &[Value]) -> Answer {
        let body = json!({ "session": self.session, "entries": entries });
        self.post(world, "journal", &body).await
    }

    /// Sends and wants an acknowledgement up to this number.
    pub async fn saved(&self, world: &World, entries: &[Value], acked: u64) {
        let answer = self.send(world, entries).await;
        assert_eq!(answer.status, Status::Ok, "{}", answer.text);
        assert_eq!(answer.json()["acked"], acked, "{}", answer.text);
    }

    /// The course's state as the server has it.
    pub async fn ask(&self, world: &World) -> Value {
        let body = json!({ "session": self.session, "state": true, "entries": [] });
        let answer = self.post(world, "journal", &body).await;
        assert_eq!(answer.status, Status::Ok, "{}", answer.text);
        answer.json()["state"].clone()
    }

    /// Posts JSON to one of the wrapper's two doors.
    pub async fn post(&self, world: &World, door: &str, body: &Value) -> Answer {
        self.post_text(world, door, body.to_string()).await
    }

    /// Posts a body as it is.
    pub async fn post_text(&self, world: &World, door: &str, body: String) -> Answer {
        let request = world
            .content(Method::Post, self.package, &format!("/-halqa/{door}"))
            .header(ContentType::JSON)
            .header(Header::new(
                "Authorization",
                format!("Bearer {}", self.token),
            ))
            .body(body);
        send(request).await
    }

    /// The journal of this session, through the API.
    pub async fn journal(&self, world: &World) -> Value {
        let token = world.token(&["reports"]).await;
        let path = format!("/api/v1/sessions/{}/journal", self.session);
        let answer = send(world.get(&path).bearer(&token)).await;
        assert_eq!(answer.status, Status::Ok, "{}", answer.text);
        answer.json()
    }

    /// The numbers of the calls that were kept, and of those that were folded.
    pub async fn kept(&self, world: &World) -> (Vec<u64>, Vec<u64>) {
        let journal = self.journal(world).await;
        let entries = journal["entries"].as_array().expect("entries");
        let numbers = |only_folded: bool| {
            entries
                .iter()
                .filter(|entry| !only_folded || entry["folded"] == true)
                .filter_map(|entry| entry["seq"].as_u64())
                .filter(|seq| *seq > 0)
                .collect()
        };
        (numbers(false), numbers(true))
    }

    /// The codes of the session's findings.
    pub async fn findings(&self, world: &World) -> Vec<String> {
        self.journal(world).await["diagnosis"]
            .as_array()
            .expect("a diagnosis")
            .iter()
            .map(|finding| finding["code"].as_str().unwrap_or_default().to_owned())
            .collect()
    }
}

/// The row of the progress store, through the API; null when there is none.
pub async fn progress(world: &World, email: &str, slug: &str) -> Value {
    let token = world.token(&["progress"]).await;
    let path = format!("/api/v1/progress?learner={email}&module={slug}");
    let answer = send(world.get(&path).bearer(&token)).await;
    assert_eq!(answer.status, Status::Ok, "{}", answer.text);
    answer.json()[0].clone()
}

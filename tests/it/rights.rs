//! People's rights: everything about oneself in one file, and no trace left behind.

use std::process::Command;

use halqa::accounts::Grant;
use halqa::db::Engine;
use rocket::http::{ContentType, Method};
use serde_json::{Value, json};
use sqlx::Row as _;

use crate::harness::{As, PASSWORD, World, both_engines, send};
use crate::lrs::statement;
use crate::player::support::{Tab, module, scorm12};

const EMAIL: &str = "zeineb.ouerfelli@example.org";
const NAME: &str = "Zeineb Ouerfelli";
const SUBJECT: &str = "subject-5f1c9a77";
const SECRET: &str = "ma lettre de motivation";

/// Everything the database holds, as text: blobs in hexadecimal.
async fn everything(world: &World) -> Vec<(String, String)> {
    let url = &world.app.config.database_url;
    let mut all = Vec::new();
    match world.app.db.engine() {
        Engine::Sqlite => {
            let pool = sqlx::SqlitePool::connect(url).await.expect("the database");
            let tables = sqlx::query("select name from sqlite_master where type = 'table' and name not like 'sqlite_%' and name not like '_sqlx%'")
                .fetch_all(&pool).await.expect("tables");
            for table in tables {
                let table: String = table.get(0);
                let columns = sqlx::query(sqlx::AssertSqlSafe(format!(
                    "select name from pragma_table_info('{table}')"
                )))
                .fetch_all(&pool)
                .await
                .expect("columns");
                let quoted: Vec<String> = columns
                    .iter()
                    .map(|c| format!("quote(\"{}\")", c.get::<String, _>(0)))
                    .collect();
                let rows = sqlx::query(sqlx::AssertSqlSafe(format!(
                    "select {} from \"{table}\"",
                    quoted.join(" || ' ' || ")
                )))
                .fetch_all(&pool)
                .await
                .expect("rows");
                all.extend(
                    rows.iter()
                        .map(|row| (table.clone(), row.get::<String, _>(0))),
                );
            }
            pool.close().await;
        }
        Engine::Postgres => {
            let pool = sqlx::PgPool::connect(url).await.expect("the database");
            let tables = sqlx::query("select cast(tablename as text) from pg_tables where schemaname = current_schema() and tablename not like '_sqlx%'")
                .fetch_all(&pool).await.expect("tables");
            for table in tables {
                let table: String = table.get(0);
                let rows = sqlx::query(sqlx::AssertSqlSafe(format!(
                    "select cast(t as text) from \"{table}\" t"
                )))
                .fetch_all(&pool)
                .await
                .expect("rows");
                all.extend(
                    rows.iter()
                        .map(|row| (table.clone(), row.get::<String, _>(0))),
                );
            }
            pool.close().await;
        }
    }
    all
}

/// Rows that tell something of these texts, whatever the case, in blobs too.
async fn traces(world: &World, of: &[&str]) -> Vec<String> {
    let needles: Vec<String> = of
        .iter()
        .flat_map(|text| {
            let text = text.to_lowercase();
            let hex = text.bytes().map(|b| format!("{b:02x}")).collect::<String>();
            let encoded = text.replace('@', "%40");
            [text, hex, encoded]
        })
        .collect();
    everything(world)
        .await
        .into_iter()
        .filter(|(_, row)| {
            let row = row.to_lowercase();
            needles.iter().any(|needle| row.contains(needle.as_str()))
        })
        .map(|(table, row)| format!("{table}: {}", row.chars().take(400).collect::<String>()))
        .collect()
}

/// Somebody who has left traces wherever one can.
async fn somebody(world: &World) -> (String, Tab) {
    let imported = module(world, &scorm12("Tenir une caisse", &["i1"])).await;
    let person = world.person(EMAIL).await;
    let browser = world.browser_of(EMAIL).await;
    let named = send(
        world
            .form("/me/profile", &[("name", NAME), ("language", "fr")])
            .by(&browser),
    )
    .await;
    assert_eq!(named.status.code, 303, "{}", named.text);
    let mut tab = Tab::opened(world, &browser, &imported).await;
    let entries = tab.story(
        &[
            (
                "cmi.suspend_data",
                "élève Zeineb Ouerfelli, zeineb.ouerfelli@example.org",
            ),
            ("cmi.interactions.0.id", "q1"),
            ("cmi.interactions.0.type", "fill-in"),
            ("cmi.interactions.0.student_response", NAME),
            ("cmi.core.lesson_status", "passed"),
        ],
        true,
    );
    let count = entries.len() as u64;
    tab.saved(world, &entries, count).await;
    world.run_jobs().await;
    // The record store: by account, by address, by the account elsewhere; documents and data.
    let client = world.xapi().await;
    let account = json!({ "account": { "homePage": "http://localhost:8000", "name": person.to_string() }, "name": NAME });
    let mut own = statement("zeineb.ouerfelli", "did", "a");
    own["actor"]["name"] = json!(NAME);
    own["result"] = json!({ "response": format!("Je suis {NAME}"), "extensions": { "http://example.org/who": { "mail": EMAIL } } });
    let mut elsewhere = statement("x", "did", "b");
    elsewhere["actor"] =
        json!({ "account": { "homePage": "https://id.example", "name": SUBJECT } });
    let mut other = statement("sami", "helped", "c");
    other["object"] =
        json!({ "objectType": "Agent", "mbox": format!("mailto:{EMAIL}"), "name": NAME });
    let mut led = statement("sami", "did", "d");
    led["context"] = json!({ "instructor": account });
    let ids = client.store(&json!([own, elsewhere, other, led])).await;
    client
        .store(&json!({
            "actor": { "mbox": "mailto:sami@example.org" },
            "verb": { "id": "http://example.org/verbs/confirmed" },
            "object": { "objectType": "StatementRef", "id": ids[0] },
        }))
        .await;
    with_data(world).await;
    let agent = crate::lrs::encoded(&json!({ "mbox": format!("mailto:{EMAIL}") }).to_string());
    let state =
        format!("activities/state?activityId=http%3A%2F%2Fexample.org%2Fa&agent={agent}&stateId=s");
    assert_eq!(
        client
            .put(&state, &json!({ "name": NAME }).to_string())
            .await
            .status
            .code,
        204
    );
    let profile = format!("agents/profile?agent={agent}&profileId=p");
    assert_eq!(
        client
            .post(&profile, &json!({ "mail": EMAIL }).to_string())
            .await
            .status
            .code,
        204
    );
    // Elsewhere.
    world
        .app
        .db
        .write((person, world.app.ids.uuid()), |tx, (person, id)| {
            Box::pin(async move {
                halqa::db::testing::insert_identity(
                    tx,
                    (*id, *person),
                    ("https://id.example", SUBJECT),
                    (NAME, EMAIL),
                )
                .await
            })
        })
        .await
        .map_err(|e: halqa::db::DbError| e)
        .expect("an identity");
    // Mails, tries, searches, the log.
    let asked = send(world.form("/forgot-password", &[("email", EMAIL)])).await;
    assert_eq!(asked.status.code, 200);
    world.run_jobs().await;
    send(world.form(
        "/sign-in",
        &[("email", EMAIL), ("password", "not this one at all")],
    ))
    .await;
    let admin = world.person("root@example.org").await;
    world.grant(admin, Grant::Admin).await;
    halqa::lrs::keep_query(
        &world.app,
        admin,
        "Une personne",
        &format!("agent={}", EMAIL.replace('@', "%40")),
    )
    .await
    .expect("kept");
    (browser, tab)
}

/// A statement with a file.
async fn with_data(world: &World) {
    let client = world.xapi().await;
    let sha2 = sha2_of(SECRET.as_bytes());
    let mut one = statement("zeineb.ouerfelli", "sent", "e");
    one["attachments"] = json!([{ "usageType": "http://example.org/file", "display": { "en": "f" }, "contentType": "text/plain", "length": SECRET.len(), "sha2": sha2 }]);
    let body = format!(
        "--b\r\nContent-Type: application/json\r\n\r\n{one}\r\n--b\r\nContent-Type: text/plain\r\nContent-Transfer-Encoding: binary\r\nX-Experience-API-Hash: {sha2}\r\n\r\n{SECRET}\r\n--b--\r\n"
    );
    let request = client
        .request(Method::Post, "statements")
        .header(ContentType::new("multipart", "mixed").with_params(("boundary", "b")))
        .body(body);
    let answer = send(request).await;
    assert_eq!(answer.status.code, 200, "{}", answer.text);
}

fn sha2_of(bytes: &[u8]) -> String {
    let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, bytes);
    digest.as_ref().iter().map(|b| format!("{b:02x}")).collect()
}

both_engines! {
    async fn nothing_tells_who_somebody_was(world: World) {
        let (browser, tab) = somebody(&world).await;
        let all = [EMAIL, NAME, SUBJECT];
        let before = traces(&world, &all).await;
        for table in ["person", "attempt", "journal", "interaction", "lrs_statement", "lrs_document", "lrs_agent_name", "identity", "lrs_query"] {
            assert!(before.iter().any(|row| row.starts_with(&format!("{table}:"))), "{table} was to hold a trace");
        }
        let sha2 = sha2_of(SECRET.as_bytes());
        let object = format!("xapi/{}/{sha2}", uuid::Uuid::nil().simple());
        assert!(world.app.storage.exists(&object).await.expect("asked"));
        let client = world.xapi().await;
        let count = client.ids("").await.len();
        let wrong = send(world.form("/me/data/erase", &[("email", EMAIL), ("present", "wrong and long")]).by(&browser)).await;
        assert_eq!(wrong.status.code, 422);
        let wrong = send(world.form("/me/data/erase", &[("email", "other@example.org"), ("present", PASSWORD)]).by(&browser)).await;
        assert_eq!(wrong.status.code, 422);
        let gone = send(world.form("/me/data/erase", &[("email", EMAIL), ("present", PASSWORD)]).by(&browser)).await;
        assert_eq!(gone.status.code, 303, "{}", gone.text);
        world.run_jobs().await;

        let left = traces(&world, &all).await;
        assert!(left.is_empty(), "{}", left.join("\n"));
        assert!(!world.app.storage.exists(&object).await.expect("asked"));
        assert_eq!(send(world.get("/me").by(&browser)).await.status.code, 303, "signed out");
        assert_eq!(send(world.form("/sign-in", &[("email", EMAIL), ("password", PASSWORD)])).await.status.code, 422);

        // All statements are still there, valid, about one and the same nobody.
        assert_eq!(client.ids("").await.len(), count);
        let mut names = std::collections::BTreeSet::new();
        let mut path = "statements?ascending=true".to_owned();
        while path.len() > 1 {
            let page = client.get(&path).await.json();
            for one in page["statements"].as_array().expect("statements") {
                let again = client.post("statements", &json!([{ "actor": one["actor"], "verb": one["verb"], "object": one["object"] }]).to_string()).await;
                assert_eq!(again.status.code, 200, "{one} {}", again.text);
                if let Some(name) = one["actor"]["account"]["name"].as_str() {
                    assert_eq!(one["actor"]["account"]["homePage"], "http://localhost:8000");
                    names.insert(name.to_owned());
                }
            }
            path = page["more"].as_str().unwrap_or_default().trim_start_matches("/xapi/").to_owned();
            if path.contains("more=") && names.len() > 1 { break; }
        }
        assert_eq!(names.len(), 1, "{names:?}");
        let name = names.pop_first().expect("a name");
        let found = client.ids(&format!("agent={}", crate::lrs::encoded(&json!({ "account": { "homePage": "http://localhost:8000", "name": name } }).to_string()))).await;
        assert!(found.len() >= 5, "found by the new account");
        assert!(client.ids(&crate::lrs::agent("zeineb.ouerfelli")).await.is_empty());
        assert!(client.ids(&format!("{}&related_agents=true", crate::lrs::agent("zeineb.ouerfelli"))).await.is_empty());
        // What was reached still counts; the report can still be opened.
        let admin = world.browser_of("root@example.org").await;
        let report = send(world.get(&format!("/fr/teach/modules/{}/report", tab.slug)).by(&admin)).await;
        assert_eq!(report.status.code, 200, "{}", report.text);
        assert!(report.text.contains("Ancien membre"));
        let replay = send(world.get(&format!("/fr/teach/sessions/{}/replay", tab.session)).by(&admin)).await;
        assert_eq!(replay.status.code, 200, "{}", replay.text);
        // Telling the attempt again tells nothing.
        let session = uuid::Uuid::parse_str(&tab.session).map(halqa::ids::SessionId).expect("an id");
        halqa::player::statements::tell(&world.app, session, true).await.expect("told");
        assert!(traces(&world, &all).await.is_empty());
    }

    async fn posts_stay_or_go_as_the_person_says(world: World) {
        for (email, posts) in [("stays@example.org", false), ("leaves@example.org", true)] {
            let admin = world.person(&format!("root-{email}")).await;
            world.grant(admin, Grant::Admin).await;
            let slug = email.split('@').next().unwrap_or_default();
            let space = halqa::spaces::NewSpace {
                id: world.app.ids.id(), slug: slug.into(), axis: None, titles: [slug.into(), slug.into(), slug.into()],
                abouts: Default::default(), at: world.now(),
            };
            halqa::spaces::open(&world.app, space).await.expect("a space");
            let person = world.person(email).await;
            let browser = world.browser_of(email).await;
            let started = send(world.form(&format!("/spaces/{slug}/new"), &[("title", "Une question rare"), ("body", "Comment faire le budget ?"), ("kind", "question"), ("language", "fr")]).by(&browser)).await;
            assert_eq!(started.status.code, 303, "{}", started.text);
            halqa::rights::erase(&world.app, None, person, posts).await.expect("erased");
            world.run_jobs().await;
            let page = send(world.get(&format!("/fr/spaces/{slug}"))).await.text;
            assert_eq!(page.contains("Une question rare"), !posts, "{page}");
            assert_eq!(page.contains("Ancien membre"), !posts, "{page}");
        }
    }

    async fn administrators_and_the_command_line(world: World) {
        let admin = world.signed_in_as("root@example.org", Some(Grant::Admin)).await;
        let root = halqa::rights::find(&world.app, "root@example.org").await.expect("asked").expect("known");
        let one = world.person("one@example.org").await;
        let erase = |id: halqa::ids::PersonId| format!("/admin/people/{id}/erase");
        assert_eq!(send(world.form(&erase(root), &[]).by(&admin)).await.status.code, 409, "oneself");
        let last = halqa::rights::erase(&world.app, None, root, false).await;
        assert_eq!(last.expect_err("the last").code, "last-admin");
        let learner = world.signed_in_as("learner@example.org", None).await;
        assert_eq!(send(world.form(&erase(one), &[]).by(&learner)).await.status.code, 403);
        let page = send(world.get(&format!("/fr/admin/people/{one}")).by(&admin)).await;
        assert!(page.text.contains("/erase"), "{}", page.text);
        assert_eq!(send(world.form(&erase(one), &[]).by(&admin)).await.status.code, 303);
        assert_eq!(send(world.form(&erase(one), &[]).by(&admin)).await.status.code, 404, "once");
        assert_eq!(send(world.get(&format!("/fr/admin/people/{one}")).by(&admin)).await.status.code, 404);
        world.person("two@example.org").await;
        let run = |email: &str| Command::new(env!("CARGO_BIN_EXE_halqa"))
            .args(["users", "erase", "--email", email])
            .env("HALQA_DATA", &world.app.config.data)
            .env("HALQA_DATABASE_URL", &world.app.config.database_url)
            .env("HALQA_SECRET_KEY", "a key for tests only, of no use elsewhere")
            .output().expect("the program runs");
        let done = run("two@example.org");
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        assert!(!run("two@example.org").status.success());
        assert!(halqa::rights::find(&world.app, "two@example.org").await.expect("asked").is_none());
        assert!(traces(&world, &["two@example.org"]).await.is_empty());
    }

    async fn everything_about_oneself_in_one_file(world: World) {
        let (browser, _) = somebody(&world).await;
        let page = send(world.get("/fr/me/data").by(&browser)).await;
        assert_eq!(page.status.code, 200, "{}", page.text);
        assert_eq!(send(world.get("/me/data/export")).await.status.code, 303);
        let answer = world.get("/me/data/export").by(&browser).dispatch().await;
        let bytes = answer.into_bytes().await.expect("a file");
        let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a zip");
        let names: Vec<String> = zip.file_names().map(|name| name.expect("a name").into_owned()).collect();
        let mut read = |name: &str| {
            let mut text = String::new();
            let mut file = zip.by_name(name).expect(name);
            std::io::Read::read_to_string(&mut file, &mut text).expect("text");
            text
        };
        let data: Value = serde_json::from_str(&read("data.json")).expect("JSON");
        assert_eq!((data["person"]["email"].as_str(), data["person"]["name"].as_str()), (Some(EMAIL), Some(NAME)));
        assert_eq!(data["accounts_elsewhere"][0]["subject"], SUBJECT);
        assert_eq!(data["progress"][0]["state"], "completed");
        let told = read("statements.ndjson");
        assert_eq!(told.lines().count() as u64, data["statements"]["count"].as_u64().expect("a number"));
        assert!(told.lines().count() >= 5);
        assert!(read("answers.csv").contains(NAME) && read("progress.csv").contains("completed"));
        assert!(read("LISEZMOI.txt").contains(NAME));
        assert!(names.iter().any(|name| name.starts_with("files/")) && names.iter().filter(|name| name.starts_with("documents/")).count() == 2, "{names:?}");
        let file = names.iter().find(|name| name.starts_with("files/")).expect("a file");
        assert_eq!(read(file), SECRET);
    }
}

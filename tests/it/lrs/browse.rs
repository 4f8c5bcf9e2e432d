//! The operators' view: finding, one statement, kept queries, files.

use halqa::accounts::Grant;
use rocket::http::ContentType;
use serde_json::{Value, json};

use super::{encoded, statement};
use crate::harness::{As, both_engines, send};

const LIST: &str = "/en/admin/xapi/statements";

/// How many statements a page shows.
fn lines(page: &str) -> usize {
    page.matches("<li data-stored=").count()
}

both_engines! {
    async fn statements_are_found_by_what_people_know(world: World) {
        let admin = world.signed_in_as("admin@example.org", Some(Grant::Admin)).await;
        let learner = world.person("amel@example.org").await;
        let client = world.xapi().await;
        let registration = "6690e6c9-3ef0-4ed3-8b37-7f3964730bee";
        let mut own = statement("nobody", "did", "a");
        own["actor"] = json!({ "account": { "homePage": "http://localhost:8000", "name": learner.to_string() } });
        own["verb"] = json!({ "id": "http://adlnet.gov/expapi/verbs/completed" });
        own["context"] = json!({ "registration": registration });
        own["result"] = json!({ "score": { "scaled": 0.75 }, "response": "Oui <b>", "duration": "PT1M" });
        let ids = client.store(&json!([statement("amel", "did", "a"), statement("sami", "saw", "b"), own])).await;
        let voiding = json!({
            "actor": { "mbox": "mailto:chief@example.org" },
            "verb": { "id": "http://adlnet.gov/expapi/verbs/voided" },
            "object": { "objectType": "StatementRef", "id": ids[1] },
        });
        let void = client.store(&voiding).await.remove(0);
        let show = async |query: &str| {
            let page = send(world.get(&format!("{LIST}?{query}")).by(&admin)).await;
            assert_eq!(page.status.code, 200, "{query}: {}", page.text);
            page.text
        };
        for (query, found) in [
            ("", 4),
            // The address, and the account of whoever has it here.
            ("agent=amel%40example.org", 2),
            ("agent=sami%40example.org", 2),
            ("agent=http%3A%2F%2Fexample.org+x", 0),
            ("verb=completed", 1),
            ("verb=http%3A%2F%2Fexample.org%2Fverbs%2Fdid", 1),
            ("activity=http%3A%2F%2Fexample.org%2Fa", 2),
            ("activity=http%3A%2F%2Fexample.org%2Fa&agent=amel%40example.org&verb=completed", 1),
            ("voided=without", 3),
            ("voided=only", 1),
            ("voided=only&agent=sami%40example.org", 1),
            ("voided=without&agent=sami%40example.org", 1),
            ("since=2001-01-01T00%3A00", 4),
            ("until=2001-01-01T00%3A00", 0),
        ] {
            assert_eq!(lines(&show(query).await), found, "{query}");
        }
        assert_eq!(lines(&show(&format!("registration={registration}")).await), 1);
        for wrong in ["verb=x+y", "registration=1", "agent=x", "since=soon", "voided=perhaps", "client=1", "organisation=1", "statement=1"] {
            let page = show(wrong).await;
            assert!(lines(&page) == 0 && page.contains("aria-invalid"), "{wrong}");
        }
        // In words, in the reader's language; what a learner typed is no markup.
        let page = show("verb=completed").await;
        assert!(page.contains("completed") && page.contains("75%") && page.contains("Oui &lt;b&gt;"), "{page}");
        let french = send(world.get("/fr/admin/xapi/statements?verb=completed").by(&admin)).await;
        assert!(french.text.contains("a terminé"));
        // By its id: its page, with what voids it.
        let by_id = send(world.get(&format!("{LIST}?statement={}", ids[1])).by(&admin)).await;
        assert_eq!(by_id.status.code, 303);
        let page = send(world.get(&by_id.headers["location"]).by(&admin)).await;
        assert_eq!(page.status.code, 200, "{}", page.text);
        assert!(page.text.contains("Voided") && page.text.contains(&void[..13]) || lines(&page.text) == 1);
        assert_eq!(send(world.get(&format!("{LIST}/1")).by(&admin)).await.status.code, 404);
        let other = world.browser_of("amel@example.org").await;
        for path in [LIST, "/en/admin/xapi/statements/1", "/en/admin/xapi/statements/export/csv", "/en/admin/xapi/forwarding"] {
            assert_eq!(send(world.get(path).by(&other)).await.status.code, 403, "{path}");
        }
    }

    async fn pages_follow_each_other_and_new_ones_come_above(world: World) {
        let admin = world.signed_in_as("admin@example.org", Some(Grant::Admin)).await;
        let client = world.xapi().await;
        let all: Vec<Value> = (0..120).map(|n| statement("amel", "did", &format!("a{n}"))).collect();
        client.store(&json!(all)).await;
        let mut path = LIST.to_owned();
        let mut seen = Vec::new();
        let fresh = loop {
            let page = send(world.get(&path).by(&admin)).await.text;
            seen.extend(page.split("<li data-stored=\"").skip(1).map(|rest| rest.split('"').next().unwrap_or_default().to_owned()));
            let live = page.split("data-live=\"").nth(1).map(|rest| rest.split('"').next().unwrap_or_default().to_owned());
            match page.split("rel=\"next\" href=\"").nth(1) {
                Some(rest) => path = rest.split('"').next().unwrap_or_default().replace("&amp;", "&").replace("&#x3D;", "="),
                None => break live,
            }
        };
        assert!(fresh.is_none(), "only the newest page is live");
        assert_eq!(seen.len(), 120);
        assert!(seen.windows(2).all(|two| two[0] > two[1]), "newest first, none twice");
        let after = format!("{LIST}?after={}", seen[0]);
        assert_eq!(lines(&send(world.get(&after).by(&admin)).await.text), 0);
        client.store(&statement("sami", "did", "z")).await;
        assert_eq!(lines(&send(world.get(&after).by(&admin)).await.text), 1);
    }

    async fn files_say_that_they_are_whole(world: World) {
        let admin = world.signed_in_as("admin@example.org", Some(Grant::Admin)).await;
        let client = world.xapi().await;
        let mut all: Vec<Value> = (0..1100).map(|n| statement("amel", "did", &format!("a{n}"))).collect();
        all[0]["result"] = json!({ "response": "=cmd|' /C calc'!A0" });
        client.store(&json!(all)).await;
        client.store(&statement("sami", "did", "b")).await;
        let file = async |path: &str| {
            let answer = send(world.get(&format!("{LIST}/export/{path}")).by(&admin)).await;
            assert_eq!(answer.status.code, 200, "{path}");
            answer
        };
        let ndjson = file("ndjson?agent=amel%40example.org").await;
        let rows: Vec<Value> = ndjson.text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
        assert_eq!(rows.len(), 1101);
        assert_eq!(rows[1100], json!({ "end": true, "statements": 1100 }));
        assert_eq!(rows[1099]["object"]["id"], "http://example.org/a1099");
        let csv = file("csv?agent=amel%40example.org").await;
        let rows: Vec<&str> = csv.text.split("\r\n").collect();
        assert_eq!(rows.len(), 1103);
        assert_eq!(rows[1101], "end,1100");
        assert!(rows[1].contains("'=cmd|"), "{}", rows[1]);
        assert!(csv.headers["content-disposition"].contains("statements.csv"));
        let none = file("ndjson?agent=nobody%40example.org").await;
        assert_eq!(none.text, "{\"end\":true,\"statements\":0}\n");
        assert_eq!(send(world.get(&format!("{LIST}/export/csv?agent=x")).by(&admin)).await.status.code, 400);
        assert_eq!(send(world.get(&format!("{LIST}/export/pdf")).by(&admin)).await.status.code, 404);
    }

    async fn queries_are_kept_for_the_platform_or_an_organisation(world: World) {
        let admin = world.signed_in_as("admin@example.org", Some(Grant::Admin)).await;
        let staff = world.person("staff@example.org").await;
        let description = halqa::organisations::Description { name: "Association Nour".into(), kind: "association".into(), region: None, governorate: String::new(), about: String::new(), axes: Vec::new() };
        let slug = halqa::organisations::add(&world.app, staff, description).await.expect("an organisation");
        let organisation = halqa::organisations::by_slug(&world.app, &slug).await.expect("asked").expect("known").id;
        world.xapi_with(&[], Some(&slug)).await.store(&statement("amel", "did", "a")).await;
        world.xapi().await.store(&statement("sami", "did", "a")).await;
        let scoped = format!("verb={}&organisation={organisation}", encoded("http://example.org/verbs/did"));
        let keep = async |name: &str, query: &str| {
            send(world.form("/en/admin/xapi/queries", &[("name", name), ("query", query)]).by(&admin)).await.status.code
        };
        assert_eq!(keep("Did", "verb=http%3A%2F%2Fexample.org%2Fverbs%2Fdid").await, 303);
        assert_eq!(keep("Did", &scoped).await, 303, "another scope, another name");
        assert_eq!(keep("Did", &scoped).await, 409);
        assert_eq!(keep("Wrong", "verb=x+y").await, 400);
        assert_eq!(keep("", "verb=completed").await, 400);
        assert_eq!(keep("Nowhere", "organisation=6690e6c9-3ef0-4ed3-8b37-7f3964730bee").await, 404);
        let page = send(world.get(LIST).by(&admin)).await.text;
        let forget: Vec<String> = page.split("/admin/xapi/queries/").skip(1).map(|rest| rest.chars().take(36).collect()).collect();
        assert_eq!(forget.len(), 2, "{page}");
        let mut found = Vec::new();
        for id in &forget {
            let to = send(world.get(&format!("/en/admin/xapi/queries/{id}")).by(&admin)).await;
            assert_eq!(to.status.code, 303);
            found.push(lines(&send(world.get(&to.headers["location"]).by(&admin)).await.text));
        }
        found.sort_unstable();
        assert_eq!(found, [1, 2], "one sees its organisation's alone");
        for id in &forget {
            let path = format!("/en/admin/xapi/queries/{id}/forget");
            assert_eq!(send(world.form(&path, &[]).by(&admin)).await.status.code, 303);
            assert_eq!(send(world.form(&path, &[]).by(&admin)).await.status.code, 404);
        }
    }

    async fn data_of_attachments_is_kept_not_shown(world: World) {
        let admin = world.signed_in_as("admin@example.org", Some(Grant::Admin)).await;
        let client = world.xapi().await;
        let sha2 = "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae";
        let mut one = statement("amel", "did", "a");
        one["attachments"] = json!([{ "usageType": "http://example.org/file", "display": { "en": "f" }, "contentType": "text/html", "length": 3, "sha2": sha2 }]);
        let body = format!("--b\r\nContent-Type: application/json\r\n\r\n{one}\r\n--b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: binary\r\nX-Experience-API-Hash: {sha2}\r\n\r\nfoo\r\n--b--\r\n");
        let request = client.request(rocket::http::Method::Post, "statements")
            .header(ContentType::new("multipart", "mixed").with_params(("boundary", "b"))).body(body);
        let stored = send(request).await;
        assert_eq!(stored.status.code, 200, "{}", stored.text);
        let list = send(world.get(LIST).by(&admin)).await.text;
        let at = list.split("<li data-stored=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a line").to_owned();
        let page = send(world.get(&format!("{LIST}/{at}")).by(&admin)).await.text;
        assert!(page.contains(sha2));
        let data = send(world.get(&format!("{LIST}/{at}/data/{sha2}")).by(&admin)).await;
        assert_eq!((data.status.code, data.text.as_str()), (200, "foo"));
        assert_eq!(data.headers["content-type"], "application/octet-stream");
        assert!(data.headers["content-disposition"].starts_with("attachment"));
        assert_eq!(send(world.get(&format!("{LIST}/{at}/data/{}", "0".repeat(64))).by(&admin)).await.status.code, 404);
    }
}

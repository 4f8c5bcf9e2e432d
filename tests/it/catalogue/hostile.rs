//! The archives of the threat table (Z1–Z17) through both doors.

use package::testkit::{Forge, Member, hostile_archives, strange_archives};
use rocket::http::{Header, Method, Status};

use super::{base, form, nothing_left, post, trainer, under_way, upload};
use crate::harness::{World, both_engines, send};

/// A package around these members.
fn around(members: Vec<Member>) -> Vec<u8> {
    let mut all = vec![
        Member::deflated("imsmanifest.xml", crate::catalogue::MANIFEST),
        Member::deflated("index.html", "<html lang=fr>API.LMSFinish('')"),
    ];
    all.extend(members);
    Forge::of(all).finish().bytes
}

both_engines! {
    async fn each_is_refused_by_name_and_leaves_nothing(world: World) {
        // The crate's own limit, which its cases are made for.
        let world = World::with(world.app.db.engine(), &[("HALQA_PACKAGE_MAX_INFLATED", "2147483648")]).await;
        let token = world.token(&["packages"]).await;
        let cookie = trainer(&world).await;
        let mut wrong = Vec::new();
        for case in hostile_archives() {
            let api = upload(&world, &token, &case.bytes).await;
            let code = api.code();
            let kind = api.headers.get("content-type").map(String::as_str);
            let problem = api.json();
            if api.status != Status::UnprocessableEntity
                || code != case.expected
                || kind != Some("application/problem+json")
                || problem["detail"].as_str().is_none_or(str::is_empty)
                || !problem["where"].is_object()
            {
                wrong.push(format!("{}: API {} {code}", case.id, api.status));
            }
            if api.text.contains(['\0', '\u{202E}', '\u{2066}']) || api.text.len() > 3_000 {
                wrong.push(format!("{}: a dangerous or long answer", case.id));
            }
            // The trainer's page: the same answer in words, the form still there.
            let page = send(form(&world, &cookie, "/fr/teach/upload", &[("publish", "true")], Some(("m.zip", &case.bytes)))).await;
            if page.status != Status::UnprocessableEntity
                || !page.text.contains("Ce paquet ne peut pas être importé")
                || !page.text.contains("data-upload")
                || !page.text.contains("value=\"true\" checked")
                || page.text.contains(['\0', '\u{202E}'])
            {
                wrong.push(format!("{}: page {}", case.id, page.status));
            }
            nothing_left(&world, &case.id).await;
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    async fn odd_ones_are_not_refused_for_their_oddness(world: World) {
        let token = world.token(&["packages"]).await;
        let mut wrong = Vec::new();
        for case in strange_archives() {
            // They hold no manifest: that is all there is to say.
            let answer = upload(&world, &token, &case.bytes).await;
            if answer.code() != "manifest_missing" {
                wrong.push(format!("{}: {} {}", case.id, answer.status, answer.text));
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
        nothing_left(&world, "strange archives").await;
    }

    async fn what_only_inflating_shows_is_found_inside_a_package(world: World) {
        let token = world.token(&["packages"]).await;
        let page = Member::deflated("a.htm", "<p>content of a page</p>");
        let garbage = Member { data: vec![0xFF; page.data.len()], ..page.clone() };
        for (expected, member) in [
            ("crc", Member { crc32: 1, ..page.clone() }),
            ("size_mismatch", Member { size: 10, ..Member::deflated("bomb", vec![0; 64 << 20]) }),
            ("ratio", Member::deflated("bomb", vec![0; 64 << 20])),
            ("bad_deflate", garbage),
        ] {
            let answer = upload(&world, &token, &around(vec![member])).await;
            assert_eq!((answer.status.code, answer.code().as_str()), (422, expected));
            assert!(!answer.json()["where"]["entry"].as_str().unwrap().is_empty());
            nothing_left(&world, expected).await;
        }
    }

    // Z3, Z5, Z7, Z14: names of every kind are kept, found and served.
    async fn odd_names_are_served(world: World) {
        let token = world.token(&["packages"]).await;
        let utf8 = |name: &str, text: &str| Member { flags: 1 << 11, ..Member::deflated(name, text) };
        let zip = around(vec![
            Member::deflated(b"caf\x82.htm", "CP437"),
            Member::deflated(b"no\xEBl.htm", "Latin"),
            utf8("الدرس 1.htm", "العربية"),
            utf8("100%.htm", "per cent"),
            utf8("name?x=1#y.htm", "question"),
            utf8("CON", "device"),
            utf8("A.htm", "upper"),
            utf8("a.htm", "lower"),
            utf8("e\u{301}te.htm", "decomposed"),
            Member::stored("inner.zip", around(Vec::new())),
        ]);
        let answer = upload(&world, &token, &zip).await;
        assert_eq!(answer.status, Status::Created, "{}", answer.text);
        let package = package_of(&answer);
        let base = base(&world, package);
        for (path, expected) in [
            ("caf%C3%A9.htm", "CP437"),
            // Old pages ask in Latin-1.
            ("caf%E9.htm", "CP437"),
            ("%D8%A7%D9%84%D8%AF%D8%B1%D8%B3%201.htm", "العربية"),
            ("%D8%A7%D9%84%D8%AF%D8%B1%D8%B3%201.htm?q=%D8%A7", "العربية"),
            ("100%25.htm", "per cent"),
            ("name%3Fx=1%23y.htm", "question"),
            ("CON", "device"),
            ("A.htm", "upper"),
            ("a.htm?A.htm", "lower"),
            ("%C3%A9te.htm", "decomposed"),
            ("e%CC%81te.htm", "decomposed"),
            ("INDEX.HTML", "<html lang=fr>API.LMSFinish('')"),
        ] {
            let page = send(world.content(Method::Get, package, &format!("{base}{path}"))).await;
            assert_eq!((page.status, page.text.as_str()), (Status::Ok, expected), "{path}");
        }
        for path in ["../index.html", "%2e%2e/index.html", "a/..%2findex.html", "x%00", "nothing.htm", "CON/x", ""] {
            let page = send(world.content(Method::Get, package, &format!("{base}{path}"))).await;
            assert!(matches!(page.status.code, 400 | 404), "{path}: {}", page.status);
        }
    }

    // Z17: files that servers, browsers and proxies would take for their own.
    async fn files_with_a_meaning_elsewhere_have_none_here(world: World) {
        let token = world.token(&["packages"]).await;
        let zip = around([
            (".htaccess", "application/octet-stream"),
            ("web.config", "application/octet-stream"),
            ("sw.js", "text/javascript"),
            (".well-known/x", "application/octet-stream"),
            ("a.svg", "image/svg+xml"),
            ("a.php", "application/octet-stream"),
            ("a.html", "text/html"),
        ].map(|(name, _)| Member::deflated(name, "<script>alert(1)</script>")).to_vec());
        let answer = upload(&world, &token, &zip).await;
        assert_eq!(answer.status, Status::Created, "{}", answer.text);
        let package = package_of(&answer);
        let base = base(&world, package);
        for (name, kind) in [
            (".htaccess", "application/octet-stream"),
            ("web.config", "application/octet-stream"),
            ("sw.js", "text/javascript"),
            (".well-known/x", "application/octet-stream"),
            ("a.svg", "image/svg+xml"),
            ("a.php", "application/octet-stream"),
            ("a.html", "text/html"),
        ] {
            let path = format!("{base}{name}");
            let served = send(world.content(Method::Get, package, &path)).await;
            assert_eq!(served.status, Status::Ok, "{name}");
            assert_eq!(served.headers["content-type"], kind, "{name}");
            assert_eq!(served.headers["x-content-type-options"], "nosniff", "{name}");
            let policy = &served.headers["content-security-policy"];
            assert!(policy.contains("default-src 'self'") && policy.contains("object-src 'none'") && policy.contains("frame-ancestors 'self' http://localhost:8000"), "{policy}");
            assert!(!served.headers.contains_key("set-cookie"));
            // Never as a service worker, and never from the application's origin.
            let worker = send(world.content(Method::Get, package, &path).header(Header::new("Service-Worker", "script"))).await;
            assert_eq!(worker.status, Status::Forbidden, "{name}");
            assert_eq!(send(world.get(&path)).await.status, Status::NotFound, "{name}");
            let internal = format!("/-content/{}{path}", package.0.simple());
            assert_eq!(send(world.get(&internal)).await.status, Status::NotFound, "{name}");
        }
        // Nothing of the package is found at the root of its origin.
        for path in ["/.well-known/x", "/sw.js", "/robots.txt"] {
            assert_eq!(send(world.content(Method::Get, package, path)).await.status, Status::NotFound, "{path}");
        }
    }

    async fn doors_are_closed_to_others(world: World) {
        let zip = crate::catalogue::simple("Fermé");
        let visitor = send(world.post("/api/v1/packages").header(rocket::http::ContentType::ZIP).body(&zip)).await;
        assert_eq!(visitor.status, Status::Unauthorized);
        let other = world.token(&["progress"]).await;
        assert_eq!(upload(&world, &other, &zip).await.status, Status::Forbidden);
        let learner = world.signed_in_as("amel@example.org", None).await;
        let page = send(form(&world, &learner, "/fr/teach/upload", &[], Some(("m.zip", &zip)))).await;
        assert!(matches!(page.status.code, 403 | 404), "{}", page.status);
        let elsewhere = post(&world, "no-token", "/api/v1/packages", &zip);
        assert_eq!(send(elsewhere).await.status, Status::Unauthorized);
        let forged = form(&world, &trainer(&world).await, "/fr/teach/upload", &[], Some(("m.zip", &zip)));
        let forged = forged.header(Header::new("Sec-Fetch-Site", "same-site"));
        assert_eq!(send(forged).await.status, Status::Forbidden);
        nothing_left(&world, "closed doors").await;
        assert!(under_way(&world).is_empty());
    }
}

/// The package of a 201.
pub fn package_of(answer: &crate::harness::Answer) -> halqa::ids::PackageId {
    let id = answer.json()["package"]["id"]
        .as_str()
        .and_then(|id| uuid::Uuid::parse_str(id).ok())
        .unwrap_or_else(|| panic!("no package: {}", answer.text));
    halqa::ids::PackageId(id)
}

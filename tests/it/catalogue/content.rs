//! Files of a package, straight out of its zip.

use std::io::Read;

use halqa::ids::PackageId;
use package::testkit::{Forge, Member};
use rocket::http::{Header, Method, Status};
use rocket::local::asynchronous::LocalResponse;

use super::{base, imported, noise};
use crate::harness::{World, both_engines};

/// What came back, byte for byte.
struct Got {
    status: Status,
    headers: std::collections::BTreeMap<String, String>,
    body: Vec<u8>,
}

impl Got {
    async fn of(response: LocalResponse<'_>) -> Got {
        let headers = response
            .headers()
            .iter()
            .map(|h| (h.name().as_str().to_ascii_lowercase(), h.value().to_owned()))
            .collect();
        Got {
            status: response.status(),
            headers,
            body: response.into_bytes().await.unwrap_or_default(),
        }
    }
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }
    /// The content, its encoding taken off.
    fn content(&self) -> Vec<u8> {
        if self.header("content-encoding") != "gzip" {
            return self.body.clone();
        }
        let mut out = Vec::new();
        flate2::read::GzDecoder::new(self.body.as_slice())
            .read_to_end(&mut out)
            .expect("gzip");
        out
    }
}

async fn ask(
    world: &World,
    verb: Method,
    package: PackageId,
    path: &str,
    headers: &[(&'static str, &str)],
) -> Got {
    let path = format!("{}{path}", base(world, package));
    let mut request = world.content(verb, package, &path);
    for (name, value) in headers {
        request = request.header(Header::new(*name, (*value).to_owned()));
    }
    Got::of(request.dispatch().await).await
}

async fn get(
    world: &World,
    package: PackageId,
    path: &str,
    headers: &[(&'static str, &str)],
) -> Got {
    ask(world, Method::Get, package, path, headers).await
}

fn script() -> Vec<u8> {
    (0..40_000)
        .map(|n| format!("// line {n}\n"))
        .collect::<String>()
        .into_bytes()
}

/// Each way an entry can lie in a zip.
fn zip() -> Vec<u8> {
    Forge::of(vec![
        Member::deflated("imsmanifest.xml", crate::catalogue::MANIFEST),
        Member::deflated("index.html", "<html lang=fr>API.LMSFinish('')"),
        Member::deflated("deflated.js", script()),
        Member::stored("stored.js", script()),
        Member::stored("tiny.js", "1"),
        Member::stored("picture.png", noise(3_000)),
        Member::stored("stored.mp4", noise(700_000)),
        Member::deflated("deflated.mp4", noise(700_000)),
        Member::stored("empty.txt", ""),
        Member::deflated("void.css", ""),
    ])
    .finish()
    .bytes
}

const GZIP: (&str, &str) = ("Accept-Encoding", "gzip, deflate, br");

both_engines! {
    async fn each_client_gets_the_same_content(world: World) {
        let package = imported(&world, &zip()).await.package.id;
        for (path, content, encoding) in [
            ("deflated.js", script(), "gzip"),
            ("stored.js", script(), "gzip"),
            ("tiny.js", b"1".to_vec(), ""),
            ("picture.png", noise(3_000), ""),
            ("stored.mp4", noise(700_000), ""),
            ("deflated.mp4", noise(700_000), ""),
            ("empty.txt", Vec::new(), ""),
        ] {
            let packed = get(&world, package, path, &[GZIP]).await;
            assert_eq!((packed.status, packed.header("content-encoding")), (Status::Ok, encoding), "{path}");
            assert!(packed.content() == content, "{path}");
            if encoding == "gzip" {
                assert!(packed.body.len() < content.len() / 2, "{path}: {}", packed.body.len());
            }
            let plain = get(&world, package, path, &[]).await;
            assert_eq!((plain.status, plain.header("content-encoding")), (Status::Ok, ""), "{path}");
            assert!(plain.body == content, "{path}");
            let refusing = get(&world, package, path, &[("Accept-Encoding", "gzip;q=0, br")]).await;
            assert!(refusing.header("content-encoding").is_empty() && refusing.body == content, "{path}");
            // A tag names bytes: as many tags as there are bodies, and each the same every time.
            let tags = [packed.header("etag"), plain.header("etag")];
            assert!(tags.iter().all(|tag| tag.starts_with('"') && tag.len() > 10), "{path}: {tags:?}");
            assert_eq!(tags[0] == tags[1], packed.body == plain.body, "{path}: {tags:?}");
            assert_eq!(refusing.header("etag"), tags[1]);
            for got in [&packed, &plain] {
                assert!(got.header("vary").contains("Accept-Encoding"), "{path}");
                assert!(got.header("cache-control").contains("immutable") && got.header("cache-control").contains("private"), "{path}");
            }
        }
        // The entry's own deflate stream, framed, not made anew.
        let packed = get(&world, package, "deflated.js", &[GZIP]).await;
        let raw = Member::deflated("", script()).data;
        assert!(packed.body[10..packed.body.len() - 8] == raw);
    }

    async fn what_is_known_is_not_sent_again(world: World) {
        let package = imported(&world, &zip()).await.package.id;
        for path in ["deflated.js", "stored.js", "picture.png", "deflated.mp4", "empty.txt"] {
            for encoding in [GZIP, ("Accept-Encoding", "identity")] {
                let first = get(&world, package, path, &[encoding]).await;
                let tag = first.header("etag").to_owned();
                for sent in [tag.clone(), format!("\"x\", {tag}"), format!("W/{tag}"), "*".to_owned()] {
                    let again = get(&world, package, path, &[encoding, ("If-None-Match", &sent)]).await;
                    assert_eq!((again.status, again.body.len(), again.header("etag")), (Status::NotModified, 0, tag.as_str()), "{path} {sent}");
                    assert_eq!(again.header("content-encoding"), "");
                }
                let other = get(&world, package, path, &[encoding, ("If-None-Match", "\"other\"")]).await;
                assert_eq!(other.status, Status::Ok);
            }
        }
    }

    async fn heads_say_what_gets_would(world: World) {
        let package = imported(&world, &zip()).await.package.id;
        for path in ["deflated.js", "stored.js", "tiny.js", "stored.mp4", "deflated.mp4", "empty.txt"] {
            for encoding in [GZIP, ("Accept-Encoding", "identity")] {
                let get = get(&world, package, path, &[encoding]).await;
                let head = ask(&world, Method::Head, package, path, &[encoding]).await;
                assert_eq!((head.status, head.body.len()), (Status::Ok, 0), "{path}");
                for (name, value) in &get.headers {
                    let made = path == "stored.js" && name == "content-length";
                    // Each answer has an id of its own.
                    if !made && name != "x-request-id" {
                        assert_eq!(head.header(name), value, "{path} {name}");
                    }
                }
            }
        }
        let head = ask(&world, Method::Head, package, "nothing", &[]).await;
        assert_eq!(head.status, Status::NotFound);
        for verb in [Method::Post, Method::Put, Method::Delete, Method::Patch] {
            let got = ask(&world, verb, package, "index.html", &[]).await;
            assert!(matches!(got.status.code, 404 | 405), "{verb}: {}", got.status);
        }
    }

    async fn ranges_of_every_entry(world: World) {
        let package = imported(&world, &zip()).await.package.id;
        for (path, content) in [
            ("stored.mp4", noise(700_000)),
            ("deflated.mp4", noise(700_000)),
            ("deflated.js", script()),
            ("stored.js", script()),
        ] {
            let size = content.len();
            for (asked, part) in [
                ("bytes=0-0".to_owned(), 0..1),
                ("bytes=0-".to_owned(), 0..size),
                ("bytes=1000-300999".to_owned(), 1000..301_000),
                (format!("bytes={}-{}", size - 7, size + 100), size - 7..size),
                ("bytes=-11".to_owned(), size - 11..size),
            ] {
                let got = get(&world, package, path, &[GZIP, ("Range", &asked)]).await;
                assert_eq!(got.status, Status::PartialContent, "{path} {asked}");
                assert!(got.body == content[part.clone()], "{path} {asked}: {}", got.body.len());
                assert_eq!(got.header("content-range"), format!("bytes {}-{}/{size}", part.start, part.end - 1));
                assert_eq!((got.header("content-encoding"), got.header("accept-ranges")), ("", "bytes"));
            }
            let got = get(&world, package, path, &[("Range", &format!("bytes={size}-"))]).await;
            assert_eq!((got.status, got.header("content-range")), (Status::RangeNotSatisfiable, format!("bytes */{size}").as_str()));
            for whole in ["bytes=5-3", "lines=1-2", "bytes=0-1,5-6", "bytes=x"] {
                let got = get(&world, package, path, &[("Range", whole)]).await;
                assert_eq!((got.status, got.body.len()), (Status::Ok, size), "{whole}");
            }
            // A part of what has changed meanwhile is worth nothing.
            let plain = get(&world, package, path, &[]).await.header("etag").to_owned();
            let packed = get(&world, package, path, &[GZIP]).await.header("etag").to_owned();
            let same = get(&world, package, path, &[("Range", "bytes=0-9"), ("If-Range", &plain)]).await;
            assert_eq!((same.status, same.body.len()), (Status::PartialContent, 10));
            for other in ["\"other\"", "Wed, 21 Oct 2015 07:28:00 GMT"].into_iter().chain((packed != plain).then_some(packed.as_str())) {
                let got = get(&world, package, path, &[("Range", "bytes=0-9"), ("If-Range", other)]).await;
                assert_eq!((got.status, got.body.len()), (Status::Ok, size), "{path} {other}");
            }
        }
    }

    async fn what_is_missing_is_told_in_the_frame(world: World) {
        let package = imported(&world, &zip()).await.package.id;
        let frame = [("Sec-Fetch-Dest", "iframe"), ("Accept-Language", "fr"), ("Accept", "text/html")];
        let got = get(&world, package, "le%C3%A7on%3Cb%3E/2.html?x=1", &frame).await;
        let page = String::from_utf8(got.body.clone()).unwrap();
        assert_eq!((got.status, got.header("content-type")), (Status::NotFound, "text/html; charset=utf-8"));
        assert!(page.contains("Ce fichier manque") && page.contains("leçon&lt;b&gt;/2.html") && page.contains("lang=\"fr\""), "{page}");
        assert!(got.header("content-security-policy").contains("frame-ancestors 'self' http://localhost:8000"));
        assert_eq!(got.header("cache-control"), "no-store");
        // Its style is there, on this origin.
        let style = page.split("href=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a style sheet");
        let style = Got::of(world.content(Method::Get, package, style).dispatch().await).await;
        assert_eq!(style.status, Status::Ok);
        let arabic = get(&world, package, "x.html", &[("Sec-Fetch-Dest", "iframe"), ("Accept-Language", "ar-TN")]).await;
        assert!(String::from_utf8(arabic.body).unwrap().contains("dir=\"rtl\""));
        // Scripts and programs get a problem.
        let got = get(&world, package, "x.js", &[("Sec-Fetch-Dest", "script")]).await;
        assert_eq!((got.status, got.header("content-type")), (Status::NotFound, "application/problem+json"));
        // A key of another package, an old one, none: the same answer.
        let other = imported(&world, &crate::catalogue::simple("Autre")).await.package.id;
        for path in [
            format!("{}index.html", base(&world, other)),
            "/l/00/index.html".to_owned(),
            format!("/l/{}/index.html", "0".repeat(72)),
        ] {
            let got = Got::of(world.content(Method::Get, package, &path).header(Header::new("Accept", "text/html")).dispatch().await).await;
            assert_eq!(got.status, Status::NotFound, "{path}");
            assert!(String::from_utf8(got.body).unwrap().contains("Rouvrez le module"), "{path}");
        }
        let path = format!("{}index.html", base(&world, package));
        for (days, expected) in [(0, Status::Ok), (6, Status::Ok), (9, Status::NotFound)] {
            world.clock.advance_seconds(days * 86_400);
            let got = world.content(Method::Get, package, &path).dispatch().await;
            assert_eq!(got.status(), expected, "{days}");
        }
    }
}

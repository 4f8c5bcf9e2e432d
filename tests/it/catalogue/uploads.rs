//! Uploads as they happen: cut, wrong, too large, twice, at once, onto a full disk (Z16, Z18).

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use futures::stream::BoxStream;
use halqa::db::Engine;
use halqa::outbound::storage::Storage;
use object_store::memory::InMemory;
use object_store::path::Path;
use object_store::{
    CopyOptions, GetOptions, GetResult, ListResult, MultipartUpload, ObjectMeta, ObjectStore,
    PutMultipartOptions, PutOptions, PutPayload, PutResult,
};
use rocket::fairing::AdHoc;
use rocket::http::{ContentType, Header, Method, Status};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::{form, heavy, noise, nothing_left, post, simple, trainer, under_way, upload};
use crate::harness::{As, World, both_engines, send};

/// The same platform on a real socket.
struct Listening {
    port: u16,
    shutdown: rocket::Shutdown,
}

impl Listening {
    async fn on(world: &World) -> Listening {
        let (tell, told) = tokio::sync::oneshot::channel();
        let tell = std::sync::Mutex::new(Some(tell));
        let rocket = halqa::rocket(world.app.clone());
        let figment = rocket.figment().clone().merge(("port", 0));
        let rocket = rocket
            .configure(figment)
            .attach(AdHoc::on_liftoff("port", move |rocket| {
                let tell = tell.lock().ok().and_then(|mut tell| tell.take());
                let port = rocket.config().port;
                Box::pin(async move {
                    let _ = tell.map(|tell| tell.send(port));
                })
            }))
            .ignite()
            .await
            .expect("ignites");
        let shutdown = rocket.shutdown();
        tokio::spawn(rocket.launch());
        Listening {
            port: told.await.expect("a port"),
            shutdown,
        }
    }

    /// Sends a whole request; gives the answer.
    async fn ask(&self, bytes: &[u8]) -> String {
        self.send(bytes, false).await
    }

    /// Sends these bytes, then hangs up; gives what came back, which may be nothing.
    async fn say(&self, bytes: &[u8]) -> String {
        self.send(bytes, true).await
    }

    async fn send(&self, bytes: &[u8], hang_up: bool) -> String {
        let mut line = TcpStream::connect(("127.0.0.1", self.port))
            .await
            .expect("a line");
        // A server that has heard enough may hang up before the end.
        let _ = line.write_all(bytes).await;
        if hang_up {
            let _ = line.shutdown().await;
        }
        let mut answer = Vec::new();
        // The answer counts, not the end of the line: a server may keep it open for the rest.
        let read = line.read_to_end(&mut answer);
        let _ = tokio::time::timeout(Duration::from_secs(5), read).await;
        String::from_utf8_lossy(&answer).into_owned()
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        self.shutdown.clone().notify();
    }
}

/// A small package.
fn small() -> Vec<u8> {
    package::build::zip([
        ("imsmanifest.xml", crate::catalogue::MANIFEST),
        ("index.html", "<html lang=fr>API.LMSFinish('')"),
    ])
    .expect("a zip")
}

fn head(token: &str, length: &str) -> Vec<u8> {
    format!(
        "POST /api/v1/packages HTTP/1.1\r\nHost: localhost:8000\r\nAuthorization: Bearer {token}\r\n\
         Content-Type: application/zip\r\n{length}\r\nConnection: close\r\n\r\n"
    )
    .into_bytes()
}

fn counted(token: &str, zip: &[u8]) -> (Vec<u8>, Vec<u8>) {
    (
        head(token, &format!("Content-Length: {}", zip.len())),
        zip.to_vec(),
    )
}

fn chunked(token: &str, zip: &[u8]) -> (Vec<u8>, Vec<u8>) {
    let mut body = Vec::new();
    for block in zip.chunks(100) {
        body.extend(format!("{:x}\r\n", block.len()).bytes());
        body.extend(block);
        body.extend(b"\r\n");
    }
    body.extend(b"0\r\n\r\n");
    (head(token, "Transfer-Encoding: chunked"), body)
}

fn multipart(cookie: &str, zip: &[u8]) -> (Vec<u8>, Vec<u8>) {
    let mut body =
        b"--limit\r\nContent-Disposition: form-data; name=\"package\"; filename=\"m.zip\"\r\n\r\n"
            .to_vec();
    body.extend(zip);
    body.extend(b"\r\n--limit--\r\n");
    let head = format!(
        "POST /fr/teach/upload HTTP/1.1\r\nHost: localhost:8000\r\nOrigin: http://localhost:8000\r\nCookie: {cookie}\r\n\
         Content-Type: multipart/form-data; boundary=limit\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    (head.into_bytes(), body)
}

/// Waits until no import is under way: the server notices a cut when it notices it.
async fn settled(world: &World, after: &str) {
    let quiet = async {
        while !under_way(world).is_empty() {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    };
    if tokio::time::timeout(Duration::from_secs(10), quiet)
        .await
        .is_err()
    {
        panic!("{after}: {:?} is left", under_way(world));
    }
}

/// A store that takes so many objects and is full then.
#[derive(Debug)]
struct Filling {
    inner: InMemory,
    left: AtomicUsize,
}

impl std::fmt::Display for Filling {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("filling")
    }
}

#[rocket::async_trait]
impl ObjectStore for Filling {
    async fn put_opts(
        &self,
        to: &Path,
        bytes: PutPayload,
        how: PutOptions,
    ) -> object_store::Result<PutResult> {
        let left = self
            .left
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| {
                left.checked_sub(1)
            });
        if left.is_err() {
            let source = std::io::Error::from(std::io::ErrorKind::StorageFull).to_string();
            return Err(object_store::Error::Generic {
                store: "test",
                source: format!("No space left on device ({source})").into(),
            });
        }
        self.inner.put_opts(to, bytes, how).await
    }
    async fn put_multipart_opts(
        &self,
        to: &Path,
        how: PutMultipartOptions,
    ) -> object_store::Result<Box<dyn MultipartUpload>> {
        self.inner.put_multipart_opts(to, how).await
    }
    async fn get_opts(&self, from: &Path, how: GetOptions) -> object_store::Result<GetResult> {
        self.inner.get_opts(from, how).await
    }
    fn delete_stream(
        &self,
        which: BoxStream<'static, object_store::Result<Path>>,
    ) -> BoxStream<'static, object_store::Result<Path>> {
        self.inner.delete_stream(which)
    }
    fn list(&self, prefix: Option<&Path>) -> BoxStream<'static, object_store::Result<ObjectMeta>> {
        self.inner.list(prefix)
    }
    async fn list_with_delimiter(&self, prefix: Option<&Path>) -> object_store::Result<ListResult> {
        self.inner.list_with_delimiter(prefix).await
    }
    async fn copy_opts(
        &self,
        from: &Path,
        to: &Path,
        how: CopyOptions,
    ) -> object_store::Result<()> {
        self.inner.copy_opts(from, to, how).await
    }
}

/// A package with a deflated film: its inflated copy is an object of its own.
fn with_side() -> Vec<u8> {
    use package::testkit::{Forge, Member};
    let film: Vec<u8> = (0..200_000_u32).map(|n| (n % 251) as u8).collect();
    let members = vec![
        Member::deflated("imsmanifest.xml", crate::catalogue::MANIFEST),
        Member::deflated("index.html", "<html lang=fr>API.LMSFinish('')"),
        Member::deflated("film.mp4", film),
    ];
    Forge::of(members).finish().bytes
}

both_engines! {
    // Z16: cut at any byte, through each door.
    async fn a_cut_upload_leaves_nothing(world: World) {
        let token = world.token(&["packages"]).await;
        let cookie = trainer(&world).await;
        let server = Listening::on(&world).await;
        let zip = small();
        // Every byte on one engine; the other engine, and the form, in steps that share no factor.
        let step = if world.app.db.engine() == Engine::Sqlite { 1 } else { 17 };
        for (door, (head, body), step) in [
            ("counted", counted(&token, &zip), step),
            ("chunked", chunked(&token, &zip), step),
            ("form", multipart(&cookie, &zip), step + 6),
        ] {
            let request = [head.clone(), body.clone()].concat();
            // What follows the zip's last byte may be missing: the zip is whole then.
            let end = match door {
                "form" => body.len() - 4,
                "chunked" => body.len() - 7,
                _ => body.len(),
            };
            for cut in (0..end).step_by(step) {
                let answer = server.say(&request[..head.len() + cut]).await;
                let status = answer.split(' ').nth(1).unwrap_or("none").to_owned();
                // An end without its mark reads as a short zip: refused as such.
                assert!(["400", "422", "none"].contains(&status.as_str()), "{door} cut at {cut}: {answer}");
                settled(&world, &format!("{door} cut at {cut}")).await;
            }
            nothing_left(&world, door).await;
        }
        // The same bytes, uncut.
        let (head, body) = chunked(&token, &zip);
        let answer = server.ask(&[head, body].concat()).await;
        assert!(answer.starts_with("HTTP/1.1 201"), "{answer}");
        let (head, body) = multipart(&cookie, &simple("Formulaire"));
        let answer = server.ask(&[head, body].concat()).await;
        assert!(answer.starts_with("HTTP/1.1 303"), "{answer}");
    }

    async fn a_wrong_length_is_never_half_a_package(world: World) {
        let token = world.token(&["packages"]).await;
        let server = Listening::on(&world).await;
        let zip = small();
        let short = [head(&token, &format!("Content-Length: {}", zip.len() - 5)), zip.clone()].concat();
        let answer = server.ask(&short).await;
        assert!(answer.starts_with("HTTP/1.1 422") && answer.contains("truncated"), "{answer}");
        let long = [head(&token, &format!("Content-Length: {}", zip.len() + 5)), zip.clone()].concat();
        let answer = server.say(&long).await;
        assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 400"), "{answer}");
        settled(&world, "too long").await;
        nothing_left(&world, "wrong lengths").await;
    }

    async fn only_zips_are_taken(world: World) {
        let token = world.token(&["packages"]).await;
        for kind in [None, Some("text/plain"), Some("application/json"), Some("multipart/form-data; boundary=x"), Some("application/octet-stream")] {
            let mut request = world.request(Method::Post, "/api/v1/packages").bearer(&token).body(small());
            if let Some(kind) = kind {
                request = request.header(Header::new("Content-Type", kind));
            }
            let answer = send(request).await;
            assert_eq!((answer.status, answer.code().as_str()), (Status::UnsupportedMediaType, "unsupported-media-type"), "{kind:?}");
        }
        let cookie = trainer(&world).await;
        for body in ["", "axis=x", "--limit", "--limit\r\n\r\n--limit--"] {
            let answer = send(world.post("/fr/teach/upload").header(ContentType::Form).by(&cookie).body(body)).await;
            assert_eq!(answer.status, Status::UnsupportedMediaType, "{body}");
            let request = world.post("/fr/teach/upload").header(Header::new("Content-Type", "multipart/form-data; boundary=limit"));
            let answer = send(request.by(&cookie).body(body)).await;
            assert!(matches!(answer.status.code, 400 | 422), "{body}: {}", answer.status);
        }
        // No file chosen: browsers send an empty one without a name.
        let answer = send(form(&world, &cookie, "/fr/teach/upload", &[], Some(("", b"")))).await;
        assert_eq!(answer.status, Status::UnprocessableEntity);
        assert!(answer.text.contains("Aucun fichier"), "{}", answer.text);
        let answer = send(form(&world, &cookie, "/fr/teach/upload", &[], Some(("vide.zip", b"")))).await;
        assert_eq!(answer.status, Status::UnprocessableEntity);
        let answer = send(form(&world, &cookie, "/fr/teach/upload", &[("axis", "nowhere")], Some(("m.zip", &small())))).await;
        assert_eq!(answer.status, Status::UnprocessableEntity);
        for query in ["axis=nowhere", "module=0198c0de-0000-7000-8000-000000000000", "module=x"] {
            let answer = send(post(&world, &token, &format!("/api/v1/packages?{query}"), &small())).await;
            assert!(matches!(answer.status.code, 404 | 422), "{query}: {}", answer.text);
        }
        nothing_left(&world, "no zips").await;
    }

    async fn too_large_is_told_while_it_comes(world: World) {
        let world = World::with(world.app.db.engine(), &[("HALQA_PACKAGE_MAX_BYTES", "100000")]).await;
        let token = world.token(&["packages"]).await;
        let cookie = trainer(&world).await;
        let server = Listening::on(&world).await;
        let zip = heavy(300_000);
        // Announced: a beginning is enough (the framework waits for one).
        let start = head(&token, "Content-Length: 100001");
        let answer = server.ask(&[start, zip[..20_000].to_vec()].concat()).await;
        assert!(answer.starts_with("HTTP/1.1 413") && answer.contains("\"limit\":100000"), "{answer}");
        // Not announced: as soon as it is too much, though the end never comes.
        let (start, body) = chunked(&token, &zip);
        let answer = server.ask(&[start, body[..150_000].to_vec()].concat()).await;
        assert!(answer.starts_with("HTTP/1.1 413"), "{answer}");
        settled(&world, "chunked").await;
        let answer = send(form(&world, &cookie, "/fr/teach/upload", &[], Some(("m.zip", &zip)))).await;
        assert_eq!(answer.status, Status::PayloadTooLarge, "{}", answer.text);
        assert!(answer.text.contains("data-upload"), "{}", answer.text);
        nothing_left(&world, "too large").await;
        assert_eq!(upload(&world, &token, &small()).await.status, Status::Created);
    }

    async fn the_same_bytes_again_are_an_ok(world: World) {
        let token = world.token(&["packages"]).await;
        let zip = simple("Encore");
        let first = upload(&world, &token, &zip).await;
        let second = upload(&world, &token, &zip).await;
        assert_eq!((first.status, second.status), (Status::Created, Status::Ok));
        assert_eq!(first.json(), second.json());
        assert_eq!(first.json()["package"]["activities"][1]["launch"], "index.html");
        // Another trainer has a module of their own made of the same package.
        let cookie = trainer(&world).await;
        let page = send(form(&world, &cookie, "/fr/teach/upload", &[], Some(("m.zip", &zip)))).await;
        assert_eq!(page.status, Status::SeeOther, "{}", page.text);
        world.person("sami@example.org").await;
        let sami = world.signed_in_as("sami2@example.org", Some(halqa::accounts::Grant::Trainer)).await;
        let page = send(form(&world, &sami, "/fr/teach/upload", &[], Some(("m.zip", &simple("Rim seule"))))).await;
        let mine = page.headers["location"].clone();
        let page = send(form(&world, &cookie, "/fr/teach/upload", &[], Some(("m.zip", &simple("Rim seule"))))).await;
        let theirs = page.headers["location"].clone();
        assert_ne!(mine.split('?').next(), theirs.split('?').next());
        let shown = send(world.get(&theirs).by(&cookie)).await;
        assert_eq!(shown.status, Status::Ok);
    }

    async fn at_once_they_are_one_package(world: World) {
        let token = world.token(&["packages"]).await;
        let zip = with_side();
        let answers = futures::future::join_all((0..8).map(|_| upload(&world, &token, &zip))).await;
        let made = answers.iter().filter(|a| a.status == Status::Created).count();
        let known = answers.iter().filter(|a| a.status == Status::Ok).count();
        assert_eq!((made, known), (1, 7), "{:?}", answers.iter().map(|a| a.status.code).collect::<Vec<_>>());
        assert!(answers.iter().all(|a| a.json()["module"] == answers[0].json()["module"]));
        // One zip and one inflated film: those who came second took theirs back.
        let objects = world.app.storage.list().await.unwrap();
        assert_eq!(objects.len(), 2, "{objects:?}");
        assert!(under_way(&world).is_empty());
        let package = crate::catalogue::hostile::package_of(&answers[0]);
        let film = format!("{}film.mp4", crate::catalogue::base(&world, package));
        let served = send(world.content(Method::Get, package, &film).header(Header::new("Range", "bytes=251-253"))).await;
        assert_eq!(served.status, Status::PartialContent);
        assert_eq!(served.text.as_bytes(), [0, 1, 2]);
    }

    // Z18, in the storage: after the zip, before its film.
    async fn a_full_storage_is_said_and_nothing_is_left(world: World) {
        for left in [0, 1] {
            let store = Filling { inner: InMemory::new(), left: AtomicUsize::new(left) };
            let world = World::over(world.app.db.engine(), &[], |app| app.storage = Storage::over(Arc::new(store), "here")).await;
            let token = world.token(&["packages"]).await;
            let answer = upload(&world, &token, &with_side()).await;
            assert_eq!((answer.status, answer.code().as_str()), (Status::InsufficientStorage, "storage-full"));
            nothing_left(&world, "a full storage").await;
            let cookie = trainer(&world).await;
            let page = send(form(&world, &cookie, "/fr/teach/upload", &[], Some(("m.zip", &with_side())))).await;
            assert_eq!(page.status, Status::InsufficientStorage);
            assert!(page.text.contains("Il n’y a plus de place") && page.text.contains("data-upload"), "{}", page.text);
            nothing_left(&world, "a full storage").await;
        }
    }

    // Nothing in memory grows with the package: what comes in is on the disk at once.
    async fn a_heavy_package_goes_through(world: World) {
        let token = world.token(&["packages"]).await;
        let answer = upload(&world, &token, &heavy(20 << 20)).await;
        assert_eq!(answer.status, Status::Created, "{}", answer.text);
        let package = crate::catalogue::hostile::package_of(&answer);
        let film = format!("{}film.webm", crate::catalogue::base(&world, package));
        let request = world.content(Method::Get, package, &film).header(Header::new("Accept-Encoding", "gzip"));
        let bytes = request.dispatch().await.into_bytes().await.unwrap();
        assert!(bytes == noise(20 << 20));
    }
}

//! Packages in an S3-style bucket, on the server that `scripts/test-s3` started.

use std::process::{Command, Output};
use std::sync::atomic::{AtomicU32, Ordering};

use package::testkit::{Forge, Member};
use rocket::http::{Header, Method, Status};

use crate::catalogue::hostile::package_of;
use crate::catalogue::{MANIFEST, base, noise, simple, under_way, upload};
use crate::harness::{World, both_engines};

static NEXT: AtomicU32 = AtomicU32::new(0);

/// How to reach a bucket of this test's own.
struct Bucket {
    endpoint: String,
    name: String,
}

impl Bucket {
    /// Makes one.
    ///
    /// A missing server is a failure, not a skipped test.
    async fn fresh() -> Bucket {
        let endpoint = std::env::var("HALQA_TEST_S3")
            .expect("HALQA_TEST_S3 names no server: run `source scripts/test-s3`");
        let name = format!(
            "halqa-{}-{}",
            std::process::id(),
            NEXT.fetch_add(1, Ordering::Relaxed)
        );
        let made = reqwest::Client::new()
            .put(format!("{endpoint}/{name}"))
            .send()
            .await
            .expect("the S3 server");
        assert!(made.status().is_success(), "{}", made.status());
        Bucket { endpoint, name }
    }

    fn url(&self, prefix: &str) -> String {
        format!("s3://{}/{prefix}", self.name)
    }

    fn settings<'s>(&'s self, url: &'s str) -> [(&'s str, &'s str); 5] {
        [
            ("HALQA_STORAGE_URL", url),
            ("HALQA_S3_ENDPOINT", &self.endpoint),
            ("HALQA_S3_REGION", "eu-west-1"),
            ("HALQA_S3_ACCESS_KEY_ID", "key"),
            ("HALQA_S3_SECRET_ACCESS_KEY", "secret"),
        ]
    }

    async fn world(&self, like: &World, prefix: &str) -> World {
        World::with(like.app.db.engine(), &self.settings(&self.url(prefix))).await
    }
}

/// A package above the size of one part, with a deflated film.
fn film() -> Vec<u8> {
    Forge::of(vec![
        Member::deflated("imsmanifest.xml", MANIFEST),
        Member::deflated("index.html", "<html lang=fr>API.LMSFinish('')"),
        Member::stored("stored.mp4", noise(9 << 20)),
        Member::deflated("deflated.mp4", noise(9 << 20)),
        Member::deflated("data.txt", "une ligne\n".repeat(300_000)),
    ])
    .finish()
    .bytes
}

async fn bytes(
    world: &World,
    package: halqa::ids::PackageId,
    path: &str,
    headers: &[(&'static str, &str)],
) -> (Status, Vec<u8>) {
    let mut request = world.content(
        Method::Get,
        package,
        &format!("{}{path}", base(world, package)),
    );
    for (name, value) in headers {
        request = request.header(Header::new(*name, (*value).to_owned()));
    }
    let response = request.dispatch().await;
    (
        response.status(),
        response.into_bytes().await.unwrap_or_default(),
    )
}

both_engines! {
    async fn a_package_goes_in_and_comes_out(world: World) {
        let bucket = Bucket::fresh().await;
        let world = bucket.world(&world, "some/where").await;
        let token = world.token(&["packages"]).await;
        let made = upload(&world, &token, &film()).await;
        assert_eq!(made.status, Status::Created, "{}", made.text);
        assert!(under_way(&world).is_empty());
        let package = package_of(&made);
        let keys: Vec<String> = world.app.storage.list().await.unwrap().into_iter().map(|o| o.0).collect();
        assert!(keys.len() == 2 && keys[0].starts_with("side/") && keys[1].starts_with("zip/"), "{keys:?}");
        let whole = noise(9 << 20);
        for path in ["stored.mp4", "deflated.mp4"] {
            let (status, body) = bytes(&world, package, path, &[("Accept-Encoding", "gzip")]).await;
            assert!(status == Status::Ok && body == whole, "{path}: {status} {}", body.len());
            for (range, part) in [("bytes=0-9", 0..10), ("bytes=5000000-9000000", 5_000_000..9_000_001), ("bytes=-5", (9 << 20) - 5..9 << 20)] {
                let (status, body) = bytes(&world, package, path, &[("Range", range)]).await;
                assert!(status == Status::PartialContent && body == whole[part], "{path} {range}: {status} {}", body.len());
            }
        }
        let text = "une ligne\n".repeat(300_000).into_bytes();
        assert_eq!(bytes(&world, package, "data.txt", &[]).await, (Status::Ok, text.clone()));
        assert_eq!(bytes(&world, package, "data.txt", &[("Range", "bytes=2000000-2000099")]).await, (Status::PartialContent, text[2_000_000..2_000_100].to_vec()));
        let (status, packed) = bytes(&world, package, "data.txt", &[("Accept-Encoding", "gzip")]).await;
        assert!(status == Status::Ok && packed.len() < text.len() / 10 && packed.starts_with(&[0x1F, 0x8B]));
        // The same bytes again, also at once.
        let film = film();
        let again = futures::future::join_all((0..4).map(|_| upload(&world, &token, &film))).await;
        assert!(again.iter().all(|a| a.status == Status::Ok));
        let twins = simple("Jumeaux");
        let twins = futures::future::join_all((0..4).map(|_| upload(&world, &token, &twins))).await;
        assert_eq!(twins.iter().filter(|a| a.status == Status::Created).count(), 1);
        assert_eq!(world.app.storage.list().await.unwrap().len(), 3);
    }

    async fn a_key_that_is_there_is_written_over_whole(world: World) {
        let bucket = Bucket::fresh().await;
        let world = bucket.world(&world, "").await;
        let storage = &world.app.storage;
        let file = world.app.config.data.join("object");
        for length in [100, 9 << 20, 200] {
            std::fs::write(&file, noise(length)).unwrap();
            futures::future::try_join_all((0..3).map(|_| storage.put_file("zip/same", &file))).await.expect("stored");
            assert_eq!(storage.size("zip/same").await.unwrap(), length as u64);
            assert!(storage.range("zip/same", 0..length as u64).await.unwrap() == noise(length));
        }
        assert_eq!(storage.list().await.unwrap().len(), 1);
        storage.delete("zip/same").await.expect("gone");
        storage.delete("zip/same").await.expect("gone already");
        assert!(!storage.exists("zip/same").await.unwrap());
    }

    async fn a_refused_package_leaves_the_bucket_empty(world: World) {
        let bucket = Bucket::fresh().await;
        let world = bucket.world(&world, "p").await;
        let token = world.token(&["packages"]).await;
        let zip = film();
        let cut = upload(&world, &token, &zip[..zip.len() - 100]).await;
        assert_eq!(cut.status, Status::UnprocessableEntity);
        crate::catalogue::nothing_left(&world, "refused").await;
        // A bucket that is not there: said, and nothing left here either.
        let url = format!("s3://{}-nowhere/p", bucket.name);
        let world = World::with(world.app.db.engine(), &bucket.settings(&url)).await;
        let token = world.token(&["packages"]).await;
        for zip in [simple("Nulle part"), zip] {
            let answer = upload(&world, &token, &zip).await;
            assert_eq!((answer.status, answer.code().as_str()), (Status::ServiceUnavailable, "unavailable"), "{}", answer.text);
            assert!(under_way(&world).is_empty());
            assert_eq!(halqa::db::testing::count_catalogue(&world.app.db).await, 0);
        }
    }

    async fn a_backup_moves_a_bucket(world: World) {
        let engine = world.app.db.engine();
        let bucket = Bucket::fresh().await;
        let world = bucket.world(&world, "from").await;
        let token = world.token(&["packages"]).await;
        let package = package_of(&upload(&world, &token, &film()).await);
        let file = world.app.config.data.join("backup.zip").display().to_string();
        let data = world.app.config.data.clone();
        let from = bucket.url("from");
        let backup = program(&bucket, &from, &data, &world.app.config.database_url, &["backup", &file]);
        assert!(backup.status.success(), "{}", said(&backup));
        let other = data.join("other");
        let database = match engine {
            halqa::db::Engine::Sqlite => format!("sqlite:{}", other.join("halqa.db").display()),
            halqa::db::Engine::Postgres => crate::harness::fresh_postgres().await,
        };
        let to = bucket.url("to");
        // Not onto what is there.
        let onto = program(&bucket, &from, &other, &database, &["restore", &file]);
        assert!(!onto.status.success() && said(&onto).contains("not empty"), "{}", said(&onto));
        let restore = program(&bucket, &to, &other, &database, &["restore", &file]);
        assert!(restore.status.success(), "{}", said(&restore));
        let objects = world.app.storage.list().await.unwrap();
        let moved = bucket.world(&world, "to").await;
        assert_eq!(moved.app.storage.list().await.unwrap(), objects);
        let mut restored = bucket.settings(&to).to_vec();
        restored.push(("HALQA_DATABASE_URL", &database));
        let restored = World::at(&restored).await;
        let (status, body) = bytes(&restored, package, "deflated.mp4", &[("Range", "bytes=100-199")]).await;
        assert!(status == Status::PartialContent && body == noise(9 << 20)[100..200], "{status}");
    }
}

fn program(
    bucket: &Bucket,
    storage: &str,
    data: &std::path::Path,
    database: &str,
    arguments: &[&str],
) -> Output {
    Command::new(env!("CARGO_BIN_EXE_halqa"))
        .args(arguments)
        .envs(bucket.settings(storage))
        .env("HALQA_DATA", data)
        .env("HALQA_DATABASE_URL", database)
        .output()
        .expect("the program runs")
}

fn said(output: &Output) -> String {
    format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}

//! Packages: in through every door, out through the content origin.

mod command;
mod content;
pub mod hostile;
mod hosts;
mod manifests;
mod modules;
mod swept;
mod uploads;

use halqa::accounts::Grant;
use halqa::catalogue::{self, Options};
use halqa::ids::PackageId;
use rocket::http::{ContentType, Header};
use rocket::local::asynchronous::LocalRequest;

use crate::harness::{Answer, As, World, both_engines, send};

pub const MANIFEST: &str = r#"<?xml version="1.0"?>
<manifest identifier="m" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
<metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>
<organizations default="o"><organization identifier="o"><title>Tenir les comptes</title>
<item identifier="i" identifierref="r"><title>Les comptes de l’association</title></item></organization></organizations>
<resources><resource identifier="r" type="webcontent" adlcp:scormtype="sco" href="index.html"/></resources></manifest>"#;

/// A small package whose page holds this text.
pub fn simple(text: &str) -> Vec<u8> {
    let page = format!(
        "<html lang=fr><body>{text}<script src=a/script.js></script><script>parent.API.LMSFinish('')</script>"
    );
    let script = "console.log('halqa');\n".repeat(500);
    let film: Vec<u8> = (0..100_000_u32).map(|n| (n % 251) as u8).collect();
    package::build::zip([
        ("imsmanifest.xml", MANIFEST.as_bytes()),
        ("index.html", page.as_bytes()),
        ("a/script.js", script.as_bytes()),
        ("a/film.mp4", &film),
    ])
    .expect("a zip")
}

/// Bytes that no compression makes smaller.
pub fn noise(length: usize) -> Vec<u8> {
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    std::iter::repeat_with(|| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_le_bytes()
    })
    .flatten()
    .take(length)
    .collect()
}

/// A package that takes at least this many bytes.
pub fn heavy(length: usize) -> Vec<u8> {
    package::build::zip([
        ("imsmanifest.xml", MANIFEST.as_bytes()),
        ("index.html", b"<html lang=fr>API.LMSFinish('')".as_slice()),
        ("film.webm", &noise(length)),
    ])
    .expect("a zip")
}

pub async fn imported(world: &World, zip: &[u8]) -> catalogue::Imported {
    catalogue::import_bytes(&world.app, zip, Options::default())
        .await
        .expect("a good package")
}

/// The folder of a package on its own origin.
pub fn base(world: &World, package: PackageId) -> String {
    catalogue::content::base(&world.app, package)
}

/// `POST /api/v1/packages` as a program sends it.
pub fn post<'w>(world: &'w World, token: &str, path: &str, zip: &[u8]) -> LocalRequest<'w> {
    world
        .request(rocket::http::Method::Post, path)
        .header(ContentType::new("application", "zip"))
        .bearer(token)
        .body(zip)
}

/// Uploads through the API.
pub async fn upload(world: &World, token: &str, zip: &[u8]) -> Answer {
    send(post(world, token, "/api/v1/packages", zip)).await
}

/// A form as a browser sends it: fields, then the file.
pub fn form<'w>(
    world: &'w World,
    cookie: &str,
    path: &str,
    fields: &[(&str, &str)],
    file: Option<(&str, &[u8])>,
) -> LocalRequest<'w> {
    let mut body = Vec::new();
    for (name, value) in fields {
        body.extend(
            format!(
                "--limit\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
            )
            .bytes(),
        );
    }
    if let Some((name, bytes)) = file {
        body.extend(
            format!(
                "--limit\r\nContent-Disposition: form-data; name=\"package\"; filename=\"{name}\"\r\n\
                 Content-Type: application/zip\r\n\r\n"
            )
            .bytes(),
        );
        body.extend(bytes);
        body.extend(b"\r\n");
    }
    body.extend(b"--limit--\r\n");
    world
        .post(path)
        .header(Header::new(
            "Content-Type",
            "multipart/form-data; boundary=limit",
        ))
        .by(cookie)
        .body(body)
}

/// A trainer's browser.
pub async fn trainer(world: &World) -> String {
    world
        .signed_in_as("rim@example.org", Some(Grant::Trainer))
        .await
}

/// Files of imports under way.
pub fn under_way(world: &World) -> Vec<String> {
    std::fs::read_dir(world.app.config.temp_dir())
        .expect("the temporary folder")
        .map(|entry| {
            entry
                .expect("an entry")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .collect()
}

/// What a refused upload leaves: nothing, anywhere.
pub async fn nothing_left(world: &World, after: &str) {
    assert_eq!(under_way(world), Vec::<String>::new(), "{after}");
    let objects = world.app.storage.list().await.expect("the storage");
    assert_eq!(objects, Vec::new(), "{after}");
    let rows = halqa::db::testing::count_catalogue(&world.app.db).await;
    assert_eq!(rows, 0, "{after}");
}

both_engines! {
    async fn a_package_becomes_a_module_and_is_served(world: World) {
        let imported = imported(&world, &simple("Bonjour")).await;
        assert_eq!(imported.module.slug, "tenir-les-comptes");
        assert_eq!(imported.package.format, "scorm12");
        assert!(imported.package.diagnosis.is_empty(), "{:?}", imported.package.diagnosis);
        let module = catalogue::module_by_slug(&world.app, "tenir-les-comptes").await.unwrap();
        assert_eq!((module.language.as_str(), module.number), ("fr", 1));
        let course = catalogue::course(&world.app, module.version).await.unwrap();
        assert_eq!(course.scorm().unwrap().title, "Tenir les comptes");
        let page = format!("{}index.html", base(&world, imported.package.id));
        let answer = send(world.content(rocket::http::Method::Get, imported.package.id, &page)).await;
        assert_eq!(answer.status, rocket::http::Status::Ok);
        assert!(answer.text.contains("Bonjour"));
        assert_eq!(under_way(&world), Vec::<String>::new());
    }

    async fn the_same_bytes_are_the_same_package(world: World) {
        let first = imported(&world, &simple("Un")).await;
        let second = imported(&world, &simple("Un")).await;
        assert!(first.new && !second.new);
        assert_eq!(first.package.id, second.package.id);
        assert_eq!(first.module, second.module);
        let third = imported(&world, &simple("Deux")).await;
        assert_eq!(third.module.slug, "tenir-les-comptes-2");
    }
}

//! Packages: in through every door, out through the content origin.

use halqa::catalogue::{self, Options};
use halqa::ids::PackageId;
use rocket::http::{Method, Status};

use crate::harness::{World, both_engines, send};

const MANIFEST: &str = r#"<?xml version="1.0"?>
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

async fn imported(world: &World, zip: &[u8]) -> catalogue::Imported {
    catalogue::import_bytes(&world.app, zip, Options::default())
        .await
        .expect("a good package")
}

fn base(world: &World, package: PackageId) -> String {
    catalogue::content::base(&world.app, package)
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
        let answer = send(world.content(Method::Get, imported.package.id, &page)).await;
        assert_eq!(answer.status, Status::Ok);
        assert!(answer.text.contains("Bonjour"));
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

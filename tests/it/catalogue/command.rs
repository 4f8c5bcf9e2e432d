//! `halqa import`: the same importer from a terminal, while the server runs.

use std::path::PathBuf;
use std::process::{Command, Output};

use serde_json::Value;

use super::{heavy, nothing_left, simple};
use crate::harness::{World, both_engines, send};

/// A file beside the world's data.
fn file(world: &World, name: &str, bytes: &[u8]) -> PathBuf {
    let path = world.app.config.data.join(name);
    std::fs::write(&path, bytes).expect("a file");
    path
}

fn run(world: &World, mut command: Command) -> Output {
    command
        .env("HALQA_DATA", &world.app.config.data)
        .env("HALQA_DATABASE_URL", &world.app.config.database_url)
        .output()
        .expect("the program runs")
}

fn import(world: &World, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_halqa"));
    command.arg("import").args(arguments);
    run(world, command)
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

both_engines! {
    async fn good_ones_go_in_bad_ones_are_named(world: World) {
        world.axis("cadre-legislatif").await;
        let good = file(&world, "bon.zip", &simple("Bonjour"));
        let bad = file(&world, "abîmé.zip", &simple("Abîmé")[..500]);
        let (good, bad) = (good.display().to_string(), bad.display().to_string());
        let out = import(&world, &[&good, &bad, "/nowhere/x.zip", "--axis", "cadre-legislatif", "--publish", "--json"]);
        assert_eq!(out.status.code(), Some(1), "{}", text(&out.stderr));
        let list: Value = serde_json::from_slice(&out.stdout).expect("one JSON list");
        // As the API answers.
        assert_eq!(list[0]["package"]["format"], "scorm12");
        assert_eq!(list[0]["package"]["sha256"].as_str().unwrap().len(), 64);
        assert_eq!(list[0]["module"]["slug"], "tenir-les-comptes");
        assert_eq!((list[1]["code"].clone(), list[1]["status"].clone()), ("truncated".into(), 422.into()));
        assert_eq!(list[1]["file"], bad);
        assert_eq!(list[2]["code"], "file-unreadable");
        assert_eq!(list.as_array().unwrap().len(), 3);
        // The server that runs meanwhile shows it.
        let page = send(world.get("/fr/modules")).await;
        assert!(page.text.contains("Tenir les comptes"), "{}", page.text);
        // Once more: known, fine.
        let out = import(&world, &[&good, "--json"]);
        assert_eq!(out.status.code(), Some(0));
        let again: Value = serde_json::from_slice(&out.stdout).expect("one JSON list");
        assert_eq!(again[0]["module"], list[0]["module"]);
    }

    async fn people_read_the_diagnosis(world: World) {
        let odd = package::build::zip([
            ("dossier/imsmanifest.xml", crate::catalogue::MANIFEST.as_bytes()),
            ("dossier/index.html", b"<html lang=fr><img src='http://cdn.example.net/a.png'>".as_slice()),
        ]).unwrap();
        let odd = file(&world, "dossier.zip", &odd).display().to_string();
        let out = import(&world, &[&odd]);
        assert_eq!(out.status.code(), Some(0), "{}", text(&out.stderr));
        let said = text(&out.stdout);
        for part in ["Tenir les comptes", "scorm12", "/modules/tenir-les-comptes", "cdn.example.net", "dossier"] {
            assert!(said.contains(part), "{part}: {said}");
        }
        assert!(!said.contains("catalogue-finding"), "{said}");
        // No bar where nobody watches.
        assert!(!text(&out.stderr).contains('\r'), "{}", text(&out.stderr));
        let nothing = file(&world, "rien.zip", b"").display().to_string();
        let out = import(&world, &[&nothing]);
        assert_eq!(out.status.code(), Some(1));
        assert!(text(&out.stdout).contains("not_a_zip"), "{}", text(&out.stdout));
        assert_eq!(import(&world, &[]).status.code(), Some(2));
        assert_eq!(import(&world, &[&odd, "--axis", "nowhere"]).status.code(), Some(1));
    }

    // A bar where somebody does: `script` gives the program a terminal.
    async fn a_terminal_gets_a_progress_bar(world: World) {
        let path = file(&world, "film.zip", &heavy(3 << 20)).display().to_string();
        let mut command = Command::new("script");
        let line = format!("{} import {path}", env!("CARGO_BIN_EXE_halqa"));
        command.args(["-q", "-e", "-c", &line, "/dev/null"]);
        let out = run(&world, command);
        let said = text(&out.stdout);
        assert!(out.status.success(), "{said}");
        assert!(said.contains("MiB") && said.contains("Tenir les comptes"), "{said}");
    }

    // Z18 on this machine's disk: a limit on files stands for a full disk, which needs no root.
    async fn a_full_disk_is_said_and_nothing_is_left(world: World) {
        let path = file(&world, "film.zip", &heavy(24 << 20)).display().to_string();
        let mut command = Command::new("bash");
        let line = format!("trap '' XFSZ; ulimit -f {}; exec {} import --json {path}", 16 << 10, env!("CARGO_BIN_EXE_halqa"));
        command.args(["-c", &line]);
        let out = run(&world, command);
        assert_eq!(out.status.code(), Some(1), "{}", text(&out.stderr));
        let list: Value = serde_json::from_slice(&out.stdout).expect("one JSON list");
        assert_eq!((list[0]["code"].clone(), list[0]["status"].clone()), ("storage-full".into(), 507.into()), "{list}");
        nothing_left(&world, "a full disk").await;
        assert_eq!(import(&world, &[&path]).status.code(), Some(0));
    }
}

//! `halqa users add`, as operators use it: the real program, and the person who signs in afterwards.

use std::io::Write;
use std::process::{Command, Output, Stdio};

use halqa::accounts;
use halqa::clock::{Clock, SystemClock};
use halqa::seminars;
use rocket::http::Status;

use crate::harness::{As, PASSWORD, World, both_engines, send};

/// The program lives in the present; the world's clock stands elsewhere and goes there.
fn to_the_present(world: &World) {
    let behind = SystemClock.now().micros() - world.now().micros();
    world.clock.advance_seconds(behind / 1_000_000 + 60);
}

/// Runs `halqa users add` on a world's data, while the world is open.
fn add(world: &World, arguments: &[&str], password: Option<&str>) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_halqa"));
    command
        .args(["users", "add"])
        .args(arguments)
        .env("HALQA_DATA", &world.app.config.data)
        .env("HALQA_DATABASE_URL", &world.app.config.database_url)
        .env("HALQA_PASSWORD_COST", "test")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    if password.is_some() {
        command.arg("--password-stdin");
    }
    let mut child = command.spawn().expect("the program runs");
    let mut input = child.stdin.take().expect("a pipe");
    if let Some(password) = password {
        // A program that refuses its arguments does not listen.
        let _ = writeln!(input, "{password}\nnot this line");
    }
    drop(input);
    child.wait_with_output().expect("it ends")
}

fn said(output: &Output) -> String {
    format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}

both_engines! {
    async fn an_empty_platform_gets_its_first_administrator(world: World) {
        assert!(!accounts::has_admin(&world.app).await.unwrap());
        let made = add(&world, &["--email", "Chef@Example.org", "--name", "La chef", "--role", "admin"], Some(PASSWORD));
        assert!(made.status.success(), "{}", said(&made));
        to_the_present(&world);
        assert!(accounts::has_admin(&world.app).await.unwrap());
        let browser = world.browser_of("chef@example.org").await;
        let page = send(world.get("/fr/admin").by(&browser)).await;
        assert_eq!(page.status, Status::Ok);
        // From nothing to a place where people can work, by clicks alone.
        for (path, fields) in [
            ("/fr/admin/regions", vec![("name_fr", "Sousse"), ("name_ar", "سوسة")]),
            ("/fr/admin/axes", vec![("name_fr", "Cadre"), ("name_ar", "الإطار")]),
            ("/fr/organisations/new", vec![("name", "Oliviers"), ("kind", "association"), ("region", "sousse"), ("axis", "cadre")]),
            ("/fr/organisations/oliviers/members", vec![("name", "Amel"), ("email", "amel@example.org"), ("language", "fr")]),
            ("/fr/seminars/new", vec![
                ("title", "Bienvenue"), ("language", "fr"), ("region", "sousse"), ("place", "Ici"), ("need", "0"),
                ("capacity", "5"), ("starts", "2199-05-01T09:00"), ("ends", "2199-05-01T10:00"),
            ]),
        ] {
            let done = send(world.form(path, &fields).by(&browser)).await;
            assert_eq!(done.status, Status::SeeOther, "{path}: {}", done.text);
        }
        assert!(seminars::by_slug(&world.app, "bienvenue").await.is_ok());
    }

    async fn every_role_is_given_with_what_it_needs(world: World) {
        let founder = world.founder().await;
        world.region(&founder, "sousse").await;
        world.region(&founder, "gafsa").await;
        let osc = world.organisation(&founder, "Oliviers", "sousse").await;
        let names = ["Cadre".to_owned(), "الإطار".to_owned(), "Frame".to_owned()];
        let axis = halqa::admin::NewAxis { names, abouts: Default::default() };
        halqa::admin::add_axis(&world.app, &founder, axis).await.expect("an axis");
        let run = |email: &'static str, more: &[&str]| {
            let mut arguments = vec!["--email", email, "--name", "Quelqu’un"];
            arguments.extend(more);
            add(&world, &arguments, Some(PASSWORD))
        };
        for (email, more) in [
            ("trainer@example.org", vec!["--role", "trainer"]),
            ("regional@example.org", vec!["--role", "regional", "--region", "gafsa"]),
            ("regional2@example.org", vec!["--role", "regional", "--organisation", osc.slug.as_str()]),
            ("animator@example.org", vec!["--role", "animator"]),
            ("coordinator@example.org", vec!["--role", "coordinator", "--organisation", osc.slug.as_str()]),
            ("member@example.org", vec!["--organisation", osc.slug.as_str(), "--language", "ar"]),
            ("learner@example.org", vec!["--role", "learner"]),
        ] {
            let made = run(email, &more);
            assert!(made.status.success(), "{email}: {}", said(&made));
        }
        to_the_present(&world);
        let roles = async |email: &str| {
            let person = seminars::learner(&world.app, email).await.unwrap().expect("the person");
            accounts::roles(&world.app, person.id).await.unwrap()
        };
        assert!(roles("trainer@example.org").await.trainer);
        assert_eq!(roles("regional@example.org").await.regions, ["gafsa"]);
        assert_eq!(roles("regional2@example.org").await.regions, ["sousse"]);
        assert_eq!(roles("animator@example.org").await.animates.len(), 1);
        assert_eq!(roles("coordinator@example.org").await.coordinates, [osc.id.0]);
        let member = roles("member@example.org").await;
        assert!(member.member_of == [osc.id.0] && member.coordinates.is_empty());
        assert_eq!(roles("learner@example.org").await, domain::roles::Roles::default());
        world.browser_of("coordinator@example.org").await;
    }

    async fn without_a_password_a_link_is_printed(world: World) {
        let made = add(&world, &["--email", "nour@example.org", "--name", "Nour", "--role", "trainer", "--json"], None);
        assert!(made.status.success(), "{}", said(&made));
        let body: serde_json::Value = serde_json::from_slice(&made.stdout).expect("one JSON object");
        let link = body["link"].as_str().expect("a link");
        let path = link.strip_prefix("http://localhost:8000").expect("an address of ours");
        let set = send(world.form(path, &[("password", PASSWORD)])).await;
        assert_eq!(set.status, Status::SeeOther, "{}", set.text);
        world.browser_of("nour@example.org").await;
    }

    async fn what_cannot_be_is_refused_and_leaves_nothing(world: World) {
        world.person("taken@example.org").await;
        let before = halqa::db::testing::count_people(&world.app.db).await;
        for (arguments, password, word) in [
            (vec!["--email", "nothing", "--name", "X"], PASSWORD, "address"),
            (vec!["--email", "x@example.org", "--name", " "], PASSWORD, "--name"),
            (vec!["--email", "taken@example.org", "--name", "X"], PASSWORD, "one of us"),
            (vec!["--email", "x@example.org", "--name", "X"], "short", "12"),
            (vec!["--email", "x@example.org", "--name", "X"], "", "12"),
            (vec!["--email", "x@example.org", "--name", "X", "--role", "emperor"], PASSWORD, "possible values"),
            (vec!["--email", "x@example.org", "--name", "X", "--organisation", "none"], PASSWORD, "there is no none"),
            (vec!["--email", "x@example.org", "--name", "X", "--role", "coordinator"], PASSWORD, "--organisation"),
            (vec!["--email", "x@example.org", "--name", "X", "--role", "regional"], PASSWORD, "no region yet"),
            (vec!["--email", "x@example.org", "--name", "X", "--role", "animator"], PASSWORD, "no space yet"),
            (vec!["--email", "x@example.org", "--name", "X", "--language", "tlh"], PASSWORD, "fr, ar or en"),
        ] {
            let refused = add(&world, &arguments, Some(password));
            assert!(!refused.status.success(), "{arguments:?}: {}", said(&refused));
            assert!(said(&refused).contains(word), "{arguments:?}: {}", said(&refused));
            assert!(!said(&refused).contains(PASSWORD), "{arguments:?}");
        }
        assert_eq!(halqa::db::testing::count_people(&world.app.db).await, before);
    }
}

//! Profiles: nothing without the person's word, and who can help with what.

use halqa::directory::{self, Profile, Shown};
use halqa::ids::PersonId;
use halqa::organisations;
use halqa::spaces::{self, NewReply, NewSpace, NewTopic};
use halqa::web::Lang;
use rocket::http::Status;

use crate::harness::{As, World, both_engines, passed, send};

/// A profile shown to `shown` that names these skills.
fn profile(shown: Shown, skills: &str) -> Profile {
    Profile {
        shown,
        about: "Trésorière depuis dix ans.".into(),
        helps: "Relire un budget prévisionnel".into(),
        languages: vec![Lang::Fr],
        skills: directory::skills([skills]),
        shows_modules: true,
        ..Profile::default()
    }
}

async fn kept(world: &World, person: PersonId, new: Profile) {
    directory::keep(&world.app, person, new)
        .await
        .expect("kept");
}

/// The place of a name on a page.
fn place(text: &str, name: &str) -> Option<usize> {
    text.find(&format!("<bdi>{name}</bdi>"))
}

both_engines! {
    async fn nobody_is_shown_before_they_say_so(world: World) {
        let founder = world.founder().await;
        world.region(&founder, "sousse").await;
        let osc = world.organisation(&founder, "Oliviers", "sousse").await;
        let amel = world.person("amel@example.org").await;
        world.join(amel, &osc, "member").await;
        let mine = world.browser_of("amel@example.org").await;
        let badr = world.person("badr@example.org").await;
        world.join(badr, &osc, "member").await;
        let member = world.browser_of("badr@example.org").await;
        let stranger = world.signed_in_as("stranger@example.org", None).await;
        let page = format!("/fr/people/{amel}");
        for browser in [&mine, &member, &stranger] {
            assert_eq!(send(world.get(&page).by(browser)).await.status, Status::NotFound);
        }
        assert_eq!(send(world.get(&page)).await.status, Status::SeeOther, "signed out: to the sign-in");
        let form = send(world.get("/fr/me/profile").by(&mine)).await;
        assert!(form.text.contains("value=\"nobody\" checked"), "{}", form.text);
        // To members: what is not offered is not read, what is typed is escaped.
        let fields = [
            ("shown", "members"), ("about", "Je plante <b>des oliviers</b>."), ("helps", "Tailler un arbre"),
            ("skills", "Taille, taille ; Comptabilité"), ("language", "fr"), ("language", "xx"), ("region", "sousse"),
            ("axis", "nowhere"), ("person", "x"), ("shows_organisation", "1"),
        ];
        let saved = send(world.form("/fr/me/profile/shown", &fields).by(&mine)).await;
        assert_eq!(saved.status, Status::SeeOther, "{}", saved.text);
        let seen = send(world.get(&page).by(&member)).await;
        for part in ["des oliviers&lt;/b&gt;", "Tailler un arbre", "Comptabilité", "sousse", "Oliviers", "Français"] {
            assert!(seen.text.contains(part), "{part}: {}", seen.text);
        }
        assert_eq!(seen.text.matches(">Taille</bdi>").count(), 1, "each skill once");
        assert!(!seen.text.contains("amel@example.org"), "no address");
        assert_eq!(send(world.get(&page).by(&stranger)).await.status, Status::NotFound, "members only");
        let list = send(world.get("/fr/directory").by(&stranger)).await;
        assert!(place(&list.text, "amel").is_none());
        assert!(place(&send(world.get("/fr/directory")).await.text, "amel").is_none(), "nor to the public");
        assert!(place(&send(world.get("/fr/directory?q=comptabilite").by(&member)).await.text, "amel").is_some());
        // To everybody signed in.
        let mut fields = fields.to_vec();
        fields[0].1 = "accounts";
        send(world.form("/fr/me/profile/shown", &fields).by(&mine)).await;
        assert_eq!(send(world.get(&page).by(&stranger)).await.status, Status::Ok);
        // An organisation that rests takes its members along.
        let organisation = organisations::by_slug(&world.app, &osc.slug).await.expect("it").expect("there");
        organisations::rest(&world.app, &founder, &organisation, true).await.expect("at rest");
        assert_eq!(send(world.get(&page).by(&stranger)).await.status, Status::NotFound);
        assert!(place(&send(world.get("/fr/directory?q=taille").by(&stranger)).await.text, "amel").is_none());
        organisations::rest(&world.app, &founder, &organisation, false).await.expect("awake");
        // And back to nobody.
        fields[0].1 = "nobody";
        send(world.form("/fr/me/profile/shown", &fields).by(&mine)).await;
        assert_eq!(send(world.get(&page).by(&member)).await.status, Status::NotFound);
        let form = send(world.get("/fr/me/profile").by(&mine)).await;
        assert!(form.text.contains("Tailler un arbre"), "what was written is kept: {}", form.text);
        let wrong = [("shown", "members"), ("region", "nowhere"), ("helps", &"x".repeat(1_001))];
        let refused = send(world.form("/fr/me/profile/shown", &wrong).by(&mine)).await;
        assert_eq!(refused.status, Status::UnprocessableEntity);
        for odd in ["x", "%00", "00000000-0000-0000-0000-000000000000", "%F0%9F%AB%92"] {
            let answer = send(world.get(&format!("/fr/people/{odd}")).by(&mine)).await;
            assert!([400, 404].contains(&answer.status.code), "{odd}");
        }
    }

    async fn who_can_help_comes_with_the_reasons(world: World) {
        let founder = world.founder().await;
        world.region(&founder, "sousse").await;
        let asker = world.signed_in_as("asker@example.org", None).await;
        let skilled = world.person("skilled@example.org").await;
        kept(&world, skilled, profile(Shown::Accounts, "Budget annuel")).await;
        let solver = world.person("solver@example.org").await;
        kept(&world, solver, Profile { helps: String::new(), about: String::new(), ..profile(Shown::Accounts, "") }).await;
        let learned = world.person("learned@example.org").await;
        kept(&world, learned, Profile { helps: String::new(), about: String::new(), ..profile(Shown::Accounts, "") }).await;
        let silent = world.person("silent@example.org").await;
        kept(&world, silent, profile(Shown::Nobody, "Budget annuel")).await;
        let module = world.module("Le budget participatif").await;
        world.learns(learned, module.id, passed()).await;
        world.learns(silent, module.id, passed()).await;
        let space = NewSpace {
            id: world.app.ids.id(), slug: "argent".into(), axis: None,
            titles: ["Argent".into(), "المال".into(), "Money".into()], abouts: Default::default(), at: world.now(),
        };
        let space_id = space.id;
        spaces::open(&world.app, space).await.expect("a space");
        let topic = NewTopic {
            id: world.app.ids.id(), space: space_id, author: skilled, kind: "question", title: "Par où commencer ?".into(),
            body: "Oui.".into(), language: "fr".into(), module: None, seminar: None, at: world.now(),
        };
        let topic_id = topic.id;
        spaces::start_tagged(&world.app, topic, &["budget".to_owned()]).await.expect("a topic");
        let reply = NewReply { id: world.app.ids.id(), topic: topic_id, author: solver, body: "Ainsi.".into(), at: world.now() };
        let reply_id = reply.id;
        spaces::reply(&world.app, reply).await.expect("a reply");
        assert!(spaces::accept(&world.app, topic_id, reply_id, true, skilled).await.expect("accepted"));

        let found = send(world.get("/fr/directory?q=un%20BUDGET").by(&asker)).await;
        let places: Vec<Option<usize>> =
            ["skilled", "solver", "learned", "silent"].map(|name| place(&found.text, name)).into();
        // A skill and the own words together weigh more than one solution, that more than a module.
        assert!(places[0] < places[1] && places[1] < places[2] && places[0].is_some(), "{places:?} {}", found.text);
        assert_eq!(places[3], None);
        for part in ["Budget annuel", "A trouvé une solution", "Par où commencer", "A terminé le module", "Le propose"] {
            assert!(found.text.contains(part), "{part}: {}", found.text);
        }
        let by_module = send(world.get(&format!("/fr/directory?module={}", module.slug)).by(&asker)).await;
        assert!(place(&by_module.text, "learned").is_some() && place(&by_module.text, "skilled").is_none());
        // Who keeps their modules to themselves is not found by them.
        kept(&world, learned, Profile { shows_modules: false, ..profile(Shown::Accounts, "") }).await;
        let by_module = send(world.get(&format!("/fr/directory?module={}", module.slug)).by(&asker)).await;
        assert!(place(&by_module.text, "learned").is_none());
        let by_region = send(world.get("/fr/directory?q=budget&region=sousse").by(&asker)).await;
        assert!(place(&by_region.text, "skilled").is_none());
        for odd in ["q=%25", "q=!", "q=_", "q='--", "page=0", "page=99999999", "axis=nowhere", "module=x&region=y", "q=a"] {
            let answer = send(world.get(&format!("/fr/directory?{odd}")).by(&asker)).await;
            assert!(answer.status.code < 500, "{odd}: {}", answer.status);
        }
    }
}

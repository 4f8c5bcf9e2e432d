//! The main job in one go, as trainer, learner and coordinator: two zips are uploaded and
//! published, played to completion, the organisation's grid shows it, a seminar's door opens, the
//! seat is taken; once with the line cut and the tab killed in the middle of the SCO.

use std::path::PathBuf;

use domain::eligibility::{Condition, Level, Rule, Scope};
use halqa::accounts::{self, Grant, NewGrant};
use halqa::db::{DbError, testing};
use halqa::ids::{MembershipId, OrganisationId, PersonId};
use halqa::seminars::{self, NewSeminar};
use halqa::web::{Lang, Refusal};
use halqa::{catalogue, progress};

use crate::harness::{Browser, Platform, both_engines};
use crate::packages;

const TRAINER: &str = "trainer@example.org";
const LEARNER: &str = "learner@example.org";
const COORDINATOR: &str = "coordinator@example.org";
const SEMINAR: &str = "construire-un-budget";
const ASSOCIATION: &str = "association-el-amal";

/// Who takes part.
struct People {
    learner: PersonId,
    organisation: OrganisationId,
}

/// Writes a zip where the browser can pick it, and where it goes away with the platform.
fn on_disk(platform: &Platform, name: &str, bytes: &[u8]) -> PathBuf {
    let path = platform.app.config.data.join(format!("{name}.zip"));
    std::fs::write(&path, bytes).expect("a zip on disk");
    path
}

async fn people(platform: &Platform) -> People {
    let app = &platform.app;
    let trainer = platform.person(TRAINER, "Sonia Gharbi").await;
    let learner = platform.person(LEARNER, "Amel Ben Salah").await;
    let coordinator = platform.person(COORDINATOR, "Mounir Zouari").await;
    let grant = NewGrant {
        id: app.ids.uuid(),
        person: trainer,
        grant: Grant::Trainer,
        from: app.clock.now(),
        until: None,
        by: None,
    };
    app.db
        .write(grant, |tx, grant| {
            Box::pin(async move { accounts::grant(tx, grant).await.map_err(Refusal::from) })
        })
        .await
        .expect("a trainer");
    let organisation: OrganisationId = app.ids.id();
    let ids: [MembershipId; 2] = [app.ids.id(), app.ids.id()];
    let rows = (
        organisation,
        [
            (ids[0], learner, "member"),
            (ids[1], coordinator, "coordinator"),
        ],
        app.clock.now(),
    );
    app.db
        .write(rows, |tx, (organisation, members, now)| {
            Box::pin(async move {
                testing::insert_organisation(tx, *organisation, ASSOCIATION, *now).await?;
                for (id, person, role) in members {
                    testing::insert_member(tx, *id, (*person, *organisation), role, *now).await?;
                }
                Ok::<(), DbError>(())
            })
        })
        .await
        .expect("an association");
    People {
        learner,
        organisation,
    }
}

/// A seminar whose door asks for both modules.
async fn seminar(platform: &Platform, old: &str, new: &str) {
    let app = &platform.app;
    let mut of = Vec::new();
    for (slug, level) in [(old, Level::Passed), (new, Level::Completed)] {
        let module = catalogue::module_by_slug(app, slug)
            .await
            .expect("a module");
        of.push(Condition::module(module.id.0, level).into());
    }
    let starts_at = app.clock.now().plus_days(20);
    let new = NewSeminar {
        slug: Some(SEMINAR.to_owned()),
        title: "Construire un budget ensemble".to_owned(),
        summary: "Une journée d’exercices sur de vrais budgets d’associations.".to_owned(),
        language: Lang::Fr,
        region: None,
        axis: None,
        place: "Maison des associations, Gafsa".to_owned(),
        link: String::new(),
        starts_at,
        ends_at: starts_at.plus_seconds(6 * 3600),
        capacity: 12,
        rule: Rule {
            need: 2,
            of,
            scope: Scope::Person,
        },
        by: None,
    };
    seminars::create(app, new).await.expect("a seminar");
}

impl Browser {
    /// The trainer's one page, in at most three clicks and without a typed character: choose a
    /// zip (it is sent at once), publish it. Gives the module's address.
    async fn upload_and_publish(&self, platform: &Platform, name: &str, zip: &[u8]) -> String {
        self.visit(platform, "/fr/teach/upload").await;
        let field = self.one("input[type=file]").await;
        field
            .send_keys(on_disk(platform, name, zip).display().to_string())
            .await
            .expect("a file chosen");
        self.click("form[action$='/publish'] button").await;
        self.wait_for_text("Publié").await;
        let link = self.one("aside a[href*='/modules/']").await;
        let href = link.attr("href").await.expect("an attribute");
        let href = href.expect("a link");
        href.rsplit('/').next().unwrap_or_default().to_owned()
    }

    /// The seminar's door: `open`, `lock` or `check` by its sign.
    async fn door(&self, platform: &Platform, hue: &str) {
        self.visit(platform, &format!("/fr/seminars/{SEMINAR}"))
            .await;
        self.one(&format!(".door[data-hue={hue}]")).await;
    }
}

/// What the roll-up of the association counts: started, completed, passed.
async fn counted(platform: &Platform, people: &People) -> (i64, i64, i64) {
    let sums = progress::roll_up_of(&platform.app, people.organisation)
        .await
        .expect("a roll-up");
    (sums.all.started, sums.all.completed, sums.all.passed)
}

/// Everything up to the moment at which the learner begins.
async fn prepared(platform: &Platform) -> (People, Browser, String, String) {
    let people = people(platform).await;
    let trainer = Browser::open(1280).await;
    trainer.sign_in(platform, TRAINER).await;
    let old = trainer
        .upload_and_publish(platform, "caisse", &packages::scorm12("Tenir une caisse"))
        .await;
    let new = trainer
        .upload_and_publish(
            platform,
            "budget",
            &packages::scorm2004("Préparer un budget"),
        )
        .await;
    trainer.picture("main-job-1-published").await;
    trainer.close().await;
    seminar(platform, &old, &new).await;
    let learner = Browser::open(360).await;
    learner.sign_in(platform, LEARNER).await;
    (people, learner, old, new)
}

both_engines! {
    async fn from_two_zips_to_a_seat(platform: Platform) {
        let (people, learner, old, new) = prepared(&platform).await;
        learner.door(&platform, "terra").await;
        learner.picture("main-job-2-closed").await;
        assert_eq!(counted(&platform, &people).await, (0, 0, 0));

        for (slug, after) in [(&old, (1, 1, 1)), (&new, (2, 2, 2))] {
            learner.start(&platform, slug).await;
            learner.enter_sco().await;
            learner.click("#half").await;
            learner.wait_for_state("saved").await;
            learner.enter_sco().await;
            learner.click("#finish").await;
            learner.page().await;
            learner.wait_for_text("Réussi. Bravo").await;
            assert_eq!(counted(&platform, &people).await, after);
        }
        // The end of the second says that a door has opened, and leads there.
        learner.wait_for_text("Une porte s’est ouverte").await;
        learner.picture("main-job-3-end").await;
        learner.click(".player-panel a[href$='construire-un-budget']").await;
        learner.one(".door[data-hue=olive]").await;
        learner.picture("main-job-4-open").await;
        learner.click(".door form button").await;
        learner.one(".door[data-hue=turquoise]").await;
        learner.picture("main-job-5-seat").await;
        learner.close().await;
        let seminar = seminars::by_slug(&platform.app, SEMINAR).await.expect("a seminar");
        assert_eq!(seminar.taken, 1);

        // The coordinator sees it in the association's grid.
        let coordinator = Browser::open(1280).await;
        coordinator.sign_in(&platform, COORDINATOR).await;
        coordinator
            .visit(&platform, &format!("/fr/organisations/{ASSOCIATION}/progress"))
            .await;
        coordinator.wait_for_text("Amel Ben Salah").await;
        coordinator.wait_for_text("Tenir une caisse").await;
        let done = coordinator
            .run(r#"return document.querySelectorAll("table.grid tbody .cell:is([data-state=completed], [data-state=passed])").length"#)
            .await;
        assert_eq!(done, 2);
        coordinator.picture("main-job-6-grid").await;
        coordinator.close().await;
        platform.journal_is_whole(people.learner).await;
    }

    /// Once more, with the line cut in the middle of both SCOs and the tab killed.
    async fn from_two_zips_to_a_seat_over_a_line_that_breaks(platform: Platform) {
        let (people, learner, old, new) = prepared(&platform).await;
        for (slug, done) in [(&old, 1), (&new, 2)] {
            learner.start(&platform, slug).await;
            learner.enter_sco().await;
            learner.click("#half").await;
            learner.wait_for_state("saved").await;
            let before = platform.journal(people.learner).await.len();
            platform.cut_line();
            learner.enter_sco().await;
            learner.click("#finish").await;
            learner.wait_for_text("fini").await;
            learner.wait_for_state("offline").await;
            learner.kill_tab().await;
            assert_eq!(platform.journal(people.learner).await.len(), before, "nothing could arrive");
            assert_eq!(counted(&platform, &people).await, (done, done - 1, done - 1));
            platform.mend_line();
            // Coming back is enough: what was done is sent before the course opens again.
            learner.start(&platform, slug).await;
            learner.enter_sco().await;
            learner.wait_for_state("saved").await;
            assert_eq!(counted(&platform, &people).await, (done, done, done));
        }
        let entries = platform.journal_is_whole(people.learner).await;
        for call in ["\"LMSFinish\"", "\"Terminate\"", "\"page-2\"]", "cmi.core.score.raw", "cmi.score.scaled"] {
            assert_eq!(entries.iter().filter(|entry| entry.contains(call) && !entry.contains("GetValue")).count(), if call == "\"page-2\"]" { 2 } else { 1 }, "{call}");
        }
        learner.door(&platform, "olive").await;
        learner.click(".door form button").await;
        learner.one(".door[data-hue=turquoise]").await;
        learner.close().await;
        assert_eq!(counted(&platform, &people).await, (2, 2, 2));
    }
}

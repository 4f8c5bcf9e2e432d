//! A small community for tests: regions, axes, organisations, members, modules, progress,
//! seminars; all through the use cases that people's own clicks reach.

use domain::eligibility::{Condition, Level, Rule, Scope};
use domain::outcome::{Outcome, State, Success};
use halqa::accounts::{self, Grant, Person};
use halqa::admin;
use halqa::catalogue::{self, Options};
use halqa::clock::Timestamp;
use halqa::db::DbError;
use halqa::ids::{MembershipId, ModuleId, OrganisationId, PersonId};
use halqa::organisations::{self, Description};
use halqa::progress::{self, Record};
use halqa::seminars::{self, NewSeminar, SeminarRow};
use halqa::web::Lang;

use super::World;

/// An organisation of a test.
#[derive(Debug, Clone)]
pub struct Osc {
    /// Its id.
    pub id: OrganisationId,
    /// Its address.
    pub slug: String,
}

/// Half of a module.
pub fn half() -> Outcome {
    Outcome {
        state: State::InProgress,
        progress: 0.5,
        seconds: 300.0,
        ..Outcome::default()
    }
}

/// A module completed and passed with 90 %.
pub fn passed() -> Outcome {
    Outcome {
        state: State::Completed,
        success: Success::Passed,
        progress: 1.0,
        score: Some(0.9),
        seconds: 900.0,
        estimated: false,
    }
}

/// At least one of these conditions.
pub fn one_of(conditions: &[(ModuleId, Level)]) -> Rule {
    Rule {
        need: 1,
        of: conditions
            .iter()
            .map(|(module, level)| Condition::module(module.0, *level).into())
            .collect(),
        scope: Scope::Person,
    }
}

impl World {
    /// Somebody who administers, as the use cases want them.
    pub async fn founder(&self) -> Person {
        let id = self.person("founder@example.org").await;
        self.grant(id, Grant::Admin).await;
        Person {
            id,
            email: "founder@example.org".into(),
            name: "founder".into(),
            language: "fr".into(),
            session: self.app.ids.uuid(),
            roles: accounts::roles(&self.app, id).await.expect("roles"),
        }
    }

    /// The same, once they are there.
    pub async fn founder_again(&self) -> Person {
        let known = halqa::seminars::learner(&self.app, "founder@example.org").await;
        let id = known.expect("people").expect("the founder").id;
        Person {
            id,
            email: "founder@example.org".into(),
            name: "founder".into(),
            language: "fr".into(),
            session: self.app.ids.uuid(),
            roles: accounts::roles(&self.app, id).await.expect("roles"),
        }
    }

    /// A region whose name and slug are this word.
    pub async fn region(&self, by: &Person, slug: &str) {
        let names = [slug.to_owned(), format!("{slug} بالعربية"), slug.to_owned()];
        let made = admin::add_region(&self.app, by, names).await;
        assert_eq!(made.expect("a region"), slug);
    }

    /// A verified association of a region.
    pub async fn organisation(&self, by: &Person, name: &str, region: &str) -> Osc {
        let new = Description {
            name: name.to_owned(),
            kind: "association".into(),
            region: Some(region.to_owned()),
            governorate: "Tunis".into(),
            about: "Nous plantons des oliviers.".into(),
            axes: Vec::new(),
        };
        let slug = organisations::add(&self.app, by.id, new).await;
        let slug = slug.expect("an organisation");
        let found = organisations::by_slug(&self.app, &slug).await.expect("it");
        Osc {
            id: found.expect("it is there").id,
            slug,
        }
    }

    /// Makes somebody a `member` or `coordinator` from now on; gives the membership.
    pub async fn join(&self, person: PersonId, osc: &Osc, role: &'static str) -> MembershipId {
        let id: MembershipId = self.app.ids.id();
        self.app
            .db
            .write(
                (id, person, osc.id, self.now()),
                move |tx, (id, person, organisation, now)| {
                    Box::pin(accounts::join(tx, *id, *person, *organisation, role, *now))
                },
            )
            .await
            .map_err(|e: DbError| e)
            .expect("joined");
        id
    }

    /// A published module of one SCO, imported.
    pub async fn module(&self, title: &str) -> catalogue::Module {
        let manifest = format!(
            r#"<?xml version="1.0"?>
<manifest identifier="m" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
<metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>
<organizations default="o"><organization identifier="o"><title>{title}</title>
<item identifier="i" identifierref="r"><title>{title}</title></item></organization></organizations>
<resources><resource identifier="r" type="webcontent" adlcp:scormtype="sco" href="index.html"/></resources></manifest>"#
        );
        let page =
            "<html lang=fr><body>Bonjour<script>parent.API.LMSFinish('')</script></body></html>";
        let zip = package::build::zip([
            ("imsmanifest.xml", manifest.as_bytes()),
            ("index.html", page.as_bytes()),
        ])
        .expect("a zip");
        let options = Options {
            publish: true,
            ..Options::default()
        };
        let imported = catalogue::import_bytes(&self.app, &zip, options).await;
        let slug = imported.expect("a module").module.slug;
        let module = catalogue::module_by_slug(&self.app, &slug).await;
        module.expect("it is there")
    }

    /// Somebody gets so far on a module, now.
    pub async fn learns(&self, learner: PersonId, module: ModuleId, outcome: Outcome) {
        let record = Record {
            change: self.app.ids.uuid(),
            learner,
            module,
            attempt: None,
            outcome,
            at: self.now(),
        };
        self.app
            .db
            .write(record, |tx, record| Box::pin(progress::record(tx, record)))
            .await
            .map_err(|e: DbError| e)
            .expect("recorded");
    }

    /// A seminar in ten days, two hours long, with these seats and this rule.
    pub async fn seminar(
        &self,
        title: &str,
        region: Option<&str>,
        capacity: i64,
        rule: Rule,
    ) -> SeminarRow {
        let starts_at: Timestamp = self.now().plus_days(10);
        let new = NewSeminar {
            slug: None,
            title: title.to_owned(),
            summary: "Une matinée ensemble.".into(),
            language: Lang::Fr,
            region: region.map(str::to_owned),
            axis: None,
            place: "Maison des associations".into(),
            link: String::new(),
            starts_at,
            ends_at: starts_at.plus_seconds(7200),
            capacity,
            rule,
            by: None,
        };
        seminars::create(&self.app, new).await.expect("a seminar")
    }
}

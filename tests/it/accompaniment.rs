//! Visits and advice: noted by the region's staff, seen by the organisation and nobody else.

use halqa::accounts::Grant;
use rocket::http::Status;

use crate::harness::{As, both_engines, send};

both_engines! {
    async fn a_visit_is_noted_for_the_organisation_alone(world: World) {
        let founder = world.founder().await;
        for region in ["sousse", "gafsa"] {
            world.region(&founder, region).await;
        }
        let osc = world.organisation(&founder, "Oliviers", "sousse").await;
        let chief = world.person("chief@example.org").await;
        world.join(chief, &osc, "coordinator").await;
        let member = world.person("member@example.org").await;
        world.join(member, &osc, "member").await;
        let staff = world.signed_in_as("staff@example.org", Some(Grant::Regional("sousse".into()))).await;
        let others = world.signed_in_as("gafsa@example.org", Some(Grant::Regional("gafsa".into()))).await;
        let chief = world.browser_of("chief@example.org").await;
        let member = world.browser_of("member@example.org").await;
        let path = format!("/fr/organisations/{}/accompaniment", osc.slug);
        let fields = [("kind", "visit"), ("held", "2026-03-01T10:00"), ("body", "Le registre est à jour."), ("next", "Déposer le rapport"), ("due", "2026-04-01T18:00")];

        assert_eq!(send(world.form(&path, &fields).by(&chief)).await.status, Status::Forbidden);
        assert_eq!(send(world.form(&path, &fields).by(&others)).await.status, Status::NotFound);
        let bad = send(world.form(&path, &[("kind", "party"), ("held", "x"), ("body", "")]).by(&staff)).await;
        assert_eq!(bad.status, Status::UnprocessableEntity);
        assert_eq!(send(world.form(&path, &fields).by(&staff)).await.status, Status::SeeOther);

        let seen = send(world.get(&path).by(&chief)).await;
        assert!(seen.text.contains("Le registre est à jour.") && seen.text.contains("Déposer le rapport"), "{}", seen.text);
        for stranger in [&member, &others] {
            let hidden = send(world.get(&path).by(stranger)).await;
            assert_eq!(hidden.status, Status::NotFound);
            assert!(!hidden.text.contains("registre"));
        }
        let id = seen.text.split("name=\"id\" value=\"").nth(1).and_then(|p| p.split('"').next()).expect("a step");
        let done = send(world.form(&format!("{path}/done"), &[("id", id)]).by(&chief)).await;
        assert!(done.headers["location"].ends_with("done=accompaniment-done"));
        assert!(send(world.get(&path).by(&staff)).await.text.contains("Fait"));
        let again = send(world.form(&format!("{path}/done"), &[("id", id)]).by(&chief)).await;
        assert!(!again.headers["location"].contains("done=accompaniment-done"));
    }
}

//! Organisations: the directory, describing and verifying, members and coordinators.

use halqa::accounts::Grant;
use halqa::db::{DbError, testing};
use halqa::ids::OrganisationId;
use halqa::organisations;
use rocket::http::Status;

use crate::harness::{As, Osc, World, both_engines, cookie, send};

/// The address of a member's menu entry.
fn entry(page: &str, name: &str, what: &str) -> String {
    let line = page
        .split("<li>")
        .find(|li| li.contains(&format!(">{name}</span>")) && li.contains("/members/"))
        .unwrap_or_else(|| panic!("no line of {name}: {page}"));
    line.split("action=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .find(|action| action.ends_with(&format!("/{what}")))
        .unwrap_or_else(|| panic!("{name} cannot {what}: {line}"))
        .to_owned()
}

/// Sousse and its staff's browser, an organisation with a coordinator's browser.
struct Place {
    osc: Osc,
    staff: String,
    coordinator: String,
}

async fn place(world: &World) -> Place {
    let founder = world.founder().await;
    world.region(&founder, "sousse").await;
    world.region(&founder, "gafsa").await;
    let osc = world.organisation(&founder, "Oliviers", "sousse").await;
    let grant = Grant::Regional("sousse".into());
    let staff = world.signed_in_as("staff@example.org", Some(grant)).await;
    let amel = world.person("amel@example.org").await;
    world.join(amel, &osc, "coordinator").await;
    let coordinator = world.browser_of("amel@example.org").await;
    Place {
        osc,
        staff,
        coordinator,
    }
}

both_engines! {
    async fn names_older_than_their_searched_form_are_found_after_a_start(world: World) {
        let id = OrganisationId(uuid::Uuid::from_u128(7));
        world.app.db.write(id, |tx, id| Box::pin(async move {
            let now = halqa::clock::Timestamp::from_micros(1);
            testing::insert_organisation(tx, *id, "Été-à-Zarzis", now).await
        })).await.map_err(|e: DbError| e).expect("written");
        let found = async || send(world.get("/fr/organisations?q=ete-a")).await.text.contains("Été-à-Zarzis");
        assert!(!found().await);
        organisations::fold_names(&world.app).await.expect("folded");
        assert!(found().await);
    }

    async fn the_staff_adds_describes_and_verifies(world: World) {
        let Place { staff, .. } = place(&world).await;
        let founder = world.browser_of("founder@example.org").await;
        let axis = send(world.form("/fr/admin/axes", &[
            ("name_fr", "Concertation"), ("name_ar", "تشاور"), ("name_en", "Dialogue"),
        ]).by(&founder)).await;
        assert_eq!(axis.status, Status::SeeOther, "{}", axis.text);
        let form = send(world.get("/fr/organisations/new").by(&staff)).await;
        assert!(form.text.contains("value=\"concertation\"") && !form.text.contains("value=\"gafsa\""), "{}", form.text);
        let fields = [
            ("name", "Éveil & <b>culture</b>"), ("kind", "network"), ("region", "sousse"),
            ("governorate", "Monastir"), ("about", "Première ligne.\nSeconde."), ("axis", "concertation"),
        ];
        let added = send(world.form("/fr/organisations/new", &fields).by(&staff)).await;
        assert_eq!(added.headers["location"], "/fr/organisations/eveil-b-culture-b?done=saved");
        let page = send(world.get("/fr/organisations/eveil-b-culture-b")).await;
        for part in ["Éveil &amp; &lt;b&gt;culture", "Réseau", "Monastir", "Concertation", "Vérifiée", "<p dir=\"auto\">Seconde.</p>"] {
            assert!(page.text.contains(part), "{part}: {}", page.text);
        }
        for (asked, found) in [("eveil", true), ("ÉVEIL &", true), ("éveil", true), ("monastir", true), ("tozeur", false), ("%", false)] {
            let asked: String = url::form_urlencoded::byte_serialize(asked.as_bytes()).collect();
            let list = send(world.get(&format!("/fr/organisations?q={asked}"))).await;
            assert_eq!(list.text.contains("eveil-b-culture-b"), found, "{asked}: {}", list.text);
        }
        let off = send(world.form("/fr/organisations/eveil-b-culture-b/verify", &[("verified", "no")]).by(&staff)).await;
        assert_eq!(off.status, Status::SeeOther);
        let page = send(world.get("/fr/organisations/eveil-b-culture-b")).await;
        assert!(!page.text.contains("Vérifiée"));
        // What nobody offers is not read: an unverified organisation stays so.
        let mut more = fields.to_vec();
        more.extend([("verified", "yes"), ("verified_at", "1"), ("slug", "autre"), ("id", "x")]);
        let saved = send(world.form("/fr/organisations/eveil-b-culture-b/edit", &more).by(&staff)).await;
        assert_eq!(saved.status, Status::SeeOther);
        let stored = organisations::by_slug(&world.app, "eveil-b-culture-b").await.unwrap().unwrap();
        assert!(!stored.verified && stored.axes == ["concertation"]);
        // Two may bear one name.
        let again = send(world.form("/fr/organisations/new", &fields).by(&staff)).await;
        assert_ne!(again.headers["location"], added.headers["location"]);
        for (name, value, field) in [
            ("name", "", "f-name"), ("kind", "club", "f-kind"), ("region", "gafsa", "f-region"),
            ("region", "", "f-region"), ("region", "nowhere", "f-region"), ("name", "a\nb", "f-name"),
        ] {
            let wrong: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (*n, if *n == name { value } else { *v })).collect();
            let answer = send(world.form("/fr/organisations/new", &wrong).by(&staff)).await;
            assert_eq!(answer.status, Status::UnprocessableEntity, "{name}={value}");
            assert!(answer.text.contains(&format!("href=\"#{field}\"")), "{name}={value}: {}", answer.text);
        }
    }

    async fn the_directory_is_searched_and_filtered(world: World) {
        let founder = world.founder().await;
        world.region(&founder, "sousse").await;
        world.region(&founder, "gafsa").await;
        for n in 0..30 {
            let region = if n % 2 == 0 { "sousse" } else { "gafsa" };
            world.organisation(&founder, &format!("Association {n:02}"), region).await;
        }
        let count = |text: &str| text.matches("class=\"card card-link osc\"").count();
        let first = send(world.get("/fr/organisations")).await;
        assert_eq!(count(&first.text), 24);
        assert!(first.text.contains("page&#x3D;1"));
        let second = send(world.get("/fr/organisations?page=1")).await;
        assert_eq!(count(&second.text), 6);
        let gafsa = send(world.get("/fr/organisations?region=gafsa")).await;
        assert_eq!(count(&gafsa.text), 15);
        let one = send(world.get("/fr/organisations?q=ASSOCIATION%2007")).await;
        assert_eq!(count(&one.text), 1);
        // Wildcards are letters.
        for odd in ["%25", "_", "!", "a".repeat(5000).as_str(), "'--", "%F0%9F%AB%92"] {
            let none = send(world.get(&format!("/fr/organisations?q={odd}"))).await;
            assert_eq!((none.status, count(&none.text)), (Status::Ok, 0), "{odd}");
            assert!(none.text.contains("Aucune organisation trouvée"));
        }
        for odd in ["q=%00", "region=%00", "axis=%00", "kind=%00"] {
            assert_eq!(send(world.get(&format!("/fr/organisations?{odd}"))).await.status, Status::BadRequest, "{odd}");
        }
        for odd in ["page=-1", "page=999999999999", "page=x", "region=nowhere&axis=none&kind=club"] {
            let answer = send(world.get(&format!("/fr/organisations?{odd}"))).await;
            assert!(answer.status.code < 500, "{odd}: {}", answer.status);
        }
    }

    async fn what_is_typed_to_invite_is_checked(world: World) {
        let Place { osc, coordinator, .. } = place(&world).await;
        let path = format!("/fr/organisations/{}/members", osc.slug);
        let invited = send(world.form(&path, &[
            ("name", "Badr Ali"), ("email", "Badr@Example.org "), ("language", "ar"),
        ]).by(&coordinator)).await;
        assert_eq!(invited.status, Status::SeeOther, "{}", invited.text);
        let page = send(world.get(&path).by(&coordinator)).await;
        assert!(page.text.contains("Badr Ali") && page.text.contains("badr@example.org"));
        assert!(page.text.contains("Invitation envoyée"), "{}", page.text);
        for (name, email, field) in [
            ("", "x@example.org", "f-name"), ("X", "nothing", "f-email"), ("X", "a@b\r\nBcc: c@d", "f-email"),
        ] {
            let answer = send(world.form(&path, &[("name", name), ("email", email), ("language", "fr")]).by(&coordinator)).await;
            assert_eq!(answer.status, Status::UnprocessableEntity, "{name} {email}");
            assert!(answer.text.contains(&format!("href=\"#{field}\"")), "{name} {email}");
        }
    }

    async fn coordination_is_handed_over_and_never_lost(world: World) {
        let Place { osc, coordinator, staff } = place(&world).await;
        let badr = world.person("badr@example.org").await;
        world.join(badr, &osc, "member").await;
        let path = format!("/fr/organisations/{}/members", osc.slug);
        let page = send(world.get(&path).by(&coordinator)).await;
        let (step_down, leave) = (entry(&page.text, "amel", "member"), entry(&page.text, "amel", "end"));
        for action in [&step_down, &leave] {
            let refused = send(world.form(action, &[]).by(&coordinator)).await;
            assert_eq!(refused.status, Status::Conflict);
            assert!(refused.text.contains("C’est la dernière personne à coordonner"), "{}", refused.text);
        }
        // Badr is made coordinator: his sessions end, so that none from before has the new right.
        let before = world.browser_of("badr@example.org").await;
        assert_eq!(send(world.get(&path).by(&before)).await.status, Status::NotFound);
        let made = send(world.form(&entry(&page.text, "badr", "coordinator"), &[]).by(&coordinator)).await;
        assert_eq!(made.status, Status::SeeOther);
        assert_eq!(send(world.get("/fr/me").by(&before)).await.status, Status::SeeOther);
        let badr = world.browser_of("badr@example.org").await;
        assert_eq!(send(world.get(&path).by(&badr)).await.status, Status::Ok);
        // Amel steps down herself: the same browser goes on, under another token, and no longer sees
        // the members.
        let down = send(world.form(&step_down, &[]).by(&coordinator)).await;
        assert_eq!(down.headers["location"], format!("/fr/organisations/{}?done=saved", osc.slug));
        let renewed = cookie(&down.headers["set-cookie"]);
        assert_eq!(send(world.get("/fr/me").by(&coordinator)).await.status, Status::SeeOther, "the old token is dead");
        assert_eq!(send(world.get("/fr/me").by(&renewed)).await.status, Status::Ok);
        assert_eq!(send(world.get(&path).by(&renewed)).await.status, Status::NotFound);
        // Two that go at once leave one.
        let page = send(world.get(&path).by(&staff)).await;
        let again = send(world.form(&entry(&page.text, "amel", "coordinator"), &[]).by(&staff)).await;
        assert_eq!(again.status, Status::SeeOther);
        let page = send(world.get(&path).by(&staff)).await;
        let (one, two) = (entry(&page.text, "amel", "end"), entry(&page.text, "badr", "end"));
        let (one, two) = futures::future::join(
            send(world.form(&one, &[]).by(&staff)), send(world.form(&two, &[]).by(&staff)),
        ).await;
        let mut codes = [one.status.code, two.status.code];
        codes.sort_unstable();
        assert_eq!(codes, [303, 409]);
        let page = send(world.get(&path).by(&staff)).await;
        assert!(page.text.contains("Anciens membres"), "{}", page.text);
    }

    async fn a_membership_of_another_organisation_is_out_of_reach(world: World) {
        let Place { osc, coordinator, .. } = place(&world).await;
        let founder = halqa::accounts::Person {
            id: world.person("f2@example.org").await, email: String::new(), name: String::new(),
            language: "fr".into(), session: world.app.ids.uuid(), roles: Default::default(),
        };
        let other = world.organisation(&founder, "Palmiers", "gafsa").await;
        let badr = world.person("badr@example.org").await;
        let his = world.join(badr, &other, "coordinator").await;
        for what in ["end", "coordinator", "member"] {
            let path = format!("/fr/organisations/{}/members/{his}/{what}", osc.slug);
            assert_eq!(send(world.form(&path, &[]).by(&coordinator)).await.status, Status::NotFound, "{what}");
        }
        for odd in ["x", "%00", "00000000-0000-0000-0000-000000000000", "..%2f..", "%F0%9F%AB%92"] {
            let path = format!("/fr/organisations/{}/members/{odd}/end", osc.slug);
            let answer = send(world.form(&path, &[]).by(&coordinator)).await;
            assert!([400, 404].contains(&answer.status.code), "{odd}: {}", answer.status);
        }
    }
}

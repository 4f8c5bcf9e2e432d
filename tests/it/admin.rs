//! The staff's pages: people, roles and their sessions, regions and axes, outbox, tokens.

use halqa::accounts::{self, Grant};
use halqa::ids::PersonId;
use halqa::{organisations, spaces};
use rocket::http::Status;

use crate::harness::{As, World, both_engines, cookie, send};

/// The first form action of a page that ends so.
fn action(page: &str, ending: &str) -> String {
    page.split("action=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .find(|action| action.ends_with(ending))
        .unwrap_or_else(|| panic!("no form ends with {ending}: {page}"))
        .to_owned()
}

async fn admin(world: &World, email: &str) -> (PersonId, String) {
    let id = world.person(email).await;
    world.grant(id, Grant::Admin).await;
    (id, world.browser_of(email).await)
}

async fn is_signed_in(world: &World, browser: &str) -> bool {
    send(world.get("/fr/me").by(browser)).await.status == Status::Ok
}

both_engines! {
    async fn roles_are_granted_and_revoked_and_sessions_follow(world: World) {
        let (_, boss) = admin(&world, "boss@example.org").await;
        let amel = world.person("amel@example.org").await;
        let hers = world.browser_of("amel@example.org").await;
        let path = format!("/fr/admin/people/{amel}");
        let page = send(world.get(&path).by(&boss)).await;
        assert_eq!(page.status, Status::Ok, "{}", page.text);
        let granted = send(world.form(&format!("{path}/grants"), &[("role", "trainer")]).by(&boss)).await;
        assert_eq!(granted.status, Status::SeeOther, "{}", granted.text);
        assert!(!granted.headers.contains_key("set-cookie"));
        assert!(!is_signed_in(&world, &hers).await, "no token from before has the new role");
        assert!(is_signed_in(&world, &boss).await);
        assert!(accounts::roles(&world.app, amel).await.unwrap().trainer);

        let hers = world.browser_of("amel@example.org").await;
        let page = send(world.get(&path).by(&boss)).await;
        let revoke = action(&page.text, "/revoke");
        let revoked = send(world.form(&revoke, &[]).by(&boss)).await;
        assert_eq!(revoked.status, Status::SeeOther);
        assert!(!is_signed_in(&world, &hers).await);
        assert!(!accounts::roles(&world.app, amel).await.unwrap().trainer);
        assert_eq!(send(world.form(&revoke, &[]).by(&boss)).await.status, Status::NotFound, "once is enough");
        for (fields, field) in [
            (vec![("role", "emperor")], "f-role"),
            (vec![("role", "regional"), ("region", "atlantis")], "f-region"),
            (vec![("role", "regional")], "f-region"),
            (vec![("role", "animator"), ("space", "none")], "f-space"),
            (vec![("role", "trainer"), ("until", "2020-01-01T00:00")], "f-until"),
            (vec![("role", "trainer"), ("until", "soon")], "f-until"),
        ] {
            let answer = send(world.form(&format!("{path}/grants"), &fields).by(&boss)).await;
            assert_eq!(answer.status, Status::UnprocessableEntity, "{fields:?}");
            assert!(answer.text.contains(&format!("href=\"#{field}\"")), "{fields:?}: {}", answer.text);
        }
    }

    async fn a_dated_mandate_ends_by_itself(world: World) {
        let (_, boss) = admin(&world, "boss@example.org").await;
        let axis = send(world.form("/fr/admin/axes", &[
            ("name_fr", "Cadre législatif"), ("name_ar", "الإطار التشريعي"), ("name_en", ""), ("about_fr", "Les textes."),
        ]).by(&boss)).await;
        assert_eq!(axis.status, Status::SeeOther, "{}", axis.text);
        let amel = world.person("amel@example.org").await;
        let granted = send(world.form(&format!("/fr/admin/people/{amel}/grants"), &[
            ("role", "animator"), ("space", "cadre-legislatif"), ("until", "2026-03-12T18:00"),
        ]).by(&boss)).await;
        assert_eq!(granted.status, Status::SeeOther, "{}", granted.text);
        let space = spaces::by_slug(&world.app, "cadre-legislatif").await.unwrap().expect("the axis's space");
        assert_eq!(accounts::roles(&world.app, amel).await.unwrap().animates, [space.id.0]);
        let page = send(world.get(&format!("/fr/admin/people/{amel}")).by(&boss)).await;
        assert!(page.text.contains("Cadre législatif") && page.text.contains("12 mars 2026"), "{}", page.text);
        world.clock.advance_seconds(11 * 86_400);
        assert!(accounts::roles(&world.app, amel).await.unwrap().animates.is_empty());
    }

    async fn a_role_given_to_oneself_rotates_the_token(world: World) {
        let (boss, browser) = admin(&world, "boss@example.org").await;
        let elsewhere = world.browser_of("boss@example.org").await;
        let path = format!("/fr/admin/people/{boss}/grants");
        let granted = send(world.form(&path, &[("role", "trainer")]).by(&browser)).await;
        assert_eq!(granted.status, Status::SeeOther, "{}", granted.text);
        let renewed = cookie(&granted.headers["set-cookie"]);
        assert!(!is_signed_in(&world, &browser).await, "the old token is dead");
        assert!(!is_signed_in(&world, &elsewhere).await, "so are those of other browsers");
        assert!(is_signed_in(&world, &renewed).await);
        // Giving it back does the same.
        let page = send(world.get(&format!("/fr/admin/people/{boss}")).by(&renewed)).await;
        let trainer = page.text.split("<li>").find(|li| li.contains("Formation") && li.contains("/revoke")).expect("the role");
        let given = send(world.form(&action(trainer, "/revoke"), &[]).by(&renewed)).await;
        assert_eq!(given.headers["location"], "/fr/me?done=saved");
        let again = cookie(&given.headers["set-cookie"]);
        assert!(!is_signed_in(&world, &renewed).await && is_signed_in(&world, &again).await);
    }

    async fn an_administrator_always_remains(world: World) {
        let (one, first) = admin(&world, "one@example.org").await;
        let page = send(world.get(&format!("/fr/admin/people/{one}")).by(&first)).await;
        let revoke = action(&page.text, "/revoke");
        let refused = send(world.form(&revoke, &[]).by(&first)).await;
        assert_eq!(refused.status, Status::Conflict);
        assert!(refused.text.contains("dernière") || refused.text.contains("dernier"), "{}", refused.text);
        let suspend = format!("/fr/admin/people/{one}/suspend");
        assert_eq!(send(world.form(&suspend, &[("suspended", "yes")]).by(&first)).await.status, Status::Conflict);
        assert!(is_signed_in(&world, &first).await, "nothing happened");

        // Two who give it up at once: one stays.
        let (two, second) = admin(&world, "two@example.org").await;
        let page = send(world.get(&format!("/fr/admin/people/{two}")).by(&second)).await;
        let other = action(&page.text, "/revoke");
        let answers = futures::future::join(
            send(world.form(&revoke, &[]).by(&first)), send(world.form(&other, &[]).by(&second)),
        ).await;
        let mut codes = [answers.0.status.code, answers.1.status.code];
        codes.sort_unstable();
        assert_eq!(codes, [303, 409]);
        assert!(accounts::has_admin(&world.app).await.unwrap());
    }

    async fn a_suspended_person_is_out_everywhere_until_reinstated(world: World) {
        let (_, boss) = admin(&world, "boss@example.org").await;
        let amel = world.person("amel@example.org").await;
        let hers = world.browser_of("amel@example.org").await;
        let path = format!("/fr/admin/people/{amel}/suspend");
        assert_eq!(send(world.form(&path, &[("suspended", "perhaps")]).by(&boss)).await.status, Status::BadRequest);
        assert_eq!(send(world.form(&path, &[("suspended", "yes")]).by(&boss)).await.status, Status::SeeOther);
        assert!(!is_signed_in(&world, &hers).await);
        let try_again = send(world.form("/fr/sign-in", &[("email", "amel@example.org"), ("password", crate::harness::PASSWORD)])).await;
        assert_ne!(try_again.status, Status::SeeOther);
        let list = send(world.get("/fr/admin/people?q=AMEL").by(&boss)).await;
        assert!(list.text.contains("Suspendu"), "{}", list.text);
        assert_eq!(send(world.form(&path, &[("suspended", "no")]).by(&boss)).await.status, Status::SeeOther);
        world.browser_of("amel@example.org").await;
    }

    async fn somebody_without_an_organisation_is_invited(world: World) {
        let (_, boss) = admin(&world, "boss@example.org").await;
        let fields = [("name", "Nour Trainer"), ("email", "nour@example.org"), ("language", "en")];
        let made = send(world.form("/fr/admin/people", &fields).by(&boss)).await;
        assert_eq!(made.status, Status::SeeOther, "{}", made.text);
        let person = made.headers["location"].split('?').next().unwrap().to_owned();
        let accented = [("name", "Élodie Ben Âmor"), ("email", "elodie@example.org"), ("language", "fr")];
        send(world.form("/fr/admin/people", &accented).by(&boss)).await;
        for asked in ["%C3%A9lodie", "ELODIE", "ben+amor", "elodie@"] {
            let list = send(world.get(&format!("/fr/admin/people?q={asked}")).by(&boss)).await;
            assert!(list.text.contains("Élodie"), "{asked}: {}", list.text);
        }
        let page = send(world.get(&person).by(&boss)).await;
        assert!(page.text.contains("Nour Trainer") && page.text.contains("Renvoyer l’invitation"), "{}", page.text);
        let link = |text: &str| {
            let rest = text.split("/en/password/").nth(1).expect("a link").to_owned();
            rest.chars().take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c)).collect::<String>()
        };
        let first = link(&send(world.get("/fr/admin/outbox").by(&boss)).await.text);
        world.clock.advance_seconds(60);
        let again = send(world.form(&format!("{person}/invite"), &[]).by(&boss)).await;
        assert_eq!(again.status, Status::SeeOther);
        let outbox = send(world.get("/fr/admin/outbox").by(&boss)).await.text;
        let second = outbox.split("/en/password/").skip(1)
            .map(|rest| rest.chars().take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c)).collect::<String>())
            .find(|token| *token != first).expect("a second link");
        let chosen = [("password", crate::harness::PASSWORD)];
        let old = send(world.form(&format!("/en/password/{first}"), &chosen)).await;
        assert_ne!(old.status, Status::SeeOther, "the earlier link is void");
        let new = send(world.form(&format!("/en/password/{second}"), &chosen)).await;
        assert_eq!(new.status, Status::SeeOther, "{}", new.text);
        let joined = send(world.form(&format!("{person}/invite"), &[]).by(&boss)).await;
        assert_eq!(joined.status, Status::Conflict);
        let taken = send(world.form("/fr/admin/people", &fields).by(&boss)).await;
        assert_eq!(taken.status, Status::UnprocessableEntity);
        assert!(taken.text.contains("Cette adresse a déjà un compte"), "{}", taken.text);
    }

    async fn regional_staff_see_the_people_of_their_region(world: World) {
        let founder = world.founder().await;
        world.region(&founder, "sousse").await;
        world.region(&founder, "gafsa").await;
        let ours = world.organisation(&founder, "Oliviers", "sousse").await;
        let theirs = world.organisation(&founder, "Palmiers", "gafsa").await;
        let amel = world.person("amel@example.org").await;
        let badr = world.person("badr@example.org").await;
        world.join(amel, &ours, "member").await;
        world.join(badr, &theirs, "member").await;
        let staff = world.signed_in_as("staff@example.org", Some(Grant::Regional("sousse".into()))).await;
        let list = send(world.get("/fr/admin/people").by(&staff)).await;
        assert!(list.text.contains("amel@example.org") && !list.text.contains("badr@example.org"), "{}", list.text);
        assert!(!list.text.contains("founder@example.org") && !list.text.contains("href=\"/fr/admin/people/"));
        let search = send(world.get("/fr/admin/people?q=badr").by(&staff)).await;
        assert!(!search.text.contains("badr@example.org"));
    }

    async fn regions_and_axes_are_made_renamed_and_ordered(world: World) {
        let (_, boss) = admin(&world, "boss@example.org").await;
        let home = send(world.get("/fr/admin").by(&boss)).await;
        assert!(home.text.contains("Créer les régions") && home.text.contains("Créer les axes"), "{}", home.text);
        let add = |kind: &'static str, fr: &'static str, ar: &'static str| {
            world.form(&format!("/fr/admin/{kind}"), &[("name_fr", fr), ("name_ar", ar), ("name_en", "")]).by(&boss)
        };
        for (fr, ar) in [("Tunis", "تونس"), ("Le Kef", "الكاف"), ("Médenine", "مدنين")] {
            assert_eq!(send(add("regions", fr, ar)).await.status, Status::SeeOther, "{fr}");
        }
        let slugs = async || {
            let all = organisations::regions(&world.app).await.unwrap();
            all.into_iter().map(|r| r.slug).collect::<Vec<_>>()
        };
        assert_eq!(slugs().await, ["tunis", "le-kef", "medenine"]);
        let taken = send(add("regions", "Tunis !", "تونس")).await;
        assert_eq!(taken.status, Status::UnprocessableEntity);
        assert!(taken.text.contains("Ce nom est déjà pris."), "{}", taken.text);
        let empty = send(add("regions", "", "تونس")).await;
        assert!(empty.text.contains("href=\"#f-name_fr\""));
        // A name without a Latin letter has an address too.
        assert_eq!(send(add("regions", "تطاوين", "تطاوين")).await.status, Status::SeeOther);
        assert_eq!(slugs().await.len(), 4);

        let shift = |slug: &str, to: &'static str| {
            world.form(&format!("/fr/admin/regions/{slug}/move"), &[("to", to)]).by(&boss)
        };
        assert_eq!(send(shift("medenine", "up")).await.status, Status::SeeOther);
        assert_eq!(slugs().await[..3], ["tunis", "medenine", "le-kef"]);
        for (slug, to) in [("tunis", "up"), ("tunis", "down"), ("tunis", "up")] {
            assert_eq!(send(shift(slug, to)).await.status, Status::SeeOther);
        }
        assert_eq!(slugs().await[..3], ["tunis", "medenine", "le-kef"]);
        assert_eq!(send(shift("atlantis", "up")).await.status, Status::NotFound);
        assert_eq!(send(shift("tunis", "sideways")).await.status, Status::BadRequest);
        // Many hands at once lose no region and leave an order.
        let moves = ["tunis", "medenine", "le-kef"].map(|slug| send(shift(slug, "down")));
        assert!(futures::future::join_all(moves).await.iter().all(|a| a.status == Status::SeeOther));
        let mut after = slugs().await;
        after.sort();
        assert_eq!(after.len(), 4);
        after.dedup();
        assert_eq!(after.len(), 4);

        let renamed = send(world.form("/fr/admin/regions/tunis", &[
            ("name_fr", "Grand Tunis"), ("name_ar", "تونس الكبرى"), ("name_en", "Greater Tunis"),
        ]).by(&boss)).await;
        assert_eq!(renamed.status, Status::SeeOther);
        let shown = send(world.get("/en/admin/regions").by(&boss)).await;
        assert!(shown.text.contains("Greater Tunis") && shown.text.contains("تونس الكبرى"), "{}", shown.text);
        assert!(slugs().await.contains(&"tunis".to_owned()), "the address stays");
        let nowhere = send(world.form("/fr/admin/regions/atlantis", &[("name_fr", "A"), ("name_ar", "أ")]).by(&boss)).await;
        assert_eq!(nowhere.status, Status::NotFound);
    }

    async fn an_axis_has_its_space_from_the_first_moment(world: World) {
        let (_, boss) = admin(&world, "boss@example.org").await;
        let made = send(world.form("/fr/admin/axes", &[
            ("name_fr", "Capitalisation"), ("name_ar", "الرسملة"), ("name_en", "Sharing"),
            ("about_fr", "Ce qui a marché."), ("about_ar", "ما نجح."), ("about_en", "What worked."),
        ]).by(&boss)).await;
        assert_eq!(made.status, Status::SeeOther, "{}", made.text);
        let list = send(world.get("/fr/admin/axes").by(&boss)).await;
        assert!(list.text.contains("href=\"/fr/spaces/capitalisation\""), "{}", list.text);
        let space = send(world.get("/en/spaces/capitalisation").by(&boss)).await;
        assert_eq!(space.status, Status::Ok);
        assert!(space.text.contains("Sharing") && space.text.contains("What worked."), "{}", space.text);
        // Renaming the axis renames its space; the address of both stays.
        let renamed = send(world.form("/fr/admin/axes/capitalisation", &[
            ("name_fr", "Capitalisation et partage"), ("name_ar", "الرسملة والتشارك"), ("name_en", ""), ("about_fr", "Nos récits."),
        ]).by(&boss)).await;
        assert_eq!(renamed.status, Status::SeeOther);
        let space = send(world.get("/fr/spaces/capitalisation").by(&boss)).await;
        assert!(space.text.contains("Capitalisation et partage") && space.text.contains("Nos récits."), "{}", space.text);
        let axes = organisations::axes(&world.app).await.unwrap();
        assert_eq!(axes[0].names[2], "Capitalisation et partage", "no English name: the French one");
        // An axis whose space could not be made is not made either.
        let space = spaces::NewSpace {
            id: world.app.ids.id(), slug: "plaidoyer".into(), axis: None, titles: Default::default(),
            abouts: Default::default(), at: world.now(),
        };
        spaces::open(&world.app, space).await.unwrap();
        let half = send(world.form("/fr/admin/axes", &[("name_fr", "Plaidoyer"), ("name_ar", "المناصرة")]).by(&boss)).await;
        assert_eq!(half.status, Status::UnprocessableEntity);
        assert_eq!(organisations::axes(&world.app).await.unwrap().len(), 1);
        // Spaces stand in the order of their axes.
        send(world.form("/fr/admin/axes", &[("name_fr", "Zèle"), ("name_ar", "حماس")]).by(&boss)).await;
        send(world.form("/fr/admin/axes/zele/move", &[("to", "up")]).by(&boss)).await;
        let order: Vec<String> = spaces::all(&world.app).await.unwrap().into_iter().map(|s| s.slug).collect();
        assert_eq!(order, ["zele", "capitalisation", "plaidoyer"]);
    }

    async fn a_token_is_shown_once_and_worth_nothing_when_revoked(world: World) {
        let (_, boss) = admin(&world, "boss@example.org").await;
        let made = send(world.form("/fr/admin/tokens", &[("name", "Rapports"), ("scope", "seminars")]).by(&boss)).await;
        assert_eq!(made.status, Status::Ok, "{}", made.text);
        let token = made.text.split("<pre dir=\"ltr\">").nth(1).and_then(|rest| rest.split('<').next()).expect("the token");
        assert_eq!(send(world.get("/api/v1/seminars").bearer(token)).await.status, Status::Ok);
        assert_eq!(send(world.get("/api/v1/progress").bearer(token)).await.status, Status::Forbidden);
        let page = send(world.get("/fr/admin/tokens").by(&boss)).await;
        assert!(page.text.contains("Rapports") && !page.text.contains(token));
        let revoke = action(&page.text, "/revoke");
        assert_eq!(send(world.form(&revoke, &[]).by(&boss)).await.status, Status::SeeOther);
        assert_eq!(send(world.get("/api/v1/seminars").bearer(token)).await.status, Status::Unauthorized);
        assert_eq!(send(world.form(&revoke, &[]).by(&boss)).await.status, Status::NotFound);
        for fields in [vec![("name", "x")], vec![("name", ""), ("scope", "seminars")]] {
            assert_eq!(send(world.form("/fr/admin/tokens", &fields).by(&boss)).await.status, Status::UnprocessableEntity, "{fields:?}");
        }
        let odd = send(world.form("/fr/admin/tokens", &[("name", "x"), ("scope", "everything")]).by(&boss)).await;
        assert!((400..500).contains(&odd.status.code), "{}", odd.status);
    }

    async fn a_failed_mail_is_tried_again(world: World) {
        let (_, boss) = admin(&world, "boss@example.org").await;
        for odd in ["x", "%00", "00000000-0000-0000-0000-000000000000"] {
            let answer = send(world.form(&format!("/fr/admin/outbox/{odd}/retry"), &[]).by(&boss)).await;
            assert!([400, 404].contains(&answer.status.code), "{odd}: {}", answer.status);
        }
        // A row that no worker understands fails for good; an administrator sees why and revives it.
        let row = (world.app.ids.uuid(), world.now());
        world.app.db.write(row, |tx, (id, now)| {
            Box::pin(halqa::jobs::enqueue(tx, *id, "reset", serde_json::json!({ "nonsense": 1 }), *now))
        }).await.map_err(|e: halqa::db::DbError| e).expect("a row");
        world.run_jobs().await;
        let page = send(world.get("/fr/admin/outbox").by(&boss)).await;
        assert!(page.text.contains("Échec"), "{}", page.text);
        let home = send(world.get("/fr/admin").by(&boss)).await;
        assert!(home.text.contains("data-hue=\"terra\"><dt>Envois en échec</dt><dd>1</dd>"), "{}", home.text);
        let retry = action(&page.text, "/retry");
        assert_eq!(send(world.form(&retry, &[]).by(&boss)).await.status, Status::SeeOther);
        let page = send(world.get("/fr/admin/outbox").by(&boss)).await;
        assert!(page.text.contains("En attente"), "{}", page.text);
    }

    /// What the platform orders of itself does not hide the mails that wait (contract: unset SMTP).
    async fn mails_that_wait_are_not_lost_among_the_rest(world: World) {
        let (_, boss) = admin(&world, "boss@example.org").await;
        send(world.form("/fr/forgot-password", &[("email", "boss@example.org")])).await;
        world.run_jobs().await;
        world.clock.advance_seconds(60);
        let rows: Vec<uuid::Uuid> = (0..300).map(|_| world.app.ids.uuid()).collect();
        world.app.db.write((rows, world.now()), |tx, (rows, now)| Box::pin(async move {
            for id in rows {
                halqa::jobs::enqueue_later(tx, *id, "cmi5-abandon", serde_json::json!({}), (*now, now.plus_seconds(3600))).await?;
            }
            Ok(())
        })).await.map_err(|e: halqa::db::DbError| e).expect("rows");
        let page = send(world.get("/fr/admin/outbox").by(&boss)).await;
        assert!(page.text.contains("boss@example.org"), "{}", page.text);
        assert!(!page.text.contains("<h2><code dir=\"ltr\">cmi5-abandon"));
        let other = send(world.get("/fr/admin/outbox?kind=cmi5-abandon").by(&boss)).await;
        assert_eq!(other.text.matches("<h2><code dir=\"ltr\">cmi5-abandon").count(), 100);
        assert_eq!(halqa::jobs::counts(&world.app).await.expect("counts").0, 1, "what is not due does not wait");
    }
}

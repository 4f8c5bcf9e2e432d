//! Presence: the screen's codes, the staff's list, ticks without a line; what it opens and attests.

use domain::eligibility::{Condition, Level, Rule, Scope};
use halqa::accounts::Grant;
use halqa::ids::PersonId;
use halqa::seminars::presence::{self, Shown, Tick, Ticks};
use halqa::seminars::{self, SeminarRow, programme};
use rocket::http::{ContentType, Status};
use serde_json::json;
use uuid::Uuid;

use crate::harness::{As, World, both_engines, send};

/// Sousse's staff, a seminar with a learner in it, ten minutes after its beginning.
async fn in_the_room(world: &World) -> (String, SeminarRow, Uuid, PersonId) {
    let founder = world.founder().await;
    world.region(&founder, "sousse").await;
    let seminar = world
        .seminar("Statuts", Some("sousse"), 5, Rule::open())
        .await;
    let amel = world.person("amel@example.org").await;
    seminars::register(&world.app, amel, seminar.id)
        .await
        .expect("a seat");
    world.clock.advance_seconds(10 * 86_400 + 600);
    let staff = world
        .signed_in_as("staff@example.org", Some(Grant::Regional("sousse".into())))
        .await;
    let meetings = programme::meetings(&world.app, seminar.id).await.unwrap();
    (staff, seminar, meetings[0].id, amel)
}

fn tick(seq: i64, meeting: Uuid, person: PersonId, present: bool, at: i64) -> Tick {
    Tick {
        seq,
        meeting,
        person,
        present,
        at,
    }
}

both_engines! {
    async fn who_scans_or_types_what_the_screen_shows_is_there(world: World) {
        let (staff, seminar, meeting, amel) = in_the_room(&world).await;
        let path = format!("/fr/seminars/{}", seminar.slug);
        let screen = send(world.get(&format!("{path}/screen")).by(&staff)).await;
        assert_eq!(screen.headers["refresh"], "25");
        let code = presence::code(&world.app, meeting, world.now());
        assert!(screen.text.contains(&code) && screen.text.contains("data:image/svg+xml;base64,"), "{}", screen.text);
        let browser = world.browser_of("amel@example.org").await;
        let show = send(world.get(&path).by(&browser)).await;
        assert!(show.text.contains("Je suis là"), "{}", show.text);
        let here = format!("{path}/here");
        let wrong = send(world.form(&here, &[("meeting", &meeting.to_string()), ("code", "AAAAAA")]).by(&browser)).await;
        assert_eq!(wrong.status, Status::Conflict);
        let said = send(world.form(&here, &[("meeting", &meeting.to_string()), ("code", &code.to_lowercase())]).by(&browser)).await;
        assert_eq!(said.status, Status::SeeOther, "{}", said.text);
        let roster = presence::roster(&world.app, seminar.id, meeting).await.unwrap();
        assert_eq!((roster.len(), roster[0].present), (1, 1));

        // The picture is good for two minutes, and for this meeting.
        let (turn, sign) = presence::turning(&world.app, meeting, world.now());
        let say = |turn: i64, sign: &str| presence::say_present(&world.app, &seminar, meeting, amel, Shown::Picture(turn, sign.to_owned()));
        assert!(say(turn, &sign).await.is_ok());
        assert_eq!(say(turn - 1, &sign).await.unwrap_err().code, "wrong-code");
        world.clock.advance_seconds(200);
        assert_eq!(say(turn, &sign).await.unwrap_err().code, "wrong-code");
        // Who has no seat is sent to the team; long afterwards nobody says anything.
        let badr = world.person("badr@example.org").await;
        let (turn, sign) = presence::turning(&world.app, meeting, world.now());
        let shown = Shown::Picture(turn, sign);
        assert_eq!(presence::say_present(&world.app, &seminar, meeting, badr, shown.clone()).await.unwrap_err().code, "no-seat");
        world.clock.advance_seconds(4 * 3600);
        assert_eq!(presence::say_present(&world.app, &seminar, meeting, amel, shown).await.unwrap_err().code, "not-now");
    }

    async fn two_devices_without_a_line_lose_nothing_and_count_nothing_twice(world: World) {
        let (staff, seminar, meeting, amel) = in_the_room(&world).await;
        let person = halqa::seminars::learner(&world.app, "staff@example.org").await.unwrap().unwrap().id;
        let (one, two) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let now = world.now().millis();
        let send_ticks = |device: Uuid, ticks: Vec<Tick>| presence::take(&world.app, &seminar, person, Ticks { device, ticks });
        // In order, twice, with what came before, after a gap.
        let first = tick(1, meeting, amel, true, now);
        assert_eq!(send_ticks(one, vec![first.clone()]).await.unwrap(), 2);
        assert_eq!(send_ticks(one, vec![first.clone()]).await.unwrap(), 2);
        assert_eq!(send_ticks(one, vec![tick(4, meeting, amel, false, now + 5)]).await.unwrap(), 2, "a gap is not taken");
        let roster = || presence::roster(&world.app, seminar.id, meeting);
        assert_eq!(roster().await.unwrap()[0].present, 1);
        // The other took her back a minute before the first saw her, and says so later.
        assert_eq!(send_ticks(two, vec![tick(1, meeting, amel, false, now - 60_000)]).await.unwrap(), 2);
        assert_eq!(roster().await.unwrap()[0].present, 1, "what was seen last holds");
        world.clock.advance_seconds(120);
        assert_eq!(send_ticks(one, vec![first, tick(2, meeting, amel, false, now + 60_000), tick(3, meeting, amel, true, now + 90_000)]).await.unwrap(), 4);
        assert_eq!(roster().await.unwrap()[0].present, 1);
        // Somebody else's device, and the front door.
        let founder = halqa::seminars::learner(&world.app, "founder@example.org").await.unwrap().unwrap().id;
        let stolen = presence::take(&world.app, &seminar, founder, Ticks { device: one, ticks: vec![] }).await;
        assert_eq!(stolen.unwrap_err().status, Status::NotFound);
        let path = format!("/fr/seminars/{}/presence/ticks", seminar.slug);
        let body = json!({ "device": Uuid::from_u128(3), "ticks": [{ "seq": 1, "meeting": meeting, "person": amel, "present": true, "at": now }] });
        let answer = send(world.post(&path).header(ContentType::JSON).body(body.to_string()).by(&staff)).await;
        assert_eq!(answer.json(), json!({ "next": 2 }), "{}", answer.text);
    }

    async fn presence_is_progress_and_opens_the_next_door(world: World) {
        let (staff, seminar, meeting, amel) = in_the_room(&world).await;
        let rule = Rule { need: 1, of: vec![Condition::seminar(seminar.id.0, Level::Completed).into()], scope: Scope::Person };
        let next = world.seminar("La suite", None, 5, rule).await;
        let browser = world.browser_of("amel@example.org").await;
        let page = send(world.get(&format!("/fr/seminars/{}", next.slug)).by(&browser)).await;
        assert!(page.text.contains("Vous n’y étiez pas") && page.text.contains("Avoir suivi toute la rencontre"), "{}", page.text);
        let list = format!("/fr/seminars/{}/presence", seminar.slug);
        let shown = send(world.get(&list).by(&staff)).await;
        assert!(shown.text.contains(&format!("value=\"{amel}\"")), "{}", shown.text);
        let fields = [("meeting", meeting.to_string()), ("present", amel.to_string())];
        let fields: Vec<(&str, &str)> = fields.iter().map(|(k, v)| (*k, v.as_str())).collect();
        assert_eq!(send(world.form(&list, &fields).by(&staff)).await.status, Status::SeeOther);
        let door = seminars::door_of(&world.app, &next, amel).await.unwrap();
        assert!(door.verdict.eligible);
        let token = world.token(&["progress"]).await;
        let rows = send(world.get("/api/v1/progress?learner=amel@example.org").bearer(&token)).await.json();
        assert_eq!((&rows[0]["state"], &rows[0]["module"]["title"]), (&json!("completed"), &json!("Statuts")), "{rows}");
        // Taken back, the door is shut again.
        assert_eq!(send(world.form(&list, &fields[..1]).by(&staff)).await.status, Status::SeeOther);
        assert!(!seminars::door_of(&world.app, &next, amel).await.unwrap().verdict.eligible);
        // A meeting at which somebody was, is not taken out of the programme.
        let gone = send(world.form(&format!("/fr/seminars/{}/programme", seminar.slug), &[
            ("rows", "1"), ("handouts", "1"), ("starts1", "2026-08-14T09:30"), ("ends1", "2026-08-14T12:00"), ("place1", "Ici"),
        ]).by(&staff)).await;
        assert_eq!(gone.status, Status::UnprocessableEntity, "{}", gone.text);
    }

    async fn who_was_there_has_an_attestation_that_anybody_can_verify(world: World) {
        let (staff, seminar, meeting, amel) = in_the_room(&world).await;
        let list = format!("/fr/seminars/{}/presence", seminar.slug);
        let fields = [("meeting", meeting.to_string()), ("present", amel.to_string())];
        let fields: Vec<(&str, &str)> = fields.iter().map(|(k, v)| (*k, v.as_str())).collect();
        send(world.form(&list, &fields).by(&staff)).await;
        assert!(presence::attestation_of(&world.app, &seminar, amel).await.unwrap().is_none(), "not while it lasts");
        world.clock.advance_seconds(3 * 3600);
        let code = presence::attestation_of(&world.app, &seminar, amel).await.unwrap().expect("an attestation");
        let browser = world.browser_of("amel@example.org").await;
        let page = send(world.get(&format!("/fr/seminars/{}", seminar.slug)).by(&browser)).await;
        assert!(page.text.contains(&format!("/attestations/{code}")), "{}", page.text);
        let shown = send(world.get(&format!("/ar/attestations/{code}"))).await;
        assert!(shown.text.contains("amel") && shown.text.contains("Statuts") && shown.text.contains("data:image/svg+xml"), "{}", shown.text);
        let badge = send(world.get(&format!("/attestations/{code}/badge"))).await.json();
        assert_eq!(badge["credential"]["type"], json!(["VerifiableCredential", "OpenBadgeCredential"]));
        assert_eq!(badge["jws"].as_str().map(|jws| jws.split('.').count()), Some(3));
        the_badge_holds(&world, &code, &badge["credential"]).await;
        the_paper_reads(&world, &code).await;
        for wrong in [format!("{}0", &code[..code.len() - 1]), code[..32].to_owned(), "x".to_owned()] {
            if wrong != code {
                assert_eq!(send(world.get(&format!("/fr/attestations/{wrong}"))).await.status, Status::NotFound, "{wrong}");
            }
        }
        // Taken back, it attests nothing.
        send(world.form(&list, &fields[..1]).by(&staff)).await;
        assert_eq!(send(world.get(&format!("/fr/attestations/{code}"))).await.status, Status::NotFound);
    }

    /// Mise en veille: the staff ticks names, others read neither the name nor the organisation.
    async fn who_is_at_rest_is_named_to_the_staff_alone(world: World) {
        let (staff, seminar, meeting, amel) = in_the_room(&world).await;
        let founder = world.founder_again().await;
        let osc = world.organisation(&founder, "Ombre Douce", "sousse").await;
        world.join(amel, &osc, "coordinator").await;
        let zohra = world.person("zohra-attend@example.org").await;
        let other = world.seminar("Comptes", Some("sousse"), 1, Rule::open()).await;
        world.join(zohra, &osc, "member").await;
        let badr = world.person("badr@example.org").await;
        seminars::register(&world.app, badr, other.id).await.expect("a seat");
        seminars::wait(&world.app, zohra, other.id).await.expect("waits");
        presence::write_list(&world.app, &seminar, meeting, founder.id, vec![amel]).await.expect("ticked");
        world.clock.advance_seconds(4 * 3600);
        let code = presence::attestation_of(&world.app, &seminar, amel).await.unwrap().expect("an attestation");
        let organisation = halqa::organisations::by_slug(&world.app, &osc.slug).await.unwrap().unwrap();
        halqa::organisations::rest(&world.app, &founder, &organisation, true).await.expect("at rest");

        let address = format!("/fr/attestations/{code}");
        let own = world.browser_of("amel@example.org").await;
        let curious = world.browser_of("badr@example.org").await;
        for path in [address.clone(), format!("/fr/seminars/{}/calendar.ics", seminar.slug), format!("/fr/seminars/{}", seminar.slug),
            format!("/fr/seminars/{}", other.slug), "/fr/seminars?when=past".into()] {
            for reader in [None, Some(&curious)] {
                let mut request = world.get(&path);
                if let Some(cookie) = reader { request = request.by(cookie); }
                let page = send(request).await;
                assert_eq!(page.status, Status::Ok, "{path}");
                assert!(!page.text.contains("amel") && !page.text.contains("zohra-attend") && !page.text.contains("Ombre Douce"), "{path}: {}", page.text);
            }
        }
        assert!(send(world.get(&address)).await.text.contains("Attestation authentique"), "it stays genuine");
        for part in ["badge", "badge.jwt", "pdf"] {
            let path = format!("/attestations/{code}/{part}");
            assert_eq!(send(world.get(&path)).await.status, Status::NotFound, "{path}");
            assert_eq!(send(world.get(&path).by(&curious)).await.status, Status::NotFound, "{path}");
            assert_eq!(send(world.get(&path).by(&own)).await.status, Status::Ok, "{path}");
        }
        assert!(send(world.get(&address).by(&own)).await.text.contains("amel"), "to herself");
        // The staff calls the names; their lists say no organisation, and paper has initials.
        let list = send(world.get(&format!("/fr/seminars/{}/presence", seminar.slug)).by(&staff)).await.text;
        assert!(list.contains("amel") && list.contains("en veille") && list.contains("class=\"no-print\""), "{list}");
        let waiting = send(world.get(&format!("/fr/seminars/{}/attendees", other.slug)).by(&staff)).await.text;
        assert!(waiting.contains("zohra-attend"), "{waiting}");
        assert!(!list.contains("Ombre Douce") && !waiting.contains("Ombre Douce"));
        let token = world.token(&["seminars"]).await;
        let seats = send(world.get(&format!("/api/v1/seminars/{}/seats", seminar.slug)).bearer(&token)).await.json();
        assert_eq!((&seats[0]["learner"]["name"], &seats[0]["organisation"]), (&json!(null), &json!(null)), "{seats}");
        // Awake again, it is as it was.
        halqa::organisations::rest(&world.app, &founder, &organisation, false).await.expect("awake");
        assert!(send(world.get(&address)).await.text.contains("amel"));
    }
}

/// What the schema of an OpenBadgeCredential (3.0) requires is there, the file to download is that
/// credential, and its signature holds with the key it carries: the one in our key set.
async fn the_badge_holds(world: &World, code: &str, credential: &serde_json::Value) {
    use base64::Engine as _;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
    let file = send(world.get(&format!("/attestations/{code}/badge.jwt"))).await;
    assert_eq!(file.headers["content-type"], "application/vc+jwt");
    assert!(file.headers["content-disposition"].starts_with("attachment"));
    let parts: Vec<&str> = file.text.split('.').collect();
    let part = |n: usize| BASE64.decode(parts[n]).expect("base64url");
    let read = |n: usize| serde_json::from_slice::<serde_json::Value>(&part(n)).expect("JSON");
    let (header, claims) = (read(0), read(1));
    assert_eq!(header["alg"], "RS256");
    for field in [
        "@context",
        "id",
        "type",
        "issuer",
        "validFrom",
        "name",
        "credentialSubject",
    ] {
        assert_eq!(claims[field], credential[field], "{field}");
        assert!(!claims[field].is_null(), "{field}");
    }
    assert_eq!(
        claims["@context"][0],
        "https://www.w3.org/ns/credentials/v2"
    );
    let subject = &credential["credentialSubject"];
    for field in ["id", "type", "name", "description", "criteria"] {
        assert!(
            !subject["achievement"][field].is_null(),
            "achievement.{field}"
        );
    }
    assert_eq!(subject["type"], json!(["AchievementSubject"]));
    assert_eq!(
        (&claims["iss"], &claims["jti"], &claims["sub"]),
        (
            &credential["issuer"]["id"],
            &credential["id"],
            &subject["id"]
        )
    );
    assert!(claims["nbf"].is_i64());
    // The issuer's profile is where its id says.
    let issuer = credential["issuer"]["id"].as_str().expect("an address");
    let path = issuer
        .split_once("//")
        .and_then(|(_, rest)| rest.find('/').map(|at| &rest[at..]));
    let profile = send(world.get(path.expect("a path"))).await.json();
    assert_eq!(
        (&profile["id"], &profile["type"]),
        (&json!(issuer), &json!(["Profile"]))
    );
    let number = |name: &str| {
        BASE64
            .decode(header["jwk"][name].as_str().expect(name))
            .expect("base64url")
    };
    let keys = send(world.get("/lti/jwks")).await.json();
    let published = keys["keys"].as_array().expect("keys");
    assert!(published.iter().any(|key| key["n"] == header["jwk"]["n"]));
    let key = aws_lc_rs::signature::RsaPublicKeyComponents {
        n: number("n"),
        e: number("e"),
    };
    let signed = format!("{}.{}", parts[0], parts[1]);
    let rsa = &aws_lc_rs::signature::RSA_PKCS1_2048_8192_SHA256;
    key.verify(rsa, signed.as_bytes(), &part(2))
        .expect("the signature holds");
    let other = signed.replace('.', "A.");
    assert!(key.verify(rsa, other.as_bytes(), &part(2)).is_err());
}

/// The file is tagged PDF/UA in its language; what `pdftotext` (poppler, as `scripts/test` installs it)
/// takes out of it reads in its own order, Arabic included; it is drawn once for whoever keeps it.
async fn the_paper_reads(world: &World, code: &str) {
    for (lang, said) in [
        (
            "fr",
            [
                "Attestation de participation",
                "a participé à la rencontre",
                "Statuts",
                "Présence : 100 %",
            ],
        ),
        (
            "ar",
            [
                "شهادة مشاركة",
                "شارك في لقاء",
                "Statuts",
                "للتثبّت على هذا العنوان",
            ],
        ),
        ("en", ["Statuts", "amel", "100", "Maison des associations"]),
    ] {
        let path = format!("/{lang}/attestations/{code}/pdf");
        let answer = world.get(&path).dispatch().await;
        assert_eq!(answer.status(), Status::Ok, "{path}");
        assert_eq!(answer.content_type(), Some(ContentType::PDF));
        let etag = answer
            .headers()
            .get_one("ETag")
            .expect("an ETag")
            .to_owned();
        let bytes = answer.into_bytes().await.expect("a file");
        let again = world
            .get(&path)
            .header(rocket::http::Header::new("If-None-Match", etag));
        assert_eq!(send(again).await.status, Status::NotModified);
        // The catalogue of a tagged file, its language, and the mark of PDF/UA-1.
        let raw = String::from_utf8_lossy(&bytes);
        assert!(
            raw.contains("/MarkInfo") && raw.contains("/StructTreeRoot"),
            "tagged"
        );
        assert!(
            raw.contains(&format!("/Lang({lang})")) || raw.contains(&format!("/Lang ({lang})")),
            "{lang}"
        );
        assert!(raw.contains("pdfuaid:part"), "PDF/UA");
        let file = std::env::temp_dir().join(format!("halqa-attestation-{code}-{lang}.pdf"));
        std::fs::write(&file, &bytes).expect("written");
        let out = std::process::Command::new("pdftotext")
            .arg(&file)
            .arg("-")
            .output();
        let _ = std::fs::remove_file(&file);
        let out = out.expect("pdftotext: `scripts/test` installs poppler-utils");
        // Poppler turns lam-alef, one glyph, round, and shifts the marks above letters; marks of
        // direction are its own.
        let plain = |text: &str| -> String {
            let kept = text.chars().filter(|c| !matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{64b}'..='\u{652}'));
            kept.collect::<String>()
                .replace("لا", "ال")
                .replace(['\u{a0}', '\u{202f}'], " ")
        };
        let read = plain(&String::from_utf8_lossy(&out.stdout));
        for text in said {
            assert!(read.contains(&plain(text)), "{lang}: {text:?} in\n{read}");
        }
    }
}

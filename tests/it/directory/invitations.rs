//! Invitations: nobody is a member before they accept, nothing tells who has an account, everybody
//! can leave; links, lists.

use halqa::accounts::Grant;
use rocket::http::{ContentType, Status};

use crate::harness::{Answer, As, Osc, World, both_engines, cookie, send};

struct Place {
    osc: Osc,
    coordinator: String,
    staff: String,
}

async fn place(world: &World) -> Place {
    let founder = world.founder().await;
    world.region(&founder, "sousse").await;
    let osc = world.organisation(&founder, "Oliviers", "sousse").await;
    let amel = world.person("amel@example.org").await;
    world.join(amel, &osc, "coordinator").await;
    Place {
        osc,
        coordinator: world.browser_of("amel@example.org").await,
        staff: world
            .signed_in_as("staff@example.org", Some(Grant::Regional("sousse".into())))
            .await,
    }
}

impl Place {
    fn members(&self) -> String {
        format!("/fr/organisations/{}/members", self.osc.slug)
    }

    fn invitations(&self) -> String {
        format!("/fr/organisations/{}/invitations", self.osc.slug)
    }

    async fn invite(&self, world: &World, name: &str, email: &str) -> Answer {
        let fields = [("name", name), ("email", email), ("language", "fr")];
        send(world.form(&self.members(), &fields).by(&self.coordinator)).await
    }
}

/// The path of the latest invitation that waits in the outbox, for this address.
async fn mailed(world: &World, email: &str) -> String {
    let admin = world.browser_of("founder@example.org").await;
    let outbox = send(world.get("/fr/admin/outbox").by(&admin)).await.text;
    let after = outbox
        .split(email)
        .skip(1)
        .find(|rest| rest.contains("/join/"))
        .unwrap_or_else(|| panic!("no mail to {email}: {outbox}"));
    let token: String = after
        .split("/join/")
        .nth(1)
        .unwrap_or_default()
        .chars()
        .take_while(char::is_ascii_alphanumeric)
        .collect();
    format!("/fr/join/{token}")
}

/// A list as a form sends it.
async fn upload(world: &World, place: &Place, browser: &str, bytes: &[u8]) -> Answer {
    let mut body = b"--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"l.csv\"\r\nContent-Type: text/csv\r\n\r\n".to_vec();
    body.extend_from_slice(bytes);
    body.extend_from_slice(b"\r\n--x--\r\n");
    let kind = ContentType::new("multipart", "form-data").with_params(("boundary", "x"));
    send(
        world
            .post(&place.invitations())
            .header(kind)
            .body(body)
            .by(browser),
    )
    .await
}

both_engines! {
    async fn nothing_tells_who_has_an_account_until_they_accept(world: World) {
        let place = place(&world).await;
        let known = world.person("known@example.org").await;
        let theirs = world.browser_of("known@example.org").await;
        let mut answers = Vec::new();
        for email in ["known@example.org", "fresh@example.org"] {
            let answer = place.invite(&world, "Une Personne", email).await;
            answers.push((answer.status, answer.headers["location"].clone()));
        }
        assert_eq!(answers[0], answers[1]);
        assert!(answers[0].1.ends_with("done=member-invited"));
        let page = send(world.get(&place.members()).by(&place.coordinator)).await.text;
        let line = |email: &str| -> String {
            let li = page.split("<li>").find(|li| li.contains(email)).expect("a line");
            let li = li.split("</li>").next().unwrap_or_default();
            // Ids and their colours are not the same.
            let li = li.replace(email, "EMAIL");
            li.split("data-hue").map(|part| part.split_once('"').map_or(part, |(_, rest)| rest).split_once('"').map_or(part, |(_, rest)| rest))
                .collect::<String>().split("/invitations/").map(|part| part.get(36..).unwrap_or(part).to_owned()).collect()
        };
        let normal = |text: String| text.replace(|c: char| c.is_ascii_digit(), "");
        assert_eq!(normal(line("known@example.org")), normal(line("fresh@example.org")));
        assert!(page.contains("Une Personne") && !page.contains(">known<"), "no name leaks: {page}");
        // Not a member yet: nothing counts, nothing is seen.
        let own = send(world.get("/fr/me").by(&theirs)).await.text;
        assert!(!own.contains("Oliviers"), "{own}");
        // Twice is once.
        let again = place.invite(&world, "Une Personne", "known@example.org").await;
        assert!(again.headers["location"].ends_with("done=member-waits"));

        let path = mailed(&world, "known@example.org").await;
        let page = send(world.get(&path)).await;
        assert!(page.text.contains("Oliviers") && page.text.contains("/sign-in?next"), "{}", page.text);
        assert!(!page.text.contains("name=\"password\""), "an account in use is signed in to");
        let account = send(world.form(&format!("{path}/account"), &[("name", "X"), ("password", "un olivier et trois ânes")])).await;
        assert_eq!(account.status, Status::NotFound);
        let accepted = send(world.form(&format!("{path}/accept"), &[]).by(&theirs)).await;
        assert_eq!(accepted.status, Status::SeeOther, "{}", accepted.text);
        let page = send(world.get(&place.members()).by(&place.coordinator)).await.text;
        assert!(page.contains(">known<"), "now they are a member under their own name: {page}");
        for what in ["", "/accept", "/decline"] {
            let request = if what.is_empty() { world.get(&path) } else { world.form(&format!("{path}{what}"), &[]) };
            assert_eq!(send(request.by(&theirs)).await.status, Status::NotFound, "used once: {what}");
        }
        assert!(place.invite(&world, "X", "known@example.org").await.headers["location"].ends_with("done=member-already"));

        // Somebody new makes an account: the address is proven.
        let path = mailed(&world, "fresh@example.org").await;
        let weak = send(world.form(&format!("{path}/account"), &[("name", "Frais"), ("password", "123")])).await;
        assert_eq!(weak.status, Status::UnprocessableEntity);
        let made = send(world.form(&format!("{path}/account"), &[("name", "Frais Nouveau"), ("password", "un olivier et trois ânes")])).await;
        assert_eq!(made.status, Status::SeeOther, "{}", made.text);
        let browser = cookie(&made.headers["set-cookie"]);
        let own = send(world.get("/fr/me").by(&browser)).await.text;
        assert!(own.contains("Oliviers") && own.contains("fresh@example.org"), "{own}");
        // And leaves again.
        let left = send(world.form(&format!("/fr/me/organisations/{}/leave", place.osc.slug), &[]).by(&browser)).await;
        assert_eq!(left.status, Status::SeeOther, "{}", left.text);
        assert!(!send(world.get("/fr/me").by(&browser)).await.text.contains("Oliviers"));
        let again = send(world.form(&format!("/fr/me/organisations/{}/leave", place.osc.slug), &[]).by(&browser)).await;
        assert_eq!(again.status, Status::NotFound);
        let _ = known;
    }

    async fn who_declines_is_left_in_peace_and_who_rests_invites_nobody(world: World) {
        let place = place(&world).await;
        place.invite(&world, "Non Merci", "no@example.org").await;
        let path = mailed(&world, "no@example.org").await;
        let declined = send(world.form(&format!("{path}/decline"), &[])).await;
        assert_eq!(declined.status, Status::SeeOther);
        assert!(place.invite(&world, "Non Merci", "no@example.org").await.headers["location"].ends_with("done=member-declined"));
        place.invite(&world, "Oui", "yes@example.org").await;
        let path = mailed(&world, "yes@example.org").await;
        let rest = format!("/fr/organisations/{}/rest", place.osc.slug);
        send(world.form(&rest, &[("resting", "yes")]).by(&place.coordinator)).await;
        assert_eq!(send(world.get(&path)).await.status, Status::NotFound, "its name is not told");
        send(world.form(&rest, &[("resting", "no")]).by(&place.coordinator)).await;
        assert_eq!(send(world.get(&path)).await.status, Status::Ok);
        world.clock.advance_seconds(31 * 86_400);
        assert_eq!(send(world.get(&path)).await.status, Status::NotFound, "it ran out");
        let odd = ["x".to_owned(), "0".repeat(64), format!("{}0", &path[9..72]), "%F0%9F%AB%92".into(), "é".repeat(32)];
        for odd in odd {
            let odd: String = url::form_urlencoded::byte_serialize(odd.as_bytes()).collect();
            let answer = send(world.get(&format!("/fr/join/{odd}"))).await;
            assert_eq!(answer.status, Status::NotFound, "{odd}");
        }
    }

    async fn the_last_coordinator_hands_over_and_the_last_member_may_go(world: World) {
        let place = place(&world).await;
        let badr = world.person("badr@example.org").await;
        world.join(badr, &place.osc, "member").await;
        let leave = format!("/fr/me/organisations/{}/leave", place.osc.slug);
        let refused = send(world.form(&leave, &[]).by(&place.coordinator)).await;
        assert_eq!(refused.status, Status::Conflict);
        let his = world.browser_of("badr@example.org").await;
        assert_eq!(send(world.form(&leave, &[]).by(&his)).await.status, Status::SeeOther);
        let left = send(world.form(&leave, &[]).by(&place.coordinator)).await;
        assert_eq!(left.status, Status::SeeOther, "{}", left.text);
        let renewed = cookie(&left.headers["set-cookie"]);
        assert_eq!(send(world.get(&place.members()).by(&renewed)).await.status, Status::NotFound);
    }

    async fn a_link_is_passed_on_counted_and_revoked(world: World) {
        let place = place(&world).await;
        let made = send(world.form(&format!("{}/link", place.invitations()), &[("uses", "2"), ("days", "7")]).by(&place.coordinator)).await;
        assert_eq!(made.status, Status::SeeOther, "{}", made.text);
        let page = send(world.get(&place.invitations()).by(&place.coordinator)).await.text;
        assert!(page.contains("data:image/svg+xml;base64,"), "its QR code");
        let token: String = page.split("/fr/join/").nth(1).expect("a link").chars().take_while(char::is_ascii_alphanumeric).collect();
        let path = format!("/fr/join/{token}");
        let one = world.signed_in_as("one@example.org", None).await;
        world.person("two@example.org").await;
        for browser in [&one, &one] {
            assert_eq!(send(world.form(&format!("{path}/accept"), &[]).by(browser)).await.status, Status::SeeOther);
        }
        // Without an account: the same page whether or not there is one of that address.
        let ask = format!("{path}/ask");
        let wrong = send(world.form(&ask, &[("name", "A"), ("email", "nothing")])).await;
        assert_eq!(wrong.status, Status::UnprocessableEntity);
        let asked = send(world.form(&ask, &[("name", "Deux"), ("email", "two@example.org")])).await;
        assert_eq!(asked.status, Status::Ok, "{}", asked.text);
        assert!(asked.text.contains("Regardez votre boîte"));
        assert!(mailed(&world, "two@example.org").await.starts_with("/fr/join/"));
        let used_up = send(world.form(&ask, &[("name", "Trois"), ("email", "three@example.org")])).await;
        assert_eq!(used_up.status, Status::NotFound, "two uses");
        // Revoked: as if it had never been.
        send(world.form(&format!("{}/link", place.invitations()), &[("uses", "5"), ("days", "7")]).by(&place.coordinator)).await;
        let page = send(world.get(&place.invitations()).by(&place.coordinator)).await.text;
        let token: String = page.split("/fr/join/").nth(1).expect("a link").chars().take_while(char::is_ascii_alphanumeric).collect();
        let revoke: String = page.split("/fr/invitations/").nth(1).expect("a button").chars().take(36).collect();
        let revoke = format!("/fr/invitations/{revoke}/revoke");
        assert_eq!(send(world.form(&revoke, &[]).by(&one)).await.status, Status::NotFound, "a member does not");
        assert_eq!(send(world.get(&format!("/fr/join/{token}"))).await.status, Status::Ok);
        assert_eq!(send(world.form(&revoke, &[]).by(&place.coordinator)).await.status, Status::SeeOther);
        assert_eq!(send(world.get(&format!("/fr/join/{token}"))).await.status, Status::NotFound);
        assert_eq!(send(world.form(&format!("/fr/join/{token}/accept"), &[]).by(&one)).await.status, Status::NotFound);
        let wrong = send(world.form(&format!("{}/link", place.invitations()), &[("uses", "9999"), ("days", "0")]).by(&place.coordinator)).await;
        assert_eq!(wrong.status, Status::UnprocessableEntity);
    }

    async fn a_list_is_answered_line_by_line(world: World) {
        let place = place(&world).await;
        world.person("known@example.org").await;
        let list = "\u{feff}Nom;E-mail;Langue\r\nآمنة بن صالح;amna@example.org;ar\r\n\"Ben Ali; Badr\";Known@Example.org;fr\r\n\
            =HYPERLINK(\"x\");evil@example.org;fr\r\n<b>Gras</b>;gras@example.org;fr\r\nSans;;\r\nFaux;faux@;\r\nEncore;amna@example.org;ar\r\nAmel;amel@example.org;fr\r\n";
        let answer = upload(&world, &place, &place.coordinator, list.as_bytes()).await;
        assert_eq!(answer.status, Status::Ok, "{}", answer.text);
        for part in [
            "3 invitations envoyées, sur 8 lignes", "آمنة بن صالح", "Ben Ali; Badr", "Nom refusé", "&lt;b&gt;Gras", "Pas d’adresse",
            "Adresse illisible", "Adresse déjà plus haut", "Déjà membre",
        ] {
            assert!(answer.text.replace(['\u{2068}', '\u{2069}'], "").contains(part), "{part}: {}", answer.text);
        }
        assert!(!answer.text.contains(">known<"));
        let again = upload(&world, &place, &place.coordinator, "amna@example.org\nnew@example.org\n".as_bytes()).await;
        assert!(again.text.contains("Déjà invitée") && again.text.contains("Invitation envoyée"), "{}", again.text);
        for (bytes, part) in [
            (&b"Nom;e-mail\n\xe9;a@b.tn"[..], "UTF-8"), (b"", "aucune ligne"), (b"email\n", "aucune ligne"),
        ] {
            let answer = upload(&world, &place, &place.coordinator, bytes).await;
            assert_eq!(answer.status, Status::UnprocessableEntity);
            assert!(answer.text.contains(part), "{part}: {}", answer.text);
        }
        let stranger = world.signed_in_as("stranger@example.org", None).await;
        assert_eq!(upload(&world, &place, &stranger, b"a@b.tn").await.status, Status::NotFound);
        // 10,000 lines: the team's day is long enough, a coordinator's is not.
        let many: String = (0..10_000).map(|n| format!("p{n}@example.net;Personne {n}\n")).collect();
        let few = upload(&world, &place, &place.coordinator, many.as_bytes()).await;
        assert!(few.text.contains("Limite du jour atteinte"), "{}", &few.text[..2000]);
        let all = upload(&world, &place, &place.staff, many.as_bytes()).await;
        assert_eq!(all.status, Status::Ok);
        let text = all.text.replace(['\u{2068}', '\u{2069}', '\u{202f}', '\u{a0}'], "");
        assert!(text.contains("invitations envoyées, sur 10000 lignes"), "{}", &text[..6000]);
        let too_many = format!("{many}one@more.tn\n");
        let refused = upload(&world, &place, &place.staff, too_many.as_bytes()).await;
        assert_eq!(refused.status, Status::UnprocessableEntity);
    }
}

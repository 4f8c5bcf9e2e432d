//! Paths through seminars: from the exact gap to a seat in one's calendar; seats for an
//! organisation and a group that waits; presence on two devices without a line; a workshop held
//! again elsewhere.

use domain::eligibility::{Condition, Level, Rule};
use halqa::accounts::{self, Grant, NewGrant};
use halqa::catalogue;
use halqa::db::{DbError, testing};
use halqa::ids::{MembershipId, OrganisationId, PersonId};
use halqa::seminars::{self, NewSeminar, SeminarRow, presence, programme};
use halqa::web::{Lang, Refusal};

use crate::hand::{Way, every_way};
use crate::harness::{Browser, Platform, both_engines, one_engine};
use crate::packages;

impl Platform {
    async fn grant(&self, person: PersonId, grant: Grant) {
        let new = NewGrant {
            id: self.app.ids.uuid(),
            person,
            grant,
            from: self.app.clock.now(),
            until: None,
            by: None,
        };
        self.app
            .db
            .write(new, |tx, new| {
                Box::pin(async move { accounts::grant(tx, new).await.map_err(Refusal::from) })
            })
            .await
            .expect("a grant");
    }

    async fn regions(&self, slugs: &'static [&'static str]) {
        self.app
            .db
            .write(slugs, |tx, slugs| {
                Box::pin(async move {
                    for slug in *slugs {
                        testing::insert_region(tx, slug).await?;
                    }
                    Ok::<(), DbError>(())
                })
            })
            .await
            .expect("regions");
    }

    async fn association(
        &self,
        slug: &'static str,
        members: Vec<(PersonId, &'static str)>,
    ) -> OrganisationId {
        let id: OrganisationId = self.app.ids.id();
        let ids: Vec<MembershipId> = members.iter().map(|_| self.app.ids.id()).collect();
        let row = (id, slug, ids, members, self.app.clock.now());
        self.app
            .db
            .write(row, |tx, (id, slug, ids, members, now)| {
                Box::pin(async move {
                    testing::insert_organisation(tx, *id, slug, *now).await?;
                    for (membership, (person, role)) in ids.iter().zip(members) {
                        testing::insert_member(tx, *membership, (*person, *id), role, *now).await?;
                    }
                    Ok::<(), DbError>(())
                })
            })
            .await
            .expect("an association");
        id
    }

    async fn seminar(
        &self,
        title: &str,
        region: Option<&str>,
        capacity: i64,
        rule: Rule,
    ) -> SeminarRow {
        let starts_at = self.app.clock.now().plus_days(20);
        let new = NewSeminar {
            slug: None,
            title: title.to_owned(),
            summary: "Une journée d’exercices.".to_owned(),
            language: Lang::Fr,
            region: region.map(str::to_owned),
            axis: None,
            place: "Maison des associations".to_owned(),
            link: String::new(),
            starts_at,
            ends_at: starts_at.plus_seconds(6 * 3600),
            capacity,
            rule,
            by: None,
        };
        seminars::create(&self.app, new).await.expect("a seminar")
    }
}

both_engines! {
    /// Ineligible → the exact gap → resume → eligible → seat → calendar.
    async fn from_the_gap_to_ones_calendar(platform: Platform) {
        gap(&platform, IN_FRENCH).await;
    }

    /// A coordinator reserves three seats and names them; a group that waits is promoted.
    async fn seats_for_an_organisation(platform: Platform) {
        seats(&platform, IN_FRENCH).await;
    }

    /// Two phones tick names without a line; one is closed and opened again. Nothing is lost,
    /// nothing counts twice.
    async fn presence_on_two_devices_without_a_line(platform: Platform) {
        present_without_a_line(&platform, IN_FRENCH).await;
    }

    /// In three clicks, with all dates shifted.
    async fn a_workshop_is_held_again_elsewhere(platform: Platform) {
        again(&platform, IN_FRENCH).await;
    }
}

every_way! {
    async fn the_gap_in_every_way(way: Way) {
        gap(&Platform::start("sqlite").await, way).await;
    }

    async fn presence_in_every_way(way: Way) {
        present_without_a_line(&Platform::start("sqlite").await, way).await;
    }

    async fn seats_in_every_way(way: Way) {
        seats(&Platform::start("sqlite").await, way).await;
    }

    async fn a_workshop_again_in_every_way(way: Way) {
        again(&Platform::start("sqlite").await, way).await;
    }
}

const IN_FRENCH: Way = Way {
    lang: "fr",
    width: 360,
    keyboard: false,
};

async fn gap(platform: &Platform, way: Way) {
    let learner = platform
        .person("learner@example.org", "Amel Ben Salah")
        .await;
    let slug = platform
        .module(&packages::scorm12("Tenir une caisse"))
        .await;
    let module = catalogue::module_by_slug(&platform.app, &slug)
        .await
        .expect("a module");
    let rule = Rule {
        need: 1,
        of: vec![Condition::module(module.id.0, Level::Passed).into()],
        ..Rule::open()
    };
    let seminar = platform
        .seminar("Construire un budget", None, 5, rule)
        .await;
    let path = format!("/seminars/{}", seminar.slug);
    let browser = way.browser_with_scripts().await;
    browser.sign_in(platform, "learner@example.org").await;
    way.go(&browser, platform, &path).await;
    browser.one(".door[data-hue=terra]").await;
    browser
        .wait_for_text(&way.says("seminars-have-nothing"))
        .await;
    browser.click(".condition form button").await;
    browser.enter_sco().await;
    browser.click_in_sco("#half").await;
    browser.wait_for_state("saved").await;
    way.go(&browser, platform, &path).await;
    browser.wait_for_text(&way.says("web-resume")).await;
    browser.picture(&way.shot("seminar-gap")).await;
    browser.click(".condition form button").await;
    browser.enter_sco().await;
    browser.wait_for_text("ici:page-2").await;
    browser.click_in_sco("#finish").await;
    browser.page().await;
    browser
        .wait_for_text(&way.says("player-result-passed"))
        .await;
    way.go(&browser, platform, &path).await;
    browser.one(".door[data-hue=olive]").await;
    browser.click(".door form button").await;
    browser.one(".door[data-hue=turquoise]").await;
    browser.picture(&way.shot("seminar-seat")).await;
    let link = browser.one("a[href$='calendar.ics']").await;
    let link = link.attr("href").await.expect("a link");
    assert!(link.is_some_and(|href| href.contains(&seminar.slug)));
    let address = programme::feed_address(&platform.app, learner)
        .await
        .expect("an address");
    let feed = format!("{}/{}/calendar/{address}.ics", platform.url, way.lang);
    let feed = reqwest::get_text(&feed).await;
    assert!(
        feed.contains("BEGIN:VEVENT") && feed.contains("Construire un budget"),
        "{feed}"
    );
    browser.close().await;
}

async fn present_without_a_line(platform: &Platform, way: Way) {
    platform.regions(&["sousse"]).await;
    let seminar = platform
        .seminar("Atelier", Some("sousse"), 5, Rule::open())
        .await;
    let mut people = Vec::new();
    for name in ["Amel", "Badr", "Chiraz"] {
        let email = format!("{}@example.org", name.to_lowercase());
        let person = platform.person(&email, name).await;
        seminars::register(&platform.app, person, seminar.id)
            .await
            .expect("a seat");
        people.push(person);
    }
    platform.advance_seconds(20 * 86_400 + 600);
    let meetings = programme::meetings(&platform.app, seminar.id).await;
    let meeting = meetings.expect("meetings")[0].id;
    let present = || async {
        let rows = presence::roster(&platform.app, seminar.id, meeting)
            .await
            .expect("a list");
        rows.iter().map(|row| row.present).sum::<i64>()
    };
    let path = format!("/seminars/{}/presence", seminar.slug);
    let (saved, kept) = (way.says("presence-saved"), way.says("presence-offline"));
    let mut devices = Vec::new();
    for email in ["staff1@example.org", "staff2@example.org"] {
        let staff = platform.person(email, "Habib Ouerghi").await;
        platform
            .grant(staff, Grant::Regional("sousse".into()))
            .await;
        let device = way.browser_with_scripts().await;
        device.sign_in(platform, email).await;
        way.go(&device, platform, &path).await;
        device.wait_for_text(&saved).await;
        devices.push(device);
    }
    platform.cut_line();
    for (device, tick) in devices.iter().zip([[0, 1], [1, 2]]) {
        for at in tick {
            device
                .click(&format!("input[value='{}']", people[at]))
                .await;
        }
        device.wait_for_text(&kept).await;
        device.picture(&way.shot("presence-offline")).await;
    }
    assert_eq!(present().await, 0, "nothing could arrive");
    // The first is closed with its ticks unsent.
    devices[0].kill_tab().await;
    platform.mend_line();
    devices[1].wait_for_text(&saved).await;
    assert_eq!(present().await, 2);
    way.go(&devices[0], platform, &path).await;
    devices[0].wait_for_text(&saved).await;
    assert_eq!(present().await, 3);
    let ticked = "return document.querySelectorAll('input[name=present]:checked').length";
    assert_eq!(devices[0].run(ticked).await.as_i64(), Some(3));
    for device in devices {
        device.close().await;
    }
}

async fn seats(platform: &Platform, way: Way) {
    let chief = platform.person("chief@example.org", "Mounir Zouari").await;
    let amel = platform.person("amel@example.org", "Amel Ben Salah").await;
    let other = platform.person("other@example.org", "Leila Saidi").await;
    let members = vec![(chief, "coordinator"), (amel, "member")];
    platform.association("oliviers", members).await;
    let palms = platform
        .association("palmiers", vec![(other, "coordinator")])
        .await;
    let seminar = platform.seminar("Atelier", None, 3, Rule::open()).await;
    let browser = way.browser().await;
    browser.sign_in(platform, "chief@example.org").await;
    way.go(&browser, platform, &format!("/seminars/{}", seminar.slug))
        .await;
    browser
        .click("a[href*='/organisations/oliviers/seminars/']")
        .await;
    browser.fill("input[name=seats]", "3").await;
    browser.click("button[value=reserve]").await;
    browser
        .wait_for_text(&way.says("flash-seats-reserved"))
        .await;
    browser.click("form.filters button").await;
    browser.wait_for_text(&way.says("flash-seat-named")).await;
    browser.picture(&way.shot("seminar-group")).await;

    let waiting = way.browser().await;
    waiting.sign_in(platform, "other@example.org").await;
    let page = format!("/organisations/palmiers/seminars/{}", seminar.slug);
    way.go(&waiting, platform, &page).await;
    waiting.fill("input[name=seats]", "2").await;
    waiting.click("button[value=wait]").await;
    waiting
        .wait_for_text(&way.says("seminars-group-waiting-text"))
        .await;
    browser.click("main form button.btn-quiet").await;
    browser
        .wait_for_text(&way.says("flash-seats-released"))
        .await;
    way.go(&waiting, platform, &page).await;
    waiting.picture(&way.shot("seminar-group-offered")).await;
    waiting.click("section.panel button.btn-main").await;
    waiting.one("form.filters button").await;
    let (found, entry) = seminars::reservations(&platform.app, seminar.id, palms)
        .await
        .expect("seats");
    assert_eq!((found[0].0.seats, entry.is_none()), (2, true));
    let row = seminars::by_slug(&platform.app, &seminar.slug)
        .await
        .expect("it");
    assert_eq!(
        row.taken,
        seminars::counted(&platform.app, seminar.id)
            .await
            .expect("a sum")
    );
    waiting.close().await;
    browser.close().await;
}

async fn again(platform: &Platform, way: Way) {
    platform.regions(&["gafsa", "sousse"]).await;
    let seminar = platform
        .seminar("Atelier", Some("gafsa"), 5, Rule::open())
        .await;
    let staff = platform.person("staff@example.org", "Habib Ouerghi").await;
    platform
        .grant(staff, Grant::Regional("sousse".into()))
        .await;
    let browser = way.browser().await;
    browser.sign_in(platform, "staff@example.org").await;
    way.go(&browser, platform, &format!("/seminars/{}", seminar.slug))
        .await;
    browser.click("a[href$='/duplicate']").await;
    browser.fill("input[name=place]", "Maison de Sousse").await;
    browser.picture(&way.shot("seminar-duplicate")).await;
    browser.click("main form button.btn-main").await;
    browser.wait_for_text("Maison de Sousse").await;
    browser.wait_for_text("sousse").await;
    browser.close().await;
}

one_engine! {
    /// After a seminar: the attestation on paper, and what one will do, in each language, on a phone
    /// and on a screen; the coordinator reads it.
    async fn what_comes_after(platform: Platform) {
        let chief = platform.person("chief@example.org", "Mounir Zouari").await;
        let amel = platform.person("amel@example.org", "آمال بن صالح").await;
        platform.association("oliviers", vec![(chief, "coordinator"), (amel, "member")]).await;
        let seminar = platform.seminar("Construire un budget", None, 5, Rule::open()).await;
        seminars::register(&platform.app, amel, seminar.id).await.expect("a seat");
        platform.advance_seconds(20 * 86_400 + 600);
        let meeting = programme::meetings(&platform.app, seminar.id).await.expect("meetings")[0].id;
        presence::write_list(&platform.app, &seminar, meeting, chief, vec![amel]).await.expect("ticked");
        platform.advance_seconds(6 * 3600);
        for (lang, width, body) in [("fr", 360, "Réunir le bureau"), ("ar", 360, "دعوة الهيئة المديرة"), ("en", 1280, "Write the budget")] {
            let browser = Browser::open(width).await;
            browser.sign_in(&platform, "amel@example.org").await;
            let path = format!("/{lang}/seminars/{}", seminar.slug);
            browser.visit(&platform, &path).await;
            browser.click(".door a[href*='/attestations/']").await;
            browser.wait_for_text("آمال بن صالح").await;
            browser.picture(&format!("attestation-{lang}")).await;
            assert_eq!(crate::pages::violations(&browser).await, "", "{lang}: the attestation");
            let paper = browser.one("a[href$='/pdf']").await.attr("href").await.expect("a link").expect("an address");
            let file = ::reqwest::Client::new().get(format!("{}{paper}", platform.url)).send().await.expect("an answer");
            assert_eq!(file.headers()["content-type"], "application/pdf");
            assert!(file.bytes().await.expect("a file").starts_with(b"%PDF-"));
            browser.visit(&platform, &path).await;
            browser.click("a[href$='/commitments']").await;
            browser.fill("input[name=body]", body).await;
            browser.click("main form button.btn-main").await;
            browser.one(".list strong").await;
            browser.wait_for_text(body).await;
            browser.picture(&format!("commitments-{lang}")).await;
            assert_eq!(crate::pages::violations(&browser).await, "", "{lang}: commitments");
            browser.close().await;
        }
        let browser = Browser::open_without_scripts(360).await;
        browser.sign_in(&platform, "chief@example.org").await;
        browser.visit(&platform, "/fr/organisations/oliviers/commitments").await;
        for body in ["Réunir le bureau", "دعوة الهيئة المديرة", "Write the budget"] {
            browser.wait_for_text(body).await;
        }
        browser.close().await;
    }
}

mod reqwest {
    /// The text behind an address.
    pub async fn get_text(address: &str) -> String {
        let client = ::reqwest::Client::new();
        let answer = client.get(address).send().await.expect("an answer");
        assert!(answer.status().is_success(), "{}", answer.status());
        answer.text().await.expect("a text")
    }
}

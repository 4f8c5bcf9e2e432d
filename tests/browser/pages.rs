//! Every page of the demo community, as each kind of person, in three languages, at phone and
//! desktop width, light and dark: it opens, fits the window, runs without a script error, asks no
//! other host, axe-core finds nothing wrong, it stays within the size of a first visit, and works
//! without JavaScript.

use halqa::demo;

use crate::community;
use crate::harness::{Browser, Platform};

/// What anybody may open. `page > link`: the page behind the first such link on that page;
/// `page ! button`: the page that such a button leads to.
const PUBLIC: &[&str] = &[
    "/",
    "/modules",
    "/modules?q=nothing-of-the-kind",
    "/modules/fonder-et-faire-vivre-une-association",
    "/spaces",
    "/spaces/cadre-legislatif",
    "/spaces/cadre-legislatif?show=all",
    "/spaces/cadre-legislatif > .list h3 a",
    "/toolbox",
    "/toolbox?task=budget",
    "/toolbox > .doc h3 a",
    "/toolbox?kind=fiche > .doc h3 a",
    "/seminars",
    "/seminars?when=past",
    "/seminars > .list h3 a",
    "/directory",
    "/directory?q=budget",
    "/plans/accueillir-et-garder-ses-benevoles",
    "/organisations",
    "/organisations/jeunes-et-territoire-du-kef",
    "/watch",
    "/timeline",
    "/timeline?year=1999",
    "/timeline > .timeline h3 a",
    "/search",
    "/search?q=statuts",
    "/search?q=asociation&kind=document",
    "/search?q=nothing-of-the-kind&language=ar",
    "/api",
    "/sign-in",
    "/forgot-password",
    "/nowhere",
    "/lti/launch",
    "/lti/register?invitation=none",
];

/// What each signed-in person opens besides.
const PRIVATE: &[(&str, &[&str])] = &[
    (
        "learner",
        &[
            "/",
            "/me",
            "/me/data",
            "/me/texts",
            "/me/profile",
            "/me/messages",
            "/directory",
            "/directory?q=budget",
            "/directory?q=budget > .helper h3 a",
            "/me/notifications",
            "/me/notifications/settings",
            "/me/follows",
            "/watch?kind=question&q=budget",
            "/pictures",
            "/modules/fonder-et-faire-vivre-une-association",
            "/modules/le-plaidoyer-associatif",
            "/modules/le-budget-participatif ! form[action$='/play'] .btn-main",
            "/me/platforms",
            "/me/sign-ins",
            "/modules/le-plaidoyer-associatif/attempts",
            "/seminars",
            "/seminars > .list h3 a",
            "/seminars/calendar",
            "/seminars/atelier-statuts-le-kef/here",
            "/seminars/preparer-son-assemblee-generale",
            "/seminars/preparer-son-assemblee-generale/commitments",
            "/seminars/preparer-son-assemblee-generale > .door a[href*=attestations]",
            "/files",
            "/rooms",
            "/rooms > .list h3 a",
            "/spaces/cadre-legislatif/new",
            "/spaces/cadre-legislatif > .list h3 a",
            "/toolbox/new",
            "/toolbox > .doc h3 a",
            "/admin",
        ],
    ),
    (
        "coordinator",
        &[
            "/",
            "/organisations/jeunes-et-territoire-du-kef",
            "/organisations/jeunes-et-territoire-du-kef/progress",
            "/organisations/jeunes-et-territoire-du-kef/members",
            "/organisations/jeunes-et-territoire-du-kef/invitations",
            "/organisations/medina-vivante/message",
            "/rooms",
            "/rooms/new",
            "/rooms > .panel h3 a",
            "/rooms > .list[data-hue] h3 a",
            "/toolbox",
            "/toolbox > .doc h3 a",
            "/organisations/jeunes-et-territoire-du-kef/accompaniment",
            "/organisations/jeunes-et-territoire-du-kef/actions",
            "/organisations/jeunes-et-territoire-du-kef/actions > .list h3 a",
            "/organisations/jeunes-et-territoire-du-kef/commitments",
            "/organisations/jeunes-et-territoire-du-kef/seminars/atelier-statuts-le-kef",
        ],
    ),
    (
        "trainer",
        &[
            "/",
            "/teach",
            "/teach/upload",
            "/teach/modules/le-plaidoyer-associatif",
            "/teach/modules/le-plaidoyer-associatif/rules",
            "/teach/modules/le-plaidoyer-associatif/dispatch",
            "/teach/tools",
            "/teach/tools > .list h3 a",
            "/teach/modules/le-plaidoyer-associatif/report",
            "/teach/modules/le-plaidoyer-associatif/report > .table-stack th a",
            "/teach/modules/le-plaidoyer-associatif/report/activities",
            "/teach/modules/le-plaidoyer-associatif/report/questions",
        ],
    ),
    (
        "regional",
        &[
            "/seminars",
            "/seminars/new",
            "/seminars/atelier-statuts-le-kef",
            "/seminars/atelier-statuts-le-kef/edit",
            "/seminars/atelier-statuts-le-kef/attendees",
            "/seminars/atelier-statuts-le-kef/programme",
            "/seminars/atelier-statuts-le-kef/duplicate",
            "/seminars/atelier-statuts-le-kef/presence",
            "/seminars/atelier-statuts-le-kef/screen",
            "/seminars/preparer-son-assemblee-generale/handouts",
            "/seminars/preparer-son-assemblee-generale/commitments",
            "/seminars/preparer-son-assemblee-generale/presence",
            "/plans/new",
            "/plans/accueillir-et-garder-ses-benevoles",
            "/organisations/jeunes-et-territoire-du-kef/accompaniment",
            "/organisations/new",
            "/spaces/cadre-legislatif/team",
            "/spaces/cadre-legislatif > .list h3 a",
            "/moderation",
            "/watch/sources",
            "/moderation/messages",
            "/admin",
            "/follow-up",
            "/follow-up?period=own&from=2020-01&until=2020-02",
            "/follow-up/rows/registrations",
            "/follow-up/rows/time",
            "/follow-up/sheets",
            "/follow-up/sheets/new",
            "/follow-up/sheets?state=under-way > .list h3 a",
        ],
    ),
    (
        "admin",
        &[
            "/admin",
            "/admin/people",
            "/admin/people > .list h3 a",
            "/admin/outbox",
            "/admin/tokens",
            "/admin/regions",
            "/admin/regions > .list h3 a",
            "/admin/axes",
            "/admin/xapi",
            "/admin/xapi/statements",
            "/admin/xapi/statements?verb=completed",
            "/admin/xapi/statements?verb=x+y",
            "/admin/xapi/statements > .list h3 a",
            "/admin/xapi/forwarding",
            "/admin/lti",
            "/admin/lti > .list h3 a",
            "/admin/lti/grades",
            "/organisations/jeunes-et-territoire-du-kef/edit",
        ],
    ),
];

/// Compressed bytes and requests of a first visit at most.
const BYTES: i64 = 60_000;
const REQUESTS: i64 = 8;

pub async fn number(browser: &Browser, script: &str) -> i64 {
    browser
        .execute(script, vec![])
        .await
        .expect("a script")
        .convert()
        .expect("a number")
}

/// What must be true of every page.
async fn look(
    browser: &Browser,
    platform: &Platform,
    who: &str,
    lang: &str,
    page: &str,
    shot: &str,
) -> Vec<String> {
    let mut faults = Vec::new();
    let mut must = |holds: bool, fault: &str| {
        if !holds {
            faults.push(format!("{who} {lang}{page} {shot}: {fault}"));
        }
    };
    let (start, press) = page.split_once(" ! ").unwrap_or((page, ""));
    let (start, link) = start.split_once(" > ").unwrap_or((start, ""));
    browser
        .goto(format!("{}/{lang}{start}", platform.url))
        .await
        .expect("a page");
    if !link.is_empty() {
        let link = browser.one(link).await.prop("href").await;
        let behind = link.expect("a property").expect("an address");
        browser.goto(behind).await.expect("the page behind");
    }
    if !press.is_empty() {
        // The page behind the button, without what that page's own script does next.
        let send = "const done = arguments[1]; const form = document.querySelector(arguments[0]).form; \
            fetch(form.action, { method: 'POST', body: new URLSearchParams(new FormData(form)) }).then(answer => done(answer.url))";
        let behind: String = browser
            .execute_async(send, vec![serde_json::json!(press)])
            .await
            .expect("a script")
            .convert()
            .expect("an address");
        let behind = behind.split('?').next().unwrap_or_default();
        browser.goto(behind).await.expect("the page behind");
    }
    let title = browser.title().await.expect("a title");
    must(!title.is_empty(), "no title");
    let wide = number(
        browser,
        "return document.documentElement.scrollWidth - window.innerWidth",
    )
    .await;
    must(wide <= 0, &format!("{wide} px too wide"));
    let dir = browser.one("html").await.attr("dir").await.expect("dir");
    let wanted = if lang == "ar" { "rtl" } else { "ltr" };
    must(dir.as_deref() == Some(wanted), "the wrong direction");
    let heads = number(browser, "return document.querySelectorAll('h1').length").await;
    must(heads == 1, &format!("{heads} h1"));
    let nameless = "return [...document.querySelectorAll('a,button,input:not([type=hidden]),select,textarea')].filter(e => \
        !(e.textContent || '').trim() && !e.getAttribute('aria-label') && !e.getAttribute('title') && !(e.labels && e.labels.length)).length";
    let nameless = number(browser, nameless).await;
    must(
        nameless == 0,
        &format!("{nameless} controls without a name"),
    );
    let missing = "return (document.body.innerText.match(/\\[[a-z]+-[a-z-]+\\]/g) || []).length";
    let missing = number(browser, missing).await;
    must(missing == 0, &format!("{missing} messages are missing"));
    let elsewhere = "return performance.getEntriesByType('resource').filter(e => !e.name.startsWith(location.origin)).length";
    let elsewhere = number(browser, elsewhere).await;
    must(
        elsewhere == 0,
        &format!("{elsewhere} requests to other hosts"),
    );
    let found = violations(browser).await;
    must(found.is_empty(), &format!("axe-core: {found}"));
    let name = if !press.is_empty() {
        format!(
            "{}-pressed",
            start.replace(['/', '?', '=', ' ', '>', '.'], "-")
        )
    } else if page == "/" {
        "-home".to_owned()
    } else {
        page.replace(['/', '?', '=', ' ', '>', '.'], "-")
    };
    browser.picture(&format!("{who}{name}-{lang}-{shot}")).await;
    faults
}

/// axe-core as `scripts/test-axe` left it: run beside Halqa, no part of it.
fn axe() -> &'static str {
    static SOURCE: std::sync::LazyLock<String> = std::sync::LazyLock::new(|| {
        let file = std::env::var("HALQA_AXE")
            .expect("HALQA_AXE names no axe-core: run `source scripts/test-axe`");
        std::fs::read_to_string(file).expect("axe-core")
    });
    &SOURCE
}

/// What axe-core leaves to a person's judgement, and what the person who looked found: the rule, where
/// (the element or what it stands in), why it is well.
const REVIEWED: &[(&str, &str, &str)] = &[
    (
        "color-contrast",
        "select.input",
        "the arrow at its edge is drawn as a gradient; the words stand on the colour of every field, which is measured",
    ),
    (
        "color-contrast",
        ".cover .badge",
        "the badge has its own ground; the tiles are behind it",
    ),
    (
        "color-contrast",
        ".hero, .lost",
        "the tiles fade away before the words begin, and are faint on a phone",
    ),
    (
        "color-contrast",
        ".tabs",
        "they scroll sideways: those out of view have the colours of those in view",
    ),
    (
        "color-contrast",
        ".door",
        "tiles at a tenth of their strength: a tenth off a contrast of 7 and more",
    ),
    (
        "color-contrast",
        ".ring",
        "the figure stands in the empty middle of the ring, in the colour of the page's text",
    ),
    (
        "color-contrast",
        ".person small",
        "an address on two lines reaches out of the link's box of one line; both stand on the card",
    ),
    (
        "color-contrast",
        ".chart-word",
        "the words of a chart have the colour of secondary text, on the card; what else is drawn keeps off them",
    ),
];

/// What axe-core finds wrong with the page, a line each, and what it cannot decide and nobody has
/// looked at; empty when there is neither.
pub async fn violations(browser: &Browser) -> String {
    browser
        .execute(axe(), vec![])
        .await
        .expect("axe-core loads");
    let look = "const [reviewed, done] = arguments; \
        const quoted = node => node.html.slice(0, 200) + ' (' + node.any.concat(node.all, node.none).map(c => c.message).join('; ') + ')'; \
        const known = (rule, node) => reviewed.some(([id, where]) => id === rule && document.querySelector(node.target[0])?.closest(where)); \
        axe.run(document, { resultTypes: ['violations', 'incomplete'], iframes: false }).then(found => done( \
            found.violations.map(v => v.id + ': ' + v.nodes.map(quoted).join(' | ')) \
                .concat(found.incomplete.flatMap(v => v.nodes.filter(n => !known(v.id, n)).map(n => 'undecided, ' + v.id + ': ' + quoted(n)))) \
                .join('\\n')), \
            error => done('axe-core failed: ' + error))";
    browser
        .execute_async(look, vec![serde_json::json!(REVIEWED)])
        .await
        .expect("axe-core runs")
        .convert()
        .expect("a text")
}

fn run(story: impl Future<Output = ()>) {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(story);
    runtime.shutdown_timeout(std::time::Duration::from_secs(1));
}

/// The demo community on a platform of its own.
pub async fn demo_platform() -> Platform {
    let platform = community::platform().await;
    halqa::follow_up::figures::refresh(&platform.app)
        .await
        .expect("figures");
    halqa::lti::platforms::add(&platform.app, school())
        .await
        .expect("a course platform");
    platform
}

/// A course platform, as an operator registers it.
fn school() -> halqa::lti::platforms::NewPlatform {
    halqa::lti::platforms::NewPlatform {
        name: "École en ligne".into(),
        issuer: "https://cours.example".into(),
        client_id: "halqa-1".into(),
        auth_url: "https://cours.example/mod/lti/auth.php".into(),
        token_url: "https://cours.example/mod/lti/token.php".into(),
        jwks_url: "https://cours.example/mod/lti/certs.php".into(),
        ..halqa::lti::platforms::NewPlatform::default()
    }
}

async fn sign_in(browser: &Browser, platform: &Platform, who: &str) {
    browser
        .goto(format!("{}/fr/sign-in", platform.url))
        .await
        .expect("a page");
    browser
        .fill("input[name=email]", &format!("{who}@halqa.example"))
        .await;
    browser.fill("input[name=password]", demo::PASSWORD).await;
    browser.click("main form button").await;
    browser.one("header [data-menu] .avatar").await;
}

/// Each pair of width, theme and language comes up once: Arabic has the other theme. With
/// `HALQA_EVERY_LOOK` set, each language comes in both themes.
async fn every_page(width: u32, people: &[&str]) {
    let platform = demo_platform().await;
    let mut faults = Vec::new();
    for dark in [false, true] {
        let langs: &[&str] = if std::env::var_os("HALQA_EVERY_LOOK").is_some() {
            &["fr", "ar", "en"]
        } else if dark == (width < 500) {
            &["ar"]
        } else {
            &["fr", "en"]
        };
        let shot = format!("{width}-{}", if dark { "dark" } else { "light" });
        let all = std::iter::once(&("anybody", PUBLIC)).chain(PRIVATE);
        for (who, pages) in all.filter(|(who, _)| people.contains(who)) {
            let browser = Browser::open_in(width, dark).await;
            let is_dark = "return Number(matchMedia('(prefers-color-scheme: dark)').matches)";
            assert_eq!(number(&browser, is_dark).await, i64::from(dark));
            if *who != "anybody" {
                sign_in(&browser, &platform, who).await;
            }
            for lang in langs {
                for page in *pages {
                    faults.extend(look(&browser, &platform, who, lang, page, &shot).await);
                }
            }
            browser.close().await;
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

const MEMBERS: &[&str] = &["learner", "coordinator"];
const TEAM: &[&str] = &["trainer", "regional", "admin"];

#[test]
fn everybodys_pages_are_well_made_on_a_phone() {
    run(every_page(360, &["anybody"]));
}

#[test]
fn everybodys_pages_are_well_made_on_a_screen() {
    run(every_page(1280, &["anybody"]));
}

#[test]
fn the_members_pages_are_well_made_on_a_phone() {
    run(every_page(360, MEMBERS));
}

#[test]
fn the_members_pages_are_well_made_on_a_screen() {
    run(every_page(1280, MEMBERS));
}

#[test]
fn the_teams_pages_are_well_made_on_a_phone() {
    run(every_page(360, TEAM));
}

#[test]
fn the_teams_pages_are_well_made_on_a_screen() {
    run(every_page(1280, TEAM));
}

/// Sizes as they come over the line, nothing in the cache, in the language that needs its own font.
#[test]
fn a_first_visit_is_small() {
    run(async {
        let platform = demo_platform().await;
        for page in PUBLIC.iter().filter(|page| !page.contains('>')) {
            let browser = Browser::open(360).await;
            browser
                .goto(format!("{}/ar{page}", platform.url))
                .await
                .expect("a page");
            let entries = "performance.getEntriesByType('navigation').concat(performance.getEntriesByType('resource'))";
            let bytes = number(
                &browser,
                &format!("return {entries}.reduce((sum, e) => sum + e.transferSize, 0)"),
            )
            .await;
            let requests = number(&browser, &format!("return {entries}.length")).await;
            assert!(bytes > 1000 && bytes <= BYTES, "{page}: {bytes} bytes");
            assert!(requests <= REQUESTS, "{page}: {requests} requests");
            browser.close().await;
        }
    });
}

/// Signing in, asking a question and taking a look at a seminar need no script.
#[test]
fn pages_work_without_javascript() {
    run(async {
        let platform = demo_platform().await;
        let browser = Browser::open_without_scripts(1280).await;
        sign_in(&browser, &platform, "learner").await;
        browser
            .goto(format!("{}/fr/spaces/cadre-legislatif/new", platform.url))
            .await
            .expect("a page");
        browser
            .fill("input[name=title]", "Peut-on louer un local à deux ?")
            .await;
        browser
            .fill("textarea[name=body]", "Deux associations, **un** loyer.")
            .await;
        browser.click("main form button.btn-main").await;
        browser.wait_for_text("Peut-on louer un local à deux").await;
        browser
            .goto(format!("{}/fr/seminars", platform.url))
            .await
            .expect("a page");
        browser.click("main .list h3 a").await;
        browser.one(".door").await;
        browser.close().await;
    });
}

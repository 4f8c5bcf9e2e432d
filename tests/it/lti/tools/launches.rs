//! A learner opens a module that is a tool's.

use serde_json::json;

use super::{PUBLIC, Place, TOOL};
use crate::harness::{both_engines, send};
use crate::lti::platform::core;

both_engines! {
    async fn a_module_opens_its_tool(world: World) {
        let place = Place::over(world).await;
        let left = place.leave().await;
        assert!(left.address.as_str().starts_with("https://tool.example/login?from=halqa&"), "the query stays");
        assert_eq!(left.sent["iss"], PUBLIC);
        assert_eq!(left.sent["target_link_uri"], format!("{TOOL}/quiz/7"));
        assert_eq!(left.sent["lti_deployment_id"], "1");
        let answer = place.ask(&left.honest(), Some(&left.cookie)).await;
        assert_eq!(answer.status.code, 200, "{}", answer.text);
        assert!(answer.text.contains("action=\"https://tool.example/launch\""), "{}", answer.text);
        assert!(answer.text.contains("value=\"tool-state\""));
        assert!(answer.headers["content-security-policy"].contains("form-action 'self' https://tool.example"));
        let claims = place.message(&answer).await;
        // The tool's own reader takes it.
        let expected = lti::Expected {
            client_id: &place.tool.client_id,
            nonce: "tool-nonce",
            public_url: TOOL,
            now: place.world.now().micros() / 1_000_000,
        };
        let launch = lti::launch::read(&claims, &expected).expect("a launch");
        assert_eq!(launch.target, "/quiz/7");
        assert!(launch.roles.learner && !launch.roles.teaches());
        assert_eq!(launch.custom("level"), Some("2"));
        assert_eq!(launch.presentation.locale.as_deref(), Some("fr"));
        let back = launch.presentation.return_url.expect("a way back");
        assert!(back.ends_with(&format!("/modules/{}", place.slug)), "{back}");
        let ags = launch.ags.expect("grades");
        assert!(ags.may(lti::ags::SCOPE_SCORE) && ags.line_item.is_some());
        assert!(launch.nrps.is_some());
        // Who it is, the tool does not know.
        assert_eq!((launch.name, launch.email), (None, None));
        let subject = launch.subject.expect("a subject");
        assert!(!subject.contains(&place.person.to_string()));
        let (state, score, _) = place.progress().await;
        assert_eq!((state.as_str(), score), ("in-progress", None), "it was opened");
        // The next launch is the same person's; the hint of the first is used up.
        let again = place.ask(&left.honest(), Some(&left.cookie)).await;
        assert_eq!(again.status.code, 401);
        assert_eq!(place.launch().await["sub"], json!(subject));
    }

    async fn the_switches_say_what_a_tool_learns(world: World) {
        let place = Place::with(world, |tool| {
            tool.send_name = true;
            tool.send_email = true;
        })
        .await;
        let claims = place.launch().await;
        assert_eq!(claims["name"], json!("amel"));
        assert_eq!(claims["email"], json!("amel@example.org"));
    }

    async fn a_posted_question_is_asked_again_as_a_navigation(world: World) {
        let place = Place::over(world).await;
        let left = place.leave().await;
        let pairs = left.honest();
        let fields: Vec<(&str, &str)> = pairs.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        let posted = crate::lti::platform::post_form(&place.world, "/lti/platform/authorize", &fields, None).await;
        assert_eq!(posted.status.code, 303, "{}", posted.text);
        assert!(posted.headers["location"].starts_with("/lti/platform/authorize?scope=openid"));
    }

    async fn another_tool_knows_a_person_by_another_name(world: World) {
        let first = Place::over(world).await;
        let subject = first.launch().await["sub"].clone();
        let other = halqa::lti::tools::add(&first.world.app, crate::lti::tools::new_tool()).await.expect("registered");
        assert_ne!(other.client_id, first.tool.client_id);
        let link = lti::platform::content::Link { url: None, title: Some("Autre".into()), text: None, custom: vec![], maximum: None };
        let made = halqa::lti::tools::make_module(&first.world.app, &other, &link, None).await.expect("made");
        let change = halqa::catalogue::Change { published: Some(true), ..Default::default() };
        halqa::catalogue::change(&first.world.app, made.id, change).await.expect("published");
        let second = Place { tool: other, module: made.id, slug: made.slug, ..first };
        let left = second.leave().await;
        assert_eq!(left.sent["target_link_uri"], format!("{TOOL}/launch"), "the tool's own address");
        let answer = second.ask(&left.honest(), Some(&left.cookie)).await;
        assert_ne!(second.message(&answer).await["sub"], subject);
    }

    async fn teachers_are_instructors(world: World) {
        use crate::harness::As;
        let place = Place::over(world).await;
        let place = Place { learner: place.trainer.clone(), ..place };
        let claims = place.launch().await;
        assert_eq!(claims[&core("roles")], json!(["http://purl.imsglobal.org/vocab/lis/v2/membership#Instructor"]));
        let page = send(place.world.get("/fr/teach/tools").by(&place.trainer)).await;
        assert!(page.text.contains("Exercices"), "{}", page.text);
        let page = send(place.world.get(&format!("/fr/teach/tools/{}", place.tool.id)).by(&place.trainer)).await;
        assert!(page.text.contains("Tenir un budget"), "{}", page.text);
    }
}

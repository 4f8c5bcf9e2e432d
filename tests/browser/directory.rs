//! The directory's journeys, without JavaScript, by touch and by keyboard, in each language: who can
//! help is found, written to and answers; a link invites and is accepted.

use crate::hand::every_way;
use crate::pages::demo_platform;

every_way! {
    async fn who_can_help_is_found_written_to_and_answers(way: Way) {
        let platform = demo_platform().await;
        let asker = way.of(&platform, "coordinator").await;
        way.go(&asker, &platform, "/directory").await;
        asker.picture(&way.shot("directory")).await;
        asker.fill("main input[name=q]", "الميزانية التشاركية").await;
        asker.click(".filters .btn-main").await;
        asker.wait_for_text(&way.says("directory-why-skill")).await;
        asker.picture(&way.shot("directory-found")).await;
        asker.click(".helper h3 a").await;
        asker.picture(&way.shot("directory-person")).await;
        asker.click("main .actions .btn-main").await;
        asker.fill("input[name=subject]", "منتدى مواطني").await;
        asker.fill("textarea[name=body]", "هل تساعدوننا في إعداد المنتدى؟").await;
        asker.click("main form .btn-main").await;
        asker.wait_for_text(&way.says("flash-message-sent")).await;
        let answers = way.of(&platform, "amel.hmidi").await;
        way.go(&answers, &platform, "/me/messages").await;
        answers.picture(&way.shot("messages")).await;
        answers.click("main .list h2 a").await;
        answers.fill("textarea[name=body]", "بكلّ سرور.").await;
        answers.click("main form .btn-main").await;
        answers.wait_for_text(&way.says("flash-message-sent")).await;
        answers.picture(&way.shot("messages-thread")).await;
        way.go(&asker, &platform, "/me/messages").await;
        asker.click("main .list h2 a").await;
        asker.wait_for_text("بكلّ سرور").await;
        let text = asker.text().await;
        assert!(!text.contains("@halqa.example"), "{text}");
        answers.close().await;
        asker.close().await;
    }

    async fn a_link_invites_and_is_accepted(way: Way) {
        let platform = demo_platform().await;
        let coordinator = way.of(&platform, "coordinator").await;
        let place = "/organisations/jeunes-et-territoire-du-kef";
        way.go(&coordinator, &platform, &format!("{place}/invitations")).await;
        coordinator.click("main .split .form .btn-main").await;
        coordinator.wait_for_text(&way.says("flash-link-made")).await;
        coordinator.picture(&way.shot("invitations")).await;
        let address = coordinator.one(".invitation input").await;
        let address = address.attr("value").await.expect("a value");
        // In their own language, whatever language it was made in.
        let address = address.expect("an address").replace(&format!("/{}/", way.lang), "/ar/");
        let guest = way.of(&platform, "amel.hmidi").await;
        guest.goto(&address).await.expect("the door");
        guest.picture(&way.shot("join")).await;
        guest.click("form[action$='/accept'] .btn-main").await;
        guest.wait_for_text("أصبحت عضوًا").await;
        way.go(&coordinator, &platform, &format!("{place}/members")).await;
        coordinator.picture(&way.shot("members")).await;
        guest.close().await;
        coordinator.close().await;
    }
}

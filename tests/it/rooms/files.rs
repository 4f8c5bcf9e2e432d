//! Files and pictures of a room: an address alone opens none of them.

use halqa::spaces::{self, NewTopic};
use rocket::http::{ContentType, Header, Method, Status};

use super::{Cast, answer, ask, cast, get, open, place, post, share, write};
use crate::harness::{Answer, As, World, both_engines, send};

fn upload(file: &str, bytes: &[u8]) -> (ContentType, Vec<u8>) {
    let head = format!(
        "--X\r\nContent-Disposition: form-data; name=\"words\"\r\n\r\nUn plan\r\n\
         --X\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{file}\"\r\n\r\n"
    );
    let mut body = head.into_bytes();
    body.extend(bytes);
    body.extend(b"\r\n--X--\r\n");
    (
        ContentType::new("multipart", "form-data").with_params(("boundary", "X")),
        body,
    )
}

/// Sends something to be put into a text; the path that names it.
async fn sent(world: &World, to: &str, (kind, body): (ContentType, Vec<u8>), by: &str) -> String {
    let answer = send(
        world
            .post(&format!("/fr{to}"))
            .header(kind)
            .body(body)
            .by(by),
    )
    .await;
    assert_eq!(answer.status, Status::SeeOther, "{}", answer.text);
    let page = get(world, &format!("/fr{to}"), by).await.text;
    let id = page
        .split(&format!("{to}/"))
        .filter_map(|rest| rest.get(..36))
        .find(|id| uuid::Uuid::parse_str(id).is_ok())
        .unwrap_or_else(|| panic!("none: {page}"));
    format!("{to}/{id}")
}

fn png() -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image::DynamicImage::new_rgb8(30, 20)
        .write_to(&mut bytes, image::ImageFormat::Png)
        .expect("a picture");
    bytes.into_inner()
}

/// Fetches from the content origin, without a cookie.
async fn fetch(world: &World, address: &str) -> Answer {
    let (host, path) = address
        .strip_prefix("http://")
        .and_then(|rest| rest.split_once('/'))
        .expect("an address");
    let request = world.client.req(Method::Get, format!("/{path}"));
    send(request.header(Header::new("Host", host.to_owned()))).await
}

/// A room of the Oliviers in which all Palmiers take part.
async fn shared_room(world: &World, cast: &Cast) -> String {
    let slug = open(world, cast).await;
    let host = cast.oliviers.coordinator.as_str();
    assert_eq!(
        ask(world, &slug, &cast.palmiers, host).await,
        Status::SeeOther
    );
    let coordinator = cast.palmiers.coordinator.as_str();
    let status = answer(world, &slug, &cast.palmiers, "accept", "yes", coordinator).await;
    assert_eq!(status, Status::SeeOther);
    slug
}

both_engines! {
    async fn what_stands_in_a_room_s_texts_stays_there(world: World) {
        let cast = cast(&world).await;
        let slug = shared_room(&world, &cast).await;
        for n in 0..3 {
            write(&world, &slug, &format!("T{n}"), &cast.oliviers.coordinator).await;
        }
        // Who has just arrived waits a day before they send files.
        world.clock.advance_seconds(2 * 86_400);
        let host = world.browser_of("coordinator-oliviers@example.org").await;
        let file = sent(&world, "/files", upload("plan.txt", b"Le plan zitoun."), &host).await;
        let picture = sent(&world, "/pictures", upload("plan.png", &png()), &host).await;
        let body = format!("[Plan]({file}) et ![plan](http://localhost:8000{picture})");
        let fields = [("kind", "question"), ("title", "Le plan"), ("body", body.as_str()), ("language", "fr")];
        let topic = place(&send(world.form(&format!("/fr/spaces/{slug}/new"), &fields).by(&host)).await);

        let mut wrong = Vec::new();
        let strangers = [
            "learner@example.org", "coordinator-ailleurs@example.org", "member-oliviers@example.org",
            "animator@example.org", "staff@example.org", "admin@example.org",
        ];
        for path in [&file, &picture] {
            let nobody = send(world.get(path)).await;
            if nobody.status != Status::NotFound {
                wrong.push(format!("nobody {path}: {}", nobody.status));
            }
            for who in strangers {
                let browser = world.browser_of(who).await;
                let status = get(&world, path, &browser).await.status;
                if status != Status::NotFound {
                    wrong.push(format!("{who} {path}: {status}"));
                }
            }
        }
        assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
        let palmier = world.browser_of("member-palmiers@example.org").await;
        let palmiers = world.browser_of("coordinator-palmiers@example.org").await;
        for who in [&host, &palmier] {
            assert_eq!(get(&world, &picture, who).await.status, Status::Ok);
            assert_eq!(get(&world, &file, who).await.status, Status::SeeOther);
        }
        // Somebody else who names it elsewhere opens nothing; who sent it does.
        let common = spaces::by_slug(&world.app, "cadre").await.expect("it").expect("there").id;
        let public = |author, body: &str| NewTopic {
            id: world.app.ids.id(), space: common, author, kind: "discussion", title: "Au grand jour".into(),
            body: body.to_owned(), language: "fr".into(), module: None, seminar: None, at: world.now(),
        };
        spaces::start(&world.app, public(cast.palmiers.member_id, &body)).await.expect("a topic");
        assert_eq!(send(world.get(&picture)).await.status, Status::NotFound);
        spaces::start(&world.app, public(cast.oliviers.coordinator_id, &format!("![plan]({picture})"))).await.expect("a topic");
        assert_eq!(send(world.get(&picture)).await.status, Status::Ok);
        assert_eq!(send(world.get(&file)).await.status, Status::NotFound);
        // A text that is changed names more.
        let second = sent(&world, "/files", upload("b.txt", b"Encore."), &host).await;
        let id = topic.rsplit('/').next().expect("an id");
        let changed = [("title", "Le plan"), ("body", &format!("[B]({second})")), ("language", "fr")];
        assert_eq!(post(&world, &format!("{topic}/posts/{id}/edit"), &changed, &host).await, Status::SeeOther);
        assert_eq!(send(world.get(&second)).await.status, Status::NotFound);
        // Out of the room, out of its files.
        let leaves = [("organisation", cast.palmiers.osc.slug.as_str())];
        assert_eq!(post(&world, &format!("/fr/rooms/{slug}/leave"), &leaves, &palmiers).await, Status::SeeOther);
        assert_eq!(get(&world, &file, &palmier).await.status, Status::NotFound);
    }

    async fn a_file_s_address_does_not_last(world: World) {
        let cast = cast(&world).await;
        let slug = shared_room(&world, &cast).await;
        let shared = share(&world, &slug, &cast.palmiers.member).await;
        let led = get(&world, &shared, &cast.oliviers.coordinator).await;
        let address = led.headers["location"].clone();
        let fetched = fetch(&world, &address).await;
        assert_eq!((fetched.status, fetched.text.as_str()), (Status::Ok, "Le plan zitoun."));
        assert_eq!(fetched.headers["cache-control"], "private, no-store");
        world.clock.advance_seconds(1_300);
        assert_eq!(fetch(&world, &address).await.status, Status::NotFound);
        // It is no file beside a text.
        let key = address.split("/d/").nth(1).and_then(|rest| rest.get(..32)).expect("a key");
        let id = uuid::Uuid::parse_str(key).expect("an id");
        assert_eq!(get(&world, &format!("/files/{id}"), &cast.palmiers.member).await.status, Status::NotFound);
        // Taken away by who shared it, by its organisation or by the hosts.
        let other = share(&world, &slug, &cast.palmiers.coordinator).await;
        assert_eq!(post(&world, &format!("{other}/remove"), &[], &cast.palmiers.member).await, Status::Forbidden);
        assert_eq!(post(&world, &format!("{other}/remove"), &[], &cast.oliviers.coordinator).await, Status::SeeOther);
        assert_eq!(get(&world, &other, &cast.palmiers.member).await.status, Status::NotFound);
    }
}

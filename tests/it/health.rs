//! Operators' endpoints, hosts, and refusals that no feature owns.

use crate::harness::{both_engines, send};
use rocket::http::{Header, Status};

both_engines! {
    async fn operators_get_their_answers(world: World) {
        assert_eq!(send(world.get("/health/live")).await.status, Status::Ok);
        assert_eq!(send(world.get("/health/ready")).await.status, Status::Ok);
        send(world.get("/fr/no-such-page")).await;
        let metrics = send(world.get("/metrics")).await;
        for line in [
            "halqa_requests_total{route=\"/health/live\",method=\"GET\",status=\"200\"} 1",
            "halqa_requests_total{route=\"none\",method=\"GET\",status=\"404\"} 1",
            "halqa_request_seconds_bucket{route=\"/health/ready\",method=\"GET\",le=\"+Inf\"} 1",
            "halqa_journal_batches_total 0",
            "halqa_outbox_waiting 0",
            "halqa_outbox_failed 0",
        ] {
            assert!(metrics.text.lines().any(|l| l == line), "{line}\n{}", metrics.text);
        }
        assert!(metrics.text.contains("\nhalqa_database_bytes "));
    }

    /// An answer carries the id that its log line has; a proxy's own is kept, unless it is no id.
    async fn every_answer_names_its_request(world: World) {
        let first = send(world.get("/health/live")).await.headers["x-request-id"].clone();
        let second = send(world.get("/fr/no-such-page")).await.headers["x-request-id"].clone();
        assert!(first.len() == 32 && second.len() == 32 && first != second);
        for (given, kept) in [("proxy-12345678", true), ("short", false), ("quo\"te-and-more", false)] {
            let request = world.get("/health/live").header(Header::new("X-Request-Id", given));
            assert_eq!(send(request).await.headers["x-request-id"] == given, kept, "{given}");
        }
    }

    /// W5: links come from the configured address only, and other hosts are refused.
    async fn a_foreign_host_is_refused(world: World) {
        let request = world.client.get("/").header(Header::new("Host", "evil.example"));
        let answer = send(request).await;
        assert_eq!(answer.status, Status::BadRequest);
        let api = world.client.get("/api/v1/progress").header(Header::new("Host", "evil.example"));
        let answer = send(api).await;
        assert_eq!(answer.status, Status::BadRequest);
        assert!(!answer.text.contains("evil.example"), "{}", answer.text);
        // None, and two.
        assert_eq!(send(world.client.get("/")).await.status, Status::BadRequest);
        let two = world.get("/").header(Header::new("Host", "evil.example"));
        assert_eq!(send(two).await.status, Status::BadRequest);
        let twice = world.get("/").header(Header::new("Host", "localhost:8000"));
        assert_eq!(send(twice).await.status, Status::BadRequest);
        // Other spellings of no name of ours.
        for host in ["", "localhost:8000.evil.example", "evil.example@localhost:8000", "localhost:8001",
            "x.content.localhost:8000", "content.localhost:8000"]
        {
            let request = world.client.get("/").header(Header::new("Host", host));
            assert_eq!(send(request).await.status, Status::BadRequest, "{host}");
        }
        // What a proxy writes beside it changes nothing.
        let forwarded = world.get("/fr/sign-in").header(Header::new("X-Forwarded-Host", "evil.example"));
        assert!(!send(forwarded).await.text.contains("evil.example"));
    }

    /// Internal paths exist for fairings only.
    async fn internal_paths_cannot_be_asked_for(world: World) {
        for path in ["/-content/any/x", "/-refused/wrong-host", "/fr/-content/any/x", "/ar/-content/any/-halqa/player", "/en/-refused/wrong-host",
            "/%2Dcontent/any/-halqa/player", "/fr/%2dcontent/any/-halqa/player"] {
            assert_eq!(send(world.get(path)).await.status, Status::NotFound, "{path}");
        }
    }

    async fn errors_speak_the_language_of_the_address(world: World) {
        for (path, dir) in [("/fr/no-such-page", "ltr"), ("/ar/no-such-page", "rtl"), ("/en/no-such-page", "ltr")] {
            let answer = send(world.get(path)).await;
            assert_eq!(answer.status, Status::NotFound);
            assert!(answer.text.contains(&format!("dir=\"{dir}\"")), "{path}: {}", answer.text);
        }
        let problem = send(world.get("/api/v1/no-such-thing")).await;
        assert_eq!(problem.headers["content-type"], "application/problem+json");
        assert_eq!(problem.code(), "not-found");
    }
}

//! Operators' endpoints, hosts, and refusals that no feature owns.

use crate::harness::{both_engines, send};
use rocket::http::{Header, Status};

both_engines! {
    async fn operators_get_their_answers(world: World) {
        assert_eq!(send(world.get("/health/live")).await.status, Status::Ok);
        assert_eq!(send(world.get("/health/ready")).await.status, Status::Ok);
        let metrics = send(world.get("/metrics")).await;
        assert!(metrics.text.contains("halqa_requests_total{class=\"2xx\"}"));
    }

    /// W5: links come from the configured address only, and other hosts are refused.
    async fn a_foreign_host_is_refused(world: World) {
        let request = world.client.get("/").header(Header::new("Host", "evil.example"));
        let answer = send(request).await;
        assert_eq!(answer.status, Status::BadRequest);
        let api = world.client.get("/api/v1/progress").header(Header::new("Host", "evil.example"));
        assert_eq!(send(api).await.status, Status::BadRequest);
    }

    /// Internal paths exist for fairings only.
    async fn internal_paths_cannot_be_asked_for(world: World) {
        for path in ["/-content/any/x", "/-refused/wrong-host", "/fr/-content/any/x"] {
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

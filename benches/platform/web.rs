//! Packages: taken in, served out of the zip beside nginx, and launched.

use std::io::{Cursor, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};
use zip::write::SimpleFileOptions;

use super::load::wrk;
use super::pages::links;
use super::platform::{Platform, free_port};
use super::table::{Line, Table};
use super::{moodle, span};

const MANIFEST: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="bench" version="1.0" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
<metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>
<organizations default="o"><organization identifier="o"><title>Bench</title><item identifier="i" identifierref="r"><title>Bench</title></item></organization></organizations>
<resources><resource identifier="r" type="webcontent" adlcp:scormtype="sco" href="index.html"><file href="index.html"/></resource></resources>
</manifest>"#;

const PAGE: &str = "<script>parent.API.LMSInitialize(''); parent.API.LMSFinish('')</script>";

/// A module that was taken in.
pub struct Course {
    pub module: String,
}

/// Bytes that do not compress, like pictures and films.
fn noise(length: usize, seed: u64) -> Vec<u8> {
    let mut state = seed | 1;
    let mut bytes = Vec::with_capacity(length + 8);
    while bytes.len() < length {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        bytes.extend_from_slice(&state.to_le_bytes());
    }
    bytes.truncate(length);
    bytes
}

/// A script of about 20 kB.
fn script() -> Vec<u8> {
    let mut text = String::new();
    for n in 0..330 {
        text.push_str(&format!(
            "export function f{n}(a, b) {{ return a * {n} + b - {}; }}\n",
            n * 7919 % 1000
        ));
    }
    text.into_bytes()
}

/// About 45 MB in 499 files, all deflated, as `zip -r` makes it.
fn large(seed: u64) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    let mut add = |path: &str, bytes: &[u8]| {
        writer.start_file(path, options).expect("an entry");
        writer.write_all(bytes).expect("its bytes");
    };
    add("imsmanifest.xml", MANIFEST.as_bytes());
    add("index.html", PAGE.as_bytes());
    add("js/app.js", &script());
    for film in 0..3_u64 {
        add(
            &format!("media/film{film}.mp4"),
            &noise(5 << 20, seed + film),
        );
    }
    for picture in 0..193_u64 {
        let bytes = noise(150_000, seed * 1000 + picture + 7);
        add(&format!("img/{picture}.png"), &bytes);
    }
    let text = "<p>Une association de loi 2011-88 tient ses comptes, réunit son assemblée.</p>\n";
    for page in 0..300 {
        let bytes = format!("<h1>{page} {seed}</h1>{}", text.repeat(80));
        add(&format!("pages/{page}.html"), bytes.as_bytes());
    }
    writer.finish().expect("a zip").into_inner()
}

/// Takes a large package in, three different ones; the last is served.
pub async fn import(platform: &Platform, table: &mut Table) -> Course {
    let (mut times, mut module, mut size) = (Vec::new(), String::new(), 0);
    for seed in [11, 12, 13] {
        let zip = large(seed);
        size = zip.len();
        let (took, said) = platform.upload(zip).await;
        times.push(took.as_secs_f64());
        module = said["module"]["id"].as_str().expect("an id").to_owned();
    }
    times.sort_by(f64::total_cmp);
    let name = format!(
        "import of {:.0} MB, 499 files, over HTTP",
        size as f64 / 1e6
    );
    let line = Line::most(name, times[1], "s", 0.5);
    table.add(line.remark(format!("of three: {:.2} to {:.2} s", times[0], times[2])));
    Course { module }
}

/// A small module for the journal.
pub async fn small(platform: &Platform) -> Course {
    let files = [("imsmanifest.xml", MANIFEST), ("index.html", PAGE)];
    let zip = package::build::zip(files).expect("a zip");
    let (_, said) = platform.upload(zip).await;
    let module = said["module"]["id"].as_str().expect("an id").to_owned();
    Course { module }
}

/// A learner's seat in a course, through the launch of another system: the packages' host, the
/// wrapper's token, and the folder of the package's files.
pub struct Seat {
    pub host: String,
    pub token: String,
    pub folder: String,
}

pub async fn seat(platform: &Platform, course: &Course, email: &str) -> Seat {
    let path = format!("/api/v1/modules/{}/launches", course.module);
    let learner = json!({ "learner": { "email": email, "name": "Learner" } });
    let (status, said) = platform.api("POST", &path, &learner).await;
    assert_eq!(status, 201, "{said}");
    let url = said["url"].as_str().expect("an address").to_owned();
    let path = url.splitn(4, '/').nth(3).expect("a path");
    let moved = platform.request("GET", &format!("/{path}")).send().await;
    let moved = moved.expect("an answer");
    let player = moved.headers()["location"]
        .to_str()
        .expect("a path")
        .to_owned();
    let page = platform
        .request("GET", &player)
        .send()
        .await
        .expect("a page");
    let page = page.text().await.expect("the player's page");
    let attribute = |name: &str| {
        let after = page.split(&format!("{name}=\"")).nth(1);
        let value = after.and_then(|rest| rest.split('"').next());
        value
            .unwrap_or_else(|| panic!("{name} of {page}"))
            .to_owned()
    };
    let content = attribute("data-content");
    let host = content.trim_start_matches("http://").to_owned();
    let answer = platform
        .client
        .post(format!("http://127.0.0.1:{}/-halqa/open", platform.port))
        .header("Host", &host)
        .header("Origin", &content)
        .bearer_auth(attribute("data-token"))
        .json(&json!({ "opening": "bench" }))
        .send();
    let opened: Value = answer.await.expect("an answer").json().await.expect("JSON");
    let href = opened["state"]["delivery"]["href"].as_str();
    let href = href.unwrap_or_else(|| panic!("{opened}"));
    Seat {
        host,
        token: opened["token"].as_str().expect("a token").to_owned(),
        folder: href.trim_end_matches("index.html").to_owned(),
    }
}

/// A script and a film out of the zip, and the same from nginx.
pub async fn files(platform: &Platform, course: &Course, folder: &Path, table: &mut Table) {
    let seat = seat(platform, course, "files@example.org").await;
    let root = folder.join("nginx");
    std::fs::create_dir_all(&root).expect("a folder");
    let script = script();
    std::fs::write(root.join("app.js"), &script).expect("a file");
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    gzip.write_all(&script).expect("compressed");
    std::fs::write(root.join("app.js.gz"), gzip.finish().expect("compressed")).expect("a file");
    std::fs::write(root.join("film.mp4"), noise(5 << 20, 13)).expect("a file");
    let nginx = Nginx::start(&root);
    for (name, ours, theirs, coding) in [
        ("20 kB script out of the zip", "js/app.js", "app.js", "gzip"),
        (
            "5 MB film out of the zip",
            "media/film0.mp4",
            "film.mp4",
            "identity",
        ),
    ] {
        let url = format!("http://127.0.0.1:{}{}{ours}", platform.port, seat.folder);
        let host = ("Host", seat.host.as_str());
        let coding = ("Accept-Encoding", coding);
        let limit = wrk(
            &format!("http://127.0.0.1:{}/{theirs}", nginx.port),
            &[coding],
            span(),
        );
        let ours = wrk(&url, &[host, coding], span());
        table.add(
            Line::least(name, ours.per_second, "/s", limit.per_second / 2.0)
                .beside(format!("nginx {:.0}/s", limit.per_second))
                .remark(ours.times()),
        );
    }
}

/// The player's page for a learner who is signed in ([`super::pages`] did).
pub async fn launch(platform: &Platform, table: &mut Table) {
    let page = platform.request("GET", "/fr/modules").send().await;
    let page = page.expect("a page").text().await.expect("the modules");
    let module = links(&page, "href=\"")
        .into_iter()
        .find(|link| link.starts_with("/fr/modules/") && !link.contains("bench"))
        .expect("a module of the demo");
    let path = format!("{module}/play");
    let none: [(&str, &str); 0] = [];
    let moved = platform.request("POST", &path).form(&none).send().await;
    let moved = moved.expect("an answer");
    assert_eq!(moved.status(), 303, "{path}");
    let player = moved.headers()["location"]
        .to_str()
        .expect("a path")
        .to_owned();
    let form = [
        ("email", "learner@halqa.example"),
        ("password", "halqa-demo"),
    ];
    let signed = platform
        .request("POST", "/sign-in")
        .form(&form)
        .send()
        .await;
    let signed = signed.expect("an answer");
    let cookies = signed.headers().get_all("set-cookie");
    let cookie = cookies
        .iter()
        .filter_map(|cookie| cookie.to_str().ok()?.split(';').next())
        .find(|cookie| cookie.contains("halqa"))
        .expect("a session")
        .to_owned();
    let host = platform.host();
    let headers = [
        ("Host", host.as_str()),
        ("Cookie", cookie.as_str()),
        ("Accept-Encoding", "gzip"),
    ];
    let rate = wrk(
        &format!("http://127.0.0.1:{}{player}", platform.port),
        &headers,
        span(),
    );
    table.add(
        Line::least(
            "launch: the player's page",
            rate.per_second,
            "/s",
            50.0 * moodle::LAUNCHES,
        )
        .remark(rate.times()),
    );
}

/// An nginx of its own, on one port of this machine.
struct Nginx {
    child: std::process::Child,
    port: u16,
}

impl Nginx {
    fn start(root: &Path) -> Nginx {
        let port = free_port();
        let folder = root.display();
        let configuration = format!(
            "daemon off; master_process on; worker_processes 2; pid {folder}/pid; error_log {folder}/error.log;\n\
             events {{ worker_connections 256; }}\n\
             http {{ access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000; default_type text/javascript;\n\
             open_file_cache max=100; client_body_temp_path {folder}/t1; proxy_temp_path {folder}/t2;\n\
             fastcgi_temp_path {folder}/t3; uwsgi_temp_path {folder}/t4; scgi_temp_path {folder}/t5;\n\
             server {{ listen 127.0.0.1:{port}; root {folder}; gzip_static on; }} }}\n"
        );
        let file = root.join("nginx.conf");
        std::fs::write(&file, configuration).expect("a file");
        // Workers of a root's nginx run as somebody else.
        use std::os::unix::fs::PermissionsExt;
        let open = std::fs::Permissions::from_mode(0o755);
        std::fs::set_permissions(root, open).expect("a readable folder");
        let program = ["/usr/sbin/nginx", "nginx"]
            .into_iter()
            .find(|path| !path.contains('/') || Path::new(path).exists())
            .unwrap_or("nginx");
        let child = Command::new(program)
            .arg("-c")
            .arg(&file)
            .args(["-g", "user root;"])
            .stderr(Stdio::null())
            .spawn()
            .expect("nginx: run scripts/bench");
        let nginx = Nginx { child, port };
        for _ in 0..200 {
            if std::net::TcpStream::connect(("127.0.0.1", port)).is_ok() {
                return nginx;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        panic!("nginx does not start: see {folder}/error.log");
    }
}

impl Drop for Nginx {
    fn drop(&mut self) {
        // The master stops its workers.
        let pid = self.child.id().to_string();
        let _ = Command::new("kill").args(["-TERM", &pid]).status();
        let _ = self.child.wait();
    }
}

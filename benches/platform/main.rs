//! The whole platform against its bars (`scripts/bench` runs this): the real program over HTTP on
//! this machine, beside what the same machine can do at best, measured in the same run: nginx with
//! precompressed files, and the two databases with nothing around them.
//!
//! `HALQA_BENCH_SECONDS` (4) is the length of each measurement, `HALQA_BENCH_POSTGRES` the address
//! of a server with `fsync` on; without it that half is left out, and said to be.
//! `HALQA_BENCH_ONLY=journal` measures the commits alone.

mod journal;
mod limits;
mod load;
mod pages;
mod platform;
mod table;
mod web;

use std::path::PathBuf;
use std::time::Duration;

use platform::Program;
use table::{Line, Table};

/// What Moodle 5.1, tuned, reached on a machine of this size, per second (`docs/bars.md`).
mod moodle {
    pub const COMMITS: f64 = 35.0;
    pub const LAUNCHES: f64 = 16.0;
}

fn main() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(run());
}

/// How long each measurement lasts.
fn span() -> Duration {
    let seconds = std::env::var("HALQA_BENCH_SECONDS")
        .ok()
        .and_then(|text| text.parse().ok());
    Duration::from_secs(seconds.unwrap_or(4))
}

async fn run() {
    // On the disk of the build folder: a folder in memory would make every sync free.
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"))
        .join(format!("halqa-bench-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let mut table = Table::default();
    let only_journal = std::env::var("HALQA_BENCH_ONLY").is_ok_and(|what| what == "journal");

    let sqlite = Program::new(folder.join("demo"), None);
    let (platform, loading) = sqlite.start("demo").await;
    platform.stop().await;
    let (platform, cold) = sqlite.start("demo").await;
    table.add(
        Line::most("cold start, demo data loaded", cold.as_secs_f64(), "s", 2.0).remark(format!(
            "first start, loading the demo: {:.1} s",
            loading.as_secs_f64()
        )),
    );
    let course = if only_journal {
        web::small(&platform).await
    } else {
        tokio::time::sleep(Duration::from_secs(3)).await;
        table.add(Line::most(
            "memory, idle",
            platform.resident_mb("VmRSS"),
            "MB",
            60.0,
        ));
        pages::measure(&platform, &mut table).await;
        let course = web::import(&platform, &mut table).await;
        web::files(&platform, &course, &folder, &mut table).await;
        web::launch(&platform, &mut table).await;
        course
    };

    for connections in [1, 8, 32] {
        let ours = journal::measure(&platform, &course, connections).await;
        let limit = limits::sqlite(&folder, connections).await;
        table.add(commits("SQLite", connections, &ours, limit));
    }
    table.add(Line::most(
        "memory, under all of this",
        platform.resident_mb("VmHWM"),
        "MB",
        150.0,
    ));
    platform.stop().await;

    match std::env::var("HALQA_BENCH_POSTGRES") {
        Ok(server) => {
            let database = limits::fresh_postgres(&server).await;
            let postgres = Program::new(folder.join("postgres"), Some(database));
            let (platform, _) = postgres.start("serve").await;
            let course = web::small(&platform).await;
            for connections in [1, 8, 32] {
                let ours = journal::measure(&platform, &course, connections).await;
                let limit = limits::postgres(&server, connections).await;
                table.add(commits("PostgreSQL", connections, &ours, limit));
            }
            platform.stop().await;
        }
        Err(_) => println!("HALQA_BENCH_POSTGRES is not set: PostgreSQL is left out"),
    }
    let _ = std::fs::remove_dir_all(&folder);
    println!("\n{table}");
}

/// A line about commits: the bar is fifty times Moodle and half of what the database does alone.
fn commits(engine: &str, connections: usize, ours: &load::Rate, limit: f64) -> Line {
    let name = format!("journal commits, {engine}, {connections} connections");
    let bar = match connections {
        8 => (50.0 * moodle::COMMITS).max(limit / 2.0),
        _ => limit / 2.0,
    };
    Line::least(name, ours.per_second, "/s", bar)
        .beside(format!("{engine} alone {limit:.0}/s"))
        .remark(ours.times())
}

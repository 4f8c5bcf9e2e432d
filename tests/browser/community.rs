//! The demo community: loaded once for all tests of a run, each of which starts from a copy.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use halqa::App;
use halqa::config::Config;
use halqa::demo;
use halqa::ids::SystemEntropy;

use crate::harness::{Ahead, Platform};

/// What it tells happened "yesterday": a copy is not used longer than a run takes.
const FRESH: Duration = Duration::from_secs(2 * 3600);

/// A platform with the demo community, on SQLite.
pub async fn platform() -> Platform {
    Platform::over(&loaded().await).await
}

/// The folder of a platform in which the demo is loaded, and which nobody runs.
async fn loaded() -> PathBuf {
    // Another build may load another community.
    let program = std::env::current_exe().expect("this program");
    let built = fs::metadata(&program).and_then(|m| m.modified());
    let built = built.expect("when it was built");
    let key = built.duration_since(SystemTime::UNIX_EPOCH);
    let key = key.expect("after 1970").as_nanos();
    let ready = std::env::temp_dir().join(format!("halqa-test-demo-{key}"));
    let lock = File::create(ready.with_extension("lock")).expect("a lock");
    lock.lock().expect("the lock is taken");
    let age = fs::metadata(&ready).and_then(|m| m.modified()).ok();
    let age = age.and_then(|at| at.elapsed().ok());
    if age.is_none_or(|age| age > FRESH) {
        let part = ready.with_extension("part");
        for old in [&ready, &part] {
            let _ = fs::remove_dir_all(old);
        }
        forget();
        fs::create_dir_all(&part).expect("a folder");
        load(&part).await;
        fs::rename(&part, &ready).expect("it is there whole or not at all");
    }
    ready
}

/// Clears what other builds left, once no run can be using it.
fn forget() {
    for entry in fs::read_dir(std::env::temp_dir())
        .into_iter()
        .flatten()
        .flatten()
    {
        let age = entry.metadata().and_then(|m| m.modified());
        let old = age.is_ok_and(|at| at.elapsed().is_ok_and(|age| age > FRESH));
        if old
            && entry
                .file_name()
                .to_string_lossy()
                .starts_with("halqa-test-demo-")
        {
            let _ = fs::remove_dir_all(entry.path());
            let _ = fs::remove_file(entry.path());
        }
    }
}

async fn load(folder: &Path) {
    let values = [
        ("HALQA_DATA".to_owned(), folder.display().to_string()),
        ("HALQA_PASSWORD_COST".to_owned(), "test".to_owned()),
    ];
    let config = Config::from_values(&values.into()).expect("configuration");
    let app = App::open_with(config, Arc::new(Ahead::default()), Arc::new(SystemEntropy))
        .await
        .expect("the platform opens");
    demo::load(&app, false, &|_| ()).await.expect("the demo");
    app.db.close().await;
}

/// Copies a folder with what is in it.
pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let there = to.join(entry.file_name());
        match entry.file_type().expect("a kind").is_dir() {
            true => copy(&entry.path(), &there),
            false => drop(fs::copy(entry.path(), there).expect("a copy")),
        }
    }
}

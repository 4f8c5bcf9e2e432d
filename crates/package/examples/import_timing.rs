//! Prints how long each step of an import takes, for a made-up package of 499 files and 44.6 MB
//! or for the zip given as argument. Run with `--release`; the best of five rounds counts.

use std::time::{Duration, Instant};

use package::diagnose::Diagnosis;
use package::{Index, Limits, build, sha256, verify};

fn made_up() -> Result<Vec<u8>, Box<dyn std::error::Error>> {
    let mut seed = 42_u64;
    let mut noise = move || {
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (seed >> 56) as u8
    };
    let mut files = vec![("imsmanifest.xml".to_owned(), vec![b' '; 20_000])];
    for i in 0..399 {
        let line = format!("function step{i}(a) {{ return a.value + {}; }}\n", noise());
        let mut content: Vec<u8> = line.bytes().cycle().take(40_000).collect();
        content.extend((0..20_000).map(|_| b'a' + noise() % 26));
        files.push((format!("scripts/{i}.js"), content));
    }
    for i in 0..99 {
        files.push((
            format!("media/{i}.jpg"),
            (0..400_000).map(|_| noise()).collect(),
        ));
    }
    Ok(build::zip(files)?)
}

fn best(rounds: u32, mut work: impl FnMut()) -> Duration {
    (0..rounds)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed()
        })
        .min()
        .unwrap_or_default()
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let bytes = match std::env::args().nth(1) {
        Some(path) => std::fs::read(path)?,
        None => made_up()?,
    };
    let limits = Limits::default();
    let index = Index::read(&bytes, &limits)?;
    let inflated: u64 = index.entries.iter().map(|e| e.size).sum();
    println!(
        "{} files, {:.1} MB, inflated {:.1} MB",
        index.entries.len(),
        bytes.len() as f64 / 1e6,
        inflated as f64 / 1e6
    );
    let mut result = Ok(());
    let digest = best(5, || drop(sha256(&bytes)));
    let read = best(5, || drop(Index::read(&bytes, &limits)));
    let plain = best(5, || {
        result = verify(&bytes, &index, &limits, &mut (), &mut |_, _| {})
    });
    let mut found = 0;
    let looked = best(5, || {
        let mut diagnosis = Diagnosis::default();
        result = verify(&bytes, &index, &limits, &mut diagnosis, &mut |_, _| {});
        found = diagnosis.findings(&index, true).len();
    });
    result?;
    println!("sha256             {digest:>10.1?}");
    println!("index              {read:>10.1?}");
    println!("verify             {plain:>10.1?}");
    println!("verify + diagnosis {looked:>10.1?} ({found} findings)");
    println!("import             {:>10.1?}", digest + read + looked);
    Ok(())
}

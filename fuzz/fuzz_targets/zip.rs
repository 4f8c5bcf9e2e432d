//! Any bytes as a package, read, verified and diagnosed: `cargo fuzz run zip`.
#![no_main]

use package::diagnose::Diagnosis;
use package::{Index, Limits, verify};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let limits = Limits { entry: 1 << 20, total: 4 << 20, ..Limits::default() };
    let Ok(index) = Index::read(bytes, &limits) else { return };
    let mut diagnosis = Diagnosis::default();
    if verify(bytes, &index, &limits, &mut diagnosis, &mut |_, _| {}).is_ok() {
        let _ = diagnosis.findings(&index, true);
    }
    let _ = index.locate("imsmanifest.xml");
});

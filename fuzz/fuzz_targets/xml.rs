//! Any bytes as a manifest: `cargo fuzz run xml`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let _ = strictxml::parse(bytes);
});

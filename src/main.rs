//! The `halqa` program.

use std::process::ExitCode;

fn main() -> ExitCode {
    // Two crypto back ends may be linked in; rustls wants to be told which one serves.
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime.block_on(halqa::cli::run()),
        Err(error) => {
            eprintln!("halqa: {error}");
            ExitCode::FAILURE
        }
    }
}

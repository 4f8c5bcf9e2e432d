//! Keys of content addresses: the package, the period, and a signature over both.

use uuid::Uuid;

use crate::App;
use crate::ids::PackageId;

/// A key holds for its own period and the next one, so that a long session does not lose it and
/// browsers' caches keep what they fetched. In seconds: a week.
pub const PERIOD: i64 = 7 * 86_400;

const PURPOSE: &str = "content";
/// Hexadecimal digits of the package, the period and the signature (128 bits).
const PACKAGE: usize = 32;
const NUMBER: usize = 8;
const SIGNATURE: usize = 32;

/// The key of the present period.
pub fn make(app: &App, package: PackageId) -> String {
    let period = now(app);
    let name = format!("{}{period:08x}", package.0.simple());
    let signature = app.sign(PURPOSE, &name);
    format!("{name}{}", &signature[..SIGNATURE])
}

/// The package that a key opens now.
pub fn open(app: &App, key: &str) -> Option<PackageId> {
    if key.len() != PACKAGE + NUMBER + SIGNATURE || !key.is_ascii() {
        return None;
    }
    let (name, signature) = key.split_at(PACKAGE + NUMBER);
    let (package, period) = name.split_at(PACKAGE);
    let expected = app.sign(PURPOSE, name);
    aws_lc_rs::constant_time::verify_slices_are_equal(
        &expected.as_bytes()[..SIGNATURE],
        signature.as_bytes(),
    )
    .ok()?;
    let age = now(app) - i64::from_str_radix(period, 16).ok()?;
    (0..=1).contains(&age).then_some(())?;
    Uuid::try_parse(package).ok().map(PackageId)
}

fn now(app: &App) -> i64 {
    app.clock.now().micros().div_euclid(1_000_000 * PERIOD)
}

//! Every query of every feature: what the prepare test runs through.

use super::Query;

/// All registered queries, feature by feature.
pub fn all() -> Vec<&'static Query> {
    let features: [&[&Query]; 1] = [crate::accounts::QUERIES];
    features.concat()
}

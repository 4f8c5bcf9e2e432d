//! Every query of every feature: what the prepare test runs through.

use super::Query;

/// All registered queries, feature by feature.
pub fn all() -> Vec<&'static Query> {
    let features = [
        crate::accounts::QUERIES,
        crate::catalogue::QUERIES,
        super::testing::QUERIES,
        crate::demo::QUERIES,
        crate::progress::QUERIES,
        crate::player::QUERIES,
        crate::reports::QUERIES,
        crate::seminars::QUERIES,
        crate::documents::QUERIES,
        crate::seminars::SEAT_QUERIES,
        crate::seminars::PROGRAMME_QUERIES,
        crate::seminars::PRESENCE_QUERIES,
        crate::accompaniment::QUERIES,
        crate::follow_up::SHEETS,
        crate::spaces::QUERIES,
        crate::spaces::MODERATION,
        crate::spaces::PICTURES,
        crate::spaces::SHELF,
        crate::spaces::SOLVING,
        crate::spaces::TEAM,
        crate::spaces::WRITING,
        crate::watch::QUERIES,
        crate::watch::sources::QUERIES,
        crate::following::QUERIES,
        crate::notifications::QUERIES,
        crate::outbound::bounces::QUERIES,
        crate::jobs::QUERIES,
        crate::lrs::QUERIES,
        crate::lrs::BROWSE_QUERIES,
        crate::lrs::FORWARD_QUERIES,
        crate::organisations::QUERIES,
        crate::directory::PROFILES,
        crate::admin::QUERIES,
        crate::lti::QUERIES,
        crate::lti::tools::QUERIES,
        crate::identities::QUERIES,
        crate::rights::QUERIES,
        crate::dispatch::QUERIES,
    ];
    features.concat()
}

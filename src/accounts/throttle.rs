//! Throttling of tries: by account and network together, by account, and by network, counted in
//! the database so that all nodes share it. A block is always short: nobody can lock a stranger
//! out for good (`threats.md` W15).

use std::net::IpAddr;

use rocket::http::Status;
use serde_json::json;

use super::store;
use crate::clock::Timestamp;
use crate::db::Tx;
use crate::ids::hash_secret;
use crate::web::Refusal;

/// How long failures are remembered.
const WINDOW_SECONDS: i64 = 15 * 60;

/// How many failures one key may have before each further one blocks it, and for how long.
#[derive(Debug, Clone, Copy)]
struct Limit {
    failures: i64,
    first_seconds: i64,
    longest_seconds: i64,
}

/// One network on one account: someone who forgot, or someone who guesses.
const PAIR: Limit = Limit {
    failures: 5,
    first_seconds: 15,
    longest_seconds: 600,
};
/// One account from anywhere. Short, because the owner suffers too.
const ACCOUNT: Limit = Limit {
    failures: 50,
    first_seconds: 5,
    longest_seconds: 30,
};
/// One network on all accounts. Generous, because a training room shares an address.
const NETWORK: Limit = Limit {
    failures: 60,
    first_seconds: 10,
    longest_seconds: 300,
};

/// The counters one try is held against.
#[derive(Debug, Clone)]
pub(super) struct Keys([(String, Limit); 3]);

impl Keys {
    /// For a try of the given kind (`sign-in`, `reset`…) on an account.
    pub(super) fn new(kind: &str, account: &str, address: Option<IpAddr>) -> Self {
        let network = network(address);
        // Hashed: the table is no list of who has an account here.
        let account = hash_secret(account);
        Keys([
            (format!("{kind}:pair:{account}:{network}"), PAIR),
            (format!("{kind}:account:{account}"), ACCOUNT),
            (format!("{kind}:network:{network}"), NETWORK),
        ])
    }
}

/// The network of an address: /24 of IPv4, /64 of IPv6.
fn network(address: Option<IpAddr>) -> String {
    match address.map(|a| a.to_canonical()) {
        Some(IpAddr::V4(v4)) => {
            let [a, b, c, _] = v4.octets();
            format!("{a}.{b}.{c}")
        }
        Some(IpAddr::V6(v6)) => {
            let [a, b, c, d, ..] = v6.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}")
        }
        None => "unknown".into(),
    }
}

fn delay(limit: Limit, failures: i64) -> i64 {
    let over = u32::try_from(failures - limit.failures)
        .unwrap_or(0)
        .min(16);
    (limit.first_seconds << over).min(limit.longest_seconds)
}

/// Counts a try before it is made, so that a thousand at once are counted too; refuses it (429)
/// while one of its keys is blocked. A refused try is not counted.
pub(super) async fn count(tx: &mut Tx, keys: &Keys, now: Timestamp) -> Result<(), Refusal> {
    for (key, limit) in &keys.0 {
        let row: store::ThrottleRow = store::COUNT_TRY
            .bind(key)
            .bind(now)
            .bind(now.plus_seconds(-WINDOW_SECONDS))
            .one(&mut *tx)
            .await?;
        if row.blocked_until > now {
            let left = (row.blocked_until.micros() - now.micros()).div_euclid(1_000_000) + 1;
            return Err(Refusal::new(Status::TooManyRequests, "sign-in-throttled")
                .with("seconds", json!(left)));
        }
        if row.failures >= limit.failures {
            let until = now.plus_seconds(delay(*limit, row.failures));
            store::BLOCK.bind(key).bind(until).run(&mut *tx).await?;
        }
    }
    Ok(())
}

/// The try was right: the account's counters are cleared and the network's is one less, so that
/// an own account does not buy tries on others.
pub(super) async fn forgive(tx: &mut Tx, keys: &Keys) -> Result<(), Refusal> {
    let [pair, account, network] = &keys.0;
    store::FORGIVE
        .bind(vec![pair.0.clone(), account.0.clone()])
        .run(&mut *tx)
        .await?;
    store::UNCOUNT.bind(&network.0).run(&mut *tx).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn networks_are_24_and_64() {
        let of = |text: &str| network(text.parse().ok());
        assert_eq!(of("192.0.2.7"), of("192.0.2.200"));
        assert_eq!(of("::ffff:192.0.2.7"), of("192.0.2.8"));
        assert_ne!(of("192.0.2.7"), of("192.0.3.7"));
        assert_eq!(of("2001:db8:1:2:3::1"), of("2001:db8:1:2:ffff::2"));
        assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
    }

    #[test]
    fn delays_grow_up_to_a_bound() {
        assert_eq!(delay(PAIR, 5), 15);
        assert_eq!(delay(PAIR, 6), 30);
        assert_eq!(delay(PAIR, 500), 600);
        assert_eq!(delay(ACCOUNT, 5000), 30);
    }
}

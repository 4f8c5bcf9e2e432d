//! People of a test's world: accounts, roles, signed-in browsers.

use halqa::accounts::{self, Grant, NewGrant, NewPerson};
use halqa::ids::PersonId;
use halqa::web::{Lang, Refusal};
use rocket::http::{Cookie, Header};
use rocket::local::asynchronous::LocalRequest;

use super::{World, send};

/// Everybody's password here.
pub const PASSWORD: &str = "un olivier et trois ânes";

impl World {
    /// An account, named by the part of the address before the `@`.
    pub async fn person(&self, email: &str) -> PersonId {
        let hash = self.app.passwords.hash_unchecked(PASSWORD.to_owned());
        let person = NewPerson {
            id: self.app.ids.id(),
            email: email.to_owned(),
            name: email.split('@').next().unwrap_or_default().to_owned(),
            language: Lang::Fr,
            password_hash: Some(hash.await.expect("a hash")),
        };
        let id = person.id;
        self.app
            .db
            .write((person, self.now()), |tx, (person, now)| {
                Box::pin(accounts::add_person(tx, person, *now))
            })
            .await
            .expect("a person");
        id
    }

    /// A role from now on.
    pub async fn grant(&self, person: PersonId, grant: Grant) {
        let new = NewGrant {
            id: self.app.ids.uuid(),
            person,
            grant,
            from: self.now(),
            until: None,
            by: None,
        };
        self.app
            .db
            .write(new, |tx, new| {
                Box::pin(async move { accounts::grant(tx, new).await.map_err(Refusal::from) })
            })
            .await
            .expect("a grant");
    }

    /// An organisation of this name, which is its slug too.
    pub async fn association(&self, name: &str) {
        let staff = self.person(&format!("staff-{name}@example.org")).await;
        let new = halqa::organisations::Description {
            name: name.to_owned(),
            kind: "association".to_owned(),
            region: None,
            governorate: String::new(),
            about: String::new(),
            axes: Vec::new(),
        };
        halqa::organisations::add(&self.app, staff, new)
            .await
            .expect("an organisation");
    }

    /// Signs in through the form; gives the `Cookie` header of that browser.
    pub async fn browser_of(&self, email: &str) -> String {
        let answer = send(self.form("/sign-in", &[("email", email), ("password", PASSWORD)])).await;
        assert_eq!(answer.status.code, 303, "{}", answer.text);
        cookie(&answer.headers["set-cookie"])
    }

    /// A person with a role, signed in: the `Cookie` header.
    pub async fn signed_in_as(&self, email: &str, grant: Option<Grant>) -> String {
        let person = self.person(email).await;
        if let Some(grant) = grant {
            self.grant(person, grant).await;
        }
        self.browser_of(email).await
    }

    /// An axis of this name.
    pub async fn axis(&self, slug: &str) {
        self.app
            .db
            .write(slug.to_owned(), |tx, slug| {
                Box::pin(async move { halqa::db::testing::insert_axis(tx, slug).await })
            })
            .await
            .map_err(|e: halqa::db::DbError| e)
            .expect("an axis");
    }

    /// Does what waits in the outbox, as the workers would, a moment later.
    pub async fn run_jobs(&self) -> usize {
        self.clock.advance_seconds(3);
        halqa::jobs::run_due(&self.app, &halqa::handlers())
            .await
            .expect("the outbox")
    }

    /// An API token with these scopes.
    pub async fn token(&self, scopes: &[&str]) -> String {
        let scopes: Vec<String> = scopes.iter().map(|s| (*s).to_owned()).collect();
        accounts::api_key::add_token(&self.app, None, "test", &scopes)
            .await
            .expect("a token")
    }
}

/// The `Cookie` header out of a `Set-Cookie`.
pub fn cookie(set_cookie: &str) -> String {
    set_cookie.split(';').next().unwrap_or_default().to_owned()
}

/// Who asks.
pub trait As {
    /// From the browser that holds this cookie.
    fn by(self, cookie: &str) -> Self;
    /// With this API token.
    fn bearer(self, token: &str) -> Self;
}

impl As for LocalRequest<'_> {
    fn by(self, cookie: &str) -> Self {
        let cookie = Cookie::parse(cookie.to_owned()).expect("a cookie");
        self.cookie(cookie)
    }
    fn bearer(self, token: &str) -> Self {
        self.header(Header::new("Authorization", format!("Bearer {token}")))
    }
}

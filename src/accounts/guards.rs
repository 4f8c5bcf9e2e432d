//! Roles as types: a handler that takes one of these and compiles has been authorised.
//!
//! Nobody signed in: 401, which leads pages to the sign-in; signed in without the role: 403.
//! Whether a role covers *this* organisation or *this* space is asked in the feature, with the id
//! at hand.

use std::ops::Deref;

use rocket::Request;
use rocket::request::{FromRequest, Outcome};

use super::Person;
use crate::web::{Refusal, Visitor, problem};

macro_rules! guards {
    ($($(#[$meta:meta])* $name:ident => $holds:expr;)*) => {$(
        $(#[$meta])*
        pub struct $name<'r> {
            /// The request.
            pub visitor: Visitor<'r>,
            /// Who is signed in.
            pub person: &'r Person,
        }

        impl<'r> Deref for $name<'r> {
            type Target = Visitor<'r>;
            fn deref(&self) -> &Visitor<'r> {
                &self.visitor
            }
        }

        #[rocket::async_trait]
        impl<'r> FromRequest<'r> for $name<'r> {
            type Error = ();

            async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
                let visitor = match Visitor::from_request(request).await {
                    Outcome::Success(visitor) => visitor,
                    Outcome::Error(error) => return Outcome::Error(error),
                    Outcome::Forward(status) => return Outcome::Forward(status),
                };
                let holds: fn(&Person) -> bool = $holds;
                let refusal = match visitor.person {
                    Some(person) if holds(person) => {
                        return Outcome::Success($name { visitor, person });
                    }
                    Some(_) => Refusal::forbidden(),
                    None => Refusal::unauthorized(),
                };
                problem::keep(request, &refusal);
                Outcome::Error((refusal.status, ()))
            }
        }
    )*};
}

guards! {
    /// Anybody with an account.
    SignedIn => |_| true;
    /// Administrators.
    Admin => |person| person.roles.admin;
    /// Administrators and regional staff.
    Staff => |person| person.roles.is_staff();
    /// May upload packages: trainers and administrators.
    Trainer => |person| person.roles.can_teach();
    /// Animators of some space, and the staff.
    Animator => |person| person.roles.is_staff() || !person.roles.animates.is_empty();
    /// Look after what is written somewhere: animators, hosts of coalition rooms, the staff.
    Carer => |person| person.roles.is_staff() || !person.roles.animates.is_empty() || !person.roles.hosts.is_empty();
    /// Coordinators of some organisation, and the staff.
    Coordinator => |person| person.roles.is_staff() || !person.roles.coordinates.is_empty();
}

//! Spaces: who may write, what is kept, what is shown.

use halqa::ids::{PersonId, SpaceId};
use halqa::spaces::{self, NewSpace};
use rocket::http::{Cookie, Status};

use crate::harness::{World, both_engines, send};

async fn space(world: &World) -> SpaceId {
    let id: SpaceId = world.app.ids.id();
    spaces::open(
        &world.app,
        NewSpace {
            id,
            slug: "cadre".into(),
            axis: String::new(),
            titles: ["Cadre".into(), "الإطار".into(), "Framework".into()],
            abouts: Default::default(),
            at: world.now(),
        },
    )
    .await
    .expect("a space");
    id
}

//! A verified launch comes in: one unit of work uses it up, checks the deployment, notes course
//! and link, finds the person, makes the session.

use lti::launch::Launch;
use lti::{Message, ags};
use serde_json::json;
use uuid::Uuid;

use super::denied::{Denied, Why};
use super::people::{self, Somebody};
use super::platforms::{Deployment, Platform};
use super::sessions::{self, Detail, Picking};
use super::{grades, store};
use crate::App;
use crate::clock::Timestamp;
use crate::db::{DbError, Tx};
use crate::ids::{ModuleId, OrganisationId, PersonId, Secret};
use crate::web::Lang;

/// What makes a launch happen once.
#[derive(Debug, Clone)]
pub(super) enum Once {
    /// LTI 1.3: our own state and nonce.
    Login { state_hash: String, nonce: String },
    /// LTI 1.1: the consumer's nonce, kept until it is too old to pass.
    Nonce { nonce: String, until: Timestamp },
}

/// A person is in.
pub(super) struct Entered {
    /// The secret of the session.
    pub token: Secret,
    /// The session.
    pub session: Uuid,
}

struct Input {
    platform: Platform,
    launch: Launch,
    once: Once,
    module: Option<ModuleId>,
    former: Option<(Uuid, String)>,
    somebody: Somebody,
    detail: Detail,
    token_hash: String,
    session: Uuid,
    ids: [Uuid; 6],
    now: Timestamp,
}

/// The language of a launch: the platform's, where it is one of ours.
pub(super) fn language(launch: &Launch, otherwise: Lang) -> Lang {
    launch
        .presentation
        .locale
        .as_deref()
        .and_then(Lang::from_code)
        .unwrap_or(otherwise)
}

/// Lets a launch in. `otherwise` is the language of a platform that says none.
pub(super) async fn enter(
    app: &App,
    platform: Platform,
    launch: Launch,
    once: Once,
    otherwise: Lang,
) -> Result<Entered, Denied> {
    let lang = language(&launch, otherwise);
    let mut frames = platform.frames();
    for address in lti::post_message::origins(
        [&launch.presentation.return_url, &launch.platform_url]
            .into_iter()
            .flatten()
            .map(String::as_str),
    ) {
        if !frames.contains(&address) {
            frames.push(address);
        }
    }
    let back = launch.presentation.return_url.clone();
    let denied = |denied: Denied| denied.framed(frames.clone()).back(back.clone());
    let picking = match &launch.message {
        Message::DeepLinking(settings) => {
            if !launch.roles.teaches() {
                return Err(denied(Denied::new(Why::Instructor, "roles")));
            }
            Some(Picking::from(settings))
        }
        Message::ResourceLink { .. } => None,
    };
    let module = match &picking {
        Some(_) => None,
        None => named_module(app, &launch).await.map_err(denied)?,
    };
    let former = people::former_issuer(
        app,
        &platform,
        &launch.deployment,
        launch.migration.as_ref(),
    )
    .await?;
    let token = app.ids.secret();
    let session = app.ids.uuid();
    let input = Input {
        somebody: Somebody::of(app, &launch, lang),
        detail: Detail {
            back: back.clone(),
            frames: frames.clone(),
            lang: lang.code().to_owned(),
            picking,
            course: launch.context.as_ref().and_then(|c| c.title.clone()),
            members: launch.nrps.as_ref().map(|nrps| nrps.url.clone()),
            ..Detail::default()
        },
        token_hash: token.hash(),
        session,
        ids: std::array::from_fn(|_| app.ids.uuid()),
        now: app.clock.now(),
        platform,
        launch,
        once,
        module,
        former,
    };
    let unknown = (input.platform.clone(), input.launch.deployment.clone());
    let result = app
        .db
        .write(input, |tx, input| Box::pin(write(tx, input)))
        .await;
    match result {
        Ok(()) => Ok(Entered { token, session }),
        Err(error) => {
            if matches!(error.why, Why::Deployment) {
                note_deployment(app, unknown.0, unknown.1).await?;
            }
            Err(denied(error))
        }
    }
}

async fn write(tx: &mut Tx, input: &Input) -> Result<(), Denied> {
    let Input {
        platform, launch, ..
    } = input;
    use_up(tx, platform, &input.once, input.now).await?;
    let deployment = deployment(tx, input).await?;
    let context = match &launch.context {
        Some(context) => {
            let seen: store::SeenContext = store::SEE_CONTEXT
                .bind(input.ids[1])
                .bind(deployment.id)
                .bind(&context.id)
                .bind(context.title.as_deref().unwrap_or_default())
                .bind(launch.nrps.as_ref().map(|nrps| nrps.url.clone()))
                .bind(input.now)
                .one(&mut *tx)
                .await?;
            Some(seen)
        }
        None => None,
    };
    let former = input.former.as_ref();
    let person = people::find_or_make(
        tx,
        platform,
        launch,
        &input.somebody,
        former.map(|(_, issuer)| issuer.as_str()),
        input.now,
    )
    .await?;
    let teaches = launch.roles.teaches();
    let organisation = context
        .as_ref()
        .and_then(|context| context.organisation)
        .or(deployment.organisation)
        .or(platform.organisation);
    if let Some(organisation) = organisation
        && !teaches
        && launch.subject.is_some()
        && !launch.roles.test_user
    {
        join(tx, input.ids[2], person, organisation, input.now).await?;
    }
    let mut detail = input.detail.clone();
    let mut link = None;
    if let Message::ResourceLink { id, title } = &launch.message {
        let mut module = input.module;
        if let (None, Some((consumer, _))) = (module, former) {
            module = before_migration(tx, *consumer, launch, id).await?;
        }
        let seen = see_link(
            tx,
            input,
            &deployment,
            context.as_ref().map(|context| context.id),
            (id, title.as_deref()),
            module,
        )
        .await?;
        detail.module = input.module.or(seen.module);
        link = Some(seen.id);
        if let (false, Some(module), Some(subject)) = (teaches, detail.module, &launch.subject)
            && !launch.roles.test_user
            && is_graded(launch)
        {
            let place = grades::Place {
                id: input.ids[4],
                link: seen.id,
                person,
                module,
                user_id: subject.clone(),
                sourcedid: launch.outcome.as_ref().map(|o| o.sourcedid.clone()),
            };
            grades::see(tx, &place, input.ids[5], input.now).await?;
        }
    }
    if launch.subject.is_some() && !teaches {
        detail.identity = identity_of(tx, platform, launch).await?;
    }
    store::ADD_SESSION
        .bind(input.session)
        .bind(&input.token_hash)
        .bind(platform.id)
        .bind(deployment.id)
        .bind(link)
        .bind(person)
        .bind(teaches)
        .bind(json!(detail))
        .bind(input.now)
        .bind(input.now.plus_seconds(sessions::SECONDS))
        .run(tx)
        .await?;
    Ok(())
}

/// Of any number of the same launch at once, one passes (`threats.md` L2, L21).
async fn use_up(
    tx: &mut Tx,
    platform: &Platform,
    once: &Once,
    now: Timestamp,
) -> Result<(), Denied> {
    let used = || Denied::new(Why::Relaunch, "used");
    match once {
        Once::Login { state_hash, nonce } => {
            let row: Option<store::PlatformRef> = store::USE_LOGIN
                .bind(state_hash)
                .bind(nonce)
                .bind(now)
                .optional(tx)
                .await?;
            match row {
                Some(row) if row.platform == platform.id => Ok(()),
                _ => Err(used()),
            }
        }
        Once::Nonce { nonce, until } => {
            let fresh = store::USE_NONCE
                .bind(platform.id)
                .bind(nonce)
                .bind(*until)
                .run(tx)
                .await?;
            (fresh == 1).then_some(()).ok_or_else(used)
        }
    }
}

/// The deployment of a launch; a new one only where the registration takes them as they come.
async fn deployment(tx: &mut Tx, input: &Input) -> Result<Deployment, Denied> {
    let platform = &input.platform;
    let name = &input.launch.deployment;
    let refused = |why: &str| Denied::new(Why::Deployment, why);
    let known: Option<Deployment> = store::DEPLOYMENT
        .bind(platform.id)
        .bind(name)
        .optional(&mut *tx)
        .await?;
    match known {
        Some(deployment) if deployment.state == "active" => Ok(deployment),
        Some(deployment) => Err(refused(&deployment.state)),
        None if platform.open_deployments => {
            store::ADD_DEPLOYMENT
                .bind(input.ids[0])
                .bind(platform.id)
                .bind(name)
                .bind(None::<OrganisationId>)
                .bind("active")
                .bind(input.now)
                .run(&mut *tx)
                .await?;
            Ok(store::DEPLOYMENT
                .bind(platform.id)
                .bind(name)
                .one(tx)
                .await?)
        }
        None => Err(refused("unknown")),
    }
}

/// An unknown deployment waits for an administrator, who sees it on the registration's page.
async fn note_deployment(app: &App, platform: Platform, name: String) -> Result<(), Denied> {
    /// Waiting ones at most: a platform that is not trusted with deployments fills no table.
    const MOST: usize = 50;
    if super::platforms::deployments(app, platform.id).await?.len() >= MOST {
        return Ok(());
    }
    let row = (app.ids.uuid(), platform.id, name, app.clock.now());
    app.db
        .write(row, |tx, (id, platform, name, now)| {
            Box::pin(async move {
                store::ADD_DEPLOYMENT
                    .bind(*id)
                    .bind(*platform)
                    .bind(name)
                    .bind(None::<OrganisationId>)
                    .bind("pending")
                    .bind(*now)
                    .run(tx)
                    .await
                    .map(drop)
            })
        })
        .await
        .map_err(|error: DbError| Denied::from(error))
}

async fn join(
    tx: &mut Tx,
    membership: Uuid,
    person: PersonId,
    organisation: OrganisationId,
    now: Timestamp,
) -> Result<(), DbError> {
    store::JOIN
        .bind(membership)
        .bind(person)
        .bind(organisation)
        .bind(now)
        .run(tx)
        .await
        .map(drop)
}

async fn see_link(
    tx: &mut Tx,
    input: &Input,
    deployment: &Deployment,
    context: Option<Uuid>,
    (id, title): (&str, Option<&str>),
    module: Option<ModuleId>,
) -> Result<store::SeenLink, DbError> {
    let launch = &input.launch;
    let grades = launch.ags.as_ref();
    store::SEE_LINK
        .bind(input.ids[3])
        .bind(deployment.id)
        .bind(context)
        .bind(id)
        .bind(title.unwrap_or_default())
        .bind(module)
        .bind(grades.and_then(|g| g.line_items.clone()))
        .bind(grades.and_then(|g| g.line_item.clone()))
        .bind(json!(grades.map(|g| g.scopes.clone()).unwrap_or_default()))
        .bind(launch.outcome.as_ref().map(|o| o.url.clone()))
        .bind(input.now)
        .one(tx)
        .await
}

async fn before_migration(
    tx: &mut Tx,
    consumer: Uuid,
    launch: &Launch,
    link: &str,
) -> Result<Option<ModuleId>, DbError> {
    let former = launch
        .migration
        .as_ref()
        .and_then(|migration| migration.resource_link_id.as_deref())
        .unwrap_or(link);
    let row: Option<store::ModuleOfLink> = store::MODULE_OF_LINK
        .bind(consumer)
        .bind(former)
        .optional(tx)
        .await?;
    Ok(row.map(|row| row.module))
}

async fn identity_of(
    tx: &mut Tx,
    platform: &Platform,
    launch: &Launch,
) -> Result<Option<Uuid>, DbError> {
    let row: Option<store::IdentityRow> = store::IDENTITY
        .bind(&platform.issuer)
        .bind(launch.subject.as_deref().unwrap_or_default())
        .optional(tx)
        .await?;
    Ok(row.map(|row| row.id))
}

/// True when the platform takes grades of this launch.
fn is_graded(launch: &Launch) -> bool {
    let by_service = launch.ags.as_ref().is_some_and(|ags| {
        ags.may(ags::SCOPE_SCORE)
            && (ags.line_item.is_some()
                || (ags.line_items.is_some() && ags.may(ags::SCOPE_LINE_ITEM)))
    });
    by_service || launch.outcome.is_some()
}

/// The module that a launch names: by its target, or by a custom parameter. Names nobody knows are
/// told; no name at all leaves the choice to the link.
async fn named_module(app: &App, launch: &Launch) -> Result<Option<ModuleId>, Denied> {
    let Some(name) = module_name(launch) else {
        return Ok(None);
    };
    let row: Option<store::ModuleRow> = store::MODULE
        .bind(name.as_str())
        .bind(Uuid::parse_str(&name).unwrap_or_default())
        .optional(&app.db)
        .await?;
    row.map(|row| Some(row.id))
        .ok_or_else(|| Denied::new(Why::NoModule, "module"))
}

fn module_name(launch: &Launch) -> Option<String> {
    let (path, query) = launch
        .target
        .split_once('?')
        .unwrap_or((&launch.target, ""));
    let path = Lang::ALL
        .into_iter()
        .find_map(|lang| path.strip_prefix(&format!("/{}/", lang.code())))
        .unwrap_or(path.trim_start_matches('/'));
    let of_query = || {
        url::form_urlencoded::parse(query.as_bytes())
            .find(|(name, _)| name == "module")
            .map(|(_, value)| value.into_owned())
    };
    let name = match path.split_once('/') {
        Some(("modules", slug)) => url::form_urlencoded::parse(format!("m={slug}").as_bytes())
            .map(|(_, value)| value.into_owned())
            .next(),
        _ => of_query(),
    };
    name.or_else(|| launch.custom("module").map(str::to_owned))
        .filter(|name| !name.is_empty() && name.len() <= 200 && !name.contains('\0'))
}

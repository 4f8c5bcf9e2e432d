//! `halqa users`: people with their roles, the first administrator among them.

use std::io::BufRead;
use std::process::ExitCode;

use clap::{Subcommand, ValueEnum};
use serde_json::json;

use super::said;
use crate::accounts::password::NewPassword;
use crate::accounts::{self, Audit, Grant, Invitation, NewGrant, NewPerson};
use crate::config::Config;
use crate::ids::{MembershipId, OrganisationId, PersonId};
use crate::web::{Lang, Refusal};
use crate::{App, StartError, jobs, organisations, rights, spaces};

/// What to do with people.
#[derive(Subcommand)]
pub(super) enum Users {
    /// Makes a person. Without a password, prints the link where the person chooses one.
    Add(Add),
    /// Erases a person: the account, the sessions, the documents; statements and progress stay
    /// under a name that is nobody's.
    Erase(Erase),
}

/// A person to be erased.
#[derive(clap::Args)]
pub(super) struct Erase {
    /// The address of the account.
    #[arg(long)]
    email: String,
    /// What the person wrote in the spaces goes too.
    #[arg(long)]
    posts: bool,
}

/// A person to be made.
#[derive(clap::Args)]
pub(super) struct Add {
    /// The address the person signs in with.
    #[arg(long)]
    email: String,
    /// As the person writes it.
    #[arg(long)]
    name: String,
    /// What the person may do.
    #[arg(long, value_enum, default_value_t = Role::Learner)]
    role: Role,
    /// The organisation the person belongs to, or coordinates.
    #[arg(long, value_name = "SLUG")]
    organisation: Option<String>,
    /// The region of regional staff; where it is left out, the organisation's.
    #[arg(long, value_name = "SLUG")]
    region: Option<String>,
    /// The space that an animator moderates; may be left out where there is one only.
    #[arg(long, value_name = "SLUG")]
    space: Option<String>,
    /// The person's language: fr, ar, en.
    #[arg(long, default_value = "fr", value_parser = lang)]
    language: Lang,
    /// Reads the password from the first line of standard input.
    #[arg(long)]
    password_stdin: bool,
    /// Prints one JSON object.
    #[arg(long)]
    json: bool,
}

/// What a person may do.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Role {
    /// Everything.
    Admin,
    /// Staff of a region.
    Regional,
    /// Uploads packages and publishes modules.
    Trainer,
    /// Moderates a space.
    Animator,
    /// Coordinates an organisation.
    Coordinator,
    /// Learns.
    Learner,
}

fn lang(code: &str) -> Result<Lang, String> {
    Lang::from_code(code).ok_or_else(|| "fr, ar or en".to_owned())
}

/// Runs the command.
pub(super) async fn run(config: Config, command: Users) -> Result<ExitCode, StartError> {
    let add = match command {
        Users::Add(add) => add,
        Users::Erase(who) => return erase(config, &who).await,
    };
    // Before the database is opened: a pipe that says nothing should not make one.
    let password = match add.password_stdin {
        true => Some(first_line()?),
        false => None,
    };
    let app = App::open(config).await?;
    let made = make(&app, &add, password).await;
    app.db.close().await;
    let (id, link) = made?;
    match (&link, add.json) {
        (_, true) => println!("{}", json!({ "id": id, "email": add.email, "link": link })),
        (Some(link), false) => println!("{link}"),
        (None, false) => println!("{id}"),
    }
    if link.is_some() && !add.json {
        eprintln!("Hand this link over: it opens once, within seven days, to choose a password.");
    }
    Ok(ExitCode::SUCCESS)
}

async fn erase(config: Config, who: &Erase) -> Result<ExitCode, StartError> {
    let app = App::open(config).await?;
    let done = async {
        let person = rights::find(&app, &who.email).await?;
        let person = person.ok_or("--email: nobody has this address")?;
        let erased = rights::erase(&app, None, person, who.posts).await;
        erased.map_err(|refusal| said(&app, &refusal))?;
        // The statements too, before this ends; a running server may be faster.
        jobs::run_due(&app, &[rights::HANDLER]).await?;
        Ok::<_, StartError>(person)
    }
    .await;
    app.db.close().await;
    println!("{}", done?);
    Ok(ExitCode::SUCCESS)
}

fn first_line() -> Result<String, StartError> {
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line)?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

/// Everything the unit of work writes.
struct Arrival {
    person: NewPerson,
    grant: Option<NewGrant>,
    membership: Option<(MembershipId, OrganisationId, &'static str)>,
    invitation: Option<Invitation>,
    audit: Audit,
}

/// Makes the person: the id and, where no password was given, the link of the invitation.
async fn make(
    app: &App,
    add: &Add,
    password: Option<String>,
) -> Result<(PersonId, Option<String>), StartError> {
    let email = accounts::email(&add.email).ok_or("--email: this is no address")?;
    let name = accounts::name(&add.name).ok_or("--name: one line, 1 to 120 characters")?;
    let organisation = match &add.organisation {
        Some(slug) => Some(
            organisations::by_slug(app, slug)
                .await?
                .ok_or_else(|| format!("--organisation: there is no {slug}"))?,
        ),
        None => None,
    };
    let grant = grant(app, add, organisation.as_ref()).await?;
    let role = match add.role {
        Role::Coordinator => "coordinator",
        _ => "member",
    };
    if add.role == Role::Coordinator && organisation.is_none() {
        return Err("a coordinator needs --organisation".into());
    }
    let password_hash = match password {
        Some(text) => {
            let password = NewPassword::check(&text, &[&email, &name]).map_err(|code| {
                let words = app
                    .pages
                    .locales
                    .plain(Lang::En, &format!("form-{code}"), &[]);
                format!("the password: {words}")
            })?;
            let hash = app.passwords.hash(password).await;
            Some(hash.map_err(|refusal| said(app, &refusal))?)
        }
        None => None,
    };
    let id: PersonId = app.ids.id();
    let invitation = password_hash
        .is_none()
        .then(|| Invitation::new(app, add.language));
    let link = invitation.as_ref().map(|invitation| invitation.url(app));
    let arrival = Arrival {
        person: NewPerson {
            id,
            email,
            name,
            language: add.language,
            password_hash,
        },
        grant: grant.map(|grant| NewGrant {
            id: app.ids.uuid(),
            person: id,
            grant,
            from: app.clock.now(),
            until: None,
            by: None,
        }),
        membership: organisation.map(|o| (app.ids.id(), o.id, role)),
        invitation,
        audit: Audit::new(app, None, "person-added", format!("person:{id}")),
    };
    app.db
        .write(arrival, |tx, arrival| {
            Box::pin(async move {
                let (person, now) = (&arrival.person, arrival.audit.at);
                accounts::add_person(tx, person, now).await?;
                if let Some(grant) = &arrival.grant {
                    accounts::grant(tx, grant).await?;
                }
                if let Some((id, organisation, role)) = arrival.membership {
                    accounts::join(tx, id, person.id, organisation, role, now).await?;
                }
                if let Some(invitation) = &arrival.invitation {
                    invitation.write(tx, person.id).await?;
                }
                arrival.audit.write(tx).await?;
                Ok::<(), Refusal>(())
            })
        })
        .await
        .map_err(|refusal| said(app, &refusal))?;
    Ok((id, link))
}

/// The role that is granted, apart from memberships.
async fn grant(
    app: &App,
    add: &Add,
    organisation: Option<&organisations::Organisation>,
) -> Result<Option<Grant>, StartError> {
    Ok(match add.role {
        Role::Learner | Role::Coordinator => None,
        Role::Admin => Some(Grant::Admin),
        Role::Trainer => Some(Grant::Trainer),
        Role::Regional => {
            let regions = organisations::regions(app).await?;
            let known: Vec<&str> = regions.iter().map(|region| region.slug.as_str()).collect();
            let named = add.region.as_deref();
            let of_organisation = organisation.and_then(|o| o.region.as_deref());
            Some(Grant::Regional(chosen(
                "region",
                &known,
                named.or(of_organisation),
            )?))
        }
        Role::Animator => {
            let spaces = spaces::all(app).await?;
            let known: Vec<&str> = spaces.iter().map(|space| space.slug.as_str()).collect();
            let slug = chosen("space", &known, add.space.as_deref())?;
            let space = spaces.iter().find(|space| space.slug == slug);
            space.map(|space| Grant::Animator(space.id.0))
        }
    })
}

/// The one that was named, or the only one there is.
fn chosen(option: &str, known: &[&str], named: Option<&str>) -> Result<String, String> {
    let list = known.join(", ");
    match (named, known) {
        (Some(slug), _) if known.contains(&slug) => Ok(slug.to_owned()),
        (None, [only]) => Ok((*only).to_owned()),
        (_, []) => Err(format!(
            "there is no {option} yet: an administrator makes one under /admin"
        )),
        (Some(slug), _) => Err(format!("--{option}: there is no {slug}; there are {list}")),
        (None, _) => Err(format!("this role needs --{option}: {list}")),
    }
}

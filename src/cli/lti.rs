//! `halqa lti`: learning platforms that launch our modules.

use std::process::ExitCode;

use clap::Subcommand;
use serde_json::json;

use super::said;
use crate::config::Config;
use crate::lti::platforms::{self, NewPlatform};
use crate::{App, StartError};

/// What to do with platforms.
#[derive(Subcommand)]
pub(super) enum Lti {
    /// Registers a platform of LTI 1.3.
    AddPlatform {
        /// What administrators call it.
        #[arg(long)]
        name: String,
        /// The issuer, to the letter.
        #[arg(long)]
        issuer: String,
        /// Our client id there.
        #[arg(long)]
        client_id: String,
        /// Where logins go.
        #[arg(long)]
        auth_url: String,
        /// Where access tokens come from.
        #[arg(long)]
        token_url: String,
        /// The platform's key set.
        #[arg(long)]
        jwks_url: String,
        /// The one deployment that may launch; without it deployments are taken as they come.
        #[arg(long)]
        deployment_id: Option<String>,
        /// Its learners' organisation.
        #[arg(long)]
        organisation: Option<String>,
        /// Prints one JSON object.
        #[arg(long)]
        json: bool,
    },
    /// Registers a consumer of LTI 1.1 and prints its key and secret, once.
    AddConsumer {
        /// What administrators call it.
        #[arg(long)]
        name: String,
        /// Its learners' organisation.
        #[arg(long)]
        organisation: Option<String>,
        /// Prints one JSON object.
        #[arg(long)]
        json: bool,
    },
    /// Makes the next signing key: published now, signing from tomorrow.
    RotateKey,
}

/// Runs the command.
pub(super) async fn run(config: Config, command: Lti) -> Result<ExitCode, StartError> {
    let app = App::open(config).await?;
    let result = carry_out(&app, command).await;
    app.db.close().await;
    result
}

async fn carry_out(app: &App, command: Lti) -> Result<ExitCode, StartError> {
    match command {
        Lti::AddPlatform {
            name,
            issuer,
            client_id,
            auth_url,
            token_url,
            jwks_url,
            deployment_id,
            organisation,
            json,
        } => {
            let new = NewPlatform {
                name,
                issuer,
                client_id,
                auth_url,
                token_url,
                jwks_url,
                deployment: deployment_id,
                organisation: of(app, organisation.as_deref()).await?,
                // Whoever has a shell here may name the machine's own network.
                local: true,
                ..NewPlatform::default()
            };
            let id = platforms::add(app, new)
                .await
                .map_err(|refusal| said(app, &refusal))?;
            if json {
                println!("{}", json!({ "id": id }));
            } else {
                println!("{id}");
            }
        }
        Lti::AddConsumer {
            name,
            organisation,
            json,
        } => {
            let organisation = of(app, organisation.as_deref()).await?;
            let consumer = platforms::add_consumer(app, &name, organisation, None)
                .await
                .map_err(|refusal| said(app, &refusal))?;
            if json {
                println!(
                    "{}",
                    json!({ "key": consumer.key, "secret": consumer.secret })
                );
            } else {
                println!("key: {}\nsecret: {}", consumer.key, consumer.secret);
            }
        }
        Lti::RotateKey => crate::lti::rotate(app, None)
            .await
            .map_err(|refusal| said(app, &refusal))?,
    }
    Ok(ExitCode::SUCCESS)
}

async fn of(
    app: &App,
    slug: Option<&str>,
) -> Result<Option<crate::ids::OrganisationId>, StartError> {
    match slug {
        Some(slug) => {
            let found = platforms::organisation(app, slug).await;
            Ok(Some(found.map_err(|refusal| said(app, &refusal))?))
        }
        None => Ok(None),
    }
}

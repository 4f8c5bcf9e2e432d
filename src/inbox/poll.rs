//! The mailbox on an IMAP server (RFC 3501): what nobody has read is taken in, one message after the
//! other, and marked as read. Several nodes may do so: a message counts once.

use std::sync::Arc;
use std::time::Duration;

use async_imap::Session;
use futures::TryStreamExt;
use rustls::pki_types::ServerName;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio_rustls::TlsConnector;

use super::LONGEST;
use crate::App;
use crate::config::Config;
use crate::outbound::inbox::Poll;

/// How often the mailbox is looked at.
const EVERY: Duration = Duration::from_secs(60);
/// How long a look may take, and each step of it.
const LONG: Duration = Duration::from_secs(300);
/// Messages of one look at most: the others wait for the next.
const MOST: usize = 50;

trait Stream: AsyncRead + AsyncWrite + Unpin + Send + std::fmt::Debug {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send + std::fmt::Debug> Stream for T {}

type Signed = Session<Box<dyn Stream>>;

/// Looks at the mailbox as long as the server runs, where one is configured.
pub(crate) async fn work(app: App, mut stop: watch::Receiver<bool>) {
    let Some(poll) = app
        .config
        .inbox
        .as_ref()
        .and_then(|inbox| inbox.poll.clone())
    else {
        return;
    };
    loop {
        match tokio::time::timeout(LONG, take(&app, &poll)).await {
            Ok(Ok(0)) => {}
            Ok(Ok(taken)) => tracing::info!(taken, "inbox"),
            Ok(Err(error)) => tracing::warn!(error, "inbox"),
            Err(_) => tracing::warn!("inbox: took too long"),
        }
        tokio::select! {
            () = tokio::time::sleep(EVERY) => {}
            _ = stop.changed() => break,
        }
    }
}

/// Takes in what is new in the configured mailbox; gives how much. None: there is no such mailbox.
pub async fn look(app: &App) -> Option<Result<usize, String>> {
    let poll = app.config.inbox.as_ref()?.poll.as_ref()?;
    Some(take(app, poll).await)
}

/// Whether the configured mailbox opens. None: there is no such mailbox.
pub(crate) async fn test(config: &Config) -> Option<Result<(), String>> {
    let poll = config.inbox.as_ref()?.poll.as_ref()?;
    Some(match signed_in(poll).await {
        Ok(mut session) => {
            let _ = session.logout().await;
            Ok(())
        }
        Err(error) => Err(error),
    })
}

async fn take(app: &App, poll: &Poll) -> Result<usize, String> {
    let mut session = signed_in(poll).await?;
    let result = new(app, &mut session).await;
    // What was not said goodbye to ends by itself.
    let _ = session.logout().await;
    result
}

async fn new(app: &App, session: &mut Signed) -> Result<usize, String> {
    let mut found: Vec<u32> = session
        .uid_search("UNSEEN")
        .await
        .map_err(said)?
        .into_iter()
        .collect();
    found.sort_unstable();
    found.truncate(MOST);
    let mut taken = 0;
    for uid in found {
        // No more than is looked at, whatever the size; and not marked before it is in.
        let query = format!("(BODY.PEEK[]<0.{}>)", LONGEST + 1);
        let answers: Vec<async_imap::types::Fetch> = session
            .uid_fetch(uid.to_string(), query)
            .await
            .map_err(said)?
            .try_collect()
            .await
            .map_err(said)?;
        let Some(body) = answers.iter().find_map(|answer| answer.body()) else {
            continue;
        };
        super::receive(app, body, None)
            .await
            .map_err(|error| error.to_string())?;
        taken += 1;
        session
            .uid_store(uid.to_string(), "+FLAGS.SILENT (\\Seen)")
            .await
            .map_err(said)?
            .try_collect::<Vec<_>>()
            .await
            .map_err(said)?;
    }
    Ok(taken)
}

/// Signs in, and opens the folder.
async fn signed_in(poll: &Poll) -> Result<Signed, String> {
    let address = (poll.host.trim_matches(['[', ']']), poll.port);
    let tcp = TcpStream::connect(address)
        .await
        .map_err(|error| error.to_string())?;
    let stream: Box<dyn Stream> = if poll.tls {
        let name = ServerName::try_from(poll.host.clone()).map_err(|error| error.to_string())?;
        let tls = TlsConnector::from(Arc::new(trusted()?));
        Box::new(
            tls.connect(name, tcp)
                .await
                .map_err(|error| error.to_string())?,
        )
    } else {
        Box::new(tcp)
    };
    let mut client = async_imap::Client::new(stream);
    client
        .read_response()
        .await
        .map_err(|error| error.to_string())?
        .ok_or("the server hung up")?;
    let mut session = client
        .login(&poll.user, &poll.password)
        .await
        .map_err(|(error, _)| said(error))?;
    session.select(&poll.folder).await.map_err(said)?;
    Ok(session)
}

/// The system's certificates, as for mail that goes out.
fn trusted() -> Result<rustls::ClientConfig, String> {
    use rustls_platform_verifier::BuilderVerifierExt;
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| error.to_string())?
        .with_platform_verifier()
        .map(|builder| builder.with_no_client_auth())
        .map_err(|error| error.to_string())
}

/// An error of the protocol, without what was sent.
fn said(error: async_imap::error::Error) -> String {
    error.to_string()
}

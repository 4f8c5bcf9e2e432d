//! Mail: written as messages of the locales, kept in the outbox, sent over SMTP where configured.
//!
//! An address that refuses for good is remembered ([`bounces`]): nothing but what its owner asks for
//! (a password, an invitation) is written to it again.

use futures::future::BoxFuture;
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use lettre::transport::smtp::AsyncSmtpTransport;
use lettre::{Address, AsyncTransport, Message, Tokio1Executor};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::{bounces, inbox};
use crate::clock::Timestamp;
use crate::config::Config;
use crate::db::{DbError, Tx};
use crate::jobs::{self, Handler, Job, JobError};
use crate::web::Lang;
use crate::web::i18n::without_isolates;
use crate::{App, StartError};

/// A mail to one person. Its words are the messages `<message>-subject`, `<message>-body`
/// (paragraphs apart by an empty line) and, with a link, `<message>-action`, with `args`.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Mail {
    /// The address.
    pub to: String,
    /// The recipient's name.
    pub name: String,
    /// The recipient's language.
    pub lang: Lang,
    /// The stem of the messages.
    pub message: String,
    /// Arguments of the messages; `name` is always there.
    pub args: Map<String, Value>,
    /// A path of the site, with its language prefix: `/fr/seminars/…`.
    pub link: Option<String>,
}

/// A mail as it is read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Letter {
    /// One line.
    pub subject: String,
    /// Plain text.
    pub text: String,
    /// Simple HTML, the same words.
    pub html: String,
    /// The whole address of the link.
    pub link: Option<String>,
}

/// The outbox's handler of mails.
pub const HANDLER: Handler = Handler {
    kind: "mail",
    ready: |app| app.mailer.is_configured(),
    run: deliver,
};

/// Puts a mail into the outbox, in the transaction of its cause.
pub async fn enqueue(tx: &mut Tx, id: Uuid, mail: &Mail, now: Timestamp) -> Result<(), DbError> {
    jobs::enqueue(tx, id, HANDLER.kind, json!(mail), now).await
}

/// The words of a mail.
pub fn compose(app: &App, mail: &Mail) -> Result<Letter, String> {
    let locales = &app.pages.locales;
    let mut args: Vec<(&str, Value)> = mail
        .args
        .iter()
        .map(|(name, value)| (name.as_str(), value.clone()))
        .collect();
    args.push(("name", json!(mail.name)));
    let message = |part: &str| locales.text(mail.lang, &format!("{}-{part}", mail.message), &args);
    // A subject is one line and wants no isolation marks; names in it may hold anything.
    let subject: String = without_isolates(&message("subject"))
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    let body = message("body");
    let paragraphs: Vec<&str> = body.split("\n\n").map(str::trim).collect();
    let link = mail
        .link
        .as_ref()
        .map(|path| format!("{}{path}", app.config.public_url));
    let action = link.as_ref().map(|_| message("action"));
    let footer = locales.text(mail.lang, "outbound-mail-footer", &[]);
    let mut text = paragraphs.join("\n\n");
    if let (Some(link), Some(action)) = (&link, &action) {
        text.push_str(&format!("\n\n{}\n{link}", without_isolates(action)));
    }
    text.push_str(&format!("\n\n-- \n{footer}\n"));
    let html = app
        .pages
        .fragment(
            "outbound/mail",
            mail.lang,
            &json!({
                "subject": subject,
                "paragraphs": paragraphs,
                "action": action,
                "link": link,
                "footer": footer,
            }),
        )
        .map_err(|error| error.to_string())?;
    Ok(Letter {
        subject,
        text,
        html,
        link,
    })
}

/// Sends mail, where SMTP is configured. Cheap to clone.
#[derive(Clone)]
pub struct Mailer(Option<Smtp>);

#[derive(Clone)]
struct Smtp {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

impl Mailer {
    /// From `HALQA_SMTP_URL` and `HALQA_MAIL_FROM`; connects when the first mail is sent.
    pub fn open(config: &Config) -> Result<Mailer, StartError> {
        let Some(url) = &config.smtp_url else {
            return Ok(Mailer(None));
        };
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
            .map_err(|error| format!("HALQA_SMTP_URL: {error}"))?
            .timeout(Some(std::time::Duration::from_secs(30)))
            .build();
        let from = match &config.mail_from {
            Some(from) => from
                .parse()
                .map_err(|error| format!("HALQA_MAIL_FROM: {error}"))?,
            None => {
                let host = url::Url::parse(&config.public_url)?
                    .host_str()
                    .unwrap_or("localhost")
                    .to_owned();
                Mailbox::new(Some("Halqa".into()), Address::new("halqa", host)?)
            }
        };
        Ok(Mailer(Some(Smtp { transport, from })))
    }

    /// False when mail stays in the outbox.
    pub fn is_configured(&self) -> bool {
        self.0.is_some()
    }

    /// True when the mail server answers; `None` when there is none.
    pub async fn test(&self) -> Option<Result<(), String>> {
        let smtp = self.0.as_ref()?;
        Some(match smtp.transport.test_connection().await {
            Ok(true) => Ok(()),
            Ok(false) => Err("the server does not answer".into()),
            Err(error) => Err(error.to_string()),
        })
    }
}

fn deliver(app: &App, job: Job) -> BoxFuture<'_, Result<Value, JobError>> {
    Box::pin(async move {
        let never = |error: String| JobError::Never(error);
        let mail: Mail =
            serde_json::from_value(job.payload).map_err(|error| never(error.to_string()))?;
        let done = json!({ "to": mail.to, "message": mail.message });
        // What people ask for themselves is tried all the same: the address may be mended.
        let asked_for = mail.message.starts_with("accounts-");
        if !asked_for && bounces::reason(app, &mail.to).await?.is_some() {
            return Ok(done);
        }
        let letter = compose(app, &mail).map_err(never)?;
        let envelope = Envelope {
            id: job.id,
            to: mail.to,
            name: mail.name,
            headers: Vec::new(),
            reply_to: None,
        };
        app.mailer.send(app, envelope, letter).await?;
        Ok(done)
    })
}

/// What stands around a letter.
#[derive(Debug, Clone)]
pub struct Envelope {
    /// The outbox's row: the same `Message-ID` on every try, so that a mail that arrived twice is
    /// known as one.
    pub id: Uuid,
    /// The address.
    pub to: String,
    /// The recipient's name.
    pub name: String,
    /// Further headers, values in ASCII.
    pub headers: Vec<(&'static str, String)>,
    /// Where an answer goes.
    pub reply_to: Option<String>,
}

impl Mailer {
    /// Sends a letter; remembers an address that refuses for good.
    pub async fn send(
        &self,
        app: &App,
        envelope: Envelope,
        letter: Letter,
    ) -> Result<(), JobError> {
        let Some(smtp) = &self.0 else {
            return Err(JobError::Later("no mail server".into()));
        };
        let to = envelope.to.clone();
        let message = written(smtp, envelope, letter).map_err(JobError::Never)?;
        let mut around = message.envelope().clone();
        // What comes back tells by its address whom it was for.
        if let Some(back) = inbox::bounce_address(app, &to) {
            let back: Address = back
                .parse()
                .map_err(|error: lettre::address::AddressError| {
                    JobError::Never(error.to_string())
                })?;
            around = lettre::address::Envelope::new(Some(back), around.to().to_vec())
                .map_err(|error| JobError::Never(error.to_string()))?;
        }
        match smtp.transport.send_raw(&around, &message.formatted()).await {
            Ok(_) => Ok(()),
            Err(error) if error.is_permanent() => {
                let reason = error.to_string();
                if error
                    .status()
                    .is_some_and(|code| is_of_mailbox(code.into()))
                {
                    bounces::mark(app, &to, &reason).await?;
                }
                Err(JobError::Never(reason))
            }
            Err(error) => Err(JobError::Later(error.to_string())),
        }
    }
}

/// Codes by which a server says that there is no such mailbox, not that it dislikes the message
/// (RFC 5321 §4.2.3).
fn is_of_mailbox(code: u16) -> bool {
    [550, 551, 553, 556].contains(&code)
}

fn written(smtp: &Smtp, envelope: Envelope, letter: Letter) -> Result<Message, String> {
    let plain = |text: &str| -> String { text.chars().filter(|c| !c.is_control()).collect() };
    let address: Address = envelope
        .to
        .parse()
        .map_err(|error: lettre::address::AddressError| error.to_string())?;
    let mut builder = Message::builder()
        .from(smtp.from.clone())
        .to(Mailbox::new(Some(plain(&envelope.name)), address))
        .message_id(Some(format!("<{}@halqa>", envelope.id)))
        .subject(letter.subject);
    if let Some(reply_to) = envelope.reply_to {
        builder = builder.reply_to(
            reply_to
                .parse()
                .map_err(|error: lettre::address::AddressError| error.to_string())?,
        );
    }
    let mut message = builder
        .multipart(MultiPart::alternative_plain_html(letter.text, letter.html))
        .map_err(|error| error.to_string())?;
    // No answering machine shall answer a machine (RFC 3834).
    let automatic = [("Auto-Submitted", "auto-generated".to_owned())];
    for (name, value) in automatic.into_iter().chain(envelope.headers) {
        let name = HeaderName::new_from_ascii(name.to_owned()).map_err(|e| e.to_string())?;
        let value: String = plain(&value).chars().filter(char::is_ascii).collect();
        // ASCII, and never folded inside an address.
        message
            .headers_mut()
            .insert_raw(HeaderValue::dangerous_new_pre_encoded(
                name,
                value.clone(),
                value,
            ));
    }
    Ok(message)
}

impl App {
    /// A mail as it would be sent, for tests and for those who look at it.
    pub fn rfc5322(&self, envelope: Envelope, letter: Letter) -> Result<String, String> {
        let from = Mailbox::new(
            Some("Halqa".into()),
            Address::new("halqa", "localhost").map_err(|error| error.to_string())?,
        );
        let smtp = Smtp {
            transport: AsyncSmtpTransport::<Tokio1Executor>::unencrypted_localhost(),
            from,
        };
        let message = written(&smtp, envelope, letter)?;
        String::from_utf8(message.formatted()).map_err(|error| error.to_string())
    }
}

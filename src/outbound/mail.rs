//! Mail: written as messages of the locales, kept in the outbox, sent over SMTP where configured.

use futures::future::BoxFuture;
use lettre::message::{Mailbox, MultiPart};
use lettre::transport::smtp::AsyncSmtpTransport;
use lettre::{Address, AsyncTransport, Message, Tokio1Executor};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use uuid::Uuid;

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
        let Some(smtp) = &app.mailer.0 else {
            return Err(JobError::Later("no mail server".into()));
        };
        let letter = compose(app, &mail).map_err(never)?;
        let address: Address = mail
            .to
            .parse()
            .map_err(|error: lettre::address::AddressError| never(error.to_string()))?;
        let name: String = mail.name.chars().filter(|c| !c.is_control()).collect();
        let message = Message::builder()
            .from(smtp.from.clone())
            .to(Mailbox::new(Some(name), address))
            // The same id on every try: a mail that arrived twice is known as one.
            .message_id(Some(format!("<{}@halqa>", job.id)))
            .subject(letter.subject)
            .multipart(MultiPart::alternative_plain_html(letter.text, letter.html))
            .map_err(|error| never(error.to_string()))?;
        match smtp.transport.send(message).await {
            Ok(_) => Ok(json!({ "to": mail.to, "message": mail.message })),
            Err(error) if error.is_permanent() => Err(JobError::Never(error.to_string())),
            Err(error) => Err(JobError::Later(error.to_string())),
        }
    })
}

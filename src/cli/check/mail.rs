//! The mail server: reached, and the credentials taken. No mail is sent.

use std::time::Duration;

use super::Findings;
use crate::config::Config;
use crate::outbound::mail::Mailer;

pub(super) async fn look(config: &Config) -> Findings {
    let mut findings = Findings::of("mail");
    let mend = "HALQA_SMTP_URL is smtps://user:password@host:465 or \
                smtp://user:password@host:587?tls=required; HALQA_MAIL_FROM is an address that \
                the server lets you send from.";
    let mailer = match Mailer::open(config) {
        Ok(mailer) => mailer,
        Err(error) => {
            findings.wrong(error.to_string(), mend);
            return findings;
        }
    };
    match tokio::time::timeout(Duration::from_secs(15), mailer.test()).await {
        Ok(None) => findings.note(
            "no mail server: invitations and reminders stay in the outbox",
            "Set HALQA_SMTP_URL; until then administrators hand the links on from /admin/outbox.",
        ),
        Ok(Some(Ok(()))) => findings.good("the mail server answers"),
        Ok(Some(Err(reason))) => findings.wrong(format!("the mail server: {reason}"), mend),
        Err(_) => findings.wrong("the mail server does not answer in fifteen seconds", mend),
    }
    let mend = "HALQA_INBOX_URL is imaps://user:password@host/INBOX, with what stands apart by @ \
                or / percent-encoded.";
    match (&config.inbox, crate::inbox::test(config)) {
        (None, _) => findings.note(
            "no mailbox: nobody can answer letters by mail",
            "Set HALQA_INBOX_ADDRESS, and HALQA_INBOX_URL unless the mail server pipes into \
             `halqa mail receive`.",
        ),
        (Some(_), test) => match tokio::time::timeout(Duration::from_secs(15), test).await {
            Ok(None) => findings.good("answers come through `halqa mail receive`"),
            Ok(Some(Ok(()))) => findings.good("the mailbox opens"),
            Ok(Some(Err(reason))) => findings.wrong(format!("the mailbox: {reason}"), mend),
            Err(_) => findings.wrong("the mailbox does not open in fifteen seconds", mend),
        },
    }
    findings
}

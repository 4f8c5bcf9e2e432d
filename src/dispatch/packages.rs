//! The thin packages: a manifest, a page, its script and its style. The same dispatch gives the
//! same bytes.

use serde_json::json;

use super::registry::{self, Dispatch};
use crate::App;
use crate::catalogue;
use crate::web::{Lang, Refusal};

const SCRIPT: &[u8] = include_bytes!("../../static/dispatch/dispatch.js");
const STYLE: &[u8] = include_bytes!("../../static/dispatch/dispatch.css");

/// What the other LMS reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standard {
    /// SCORM 1.2.
    Scorm12,
    /// SCORM 2004, 4th edition, with nothing the 3rd does not know.
    Scorm2004,
    /// cmi5.
    Cmi5,
}

impl Standard {
    /// All of them.
    pub const ALL: [Standard; 3] = [Standard::Scorm12, Standard::Scorm2004, Standard::Cmi5];

    /// Its name in addresses, and in the script.
    pub fn code(self) -> &'static str {
        match self {
            Standard::Scorm12 => "scorm12",
            Standard::Scorm2004 => "scorm2004",
            Standard::Cmi5 => "cmi5",
        }
    }

    /// From its name.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

/// Makes the package.
pub(super) async fn build(
    app: &App,
    dispatch: &Dispatch,
    standard: Standard,
) -> Result<Vec<u8>, Refusal> {
    let module = catalogue::module(app, dispatch.module).await?;
    let lang = Lang::from_code(&module.language).unwrap_or_default();
    let say = |key: &str| app.pages.locales.plain(lang, key, &[]);
    let config = json!({
        "home": app.config.public_url,
        "dispatch": dispatch.id,
        "key": registry::key(app, dispatch.id),
        "standard": standard.code(),
        "hash": dispatch.hash_ids,
        "names": dispatch.send_names,
        "words": {
            "wait": say("dispatch-client-wait"), "no_lms": say("dispatch-client-no-lms"),
            "offline": say("dispatch-client-offline"), "done": say("dispatch-client-done"),
        },
    });
    // Inside a script element, whatever would end it is written as JSON may write it.
    let config = config.to_string().replace('<', "\\u003c");
    let title = escaped(&module.title);
    let page = format!(
        "<!doctype html>\n<html lang=\"{}\" dir=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n\
         <link rel=\"stylesheet\" href=\"dispatch.css\">\n</head>\n<body>\n<p id=\"say\" role=\"status\"></p>\n\
         <script type=\"application/json\" id=\"config\">{config}</script>\n\
         <script src=\"dispatch.js\"></script>\n</body>\n</html>\n",
        lang.code(),
        lang.dir(),
    );
    let id = dispatch.id.simple().to_string();
    let (name, manifest) = match standard {
        Standard::Scorm12 => ("imsmanifest.xml", scorm12(&id, &title)),
        Standard::Scorm2004 => ("imsmanifest.xml", scorm2004(&id, &title)),
        Standard::Cmi5 => ("cmi5.xml", cmi5(app, &id, &title, lang)),
    };
    package::build::zip([
        (name, manifest.into_bytes()),
        ("index.html", page.into_bytes()),
        ("dispatch.js", SCRIPT.to_vec()),
        ("dispatch.css", STYLE.to_vec()),
    ])
    .map_err(|error| {
        tracing::error!(%error, "a dispatch's package");
        Refusal::new(rocket::http::Status::InternalServerError, "internal")
    })
}

const FILES: &str =
    "<file href=\"index.html\"/><file href=\"dispatch.js\"/><file href=\"dispatch.css\"/>";

fn scorm12(id: &str, title: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <manifest identifier=\"halqa-{id}\" version=\"1.0\" xmlns=\"http://www.imsproject.org/xsd/imscp_rootv1p1p2\" \
         xmlns:adlcp=\"http://www.adlnet.org/xsd/adlcp_rootv1p2\">\n\
         <metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>\n\
         <organizations default=\"o\"><organization identifier=\"o\"><title>{title}</title>\
         <item identifier=\"i\" identifierref=\"r\"><title>{title}</title></item></organization></organizations>\n\
         <resources><resource identifier=\"r\" type=\"webcontent\" adlcp:scormtype=\"sco\" href=\"index.html\">{FILES}</resource></resources>\n\
         </manifest>\n"
    )
}

fn scorm2004(id: &str, title: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <manifest identifier=\"halqa-{id}\" version=\"1.0\" xmlns=\"http://www.imsglobal.org/xsd/imscp_v1p1\" \
         xmlns:adlcp=\"http://www.adlnet.org/xsd/adlcp_v1p3\" xmlns:imsss=\"http://www.imsglobal.org/xsd/imsss\">\n\
         <metadata><schema>ADL SCORM</schema><schemaversion>2004 4th Edition</schemaversion></metadata>\n\
         <organizations default=\"o\"><organization identifier=\"o\"><title>{title}</title>\
         <item identifier=\"i\" identifierref=\"r\"><title>{title}</title><imsss:sequencing>\
         <imsss:deliveryControls completionSetByContent=\"true\" objectiveSetByContent=\"true\"/></imsss:sequencing></item>\
         <imsss:sequencing><imsss:controlMode choice=\"true\" flow=\"true\"/></imsss:sequencing></organization></organizations>\n\
         <resources><resource identifier=\"r\" type=\"webcontent\" adlcp:scormType=\"sco\" href=\"index.html\">{FILES}</resource></resources>\n\
         </manifest>\n"
    )
}

fn cmi5(app: &App, id: &str, title: &str, lang: Lang) -> String {
    let home = escaped(&app.config.public_url);
    let text = format!("<langstring lang=\"{}\">{title}</langstring>", lang.code());
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <courseStructure xmlns=\"https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd\">\n\
         <course id=\"{home}/dispatch/{id}\"><title>{text}</title><description>{text}</description></course>\n\
         <au id=\"{home}/dispatch/{id}/au\" moveOn=\"CompletedOrPassed\" launchMethod=\"AnyWindow\">\
         <title>{text}</title><description>{text}</description><url>index.html</url></au>\n\
         </courseStructure>\n"
    )
}

//! Two small packages of our own, made as an authoring tool would make them.

/// A page with two buttons: one saves half-way, one finishes with a score.
const PAGE: &str = r#"<!doctype html>
<html lang="fr"><head><meta charset="utf-8"><title>Leçon</title></head>
<body>
<h1>Leçon</h1>
<p id="where"></p>
<button id="half">À moitié</button>
<button id="finish">Terminer</button>
<button id="over">Tout finir</button>
<script>
function find(name) {
  for (let w = window, i = 0; i < 10; i += 1, w = w.parent) {
    if (w[name]) return w[name];
    if (w.parent === w) break;
  }
  return null;
}
const old = find("API");
const api = old || find("API_1484_11");
const call = (name, ...args) => api[(old ? "LMS" : "") + name](...args);
call("Initialize", "");
const location_ = old ? "cmi.core.lesson_location" : "cmi.location";
document.getElementById("where").textContent = "ici:" + call("GetValue", location_);
document.getElementById("half").onclick = () => {
  call("SetValue", location_, "page-2");
  call("SetValue", "cmi.suspend_data", "réponses=2");
  call("SetValue", old ? "cmi.core.exit" : "cmi.exit", "suspend");
  if (!old) call("SetValue", "cmi.progress_measure", "0.5");
  call("Commit", "");
  document.getElementById("where").textContent = "enregistré:page-2";
};
document.getElementById("finish").onclick = () => {
  if (old) {
    call("SetValue", "cmi.core.score.raw", "90");
    call("SetValue", "cmi.core.score.min", "0");
    call("SetValue", "cmi.core.score.max", "100");
    call("SetValue", "cmi.core.lesson_status", "passed");
    call("SetValue", "cmi.core.exit", "");
  } else {
    call("SetValue", "cmi.score.scaled", "0.9");
    call("SetValue", "cmi.completion_status", "completed");
    call("SetValue", "cmi.success_status", "passed");
    call("SetValue", "cmi.exit", "normal");
  }
  call(old ? "Finish" : "Terminate", "");
  document.getElementById("where").textContent = "fini";
};
document.getElementById("over").onclick = () => {
  call("SetValue", "cmi.completion_status", "completed");
  call("SetValue", "adl.nav.request", "exitAll");
  call("Terminate", "");
};
</script>
</body></html>"#;

fn zip(manifest: String) -> Vec<u8> {
    package::build::zip([
        ("imsmanifest.xml".to_owned(), manifest.into_bytes()),
        ("lecon.html".to_owned(), PAGE.as_bytes().to_vec()),
    ])
    .expect("a zip")
}

/// SCORM 1.2, one SCO.
pub fn scorm12(title: &str) -> Vec<u8> {
    zip(format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="m12" version="1.0" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
<metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>
<organizations default="o"><organization identifier="o"><title>{title}</title>
<item identifier="i1" identifierref="r1"><title>{title}</title></item></organization></organizations>
<resources><resource identifier="r1" type="webcontent" adlcp:scormtype="sco" href="lecon.html"><file href="lecon.html"/></resource></resources>
</manifest>"#
    ))
}

/// SCORM 2004 4th edition, one SCO.
pub fn scorm2004(title: &str) -> Vec<u8> {
    zip(format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="m2004" version="1.0" xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3" xmlns:imsss="http://www.imsglobal.org/xsd/imsss">
<metadata><schema>ADL SCORM</schema><schemaversion>2004 4th Edition</schemaversion></metadata>
<organizations default="o"><organization identifier="o"><title>{title}</title>
<item identifier="i1" identifierref="r1"><title>{title}</title></item>
<imsss:sequencing><imsss:controlMode choice="true" flow="true"/></imsss:sequencing></organization></organizations>
<resources><resource identifier="r1" type="webcontent" adlcp:scormType="sco" href="lecon.html"><file href="lecon.html"/></resource></resources>
</manifest>"#
    ))
}

/// SCORM 2004 4th edition, two SCOs to choose among and a third that a rule hides from choice.
pub fn chapters(title: &str) -> Vec<u8> {
    zip(format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="m2004c" version="1.0" xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3" xmlns:imsss="http://www.imsglobal.org/xsd/imsss">
<metadata><schema>ADL SCORM</schema><schemaversion>2004 4th Edition</schemaversion></metadata>
<organizations default="o"><organization identifier="o"><title>{title}</title>
<item identifier="i1" identifierref="r1"><title>Prévoir</title></item>
<item identifier="i2" identifierref="r1"><title>Suivre</title></item>
<item identifier="i3" identifierref="r1"><title>Corrigé</title><imsss:sequencing><imsss:sequencingRules><imsss:preConditionRule><imsss:ruleConditions><imsss:ruleCondition condition="always"/></imsss:ruleConditions><imsss:ruleAction action="hiddenFromChoice"/></imsss:preConditionRule></imsss:sequencingRules></imsss:sequencing></item>
<imsss:sequencing><imsss:controlMode choice="true" flow="true"/></imsss:sequencing></organization></organizations>
<resources><resource identifier="r1" type="webcontent" adlcp:scormType="sco" href="lecon.html"><file href="lecon.html"/></resource></resources>
</manifest>"#
    ))
}

/// SCORM 2004 3rd edition: a bank of tests that the menu does not show. A failed one is given once
/// more, and then the course ends: by rules alone.
pub fn bank(title: &str) -> Vec<u8> {
    let rule = |condition: &str, action: &str| {
        format!(
            r#"<imsss:postConditionRule><imsss:ruleConditions>{condition}</imsss:ruleConditions><imsss:ruleAction action="{action}"/></imsss:postConditionRule>"#
        )
    };
    let left = rule(
        r#"<imsss:ruleCondition operator="not" condition="attemptLimitExceeded"/>"#,
        "retry",
    );
    let spent = rule(
        r#"<imsss:ruleCondition condition="attemptLimitExceeded"/>"#,
        "exitAll",
    );
    let out = rule(r#"<imsss:ruleCondition condition="always"/>"#, "exitParent");
    let tests: String = ["t1", "t2"]
        .map(|id| format!(r#"<item identifier="{id}" identifierref="r1" isvisible="false"><title>{id}</title><imsss:sequencing><imsss:sequencingRules>{out}</imsss:sequencingRules></imsss:sequencing></item>"#))
        .concat();
    zip(format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="m2004b" version="1.0" xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3" xmlns:imsss="http://www.imsglobal.org/xsd/imsss">
<metadata><schema>ADL SCORM</schema><schemaversion>2004 3rd Edition</schemaversion></metadata>
<organizations default="o"><organization identifier="o"><title>{title}</title>
<item identifier="bank"><title>Examen</title>{tests}<imsss:sequencing><imsss:controlMode choice="false" flow="true"/>
<imsss:sequencingRules><imsss:preConditionRule><imsss:ruleConditions><imsss:ruleCondition condition="attemptLimitExceeded"/></imsss:ruleConditions><imsss:ruleAction action="disabled"/></imsss:preConditionRule>{left}{spent}</imsss:sequencingRules><imsss:limitConditions attemptLimit="2"/></imsss:sequencing></item>
<imsss:sequencing><imsss:controlMode choice="true" flow="true"/></imsss:sequencing></organization></organizations>
<resources><resource identifier="r1" type="webcontent" adlcp:scormType="sco" href="lecon.html"><file href="lecon.html"/></resource></resources>
</manifest>"#
    ))
}

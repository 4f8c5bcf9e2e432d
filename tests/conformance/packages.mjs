// ADL's LMS test packages, put together from the case data and, where the public suite is at hand,
// its own pages; without it a page of ours makes the same calls.

import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { zip } from './zip.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const read = (...path) => readFileSync(join(...path), 'utf8');

/** The names of all cases. */
export function cases(data) {
  return readdirSync(join(data, 'cases')).map((name) => name.replace(/\.json$/, '')).sort();
}

export function script(data, name) {
  return JSON.parse(read(data, 'cases', `${name}.json`));
}

/** Our own page: the parts of the suite's pages that matter, without its words. */
const PAGE = `<!doctype html><meta charset="utf-8"><title>SCO</title>
<script src="../common/lmsrtefunctions.js"></script><script src="../common/EmulationCode.js"></script>
<body onload="begin()" onunload="driver().completed()"><div id="NNLMSTestSCODriver"></div><p id="teststatus"></p><div id="directionText"></div>
<script>
const driver = () => document.getElementById('NNLMSTestSCODriver');
function begin() {
  const [, tc, act] = /tc=([^&]+)&act=([^&#]+)/.exec(location.search);
  driver().evalID(tc + '!' + act);
  const questions = driver().getUITestQuestions();
  if (!questions) return go();
  questions.split('~').forEach((text, n) => {
    document.getElementById('directionText').insertAdjacentHTML('beforeend',
      '<p>' + text + ' <input type=radio name=q' + n + ' id=tRadio' + n + '><input type=radio name=q' + n + ' id=fRadio' + n + '></p>');
  });
  document.getElementById('directionText').insertAdjacentHTML('beforeend', '<button id=submit>Submit</button>');
  document.getElementById('submit').onclick = () => {
    const all = document.querySelectorAll('[id^=tRadio]');
    driver().evaluateUIResults([...all].map((radio) => (radio.checked ? 'Y' : 'N')).join('~'));
    go();
  };
}
function go() {
  driver().runCommands();
  driver().curUserInstructions();
  doTerminate('');
}
</script>`;

const FUNCTIONS = `let api = null;
for (let w = window; !api && w.parent !== w; w = w.parent) api = w.parent.API_1484_11 ?? null;
const text = (name) => (...args) => String(api[name](...args));
for (const name of ['Initialize', 'Terminate', 'GetValue', 'SetValue', 'Commit', 'GetLastError', 'GetErrorString', 'GetDiagnostic']) window['do' + name] = text(name);`;

/**
 * One package as a zip. \`suite\`: the folder \`software_development/TestSuite/LMSRTE/Courses\` of the
 * public suite, or null.
 */
export function build({ data, suite, name, steps }) {
  const manifest = read(data, 'manifests', `${name}.xml`);
  const sco = `window.ADL_STEPS = ${JSON.stringify(steps)};\n${read(here, 'sco.js')}`;
  const files = { 'imsmanifest.xml': manifest, 'common/EmulationCode.js': sco, 'common/BrowserDetect.js': '', 'common/About.js': '', 'LMSTest.jar': '' };
  const pages = new Set([...manifest.matchAll(/href\s*=\s*"([^"]+\.html?)"/g)].map(([, page]) => page));
  for (const address of pages) {
    // One manifest says the folder in the address, the others in xml:base.
    const page = address.replace(/^resources\//, '');
    const found = suite && [join(suite, `LMSTestPackage_${name}`, 'resources', page), join(suite, 'SCODepot', page)].find(existsSync);
    if (suite && !found) throw new Error(`${name}: the suite has no ${page}`);
    files[`resources/${page}`] = found ? withoutApplet(readFileSync(found, 'latin1')) : PAGE;
  }
  if (suite) {
    files['common/lmsrtefunctions.js'] = readFileSync(join(suite, 'scripts/lmsrtefunctions.js'));
    files['includes/LMSTestContentPackages_style.css'] = readFileSync(join(suite, 'includes/LMSTestContentPackages_style.css'));
  } else files['common/lmsrtefunctions.js'] = FUNCTIONS;
  return zip(files);
}

/** The page with a plain element where the applet was; everything else is the suite's. */
function withoutApplet(page) {
  const from = page.indexOf('<object');
  const to = page.lastIndexOf('</object>');
  if (from < 0 || to < 0) throw new Error('a page without an applet');
  return `${page.slice(0, from)}<div id="NNLMSTestSCODriver"></div>${page.slice(to + '</object>'.length)}`;
}

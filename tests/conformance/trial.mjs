// Packages made elsewhere: each is imported into a running Halqa, launched in Chromium, touched as a
// curious person would, and left; then the session's journal tells what it did.
//
//   node tests/conformance/trial.mjs [--program PATH] [--packages FOLDER] [--outside FOLDER] [--results FILE] [--report FILE] [NAME…]
//
// `packages.json` beside this file names them with their sources; `--packages` (HALQA_PACKAGES_DIR)
// is a folder with NAME.zip for each. They are not ours and not part of this repository.
// `--outside` (HALQA_OUTSIDE_DIR): files to put into packages that load them from other hosts.
// `--results`: a file of one line per package tried; those in it already are not tried again.
// Exit code 1 when one neither launches nor is explained.

import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inside } from './outside.mjs';
import { Platform } from './platform.mjs';
import { SCO, Sitting, WRAPPER } from './sitting.mjs';
import { Browser, pause, until } from './webdriver.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, '../..');

/** In the SCO and the frames of its own origin: what is seen, and one click on what leads on. */
const LOOK = `
  const wins = [];
  (function walk(w) { try { w.document.body; wins.push(w); for (let n = 0; n < w.frames.length; n += 1) walk(w.frames[n]); } catch {} })(window);
  let text = 0, media = 0, missing = false;
  for (const w of wins) {
    const body = w.document.body;
    if (!body) continue;
    text += (body.innerText ?? '').trim().length;
    media += [...w.document.querySelectorAll('img,canvas,video,svg,object')].filter((e) => e.getClientRects().length > 0).length;
    missing ||= w.document.documentElement.classList.contains('content-note') || Boolean(w.document.querySelector('.content-note'));
  }
  const leads = /start|begin|next|continue|resume|submit|commencer|suivant|reprendre|valider|далее|начать|weiter|siguiente|avançar|iniciar|ابدأ|التالي/i;
  const seen = (window.halqaSeen ??= new WeakSet());
  let clicked = null;
  if (arguments[0]) for (const w of wins.reverse()) {
    const all = [...w.document.querySelectorAll('button,input[type=button],input[type=submit],a[href],[role=button],[onclick]')]
      .filter((e) => e.getClientRects().length > 0 && !e.disabled && !seen.has(e) && e.target !== '_blank');
    const found = all.find((e) => leads.test(e.innerText || e.value || e.title || e.getAttribute('aria-label') || '')) ?? all.find((e) => e.tagName !== 'A');
    if (found) { seen.add(found); clicked = (found.innerText || found.value || found.tagName).trim().slice(0, 30); found.click(); break; }
  }
  return { text, media, missing, clicked };`;

async function look(browser, click) {
  try {
    await browser.into(WRAPPER, SCO);
    return await browser.run(LOOK, click);
  } catch {
    return null;
  }
}

async function trial({ platform, browser, folder, libraries }, entry, learner) {
  const row = { ...entry };
  let bytes = readFileSync(fileOf(entry));
  if (entry.inside) bytes = inside(bytes, libraries);
  let found;
  try {
    found = await platform.api('POST', '/packages?publish=true', bytes, 'application/zip');
  } catch (error) {
    row.refused = /"code":"([a-z_]+)"/.exec(error.message)?.[1] ?? error.message;
    return row;
  }
  const { module, package: read } = found;
  row.edition = read.edition ?? read.format;
  row.activities = read.activities.filter((a) => a.launch).length;
  row.findings = {};
  for (const { code } of read.diagnosis) row.findings[code] = (row.findings[code] ?? 0) + 1;
  const me = new Sitting(platform, browser, module, learner);
  const launch = await platform.launch(module, learner);
  const calls = async () => {
    const made = [];
    for (let after = -1; after !== null; ) {
      const page = await platform.api('GET', `/sessions/${launch.session}/journal?after=${after}`);
      for (const { call } of page.entries) if (call) made.push(call.replace(/^LMS/, ''));
      after = page.next;
    }
    return made;
  };
  await browser.go(launch.url).catch(() => {});
  // A course that opens with its menu: the first of it.
  const playing = await until(async () => (await look(browser, false)) !== null, 12_000);
  if (!playing) {
    const first = (await me.page().catch(() => null))?.items.find((i) => i.visible && i.choosable);
    if (first) await me.choose(first.title.trim()).catch(() => {});
  }
  // A course whose first activity holds nothing: another one of its menu.
  if (entry.open) await me.choose(entry.open);
  let initialized = await until(async () => (await calls()).includes('Initialize'), entry.expect === 'shown' ? 4_000 : 12_000, 400);
  row.seen = await until(async () => {
    const seen = await look(browser, false);
    return seen && (seen.text > 0 || seen.media > 0) ? seen : null;
  }, 10_000, 300);
  row.clicked = [];
  for (let n = 0; n < 8; n += 1) {
    await pause(500);
    const seen = await look(browser, true);
    if (seen?.clicked) row.clicked.push(seen.clicked);
    else break;
  }
  if (process.env.HALQA_SHOTS) {
    await browser.into().catch(() => {});
    writeFileSync(join(process.env.HALQA_SHOTS, `trial-${entry.zip}.png`), await browser.picture().catch(() => ''));
  }
  await browser.go('about:blank').catch(() => {});
  await pause(1200);
  const made = await calls();
  initialized ||= made.includes('Initialize');
  row.initialized = Boolean(initialized);
  row.sets = made.filter((call) => call === 'SetValue').length;
  row.gets = made.filter((call) => call === 'GetValue').length;
  row.ended = made.some((call) => call === 'Terminate' || call === 'Finish');
  row.launched = row.initialized || Boolean(row.seen && !row.seen.missing);
  return row;
}

const given = { names: [] };
for (const list = process.argv.slice(2); list.length > 0; ) {
  const word = list.shift();
  if (word.startsWith('--')) given[word.slice(2)] = list.shift();
  else given.names.push(word);
}
const folder = given.packages ?? process.env.HALQA_PACKAGES_DIR;
if (!folder || !existsSync(folder)) {
  console.log('skipped: no packages (set HALQA_PACKAGES_DIR)');
  process.exit(0);
}
/** `of`: the package of another entry, tried in another way. */
const fileOf = (entry) => join(folder, `${entry.of ?? entry.zip}.zip`);
const all = JSON.parse(readFileSync(join(here, 'packages.json'), 'utf8'));
const chosen = all.filter((e) => given.names.length === 0 || given.names.includes(e.zip));
const libraries = given.outside ?? process.env.HALQA_OUTSIDE_DIR;
const platform = await Platform.start(resolve(given.program ?? process.env.HALQA_PROGRAM ?? join(root, 'target/debug/halqa')));
const rows = [];
const earlier = given.results && existsSync(given.results) ? readFileSync(given.results, 'utf8').split('\n').filter(Boolean).map((l) => JSON.parse(l)) : [];
try {
  for (const [n, entry] of chosen.entries()) {
    const known = earlier.findLast((row) => row.zip === entry.zip && !row.broke);
    if (known) {
      const { remark, expect } = entry;
      rows.push({ ...known, remark, expect });
      continue;
    }
    if (!existsSync(fileOf(entry)) || (entry.inside && !libraries)) {
      console.log(`absent ${entry.zip}`);
      continue;
    }
    const browser = await Browser.open({ more: ['--autoplay-policy=no-user-gesture-required'] });
    try {
      const row = await trial({ platform, browser, folder, libraries }, entry, `trial-${n}`);
      rows.push(row);
      if (given.results) appendFileSync(given.results, `${JSON.stringify(row)}\n`);
      const { zip, repository, path, made, ...rest } = row;
      console.log(`${verdict(row)} ${zip} ${JSON.stringify(rest)}`);
    } catch (error) {
      rows.push({ ...entry, broke: error.message });
      console.log(`FAIL ${entry.zip} ${error.message}`);
    } finally {
      await browser.close();
    }
  }
} finally {
  await platform.stop();
}

/** What came of it: `ok`, `said` (explained in the list) or `FAIL`. */
function verdict(row) {
  const fine = row.refused ? row.expect === row.refused : row.initialized || (row.launched && row.expect === 'shown');
  return fine ? 'ok  ' : row.remark ? 'said' : 'FAIL';
}

const imported = rows.filter((row) => !row.refused && !row.broke);
const launched = imported.filter((row) => row.launched);
const initialized = imported.filter((row) => row.initialized);
const byEdition = new Map();
for (const row of launched) byEdition.set(row.edition, (byEdition.get(row.edition) ?? 0) + 1);
const summary = `${rows.length} packages tried, ${imported.length} imported, ${launched.length} launched, of which ${initialized.length} called the run-time and ${initialized.filter((r) => r.sets > 0).length} set values`;
console.log(summary);
if (given.report) writeFileSync(given.report, report());
process.exitCode = rows.some((row) => verdict(row) === 'FAIL') ? 1 : 0;

function report() {
  const source = ({ repository, path }) =>
    `[${repository}${path ? `: ${path}` : ''}](https://github.com/${repository}${path ? `/tree/HEAD/${encodeURI(path)}` : ''})`;
  const found = ({ findings }) => Object.entries(findings ?? {}).map(([code, n]) => (n > 1 ? `${code} ×${n}` : code)).join(', ');
  const line = (row) => {
    if (row.broke) return `| ${row.zip} | ${source(row)} | | not tried: ${row.broke} | | | |`;
    if (row.refused) return `| ${row.zip} | ${source(row)} | | refused: \`${row.refused}\` | | | ${row.remark ?? ''} |`;
    const said = [row.remark, row.earlier && 'tried earlier the same day, nothing clicked'].filter(Boolean).join('; ');
    const how = row.initialized ? 'yes' : row.launched ? 'content shown' : 'no';
    const calls = row.initialized ? `${row.sets}` : '';
    return `| ${row.zip} | ${source(row)} | ${row.edition}, ${row.activities} | yes${found(row) ? `: ${found(row)}` : ''} | ${how} | ${calls} | ${said} |`;
  };
  return `# Packages made elsewhere

Written by \`HALQA_REPORT=1 scripts/conformance packages\`; do not edit. Public packages that nobody here made, imported through \`POST /api/v1/packages\` into a running platform (SQLite) and launched in Chromium through \`POST /api/v1/modules/{id}/launches\`. None of them is part of this repository: \`tests/conformance/packages.json\` names them with their sources. “folder” sources were zipped as they stand; repositories were at hand without files above 4 MiB, hence some \`file_missing\`.

**${summary}.** Launched by edition: ${[...byEdition].map(([edition, n]) => `${edition} ${n}`).join(', ')}.

Launched “yes”: the package found its API and initialised (read in the session's journal). “Values set”: calls of SetValue that the platform journaled, while the runner clicked up to eight of the package's own buttons. “Content shown”: it makes no call at all, and the runner saw text or pictures in its frame.

| package | source | edition, launchable | import: what the diagnosis found | launched | values set | remarks |
|---|---|---|---|---|---|---|
${rows.map(line).join('\n')}
`;
}

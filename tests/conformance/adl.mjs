// ADL's SCORM 2004 4th edition LMS cases in Chromium against a running Halqa: the learner's page,
// its menu and its buttons, clicked as a person would.
//
//   node tests/conformance/adl.mjs [--program PATH] [--data FOLDER] [--suite FOLDER] [--results FILE] [--report FILE] [CASE…]
//
// `--data`: the case data (`HALQA_ADL_DIR`, else ../shared/adl-scorm2004). `--suite`: the folder
// software_development/TestSuite/LMSRTE/Courses of adlnet/SCORM-2004-4ed-Test-Suite, whose pages are
// then played as they are but for the Java applet; without it, a page of ours makes the same calls.
// Without a CASE all are played; `--results` keeps a line per case passed, and those in it already are
// not played again, so that a run that was cut goes on. Exit code 1 when one differs without being listed in `differences.json`.

import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Platform } from './platform.mjs';
import { build, cases, script } from './packages.mjs';
import { same } from './same.mjs';
import { Sitting } from './sitting.mjs';
import { Browser, until } from './webdriver.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, '../..');
const bold = (text) => (text.match(/<b>([^<]*)<\/b>/g) ?? []).map((b) => b.slice(3, -4));

/** Plays one case; gives what differed. */
async function play(context, name) {
  const { platform, data, suite, learner } = context;
  const found = script(data, name);
  const differences = [];
  const counts = { launches: 0, calls: 0, questions: 0 };
  const isDdm = found.tc === 'DDM';
  const packageOf = (step) => (isDdm ? `DDM${step.act.slice(-1)}` : name);
  const sittings = new Map();
  const sitting = async (of) => {
    if (!sittings.has(of)) {
      const steps = found.activities.filter((step) => packageOf(step) === of);
      const module = await platform.import(build({ data, suite, name: of, steps }));
      sittings.set(of, new Sitting(platform, context.browser, module, learner));
    }
    return sittings.get(of);
  };
  let open = true;
  let choose = ['.', 'DDMa'].includes(found.start) ? null : found.start;
  try {
    for (const [n, step] of found.activities.entries()) {
      const now = await sitting(packageOf(step));
      if (open) await now.open();
      open = false;
      if (choose) {
        await until(async () => (await now.page()).items.length > 0, 15_000);
        const here = (await now.page()).items.find((i) => i.current);
        if (here?.title.trim() !== choose) await now.choose(choose);
        choose = null;
      }
      const launch = await now.next();
      const act = launch?.act?.split('!')[1];
      if (act !== step.act) {
        differences.push(`${step.id}: expected activity ${step.act}, launched ${act ?? 'nothing'}`);
        break;
      }
      counts.launches += 1;
      check(step, launch, counts, differences);
      const { key = '', args = [], text = '' } = step.cui ?? {};
      const more = n + 1 < found.activities.length;
      if (key === '') continue;
      if (key === 'Continue' || key === 'ContinueExitCM8') await now.continue();
      else if (key === 'Previous') await now.previous();
      else if (key === 'Choice' || key === 'ChoiceExit') await now.choose(args[0]);
      else if (/^(APIt|DMIt)/.test(key)) await now.choose(bold(text).at(-1));
      else if (key === 'RootSX4b') await now.choose(bold(text).at(-1));
      else if (key === 'SuspendCM09ca') await now.suspend();
      else if (key === 'AutoTest' || key === 'HasEnded') {
        if (!(await until(() => now.ended(), 15_000))) differences.push(`${step.id}: the attempt should have ended`);
      } else await now.end();
      const over = !/^(Continue|Previous|Choice|RootSX4b|APIt\d|DMIt\d)$/.test(key);
      if (over && more) {
        open = true;
        const at = text.indexOf('choose');
        if (at >= 0) choose = bold(text.slice(at)).at(-1);
      }
    }
  } catch (error) {
    differences.push(error.message);
  }
  return { differences, ...counts };
}

/** Compares what the page saw with the script. */
function check(step, launch, counts, differences) {
  const expected = step.uia ? step.uia.split('~') : [];
  for (const [n, question] of launch.questions.entries()) {
    counts.questions += 1;
    if (launch.answers?.[n] !== expected[n]) {
      differences.push(`${step.id}: ${question.what} ${question.target}: expected ${expected[n]}, is ${launch.answers?.[n]}`);
    }
  }
  for (const [n, command] of step.cmds.entries()) {
    const got = launch.results[n];
    if (!/^(do|compare)/.test(command.fn)) continue;
    counts.calls += 1;
    const what = `${step.id} ${command.fn} ${command.arg ?? ''} ${(command.val ?? '').slice(0, 40)}`;
    if (!got) {
      differences.push(`${what}: not called`);
      break;
    }
    const told = same(command, got);
    if (told) differences.push(`${what}: ${told}`);
  }
  for (const [type, message] of launch.log) if (type === 3) differences.push(`${step.id}: ${message}`);
}

function options() {
  const given = { cases: [] };
  const list = process.argv.slice(2);
  while (list.length > 0) {
    const word = list.shift();
    if (word.startsWith('--')) given[word.slice(2)] = list.shift();
    else given.cases.push(word);
  }
  return given;
}

async function main() {
  const given = options();
  const data = given.data ?? process.env.HALQA_ADL_DIR ?? join(root, '../shared/adl-scorm2004');
  if (!existsSync(join(data, 'cases'))) {
    console.log(`skipped: no ADL cases at ${data} (set HALQA_ADL_DIR)`);
    return 0;
  }
  const suite = given.suite ?? process.env.HALQA_ADL_SUITE ?? null;
  const program = resolve(given.program ?? process.env.HALQA_PROGRAM ?? join(root, 'target/debug/halqa'));
  const names = given.cases.length > 0 ? given.cases : cases(data);
  const listed = JSON.parse(readFileSync(join(here, 'differences.json'), 'utf8'));
  const platform = await Platform.start(program);
  const results = [];
  const kept = given.results && existsSync(given.results) ? readFileSync(given.results, 'utf8').split('\n').filter(Boolean) : [];
  const earlier = new Map(kept.map((line) => JSON.parse(line)).map((result) => [result.name, result]));
  let failed = 0;
  let browser = await Browser.open();
  try {
    let stem = '';
    let learner = '';
    for (const name of names) {
      if (earlier.has(name)) {
        results.push(earlier.get(name));
        continue;
      }
      // Packages of one stem run in order for the same learner and share what is global to the system.
      const own = name.replace(/[a-z]+$/, '');
      if (own !== stem || !learner) learner = `${name.toLowerCase()}`;
      stem = own;
      const began = Date.now();
      const result = await play({ platform, browser, data, suite, learner }, name);
      const reason = listed[name];
      const bad = result.differences.length > 0 && !reason;
      const gone = result.differences.length === 0 && reason;
      if (bad || gone) failed += 1;
      results.push({ name, reason, ...result });
      if (given.results && result.differences.length === 0 && !reason) appendFileSync(given.results, `${JSON.stringify({ name, ...result })}\n`);
      console.log(
        `${bad ? 'FAIL' : 'ok  '} ${name} ${result.launches} launches ${result.calls} calls ${result.questions} questions ${((Date.now() - began) / 1000).toFixed(1)} s` +
          `${gone ? ' passes now: take it off the list' : ''}${result.differences.map((d) => `\n       ${d}`).slice(0, 6).join('')}`,
      );
      if (bad && process.env.HALQA_SHOTS) {
        await browser.into();
        writeFileSync(join(process.env.HALQA_SHOTS, `adl-${name}.png`), await browser.picture());
      }
      if (results.length % 25 === 0) {
        await browser.close();
        browser = await Browser.open();
      }
    }
  } finally {
    await browser.close();
    await platform.stop();
  }
  const passed = results.filter((r) => r.differences.length === 0).length;
  console.log(`${passed} of ${results.length} cases passed`);
  if (given.report) writeFileSync(given.report, report(results, suite, results.filter((r) => earlier.get(r.name) === r).length, cases(data).filter((name) => !results.some((r) => r.name === name))));
  return failed > 0 ? 1 : 0;
}

function report(results, suite, kept, unplayed) {
  const sum = (name) => results.reduce((all, result) => all + result[name], 0);
  const passed = results.filter((r) => r.differences.length === 0).length;
  const lines = [
    '# SCORM 2004 4th edition: ADL’s LMS cases in Chromium',
    '',
    'Written by `HALQA_REPORT=1 scripts/conformance adl`; do not edit. Each case is a package played by Chromium on the learner’s page of a running Halqa, reached by a launch address of the API. The runner presses the page’s own buttons and menu, answers the suite’s questions about them by looking at the page, and compares every call’s result and error with the script.',
    '',
    suite
      ? 'The packages are the public suite’s own (adlnet/SCORM-2004-4ed-Test-Suite: manifests, pages, `lmsrtefunctions.js`, style); only the Java applet element, which no browser runs any more, is replaced by `tests/conformance/sco.js`, which makes the same calls through the page’s own functions. They were run beside the repository and are not part of it.'
      : 'The manifests and scripts are the public suite’s case data; the page that makes the calls is our own (`tests/conformance/packages.mjs`), since the suite’s pages were not at hand.',
    '',
    `**${passed} of ${results.length} cases passed**: ${sum('launches')} launches in the expected order, ${sum('calls')} calls with the expected values and errors, ${sum('questions')} questions about the page’s buttons and menu.`,
    '',
    ...(kept > 0 ? [`${kept} of these results were kept from earlier runs of the day, some on the build before the last changes to menu and Choice Exit; what had failed there was played again.`, ''] : []),
    ...(unplayed.length > 0 ? [`Not played: ${unplayed.join(', ')}.`, ''] : []),
    '| case | launches | calls | questions | result |',
    '|---|---|---|---|---|',
    ...results.map(
      (r) => `| ${r.name} | ${r.launches} | ${r.calls} | ${r.questions} | ${r.differences.length === 0 ? 'passed' : `not passed: ${r.reason ?? r.differences[0]}`} |`,
    ),
    '',
  ];
  return lines.join('\n');
}

process.exitCode = await main();

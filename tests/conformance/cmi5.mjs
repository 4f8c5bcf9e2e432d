// ADL CATAPULT's LMS suite and course examples against a Halqa of its own.
//
//   node tests/conformance/cmi5.mjs CHECKOUT [--program PATH] [--report FILE] [--only suite|examples] [--test PATTERN]
//
// CHECKOUT is a checkout of adlnet/CATAPULT whose lts/ was prepared (scripts/conformance-cmi5 does
// it). `--report` writes what came out into the page, below its mark. Exit status 1 when a test
// failed or an example does not begin.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Platform } from './platform.mjs';
import { Browser, until } from './webdriver.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const given = { rest: [] };
for (const list = process.argv.slice(2); list.length > 0; ) {
  const word = list.shift();
  if (word.startsWith('--')) given[word.slice(2)] = list.shift();
  else given.rest.push(word);
}
const checkout = resolve(given.rest[0] ?? '.');
const lts = join(checkout, 'lts');
const MARK = '<!-- Below: written by scripts/conformance-cmi5. -->';

function suite(platform, folder) {
  const staff = { email: 'staff@catapult.example', password: 'quatre-vingt-sept' };
  spawnSync(platform.program, ['users', 'add', '--email', staff.email, '--name', 'Staff', '--role', 'admin', '--password-stdin'], { env: platform.env, input: staff.password });
  const client = JSON.parse(platform.command('lrs', 'add-credential', '--name', 'catapult', '--json'));
  const config = join(folder, 'puppeteer.cjs');
  writeFileSync(config, `module.exports = { launch: { executablePath: ${JSON.stringify(process.env.CHROMIUM ?? '/usr/bin/chromium')}, headless: true, args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'] } };`);
  const output = join(folder, 'results.json');
  const run = spawnSync('npx', ['jest', '--runInBand', '--testTimeout=90000', ...(given.test ? ['-t', given.test] : []), '--json', `--outputFile=${output}`], {
    cwd: lts,
    env: {
      ...process.env,
      CATAPULT_LMS: join(here, 'cmi5-lms.cjs'),
      CATAPULT_LTS: lts,
      JEST_PUPPETEER_CONFIG: config,
      JEST_JUNIT_OUTPUT_DIR: folder,
      HALQA_URL: platform.url,
      HALQA_TOKEN: platform.token,
      HALQA_LRS: `${client.user}:${client.password}`,
      HALQA_STAFF: `${staff.email}:${staff.password}`,
    },
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  try {
    const results = JSON.parse(readFileSync(output, 'utf8'));
    // What the lessons said about their failures, which the suite writes to its console.
    if (results.numFailedTests > 0) console.log(`${run.stdout}${run.stderr}`.split('\n').filter((line) => /^\s+\d+\.\d+\.\d+\.\d+-\d+/.test(line) && !/\(\d+ ms\)/.test(line)).join('\n'));
    return results;
  } catch {
    throw new Error(`the suite did not run:\n${run.stdout}\n${run.stderr}`);
  }
}

/** The statements of a module's learner, in order: the last parts of their verbs. */
async function told(platform, client, registration) {
  const response = await fetch(`${platform.url}/xapi/statements?ascending=true&registration=${registration}`, {
    headers: { authorization: `Basic ${Buffer.from(`${client.user}:${client.password}`).toString('base64')}`, 'x-experience-api-version': '1.0.3' },
  });
  return (await response.json()).statements;
}

const verb = (statement) => statement.verb.id.split('/').pop();

/** In an example: reads to its last page, answers the quiz there with the helper it has for its makers. */
const READ = `
  if (typeof course === 'undefined' || !course) return null;
  for (let n = 0; n < course.pageList.length; n += 1) course.gotoPage(n);
  const asks = Boolean(document.getElementById('page' + course.pageList.at(-1)).dataset.questions);
  if (asks) { course.autopass(); course.submitAnswers(); }
  return { pages: course.pageList.length, asks, shown: document.body.innerText.trim().length };`;

/** Imports an example and plays each of its units to the end. */
async function example(platform, client, browser, name) {
  const zip = readFileSync(join(checkout, 'course_examples/packages', `${name}.zip`));
  const found = await platform.api('POST', '/packages?publish=true', zip, 'application/zip');
  const launched = await platform.launch(found.module, name);
  const row = { name, title: found.package.title, findings: found.package.diagnosis.length, units: [] };
  const units = found.package.activities.map((activity, n) => ({ ...activity, place: n - 1 })).filter((activity) => activity.launch);
  await browser.go(launched.url);
  const list = `${platform.url}/modules/${found.module.slug}/units/${launched.session}`;
  let registration = null;
  for (const unit of units) {
    await browser.go(list);
    await browser.click(`form[action$="/${unit.place}"] button`);
    const address = await until(async () => /registration=([0-9a-f-]{36})/.exec(await browser.run('return location.href').catch(() => '')), 30_000);
    if (!address) {
      row.units.push({ title: unit.title, begun: false });
      continue;
    }
    registration = address[1];
    const said = async (...verbs) => (await told(platform, client, registration)).some((s) => s.object.id.endsWith(`/${unit.place}`) && verbs.includes(verb(s)));
    const begun = await until(() => said('initialized'), 30_000, 300);
    // The helper speaks once the unit has heard that it is initialized.
    await until(() => browser.run('return document.getElementById("content")?.innerText.length > 0').catch(() => false), 10_000);
    const read = await browser.run(READ).catch((error) => ({ error: error.message.slice(0, 120) }));
    const reached = await until(() => (read?.asks ? said('passed') : said('completed', 'passed')), 15_000, 300);
    await browser.run('course.exit()').catch(() => {});
    const ended = await until(() => said('terminated'), 15_000, 300);
    const back = await until(async () => (await browser.run('return location.href').catch(() => '')).includes(`/units/${launched.session}`), 15_000);
    row.units.push({ title: unit.title, begun: Boolean(begun), ...read, reached: Boolean(reached), ended: Boolean(ended), back: Boolean(back) });
  }
  row.satisfied = registration ? (await told(platform, client, registration)).filter((s) => verb(s) === 'satisfied').length : 0;
  const [progress] = await platform.api('GET', `/progress?learner=${name}@conformance.example&module=${found.module.slug}`);
  return { ...row, state: progress?.state, success: progress?.success, score: progress?.score };
}

const good = (row) => row.state === 'completed' && row.units.every((unit) => unit.begun && unit.reached && unit.ended && unit.back);
const cell = (text) => String(text ?? '').replace(/\s+/g, ' ').replace(/\|/g, '\\|').trim();

function page(results, examples, seconds) {
  const lines = [MARK, ''];
  const day = new Date().toISOString().slice(0, 10);
  const { stdout } = spawnSync('git', ['-C', checkout, 'rev-parse', '--short', 'HEAD'], { encoding: 'utf8' });
  const at = process.env.CATAPULT_COMMIT ?? stdout.trim();
  if (results) {
    lines.push(`## ADL CATAPULT's LMS suite, test by test`, '');
    lines.push(`adlnet/CATAPULT${at ? ` at ${at}` : ''}, ${day}, ${process.env.HALQA_DATABASE_URL?.startsWith('postgres') ? 'PostgreSQL' : 'SQLite'}, Chromium: **${results.numPassedTests} of ${results.numTotalTests} passed**, ${results.numFailedTests} failed, ${results.numPendingTests} skipped, in ${Math.round(seconds)} s. (Its own player passes 86.)`, '');
    lines.push('| test package | what must be | result |', '|---|---|---|');
    for (const file of results.testResults.toSorted((a, b) => a.name.localeCompare(b.name))) {
      for (const test of file.assertionResults) {
        const place = test.ancestorTitles.join(' ').replace(/Post execution validation/, '').replace(/^(Valid|Invalid) package is (imported|rejected), Test package: /, '$2: ').replace(/^Test package: /, '');
        lines.push(`| ${cell(place)} | ${cell(test.title)} | ${test.status} |`);
      }
    }
    lines.push('');
  }
  if (examples) {
    lines.push('## Its course examples, played in Chromium', '');
    lines.push('Each was imported, each unit opened from the list of units, read page by page, its quiz answered with the right answers, and left by its own exit button.', '');
    lines.push('| example | units | begun | reached | came back | `satisfied` | progress store | result |', '|---|---|---|---|---|---|---|---|');
    for (const row of examples) {
      const count = (name) => `${row.units.filter((unit) => unit[name]).length}`;
      lines.push(`| ${row.name} | ${row.units.length} | ${count('begun')} | ${count('reached')} | ${count('back')} | ${row.satisfied} | ${row.state}, ${row.success}, ${row.score ?? '–'} | ${good(row) ? 'passed' : 'failed'} |`);
    }
    lines.push('');
  }
  return lines.join('\n');
}

const folder = mkdtempSync(join(tmpdir(), 'halqa-cmi5-'));
const program = resolve(given.program ?? process.env.HALQA_PROGRAM ?? join(here, '../../target/debug/halqa'));
// The suite's structures name units on other sites; an operator allows that by hand.
const platform = await Platform.start(program, { HALQA_PACKAGE_REMOTE: 'true' });
let results = null;
let examples = null;
const begun = Date.now();
try {
  if (given.only !== 'examples') {
    results = suite(platform, folder);
    for (const file of results.testResults) {
      if (file.assertionResults.length === 0) console.log(file.message);
      for (const test of file.assertionResults.filter((t) => t.status === 'failed')) console.log(`FAIL ${test.fullName}\n     ${test.failureMessages.join('\n').slice(0, 700)}`);
    }
    console.log(`CATAPULT LMS suite: ${results.numPassedTests} of ${results.numTotalTests} passed, ${results.numFailedTests} failed, ${results.numPendingTests} skipped`);
  }
  const seconds = (Date.now() - begun) / 1000;
  if (given.only !== 'suite') {
    const client = JSON.parse(platform.command('lrs', 'add-credential', '--name', 'examples', '--json'));
    const browser = await Browser.open();
    examples = [];
    try {
      for (const file of readdirSync(join(checkout, 'course_examples/packages')).sort()) {
        const row = await example(platform, client, browser, file.replace(/\.zip$/, ''));
        examples.push(row);
        console.log(`${good(row) ? 'ok  ' : 'FAIL'} ${row.name}: ${row.units.length} units, ${row.satisfied} satisfied, ${row.state}, ${row.success}, ${row.score}`);
        if (!good(row)) console.log(JSON.stringify(row.units));
      }
    } finally {
      await browser.close();
    }
  }
  if (given.report) {
    const before = readFileSync(given.report, 'utf8').split(MARK)[0].trimEnd();
    writeFileSync(given.report, `${before}\n\n${page(results, examples, seconds)}`);
  }
} finally {
  await platform.stop();
  rmSync(folder, { recursive: true, force: true });
}
process.exit((results && (results.numFailedTests > 0 || !results.success)) || (examples && !examples.every(good)) ? 1 : 0);

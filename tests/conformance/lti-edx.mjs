// The LTI platform of Open edX launches us: an author picks a module, learners play it in the course's
// page, and their grades stand there. Run by scripts/conformance-lti-edx.

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MODULE, browser, finish, play, press, shot, step, wait } from './lti.mjs';
import { Platform } from './platform.mjs';
import { freePort, until } from './webdriver.mjs';

const { HALQA_PROGRAM, EDX_PYTHON } = process.env;
const TOOL = ['#tool'];
const STAGE = [...TOOL, '[data-stage] > iframe', 'iframe'];

const port = await freePort();
const base = `http://127.0.0.1:${port}`;
const folder = mkdtempSync(join(tmpdir(), 'halqa-edx-'));
const halqa = await Platform.start(HALQA_PROGRAM, { HALQA_OUTBOUND_ALLOW: `127.0.0.1:${port}` });
const edx = spawn(EDX_PYTHON, [fileURLToPath(new URL('lti-edx.py', import.meta.url)), String(port), halqa.url, folder], {
  stdio: ['ignore', 'ignore', process.env.HALQA_LOUD ? 'inherit' : 'ignore'],
});
const ask = (path) => fetch(`${base}${path}`).then((answer) => (answer.ok ? answer.json() : null), () => null);
const grade = async (login, wanted) => {
  const found = await until(async () => ((await ask('/state'))?.grades[login]?.score === wanted ? true : null), 60_000, 500);
  if (!found) throw new Error(`no grade of ${login}: ${JSON.stringify(await ask('/state'))}`);
  const { comment } = (await ask('/state')).grades[login];
  if (/\d/.test(comment)) throw new Error(`the grade of ${login} stands beside what was said before it: ${comment}`);
};

try {
  const registration = await until(() => ask('/registration'), 60_000, 500);
  if (!registration) throw new Error('Open edX does not start');
  console.log(`Open edX at ${base}, Halqa at ${halqa.url}`);
  await halqa.import(MODULE);
  await step('registered by hand, as an operator does', async () => {
    halqa.command('lti', 'add-platform', '--name', 'Open edX', '--issuer', registration.issuer, '--client-id', registration.client_id,
      '--auth-url', registration.auth_url, '--token-url', registration.token_url, '--jwks-url', registration.jwks_url);
  });

  const author = await browser();
  await step('an author deep-links a module', async () => {
    await author.go(`${base}/studio?user=prof`);
    await press(author, TOOL, 'input[name=module]');
    await author.into();
    await shot(author, 'edx-shelf');
    await press(author, TOOL, 'main .btn-main[name=do]');
    const items = await until(async () => ((await ask('/state'))?.items.length ? (await ask('/state')).items : null), 30_000, 500);
    await shot(author, 'edx-picked');
    if (!items) throw new Error('nothing was picked');
    if (items.length !== 1 || items[0].title !== 'Tenir une caisse') throw new Error(JSON.stringify(items));
  });

  await step('a learner plays it in the course’s page; progress, then the grade', async () => {
    const amel = await browser();
    await amel.go(`${base}/course?user=amel`);
    await wait(amel, STAGE, '#done', 60_000);
    await amel.into();
    await shot(amel, 'edx-launch');
    await play(amel, STAGE);
    await grade('amel', 85);
    const { columns, scores } = await ask('/state');
    if (columns.length !== 1 || columns[0].score_maximum !== 100) throw new Error(JSON.stringify(columns));
    if (scores[0].activity_progress !== 'Completed') throw new Error(JSON.stringify(scores));
  });

  await step('third-party cookies blocked', async () => {
    const wafa = await browser({ more: ['--test-third-party-cookie-phaseout'] });
    await wafa.go(`${base}/course?user=wafa`);
    await wait(wafa, STAGE, '#done', 60_000);
    await play(wafa, STAGE);
    await grade('wafa', 85);
  });

  await step('the author sees the class, and who has not begun (NRPS)', async () => {
    await author.go(`${base}/course?user=prof`);
    await press(author, TOOL, 'button[name=do][value=members]');
    const named = await until(async () => {
      await author.into(...TOOL);
      const text = await author.run('return document.body.innerText');
      return text.includes('Lotfi Hamdi') && text.includes('Amel Ben Salah') ? text : null;
    }, 30_000, 300);
    await author.into();
    await shot(author, 'edx-class');
    if (!named) throw new Error('the member who has not begun is not named');
  });
  console.log(JSON.stringify(await ask('/state'), null, 1));
} finally {
  await finish();
  edx.kill();
  await halqa.stop();
  rmSync(folder, { recursive: true, force: true });
}

// Moodle launches us: it registers us by itself, an instructor picks a module, learners play it in
// Moodle's page, and their grades stand in Moodle's gradebook. Run by scripts/conformance-lti-moodle.

import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { MODULE, browser, fill, finish, play as playIn, press, shot, step, wait } from './lti.mjs';
import { Platform } from './platform.mjs';
import { until } from './webdriver.mjs';

const { HALQA_PROGRAM, MOODLE, MOODLE_URL, MOODLE_ADMIN_PASSWORD } = process.env;
const PASSWORD = 'Halqa-Moodle-2026!';
const ADMIN = 'admin@halqa.example';

/** What the machine of Moodle does; see lti-moodle.php. */
const moodle = (...args) =>
  JSON.parse(
    execFileSync('php', [fileURLToPath(new URL('lti-moodle.php', import.meta.url)), MOODLE, ...args.map(String)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    }),
  );

async function signInToMoodle(of, login, password = PASSWORD) {
  // The form's token may be of a page that was made anew: a person would try again, too.
  for (let tries = 0; tries < 4; tries += 1) {
    await of.go(`${MOODLE_URL}/login/index.php`);
    await wait(of, [], '#username');
    await of.type('#username', login);
    await of.type('#password', password);
    await of.click('#loginbtn');
    const left = await until(() => of.run('return !location.pathname.startsWith("/login")').catch(() => null), 8_000, 200);
    if (left) return;
  }
  throw new Error(`${login} cannot sign in`);
}

const TOOL = ['#contentframe'];
/** A module of ours inside a page: the player's frame, then the package's. */
const STAGE = [...TOOL, '[data-stage] > iframe', 'iframe'];

const grade = (course, login, item) =>
  until(async () => moodle('grades', course).find((row) => row.login === login && row.item === item), 60_000, 1000);

const halqa = await Platform.start(HALQA_PROGRAM, { HALQA_OUTBOUND_ALLOW: new URL(MOODLE_URL).host });
const { release } = moodle('version');
console.log(`Moodle ${release} at ${MOODLE_URL}, Halqa at ${halqa.url}`);
try {
  execFileSync(HALQA_PROGRAM, ['users', 'add', '--email', ADMIN, '--name', 'Rim', '--role', 'admin', '--language', 'fr', '--password-stdin'], {
    env: halqa.env,
    input: `${PASSWORD}\n`,
  });
  const module = await halqa.import(MODULE);
  const { course } = moodle('course');
  const ours = await browser();
  const admin = await browser();
  const blocked = { more: ['--test-third-party-cookie-phaseout'] };
  /** No cookie of any kind, and no storage, for us inside Moodle's page. */
  const strict = {
    more: ['--test-third-party-cookie-phaseout'],
    prefs: { profile: { content_settings: { exceptions: { cookies: { [`[*.]localhost,${new URL(MOODLE_URL).hostname}`]: { setting: 2 } } } } } },
  };

  const invitation = await step('our administrator makes a registration link', async () => {
    await ours.go(`${halqa.url}/sign-in`);
    await wait(ours, [], 'input[name=password]');
    await fill(ours, 'input[name=email]', ADMIN);
    await fill(ours, 'input[name=password]', PASSWORD);
    await ours.click('main form .btn-main');
    await until(() => ours.run('return !location.pathname.endsWith("/sign-in")').catch(() => null));
    await ours.go(`${halqa.url}/admin/lti`);
    await press(ours, [], 'form[action*="/admin/lti/invitations"] .btn-main');
    const found = await until(() => ours.run('return document.documentElement.innerHTML.match(/http[^"<\\s]*invitation=[\\w-]+/)?.[0] ?? null').catch(() => null));
    if (!found) throw new Error('no address');
    return found;
  });

  await step('Moodle registers us dynamically', async () => {
    await signInToMoodle(admin, 'admin', MOODLE_ADMIN_PASSWORD);
    await admin.go(`${MOODLE_URL}/mod/lti/toolconfigure.php`);
    await wait(admin, [], '#tool-url');
    await fill(admin, '#tool-url', invitation);
    await press(admin, [], '#tool-create-button');
    const frame = ['#external-registration-page-container iframe, iframe[src*="startltiadvregistration"]'];
    await wait(admin, frame, 'main .btn-main', 60_000);
    await shot(admin, 'moodle-register');
    await admin.click('main .btn-main');
    await press(admin, frame, 'button[data-lti=close]');
    await wait(admin, [], '.tool-card a.activate', 60_000);
    await shot(admin, 'moodle-tool');
    await press(admin, [], '.tool-card a.activate');
    await until(() => admin.run('return !document.querySelector(".tool-card a.activate")?.getClientRects().length'));
  });

  await step('our administrator looks at it and opens it', async () => {
    await ours.go(`${halqa.url}/admin/lti`);
    await press(ours, [], '[aria-labelledby=platforms] h3 a');
    await press(ours, [], 'form[action$="/state"] button[value=active]');
    await until(() => ours.run('return Boolean(document.querySelector("form[action$=\\"/state\\"] button[value=closed]"))').catch(() => null));
    await shot(ours, 'moodle-platform');
  });

  const teacher = await browser();
  const pick = async (of) => {
    await of.go(`${MOODLE_URL}/course/view.php?id=${course}`);
    const type = moodle('type', course).id;
    await of.go(`${MOODLE_URL}/course/modedit.php?add=lti&type=&course=${course}&section=1&return=0&typeid=${type}`);
    await press(of, [], '[name=selectcontent]');
    const shelf = ['.modal-dialog iframe'];
    await wait(of, shelf, 'input[name=module]', 60_000);
    await shot(of, 'moodle-shelf');
    await press(of, shelf, 'input[name=module]');
    await press(of, shelf, 'main .btn-main[name=do]');
    await until(async () => {
      await of.into();
      return of.run('return document.querySelector("#id_name")?.value || null');
    }, 60_000, 200);
    await shot(of, 'moodle-picked');
    await press(of, [], '#id_submitbutton2');
    await wait(of, [], '.course-content', 60_000);
    await shot(of, 'moodle-course');
    const links = moodle('links', course);
    if (links.length !== 1) throw new Error(`${links.length} links in the course`);
    return links[0];
  };
  await step('the instructor signs in to Moodle', () => signInToMoodle(teacher, 'prof'));
  const link = await step('the instructor deep-links a module, with a column', () => pick(teacher));

  const play = (of, frames = STAGE) => playIn(of, frames);
  const visit = (of, cm) => of.go(`${MOODLE_URL}/mod/lti/view.php?id=${cm}`);
  const graded = async (login, item, wanted = 85) => {
    const row = await grade(course, login, item);
    if (!row) throw new Error(`no grade of ${login} in Moodle’s gradebook`);
    if (Number(row.grade) !== wanted) throw new Error(`${login} has ${row.grade}, not ${wanted}`);
    return row;
  };

  await step('a learner plays it in Moodle’s page, and the grade stands in the gradebook', async () => {
    const amel = await browser();
    await signInToMoodle(amel, 'amel');
    await visit(amel, link.cm);
    await wait(amel, STAGE, '#done', 60_000);
    await amel.into();
    await shot(amel, 'moodle-launch');
    await play(amel);
    await graded('amel', link.name);
    await amel.go(`${MOODLE_URL}/grade/report/user/index.php?id=${course}`);
    await wait(amel, [], '.user-grade, .generaltable', 60_000);
    await shot(amel, 'moodle-gradebook-learner');
  });

  await step('third-party cookies blocked: a cookie of the frame alone', async () => {
    const nizar = await browser(blocked);
    await signInToMoodle(nizar, 'nizar');
    await visit(nizar, link.cm);
    await wait(nizar, STAGE, '#done', 60_000);
    await nizar.into(...TOOL);
    const path = await nizar.run('return location.pathname');
    if (!path.startsWith('/lti/s/')) throw new Error(`played at ${path}`);
    await play(nizar);
    await graded('nizar', link.name);
  });

  await step('no cookie and no storage in frames: a window of its own', async () => {
    const wafa = await browser(strict);
    await signInToMoodle(wafa, 'wafa');
    await visit(wafa, link.cm);
    await wait(wafa, TOOL, '[data-window] a', 60_000);
    await wafa.into();
    await shot(wafa, 'moodle-window');
    await wafa.into(...TOOL);
    await wafa.click('[data-window] a');
    const second = await until(async () => (await wafa.windows())[1] ?? null);
    if (!second) throw new Error('no window opens');
    await wafa.window(second);
    await play(wafa, STAGE.slice(1));
    await graded('wafa', link.name);
  });

  await step('the instructor sees the class, and who has not begun (NRPS)', async () => {
    await visit(teacher, link.cm);
    await wait(teacher, TOOL, 'button[name=do][value=members]', 60_000);
    await teacher.click('button[name=do][value=members]');
    const text = await until(async () => {
      await teacher.into(...TOOL);
      const all = await teacher.run('return document.body.innerText');
      return all.includes('Lotfi Hamdi') ? all : null;
    }, 30_000, 200);
    await teacher.into();
    await shot(teacher, 'moodle-class');
    if (!text) throw new Error('the member who has not begun is not named');
    for (const name of ['Amel Ben Salah', 'Nizar Gharbi']) if (!text.includes(name)) throw new Error(`${name} is missing`);
    await teacher.go(`${MOODLE_URL}/grade/report/grader/index.php?id=${course}`);
    await wait(teacher, [], '#user-grades', 60_000);
    await shot(teacher, 'moodle-gradebook');
  });

  await step('LTI 1.1: launch, and the outcome stands in the gradebook', async () => {
    const consumer = JSON.parse(halqa.command('lti', 'add-consumer', '--name', 'Moodle 1.1', '--json'));
    const { cm } = moodle('consumer', `${halqa.url}/lti/1.1/launch`, consumer.key, consumer.secret, module.slug, course);
    const lotfi = await browser(blocked);
    await signInToMoodle(lotfi, 'lotfi');
    await visit(lotfi, cm);
    await wait(lotfi, STAGE, '#done', 60_000);
    await lotfi.into();
    await shot(lotfi, 'moodle-launch-1.1');
    await play(lotfi);
    await graded('lotfi', 'Par LTI 1.1');
  });

  console.log(JSON.stringify(moodle('grades', course), null, 1));
} finally {
  await finish();
  await halqa.stop();
}

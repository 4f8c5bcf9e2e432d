// Rustici Software's "golf" examples in Chromium against a running Halqa: every edition's packages,
// played by clicking through their own pages, with the paths their manifests promise.
//
//   node tests/conformance/golf.mjs --packages FOLDER [--outside FOLDER] [--program PATH] [--report FILE] [NAME…]
//
// `--packages`: a folder that holds the zips of EVMosaic/ml_scorm (Examples/AllGolfExamples), at any
// depth. They are not ours and not part of this repository. `--outside` (HALQA_OUTSIDE_DIR): a folder
// with the jquery.min.js and jquery-ui.min.js that the 4th edition example loads from another host.

import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inside } from './outside.mjs';
import { Platform } from './platform.mjs';
import { SCO, Sitting, WRAPPER } from './sitting.mjs';
import { Browser, until } from './webdriver.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const CONTENT = ['Playing the Game', 'Etiquette', 'Handicapping', 'Having Fun'];

class Golfer extends Sitting {
  /** A SCO that asks at once whether to resume keeps its page from ever being loaded whole: that is no
   * failure, and the next command answers the question. */
  async open() {
    try {
      await super.open();
    } catch (error) {
      if (error.code !== 'timeout') throw error;
    }
  }

  async inside(script, ...frames) {
    return until(async () => {
      try {
        await this.browser.into(WRAPPER, SCO, ...frames);
        return await this.browser.run(script);
      } catch {
        return null;
      }
    }, 15_000);
  }

  /** Turns the pages of a SCO to its last one. */
  async read() {
    const turned = await this.inside(`
      const next = document.getElementById('butNext');
      if (!next || document.readyState !== 'complete') return null;
      for (let n = 0; n < 40 && !next.disabled; n += 1) next.click();
      return true;`);
    if (!turned) throw new Error('no pages to turn');
  }

  /** Answers a quiz all right or all wrong, and submits it. */
  async quiz(right) {
    const done = await this.inside(`
      if (document.readyState !== 'complete' || typeof test === 'undefined') return null;
      for (const question of document.querySelectorAll('.question')) {
        const text = question.querySelector('input[type=text]');
        if (text) text.value = ${right} ? /\\(([^)]*)\\)/.exec(text.parentElement.textContent)[1] : '99999';
        else question.querySelector(${right} ? '.correctAnswer input' : '.answer input').click();
      }
      document.querySelector('input[type=button][value="Submit Answers"]').click();
      return true;`, '#contentFrame');
    if (!done) throw new Error('no quiz to answer');
  }

  /** Titles that can be chosen in the menu now. */
  async choosable() {
    return (await this.page()).items.filter((i) => i.visible && i.choosable).map((i) => i.title.trim());
  }

  /** What the platform knows of the learner, once it says so. */
  async outcome(wanted) {
    let row = null;
    const reached = await until(async () => {
      const rows = await this.platform.api('GET', `/progress?learner=${this.learner}@conformance.example`);
      row = (rows.items ?? rows).find((r) => r.module === this.module.slug || r.module?.slug === this.module.slug || r.module === this.module.id || r.module?.id === this.module.id);
      return row && Object.entries(wanted).every(([key, value]) => (typeof value === 'number' ? Math.abs(row[key] - value) < 0.005 : row[key] === value));
    }, 15_000);
    if (!reached) throw new Error(`expected ${JSON.stringify(wanted)}, is ${JSON.stringify(row)}`);
  }
}

function expect(what, got, wanted) {
  if (JSON.stringify(got) !== JSON.stringify(wanted)) throw new Error(`${what}: expected ${JSON.stringify(wanted)}, is ${JSON.stringify(got)}`);
}

/** Reads the four chapters in order; each opens the next. */
async function forced(me, locks) {
  for (const [n, chapter] of CONTENT.entries()) {
    await me.reaches(chapter);
    const later = [...CONTENT, 'Quiz'].slice(n + 1);
    if (locks) expect(`${chapter}: open before it is read`, (await me.choosable()).filter((t) => later.includes(t)), []);
    await me.read();
    await me.continue();
  }
  await me.reaches('Quiz');
}

const PATHS = {
  SequencingForcedSequential_SCORM20043rdEdition: {
    promise: 'each chapter is closed in menu and flow until the one before is satisfied; the quiz comes last',
    async play(me) {
      await forced(me, true);
      await me.quiz(true);
      await me.end();
      await me.outcome({ state: 'completed', success: 'passed' });
    },
  },
  SequencingPostTestRollup_SCORM20043rdEdition: {
    promise: 'chapters in order; the quiz alone counts for the course’s score and success',
    async play(me) {
      await forced(me, true);
      await me.quiz(false);
      await me.end();
      await me.outcome({ success: 'failed', score: 0 });
    },
  },
  'SequencingPostTestRollup4thEd_SCORM20044thEdition': {
    outside: true,
    promise: 'the SCO’s own button jumps over closed chapters to the quiz (jump); progress is measured by weight (with jQuery, which it loads from another host, put into the zip)',
    async play(me) {
      await me.reaches('Playing the Game');
      expect('open', (await me.choosable()).includes('Quiz'), false);
      await me.read();
      await until(async () => (await me.inside("document.getElementById('butJump').click(); return true;")) && (await me.playing()) === 'Quiz', 20_000);
      await me.reaches('Quiz');
      await me.quiz(true);
      await me.end();
      await me.outcome({ success: 'passed', score: 1 });
    },
  },
  SequencingPreOrPostTestRollup_SCORM20043rdEdition: {
    promise: 'a failed pre-test leads through the content to the post-test, whose score counts',
    async play(me) {
      await me.reaches('Pre Test');
      expect('open', (await me.choosable()).includes('Post Test'), false);
      await me.quiz(false);
      await me.continue();
      for (const chapter of CONTENT) {
        await me.reaches(chapter);
        await me.read();
        await me.continue();
      }
      await me.reaches('Post Test');
      await me.quiz(true);
      await me.end();
      await me.outcome({ state: 'completed', success: 'passed' });
    },
    also: {
      promise: 'a passed pre-test is enough',
      async play(me) {
        await me.reaches('Pre Test');
        await me.quiz(true);
        await me.end();
        await me.outcome({ state: 'completed', success: 'passed' });
      },
    },
  },
  SequencingSimpleRemediation_SCORM20043rdEdition: {
    promise: 'after a failed quiz only its chapter and its quiz come again',
    async play(me) {
      for (const chapter of CONTENT) {
        await me.reaches(chapter);
        await me.read();
        await me.continue();
      }
      for (const quiz of ['Playing Quiz', 'Etiquette Quiz', 'Handicapping Quiz', 'Having Fun Quiz']) {
        await me.reaches(quiz);
        await me.quiz(quiz !== 'Etiquette Quiz');
        await me.continue();
      }
      await me.reaches('Etiquette');
      await me.read();
      await me.continue();
      await me.reaches('Etiquette Quiz');
      await me.quiz(true);
      await me.end();
      await me.outcome({ success: 'passed' });
    },
  },
  SequencingRandomTest_SCORM20043rdEdition: {
    promise: 'the post test opens after the content; a failed one is given once more, drawn anew, and then the attempt ends',
    async play(me) {
      const tests = ['Test 1', 'Test 2', 'Test 3', 'Test 4'];
      await me.reaches(CONTENT[0]);
      expect('open', (await me.choosable()).includes('Post Test'), false);
      for (const chapter of CONTENT) {
        await me.reaches(chapter);
        await me.read();
        await me.continue();
      }
      await me.reaches(tests);
      await me.quiz(false);
      await me.continue();
      await me.reaches(tests);
      await me.quiz(false);
      await me.continue();
      if (!(await until(() => me.ended(), 20_000))) throw new Error('the attempt should have ended');
      await me.outcome({ score: 0 });
    },
  },
};

/** A course without sequencing: every item in order by Continue, then back by one. */
function onePage(count) {
  return {
    promise: 'every file in order by Next, and back',
    async play(me) {
      const seen = [];
      for (let n = 0; n < count; n += 1) {
        seen.push(await until(async () => ((await me.playing()) !== seen.at(-1) ? me.playing() : null), 20_000));
        if (n + 1 < count) await me.continue();
      }
      expect('activities', new Set(seen).size, count);
      if (count > 1) {
        await me.previous();
        await me.reaches(seen.at(-2));
      }
    },
  };
}

/** A course of SCORM 2004 whose manifest allows choice and no flow: by the menu alone. */
function byMenu(count) {
  return {
    promise: 'every file by the menu; the manifest gives no flow, so “Next” is off',
    async play(me) {
      const items = await until(async () => {
        const { items: all } = await me.page();
        return all.filter((i) => i.visible && i.choosable).length >= count ? all : null;
      }, 20_000);
      if (!items) throw new Error(`fewer than ${count} activities to choose`);
      let chosen = 0;
      for (const [n, item] of items.entries()) {
        if (!item.choosable) continue;
        await me.press(`[data-list] > li:nth-child(${n + 1}) button`);
        await me.reaches(item.title.trim());
        if (!(await until(() => me.inside('return document.body ? true : null'), 20_000))) throw new Error('nothing is shown');
        expect('Next', (await me.page()).next.enabled, false);
        chosen += 1;
      }
      expect('activities', chosen, count);
    },
  };
}

/** One SCO with the run-time calls of its kind. */
function single({ reads, passes, resumes }) {
  return {
    promise: reads ? `pages turned to the end${passes ? ', quiz passed' : ''}${resumes ? ', resumed where it was left' : ''}` : 'it is shown',
    async play(me) {
      if (!(await me.inside('return document.body ? true : null'))) throw new Error('nothing is shown');
      if (resumes) {
        await me.inside("const b = document.getElementById('butNext'); if (!b) return null; b.click(); b.click(); b.click(); return true;");
        await me.suspend();
        await me.open();
        const at = await me.inside('return typeof currentPage === "number" && currentPage > 0 ? currentPage : null');
        expect('page', at, 3);
      }
      if (reads) await me.read();
      if (passes) {
        await me.quiz(true);
        await me.suspend();
        await me.outcome({ state: 'completed', success: 'passed', score: 1 });
      } else if (reads) {
        await me.suspend();
        await me.outcome({ state: 'completed' });
      }
    },
  };
}

Object.assign(PATHS, {
  ContentPackagingOneFilePerSCO_SCORM12: onePage(18),
  ContentPackagingOneFilePerSCO_SCORM20043rdEdition: byMenu(18),
  ContentPackagingMetadata_SCORM20043rdEdition: single({}),
  ContentPackagingSingleSCO_SCORM11: {
    promise: 'a course description of SCORM 1.1, without imsmanifest.xml, is refused by that name (`manifest_missing`)',
    refused: 'manifest_missing',
  },
  ContentPackagingSingleSCO_SCORM12: single({}),
  ContentPackagingSingleSCO_SCORM20042ndEdition: single({}),
  ContentPackagingSingleSCO_SCORM20043rdEdition: single({}),
  RuntimeMinimumCalls_SCORM12: onePage(18),
  RuntimeMinimumCalls_SCORM20043rdEdition: byMenu(18),
  RuntimeBasicCalls_SCORM12: single({ reads: true, passes: true, resumes: true }),
  RuntimeBasicCalls_SCORM20043rdEdition: single({ reads: true, passes: true, resumes: true }),
  RunTimeAdvancedCalls_SCORM20043rdEdition: single({ reads: true, passes: true, resumes: true }),
});

function zips(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? zips(path) : path.endsWith('.zip') ? [path] : [];
  });
}

const given = { names: [] };
for (const list = process.argv.slice(2); list.length > 0; ) {
  const word = list.shift();
  if (word.startsWith('--')) given[word.slice(2)] = list.shift();
  else given.names.push(word);
}
const folder = given.packages ?? process.env.HALQA_GOLF_DIR;
if (!folder || !existsSync(folder)) {
  console.log('skipped: no golf packages (set HALQA_GOLF_DIR)');
  process.exit(0);
}
const found = new Map(zips(folder).map((path) => [basename(path, '.zip'), path]));
const names = given.names.length > 0 ? given.names : Object.keys(PATHS);
const platform = await Platform.start(resolve(given.program ?? process.env.HALQA_PROGRAM ?? join(root, 'target/debug/halqa')));
const libraries = given.outside ?? process.env.HALQA_OUTSIDE_DIR;
// In a process of its own, a frame's question is now and then not seen by the driver.
const browser = await Browser.open({ ready: 'eager', more: ['--disable-site-isolation-trials', '--disable-features=IsolateOrigins,site-per-process'] });
await browser.post('/timeouts', { pageLoad: 15_000 });
const rows = [];
try {
  for (const name of names) {
    let bytes = found.has(name) ? readFileSync(found.get(name)) : null;
    if (bytes && libraries && PATHS[name].outside) bytes = inside(bytes, libraries);
    for (const [n, path] of [PATHS[name], PATHS[name].also].filter(Boolean).entries()) {
      let result = 'passed';
      let edition = '';
      try {
        if (!bytes) throw new Error('no such package here');
        if (path.refused) {
          const answer = await platform.import(bytes).then(() => 'imported', (error) => error.message);
          if (!answer.includes(path.refused)) throw new Error(answer);
          edition = '1.1';
        } else {
          const module = await platform.import(bytes);
          edition = module.edition;
          const me = new Golfer(platform, browser, module, `golfer-${rows.length}-${n}`);
          await me.open();
          await path.play(me);
        }
      } catch (error) {
        result = `not passed: ${error.message}`;
        if (process.env.HALQA_SHOTS) writeFileSync(join(process.env.HALQA_SHOTS, `golf-${name}.png`), await browser.picture().catch(() => ''));
      }
      rows.push({ name, edition, promise: path.promise, result });
      console.log(`${result === 'passed' ? 'ok  ' : 'FAIL'} ${name}: ${path.promise}${result === 'passed' ? '' : `\n       ${result}`}`);
    }
  }
} finally {
  await browser.close();
  await platform.stop();
}
const passed = rows.filter((row) => row.result === 'passed').length;
console.log(`${passed} of ${rows.length} paths passed`);
if (given.report) {
  const table = rows.map((row) => `| ${row.name} | ${row.edition} | ${row.promise} | ${row.result} |`).join('\n');
  const packages = new Set(rows.map((row) => row.name)).size;
  const text = `# Rustici’s golf examples in Chromium

Written by \`HALQA_REPORT=1 scripts/conformance golf\`; do not edit. The packages are Rustici Software’s own zips (EVMosaic/ml_scorm, Examples/AllGolfExamples; not part of this repository), each imported into a running Halqa and played by Chromium on the learner’s page, by its own buttons and menu and the content’s own pages. What is asserted is what the package’s manifest and its comments promise; the result in the progress store is asked of the API.

**${passed} of ${rows.length} paths through ${packages} packages passed.**

| package | edition | what is asserted | result |
|---|---|---|---|
${table}
`;
  writeFileSync(given.report, text);
}
process.exitCode = passed === rows.length ? 0 : 1;

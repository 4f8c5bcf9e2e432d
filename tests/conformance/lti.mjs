// What the trials of real learning platforms share: a module to play, steps that are shown, and a
// browser used as a person would.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Browser, until } from './webdriver.mjs';
import { zip } from './zip.mjs';

const { HALQA_SHOTS } = process.env;

const MANIFEST = `<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="lti-moodle" version="1.0" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
<metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>
<organizations default="o"><organization identifier="o"><title>Tenir une caisse</title><item identifier="i" identifierref="r"><title>La caisse</title></item></organization></organizations>
<resources><resource identifier="r" type="webcontent" adlcp:scormtype="sco" href="sco.html"><file href="sco.html"/></resource></resources>
</manifest>`;
const SCO = `<!doctype html><html lang="fr"><meta charset="utf-8"><title>La caisse</title><h1>La caisse</h1>
<button id="half">À moitié</button> <button id="done">J’ai fini</button><p id="out"></p><script>
const api = (() => { for (let w = window; ; w = w.parent) { if (w.API) return w.API; if (w === w.parent) return null; } })();
api.LMSInitialize("");
document.getElementById("half").onclick = () => { api.LMSSetValue("cmi.core.lesson_status", "incomplete"); api.LMSCommit(""); };
document.getElementById("done").onclick = () => {
  api.LMSSetValue("cmi.core.score.raw", "85"); api.LMSSetValue("cmi.core.score.min", "0"); api.LMSSetValue("cmi.core.score.max", "100");
  api.LMSSetValue("cmi.core.lesson_status", "passed"); api.LMSCommit(""); api.LMSFinish("");
  document.getElementById("out").textContent = "fini"; };
</script></html>`;

/** A module of one SCO: half way, then passed with 85 of 100. */
export const MODULE = zip({ 'imsmanifest.xml': MANIFEST, 'sco.html': SCO });

const passed = [];
let failed = 0;

/** One thing that is shown. */
export async function step(name, work) {
  if (failed) return null;
  try {
    const value = await work();
    passed.push(name);
    console.log(`ok    ${name}`);
    return value;
  } catch (error) {
    failed += 1;
    console.log(`FAIL  ${name}\n      ${error.message}`);
    await Promise.all(open.map((browser, n) => shot(browser, `failed-${n}`)));
    return null;
  }
}

const open = [];

export async function browser(options) {
  const made = await Browser.open(options);
  open.push(made);
  return made;
}

export async function shot(of, name) {
  if (!HALQA_SHOTS) return;
  mkdirSync(HALQA_SHOTS, { recursive: true });
  try {
    writeFileSync(join(HALQA_SHOTS, `${name}.png`), await of.picture());
  } catch {
    // It has no window any more.
  }
}

/** Waits for a place in a frame (from the top), and stays there. */
export async function wait(of, frames, selector, ms = 40_000) {
  let last = '';
  const there = await until(async () => {
    try {
      await of.into(...frames);
      return await of.run(
        'const e = document.querySelector(arguments[0]); return Boolean(e && !e.disabled && e.getClientRects().length)',
        selector,
      );
    } catch (error) {
      last = error.message;
      return null;
    }
  }, ms, 150);
  if (!there) {
    const text = await of.run('return location.href + " " + document.body.innerText.slice(0, 300)').catch(() => last);
    throw new Error(`no ${selector} in ${frames.join(' › ') || 'the page'}: ${text}`);
  }
}

export async function press(of, frames, selector) {
  await wait(of, frames, selector);
  const clicked = await until(async () => {
    try {
      await of.run('document.querySelector(arguments[0]).scrollIntoView({ block: "center", behavior: "instant" })', selector);
      await of.click(selector);
      return true;
    } catch (error) {
      // Something slides over it, or the page is being made anew.
      if (error.code !== 'element click intercepted' && error.code !== 'stale element reference') throw error;
      return null;
    }
  });
  if (!clicked) throw new Error(`${selector} cannot be clicked`);
}

/** Types as a person would, over what is there. */
export const fill = (of, selector, value) =>
  of.run(
    'const e = document.querySelector(arguments[0]); e.value = arguments[1]; e.dispatchEvent(new Event("input", { bubbles: true })); e.dispatchEvent(new Event("change", { bubbles: true }))',
    selector,
    value,
  );

/** A learner plays the module in these frames to its end, half way first. */
export async function play(of, frames) {
  await press(of, frames, '#half');
  await press(of, frames, '#done');
  await wait(of, frames, '#out');
}

/** Closes what is open, and says how it went. */
export async function finish() {
  await Promise.all(open.map((one) => one.close()));
  console.log(`${passed.length} passed, ${failed} failed`);
  process.exitCode = failed ? 1 : 0;
}

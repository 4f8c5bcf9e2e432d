// What the sample modules' own scripts say to a platform, answered by the player's run-time: nothing they
// do is refused. SCORM 2004 has one error that is no mistake: 403, for reading what was never set.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import vm from "node:vm";
import { createRuntime } from "../../static/player/runtime.js";
import { ask, tables } from "./support.mjs";

const all = tables();
const SAMPLES = [
  ["fonder-une-association", "scorm12"],
  ["dawrat-al-mashrou", "scorm12"],
  ["plaidoyer", "scorm2004_fourth"],
];
const OBJECTIVES = [{ id: "lecon_obj" }, { id: "cadrer" }];

/** Each kind of question the samples ask, as lesson.js hands it over. */
const QUESTIONS = [
  { type: "true-false", pattern: ["true"], parts: ["true"], correct: true },
  { type: "choice", pattern: ["a", "c"], parts: ["a", "b"], correct: false },
  { type: "matching", pattern: [["1", "a"], ["2", "b"]], parts: [["1", "b"], ["2", "a"]], correct: false },
  { type: "sequencing", pattern: ["a", "b", "c"], parts: ["a", "b", "c"], correct: true },
  { type: "fill-in", pattern: ["statuts", "les statuts"], parts: ["statuts"], correct: true },
];

/** Opens a sample's track.js on a run-time; `calls` fills with what it asked. */
async function track(sample, edition, snapshot) {
  const calls = [];
  const runtime = createRuntime({ table: all[edition], snapshot, clock: () => calls.length, onCall: (call) => calls.push(call) > 0 });
  const document = { documentElement: { lang: "fr" }, body: { dataset: {} } };
  const context = { API: runtime.API, API_1484_11: runtime.API_1484_11, document };
  context.window = context.parent = context.top = context;
  const script = readFileSync(new URL(`../../scorm_packages/${sample}/shared/track.js`, import.meta.url), "utf8");
  vm.runInNewContext(script, context, { filename: `${sample}/shared/track.js` });
  return { calls, runtime, tracker: await context.window.HalqaTrack.open() };
}

function refused(calls) {
  return calls.filter(({ error }) => error !== 0 && error !== 403);
}

for (const [sample, edition] of SAMPLES) {
  test(`${sample}: nothing its scripts say is refused`, async () => {
    const initial = { learner_id: "1", objectives: edition === "scorm12" ? [] : OBJECTIVES, scaled_passing_score: 0.6, mastery_score: 60 };
    const [first] = ask([{ begin: { edition, initial } }]);
    const { calls, runtime, tracker } = await track(sample, edition, first);
    assert.equal(tracker.recording, true);
    tracker.page("accueil", 0.25);
    QUESTIONS.forEach((question, n) => {
      for (const attempt of [1, 2]) {
        // Every hundredth of a second, with and without a zero in front of it.
        const at = new Date(Date.UTC(2026, 1, 28, 23, 59, 59, 37 * n + 5 * attempt));
        tracker.answer({ id: `q${n}`, text: "Qui vote le budget ? ".repeat(20), objective: "cadrer", weight: 1, seconds: 12.345, at, attempt, ...question });
      }
    });
    tracker.save({ v: 1, seen: [0, 1], answers: {}, tries: 1 });
    tracker.result({ score: 67, passed: true, objectives: { lecon_obj: { got: 2, total: 3 }, cadrer: { got: 1, total: 1 } } });
    tracker.commit();
    tracker.close();
    assert.deepEqual(refused(calls), []);
    assert.equal(runtime.state(), "terminated");
    assert.ok(calls.length > 80, `${calls.length} calls`);
    // And again, by somebody who comes back.
    const requests = [{ begin: { edition, initial } }, ...calls.map(({ call, args, at }) => ({ call: { function: call, args, at } })), { resume: { initial } }];
    const back = await track(sample, edition, ask(requests).at(-1));
    assert.deepEqual(refused(back.calls), []);
    assert.equal(back.tracker.resume.page, "accueil");
  });
}

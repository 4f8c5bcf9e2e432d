// Random sequences of calls, answered by the server's interpreter (Rust) and by the browser's
// (runtime.js): results, errors, diagnostics and the state after them must be the same.
// HALQA_SEEDS says how many sequences; a failure names its seed.

import assert from "node:assert/strict";
import test from "node:test";
import { createRuntime } from "../../static/player/runtime.js";
import { storable } from "../../static/player/values.js";
import { KINDS, someElement, someInitial, someValue } from "./random.mjs";
import { ask, chance, tables } from "./support.mjs";

const SEEDS = Number(process.env.HALQA_SEEDS ?? 3000);
const EDITIONS = ["scorm12", "scorm2004_second", "scorm2004_third", "scorm2004_fourth"];
// Refusals are exceptions inside the run-time: their stacks would be half of the time.
Error.stackTraceLimit = 0;
const all = tables();

/** One sequence: requests for the Rust side, the raw arguments beside them for this side. */
function sequence(seed) {
  const dice = chance(seed);
  const edition = dice.pick(EDITIONS);
  const table = all[edition];
  const rows = table.rows.filter((row) => row.editions.includes(edition));
  const { prefix, functions } = table;
  const steps = [];
  const limits = dice.once(10) ? { valueBytes: 40, entries: 2, totalBytes: 400 } : undefined;
  steps.push({ request: { begin: { edition, initial: someInitial(dice), limits } } });
  const call = (name, ...args) =>
    steps.push({ request: { call: { function: prefix + name, args: args.map(storable), at: steps.length } }, name: prefix + name, args });
  if (!dice.once(10)) call(functions.initialize, "");
  for (let n = 20 + dice.below(60); n > 0; n--) {
    const roll = dice.below(100);
    const { name, row } = someElement(dice, rows);
    if (roll < 45) {
      call(functions.setValue, name, someValue(dice, row));
    } else if (roll < 55) {
      const at = dice.below(3);
      call(functions.setValue, `cmi.interactions.${at}.id`, `i${dice.below(3)}`);
      call(functions.setValue, `cmi.interactions.${at}.type`, dice.pick(KINDS));
      const response = edition === "scorm12" ? "student_response" : "learner_response";
      call(functions.setValue, `cmi.interactions.${at}.${response}`, someValue(dice, { type: "response", element: "" }));
      call(functions.setValue, `cmi.interactions.${at}.correct_responses.${dice.below(2)}.pattern`, someValue(dice, { type: "pattern", element: "" }));
    } else if (roll < 88) {
      call(functions.getValue, name);
    } else if (roll < 91) {
      call(dice.pick([functions.commit, functions.initialize]), dice.once(4) ? "x" : "");
    } else if (roll < 96) {
      call(dice.pick([functions.getErrorString, functions.getDiagnostic, functions.getLastError]), dice.pick(["", "0", "201", "401", "402", "406", "001", "x"]));
    } else if (roll < 97) {
      call(functions.terminate, dice.once(4) ? "x" : "");
    } else if (roll < 98) {
      steps.push({ request: { navigation: { continue: dice.once(2), previous: dice.once(2), choice: { a: true, "b.c": false }, jump: { a: dice.once(2) } } } });
    } else if (roll < 99) {
      steps.push({ request: { resume: { initial: someInitial(dice) } } });
      call(functions.initialize, "");
    }
  }
  steps.push({ request: "snapshot" });
  return { seed, edition, table, steps };
}

function compare({ seed, edition, table, steps }, answers) {
  let runtime;
  let reported;
  let now = 0;
  const where = (at) => `seed ${seed}, step ${at}, ${edition}: ${JSON.stringify(steps[at].request)?.slice(0, 300)}`;
  answers.forEach((answer, at) => {
    const { request, name, args } = steps[at];
    now = at;
    if (answer.refused !== undefined) assert.fail(`${answer.refused}: ${where(at)}`);
    if (request.begin || request.resume) {
      runtime = createRuntime({ table, snapshot: answer, clock: () => now, onCall: (entry) => void (reported = entry) });
    } else if (request.navigation) {
      runtime.setNavigation(request.navigation);
    } else if (request === "snapshot") {
      const { state, error, diagnostic, values, counts, bytes } = runtime.snapshot();
      const { touched, notes, began, ended, access, limits, ...expected } = answer;
      assert.deepEqual({ edition, state, error, diagnostic, values, counts, bytes }, expected, where(at));
    } else {
      const api = runtime.API ?? runtime.API_1484_11;
      reported = undefined;
      const result = api[name](...args);
      const error = api[`${table.prefix}GetLastError`]();
      // What GetDiagnostic answers when nothing was noted is the error's string.
      const diagnostic = api[`${table.prefix}GetDiagnostic`]("");
      const expected = answer.diagnostic || api[`${table.prefix}GetErrorString`](String(answer.error));
      if (result !== answer.result || error !== String(answer.error) || diagnostic !== expected) {
        assert.deepEqual({ result, error, diagnostic }, answer, where(at));
        assert.fail(where(at));
      }
      if (reported && (reported.result !== result || String(reported.error) !== error || reported.at !== at)) assert.fail(where(at));
      if (reported && [reported.call, ...reported.args].join("\u0001") !== [name, ...request.call.args].join("\u0001")) assert.fail(where(at));
    }
  });
}

test(`the fold and the browser's run-time agree over ${SEEDS} random sequences`, () => {
  const sizes = 500;
  let calls = 0;
  for (let from = 0; from < SEEDS; from += sizes) {
    const sequences = Array.from({ length: Math.min(sizes, SEEDS - from) }, (_, n) => sequence(from + n + 1));
    const answers = ask(sequences.flatMap(({ steps }) => steps.map((step) => step.request)));
    let at = 0;
    for (const one of sequences) {
      compare(one, answers.slice(at, at + one.steps.length));
      at += one.steps.length;
    }
    calls += at;
  }
  assert.ok(calls > SEEDS * 20);
});

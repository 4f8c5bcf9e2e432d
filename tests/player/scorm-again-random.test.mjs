// Random sequences of calls on our run-time and on scorm-again: every difference must be explained, with
// the standard's section, by a line of again.json, and every line must explain one.
// HALQA_SCORM_AGAIN names a folder in which `npm install --ignore-scripts scorm-again` was run; without it
// the test is skipped. HALQA_AGAIN_SEEDS says how many sequences for each standard; lines that are `rare`
// need MANY of them to explain something.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { EDITIONS, installed, pairs, play, sequence, written } from "./again.mjs";
import { tables } from "./support.mjs";

const SEEDS = Number(process.env.HALQA_AGAIN_SEEDS ?? 500);
const MANY = 4000;
const lines = JSON.parse(readFileSync(new URL("again.json", import.meta.url), "utf8"));

test(`every difference from scorm-again over ${2 * SEEDS} random sequences is explained`, { skip: !installed }, async () => {
  // Refusals are exceptions in both: their stacks would be half of the time.
  Error.stackTraceLimit = 0;
  for (const said of ["debug", "info", "warn", "error"]) console[said] = () => {};
  const all = tables();
  const make = await pairs(all);
  const explained = lines.map((line) => ({ ...line, pattern: new RegExp(line.differs, "su"), used: 0 }));
  for (const { they, standard } of explained) assert.ok(they && /RTE|SN/.test(standard), "each line cites the standard");
  const unexplained = [];
  let calls = 0;
  let differences = 0;
  for (const edition of EDITIONS) {
    for (let seed = 1; seed <= SEEDS; seed++) {
      const asked = sequence(seed, edition, all[edition]);
      calls += asked.length;
      play(() => make(edition), all[edition].prefix, asked, (call, mine, other) => {
        differences += 1;
        const line = written(edition, call, mine, other);
        const found = explained.filter(({ pattern }) => pattern.test(line));
        for (const one of found) one.used += 1;
        if (found.length === 0) unexplained.push(`seed ${seed}: ${line}`);
      });
    }
  }
  assert.deepEqual(unexplained.slice(0, 20), []);
  assert.deepEqual(explained.filter(({ used, rare }) => used === 0 && (!rare || SEEDS >= MANY)).map(({ pattern }) => pattern.source), [], "lines that explain nothing");
  assert.ok(calls > SEEDS * 80, `${calls} calls`);
  assert.ok(differences < calls / 3, `${differences} of ${calls} calls differ`);
});

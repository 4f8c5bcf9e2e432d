// The vectors of crates/scorm/vectors, played on the browser's run-time (the Rust test plays them on the fold).

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import test from "node:test";
import { createRuntime } from "../../static/player/runtime.js";
import { storable } from "../../static/player/values.js";
import { ask, tables } from "./support.mjs";

const folder = new URL("../../crates/scorm/vectors/", import.meta.url);
const all = tables();
const text = (part) => (typeof part === "object" && part !== null ? part.repeat.repeat(part.times) : part);
const short = (value) => JSON.stringify(value).slice(0, 160);

function play(name, vector, edition, snapshot) {
  const entries = [];
  const runtime = createRuntime({ table: all[edition], snapshot, clock: () => 0, onCall: (entry) => void entries.push(entry) });
  const api = runtime.API ?? runtime.API_1484_11;
  const { prefix, functions } = all[edition];
  if (vector.running !== false) assert.equal(api[prefix + functions.initialize](""), "true");
  for (const call of vector.calls) {
    const where = `${name}/${vector.id} ${edition}: ${short(call)}`;
    if (call[0] === "navigation") {
      runtime.setNavigation(call[1]);
      continue;
    }
    if (!(call[0] in api)) continue; // a function the API lacks: only a forged journal can name it
    const args = call.slice(1, -2).map(text);
    const [result, error] = call.slice(-2).map(text);
    const before = entries.length;
    const got = api[call[0]](...args);
    if (result !== null) assert.ok(got === result, `${where}: got ${short(got)}`);
    assert.equal(Number(api[`${prefix}GetLastError`]()), error, where);
    if (entries.length > before) {
      const entry = entries.at(-1);
      assert.equal(entry.call, call[0], where);
      assert.deepEqual(entry.args.slice(0, args.length), args.map(storable), where);
      assert.equal(entry.error, error, where);
    }
  }
}

for (const file of readdirSync(folder).filter((name) => name.endsWith(".json"))) {
  const { title, editions, initial, vectors } = JSON.parse(readFileSync(new URL(file, folder), "utf8"));
  test(`${file}: ${title}`, () => {
    const cases = vectors.flatMap((vector) => (vector.editions ?? editions).map((edition) => ({ vector, edition })));
    const snapshots = ask(cases.map(({ vector, edition }) => ({ begin: { edition, initial: { ...initial, ...vector.initial } } })));
    cases.forEach(({ vector, edition }, n) => play(file, vector, edition, snapshots[n]));
  });
}

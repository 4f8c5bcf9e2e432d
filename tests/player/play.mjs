// Plays one vector on the browser's run-time; used under node and inside a browser alike.

import { createRuntime } from "../../static/player/runtime.js";
import { storable } from "../../static/player/values.js";

const text = (part) => (typeof part === "object" && part !== null ? part.repeat.repeat(part.times) : part);

/** What differs from the vector's expectations, in words; nothing when all is as it should be. */
export function play(table, vector, snapshot) {
  const entries = [];
  const differences = [];
  const runtime = createRuntime({ table, snapshot, clock: () => 0, onCall: (entry) => void entries.push(entry) });
  const api = runtime.API ?? runtime.API_1484_11;
  const { prefix, functions } = table;
  if (vector.running !== false) api[prefix + functions.initialize]("");
  for (const call of vector.calls) {
    const differs = (what, got) =>
      differences.push(`${vector.id} ${snapshot.edition} ${JSON.stringify(call).slice(0, 160)}: ${what} is ${JSON.stringify(got)?.slice(0, 160)}`);
    if (call[0] === "navigation") {
      runtime.setNavigation(call[1]);
      continue;
    }
    if (!(call[0] in api)) continue; // a function the API lacks: only a forged journal can name it
    const args = call.slice(1, -2).map(text);
    const [result, error] = call.slice(-2).map(text);
    const before = entries.length;
    const got = api[call[0]](...args);
    const left = Number(api[`${prefix}GetLastError`]());
    if (result !== null && got !== result) differs("the result", got);
    if (left !== error) differs("the error", left);
    const entry = entries.length > before ? entries.at(-1) : null;
    if (!entry) continue;
    if (entry.call !== call[0] || entry.error !== error || entry.result !== got) differs("the entry", entry);
    if (args.some((arg, n) => entry.args[n] !== storable(arg))) differs("the entry's arguments", entry.args);
  }
  return differences;
}

// The vectors on scorm-again, a third-party run-time kept beside the repository: every difference must be
// named, with the standard's section, in docs/conformance/datamodels.md.
// HALQA_SCORM_AGAIN names a folder in which `npm install --ignore-scripts scorm-again` was run; without it
// the test is skipped.

import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { pathToFileURL } from "node:url";
import test from "node:test";

const place = `${process.env.HALQA_SCORM_AGAIN ?? "."}/node_modules/scorm-again/dist/esm/scorm-again.js`;
const folder = new URL("../../crates/scorm/vectors/", import.meta.url);
const page = readFileSync(new URL("../../docs/conformance/datamodels.md", import.meta.url), "utf8");
const text = (part) => (typeof part === "object" && part !== null ? part.repeat.repeat(part.times) : part);

/** The patterns of the page's first column, as regular expressions. */
function explained() {
  const rows = page.slice(page.indexOf("## Differences")).split("\n").filter((line) => line.startsWith("| `"));
  return rows.flatMap((row) => [...row.split("|")[1].matchAll(/`([^`]+)`/g)].map(([, glob]) => glob)).map((glob) => ({
    glob,
    pattern: new RegExp(`^${glob.split("*").map((part) => part.replace(/[.\\+?^${}()|[\]]/g, "\\$&")).join(".*")}$`),
    used: false,
  }));
}

function differs(api, prefix, calls) {
  return calls.some((call) => {
    if (!(call[0] in api)) return false;
    const [result, error] = call.slice(-2).map(text);
    try {
      const got = String(api[call[0]](...call.slice(1, -2).map(text)));
      return (result !== null && got !== result) || Number(api[`${prefix}GetLastError`]()) !== error;
    } catch {
      return true;
    }
  });
}

test("every difference from scorm-again is explained", { skip: !existsSync(place) }, async () => {
  globalThis.window ??= globalThis;
  const { Scorm12API, Scorm2004API } = await import(pathToFileURL(place));
  const lines = explained();
  const unexplained = [];
  let vectors = 0;
  for (const file of readdirSync(folder).filter((name) => name.endsWith(".json"))) {
    const { editions, initial, vectors: all } = JSON.parse(readFileSync(new URL(file, folder), "utf8"));
    for (const vector of all) {
      const first = (vector.editions ?? editions).includes("scorm12");
      if (initial || vector.initial || !(first || (vector.editions ?? editions).includes("scorm2004_fourth"))) continue;
      vectors += 1;
      const settings = { autocommit: false, logLevel: 5 };
      const [api, prefix] = first ? [new Scorm12API(settings), "LMS"] : [new Scorm2004API(settings), ""];
      if (vector.running !== false) api[`${prefix}Initialize`]("");
      if (!differs(api, prefix, vector.calls)) continue;
      const name = `${file.replace(".json", "")}/${vector.id}`;
      const found = lines.filter(({ pattern }) => pattern.test(name));
      for (const line of found) line.used = true;
      if (found.length === 0) unexplained.push(name);
    }
  }
  assert.deepEqual(unexplained, []);
  assert.deepEqual(lines.filter(({ used }) => !used).map(({ glob }) => glob), []);
  assert.ok(vectors > 200);
});

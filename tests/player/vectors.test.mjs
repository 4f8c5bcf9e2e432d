// The vectors of crates/scorm/vectors, played on the browser's run-time under node (the Rust test plays
// them on the fold) and, where Chromium is installed (or HALQA_CHROMIUM names it), inside a page.

import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import test from "node:test";
import { play } from "./play.mjs";
import { ask, tables } from "./support.mjs";

const root = new URL("../../", import.meta.url);
const folder = new URL("crates/scorm/vectors/", root);
const all = tables();

/** Every vector in every edition it is for, with the snapshot it begins from. */
function cases(file) {
  const { editions, initial, vectors } = JSON.parse(readFileSync(new URL(file, folder), "utf8"));
  const found = vectors.flatMap((vector) => (vector.editions ?? editions).map((edition) => ({ vector, edition })));
  const snapshots = ask(found.map(({ vector, edition }) => ({ begin: { edition, initial: { ...initial, ...vector.initial } } })));
  return found.map((one, n) => ({ ...one, snapshot: snapshots[n] }));
}

const files = readdirSync(folder).filter((name) => name.endsWith(".json"));

for (const file of files) {
  test(file, () => {
    const differences = cases(file).flatMap(({ vector, edition, snapshot }) => play(all[edition], vector, snapshot));
    assert.deepEqual(differences, []);
  });
}

const chromium =
  process.env.HALQA_CHROMIUM ??
  ["chromium", "chromium-browser", "google-chrome"].find((name) => spawnSync("which", [name]).status === 0);

const PAGE = `<!doctype html><meta charset="utf-8"><title>vectors</title><script type="module">
import { play } from "/tests/player/play.mjs";
const { tables, cases } = await (await fetch("/data")).json();
let differences;
try {
  differences = cases.flatMap(({ vector, edition, snapshot }) => play(tables[edition], vector, snapshot));
} catch (error) {
  differences = [String(error)];
}
await fetch("/done", { method: "POST", body: JSON.stringify({ played: cases.length, differences }) });
</script>`;

test("all vectors in Chromium", { skip: !chromium, timeout: 120_000 }, async () => {
  const data = JSON.stringify({ tables: all, cases: files.flatMap(cases) });
  const served = new Set(["/tests/player/play.mjs", "/static/player/runtime.js", "/static/player/values.js"]);
  const profile = mkdtempSync(`${tmpdir()}/vectors-`);
  let browser;
  const server = createServer();
  try {
    const result = await new Promise((resolve, reject) => {
      server.on("request", async (request, response) => {
        const answer = (type, body) => response.writeHead(200, { "content-type": type }).end(body);
        if (request.url === "/") return answer("text/html", PAGE);
        if (request.url === "/data") return answer("application/json", data);
        if (request.url === "/done") {
          let body = "";
          for await (const chunk of request) body += chunk;
          answer("text/plain", "");
          return resolve(JSON.parse(body));
        }
        if (served.has(request.url)) return answer("text/javascript", readFileSync(new URL(request.url.slice(1), root)));
        return response.writeHead(404).end();
      });
      server.listen(0, "127.0.0.1", () => {
        const flags = ["--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", `--user-data-dir=${profile}`];
        browser = spawn(chromium, [...flags, `http://127.0.0.1:${server.address().port}/`], { stdio: "ignore" });
        browser.on("error", reject);
      });
    });
    assert.deepEqual(result.differences, []);
    assert.ok(result.played > 600);
  } finally {
    if (browser?.exitCode === null) {
      const gone = new Promise((resolve) => browser.once("exit", resolve));
      browser.kill();
      await gone;
    }
    server.closeAllConnections();
    server.close();
    try {
      rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    } catch {
      // The browser's last processes may still write there: the system clears its own folder.
    }
  }
});

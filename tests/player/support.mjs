// What the player's node tests share: the Rust interpreter as a process, and seeded chance.

import { spawnSync } from "node:child_process";

let built;

/** The path of crates/scorm's example `answers`, built when HALQA_ANSWERS does not name it. */
function program() {
  if (process.env.HALQA_ANSWERS) return process.env.HALQA_ANSWERS;
  if (built) return built;
  const args = ["build", "-q", "-p", "scorm", "--example", "answers", "--message-format=json"];
  const cargo = spawnSync("cargo", args, { encoding: "utf8", maxBuffer: 1 << 28 });
  if (cargo.status !== 0) throw new Error(`cargo build failed: ${cargo.stderr}`);
  built = cargo.stdout
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line))
    .find((message) => message.executable && message.target?.name === "answers")?.executable;
  return built;
}

/** The answers of the Rust interpreter to a list of requests (see examples/answers.rs). */
export function ask(requests) {
  const input = requests.map((request) => JSON.stringify(request)).join("\n");
  const run = spawnSync(program(), { input, encoding: "utf8", maxBuffer: 1 << 30 });
  if (run.status !== 0) throw new Error(`answers failed: ${run.status} ${run.stderr} ${run.error ?? ""}`);
  return run.stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
}

/** Both tables. */
export function tables() {
  const [scorm12, scorm2004] = ask([{ table: "1.2" }, { table: "2004" }]);
  return { scorm12, scorm2004_second: scorm2004, scorm2004_third: scorm2004, scorm2004_fourth: scorm2004 };
}

/** Reproducible chance: mulberry32. */
export function chance(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const below = (n) => Math.floor(next() * n);
  return { next, below, pick: (list) => list[below(list.length)], once: (n) => below(n) === 0 };
}

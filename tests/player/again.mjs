// Random calls on two run-times of the browser: ours, and scorm-again, which is kept beside the
// repository (HALQA_SCORM_AGAIN names the folder in which it was installed).

import { existsSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { createRuntime } from "../../static/player/runtime.js";
import { KINDS, someElement, someValue } from "./random.mjs";
import { ask, chance } from "./support.mjs";

export const place = `${process.env.HALQA_SCORM_AGAIN ?? "."}/node_modules/scorm-again/dist/esm/scorm-again.js`;
export const installed = existsSync(place);
export const EDITIONS = ["scorm12", "scorm2004_fourth"];

/** What both are told before the launch. */
const LEARNER = { learner_id: "learner-1", learner_name: "Ben Salah, Amel", launch_data: "data" };
const SAME = {
  scorm12: {
    core: { student_id: LEARNER.learner_id, student_name: LEARNER.learner_name, credit: "credit", entry: "ab-initio", lesson_mode: "normal", lesson_status: "not attempted", total_time: "0000:00:00.00" },
    launch_data: LEARNER.launch_data,
  },
  scorm2004_fourth: { ...LEARNER, credit: "credit", entry: "ab-initio", mode: "normal" },
};

/** Makes one of each, not initialised: `(edition) => { ours, theirs }`. */
export async function pairs(tables) {
  globalThis.window ??= globalThis;
  const { Scorm12API, Scorm2004API } = await import(pathToFileURL(place));
  const settings = { autocommit: false, logLevel: 5 };
  const begun = ask(EDITIONS.map((edition) => ({ begin: { edition, initial: LEARNER } })));
  return (edition) => {
    const snapshot = begun[EDITIONS.indexOf(edition)];
    const runtime = createRuntime({ table: tables[edition], snapshot, clock: () => 0, onCall: () => true });
    const theirs = edition === "scorm12" ? new Scorm12API(settings) : new Scorm2004API(settings);
    theirs.loadFromJSON(structuredClone(SAME[edition]), "cmi");
    return { ours: runtime.API ?? runtime.API_1484_11, theirs };
  };
}

/** The calls of one seed. */
export function sequence(seed, edition, table) {
  const dice = chance(seed);
  const rows = table.rows.filter((row) => row.editions.includes(edition));
  const { prefix, functions } = table;
  const calls = [];
  const call = (name, ...args) => calls.push([prefix + name, ...args]);
  if (!dice.once(20)) call(functions.initialize, "");
  for (let n = 15 + dice.below(30); n > 0; n--) {
    const roll = dice.below(100);
    const { name, row } = someElement(dice, rows);
    if (roll < 40) {
      call(functions.setValue, name, someValue(dice, row));
      call(functions.getValue, name);
    } else if (roll < 52) {
      const at = dice.below(3);
      const response = edition === "scorm12" ? "student_response" : "learner_response";
      call(functions.setValue, `cmi.interactions.${at}.id`, `i${dice.below(3)}`);
      call(functions.setValue, `cmi.interactions.${at}.type`, dice.pick(KINDS));
      call(functions.setValue, `cmi.interactions.${at}.${response}`, someValue(dice, { type: "response", element: "" }));
      call(functions.setValue, `cmi.interactions.${at}.correct_responses.${dice.below(2)}.pattern`, someValue(dice, { type: "pattern", element: "" }));
    } else if (roll < 90) {
      call(functions.getValue, name);
    } else if (roll < 94) {
      call(dice.pick([functions.commit, functions.initialize]), dice.once(4) ? "x" : "");
    } else if (roll < 98) {
      call(dice.pick([functions.getErrorString, functions.getLastError]), dice.pick(["", "0", "201", "401", "402", "406", "001", "x"]));
    } else if (roll < 99) {
      call(functions.terminate, dice.once(4) ? "x" : "");
    }
  }
  return calls;
}

/** What a run-time answers to a call: `[result, error]`; what it throws is an answer too. */
export function answer(api, prefix, [name, ...args]) {
  try {
    return [String(api[name](...args)), Number(api[`${prefix}GetLastError`]())];
  } catch (thrown) {
    return [`throws ${thrown?.name}`, -1];
  }
}

/**
 * Plays calls on both and reports every difference to `differs(call, ours, theirs)`. After a call that one
 * took and the other refused they hold different data, and a refused call should have left nothing: both
 * are then made anew, without that call. What the support functions say of the last error is compared
 * where the last errors are the same.
 */
export function play(make, prefix, calls, differs) {
  let { ours, theirs } = make();
  let sameError = true;
  const kept = [];
  for (const call of calls) {
    const support = /GetLastError|GetErrorString/.test(call[0]);
    const mine = answer(ours, prefix, call);
    const other = answer(theirs, prefix, call);
    if (support) {
      const [one, two] = call[0].endsWith("GetLastError") ? [mine, other] : [[mine[0], 0], [other[0], 0]];
      if (sameError && (one[0] !== two[0] || one[1] !== two[1])) differs(call, one, two);
      continue;
    }
    sameError = mine[1] === other[1];
    if (mine[0] !== other[0] || !sameError) differs(call, mine, other);
    if (call[0].includes("GetValue")) continue;
    if (mine[0] === "true" && other[0] === "true") {
      kept.push(call);
    } else if (mine[0] !== other[0] || /\.[0-9]/.test(call[1])) {
      ({ ours, theirs } = make());
      for (const one of kept) {
        answer(ours, prefix, one);
        answer(theirs, prefix, one);
      }
      sameError = false;
    }
  }
}

/** A difference as the list of explanations knows it: indices are `n`. */
export function written(edition, [name, element = "", ...value], mine, other) {
  const plain = element.replace(/\.[0-9]+(?=\.|$)/g, ".n").replace(/\{target=[^}]*\}/, "{target=}");
  const set = value.map((text) => ` = ${JSON.stringify(text)}`).join("");
  return `${edition === "scorm12" ? "1.2" : "2004"} ${name} ${plain}${set} | ${mine.join(" ")} | ${other.join(" ")}`;
}

// What only the browser's side has: odd arguments, lost `this`, lone surrogates, a journal that fails.

import assert from "node:assert/strict";
import test from "node:test";
import { createRuntime } from "../../static/player/runtime.js";
import { ask, tables } from "./support.mjs";

const all = tables();

function launch(edition, { onCall = () => true, initial = {}, ...rest } = {}) {
  const [snapshot] = ask([{ begin: { edition, initial } }]);
  const entries = [];
  let now = 0;
  const runtime = createRuntime({
    table: all[edition],
    snapshot,
    clock: () => ++now,
    onCall: (entry) => {
      entries.push(entry);
      return onCall(entry);
    },
    ...rest,
  });
  return { runtime, api: runtime.API ?? runtime.API_1484_11, entries };
}

test("the object of SCORM 2004 tells its version", () => {
  assert.equal(launch("scorm2004_third").api.version, "1.0");
  assert.equal(launch("scorm12").api.version, undefined);
});

test("each standard has its object, with its eight functions", () => {
  const { runtime, api } = launch("scorm12");
  assert.equal(runtime.API_1484_11, undefined);
  assert.deepEqual(Object.keys(api).sort(), [
    "LMSCommit", "LMSFinish", "LMSGetDiagnostic", "LMSGetErrorString", "LMSGetLastError", "LMSGetValue", "LMSInitialize", "LMSSetValue",
  ]);
  const later = launch("scorm2004_fourth");
  assert.equal(later.runtime.API, undefined);
  assert.deepEqual(Object.keys(later.api).sort(), [
    "Commit", "GetDiagnostic", "GetErrorString", "GetLastError", "GetValue", "Initialize", "SetValue", "Terminate",
  ]);
});

test("functions work without `this`", () => {
  const { api } = launch("scorm2004_fourth");
  const { Initialize, SetValue, GetValue, Terminate } = api;
  assert.equal(Initialize(""), "true");
  assert.equal(SetValue.call(null, "cmi.location", "1"), "true");
  assert.equal(GetValue.apply(undefined, ["cmi.location"]), "1");
  assert.equal(Terminate.bind({})(""), "true");
});

test("arguments of any type count as text", () => {
  const { api, entries } = launch("scorm2004_fourth");
  assert.equal(api.Initialize(), "true");
  assert.deepEqual(entries[0], { call: "Initialize", args: [""], result: "true", error: 0, at: 1 });
  for (const [value, stored] of [
    [3, "3"], [0.5, "0.5"], [true, "true"], [null, ""], [undefined, ""], [["a", "b"], "a,b"], [new String("s"), "s"],
    [{}, "[object Object]"], [10n, "10"], [Symbol.for("x"), "Symbol(x)"], [Object.create(null), ""],
    [{ toString() { throw new Error("no"); } }, ""],
  ]) {
    assert.equal(api.SetValue("cmi.location", value), "true");
    assert.equal(api.GetValue("cmi.location"), stored);
    assert.equal(entries.at(-2).args[1], stored);
  }
  assert.equal(api.SetValue("cmi.score.scaled", 0.25), "true");
  assert.equal(api.GetErrorString(404), "Data Model Element Is Read Only");
  assert.equal(api.Commit(null), "true");
  assert.equal(api.Terminate(undefined), "true");
});

test("results are strings", () => {
  const { api } = launch("scorm12");
  for (const name of Object.keys(api)) assert.equal(typeof api[name](), "string", name);
});

test("lone surrogates are refused and journaled as U+FFFF, which the fold refuses too", () => {
  for (const [edition, code] of [["scorm12", 405], ["scorm2004_fourth", 406]]) {
    const { api, entries } = launch(edition);
    const [initialize, setValue] = edition === "scorm12" ? ["LMSInitialize", "LMSSetValue"] : ["Initialize", "SetValue"];
    api[initialize]("");
    for (const value of ["\ud800", "a\udc00b", "\udc00\ud800", "\0", "\uffff"]) {
      assert.equal(api[setValue]("cmi.suspend_data", value), "false");
      const { args, error } = entries.at(-1);
      assert.equal(error, code);
      assert.ok(args[1].includes("\uffff") && args[1].length === value.length);
      const [, , answer] = ask([
        { begin: { edition, initial: {} } },
        { call: { function: initialize, args: [""], at: 0 } },
        { call: { function: setValue, args, at: 0 } },
      ]);
      assert.equal(answer.error, code);
    }
    assert.equal(api[setValue]("cmi.suspend_data", "𝄞"), "true");
  }
});

test("support functions are not reported, every other call is", () => {
  const { api, entries } = launch("scorm2004_fourth");
  api.Initialize("");
  api.GetValue("cmi.mode");
  api.GetValue("cmi.nothing");
  api.GetLastError();
  api.GetErrorString("401");
  api.GetDiagnostic("");
  api.SetValue("cmi.location", "x");
  api.Commit("");
  api.Terminate("");
  assert.deepEqual(entries.map(({ call, error }) => [call, error]), [
    ["Initialize", 0], ["GetValue", 0], ["GetValue", 401], ["SetValue", 0], ["Commit", 0], ["Terminate", 0],
  ]);
  assert.deepEqual(entries.map(({ at }) => at), [1, 2, 3, 4, 5, 6]);
});

test("S13: what cannot be kept is not said to be kept", () => {
  for (const failing of [() => false, () => { throw new Error("quota"); }]) {
    let fails = false;
    const { api, runtime } = launch("scorm2004_fourth", { onCall: (entry) => (fails ? failing(entry) : undefined) });
    api.Initialize("");
    fails = true;
    assert.equal(api.SetValue("cmi.location", "x"), "true");
    assert.equal(api.Commit(""), "false");
    assert.equal(api.GetLastError(), "391");
    assert.equal(api.Terminate(""), "false");
    assert.equal(api.GetLastError(), "111");
    assert.equal(runtime.state(), "running");
    fails = false;
    assert.equal(api.Commit(""), "true");
    assert.equal(api.Terminate(""), "true");
  }
  const { api } = launch("scorm12", { onCall: () => false });
  assert.equal(api.LMSInitialize(""), "true");
  assert.equal(api.LMSCommit(""), "false");
  assert.equal(api.LMSGetLastError(), "101");
});

test("S15: names of the language's own objects are unknown elements", () => {
  const { api, runtime } = launch("scorm2004_fourth");
  api.Initialize("");
  for (const name of ["__proto__", "constructor", "cmi.__proto__", "cmi.objectives.__proto__.id", "toString", "hasOwnProperty"]) {
    assert.equal(api.SetValue(name, "x"), "false", name);
    assert.equal(api.GetLastError(), "401", name);
    assert.equal(api.GetValue(name), "", name);
  }
  assert.equal({}.x, undefined);
  assert.equal(runtime.value("__proto__"), undefined);
});

test("the engine's word on navigation is answered at once, and can change", () => {
  const { api, runtime } = launch("scorm2004_fourth", { navigation: { continue: true, previous: false, choice: { "item.2": true } } });
  api.Initialize("");
  const valid = (what) => api.GetValue(`adl.nav.request_valid.${what}`);
  assert.deepEqual(["continue", "previous", "choice.{target=item.2}", "choice.{target=z}"].map(valid), ["true", "false", "true", "unknown"]);
  runtime.setNavigation({ continue: false, previous: true, jump: { a: true } });
  assert.deepEqual(["continue", "previous", "choice.{target=item.2}", "jump.{target=a}"].map(valid), ["false", "true", "unknown", "true"]);
});

test("a runtime begins where a snapshot left off", () => {
  const { api, runtime } = launch("scorm2004_fourth");
  api.Initialize("");
  api.SetValue("cmi.interactions.0.id", "q");
  api.SetValue("cmi.nothing", "x");
  const snapshot = JSON.parse(JSON.stringify(runtime.snapshot()));
  const again = createRuntime({ table: all.scorm2004_fourth, snapshot, clock: () => 0, onCall: () => true });
  assert.equal(again.API_1484_11.GetLastError(), "401");
  assert.equal(again.API_1484_11.GetValue("cmi.interactions._count"), "1");
  assert.deepEqual(again.snapshot().values, snapshot.values);
});

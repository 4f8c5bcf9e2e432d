// The SCORM API that a SCO finds in the browser: an interpreter of the data-model table that the
// server's fold interprets too. Every call is answered from memory and reported to `onCall`.
//
//   const { API_1484_11 } = createRuntime({ table, snapshot, navigation, clock, onCall });
//
// table       the standard's table (crates/scorm, datamodel::table_json)
// snapshot    run-time data to begin with (a serialised `Sco`)
// navigation  what the engine says of navigation: { continue, previous, choice: {}, jump: {} }, or nothing
// clock       () => whole milliseconds since the session opened
// onCall      ({ call, args, result, error, at }) => false if the call could not be kept
//
// GetLastError, GetErrorString and GetDiagnostic change nothing and are not reported.

import { check, compileTypes, measure, number, storable } from "./values.js";

const LONGEST_NAME = 4096;
const NAVIGATION = "adl.nav.request_valid.";

/** Whatever a SCO passes, as text: nothing at all counts as an empty string. */
function text(argument) {
  if (argument === undefined || argument === null) return "";
  if (typeof argument === "string") return argument;
  try {
    return String(argument);
  } catch {
    return "";
  }
}

/** An index: decimal digits. Beyond nine of them they are all beyond any collection. */
function entryIndex(segment) {
  if (!/^[0-9]+$/.test(segment)) return null;
  const digits = segment.replace(/^0+/, "");
  return digits.length > 9 ? 999999999 : Number(digits || "0");
}

/** The table's rows by name, for one edition. */
function readTable(table, edition) {
  const rows = new Map();
  const nodes = new Set();
  for (const row of table.rows) {
    if (!row.editions.includes(edition)) continue;
    rows.set(row.element, row);
    for (let at = row.element.lastIndexOf("."); at > 0; at = row.element.lastIndexOf(".", at - 1)) {
      nodes.add(row.element.slice(0, at));
    }
  }
  const collections = new Map();
  for (const collection of table.collections) {
    if (nodes.has(collection.element)) collections.set(collection.element, collection);
  }
  const interactions = new Map(table.interactions.map((formats) => [formats.type, formats]));
  const strings = new Map(table.errors.map((error) => [String(error.code), error.string]));
  return { rows, nodes, collections, interactions, strings, types: compileTypes(table) };
}

/** `cmi.interactions.n.id` with the indices of `path` in the places of `n`. */
function withIndices(pattern, path) {
  let next = 0;
  return pattern
    .split(".")
    .map((segment) => (segment === "n" ? String(path[next++].position) : segment))
    .join(".");
}

class Refused extends Error {
  constructor(refusal, row) {
    super(refusal);
    this.refusal = refusal;
    this.row = row;
  }
}

/** Begins the run-time of one launch; see the head of this file. */
export function createRuntime({ table, snapshot, navigation, clock, onCall }) {
  const { rows, nodes, collections, interactions, strings, types } = readTable(table, snapshot.edition);
  const names = table.functions;
  const limits = snapshot.limits || table.limits;
  const values = new Map(Object.entries(snapshot.values || {}));
  const counts = new Map(Object.entries(snapshot.counts || {}));
  const access = new Map(Object.entries(snapshot.access || {}));
  let bytes = snapshot.bytes || 0;
  let state = snapshot.state || "notInitialized";
  let error = snapshot.error || 0;
  let diagnostic = snapshot.diagnostic || "";

  const count = (collection) => counts.get(collection) || 0;
  const sizeOf = (value) => (value === undefined ? 0 : measure(value).bytes);

  function resolve(name) {
    try {
      return found(name);
    } catch (refused) {
      if (refused.refusal === "undefined" && isInCategory(name)) throw new Refused("noLeaf");
      throw refused;
    }
  }

  /** Whether a name goes on behind a category (`cmi.core`) and is none itself. */
  function isInCategory(name) {
    const [model, category, leaf] = name.split(".");
    return leaf !== undefined && nodes.has(`${model}.${category}`) && !nodes.has(name);
  }

  function found(name) {
    if (name.startsWith(".") || measure(name).bytes > LONGEST_NAME) throw new Refused("undefined");
    const at = name.indexOf(".{target=");
    if (at >= 0) {
      const target = name.slice(at + 9);
      const row = target.endsWith("}") && target.length > 1 ? rows.get(`${name.slice(0, at)}.{target=}`) : undefined;
      if (!row) throw new Refused("undefined");
      return { name, row, path: [] };
    }
    let pattern = "";
    let canonical = "";
    const path = [];
    for (const segment of name.split(".")) {
      const collection = segment.startsWith("_") ? undefined : collections.get(pattern);
      if (collection) {
        const position = entryIndex(segment);
        if (position === null) throw new Refused("undefined");
        path.push({ name: canonical, collection, position });
        pattern += ".n";
        canonical += `.${position}`;
      } else {
        pattern += (pattern && ".") + segment;
        canonical += (canonical && ".") + segment;
      }
    }
    const row = rows.get(pattern);
    if (row) return { name: canonical, row, path };
    const dot = pattern.lastIndexOf(".");
    const parent = pattern.slice(0, Math.max(dot, 0));
    if (dot >= 0 && (nodes.has(parent) || rows.has(parent))) {
      const keyword = pattern.slice(dot + 1);
      if (keyword === "_children") throw new Refused("noChildren");
      if (keyword === "_count") throw new Refused("noCount");
      if (keyword === "_version") throw new Refused("noVersion");
    }
    throw new Refused("undefined");
  }

  /** The value an element has now: evaluated, stored or default. */
  function read(row, name) {
    if (row.judged) {
      const threshold = number(values.get(row.judged.threshold));
      if (threshold !== null) {
        const reached = number(values.get(row.judged.measure));
        if (reached === null) return row.judged.unknown;
        return reached >= threshold ? row.judged.reached : row.judged.missed;
      }
    }
    return values.has(name) ? values.get(name) : row.default;
  }

  function getValue(asked) {
    if (state !== "running") throw new Refused(state === "terminated" ? "getLate" : "getEarly");
    if (asked === "") throw new Refused("getNothing");
    const { name, row, path } = resolve(asked);
    if (row.access === "w") throw new Refused("writeOnly", row);
    if (path.some((step) => step.position >= count(step.name))) throw new Refused("noEntry", row);
    if (row.access === "k") return row.value !== undefined ? row.value : String(count(name.replace(/\._count$/, "")));
    const own = access.get(name);
    if (own === "w" || own === "") throw new Refused("writeOnly", row);
    const value = read(row, name);
    if (value !== undefined) return value;
    if (table.unsetIsError) throw new Refused("unset", row);
    return "";
  }

  /** Throws for everything that can refuse a SetValue, in the order of the codes' precedence. */
  function admit({ name, row, path }, value) {
    const refuse = (refusal) => {
      throw new Refused(refusal, row);
    };
    if (row.access === "k") refuse("keyword");
    if (row.access === "r" || row.access === "") refuse("readOnly");
    for (const step of path) {
      const entries = count(step.name);
      if (step.position > entries || (step.collection.fixed && step.position === entries)) refuse("gap");
      if (step.position >= limits.entries) refuse("full");
    }
    const own = access.get(name);
    if (own === "r" || own === "") refuse("readOnly");
    for (const pattern of row.needs || []) {
      if (!values.has(withIndices(pattern, path))) refuse("dependency");
    }
    const size = measure(value);
    if (size.forbidden) refuse("characters");
    if (size.bytes > limits.valueBytes) refuse("tooLong");
    const typed = row.type === "response" || row.type === "pattern";
    const formats = typed ? interactions.get(values.get(withIndices("cmi.interactions.n.type", path))) : undefined;
    const last = path[path.length - 1];
    if (formats && last && last.collection.patterns && formats.patterns !== undefined && last.position >= formats.patterns) {
      refuse("full");
    }
    const wrong = check(types, row, value, formats);
    if (wrong) refuse(wrong);
    if (row.once && values.has(name) && values.get(name) !== value) refuse("once");
    if (last && (row.unique || (last.collection.patterns && formats && formats.distinct))) {
      const leaf = row.element.slice(row.element.lastIndexOf(".") + 1);
      for (let other = 0; other < count(last.name); other++) {
        if (other !== last.position && values.get(`${last.name}.${other}.${leaf}`) === value) refuse("duplicate");
      }
    }
    if (bytes - sizeOf(values.get(name)) + size.bytes > limits.totalBytes) refuse("tooMuch");
  }

  function put(name, value) {
    bytes += sizeOf(value) - sizeOf(values.get(name));
    values.set(name, value);
  }

  function remove(name) {
    bytes -= sizeOf(values.get(name));
    values.delete(name);
  }

  function setValue(asked, value) {
    if (state !== "running") throw new Refused(state === "terminated" ? "setLate" : "setEarly");
    if (asked === "") throw new Refused("setNothing");
    let resolved;
    try {
      resolved = resolve(asked);
    } catch (refused) {
      throw ["undefined", "noLeaf"].includes(refused.refusal) ? refused : new Refused("noKeyword");
    }
    if (resolved.row.appends) value = (values.get(resolved.name) ?? "") + value;
    admit(resolved, value);
    if (resolved.row.empty_clears && value === "") remove(resolved.name);
    else put(resolved.name, value);
    for (const step of resolved.path) {
      if (step.position >= count(step.name)) counts.set(step.name, step.position + 1);
    }
    return "true";
  }

  function initialize(argument) {
    if (state === "running") throw new Refused("initializeRunning");
    if (state === "terminated") throw new Refused("initializeTerminated");
    if (argument !== "") throw new Refused("argument");
    state = "running";
    return "true";
  }

  function terminate(argument) {
    if (state !== "running") throw new Refused(state === "terminated" ? "terminateLate" : "terminateEarly");
    if (argument !== "") throw new Refused("argument");
    state = "terminated";
    return "true";
  }

  function commit(argument) {
    if (state !== "running") throw new Refused(state === "terminated" ? "commitLate" : "commitEarly");
    if (argument !== "") throw new Refused("argument");
    return "true";
  }

  function refuse(refusal, row) {
    const [code, sentence] = table.refusals[refusal];
    error = code;
    diagnostic = row ? `${row.element}: ${sentence}` : sentence;
  }

  /** One call: answered, its error kept, reported. */
  function call(name, failure, work, args) {
    let result;
    try {
      result = work(...args);
      error = 0;
      diagnostic = "";
    } catch (refused) {
      if (!(refused instanceof Refused)) throw refused;
      refuse(refused.refusal, refused.row);
      result = failure;
    }
    const kept = report({ call: table.prefix + name, args: args.map(storable), result, error, at: clock() });
    if (!kept && error === 0 && (work === commit || work === terminate)) {
      if (work === terminate) state = "running";
      refuse(work === commit ? "commitFailed" : "terminateFailed");
      return "false";
    }
    return result;
  }

  function report(entry) {
    try {
      return onCall(entry) !== false;
    } catch {
      return false;
    }
  }

  function setNavigation(validity) {
    if (table.standard !== "2004" || !validity) return;
    for (const name of [...values.keys()]) if (name.startsWith(NAVIGATION)) remove(name);
    put(`${NAVIGATION}continue`, String(Boolean(validity.continue)));
    put(`${NAVIGATION}previous`, String(Boolean(validity.previous)));
    for (const kind of ["choice", "jump"]) {
      for (const [target, valid] of Object.entries(validity[kind] || {})) {
        put(`${NAVIGATION}${kind}.{target=${target}}`, String(Boolean(valid)));
      }
    }
  }

  // Closures, not methods: SCOs copy functions out of the object and lose `this`.
  const functions = {
    [names.initialize]: (argument) => call(names.initialize, "false", initialize, [text(argument)]),
    [names.terminate]: (argument) => call(names.terminate, "false", terminate, [text(argument)]),
    [names.getValue]: (element) => call(names.getValue, "", getValue, [text(element)]),
    [names.setValue]: (element, value) => call(names.setValue, "false", setValue, [text(element), text(value)]),
    [names.commit]: (argument) => call(names.commit, "false", commit, [text(argument)]),
    [names.getLastError]: () => String(error),
    [names.getErrorString]: (code) => strings.get(text(code)) || "",
    [names.getDiagnostic]: (code) => {
      const asked = text(code);
      const ofLast = asked === "" || asked === String(error);
      return (ofLast && diagnostic) || strings.get(ofLast ? String(error) : asked) || "";
    },
  };
  const api = {};
  for (const [name, work] of Object.entries(functions)) api[table.prefix + name] = work;
  // IEEE 1484.11.2, RTE 3.3.1: which interface this is. SCORM 1.2 has no such attribute.
  if (table.standard === "2004") Object.defineProperty(api, "version", { value: "1.0" });

  setNavigation(navigation);
  return {
    [table.standard === "2004" ? "API_1484_11" : "API"]: api,
    /** Takes over what the engine says of navigation now. */
    setNavigation,
    /** "notInitialized", "running" or "terminated". */
    state: () => state,
    /** The value an element has now, write-only ones too; undefined when it has none. */
    value(name) {
      try {
        const resolved = resolve(name);
        return read(resolved.row, resolved.name);
      } catch {
        return undefined;
      }
    },
    /** The run-time data as it stands, in the form this began with. */
    snapshot: () => ({
      ...snapshot,
      state,
      error,
      diagnostic,
      values: Object.fromEntries(values),
      counts: Object.fromEntries(counts),
      bytes,
    }),
  };
}

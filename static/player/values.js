// Whether a value is of an element's type. The rules come from the table that the server's fold
// interprets too (crates/scorm, datamodel): here are only the words that table uses.
// A check answers null when the value is right, else the name of the refusal.

/** A table's types, compiled once. */
export function compileTypes(table) {
  const types = new Map();
  for (const rule of table.types) {
    types.set(rule.name, {
      rule,
      pattern: new RegExp(rule.pattern, "u"),
      prefixed: rule.prefixed ? new RegExp(rule.prefixed, "u") : null,
      first: rule.first ? new Set(rule.first.split(" ")) : null,
    });
  }
  return types;
}

/** Bytes of a text in UTF-8, and whether it holds what is no text: NUL, U+FFFF, a lone surrogate. */
export function measure(text) {
  let bytes = 0;
  let forbidden = false;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) {
      bytes += 1;
      if (unit === 0) forbidden = true;
    } else if (unit < 0x800) {
      bytes += 2;
    } else if (unit >= 0xd800 && unit <= 0xdfff) {
      const next = unit < 0xdc00 ? text.charCodeAt(i + 1) : 0;
      if (next >= 0xdc00 && next <= 0xdfff) {
        bytes += 4;
        i++;
      } else {
        bytes += 3;
        forbidden = true;
      }
    } else {
      bytes += 3;
      if (unit === 0xffff) forbidden = true;
    }
  }
  return { bytes, forbidden };
}

/** The text with everything that cannot be stored written as U+FFFF, which is refused likewise. */
export function storable(text) {
  if (!measure(text).forbidden) return text;
  let kept = "";
  for (const character of text) {
    const code = character.codePointAt(0);
    kept += code === 0 || (code >= 0xd800 && code <= 0xdfff) ? "\uffff" : character;
  }
  return kept;
}

/** A real's value, or null. */
export function number(text) {
  if (typeof text !== "string" || text === "") return null;
  const value = Number(text);
  return Number.isFinite(value) ? value : null;
}

/** Checks a value for a row; `formats` are those of the interaction's type where they matter. */
export function check(types, row, value, formats) {
  switch (row.type) {
    case "text":
      return null;
    case "localized":
      return localized(types, value) ? null : "type";
    case "words":
      return (row.words || []).includes(value) && !(row.reserved || []).includes(value) ? null : "word";
    case "wordsOrReal":
      return (row.words || []).includes(value) ? null : ofType(types, "real", row, value);
    case "response":
      return !formats || formatted(types, formats.response, value) ? null : "type";
    case "pattern":
      return !formats || formatted(types, formats.pattern, value) ? null : "type";
    default:
      return ofType(types, row.type, row, value);
  }
}

function ofType(types, name, row, value) {
  const type = types.get(name);
  if (!type || !matches(type, value)) return "type";
  const { bounds } = type.rule;
  if (bounds) {
    const integer = Number(value);
    if (integer < bounds[0] || integer > bounds[1]) return "range";
  }
  if ((row.min !== undefined || row.max !== undefined) && value !== "") {
    const real = number(value);
    if (real === null) return "type";
    if ((row.min !== undefined && real < row.min) || (row.max !== undefined && real > row.max)) return "range";
  }
  return null;
}

function matches({ rule, pattern, prefixed, first }, value) {
  if (rule.longest !== undefined && value.length > rule.longest) return false;
  if (!pattern.test(value)) return false;
  if (first && value !== "") {
    const start = value.split("-", 1)[0].toLowerCase();
    if (!/^q[a-t].$/.test(start) && !first.has(start)) return false;
  }
  if (prefixed && value.slice(0, rule.prefix.length).toLowerCase() === rule.prefix) return prefixed.test(value);
  return true;
}

function is(types, name, value) {
  const type = types.get(name);
  return type !== undefined && matches(type, value);
}

function localized(types, value) {
  if (!value.startsWith("{lang=")) return true;
  const end = value.indexOf("}");
  return end < 0 || is(types, "language", value.slice(6, end));
}

function formatted(types, format, value) {
  let rest = value;
  const seen = [];
  for (let again = true; again; ) {
    again = false;
    for (const flag of format.flags) {
      const start = `{${flag}=`;
      if (!rest.startsWith(start)) continue;
      const end = rest.indexOf("}");
      if (end < 0) continue;
      const setting = rest.slice(start.length, end);
      if (seen.includes(flag) || (setting !== "true" && setting !== "false")) return false;
      seen.push(flag);
      rest = rest.slice(end + 1);
      again = true;
      break;
    }
  }
  if (rest === "") return format.empty;
  const items = format.list === null ? [rest] : rest.split(format.list);
  if (format.distinct && new Set(items).size !== items.length) return false;
  return items.every((text) => {
    if (format.pair === null) return item(types, format.item, text);
    const [separator, first] = format.pair;
    const at = text.indexOf(separator);
    if (at < 0) return false;
    const a = text.slice(0, at);
    const b = text.slice(at + separator.length);
    return !(a === "" && b === "") && item(types, first, a) && item(types, format.item, b);
  });
}

function item(types, kind, text) {
  switch (kind) {
    case "text":
      return true;
    case "localized":
      return localized(types, text);
    case "identifier":
      return is(types, "short_identifier", text);
    case "identifierOrNone":
      return text === "" || is(types, "short_identifier", text);
    case "boolean":
      return text === "true" || text === "false";
    case "boolean12":
      return /^[01tfTF]/.test(text);
    case "real":
      return is(types, "real", text);
    case "range":
      return range(types, text);
    case "answer":
      return !text.includes("[.]") && (!text.includes("[:]") || range(types, text));
    default:
      return false;
  }
}

/** `min[:]max`, or one number alone: see `range` in crates/scorm/src/datamodel/values.rs. */
function range(types, text) {
  const at = text.indexOf("[:]");
  if (at < 0) return is(types, "real", text);
  const low = text.slice(0, at);
  const high = text.slice(at + 3);
  if (!(low === "" || is(types, "real", low)) || !(high === "" || is(types, "real", high))) return false;
  return low === "" || high === "" || number(low) <= number(high);
}

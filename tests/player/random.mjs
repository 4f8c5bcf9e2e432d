// Random elements, values and initial data for SCOs that know no rules.

const PIECES = [
  "[,]", "[.]", "[:]", ",", ".", "{lang=en}", "{lang=fr-TN}", "{lang=}", "{lang=zz}", "{lang=en", "{case_matters=true}",
  "{case_matters=maybe}", "{order_matters=false}", "{order_matters=true}", "a", "b", "urn:", "urn:x:y", "urn:isbn:1\u2028",
  "é", "ب", "𝄞", "\ud800", "\udc00", "\0", "\uffff", "\ufeff", " ", "\t", "\n", "%", "{", "}", "[", "]", "0", "1", "9", "-", "+", "e", "T", "P",
];
const NUMBERS = [
  "0", "1", "-1", "0.5", "-0.5", "1.0", "1.", ".5", "+5", "-.5", "100", "101", "-100", "1e3", "NaN", "Infinity", "", " 1", "1 ",
  "0.30000000000000004", "1.0000000000000001", "00012", "9".repeat(99), "9".repeat(101), "١", "1,5", "0x10", "--1", ".", "-",
];
const TIMES = [
  "PT0S", "PT1H", "PT1H30M5.25S", "P1Y2M3DT4H5M6.78S", "P", "PT", "P1YT", "PT1.5H", "PT1.234S", "P1M1Y", "-PT1S", "pt1s", "PT1S\n",
  "0000:00:00", "00:00:00", "12:34:56.7", "9999:99:99.99", "1:2:3", "24:00:00", "23:59:59.99", "23:59:59.999",
  "2024", "2024-02-29", "2023-02-30", "1969", "2039", "2024-13", "2024-01-01T25", "2024-01-01T10:20:30Z", "2024-01-01T10:20:30.5Z",
  "2024-01-01T10:20:30.25+01:00", "2024-01-01T10:20:30.255", "2024-01-01T10", "2024-04-31",
];
const WORDS = [
  "true", "false", "completed", "incomplete", "not attempted", "unknown", "passed", "failed", "browsed", "suspend", "normal", "time-out",
  "logout", "correct", "incorrect", "wrong", "neutral", "continue", "previous", "choice", "{target=a}choice", "{target=a.b}jump",
  "{target=}choice", "suspendAll", "exitAll", "abandon", "_none_", "_NONE_", "Completed", "t", "f", "T", "credit", "3",
];
export const KINDS = [
  "true-false", "choice", "fill-in", "long-fill-in", "matching", "performance", "sequencing", "likert", "numeric", "other",
];

function someText(dice) {
  let made = "";
  for (let n = dice.below(6); n > 0; n--) made += dice.pick(PIECES);
  return dice.once(200) ? made.repeat(300) : made;
}

export function someValue(dice, row) {
  if (row?.words && !dice.once(4)) return dice.pick(row.words);
  if (row?.element.endsWith(".id") && !dice.once(4)) return `id${dice.below(4)}`;
  if (row?.type === "pattern" || row?.type === "response") {
    const good = ["true", "a", "a[,]b", "a[,]a", "a[.]b", "a[.]b[,]c[.]d", "1[:]2", "[:]", "3[:]1", "2.5", "[.]x", "x[.]", "a.b,c.d", ""];
    if (!dice.once(3)) return dice.pick(good);
  }
  if (row?.type === "real" || row?.type?.startsWith("decimal")) if (!dice.once(5)) return dice.pick(NUMBERS);
  if (row?.type?.startsWith("time")) if (!dice.once(5)) return dice.pick(TIMES);
  return dice.pick([someText, (d) => d.pick(NUMBERS), (d) => d.pick(TIMES), (d) => d.pick(WORDS)])(dice);
}

function someIndex(dice) {
  return dice.pick(["0", "0", "0", "1", "1", "2", "3", "00", "01", "7", "-1", "x", "", "99999999999", "1.5", "٠", "_count", "n"]);
}

export function someElement(dice, rows) {
  const row = dice.pick(rows);
  let name = row.element.replace("{target=}", () => `{target=${dice.pick(["a", "b.c", "", "d}e"])}}`);
  name = name
    .split(".")
    .map((part) => (part === "n" ? (dice.once(4) ? someIndex(dice) : String(dice.below(3))) : part))
    .join(".");
  if (dice.once(15)) name += dice.pick(["._children", "._count", "._version", ".x", ".", ".0", "._x"]);
  if (dice.once(25)) name = dice.pick(["", ".", "cmi", ".cmi.location", "__proto__", "cmi.__proto__", "constructor", "cmi.constructor.name", "adl.nav", name.slice(0, -1), name.toUpperCase(), ` ${name}`, someText(dice)]);
  return { name, row };
}

export function someInitial(dice) {
  const maybe = (value) => (dice.once(2) ? value : undefined);
  return {
    learner_id: "learner-1",
    learner_name: maybe("{lang=fr}Ben Salah, Amel") ?? "",
    credit: dice.pick(["credit", "no-credit"]),
    mode: dice.pick(["normal", "browse", "review"]),
    launch_data: maybe("data"),
    max_time_allowed: maybe("PT1H"),
    time_limit_action: maybe("exit,message"),
    completion_threshold: maybe(dice.pick([0, 0.5, 0.1 + 0.2, 1])),
    scaled_passing_score: maybe(dice.pick([-1, 0, 0.6, 1e-7])),
    mastery_score: maybe(70),
    objectives: Array.from({ length: dice.below(3) }, (_, n) => ({ id: `id${n}`, satisfied: maybe(true), scaled: maybe(0.25), completed: maybe(false), progress: maybe(0.5) })),
    stores: Array.from({ length: dice.below(4) }, (_, n) => ({ id: `store${n}`, value: maybe("kept") ?? null, readable: !dice.once(3), writable: !dice.once(3) })),
    comments_from_lms: maybe([{ comment: "Welcome", location: "1", timestamp: "2024-01-01" }]) ?? [],
    preferences: [[dice.pick(["cmi.learner_preference.language", "cmi.student_preference.audio", "cmi.exit"]), dice.pick(["fr", "50", "suspend"])]],
  };
}

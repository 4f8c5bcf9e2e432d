// Whether an answer is the expected one. Values compare as the standard says: numbers by value,
// spans by length, lists of children by members, delimiters in any order and with their defaults.

/** Null when it is, else what differs. */
export function same(command, { result, error, name }) {
  const expected = command.exp ?? '';
  const short = (text) => JSON.stringify(String(text).slice(0, 60));
  if (command.fn === 'compareObjIds') {
    const sorted = (list) => [...list].sort().join(' ');
    return sorted(result) === sorted(expected) ? null : `objectives ${result}, expected ${expected}`;
  }
  const support = /^doGet(Error|Diag|LastError)/.test(command.fn);
  const anything = expected === 'Returned a valid value or error code';
  const right =
    command.learner ||
    anything ||
    (expected === '' && name.endsWith('.id') && command.err === '0' && error === '0') ||
    (expected === 'less255' && result.length < 255) ||
    (expected === 'emptyCS' && result === '') ||
    alike(name, expected, result);
  const code = support || anything || error === (command.err ?? '0');
  return right && code ? null : `expected ${short(expected)} ${command.err ?? '0'}, got ${short(result)} ${error}`;
}

function alike(name, expected, got) {
  if (expected === got) return true;
  if (name.endsWith('_children')) return expected.split(',').sort().join() === got.split(',').sort().join();
  const number = (text) => (/^-?\d+(\.\d+)?$/.test(text) ? Number(text) : NaN);
  if (Math.abs(number(expected) - number(got)) < 1e-6) return true;
  if (/_time$|time_allowed$|latency$/.test(name)) return span(expected) !== null && span(expected) === span(got);
  const [a, b] = [parts(expected), parts(got)];
  return a.rest === b.rest && a.delimiters.join() === b.delimiters.join();
}

/** A duration in hundredths of a second, months and years apart. */
function span(text) {
  const found = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/.exec(text);
  if (!found) return null;
  const [years, months, days, hours, minutes, seconds] = found.slice(1).map((n) => Number(n ?? 0));
  return `${years * 12 + months} ${Math.round((((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 100)}`;
}

/** The delimiters a value begins with, those that say the default left out, and the rest. */
function parts(value) {
  const delimiters = [];
  let rest = value;
  for (let found; (found = /^\{((?:lang|case_matters|order_matters)=[^}]*)\}/.exec(rest)); rest = rest.slice(found[0].length)) {
    if (!['lang=en', 'case_matters=false', 'order_matters=true'].includes(found[1])) delimiters.push(found[1]);
  }
  return { delimiters: delimiters.sort(), rest };
}

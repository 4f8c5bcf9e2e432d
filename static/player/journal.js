// The learner's journal in the browser: every call is written here first, sent second, and
// forgotten only once the server has acknowledged it.
//
// Nothing in this file knows SCORM, the page or the network: storage, sending, time and chance are
// arguments, so that the same code runs in the tests.

/** Entries wait this long for company before they are sent (ms). */
export const GATHER = 1000;
/** The first wait after a failure (ms); each further one is twice as long. */
const FIRST_WAIT = 1000;
/** No wait is longer than this (ms). */
const LONGEST_WAIT = 60_000;
/** A batch holds at most so many entries … */
const BATCH_ENTRIES = 500;
/** … and about so many characters (a single entry may be larger). */
const BATCH_SIZE = 512 * 1024;
/** Browsers let a leaving page send 64 KiB, in bytes. */
const LEAVING_SIZE = 60 * 1024;

const utf8 = new TextEncoder();

/**
 * How a send ended, as the transport tells it:
 *
 * - `{kind: 'saved', acked, body}`: all entries up to `acked` are on the server's disk;
 * - `{kind: 'gap', expected}`: the server lacks what came before;
 * - `{kind: 'superseded', acked}`: kept, but another tab or device has taken over;
 * - `{kind: 'refused', code}`: sending it again will not help;
 * - `{kind: 'failed', again?}`: no answer of ours; try later (`again`: ms the server asked for).
 *
 * @callback Send
 * @param {{session: string, text: string, keepalive: boolean}} batch
 * @returns {Promise<object>}
 */

/** The journal of one session. */
export class Journal {
  #session;
  #store;
  #send;
  #timers;
  #random;
  #onChange;
  #onState;
  /** Written and not acknowledged: `{seq, text, wanted}`, in order. */
  #pending = [];
  #next = 1;
  #failures = 0;
  #flying = false;
  #timer = null;
  #urgent = false;
  #leaving = false;
  #leftUpTo = 0;
  #waiting = [];
  /** What waits for a better line. */
  #woken = new Set();
  /** Why nothing is sent any more, once that is so. */
  #stopped = null;
  /** The server's code for it, where it gave one: for support. */
  #code = null;

  /**
   * @param {object} parts
   * @param {string} parts.session id of the session
   * @param {{put: Function, drop: Function, failing?: boolean}} parts.store keeps entries over a
   *   closed tab; `failing` while it could not keep one
   * @param {Send} parts.send
   * @param {(state: object) => void} [parts.onChange] told whenever the visible state may change
   * @param {(state: object) => void} [parts.onState] given the course's state whenever an answer
   *   brings it
   * @param {{set: Function, clear: Function}} [parts.timers]
   * @param {() => number} [parts.random]
   */
  constructor({ session, store, send, onChange, onState, timers, random }) {
    this.#session = session;
    this.#store = store;
    this.#send = send;
    this.#onChange = onChange ?? (() => {});
    this.#onState = onState ?? (() => {});
    store.onFailing = () => this.#tell();
    this.#timers = timers ?? {
      set: (run, wait) => setTimeout(run, wait),
      clear: (timer) => clearTimeout(timer),
    };
    this.#random = random ?? Math.random;
  }

  /**
   * Writes an entry: numbered and kept locally before this returns.
   *
   * @param {object} entry without `seq`
   * @param {{urgent?: boolean, state?: boolean}} [how] `urgent`: send at once; `state`: ask the
   *   server for the course's state after this entry
   * @returns {number} its number
   */
  add(entry, { urgent = false, state = false } = {}) {
    const seq = this.#next++;
    const text = JSON.stringify({ seq, ...entry });
    this.#store.put(this.#session, seq, text);
    this.#pending.push({ seq, text, wanted: state });
    // A page in the background may be killed at any time, but may also go on playing.
    if (this.#leaving && urgent) this.leave();
    if (urgent) {
      this.#urgent = true;
      if (this.#failures === 0) this.#schedule(0);
    } else if (this.#timer === null && this.#failures === 0) {
      this.#schedule(GATHER);
    }
    this.#tell();
    return seq;
  }

  /** What the learner may see: `saved`, `saving`, `offline` or why it stopped. */
  get state() {
    if (this.#stopped) return this.#stopped;
    if (this.#pending.length === 0 && this.#failures === 0) return 'saved';
    return this.#failures > 0 ? 'offline' : 'saving';
  }

  /** Whether everything written survives a closed tab, or is on the server already. */
  get kept() {
    return !this.#store.failing;
  }

  /** How many entries wait for the server. */
  get unsaved() {
    return this.#pending.length;
  }

  /**
   * Sends what there is now.
   *
   * @returns {Promise<object|null>} once everything written before is acknowledged: the last body
   *   that carried a state, or null. Rejects with the journal's state when it stops for good.
   */
  flush() {
    if (this.#stopped) return Promise.reject(new Error(this.#stopped));
    if (this.#pending.length === 0) return Promise.resolve(null);
    const upTo = this.#next - 1;
    return new Promise((resolve, reject) => {
      this.#waiting.push({ upTo, resolve, reject, body: null });
      this.#urgent = true;
      if (this.#failures === 0) this.#schedule(0);
    });
  }

  /**
   * The course's state as the server has it now, when everything is acknowledged already.
   *
   * @returns {Promise<object>} the body; rejects when there is none to be had
   */
  async ask() {
    const text = batch(this.#session, [], true);
    for (;;) {
      if (this.#stopped) throw new Error(this.#stopped);
      let answer;
      try {
        answer = await this.#send({ session: this.#session, text, keepalive: false });
      } catch {
        answer = { kind: 'failed' };
      }
      if (answer.kind === 'saved') {
        this.#failures = 0;
        return answer.body;
      }
      if (answer.kind !== 'failed') {
        this.#stop(answer.kind === 'superseded' ? 'superseded' : 'broken');
        this.#tell();
        throw new Error(this.#stopped);
      }
      this.#failures += 1;
      this.#tell();
      const wait = this.#wait(answer.again);
      await new Promise((resolve) => {
        const timer = this.#timers.set(resolve, wait);
        this.#woken.add(() => {
          this.#timers.clear(timer);
          resolve();
        });
      });
    }
  }

  /**
   * Asks whether this session is still the attempt's current one: another tab says that it has
   * taken over.
   */
  async check() {
    if (this.#stopped) return;
    try {
      await this.flush();
      await this.ask();
    } catch {
      // Stopped, and told.
    }
  }

  /** Tries again at once: the line may be back. */
  wake() {
    this.#leaving = false;
    this.#leftUpTo = 0;
    const woken = [...this.#woken];
    this.#woken.clear();
    for (const wake of woken) wake();
    if (this.#pending.length > 0 && !this.#stopped) this.#schedule(0);
  }

  /**
   * The page may be going away: hands the browser what fits, without waiting for an answer. What
   * is not acknowledged stays in the store for the next visit.
   */
  leave() {
    this.#leaving = true;
    if (this.#stopped) return;
    let size = 0;
    const texts = [];
    for (const { seq, text } of this.#pending) {
      if (seq <= this.#leftUpTo) continue;
      size += utf8.encode(text).length + 1;
      if (size > LEAVING_SIZE) break;
      texts.push(text);
      this.#leftUpTo = seq;
    }
    if (texts.length === 0) return;
    this.#send({ session: this.#session, text: batch(this.#session, texts, false), keepalive: true })
      .then((answer) => this.#left(answer))
      .catch(() => {});
  }

  #left(answer) {
    if (this.#stopped) return;
    if (answer.kind === 'saved') {
      // An answer of ours: the line is there, whatever was thought of it.
      this.#failures = 0;
      this.#acknowledge(answer);
      if (this.#pending.length > 0) this.#schedule(GATHER);
    } else if (answer.kind === 'superseded') {
      this.#settle(answer);
    }
    this.#tell();
  }

  #schedule(wait) {
    if (this.#stopped || this.#flying) return;
    if (this.#timer !== null) this.#timers.clear(this.#timer);
    this.#timer = this.#timers.set(() => {
      this.#timer = null;
      this.#deliver();
    }, wait);
  }

  async #deliver() {
    if (this.#flying || this.#stopped || this.#pending.length === 0) return;
    this.#flying = true;
    this.#urgent = false;
    const { texts, wanted } = this.#batch();
    this.#tell();
    let answer;
    try {
      answer = await this.#send({
        session: this.#session,
        text: batch(this.#session, texts, wanted),
        keepalive: false,
      });
    } catch {
      answer = { kind: 'failed' };
    }
    this.#flying = false;
    this.#settle(answer);
    this.#tell();
  }

  #batch() {
    const texts = [];
    let size = 0;
    let wanted = false;
    for (const entry of this.#pending) {
      if (texts.length === BATCH_ENTRIES) break;
      if (texts.length > 0 && size + entry.text.length > BATCH_SIZE) break;
      size += entry.text.length + 1;
      texts.push(entry.text);
      wanted ||= entry.wanted;
    }
    return { texts, wanted };
  }

  #settle(answer) {
    switch (answer.kind) {
      case 'saved':
        this.#failures = 0;
        this.#acknowledge(answer);
        if (this.#pending.length > 0) {
          const more = this.#urgent || this.#waiting.length > 0;
          this.#schedule(more || this.#pending.length >= BATCH_ENTRIES ? 0 : GATHER);
        }
        break;
      case 'gap': {
        const first = this.#pending[0]?.seq ?? this.#next;
        // The server is behind what was acknowledged: a restored backup. This session cannot go on.
        if (answer.expected < first) this.#stop('broken');
        else {
          this.#acknowledge({ acked: answer.expected - 1 });
          this.#schedule(0);
        }
        break;
      }
      case 'superseded':
        // Kept, but it does not count: nobody who waits is told that it does.
        this.#stop('superseded');
        this.#acknowledge(answer);
        break;
      case 'refused':
        this.#code = answer.code;
        this.#stop(answer.code === 'gone' ? 'gone' : 'broken');
        break;
      default:
        this.#failures += 1;
        this.#schedule(this.#wait(answer.again));
    }
  }

  /** Exponential, with chance: a class that lost its line does not come back in one wave. */
  #wait(again) {
    const longest = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (this.#failures - 1));
    const wait = longest / 2 + (longest / 2) * this.#random();
    return Math.max(wait, Math.min(again ?? 0, LONGEST_WAIT));
  }

  #acknowledge({ acked, body }) {
    while (this.#pending.length > 0 && this.#pending[0].seq <= acked) this.#pending.shift();
    this.#store.drop(this.#session, acked);
    const met = [];
    this.#waiting = this.#waiting.filter((waiter) => {
      if (body?.state) waiter.body = body;
      if (waiter.upTo > acked) return true;
      met.push(waiter);
      return false;
    });
    if (body?.state) this.#onState(body.state);
    for (const waiter of met) waiter.resolve(waiter.body);
    this.#tell();
  }

  #stop(reason) {
    this.#stopped = reason;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const waiter of waiting) waiter.reject(new Error(reason));
    for (const wake of this.#woken) wake();
    this.#woken.clear();
  }

  #tell() {
    this.#onChange({ state: this.state, unsaved: this.unsaved, kept: this.kept, code: this.#code });
  }
}

/** The body of a batch; entries go in as they were kept. */
export function batch(session, texts, wanted) {
  const state = wanted ? ',"state":true' : '';
  return `{"session":${JSON.stringify(session)}${state},"entries":[${texts.join(',')}]}`;
}

/**
 * Delivers what earlier sessions of the attempt left behind, before a new one opens: entries that
 * come later than a newer opening would be kept but no longer count.
 *
 * @param {object} parts
 * @param {Map<string, {seq: number, text: string}[]>} parts.left by session, in order
 * @param {{drop: Function}} parts.store
 * @param {Send} parts.send
 * @param {(ms: number) => Promise<void>} parts.pause
 * @param {(state: string) => void} [parts.onChange]
 * @param {() => number} [parts.random]
 */
export async function sendLeftovers({ left, store, send, pause, onChange, random = Math.random }) {
  for (const [session, entries] of left) {
    let rest = entries;
    let failures = 0;
    while (rest.length > 0) {
      const texts = [];
      let size = 0;
      for (const { text } of rest.slice(0, BATCH_ENTRIES)) {
        if (texts.length > 0 && size + text.length > BATCH_SIZE) break;
        size += text.length;
        texts.push(text);
      }
      let answer;
      try {
        answer = await send({ session, text: batch(session, texts, false), keepalive: false });
      } catch {
        answer = { kind: 'failed' };
      }
      let acked;
      if (answer.kind === 'saved' || answer.kind === 'superseded') {
        acked = answer.acked;
      } else if (answer.kind === 'gap' && answer.expected > rest[0].seq) {
        acked = answer.expected - 1;
      } else if (answer.kind === 'failed') {
        failures += 1;
        onChange?.('offline');
        const longest = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (failures - 1));
        await pause(longest / 2 + (longest / 2) * random());
        continue;
      } else {
        // Refused for good (another learner's, erased, damaged): kept here, in nobody's way.
        break;
      }
      failures = 0;
      store.drop(session, acked);
      rest = rest.filter(({ seq }) => seq > acked);
      onChange?.('saving');
    }
  }
}

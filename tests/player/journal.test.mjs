// The journal over lines that fail in every way: after any number of cuts, lost answers, pages of
// others, closed and killed tabs, everything that was written is on the server once and in order,
// and "saved" was never said of what was not.
//
// The server, the line, time and chance are this file's own; the seed of a failure is in its name.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Journal, sendLeftovers } from "../../static/player/journal.js";
import { Local, Store } from "../../static/player/store.js";
import { journalSender, poster } from "../../static/player/transport.js";
import { chance } from "./support.mjs";

/** Time that passes only when it is told to. */
class Time {
  #now = 0;
  #due = [];
  #next = 1;
  set = (run, wait) => {
    const timer = this.#next++;
    this.#due.push({ timer, at: this.#now + wait, run });
    return timer;
  };
  clear = (timer) => {
    this.#due = this.#due.filter((one) => one.timer !== timer);
  };
  async pass(ms) {
    const until = this.#now + ms;
    for (;;) {
      await settled();
      const [first] = this.#due.filter((one) => one.at <= until).sort((a, b) => a.at - b.at || a.timer - b.timer);
      if (!first) break;
      this.#now = first.at;
      this.clear(first.timer);
      first.run();
    }
    this.#now = until;
    await settled();
  }
}

/** Lets everything run that waits for nothing but its turn. */
const settled = async () => {
  for (let n = 0; n < 60; n += 1) await null;
};

/** localStorage with a quota. */
class Memory {
  #items = new Map();
  #quota;
  constructor(quota = Infinity) {
    this.#quota = quota;
  }
  get length() {
    return this.#items.size;
  }
  key(n) {
    return [...this.#items.keys()][n] ?? null;
  }
  getItem(key) {
    return this.#items.get(key) ?? null;
  }
  setItem(key, text) {
    const size = [...this.#items].reduce((sum, [name, value]) => sum + (name === key ? 0 : value.length), text.length);
    if (size > this.#quota) throw new Error("quota");
    this.#items.set(key, text);
  }
  removeItem(key) {
    this.#items.delete(key);
  }
}

/** The journal's door, as the real one answers. */
class Server {
  sessions = new Map();
  current = null;
  open(session) {
    this.sessions.set(session, []);
    this.current = session;
  }
  take({ session, entries }) {
    const kept = this.sessions.get(session);
    if (!kept) return [404, { code: "not-found" }];
    const first = entries[0]?.seq ?? kept.length + 1;
    if (first > kept.length + 1) return [409, { code: "journal-gap", expected: kept.length + 1 }];
    for (const entry of entries) {
      const text = JSON.stringify(entry);
      if (entry.seq <= kept.length) {
        if (kept[entry.seq - 1] !== text) return [409, { code: "journal-conflict" }];
      } else kept.push(text);
    }
    if (session !== this.current) return [409, { code: "session-superseded", acked: kept.length }];
    return [200, { acked: kept.length }];
  }
}

const answer = (status, type, text) => ({
  status,
  headers: new Map([["Content-Type", type]]),
  json: async () => JSON.parse(text),
});

/** A `fetch` over a line that does what chance says. */
function line(server, luck, health) {
  return async (_, { body, keepalive }) => {
    if (keepalive && Buffer.byteLength(body) > 64 * 1024) throw new TypeError("keepalive quota");
    const fate = health.good ? 0 : luck.below(10);
    if (fate === 1 || fate === 2) throw new TypeError("cut");
    if (fate === 3) return answer(502, "text/html", "<h1>Bad Gateway</h1>");
    if (fate === 4) return answer(200, "text/html", "<h1>Bienvenue</h1>");
    if (fate === 5) return answer(503, "application/problem+json", '{"code":"unavailable"}');
    if (fate === 6) return answer(200, "application/json", '{"status":"ok"}');
    const [status, told] = server.take(JSON.parse(body));
    if (fate === 7 || fate === 8) throw new TypeError("the answer is lost");
    return answer(status, status === 200 ? "application/json" : "application/problem+json", JSON.stringify(told));
  };
}

/** One learner over many visits. */
async function life(seed) {
  const luck = chance(seed);
  const server = new Server();
  const storage = new Memory(luck.once(3) ? 3000 : Infinity);
  const second = new Memory();
  const health = { good: false };
  const said = new Map();
  let visit = 0;
  for (; visit < 4; visit += 1) {
    const time = new Time();
    const store = new Store([new Local(storage, "a"), new Local(second, "a")]);
    const send = journalSender(poster({ fetch: line(server, luck, health), token: () => "t", renew: async () => {} }));
    const pause = (ms) => new Promise((resolve) => time.set(resolve, ms));
    let delivered = false;
    sendLeftovers({ left: await store.load(), store, send, pause, random: luck.next.bind(luck) }).then(() => {
      delivered = true;
    });
    // Before a new session opens, the old one is complete.
    for (let n = 0; n < 500 && !delivered; n += 1) await time.pass(10_000);
    assert.ok(delivered, "leftovers arrive at last");
    for (const [session, texts] of said) assert.deepEqual(server.sessions.get(session), texts, `session ${session}`);
    const session = `s${visit}`;
    server.open(session);
    const mine = [];
    said.set(session, mine);
    const journal = new Journal({
      session,
      store,
      send,
      timers: time,
      random: luck.next.bind(luck),
      onChange: ({ state, unsaved }) => {
        if (state !== "saved") return;
        assert.equal(unsaved, 0);
        assert.equal(server.sessions.get(session).length, mine.length, "saved, though it is not");
      },
    });
    const steps = 20 + luck.below(60);
    for (let n = 0; n < steps; n += 1) {
      const size = luck.once(20) ? 30_000 : luck.below(80);
      const entry = { at: n, call: "SetValue", args: ["cmi.suspend_data", "é".repeat(size)] };
      mine.push(JSON.stringify({ seq: n + 1, ...entry }));
      assert.equal(journal.add(entry, { urgent: luck.once(4) }), n + 1);
      if (luck.once(3)) await time.pass(luck.below(3000));
      if (luck.once(15)) journal.leave();
      if (luck.once(15)) journal.wake();
    }
    // The tab closes, is killed, or stays until everything is said.
    const end = luck.below(3);
    if (end === 0) journal.leave();
    if (end === 2) {
      health.good = true;
      await time.pass(600_000);
      assert.equal(journal.state, "saved");
      health.good = false;
    }
    await settled();
  }
  const store = new Store([new Local(storage, "a"), new Local(second, "a")]);
  health.good = true;
  const send = journalSender(poster({ fetch: line(server, luck, health), token: () => "t", renew: async () => {} }));
  await sendLeftovers({ left: await store.load(), store, send, pause: async () => {} });
  for (const [session, texts] of said) assert.deepEqual(server.sessions.get(session), texts, `session ${session}`);
  assert.equal(storage.length + second.length, 0, "what has arrived is not kept twice");
}

test("a hundred and twenty learners over failing lines lose nothing, and nothing counts twice", async () => {
  for (let seed = 1; seed <= 120; seed += 1) {
    await life(seed).catch((error) => {
      error.message = `seed ${seed}: ${error.message}`;
      throw error;
    });
  }
});

test("a journal that finds no place says so until the server has it", async () => {
  const server = new Server();
  server.open("s");
  const health = { good: false };
  const cut = async () => {
    if (!health.good) throw new TypeError("cut");
    return answer(200, "application/json", JSON.stringify(server.take({ session: "s", entries: [] })[1]));
  };
  const time = new Time();
  const store = new Store([new Local(new Memory(10), "a")]);
  const told = [];
  const send = async ({ text }) => {
    await cut();
    const [, body] = server.take(JSON.parse(text));
    return { kind: "saved", acked: body.acked, body };
  };
  const journal = new Journal({ session: "s", store, send, timers: time, random: () => 0.5, onChange: (state) => told.push(state) });
  journal.add({ at: 0, call: "Commit" }, { urgent: true });
  await time.pass(100);
  assert.deepEqual(told.at(-1), { state: "offline", unsaved: 1, kept: false, code: null });
  health.good = true;
  journal.wake();
  await time.pass(100);
  assert.deepEqual(told.at(-1), { state: "saved", unsaved: 0, kept: true, code: null });
});

test("another tab's opening stops this one, and its waiters hear it", async () => {
  const server = new Server();
  server.open("one");
  const time = new Time();
  const health = { good: true };
  const send = journalSender(poster({ fetch: line(server, chance(1), health), token: () => "t", renew: async () => {} }));
  const journal = new Journal({ session: "one", store: new Store([new Local(new Memory(), "a")]), send, timers: time });
  journal.add({ at: 0, call: "Initialize" }, { urgent: true });
  await time.pass(10);
  assert.equal(journal.state, "saved");
  server.open("two");
  journal.add({ at: 1, call: "Commit" }, { urgent: true });
  const flushed = journal.flush();
  flushed.catch(() => {});
  await time.pass(10);
  await assert.rejects(flushed, /superseded/);
  assert.equal(journal.state, "superseded");
  assert.equal(server.sessions.get("one").length, 2, "kept all the same");
});

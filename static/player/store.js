// Where the journal's entries survive a closed tab: localStorage first, because it is written
// before the call returns; IndexedDB for what does not fit; the application's own page where the
// browser refuses storage to an embedded one.

/** Keys are `halqa:<attempt>:<session>:<seq>`; other attempts' entries are never touched. */
const NAME = 'halqa';

/**
 * Opens the best storage there is.
 *
 * @param {object} parts
 * @param {string} parts.attempt
 * @param {() => Storage} parts.local gives localStorage; browsers may throw here
 * @param {IDBFactory|undefined} parts.indexed
 * @param {{keep: Function, forget: Function, kept: Function}} parts.shell the application's page
 */
export async function openStore({ attempt, local, indexed, shell }) {
  const tiers = [];
  try {
    const storage = local();
    const probe = `${NAME}:probe`;
    storage.setItem(probe, '1');
    storage.removeItem(probe);
    tiers.push(new Local(storage, attempt));
  } catch {
    // Refused or full: the next tiers do.
  }
  try {
    if (indexed) tiers.push(await Indexed.open(indexed, attempt));
  } catch {
    // Refused.
  }
  // A page that is embedded may be given storage that dies with the tab or none at all.
  tiers.push(new Elsewhere(shell, attempt));
  return new Store(tiers);
}

/** The tiers as one store. */
export class Store {
  #tiers;
  /** Entries that did not go into the first tier: `session` → highest seq. */
  #spilled = new Map();
  /** Entries that no tier took: `session` → highest seq. They live as long as the page. */
  #homeless = new Map();
  /** Told when an entry finds no place. */
  onFailing = () => {};

  constructor(tiers) {
    this.#tiers = tiers;
  }

  /** Whether an entry that the server does not have would not survive a closed tab. */
  get failing() {
    return this.#homeless.size > 0;
  }

  /** Keeps an entry: in the first tier that takes it. */
  put(session, seq, text) {
    this.#putFrom(0, session, seq, text);
  }

  #putFrom(first, session, seq, text) {
    for (let i = first; i < this.#tiers.length; i += 1) {
      try {
        const later = this.#tiers[i].put(session, seq, text);
        if (i > 0) this.#spilled.set(session, Math.max(seq, this.#spilled.get(session) ?? 0));
        // A tier that fails later hands over to the next.
        later?.catch(() => this.#putFrom(i + 1, session, seq, text));
        return;
      } catch {
        // Full: the next tier.
      }
    }
    this.#homeless.set(session, Math.max(seq, this.#homeless.get(session) ?? 0));
    this.onFailing();
  }

  /** Forgets a session's entries up to `acked`. */
  drop(session, acked) {
    const spilled = this.#spilled.has(session);
    this.#tiers.forEach((tier, i) => {
      if (i === 0 || spilled) tier.drop(session, acked);
    });
    if (spilled && this.#spilled.get(session) <= acked) this.#spilled.delete(session);
    if (this.#homeless.get(session) <= acked) this.#homeless.delete(session);
  }

  /** Everything kept for the attempt: a Map from session to its entries in order. */
  async load() {
    const found = new Map();
    for (const [i, tier] of this.#tiers.entries()) {
      let entries = [];
      try {
        entries = await tier.load();
      } catch {
        // A tier that cannot be read holds nothing for us.
      }
      for (const { session, seq, text } of entries) {
        if (i > 0) this.#spilled.set(session, Math.max(seq, this.#spilled.get(session) ?? 0));
        if (!found.has(session)) found.set(session, new Map());
        found.get(session).set(seq, text);
      }
    }
    // Session ids are ordered by time: older ones first.
    return new Map(
      [...found.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([session, entries]) => [
        session,
        [...entries.entries()].sort(([a], [b]) => a - b).map(([seq, text]) => ({ seq, text })),
      ]),
    );
  }
}

/** localStorage: written before the call returns. */
export class Local {
  #storage;
  #prefix;
  /** Lowest number per session that may still be here. */
  #lowest = new Map();

  constructor(storage, attempt) {
    this.#storage = storage;
    this.#prefix = `${NAME}:${attempt}:`;
  }

  put(session, seq, text) {
    this.#storage.setItem(`${this.#prefix}${session}:${seq}`, text);
    if (!this.#lowest.has(session)) this.#lowest.set(session, seq);
  }

  drop(session, acked) {
    let seq = this.#lowest.get(session) ?? 1;
    for (; seq <= acked; seq += 1) this.#storage.removeItem(`${this.#prefix}${session}:${seq}`);
    this.#lowest.set(session, seq);
  }

  load() {
    const entries = [];
    for (let i = 0; i < this.#storage.length; i += 1) {
      const key = this.#storage.key(i);
      if (!key?.startsWith(this.#prefix)) continue;
      const [session, seq] = key.slice(this.#prefix.length).split(':');
      const text = this.#storage.getItem(key);
      if (session && /^\d+$/.test(seq) && text) entries.push({ session, seq: Number(seq), text });
    }
    for (const { session, seq } of entries) {
      this.#lowest.set(session, Math.min(seq, this.#lowest.get(session) ?? seq));
    }
    return entries;
  }
}

/** IndexedDB: room for large values. */
class Indexed {
  #database;
  #attempt;

  static open(factory, attempt) {
    return new Promise((resolve, reject) => {
      const request = factory.open(NAME, 1);
      request.onupgradeneeded = () => {
        request.result.createObjectStore('journal', { keyPath: ['attempt', 'session', 'seq'] });
      };
      request.onsuccess = () => resolve(new Indexed(request.result, attempt));
      request.onerror = () => reject(request.error);
      request.onblocked = () => reject(new Error('blocked'));
    });
  }

  constructor(database, attempt) {
    this.#database = database;
    this.#attempt = attempt;
    // A newer version of this page in another tab may need to change the database.
    database.onversionchange = () => database.close();
  }

  #run(mode, work) {
    return new Promise((resolve, reject) => {
      const options = mode === 'readwrite' ? { durability: 'strict' } : undefined;
      const transaction = this.#database.transaction('journal', mode, options);
      const request = work(transaction.objectStore('journal'));
      transaction.oncomplete = () => resolve(request?.result);
      transaction.onerror = transaction.onabort = () => reject(transaction.error);
    });
  }

  put(session, seq, text) {
    return this.#run('readwrite', (journal) =>
      journal.put({ attempt: this.#attempt, session, seq, text }),
    );
  }

  drop(session, acked) {
    const attempt = this.#attempt;
    const range = IDBKeyRange.bound([attempt, session, 0], [attempt, session, acked]);
    this.#run('readwrite', (journal) => journal.delete(range)).catch(() => {});
  }

  load() {
    const range = IDBKeyRange.bound([this.#attempt, ''], [this.#attempt, '\uffff']);
    return this.#run('readonly', (journal) => journal.getAll(range));
  }
}

/** The application's page keeps it for us. */
class Elsewhere {
  #shell;
  #attempt;

  constructor(shell, attempt) {
    this.#shell = shell;
    this.#attempt = attempt;
  }

  put(session, seq, text) {
    return this.#shell.keep(this.#attempt, session, seq, text);
  }

  drop(session, acked) {
    this.#shell.forget(this.#attempt, session, acked);
  }

  load() {
    return this.#shell.kept(this.#attempt);
  }
}

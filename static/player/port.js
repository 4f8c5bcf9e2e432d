// The line between the wrapper (packages' origin) and the application's page: one MessagePort,
// handed over once both sides have checked the other's origin.

/**
 * The application's page. A SCO climbs from parent to parent looking for its API, and many do not
 * expect a window of another origin there: for them the wrapper is the outermost.
 */
const around = window.parent;
window.parent = window;

/** Says something to the application's page before there is a port. */
export function hail(message, origin) {
  around.postMessage(message, origin);
}

/** The wrapper's end. */
export class Shell {
  #port;
  #handlers = new Map();
  #asked = new Map();
  #next = 1;

  /**
   * Says hello to the page around and waits for its port.
   *
   * @param {string} origin the application's origin: nobody else is answered
   * @returns {Promise<Shell>}
   */
  static connect(origin) {
    return new Promise((resolve) => {
      addEventListener('message', function hello(event) {
        if (event.origin !== origin || event.source !== around) return;
        if (event.data?.halqa !== 'port' || !event.ports[0]) return;
        removeEventListener('message', hello);
        resolve(new Shell(event.ports[0]));
      });
      hail({ halqa: 'ready' }, origin);
    });
  }

  constructor(port) {
    this.#port = port;
    port.onmessage = ({ data }) => {
      if (data.answer) {
        const asked = this.#asked.get(data.answer);
        this.#asked.delete(data.answer);
        if (data.ok) asked?.resolve(data.value);
        else asked?.reject(new Error(data.value));
      } else this.#handlers.get(data.type)?.(data);
    };
  }

  /** Calls `handler` for every message of this type. */
  on(type, handler) {
    this.#handlers.set(type, handler);
  }

  /** Tells, without waiting. */
  say(type, more) {
    this.#port.postMessage({ type, ...more });
  }

  #ask(type, more) {
    const ask = this.#next++;
    return new Promise((resolve, reject) => {
      this.#asked.set(ask, { resolve, reject });
      this.#port.postMessage({ type, ask, ...more });
    });
  }

  /** A fresh token. */
  renew() {
    return this.#ask('renew');
  }

  /** Keeps an entry in the application's own storage. */
  keep(attempt, session, seq, text) {
    return this.#ask('keep', { attempt, session, seq, text });
  }

  /** Forgets entries kept there. */
  forget(attempt, session, acked) {
    this.say('forget', { attempt, session, acked });
  }

  /** What is kept there for an attempt. */
  kept(attempt) {
    return this.#ask('kept', { attempt });
  }
}

// One opened course: shows the delivered activity, gives it its API, and moves on.

import { createRuntime } from './runtime.js';

/** A SCO that does not unload in this time is taken away (ms). */
const UNLOAD = 2000;

/** The calls after which the server is asked at once. */
const URGENT = new Set(['LMSCommit', 'LMSFinish', 'Commit', 'Terminate']);
const LAST = new Set(['LMSFinish', 'Terminate']);
const NAMES = ['API', 'API_1484_11'];

/** `adl.nav.request` as a navigation request, or null when the SCO asks for nothing. */
function requestOf(value) {
  if (!value || value === '_none_') return null;
  const aimed = /^\{target=(.+)\}(choice|jump)$/.exec(value);
  return aimed ? { nav: aimed[2], target: aimed[1] } : { nav: value };
}

/**
 * What a SCO asks for when it ends: its `cmi.exit` first (RTE 4.2.8: `time-out` leaves the course,
 * `logout` too, to be resumed), else `adl.nav.request`.
 */
export function asked(value) {
  switch (value('cmi.exit')) {
    case 'time-out':
      return { nav: 'exitAll' };
    case 'logout':
      return { nav: 'suspendAll' };
    default:
      return requestOf(value('adl.nav.request'));
  }
}

/** The course in the wrapper. */
export class Course {
  #table;
  #journal;
  #shell;
  #stage;
  #began = performance.now();
  /** What the server last said: `{delivery, navigation, activities, outcome, …}`. */
  #state = null;
  #runtime = null;
  #frame = null;
  #moving = false;

  constructor({ table, journal, shell, stage }) {
    this.#table = table;
    this.#journal = journal;
    this.#shell = shell;
    this.#stage = stage;
  }

  get #now() {
    return Math.round(performance.now() - this.#began);
  }

  /** Takes over a state: another activity is loaded, the same one stays. */
  show(state) {
    const run = state.delivery?.snapshot?.state;
    if (this.#frame === null && run && run !== 'notInitialized') {
      // The same activity once more: the server prepares its data for another launch.
      this.#relaunch();
      return;
    }
    const same =
      this.#frame !== null &&
      state.delivery !== null &&
      state.delivery.launch === this.#state?.delivery?.launch;
    this.#state = state;
    if (same) this.#runtime?.setNavigation(state.validity);
    else {
      this.#clear();
      if (state.delivery) this.#deliver(state.delivery);
    }
    this.#tell();
  }

  /** A state that came with an acknowledgement: menu and buttons follow what the SCO reports. */
  refresh(state) {
    if (this.#moving || this.#frame === null) return;
    if (!state.delivery || state.delivery.launch !== this.#state?.delivery?.launch) return;
    this.#state = state;
    this.#runtime?.setNavigation(state.validity);
    this.#tell({ refreshed: true });
  }

  async #relaunch() {
    try {
      this.#journal.add({ at: this.#now, open: true }, { urgent: true, state: true });
      const { state } = (await this.#journal.flush()) ?? (await this.#journal.ask());
      this.show(state);
    } catch {
      // The journal has told why it stopped.
    }
  }

  #tell(more) {
    const { delivery, navigation, root, activities, resources, outcome } = this.#state;
    this.#shell.say('course', {
      activity: delivery?.activity ?? null,
      title: delivery?.title ?? null,
      hides: delivery?.hides ?? [],
      running: this.#frame !== null,
      restarts: this.#table.standard === '2004',
      navigation,
      root,
      activities,
      resources,
      outcome,
      ...more,
    });
  }

  #deliver(delivery) {
    if (delivery.snapshot) {
      this.#runtime = createRuntime({
        table: this.#table,
        snapshot: delivery.snapshot,
        navigation: this.#state.validity,
        clock: () => this.#now,
        onCall: (call) => this.#called(call),
      });
      // A SCO looks for one of these names in the windows around it.
      for (const name of NAMES) if (this.#runtime[name]) window[name] = this.#runtime[name];
    }
    const frame = document.createElement('iframe');
    frame.title = delivery.title;
    frame.allow = 'fullscreen; autoplay';
    frame.src = delivery.href;
    this.#stage.replaceChildren(frame);
    this.#frame = frame;
  }

  /** Every call of the SCO passes here, once it is answered and before the SCO goes on. */
  #called({ call, args, result, error, at }) {
    const last = LAST.has(call) && result === 'true';
    const several = this.#state.activities.length > 1;
    this.#journal.add(
      { at, call, args, result, error },
      { urgent: URGENT.has(call), state: last || (several && URGENT.has(call)) },
    );
    // A learner's own click takes precedence over what the SCO asks for.
    if (last && !this.#moving) this.#ended();
    return true;
  }

  /** The SCO says it is done: what comes next is the server's to say. */
  async #ended() {
    const launch = this.#state.delivery?.launch;
    const runtime = this.#runtime;
    const request = asked((name) => runtime?.value(name));
    if (request) this.#journal.add({ at: this.#now, ...request }, { urgent: true, state: true });
    // A SCO that is unloading cannot be replaced under its own feet.
    await new Promise((resolve) => setTimeout(resolve, 0));
    let body;
    try {
      body = (await this.#journal.flush()) ?? (await this.#journal.ask());
    } catch {
      return;
    }
    if (this.#moving || this.#state.delivery?.launch !== launch) return;
    if (body.state.delivery?.launch === launch) {
      // Over, and nothing else is delivered: the learner chooses.
      this.#state = body.state;
      this.#tell({ finished: true });
    } else {
      this.show(body.state);
      if (!body.state.delivery) this.#tell({ finished: true });
    }
  }

  /**
   * A navigation request by the learner: the SCO is unloaded, what it said is sent, the request
   * follows, and the server's answer is shown.
   */
  async navigate(request, target = null) {
    if (this.#moving) return;
    if (this.#journal.state === 'offline' || navigator.onLine === false) {
      // The place is kept: what is open stays open.
      this.#journal.wake();
      this.#tell({ refused: 'offline' });
      return;
    }
    this.#moving = true;
    this.#shell.say('moving', { request });
    try {
      await this.#unload();
      const entry = { at: this.#now, nav: request };
      if (target) entry.target = target;
      this.#journal.add(entry, { urgent: true, state: true });
      const { state } = (await this.#journal.flush()) ?? (await this.#journal.ask());
      this.#moving = false;
      this.show(state);
      this.#shell.say('moved', { request, ended: !state.delivery, refused: state.refused });
    } catch {
      // The journal has told why it stopped.
      this.#moving = false;
    }
  }

  /** Unloads the SCO so that its last calls come before the navigation. */
  async #unload() {
    const frame = this.#frame;
    if (!frame) return;
    await new Promise((resolve) => {
      const timer = setTimeout(resolve, UNLOAD);
      frame.addEventListener(
        'load',
        () => {
          clearTimeout(timer);
          resolve();
        },
        { once: true },
      );
      frame.contentWindow.location.replace('about:blank');
    });
    this.#clear();
  }

  #clear() {
    this.#frame?.remove();
    this.#frame = null;
    if (this.#runtime) {
      for (const name of NAMES) delete window[name];
      this.#runtime = null;
    }
  }

  /** Gives the keyboard to the content. */
  focus() {
    this.#frame?.contentWindow?.focus();
  }
}

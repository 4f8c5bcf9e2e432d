// A learner's page, looked at and clicked as a person would.

import { until } from './webdriver.mjs';

export const WRAPPER = '[data-stage] > iframe';
export const SCO = '#stage > iframe';
/** How the suite names the course itself. */
const ROOT = 'the activity that corresponds to the root';

/** One learner at one package. */
export class Sitting {
  constructor(platform, browser, module, learner) {
    Object.assign(this, { platform, browser, module, learner, launched: 0 });
  }

  async open() {
    const { url } = await this.platform.launch(this.module, this.learner);
    await this.browser.go(url);
  }

  async launches() {
    try {
      await this.browser.into(WRAPPER);
      return JSON.parse((await this.browser.run("return localStorage.getItem('adl-launches')")) ?? '[]');
    } catch {
      return [];
    }
  }

  /** The next launch, once its page has done all its calls; null when nothing is launched. */
  next(ms = 60_000) {
    const n = this.launched;
    return until(async () => {
      const launch = (await this.launches())[n];
      if (!launch?.act) return null;
      if (launch.questions.length > 0 && !launch.answers) {
        await this.answer(launch.questions);
        return null;
      }
      return launch.done ? launch : null;
    }, ms).then((launch) => {
      if (launch) this.launched += 1;
      return launch;
    });
  }

  /** What a person looking at the page would answer the suite's questions. */
  async answer(questions) {
    await this.browser.into();
    const page = await this.page();
    const answers = questions.map(({ what, target }) => page.says(what, target));
    this.answered = answers;
    try {
      await this.browser.into(WRAPPER, SCO);
      for (const [n, yes] of answers.entries()) await this.browser.click(`#${yes ? 't' : 'f'}Radio${n}`);
      await this.browser.click('#submit');
    } catch {
      // The page is not there yet, or no longer: asked again.
    }
  }

  /** The navigation that the page shows. */
  async page() {
    await this.browser.into();
    const shown = await this.browser.run(`
      const visible = (e) => e && !e.hidden && e.getClientRects().length > 0;
      const button = (e) => ({ there: Boolean(visible(e)), enabled: Boolean(visible(e)) && e.getAttribute('aria-disabled') !== 'true' });
      const items = [...document.querySelectorAll('[data-list] .tree-item')].map((e) => ({
        title: e.querySelector('span[dir=auto]')?.textContent ?? '', choosable: e.tagName === 'BUTTON',
        current: e.hasAttribute('aria-current'), visible: Boolean(visible(e)) }));
      const whole = document.querySelector('[data-whole]');
      return { next: button(document.querySelector('[data-next]')), previous: button(document.querySelector('[data-previous]')), items,
        whole: Boolean(visible(whole)) };`);
    const item = (title) =>
      title.startsWith(ROOT)
        ? shown.whole && { choosable: true }
        : shown.items.find((i) => i.visible && i.title.trim() === title);
    return {
      ...shown,
      item,
      says(what, target) {
        const [device, , kind] = what.split('.');
        const state = what.split('.')[1];
        if (device === 'toc' && kind === 'selectable') return Boolean(item(target)?.choosable);
        if (device === 'toc' && state === 'visible') return Boolean(item(target));
        if (device === 'toc') return shown.whole || shown.items.some((i) => i.visible && i.choosable);
        if (device === 'click') return true;
        const { enabled } = device === 'continue' ? shown.next : shown.previous;
        return state === 'enabled' ? enabled : !enabled;
      },
    };
  }

  /** The title of what is being played, wherever the menu hides it; null when nothing is. */
  async playing() {
    await this.browser.into();
    return this.browser.run(`
      const frame = document.querySelector('[data-stage] > iframe');
      const panel = document.querySelector('[data-panel]');
      return document.querySelector('[data-player]') && panel.hidden ? frame?.title ?? null : null;`);
  }

  /** Waits until this is being played. */
  async reaches(title) {
    const reached = await until(async () => ([].concat(title).includes(await this.playing()) ? true : null), 20_000);
    if (!reached) throw new Error(`expected ${title}, playing ${await this.playing()}`);
    return this.playing();
  }

  /** Waits until the page is at rest, then clicks. */
  async press(selector) {
    const done = await until(async () => {
      await this.browser.into();
      try {
        await this.browser.click(selector);
        return true;
      } catch {
        return false;
      }
    }, 12_000);
    if (!done) throw new Error(`cannot click ${selector}`);
  }

  async enabled(selector, ms = 10_000) {
    return until(async () => {
      await this.browser.into();
      return this.browser.run(
        "const e = document.querySelector(arguments[0]); return Boolean(e && !e.hidden && e.getClientRects().length && e.getAttribute('aria-disabled') !== 'true')",
        selector,
      );
    }, ms);
  }

  async choose(title) {
    if (title.startsWith(ROOT)) return this.press('[data-whole]');
    const at = await until(async () => {
      const { items } = await this.page();
      const found = items.findIndex((i) => i.visible && i.choosable && i.title.trim() === title);
      return found < 0 ? null : found + 1;
    }, 10_000);
    if (!at) throw new Error(`${title} cannot be chosen in the menu`);
    await this.press(`[data-list] > li:nth-child(${at}) button`);
  }

  async continue() {
    if (!(await this.enabled('[data-next]'))) throw new Error('no Continue button to press');
    await this.press('[data-next]');
  }

  async previous() {
    if (!(await this.enabled('[data-previous]'))) throw new Error('no Previous button to press');
    await this.press('[data-previous]');
  }

  /** Ends the attempt by the button for it, if the course is still open. */
  async end() {
    if (await this.ended()) return;
    if (await this.enabled('[data-end]', 4_000)) {
      await this.press('[data-end]');
      // What the course has to say may come just now and take the question's place: asked again.
      if (!(await this.enabled('[data-message=end] [data-end-now]', 3_000))) return this.end();
      await this.press('[data-message=end] [data-end-now]');
      await until(() => this.ended(), 15_000);
    } else await this.suspend();
    return undefined;
  }

  /** Leaves for later. */
  async suspend() {
    await this.press('[data-leave]');
    await until(async () => {
      await this.browser.into();
      return this.browser.run('return !document.querySelector("[data-player]")');
    }, 15_000);
  }

  /** The page says that it is over, or nothing is left to play. */
  async ended() {
    await this.browser.into();
    return this.browser.run(`
      if (!document.querySelector('[data-player]')) return true;
      const shown = document.querySelector('[data-panel]:not([hidden]) [data-message]:not([hidden])');
      return shown?.dataset.message === 'ended';`);
  }
}

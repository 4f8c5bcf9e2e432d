// A browser, driven over the W3C WebDriver protocol by chromedriver; no dependency.

import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';

/** One window of Chromium with a profile of its own; `ready`: what `go` waits for (pageLoadStrategy). */
export class Browser {
  static async open({ width = 1280, height = 900, more = [], prefs = {}, ready = 'normal' } = {}) {
    const browser = new Browser();
    const port = await freePort();
    browser.base = `http://127.0.0.1:${port}`;
    browser.driver = spawn('chromedriver', [`--port=${port}`], { stdio: 'ignore' });
    browser.profile = await mkdtemp(join(tmpdir(), 'halqa-conformance-'));
    const args = ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run',
      '--disable-background-networking', '--disable-component-update', '--disable-sync', `--window-size=${width},${height}`,
      `--user-data-dir=${browser.profile}`, ...more];
    for (let tries = 0; ; tries += 1) {
      try {
        const { sessionId } = await browser.#send('POST', '/session', {
          capabilities: { alwaysMatch: { browserName: 'chrome', unhandledPromptBehavior: 'accept', pageLoadStrategy: ready, 'goog:chromeOptions': { args, prefs } } },
        });
        browser.session = `/session/${sessionId}`;
        return browser;
      } catch (error) {
        if (tries > 50) throw error;
        await pause(200);
      }
    }
  }

  async #send(method, path, body) {
    const response = await fetch(this.base + path, {
      method,
      headers: { 'content-type': 'application/json' },
      body: method === 'GET' || method === 'DELETE' ? undefined : JSON.stringify(body ?? {}),
    });
    const { value } = await response.json();
    if (!response.ok) throw Object.assign(new Error(`${value.error}: ${value.message.split('\n')[0]}`), { code: value.error });
    return value;
  }

  post(path, body) {
    return this.#send('POST', this.session + path, body);
  }

  go(url) {
    return this.post('/url', { url });
  }

  /** Runs a script in the frame that has the focus. */
  run(script, ...args) {
    return this.post('/execute/sync', { script, args });
  }

  /** Into the frames named by these selectors, from the top. */
  async into(...selectors) {
    await this.post('/frame', { id: null });
    for (const using of selectors) {
      const element = await this.post('/element', { using: 'css selector', value: using });
      await this.post('/frame', { id: element });
    }
  }

  /** Clicks as a person does: a real click on an element in view. */
  async click(selector) {
    const element = await this.post('/element', { using: 'css selector', value: selector });
    await this.post(`/element/${element[ELEMENT]}/click`);
  }

  windows() {
    return this.#send('GET', `${this.session}/window/handles`);
  }

  /** Turns to another window. */
  window(handle) {
    return this.post('/window', { handle });
  }

  /** Types as a person does, over what is there. */
  async type(selector, text) {
    const element = await this.post('/element', { using: 'css selector', value: selector });
    await this.post(`/element/${element[ELEMENT]}/clear`);
    await this.post(`/element/${element[ELEMENT]}/value`, { text });
  }

  async picture() {
    return Buffer.from(await this.#send('GET', `${this.session}/screenshot`), 'base64');
  }

  async close() {
    try {
      await this.#send('DELETE', this.session);
    } catch {
      // It is going anyway.
    }
    this.driver.kill();
    await rm(this.profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** How much longer than usual to wait, on a machine that does other things as well. */
const PATIENCE = Number(process.env.HALQA_PATIENCE ?? 1);

/** Waits until `test` gives something; after `ms` gives null. */
export async function until(test, ms = 15_000, step = 60) {
  for (const end = Date.now() + ms * PATIENCE; Date.now() < end; await pause(step)) {
    const value = await test();
    if (value) return value;
  }
  return null;
}

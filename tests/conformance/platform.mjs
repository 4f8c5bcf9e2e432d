// A running Halqa to test from outside: its program, its data in a temporary folder, its API.

import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from './zip.mjs';
import { freePort, pause } from './webdriver.mjs';

export { crc32 };

/** The platform; `program` is the path of `halqa`. */
export class Platform {
  static async start(program, env = {}) {
    const platform = new Platform();
    platform.program = program;
    platform.folder = mkdtempSync(join(tmpdir(), 'halqa-conformance-data-'));
    const port = await freePort();
    platform.url = `http://localhost:${port}`;
    platform.env = {
      ...process.env,
      HALQA_DATA: platform.folder,
      HALQA_PORT: String(port),
      HALQA_PUBLIC_URL: platform.url,
      HALQA_CONTENT_URL: `http://{package}.content.localhost:${port}`,
      HALQA_LOG: 'warn',
      ...env,
    };
    platform.server = spawn(program, ['serve'], { env: platform.env, stdio: ['ignore', 'inherit', 'inherit'] });
    for (let tries = 0; ; tries += 1) {
      const up = await fetch(`${platform.url}/health/ready`).then((r) => r.ok, () => false);
      if (up) break;
      if (tries > 200) throw new Error('the platform does not start');
      await pause(100);
    }
    const made = platform.command('tokens', 'add', '--name', 'conformance', '--scope', 'all', '--json');
    platform.token = JSON.parse(made).token;
    return platform;
  }

  command(...args) {
    return execFileSync(this.program, args, { env: this.env, encoding: 'utf8' });
  }

  async api(method, path, body, type = 'application/json') {
    const response = await fetch(`${this.url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${this.token}`, ...(body ? { 'content-type': type } : {}) },
      body: type === 'application/json' && body ? JSON.stringify(body) : body,
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text.slice(0, 400)}`);
    return text ? JSON.parse(text) : null;
  }

  /** Imports a zip and publishes its module; gives the module. */
  async import(zip) {
    const { module, package: found } = await this.api('POST', '/packages', zip, 'application/zip');
    await this.api('PATCH', `/modules/${module.id}`, { published: true });
    return { ...module, edition: found.edition, activities: found.activities };
  }

  /** An address that plays the module for this learner. */
  launch(module, learner) {
    const email = `${learner}@conformance.example`;
    return this.api('POST', `/modules/${module.id}/launches`, { learner: { email, name: learner } });
  }

  stop() {
    return new Promise((resolve) => {
      this.server.once('exit', () => {
        rmSync(this.folder, { recursive: true, force: true });
        resolve();
      });
      this.server.kill();
    });
  }
}

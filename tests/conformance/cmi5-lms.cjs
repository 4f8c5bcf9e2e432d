// ADL CATAPULT's LMS suite asks a platform for a few things by this interface (lts/lib/lms.template.js
// of the suite). Here they are done as people and clients of Halqa do them: packages through the API,
// launches through a learner's own page, waivers through the trainer's.
//
// CATAPULT_LMS names this file; HALQA_URL, HALQA_TOKEN, HALQA_LRS (user:password) and HALQA_STAFF
// (email:password of an administrator) say where Halqa is. scripts/conformance-cmi5 sets them.

'use strict';

const http = require('http');
const path = require('path');
const { InvalidPackageError } = require(path.join(process.env.CATAPULT_LTS, 'lib/errors'));

const home = process.env.HALQA_URL;

/** A request; redirects are the caller's. */
function ask(method, address, { headers = {}, body } = {}) {
  return new Promise((resolve, reject) => {
    const request = http.request(new URL(address, home), { method, headers }, (response) => {
      const parts = [];
      response.on('data', (part) => parts.push(part));
      response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, text: Buffer.concat(parts).toString() }));
    });
    request.on('error', reject);
    if (body && typeof body.pipe === 'function') body.pipe(request);
    else request.end(body);
  });
}

/** A browser without pages: cookies, forms, and the origin that a browser would name. */
class Visitor {
  constructor() {
    this.cookies = new Map();
  }

  async send(method, address, fields) {
    const body = fields && new URLSearchParams(fields).toString();
    const headers = { cookie: [...this.cookies].map((pair) => pair.join('=')).join('; '), origin: home, 'sec-fetch-site': 'same-origin' };
    if (body !== undefined) headers['content-type'] = 'application/x-www-form-urlencoded';
    const answer = await ask(method, address, { headers, body });
    for (const set of answer.headers['set-cookie'] ?? []) {
      const [name, ...value] = set.split(';')[0].split('=');
      this.cookies.set(name, value.join('='));
    }
    return answer;
  }

  /** GET, redirects followed; gives the last address too. */
  async open(address) {
    for (let hops = 0; hops < 10; hops += 1) {
      const answer = await this.send('GET', address);
      if (answer.status < 300 || answer.status > 399) return { ...answer, address };
      address = answer.headers.location;
    }
    throw new Error(`${address}: too many redirects`);
  }
}

const api = (method, address, body) =>
  ask(method, `/api/v1${address}`, {
    headers: { authorization: `Bearer ${process.env.HALQA_TOKEN}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

const courses = new Map();
/** Learners in front of their units, by registration and by session. */
const desks = { registrations: new Map(), sessions: new Map() };
let staff;

const unescaped = (text) => text.replace(/&#x([0-9a-f]+);/gi, (_, hex) => String.fromCodePoint(parseInt(hex, 16))).replace(/&quot;/g, '"').replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');

/** Opens a unit on the learner's page; gives the address it leads to. */
async function open(desk, index, mode) {
  const place = desk.course.places[index];
  const answer = await desk.visitor.send('POST', `${desk.path}/${place}`, mode && mode !== 'Normal' ? { mode: mode.toLowerCase() } : {});
  const found = /content="0;url=([^"]*)"/.exec(answer.text);
  if (answer.status !== 200 || !found) throw new Error(`the unit does not open: ${answer.status} ${answer.text.slice(0, 400)}`);
  return unescaped(found[1]);
}

module.exports = {
  async setup() {
    const [email, password] = process.env.HALQA_STAFF.split(':');
    staff = new Visitor();
    const answer = await staff.send('POST', '/en/sign-in', { email, password });
    if (answer.status !== 303) throw new Error(`signing in: ${answer.status}`);
  },

  async teardown() {},

  getLrsEndpoint: () => `${home}/xapi`,
  getLrsAuthHeader: () => `Basic ${Buffer.from(process.env.HALQA_LRS).toString('base64')}`,

  async importCourse(stream, contentType, filename) {
    const parts = [];
    for await (const part of stream) parts.push(part);
    const body = Buffer.concat(parts);
    const answer = await ask('POST', '/api/v1/packages?publish=true', {
      headers: { authorization: `Bearer ${process.env.HALQA_TOKEN}`, 'content-type': contentType, 'content-length': body.length },
      body,
    });
    const said = JSON.parse(answer.text);
    // What is refused, and why: the standard's requirement where one is broken.
    if (answer.status === 415 || answer.status === 422) throw new InvalidPackageError(`${filename}: ${said.code} ${said.requirement ?? ''}`);
    if (answer.status !== 200 && answer.status !== 201) throw new Error(`import of ${filename}: ${answer.status} ${answer.text}`);
    // The course itself stands first among the activities, its nodes after it.
    const places = said.package.activities.map((activity, n) => (activity.launch ? n - 1 : null)).filter((place) => place !== null);
    courses.set(said.module.id, { id: said.module.id, slug: said.module.slug, places, activities: said.package.activities });
    return said.module.id;
  },

  async getLaunchUrl(courseId, auIndex, actor, { registration, launchMode }) {
    let desk = registration && desks.registrations.get(registration);
    if (!desk) {
      const name = actor.account.name;
      const email = `${name.replace(/[^a-z0-9]+/gi, '-')}-${launchMode ?? 'normal'}@catapult.example`;
      const launched = await api('POST', `/modules/${courseId}/launches`, { learner: { email, name } });
      if (launched.status !== 201) throw new Error(`launch: ${launched.status} ${launched.text}`);
      const visitor = new Visitor();
      const page = await visitor.open(JSON.parse(launched.text).url);
      if (page.status !== 200) throw new Error(`the units: ${page.status} ${page.text.slice(0, 400)}`);
      desk = { visitor, path: new URL(page.address, home).pathname, course: courses.get(courseId), index: auIndex };
    }
    const address = await open(desk, auIndex, launchMode);
    desk.registration = new URL(address).searchParams.get('registration');
    desks.registrations.set(desk.registration, desk);
    desks.last = desk;
    return address;
  },

  async cleanup() {},

  hasWaive: () => true,
  async waiveAU(registration, auIndex, reason) {
    const { course } = desks.registrations.get(registration);
    const activity = course.activities[course.places[auIndex] + 1].identifier;
    const answer = await staff.send('POST', `/en/teach/modules/${course.slug}/report/attempts/${registration}`, { activity, completed: 'yes', reason });
    if (answer.status !== 303) throw new Error(`waiving: ${answer.status} ${answer.text.slice(0, 400)}`);
  },

  // A session is given up when its learner launches again in the same registration (9.3.6).
  hasAbandon: () => true,
  async abandonSession() {
    await open(desks.last, desks.last.index);
  },
};

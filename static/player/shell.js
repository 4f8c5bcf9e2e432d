// The application's page around a course: title, menu, buttons, and what is saved. The course
// itself runs on the packages' origin; the two talk through one port.

import { Local } from './store.js';

const root = document.querySelector('[data-player]');
const origin = root.dataset.content;
const find = (name) => root.querySelector(`[data-${name}]`);
const stage = find('stage');
const save = find('save');
const panel = find('panel');
const menu = find('menu');
const list = find('list');
const previous = find('previous');
const next = find('next');

/** What other people's content may make this page keep at most (characters). */
const KEEP = 3 * 1024 * 1024;

let port = null;
let frame = null;
let token = root.dataset.token;
let course = null;
let saved = { state: 'saving', unsaved: 0 };
let leaving = false;
let kept = 0;

const text = (name) => root.dataset[`text${name}`] ?? '';

// ---------------------------------------------------------------- the course's frame

/** Loads the course, or loads it again: each time it becomes the attempt's one open place. */
function load() {
  port?.close();
  port = null;
  course = null;
  frame?.remove();
  frame = document.createElement('iframe');
  frame.title = root.dataset.title;
  frame.allow = 'fullscreen; autoplay';
  frame.allowFullscreen = true;
  // Never the right to navigate this page away.
  frame.sandbox =
    'allow-scripts allow-same-origin allow-forms allow-modals allow-popups allow-popups-to-escape-sandbox allow-downloads';
  frame.src = `${origin}/-halqa/player#${token}`;
  stage.append(frame);
  showSaved({ state: 'saving', unsaved: 0 });
}

addEventListener('message', (event) => {
  if (event.origin !== origin || event.source !== frame?.contentWindow) return;
  if (event.data?.halqa === 'ready') {
    const channel = new MessageChannel();
    port?.close();
    port = channel.port1;
    port.onmessage = ({ data }) => heard(data);
    frame.contentWindow.postMessage({ halqa: 'port' }, origin, [channel.port2]);
  } else if (event.data?.halqa === 'failed') {
    show('broken');
  }
});

const say = (type, more) => port?.postMessage({ type, ...more });

async function heard(message) {
  switch (message.type) {
    case 'state':
      showSaved(message);
      break;
    case 'course':
      course = message;
      showCourse();
      break;
    case 'moving':
      hidePanel();
      busy(true);
      break;
    case 'moved':
      busy(false);
      if (leaving) depart();
      else if (message.refused) show('refused');
      else if (message.ended) show('ended');
      else say('focus');
      break;
    case 'renew':
    case 'keep':
    case 'kept':
      await answer(message);
      break;
    case 'forget':
      storage()?.drop(message.session, message.acked);
      break;
    default:
  }
}

async function answer({ type, ask, session, seq, text: entry }) {
  const to = port;
  try {
    let value = null;
    if (type === 'renew') value = await renew();
    else if (type === 'kept') value = storage()?.load() ?? [];
    else {
      kept += String(entry).length;
      const local = storage();
      if (!local || kept > KEEP) throw new Error('full');
      local.put(String(session), Number(seq), String(entry));
    }
    to.postMessage({ answer: ask, ok: true, value });
  } catch (error) {
    to.postMessage({ answer: ask, ok: false, value: String(error.message) });
  }
}

let own;
/** This origin's storage, for this attempt alone whatever the frame says; null when refused. */
function storage() {
  if (own === undefined) {
    try {
      own = new Local(window.localStorage, root.dataset.attempt);
    } catch {
      own = null;
    }
  }
  return own;
}

async function renew() {
  const response = await fetch(root.dataset.renew, { method: 'POST', redirect: 'error' });
  if (response.status === 401 || response.status === 404) show('signedout');
  if (!response.ok) throw new Error('no token');
  token = (await response.json()).token;
  return token;
}

// ---------------------------------------------------------------- what the learner sees

function showSaved(message) {
  saved = message;
  const { state, unsaved } = message;
  const visible = ['saved', 'saving', 'offline'].includes(state) ? state : 'refused';
  save.dataset.state = visible;
  const words = find('save-text');
  const now = visible === 'refused' ? text('Stopped') : text(visible[0].toUpperCase() + visible.slice(1));
  // A reader is told of changes, not of every call.
  if (words.textContent !== now) words.textContent = now;
  save.title = unsaved > 0 ? text('Unsaved').replace('%', String(unsaved)) : '';
  if (['superseded', 'gone', 'broken'].includes(state)) show(state);
}

function showCourse() {
  const several = course.activities.length > 1;
  menu.hidden = !several || (!wide.matches && !opened);
  find('toggle').hidden = !several;
  root.querySelector('.player-body').classList.toggle('has-menu', several && !menu.hidden);
  list.replaceChildren(...course.activities.filter((a) => a.visible).map(item));
  const hides = new Set(course.hides);
  const foot = find('foot');
  setButton(previous, course.navigation.previous, hides.has('previous'));
  setButton(next, course.navigation.continue, hides.has('continue'));
  foot.hidden = !several || (previous.hidden && next.hidden);
  if (course.title) frame.title = course.title;
  busy(false);
  if (course.refused === 'offline') show('offline');
  else if (course.finished) show('finished');
  else if (course.running) hidePanel();
  else if (several) show('choose');
  else show('ended');
}

function setButton(button, validity, hidden) {
  button.hidden = hidden;
  button.setAttribute('aria-disabled', String(!validity.valid));
}

function item(activity) {
  const li = document.createElement('li');
  li.style.setProperty('--depth', String(activity.depth));
  const here = activity.id === course.activity;
  const inside = document.createElement(activity.valid && !here ? 'button' : 'span');
  if (activity.valid && !here) {
    inside.type = 'button';
    inside.addEventListener('click', () => go('choice', activity.id));
  }
  inside.className = 'tree-item';
  if (here) inside.setAttribute('aria-current', 'true');
  const cell = root.querySelector(`template[data-cell="${activity.state}"]`);
  if (activity.leaf && cell) inside.append(cell.content.cloneNode(true));
  const title = document.createElement('span');
  title.dir = 'auto';
  title.textContent = activity.title;
  inside.append(title);
  if (!activity.valid && !here && activity.leaf) {
    const why = document.createElement('span');
    why.className = 'player-why';
    why.textContent = text('Locked');
    inside.append(why);
  }
  li.append(inside);
  return li;
}

/** The panel over the stage: one of the page's prepared messages, with its ways on. */
function show(name) {
  for (const message of panel.querySelectorAll('[data-message]')) {
    message.hidden = message.dataset.message !== name;
  }
  const message = panel.querySelector(`[data-message="${name}"]`);
  if (!message) return;
  panel.hidden = false;
  for (const button of message.querySelectorAll('[data-go="continue"]')) {
    button.hidden = !course?.navigation.continue.valid;
  }
  const result = message.querySelector('[data-result]');
  if (result) result.replaceChildren(...results());
  message.querySelector('h2').focus();
}

function hidePanel() {
  panel.hidden = true;
}

function results() {
  const outcome = course?.outcome;
  const lines = [];
  const line = (words) => {
    const p = document.createElement('p');
    p.textContent = words;
    lines.push(p);
  };
  if (!outcome) return lines;
  const percent = new Intl.NumberFormat(document.documentElement.lang, {
    style: 'percent',
    numberingSystem: 'latn',
  });
  if (outcome.success === 'passed') line(text('Passed'));
  else if (outcome.success === 'failed') line(text('Failed'));
  else if (outcome.state === 'completed') line(text('Completed'));
  else line(text('Incomplete'));
  if (outcome.score !== null) line(`${text('Score')} ${percent.format(outcome.score)}`);
  return lines;
}

function busy(on) {
  stage.setAttribute('aria-busy', String(on));
}

// ---------------------------------------------------------------- what the learner does

function go(request, target = null) {
  if (!wide.matches) toggle(false);
  say('navigate', { request, target });
}

for (const button of root.querySelectorAll('[data-go]')) {
  button.addEventListener('click', () => {
    if (button.getAttribute('aria-disabled') !== 'true') go(button.dataset.go);
  });
}

for (const button of root.querySelectorAll('[data-again]')) {
  button.addEventListener('click', () => {
    hidePanel();
    load();
  });
}

for (const button of root.querySelectorAll('[data-close]')) {
  button.addEventListener('click', () => {
    hidePanel();
    say('focus');
  });
}

/** Leaving suspends: the next visit resumes here. What cannot be sent now is kept and sent then. */
for (const link of root.querySelectorAll('[data-leave]')) {
  link.addEventListener('click', (event) => {
    const alive = port && course?.running && saved.state !== 'offline';
    if (!alive || leaving) return;
    event.preventDefault();
    leaving = link.href;
    const done = course.outcome?.state === 'completed';
    const { suspendAll, exitAll } = course.navigation;
    if (done && exitAll.valid) go('exitAll');
    else if (suspendAll.valid) go('suspendAll');
    else if (exitAll.valid) go('exitAll');
    else depart();
    // A line that is lost now must not hold the learner back.
    setTimeout(depart, 4000);
  });
}

function depart() {
  location.assign(leaving);
}

const wide = matchMedia('(min-width: 62rem)');
let opened = false;
function toggle(open) {
  opened = open;
  find('toggle').setAttribute('aria-expanded', String(open));
  menu.hidden = !open;
  root.querySelector('.player-body').classList.toggle('has-menu', open);
  if (open) menu.querySelector('button, [aria-current]')?.focus();
}
find('toggle').addEventListener('click', () => toggle(menu.hidden));
root.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && !menu.hidden && !wide.matches) {
    toggle(false);
    find('toggle').focus();
  }
});

const full = find('full');
full.hidden = !document.fullscreenEnabled;
full.addEventListener('click', () => {
  if (document.fullscreenElement) document.exitFullscreen();
  else root.requestFullscreen().catch(() => {});
});

load();

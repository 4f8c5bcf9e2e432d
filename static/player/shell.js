// The application's page around a course: title, menu, buttons, and what is saved. The course
// itself runs on the packages' origin; the two talk through one port.

import { Menu, why } from './menu.js';
import { Local } from './store.js';

const root = document.querySelector('[data-player]');
const origin = root.dataset.content;
const find = (name) => root.querySelector(`[data-${name}]`);
const stage = find('stage');
const save = find('save');
const panel = find('panel');
const side = find('menu');
const previous = find('previous');
const next = find('next');
const end = find('end');
const whole = find('whole');

/** What other people's content may make this page keep at most (characters). */
const KEEP = 3 * 1024 * 1024;

let port = null;
let frame = null;
let token = root.dataset.token;
let course = null;
let saved = { state: 'saving', unsaved: 0, kept: true };
let leaving = false;
let moving = false;
let kept = 0;

/** The page's words: `data-text-<name>`. */
const text = (name) => root.getAttribute(`data-text-${name}`) ?? '';

const menu = new Menu({ root, list: find('list'), text, choose });

// ---------------------------------------------------------------- the course's frame

/** Loads the course, or loads it again: each time it becomes the attempt's one open place. */
function load() {
  port?.close();
  port = null;
  course = null;
  moving = false;
  frame?.remove();
  frame = document.createElement('iframe');
  frame.title = root.dataset.title;
  frame.allow = 'fullscreen; autoplay';
  frame.allowFullscreen = true;
  // Never the right to navigate this page away.
  frame.sandbox =
    'allow-scripts allow-same-origin allow-forms allow-modals allow-popups allow-popups-to-escape-sandbox allow-downloads';
  frame.src = `${origin}/-halqa/player${root.dataset.within ?? ''}#${token}`;
  stage.append(frame);
  busy(true);
  showSaved({ state: 'saving', unsaved: 0, kept: true });
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
    busy(false);
    const known = { 'session-superseded': 'superseded', 'session-gone': 'gone' };
    showSaved({ ...saved, state: known[event.data.code] ?? 'broken' });
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
      moving = true;
      hidePanel();
      busy(true);
      break;
    case 'moved':
      moving = false;
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
  // Inside another site's page there may be no cookie: the page holds its own proof then.
  const { pass } = root.dataset;
  const headers = pass ? { authorization: `Bearer ${pass}` } : {};
  const response = await fetch(root.dataset.renew, { method: 'POST', redirect: 'error', headers });
  if (response.status === 401 || response.status === 404) show('signedout');
  if (!response.ok) throw new Error('no token');
  token = (await response.json()).token;
  return token;
}

// ---------------------------------------------------------------- what the learner sees

function showSaved(message) {
  saved = message;
  const { state, unsaved, kept: safe } = message;
  const visible = ['saved', 'saving', 'offline'].includes(state) ? state : 'refused';
  save.dataset.state = visible;
  const words = find('save-text');
  let now = text(visible === 'refused' ? 'stopped' : visible);
  if (visible === 'offline' && safe === false) now = text('unkept');
  // A reader is told of changes, not of every call.
  if (words.textContent !== now) words.textContent = now;
  save.title = unsaved > 0 ? text('unsaved').replace('%', String(unsaved)) : '';
  if (message.code) save.title = message.code;
  if (['superseded', 'gone', 'broken'].includes(state)) show(state);
  // The SCO is gone and the way on is cut: an empty stage would say nothing.
  else if (state === 'offline' && (moving || course === null)) show('waiting');
  else if (shown() === 'waiting') hidePanel();
}

// What no storage would take lives as long as this page.
addEventListener('beforeunload', (event) => {
  if (saved.unsaved > 0 && saved.kept === false) event.preventDefault();
});

function showCourse() {
  const several = course.activities.length > 1;
  showResources(course.resources ?? []);
  find('toggle').hidden = !hasMenu();
  placeMenu();
  menu.show(course.activities, course.activity);
  whole.hidden = !(several && course.root?.valid);
  find('whole-title').textContent = course.root?.title ?? '';
  const hides = new Set(course.hides);
  const foot = find('foot');
  setButton(previous, course.navigation.previous, hides.has('previous'));
  setButton(next, course.navigation.continue, hides.has('continue'));
  foot.hidden = !several || (previous.hidden && next.hidden);
  // Ending means starting anew next time: offered where the standard knows it and the author wants it.
  end.hidden = !several || !course.restarts || !course.navigation.exitAll.valid || hides.has('exitAll');
  if (course.title) frame.title = course.title;
  if (course.refreshed) return;
  busy(moving);
  if (course.refused === 'offline') show('offline');
  else if (course.finished) show(over() ? 'ended' : 'finished');
  else if (course.running) hidePanel();
  else if (several) show('choose');
  else show('ended');
}

/** What the course offers beside the open activity, each in a window of its own. */
function showResources(resources) {
  const links = resources.flatMap(({ title, href }) => {
    const address = new URL(href, origin);
    // Only what a browser fetches; never a script of the package's in this page.
    if (!['http:', 'https:'].includes(address.protocol)) return [];
    const li = document.createElement('li');
    const link = find('resource').content.firstElementChild.cloneNode(true);
    link.href = address.href;
    link.querySelector('[dir=auto]').textContent = title;
    li.append(link);
    return [li];
  });
  find('resources').hidden = links.length === 0;
  find('resources').querySelector('ul').replaceChildren(...links);
}

/** Whether the attempt is over: nothing is open, and nothing is left that could be ended. */
function over() {
  return !course.running && !course.navigation.exitAll.valid;
}

/**
 * What the course's control modes forbid is off. What its rules do not open yet can still be asked
 * for with "next", where something follows or rules of the course speak when the activity ends:
 * many SCOs say that they are done only when they are left, and the engine decides then.
 */
function setButton(button, { valid, reason }, hidden) {
  const soft = !valid && button === next && !/^(NB\.2\.1|SB\.2\.7|S12-1)/.test(reason ?? '') && goesOn();
  button.hidden = hidden;
  button.setAttribute('aria-disabled', String(!valid && !soft));
  button.classList.toggle('is-soft', soft);
  button.title = soft ? text(`why-${why(reason)}`) : '';
}

/** Whether leaving the open activity may lead on: by a rule, or to what the menu shows behind it. */
function goesOn() {
  if (course.navigation.rulesAtEnd) return true;
  const at = course.activities.findIndex((activity) => activity.id === course.activity);
  return at >= 0 && course.activities.slice(at + 1).some((activity) => activity.leaf && activity.visible);
}

/** The panel over the stage: one of the page's prepared messages, with its ways on. */
function show(name) {
  const message = panel.querySelector(`[data-message="${name}"]`);
  if (!message) return;
  const again = shown() === name;
  for (const other of panel.querySelectorAll('[data-message]')) other.hidden = other !== message;
  panel.hidden = false;
  // What is under the panel is out of reach, for the keyboard too.
  frame.inert = true;
  for (const button of message.querySelectorAll('[data-go="continue"]')) {
    button.hidden = !course?.navigation.continue.valid;
  }
  const result = message.querySelector('[data-result]');
  if (result) showResult(result);
  if (!again) message.querySelector('h2').focus();
}

/** Which message is shown; null for none. */
function shown() {
  if (panel.hidden) return null;
  return panel.querySelector('[data-message]:not([hidden])')?.dataset.message ?? null;
}

function hidePanel() {
  panel.hidden = true;
  if (frame) frame.inert = false;
}

/** What was reached and what it opened, as the server words it. */
function showResult(place) {
  if (!root.dataset.result) return;
  const request = new XMLHttpRequest();
  request.open('GET', root.dataset.result);
  request.responseType = 'document';
  request.timeout = 10_000;
  request.onload = () => {
    const found = request.status === 200 && request.response?.querySelector('[data-fragment]');
    if (found) place.replaceChildren(document.adoptNode(found));
  };
  request.send();
}

function busy(on) {
  stage.setAttribute('aria-busy', String(on));
}

// ---------------------------------------------------------------- what the learner does

function go(request, target = null) {
  if (!wide.matches) toggle(false);
  say('navigate', { request, target });
}

/** An activity of the menu. The open one begins anew, which is asked first. */
function choose(id) {
  if (id === course.activity && course.running) {
    if (!wide.matches) toggle(false);
    show('same');
  } else go('choice', id);
}

find('same-now').addEventListener('click', () => {
  hidePanel();
  go('choice', course.activity);
});
whole.addEventListener('click', () => go('choice', course.root.id));

for (const button of root.querySelectorAll('[data-go]')) {
  button.addEventListener('click', () => {
    if (button.getAttribute('aria-disabled') !== 'true') go(button.dataset.go);
  });
}

end.addEventListener('click', () => {
  if (!wide.matches) toggle(false);
  show('end');
});
find('end-now').addEventListener('click', () => {
  hidePanel();
  go('exitAll');
});

for (const button of root.querySelectorAll('[data-again]')) {
  button.addEventListener('click', () => {
    leaving = false;
    hidePanel();
    load();
  });
}

for (const button of root.querySelectorAll('[data-close]')) {
  button.addEventListener('click', () => {
    hidePanel();
    if (course?.running) say('focus');
    else showCourse();
  });
}

/** Leaving suspends: the next visit resumes here. What cannot be sent now is kept and sent then. */
for (const link of root.querySelectorAll('[data-leave]')) {
  link.addEventListener('click', (event) => {
    const guest = 'guest' in root.dataset;
    const alive = port && course?.running && saved.state !== 'offline';
    if (guest) event.preventDefault();
    if (leaving) return event.preventDefault();
    if (!alive) {
      if (guest) show('left');
      return;
    }
    event.preventDefault();
    leaving = link.href || '#';
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

/** Goes where the learner wanted to; who came by a launch address has no page of ours to go to. */
function depart() {
  if (!leaving) return;
  if ('guest' in root.dataset) {
    leaving = false;
    show('left');
  } else location.assign(leaving);
}

const wide = matchMedia('(min-width: 62rem)');
/** On a wide screen the menu stands there until it is closed; on a phone it is opened. */
let open = wide.matches;
wide.addEventListener('change', () => toggle(wide.matches));

/** Whether there is something to choose from beside the course. */
function hasMenu() {
  return (course?.activities.length ?? 0) > 1 || (course?.resources?.length ?? 0) > 0;
}

function placeMenu() {
  const shows = hasMenu() && open;
  side.hidden = !shows;
  side.classList.toggle('is-open', shows);
  root.querySelector('.player-body').classList.toggle('has-menu', shows);
  find('toggle').setAttribute('aria-expanded', String(shows));
}

function toggle(on) {
  open = on;
  placeMenu();
}

find('toggle').addEventListener('click', () => {
  toggle(side.hidden);
  if (!side.hidden) menu.focus(null);
});
root.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && !side.hidden && !wide.matches) {
    toggle(false);
    find('toggle').focus();
  }
});
stage.addEventListener('click', () => {
  if (!wide.matches && !side.hidden) toggle(false);
});

const full = find('full');
full.hidden = !document.fullscreenEnabled;
full.addEventListener('click', () => {
  if (document.fullscreenElement) document.exitFullscreen();
  else root.requestFullscreen().catch(() => {});
});
document.addEventListener('fullscreenchange', () => {
  full.setAttribute('aria-pressed', String(document.fullscreenElement !== null));
});

load();

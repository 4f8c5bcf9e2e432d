// The page on the packages' origin: holds the run-time for the SCO, keeps the journal, and does
// what the application's page around it asks. It has the token of one attempt and nothing else.

import { Journal, sendLeftovers } from './journal.js';
import { Course } from './course.js';
import { openStore } from './store.js';
import { journalSender, poster } from './transport.js';
import { hail, Shell } from './port.js';

const page = document.documentElement.dataset;
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** The parts of a token that are no secret: `<session>.<attempt>.….<signature>`. */
const attemptOf = (token) => token.split('.')[1];

/** Asks until an answer comes. A refusal that will not change is thrown. */
async function insist(ask, onChange) {
  for (let failures = 0; ; failures += 1) {
    let answer = null;
    try {
      answer = await ask();
    } catch {
      // No answer of ours: below.
    }
    if (answer?.status === 200) return answer.body;
    if (answer && answer.status >= 400 && answer.status < 500 && ![401, 408, 429].includes(answer.status)) {
      throw Object.assign(new Error(answer.body.code), { code: answer.body.code });
    }
    onChange('offline');
    const longest = Math.min(60_000, 1000 * 2 ** failures);
    await Promise.race([
      pause(longest / 2 + (longest / 2) * Math.random()),
      new Promise((resolve) => addEventListener('online', resolve, { once: true })),
    ]);
  }
}

/** Tells other tabs of this browser that the attempt goes on here, and listens for the same. */
function announce(attempt, journal) {
  try {
    const tabs = new BroadcastChannel(`halqa:${attempt}`);
    tabs.postMessage('opened');
    // Whether that is so is for the server to say.
    tabs.onmessage = () => journal.check();
  } catch {
    // Refused to an embedded page: the next call of the SCO tells.
  }
}

async function main() {
  let token = location.hash.slice(1);
  // The token is for this script alone: not for the history, nor for whoever reads the address.
  history.replaceState(null, '', location.pathname);
  const shell = await Shell.connect(page.app);
  const renew = async () => {
    token = await shell.renew();
  };
  const post = poster({ fetch: fetch.bind(window), token: () => token, renew });
  const send = journalSender(post);
  const tell = (state, unsaved = 0) => shell.say('state', { state, unsaved, kept: true });

  const attempt = attemptOf(token);
  const store = await openStore({
    attempt,
    local: () => window.localStorage,
    indexed: window.indexedDB,
    shell,
  });
  navigator.storage?.persist?.().catch(() => {});
  tell('saving');
  const left = await store.load();
  const waiting = [...left.values()].reduce((sum, entries) => sum + entries.length, 0);
  await sendLeftovers({ left, store, send, pause, onChange: (state) => tell(state, waiting) });

  const opening = crypto.randomUUID?.() ?? String(Math.random()).slice(2);
  const opened = await insist(() => post('/-halqa/open', JSON.stringify({ opening })), tell);
  token = opened.token;
  const table = await insist(async () => {
    const response = await fetch(opened.table, { credentials: 'omit' });
    return { status: response.status, body: await response.json() };
  }, tell);

  const journal = new Journal({
    session: opened.session,
    store,
    send,
    onChange: (state) => shell.say('state', state),
    onState: (state) => course.refresh(state),
  });
  const course = new Course({ table, journal, shell, stage: document.getElementById('stage') });
  announce(attempt, journal);
  shell.on('navigate', ({ request, target }) => course.navigate(request, target));
  shell.on('focus', () => course.focus());

  addEventListener('online', () => journal.wake());
  addEventListener('pagehide', () => journal.leave());
  addEventListener('pageshow', (event) => {
    if (event.persisted) journal.wake();
  });
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') journal.leave();
    else journal.wake();
  });

  tell('saved');
  course.show(opened.state);
}

main().catch((error) => {
  // Nothing is lost: what was written is kept. The page around says what can be done.
  hail({ halqa: 'failed', code: error.code ?? 'broken' }, page.app);
});

// Launches from a learning platform: where can this browser keep our proof? A cookie of this frame
// alone; else the platform's own storage, asked by messages (lti-pm-s, lti-cs-oidc); else a window.

const page = document.querySelector("[data-lti]");
const WAIT = 2500;

/** Posts a message to a window and waits for the answer of the same id, from `origin` if given. */
function ask(target, message, origin) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => done(() => reject(new Error("no answer"))), WAIT);
    const done = (then) => {
      clearTimeout(timer);
      removeEventListener("message", heard);
      then();
    };
    const heard = (event) => {
      const answer = event.data;
      if (event.source !== target || answer?.message_id !== message.message_id) return;
      if (answer.subject !== `${message.subject}.response`) return;
      if (origin && event.origin !== origin) return;
      done(() => (answer.error ? reject(new Error(answer.error.code)) : resolve(answer)));
    };
    addEventListener("message", heard);
    target.postMessage(message, origin || "*");
  });
}

const outer = () => (window.opener && window.parent === window ? window.opener : window.parent);

/** A frame of the platform by its name; `_parent` and none: the page around us. */
function frame(name) {
  const around = outer();
  if (!name || name === "_parent") return around;
  return around.frames[name] ?? around;
}

/** The window that keeps values: named at the login, or by the answer to `lti.capabilities`. */
async function storage(subject) {
  if (outer() === window) throw new Error("no platform around");
  if (page.dataset.frame) return frame(page.dataset.frame);
  const { supported_messages: known } = await ask(outer(), JSON.parse(page.dataset.capabilities));
  const found = known?.find((message) => message.subject === subject || message.subject === `org.imsglobal.${subject}`);
  if (!found) throw new Error("no storage");
  return frame(found.frame);
}

function offerWindow() {
  page.querySelector("[data-wait]").hidden = true;
  page.querySelector("[data-window]").hidden = false;
}

async function login() {
  const { probe, address, origin } = page.dataset;
  if (document.cookie.split("; ").some((cookie) => cookie.startsWith(`${probe}=`))) return location.replace(address);
  const target = await storage("lti.put_data");
  await ask(target, JSON.parse(page.dataset.put), origin);
  location.replace(address);
}

async function launch() {
  const target = await storage("lti.get_data");
  const answer = await ask(target, JSON.parse(page.dataset.get), page.dataset.origin);
  if (!answer.value) throw new Error("nothing kept");
  const form = page.querySelector("[data-go-on]");
  form.elements.browser.value = answer.value;
  form.submit();
}

const todo = {
  login,
  launch,
  answer: async () => page.submit(),
  close: async () => {
    page.addEventListener("click", () => {
      // Dynamic registration §3.7: the platform closes the window.
      (window.opener || window.parent).postMessage({ subject: "org.imsglobal.lti.close" }, page.dataset.origin || "*");
    });
  },
}[page?.dataset.lti];

if (page && todo) {
  const offer = page.querySelector("[data-window]");
  if (offer) offer.hidden = true;
  todo().catch(() => offer && offerWindow());
}

// A thin package: the module itself stays at Halqa. This page, in an LMS, asks Halqa to open it for
// the learner whom the LMS names, shows it in a frame, and tells the LMS how far the learner is: by
// SCORM 1.2, SCORM 2004 or cmi5. Nothing is loaded from elsewhere but the frame.
(() => {
  "use strict";
  const config = JSON.parse(document.getElementById("config").textContent);
  const say = document.getElementById("say");
  const began = Date.now();
  const EVERY = 5000;
  let token = null;
  let last = null;
  let ended = false;

  function tell(text) {
    say.textContent = text;
    say.hidden = !text;
  }

  /** SHA-256 in hexadecimal: `crypto.subtle` is not there on plain http, where some LMSs still are. */
  function sha256(text) {
    const bytes = Array.from(new TextEncoder().encode(text));
    const bits = bytes.length * 8;
    const primes = [];
    for (let n = 2; primes.length < 64; n += 1) if (primes.every((p) => n % p)) primes.push(n);
    const part = (x) => ((x - Math.floor(x)) * 2 ** 32) >>> 0;
    const k = primes.map((p) => part(Math.cbrt(p)));
    const h = primes.slice(0, 8).map((p) => part(Math.sqrt(p)));
    bytes.push(0x80);
    while (bytes.length % 64 !== 56) bytes.push(0);
    for (let i = 7; i >= 0; i -= 1) bytes.push(Math.floor(bits / 2 ** (8 * i)) & 255);
    const turn = (x, n) => (x >>> n) | (x << (32 - n));
    for (let at = 0; at < bytes.length; at += 64) {
      const w = [];
      for (let i = 0; i < 64; i += 1) {
        if (i < 16) {
          w[i] = (bytes[at + 4 * i] << 24) | (bytes[at + 4 * i + 1] << 16) | (bytes[at + 4 * i + 2] << 8) | bytes[at + 4 * i + 3];
        } else {
          const a = turn(w[i - 15], 7) ^ turn(w[i - 15], 18) ^ (w[i - 15] >>> 3);
          const b = turn(w[i - 2], 17) ^ turn(w[i - 2], 19) ^ (w[i - 2] >>> 10);
          w[i] = (w[i - 16] + a + w[i - 7] + b) | 0;
        }
      }
      const v = h.slice();
      for (let i = 0; i < 64; i += 1) {
        const s1 = turn(v[4], 6) ^ turn(v[4], 11) ^ turn(v[4], 25);
        const one = (v[7] + s1 + ((v[4] & v[5]) ^ (~v[4] & v[6])) + k[i] + w[i]) | 0;
        const s0 = turn(v[0], 2) ^ turn(v[0], 13) ^ turn(v[0], 22);
        const two = (s0 + ((v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]))) | 0;
        v.unshift((one + two) | 0);
        v.length = 8;
        v[4] = (v[4] + one) | 0;
      }
      for (let i = 0; i < 8; i += 1) h[i] = (h[i] + v[i]) | 0;
    }
    return h.map((x) => (x >>> 0).toString(16).padStart(8, "0")).join("");
  }

  /** The LMS's API object: in a parent, or in the opener's parents. */
  function find(name) {
    const up = (start) => {
      let at = start;
      for (let i = 0; at && i < 50; i += 1) {
        try {
          if (at[name]) return at[name];
        } catch { /* a page of another site: nothing to be found there */ }
        if (at.parent === at) return null;
        at = at.parent;
      }
      return null;
    };
    return up(window) || (window.opener && up(window.opener)) || null;
  }

  const seconds = () => Math.max(0, Math.round((Date.now() - began) / 1000));
  const two = (n) => String(n).padStart(2, "0");
  const percent = (score) => String(Math.round(score * 10000) / 100);

  /** What the LMS is told, each time; by standard. */
  const standards = {
    scorm12() {
      const api = find("API");
      if (!api || api.LMSInitialize("") === "false") return null;
      const set = (name, value) => api.LMSSetValue(name, value);
      return {
        learner: api.LMSGetValue("cmi.core.student_id"),
        name: api.LMSGetValue("cmi.core.student_name"),
        report(state) {
          const status = { passed: "passed", failed: "failed" }[state.success] || (state.completed ? "completed" : "incomplete");
          set("cmi.core.lesson_status", status);
          if (state.score !== null) {
            set("cmi.core.score.min", "0");
            set("cmi.core.score.max", "100");
            set("cmi.core.score.raw", percent(Math.max(0, state.score)));
          }
          const s = seconds();
          set("cmi.core.session_time", `${String(Math.floor(s / 3600)).padStart(4, "0")}:${two(Math.floor(s / 60) % 60)}:${two(s % 60)}`);
          set("cmi.core.exit", state.completed ? "" : "suspend");
          api.LMSCommit("");
        },
        end: () => api.LMSFinish(""),
      };
    },
    scorm2004() {
      const api = find("API_1484_11");
      if (!api || api.Initialize("") === "false") return null;
      const set = (name, value) => api.SetValue(name, value);
      return {
        learner: api.GetValue("cmi.learner_id"),
        name: api.GetValue("cmi.learner_name"),
        report(state) {
          set("cmi.completion_status", state.completed ? "completed" : "incomplete");
          set("cmi.progress_measure", String(Math.round(state.progress * 10000) / 10000));
          if (state.success !== "unknown") set("cmi.success_status", state.success);
          if (state.score !== null) {
            set("cmi.score.min", "0");
            set("cmi.score.max", "100");
            set("cmi.score.raw", percent(Math.max(0, state.score)));
            set("cmi.score.scaled", String(Math.round(state.score * 10000) / 10000));
          }
          set("cmi.session_time", `PT${seconds()}S`);
          set("cmi.exit", state.completed ? "normal" : "suspend");
          api.Commit("");
        },
        end: () => api.Terminate(""),
      };
    },
    async cmi5() {
      const query = new URLSearchParams(location.search);
      const get = (name) => query.get(name) || "";
      if (!get("fetch")) return null;
      const actor = JSON.parse(get("actor"));
      const endpoint = get("endpoint").replace(/\/*$/, "/");
      const given = await (await fetch(get("fetch"), { method: "POST" })).json();
      if (!given["auth-token"]) return null;
      const headers = { Authorization: `Basic ${given["auth-token"]}`, "X-Experience-API-Version": "1.0.3" };
      const where = new URLSearchParams({ activityId: get("activityId"), agent: get("actor"), registration: get("registration"), stateId: "LMS.LaunchData" });
      const launch = await (await fetch(`${endpoint}activities/state?${where}`, { headers })).json();
      const sent = new Set();
      const category = (id) => ({ id: `https://w3id.org/xapi/cmi5/context/categories/${id}` });
      const send = (verb, result, moves) => {
        if (sent.has(verb)) return null;
        sent.add(verb);
        const context = JSON.parse(JSON.stringify(launch.contextTemplate));
        context.registration = get("registration");
        context.contextActivities = context.contextActivities || {};
        const list = context.contextActivities.category || [];
        list.push(category("cmi5"));
        if (moves) list.push(category("moveon"));
        context.contextActivities.category = list;
        const id = ([1e7] + -1e3 + -4e3 + -8e3 + -1e11).replace(/[018]/g, (c) => (c ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (c / 4)))).toString(16));
        const statement = { id, actor, verb: { id: verb }, object: { id: get("activityId") }, context, timestamp: new Date().toISOString() };
        if (result) statement.result = result;
        return fetch(`${endpoint}statements?statementId=${id}`, { method: "PUT", headers: { ...headers, "Content-Type": "application/json" }, body: JSON.stringify(statement), keepalive: true });
      };
      const adl = (verb) => `http://adlnet.gov/expapi/verbs/${verb}`;
      await send(adl("initialized"));
      const normal = launch.launchMode === "Normal";
      let queue = Promise.resolve();
      const later = (...what) => { queue = queue.then(() => send(...what)).catch(() => {}); };
      return {
        learner: actor.account ? `${actor.account.homePage} ${actor.account.name}` : get("actor"),
        name: actor.name || "",
        report(state) {
          if (!normal) return;
          const duration = `PT${seconds()}S`;
          if (state.completed) later(adl("completed"), { completion: true, duration }, true);
          if (state.success !== "unknown") {
            const result = { success: state.success === "passed", duration };
            if (state.score !== null) result.score = { scaled: state.score };
            // A verdict may change from failed to passed, never back.
            if (state.success === "passed" || !sent.has(adl("passed"))) later(adl(state.success), result, true);
          }
        },
        end() {
          later("http://adlnet.gov/expapi/verbs/terminated", { duration: `PT${seconds()}S` });
          if (launch.returnURL) queue.then(() => location.assign(launch.returnURL));
        },
      };
    },
  };

  /** A call to Halqa: a simple request, so that no browser asks first. */
  async function call(path, body) {
    const answer = await fetch(`${config.home}/dispatch/${path}`, { method: "POST", body: JSON.stringify(body), credentials: "omit" });
    const value = await answer.json();
    if (!answer.ok) throw Object.assign(new Error(value.code), { text: value.text });
    return value;
  }

  function ancestors() {
    const list = Array.from(location.ancestorOrigins || []);
    if (!list.length && document.referrer) list.push(new URL(document.referrer).origin);
    return list.filter((origin) => origin !== "null");
  }

  async function begin() {
    tell(config.words.wait);
    const lms = await standards[config.standard]();
    if (!lms || !lms.learner) return tell(config.words.no_lms);
    const learner = config.hash ? sha256(`${config.dispatch} ${lms.learner}`) : lms.learner;
    let opened;
    try {
      opened = await call("open", {
        dispatch: config.dispatch, key: config.key, learner, name: config.names ? lms.name : "",
        language: document.documentElement.lang, ancestors: ancestors(),
      });
    } catch (error) {
      return tell(error.text || config.words.offline);
    }
    token = opened.token;
    const frame = document.createElement("iframe");
    frame.title = document.title;
    frame.allow = "fullscreen";
    frame.src = opened.url;
    document.body.append(frame);
    tell("");

    const report = (state) => {
      const text = JSON.stringify(state);
      if (text === last) return;
      last = text;
      lms.report(state);
    };
    report(opened.state);
    const look = async () => {
      if (ended) return;
      try {
        const state = await call("state", { token });
        if (!ended) report(state);
      } catch { /* the line is down: what is known stays, the next look tells the rest */ }
    };
    const end = () => {
      if (ended) return;
      ended = true;
      clearInterval(timer);
      // The time of this sitting, whatever else is new.
      lms.report(JSON.parse(last));
      lms.end();
    };
    const timer = setInterval(look, EVERY);
    document.addEventListener("visibilitychange", look);
    addEventListener("pagehide", end);
    addEventListener("message", async (event) => {
      if (event.origin !== config.home || event.source !== frame.contentWindow) return;
      if (event.data?.subject === "halqa.left") {
        await look();
        end();
        frame.remove();
        tell(config.words.done);
      }
    });
  }

  begin();
})();

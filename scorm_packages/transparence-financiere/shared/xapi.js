// A small xAPI 1.0.3 client: statements in order, one document of state. No rule of cmi5 or of
// a package lives here (track.js has them).
"use strict";
(() => {
  const uuid = () => {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
  };
  /** ISO 8601 duration with hundredths of a second. */
  const duration = (seconds) => `PT${Math.max(0, seconds).toFixed(2)}S`;
  const pause = (milliseconds) => new Promise((done) => { setTimeout(done, milliseconds); });

  class Client {
    /** `base` is the endpoint, `authorization` the whole header. */
    constructor({ base, authorization, actor, activityId, registration }) {
      this.base = base.endsWith("/") ? base : base + "/";
      this.authorization = authorization;
      this.about = { activityId, actor, registration };
      this.queue = [];
      this.sending = null;
      this.flying = new Set();
    }
    headers(more) {
      return { Authorization: this.authorization, "X-Experience-API-Version": "1.0.3", ...more };
    }
    address(resource, parameters) {
      return this.base + resource + "?" + new URLSearchParams(parameters);
    }
    stateParameters(stateId) {
      const { activityId, actor, registration } = this.about;
      const parameters = { activityId, agent: JSON.stringify(actor), stateId };
      return registration ? { ...parameters, registration } : parameters;
    }
    async read(resource, parameters) {
      const answer = await fetch(this.address(resource, parameters), { headers: this.headers() });
      if (answer.status === 404) return null;
      if (!answer.ok) throw new Error(`${resource}: ${answer.status}`);
      return answer.json();
    }
    state(stateId) { return this.read("activities/state", this.stateParameters(stateId)); }
    saveState(stateId, document) {
      return fetch(this.address("activities/state", this.stateParameters(stateId)), {
        method: "PUT", keepalive: true, headers: this.headers({ "Content-Type": "application/json" }), body: JSON.stringify(document),
      }).catch(() => null);
    }
    /** Put a statement in line; they leave in order, those waiting together in one request. */
    send(statement) {
      this.last = Math.max(Date.now(), (this.last || 0) + 1); // never two at one time: the timestamp is the order
      this.queue.push({ id: uuid(), timestamp: new Date(this.last).toISOString(), actor: this.about.actor, ...statement });
      this.sending ||= this.drain().finally(() => { this.sending = null; });
      return this.sending;
    }
    async drain() {
      for (let tries = 0; this.queue.length && tries < 6;) {
        const batch = this.queue.splice(0);
        const ok = await this.post(batch);
        if (ok) { tries = 0; continue; }
        this.queue.unshift(...batch); // same ids: sent twice, it is still recorded once
        tries += 1;
        await pause(500 * 2 ** tries);
      }
    }
    post(batch) {
      const sent = this.attempt(batch).finally(() => { this.flying.delete(sent); });
      this.flying.add(sent);
      return sent;
    }
    /** Everything that has left has arrived, or failed. */
    settled() { return Promise.all(this.flying); }
    async attempt(batch) {
      try {
        const answer = await fetch(this.base + "statements", {
          method: "POST", keepalive: true, headers: this.headers({ "Content-Type": "application/json" }), body: JSON.stringify(batch),
        });
        return answer.ok || (answer.status >= 400 && answer.status < 500 && answer.status !== 429); // a refusal will not change
      } catch {
        return false;
      }
    }
    /** What still waits leaves now, with the page. */
    leave() {
      if (this.queue.length) this.post(this.queue.splice(0));
    }
  }

  /** The answer to a question as an xAPI interaction: definition and response. */
  const interaction = (a, language) => {
    const join = (parts) => (a.type === "true-false" || a.type === "fill-in" ? parts[0] : parts.map((part) => [].concat(part).join("[.]")).join("[,]"));
    const definition = {
      type: "http://adlnet.gov/expapi/activities/cmi.interaction",
      name: { [language]: a.text }, description: { [language]: a.text }, interactionType: a.type,
      correctResponsesPattern: a.type === "fill-in" ? a.pattern : [join(a.pattern)],
    };
    const list = (pairs) => pairs.map(([id, text]) => ({ id, description: { [language]: text } }));
    if (a.type === "choice" || a.type === "sequencing") definition.choices = list(a.choices);
    if (a.type === "matching") {
      definition.source = list(a.sources);
      definition.target = list([...new Map(a.choices)]);
    }
    return { definition, result: { response: join(a.parts), success: a.correct, duration: duration(a.seconds) } };
  };

  window.HalqaXapi = { Client, uuid, duration, interaction };
})();

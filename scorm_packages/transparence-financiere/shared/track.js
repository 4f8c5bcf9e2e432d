// How this lesson talks to a learning record store, launched the "Tin Can" way: endpoint, auth, actor
// (and registration, activity_id) in the query. Works without one: `recording` is then false.
"use strict";
(() => {
  const { Client, duration, interaction } = window.HalqaXapi;
  const ACTIVITY = "https://halqa.example/modules/transparence-financiere";
  const BOOKMARK = "halqa.bookmark";
  const VERBS = { initialized: "a ouvert", progressed: "a avancé dans", answered: "a répondu à", completed: "a terminé", passed: "a réussi", failed: "n’a pas réussi", terminated: "a fermé" };
  const verb = (name) => ({ id: "http://adlnet.gov/expapi/verbs/" + name, display: { fr: VERBS[name], en: name } });
  const off = { recording: false, resume: {}, page() {}, save() {}, answer() {}, result() {}, commit() {}, close() {} };

  /** Old launchers write an agent's properties as lists, and accounts by other names. */
  const agent = (text) => {
    const given = JSON.parse(text);
    const one = (value) => (Array.isArray(value) ? value[0] : value);
    const clean = { objectType: "Agent" };
    for (const key of ["name", "mbox", "mbox_sha1sum", "openid"]) if (given[key]) clean[key] = one(given[key]);
    const account = one(given.account);
    if (account) clean.account = { homePage: account.homePage || account.accountServiceHomePage, name: account.name || account.accountName };
    return clean;
  };

  class TinCan {
    constructor(client, activityId, kept) {
      this.client = client;
      this.object = { objectType: "Activity", id: activityId, definition: { type: "http://adlnet.gov/expapi/activities/course", name: { fr: document.title } } };
      this.kept = kept || {};
      this.resume = this.kept;
      this.recording = true;
      this.closed = false;
      this.openedAt = Date.now();
      this.say("initialized");
    }
    say(name, { object, result } = {}) {
      const { registration } = this.client.about;
      const context = { language: "fr", platform: "Halqa", ...(registration ? { registration } : {}) };
      if (object) context.contextActivities = { parent: [{ id: this.object.id, objectType: "Activity" }] };
      this.client.send({ verb: verb(name), object: object || this.object, context, ...(result ? { result } : {}) });
    }
    time() { return duration((Date.now() - this.openedAt) / 1000); }
    page(id, part) {
      if (this.kept.page !== id && part > (this.kept.part || 0)) {
        this.kept.part = part;
        this.say("progressed", { result: { extensions: { "https://w3id.org/xapi/cmi5/result/extensions/progress": Math.floor(part * 100) } } });
      }
      this.kept.page = id;
    }
    save(data) { this.kept.data = data; }
    answer(a) {
      a.sources = [...document.querySelectorAll(`#${a.id} select`)].map((s) => [s.dataset.source, s.labels[0].textContent]);
      const { definition, result } = interaction(a, "fr");
      this.say("answered", { object: { objectType: "Activity", id: this.object.id + "/" + a.id, definition }, result });
    }
    result(outcome) {
      if (!this.kept.completed) {
        this.kept.completed = true;
        this.say("completed", { result: { completion: true, duration: this.time() } });
      }
      if (outcome.score === null || this.kept.passed) return;
      this.kept.passed = outcome.passed;
      this.say(outcome.passed ? "passed" : "failed", { result: { success: outcome.passed, completion: true, score: { scaled: outcome.score / 100, raw: outcome.score, min: 0, max: 100 }, duration: this.time() } });
    }
    commit() { if (!this.closed) this.client.saveState(BOOKMARK, this.kept); }
    close() {
      if (this.closed) return;
      this.commit();
      this.closed = true;
      this.say("terminated", { result: { duration: this.time() } });
      this.client.leave();
    }
  }

  const open = async () => {
    const query = new URLSearchParams(window.location.search);
    const [endpoint, authorization, actor] = [query.get("endpoint"), query.get("auth"), query.get("actor")];
    if (!endpoint || !actor) return off;
    try {
      const activityId = query.get("activity_id") || ACTIVITY;
      const client = new Client({ base: endpoint, authorization: authorization || "", actor: agent(actor), activityId, registration: query.get("registration") });
      return new TinCan(client, activityId, await client.state(BOOKMARK));
    } catch {
      return off;
    }
  };
  window.HalqaTrack = { open };
})();

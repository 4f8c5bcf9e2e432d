// How a lesson of this course talks to a cmi5 platform (cmi5 1.0, "Quartz"). Works without one.
"use strict";
(() => {
  const { Client, duration, interaction } = window.HalqaXapi;
  const CMI5 = { id: "https://w3id.org/xapi/cmi5/context/categories/cmi5" };
  const MOVE_ON = { id: "https://w3id.org/xapi/cmi5/context/categories/moveon" };
  const MASTERY = "https://w3id.org/xapi/cmi5/context/extensions/masteryscore";
  const PROGRESS = "https://w3id.org/xapi/cmi5/result/extensions/progress";
  const BOOKMARK = "halqa.bookmark";
  const verb = (name) => ({ id: "http://adlnet.gov/expapi/verbs/" + name, display: { en: name } });
  const off = { recording: false, resume: {}, page() {}, save() {}, answer() {}, result() {}, commit() {}, close() {} };

  /** The page is written in French with an English twin in a template: show the one preferred. */
  const speak = (preference) => {
    const first = (preference || "").split(",").map((tag) => tag.trim().slice(0, 2).toLowerCase()).find((tag) => tag === "fr" || tag === "en");
    const twin = document.querySelector("template[lang=en]");
    if (first !== "en" || !twin) return;
    document.documentElement.lang = "en";
    document.title = twin.dataset.title;
    document.querySelector(".course").textContent = twin.dataset.title;
    document.querySelector("main").replaceChildren(twin.content.cloneNode(true));
  };

  class Cmi5 {
    constructor(client, launch, activityId, kept) {
      this.client = client;
      this.launch = launch;
      this.object = { objectType: "Activity", id: activityId };
      this.normal = launch.launchMode === "Normal";
      if (typeof launch.masteryScore === "number") this.mastery = Math.round(launch.masteryScore * 100);
      this.kept = kept || {};
      this.resume = this.kept;
      this.recording = true;
      this.closed = false;
      this.judged = false; // one of passed and failed at most, in a session
      this.openedAt = Date.now();
      this.state(verb("initialized"), [CMI5]);
    }
    seconds() { return (Date.now() - this.openedAt) / 1000; }
    /** A statement in the context the platform gave: its template, plus what this verb adds. */
    state(name, categories, { result, extensions, object } = {}) {
      const template = this.launch.contextTemplate || {};
      const activities = { ...template.contextActivities };
      if (categories.length) activities.category = [...(activities.category || []), ...categories];
      const context = { ...template, registration: this.client.about.registration, contextActivities: activities, extensions: { ...template.extensions, ...extensions } };
      this.client.send({ verb: name, object: object || this.object, context, ...(result ? { result } : {}) });
    }
    page(id, part) {
      this.kept.page = id;
      this.part = part;
    }
    save(data) { this.kept.data = data; }
    /** "cmi5 allowed": the platform's context, without the cmi5 category. */
    answer(a) {
      const language = document.documentElement.lang;
      a.sources = [...document.querySelectorAll(`#${a.id} select`)].map((s) => [s.dataset.source, s.labels[0].textContent]);
      const { definition, result } = interaction(a, language);
      if (this.part < 1) result.extensions = { [PROGRESS]: Math.floor(this.part * 100) };
      this.state({ id: "http://adlnet.gov/expapi/verbs/answered", display: { en: "answered", fr: "a répondu" } }, [],
        { object: { objectType: "Activity", id: this.object.id + "#" + a.id, definition }, result });
    }
    result(outcome) {
      if (!this.normal) return;
      if (!this.kept.completed) {
        this.kept.completed = true; // once in a registration
        this.state(verb("completed"), [CMI5, MOVE_ON], { result: { completion: true, duration: duration(this.seconds()) } });
      }
      if (outcome.score === null) return;
      if (outcome.passed) this.judge("passed", outcome.score);
      else this.failing = outcome.score; // said at the end of the session only: a new try may still pass
    }
    judge(name, score) {
      if (this.judged || this.kept.passed) return;
      this.judged = true;
      if (name === "passed") this.kept.passed = true;
      const mastery = this.launch.masteryScore;
      this.state(verb(name), [CMI5, MOVE_ON], {
        result: { score: { scaled: score / 100, raw: score, min: 0, max: 100 }, success: name === "passed", duration: duration(this.seconds()) },
        extensions: typeof mastery === "number" ? { [MASTERY]: mastery } : {},
      });
    }
    commit() {
      if (!this.closed && this.normal) this.client.saveState(BOOKMARK, this.kept);
    }
    canContinue(ready) { return ready && !this.closed && Boolean(this.launch.returnURL); }
    forward() {
      this.close();
      // What was said must be there before the next lesson is opened, which ends this session.
      const late = new Promise((done) => { setTimeout(done, 5000); });
      Promise.race([this.client.settled(), late]).then(() => { window.location.href = this.launch.returnURL; });
    }
    close() {
      if (this.closed) return;
      if (this.failing !== undefined) this.judge("failed", this.failing);
      this.commit();
      this.closed = true;
      this.state(verb("terminated"), [CMI5], { result: { duration: duration(this.seconds()) } });
      this.client.leave();
    }
  }

  const remember = (key, address) => {
    try {
      if (address) window.sessionStorage.setItem(key, address);
    } catch { /* Nothing is kept here: a page loaded again will be read without a record. */ }
  };
  /** A page loaded again: its session is over. Back to where the platform opens a new one. */
  const again = (key) => {
    let address = null;
    try {
      address = window.sessionStorage.getItem(key);
    } catch { /* As above. */ }
    if (!address) return off;
    window.location.replace(address);
    return new Promise(() => {});
  };

  const open = async () => {
    const query = new URLSearchParams(window.location.search);
    const [endpoint, fetchUrl, actor, registration, activityId] = ["endpoint", "fetch", "actor", "registration", "activityId"].map((name) => query.get(name));
    if (!endpoint || !fetchUrl || !actor || !registration || !activityId) return off;
    try {
      const answer = await (await fetch(fetchUrl, { method: "POST" })).json(); // the token is given once
      if (!answer["auth-token"]) return again(fetchUrl);
      const client = new Client({ base: endpoint, authorization: "Basic " + answer["auth-token"], actor: JSON.parse(actor), activityId, registration });
      const launch = await client.state("LMS.LaunchData");
      if (!launch) return off;
      remember(fetchUrl, launch.returnURL);
      const preferences = await client.read("agents/profile", { agent: actor, profileId: "cmi5LearnerPreferences" }).catch(() => null);
      speak(preferences?.languagePreference);
      return new Cmi5(client, launch, activityId, await client.state(BOOKMARK).catch(() => null));
    } catch {
      return off;
    }
  };
  window.HalqaTrack = { open };
})();

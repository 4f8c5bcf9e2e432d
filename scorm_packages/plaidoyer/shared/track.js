// How a lesson talks to a SCORM 2004 platform. Works without one: `recording` is then false.
// Where the learner goes next is decided by the platform from the manifest's sequencing rules: a
// lesson only says what it observed (completion, success, score, objectives) and asks to continue.
"use strict";
(() => {
  /** The API object is looked for up the chain of parents, then in the opener and its parents. */
  const climb = (from) => {
    let here = from;
    for (let steps = 0; here && steps < 500; steps += 1) {
      try { if (here.API_1484_11) return here.API_1484_11; } catch { return null; } // a parent of another origin
      if (!here.parent || here.parent === here) return null;
      here = here.parent;
    }
    return null;
  };
  const find = () => {
    let opener = null;
    try { opener = window.top.opener; } catch { opener = window.opener; }
    return climb(window) || (opener ? climb(opener) : null);
  };

  /** timeinterval(second,10,2) */
  const span = (seconds) => {
    const hundredths = Math.max(0, Math.round(seconds * 100));
    const whole = Math.floor(hundredths / 100);
    const rest = (whole % 60) + (hundredths % 100) / 100;
    return `PT${Math.floor(whole / 3600)}H${Math.floor(whole / 60) % 60}M${Number(rest.toFixed(2))}S`;
  };
  /** time(second,10,0) in UTC: a zone stands behind fractions of a second only, two digits at most (RTE 4.1.1.7) */
  const moment = (date) => date.toISOString().slice(0, 22) + "Z";
  const real = (number) => String(Number(number.toFixed(4)));
  /** An answer as SCORM 2004 writes it: `a[,]b` · `1[.]a[,]2[.]b` · `true` */
  const written = (type, parts) => (type === "true-false" || type === "fill-in"
    ? parts[0].slice(0, 250)
    : parts.map((part) => [].concat(part).join("[.]")).join("[,]"));

  class Scorm2004 {
    constructor(api) {
      this.api = api;
      this.recording = false;
      this.closed = false;
      this.openedAt = Date.now();
      this.resume = {};
      if (!api || String(api.Initialize("")) !== "true") return;
      this.recording = true;
      this.done = this.get("cmi.completion_status") === "completed";
      if (!this.done) this.set("cmi.completion_status", "incomplete");
      const passing = parseFloat(this.get("cmi.scaled_passing_score"));
      if (!Number.isNaN(passing)) this.mastery = Math.round(passing * 100);
      this.count = parseInt(this.get("cmi.interactions._count"), 10) || 0;
      let data = null;
      try { data = JSON.parse(this.get("cmi.suspend_data") || "null"); } catch { data = null; }
      this.resume = { page: this.get("cmi.location"), data };
      this.set("cmi.exit", this.done ? "normal" : "suspend");
    }
    get(element) { return this.recording ? String(this.api.GetValue(element) ?? "") : ""; }
    set(element, value) {
      if (!this.recording || this.closed) return false;
      return String(this.api.SetValue(element, String(value))) === "true";
    }
    page(id, part) {
      this.set("cmi.location", id);
      if (!this.done) this.set("cmi.progress_measure", real(Math.min(part, 0.99)));
    }
    save(data) { this.set("cmi.suspend_data", JSON.stringify(data)); }
    answer(a) {
      const at = "cmi.interactions." + this.count + ".";
      if (!this.set(at + "id", a.attempt > 1 ? `${a.id}-${a.attempt}` : a.id)) return;
      this.count += 1;
      this.set(at + "type", a.type);
      if (a.objective) this.set(at + "objectives.0.id", a.objective);
      this.set(at + "timestamp", moment(a.at));
      const patterns = a.type === "fill-in" ? a.pattern.map((one) => [one]) : [a.pattern];
      patterns.forEach((pattern, n) => this.set(`${at}correct_responses.${n}.pattern`, written(a.type, pattern)));
      this.set(at + "weighting", a.weight);
      this.set(at + "learner_response", written(a.type, a.parts));
      this.set(at + "result", a.correct ? "correct" : "incorrect");
      this.set(at + "latency", span(a.seconds));
      this.set(at + "description", `{lang=${document.documentElement.lang}}${a.text}`.slice(0, 250));
    }
    /** The place of an objective in cmi.objectives: the platform has put there those of the manifest. */
    objective(id) {
      const count = parseInt(this.get("cmi.objectives._count"), 10) || 0;
      for (let n = 0; n < count; n += 1) if (this.get(`cmi.objectives.${n}.id`) === id) return n;
      return this.set(`cmi.objectives.${count}.id`, id) ? count : -1;
    }
    result(state) {
      if (!this.recording) return;
      for (const [id, { got, total }] of Object.entries(state.objectives)) {
        const n = this.objective(id);
        if (n < 0) continue;
        this.set(`cmi.objectives.${n}.score.scaled`, real(got / total));
        this.set(`cmi.objectives.${n}.success_status`, got === total ? "passed" : "failed");
        this.set(`cmi.objectives.${n}.completion_status`, "completed");
      }
      if (state.score !== null) {
        this.set("cmi.score.min", 0);
        this.set("cmi.score.max", 100);
        this.set("cmi.score.raw", state.score);
        this.set("cmi.score.scaled", real(state.score / 100));
        this.set("cmi.success_status", state.passed ? "passed" : "failed");
      }
      this.set("cmi.progress_measure", "1");
      this.set("cmi.completion_status", "completed");
      this.set("cmi.exit", "normal");
      this.done = true;
    }
    commit() {
      if (!this.recording || this.closed) return;
      this.set("cmi.session_time", span((Date.now() - this.openedAt) / 1000));
      this.api.Commit("");
    }
    /** True when this lesson is over and the platform has a way on (or, on the last one, a way out). */
    canContinue(ready) {
      if (!this.recording || this.closed || !ready) return false;
      return this.request() !== "continue" || this.get("adl.nav.request_valid.continue") !== "false";
    }
    request() { return document.body.dataset.request || "continue"; }
    forward() {
      this.set("adl.nav.request", this.request());
      this.close();
    }
    close() {
      if (!this.recording || this.closed) return;
      this.commit();
      this.closed = true;
      this.api.Terminate("");
    }
  }

  window.HalqaTrack = { open: async () => new Scorm2004(find()) };
})();

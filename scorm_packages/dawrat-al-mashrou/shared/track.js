// How a lesson talks to a SCORM 1.2 platform. Works without one: `recording` is then false.
"use strict";
(() => {
  /** The API object is looked for up the chain of parents, then in the opener and its parents. */
  const climb = (from) => {
    let here = from;
    for (let steps = 0; here && steps < 500; steps += 1) {
      try { if (here.API) return here.API; } catch { return null; } // a parent of another origin
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

  const two = (number) => String(number).padStart(2, "0");
  /** CMITimespan: HHHH:MM:SS.SS */
  const span = (seconds) => {
    const hundredths = Math.max(0, Math.round(seconds * 100));
    const whole = Math.floor(hundredths / 100);
    return `${String(Math.floor(whole / 3600)).padStart(4, "0")}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}.${two(hundredths % 100)}`;
  };
  const clock = (date) => `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
  /** An answer as SCORM 1.2 writes it (identifiers are single characters): `a,b` · `1.a,2.b` · `t` */
  const written = (type, parts) => {
    if (type === "true-false") return parts[0] === "true" ? "t" : "f";
    if (type === "fill-in") return parts[0].slice(0, 255);
    return parts.map((part) => [].concat(part).join(".")).join(",");
  };

  class Scorm12 {
    constructor(api) {
      this.api = api;
      this.recording = false;
      this.closed = false;
      this.openedAt = Date.now();
      this.resume = {};
      if (!api || String(api.LMSInitialize("")) !== "true") return;
      this.recording = true;
      const status = this.get("cmi.core.lesson_status");
      this.settled = status === "passed" || status === "completed";
      if (status === "not attempted" || status === "unknown" || status === "") this.set("cmi.core.lesson_status", "incomplete");
      const mastery = parseFloat(this.get("cmi.student_data.mastery_score"));
      if (!Number.isNaN(mastery)) this.mastery = mastery;
      this.count = parseInt(this.get("cmi.interactions._count"), 10) || 0;
      let data = null;
      try { data = JSON.parse(this.get("cmi.suspend_data") || "null"); } catch { data = null; }
      this.resume = { page: this.get("cmi.core.lesson_location"), data };
      this.set("cmi.core.exit", "suspend"); // always: whoever comes back finds their answers, passed or not
    }
    get(element) { return this.recording ? String(this.api.LMSGetValue(element) ?? "") : ""; }
    set(element, value) {
      if (!this.recording || this.closed) return false;
      return String(this.api.LMSSetValue(element, String(value))) === "true";
    }
    page(id) { this.set("cmi.core.lesson_location", id); }
    save(data) { this.set("cmi.suspend_data", JSON.stringify(data)); }
    answer(a) {
      const at = "cmi.interactions." + this.count + ".";
      // The id carries the try, so that a second answer to the same question stays readable in reports.
      if (!this.set(at + "id", a.attempt > 1 ? `${a.id}-${a.attempt}` : a.id)) return;
      this.count += 1;
      this.set(at + "type", a.type);
      this.set(at + "time", clock(a.at));
      const patterns = a.type === "fill-in" ? a.pattern.map((one) => [one]) : [a.pattern];
      patterns.forEach((pattern, n) => this.set(`${at}correct_responses.${n}.pattern`, written(a.type, pattern)));
      this.set(at + "weighting", a.weight);
      this.set(at + "student_response", written(a.type, a.parts));
      this.set(at + "result", a.correct ? "correct" : "wrong");
      this.set(at + "latency", span(a.seconds));
    }
    result(state) {
      if (state.score !== null && !(this.settled && !state.passed)) {
        this.set("cmi.core.score.min", 0);
        this.set("cmi.core.score.max", 100);
        this.set("cmi.core.score.raw", state.score);
      }
      if (!this.settled) this.set("cmi.core.lesson_status", state.passed === null ? "completed" : state.passed ? "passed" : "failed");
      if (state.passed !== false) this.settled = true;
    }
    commit() {
      if (!this.recording || this.closed) return;
      this.set("cmi.core.session_time", span((Date.now() - this.openedAt) / 1000));
      this.api.LMSCommit("");
    }
    close() {
      if (!this.recording || this.closed) return;
      this.commit();
      this.closed = true;
      this.api.LMSFinish("");
    }
  }

  window.HalqaTrack = { open: async () => new Scorm12(find()) };
})();

// One lesson: pages, questions, bookmark, result. Knows nothing of SCORM or xAPI: it speaks to
// `window.HalqaTrack` (track.js), which each package brings for its own standard.
"use strict";
(() => {
  const WORDS = {
    fr: {
      contents: "Sommaire", skip: "Aller au contenu", prev: "Retour", next: "Suivant", finish: "Terminer",
      where: "{n} / {of}", check: "Valider ma réponse", good: "C’est juste.", bad: "Pas tout à fait.",
      pick: "Choisissez d’abord une réponse.", right: "juste", wrong: "à revoir", unanswered: "sans réponse",
      up: "Monter : {t}", down: "Descendre : {t}", moved: "{t} : position {n} sur {of}", choose: "Choisissez…",
      passed: "Bravo, c’est acquis !", failed: "Encore un petit effort.", need: "Il faut {m} % pour valider.",
      pending: "Il reste des questions sans réponse : répondez-y pour connaître votre résultat.",
      again: "Reprendre les questions ratées", goto: "Aller à la première question sans réponse", done: "Votre parcours est terminé. Vous pouvez fermer cette page.",
      off: "Vous lisez ce module hors de la plateforme : rien n’est enregistré.", saved: "Votre progression est enregistrée.", forward: "Continuer le parcours", stay: "Fermez cette page quand vous voulez : votre place est gardée.", seen: "page vue"
    },
    ar: {
      contents: "المحتويات", skip: "الانتقال إلى المحتوى", prev: "السابق", next: "التالي", finish: "إنهاء",
      where: "{n} من {of}", check: "تأكيد الإجابة", good: "إجابة صحيحة.", bad: "ليس تمامًا.",
      pick: "اختر إجابة أولًا.", right: "صحيح", wrong: "يحتاج إلى مراجعة", unanswered: "دون إجابة",
      up: "إلى أعلى: {t}", down: "إلى أسفل: {t}", moved: "{t}: الموضع {n} من {of}", choose: "اختر…",
      passed: "أحسنت، لقد تمكّنت من هذه المرحلة!", failed: "بقي القليل، حاول مرة أخرى.", need: "المطلوب {m} % على الأقل.",
      pending: "بقيت أسئلة دون إجابة: أجب عنها لتعرف نتيجتك.",
      again: "إعادة الأسئلة التي لم تُصِب فيها", goto: "الانتقال إلى أول سؤال دون إجابة", done: "انتهت هذه المرحلة. يمكنك إغلاق هذه الصفحة.",
      off: "أنت تقرأ هذه الدورة خارج المنصّة: لا يُسجَّل أي شيء.", saved: "تم حفظ تقدّمك.", forward: "متابعة المسار", stay: "يمكنك إغلاق الصفحة متى شئت: موضعك محفوظ.", seen: "صفحة مقروءة"
    },
    en: {
      contents: "Contents", skip: "Skip to content", prev: "Back", next: "Next", finish: "Finish",
      where: "{n} / {of}", check: "Check my answer", good: "That’s right.", bad: "Not quite.",
      pick: "Choose an answer first.", right: "right", wrong: "to review", unanswered: "not answered",
      up: "Move up: {t}", down: "Move down: {t}", moved: "{t}: position {n} of {of}", choose: "Choose…",
      passed: "Well done, you have got it!", failed: "Nearly there.", need: "{m}% is needed to pass.",
      pending: "Some questions are still unanswered: answer them to see your result.",
      again: "Redo the questions you missed", goto: "Go to the first unanswered question", done: "You have finished. You may close this page.",
      off: "You are reading this module outside the platform: nothing is being recorded.", saved: "Your progress is saved.", forward: "Carry on with the course", stay: "Close this page whenever you like: your place is kept.", seen: "page seen"
    }
  };
  let W = WORDS.fr;
  const say = (key, values = {}) => W[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const make = (tag, attributes = {}, ...children) => {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (name === "on") for (const [event, act] of Object.entries(value)) node.addEventListener(event, act);
      else if (value !== false && value != null) node.setAttribute(name, value);
    }
    node.append(...children);
    return node;
  };

  /** What people type, made comparable: case, accents, Arabic digits, spaces, full stops aside. */
  const plain = (text) => text.trim().toLowerCase()
    .replace(/[٠-٩]/g, (digit) => "٠١٢٣٤٥٦٧٨٩".indexOf(digit))
    .normalize("NFD").replace(/[\u0300-\u036f\u064b-\u0652]/g, "")
    .replace(/[\s\u00a0\u202f]+/g, " ").replace(/[.\s]+$/, "");

  /** One question: a form in the page. `parts` are its answer in a form no standard owns. */
  class Question {
    constructor(form) {
      this.form = form;
      this.id = form.id;
      this.type = form.dataset.type;
      this.weight = Number(form.dataset.weight || 1);
      this.objective = form.dataset.objective || null;
      this.text = (form.querySelector("legend, .ask")?.textContent || this.id).trim();
      this.pattern = this.type === "fill-in" ? form.dataset.answer.split("|")
        : this.type === "matching" ? form.dataset.answer.split(" ").map((pair) => pair.split("."))
          : form.dataset.answer.split(" ");
      this.answered = null;
      this.shownAt = null;
      const list = form.querySelector(".order");
      if (list) this.makeOrder(list);
      for (const select of form.querySelectorAll("select")) {
        select.prepend(make("option", { value: "", selected: "" }, say("choose")));
        select.value = "";
      }
      this.feedback = make("div", { class: "feedback", role: "status" });
      this.button = make("button", { class: "btn", type: "submit" }, say("check"));
      form.append(this.button, this.feedback);
    }
    makeOrder(list) {
      const live = make("p", { class: "sr", role: "status" });
      list.after(live);
      const refresh = () => [...list.children].forEach((item, at, all) => {
        item.querySelector("[data-up]").disabled = at === 0;
        item.querySelector("[data-down]").disabled = at === all.length - 1;
      });
      const move = (item, step, button) => {
        if (step < 0) item.previousElementSibling?.before(item); else item.nextElementSibling?.after(item);
        refresh();
        (button.disabled ? item.querySelector("button:not(:disabled)") : button).focus();
        const all = [...list.children];
        live.textContent = say("moved", { t: item.firstChild.textContent, n: all.indexOf(item) + 1, of: all.length });
      };
      for (const item of list.children) {
        const t = item.textContent.trim();
        item.replaceChildren(make("span", {}, t));
        for (const [name, step, sign] of [["up", -1, "↑"], ["down", 1, "↓"]]) {
          const button = make("button", { type: "button", ["data-" + name]: "", "aria-label": say(name, { t }) }, sign);
          button.addEventListener("click", () => move(item, step, button));
          item.append(button);
        }
      }
      refresh();
    }
    /** The parts of the answer now in the form, or null when there is none yet. */
    read() {
      if (this.type === "matching") {
        const pairs = [...this.form.querySelectorAll("select")].map((s) => [s.dataset.source, s.value]);
        return pairs.every(([, target]) => target) ? pairs : null;
      }
      if (this.type === "sequencing") return [...this.form.querySelectorAll(".order li")].map((item) => item.dataset.id);
      if (this.type === "fill-in") {
        const text = this.form.querySelector("input").value.trim();
        return text ? [text] : null;
      }
      const chosen = [...this.form.querySelectorAll("input:checked")].map((input) => input.value);
      return chosen.length ? chosen : null;
    }
    fill(parts) {
      if (this.type === "matching") for (const [source, target] of parts) {
        const select = this.form.querySelector(`select[data-source="${source}"]`);
        if (select) select.value = target;
      } else if (this.type === "sequencing") {
        const list = this.form.querySelector(".order");
        for (const id of parts) list.append(list.querySelector(`[data-id="${id}"]`));
      } else if (this.type === "fill-in") this.form.querySelector("input").value = parts[0];
      else for (const input of this.form.querySelectorAll("input")) input.checked = parts.includes(input.value);
    }
    judge(parts) {
      if (this.type === "fill-in") return this.pattern.some((one) => plain(one) === plain(parts[0]));
      const flat = (list) => list.map((part) => [].concat(part).join("."));
      const given = flat(parts), wanted = flat(this.pattern);
      if (this.type !== "sequencing") { given.sort(); wanted.sort(); }
      return given.join(" ") === wanted.join(" ");
    }
    show(parts, correct, quietly) {
      this.answered = { parts, correct };
      this.form.classList.add("done");
      for (const field of this.form.querySelectorAll("input, select, .order button")) field.disabled = true;
      for (const option of this.form.querySelectorAll(".option")) {
        const input = option.querySelector("input");
        option.classList.toggle("right", this.pattern.includes(input.value));
        option.classList.toggle("wrong", input.checked && !this.pattern.includes(input.value));
      }
      this.button.hidden = true;
      const words = this.form.querySelector(`.answers [data-for="${correct ? "right" : "wrong"}"]`)
        || this.form.querySelector(".answers [data-for=both]");
      const box = make("div", { class: "box " + (correct ? "field" : "care"), tabindex: "-1" },
        make("p", {}, make("strong", {}, say(correct ? "good" : "bad"))));
      if (words) box.append(...[...words.cloneNode(true).childNodes]);
      this.feedback.replaceChildren(box);
      if (!quietly) box.focus({ preventScroll: false });
    }
    clear() {
      this.answered = null;
      this.form.classList.remove("done");
      this.form.reset();
      this.feedback.replaceChildren();
      this.button.hidden = false;
      for (const field of this.form.querySelectorAll("input, select, .order button")) field.disabled = false;
      for (const option of this.form.querySelectorAll(".option")) option.classList.remove("right", "wrong");
      const list = this.form.querySelector(".order");
      if (list) {
        const items = [...list.children];
        items.forEach((item, at) => {
          item.querySelector("[data-up]").disabled = at === 0;
          item.querySelector("[data-down]").disabled = at === items.length - 1;
        });
      }
    }
  }

  class Lesson {
    constructor(track) {
      this.track = track;
      this.main = document.querySelector("main");
      this.pages = [...document.querySelectorAll(".page")];
      this.questions = [...document.querySelectorAll("form.question")].map((form) => new Question(form));
      this.mastery = track.mastery ?? Number(document.body.dataset.mastery || 70);
      this.seen = new Set();
      this.tries = 0;
      this.reported = "";
      this.build();
      this.resume();
      for (const question of this.questions) question.form.addEventListener("submit", (event) => {
        event.preventDefault();
        this.answer(question);
      });
    }
    build() {
      this.main.tabIndex = -1;
      document.body.prepend(make("a", { class: "skip", href: "#" + this.main.id }, say("skip")));
      const list = make("ol");
      this.entries = this.pages.map((page, at) => {
        const heading = page.querySelector("h1");
        heading.tabIndex = -1;
        const tick = make("span", { class: "tick", "aria-hidden": "true" });
        const button = make("button", { type: "button", on: { click: () => { this.toc.open = false; this.go(at, true); } } },
          tick, make("span", {}, page.dataset.title || heading.textContent));
        list.append(make("li", {}, button));
        return { button, tick };
      });
      this.toc = make("details", { class: "toc" }, make("summary", {}, say("contents")),
        make("nav", { "aria-label": say("contents") }, list));
      this.toc.addEventListener("keydown", (event) => {
        if (event.key !== "Escape") return;
        this.toc.open = false;
        this.toc.firstChild.focus();
      });
      document.addEventListener("click", (event) => { if (!this.toc.contains(event.target)) this.toc.open = false; });
      document.querySelector(".top-in").append(this.toc);
      this.meter = make("i");
      document.querySelector(".top").after(make("div", { class: "meter", "aria-hidden": "true" }, this.meter));
      if (!this.track.recording) this.main.before(make("p", { class: "notice", role: "status" }, say("off")));
      this.prev = make("button", { class: "btn quiet", type: "button", on: { click: () => this.go(this.at - 1, true) } }, say("prev"));
      this.next = make("button", { class: "btn", type: "button", on: { click: () => this.forward() } });
      this.where = make("span", { class: "where", "aria-live": "off" });
      this.main.after(make("footer", { class: "bar" }, make("div", { class: "bar-in" }, this.prev, this.where, this.next)));
    }
    /** Start from what the platform kept: answers first, then the page. */
    resume() {
      const { page, data } = this.track.resume || {};
      if (data) {
        this.tries = data.tries || 0;
        for (const at of data.seen || []) this.seen.add(at);
        for (const question of this.questions) {
          const kept = data.answers?.[question.id];
          if (!kept) continue;
          question.fill(kept[0]);
          question.show(kept[0], kept[1] === 1, true);
        }
      }
      const at = this.pages.findIndex((one) => one.id === page);
      this.reported = this.state().ready ? this.key() : "";
      this.go(Math.max(at, 0), false);
    }
    go(at, focus) {
      this.at = Math.min(Math.max(at, 0), this.pages.length - 1);
      const page = this.pages[this.at];
      this.seen.add(this.at);
      this.pages.forEach((one) => { one.hidden = one !== page; });
      const result = page.querySelector("[data-result]");
      if (result) this.showResult(result);
      for (const question of this.questions) if (page.contains(question.form)) question.shownAt = Date.now();
      this.entries.forEach(({ button, tick }, index) => {
        if (index === this.at) button.setAttribute("aria-current", "page"); else button.removeAttribute("aria-current");
        const ticked = this.seen.has(index) && this.questions.every((q) => q.answered || !this.pages[index].contains(q.form));
        tick.textContent = ticked ? "✓" : "";
      });
      const last = this.at === this.pages.length - 1;
      this.prev.disabled = this.at === 0;
      this.next.classList.toggle("go", last);
      this.where.textContent = say("where", { n: this.at + 1, of: this.pages.length });
      this.meter.style.inlineSize = ((this.at + 1) / this.pages.length * 100) + "%";
      if (focus) {
        page.querySelector("h1").focus({ preventScroll: true });
        window.scrollTo(0, 0);
      }
      this.track.page(page.id, this.seen.size / this.pages.length);
      this.report();
      this.save();
      this.label();
      // The platform says what comes next once it has heard the result: look again a little later.
      this.later?.forEach(clearTimeout);
      this.later = last ? [300, 1000, 3000].map((wait) => setTimeout(() => this.label(), wait)) : [];
    }
    label() {
      const last = this.at === this.pages.length - 1;
      this.next.textContent = last ? say(this.track.canContinue?.(this.state().ready) ? "forward" : "finish") : say("next");
    }
    forward() {
      if (this.at < this.pages.length - 1) return this.go(this.at + 1, true);
      this.track.commit();
      if (this.track.canContinue?.(this.state().ready)) return this.track.forward();
      const closing = this.state().ready ? say("done") : say("pending");
      let note = this.pages[this.at].querySelector("[data-closing]");
      if (!note) {
        note = make("p", { class: "box field", role: "status", "data-closing": "" });
        this.pages[this.at].append(note);
      }
      note.textContent = closing + (this.state().ready && this.track.recording ? " " + say("saved") : "");
      note.scrollIntoView({ block: "center" });
    }
    answer(question) {
      const parts = question.read();
      if (!parts) {
        question.feedback.replaceChildren(make("p", { class: "box care" }, say("pick")));
        return;
      }
      const correct = question.judge(parts);
      question.show(parts, correct, false);
      this.track.answer({
        id: question.id, type: question.type, text: question.text, parts, pattern: question.pattern, correct,
        weight: question.weight, objective: question.objective, at: new Date(),
        seconds: (Date.now() - (question.shownAt ?? Date.now())) / 1000, attempt: this.tries + 1,
        choices: [...question.form.querySelectorAll(".option, .order li > span, option[value]:not([value=''])")].map((node) => {
          const field = node.querySelector?.("input") ?? node;
          return [field.value ?? node.parentNode.dataset.id, node.textContent.trim()];
        }),
      });
      this.go(this.at, false);
    }
    /** Score and objectives from the answers given so far. */
    state() {
      const total = this.questions.reduce((sum, q) => sum + q.weight, 0);
      const got = this.questions.reduce((sum, q) => sum + (q.answered?.correct ? q.weight : 0), 0);
      const objectives = {};
      for (const q of this.questions) if (q.objective) {
        const one = objectives[q.objective] ||= { got: 0, total: 0 };
        one.total += q.weight;
        if (q.answered?.correct) one.got += q.weight;
      }
      const answered = this.questions.every((q) => q.answered);
      const score = total ? Math.round(got / total * 100) : null;
      return { answered, ready: answered && this.seen.size === this.pages.length, score, objectives, passed: score === null ? null : score >= this.mastery };
    }
    key() { return JSON.stringify([this.tries, this.state()]); }
    /** Tell the platform the result once, when all is read and answered; again after a new try. */
    report() {
      const state = this.state();
      if (!state.ready || this.key() === this.reported) return;
      this.reported = this.key();
      this.track.result(state);
    }
    save() {
      const answers = {};
      for (const q of this.questions) if (q.answered) answers[q.id] = [q.answered.parts, q.answered.correct ? 1 : 0];
      this.track.save({ v: 1, seen: [...this.seen], answers, tries: this.tries });
      this.track.commit();
    }
    showResult(place) {
      const state = this.state();
      if (!state.answered) {
        const first = this.questions.find((q) => !q.answered);
        place.replaceChildren(make("p", { class: "box care" }, say("pending")),
          make("button", { class: "btn", type: "button", on: { click: () => this.go(this.pages.findIndex((p) => p.contains(first.form)), true) } }, say("goto")));
        return;
      }
      const words = place.dataset; // a page may bring its own sentences for its own kind of test
      const ring = make("span", { class: "ring", "aria-hidden": "true" }, state.score + " %");
      ring.style.setProperty("--part", state.score);
      ring.style.setProperty("--tone", state.passed ? "var(--olive)" : "var(--clay)");
      place.replaceChildren(
        make("div", { class: "score" }, ring, make("p", {}, make("strong", {}, (state.passed ? words.passed : words.failed) || say(state.passed ? "passed" : "failed")), make("br"),
          make("span", { class: "sr" }, state.score + " %. "), (state.passed ? words.afterPassed : words.afterFailed) || say("need", { m: this.mastery }))),
        make("ul", { class: "marks" }, ...this.questions.map((q) => make("li", { class: q.answered.correct ? "ok" : "ko" },
          make("b", { "aria-hidden": "true" }, q.answered.correct ? "✓" : "✗"), make("span", {}, q.text + " — " + say(q.answered.correct ? "right" : "wrong"))))));
      if (!state.passed && !("oneTry" in document.body.dataset)) place.append(make("div", { class: "row" },
        make("button", { class: "btn", type: "button", on: { click: () => this.retry() } }, say("again"))));
    }
    retry() {
      this.tries += 1;
      const wrong = this.questions.filter((q) => !q.answered?.correct);
      wrong.forEach((q) => q.clear());
      this.go(this.pages.findIndex((page) => page.contains(wrong[0].form)), true);
    }
  }

  const begin = async () => {
    const track = await window.HalqaTrack.open();
    W = WORDS[document.documentElement.lang.slice(0, 2)] || WORDS.fr; // after open: it may choose the language
    window.addEventListener("pagehide", () => track.close());
    // A page taken back from the browser's memory would speak to a closed session: load it anew.
    window.addEventListener("pageshow", (event) => { if (event.persisted) window.location.reload(); });
    window.halqaLesson = new Lesson(track);
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin); else begin();
})();
